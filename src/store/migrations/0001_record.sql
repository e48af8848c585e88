-- The record of one practice: facts of the day. Every table here is under the change log; the log, drafts, the
-- machine's own rows and the full-text index are made by the kernel.
-- Keys are UUIDv7 as text. Instants are milliseconds since 1970 UTC, dates and wall times ISO text.

CREATE TABLE practice (
  id TEXT PRIMARY KEY,
  physician TEXT NOT NULL,
  region TEXT NOT NULL CHECK (region IN ('us','uk','de','other')),
  zone TEXT NOT NULL,
  -- 32 bytes in hex.
  reflection_key TEXT NOT NULL CHECK (length(reflection_key) = 64 AND reflection_key NOT GLOB '*[^0-9a-f]*')
) STRICT;

CREATE TABLE patient (
  id TEXT PRIMARY KEY,
  number TEXT UNIQUE CHECK (number <> ''),
  family TEXT NOT NULL,
  given TEXT NOT NULL,
  birth_date TEXT CHECK (birth_date IS date(birth_date, '+0 days')),
  sex TEXT CHECK (sex IN ('female','male','other')),
  phone TEXT,
  language TEXT,
  interpreter TEXT CHECK (interpreter IN ('yes','no')),
  capacity TEXT CHECK (capacity IN ('has','supported','lacks')),
  decides TEXT,
  pregnancy TEXT CHECK (pregnancy IN ('no','yes','possible','not_applicable')),
  pregnancy_on TEXT CHECK (pregnancy_on IS date(pregnancy_on, '+0 days')),
  kidney TEXT CHECK (kidney IN ('normal','impaired','dialysis')),
  kidney_on TEXT CHECK (kidney_on IS date(kidney_on, '+0 days')),
  note TEXT,
  CHECK (family <> '' OR given <> ''),
  CHECK ((pregnancy IS NULL) = (pregnancy_on IS NULL)),
  CHECK ((kidney IS NULL) = (kidney_on IS NULL))
) STRICT;

CREATE TABLE reviewed (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  list TEXT NOT NULL CHECK (list IN ('allergy','antithrombotic','medication')),
  status TEXT NOT NULL CHECK (status IN ('none','listed')),
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days')),
  UNIQUE (patient_id, list)
) STRICT;

CREATE TABLE allergy (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  substance TEXT NOT NULL CHECK (substance <> ''),
  reaction TEXT
) STRICT;
CREATE INDEX allergy_of ON allergy (patient_id);

CREATE TABLE antithrombotic (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  drug TEXT NOT NULL CHECK (drug <> ''),
  dose TEXT
) STRICT;
CREATE INDEX antithrombotic_of ON antithrombotic (patient_id);

CREATE TABLE medication (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  line TEXT NOT NULL CHECK (line <> ''),
  started TEXT CHECK (started IS date(started, '+0 days')),
  -- The last day of a medicine that is given for a time only.
  last_day TEXT CHECK (last_day IS date(last_day, '+0 days')),
  -- The line as it was read, for whoever reads the file with other tools; the program reads the line.
  drug TEXT NOT NULL,
  strength TEXT,
  dose TEXT,
  route TEXT,
  frequency TEXT,
  -- The name as names are compared: by it the practice remembers a class.
  spelled TEXT NOT NULL,
  reason TEXT,
  -- What was prescribed last, and how far it reaches.
  written TEXT CHECK (written IS date(written, '+0 days')),
  days INTEGER CHECK (days BETWEEN 1 AND 730),
  quantity INTEGER CHECK (quantity BETWEEN 1 AND 100000),
  prescriber TEXT,
  earliest TEXT CHECK (earliest IS date(earliest, '+0 days')),
  runs_out TEXT CHECK (runs_out IS date(runs_out, '+0 days')),
  stopped TEXT CHECK (stopped IS date(stopped, '+0 days')),
  stop_reason TEXT,
  -- The groups of the medicine that are monitored, as its name was understood when it was kept: so that the day finds
  -- whose clocks run without reading every list. Of a stopped one, none.
  monitored TEXT CHECK (monitored <> ''),
  CHECK ((written IS NULL) = (days IS NULL) AND (written IS NULL) = (runs_out IS NULL)),
  CHECK (stopped IS NOT NULL OR stop_reason IS NULL),
  CHECK (started IS NULL OR last_day IS NULL OR last_day >= started)
) STRICT;
CREATE INDEX medication_of ON medication (patient_id);
CREATE INDEX medication_stopped ON medication (patient_id, stopped DESC, position) WHERE stopped IS NOT NULL;
CREATE INDEX medication_listed ON medication (patient_id, position) WHERE stopped IS NULL;
CREATE INDEX medication_named ON medication (spelled) WHERE stopped IS NULL;
CREATE INDEX medication_runs_out ON medication (runs_out) WHERE runs_out IS NOT NULL AND stopped IS NULL;
CREATE INDEX medication_monitored ON medication (monitored, patient_id, started) WHERE monitored IS NOT NULL;

CREATE TABLE goal (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  since TEXT NOT NULL CHECK (since IS date(since, '+0 days')),
  -- It is none any more; kept for its scores.
  ended INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT;
CREATE INDEX goal_of ON goal (patient_id);

CREATE TABLE visit (
  id TEXT PRIMARY KEY,
  patient_id TEXT REFERENCES patient (id),
  patient_confirmed INTEGER NOT NULL CHECK (patient_confirmed IN (0, 1)),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  start TEXT CHECK (start IS strftime('%H:%M', start) AND (start IS NULL OR start < '24')),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 65535),
  kind TEXT NOT NULL CHECK (kind IN ('new','follow_up','procedure','block')),
  way TEXT NOT NULL CHECK (way IN ('in_person','phone','video')),
  place TEXT,
  reason TEXT,
  title TEXT,
  state TEXT NOT NULL CHECK (state IN ('booked','here','in_room','left','no_show','cancelled')),
  here_at INTEGER,
  in_room_at INTEGER,
  left_at INTEGER,
  aftermath TEXT NOT NULL CHECK (aftermath IN ('not_needed','open','rebooked','letter','let_go')),
  end_reason TEXT,
  recorded_at INTEGER,
  copied_at INTEGER,
  copy_not_needed INTEGER NOT NULL CHECK (copy_not_needed IN (0, 1)),
  CHECK (kind = 'block' OR patient_id IS NOT NULL),
  CHECK (kind = 'block' OR start IS NOT NULL)
) STRICT;
CREATE INDEX visit_by_day ON visit (date, start);
CREATE INDEX visit_of ON visit (patient_id, date);
-- The days on which somebody comes: the next clinic day, and the last.
CREATE INDEX visit_clinic_day ON visit (date) WHERE kind <> 'block' AND state NOT IN ('no_show','cancelled');
CREATE INDEX visit_to_follow ON visit (date) WHERE aftermath = 'open';
CREATE INDEX visit_to_copy ON visit (date)
  WHERE recorded_at IS NOT NULL AND copy_not_needed = 0 AND (copied_at IS NULL OR copied_at < recorded_at);

CREATE TABLE visit_source (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  calendar TEXT NOT NULL,
  uid TEXT NOT NULL,
  recurrence TEXT NOT NULL,
  -- The file it first came with.
  file TEXT NOT NULL,
  start TEXT NOT NULL CHECK (start IS strftime('%Y-%m-%dT%H:%M:%S', start)),
  all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
  minutes INTEGER CHECK (minutes BETWEEN 0 AND 65535),
  title TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('new','follow_up','procedure','block')),
  cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
  -- The patient as the source named them, as JSON.
  who TEXT CHECK (who IS NULL OR json_valid(who)),
  UNIQUE (calendar, uid, recurrence)
) STRICT;
CREATE INDEX visit_source_of ON visit_source (visit_id);
-- Which calendars an event came with: a file that was given another name.
CREATE INDEX visit_source_uid ON visit_source (uid);

CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  set_at INTEGER NOT NULL,
  unchanged INTEGER NOT NULL CHECK (unchanged IN (0, 1)),
  -- The version whose items an unchanged one keeps.
  keeps TEXT REFERENCES plan (id),
  note TEXT NOT NULL,
  UNIQUE (patient_id, version),
  CHECK ((unchanged = 1) = (keeps IS NOT NULL))
) STRICT;
CREATE INDEX plan_of_visit ON plan (visit_id);
CREATE INDEX plan_kept_by ON plan (keeps);

CREATE TABLE plan_item (
  id TEXT PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  position INTEGER NOT NULL,
  -- The piece: the same in every version that holds it.
  piece_id TEXT NOT NULL,
  modality TEXT NOT NULL CHECK (modality IN ('medication','physical','interventional','behavioural','complementary',
    'referral','self_care','education','follow_up','other')),
  what TEXT NOT NULL CHECK (what <> ''),
  state TEXT NOT NULL CHECK (state IN ('proposed','active','changed','stopped','completed','declined')),
  next_step TEXT NOT NULL,
  due TEXT CHECK (due IS date(due, '+0 days')),
  books TEXT CHECK (books IN ('procedure','follow_up')),
  booked_visit_id TEXT REFERENCES visit (id),
  problem_id TEXT REFERENCES problem (id),
  -- A step sleeps until this is so, or until its date: a limit in tenths of what is measured.
  wakes_of TEXT CHECK (wakes_of IN ('relief','peg','average','now')),
  wakes_than TEXT CHECK (wakes_than IN ('below','above','at_most','at_least')),
  wakes_tenths INTEGER CHECK (wakes_tenths BETWEEN 0 AND 1000),
  expected_relief INTEGER CHECK (expected_relief BETWEEN 0 AND 100),
  effect_percent INTEGER CHECK (effect_percent BETWEEN 0 AND 100),
  outcome TEXT CHECK (outcome IN ('helped','not_helped','harmed')),
  why TEXT NOT NULL,
  -- The version that answered the step: the next one, or one that kept the plan after the step's date.
  answered_by TEXT REFERENCES plan (id),
  -- The referral that was written for it.
  referral_id TEXT REFERENCES referral (id),
  let_go TEXT,
  CHECK ((wakes_of IS NULL) = (wakes_than IS NULL)),
  CHECK ((wakes_of IS NULL) = (wakes_tenths IS NULL))
) STRICT;
CREATE INDEX plan_item_of ON plan_item (plan_id);
CREATE INDEX plan_item_answered_by ON plan_item (answered_by) WHERE answered_by IS NOT NULL;
-- What the board waits for: steps by their date, and steps that sleep until something is so.
CREATE INDEX plan_item_due ON plan_item (due)
  WHERE due IS NOT NULL AND answered_by IS NULL AND let_go IS NULL AND booked_visit_id IS NULL
  AND referral_id IS NULL AND state IN ('proposed','active','changed');
CREATE INDEX plan_item_asleep ON plan_item (wakes_of)
  WHERE wakes_of IS NOT NULL AND answered_by IS NULL AND let_go IS NULL AND booked_visit_id IS NULL
  AND referral_id IS NULL AND state IN ('proposed','active','changed');
-- Referrals that are planned and not yet written.
CREATE INDEX plan_item_to_refer ON plan_item (modality)
  WHERE modality = 'referral' AND wakes_of IS NULL AND answered_by IS NULL AND let_go IS NULL
  AND booked_visit_id IS NULL AND referral_id IS NULL AND state IN ('proposed','active','changed');
CREATE INDEX plan_item_referral ON plan_item (referral_id) WHERE referral_id IS NOT NULL;
CREATE INDEX plan_item_for ON plan_item (problem_id) WHERE problem_id IS NOT NULL;
CREATE INDEX plan_item_booked ON plan_item (booked_visit_id);

CREATE TABLE assessment (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL UNIQUE REFERENCES visit (id),
  patient_id TEXT NOT NULL REFERENCES patient (id),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  completed_at INTEGER NOT NULL,
  place TEXT NOT NULL,
  history TEXT NOT NULL,
  examination TEXT NOT NULL,
  -- What was read from the text on that day: a list of term, site, side, tenths and grade. The words of the shorthand may
  -- change with a later version, what was found must not. One column, so that the log of a visit stays one row.
  findings TEXT NOT NULL CHECK (json_valid(findings)),
  impression TEXT NOT NULL,
  red_flags TEXT CHECK (red_flags IN ('none','present')),
  red_flag_note TEXT NOT NULL,
  red_flag_action TEXT NOT NULL,
  answered_by TEXT REFERENCES plan (id),
  -- Why no plan will be made for it, decided at the close of a day.
  plan_let_go TEXT,
  -- That it asked about opioids, for the clock of their review: the newest is found without looking at the others.
  opioid_reviewed INTEGER CHECK (opioid_reviewed = 1)
) STRICT;
CREATE INDEX assessment_of ON assessment (patient_id, date);
CREATE INDEX assessment_opioid_reviewed ON assessment (patient_id, date) WHERE opioid_reviewed = 1;
CREATE INDEX assessment_without_plan ON assessment (date) WHERE answered_by IS NULL AND plan_let_go IS NULL;
CREATE INDEX assessment_answered_by ON assessment (answered_by);
CREATE INDEX assessment_red_flag ON assessment (date) WHERE red_flags = 'present' AND red_flag_action = '';

-- A score belongs to its visit: a quick score is there before the assessment is.
CREATE TABLE score (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  patient_id TEXT NOT NULL REFERENCES patient (id),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  item TEXT NOT NULL CHECK (item IN ('nrs_now','nrs_average','nrs_worst','nrs_least','peg_pain','peg_enjoyment','peg_activity')),
  answer TEXT NOT NULL CHECK (answer IN ('given','declined','cannot_report','not_asked')),
  value INTEGER CHECK (value BETWEEN 0 AND 10),
  at INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('spoken','paper','phone','observed','imported')),
  reported_by TEXT NOT NULL CHECK (reported_by IN ('patient','proxy','interpreter')),
  initials TEXT NOT NULL,
  -- Typed in ahead, and not yet confirmed in the room.
  waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
  UNIQUE (visit_id, item),
  CHECK ((answer = 'given') = (value IS NOT NULL))
) STRICT;
CREATE INDEX score_of ON score (patient_id, date, visit_id);
CREATE INDEX score_headline ON score (patient_id, date, visit_id, item, value)
  WHERE answer = 'given' AND item IN ('nrs_now','nrs_average') AND waiting = 0;
CREATE INDEX score_waiting ON score (visit_id) WHERE waiting = 1;
CREATE INDEX score_waiting_of ON score (patient_id) WHERE waiting = 1;

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL UNIQUE REFERENCES visit (id),
  patient_id TEXT NOT NULL REFERENCES patient (id),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  completed_at INTEGER NOT NULL,
  before_answer TEXT CHECK (before_answer IN ('given','declined','cannot_report','not_asked')),
  before_value INTEGER CHECK (before_value BETWEEN 0 AND 10),
  after_answer TEXT CHECK (after_answer IN ('given','declined','cannot_report','not_asked')),
  after_value INTEGER CHECK (after_value BETWEEN 0 AND 10),
  text TEXT NOT NULL,
  CHECK ((before_answer IS 'given') = (before_value IS NOT NULL)),
  CHECK ((after_answer IS 'given') = (after_value IS NOT NULL))
) STRICT;
CREATE INDEX session_of ON session (patient_id, date);

CREATE TABLE procedure (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES session (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  problem_id TEXT REFERENCES problem (id)
) STRICT;
CREATE INDEX procedure_of ON procedure (session_id);
CREATE INDEX procedure_for ON procedure (problem_id) WHERE problem_id IS NOT NULL;

CREATE TABLE procedure_target (
  id TEXT PRIMARY KEY,
  procedure_id TEXT NOT NULL REFERENCES procedure (id),
  position INTEGER NOT NULL,
  level TEXT NOT NULL,
  side TEXT CHECK (side IN ('left','right','both','midline')),
  outcome TEXT NOT NULL CHECK (outcome IN ('done','partly','stopped','not_done')),
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX procedure_target_of ON procedure_target (procedure_id);

CREATE TABLE check_in (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  session_id TEXT REFERENCES session (id),
  visit_id TEXT REFERENCES visit (id),
  about TEXT NOT NULL,
  due TEXT NOT NULL CHECK (due IS date(due, '+0 days')),
  owner TEXT NOT NULL CHECK (owner <> ''),
  attempts INTEGER NOT NULL CHECK (attempts BETWEEN 0 AND 255),
  done_at INTEGER,
  way TEXT CHECK (way IN ('in_person','phone','video')),
  pain_answer TEXT CHECK (pain_answer IN ('given','declined','cannot_report','not_asked')),
  pain_value INTEGER CHECK (pain_value BETWEEN 0 AND 10),
  relief_percent INTEGER CHECK (relief_percent BETWEEN 0 AND 100),
  red_flag TEXT CHECK (red_flag IN ('yes','no')),
  understood TEXT CHECK (understood IN ('yes','no')),
  complication TEXT,
  note TEXT,
  next_contact TEXT CHECK (next_contact IS date(next_contact, '+0 days')),
  -- Why it will not be made, decided at the close of a day.
  let_go TEXT,
  CHECK ((pain_answer IS 'given') = (pain_value IS NOT NULL)),
  CHECK ((done_at IS NULL) = (way IS NULL)),
  CHECK ((done_at IS NULL) = (complication IS NULL)),
  CHECK ((done_at IS NULL) = (note IS NULL)),
  CHECK (done_at IS NOT NULL OR (pain_answer IS NULL AND relief_percent IS NULL AND red_flag IS NULL
    AND understood IS NULL AND next_contact IS NULL))
) STRICT;
CREATE INDEX check_in_open ON check_in (due) WHERE done_at IS NULL AND let_go IS NULL;
CREATE INDEX check_in_of ON check_in (patient_id, due);
CREATE INDEX check_in_open_of ON check_in (patient_id, due) WHERE done_at IS NULL AND let_go IS NULL;
CREATE INDEX check_in_after ON check_in (session_id);
CREATE INDEX check_in_visit ON check_in (visit_id);
CREATE INDEX check_in_made ON check_in (patient_id, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX check_in_done ON check_in (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  patient_id TEXT REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  kind TEXT NOT NULL CHECK (kind IN ('task','call','letter','result','referral','refill')),
  what TEXT NOT NULL CHECK (what <> ''),
  due TEXT CHECK (due IS date(due, '+0 days')),
  owner TEXT NOT NULL CHECK (owner <> ''),
  caught_at INTEGER NOT NULL,
  done_at INTEGER,
  result TEXT NOT NULL,
  let_go TEXT
) STRICT;
CREATE INDEX task_open ON task (caught_at) WHERE done_at IS NULL AND let_go IS NULL;
CREATE INDEX task_done ON task (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX task_of ON task (patient_id);
CREATE INDEX task_open_of ON task (patient_id, caught_at) WHERE done_at IS NULL AND let_go IS NULL;
CREATE INDEX task_done_of ON task (patient_id, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX task_visit ON task (visit_id);

-- One live decision an item: a later one replaces it in place, finishing the item removes it; the log keeps all.
CREATE TABLE decision (
  id TEXT PRIMARY KEY,
  item TEXT NOT NULL UNIQUE,
  -- The visit whose assessment or procedure was carried: it shows on the day it was carried to.
  visit_id TEXT REFERENCES visit (id),
  day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
  kind TEXT NOT NULL CHECK (kind IN ('carried','closed')),
  to_date TEXT CHECK (to_date IS date(to_date, '+0 days')),
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  CHECK ((kind = 'carried') = (to_date IS NOT NULL))
) STRICT;
CREATE INDEX decision_of_day ON decision (day);
CREATE INDEX decision_visit ON decision (visit_id);
CREATE INDEX decision_waiting ON decision (to_date) WHERE kind = 'carried' AND visit_id IS NOT NULL;

CREATE TABLE day (
  id TEXT PRIMARY KEY,
  date TEXT NOT NULL UNIQUE CHECK (date IS date(date, '+0 days')),
  closed_at INTEGER,
  done INTEGER NOT NULL CHECK (done >= 0),
  carried INTEGER NOT NULL CHECK (carried >= 0),
  let_go INTEGER NOT NULL CHECK (let_go >= 0)
) STRICT;

-- Only sealed text is ever stored, in hex. Its key comes from the practice's and from a salt of its own, which stands
-- outside the log and goes when the reflection is deleted.
CREATE TABLE reflection (
  id TEXT PRIMARY KEY,
  date TEXT NOT NULL UNIQUE CHECK (date IS date(date, '+0 days')),
  sealed TEXT NOT NULL CHECK (sealed <> '' AND sealed NOT GLOB '*[^0-9a-f]*')
) STRICT;
