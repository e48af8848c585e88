//! What a form is about: the one thing in which forms differ.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::action::Command;
use crate::clinical::body::{Body, BodyRegion, MapOn};
use crate::clinical::draft::DraftKey;
use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::Given;
use crate::clinical::visit::Visit;
use crate::form::{FormDef, Prev, Value};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::{Canvas, Words};

/// What a form is about, and what completing it means.
pub trait Subject {
    /// What the form edits.
    type Draft: Value;

    /// The table of fields.
    fn definition(&self) -> FormDef<Self::Draft>;

    /// What the form starts with where no draft is kept: the record as it stands, or nothing.
    fn start(&self) -> Self::Draft;

    /// What stands in the form before anything is entered, where something does: lists of the patient, the last plan, what
    /// was planned. A section that holds nothing else is marked as unchanged, not as done.
    fn brought(&self) -> Option<Self::Draft> {
        None
    }

    /// The last visit's values: ghosts, and what can be taken over.
    fn previous(&self) -> Option<Prev<Self::Draft>> {
        None
    }

    /// The fields whose last value is of another day than the last time as a whole.
    fn own_dates(&self) -> Vec<(&'static str, NaiveDate)> {
        Vec::new()
    }

    /// The field under the hands when the form is opened; none is its first.
    fn begins_at(&self) -> Option<&'static str> {
        None
    }

    /// Sets what stands in the draft beside what is typed: which questions are asked, what is compared.
    fn attune(&self, _draft: &mut Self::Draft) {}

    /// Lets the draft follow what was just typed in it.
    fn settle(&self, _draft: &mut Self::Draft) {}

    /// Reckons what stands beside the fields and takes too long for every frame: when the form was opened, what it is about
    /// loaded again, or the draft changed.
    fn reckon(&mut self, _draft: &Self::Draft) {}

    /// Brings the last visit's values in step with the draft: with its rows, with what it is about; says whether anything
    /// moved.
    fn align(&self, _draft: &Self::Draft, _previous: &mut Prev<Self::Draft>) -> bool {
        false
    }

    /// The fields of the record that were copied forward when it was made: they are marked when it is opened again.
    fn carried(&self) -> Vec<String> {
        Vec::new()
    }

    /// Notes in the draft which fields were copied forward, when the form is completed.
    fn carry(&self, _draft: &mut Self::Draft, _fields: Vec<String>) {}

    /// Where this is.
    fn place(&self) -> Place;

    /// Its draft: what is typed in the form until it is complete.
    fn draft_key(&self) -> DraftKey;

    /// The patient it is about, for the band on top.
    fn file(&self) -> Option<&PatientFile> {
        None
    }

    /// The same, to be loaded again where the record changed while the form was open.
    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        None
    }

    /// What this is, on the second line of the band or on top: "Assessment · follow-up". It always stays.
    fn heading(&self, view: &View<'_>) -> Words<'static>;

    /// What is said after it, each with how soon it goes where there is not room for all: what it is for, when the patient
    /// was last seen.
    fn told(&self, _view: &View<'_>) -> Vec<Item<'static>> {
        Vec::new()
    }

    /// The visit it belongs to: while its patient is in room, the minutes are counted on top.
    fn visit(&self) -> Option<&Visit> {
        None
    }

    /// Where the chord that goes on to the plan leads from here, in a word; `None` where it leads nowhere.
    fn leads_on(&self) -> Option<&'static str> {
        self.file().map(|_| "plan")
    }

    /// The same as a command's name, where it is not the plan to which it leads.
    fn leads_elsewhere(&self) -> Option<&'static str> {
        None
    }

    /// What completing the form keeps, and where it goes from there.
    ///
    /// # Errors
    /// A sentence and the field it belongs to.
    fn finish(&self, draft: &Self::Draft, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)>;

    /// The figure computed while typing, on the line of the sections: `PEG 6.3 ▼1.4 −18 %`.
    fn headline(&self, _draft: &Self::Draft) -> Option<String> {
        None
    }

    /// How that figure is said: strong, unless it warns.
    fn headline_role(&self, _draft: &Self::Draft) -> Role {
        Role::Strong
    }

    /// Draws what stands beside the form.
    fn beside(&self, _draft: &Self::Draft, _canvas: &mut Canvas<'_>, _area: Rect, _view: &View<'_>) {}

    /// Whether anything stands beside the form.
    fn has_beside(&self) -> bool {
        false
    }

    /// A command of its own; `None` where it is not.
    fn command(&mut self, _command: Command, _draft: &Self::Draft, _env: &mut Env<'_>) -> Option<Vec<Effect>> {
        None
    }

    /// What a phrase may ask for and only this form knows, by name.
    fn values(&self, _draft: &Self::Draft) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// How the answers are given, where somebody gives any here.
    fn given(&self, _draft: &Self::Draft) -> Option<Given> {
        None
    }

    /// Changes how the answers are given, for the whole form.
    fn give(&self, _draft: &mut Self::Draft, _given: Given) {}

    /// What must be seen while typing, under the strip of sections: what an answer raised.
    fn notice(&self, _draft: &Self::Draft, _view: &View<'_>) -> Option<(Role, String)> {
        None
    }

    /// The body map of the draft, where the form has one.
    fn body<'a>(&self, _draft: &'a Self::Draft) -> Option<&'a Body> {
        None
    }

    /// The same, to be changed.
    fn body_mut<'a>(&self, _draft: &'a mut Self::Draft) -> Option<&'a mut Body> {
        None
    }

    /// What the body map is compared with.
    fn last_map(&self) -> Option<&MapOn> {
        None
    }

    /// Where one is while the body map is open.
    fn map_place(&self, _at: BodyRegion) -> Option<Place> {
        None
    }

    /// How the figure at a field came about.
    fn why(&self, _field: &'static str, _draft: &Self::Draft) -> Option<String> {
        None
    }
}
