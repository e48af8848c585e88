//! A patient's monitoring: the clocks, each noted as expected in one key, and below them what was checked and tested,
//! newest first.

mod draw;
pub mod step;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Surface;
use super::cursor::Cursor;
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::board::{FollowKey, ItemKey};
use crate::clinical::figure;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::monitoring::clock::Watch;
use crate::clinical::monitoring::rule::Rules;
use crate::clinical::monitoring::urine::{Step, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Monitoring};
use crate::clinical::patient::PatientFile;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Modal, Prompt, Purpose, Reading};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::widget::Canvas;

/// A patient's monitoring.
#[derive(Debug)]
pub struct MonitoringScreen {
    file: PatientFile,
    model: Monitoring,
    /// The visit out of which it was opened.
    visit: Option<VisitId>,
    cursor: Cursor,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line<'a> {
    /// A clock.
    Clock(CheckKind),
    /// A check that was made.
    Check(&'a Check),
    /// A urine test.
    Urine(&'a UrineTest),
}

/// How many lines the clocks have.
const CLOCKS: usize = CheckKind::ALL.len();

impl MonitoringScreen {
    /// The monitoring of a patient, the hands on the first clock.
    pub fn new(file: PatientFile, model: Monitoring, visit: Option<VisitId>) -> Self {
        Self { file, model, visit, cursor: Cursor::new(0) }
    }

    /// The same as it is now; the hands stay on their clock.
    pub fn set_model(&mut self, file: PatientFile, model: Monitoring) {
        self.file = file;
        self.model = model;
        self.cursor = Cursor::new(self.cursor.at.min(self.count() - 1));
    }

    /// Whose it is.
    pub const fn subject(&self) -> PatientId {
        self.file.patient.id
    }

    /// The clocks, a heading, and what was.
    fn count(&self) -> usize {
        let past = self.model.checks.len() + self.model.urine.len();
        if past == 0 { CLOCKS } else { CLOCKS + 1 + past }
    }

    /// What was checked and tested, newest first.
    fn past(&self) -> Vec<Line<'_>> {
        let mut past: Vec<Line<'_>> = self.model.checks.iter().map(Line::Check).collect();
        past.extend(self.model.urine.iter().map(Line::Urine));
        past.sort_by_key(|line| {
            std::cmp::Reverse(match line {
                Line::Check(check) => (Some(check.on), Some(check.kept_at)),
                Line::Urine(test) => (test.sample_date().or(test.ordered), test.read_at),
                Line::Clock(_) => (None, None),
            })
        });
        past
    }

    fn chosen(&self) -> Line<'_> {
        if let Some(&kind) = CheckKind::ALL.get(self.cursor.at) {
            return Line::Clock(kind);
        }
        let past = self.past();
        past.get(self.cursor.at.saturating_sub(CLOCKS + 1)).copied().unwrap_or(Line::Clock(CheckKind::Pdmp))
    }

    /// The urine test the hands are on: in the list of what was, or the one under way behind its clock.
    fn test(&self) -> Option<&UrineTest> {
        match self.chosen() {
            Line::Urine(test) => Some(test),
            Line::Clock(CheckKind::Urine) => self.open_test(),
            Line::Clock(_) | Line::Check(_) => None,
        }
    }

    /// The urine test about which something is to be done.
    fn open_test(&self) -> Option<&UrineTest> {
        self.model.urine.iter().find(|test| !matches!(test.step(), Step::Settled | Step::LetGo))
    }

    fn watch(&self, rules: &Rules<'_>) -> Watch {
        self.model.watch(&self.file, rules)
    }

    fn open(&self) -> Place {
        let patient = self.file.patient.id;
        let visit = self.visit;
        Place::Follow(match self.chosen() {
            Line::Check(check) => FollowPlace::Check(check.id),
            Line::Urine(test) => FollowPlace::Urine(test.id),
            Line::Clock(CheckKind::Urine) => match self.open_test() {
                Some(test) => FollowPlace::Urine(test.id),
                None => FollowPlace::NewUrine { patient, visit },
            },
            Line::Clock(kind) => FollowPlace::NewCheck { patient, visit, kind },
        })
    }

    /// What is noted anew: a check of the kind under the hands, with its details.
    fn add(&self) -> Place {
        let (patient, visit) = (self.file.patient.id, self.visit);
        let check = |kind| FollowPlace::NewCheck { patient, visit, kind };
        Place::Follow(match self.chosen() {
            Line::Urine(_) | Line::Clock(CheckKind::Urine) => FollowPlace::NewUrine { patient, visit },
            Line::Check(one) => check(one.kind),
            Line::Clock(kind) => check(kind),
        })
    }

    /// The next step in one key: a check as expected today, or a urine test one step on.
    fn step(&self, env: &mut Env<'_>) -> Vec<Effect> {
        let patient = self.file.patient.id;
        match (self.test(), self.chosen()) {
            (Some(test), _) => step::step(test, &self.file.patient.list_name(), env),
            (None, Line::Clock(CheckKind::Urine)) => vec![step::order(patient, self.visit, env)],
            (None, Line::Clock(kind)) => vec![step::as_expected(patient, self.visit, kind, env)],
            (None, Line::Check(_) | Line::Urine(_)) => Vec::new(),
        }
    }

    /// What the next step is, as the footer names it.
    fn step_word(&self) -> Option<&'static str> {
        match (self.test(), self.chosen()) {
            (Some(test), _) => step::next_of(test),
            (None, Line::Clock(CheckKind::Urine)) => Some("order"),
            (None, Line::Clock(_)) => Some("as expected"),
            (None, Line::Check(_) | Line::Urine(_)) => None,
        }
    }

    fn expected(&self, env: &mut Env<'_>) -> Vec<Effect> {
        match (self.test(), self.chosen()) {
            (Some(test), _) => vec![step::read_as_expected(test, &self.file, env)],
            _ => self.step(env),
        }
    }

    /// Why the urine test under the hands cannot be read as expected in one key.
    fn not_as_expected(&self, today: NaiveDate) -> Option<String> {
        self.test().and_then(|test| step::not_as_expected(test, &self.file, today))
    }

    fn let_go(&self, env: &Env<'_>) -> Option<Effect> {
        let test = self.test()?;
        let about = format!("{} · {}", self.file.patient.list_name(), test.line());
        let item = ItemKey::Follow(FollowKey::Urine(test.id));
        let purpose = Purpose::LetGo { item, visit: None, day: env.now.today() };
        Some(Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about)))))
    }

    /// Why a clock is due when it is, or why it is off.
    fn why(&self, env: &Env<'_>) -> Effect {
        let kind = match self.chosen() {
            Line::Clock(kind) => kind,
            Line::Check(check) => check.kind,
            Line::Urine(_) => CheckKind::Urine,
        };
        let watch = self.watch(&env.rules());
        let running = watch.of(kind).map(|clock| vec![figure::clock(clock).page()]);
        let off = || watch.off(kind).map(|off| vec![off.fact.show()]);
        let lines = running.or_else(off).unwrap_or_else(|| vec![draw::NOT_FOR_THIS.to_owned()]);
        let title = format!("Why · {}", kind.label());
        Effect::show(Modal::Reading(Reading::new(title, &lines.join("\n\n"))))
    }
}

impl Surface for MonitoringScreen {
    fn place(&self) -> Place {
        Place::Follow(FollowPlace::Monitoring { patient: self.file.patient.id, visit: self.visit })
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn context(&self) -> Context {
        Context::Monitoring
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let rows = draw::rows(Rect::new(0, 0, env.size.0, env.size.1));
        if self.cursor.command_over(command, self.count(), rows.height, |at| at != CLOCKS) {
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        Some(match command {
            Command::Open => vec![Effect::Open(self.open())],
            Command::NewCheck => vec![Effect::Open(self.add())],
            Command::Done => self.step(env),
            Command::AsExpected => self.expected(env),
            Command::CloseOne => vec![self.let_go(env)?],
            Command::Why => vec![self.why(env)],
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, env: &Env<'_>) -> Option<String> {
        let opens = || env.key(Context::Monitoring, Command::Open);
        let why = match command {
            Command::Done | Command::AsExpected if self.step_word().is_none() => match self.chosen() {
                Line::Check(_) => return Some(format!("this was checked; {} opens it", opens())),
                _ => return Some(format!("this is settled already; {} opens it", opens())),
            },
            Command::AsExpected if self.test().is_none() && self.step_word() == Some("order") => {
                let orders = env.key(Context::Monitoring, Command::Done);
                return Some(format!("no urine test is under way: {orders} orders one"));
            }
            Command::AsExpected => {
                return self.not_as_expected(env.now.today()).map(|why| format!("{why}; {} opens it", opens()));
            }
            Command::CloseOne if self.test().is_none_or(|test| step::next_of(test).is_none()) => {
                "only a urine test under way can be let go"
            }
            Command::Monitoring => "this is the patient's monitoring",
            Command::CopyOut | Command::CopySection => "checks are copied out with the summary of their visit",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let rows = draw::rows(Rect::new(0, 0, env.size.0, env.size.1));
        self.cursor.mouse_over(mouse, rows, self.count(), |at| at != CLOCKS).follow(self, env)
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.file.patient.id)
    }

    fn visit(&self) -> Option<VisitId> {
        self.visit
    }

    fn patient_for_undo(&self) -> Option<PatientId> {
        self.patient()
    }
}
