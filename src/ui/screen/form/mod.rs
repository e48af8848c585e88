//! Forms on the screen: one generic screen for every form. What a form is about, what stands beside it and what completing
//! it means is its [`Subject`]; drawing, keys, drafts and take-over are the same for all.
//!
//! A new form is a draft type in `clinical`, a table of fields and a `Subject`: one file here.

mod asked;
pub mod assessment;
mod body_map;
pub mod check;
pub mod check_in;
mod context;
#[cfg(test)]
mod copied_tests;
pub mod diagnostic;
mod given;
pub mod instrument;
mod lookup;
pub mod medicine;
mod not_completed;
pub mod opioid_context;
mod over;
pub mod page;
mod parts;
pub mod patient;
mod phrases;
mod plain;
pub mod plan;
pub mod practice;
mod questions;
pub mod referral;
pub mod refill;
pub mod reflection;
mod safety;
pub mod session;
mod subject;
pub mod taper;
pub mod task;
pub mod urine;
pub mod visit;
pub mod vital;

use ratatui::layout::Rect;

use asked::{Asked, unfolds};
use given::how_given;
pub use lookup::Suggestions;
use not_completed::not_completed;
pub use parts::Parts;
pub use subject::Subject;

use self::body_map::MapView;
use super::{DraftBody, Surface};
use crate::action::form_command::FormCommand;
use crate::action::input::{Input, MouseButton, MouseKind};
use crate::action::{Command, Context};
use crate::clinical::id::PatientId;
use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::Given;
use crate::clinical::text::width;
use crate::form::view::SectionView;
use crate::form::{AnyForm, Form, In, Key, KeyNames, Out, Picker};
use crate::ui::chrome;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::Modal;
use crate::ui::modal::reading::Reading as Text;
use crate::ui::place::Place;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::bar::Item;
use crate::ui::widget::tabs::{Tab, Tabs};
use crate::ui::widget::{Canvas, Words, form as painter};

/// Why how the answers are given cannot be said.
const NOBODY_ANSWERS: &str = "nobody gives an answer in this form";

/// A form on the screen.
pub struct FormScreen<S: Subject> {
    subject: S,
    form: Form<S::Draft>,
    /// Set once the record was kept: no draft is left.
    complete: bool,
    /// Whether a draft is kept or something was typed since.
    touched: bool,
    /// The body map, while it lies over the form.
    map: Option<MapView>,
}

impl<S: Subject> std::fmt::Debug for FormScreen<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormScreen").field("place", &self.subject.place()).finish_non_exhaustive()
    }
}

impl<S: Subject> FormScreen<S> {
    /// Opens a form, on its draft where one is kept.
    pub fn open(mut subject: S, draft: Option<&str>, env: &Env<'_>) -> Self {
        let asked = Asked::of(env, subject.file());
        let parts = Parts::of(
            Rect::new(0, 0, env.size.0, env.size.1),
            subject.file().is_some(),
            subject.has_beside(),
            env.preferences.plain,
        );
        let engine = asked.engine(env, &parts);
        let mut form = Form::open(subject.definition(), subject.start(), subject.previous(), &engine)
            .with_carried(subject.brought())
            .with_own_dates(subject.own_dates())
            .with_key_names(KeyNames::of(env.keymap))
            .in_words(env.preferences.plain);
        form.mark_taken(&subject.carried());
        if let Some(field) = subject.begins_at() {
            form.go(Key::of(field), &engine);
        }
        // Of a draft that cannot be read the form keeps the typed texts; it opens on the record.
        let restored =
            draft.is_some_and(|json| form.restore_attuned(json, &engine, |value| subject.attune(value)).is_ok());
        form.align(|value, previous| subject.align(value, previous));
        subject.reckon(form.value());
        Self { subject, form, complete: false, touched: restored, map: None }
    }

    /// What it is about.
    pub const fn subject(&self) -> &S {
        &self.subject
    }

    /// Takes what it is about as it was loaded again; what was typed stays.
    pub fn reload(&mut self, load: impl FnOnce(&mut S)) {
        load(&mut self.subject);
        let subject = &self.subject;
        self.form.attune(|value| subject.attune(value));
        self.form.align(|value, previous| subject.align(value, previous));
        self.subject.reckon(self.form.value());
    }

    /// What was typed once and has no field any more, as a page to read; none where there is none.
    pub fn homeless(&self) -> Option<Text> {
        let texts = self.form.homeless();
        let page = format!(
            "This was typed in this form before it changed, and has no field any more. It stays here until the form is \
             complete: put into another field what is still wanted.\n\n{}",
            texts.join("\n\n")
        );
        (!texts.is_empty()).then(|| Text::new("Typed earlier", &page))
    }

    /// The draft as it stands.
    pub const fn value(&self) -> &S::Draft {
        self.form.value()
    }

    fn parts(&self, area: Rect) -> Parts {
        Parts::of(area, self.subject.file().is_some(), self.subject.has_beside(), self.form.is_in_words())
    }

    fn ask(&mut self, input: In, env: &mut Env<'_>) -> Vec<Effect> {
        let mut asked = Asked::of(env, self.subject.file());
        let parts = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
        let (before, typed) = (self.form.pos(), if let In::Char(c) = input { Some(c) } else { None });
        if unfolds(&input) {
            asked.phrases.values = phrases::values(self.subject.file(), self.subject.visit(), env.now);
            asked.phrases.values.extend(self.subject.values(self.form.value()));
        }
        let completes = input == In::Cmd(FormCommand::Complete);
        let out = {
            let engine = asked.engine(env, &parts);
            self.form.handle(input, &engine)
        };
        let refused = (completes && out != Out::Submit).then(|| Effect::refuse(not_completed(&self.form.blocking())));
        let mut effects = self.came_of(&out, (before, typed), env);
        effects.extend(refused);
        effects
    }

    fn came_of(&mut self, out: &Out, (before, typed): (Key, Option<char>), env: &mut Env<'_>) -> Vec<Effect> {
        match out {
            Out::Changed => {
                self.touched = true;
                let subject = &self.subject;
                self.form.settle(|value| subject.settle(value));
                self.form.align(|value, previous| subject.align(value, previous));
                self.subject.reckon(self.form.value());
                // A form that stays open after its record was kept, because what should follow failed, holds text again.
                self.complete = false;
                vec![Effect::DraftChanged]
            }
            Out::Submit => self.submit(env),
            // A character the field does not know stays without effect: only Esc goes back.
            Out::Pass => match typed {
                Some(c) => vec![Effect::refuse(format!("The key “{c}” does nothing at this field."))],
                None => vec![Effect::Back],
            },
            // A draft also says where the hands are.
            Out::Moved if self.touched && self.form.pos() != before => vec![Effect::DraftChanged],
            Out::Open(Picker::Body, _) => {
                self.open_map(None, env);
                Vec::new()
            }
            Out::Same | Out::Moved => Vec::new(),
        }
    }

    /// The keys that do something here and now.
    fn foot<'v>(&self, view: &'v View<'_>) -> chrome::Foot<'v> {
        let mut idle: Vec<Command> = [
            Command::TakeOver,
            Command::SectionOn,
            Command::BodyMap,
            Command::Plan,
            Command::Why,
            Command::Instruments,
        ]
        .into_iter()
        .filter(|command| self.idle(*command).is_some())
        .collect();
        // Outside a visit nobody goes on to scores or to the plan: their keys work, the foot has better use for its room.
        if self.subject.visit().is_none() {
            idle.push(Command::Instruments);
            if self.subject.leads_elsewhere().is_none() && self.subject.leads_on() == Some("plan") {
                idle.push(Command::Plan);
            }
        }
        let foot = chrome::Foot::new(Context::Form, view).without(&idle).with_ways(Context::Form, view);
        let foot = foot.through_fields();
        match self.subject.leads_on() {
            Some(word) => foot.saying(Command::Plan, word),
            None => foot,
        }
    }

    /// The sections that hold a field to go to.
    fn sections(&self) -> Vec<SectionView> {
        self.form.sections().into_iter().filter(|section| section.first.is_some()).collect()
    }

    /// Where the strip of sections stands: beside the figure that is computed while typing.
    fn strip(&self, area: Rect) -> Rect {
        let line = self.subject.headline(self.form.value()).map_or(0, |line| width(&line) + 2);
        Rect { width: area.width.saturating_sub(u16::try_from(line).unwrap_or(u16::MAX)), ..area }
    }

    /// Puts the hands on a field.
    pub(super) fn go_to(&mut self, field: Key, env: &Env<'_>) {
        let asked = Asked::of(env, self.subject.file());
        let parts = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
        self.form.go(field, &asked.engine(env, &parts));
    }

    /// Goes to the section that was clicked on.
    fn click_tab(&mut self, strip: Rect, (x, y): (u16, u16), env: &mut Env<'_>) -> Vec<Effect> {
        let sections = self.sections();
        let (tabs, open) = tabs(&sections);
        let clicked = Tabs { tabs: &tabs, open }.tab_at(strip, x, y).and_then(|at| sections[at].first);
        let Some(first) = clicked else { return Vec::new() };
        self.go_to(first, env);
        if self.touched { vec![Effect::DraftChanged] } else { Vec::new() }
    }

    /// Why a command would do nothing here.
    fn idle(&self, command: Command) -> Option<String> {
        let why = match command {
            Command::TakeOver | Command::TakeOverSection if self.form.prev().is_none() => {
                "there is no last time to take from"
            }
            Command::SectionOn | Command::SectionBack if !self.form.has_sections() => "this form is one section",
            Command::HowGiven if self.subject.given(self.form.value()).is_none() => NOBODY_ANSWERS,
            Command::BodyMap if self.subject.body(self.form.value()).is_none() => "this form has no body map",
            Command::Instruments if self.subject.file().is_none() => "this is about nobody who could be asked",
            Command::Plan if self.subject.leads_on().is_none() => "no other plan is to be opened from here",
            Command::Why if self.subject.why(self.form.pos().id, self.form.value()).is_none() => {
                "nothing is computed at this field"
            }
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn submit(&mut self, env: &mut Env<'_>) -> Vec<Effect> {
        let mut draft = self.form.value().clone();
        self.subject.carry(&mut draft, self.form.taken());
        match self.subject.finish(&draft, env) {
            Ok(effects) => effects,
            Err((field, why)) => {
                self.go_to(Key::of(field), env);
                vec![Effect::Refuse(why)]
            }
        }
    }
}

/// The strip of sections, and which is open.
fn tabs(sections: &[SectionView]) -> (Vec<Tab<'_>>, usize) {
    let mark = |section: &SectionView| match (section.errors, section.touched, section.carried) {
        (1.., _, _) => Some(Mark::Wants),
        (0, true, false) => Some(Mark::Done),
        (0, true, true) => Some(Mark::Same),
        (0, false, _) => None,
    };
    let tabs = sections.iter().map(|section| Tab { name: &section.name, mark: mark(section) }).collect();
    (tabs, sections.iter().position(|section| section.current).unwrap_or(0))
}

impl<S: Subject> Surface for FormScreen<S> {
    fn follows(&mut self) -> Option<PatientId> {
        self.subject.file_mut().map(|file| file.patient.id)
    }

    fn take_file(&mut self, file: PatientFile) {
        self.reload(|subject| {
            if let Some(known) = subject.file_mut() {
                *known = file;
            }
        });
    }

    fn settle(&mut self, env: &mut Env<'_>) {
        let asked = Asked::of(env, self.subject.file());
        let parts = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
        let engine = asked.engine(env, &parts);
        self.form.bring_in_order(&engine);
    }

    fn place(&self) -> Place {
        let map = self.map.as_ref().and_then(|map| self.subject.map_place(map.at()));
        map.unwrap_or_else(|| self.subject.place())
    }

    fn context(&self) -> Context {
        if self.on_map() { Context::BodyMap } else { Context::Form }
    }

    fn renamed(&self) -> Vec<(Command, &'static str)> {
        self.subject.leads_elsewhere().map(|name| (Command::Plan, name)).into_iter().collect()
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        if self.map.is_some() { None } else { self.idle(command) }
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        if self.map.is_some()
            && let Some(effects) = self.map_command(command, env)
        {
            return Some(effects);
        }
        if let Some(effects) = self.subject.command(command, self.form.value(), env) {
            return Some(effects);
        }
        if command == Command::HowGiven {
            return Some(vec![match self.subject.given(self.form.value()) {
                Some(given) => Effect::show(how_given(given, self.subject.file())),
                None => Effect::refuse(NOBODY_ANSWERS),
            }]);
        }
        if command == Command::BodyMap {
            self.open_map(None, env);
            return Some(Vec::new());
        }
        if self.map.is_some() {
            return None;
        }
        if command == Command::Why {
            let why = self.subject.why(self.form.pos().id, self.form.value());
            return Some(why.map(|why| Effect::show(Modal::Reading(Text::new("Why", &why)))).into_iter().collect());
        }
        let asked = FormCommand::of(command)?;
        Some(self.ask(In::Cmd(asked), env))
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if self.map.is_some() {
            return self.map_input(input, env);
        }
        match input {
            Input::Key(key) => match (FormCommand::of_key(*key), key.types()) {
                (Some(command), _) => self.ask(In::Cmd(command), env),
                (None, Some(c)) => self.ask(In::Char(c), env),
                (None, None) => Vec::new(),
            },
            Input::Paste(text) => self.ask(In::Paste(text.clone()), env),
            Input::Resize(..) => self.ask(In::Resize, env),
            Input::Mouse(mouse) => {
                let Parts { form, tabs, .. } = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
                match mouse.kind {
                    MouseKind::Press(MouseButton::Left) if tabs.contains((mouse.x, mouse.y).into()) => {
                        self.click_tab(self.strip(tabs), (mouse.x, mouse.y), env)
                    }
                    MouseKind::Press(MouseButton::Left) if form.contains((mouse.x, mouse.y).into()) => {
                        self.ask(In::Click(mouse.x - form.x, mouse.y - form.y), env)
                    }
                    MouseKind::ScrollUp => self.ask(In::Cmd(FormCommand::ScrollUp), env),
                    MouseKind::ScrollDown => self.ask(In::Cmd(FormCommand::ScrollDown), env),
                    _ => Vec::new(),
                }
            }
            Input::FocusGained | Input::FocusLost => Vec::new(),
        }
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        canvas.clear(area);
        if let Some(map) = self.map.as_ref().filter(|_| view.preferences.plain) {
            return self.plain_map(map, canvas, area, view);
        }
        let parts = self.parts(area);
        if view.preferences.plain {
            return self.render_plain(&parts, canvas, view);
        }
        let heading = std::iter::once(Item::new(0, self.subject.heading(view)));
        let place: Vec<Item<'_>> = heading.chain(self.subject.told(view)).collect();
        match self.subject.file() {
            Some(file) => {
                let right = self.subject.visit().map_or_else(Words::new, |visit| chrome::in_room(visit, view));
                chrome::band(file, place, right, view).paint(canvas, parts.band);
            }
            None => chrome::bar_of(place, view).paint(canvas, parts.band),
        }
        if let Some(map) = &self.map {
            self.render_map(map, canvas, &parts, view);
            chrome::message_line(canvas, parts.message, self.context(), view);
            self.map_foot(view).paint(canvas, parts.footer);
            return;
        }
        let sections = self.sections();
        let (tabs, open) = tabs(&sections);
        if tabs.len() > 1 {
            Tabs { tabs: &tabs, open }.paint(canvas, self.strip(parts.tabs));
        }
        if let Some(line) = self.subject.headline(self.form.value()) {
            let role = self.subject.headline_role(self.form.value());
            canvas.words_right(parts.tabs, &Words::of(role, line).gap(1));
        }
        if let Some((role, words)) = self.subject.notice(self.form.value(), view) {
            // What informs is quiet; what wants something is not.
            let quiet = role == Role::Second;
            let line = Words::new().gap(2);
            canvas.words(parts.notice, &if quiet { line.say(role, words) } else { line.bold(role, words) });
        }
        let form = self.form.view((parts.form.width, parts.form.height));
        painter::paint(&form, canvas, parts.form, view.names());
        if parts.beside.width > 0 {
            self.subject.beside(self.form.value(), canvas, parts.beside, view);
        }
        chrome::message_line(canvas, parts.message, self.context(), view);
        self.foot(view).paint(canvas, parts.footer);
    }

    fn give(&mut self, given: Given, env: &mut Env<'_>) -> Vec<Effect> {
        let asked = Asked::of(env, self.subject.file());
        let parts = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
        let engine = asked.engine(env, &parts);
        let subject = &self.subject;
        match self.form.change(&engine, |draft| subject.give(draft, given)) {
            Out::Changed => {
                self.touched = true;
                self.complete = false;
                vec![Effect::DraftChanged, Effect::Say(format!("given: {}", given.show()))]
            }
            _ => Vec::new(),
        }
    }

    fn patient(&self) -> Option<PatientId> {
        self.subject.file().map(|file| file.patient.id)
    }

    fn draft(&self) -> Option<DraftBody> {
        if self.complete || !self.touched {
            return None;
        }
        Some(DraftBody { key: self.subject.draft_key(), body: self.form.draft_json_with_history() })
    }

    fn kept(&mut self) {
        self.complete = true;
    }
}
