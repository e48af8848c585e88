//! The plan of an import: each event read meets the record.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDateTime;

use super::change::{Changed, Incoming};
use super::kind;
use super::outcome::{Action, Gone, ImportPlan, LinePatient, PlanLine, is_begun};
use super::partner::Partners;
use super::pattern::TitlePattern;
use super::who::{Directory, MatchedBy};
use crate::clinical::find::PatientName;
use crate::clinical::id::{Ids, PatientId, VisitSourceId};
use crate::clinical::schedule::{LeftOut, Read, Said, SourceEvent, SourceKey, Window};
use crate::clinical::text::{clean_line, cut, fold};
use crate::clinical::time::{Instant, show_date};
use crate::clinical::usual::UsualMinutes;
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitSource, VisitState};

/// A visit of the record that came from a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownVisit {
    /// The visit.
    pub visit: Visit,
    /// Identity of its source.
    pub source_id: VisitSourceId,
    /// Where it came from, and the values last imported.
    pub source: VisitSource,
    /// Whether anything was asked, begun or made in it, also where the visit itself does not show it.
    pub holds_record: bool,
}

impl KnownVisit {
    /// Whether it has begun or holds a record: then no import moves or cancels it.
    fn is_begun(&self) -> bool {
        self.holds_record || is_begun(&self.visit)
    }
}

/// What the record knows.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// All patients.
    pub patients: &'a [PatientName],
    /// The visits that came from any of the calendars read. Others do no harm.
    pub visits: &'a [KnownVisit],
    /// Visits of patients in the days looked at that came from no schedule, not called off.
    pub by_hand: &'a [Visit],
}

/// How an import decides.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The days looked at.
    pub window: Window,
    /// Which of its ends somebody named.
    pub said: Said,
    /// Patterns of titles that name a patient.
    pub patterns: Vec<TitlePattern>,
    /// Kinds by the words of this practice; they count before the words that are known.
    pub kinds: BTreeMap<String, VisitKind>,
    /// The usual length of each kind.
    pub usual_minutes: UsualMinutes,
}

/// No visit is longer than ten days.
const MOST_MINUTES: i64 = 14_400;

/// Compares what was read with the record.
pub fn plan(reads: &[Read], record: Record<'_>, rules: &Rules, ids: &mut Ids, at: Instant) -> ImportPlan {
    let mut planner = Planner {
        rules,
        ids,
        at,
        directory: Directory::of(record.patients),
        names: record.patients.iter().map(|patient| (patient.id, patient)).collect(),
        by_hand: record.by_hand.iter().filter_map(|visit| Some((slot(visit)?, visit))).collect(),
        plan: ImportPlan::default(),
    };
    let files: Vec<&str> = reads.iter().map(|read| read.file.as_str()).collect();
    planner.plan.from = files.join(", ");
    let partners = Partners::of(reads, record.visits, rules.window);
    let mut taken: HashMap<&SourceKey, (&str, u32)> = HashMap::new();
    for read in reads {
        planner.plan.notes.extend(read.notes.iter().map(|note| format!("{}: {note}", read.file)));
        let first = planner.plan.lines.len();
        let inside = read.events.iter().map(|event| (event, true));
        for (event, is_inside) in inside.chain(read.outside.iter().map(|event| (event, false))) {
            let known = partners.known(event);
            if let Some((file, line)) = taken.get(&event.key) {
                if is_inside {
                    let reason = format!("the same event stands in {file}:{line}");
                    planner.push_left(&read.file, event, Action::Skip, reason);
                }
                continue;
            }
            taken.insert(&event.key, (&read.file, event.line));
            match known {
                // One that was moved out of the window is followed there; what never was inside is left alone.
                Some(known) if is_inside || rules.window.holds(known.source.start.date()) => {
                    planner.again(&read.file, event, known, is_inside);
                }
                None if is_inside => planner.first_time(&read.file, event),
                _ => {}
            }
        }
        for (left, action) in
            read.refused.iter().map(|l| (l, Action::Refuse)).chain(read.passed_over.iter().map(|l| (l, Action::Skip)))
        {
            planner.plan.lines.push(left_out(&read.file, left, action));
        }
        planner.plan.lines[first..].sort_by_key(|line| line.source.1);
    }
    planner.gone(reads, record.visits, &partners);
    if planner.plan.lines.is_empty() {
        planner.plan.notes.extend(all_outside(reads));
    }
    planner.plan
}

/// Where a schedule lies that holds nothing in the days looked at.
fn all_outside(reads: &[Read]) -> Option<String> {
    let days = || reads.iter().flat_map(|read| &read.outside).map(|event| event.start.date());
    let (first, last) = (days().min()?, days().max()?);
    let count = match days().count() {
        1 => "1 appointment lies".to_owned(),
        n => format!("{n} appointments lie"),
    };
    let days = if first == last {
        format!("on {}", show_date(first))
    } else {
        format!("from {} to {}", show_date(first), show_date(last))
    };
    Some(format!("{count} outside the days looked at: {days}"))
}

fn left_out(file: &str, left: &LeftOut, action: Action) -> PlanLine {
    PlanLine {
        action,
        start: None,
        end: None,
        as_written: None,
        all_day: false,
        title: left.title.clone(),
        kind: None,
        cancelled: false,
        patient: None,
        source: (file.to_owned(), Some(left.line)),
        reason: Some(left.reason.clone()),
        visit: None,
    }
}

/// An import on its way to a plan.
pub(super) struct Planner<'a> {
    pub(super) rules: &'a Rules,
    pub(super) ids: &'a mut Ids,
    pub(super) at: Instant,
    pub(super) directory: Directory,
    pub(super) names: HashMap<PatientId, &'a PatientName>,
    /// Visits that came from no schedule, by whom and when.
    by_hand: HashMap<Slot, &'a Visit>,
    pub(super) plan: ImportPlan,
}

/// Whose visit begins when: nobody has two.
type Slot = (PatientId, NaiveDateTime);

fn slot(visit: &Visit) -> Option<Slot> {
    Some((visit.patient?, visit.date.and_time(visit.start?)))
}

impl<'a> Planner<'a> {
    fn first_time(&mut self, file: &str, event: &SourceEvent) {
        let whom = match self.whom(event) {
            Ok(whom) => whom,
            Err(reason) => return self.push_left(file, event, Action::Refuse, reason),
        };
        let (patient, line_patient) = self.settle(event, &whom);
        let source = self.source(file, event, patient.is_some());
        if let Some(visit) = self.booked_by_hand(event, patient, line_patient.as_ref()) {
            return self.adopt(event, visit, source, line_patient);
        }
        let is_reason = event.patient.is_some();
        let visit = Visit {
            id: self.ids.next(self.at),
            patient,
            patient_confirmed: line_patient.as_ref().is_none_or(|patient| patient.matched != MatchedBy::NameOnly),
            date: event.start.date(),
            start: (!event.all_day).then(|| event.start.time()),
            minutes: source.minutes.unwrap_or_else(|| self.rules.usual_minutes.of(source.kind)),
            kind: source.kind,
            way: kind::way(&words(event)),
            place: event.place.as_deref().map(short).filter(|place| !place.is_empty()),
            reason: source.title.clone().filter(|_| is_reason),
            title: source.title.clone().filter(|_| !is_reason),
            state: if event.cancelled { VisitState::Cancelled } else { VisitState::Booked },
            here_at: None,
            in_room_at: None,
            left_at: None,
            aftermath: Aftermath::NotNeeded,
            end_reason: event.cancelled.then(|| "cancelled in the schedule".to_owned()),
            recorded_at: None,
            copied_at: None,
            copy_not_needed: false,
        };
        let mut line = line_of(file, event, Action::Create);
        line.kind = Some(visit.kind);
        line.patient = line_patient;
        line.visit = Some(visit.id);
        line.reason = join([whom.note, event.note.clone()]);
        let source_id = self.ids.next(self.at);
        self.plan.sources.push((source_id, visit.id, source));
        self.plan.made.push(visit);
        self.plan.lines.push(line);
    }

    /// The visit that was booked by hand for this patient and moment. By a name alone nobody is known well enough for that.
    fn booked_by_hand(
        &mut self,
        event: &SourceEvent,
        patient: Option<PatientId>,
        named: Option<&LinePatient>,
    ) -> Option<&'a Visit> {
        let by_name_only = named.is_none_or(|named| named.matched == MatchedBy::NameOnly);
        if event.all_day || event.cancelled || by_name_only {
            return None;
        }
        self.by_hand.remove(&(patient?, event.start))
    }

    /// A visit that was booked by hand before its schedule came is the same visit: it stays as it is, and follows what the
    /// schedule changes from now on.
    fn adopt(&mut self, event: &SourceEvent, visit: &Visit, source: VisitSource, patient: Option<LinePatient>) {
        let mut line = line_of(&source.file, event, Action::Unchanged);
        line.kind = Some(visit.kind);
        line.patient = patient;
        line.visit = Some(visit.id);
        let known = "it was booked by hand, and follows the schedule from now on".to_owned();
        line.reason = join([Some(known), event.note.clone()]);
        self.plan.sources.push((self.ids.next(self.at), visit.id, source));
        self.plan.lines.push(line);
    }

    fn again(&mut self, file: &str, event: &SourceEvent, known: &KnownVisit, is_inside: bool) {
        let mut changed = Changed::of(&known.visit, &known.source, known.is_begun());
        let is_renamed = names_another(event, &known.source);
        let matched =
            if is_renamed { self.follow_patient(event, &mut changed) } else { self.match_of(event, &known.visit) };
        // A block whose title still names nobody stays one in the eyes of the source, whatever the physician made of it.
        let was_patients = known.source.kind != VisitKind::Block || (known.source.all_day && event.patient.is_some());
        let is_patients = if is_renamed { changed.visit.patient.is_some() } else { was_patients };
        let mut source = self.source(&known.source.file, event, is_patients);
        // A title by which the patient was named is part of what is disputed.
        if !changed.left.is_empty() && known.source.who.is_none() {
            source.title.clone_from(&known.source.title);
        }
        let is_reason = event.patient.is_some();
        changed.follow(&Incoming { source, is_reason, usual_minutes: self.rules.usual_minutes }, self.at);
        let Changed { visit, source, changes, left, .. } = changed;
        let action = match (visit != known.visit, left.is_empty()) {
            (true, _) => Action::Update,
            (false, false) => Action::Skip,
            (false, true) => Action::Unchanged,
        };
        if is_inside || action != Action::Unchanged {
            let mut line = line_of(file, event, action);
            line.kind = Some(visit.kind);
            line.patient = self.line_patient_of(&visit, matched);
            line.visit = Some(visit.id);
            let beyond = (!is_inside).then(|| "now outside the window".to_owned());
            line.reason = join(changes.into_iter().chain(left).chain(beyond).map(Some).chain([event.note.clone()]));
            self.plan.lines.push(line);
        }
        if source != known.source {
            self.plan.sources.push((known.source_id, visit.id, source));
        }
        if visit != known.visit {
            self.plan.changed.push(visit);
        }
    }

    fn source(&self, file: &str, event: &SourceEvent, has_patient: bool) -> VisitSource {
        let minutes = event.end.map(|end| (end - event.start).num_minutes().clamp(0, MOST_MINUTES));
        VisitSource {
            key: event.key.clone(),
            file: file.to_owned(),
            start: event.start,
            all_day: event.all_day,
            // No length at all is none that was said.
            minutes: minutes.filter(|minutes| *minutes > 0).and_then(|minutes| u16::try_from(minutes).ok()),
            title: title_of(event),
            kind: self.kind(event, has_patient),
            cancelled: event.cancelled,
            who: event.patient.clone(),
        }
    }

    fn kind(&self, event: &SourceEvent, has_patient: bool) -> VisitKind {
        if event.all_day || !has_patient {
            return VisitKind::Block;
        }
        let words = words(event);
        let folded = format!(" {} ", fold(&words));
        let own = self.rules.kinds.iter().filter(|(name, _)| folded.contains(&format!(" {} ", fold(name))));
        let own = own.max_by_key(|(name, _)| name.len()).map(|(_, kind)| *kind);
        own.or_else(|| kind::kind(&words)).unwrap_or(VisitKind::FollowUp)
    }

    fn push_left(&mut self, file: &str, event: &SourceEvent, action: Action, reason: String) {
        let mut line = line_of(file, event, action);
        line.reason = join([Some(reason), event.note.clone()]);
        self.plan.lines.push(line);
    }

    /// Visits that are not in the schedule any more: of a calendar that a file speaks for, inside the window, on a day that
    /// the file covers. A file of a nameless calendar speaks only for what came with it or with a file it continues.
    fn gone(&mut self, reads: &[Read], known: &[KnownVisit], partners: &Partners<'_>) {
        let events = || reads.iter().flat_map(|read| read.events.iter().chain(&read.outside));
        let present: HashSet<&SourceKey> = events().map(|event| &event.key).collect();
        let renamed = partners.renamed_from();
        let spoken: Vec<(&Read, HashSet<&str>)> = reads.iter().map(|read| (read, partners.continued(read))).collect();
        for known in known {
            let key = &known.source.key;
            let day = known.source.start.date();
            let speaks = |(read, files): &(&Read, HashSet<&str>)| {
                read.calendars.contains(&key.calendar)
                    && read.reach.holds(day, self.rules.said)
                    && (!read.nameless.contains(&key.calendar) || files.contains(known.source.file.as_str()))
            };
            let Some((read, _)) = spoken.iter().find(|spoken| speaks(spoken)) else { continue };
            let unreadable =
                reads.iter().flat_map(|read| &read.refused).any(|left| left.uid.as_ref() == Some(&key.uid));
            let is_off = known.source.cancelled || known.visit.state == VisitState::Cancelled;
            let is_in = self.rules.window.holds(day);
            if present.contains(key) || renamed.contains(key) || unreadable || is_off || !is_in {
                continue;
            }
            let begun = known.is_begun();
            let line = PlanLine {
                action: Action::Skip,
                start: Some(known.visit.starts()),
                end: Some(known.visit.ends()),
                as_written: None,
                all_day: known.visit.start.is_none(),
                title: known.source.title.clone(),
                kind: Some(known.visit.kind),
                cancelled: false,
                patient: self.line_patient_of(&known.visit, None),
                source: (read.file.clone(), None),
                reason: Some(if begun {
                    "gone from the schedule, but the visit has begun: it stays".to_owned()
                } else {
                    "gone from the schedule".to_owned()
                }),
                visit: Some(known.visit.id),
            };
            self.plan.gone.push(Gone::of(line, &known.visit, (known.source_id, &known.source), begun));
        }
        self.plan.gone.sort_by_key(|gone| gone.line.start);
    }
}

/// Whether an event names its patient in other words than when it was last imported.
fn names_another(event: &SourceEvent, last: &VisitSource) -> bool {
    event.patient != last.who || (event.patient.is_none() && title_of(event) != last.title)
}

fn line_of(file: &str, event: &SourceEvent, action: Action) -> PlanLine {
    PlanLine {
        action,
        start: Some(event.start),
        end: event.end,
        as_written: Some(event.as_written.clone()),
        all_day: event.all_day,
        title: event.title.clone(),
        kind: None,
        cancelled: event.cancelled,
        patient: None,
        source: (file.to_owned(), Some(event.line)),
        reason: None,
        visit: None,
    }
}

/// The title as the record keeps it: one line, not without end.
pub(super) fn title_of(event: &SourceEvent) -> Option<String> {
    event.title.as_deref().map(short).filter(|title| !title.is_empty())
}

pub(super) fn short(text: &str) -> String {
    cut(&clean_line(text), 200)
}

fn words(event: &SourceEvent) -> String {
    // A type and a reason are two things: "Follow Up" beside "ESI" is no follow-up of one.
    format!("{}; {}", event.kind_words.as_deref().unwrap_or_default(), event.title.as_deref().unwrap_or_default())
}

fn join(reasons: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let reasons: Vec<String> = reasons.into_iter().flatten().collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}
