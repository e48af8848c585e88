-- Referrals as a closed loop, who else takes part in a patient's care, handouts given, tapers.
CREATE TABLE referral (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  recipient TEXT NOT NULL CHECK (recipient <> ''),
  question TEXT NOT NULL,
  -- The piece of the plan it comes from, and its words then.
  piece_id TEXT,
  from_plan TEXT CHECK (from_plan <> ''),
  written TEXT NOT NULL CHECK (written IS date(written, '+0 days')),
  sent TEXT CHECK (sent IS date(sent, '+0 days')),
  appointment TEXT CHECK (appointment IS date(appointment, '+0 days')),
  seen TEXT CHECK (seen IS date(seen, '+0 days')),
  due TEXT CHECK (due IS date(due, '+0 days')),
  answer TEXT NOT NULL,
  read_at INTEGER,
  action TEXT NOT NULL,
  acted_at INTEGER,
  -- Why it is followed no longer.
  let_go TEXT,
  -- The same in a column that the day asks for: from when on somebody has to do something about it.
  open_from TEXT CHECK (open_from IS date(open_from, '+0 days')),
  CHECK ((acted_at IS NULL) = (action = '')),
  CHECK (acted_at IS NULL OR read_at IS NOT NULL),
  CHECK (acted_at IS NULL OR open_from IS NULL)
) STRICT;
CREATE INDEX referral_of ON referral (patient_id, written);
CREATE INDEX referral_open_of ON referral (patient_id) WHERE acted_at IS NULL AND let_go IS NULL;
CREATE INDEX referral_piece ON referral (piece_id) WHERE piece_id IS NOT NULL;
CREATE INDEX referral_visit ON referral (visit_id);
CREATE INDEX referral_open ON referral (open_from) WHERE open_from IS NOT NULL;
CREATE INDEX referral_acted ON referral (acted_at) WHERE acted_at IS NOT NULL;

CREATE TABLE care_team (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  role TEXT NOT NULL,
  reach TEXT NOT NULL
) STRICT;
CREATE INDEX care_team_of ON care_team (patient_id);

CREATE TABLE handout_given (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  topic TEXT NOT NULL CHECK (topic <> ''),
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days')),
  given_by TEXT NOT NULL,
  -- Whether the patient said it back in own words; NULL was not asked.
  teach_back INTEGER CHECK (teach_back IN (0, 1)),
  kept_at INTEGER NOT NULL
) STRICT;
CREATE INDEX handout_given_of ON handout_given (patient_id, on_date);
CREATE INDEX handout_given_visit ON handout_given (visit_id);

-- What was asked for; the steps are computed. Doses a day in micrograms, percents in tenths.
CREATE TABLE taper (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  drug TEXT NOT NULL CHECK (drug <> ''),
  start INTEGER NOT NULL CHECK (start > 0),
  target INTEGER NOT NULL CHECK (target >= 0),
  cut_kind TEXT NOT NULL CHECK (cut_kind IN ('of_current','of_start','amount')),
  cut INTEGER NOT NULL CHECK (cut > 0),
  unit INTEGER NOT NULL CHECK (unit > 0),
  step_days INTEGER NOT NULL CHECK (step_days BETWEEN 1 AND 365),
  first_day TEXT NOT NULL CHECK (first_day IS date(first_day, '+0 days')),
  stop_points TEXT NOT NULL CHECK (json_valid(stop_points)),
  -- Step and days, in the order in which they were decided.
  pauses TEXT NOT NULL CHECK (json_valid(pauses)),
  called INTEGER NOT NULL CHECK (called >= 0),
  called_at INTEGER,
  -- From when on it is asked again what became of the list.
  ask_again TEXT CHECK (ask_again IS date(ask_again, '+0 days')),
  -- Why it ended before its end.
  ended TEXT CHECK (ended <> ''),
  kept_at INTEGER NOT NULL,
  -- The day from which something is due, for the day to ask for.
  open_from TEXT CHECK (open_from IS date(open_from, '+0 days')),
  CHECK (target < start)
) STRICT;
CREATE INDEX taper_of ON taper (patient_id);
CREATE INDEX taper_open_of ON taper (patient_id) WHERE open_from IS NOT NULL;
CREATE INDEX taper_visit ON taper (visit_id);
CREATE INDEX taper_open ON taper (open_from) WHERE open_from IS NOT NULL;
CREATE INDEX taper_called ON taper (called_at) WHERE called_at IS NOT NULL;
