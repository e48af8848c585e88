//! The patient of an event: found, made, or followed when the source names another.

use super::cancelled::without_cancelled;
use super::change::Changed;
use super::outcome::LinePatient;
use super::plan::{Planner, short, title_of};
use super::who::{Found, MatchedBy, Person, name_parts};
use crate::clinical::id::PatientId;
use crate::clinical::patient::Patient;
use crate::clinical::schedule::{SourceEvent, SourcePatient};
use crate::clinical::visit::{Visit, VisitKind, VisitSource};

/// Whom an event is for.
pub(super) struct Whom {
    pub(super) person: Option<(Person, MatchedBy)>,
    /// Who is to be made, if it is nobody known.
    pub(super) new: Option<SourcePatient>,
    pub(super) note: Option<String>,
}

impl Planner<'_> {
    /// How the event would find the patient that the visit has.
    pub(super) fn match_of(&self, event: &SourceEvent, visit: &Visit) -> Option<MatchedBy> {
        let (person, matched) = self.whom(event).ok()?.person?;
        (Some(person) == visit.patient.map(Person::Known)).then_some(matched)
    }

    /// The patient of a visit follows when the source names another one.
    pub(super) fn follow_patient(&mut self, event: &SourceEvent, changed: &mut Changed) -> Option<MatchedBy> {
        let whom = match self.whom(event) {
            Ok(whom) => whom,
            Err(reason) => {
                changed.left.push(format!("the patient stays: {reason}"));
                return None;
            }
        };
        let now = whom.person.map(|(person, _)| person);
        let before = self.named_before(&changed.source);
        let here = changed.visit.patient.map(Person::Known);
        if whom.new.is_none() && (now == here || now == before) {
            changed.source.who.clone_from(&event.patient);
            return whom.person.filter(|_| now == here).map(|(_, matched)| matched);
        }
        if changed.begun {
            changed.left.push("the visit has begun: its patient stays, though the schedule names another".to_owned());
            return None;
        }
        if here.is_some() && here != before {
            changed.left.push("you chose its patient, the schedule now names another".to_owned());
            return None;
        }
        let (patient, line_patient) = self.settle(event, &whom);
        let matched = line_patient.map(|patient| patient.matched);
        changed.visit.patient = patient;
        changed.visit.patient_confirmed = matched != Some(MatchedBy::NameOnly);
        changed.source.who.clone_from(&event.patient);
        if patient.is_some() {
            changed.changes.push("now another patient".to_owned());
        } else {
            changed.changes.push("now nobody's".to_owned());
            changed.visit.kind = VisitKind::Block;
            changed.source.kind = VisitKind::Block;
        }
        matched
    }

    /// Whom the source named when it was last imported, as far as that can still be told.
    fn named_before(&self, source: &VisitSource) -> Option<Person> {
        let by_pattern = |title: &String| self.by_pattern(title);
        let found = match (&source.who, &source.title) {
            (Some(who), _) => self.directory.find(who),
            (None, Some(title)) => match by_pattern(title) {
                Some(who) => self.directory.find(&who),
                None => self.directory.find_in_title(title),
            },
            (None, None) => Found::Nobody,
        };
        match found {
            Found::One(person, _, _) => Some(person),
            Found::Nobody | Found::Unclear(_) => None,
        }
    }

    /// Whom a title names by a pattern, also where a word before it calls the visit off.
    fn by_pattern(&self, title: &str) -> Option<SourcePatient> {
        let title = without_cancelled(title).unwrap_or(title);
        self.rules.patterns.iter().find_map(|pattern| pattern.patient(title))
    }

    /// Whom an event names.
    ///
    /// # Errors
    /// In words, where a row could mean more than one.
    pub(super) fn whom(&self, event: &SourceEvent) -> Result<Whom, String> {
        let title = title_of(event);
        let named = event.patient.clone().filter(|who| !who.is_empty());
        let by_pattern = || title.as_deref().and_then(|title| self.by_pattern(title));
        let Some(who) = named.or_else(|| if event.patient.is_none() { by_pattern() } else { None }) else {
            let found = title.as_deref().map_or(Found::Nobody, |title| self.directory.find_in_title(title));
            return Ok(match found {
                Found::One(person, matched, note) => Whom { person: Some((person, matched)), new: None, note },
                Found::Nobody => Whom { person: None, new: None, note: None },
                Found::Unclear(why) => Whom { person: None, new: None, note: Some(format!("{why}: taken as a block")) },
            });
        };
        match self.directory.find(&who) {
            Found::One(person, matched, note) => Ok(Whom { person: Some((person, matched)), new: None, note }),
            Found::Nobody => Ok(Whom { person: None, new: Some(who), note: None }),
            Found::Unclear(why) => Err(why),
        }
    }

    /// The patient's identity, made if new, and how the line names them.
    pub(super) fn settle(&mut self, event: &SourceEvent, whom: &Whom) -> (Option<PatientId>, Option<LinePatient>) {
        match (&whom.person, &whom.new) {
            (Some((person, matched)), _) => {
                let id = self.id_of(*person);
                let named = event.patient.clone().unwrap_or_default();
                (Some(id), Some(self.line_patient(id, &named, *matched)))
            }
            (None, Some(who)) => {
                let id = self.make(who);
                (Some(id), Some(self.line_patient(id, who, MatchedBy::New)))
            }
            (None, None) => (None, None),
        }
    }

    fn id_of(&self, person: Person) -> PatientId {
        match person {
            Person::Known(id) => id,
            Person::New(at) => self.plan.patients[at].id,
        }
    }

    fn make(&mut self, who: &SourcePatient) -> PatientId {
        let (family, given) = name_parts(who);
        let patient = Patient {
            number: who.number.clone(),
            birth_date: who.birth_date,
            sex: who.sex,
            ..Patient::named(self.ids.next(self.at), short(&family), short(&given))
        };
        let id = patient.id;
        let number = patient.number.as_deref();
        self.directory.add(Person::New(self.plan.patients.len()), (&family, &given), number, patient.birth_date);
        self.plan.patients.push(patient);
        id
    }

    /// The patient of a line as the source names them, completed from the record.
    fn line_patient(&self, id: PatientId, named: &SourcePatient, matched: MatchedBy) -> LinePatient {
        let made = self.plan.patients.iter().find(|patient| patient.id == id);
        let known = self.names.get(&id);
        let of_record = |text: Option<&String>| text.filter(|text| !text.is_empty()).cloned();
        let has_name = named.name.is_some() || named.family.is_some() || named.given.is_some() || known.is_some();
        let family = known.map(|k| &k.family).or(made.map(|m| &m.family)).filter(|_| has_name);
        let given = known.map(|k| &k.given).or(made.map(|m| &m.given)).filter(|_| has_name);
        LinePatient {
            family: named.family.clone().or_else(|| of_record(family)),
            given: named.given.clone().or_else(|| of_record(given)),
            birth_date: named.birth_date.or(known.and_then(|k| k.birth_date)).or(made.and_then(|m| m.birth_date)),
            number: named.number.clone().or_else(|| of_record(known.and_then(|k| k.number.as_ref()))),
            matched,
        }
    }

    pub(super) fn line_patient_of(&self, visit: &Visit, matched: Option<MatchedBy>) -> Option<LinePatient> {
        let id = visit.patient?;
        let by = if visit.patient_confirmed { MatchedBy::BirthDate } else { MatchedBy::NameOnly };
        let by_number = self.names.get(&id).is_some_and(|known| known.number.is_some()) && visit.patient_confirmed;
        let by = if by_number { MatchedBy::Number } else { by };
        Some(self.line_patient(id, &SourcePatient::default(), matched.unwrap_or(by)))
    }
}
