//! The body map over a form: opened, asked, drawn and closed; what it marks goes into the form's draft at once.

use ratatui::layout::Rect;

use super::body_map::{Ask, Did, MapView};
use super::{Asked, FormScreen, Parts, Subject, Surface};
use crate::action::Command;
use crate::action::form_command::FormCommand;
use crate::action::input::{Input, MouseButton, MouseKind};
use crate::clinical::body::widespread::widespread;
use crate::clinical::body::{Body, BodyRegion};
use crate::form::{Form, Out};
use crate::ui::chrome;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::Modal;
use crate::ui::modal::reading::Reading as Text;
use crate::ui::theme::Role;
use crate::ui::widget::{Canvas, Words, inset};

/// Where the map stands on the screen of its form: from its title down, with a blank between where there are rows to spare.
pub(super) fn area_of(parts: &Parts) -> Rect {
    const ROOMY: u16 = 26;
    let width = parts.form.width.max((parts.beside.x + parts.beside.width).saturating_sub(parts.form.x));
    let y = if parts.form.height < ROOMY { parts.tabs.y + parts.tabs.height } else { parts.form.y };
    Rect { y, width, height: parts.message.y.saturating_sub(y), ..parts.form }
}

impl<S: Subject> FormScreen<S> {
    /// Opens the body map over the form, on a region where one is named. A form without one stays as it is.
    pub fn open_map(&mut self, at: Option<BodyRegion>, env: &Env<'_>) {
        let Some(body) = self.subject.body(self.form.value()) else { return };
        let body = body.clone();
        self.map = Some(
            self.with_map_engine(env, |screen, engine| MapView::open(&body, screen.subject.last_map(), at, engine)),
        );
    }

    /// Whether the hands are on the figure of the map.
    pub(super) fn on_map(&self) -> bool {
        self.map.as_ref().is_some_and(|map| !map.in_symptoms())
    }

    fn body(&self) -> Body {
        self.subject.body(self.form.value()).cloned().unwrap_or_default()
    }

    /// Lends an engine of the size the symptoms are asked in.
    fn with_map_engine<R>(&self, env: &Env<'_>, ask: impl FnOnce(&Self, &crate::form::Env<'_>) -> R) -> R {
        let asked = Asked::of(env, self.subject.file());
        let parts = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
        let form = super::body_map::Parts::of(area_of(&parts), true).form();
        ask(self, &crate::form::Env { size: (form.width, form.height), ..asked.engine(env, &parts) })
    }

    /// Changes the draft through the form's own undo.
    fn change_form(
        &mut self,
        env: &Env<'_>,
        change: impl FnOnce(&mut Form<S::Draft>, &S, &crate::form::Env<'_>) -> Out,
    ) -> Out {
        let parts = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
        let Self { subject, form, .. } = self;
        let asked = Asked::of(env, subject.file());
        change(form, subject, &asked.engine(env, &parts))
    }

    fn changed(&mut self) -> Vec<Effect> {
        self.touched = true;
        self.complete = false;
        vec![Effect::DraftChanged]
    }

    /// A command while the map is open; `None` where neither map nor form knows it.
    pub(super) fn map_command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        match command {
            Command::Complete => {
                // What the form wants first is to be seen.
                self.map = None;
                None
            }
            Command::Plan => None,
            Command::UndoTyping | Command::RedoTyping if self.on_map() => Some(self.map_undo(command, env)),
            Command::Why => {
                let why = widespread(&self.body()).map(|found| found.why());
                Some(vec![match why {
                    Some(why) => Effect::show(Modal::Reading(Text::new("Why", &why))),
                    None => Effect::refuse("nothing is marked: there is nothing to reckon"),
                }])
            }
            other => self.map_ask(Ask::Command(other), env),
        }
    }

    /// Takes the last change of the map back, or makes it again. What was changed elsewhere in the form stays.
    fn map_undo(&mut self, command: Command, env: &Env<'_>) -> Vec<Effect> {
        let before = self.body();
        let is_redo = command == Command::RedoTyping;
        let step = |on: bool| {
            move |form: &mut Form<S::Draft>, _: &S, env: &crate::form::Env<'_>| {
                if on { form.step_on(env) } else { form.step_back(env) }
            }
        };
        let nothing = vec![Effect::refuse("nothing of the map is to be taken back or made again")];
        if self.change_form(env, step(is_redo)) != Out::Changed {
            return nothing;
        }
        let after = self.body();
        if after == before {
            self.change_form(env, step(!is_redo));
            return nothing;
        }
        self.follow(&after, env);
        self.changed()
    }

    fn follow(&mut self, body: &Body, env: &Env<'_>) {
        let Some(mut map) = self.map.take() else { return };
        self.with_map_engine(env, |_, engine| map.follow(body, engine));
        self.map = Some(map);
    }

    fn map_ask(&mut self, ask: Ask, env: &Env<'_>) -> Option<Vec<Effect>> {
        let mut map = self.map.take()?;
        let body = self.body();
        let did = self.with_map_engine(env, |screen, engine| map.ask(ask, &body, screen.subject.last_map(), engine));
        self.map = (did != Did::Closed).then_some(map);
        match did {
            Did::Shown | Did::Closed => Some(Vec::new()),
            Did::Changed(after) => {
                let out = self.change_form(env, |form, subject, engine| {
                    form.change(engine, |draft| {
                        if let Some(body) = subject.body_mut(draft) {
                            *body = after;
                        }
                    })
                });
                Some(if out == Out::Changed { self.changed() } else { Vec::new() })
            }
            Did::Passed => None,
        }
    }

    /// Input while the map is open.
    pub(super) fn map_input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let ask = match input {
            Input::Key(key) => match (FormCommand::of_key(*key), key.types()) {
                (Some(command), _) => Some(Ask::Editing(command)),
                (None, Some(c)) => Some(Ask::Char(c)),
                (None, None) => None,
            },
            Input::Mouse(mouse) if mouse.kind == MouseKind::Press(MouseButton::Left) => {
                let parts = self.parts(Rect::new(0, 0, env.size.0, env.size.1));
                let (area, body) = (area_of(&parts), self.body());
                let region = self
                    .map
                    .as_ref()
                    .and_then(|map| map.region_at(area, &body, self.subject.last_map(), (mouse.x, mouse.y)));
                region.map(Ask::Region)
            }
            Input::Paste(_) => return vec![Effect::refuse("nothing here takes pasted text")],
            Input::Mouse(_) | Input::Resize(..) | Input::FocusGained | Input::FocusLost => None,
        };
        ask.and_then(|ask| self.map_ask(ask, env)).unwrap_or_default()
    }

    /// Draws the map where the form would be.
    pub(super) fn render_map(&self, map: &MapView, canvas: &mut Canvas<'_>, parts: &Parts, view: &View<'_>) {
        let body = self.body();
        let (left, right) = MapView::title(&body, self.subject.last_map());
        let title = inset(parts.tabs, 1, 1);
        canvas.clear(parts.tabs);
        let used = canvas.words(title, &left);
        // What an answer of the form raised must be seen here too.
        let right = match self.subject.notice(self.form.value(), view).filter(|(role, _)| *role != Role::Second) {
            Some((role, words)) => Words::new().bold(role, words),
            None => right,
        };
        canvas.words_right(inset(title, used.saturating_add(2), 0), &right);
        map.render(canvas, area_of(parts), &body, self.subject.last_map(), view);
    }

    /// The keys that do something on the map, or at its symptoms.
    pub(super) fn map_foot<'v>(&self, view: &'v View<'_>) -> chrome::Foot<'v> {
        let elsewhere = [Command::TakeOver, Command::SectionOn, Command::Plan, Command::Instruments];
        let foot = chrome::Foot::new(self.context(), view).without(&elsewhere);
        if self.on_map() {
            foot.without(&[Command::BodyMap, Command::Complete])
        } else {
            foot.saying(Command::Back, "figure").saying(Command::BodyMap, "form")
        }
    }

    /// The map in plain lines, for screen readers.
    pub(super) fn plain_map(&self, map: &MapView, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let body = self.body();
        let (mut head, rows, chosen) = map.plain(&body, self.subject.last_map(), view);
        if let Some(file) = self.subject.file() {
            let band = chrome::band(file, Vec::new(), Words::new(), view);
            head.splice(0..0, chrome::plain::band_lines(&band));
        }
        let foot = self.map_foot(view);
        chrome::Linear { head, rows, chosen }.paint(canvas, area, &foot, view);
    }
}
