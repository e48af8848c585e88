-- Instruments filled in, and vital signs. What came of an instrument is kept as it was reckoned then, with the version of
-- its definition: a table of the program that changes later changes no record.

CREATE TABLE instrument_result (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  instrument TEXT NOT NULL CHECK (instrument <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  version TEXT NOT NULL CHECK (version <> ''),
  -- Answers by question: a number in units of its last digit, or why there is none.
  replies TEXT NOT NULL CHECK (json_valid(replies)),
  -- In thousandths.
  total INTEGER,
  shown TEXT NOT NULL CHECK (shown <> ''),
  low INTEGER,
  high INTEGER,
  band TEXT NOT NULL,
  severity INTEGER CHECK (severity BETWEEN 0 AND 255),
  raises TEXT NOT NULL CHECK (raises IN ('nothing','flag','alarm')),
  raised TEXT NOT NULL,
  action TEXT NOT NULL,
  at INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('spoken','paper','phone','observed','imported')),
  reported_by TEXT NOT NULL CHECK (reported_by IN ('patient','proxy','interpreter')),
  initials TEXT NOT NULL,
  -- Typed in ahead, and not yet confirmed in the room.
  waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
  -- Which answers were copied forward, and from when.
  copied TEXT CHECK (copied IS NULL OR json_valid(copied)),
  CHECK ((low IS NULL) = (high IS NULL)),
  CHECK (low IS NULL OR total IS NULL OR total BETWEEN low * 1000 AND high * 1000),
  CHECK ((raises = 'nothing') = (raised = ''))
) STRICT;
CREATE INDEX instrument_result_of ON instrument_result (patient_id, instrument, date, at);
CREATE INDEX instrument_result_by_day ON instrument_result (patient_id, date);
CREATE INDEX instrument_result_visit ON instrument_result (visit_id);
CREATE INDEX instrument_result_alarm ON instrument_result (date) WHERE raises = 'alarm' AND action = '';
CREATE INDEX instrument_result_flag ON instrument_result (patient_id, instrument) WHERE raises <> 'nothing' AND action = '';
CREATE INDEX instrument_result_waiting ON instrument_result (patient_id) WHERE waiting = 1;

-- Weight in grams, height in millimetres.
CREATE TABLE vital (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  kind TEXT NOT NULL CHECK (kind IN ('weight','height')),
  value INTEGER NOT NULL CHECK (value > 0),
  -- The day on which it was measured, where it was copied forward from there.
  copied_from TEXT CHECK (copied_from IS date(copied_from, '+0 days')),
  at INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('spoken','paper','phone','observed','imported')),
  reported_by TEXT NOT NULL CHECK (reported_by IN ('patient','proxy','interpreter')),
  initials TEXT NOT NULL
) STRICT;
CREATE INDEX vital_of ON vital (patient_id, kind, date, at);
-- The newest is the one measured last: a copied one counts from the day it was measured.
CREATE INDEX vital_measured ON vital (patient_id, kind, coalesce(copied_from, date), at);
CREATE INDEX vital_visit ON vital (visit_id);

-- What a patient wrote in words on a page that was typed in; the assessment of the visit begins with it.
CREATE TABLE page_note (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL UNIQUE REFERENCES visit (id),
  patient_id TEXT NOT NULL REFERENCES patient (id),
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  place TEXT NOT NULL,
  medicines TEXT NOT NULL,
  at INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('spoken','paper','phone','observed','imported')),
  reported_by TEXT NOT NULL CHECK (reported_by IN ('patient','proxy','interpreter')),
  initials TEXT NOT NULL
) STRICT;
CREATE INDEX page_note_of ON page_note (patient_id);
