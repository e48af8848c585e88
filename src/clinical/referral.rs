//! Referrals as a closed loop: written, sent, booked, seen, the answer read, acted on. Until something was done about the
//! answer it is nobody's but the day's. And who else takes part in a patient's care.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::follow_through::{dates, in_days, on, texts};
use super::id::{CareTeamId, PatientId, PieceId, PlanItemId, ReferralId, VisitId};
use super::plan::PlanItem;
use super::plan::wake::Wakes;
use super::text::clean_line;
use super::time::{Instant, show_date};
use super::vocab::Vocab;

crate::vocab! {
    /// How far a referral has come.
    pub enum Step {
        /// The letter is written.
        Written "written" "to send",
        /// It is sent; no appointment yet.
        Sent "sent" "sent",
        /// There is an appointment.
        Booked "booked" "booked",
        /// The patient was seen; no answer yet.
        Seen "seen" "seen, no answer",
        /// The answer was read; nothing was done about it.
        Read "read" "answer read",
        /// Acted on.
        ActedOn "acted_on" "acted on",
        /// Closed with a reason before it came so far.
        LetGo "let_go" "let go",
    }
}

/// By when a step is expected where nobody says it, in days: the letter sent, an appointment known, an answer.
const TO_SEND: u64 = 3;
const TO_BOOK: u64 = 14;
const TO_ANSWER: u64 = 14;

/// A referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Identity.
    pub id: ReferralId,
    /// Of whom.
    pub patient: PatientId,
    /// The visit in which it was decided.
    pub visit: Option<VisitId>,
    /// To whom: a specialty, a person, a place.
    pub to: String,
    /// What they shall answer.
    pub question: String,
    /// The piece of the plan it comes from.
    pub piece: Option<PieceId>,
    /// The same in its words when the letter was written.
    pub from_plan: Option<String>,
    /// When the letter was written.
    pub written: NaiveDate,
    /// When it was sent.
    pub sent: Option<NaiveDate>,
    /// The day of the appointment.
    pub appointment: Option<NaiveDate>,
    /// When the patient was seen.
    pub seen: Option<NaiveDate>,
    /// By when the next step is expected.
    pub due: Option<NaiveDate>,
    /// What they answer.
    pub answer: String,
    /// When the answer was read.
    pub read_at: Option<Instant>,
    /// What was done about it.
    pub action: String,
    /// When it was acted on.
    pub acted_at: Option<Instant>,
    /// Why it is followed no longer.
    pub let_go: Option<String>,
}

impl Referral {
    /// One of which nothing is known but to whom, and when the letter was written.
    pub fn new(id: ReferralId, patient: PatientId, to: impl Into<String>, written: NaiveDate) -> Self {
        Self {
            id,
            patient,
            visit: None,
            to: to.into(),
            question: String::new(),
            piece: None,
            from_plan: None,
            written,
            sent: None,
            appointment: None,
            seen: None,
            due: None,
            answer: String::new(),
            read_at: None,
            action: String::new(),
            acted_at: None,
            let_go: None,
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
        } else if self.seen.is_some() {
            Step::Seen
        } else if self.appointment.is_some() {
            Step::Booked
        } else if self.sent.is_some() {
            Step::Sent
        } else {
            Step::Written
        }
    }

    /// From which day on somebody has to do something about it; none where nobody has to.
    pub fn open_from(&self) -> Option<NaiveDate> {
        match self.step() {
            Step::ActedOn | Step::LetGo => None,
            // An answer that was read waits for nothing but the hand.
            Step::Read => self.seen.or(self.due),
            Step::Written | Step::Sent | Step::Booked | Step::Seen => self.due,
        }
    }

    /// What it asks for, in a few words: `orthopaedics · no appointment, due 20 Nov`.
    pub fn line(&self) -> String {
        let words = match self.step() {
            Step::Written => format!("letter not sent{}", on("due", self.due)),
            Step::Sent => format!("no appointment{}", on("due", self.due)),
            Step::Booked => format!("seen?{}", on("appointment", self.appointment)),
            Step::Seen if self.answer.is_empty() => format!("no answer{}", on("due", self.due)),
            Step::Seen => "answer not read".to_owned(),
            Step::Read => "answer read, not acted on".to_owned(),
            Step::ActedOn | Step::LetGo => self.step().label().to_owned(),
        };
        format!("{} · {words}", self.to)
    }

    /// The same, one step on today. An appointment wants its day, acting wants words: they are no step by themselves.
    #[must_use]
    pub fn stepped(&self, today: NaiveDate, at: Instant) -> Option<Self> {
        let mut next = self.clone();
        match self.step() {
            Step::Written => (next.sent, next.due) = (Some(today), in_days(today, TO_BOOK)),
            Step::Booked if self.ahead(today).is_some() => return None,
            // Whoever asks a day later whether the patient was seen means the day of the appointment.
            Step::Booked => (next.seen, next.due) = (self.appointment, in_days(today, TO_ANSWER)),
            Step::Seen => next.read_at = Some(at),
            Step::Sent | Step::Read | Step::ActedOn | Step::LetGo => return None,
        }
        Some(next)
    }

    /// The day of the appointment while it lies ahead: until then nobody can have been seen there.
    pub fn ahead(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.appointment.filter(|on| *on > today)
    }

    /// The same with an appointment; from the day after it somebody asks whether the patient was seen.
    #[must_use]
    pub fn booked(&self, appointment: NaiveDate, today: NaiveDate) -> Self {
        let sent = self.sent.or(Some(today));
        Self { sent, appointment: Some(appointment), due: in_days(appointment, 1), ..self.clone() }
    }

    /// The same, acted on in these words. Whoever acts has read the answer.
    #[must_use]
    pub fn acted_on(&self, action: String, at: Instant) -> Self {
        Self { action, acted_at: Some(at), read_at: self.read_at.or(Some(at)), let_go: None, ..self.clone() }
    }

    /// What the summary of a visit says of it.
    pub fn lines(&self) -> Vec<String> {
        let when = dates([
            ("written", Some(self.written)),
            ("sent", self.sent),
            ("appointment", self.appointment),
            ("seen", self.seen),
        ]);
        let mut out = vec![format!("Referral to {}, {when}.", self.to)];
        out.extend(texts([("Question", &self.question), ("Answer", &self.answer), ("Done about it", &self.action)]));
        out
    }

    /// Whether the summary of a visit speaks of it: it was decided there, or something of it happened on its day.
    pub fn is_of(&self, day: NaiveDate, visit: VisitId) -> bool {
        let dated = [Some(self.written), self.sent, self.seen].contains(&Some(day));
        self.visit == Some(visit) || dated
    }
}

/// A referral as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReferralDraft {
    /// To whom.
    pub to: String,
    /// What they shall answer.
    pub question: String,
    /// When the letter was written.
    pub written: Option<NaiveDate>,
    /// When it was sent.
    pub sent: Option<NaiveDate>,
    /// The day of the appointment.
    pub appointment: Option<NaiveDate>,
    /// When the patient was seen.
    pub seen: Option<NaiveDate>,
    /// By when the next step is expected.
    pub due: Option<NaiveDate>,
    /// What they answer.
    pub answer: String,
    /// Whether the answer was read.
    pub read: Option<bool>,
    /// What was done about it.
    pub action: String,
}

impl ReferralDraft {
    /// The draft of a referral, to change it.
    pub fn of(referral: &Referral) -> Self {
        Self {
            to: referral.to.clone(),
            question: referral.question.clone(),
            written: Some(referral.written),
            sent: referral.sent,
            appointment: referral.appointment,
            seen: referral.seen,
            due: referral.due,
            answer: referral.answer.clone(),
            read: referral.read_at.is_some().then_some(true),
            action: referral.action.clone(),
        }
    }

    /// The referral, valid: without a date the letter was written today; an answer that was acted on was read, and whoever
    /// has an answer was seen.
    ///
    /// # Errors
    /// The field that is missing, and what to say there.
    pub fn finish(
        &self,
        old: Option<&Referral>,
        (id, patient, visit): (ReferralId, PatientId, Option<VisitId>),
        from: Option<&PlannedReferral>,
        (today, at): (NaiveDate, Instant),
    ) -> Result<Referral, (&'static str, String)> {
        let to = clean_line(&self.to);
        if to.is_empty() {
            return Err(("to", "to whom?".to_owned()));
        }
        let written = self.written.unwrap_or(today);
        let seen = self.seen.or_else(|| (!self.answer.trim().is_empty()).then_some(today));
        if let Some(seen) = seen.filter(|seen| *seen < written) {
            return Err(("seen", format!("{} is before the letter", show_date(seen))));
        }
        if let Some((_, on)) = seen.zip(self.appointment).filter(|(seen, on)| seen < on) {
            let was = "if it was earlier, change its day too";
            return Err(("seen", format!("the appointment is on {}: {was}", show_date(on))));
        }
        let action = self.action.trim().to_owned();
        let read = self.read == Some(true) || !action.is_empty();
        let due = if let Some(due) = self.due.filter(|due| old.is_none_or(|old| old.due != Some(*due))) {
            Some(due)
        } else if seen.is_some() {
            in_days(seen.unwrap_or(today), TO_ANSWER)
        } else if let Some(appointment) = self.appointment {
            in_days(appointment, 1)
        } else {
            self.sent.map_or_else(|| in_days(written, TO_SEND), |sent| in_days(sent, TO_BOOK))
        };
        Ok(Referral {
            id,
            patient,
            visit,
            to,
            question: clean_line(&self.question),
            piece: old.map_or_else(|| from.map(|from| from.piece), |old| old.piece),
            from_plan: old.map_or_else(|| from.map(|from| from.what.clone()), |old| old.from_plan.clone()),
            written,
            sent: self.sent,
            appointment: self.appointment,
            seen,
            due: old.filter(|old| old.due == self.due && old.step() != Step::Read).map_or(due, |old| {
                // What did not move keeps its date.
                let same = (old.sent, old.appointment, old.seen) == (self.sent, self.appointment, seen);
                if same { old.due } else { due }
            }),
            answer: self.answer.trim().to_owned(),
            read_at: read.then(|| old.and_then(|old| old.read_at).unwrap_or(at)),
            acted_at: (!action.is_empty()).then(|| old.and_then(|old| old.acted_at).unwrap_or(at)),
            action,
            let_go: old.and_then(|old| old.let_go.clone()),
        })
    }
}

/// Somebody who takes part in a patient's care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareMember {
    /// Identity.
    pub id: CareTeamId,
    /// Who.
    pub name: String,
    /// As what: family doctor, physiotherapist, pharmacy.
    pub role: String,
    /// How to reach them.
    pub reach: String,
}

impl CareMember {
    /// In a line: `Dr Pine Grove, family doctor, 555 0133`.
    pub fn line(&self) -> String {
        let parts = [&self.name, &self.role, &self.reach].map(|part| clean_line(part));
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Everything about a patient's referrals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Referrals {
    /// The referrals, newest first.
    pub referrals: Vec<Referral>,
    /// Who else takes part in the care.
    pub team: Vec<CareMember>,
    /// What the plan means to refer and nobody has written yet.
    pub planned: Vec<PlannedReferral>,
}

/// A piece of a plan that means a referral nobody has written yet: the first step of the loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedReferral {
    /// The item of the version that holds it.
    pub item: PlanItemId,
    /// The piece.
    pub piece: PieceId,
    /// Of whom.
    pub patient: PatientId,
    /// The visit in which it was planned.
    pub visit: Option<VisitId>,
    /// To whom, in the words of the plan.
    pub what: String,
    /// What they shall answer, as far as the plan says it.
    pub question: String,
    /// When it was planned.
    pub on: NaiveDate,
    /// By when the plan wants it.
    pub due: Option<NaiveDate>,
    /// What it sleeps until.
    pub wakes: Option<Wakes>,
}

impl PlannedReferral {
    /// The planned referral that a piece of a plan is.
    pub fn of(item: &PlanItem, patient: PatientId, visit: Option<VisitId>, on: NaiveDate) -> Self {
        Self {
            item: item.id,
            piece: item.piece,
            patient,
            visit,
            what: clean_line(&item.what),
            question: clean_line(&item.next_step),
            on,
            due: item.due,
            wakes: item.wakes,
        }
    }

    /// From which day on the letter is late.
    pub fn late_from(&self) -> Option<NaiveDate> {
        self.due.or_else(|| in_days(self.on, TO_SEND))
    }

    /// Where it stands, in a few words: `letter to write, by 5 Jan 2027`.
    pub fn says(&self) -> String {
        let by = |word: &str| self.due.map_or_else(String::new, |due| format!(", {word} {}", show_date(due)));
        match self.wakes {
            Some(wakes) => format!("sleeps until {}{}", wakes.show(), by("or")),
            None => format!("letter to write{}", by("by")),
        }
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

    fn made(draft: &ReferralDraft) -> Result<Referral, (&'static str, String)> {
        let mut ids = Ids::seeded(3);
        draft.finish(None, (ids.next(at(0)), ids.next(at(0)), None), None, (day(3), at(0)))
    }

    fn draft() -> ReferralDraft {
        ReferralDraft {
            to: " orthopaedics\n".to_owned(),
            question: "decompress?".to_owned(),
            ..ReferralDraft::default()
        }
    }

    #[test]
    fn a_referral_goes_step_by_step_and_each_waits_until_its_day() {
        let written = made(&draft()).unwrap();
        assert_eq!((written.step(), written.open_from()), (Step::Written, Some(day(6))));
        let sent = written.stepped(day(4), at(1)).unwrap();
        assert_eq!((sent.step(), sent.open_from()), (Step::Sent, Some(day(18))));
        assert_eq!(sent.stepped(day(5), at(2)), None, "an appointment wants its day");
        let booked = sent.booked(day(20), day(5));
        assert_eq!((booked.step(), booked.open_from()), (Step::Booked, Some(day(21))));
        assert_eq!(booked.line(), "orthopaedics · seen?, appointment 20 Nov");
        assert_eq!(booked.stepped(day(19), at(3)), None, "nobody was seen before the appointment");
        assert_eq!(booked.stepped(day(24), at(3)).unwrap().seen, Some(day(20)), "seen on the day of the appointment");
        let seen = booked.stepped(day(20), at(3)).unwrap();
        assert_eq!((seen.step(), seen.open_from()), (Step::Seen, "2026-12-04".parse().ok()));
        assert_eq!(seen.line(), "orthopaedics · no answer, due 4 Dec");
        let answered = Referral { answer: "no operation".to_owned(), ..seen.clone() };
        assert_eq!(answered.line(), "orthopaedics · answer not read");
        let read = seen.stepped(day(24), at(4)).unwrap();
        assert_eq!((read.step(), read.open_from()), (Step::Read, Some(day(20))));
        assert_eq!(read.stepped(day(24), at(5)), None, "acting wants words");
        let acted = read.acted_on("no operation; told".to_owned(), at(6));
        assert_eq!((acted.step(), acted.open_from()), (Step::ActedOn, None));
        assert_eq!(Referral { let_go: Some("moved".to_owned()), ..seen }.step(), Step::LetGo);
    }

    #[test]
    fn what_is_typed_says_how_far_it_has_come() {
        for (change, step) in [
            ((|_| {}) as fn(&mut ReferralDraft), Step::Written),
            (|draft| draft.sent = NaiveDate::from_ymd_opt(2026, 11, 3), Step::Sent),
            (|draft| draft.appointment = NaiveDate::from_ymd_opt(2026, 11, 20), Step::Booked),
            (|draft| draft.answer = "No operation.".to_owned(), Step::Seen),
            (|draft| draft.read = Some(true), Step::Read),
            (|draft| draft.action = "told".to_owned(), Step::ActedOn),
        ] {
            let mut draft = draft();
            change(&mut draft);
            assert_eq!(made(&draft).unwrap().step(), step, "{draft:?}");
        }
        assert_eq!(made(&ReferralDraft::default()).unwrap_err().0, "to");
        assert_eq!(made(&ReferralDraft { seen: Some(day(1)), ..draft() }).unwrap_err().0, "seen");
        let seen =
            |on| ReferralDraft { written: Some(day(1)), appointment: Some(day(20)), seen: Some(day(on)), ..draft() };
        assert_eq!(made(&seen(19)).unwrap_err().0, "seen", "before its appointment");
        assert_eq!(made(&seen(20)).unwrap().step(), Step::Seen);
        // An answer means that the patient was seen, today at the latest: not while the appointment lies ahead.
        let answered =
            |on| ReferralDraft { seen: None, appointment: Some(day(on)), answer: "none".to_owned(), ..seen(20) };
        assert_eq!(made(&answered(4)).unwrap_err().0, "seen");
        assert_eq!(made(&answered(3)).unwrap().step(), Step::Seen);
    }

    #[test]
    fn a_draft_comes_back_as_it_was_and_a_new_step_gets_a_new_date() {
        let sent = made(&draft()).unwrap().stepped(day(4), at(1)).unwrap();
        let who = (sent.id, sent.patient, sent.visit);
        let again = ReferralDraft::of(&sent).finish(Some(&sent), who, None, (day(30), at(9))).unwrap();
        assert_eq!(again, sent);
        let mut booked = ReferralDraft::of(&sent);
        booked.appointment = Some(day(20));
        let booked = booked.finish(Some(&sent), who, None, (day(10), at(9))).unwrap();
        assert_eq!((booked.step(), booked.due), (Step::Booked, Some(day(21))));
    }
}
