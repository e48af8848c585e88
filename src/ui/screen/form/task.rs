//! A task or call: who, what, by when, whose. Caught in a few keys from anywhere; Esc or completing returns to the very
//! field.

use super::Subject;
use super::visit::coded_patient;
use crate::action::Write;
use crate::action::write::TaskChange;
use crate::clinical::coded::Coded;
use crate::clinical::draft::{DraftKey, TASK_FORM};
use crate::clinical::intake::TaskDraft;
use crate::clinical::patient::PatientFile;
use crate::clinical::task::{Owner, Task, TaskKind};
use crate::clinical::text::clean_line;
use crate::clinical::vocab::Vocab;
use crate::form::build::{coded, date, line, pick};
use crate::form::{DateSpec, FormDef, Level, Slot, Source};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type T = TaskDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<T> {
    FormDef::new(TASK_FORM, 1)
        .section(
            "Task",
            vec![
                line("what", "what", |v: &mut T, _| Slot::Text(&mut v.what)),
                coded("patient", "about", Source::Patient, |v: &mut T, _| Slot::Coded(&mut v.patient)),
                date("due", "by", DateSpec::Ahead, |v: &mut T, _| Slot::Date(&mut v.due)).blank("today"),
                coded("owner", "owner", Source::Owner, |v: &mut T, _| Slot::Coded(&mut v.owner))
                    .blank("mine; nurse, desk or a name"),
                pick("kind", "kind", |v: &mut T, _| Slot::Pick(&mut v.kind)).blank("a task"),
                line("result", "outcome", |v: &mut T, _| Slot::Text(&mut v.result)),
            ],
        )
        .rule("what", Level::Error, |v| v.what.trim().is_empty().then(|| "say what is to be done".to_owned()))
        .rule("patient", Level::Error, |v| {
            (!v.patient.is_blank() && v.patient.code.is_none())
                .then(|| "choose a patient of the list, or leave it blank".to_owned())
        })
}

fn says_refill(what: &str) -> bool {
    what.split_whitespace().any(|word| matches!(word.to_lowercase().as_str(), "refill" | "refills" | "renewal"))
}

/// A task or call.
#[derive(Debug)]
pub struct TaskSubject {
    /// As the record has it; none where it is being caught.
    pub task: Option<Task>,
    /// About whom.
    pub file: Option<PatientFile>,
}

impl Subject for TaskSubject {
    type Draft = T;

    fn definition(&self) -> FormDef<T> {
        definition()
    }

    fn start(&self) -> T {
        let patient = self.file.as_ref().map(|file| coded_patient(&file.patient)).unwrap_or_default();
        let Some(task) = &self.task else { return T { patient, ..T::default() } };
        T {
            what: task.what.clone(),
            patient,
            kind: Some(task.kind),
            due: task.due,
            owner: Coded { text: task.owner.to_string(), code: None },
            result: task.result.clone(),
        }
    }

    fn settle(&self, draft: &mut T) {
        // A refill opens with what is known of the medicine: it is one as soon as it is called so, until something else is said.
        if self.task.is_none() && draft.kind.is_none() && says_refill(&draft.what) {
            draft.kind = Some(TaskKind::Refill);
        }
    }

    fn place(&self) -> Place {
        match &self.task {
            Some(task) => Place::Task(task.id),
            None => Place::NewTask(self.file.as_ref().map(|file| file.patient.id)),
        }
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(TASK_FORM, self.task.as_ref().map_or_else(|| "new".to_owned(), |task| task.id.to_string()))
    }

    /// The patient a task in the record is about; that of one being caught may still be another.
    fn file(&self) -> Option<&PatientFile> {
        self.file.as_ref().filter(|_| self.task.is_some())
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        self.file.as_mut()
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        let title = match &self.task {
            Some(task) if task.done_at.is_some() => format!("{} · done", task.kind.label()),
            Some(task) => task.kind.label().to_owned(),
            None => "Catch a call or task".to_owned(),
        };
        Words::new().bold(Role::Focus, title)
    }

    fn finish(&self, draft: &T, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let old = self.task.as_ref();
        let task = Task {
            id: old.map_or_else(|| env.ids.next(now), |task| task.id),
            patient: draft.patient.code.as_deref().and_then(|code| code.parse().ok()),
            visit: old.and_then(|task| task.visit),
            kind: draft.kind.unwrap_or(TaskKind::Task),
            what: clean_line(&draft.what),
            due: Some(draft.due.unwrap_or_else(|| env.now.today())),
            owner: Owner::from(clean_line(&draft.owner.text)),
            caught_at: old.map_or(now, |task| task.caught_at),
            done_at: old.and_then(|task| task.done_at),
            result: clean_line(&draft.result),
            let_go: old.and_then(|task| task.let_go.clone()),
        };
        // A refill request opens with what is known, to be answered.
        let refill = old.is_none() && task.kind == TaskKind::Refill && task.patient.is_some();
        let id = task.id;
        let change = if old.is_some() { TaskChange::Changed } else { TaskChange::Caught };
        let next = if refill { Effect::Replace(Place::Task(id)) } else { Effect::Back };
        Ok(vec![Effect::complete(Write::PutTask { task, change }, self.draft_key()), next])
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
    fn what_is_called_a_refill_is_one_until_something_else_is_said() {
        let new = TaskSubject { task: None, file: None };
        for (what, said, kind) in [
            ("oxycodone refill", None, Some(TaskKind::Refill)),
            ("Refill of the patch", None, Some(TaskKind::Refill)),
            ("oxycodone refill", Some(TaskKind::Call), Some(TaskKind::Call)),
            ("refilled the cupboard", None, None),
            ("radiology about the form", None, None),
        ] {
            let mut draft = T { what: what.to_owned(), kind: said, ..T::default() };
            new.settle(&mut draft);
            assert_eq!(draft.kind, kind, "{what}");
        }
    }
}
