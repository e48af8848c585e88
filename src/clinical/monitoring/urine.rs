//! A urine drug test, from ordered to confirmed: what was looked for, what was found, and whether that fits the medicines of
//! the day the sample was taken. Only a read result moves the clock.
//!
//! Each drug is expected or unexpected by two facts alone: whether it was listed that day, and whether it was found. What
//! that means is the physician's to say; a surprising screen is confirmed before anything follows from it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::follow_through::{dates, in_days, on, texts};
use super::super::id::{Ids, PatientId, UrineFindingId, UrineTestId, VisitId};
use super::super::medicine::{meant_by, perhaps, spelling};
use super::super::patient::Medication;
use super::super::text::clean_line;
use super::super::time::Instant;
use super::super::vocab::Vocab;
use super::group::{Group, groups_of};

crate::vocab! {
    /// What the laboratory says of a drug.
    pub enum Found {
        /// It is there.
        Found "found" "found",
        /// It is not there.
        NotFound "not_found" "not found",
        /// The laboratory cannot say.
        Unclear "unclear" "unclear",
    }

    /// How far a test has come.
    pub enum Step {
        /// Asked for; no sample yet.
        Ordered "ordered" "ordered",
        /// The sample is on its way.
        Collected "collected" "collected",
        /// The result is there, unread.
        Resulted "resulted" "unread",
        /// Read, and something is not as expected.
        Read "read" "not as expected",
        /// The laboratory was asked to confirm.
        Confirming "confirming" "to confirm",
        /// Confirmed, and something still is not as expected.
        Confirmed "confirmed" "confirmed",
        /// Read and as expected, or acted on.
        Settled "settled" "settled",
        /// Closed with a reason.
        LetGo "let_go" "let go",
    }
}

/// By when a sample, a result or a confirmation is expected where nobody says it: so many days.
const USUAL_WAIT: u64 = 14;

/// One drug of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Identity.
    pub id: UrineFindingId,
    /// Which drug.
    pub drug: String,
    /// Whether it stood on the list of the day the sample was taken.
    pub listed: bool,
    /// What the screen says.
    pub found: Found,
    /// What the confirmation says.
    pub confirmed: Option<Found>,
}

impl Finding {
    /// What counts: the confirmation, else the screen.
    pub fn result(&self) -> Found {
        self.confirmed.unwrap_or(self.found)
    }

    /// Whether that fits the list; what is unclear does not.
    pub fn is_expected(&self) -> bool {
        match self.result() {
            Found::Found => self.listed,
            Found::NotFound => !self.listed,
            Found::Unclear => false,
        }
    }

    /// In a line: `tapentadol found, listed: expected`.
    pub fn line(&self) -> String {
        let confirmed = match self.confirmed {
            Some(confirmed) if confirmed != self.found => format!(", confirmed {}", confirmed.label()),
            Some(_) => ", confirmed".to_owned(),
            None => String::new(),
        };
        format!(
            "{} {}{confirmed}, {}: {}",
            self.drug,
            self.found.label(),
            if self.listed { "listed" } else { "not listed" },
            if self.is_expected() { "expected" } else { "unexpected" }
        )
    }
}

/// A urine drug test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrineTest {
    /// Identity.
    pub id: UrineTestId,
    /// Of whom.
    pub patient: PatientId,
    /// The visit in which it was asked for.
    pub visit: Option<VisitId>,
    /// When it was asked for.
    pub ordered: Option<NaiveDate>,
    /// By when what comes next is expected.
    pub due: Option<NaiveDate>,
    /// When the sample was taken.
    pub collected: Option<NaiveDate>,
    /// When the result came.
    pub resulted: Option<NaiveDate>,
    /// When it was read.
    pub read_at: Option<Instant>,
    /// Drug by drug.
    pub findings: Vec<Finding>,
    /// When a confirmation was asked for.
    pub confirm_asked: Option<NaiveDate>,
    /// When the confirmation came.
    pub confirmed: Option<NaiveDate>,
    /// What the laboratory or the patient says.
    pub note: String,
    /// What was done about it.
    pub action: String,
    /// When it was acted on.
    pub acted_at: Option<Instant>,
    /// Why it is followed no longer.
    pub let_go: Option<String>,
}

impl UrineTest {
    /// A test asked for today.
    pub fn ordered(id: UrineTestId, patient: PatientId, visit: Option<VisitId>, today: NaiveDate) -> Self {
        Self {
            id,
            patient,
            visit,
            ordered: Some(today),
            due: in_days(today, USUAL_WAIT),
            collected: None,
            resulted: None,
            read_at: None,
            findings: Vec::new(),
            confirm_asked: None,
            confirmed: None,
            note: String::new(),
            action: String::new(),
            acted_at: None,
            let_go: None,
        }
    }

    /// Whether every drug is as expected; of a result without any drug nobody can say so.
    pub fn is_as_expected(&self) -> bool {
        !self.findings.is_empty() && self.findings.iter().all(Finding::is_expected)
    }

    /// How far it has come.
    pub fn step(&self) -> Step {
        if self.acted_at.is_some() {
            Step::Settled
        } else if self.let_go.is_some() {
            Step::LetGo
        } else if self.read_at.is_some() {
            match (self.confirm_asked, self.confirmed) {
                (Some(_), None) => Step::Confirming,
                _ if self.is_as_expected() => Step::Settled,
                (_, Some(_)) => Step::Confirmed,
                (None, None) => Step::Read,
            }
        } else if self.resulted.is_some() {
            Step::Resulted
        } else if self.collected.is_some() {
            Step::Collected
        } else {
            Step::Ordered
        }
    }

    /// The day for which it speaks: that of the sample, else of the result.
    pub fn sample_date(&self) -> Option<NaiveDate> {
        self.collected.or(self.resulted)
    }

    /// From which day on somebody has to do something about it; none where nobody has to.
    pub fn open_from(&self) -> Option<NaiveDate> {
        match self.step() {
            Step::Settled | Step::LetGo => None,
            Step::Ordered | Step::Collected | Step::Confirming => self.due,
            Step::Resulted => self.resulted,
            Step::Read => self.resulted.or(self.due),
            Step::Confirmed => self.confirmed,
        }
    }

    /// When it was settled: acted on, or read as expected.
    pub fn settled_at(&self) -> Option<Instant> {
        (self.step() == Step::Settled).then_some(self.acted_at.or(self.read_at)).flatten()
    }

    /// What it asks for, in a few words: `urine test · unread, result 20 Nov`.
    pub fn line(&self) -> String {
        let words = match self.step() {
            Step::Ordered => format!("no sample{}", on("due", self.due)),
            Step::Collected => format!("no result{}", on("due", self.due)),
            Step::Resulted => format!("unread{}", on("result", self.resulted)),
            Step::Confirming => format!("not confirmed{}", on("due", self.due)),
            Step::Read | Step::Confirmed => format!("{}, not acted on", self.verdict()),
            Step::Settled => self.verdict(),
            Step::LetGo => "let go".to_owned(),
        };
        format!("urine test · {words}")
    }

    /// What came of it, drug by drug where something is unexpected: `unexpected: diazepam found`.
    pub fn verdict(&self) -> String {
        let unexpected: Vec<String> = self
            .findings
            .iter()
            .filter(|finding| !finding.is_expected())
            .map(|finding| format!("{} {}", finding.drug, finding.result().label()))
            .collect();
        match (unexpected.is_empty(), self.findings.is_empty()) {
            (_, true) => "no drug noted".to_owned(),
            (true, false) => "as expected".to_owned(),
            (false, _) => format!("unexpected: {}", unexpected.join(", ")),
        }
    }

    /// What came of it; before that, how far it is.
    pub fn verdict_or_step(&self) -> String {
        if self.read_at.is_some() { self.verdict() } else { self.step().label().to_owned() }
    }

    /// The same, one step on: the sample was taken, the result came. Reading wants eyes, acting words; they are none.
    #[must_use]
    pub fn stepped(&self, today: NaiveDate) -> Option<Self> {
        let mut next = Self { due: in_days(today, USUAL_WAIT), ..self.clone() };
        match self.step() {
            Step::Ordered => next.collected = Some(today),
            Step::Collected => next.resulted = Some(today),
            Step::Confirming => next.confirmed = Some(today),
            Step::Resulted | Step::Read | Step::Confirmed | Step::Settled | Step::LetGo => return None,
        }
        Some(next)
    }

    /// The same, read, with every drug of that day's list found and nothing else: as expected in one key.
    #[must_use]
    pub fn as_expected(&self, listed: &[String], ids: &mut Ids, today: NaiveDate, at: Instant) -> Self {
        let mut test = self.clone();
        if test.findings.is_empty() {
            test.findings = listed
                .iter()
                .map(|drug| Finding {
                    id: ids.next(at),
                    drug: drug.clone(),
                    listed: true,
                    found: Found::Found,
                    confirmed: None,
                })
                .collect();
        }
        test.collected = test.collected.or(test.resulted).or(Some(today));
        test.resulted = test.resulted.or(Some(today));
        test.read_at = test.read_at.or(Some(at));
        test
    }

    /// The same, the laboratory asked to confirm what is not as expected.
    #[must_use]
    pub fn confirming(&self, today: NaiveDate) -> Self {
        Self { confirm_asked: Some(today), confirmed: None, due: in_days(today, USUAL_WAIT), ..self.clone() }
    }

    /// The same, acted on in these words. Whoever acts has read it.
    #[must_use]
    pub fn acted_on(&self, action: String, today: NaiveDate, at: Instant) -> Self {
        Self {
            action,
            acted_at: Some(at),
            read_at: self.read_at.or(Some(at)),
            resulted: self.resulted.or(Some(today)),
            let_go: None,
            ..self.clone()
        }
    }

    /// What the summary of a visit says of it.
    pub fn lines(&self) -> Vec<String> {
        let when = dates([
            ("ordered", self.ordered),
            ("collected", self.collected),
            ("result", self.resulted),
            ("confirmed", self.confirmed),
        ]);
        let unread = if self.step() == Step::Resulted { ", not read yet" } else { "" };
        let mut out = vec![format!("Urine test {when}{unread}.")];
        out.extend(self.findings.iter().map(|finding| format!("- {}.", finding.line())));
        out.extend(texts([("Note", &self.note), ("Done about it", &self.action)]));
        out
    }
}

/// What is taken on a day, as far as a urine test asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// The medicines for which a test can look, by their plain names.
    pub looked_for: Vec<String>,
    /// Every name under which anything on the list may be found, ingredients of combinations included, as names are
    /// compared.
    names: BTreeSet<String>,
}

impl Taken {
    /// Of a list, on the day the sample is taken.
    pub fn on(medicines: &[Medication], day: NaiveDate) -> Self {
        let mut taken = Self::default();
        for medicine in medicines.iter().filter(|medicine| medicine.started.is_none_or(|started| started <= day)) {
            let sig = medicine.sig();
            let meant = sig.meant();
            taken.names.insert(spelling(&sig.name));
            // What a name that no table knows may be is not unexpected in the sample.
            for name in meant.iter().copied().chain(perhaps(&sig.name)) {
                taken.names.extend(std::iter::once(&name.name).chain(&name.contains).map(|name| spelling(name)));
            }
            if groups_of(medicine).into_iter().any(Group::is_looked_for) {
                let name = meant.first().map_or_else(|| clean_line(&sig.name), |name| name.name.clone());
                if !taken.looked_for.contains(&name) {
                    taken.looked_for.push(name);
                }
            }
        }
        taken
    }

    /// Whether a drug stands on the list: as it was typed, under any name that means it, or as a part of a combination.
    pub fn lists(&self, drug: &str) -> bool {
        let has = |name: &str| self.names.contains(&spelling(name));
        !drug.trim().is_empty() && (has(drug) || meant_by(drug).iter().any(|name| has(&name.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn at(hour: i64) -> Instant {
        Instant::from_millis(1_795_000_000_000 + hour * 3_600_000)
    }

    fn ordered(ids: &mut Ids) -> UrineTest {
        UrineTest::ordered(ids.next(at(0)), ids.next(at(0)), None, day(3))
    }

    fn finding(ids: &mut Ids, listed: bool, found: Found, confirmed: Option<Found>) -> Finding {
        Finding { id: ids.next(at(0)), drug: "diazepam".to_owned(), listed, found, confirmed }
    }

    #[test]
    fn a_drug_is_expected_by_the_list_and_what_was_found() {
        use Found::{Found as Yes, NotFound, Unclear};
        let mut ids = Ids::seeded(3);
        for (listed, found, confirmed, expected) in [
            (true, Yes, None, true),
            (true, NotFound, None, false),
            (false, Yes, None, false),
            (false, NotFound, None, true),
            (true, Unclear, None, false),
            (false, Unclear, Some(NotFound), true),
            (false, Yes, Some(NotFound), true),
            (true, NotFound, Some(Yes), true),
            (true, Yes, Some(NotFound), false),
        ] {
            let finding = finding(&mut ids, listed, found, confirmed);
            assert_eq!(finding.is_expected(), expected, "{}", finding.line());
        }
    }

    #[test]
    fn a_test_goes_step_by_step_and_is_open_from_its_day() {
        let mut ids = Ids::seeded(3);
        let test = ordered(&mut ids);
        assert_eq!((test.step(), test.open_from()), (Step::Ordered, Some(day(17))));
        let collected = test.stepped(day(5)).unwrap();
        assert_eq!((collected.step(), collected.open_from()), (Step::Collected, Some(day(19))));
        let resulted = collected.stepped(day(10)).unwrap();
        assert_eq!(
            (resulted.step(), resulted.open_from(), resulted.stepped(day(11))),
            (Step::Resulted, Some(day(10)), None)
        );
        assert_eq!(resulted.line(), "urine test · unread, result 10 Nov");
        let settled = resulted.as_expected(&["tapentadol".to_owned()], &mut ids, day(11), at(1));
        assert_eq!((settled.step(), settled.open_from(), settled.settled_at()), (Step::Settled, None, Some(at(1))));
        assert_eq!((settled.sample_date(), settled.verdict().as_str()), (Some(day(5)), "as expected"));

        let mut read = UrineTest { read_at: Some(at(2)), ..resulted.clone() };
        assert_eq!(read.step(), Step::Read, "a result without a drug is not as expected");
        read.findings = vec![finding(&mut ids, false, Found::Found, None)];
        assert_eq!(read.line(), "urine test · unexpected: diazepam found, not acted on");
        let confirming = read.confirming(day(12));
        assert_eq!((confirming.step(), confirming.open_from()), (Step::Confirming, Some(day(26))));
        let mut confirmed = confirming.stepped(day(20)).unwrap();
        assert_eq!((confirmed.step(), confirmed.open_from()), (Step::Confirmed, Some(day(20))));
        confirmed.findings[0].confirmed = Some(Found::NotFound);
        assert_eq!(confirmed.step(), Step::Settled, "the confirmation took the surprise away");
        let acted = read.acted_on("talked it through".to_owned(), day(13), at(5));
        assert_eq!((acted.step(), acted.settled_at()), (Step::Settled, Some(at(5))));
        assert_eq!(UrineTest { let_go: Some("moved".to_owned()), ..read }.step(), Step::LetGo);
    }

    #[test]
    fn the_list_of_the_day_says_what_is_looked_for() {
        let mut ids = Ids::seeded(3);
        let mut medicine = |line: &str, started: Option<u32>| Medication::new(ids.next(at(0)), line, started.map(day));
        let list = [
            medicine("Palexia 50 mg 1-0-1", None),
            medicine("tapentadol 50 mg at night", None),
            medicine("pregabalin 75 mg", Some(20)),
            medicine("macrogol", None),
        ];
        assert_eq!(Taken::on(&list, day(10)).looked_for, ["tapentadol"]);
        let taken = Taken::on(&list, day(20));
        assert_eq!(taken.looked_for, ["tapentadol", "pregabalin"]);
        for (drug, is) in
            [("Palexia", true), ("Tapentadol", true), ("macrogol", true), ("diazepam", false), ("", false)]
        {
            assert_eq!(taken.lists(drug), is, "{drug}");
        }
    }

    #[test]
    fn what_is_on_the_list_is_listed_however_it_was_typed() {
        let mut ids = Ids::seeded(3);
        let mut medicine = |line: &str| Medication::new(ids.next(at(0)), line, None);
        let said = Medication { class: Some("benzodiazepine".to_owned()), ..medicine("benzolinium 1 mg at night") };
        let list = [said, medicine("nonsuchone 10 mg bid"), medicine("Percocet 5/325 1 tab bid")];
        let taken = Taken::on(&list, day(20));
        assert_eq!(taken.looked_for, ["benzolinium", "oxycodone/acetaminophen"]);
        for (drug, is) in [
            ("Benzolinium", true),
            ("nonsuchone", true),
            ("oxycodone", true),
            ("Roxicodone", true),
            ("acetaminophen/oxycodone", true),
            ("oxymorphone", false),
        ] {
            assert_eq!(taken.lists(drug), is, "{drug}");
        }
    }
}
