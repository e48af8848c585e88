//! A visit: new, walk-in, edited, or made out of a block. Who, when, what for.

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::Subject;
use super::patient::described;
use crate::action::Write;
use crate::action::write::VisitChange;
use crate::clinical::coded::Coded;
use crate::clinical::draft::{DraftKey, VISIT_FORM};
use crate::clinical::id::PatientId;
use crate::clinical::intake::{VisitDraft, split_name};
use crate::clinical::patient::{Patient, PatientFile, list_name};
use crate::clinical::text::clean_line;
use crate::clinical::time::{show_day, show_time};
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState, Way};
use crate::form::build::{coded, date, line, num, pick, time};
use crate::form::{DateSpec, Field, FormDef, Level, NumSpec, Slot, Source};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Choice, Choose, Modal};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;
use crate::ui::widget::bar::Item;

type V = VisitDraft;

const MINUTES: NumSpec = NumSpec { min: 1.0, max: 1440.0, warn: (5.0, 240.0), unit: "min", decimals: 0 };

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<V> {
    FormDef::new(VISIT_FORM, 1)
        .section("Visit", fields())
        .section("New patient", new_patient())
        .rule("patient", Level::Error, |v| {
            (v.kind != Some(VisitKind::Block) && v.patient.is_blank()).then(|| "whose visit is it?".to_owned())
        })
        .rule("kind", Level::Error, |v| v.kind.is_none().then(|| "choose what it is for".to_owned()))
        .rule("start", Level::Error, |v| {
            (v.start.is_none() && v.date.is_some())
                .then(|| "a visit on a date needs a time; a walk-in has neither".to_owned())
        })
}

fn fields() -> Vec<Field<V>> {
    vec![
        coded("patient", "patient", Source::Patient, |v: &mut V, _| Slot::Coded(&mut v.patient))
            .help("name, number or birth date; a name nobody has makes a new patient")
            .beside(new_name),
        time("start", "time", |v: &mut V, _| Slot::Time(&mut v.start)).blank("a walk-in, here now"),
        date("date", "day", DateSpec::Any, |v: &mut V, _| Slot::Date(&mut v.date)).blank("the day on the board"),
        pick("kind", "for", |v: &mut V, _| Slot::Pick(&mut v.kind)),
        line("reason", "reason", |v: &mut V, _| Slot::Text(&mut v.reason)),
        num("minutes", "length", &MINUTES, |v: &mut V, _| Slot::Exact(&mut v.minutes)).blank("the usual length"),
        pick("way", "how", |v: &mut V, _| Slot::Pick(&mut v.way)).blank("in person"),
        line("place", "place", |v: &mut V, _| Slot::Text(&mut v.place)),
    ]
}

/// Who the new patient would be: which of the words is read as the family name.
fn new_name(draft: &V) -> String {
    if draft.kind == Some(VisitKind::Block) || !is_new_patient(draft) {
        return String::new();
    }
    let (family, given) = split_name(&draft.patient.text);
    format!("new: {}", list_name(&family, &given))
}

fn is_new_patient(draft: &V) -> bool {
    !draft.patient.is_blank() && draft.patient.code.is_none()
}

fn new_patient() -> Vec<Field<V>> {
    vec![
        date("birth_date", "birth date", DateSpec::Birth, |v: &mut V, _| Slot::Date(&mut v.birth_date))
            .show(is_new_patient),
        pick("sex", "sex", |v: &mut V, _| Slot::Pick(&mut v.sex)).show(is_new_patient),
        line("number", "record number", |v: &mut V, _| Slot::Text(&mut v.number)).show(is_new_patient),
        pick("somebody_else", "nobody who is known", |v: &mut V, _| Slot::Pick(&mut v.somebody_else)).show(|_| false),
    ]
}

/// What the form is for.
#[derive(Debug)]
pub enum Purpose {
    /// A new visit on a day of the board, at a time where one was chosen.
    New {
        /// The day on the board.
        date: NaiveDate,
        /// The time, where one was chosen.
        start: Option<NaiveTime>,
        /// The visit that did not take place and is booked again.
        instead_of: Option<Box<Visit>>,
    },
    /// A visit's own data.
    Edit(Box<Visit>),
    /// A block to be made a visit.
    FromBlock(Box<Visit>),
}

/// A visit's form.
#[derive(Debug)]
pub struct VisitSubject {
    /// What it is for.
    pub purpose: Purpose,
    /// The patient, where known.
    pub file: Option<PatientFile>,
}

impl VisitSubject {
    fn known(&self) -> Coded {
        let Some(file) = &self.file else { return Coded::default() };
        coded_patient(&file.patient)
    }

    fn known_id(&self) -> Option<PatientId> {
        self.file.as_ref().map(|file| file.patient.id)
    }

    /// How a visit is kept: booked, and with it the missed one it stands for; or changed.
    fn write(&self, visit: Visit, new_patient: Option<Patient>) -> Write {
        let (before, mut change) = match &self.purpose {
            Purpose::New { instead_of, .. } => {
                let same = |missed: &&Visit| missed.aftermath == Aftermath::Open && missed.patient == visit.patient;
                let missed = instead_of.as_deref().filter(same).cloned();
                let follows = missed.map(|missed| Visit { aftermath: Aftermath::Rebooked, ..missed });
                let follows = follows.map(|visit| Write::ChangeVisit { visit, change: VisitChange::Followed });
                return Write::BookVisit { visit, new_patient }.with(follows.into_iter().collect());
            }
            Purpose::Edit(before) => (before, VisitChange::Edited),
            Purpose::FromBlock(block) => (block, VisitChange::FromBlock),
        };
        if change == VisitChange::Edited && visit.patient_confirmed && !before.patient_confirmed {
            change = VisitChange::PatientConfirmed;
        }
        let write = Write::ChangeVisit { visit, change };
        match new_patient {
            // Who is made for a visit goes again with it.
            Some(patient) => {
                let name = write.act();
                Write::Together(name, vec![Write::PutPatient { patient, facts: None, is_new: true }, write])
            }
            None => write,
        }
    }

    fn visit(&self, draft: &V, patient: Option<PatientId>, env: &mut Env<'_>) -> Visit {
        let kind = draft.kind.unwrap_or(VisitKind::FollowUp);
        let (mut visit, day) = match &self.purpose {
            Purpose::New { date, .. } => {
                let id = env.ids.next(env.now.instant);
                (Visit::booked(id, patient, *date, env.now.time(), kind), *date)
            }
            Purpose::Edit(visit) | Purpose::FromBlock(visit) => ((**visit).clone(), visit.date),
        };
        visit.patient = patient;
        visit.kind = kind;
        visit.date = draft.date.unwrap_or(day);
        let changed_patient = self.file.as_ref().map(|file| file.patient.id) != patient;
        if changed_patient || matches!(self.purpose, Purpose::New { .. } | Purpose::FromBlock(_)) {
            visit.patient_confirmed = true;
        }
        visit.minutes = draft.minutes.unwrap_or(env.preferences.usual_minutes.of(kind));
        visit.reason = Some(clean_line(&draft.reason)).filter(|reason| !reason.is_empty());
        visit.way = draft.way.unwrap_or(Way::InPerson);
        visit.place = Some(clean_line(&draft.place)).filter(|place| !place.is_empty());
        if kind == VisitKind::Block && patient.is_none() {
            visit.title = visit.reason.clone().or(visit.title);
        }
        match draft.start {
            Some(start) => visit.start = Some(start),
            None if matches!(self.purpose, Purpose::New { .. }) => {
                // A walk-in: here, now.
                let time = env.now.time();
                visit.start = NaiveTime::from_hms_opt(time.hour(), time.minute(), 0);
                visit.date = env.now.today();
                if kind != VisitKind::Block {
                    visit = visit.with_state(VisitState::Here, env.now.instant);
                }
            }
            None => {}
        }
        visit
    }
}

/// A patient as a coded field holds them.
pub fn coded_patient(patient: &Patient) -> Coded {
    Coded { text: patient.list_name(), code: Some(patient.id.to_string()) }
}

/// A new patient out of what was typed beside a visit.
pub fn new_patient_of(draft: &V, env: &mut Env<'_>) -> Patient {
    let (family, given) = split_name(&draft.patient.text);
    Patient {
        number: Some(clean_line(&draft.number)).filter(|number| !number.is_empty()),
        birth_date: draft.birth_date,
        sex: draft.sex,
        ..Patient::named(env.ids.next(env.now.instant), family, given)
    }
}

impl Subject for VisitSubject {
    type Draft = V;

    fn definition(&self) -> FormDef<V> {
        definition()
    }

    fn start(&self) -> V {
        let mut draft = V { patient: self.known(), ..V::default() };
        match &self.purpose {
            Purpose::New { start, instead_of, .. } => {
                draft.start = *start;
                if let Some(missed) = instead_of {
                    draft.kind = Some(missed.kind);
                    draft.reason = missed.reason.clone().unwrap_or_default();
                }
            }
            Purpose::Edit(visit) | Purpose::FromBlock(visit) => {
                draft.start = visit.start;
                draft.date = Some(visit.date);
                draft.kind = (!matches!(self.purpose, Purpose::FromBlock(_))).then_some(visit.kind);
                draft.reason = visit.reason.clone().or_else(|| visit.title.clone()).unwrap_or_default();
                draft.minutes = Some(visit.minutes);
                draft.way = Some(visit.way);
                draft.place = visit.place.clone().unwrap_or_default();
            }
        }
        draft
    }

    fn place(&self) -> Place {
        match &self.purpose {
            Purpose::New { date, start, instead_of } => Place::NewVisit {
                date: *date,
                start: *start,
                patient: self.known_id(),
                instead_of: instead_of.as_ref().map(|missed| missed.id),
            },
            Purpose::Edit(visit) => Place::Visit(visit.id),
            Purpose::FromBlock(visit) => Place::FromBlock(visit.id),
        }
    }

    fn draft_key(&self) -> DraftKey {
        match &self.purpose {
            // A draft begun for somebody else is not what is asked for here.
            Purpose::New { .. } => {
                let subject = self.known_id().map_or_else(|| "new".to_owned(), |patient| format!("new {patient}"));
                DraftKey::of(VISIT_FORM, subject)
            }
            Purpose::Edit(visit) | Purpose::FromBlock(visit) => DraftKey::of(VISIT_FORM, visit.id),
        }
    }

    /// The patient whose visit it is already; that of a new one may still be another.
    fn file(&self) -> Option<&PatientFile> {
        self.file.as_ref().filter(|_| !matches!(self.purpose, Purpose::New { .. }))
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        self.file.as_mut()
    }

    fn begins_at(&self) -> Option<&'static str> {
        // Who it is for is known: what is typed first is when.
        (self.file.is_some() && matches!(self.purpose, Purpose::New { .. })).then_some("start")
    }

    fn leads_on(&self) -> Option<&'static str> {
        None
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        let title = match &self.purpose {
            Purpose::New { .. } => "New visit",
            Purpose::Edit(_) => "Visit",
            Purpose::FromBlock(_) => "Make the block a visit",
        };
        Words::new().bold(Role::Focus, title)
    }

    fn told(&self, view: &View<'_>) -> Vec<Item<'static>> {
        let day = match &self.purpose {
            Purpose::New { date, .. } if *date == view.now.today() => return Vec::new(),
            Purpose::New { date, .. } => format!("for {}", show_day(*date)),
            Purpose::Edit(visit) | Purpose::FromBlock(visit) => {
                format!("{} {}", show_day(visit.date), visit.start.map(show_time).unwrap_or_default())
            }
        };
        vec![Item::new(1, Words::of(Role::Second, day.trim_end().to_owned()))]
    }

    fn finish(&self, draft: &V, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let known = draft.patient.code.as_deref().and_then(|code| code.parse::<PatientId>().ok());
        let new = (known.is_none() && !draft.patient.is_blank()).then(|| new_patient_of(draft, env));
        let patient = known.or(new.as_ref().map(|patient| patient.id));
        let visit = self.visit(draft, patient, env);
        let likely: Vec<_> = new
            .iter()
            .flat_map(|new| {
                env.patients.likely_same(&new.family, &new.given, new.birth_date, new.number.as_deref(), None)
            })
            .collect();
        if let (Some(new), Some(taken)) = (&new, likely.iter().find(|name| name.number.is_some()))
            && new.number.is_some()
            && taken.number == new.number
        {
            return Err(("number", format!("this number belongs to {}", taken.list_name())));
        }
        let about = new.as_ref().map(Patient::list_name).unwrap_or_default();
        let effects = vec![Effect::complete(self.write(visit.clone(), new), self.draft_key()), Effect::Back];
        if likely.is_empty() {
            return Ok(effects);
        }
        let keys = if likely.len() == 1 { "y" } else { "12345" };
        let mut options: Vec<Choose> = keys
            .chars()
            .zip(&likely)
            .map(|(key, name)| {
                let write = self.write(Visit { patient: Some(name.id), ..visit.clone() }, None);
                let booked = vec![Effect::complete(write, self.draft_key()), Effect::Back];
                Choose::new(key, format!("it is {}", described(name)), booked)
            })
            .collect();
        let more = likely.len().saturating_sub(options.len());
        let lines = (more > 0).then(|| format!("{} are known; these come first", likely.len())).into_iter().collect();
        options.push(Choose::new('s', "somebody else: make a new patient", effects));
        Ok(vec![Effect::show(Modal::Choice(Choice {
            title: "Already known?".to_owned(),
            about,
            lines,
            options,
            enter: false,
        }))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }

    #[test]
    fn a_name_that_nobody_has_says_which_of_its_words_is_the_family_name() {
        let coded = |text: &str, code: Option<&str>| Coded { text: text.to_owned(), code: code.map(str::to_owned) };
        for (patient, kind, said) in [
            (coded("Linh Nguyen", None), None, "new: NGUYEN Linh"),
            (coded("NGUYEN Linh", None), Some(VisitKind::New), "new: NGUYEN Linh"),
            (coded("nguyen, linh", None), None, "new: NGUYEN linh"),
            (coded("NGUYEN Linh", Some("a patient")), None, ""),
            (coded("Team meeting", None), Some(VisitKind::Block), ""),
            (coded("", None), None, ""),
        ] {
            let draft = V { patient, kind, ..V::default() };
            assert_eq!(new_name(&draft), said, "{}", draft.patient.text);
        }
    }
}
