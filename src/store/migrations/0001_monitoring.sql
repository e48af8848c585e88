-- Monitoring of medicines: checks kept once, and urine tests from ordered to confirmed. What is due when is computed.
CREATE TABLE monitoring_check (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  -- A urine test is no check: it has its own table.
  kind TEXT NOT NULL CHECK (kind IN ('pdmp','agreement','review','ecg','kidney_liver','naloxone')),
  on_date TEXT NOT NULL CHECK (on_date IS date(on_date, '+0 days')),
  checked_by TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('expected','unexpected')),
  note TEXT NOT NULL,
  -- The next date, where it was set by hand.
  next TEXT CHECK (next IS date(next, '+0 days')),
  kept_at INTEGER NOT NULL,
  CHECK (next IS NULL OR next > on_date),
  CHECK (outcome = 'expected' OR note <> '')
) STRICT;
CREATE INDEX monitoring_check_of ON monitoring_check (patient_id, kind, on_date, kept_at);
CREATE INDEX monitoring_check_visit ON monitoring_check (visit_id);
CREATE INDEX monitoring_check_kept ON monitoring_check (kept_at);
-- A date set by hand runs whatever medicines are listed.
CREATE INDEX monitoring_check_next ON monitoring_check (next, patient_id) WHERE next IS NOT NULL;

CREATE TABLE urine_test (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patient (id),
  visit_id TEXT REFERENCES visit (id),
  ordered TEXT CHECK (ordered IS date(ordered, '+0 days')),
  due TEXT CHECK (due IS date(due, '+0 days')),
  collected TEXT CHECK (collected IS date(collected, '+0 days')),
  resulted TEXT CHECK (resulted IS date(resulted, '+0 days')),
  read_at INTEGER,
  confirm_asked TEXT CHECK (confirm_asked IS date(confirm_asked, '+0 days')),
  confirmed TEXT CHECK (confirmed IS date(confirmed, '+0 days')),
  note TEXT NOT NULL,
  action TEXT NOT NULL,
  acted_at INTEGER,
  -- Why it is followed no longer, decided at the close of a day.
  let_go TEXT,
  -- The same in two columns that the day asks for: from when on it is open, and when it was settled.
  open_from TEXT CHECK (open_from IS date(open_from, '+0 days')),
  settled_at INTEGER,
  CHECK ((acted_at IS NULL) = (action = '')),
  CHECK (ordered IS NOT NULL OR collected IS NOT NULL OR resulted IS NOT NULL),
  CHECK (read_at IS NULL OR resulted IS NOT NULL),
  CHECK (acted_at IS NULL OR read_at IS NOT NULL),
  CHECK (confirm_asked IS NULL OR read_at IS NOT NULL),
  CHECK (confirmed IS NULL OR confirm_asked IS NOT NULL),
  CHECK (open_from IS NULL OR settled_at IS NULL)
) STRICT;
CREATE INDEX urine_test_of ON urine_test (patient_id, coalesce(collected, resulted, ordered));
CREATE INDEX urine_test_visit ON urine_test (visit_id);
CREATE INDEX urine_test_open ON urine_test (open_from) WHERE open_from IS NOT NULL;
CREATE INDEX urine_test_settled ON urine_test (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE urine_finding (
  id TEXT PRIMARY KEY,
  test_id TEXT NOT NULL REFERENCES urine_test (id),
  position INTEGER NOT NULL,
  drug TEXT NOT NULL CHECK (drug <> ''),
  -- Whether it stood on the list of the day the sample was taken.
  listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
  found TEXT NOT NULL CHECK (found IN ('found','not_found','unclear')),
  confirmed TEXT CHECK (confirmed IN ('found','not_found','unclear'))
) STRICT;
CREATE INDEX urine_finding_of ON urine_finding (test_id);
