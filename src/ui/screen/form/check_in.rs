//! The check-in after a procedure: how the patient is, red flags, what was understood, the next contact.

use ratatui::layout::Rect;

use super::{Subject, context};
use crate::action::write::CheckInChange;
use crate::action::{Command, Context, Write};
use crate::clinical::check_in::{CheckIn, CheckInDone, CheckInDraft};
use crate::clinical::copied;
use crate::clinical::draft::{CHECK_IN_FORM, DraftKey};
use crate::clinical::models::CheckInModel;
use crate::clinical::patient::{PatientFile, YesNo};
use crate::clinical::text::clean_line;
use crate::clinical::visit::Way;
use crate::form::build::{area, date, line, num, pick, score};
use crate::form::{DateSpec, FormDef, Level, NumSpec, Prev, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::{Canvas, Words};

type C = CheckInDraft;

const PERCENT: NumSpec = NumSpec { min: 0.0, max: 100.0, warn: (0.0, 100.0), unit: "%", decimals: 0 };

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<C> {
    FormDef::new(CHECK_IN_FORM, 1)
        .section(
            "Check-in",
            vec![
                score("pain", "pain now", |v: &mut C, _| Slot::Score(&mut v.pain)),
                num("relief", "relief", &PERCENT, |v: &mut C, _| Slot::Exact(&mut v.relief_percent))
                    .help("in percent, as the patient says"),
                pick("red_flag", "red flag", |v: &mut C, _| Slot::Pick(&mut v.red_flag))
                    .help("fever, new weakness, bladder or bowel, rash"),
                pick("understood", "aftercare understood", |v: &mut C, _| Slot::Pick(&mut v.understood))
                    .help("told back in the patient's own words"),
                line("complication", "complication", |v: &mut C, _| Slot::Text(&mut v.complication)),
                area("note", "anything else", 3, |v: &mut C, _| Slot::Text(&mut v.note)),
                date("next_contact", "next contact", DateSpec::Ahead, |v: &mut C, _| Slot::Date(&mut v.next_contact)),
                pick("way", "how", |v: &mut C, _| Slot::Pick(&mut v.way)).blank("by phone"),
            ],
        )
        .rule("note", Level::Error, |v| {
            let told = !v.note.trim().is_empty() || !v.complication.trim().is_empty();
            (v.red_flag == Some(YesNo::Yes) && !told).then(|| "say what the red flag is and what was done".to_owned())
        })
}

/// A check-in.
#[derive(Debug)]
pub struct CheckInSubject {
    /// What it shows beside its fields.
    pub model: CheckInModel,
}

/// The fields that can be copied forward, as the note names them.
const PARTS: [(&str, &str); 5] = [
    ("pain", "pain now"),
    ("relief", "relief"),
    ("complication", "complication"),
    ("note", "anything else"),
    ("way", "how"),
];

/// What was found, as the form edits it.
fn of(done: &CheckInDone) -> C {
    C {
        way: Some(done.way),
        pain: done.pain,
        relief_percent: done.relief_percent,
        red_flag: done.red_flag,
        understood: done.understood,
        complication: done.complication.clone(),
        note: copied::typed(&done.note),
        next_contact: done.next_contact,
        carried: Vec::new(),
    }
}

impl Subject for CheckInSubject {
    type Draft = C;

    fn definition(&self) -> FormDef<C> {
        definition()
    }

    fn start(&self) -> C {
        self.model.check_in.done.as_ref().map(of).unwrap_or_default()
    }

    fn previous(&self) -> Option<Prev<C>> {
        let (date, last) = self.model.last.as_ref()?;
        // Red flags, and whether aftercare was understood, are asked anew each time.
        let value = C { red_flag: None, understood: None, next_contact: None, ..of(last) };
        Some(Prev { value, date: *date })
    }

    fn carried(&self) -> Vec<String> {
        let note = self.model.check_in.done.as_ref().map(|done| done.note.as_str());
        copied::fields(note.unwrap_or_default(), &PARTS)
    }

    fn carry(&self, draft: &mut C, fields: Vec<String>) {
        draft.carried = fields;
    }

    fn place(&self) -> Place {
        Place::CheckIn(self.model.check_in.id)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(CHECK_IN_FORM, self.model.check_in.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, "Check-in")
    }

    fn told(&self, _view: &View<'_>) -> Vec<Item<'static>> {
        let mut items = Vec::new();
        if let Some(phone) = &self.model.file.patient.phone {
            items.push(Item::new(0, Words::of(Role::Text, clean_line(phone))));
        }
        if self.model.check_in.attempts > 0 {
            items.push(Item::new(1, Words::of(Role::Wants, format!("no answer ×{}", self.model.check_in.attempts))));
        }
        if let Some(expected) = self.model.expected {
            items.push(Item::new(2, Words::of(Role::Procedure, format!("relief expected {expected} %"))));
        }
        items.push(Item::new(3, Words::of(Role::Second, format!("after {}", self.model.check_in.about))));
        items
    }

    fn finish(&self, draft: &C, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        if draft.is_blank() {
            let key = env.key(Context::Board, Command::NoAnswer);
            return Err(("pain", format!("nothing was asked yet; {key} on the board counts a call without an answer")));
        }
        let at = self.model.check_in.done.as_ref().map_or(env.now.instant, |done| done.at);
        let done = CheckInDone {
            at,
            way: draft.way.unwrap_or(Way::Phone),
            pain: draft.pain,
            relief_percent: draft.relief_percent,
            red_flag: draft.red_flag,
            understood: draft.understood,
            complication: draft.complication.trim().to_owned(),
            note: match &self.model.last {
                Some((from, _)) => copied::noted(&draft.note, &draft.carried, &PARTS, *from),
                None => draft.note.trim().to_owned(),
            },
            next_contact: draft.next_contact,
        };
        let check_in = CheckIn { done: Some(done), ..self.model.check_in.clone() };
        let write = Write::PutCheckIn { check_in: check_in.clone(), change: CheckInChange::Done };
        let mut effects = vec![Effect::complete(write, self.draft_key())];
        let again = self.model.check_in.done.as_ref().and_then(|done| done.next_contact);
        if let Some(due) = draft.next_contact.filter(|due| again != Some(*due)) {
            // The next contact stands in the place of this one.
            let next = CheckIn { id: env.ids.next(env.now.instant), due, attempts: 0, done: None, ..check_in };
            effects.push(Effect::write(Write::PutCheckIn { check_in: next, change: CheckInChange::Planned }));
        }
        effects.push(Effect::Back);
        Ok(effects)
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, _draft: &C, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let panel = context::Panels {
            headline: None,
            map: None,
            trend: &self.model.trend,
            today: None,
            plan: self.model.plan.as_ref(),
            session: self.model.session.as_ref(),
        };
        context::paint(&panel, canvas, area, view);
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
