//! A form seen without its struct: what screens need that hold forms of several kinds.

use crate::action::form_command::FieldContext;

use super::core::Core;
use super::draft::{DraftError, Restored};
use super::event::{Env, In, Out};
use super::handle;
use super::key::Key;
use super::problem::{Level, Problem, problems};
use super::sheet::Sheet;
use super::state::{Form, Value};
use super::view::{self, FormView, SectionView};

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
    /// The labels of the fields that stand in the way of completing, in their order.
    fn blocking(&self) -> Vec<String>;
    /// The strip of sections.
    fn sections(&self) -> Vec<SectionView>;
    /// Whether there is a section beside the open one to go to.
    fn has_sections(&self) -> bool;
    /// A word about the last key.
    fn message(&self) -> Option<&str>;
    /// The draft as JSON.
    fn draft_json(&self) -> String;
    /// The draft with the whole undo history as JSON: for a lock and for the end of the program.
    fn draft_json_with_history(&self) -> String;
    /// Opens a draft: the same field, the same cursor, the same text. Of one that cannot be read the typed texts are kept
    /// as those without a field.
    fn restore_json(&mut self, json: &str, env: &Env<'_>) -> Result<Restored, DraftError>;
    /// Texts that were typed once and whose field is no longer there: kept until the form is complete.
    fn homeless(&self) -> &[String];
    /// Moves the focus to a field.
    fn go(&mut self, key: Key, env: &Env<'_>) -> Out;
}

/// The label of a field or cell; empty if it has none.
fn label_of(sheet: &mut dyn Sheet, key: Key) -> String {
    let field = sheet.find(key).filter(|field| sheet.rows(*field).is_none());
    let label = field.map(|field| sheet.label(field));
    label.or_else(|| Some(sheet.meta_at(key)?.label)).unwrap_or_default().into_owned()
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
        label_of(&mut glance, self.core.pos)
    }
    fn rev(&self) -> u64 {
        self.core.rev
    }
    fn problems(&self) -> Vec<Problem> {
        let mut value = self.value.clone();
        problems(&mut self.glance(&mut value), &self.core.bad, &self.core.reading)
    }
    fn blocking(&self) -> Vec<String> {
        let mut value = self.value.clone();
        let mut glance = self.glance(&mut value);
        let mut out: Vec<String> = Vec::new();
        for problem in problems(&mut glance, &self.core.bad, &self.core.reading) {
            let sheet: &mut dyn Sheet = &mut glance;
            let label = label_of(sheet, problem.key);
            if problem.level == Level::Error && !out.contains(&label) {
                out.push(label);
            }
        }
        out
    }
    fn sections(&self) -> Vec<SectionView> {
        let mut value = self.value.clone();
        sections(&mut self.glance(&mut value), &self.core)
    }
    fn has_sections(&self) -> bool {
        let mut value = self.value.clone();
        let sheet = self.glance(&mut value);
        handle::tabs(&sheet).into_iter().filter(|range| range.clone().any(|field| is_stop(&sheet, field))).count() > 1
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
        self.restore_attuned(json, env, |_| ())
    }
    fn homeless(&self) -> &[String] {
        &self.core.homeless
    }
    fn go(&mut self, key: Key, env: &Env<'_>) -> Out {
        self.desk(env, |desk| desk.visit(key))
    }
}

/// Whether a field is one to go to. A note is none, whether it is shown or not.
fn is_stop(sheet: &dyn Sheet, field: usize) -> bool {
    !matches!(sheet.meta(field).kind, super::def::Kind::Note) && sheet.shown(field)
}

/// Whether all that stands in these fields was brought along and nothing was entered.
fn is_carried(sheet: &mut dyn Sheet, core: &Core, fields: &[usize]) -> bool {
    fields.iter().all(|field| {
        let key = sheet.key(*field);
        let kind = sheet.meta(*field).kind.clone();
        let words = super::read::whole(&mut sheet.slot(*field), &kind, &core.reading);
        !core.bad.keys().any(|bad| bad.field() == key) && core.carried.get(*field) == Some(&words)
    })
}

fn sections(sheet: &mut dyn Sheet, core: &Core) -> Vec<SectionView> {
    let found = problems(sheet, &core.bad, &core.reading);
    let names: Vec<String> = sheet.sections().iter().filter_map(|s| s.tab.as_ref().map(ToString::to_string)).collect();
    let focus = sheet.find(core.pos);
    let mut out = Vec::new();
    for (at, range) in handle::tabs(sheet).into_iter().enumerate() {
        let fields: Vec<usize> = range.clone().filter(|field| is_stop(sheet, *field)).collect();
        if fields.is_empty() {
            continue;
        }
        let answered = fields.iter().filter(|field| {
            let key = sheet.key(**field);
            !sheet.slot(**field).is_blank() || core.bad.keys().any(|bad| bad.field() == key)
        });
        let answered = answered.count();
        let carried = answered > 0 && !core.carried.is_empty() && is_carried(sheet, core, &fields);
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
            carried,
            answered: (answered, fields.len()),
            errors: count(Level::Error),
            warnings: count(Level::Warn),
        });
    }
    out
}
