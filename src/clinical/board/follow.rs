//! The long follow-up among the paperwork: clocks that are due, urine tests.

use std::collections::BTreeSet;
use std::fmt;

use super::item::{Item, ItemKey, Mark, Rank, What};
use super::late::open_mark;
use super::panes::of_file;
use super::records::DayRecords;
use crate::clinical::figure;
use crate::clinical::id::{MedicationId, PatientId, PlanItemId, ReferralId, TaperId, UrineTestId};
use crate::clinical::monitoring::clock::Clock;
use crate::clinical::monitoring::urine::{Step, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind};
use crate::clinical::patient::PatientFile;
use crate::clinical::referral::{PlannedReferral, Referral};
use crate::clinical::supply::RunningOut;
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

/// Which item of the long follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FollowKey {
    /// A clock of a patient.
    Clock(PatientId, CheckKind),
    /// A urine test.
    Urine(UrineTestId),
    /// A supply of a patient that ends before the next visit.
    Supply(PatientId, MedicationId),
    /// A referral.
    Referral(ReferralId),
    /// A referral of a patient that the plan means and nobody has written yet.
    ToRefer(PatientId, PlanItemId),
    /// The next call of a taper.
    Taper(TaperId),
}

impl FollowKey {
    /// What it asks for.
    pub const fn what(self) -> What {
        match self {
            Self::Clock(..) => What::Clock,
            Self::Urine(_) => What::Urine,
            Self::Supply(..) => What::Supply,
            Self::Referral(_) | Self::ToRefer(..) => What::Referral,
            Self::Taper(_) => What::Taper,
        }
    }

    /// The identity of what it comes from.
    pub fn record_id(self) -> String {
        match self {
            Self::Clock(patient, kind) => format!("{patient}/{}", kind.name()),
            Self::Urine(id) => id.to_string(),
            Self::Supply(patient, medicine) => format!("{patient}/{medicine}"),
            Self::Referral(id) => id.to_string(),
            Self::ToRefer(patient, item) => format!("{patient}/{item}"),
            Self::Taper(id) => id.to_string(),
        }
    }

    /// The item that this names, where it is one of these.
    pub fn read(what: &str, record: &str) -> Option<Self> {
        if what == What::Clock.name() {
            let (patient, kind) = record.split_once('/')?;
            Some(Self::Clock(patient.parse().ok()?, CheckKind::from_name(kind)?))
        } else if what == What::Urine.name() {
            record.parse().ok().map(Self::Urine)
        } else if what == What::Supply.name() {
            let (patient, medicine) = record.split_once('/')?;
            Some(Self::Supply(patient.parse().ok()?, medicine.parse().ok()?))
        } else if what == What::Referral.name() {
            match record.split_once('/') {
                Some((patient, item)) => Some(Self::ToRefer(patient.parse().ok()?, item.parse().ok()?)),
                None => record.parse().ok().map(Self::Referral),
            }
        } else if what == What::Taper.name() {
            record.parse().ok().map(Self::Taper)
        } else {
            None
        }
    }
}

impl fmt::Display for FollowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.what().name(), self.record_id())
    }
}

impl PlannedReferral {
    /// The item it is on the board.
    pub const fn key(&self) -> FollowKey {
        FollowKey::ToRefer(self.patient, self.item)
    }
}

/// What a day holds of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowRecords {
    /// Clocks that are due, of everybody.
    pub clocks: Vec<(Clock, PatientFile)>,
    /// Checks kept on this day.
    pub checks: Vec<(Check, PatientFile)>,
    /// Urine tests open from any day up to this one, and those settled on this day.
    pub urine: Vec<(UrineTest, PatientFile)>,
    /// Supplies that end before the next visit.
    pub supplies: Vec<(RunningOut, PatientFile)>,
    /// Referrals open from any day up to this one, and those acted on on this day.
    pub referrals: Vec<(Referral, PatientFile)>,
    /// Referrals that are planned and not yet written, and whether they still wait.
    pub to_refer: Vec<(PlannedReferral, Waits, PatientFile)>,
    /// Tapers whose next call is due, and those about which was called on this day.
    pub tapers: Vec<(TaperPlan, PatientFile)>,
}

/// Whether something still waits, or is only to be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// It waits.
    Still,
    /// It was decided about.
    NoMore,
}

impl FollowRecords {
    /// Every item the board may make of them.
    pub fn items(&self) -> impl Iterator<Item = FollowKey> {
        let clocks = self.clocks.iter().map(|(clock, file)| FollowKey::Clock(file.patient.id, clock.kind));
        let supplies = self.supplies.iter().map(|(out, file)| FollowKey::Supply(file.patient.id, out.medicine.id));
        let referrals = self.referrals.iter().map(|(referral, _)| FollowKey::Referral(referral.id));
        let to_refer = self.to_refer.iter().map(|(planned, ..)| planned.key());
        let tapers = self.tapers.iter().map(|(taper, _)| FollowKey::Taper(taper.id));
        clocks
            .chain(self.urine.iter().map(|(test, _)| FollowKey::Urine(test.id)))
            .chain(referrals)
            .chain(to_refer)
            .chain(tapers)
            .chain(supplies)
    }

    /// Whom they are about.
    pub fn files(&self) -> impl Iterator<Item = &PatientFile> {
        let clocks = self.clocks.iter().map(|(_, file)| file);
        let checks = self.checks.iter().map(|(_, file)| file);
        let supplies = self.supplies.iter().map(|(_, file)| file);
        let referrals = self.referrals.iter().map(|(_, file)| file);
        let to_refer = self.to_refer.iter().map(|(.., file)| file);
        let tapers = self.tapers.iter().map(|(_, file)| file);
        clocks
            .chain(checks)
            .chain(self.urine.iter().map(|(_, file)| file))
            .chain(referrals)
            .chain(to_refer)
            .chain(tapers)
            .chain(supplies)
    }

    /// A planned referral.
    pub fn planned(&self, id: PlanItemId) -> Option<(&PlannedReferral, &PatientFile)> {
        self.to_refer.iter().find(|(planned, ..)| planned.item == id).map(|(planned, _, file)| (planned, file))
    }

    /// A urine test.
    pub fn urine(&self, id: UrineTestId) -> Option<&(UrineTest, PatientFile)> {
        self.urine.iter().find(|(test, _)| test.id == id)
    }

    /// A supply.
    pub fn supply(&self, medicine: MedicationId) -> Option<&(RunningOut, PatientFile)> {
        self.supplies.iter().find(|(out, _)| out.medicine.id == medicine)
    }

    /// A referral.
    pub fn referral(&self, id: ReferralId) -> Option<&(Referral, PatientFile)> {
        self.referrals.iter().find(|(referral, _)| referral.id == id)
    }

    /// A taper.
    pub fn taper(&self, id: TaperId) -> Option<&(TaperPlan, PatientFile)> {
        self.tapers.iter().find(|(taper, _)| taper.id == id)
    }

    /// A clock.
    pub fn clock(&self, patient: PatientId, kind: CheckKind) -> Option<&(Clock, PatientFile)> {
        self.clocks.iter().find(|(clock, file)| file.patient.id == patient && clock.kind == kind)
    }

    /// Whom and what an item is about, in a few words.
    pub fn named(&self, key: FollowKey) -> Option<(&PatientFile, String)> {
        match key {
            FollowKey::Clock(patient, kind) => {
                let clock = self.clock(patient, kind).map(|(_, file)| file);
                let check = || self.checks.iter().find(|(check, _)| check.patient == patient && check.kind == kind);
                let file = clock.or_else(|| check().map(|(_, file)| file))?;
                Some((file, kind.label().to_owned()))
            }
            FollowKey::Urine(id) => self.urine(id).map(|(test, file)| (file, test.verdict_or_step())),
            FollowKey::Supply(_, medicine) => self.supply(medicine).map(|(out, file)| (file, out.line())),
            FollowKey::Referral(id) => self.referral(id).map(|(referral, file)| (file, referral.to.clone())),
            FollowKey::ToRefer(_, id) => self.planned(id).map(|(planned, file)| (file, planned.what.clone())),
            FollowKey::Taper(id) => self.taper(id).map(|(taper, file)| (file, taper.drug.clone())),
        }
    }
}

/// The items of the day: urine tests like other results, clocks that are due, checks that were made.
pub fn items(records: &DayRecords) -> Vec<Item> {
    let mut items: Vec<Item> =
        records.follow.urine.iter().filter_map(|(test, file)| of_urine(records, test, file)).collect();
    items.extend(records.follow.referrals.iter().filter_map(|(referral, file)| of_referral(records, referral, file)));
    let waits = records.follow.to_refer.iter().filter(|(_, waits, _)| *waits == Waits::Still);
    items.extend(waits.map(|(planned, _, file)| of_planned(records, planned, file)));
    items.extend(records.follow.tapers.iter().filter_map(|(taper, file)| of_taper(records, taper, file)));
    let is_urine = |item: &&Item| matches!(item.key, ItemKey::Follow(FollowKey::Urine(_)));
    let under_way: BTreeSet<_> =
        items.iter().filter(is_urine).filter(|item| !item.done).filter_map(Item::patient_id).collect();
    for (clock, file) in &records.follow.clocks {
        // Whoever has a urine test under way in the list above is not asked for another.
        if clock.kind != CheckKind::Urine || !under_way.contains(&file.patient.id) {
            items.push(of_clock(records, clock, file));
        }
    }
    items.extend(records.follow.supplies.iter().map(|(out, file)| of_supply(records, out, file)));
    for (check, file) in &records.follow.checks {
        let key = ItemKey::Follow(FollowKey::Clock(file.patient.id, check.kind));
        if !items.iter().any(|item| item.key == key) {
            let mut item =
                of_file(records, key, file, check.on, format!("{} {}", check.kind.label(), check.outcome.label()));
            item.done = true;
            item.mark = Mark::Done;
            items.push(item);
        }
    }
    items
}

fn of_urine(records: &DayRecords, test: &UrineTest, file: &PatientFile) -> Option<Item> {
    let settled = test.step() == Step::Settled;
    let from = test.open_from();
    if !settled && from.is_none_or(|from| from > records.date) {
        return None;
    }
    let date = from.unwrap_or(records.date);
    let mut item = of_file(records, ItemKey::Follow(FollowKey::Urine(test.id)), file, date, test.line());
    let has_result = test.resulted.is_some() && test.step() != Step::Confirming;
    item.rank = if has_result { Rank::Result } else { Rank::Task };
    item.done = settled;
    item.due = test.due.filter(|_| !has_result);
    item.mark = open_mark(settled, date, records.date);
    item.visit = test.visit;
    Some(item)
}

/// A referral from the day its next step is overdue, like a test that was asked for; its answer like a result.
fn of_referral(records: &DayRecords, referral: &Referral, file: &PatientFile) -> Option<Item> {
    use crate::clinical::referral::Step;
    let done = referral.step() == Step::ActedOn;
    let from = referral.open_from();
    if !done && from.is_none_or(|from| from > records.date) {
        return None;
    }
    let date = from.unwrap_or(records.date);
    let key = ItemKey::Follow(FollowKey::Referral(referral.id));
    let mut item = of_file(records, key, file, date, referral.line());
    let is_read = referral.step() == Step::Read;
    item.rank = if is_read { Rank::Result } else { Rank::Task };
    item.done = done;
    item.due = item.due.or(referral.due.filter(|_| !is_read));
    item.mark = open_mark(done, date, records.date);
    item.visit = referral.visit;
    Some(item)
}

/// A referral that is planned, until its letter is written. By when the plan wants it is the day it is due.
fn of_planned(records: &DayRecords, planned: &PlannedReferral, file: &PatientFile) -> Item {
    let text = format!("{} · {}", planned.what, planned.says());
    let mut item = of_file(records, ItemKey::Follow(planned.key()), file, planned.on, text);
    item.rank = Rank::Task;
    item.due = item.due.or(planned.due);
    item.mark = open_mark(false, planned.late_from(), records.date);
    item.visit = planned.visit;
    item
}

/// The call that belongs to a step of a taper, from the day of the step; done on the day it was made.
fn of_taper(records: &DayRecords, taper: &TaperPlan, file: &PatientFile) -> Option<Item> {
    let key = ItemKey::Follow(FollowKey::Taper(taper.id));
    let due = taper.open_from().filter(|from| *from <= records.date);
    if let Some(from) = due.filter(|_| taper.is_asked_again(records.date)) {
        // What the list says is read anew: once it follows, nothing is asked.
        let (medicine, _) = taper.list_left(file.facts.medications.items())?;
        let mut item =
            of_file(records, key, file, from, format!("{} · the list still says {}", taper.drug, medicine.line));
        item.rank = Rank::Task;
        item.due = item.due.or(Some(from));
        item.mark = Mark::WantsYou;
        return Some(item);
    }
    match due {
        Some(from) => {
            let mut item = of_file(records, key, file, from, taper.line());
            item.rank = Rank::Task;
            item.due = item.due.or(Some(from));
            item.mark = open_mark(false, from, records.date);
            Some(item)
        }
        None if taper.called_at.is_some() && taper.ended.is_none() => {
            let mut item = of_file(records, key, file, records.date, format!("{} · called", taper.drug));
            item.done = true;
            item.mark = Mark::Done;
            Some(item)
        }
        None => None,
    }
}

fn of_supply(records: &DayRecords, out: &RunningOut, file: &PatientFile) -> Item {
    let key = ItemKey::Follow(FollowKey::Supply(file.patient.id, out.medicine.id));
    let mut item = of_file(records, key, file, out.on, out.line());
    item.rank = Rank::Task;
    item.due = Some(out.on);
    item.mark = if out.on <= records.date { Mark::WantsYou } else { Mark::ToCome };
    item
}

fn of_clock(records: &DayRecords, clock: &Clock, file: &PatientFile) -> Item {
    let date = clock.due.unwrap_or(records.date);
    let key = ItemKey::Follow(FollowKey::Clock(file.patient.id, clock.kind));
    let mut item = of_file(records, key, file, date, clock.line());
    item.due = item.due.or(clock.due);
    if clock.due.is_none_or(|due| due < records.date) {
        item.mark = Mark::WantsYou;
    }
    item
}

/// Why a clock or a test stands there.
pub fn why(records: &DayRecords, key: FollowKey) -> Option<String> {
    match key {
        FollowKey::Clock(patient, kind) => {
            let (clock, _) = records.follow.clock(patient, kind)?;
            Some(figure::clock(clock).page())
        }
        FollowKey::Supply(_, medicine) => {
            let (out, _) = records.follow.supply(medicine)?;
            let account = figure::supply(&out.medicine).map(|account| account.page());
            Some(format!("{}.\n\n{}", out.line(), account.unwrap_or_default()))
        }
        FollowKey::Urine(id) => {
            let (test, _) = records.follow.urine(id)?;
            Some(match test.step() {
                Step::Settled => "The result was read as expected, or acted on.".to_owned(),
                Step::Ordered | Step::Collected | Step::Confirming => {
                    "The sample, the result or its confirmation was expected by now and is not there. Only a read result \
                     moves the clock."
                        .to_owned()
                }
                Step::Resulted => "A result is there, unread. Only a read result moves the clock.".to_owned(),
                Step::Read | Step::Confirmed => format!(
                    "{}. It stands here until it was confirmed otherwise, or something was done about it.",
                    test.findings.iter().map(super::super::monitoring::urine::Finding::line).collect::<Vec<_>>().join("; ")
                ),
                Step::LetGo => return None,
            })
        }
        FollowKey::Referral(id) => {
            let (referral, _) = records.follow.referral(id)?;
            Some(figure::referral(referral).page())
        }
        FollowKey::ToRefer(_, id) => {
            let (planned, _) = records.follow.planned(id)?;
            let by = planned.due.map_or_else(String::new, |due| format!(", by {}", show_date(due)));
            Some(format!(
                "The plan of {} means to refer to {}{by}, and no letter was written yet. It stands here until one is, the \
                 plan drops it, or it is closed with a reason.",
                show_date(planned.on),
                planned.what
            ))
        }
        FollowKey::Taper(id) => {
            let (taper, _) = records.follow.taper(id)?;
            Some(format!("A call belongs to each step of a taper.\n\n{}", figure::taper(taper)?.page()))
        }
    }
}
