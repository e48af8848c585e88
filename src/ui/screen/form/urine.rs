//! A urine drug test: when it was ordered, collected and came; drug by drug what was found, against the list of that day;
//! what was confirmed, and what was done.

use super::Subject;
use crate::action::follow::UrineChange;
use crate::action::{FollowWrite, Write};
use crate::clinical::draft::{DraftKey, URINE_FORM};
use crate::clinical::id::VisitId;
use crate::clinical::monitoring::draft::{FindingDraft, UrineDraft};
use crate::clinical::monitoring::urine::{Found, Step, Taken, UrineTest};
use crate::clinical::patient::PatientFile;
use crate::form::build::{area, date, flag, line, pick, rows};
use crate::form::{DateSpec, Field, FormDef, Row, Slot, Source};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type D = UrineDraft;

impl Row for FindingDraft {
    const COLS: &'static [Field<Self>] = &[
        line("drug", "drug", |v: &mut FindingDraft, _| Slot::Text(&mut v.drug))
            .width(24)
            .completes(|_| Some(Source::Medicine.into())),
        pick("found", "screen", |v: &mut FindingDraft, _| Slot::Pick(&mut v.found)).width(10),
        pick("confirmed", "confirmed", |v: &mut FindingDraft, _| Slot::Pick(&mut v.confirmed)).width(10).beside(judged),
    ];
}

/// Beside a drug: whether it is expected by the list of the day.
fn judged(row: &FindingDraft) -> String {
    let listed = if row.listed { "listed" } else { "not listed" };
    if row.drug.trim().is_empty() {
        return String::new();
    }
    match row.confirmed.or(row.found) {
        None => listed.to_owned(),
        Some(Found::Unclear) => format!("{listed}: unclear"),
        Some(found) if row.listed == (found == Found::Found) => format!("{listed}: expected"),
        Some(_) => format!("{listed}: unexpected"),
    }
}

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<D> {
    FormDef::new(URINE_FORM, 1)
        .section(
            "Sample",
            vec![
                date("ordered", "ordered", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.ordered))
                    .blank("today, unless there is a sample already"),
                date("collected", "collected", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.collected)),
                date("due", "next by", DateSpec::Any, |v: &mut D, _| Slot::Date(&mut v.due))
                    .blank("in two weeks; from then on it stands in the Late pane"),
            ],
        )
        .section(
            "Result",
            vec![
                date("resulted", "came", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.resulted)),
                rows("findings", "", |v: &mut D, _| Slot::Rows(&mut v.findings)),
                area("note", "note", 2, |v: &mut D, _| Slot::Text(&mut v.note))
                    .help("what the laboratory or the patient says"),
                flag("read", "read", |v: &mut D, _| Slot::Flag(&mut v.read)).help("only a read result moves the clock"),
            ],
        )
        .section(
            "After",
            vec![
                date("confirm_asked", "to confirm since", DateSpec::Past, |v: &mut D, _| {
                    Slot::Date(&mut v.confirm_asked)
                })
                .help("a surprising screen is confirmed before anything follows from it"),
                date("confirmed", "confirmed", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.confirmed)),
                area("action", "done about it", 2, |v: &mut D, _| Slot::Text(&mut v.action))
                    .help("also where that is: nothing; until then what is unexpected stays in the Late pane"),
            ],
        )
}

/// A urine test of a patient.
#[derive(Debug)]
pub struct UrineSubject {
    /// As the record has it; none where it is new.
    pub test: Option<UrineTest>,
    /// Of whom.
    pub file: PatientFile,
    /// The visit in which a new one is asked for.
    pub visit: Option<VisitId>,
    /// Today: the list counts of the day the sample was taken, else of this one.
    pub today: chrono::NaiveDate,
}

impl UrineSubject {
    /// What is taken on the day for which a test speaks.
    fn taken(&self, collected: Option<chrono::NaiveDate>) -> Taken {
        Taken::on(self.file.facts.medications.items(), collected.unwrap_or(self.today))
    }
}

impl Subject for UrineSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition()
    }

    fn start(&self) -> D {
        match &self.test {
            Some(test) => D::of(test, &self.taken(test.sample_date()).looked_for),
            None => D::new(&self.taken(None).looked_for),
        }
    }

    fn attune(&self, draft: &mut D) {
        let taken = self.taken(draft.collected.or(draft.resulted));
        for row in &mut draft.findings {
            let kept = self.test.iter().flat_map(|test| &test.findings).find(|finding| finding.drug == row.drug);
            row.listed = kept.map_or_else(|| taken.lists(&row.drug), |finding| finding.listed);
        }
    }

    fn place(&self) -> Place {
        let patient = self.file.patient.id;
        Place::Follow(match &self.test {
            Some(test) => FollowPlace::Urine(test.id),
            None => FollowPlace::NewUrine { patient, visit: self.visit },
        })
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of_one(URINE_FORM, self.test.as_ref().map(|test| test.id), self.file.patient.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        match &self.test {
            Some(test) => Words::new().bold(Role::Focus, "Urine test").gap(3).say(Role::Second, test.verdict_or_step()),
            None => Words::new().bold(Role::Focus, "New urine test"),
        }
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let (now, today) = (env.now.instant, env.now.today());
        let old = self.test.as_ref();
        let id = old.map_or_else(|| env.ids.next(now), |test| test.id);
        let visit = old.map_or(self.visit, |test| test.visit);
        let taken = self.taken(draft.collected.or(draft.resulted));
        let test = draft.finish(old, (id, self.file.patient.id, visit), &taken, env.ids, (today, now))?;
        let change = change(old, &test);
        let write = Write::Follow(FollowWrite::Urine { test, change });
        Ok(vec![Effect::complete(write, self.draft_key()), Effect::Back])
    }
}

/// What happened between two states of a test; it names the act.
fn change(old: Option<&UrineTest>, new: &UrineTest) -> UrineChange {
    let acted = |test: &UrineTest| test.acted_at.is_some();
    if old.is_some_and(|old| old.step() == new.step() && acted(old) == acted(new)) {
        return UrineChange::Changed;
    }
    match new.step() {
        Step::Ordered => UrineChange::Ordered,
        Step::Collected => UrineChange::Collected,
        Step::Resulted => UrineChange::Resulted,
        Step::Confirming => UrineChange::Confirming,
        Step::Confirmed => UrineChange::Confirmed,
        Step::Settled if acted(new) => UrineChange::ActedOn,
        Step::Read | Step::Settled => UrineChange::Read,
        Step::LetGo => UrineChange::Changed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }

    #[test]
    fn a_drug_says_beside_it_whether_it_is_expected() {
        for (listed, found, confirmed, expected) in [
            (true, None, None, "listed"),
            (true, Some(Found::Found), None, "listed: expected"),
            (true, Some(Found::NotFound), None, "listed: unexpected"),
            (false, Some(Found::Found), Some(Found::NotFound), "not listed: expected"),
            (false, Some(Found::Unclear), None, "not listed: unclear"),
        ] {
            let row = FindingDraft { drug: "diazepam".to_owned(), found, confirmed, listed };
            assert_eq!(judged(&row), expected);
        }
        assert_eq!(judged(&FindingDraft::default()), "");
    }
}
