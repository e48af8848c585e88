//! The patient: who it is, what must be known before anything is done, and how sure we are of it.
//!
//! *Unknown*, *none (asked on a date)* and *listed (reviewed on a date)* are three things everywhere: see [`Known`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{AllergyId, AntithromboticId, GoalId, MedicationId, PatientId};
use super::instrument::OpenScreen;
use super::opioid_context::OpioidFacts;
use super::problem::Problem;
use super::sig::{self, Sig};
use super::supply::Supply;
use super::text;
use super::time::show_age_short;
use super::vital::Weight;

crate::vocab! {
    /// Sex as it matters to care.
    pub enum Sex {
        /// Female.
        Female "female" "female",
        /// Male.
        Male "male" "male",
        /// Another.
        Other "other" "other",
    }

    /// Whether the patient can decide for themselves.
    pub enum Capacity {
        /// Can decide.
        Has "has" "decides alone",
        /// Decides with support.
        Supported "supported" "decides with support",
        /// Somebody else decides.
        Lacks "lacks" "somebody else decides",
    }

    /// A yes or no that was asked; unknown is `None` around it.
    pub enum YesNo {
        /// Yes.
        Yes "yes" "yes",
        /// No.
        No "no" "no",
    }

    /// Pregnancy as last asked; unknown is `None` around it.
    pub enum Pregnancy {
        /// Not pregnant.
        No "no" "not pregnant",
        /// Pregnant.
        Yes "yes" "pregnant",
        /// Possible: test before anything that could harm.
        Possible "possible" "possibly pregnant",
        /// Does not apply.
        NotApplicable "not_applicable" "does not apply",
    }

    /// Kidney function as last reviewed; unknown is `None` around it.
    pub enum Kidney {
        /// Normal.
        Normal "normal" "normal",
        /// Impaired.
        Impaired "impaired" "impaired",
        /// On dialysis.
        Dialysis "dialysis" "dialysis",
    }

    /// The lists of a patient that are unknown, none or listed.
    pub enum ListKind {
        /// Allergies.
        Allergies "allergy" "allergies",
        /// Antithrombotic medicines.
        Antithrombotics "antithrombotic" "antithrombotics",
        /// All other medicines.
        Medications "medication" "medicines",
    }
}

/// What is known of a list: nobody asked, none (asked on a date), or listed (reviewed on a date).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known<T> {
    /// Nobody has asked: shown as `?`.
    #[default]
    Unknown,
    /// Asked, and there is none.
    NoneOn(NaiveDate),
    /// These, reviewed on the date; without one they were only mentioned, never reviewed.
    Listed(Vec<T>, Option<NaiveDate>),
}

impl<T> Known<T> {
    /// The entries; empty when unknown or none.
    pub fn items(&self) -> &[T] {
        match self {
            Self::Listed(items, _) => items,
            Self::Unknown | Self::NoneOn(_) => &[],
        }
    }
    /// Whether nobody has asked.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

/// A patient as the record holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Identity.
    pub id: PatientId,
    /// Record number of the practice or clinic system, unique where there is one.
    pub number: Option<String>,
    /// Family name.
    pub family: String,
    /// Given names.
    pub given: String,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// Telephone number, as dialled.
    pub phone: Option<String>,
    /// Language spoken, where it is not the practice's own.
    pub language: Option<String>,
    /// Whether an interpreter is needed.
    pub interpreter: Option<YesNo>,
    /// Whether the patient decides alone.
    pub capacity: Option<Capacity>,
    /// Who decides, where the patient does not alone.
    pub decides: Option<String>,
    /// Pregnancy and when it was asked.
    pub pregnancy: Option<(Pregnancy, NaiveDate)>,
    /// Kidney function and when it was reviewed.
    pub kidney: Option<(Kidney, NaiveDate)>,
    /// Anything the day must know ("hard of hearing", "comes with daughter").
    pub note: Option<String>,
}

impl Patient {
    /// A patient of whom nothing but the name is known.
    pub fn named(id: PatientId, family: impl Into<String>, given: impl Into<String>) -> Self {
        Self {
            id,
            number: None,
            family: family.into(),
            given: given.into(),
            birth_date: None,
            sex: None,
            phone: None,
            language: None,
            interpreter: None,
            capacity: None,
            decides: None,
            pregnancy: None,
            kidney: None,
            note: None,
        }
    }

    /// Family name in capitals, then given names: how lists name a patient.
    pub fn list_name(&self) -> String {
        list_name(&self.family, &self.given)
    }

    /// Age and sex in short: `54F`, `54` or `?`; below two years `15m F`.
    pub fn age_sex(&self, on: NaiveDate) -> String {
        let age = self.birth_date.map_or_else(|| "?".to_owned(), |birth| show_age_short(birth, on));
        let is_small = age.ends_with(['m', 'd']);
        let sex = match self.sex {
            Some(Sex::Female) => "F",
            Some(Sex::Male) => "M",
            Some(Sex::Other) => "X",
            None => "",
        };
        // A unit and a letter for the sex would read as one word.
        let gap = if is_small && !sex.is_empty() { " " } else { "" };
        format!("{age}{gap}{sex}")
    }
}

/// Family name in capitals, then given names.
pub fn list_name(family: &str, given: &str) -> String {
    text::clean_line(&format!("{} {given}", family.to_uppercase()))
}

/// An allergy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergy {
    /// Identity.
    pub id: AllergyId,
    /// To what.
    pub substance: String,
    /// What happened.
    pub reaction: Option<String>,
}

/// An antithrombotic medicine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Antithrombotic {
    /// Identity.
    pub id: AntithromboticId,
    /// Name as said or read.
    pub drug: String,
    /// Dose and how often, as said or read.
    pub dose: Option<String>,
}

/// A medicine: a line as it was typed, whose structure is read from it ([`Medication::sig`]), and what the line does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medication {
    /// Identity.
    pub id: MedicationId,
    /// Name, strength, dose and how often, as typed.
    pub line: String,
    /// Since when.
    pub started: Option<NaiveDate>,
    /// Its last day, where it is given for a time only.
    #[serde(default)]
    pub last_day: Option<NaiveDate>,
    /// What it is for.
    #[serde(default)]
    pub reason: Option<String>,
    /// The class that was said of its name once, where no table knows the name. Kept for the practice, read with the list.
    #[serde(default)]
    pub class: Option<String>,
    /// What was prescribed last.
    #[serde(default)]
    pub supply: Option<Supply>,
}

impl Medication {
    /// A medicine of which only its line is known.
    pub fn new(id: MedicationId, line: impl Into<String>, started: Option<NaiveDate>) -> Self {
        Self { id, line: line.into(), started, last_day: None, reason: None, class: None, supply: None }
    }

    /// How it is given, read from its line.
    pub fn sig(&self) -> Sig {
        sig::read(&self.line)
    }
}

/// What the band on top of every chart shows, and every safety rule starts from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Allergies.
    pub allergies: Known<Allergy>,
    /// Antithrombotic medicines.
    pub antithrombotics: Known<Antithrombotic>,
    /// All other medicines.
    pub medications: Known<Medication>,
    /// The goal in the patient's words.
    pub goals: Vec<Goal>,
    /// What opioids are given for, and what is known of the risks. Written on its own, never with these lists.
    pub opioid: OpioidFacts,
    /// The newest weight; read from the vital signs, never written with these lists.
    pub weight: Option<Weight>,
    /// Positive screens on which nothing was written; read from the instruments, never written with these lists.
    pub screens: Vec<OpenScreen>,
}

/// A goal in the patient's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Identity.
    pub id: GoalId,
    /// What the patient wants to do again.
    pub text: String,
    /// Since when.
    pub since: NaiveDate,
}

/// A patient with everything the band needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientFile {
    /// Who.
    pub patient: Patient,
    /// What must be known.
    pub facts: Facts,
    /// The problems that still are some, in their order.
    pub problems: Vec<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_have_their_age_with_its_unit_before_the_sex() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut patient = Patient::named(PatientId::from(uuid::Uuid::nil()), "Toddler", "Tansy");
        for (birth, sex, shown) in [
            (Some("1972-11-24"), Some(Sex::Female), "54F"),
            (Some("2024-11-24"), Some(Sex::Male), "2M"),
            (Some("2025-08-24"), Some(Sex::Female), "15m F"),
            (Some("2025-08-24"), None, "15m"),
            (Some("2026-11-10"), Some(Sex::Male), "14d M"),
            (None, Some(Sex::Male), "?M"),
        ] {
            patient.birth_date = birth.map(day);
            patient.sex = sex;
            assert_eq!(patient.age_sex(day("2026-11-24")), shown);
        }
    }

    #[test]
    fn unknown_is_neither_none_nor_an_empty_list() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        assert_ne!(Known::<Allergy>::Unknown, Known::NoneOn(day));
        assert!(Known::<Allergy>::Unknown.is_unknown());
        assert!(!Known::<Allergy>::NoneOn(day).is_unknown());
        assert_eq!(list_name("Okafor", "Adaeze"), "OKAFOR Adaeze");
        assert_eq!(list_name("Ng", ""), "NG");
    }
}
