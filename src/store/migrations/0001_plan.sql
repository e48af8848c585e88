-- What a plan aims at, what was offered, and how far the patient's own goals were reached.

CREATE TABLE plan_target (
  id TEXT PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  position INTEGER NOT NULL,
  measure TEXT NOT NULL CHECK (measure IN ('peg','average','now')),
  -- Down by so many percent, or to a value in tenths.
  fall_percent INTEGER CHECK (fall_percent BETWEEN 1 AND 100),
  to_tenths INTEGER CHECK (to_tenths BETWEEN 0 AND 100),
  from_tenths INTEGER CHECK (from_tenths BETWEEN 0 AND 100),
  from_date TEXT CHECK (from_date IS date(from_date, '+0 days')),
  by_date TEXT NOT NULL CHECK (by_date IS date(by_date, '+0 days')),
  CHECK ((fall_percent IS NULL) <> (to_tenths IS NULL)),
  CHECK ((from_tenths IS NULL) = (from_date IS NULL))
) STRICT;
CREATE INDEX plan_target_of ON plan_target (plan_id);

CREATE TABLE plan_option (
  id TEXT PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  position INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what <> ''),
  chosen TEXT NOT NULL CHECK (chosen IN ('yes','no')),
  why TEXT NOT NULL
) STRICT;
CREATE INDEX plan_option_of ON plan_option (plan_id);

CREATE TABLE goal_score (
  id TEXT PRIMARY KEY,
  assessment_id TEXT NOT NULL REFERENCES assessment (id),
  position INTEGER NOT NULL,
  goal_id TEXT NOT NULL REFERENCES goal (id),
  answer TEXT NOT NULL CHECK (answer IN ('given','declined','cannot_report','not_asked')),
  value INTEGER CHECK (value BETWEEN 0 AND 10),
  UNIQUE (assessment_id, goal_id),
  CHECK ((answer = 'given') = (value IS NOT NULL))
) STRICT;
CREATE INDEX goal_score_of ON goal_score (goal_id);
