//! A form at work: a struct, the table that describes it, and where the hands are.

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::action::form_command::FormCommand;
use crate::clinical::answer::Answer;

use super::any::AnyForm;
use super::core::{Core, Ghost};
use super::def::{FormDef, Kind};
use super::draft::{self, Draft, KeptEdit, Restored};
use super::event::{Env, In, KeyNames, Out};
use super::handle::Desk;
use super::key::Key;
use super::read::{self, words};
use super::sheet::{Bad, Bound, Ring, Sheet};
use super::slot::Slot;
use super::text::Edit;

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
    pub(super) def: FormDef<T>,
    pub(super) value: T,
    prev: Option<Prev<T>>,
    /// Fields whose last value is of another day than that of the last time.
    own_dates: Vec<(&'static str, NaiveDate)>,
    ring: Ring<T>,
    pub(super) core: Core,
}

impl<T: Value> Form<T> {
    /// Opens a form on a struct, the focus on its first field.
    pub fn open(def: FormDef<T>, value: T, prev: Option<Prev<T>>, env: &Env<'_>) -> Self {
        let core = Core::new(Key::of(""), env.reading);
        let mut form = Self { def, value, prev, own_dates: Vec::new(), ring: Ring::default(), core };
        form.core.ghosts = form.ghosts();
        form.start(env);
        form
    }

    /// Beside what stood there before anything was entered: lists of the patient, the last plan.
    #[must_use]
    pub fn with_carried(mut self, carried: Option<T>) -> Self {
        let reading = self.core.reading;
        let whole = |field: &super::def::Field<T>, value: &mut T| {
            read::whole(&mut field.slot(value), &field.meta.kind, &reading)
        };
        let words = carried.map(|mut value| self.def.fields.iter().map(|field| whole(field, &mut value)).collect());
        self.core.carried = words.unwrap_or_default();
        self
    }

    /// With the names of keys that its help lines speak of.
    #[must_use]
    pub fn with_key_names(mut self, names: KeyNames) -> Self {
        self.core.names = names;
        self
    }

    /// With fields whose last value is of another day than that of the last time.
    #[must_use]
    pub fn with_own_dates(mut self, dates: Vec<(&'static str, NaiveDate)>) -> Self {
        self.own_dates = dates;
        self.core.ghosts = self.ghosts();
        self
    }

    /// With scales and marks said in words, for screen readers.
    #[must_use]
    pub const fn in_words(mut self, in_words: bool) -> Self {
        self.core.in_words = in_words;
        self
    }

    /// Whether scales and marks are said in words.
    pub const fn is_in_words(&self) -> bool {
        self.core.in_words
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
            let mut words = words(&mut slot, &field.meta.kind, &reading);
            // A bare number could be of another unit.
            if let Kind::Num(spec) = &field.meta.kind
                && !(words.is_empty() || spec.unit.is_empty())
            {
                words.push_str(&format!(" {}", spec.unit));
            }
            let score = match &slot {
                Slot::Score(answer) => answer.and_then(Answer::value),
                _ => None,
            };
            let own = self.own_dates.iter().find(|(id, _)| *id == field.meta.id);
            let date = own.map_or(prev.date, |(_, date)| *date);
            (!slot.is_blank()).then_some(Ghost { words, score, date })
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

    /// Changes the struct from outside: the result of a screen of its own, a button. One step of undo; a field that is
    /// edited and was not changed keeps its cursor.
    pub fn change(&mut self, env: &Env<'_>, change: impl FnOnce(&mut T)) -> Out {
        let before = self.value.clone();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Out::Same;
        }
        let side = self.core.side();
        let mut bound =
            Bound { def: &self.def, value: &mut self.value, last: None, seen: None, ring: Some(&mut self.ring) };
        bound.remember(side);
        self.value = after;
        let edit = self.core.edit.take();
        self.core.popup = None;
        self.core.pending = false;
        self.core.noted = false;
        self.core.rev += 1;
        self.settle_with(edit, env);
        Out::Changed
    }

    /// The fields whose value was taken over from the last visit and stayed so, by name; an item of several as `name/2`.
    pub fn taken(&self) -> Vec<String> {
        let name = |key: &Key| if key.ix == 0 { key.id.to_owned() } else { format!("{}/{}", key.id, key.ix) };
        self.core.taken.iter().map(name).collect()
    }

    /// Marks fields as taken over that were so when the record was made; another value takes the mark away.
    pub fn mark_taken(&mut self, names: &[String]) {
        let sheet = Bound { def: &self.def, value: &mut self.value, last: None, seen: None, ring: None };
        for field in 0..Sheet::fields(&sheet) {
            let key = (&sheet as &dyn Sheet).key(field);
            let is_meant = |name: &String| {
                let (id, ix) = name.split_once('/').unwrap_or((name, "0"));
                key.id == id && ix.parse() == Ok(key.ix)
            };
            if names.iter().any(is_meant) {
                self.core.taken.insert(key);
            }
        }
    }

    /// Takes the last change of the struct back, past what was typed in the field at hand: for a screen over the form.
    pub fn step_back(&mut self, env: &Env<'_>) -> Out {
        self.step(env, FormCommand::Undo)
    }

    /// Makes the change again that was taken back last.
    pub fn step_on(&mut self, env: &Env<'_>) -> Out {
        self.step(env, FormCommand::Redo)
    }

    fn step(&mut self, env: &Env<'_>, way: FormCommand) -> Out {
        let (edit, pos) = (self.core.edit.take(), self.core.pos);
        let out = self.desk(env, |desk| if way == FormCommand::Redo { desk.redo() } else { desk.undo() });
        self.core.message = None;
        if out != Out::Changed {
            self.core.edit = edit;
            return Out::Same;
        }
        self.core.rev += 1;
        self.settle_with(edit.filter(|_| self.core.pos == pos), env);
        out
    }

    /// Brings focus and editor in order; the editor stays as it was where its text is still that of the field.
    fn settle_with(&mut self, edit: Option<Edit>, env: &Env<'_>) {
        self.desk(env, |desk| {
            desk.settle();
            if let (Some(old), Some(new)) = (edit, &mut desk.core.edit)
                && old.text() == new.text()
            {
                *new = old;
            }
            desk.scroll_to_focus();
        });
    }

    /// Sets what stands in the struct beside what is typed, in every state that undo reaches too.
    pub fn attune(&mut self, attune: impl Fn(&mut T)) {
        attune(&mut self.value);
        for (value, _) in self.ring.back.iter_mut().chain(&mut self.ring.on) {
            attune(value);
        }
    }

    /// Brings focus and editor in order after the struct was attuned while the form is in use: rows may have come or gone.
    pub fn bring_in_order(&mut self, env: &Env<'_>) {
        let edit = self.core.edit.take();
        self.core.rev += 1;
        self.settle_with(edit, env);
    }

    /// Lets the struct follow what was just typed: parts of a line, a figure that goes with a name.
    pub fn settle(&mut self, settle: impl FnOnce(&mut T)) {
        settle(&mut self.value);
    }

    /// Brings the last visit's struct in step with the rows of this one, so that each value stands beside its own.
    pub fn align(&mut self, align: impl FnOnce(&T, &mut Prev<T>) -> bool) {
        if let Some(prev) = &mut self.prev
            && align(&self.value, prev)
        {
            self.core.ghosts = self.ghosts();
        }
    }

    /// Opens a draft like `restore_json`, and sets what stands beside what is typed before a field is chosen.
    pub fn restore_attuned(
        &mut self,
        json: &str,
        env: &Env<'_>,
        attune: impl Fn(&mut T),
    ) -> Result<Restored, draft::DraftError> {
        let mut draft = match draft::read(json, self.def.id, self.def.ver, self.def.migrate) {
            Ok(draft) => draft,
            Err(why) => {
                self.core.homeless = draft::homeless(json, None);
                return Err(why);
            }
        };
        // What an older version was brought to this one with is not gone.
        if self.def.migrate.is_none() {
            let kept = serde_json::to_value(&draft.value).unwrap_or_default();
            let more = draft::homeless(json, Some(&kept));
            draft.homeless.extend(more);
        }
        attune(&mut draft.value);
        let restored = self.restore(draft, env);
        self.attune(attune);
        Ok(restored)
    }

    /// Puts a text into a field as if it had been typed there: what a calendar or a list gives back.
    pub fn put(&mut self, key: Key, text: &str, env: &Env<'_>) -> Out {
        self.go(key, env);
        if self.core.pos != key {
            return Out::Same;
        }
        self.handle(In::Cmd(FormCommand::SelectAll), env);
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
        let homeless = core.homeless.clone();
        Draft { form, ver, rev, value, pos, top, option, bad, taken, edit, tried, pending, homeless, back, on }
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
        let mut restored = Restored { homeless: draft.homeless };
        let mut core = Core::new(self.core.pos, env.reading);
        core.names = std::mem::take(&mut self.core.names);
        core.ghosts = std::mem::take(&mut self.core.ghosts);
        core.carried = std::mem::take(&mut self.core.carried);
        (core.rev, core.top, core.option) = (draft.rev, draft.top, draft.option);
        (core.tried, core.pending) = (draft.tried, draft.pending);
        self.value = draft.value;
        let now = self.value.clone();
        let mut sheet = Bound { def: &self.def, value: &mut self.value, last: None, seen: None, ring: None };
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
        core.homeless.clone_from(&restored.homeless);
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
    pub(super) fn glance<'a>(&'a self, value: &'a mut T) -> Bound<'a, T> {
        Bound { def: &self.def, value, last: None, seen: self.prev.as_ref().map(|prev| &prev.value), ring: None }
    }

    pub(super) fn desk<R>(&mut self, env: &Env<'_>, work: impl FnOnce(&mut Desk<'_, '_>) -> R) -> R {
        let last = self.prev.as_mut().map(|prev| &mut prev.value);
        let mut sheet = Bound { def: &self.def, value: &mut self.value, last, seen: None, ring: Some(&mut self.ring) };
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
