//! A form at work: a struct, the table that describes it, and where the hands are.

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::action::form_command::FieldContext;
use crate::clinical::answer::Answer;

use super::core::{Core, Ghost};
use super::def::FormDef;
use super::draft::{self, Draft, DraftError, KeptEdit, Restored};
use super::event::{Env, In, KeyNames, Out};
use super::handle::{self, Desk};
use super::key::Key;
use super::problem::{Level, Problem, problems};
use super::read::{self, words};
use super::sheet::{Bad, Bound, Ring, Sheet};
use super::slot::Slot;
use super::text::Edit;
use super::view::{self, FormView, SectionView};

/// What a struct must be to be edited.
pub trait Value: Serialize + DeserializeOwned + Default + Clone + PartialEq {}
impl<T: Serialize + DeserializeOwned + Default + Clone + PartialEq> Value for T {}

/// The last visit's struct, for ghosts and taking over.
#[derive(Debug, Clone, PartialEq)]
pub struct Prev<T> {
    /// What it held.
    pub value: T,
    /// When that was.
    pub date: NaiveDate,
}

/// A form at work.
pub struct Form<T> {
    def: FormDef<T>,
    value: T,
    prev: Option<Prev<T>>,
    ring: Ring<T>,
    core: Core,
}

/// A form whatever its struct: what screens that hold several kinds need.
pub trait AnyForm {
    /// The form's name.
    fn id(&self) -> &'static str;
    /// Does what was asked.
    fn handle(&mut self, input: In, env: &Env<'_>) -> Out;
    /// Draws it; changes nothing.
    fn view(&self, size: (u16, u16)) -> FormView;
    /// Where the hands are.
    fn ctx(&self) -> FieldContext;
    /// The focused field.
    fn pos(&self) -> Key;
    /// The label of the focused field or cell; empty if it has none.
    fn focus_label(&self) -> String;
    /// Counts the changes.
    fn rev(&self) -> u64;
    /// What stands in the way or wants a word.
    fn problems(&self) -> Vec<Problem>;
    /// The strip of sections.
    fn sections(&self) -> Vec<SectionView>;
    /// A word about the last key.
    fn message(&self) -> Option<&str>;
    /// The draft as JSON.
    fn draft_json(&self) -> String;
    /// The draft with the whole undo history as JSON: for a lock and for the end of the program.
    fn draft_json_with_history(&self) -> String;
    /// Opens a draft: the same field, the same cursor, the same text.
    fn restore_json(&mut self, json: &str, env: &Env<'_>) -> Result<Restored, DraftError>;
    /// Moves the focus to a field.
    fn go(&mut self, key: Key, env: &Env<'_>) -> Out;
    /// Was anything changed since it was opened?
    fn is_touched(&self) -> bool {
        self.rev() > 0
    }
}

impl<T: Value> Form<T> {
    /// Opens a form on a struct, the focus on its first field.
    pub fn open(def: FormDef<T>, value: T, prev: Option<Prev<T>>, env: &Env<'_>) -> Self {
        let core = Core::new(Key::of(""), env.reading);
        let mut form = Self { def, value, prev, ring: Ring::default(), core };
        form.core.ghosts = form.ghosts();
        form.start(env);
        form
    }

    /// With the names of keys that its help lines speak of.
    #[must_use]
    pub fn with_key_names(mut self, names: KeyNames) -> Self {
        self.core.names = names;
        self
    }

    fn start(&mut self, env: &Env<'_>) {
        let first = self.desk(env, |desk| desk.sheet.stops().first().copied());
        if let Some(first) = first {
            self.core.pos = first;
        }
        self.desk(env, |desk| {
            desk.settle();
            desk.scroll_to_focus();
        });
    }

    fn ghosts(&mut self) -> Vec<Option<Ghost>> {
        let Some(prev) = &mut self.prev else { return Vec::new() };
        let reading = self.core.reading;
        let ghost = |field: &super::def::Field<T>| {
            let mut slot = field.slot(&mut prev.value);
            let words = words(&mut slot, &field.meta.kind, &reading);
            let score = match &slot {
                Slot::Score(answer) => answer.and_then(Answer::value),
                _ => None,
            };
            (!slot.is_blank()).then_some(Ghost { words, score, date: prev.date })
        };
        self.def.fields.iter().map(ghost).collect()
    }

    /// The struct as it stands.
    pub const fn value(&self) -> &T {
        &self.value
    }
    /// The last visit's struct.
    pub const fn prev(&self) -> Option<&Prev<T>> {
        self.prev.as_ref()
    }

    /// The last visit's struct, where it became known only now.
    pub fn set_prev(&mut self, prev: Option<Prev<T>>, env: &Env<'_>) {
        self.prev = prev;
        self.core.reading = env.reading;
        self.core.ghosts = self.ghosts();
    }

    /// Changes the struct from outside: the result of a screen of its own, a button. One step of undo.
    pub fn change(&mut self, env: &Env<'_>, change: impl FnOnce(&mut T)) -> Out {
        let before = self.value.clone();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Out::Same;
        }
        let side = self.core.side();
        let mut bound = Bound { def: &self.def, value: &mut self.value, last: None, ring: Some(&mut self.ring) };
        bound.remember(side);
        self.value = after;
        self.core.edit = None;
        self.core.popup = None;
        self.core.pending = false;
        self.core.noted = false;
        self.core.rev += 1;
        self.desk(env, |desk| {
            desk.settle();
            desk.scroll_to_focus();
        });
        Out::Changed
    }

    /// Puts a text into a field as if it had been typed there: what a calendar or a list gives back.
    pub fn put(&mut self, key: Key, text: &str, env: &Env<'_>) -> Out {
        self.go(key, env);
        if self.core.pos != key {
            return Out::Same;
        }
        self.handle(In::Cmd(crate::action::form_command::FormCommand::SelectAll), env);
        self.handle(In::Paste(text.to_owned()), env)
    }

    /// The draft.
    pub fn draft(&self) -> Draft<T> {
        let mut value = self.value.clone();
        let mut sheet = self.glance(&mut value);
        let core = &self.core;
        let stored = core.edit.as_ref().map(|_| {
            let kind = sheet_kind(&mut sheet, core.pos);
            kind.map(|kind| read::typed(&(&mut sheet as &mut dyn Sheet).slot_at(core.pos), &kind, &core.reading))
        });
        let edit = core.edit.as_ref().map(|edit| {
            let (back, on) = edit.steps();
            let same = stored.flatten().as_deref() == Some(edit.text());
            KeptEdit {
                text: (!same).then(|| edit.text().to_owned()),
                at: edit.at(),
                anchor: edit.anchor(),
                top: edit.top(),
                back: back.to_vec(),
                on: on.to_vec(),
            }
        });
        let pos = Some(draft::spot(&mut sheet, core.pos));
        let bad = draft::kept_bad(&mut sheet, &core.bad);
        let taken = core.taken.iter().map(|key| draft::spot(&mut sheet, *key)).collect();
        let (form, ver, rev) = (self.def.id.to_owned(), self.def.ver, core.rev);
        let (top, option, tried, pending) = (core.top, core.option, core.tried, core.pending);
        let (back, on) = (Vec::new(), Vec::new());
        Draft { form, ver, rev, value, pos, top, option, bad, taken, edit, tried, pending, back, on }
    }

    /// The draft with the whole undo history: for a lock and for the end of the program.
    pub fn draft_with_history(&self) -> Draft<T> {
        let mut value = self.value.clone();
        let mut sheet = self.glance(&mut value);
        let back = draft::kept_moments(&mut sheet, &self.value, self.ring.back.iter().rev());
        let on = draft::kept_moments(&mut sheet, &self.value, self.ring.on.iter().rev());
        Draft { back, on, ..self.draft() }
    }

    /// Opens a draft: the same field, the same cursor, the same text, also one that could not be read.
    pub fn restore(&mut self, draft: Draft<T>, env: &Env<'_>) -> Restored {
        let mut restored = Restored::default();
        let mut core = Core::new(self.core.pos, env.reading);
        core.names = std::mem::take(&mut self.core.names);
        core.ghosts = std::mem::take(&mut self.core.ghosts);
        (core.rev, core.top, core.option) = (draft.rev, draft.top, draft.option);
        (core.tried, core.pending) = (draft.tried, draft.pending);
        self.value = draft.value;
        let now = self.value.clone();
        let mut sheet = Bound { def: &self.def, value: &mut self.value, last: None, ring: None };
        let back = draft::moments(&mut sheet, &now, draft.back);
        let on = draft::moments(&mut sheet, &now, draft.on);
        self.ring = draft::ring(back, on);
        for (spot, text, why) in draft.bad {
            match draft::key(&mut sheet, &spot) {
                Some(key) => {
                    core.bad.insert(key, Bad { text, why });
                }
                None => restored.homeless.push(text),
            }
        }
        core.taken = draft.taken.iter().filter_map(|spot| draft::key(&mut sheet, spot)).collect();
        let pos = draft.pos.as_ref().and_then(|spot| draft::key(&mut sheet, spot));
        let first = (&mut sheet as &mut dyn Sheet).stops().first().copied();
        core.pos = pos.or(first).unwrap_or(core.pos);
        self.core = core;
        let kept = draft.edit.filter(|_| pos.is_some());
        self.desk(env, |desk| {
            let at = desk.core.pos;
            let option = desk.core.option;
            desk.settle();
            if desk.core.pos == at {
                desk.core.option = option;
                if let (Some(kept), Some(edit)) = (kept, desk.core.edit.take()) {
                    desk.core.edit = Some(kept_edit(kept, edit));
                }
            }
            desk.scroll_to_focus();
        });
        restored
    }

    /// A sheet for looking only.
    fn glance<'a>(&'a self, value: &'a mut T) -> Bound<'a, T> {
        Bound { def: &self.def, value, last: None, ring: None }
    }

    fn desk<R>(&mut self, env: &Env<'_>, work: impl FnOnce(&mut Desk<'_, '_>) -> R) -> R {
        let last = self.prev.as_mut().map(|prev| &mut prev.value);
        let mut sheet = Bound { def: &self.def, value: &mut self.value, last, ring: Some(&mut self.ring) };
        work(&mut Desk { sheet: &mut sheet, core: &mut self.core, env })
    }
}

fn sheet_kind(sheet: &mut dyn Sheet, key: Key) -> Option<super::def::Kind> {
    sheet.meta_at(key).map(|meta| meta.kind)
}

/// The editor as it was kept: its own text if that differed, cursor, selection, steps.
fn kept_edit(kept: KeptEdit, edit: Edit) -> Edit {
    let mut edit = match &kept.text {
        Some(text) => edit.with_text(text),
        None => edit,
    };
    match kept.anchor {
        Some(anchor) => edit.select(anchor, kept.at),
        None => edit.put(kept.at),
    }
    edit.set_top(kept.top);
    edit.set_steps(kept.back, kept.on);
    edit
}

impl<T: Value> AnyForm for Form<T> {
    fn id(&self) -> &'static str {
        self.def.id
    }
    fn handle(&mut self, input: In, env: &Env<'_>) -> Out {
        self.desk(env, |desk| desk.handle(input))
    }
    fn view(&self, size: (u16, u16)) -> FormView {
        // Reading goes through the same functions as writing, so drawing reads a copy.
        let mut value = self.value.clone();
        view::view(&mut self.glance(&mut value), &self.core, size)
    }
    fn ctx(&self) -> FieldContext {
        let mut value = self.value.clone();
        handle::context(&mut self.glance(&mut value), &self.core)
    }
    fn pos(&self) -> Key {
        self.core.pos
    }
    fn focus_label(&self) -> String {
        let mut value = self.value.clone();
        let mut glance = self.glance(&mut value);
        let meta = (&mut glance as &mut dyn Sheet).meta_at(self.core.pos);
        meta.map(|meta| meta.label.into_owned()).unwrap_or_default()
    }
    fn rev(&self) -> u64 {
        self.core.rev
    }
    fn problems(&self) -> Vec<Problem> {
        let mut value = self.value.clone();
        problems(&mut self.glance(&mut value), &self.core.bad, &self.core.reading)
    }
    fn sections(&self) -> Vec<SectionView> {
        let mut value = self.value.clone();
        sections(&mut self.glance(&mut value), &self.core)
    }
    fn message(&self) -> Option<&str> {
        self.core.message.as_deref()
    }
    fn draft_json(&self) -> String {
        serde_json::to_string(&self.draft()).unwrap_or_default()
    }
    fn draft_json_with_history(&self) -> String {
        serde_json::to_string(&self.draft_with_history()).unwrap_or_default()
    }
    fn restore_json(&mut self, json: &str, env: &Env<'_>) -> Result<Restored, DraftError> {
        let draft = draft::read(json, self.def.id, self.def.ver, self.def.migrate)?;
        Ok(self.restore(draft, env))
    }
    fn go(&mut self, key: Key, env: &Env<'_>) -> Out {
        self.desk(env, |desk| desk.visit(key))
    }
}

fn sections(sheet: &mut dyn Sheet, core: &Core) -> Vec<SectionView> {
    let found = problems(sheet, &core.bad, &core.reading);
    let names: Vec<String> = sheet.sections().iter().filter_map(|s| s.tab.as_ref().map(ToString::to_string)).collect();
    let focus = sheet.find(core.pos);
    let mut out = Vec::new();
    for (at, range) in handle::tabs(sheet).into_iter().enumerate() {
        let fields: Vec<usize> = range
            .clone()
            .filter(|field| sheet.shown(*field) && !matches!(sheet.meta(*field).kind, super::def::Kind::Note))
            .collect();
        let answered = fields.iter().filter(|field| {
            let key = sheet.key(**field);
            !sheet.slot(**field).is_blank() || core.bad.keys().any(|bad| bad.field() == key)
        });
        let answered = answered.count();
        let count = |level: Level| {
            let here = |p: &&Problem| p.level == level && sheet.find(p.key).is_some_and(|f| range.contains(&f));
            let shown = |p: &&Problem| p.cause != super::problem::Cause::Blank || core.tried;
            found.iter().filter(here).filter(shown).count()
        };
        out.push(SectionView {
            name: names.get(at).cloned().unwrap_or_default(),
            first: fields.first().map(|field| sheet.key(*field)),
            current: focus.is_some_and(|focus| range.contains(&focus)),
            touched: answered > 0,
            answered: (answered, fields.len()),
            errors: count(Level::Error),
            warnings: count(Level::Warn),
        });
    }
    out
}
