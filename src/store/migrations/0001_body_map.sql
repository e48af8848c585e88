-- The body map of an assessment: one row a region that was asked about, and the symptoms that go with widespread pain.

-- A region that was asked about and does not hurt holds a 0; one without a row was not asked about.
CREATE TABLE pain_region (
  id TEXT PRIMARY KEY,
  assessment_id TEXT NOT NULL REFERENCES assessment (id),
  -- Two letters for the site, one for the side of the patient.
  -- The codes are said in one text: a list of so many would be made into a table for every row that is written.
  region TEXT NOT NULL CHECK (length(region) = 3 AND instr(
    ' fhr fhl chr chl jwr jwl nfr nfl sfr sfl ctr ctl bbm afr afl efr efl ffr ffl hfr hfl uar ual lar lal grr grl pum tfr tfl kfr kfl shr shl for fol ocr ocl nbr nbl sbr sbl blr bll usm ubr ubl abr abl ebr ebl fbr fbl hbr hbl flr fll lsm lbr lbl sam com bur bul tbr tbl kbr kbl car cal her hel sor sol ',
    ' ' || region || ' ') > 0),
  -- None: it hurts, and nobody said how much.
  intensity INTEGER CHECK (intensity BETWEEN 0 AND 10),
  -- Words in the order of the vocabulary, a blank between two.
  quality TEXT NOT NULL CHECK (replace(replace(replace(replace(replace(replace(replace(replace(' ' || quality || ' ',
    ' aching ', ' '), ' burning ', ' '), ' stabbing ', ' '), ' electric ', ' '), ' numb ', ' '), ' pins ', ' '),
    ' cramping ', ' '), ' throbbing ', ' ') IN (' ', '  ')),
  radiates_to TEXT CHECK (length(radiates_to) = 3 AND instr(
    ' fhr fhl chr chl jwr jwl nfr nfl sfr sfl ctr ctl bbm afr afl efr efl ffr ffl hfr hfl uar ual lar lal grr grl pum tfr tfl kfr kfl shr shl for fol ocr ocl nbr nbl sbr sbl blr bll usm ubr ubl abr abl ebr ebl fbr fbl hbr hbl flr fll lsm lbr lbl sam com bur bul tbr tbl kbr kbl car cal her hel sor sol ',
    ' ' || radiates_to || ' ') > 0),
  -- Taken over from the visit before as it stood there.
  carried INTEGER NOT NULL CHECK (carried IN (0, 1)),
  UNIQUE (assessment_id, region),
  CHECK (radiates_to <> region),
  CHECK (intensity IS NOT 0 OR (quality = '' AND radiates_to IS NULL))
) STRICT;

-- One row an assessment in which any of them was asked.
CREATE TABLE symptom_severity (
  id TEXT PRIMARY KEY,
  assessment_id TEXT NOT NULL UNIQUE REFERENCES assessment (id),
  fatigue_answer TEXT CHECK (fatigue_answer IN ('given','declined','cannot_report','not_asked')),
  fatigue_value INTEGER CHECK (fatigue_value BETWEEN 0 AND 3),
  unrefreshed_answer TEXT CHECK (unrefreshed_answer IN ('given','declined','cannot_report','not_asked')),
  unrefreshed_value INTEGER CHECK (unrefreshed_value BETWEEN 0 AND 3),
  cognition_answer TEXT CHECK (cognition_answer IN ('given','declined','cannot_report','not_asked')),
  cognition_value INTEGER CHECK (cognition_value BETWEEN 0 AND 3),
  headache INTEGER CHECK (headache IN (0, 1)),
  low_abdominal INTEGER CHECK (low_abdominal IN (0, 1)),
  depression INTEGER CHECK (depression IN (0, 1)),
  -- Months at a similar level.
  months INTEGER CHECK (months BETWEEN 0 AND 1500),
  CHECK ((fatigue_answer IS 'given') = (fatigue_value IS NOT NULL)),
  CHECK ((unrefreshed_answer IS 'given') = (unrefreshed_value IS NOT NULL)),
  CHECK ((cognition_answer IS 'given') = (cognition_value IS NOT NULL))
) STRICT;
