-- What an assessment asked beyond its scores and texts. Words chosen by letter are kept as a JSON list of their names.

CREATE TABLE assessment_letters (
  id TEXT PRIMARY KEY REFERENCES assessment (id),
  onset TEXT CHECK (onset IN ('sudden','gradual','injury','operation','illness','strain','unclear')),
  course TEXT CHECK (course IN ('better','same','worse','waves','attacks')),
  quality TEXT NOT NULL CHECK (json_valid(quality)),
  timing TEXT NOT NULL CHECK (json_valid(timing)),
  worse TEXT NOT NULL CHECK (json_valid(worse)),
  better TEXT NOT NULL CHECK (json_valid(better)),
  sleep TEXT NOT NULL CHECK (json_valid(sleep)),
  mood TEXT NOT NULL CHECK (json_valid(mood)),
  work TEXT CHECK (work IN ('full','reduced','off_sick','without','retired','pension','home'))
) STRICT;

CREATE TABLE problem_score (
  id TEXT PRIMARY KEY,
  assessment_id TEXT NOT NULL REFERENCES assessment (id),
  position INTEGER NOT NULL,
  problem_id TEXT NOT NULL REFERENCES problem (id),
  -- The day of the assessment: the first and the last of a problem are found without reading all between.
  date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
  answer TEXT NOT NULL CHECK (answer IN ('given','declined','cannot_report','not_asked')),
  value INTEGER CHECK (value BETWEEN 0 AND 10),
  at INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('spoken','paper','phone','observed','imported')),
  reported_by TEXT NOT NULL CHECK (reported_by IN ('patient','proxy','interpreter')),
  initials TEXT NOT NULL,
  UNIQUE (assessment_id, problem_id),
  CHECK ((answer = 'given') = (value IS NOT NULL))
) STRICT;
CREATE INDEX problem_score_of ON problem_score (problem_id, date, at);

-- Red flags by their ids, as JSON lists: a flag that was due and not asked stands in a list of its own; it is never taken
-- for a no.
CREATE TABLE assessment_red_flags (
  id TEXT PRIMARY KEY REFERENCES assessment (id),
  present TEXT NOT NULL CHECK (json_valid(present)),
  absent TEXT NOT NULL CHECK (json_valid(absent)),
  not_asked TEXT NOT NULL CHECK (json_valid(not_asked))
) STRICT;
CREATE INDEX assessment_red_flags_not_asked ON assessment_red_flags (id) WHERE not_asked <> '[]';

-- The fields whose answer was copied forward from the last visit, by their names in the form, as a JSON list.
CREATE TABLE assessment_carried (
  id TEXT PRIMARY KEY REFERENCES assessment (id),
  fields TEXT NOT NULL CHECK (json_valid(fields))
) STRICT;

CREATE TABLE procedure_response (
  id TEXT PRIMARY KEY REFERENCES assessment (id),
  session_id TEXT NOT NULL REFERENCES session (id),
  best_relief INTEGER CHECK (best_relief BETWEEN 0 AND 100),
  lasted_hours INTEGER CHECK (lasted_hours >= 0),
  holding TEXT CHECK (holding IN ('yes','no')),
  function TEXT CHECK (function IN ('nothing','some','much')),
  medicine TEXT CHECK (medicine IN ('nothing','less','stopped')),
  words TEXT NOT NULL
) STRICT;
CREATE INDEX procedure_response_to ON procedure_response (session_id);

CREATE TABLE opioid_review (
  id TEXT PRIMARY KEY REFERENCES assessment (id),
  analgesia TEXT CHECK (analgesia IN ('helps','part','not')),
  activity TEXT CHECK (activity IN ('better','same','worse')),
  adverse TEXT CHECK (adverse IN ('none','tolerable','troublesome')),
  used TEXT CHECK (used IN ('agreed','unclear','other')),
  affect TEXT CHECK (affect IN ('better','same','worse')),
  note TEXT NOT NULL
) STRICT;

CREATE TABLE side_effect (
  id TEXT PRIMARY KEY,
  assessment_id TEXT NOT NULL REFERENCES assessment (id),
  position INTEGER NOT NULL,
  drug TEXT NOT NULL,
  effect TEXT NOT NULL CHECK (effect <> ''),
  severity TEXT CHECK (severity IN ('mild','moderate','severe'))
) STRICT;
CREATE INDEX side_effect_of ON side_effect (assessment_id);
