//! A test: what was asked for and why, what came of it, what was done about it. A result that a patient brings is kept
//! in the same form.

use super::Subject;
use crate::action::Write;
use crate::action::write::DiagnosticChange;
use crate::clinical::copied::Copied;
use crate::clinical::diagnostic::{Diagnostic, DiagnosticDraft, DiagnosticKind, Step};
use crate::clinical::draft::{DIAGNOSTIC_FORM, DraftKey};
use crate::clinical::id::VisitId;
use crate::clinical::patient::PatientFile;
use crate::form::build::{area, date, flag, line, pick};
use crate::form::{DateSpec, FormDef, Level, Prev, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type D = DiagnosticDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<D> {
    FormDef::new(DIAGNOSTIC_FORM, 1)
        .section(
            "Test",
            vec![
                pick("kind", "kind", |v: &mut D, _| Slot::Pick(&mut v.kind)),
                line("what", "of what", |v: &mut D, _| Slot::Text(&mut v.what)),
                line("question", "question", |v: &mut D, _| Slot::Text(&mut v.question)),
                date("requested", "requested", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.requested))
                    .blank("today, unless there is a result already"),
                date("due", "result by", DateSpec::Any, |v: &mut D, _| Slot::Date(&mut v.due))
                    .blank("in four weeks; from then on it stands in the Late pane"),
            ],
        )
        .section(
            "Result",
            vec![
                date("done", "done", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.done)),
                area("report", "report", 3, |v: &mut D, _| Slot::Text(&mut v.report)),
                area("reading", "own reading", 3, |v: &mut D, _| Slot::Text(&mut v.reading)).abreast(),
                flag("read", "read", |v: &mut D, _| Slot::Flag(&mut v.read)).help("an own reading says so by itself"),
                area("action", "done about it", 2, |v: &mut D, _| Slot::Text(&mut v.action))
                    .help("also where that is: nothing; until then the result stays in the Late pane"),
            ],
        )
        .rule("kind", Level::Error, |v| v.kind.is_none().then(|| "say which kind of test it is".to_owned()))
        .rule("what", Level::Error, |v| {
            v.what.trim().is_empty().then(|| "say what was or shall be examined".to_owned())
        })
}

/// A test of a patient.
#[derive(Debug)]
pub struct DiagnosticSubject {
    /// As the record has it; none where it is new.
    pub test: Option<Diagnostic>,
    /// Of whom.
    pub file: PatientFile,
    /// The visit in which a new one is asked for.
    pub visit: Option<VisitId>,
    /// The patient's last tests, at least two of each kind, newest first.
    pub earlier: Vec<Diagnostic>,
}

impl DiagnosticSubject {
    /// The last earlier test of this kind; while no kind is chosen, the last of any.
    fn last(&self, kind: Option<DiagnosticKind>) -> Option<&Diagnostic> {
        let own = self.test.as_ref().map(|test| test.id);
        self.earlier.iter().find(|test| Some(test.id) != own && kind.is_none_or(|kind| test.kind == kind))
    }

    /// What the last test of this kind holds; nothing where there is none.
    fn previous_of(&self, kind: Option<DiagnosticKind>) -> Option<Prev<D>> {
        let last = self.last(kind)?;
        Some(Prev { value: D::to_take_over(last), date: last.done.or(last.requested)? })
    }
}

impl Subject for DiagnosticSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition()
    }

    fn start(&self) -> D {
        self.test.as_ref().map(D::of).unwrap_or_default()
    }

    fn previous(&self) -> Option<Prev<D>> {
        let kind = self.test.as_ref().map(|test| test.kind);
        // Of another kind there may be one, once that kind is chosen.
        let other = || self.previous_of(None).map(|last| Prev { value: D::default(), ..last });
        self.previous_of(kind).or_else(other)
    }

    fn align(&self, draft: &D, previous: &mut Prev<D>) -> bool {
        let date = previous.date;
        let wanted = self.previous_of(draft.kind).unwrap_or_else(|| Prev { value: D::default(), date });
        let moved = *previous != wanted;
        *previous = wanted;
        moved
    }

    fn carried(&self) -> Vec<String> {
        let copied = self.test.as_ref().and_then(|test| test.copied.as_ref());
        copied.map(|copied| copied.parts.clone()).unwrap_or_default()
    }

    fn carry(&self, draft: &mut D, fields: Vec<String>) {
        draft.carried = fields;
    }

    fn place(&self) -> Place {
        match &self.test {
            Some(test) => Place::Diagnostic(test.id),
            None => Place::NewDiagnostic { patient: self.file.patient.id, visit: self.visit },
        }
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of_one(DIAGNOSTIC_FORM, self.test.as_ref().map(|test| test.id), self.file.patient.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        match &self.test {
            Some(test) => Words::new().bold(Role::Focus, "Test").gap(3).say(Role::Second, test.line()),
            None => Words::new().bold(Role::Focus, "New test or result"),
        }
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let old = self.test.as_ref();
        let id = old.map_or_else(|| env.ids.next(now), |test| test.id);
        let visit = old.map_or(self.visit, |test| test.visit);
        let mut diagnostic = draft.finish(old, id, self.file.patient.id, visit, env.now.today(), now)?;
        let last = self.last(draft.kind).and_then(|last| last.done.or(last.requested));
        let before = old.and_then(|old| old.copied.as_ref()).map(|copied| copied.from);
        diagnostic.copied = Copied::of(before.or(last), draft.carried.clone());
        let change = change(old, &diagnostic);
        Ok(vec![Effect::complete(Write::PutDiagnostic { diagnostic, change }, self.draft_key()), Effect::Back])
    }
}

/// What happened between two states of a test; it names the act.
fn change(old: Option<&Diagnostic>, new: &Diagnostic) -> DiagnosticChange {
    let Some(old) = old else {
        return if new.done.is_some() { DiagnosticChange::Brought } else { DiagnosticChange::Requested };
    };
    match new.step() {
        step if step <= old.step() => DiagnosticChange::Changed,
        Step::Done => DiagnosticChange::Done,
        Step::Read => DiagnosticChange::Read,
        Step::ActedOn => DiagnosticChange::ActedOn,
        Step::Requested | Step::LetGo => DiagnosticChange::Changed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }
}
