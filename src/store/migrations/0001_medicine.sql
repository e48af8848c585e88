-- Medicines beside the list: doses that changed, classes that were said once, what opioids are given for, reasons kept, refills answered.

CREATE TABLE medicine_class (
  id TEXT PRIMARY KEY,
  -- The name as names are compared, and as it was typed.
  spelled TEXT NOT NULL UNIQUE CHECK (spelled <> ''),
  name TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class <> '')
) STRICT;

CREATE TABLE medication_change (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  medication_id TEXT NOT NULL REFERENCES medication (id),
  -- The lines as they stood.
  was TEXT NOT NULL CHECK (was <> ''),
  became TEXT NOT NULL CHECK (became <> ''),
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days'))
) STRICT;
CREATE INDEX medication_change_of ON medication_change (patient_id, on_date);
CREATE INDEX medication_change_in ON medication_change (medication_id);

CREATE TABLE opioid_context (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL UNIQUE REFERENCES patient (id),
  context TEXT NOT NULL CHECK (context IN ('chronic','cancer','palliative','sickle_cell','use_disorder')),
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days'))
) STRICT;

CREATE TABLE opioid_risk (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  risk TEXT NOT NULL CHECK (risk IN ('substance_use','lost_tolerance','sleep_disordered_breathing','household_exposure')),
  present TEXT NOT NULL CHECK (present IN ('yes','no')),
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days')),
  UNIQUE (patient_id, risk)
) STRICT;

CREATE TABLE caution_reason (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  caution TEXT NOT NULL CHECK (caution <> ''),
  reason TEXT NOT NULL,
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days'))
) STRICT;
CREATE INDEX caution_reason_of ON caution_reason (patient_id, on_date);

CREATE TABLE refill (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL UNIQUE REFERENCES task (id),
  patient_id TEXT NOT NULL REFERENCES patient (id),
  medicine TEXT NOT NULL CHECK (medicine <> ''),
  answer TEXT NOT NULL CHECK (answer IN ('as_is','bridge','needs_visit','no')),
  days INTEGER CHECK (days BETWEEN 1 AND 730),
  reason TEXT NOT NULL,
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days')),
  CHECK (answer <> 'no' OR reason <> '')
) STRICT;
CREATE INDEX refill_of ON refill (patient_id, on_date);
