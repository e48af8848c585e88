-- Problems of a patient and how certain each was held to be; treatments tried. They belong to the patient, not to a visit.

CREATE TABLE problem (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  condition TEXT NOT NULL CHECK (condition <> ''),
  -- The condition of the program's own table, where it was chosen from it.
  condition_id TEXT CHECK (condition_id <> ''),
  code TEXT CHECK (code <> ''),
  code_set TEXT CHECK (code_set <> ''),
  place TEXT NOT NULL,
  side TEXT CHECK (side IN ('left','right','both','midline')),
  mechanism TEXT CHECK (mechanism IN ('nociceptive','neuropathic','nociplastic','mixed')),
  -- A year, a month or a day, as exactly as it is known.
  since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]' OR since || '-01' IS date(since || '-01', '+0 days')
    OR since IS date(since, '+0 days')),
  ended TEXT CHECK (ended IS date(ended, '+0 days')),
  CHECK ((code IS NULL) = (code_set IS NULL))
) STRICT;
CREATE INDEX problem_of ON problem (patient_id);

CREATE TABLE problem_certainty (
  id TEXT PRIMARY KEY,
  problem_id TEXT NOT NULL REFERENCES problem (id),
  position INTEGER NOT NULL,
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days')),
  certainty TEXT NOT NULL CHECK (certainty IN ('suspected','probable','certain','excluded','state_after'))
) STRICT;
CREATE INDEX problem_certainty_of ON problem_certainty (problem_id);

CREATE TABLE treatment_tried (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what <> ''),
  -- A year, a month or a day, as exactly as it is known.
  from_time TEXT CHECK (from_time GLOB '[0-9][0-9][0-9][0-9]' OR from_time || '-01' IS date(from_time || '-01', '+0 days')
    OR from_time IS date(from_time, '+0 days')),
  to_time TEXT CHECK (to_time GLOB '[0-9][0-9][0-9][0-9]' OR to_time || '-01' IS date(to_time || '-01', '+0 days')
    OR to_time IS date(to_time, '+0 days')),
  best_dose TEXT NOT NULL,
  effect_percent INTEGER CHECK (effect_percent BETWEEN 0 AND 100),
  why_stopped TEXT NOT NULL,
  -- Which kind of treatment and what came of it, where they were said; else the words and the relief tell.
  modality TEXT CHECK (modality IN ('medication','physical','interventional','behavioural','complementary',
    'referral','self_care','education','follow_up','other')),
  outcome TEXT CHECK (outcome IN ('helped','not_helped','harmed'))
) STRICT;
CREATE INDEX treatment_tried_of ON treatment_tried (patient_id);
