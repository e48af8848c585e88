//! Lists of the long follow-up of a patient: referrals, handouts, tapers. Each is lines with the details of the chosen one
//! below; what differs is data ([`lines`]) and what the keys do ([`step`]).

mod draw;
pub mod lines;
pub mod step;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use super::Surface;
use super::cursor::Cursor;
use super::pager::{Pager, Pages};
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::education::{HANDOUTS, HandoutGiven};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::patient::PatientFile;
use crate::clinical::referral::Referrals;
use crate::clinical::taper_plan::TaperPlan;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::widget::Canvas;

/// Which of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowList {
    /// Referrals, and the care team.
    Referrals,
    /// Handouts.
    Handouts,
    /// Tapers.
    Tapers,
}

/// What is listed.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed {
    /// Referrals, what the plan means to refer, and the care team.
    Referrals(Referrals),
    /// Handouts given; the topics are those shipped.
    Handouts(Vec<HandoutGiven>),
    /// Tapers.
    Tapers(Vec<TaperPlan>),
}

impl Listed {
    /// Which of the lists this is.
    pub const fn list(&self) -> FollowList {
        match self {
            Self::Referrals(_) => FollowList::Referrals,
            Self::Handouts(_) => FollowList::Handouts,
            Self::Tapers(_) => FollowList::Tapers,
        }
    }
}

/// A list of the long follow-up of a patient.
#[derive(Debug)]
pub struct FollowScreen {
    file: PatientFile,
    listed: Listed,
    /// The visit out of which it was opened.
    visit: Option<VisitId>,
    pager: Pager,
}

impl FollowScreen {
    /// These, the hands on the first.
    pub fn new(file: PatientFile, listed: Listed, visit: Option<VisitId>) -> Self {
        Self { file, listed, visit, pager: Pager::default() }
    }

    /// The same as it is now.
    pub fn set_model(&mut self, file: PatientFile, listed: Listed) {
        // What was just made stands first, and is what one wants to see.
        if self.count() < count(&listed) && !matches!(listed, Listed::Handouts(_)) {
            self.pager = Pager::default();
        }
        self.file = file;
        self.listed = listed;
        self.pager.cursor = Cursor::new(self.pager.cursor.at.min(self.count().saturating_sub(1)));
    }

    /// Whose it is.
    pub const fn subject(&self) -> PatientId {
        self.file.patient.id
    }

    /// What is listed.
    pub const fn listed(&self) -> &Listed {
        &self.listed
    }

    fn count(&self) -> usize {
        count(&self.listed)
    }

    fn pages(&self, env: &Env<'_>) -> Pages {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        let (rows, text) = (draw::list_rows(area, self.count()), draw::text_area(area, self.count()));
        let at = self.pager.cursor.at;
        let lines = lines::details(&self.listed, at, usize::from(text.width), env.now.today()).len();
        Pages { rows, count: self.count(), text, lines }
    }
}

/// How many lines there are.
fn count(listed: &Listed) -> usize {
    match listed {
        Listed::Referrals(all) => all.referrals.len() + all.planned.len(),
        Listed::Handouts(_) => HANDOUTS.len(),
        Listed::Tapers(tapers) => tapers.len(),
    }
}

impl Surface for FollowScreen {
    fn place(&self) -> Place {
        let (patient, visit) = (self.file.patient.id, self.visit);
        Place::Follow(match self.listed {
            Listed::Referrals(_) => FollowPlace::Referrals { patient, visit },
            Listed::Handouts(_) => FollowPlace::Handouts { patient, visit },
            Listed::Tapers(_) => FollowPlace::Tapers { patient, visit },
        })
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.pager.cursor)
    }

    fn context(&self) -> Context {
        Context::Follow
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let pages = self.pages(env);
        if self.pager.command(command, &pages) {
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        step::command(self, command, env)
    }

    fn cannot(&self, command: Command, env: &Env<'_>) -> Option<String> {
        step::cannot(self, command, env.now.today())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let pages = self.pages(env);
        self.pager.mouse(mouse, &pages).follow(self, env)
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
