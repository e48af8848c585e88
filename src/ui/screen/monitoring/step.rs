//! One step on with a check or a urine test, in one key.

use chrono::NaiveDate;

use crate::action::follow::UrineChange;
use crate::action::{FollowWrite, Write};
use crate::clinical::draft::{DraftKey, URINE_FORM};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::monitoring::urine::{Step, Taken, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::patient::PatientFile;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::modal::follow::FollowAsk;
use crate::ui::modal::{Modal, Prompt, Purpose};
use crate::ui::place::{FollowPlace, Place};

/// A check as expected, today, by whoever sits here.
pub fn as_expected(patient: PatientId, visit: Option<VisitId>, kind: CheckKind, env: &mut Env<'_>) -> Effect {
    let at = env.now.instant;
    let check = Check {
        id: env.ids.next(at),
        patient,
        visit,
        kind,
        on: env.now.today(),
        by: env.initials(),
        outcome: Outcome::Expected,
        note: String::new(),
        next: None,
        kept_at: at,
    };
    Effect::write(Write::Follow(FollowWrite::Check { check, again: false }))
}

/// A urine test asked for today.
pub fn order(patient: PatientId, visit: Option<VisitId>, env: &mut Env<'_>) -> Effect {
    let id = env.ids.next(env.now.instant);
    put_urine(UrineTest::ordered(id, patient, visit, env.now.today()), UrineChange::Ordered)
}

/// A urine test, to be written; what was half-typed of it ends, for it speaks of a step that is over.
pub fn put_urine(test: UrineTest, change: UrineChange) -> Effect {
    let typed = DraftKey::of(URINE_FORM, test.id);
    Effect::complete(Write::Follow(FollowWrite::Urine { test, change }), typed)
}

/// The step of a urine test that comes next, as the footer names it.
pub fn next_of(test: &UrineTest) -> Option<&'static str> {
    match test.step() {
        Step::Ordered => Some("sample taken"),
        Step::Collected => Some("result came"),
        Step::Resulted => Some("read it"),
        Step::Confirming => Some("confirmation came"),
        Step::Read | Step::Confirmed => Some("act"),
        Step::Settled | Step::LetGo => None,
    }
}

/// Takes the next step of a urine test: reading opens it, acting asks for words. `who` names the patient.
pub fn step(test: &UrineTest, who: &str, env: &Env<'_>) -> Vec<Effect> {
    let next = test.stepped(env.now.today());
    match (test.step(), next) {
        (Step::Ordered, Some(next)) => vec![put_urine(next, UrineChange::Collected)],
        (Step::Collected, Some(next)) => vec![put_urine(next, UrineChange::Resulted)],
        // What was confirmed stands in the form, drug by drug.
        (Step::Confirming, Some(next)) => {
            vec![put_urine(next, UrineChange::Confirmed), Effect::Open(Place::Follow(FollowPlace::Urine(test.id)))]
        }
        (Step::Resulted, _) => vec![Effect::Open(Place::Follow(FollowPlace::Urine(test.id)))],
        (Step::Read | Step::Confirmed, _) => vec![act(test, who)],
        _ => vec![Effect::refuse("this is settled already")],
    }
}

/// Why a urine test cannot be read as expected in one key; none where it can.
pub fn not_as_expected(test: &UrineTest, file: &PatientFile, today: NaiveDate) -> Option<String> {
    if test.findings.is_empty() {
        let why = "no medicine that a urine test looks for is on the list";
        return looked_for(test, file, today).is_empty().then(|| why.to_owned());
    }
    (!test.is_as_expected()).then(|| test.verdict())
}

/// Reads a urine test as expected: every drug of that day's list found, and nothing else said.
pub fn read_as_expected(test: &UrineTest, file: &PatientFile, env: &mut Env<'_>) -> Effect {
    let today = env.now.today();
    let read = test.as_expected(&looked_for(test, file, today), env.ids, today, env.now.instant);
    put_urine(read, UrineChange::Read)
}

/// What is looked for in it, by the list on the day of the sample.
fn looked_for(test: &UrineTest, file: &PatientFile, today: NaiveDate) -> Vec<String> {
    Taken::on(file.facts.medications.items(), test.sample_date().unwrap_or(today)).looked_for
}

/// Asks what was done about a urine test.
fn act(test: &UrineTest, who: &str) -> Effect {
    let about = format!("{who} · {}", test.line());
    let purpose = Purpose::Follow(Box::new(FollowAsk::ActOnUrine(test.clone())));
    Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about))))
}
