//! Tests asked for and their results: X-ray, MRI, CT, EMG, laboratory. Each goes from requested to done, read and acted
//! on; until it is acted on, a result is nobody's but the day's.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::copied::Copied;
use super::follow_through::{dates, in_days, on, texts};
use super::id::{DiagnosticId, PatientId, VisitId};
use super::text::clean_line;
use super::time::Instant;
use super::vocab::Vocab;

crate::vocab! {
    /// What kind of test.
    pub enum DiagnosticKind {
        /// X-ray.
        XRay "xray" "X-ray",
        /// Magnetic resonance imaging.
        Mri "mri" "MRI",
        /// Computed tomography.
        Ct "ct" "CT",
        /// Electromyography and nerve conduction.
        Emg "emg" "EMG",
        /// Ultrasound.
        Ultrasound "ultrasound" "ultrasound",
        /// Laboratory.
        Lab "lab" "lab",
        /// Any other.
        Other "other" "other",
    }

    /// How far a test has come.
    pub enum Step {
        /// Asked for; no result yet.
        Requested "requested" "requested",
        /// The result is there, unread.
        Done "done" "unread",
        /// Read; nothing was done about it.
        Read "read" "read",
        /// Acted on.
        ActedOn "acted_on" "acted on",
        /// Closed with a reason before it came so far.
        LetGo "let_go" "let go",
    }
}

/// By when a result is expected where nobody says it: so many days after the request.
const USUAL_WAIT: u64 = 28;

/// A test, from the request to what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Identity.
    pub id: DiagnosticId,
    /// Of whom.
    pub patient: PatientId,
    /// The visit in which it was asked for or brought.
    pub visit: Option<VisitId>,
    /// What kind.
    pub kind: DiagnosticKind,
    /// Of what: "lumbar spine", "creatinine".
    pub what: String,
    /// What it shall answer.
    pub question: String,
    /// When it was asked for; none where the patient brought it.
    pub requested: Option<NaiveDate>,
    /// By when the result is expected.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<NaiveDate>,
    /// What the report says.
    pub report: String,
    /// What the physician sees.
    pub reading: String,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// What was done about it.
    pub action: String,
    /// When it was acted on.
    pub acted_at: Option<Instant>,
    /// Why it is followed no longer, decided at the close of a day.
    pub let_go: Option<String>,
    /// Which fields were copied forward from an earlier test.
    #[serde(default)]
    pub copied: Option<Copied>,
}

impl Diagnostic {
    /// One of which nothing is known but what it is.
    pub fn new(id: DiagnosticId, patient: PatientId, kind: DiagnosticKind, what: impl Into<String>) -> Self {
        Self {
            id,
            patient,
            visit: None,
            kind,
            what: what.into(),
            question: String::new(),
            requested: None,
            due: None,
            done: None,
            report: String::new(),
            reading: String::new(),
            read_at: None,
            action: String::new(),
            acted_at: None,
            let_go: None,
            copied: None,
        }
    }

    /// How far it has come.
    pub const fn step(&self) -> Step {
        if self.acted_at.is_some() {
            Step::ActedOn
        } else if self.let_go.is_some() {
            Step::LetGo
        } else if self.read_at.is_some() {
            Step::Read
        } else if self.done.is_some() {
            Step::Done
        } else {
            Step::Requested
        }
    }

    /// Kind and region: `MRI lumbar spine`.
    pub fn name(&self) -> String {
        match self.kind {
            DiagnosticKind::Other => self.what.clone(),
            kind => clean_line(&format!("{} {}", kind.label(), self.what)),
        }
    }

    /// Whether somebody has to do something about it on this day: a result until it is acted on, a request once it is
    /// overdue.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        match self.step() {
            Step::ActedOn | Step::LetGo => false,
            Step::Read => true,
            Step::Done => self.done.is_none_or(|done| done <= day) || self.is_overdue_on(day),
            Step::Requested => self.is_overdue_on(day),
        }
    }

    /// Whether the result was due by this day and is not there.
    pub fn is_overdue_on(&self, day: NaiveDate) -> bool {
        self.done.is_none_or(|done| done > day) && self.due.is_some_and(|due| due <= day)
    }

    /// The day it stands under: of the result, else that on which it was due.
    pub fn date(&self) -> Option<NaiveDate> {
        self.done.or(self.due).or(self.requested)
    }

    /// What it asks for, in a few words: `MRI lumbar spine · unread, done 20 Nov`.
    pub fn line(&self) -> String {
        let (name, step) = (self.name(), self.step().label());
        match self.step() {
            Step::Requested => format!("{name} · no result{}", on("due", self.due)),
            Step::Done => format!("{name} · {step}{}", on("done", self.done)),
            Step::Read => format!("{name} · read, not acted on"),
            Step::ActedOn | Step::LetGo => format!("{name} · {step}"),
        }
    }

    /// The same, one step on at this moment. Acting wants words and is not a step by itself.
    #[must_use]
    pub fn stepped(&self, today: NaiveDate, at: Instant) -> Option<Self> {
        let mut next = self.clone();
        match self.step() {
            Step::Requested => next.done = Some(today),
            Step::Done => next.read_at = Some(at),
            Step::Read | Step::ActedOn | Step::LetGo => return None,
        }
        Some(next)
    }

    /// The same, acted on in these words. Whoever acts has read it.
    #[must_use]
    pub fn acted_on(&self, action: String, today: NaiveDate, at: Instant) -> Self {
        Self {
            action,
            acted_at: Some(at),
            read_at: self.read_at.or(Some(at)),
            done: self.done.or(Some(today)),
            let_go: None,
            ..self.clone()
        }
    }

    /// What the summary of a visit says of it.
    pub fn lines(&self) -> Vec<String> {
        let when = dates([("requested", self.requested), ("done", self.done)]);
        let mut first = self.name();
        if !when.is_empty() {
            first.push_str(&format!(", {when}"));
        }
        if self.step() == Step::Done {
            first.push_str(", not read yet");
        }
        let mut out = vec![format!("{first}.")];
        out.extend(texts([
            ("Question", &self.question),
            ("Report", &self.report),
            ("Own reading", &self.reading),
            ("Done about it", &self.action),
        ]));
        if let Some(copied) = &self.copied {
            let is_copied = |field: &str| copied.parts.iter().any(|part| part == field);
            let names: Vec<&str> = COPIED.iter().filter(|(field, _)| is_copied(field)).map(|(_, name)| *name).collect();
            out.push(copied.sentence(&names.join(", ")));
        }
        out
    }
}

/// A test as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DiagnosticDraft {
    /// What kind.
    pub kind: Option<DiagnosticKind>,
    /// Of what.
    pub what: String,
    /// What it shall answer.
    pub question: String,
    /// When it was asked for.
    pub requested: Option<NaiveDate>,
    /// By when the result is expected.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<NaiveDate>,
    /// What the report says.
    pub report: String,
    /// What the physician sees.
    pub reading: String,
    /// Whether it was read.
    pub read: Option<bool>,
    /// What was done about it.
    pub action: String,
    /// The fields taken over from an earlier test, set when the form is completed.
    #[serde(skip)]
    pub carried: Vec<String>,
}

/// The fields that can be copied forward from an earlier test, with their names in a sentence.
const COPIED: [(&str, &str); 5] =
    [("kind", "kind"), ("what", "of what"), ("question", "question"), ("report", "report"), ("reading", "own reading")];

impl DiagnosticDraft {
    /// The draft of a test, to change it.
    pub fn of(test: &Diagnostic) -> Self {
        Self {
            kind: Some(test.kind),
            what: test.what.clone(),
            question: test.question.clone(),
            requested: test.requested,
            due: test.due,
            done: test.done,
            report: test.report.clone(),
            reading: test.reading.clone(),
            read: test.read_at.is_some().then_some(true),
            action: test.action.clone(),
            carried: Vec::new(),
        }
    }

    /// What a new test can take over from an earlier one: its days, that it was read and what was done about it are its
    /// own.
    pub fn to_take_over(test: &Diagnostic) -> Self {
        let Self { kind, what, question, report, reading, .. } = Self::of(test);
        Self { kind, what, question, report, reading, ..Self::default() }
    }

    /// Whether anything of a result was typed.
    pub fn has_result(&self) -> bool {
        self.done.is_some() || !self.report.trim().is_empty() || !self.reading.trim().is_empty()
    }

    /// The test, valid: a request that no date was typed for was made today, a result without a date came today, what
    /// has a reading or was acted on was read.
    ///
    /// # Errors
    /// The field that is missing, and what to say there.
    pub fn finish(
        &self,
        old: Option<&Diagnostic>,
        id: DiagnosticId,
        patient: PatientId,
        visit: Option<VisitId>,
        today: NaiveDate,
        at: Instant,
    ) -> Result<Diagnostic, (&'static str, String)> {
        let kind = self.kind.ok_or(("kind", "say which kind of test it is".to_owned()))?;
        let what = clean_line(&self.what);
        if what.is_empty() {
            return Err(("what", "say what was or shall be examined".to_owned()));
        }
        let action = self.action.trim().to_owned();
        let has_result = self.has_result() || !action.is_empty();
        let done = self.done.or_else(|| has_result.then_some(today));
        let requested = self.requested.or_else(|| (!has_result).then_some(today));
        let due = self.due.or_else(|| in_days(requested?, USUAL_WAIT));
        let read = self.read == Some(true) || !self.reading.trim().is_empty() || !action.is_empty();
        if self.read == Some(true) && done.is_none() {
            return Err(("done", "a test is read once it is done: when was that?".to_owned()));
        }
        Ok(Diagnostic {
            id,
            patient,
            visit,
            kind,
            what,
            question: clean_line(&self.question),
            requested,
            due,
            done,
            report: self.report.trim().to_owned(),
            reading: self.reading.trim().to_owned(),
            read_at: read.then(|| old.and_then(|old| old.read_at).unwrap_or(at)),
            acted_at: (!action.is_empty()).then(|| old.and_then(|old| old.acted_at).unwrap_or(at)),
            action,
            let_go: old.and_then(|old| old.let_go.clone()),
            copied: old.and_then(|old| old.copied.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn at(hour: i64) -> Instant {
        Instant::from_millis(1_795_000_000_000 + hour * 3_600_000)
    }

    fn made(draft: &DiagnosticDraft) -> Result<Diagnostic, (&'static str, String)> {
        let mut ids = Ids::seeded(3);
        draft.finish(None, ids.next(at(0)), ids.next(at(0)), None, day(24), at(0))
    }

    fn draft() -> DiagnosticDraft {
        DiagnosticDraft {
            kind: Some(DiagnosticKind::Mri),
            what: " lumbar spine\n".to_owned(),
            ..DiagnosticDraft::default()
        }
    }

    #[test]
    fn a_test_goes_step_by_step_and_each_step_has_its_day() {
        let test = made(&draft()).unwrap();
        assert_eq!(
            (test.step(), test.requested, test.due),
            (Step::Requested, Some(day(24)), Some("2026-12-22".parse().unwrap()))
        );
        let done = test.stepped(day(25), at(1)).unwrap();
        assert_eq!((done.step(), done.done), (Step::Done, Some(day(25))));
        let read = done.stepped(day(26), at(2)).unwrap();
        assert_eq!((read.step(), read.read_at), (Step::Read, Some(at(2))));
        assert_eq!(read.stepped(day(26), at(3)), None, "acting wants words");
        let acted = read.acted_on("referred".to_owned(), day(27), at(4));
        assert_eq!((acted.step(), acted.read_at, acted.acted_at), (Step::ActedOn, Some(at(2)), Some(at(4))));
        assert_eq!(test.acted_on("not needed".to_owned(), day(27), at(4)).done, Some(day(27)));
    }

    #[test]
    fn what_is_typed_says_how_far_it_has_come() {
        for (change, step) in [
            ((|_| {}) as fn(&mut DiagnosticDraft), Step::Requested),
            (|draft| draft.done = NaiveDate::from_ymd_opt(2026, 11, 20), Step::Done),
            (|draft| draft.report = "Disc bulge L4/5.".to_owned(), Step::Done),
            (|draft| draft.reading = "Agree.".to_owned(), Step::Read),
            (|draft| (draft.done, draft.read) = (NaiveDate::from_ymd_opt(2026, 11, 20), Some(true)), Step::Read),
            (|draft| draft.action = "told her".to_owned(), Step::ActedOn),
        ] {
            let mut draft = draft();
            change(&mut draft);
            let test = made(&draft).unwrap();
            assert_eq!(test.step(), step, "{draft:?}");
            assert_eq!(test.requested.is_some(), step == Step::Requested, "what was brought was not asked for today");
        }
        let missing = |change: fn(&mut DiagnosticDraft)| {
            let mut draft = draft();
            change(&mut draft);
            made(&draft).unwrap_err().0
        };
        assert_eq!(missing(|draft| draft.kind = None), "kind");
        assert_eq!(missing(|draft| draft.what.clear()), "what");
        assert_eq!(missing(|draft| draft.read = Some(true)), "done");
    }

    #[test]
    fn a_result_is_open_until_acted_on_and_a_request_once_it_is_overdue() {
        let requested = made(&DiagnosticDraft { due: Some(day(20)), ..draft() }).unwrap();
        let done = Diagnostic { done: Some(day(18)), ..requested.clone() };
        let read = Diagnostic { read_at: Some(at(0)), ..done.clone() };
        for (test, on, open) in [
            (&requested, day(19), false),
            (&requested, day(20), true),
            (&done, day(17), false),
            (&done, day(18), true),
            (&read, day(24), true),
            (&read.acted_on("x".to_owned(), day(24), at(1)), day(24), false),
            (&Diagnostic { let_go: Some("moved away".to_owned()), ..done.clone() }, day(24), false),
            (&Diagnostic { due: None, ..requested.clone() }, day(24), false),
        ] {
            assert_eq!(test.is_open_on(on), open, "{} on {on}", test.line());
        }
        let acted = done.acted_on("x".to_owned(), day(24), at(1));
        assert_eq!((acted.read_at, acted.step()), (Some(at(1)), Step::ActedOn), "whoever acts has read it");
        assert_eq!(read.acted_on("x".to_owned(), day(24), at(1)).read_at, Some(at(0)));
        assert_eq!(requested.line(), "MRI lumbar spine · no result, due 20 Nov");
        assert_eq!(done.line(), "MRI lumbar spine · unread, done 18 Nov");
        assert_eq!(done.lines(), ["MRI lumbar spine, requested 24 Nov 2026, done 18 Nov 2026, not read yet."]);
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let mut test = made(&DiagnosticDraft { reading: "Agree.".to_owned(), ..draft() }).unwrap();
        test.let_go = Some("moved".to_owned());
        let again =
            DiagnosticDraft::of(&test).finish(Some(&test), test.id, test.patient, None, day(30), at(9)).unwrap();
        assert_eq!(again, test);
    }
}
