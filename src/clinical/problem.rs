//! A patient's problems: up to five, each with its condition, place, side, mechanism, how certain it is and since when, and
//! with a pain score of its own at each visit.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::code_set::Code;
use super::coded::Coded;
use super::id::{Ids, ProblemCertaintyId, ProblemId, ProblemScoreId};
use super::procedure::Side;
use super::provenance::Provenance;
use super::since::Since;
use super::time::{Instant, show_date};
use super::vocab::Vocab;

/// How many problems a patient has at most at a time.
pub const MOST: usize = 5;

crate::vocab! {
    /// What kind of pain it is.
    pub enum Mechanism {
        /// From tissue.
        Nociceptive "nociceptive" "nociceptive",
        /// From a lesion of nerves.
        Neuropathic "neuropathic" "neuropathic",
        /// From altered processing.
        Nociplastic "nociplastic" "nociplastic",
        /// More than one of them.
        Mixed "mixed" "mixed",
    }

    /// How sure the physician is of a condition.
    pub enum Certainty {
        /// Suspected.
        Suspected "suspected" "suspected",
        /// Probable.
        Probable "probable" "probable",
        /// Certain.
        Certain "certain" "certain",
        /// Excluded.
        Excluded "excluded" "excluded",
        /// Over, with what it left behind.
        StateAfter "state_after" "state after",
    }
}

impl Certainty {
    /// The mark of German outpatient diagnoses. Source: `regions.toml`, code set `icd10gm`.
    pub const fn german_mark(self) -> char {
        match self {
            Self::Suspected | Self::Probable => 'V',
            Self::Certain => 'G',
            Self::Excluded => 'A',
            Self::StateAfter => 'Z',
        }
    }
}

/// How certain a problem was held to be from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertaintyOn {
    /// Identity.
    pub id: ProblemCertaintyId,
    /// From which day.
    pub on: NaiveDate,
    /// How certain.
    pub certainty: Certainty,
}

/// A problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Identity.
    pub id: ProblemId,
    /// The condition in words.
    pub condition: String,
    /// The condition of our own table, where it was chosen from it.
    pub condition_id: Option<String>,
    /// Its code in the code set of the practice, as it was when it was chosen; never converted afterwards.
    pub code: Option<Code>,
    /// Where.
    pub place: String,
    /// Side.
    pub side: Option<Side>,
    /// What kind of pain.
    pub mechanism: Option<Mechanism>,
    /// How certain, every change with its day, oldest first.
    pub certainty: Vec<CertaintyOn>,
    /// Since when.
    pub since: Option<Since>,
    /// The day from which it is no problem any more.
    pub ended: Option<NaiveDate>,
}

impl Problem {
    /// One of which nothing is known but what it is.
    pub fn new(id: ProblemId, condition: impl Into<String>) -> Self {
        Self {
            id,
            condition: condition.into(),
            condition_id: None,
            code: None,
            place: String::new(),
            side: None,
            mechanism: None,
            certainty: Vec::new(),
            since: None,
            ended: None,
        }
    }

    /// How certain it is held to be.
    pub fn certain(&self) -> Option<Certainty> {
        self.certainty.last().map(|last| last.certainty)
    }

    /// Its name in a few words: `Low back pain LEFT`.
    pub fn name(&self) -> String {
        name(&self.condition, self.side)
    }

    /// Its code as it is written: `M54.16`; in Germany with the marks for certainty and side, `M54.16 V L`.
    pub fn code_words(&self) -> Option<String> {
        let code = self.code.as_ref()?;
        if !code.set.starts_with("icd10gm") {
            return Some(code.code.clone());
        }
        let mark = self.certain().map(|certain| format!(" {}", certain.german_mark())).unwrap_or_default();
        let side = match self.side {
            Some(Side::Left) => " L",
            Some(Side::Right) => " R",
            Some(Side::Both) => " B",
            Some(Side::Midline) | None => "",
        };
        Some(format!("{}{mark}{side}", code.code))
    }

    /// Everything but its scores, in one line: `Sciatica LEFT (M54.32), leg, neuropathic, suspected, since 2019`.
    pub fn show(&self) -> String {
        let mut out = self.name();
        if let Some(code) = self.code_words() {
            out.push_str(&format!(" ({code})"));
        }
        let mut more = Vec::new();
        if !self.place.is_empty() {
            more.push(self.place.clone());
        }
        more.extend(self.mechanism.map(|mechanism| mechanism.label().to_owned()));
        more.extend(self.certain().map(|certain| certain.label().to_owned()));
        more.extend(self.since.map(|since| format!("since {}", since.show())));
        for word in more {
            out.push_str(", ");
            out.push_str(&word);
        }
        out
    }

    /// How the certainty changed, in words: `suspected 3 Mar 2025, certain 24 Nov 2026`; empty where it never did.
    pub fn certainty_history(&self) -> String {
        if self.certainty.len() < 2 {
            return String::new();
        }
        let step = |at: &CertaintyOn| format!("{} {}", at.certainty.label(), show_date(at.on));
        self.certainty.iter().map(step).collect::<Vec<_>>().join(", ")
    }

    /// How certain it is held to be, with what it was held to be before: `certain (suspected 3 Mar 2025)`; none where nobody
    /// said.
    pub fn certainty_words(&self) -> Option<String> {
        let certain = self.certain()?.label();
        let before = self.certainty.iter().rev().nth(1);
        let before = before.map(|at| format!(" ({} {})", at.certainty.label(), show_date(at.on)));
        Some(format!("{certain}{}", before.unwrap_or_default()))
    }

    /// Notes how certain it is held to be from a day on. The same as before is no change; a second thought on the same day
    /// takes the place of the first; blank leaves what was known.
    #[must_use]
    pub fn with_certainty(mut self, certainty: Option<Certainty>, on: NaiveDate, ids: &mut Ids, now: Instant) -> Self {
        let Some(certainty) = certainty else { return self };
        let on = self.certainty.last().map_or(on, |last| last.on.max(on));
        if self.certain() == Some(certainty) {
            return self;
        }
        let same_day = self.certainty.pop_if(|last| last.on == on);
        if self.certain() != Some(certainty) {
            let id = same_day.map_or_else(|| ids.next(now), |same| same.id);
            self.certainty.push(CertaintyOn { id, on, certainty });
        }
        self
    }
}

/// A condition with its side.
pub fn name(condition: &str, side: Option<Side>) -> String {
    let side = side.map(|side| format!(" {}", side.label())).unwrap_or_default();
    format!("{condition}{side}")
}

/// The pain of one problem in one visit, 0 to 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemScore {
    /// Identity.
    pub id: ProblemScoreId,
    /// Of which problem.
    pub problem: ProblemId,
    /// The answer.
    pub answer: Answer,
    /// When it was given, how, and from whom.
    pub given: Provenance,
}

/// A problem as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProblemDraft {
    /// Which problem of the record; none where it is new.
    pub id: Option<ProblemId>,
    /// The condition: words, and what was chosen.
    pub condition: Coded,
    /// Side.
    pub side: Option<Side>,
    /// Where.
    pub place: String,
    /// What kind of pain.
    pub mechanism: Option<Mechanism>,
    /// How certain.
    pub certainty: Option<Certainty>,
    /// Since when, as typed.
    pub since: String,
    /// How much it hurts now.
    pub now: Option<Answer>,
    /// Whether it ended in the record while it stood scored here: the score is kept, the problem does not come back.
    pub ended: bool,
}

impl ProblemDraft {
    /// The draft of a problem in the record.
    pub fn of(problem: &Problem) -> Self {
        Self {
            id: Some(problem.id),
            condition: super::code_set::coded(problem),
            side: problem.side,
            place: problem.place.clone(),
            mechanism: problem.mechanism,
            certainty: problem.certain(),
            since: problem.since.map(Since::show).unwrap_or_default(),
            now: None,
            ended: false,
        }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.condition.is_blank()
            && self.side.is_none()
            && self.place.trim().is_empty()
            && self.mechanism.is_none()
            && self.certainty.is_none()
            && self.since.trim().is_empty()
    }

    /// Its name beside a score: the side first, for a long name is cut.
    pub fn label(&self) -> String {
        let side = match self.side {
            Some(side @ (Side::Left | Side::Right)) => format!("{} ", side.label()),
            Some(Side::Both | Side::Midline) | None => String::new(),
        };
        let ended = if self.ended { " (ended meanwhile)" } else { "" };
        format!("{side}{}{ended}", self.condition.text.trim())
    }
}

/// A problem as another form points to it: its name, and which one it is.
pub fn reference(problems: &[Problem], id: Option<ProblemId>) -> Coded {
    let found = id.and_then(|id| problems.iter().find(|problem| problem.id == id));
    found.map_or_else(Coded::default, |problem| Coded::picked(problem.name(), problem.id.to_string()))
}

/// The problem such a field means: the one that was picked, else the one its text means; blank is none.
///
/// # Errors
/// A sentence where the text means none of them, or more than one.
pub fn referred(problems: &[Problem], field: &Coded) -> Result<Option<ProblemId>, String> {
    if field.is_blank() {
        return Ok(None);
    }
    let picked = field.code.as_ref().and_then(|code| code.parse().ok());
    if let Some(id) = picked.filter(|id| problems.iter().any(|problem| problem.id == *id)) {
        return Ok(Some(id));
    }
    match meant(problems, &field.text) {
        Some(problem) => Ok(Some(problem.id)),
        None => Err(format!("{} is none of this patient's problems", field.text.trim())),
    }
}

/// The problem a text means, among these: by its whole name, else by the only one that begins with it or holds it.
pub fn meant<'a>(problems: &'a [Problem], text: &str) -> Option<&'a Problem> {
    let text = super::text::fold(text);
    let named = |problem: &&Problem| super::text::fold(&problem.name()) == text;
    if let Some(problem) = problems.iter().find(named) {
        return Some(problem);
    }
    let holds = |problem: &&Problem| {
        super::text::fold(&format!("{} {}", problem.name(), problem.place))
            .split(' ')
            .any(|word| word.starts_with(&text))
            || super::text::fold(&problem.name()).contains(&text)
    };
    let mut found = problems.iter().filter(holds);
    let first = found.next().filter(|_| !text.is_empty());
    first.filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(ids: &mut Ids, condition: &str, side: Option<Side>) -> Problem {
        Problem { side, ..Problem::new(ids.next(Instant::from_millis(0)), condition) }
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn certainty_keeps_every_change_with_its_day() {
        use Certainty::{Certain, Excluded, Suspected};
        let mut ids = Ids::seeded(3);
        let now = Instant::from_millis(0);
        let mut one = problem(&mut ids, "Sciatica", Some(Side::Left));
        for (certainty, on, history) in [
            (None, 1, vec![]),
            (Some(Suspected), 2, vec![(Suspected, 2)]),
            (Some(Suspected), 5, vec![(Suspected, 2)]),
            (None, 6, vec![(Suspected, 2)]),
            (Some(Excluded), 9, vec![(Suspected, 2), (Excluded, 9)]),
            (Some(Certain), 9, vec![(Suspected, 2), (Certain, 9)]),
            (Some(Suspected), 9, vec![(Suspected, 2)]),
            (Some(Certain), 12, vec![(Suspected, 2), (Certain, 12)]),
            // An older visit that is looked at again does not turn the history round.
            (Some(Excluded), 3, vec![(Suspected, 2), (Excluded, 12)]),
        ] {
            one = one.with_certainty(certainty, day(on), &mut ids, now);
            let got: Vec<_> = one.certainty.iter().map(|at| (at.certainty, at.on)).collect();
            let wanted: Vec<_> = history.into_iter().map(|(certainty, on)| (certainty, day(on))).collect();
            assert_eq!(got, wanted, "{certainty:?} on {on}");
        }
        assert_eq!(one.certainty_history(), "suspected 2 Nov 2026, excluded 12 Nov 2026");
        assert_eq!(one.certainty_words().as_deref(), Some("excluded (suspected 2 Nov 2026)"));
        let one = problem(&mut ids, "Sciatica", None);
        assert_eq!(one.certainty_words(), None);
        let one = one.with_certainty(Some(Certain), day(3), &mut ids, now);
        assert_eq!(one.certainty_words().as_deref(), Some("certain"));
    }

    #[test]
    fn a_problem_reads_as_one_line_with_its_side_spelled_out() {
        let mut ids = Ids::seeded(3);
        let mut one = problem(&mut ids, "Sciatica", Some(Side::Left));
        assert_eq!(one.show(), "Sciatica LEFT");
        one.code = Some(Code { set: "icd10cm".to_owned(), code: "M54.32".to_owned() });
        one.place = "leg to the big toe".to_owned();
        one.mechanism = Some(Mechanism::Neuropathic);
        one.since = Some(Since::Year(2019));
        one = one.with_certainty(Some(Certainty::Suspected), day(2), &mut ids, Instant::from_millis(0));
        assert_eq!(one.show(), "Sciatica LEFT (M54.32), leg to the big toe, neuropathic, suspected, since 2019");
        one.code = Some(Code { set: "icd10gm".to_owned(), code: "M54.3".to_owned() });
        assert_eq!(one.code_words().as_deref(), Some("M54.3 V L"));
    }

    #[test]
    fn a_text_means_a_problem_only_where_it_means_one() {
        let mut ids = Ids::seeded(3);
        let problems = [
            problem(&mut ids, "Sciatica", Some(Side::Left)),
            problem(&mut ids, "Knee osteoarthritis", Some(Side::Left)),
            problem(&mut ids, "Knee osteoarthritis", Some(Side::Right)),
        ];
        for (text, found) in [
            ("sciatica left", Some(0)),
            ("sci", Some(0)),
            ("knee osteoarthritis right", Some(2)),
            ("knee", None),
            ("right", Some(2)),
            ("", None),
            ("shoulder", None),
        ] {
            assert_eq!(meant(&problems, text), found.map(|at: usize| &problems[at]), "{text}");
        }
    }
}
