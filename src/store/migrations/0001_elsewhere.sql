-- What is known of a patient from elsewhere: procedures that others did, and lines that belong to no list of ours.
CREATE TABLE past_procedure (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  what TEXT NOT NULL,
  level TEXT NOT NULL,
  side TEXT CHECK (side IN ('left','right','both','midline')),
  -- A year, a month or a day, as exactly as it is known.
  on_time TEXT CHECK (on_time GLOB '[0-9][0-9][0-9][0-9]' OR on_time || '-01' IS date(on_time || '-01', '+0 days')
    OR on_time IS date(on_time, '+0 days')),
  by_whom TEXT NOT NULL,
  steroid TEXT NOT NULL,
  CHECK (what <> '' OR level <> '')
) STRICT;
CREATE INDEX past_procedure_of ON past_procedure (patient_id);

CREATE TABLE elsewhere_line (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('diagnosis','text')),
  line TEXT NOT NULL CHECK (line <> '')
) STRICT;
CREATE INDEX elsewhere_line_of ON elsewhere_line (patient_id);
