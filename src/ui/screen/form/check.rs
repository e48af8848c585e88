//! A check of a patient's treatment with its details: PDMP, agreement, ECG, kidney and liver.

use super::Subject;
use crate::action::{FollowWrite, Write};
use crate::clinical::draft::{CHECK_FORM, DraftKey};
use crate::clinical::id::VisitId;
use crate::clinical::monitoring::draft::CheckDraft;
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::patient::PatientFile;
use crate::clinical::vocab::Vocab;
use crate::form::build::{date, line, pick};
use crate::form::{DateSpec, FormDef, Level, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type D = CheckDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<D> {
    FormDef::new(CHECK_FORM, 1)
        .section(
            "Check",
            vec![
                pick("kind", "what", |v: &mut D, _| Slot::Pick(&mut v.kind)),
                pick("outcome", "it was", |v: &mut D, _| Slot::Pick(&mut v.outcome)),
                line("note", "note", |v: &mut D, _| Slot::Text(&mut v.note))
                    .help("needed where it was not as expected"),
                date("on", "on", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.on)).blank("today"),
                line("by", "by", |v: &mut D, _| Slot::Text(&mut v.by)).blank("you"),
                date("next", "next", DateSpec::Any, |v: &mut D, _| Slot::Date(&mut v.next))
                    .blank("by the rule; a date set here holds whatever the rule says"),
            ],
        )
        .rule("kind", Level::Error, |v| match v.kind {
            None => Some("say what was checked".to_owned()),
            Some(CheckKind::Urine) => Some("a urine test is kept as a test of its own".to_owned()),
            Some(_) => None,
        })
        .rule("note", Level::Error, |v| {
            (v.outcome == Some(Outcome::Unexpected) && v.note.trim().is_empty())
                .then(|| "what was not as expected?".to_owned())
        })
}

/// A check of a patient.
#[derive(Debug)]
pub struct CheckSubject {
    /// As the record has it; none where it is new.
    pub check: Option<Check>,
    /// Of what a new one is.
    pub kind: CheckKind,
    /// Of whom.
    pub file: PatientFile,
    /// The visit in which a new one is made.
    pub visit: Option<VisitId>,
}

impl Subject for CheckSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition()
    }

    fn start(&self) -> D {
        match &self.check {
            Some(check) => D::of(check),
            None => D { kind: Some(self.kind), ..D::default() },
        }
    }

    fn place(&self) -> Place {
        let patient = self.file.patient.id;
        Place::Follow(match &self.check {
            Some(check) => FollowPlace::Check(check.id),
            None => FollowPlace::NewCheck { patient, visit: self.visit, kind: self.kind },
        })
    }

    fn draft_key(&self) -> DraftKey {
        match &self.check {
            Some(check) => DraftKey::of(CHECK_FORM, check.id),
            None => DraftKey::of(CHECK_FORM, format!("new {} {}", self.kind.name(), self.file.patient.id)),
        }
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        match &self.check {
            Some(check) => Words::new().bold(Role::Focus, "Check").gap(3).say(Role::Second, check.line()),
            None => Words::new().bold(Role::Focus, "Check").gap(3).say(Role::Second, self.kind.label()),
        }
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let (now, today) = (env.now.instant, env.now.today());
        let old = self.check.as_ref();
        let id = old.map_or_else(|| env.ids.next(now), |check| check.id);
        let visit = old.map_or(self.visit, |check| check.visit);
        let check = draft.finish(old, (id, self.file.patient.id, visit), &env.initials(), today, now)?;
        let write = Write::Follow(FollowWrite::Check { check, again: old.is_some() });
        Ok(vec![Effect::complete(write, self.draft_key()), Effect::Back])
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
