//! Screens: what fills the terminal, one at a time, as a stack. A closed set behind one trait.
//!
//! The app builds a screen from its [`Place`] and a read model, gives it commands and input, performs the effects it
//! gives back, and draws it. A screen holds its own read model, selection and scroll; the day's board and records are
//! lent to it with every call. To add a screen: a place, a file here, a variant, and in `app::session` an arm where its place
//! is opened and a `Load`, by which it is read then and after every change.

pub mod board;
pub mod bring_in;
pub mod chart;
pub mod close;
pub mod cursor;
pub mod diagnostics;
pub mod entries;
pub mod find;
pub mod follow;
pub mod form;
pub mod gate;
mod halves;
pub mod highlight;
pub mod import;
pub mod jigsaw;
pub mod medicines;
pub mod monitoring;
pub mod notes;
mod pager;
#[cfg(test)]
pub mod testing;
pub mod timeline;
pub mod trends;
pub mod week;

use ratatui::layout::Rect;

use super::effect::Effect;
use super::env::{Env, View};
use super::place::Place;
use super::widget::Canvas;
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::draft::DraftKey;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::Given;

/// A draft as a screen hands it down: the store keeps it outside the change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftBody {
    /// Of which form, about what.
    pub key: DraftKey,
    /// The draft as JSON.
    pub body: String,
}

/// What every screen can do.
pub trait Surface {
    /// Where this is.
    fn place(&self) -> Place;

    /// Which keys mean what here.
    fn context(&self) -> Context;

    /// Whether plain characters belong to a text field now, so that no letter is a command.
    fn takes_text(&self) -> bool {
        self.context() == Context::Form
    }

    /// Whether pasted text is for this screen.
    fn takes_paste(&self) -> bool {
        self.takes_text()
    }

    /// Carries out a command. `None` is for what a screen does not know: the app then carries out what works on every
    /// screen.
    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>>;

    /// Why a command is not possible here and now; `None` where it is.
    fn cannot(&self, _command: Command, _env: &Env<'_>) -> Option<String> {
        None
    }

    /// Takes what the key map did not: characters, the mouse, a new size, and a paste where it [takes one](Self::takes_paste).
    fn input(&mut self, _input: &Input, _env: &mut Env<'_>) -> Vec<Effect> {
        Vec::new()
    }

    /// Draws the screen. Changes nothing, not even a scroll offset.
    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>);

    /// Changes how the answers of a form are given, all of them at once.
    fn give(&mut self, _given: Given, _env: &mut Env<'_>) -> Vec<Effect> {
        Vec::new()
    }

    /// The patient this is about, or who is selected: whose chart `p` opens, about whom a call or task is caught.
    fn patient(&self) -> Option<PatientId> {
        None
    }

    /// The visit this is about, where it is one.
    fn visit(&self) -> Option<VisitId> {
        match self.place() {
            Place::Assessment(visit)
            | Place::BodyMap { visit, .. }
            | Place::Procedure(visit)
            | Place::Visit(visit)
            | Place::Page(visit) => Some(visit),
            Place::Instrument { visit, .. } => visit,
            _ => None,
        }
    }

    /// The patient whose acts `u` takes back here: of charts and of forms about one patient. Elsewhere `u` takes back
    /// the newest act of all.
    fn patient_for_undo(&self) -> Option<PatientId> {
        None
    }

    /// Commands that lead elsewhere here than their names say, under what they do here.
    fn renamed(&self) -> Vec<(Command, &'static str)> {
        Vec::new()
    }

    /// The place in the list, where this is one: what a lock comes back to.
    fn cursor(&mut self) -> Option<&mut cursor::Cursor> {
        None
    }

    /// Called after the place in the list was put where it had been.
    fn came_back(&mut self) {}

    /// What was typed and is not yet a record.
    fn draft(&self) -> Option<DraftBody> {
        None
    }

    /// Called once the record that the top screen asked for was kept: no draft is left of it.
    fn kept(&mut self) {}

    /// The patient whose file it stands on, where it has to follow what was changed in it meanwhile.
    fn follows(&mut self) -> Option<PatientId> {
        None
    }

    /// Takes the file it [`follows`](Self::follows) as it was loaded again: what was typed stays.
    fn take_file(&mut self, _file: PatientFile) {}

    /// Called after what it shows was loaded again: rows may have come or gone.
    fn settle(&mut self, _env: &mut Env<'_>) {}

    /// Called after the day was loaded again: selection follows its patient, never its row.
    fn day_changed(&mut self, _env: &mut Env<'_>) {}
}

macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident($screen:ty)),+ $(,)?) => {
        /// Every screen there is.
        #[derive(Debug)]
        pub enum Screen { $($(#[$doc])* $name(Box<$screen>)),+ }

        impl Screen {
            /// The screen as what every screen is.
            pub fn surface(&self) -> &dyn Surface {
                match self { $(Self::$name(screen) => screen.as_ref()),+ }
            }
            /// The screen as what every screen is, to be changed.
            pub fn surface_mut(&mut self) -> &mut dyn Surface {
                match self { $(Self::$name(screen) => screen.as_mut()),+ }
            }
        }

        $(impl From<$screen> for Screen {
            fn from(screen: $screen) -> Self {
                Self::$name(Box::new(screen))
            }
        })+
    };
}

screens! {
    /// The board: home.
    Board(board::BoardScreen),
    /// The week.
    Week(week::WeekScreen),
    /// Find patients and text.
    Find(find::FindScreen),
    /// The close of a day.
    Close(close::CloseScreen),
    /// The preview of an import.
    Import(import::ImportScreen),
    /// Lists of another record system, brought in.
    BringIn(bring_in::BringInScreen),
    /// Earlier reflections.
    Entries(entries::EntriesScreen),
    /// A patient's tests and results.
    Diagnostics(diagnostics::DiagnosticsScreen),
    /// A patient's monitoring.
    Monitoring(monitoring::MonitoringScreen),
    /// A patient's medicines.
    Medicines(medicines::MedicinesScreen),
    /// A patient's jigsaw and trial ledger.
    Jigsaw(jigsaw::JigsawScreen),
    /// Referrals, handouts or tapers of a patient.
    Follow(follow::FollowScreen),
    /// A patient's chart.
    Chart(chart::ChartScreen),
    /// The trends of a chart.
    Trends(trends::TrendsScreen),
    /// The timeline of a chart.
    Timeline(timeline::TimelineScreen),
    /// The notes of a chart.
    Notes(notes::NotesScreen),
    /// An assessment.
    Assessment(form::FormScreen<form::assessment::AssessmentSubject>),
    /// A plan.
    Plan(form::FormScreen<form::plan::PlanSubject>),
    /// A procedure session.
    Procedure(form::FormScreen<form::session::SessionSubject>),
    /// A check-in.
    CheckIn(form::FormScreen<form::check_in::CheckInSubject>),
    /// A test or result.
    Diagnostic(form::FormScreen<form::diagnostic::DiagnosticSubject>),
    /// A check with its details.
    Check(form::FormScreen<form::check::CheckSubject>),
    /// A urine test.
    Urine(form::FormScreen<form::urine::UrineSubject>),
    /// A medicine.
    Medicine(form::FormScreen<form::medicine::MedicineSubject>),
    /// What opioids are given for.
    OpioidContext(form::FormScreen<form::opioid_context::OpioidContextSubject>),
    /// A referral.
    Referral(form::FormScreen<form::referral::ReferralSubject>),
    /// A care team.
    CareTeam(form::FormScreen<form::referral::TeamSubject>),
    /// A taper.
    Taper(form::FormScreen<form::taper::TaperSubject>),
    /// A patient's data.
    Patient(form::FormScreen<form::patient::PatientSubject>),
    /// A visit's data.
    Visit(form::FormScreen<form::visit::VisitSubject>),
    /// A page, typed in ahead.
    Page(form::FormScreen<form::page::PageSubject>),
    /// An instrument.
    Instrument(form::FormScreen<form::instrument::InstrumentSubject>),
    /// Weight and height.
    Vital(form::FormScreen<form::vital::VitalSubject>),
    /// A refill request.
    Refill(form::FormScreen<form::refill::RefillSubject>),
    /// A task or call.
    Task(form::FormScreen<form::task::TaskSubject>),
    /// An evening's reflection.
    Reflection(form::FormScreen<form::reflection::ReflectionSubject>),
    /// The practice.
    Practice(form::FormScreen<form::practice::PracticeSubject>),
}
