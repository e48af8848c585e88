//! How a value came into the record: when, how, from whom, and whose initials stand beside it. Every score, every
//! instrument and every vital sign keeps one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::patient::{Capacity, Patient, YesNo};
use super::time::{Instant, age_in_years};
use super::visit::Way;
use super::vocab::Vocab;

crate::vocab! {
    /// How a value came about.
    pub enum How {
        /// The patient said it.
        Spoken "spoken" "spoken",
        /// On paper.
        Paper "paper" "paper",
        /// By phone.
        Phone "phone" "phone",
        /// Observed.
        Observed "observed" "observed",
        /// From another system.
        Imported "imported" "imported",
    }

    /// By whom it was reported.
    pub enum ReportedBy {
        /// The patient.
        Patient "patient" "the patient",
        /// Somebody who knows the patient.
        Proxy "proxy" "a proxy",
        /// The patient, through an interpreter.
        Interpreter "interpreter" "an interpreter",
    }
}

/// How the answers of a form are given, and by whom: one for all of them until it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// How.
    pub how: How,
    /// By whom.
    pub by: ReportedBy,
}

/// From which age on a child is taken to tell its own pain, in years.
pub const TELLS_FROM: u32 = 4;

/// Whether somebody is old enough to be asked for a number; where the birth date is unknown they are.
pub fn rates_pain(birth: Option<NaiveDate>, on: NaiveDate) -> bool {
    birth.is_none_or(|birth| age_in_years(birth, on) >= TELLS_FROM)
}

impl Given {
    /// What is usual for a visit of this kind with this patient: by phone in a phone visit, through the interpreter who is
    /// needed, from whoever decides where the patient cannot, from whoever is with a child that is too small to tell.
    ///
    /// Source: the youngest who tell their own pain on a scale that is held here are four (Hicks CL et al, The Faces Pain
    /// Scale - Revised, Pain, 2001); that below it somebody else is taken to tell is a rule of this product.
    pub fn usual(way: Way, patient: &Patient, on: NaiveDate) -> Self {
        let how = match way {
            Way::Phone => How::Phone,
            Way::InPerson | Way::Video => How::Spoken,
        };
        let by = if patient.capacity == Some(Capacity::Lacks) || !rates_pain(patient.birth_date, on) {
            ReportedBy::Proxy
        } else if patient.interpreter == Some(YesNo::Yes) {
            ReportedBy::Interpreter
        } else {
            ReportedBy::Patient
        };
        Self { how, by }
    }

    /// Seen by whoever stands under it, reported by nobody else.
    #[must_use]
    pub const fn observed(self) -> Self {
        Self { how: How::Observed, ..self }
    }

    /// As it is shown: `spoken, by the patient`; what is observed is reported by nobody.
    pub fn show(self) -> String {
        match self.how {
            How::Observed => How::Observed.label().to_owned(),
            how => format!("{}, by {}", how.label(), self.by.label()),
        }
    }

    /// With its moment and initials.
    pub fn at(self, at: Instant, initials: impl Into<String>) -> Provenance {
        Provenance { at, how: self.how, by: self.by, initials: initials.into() }
    }
}

/// How the answers of a form are given, as the form holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenDraft {
    /// How, and by whom.
    pub given: Given,
    /// Whether it was changed by hand: then it holds for every answer of the form, else only for those that are new.
    pub changed: bool,
}

impl Default for GivenDraft {
    fn default() -> Self {
        Self { given: Given { how: How::Spoken, by: ReportedBy::Patient }, changed: false }
    }
}

impl GivenDraft {
    /// As it is usual, nothing changed yet.
    pub const fn usual(given: Given) -> Self {
        Self { given, changed: false }
    }

    /// Changed by hand.
    pub const fn change(&mut self, given: Given) {
        (self.given, self.changed) = (given, true);
    }

    /// How an answer is kept: one that stood already keeps how it was given, unless that was changed for the whole form.
    pub fn keep(&self, stood: Option<&Provenance>, at: Instant, initials: &str) -> Provenance {
        match stood.filter(|stood| !self.changed || stood.given() == self.given) {
            Some(stood) => stood.clone(),
            None => self.given.at(at, initials),
        }
    }
}

/// When a value was given, how, by whom, and whose initials stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// When.
    pub at: Instant,
    /// How.
    pub how: How,
    /// By whom.
    pub by: ReportedBy,
    /// Of whoever took it down; empty where nobody said.
    pub initials: String,
}

impl Provenance {
    /// How and by whom.
    pub const fn given(&self) -> Given {
        Given { how: self.how, by: self.by }
    }

    /// As it is shown: `spoken, by the patient · AR`.
    pub fn show(&self) -> String {
        if self.initials.is_empty() {
            return self.given().show();
        }
        format!("{} · {}", self.given().show(), self.initials)
    }

    /// Whether another value came the same way from the same person; when, and who took it down, aside.
    pub fn same_way(&self, other: &Self) -> bool {
        self.given() == other.given()
    }
}

/// The initials of a name: the first letter of each of its names, titles left out, at most four.
pub fn initials_of(name: &str) -> String {
    const TITLES: [&str; 12] = ["dr", "prof", "med", "mr", "mrs", "ms", "mx", "md", "phd", "do", "dipl", "univ"];
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '(' | ')'));
    let names = words.filter(|word| !word.is_empty() && !TITLES.contains(&word.to_lowercase().as_str()));
    names
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_alphabetic())
        .take(4)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;

    fn patient(interpreter: Option<YesNo>, capacity: Option<Capacity>) -> Patient {
        Patient {
            interpreter,
            capacity,
            ..Patient::named(Ids::seeded(1).next(Instant::from_millis(0)), "Okafor", "Adaeze")
        }
    }

    #[test]
    fn the_usual_way_follows_from_the_visit_and_the_patient() {
        for (way, interpreter, capacity, shown) in [
            (Way::InPerson, None, None, "spoken, by the patient"),
            (Way::Phone, Some(YesNo::No), None, "phone, by the patient"),
            (Way::Video, Some(YesNo::Yes), Some(Capacity::Has), "spoken, by an interpreter"),
            (Way::InPerson, Some(YesNo::Yes), Some(Capacity::Lacks), "spoken, by a proxy"),
            (Way::InPerson, None, Some(Capacity::Supported), "spoken, by the patient"),
        ] {
            let on = "2026-11-24".parse().unwrap();
            assert_eq!(Given::usual(way, &patient(interpreter, capacity), on).show(), shown);
        }
        for (birth, shown) in [
            ("2025-08-24", "spoken, by a proxy"),
            ("2022-11-25", "spoken, by a proxy"),
            ("2022-11-24", "spoken, by the patient"),
        ] {
            let child = Patient { birth_date: birth.parse().ok(), ..patient(None, None) };
            assert_eq!(Given::usual(Way::InPerson, &child, "2026-11-24".parse().unwrap()).show(), shown, "{birth}");
        }
        let seen = Given { how: How::Spoken, by: ReportedBy::Proxy }.observed();
        assert_eq!(seen.show(), "observed");
    }

    #[test]
    fn initials_leave_titles_out() {
        for (name, initials) in [
            ("Dr A. Rivera", "AR"),
            ("Dr. med. Ines Kaltenbrunn", "IK"),
            ("Prof. Dr. Jean-Luc de la Tour", "JLDL"),
            ("ines vela", "IV"),
            ("", ""),
            ("Dr", ""),
        ] {
            assert_eq!(initials_of(name), initials, "{name}");
        }
    }

    #[test]
    fn initials_stand_behind_how_and_by_whom() {
        let at = Instant::from_millis(0);
        let given = Given { how: How::Paper, by: ReportedBy::Patient };
        assert_eq!(given.at(at, "AR").show(), "paper, by the patient · AR");
        assert_eq!(given.at(at, "").show(), "paper, by the patient");
    }
}
