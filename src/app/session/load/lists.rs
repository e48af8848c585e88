//! The screens without a form.

use chrono::NaiveDate;

use super::super::followed;
use super::super::open::Closed;
use super::{Load, Source};
use crate::clinical::board::DayRecords;
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::id::PatientId;
use crate::clinical::models::{Chart, MedicinesModel, PlanModel, WeekDay};
use crate::clinical::monitoring::Monitoring;
use crate::clinical::note::NotesPage;
use crate::clinical::patient::PatientFile;
use crate::clinical::reflection::Reflection;
use crate::clinical::time::Now;
use crate::clinical::timeline::{Read, Sought, TimelinePage};
use crate::clinical::trend::Trends;
use crate::store::StoreError;
use crate::ui::screen::bring_in::{BringInModel, BringInScreen};
use crate::ui::screen::chart::ChartScreen;
use crate::ui::screen::close::CloseScreen;
use crate::ui::screen::diagnostics::DiagnosticsScreen;
use crate::ui::screen::entries::EntriesScreen;
use crate::ui::screen::follow::{FollowList, FollowScreen, Listed};
use crate::ui::screen::jigsaw::JigsawScreen;
use crate::ui::screen::medicines::MedicinesScreen;
use crate::ui::screen::monitoring::MonitoringScreen;
use crate::ui::screen::notes::{self, NotesScreen};
use crate::ui::screen::timeline::{self, TimelineScreen};
use crate::ui::screen::trends::TrendsScreen;
use crate::ui::screen::week::{WeekScreen, monday};

impl Load for ChartScreen {
    type Asked = PatientId;
    type Model = Chart;

    fn read(from: &Source<'_>, patient: &PatientId) -> Result<Chart, Closed> {
        Ok(from.store.chart(*patient)?)
    }

    fn asked(&self) -> PatientId {
        self.model().file.patient.id
    }

    fn renew(&mut self, chart: Chart) {
        self.set_model(chart);
    }
}

/// Whose trends, and from which day on; none is from the beginning.
pub(in super::super) struct TrendsAsked {
    pub patient: PatientId,
    pub from: Option<NaiveDate>,
}

impl Load for TrendsScreen {
    type Asked = TrendsAsked;
    type Model = Trends;

    fn read(from: &Source<'_>, asked: &TrendsAsked) -> Result<Trends, Closed> {
        Ok(from.store.trends(asked.patient, asked.from, &from.setting.instruments)?)
    }

    fn asked(&self) -> TrendsAsked {
        TrendsAsked { patient: self.subject(), from: self.wanted() }
    }

    fn renew(&mut self, trends: Trends) {
        self.set_model(trends);
    }
}

/// Whose timeline, what is looked for on it, and how many lines from the newest on.
pub(in super::super) struct TimelineAsked {
    pub patient: PatientId,
    pub sought: Sought,
    pub most: usize,
}

impl Load for TimelineScreen {
    type Asked = TimelineAsked;
    type Model = (PatientFile, TimelinePage);

    fn read(from: &Source<'_>, asked: &TimelineAsked) -> Result<Self::Model, Closed> {
        let file = from.file(asked.patient)?;
        Ok((file, from.store.timeline(asked.patient, &asked.sought, &Read::default(), asked.most)?))
    }

    fn asked(&self) -> TimelineAsked {
        TimelineAsked { patient: self.subject(), sought: self.sought().clone(), most: self.again() }
    }

    fn renew(&mut self, (file, page): Self::Model) {
        self.set_model(file, page);
    }
}

/// Whose notes, the words that are looked for, and how many from the newest on.
pub(in super::super) struct NotesAsked {
    pub patient: PatientId,
    pub words: String,
    pub most: usize,
}

impl Load for NotesScreen {
    type Asked = NotesAsked;
    type Model = (PatientFile, NotesPage);

    fn read(from: &Source<'_>, asked: &NotesAsked) -> Result<Self::Model, Closed> {
        let file = from.file(asked.patient)?;
        Ok((file, from.store.notes(asked.patient, &asked.words, None, asked.most)?))
    }

    fn asked(&self) -> NotesAsked {
        NotesAsked { patient: self.subject(), words: self.words().to_owned(), most: self.again() }
    }

    fn renew(&mut self, (file, page): Self::Model) {
        self.set_model(file, page);
    }

    /// The text of the chosen note.
    fn fill(&mut self, from: &Source<'_>) -> Result<(), StoreError> {
        if let Some(visit) = self.lacks_note() {
            self.take_note(from.store.note(visit)?);
        }
        Ok(())
    }
}

impl Load for DiagnosticsScreen {
    type Asked = PatientId;
    type Model = (PatientFile, Vec<Diagnostic>);

    fn read(from: &Source<'_>, patient: &PatientId) -> Result<Self::Model, Closed> {
        Ok((from.file(*patient)?, from.store.diagnostics(*patient)?))
    }

    fn asked(&self) -> PatientId {
        self.subject()
    }

    fn renew(&mut self, (file, tests): Self::Model) {
        self.set_model(file, tests);
    }
}

impl Load for MonitoringScreen {
    type Asked = PatientId;
    type Model = (PatientFile, Monitoring);

    fn read(from: &Source<'_>, patient: &PatientId) -> Result<Self::Model, Closed> {
        Ok((from.file(*patient)?, from.store.monitoring(*patient)?))
    }

    fn asked(&self) -> PatientId {
        self.subject()
    }

    fn renew(&mut self, (file, monitoring): Self::Model) {
        self.set_model(file, monitoring);
    }
}

/// Whose, and which of the lists.
pub(in super::super) struct FollowAsked {
    pub patient: PatientId,
    pub list: FollowList,
}

impl Load for FollowScreen {
    type Asked = FollowAsked;
    type Model = (PatientFile, Listed);

    fn read(from: &Source<'_>, asked: &FollowAsked) -> Result<Self::Model, Closed> {
        let (store, patient) = (from.store, asked.patient);
        let listed = match asked.list {
            FollowList::Referrals => Listed::Referrals(store.referrals(patient)?),
            FollowList::Handouts => Listed::Handouts(store.handouts(patient)?),
            FollowList::Tapers => Listed::Tapers(store.tapers(patient)?),
        };
        Ok((from.file(patient)?, listed))
    }

    fn asked(&self) -> FollowAsked {
        FollowAsked { patient: self.subject(), list: self.listed().list() }
    }

    fn renew(&mut self, (file, listed): Self::Model) {
        self.set_model(file, listed);
    }
}

impl Load for MedicinesScreen {
    type Asked = PatientId;
    type Model = MedicinesModel;

    fn read(from: &Source<'_>, patient: &PatientId) -> Result<MedicinesModel, Closed> {
        Ok(from.store.medicines_model(*patient, from.now.today())?)
    }

    fn asked(&self) -> PatientId {
        self.subject()
    }

    fn renew(&mut self, model: MedicinesModel) {
        self.set_model(model);
    }
}

impl Load for JigsawScreen {
    type Asked = PatientId;
    type Model = PlanModel;

    fn read(from: &Source<'_>, patient: &PatientId) -> Result<PlanModel, Closed> {
        Ok(from.store.jigsaw_model(*patient, from.now)?)
    }

    fn asked(&self) -> PatientId {
        self.subject()
    }

    fn renew(&mut self, model: PlanModel) {
        self.set_model(model);
    }
}

impl Load for BringInScreen {
    type Asked = PatientId;
    type Model = BringInModel;

    fn read(from: &Source<'_>, patient: &PatientId) -> Result<BringInModel, Closed> {
        let file = from.file(*patient)?;
        let (past, lines) = from.store.elsewhere(*patient)?;
        Ok(BringInModel { file, past, lines })
    }

    fn asked(&self) -> PatientId {
        self.subject()
    }

    fn renew(&mut self, model: BringInModel) {
        self.set_model(model);
    }
}

impl Load for EntriesScreen {
    type Asked = ();
    type Model = Vec<Reflection>;

    fn read(from: &Source<'_>, (): &()) -> Result<Vec<Reflection>, Closed> {
        Ok(from.store.reflections()?)
    }

    fn asked(&self) {}

    fn renew(&mut self, reflections: Vec<Reflection>) {
        self.set_model(reflections);
    }
}

impl Load for CloseScreen {
    type Asked = NaiveDate;
    type Model = (DayRecords, Now);

    /// The records of a day: those of the board where it shows that day.
    fn read(from: &Source<'_>, date: &NaiveDate) -> Result<Self::Model, Closed> {
        let records = if *date == from.day.records.date {
            from.day.records.clone()
        } else {
            from.store.board_records(*date, from.now, followed(&from.setting.preferences))?
        };
        Ok((records, from.now))
    }

    fn asked(&self) -> NaiveDate {
        self.date()
    }

    fn renew(&mut self, (records, now): Self::Model) {
        self.set_model(records, now);
    }
}

impl Load for WeekScreen {
    type Asked = NaiveDate;
    type Model = Vec<WeekDay>;

    fn read(from: &Source<'_>, chosen: &NaiveDate) -> Result<Vec<WeekDay>, Closed> {
        Ok(from.store.week(monday(*chosen))?)
    }

    fn asked(&self) -> NaiveDate {
        self.chosen()
    }

    fn renew(&mut self, days: Vec<WeekDay>) {
        *self = Self::new(days, self.chosen());
    }
}

impl Source<'_> {
    /// The next lines of a timeline, below what is there.
    pub(super) fn more_of_timeline(&self, list: &mut TimelineScreen) -> Result<(), StoreError> {
        let page = self.store.timeline(list.subject(), list.sought(), list.read(), timeline::PAGE)?;
        list.take(page);
        Ok(())
    }

    /// The next notes below what is there, and the text of the chosen one.
    pub(super) fn more_of_notes(&self, list: &mut NotesScreen) -> Result<(), StoreError> {
        if list.lacks_lines() {
            let page = self.store.notes(list.subject(), list.words(), list.after(), notes::PAGE)?;
            list.take(page);
        }
        list.fill(self)
    }
}
