//! Lists brought in from another record system: each line read into a row, and what of them is kept.
//!
//! Nothing enters unseen: a row waits until it is accepted or dropped; one that could not be read stays as text. How lines
//! are read is in `format::bring_in`; here is what rows are and what accepting them makes of a patient's lists.

mod sheet;
#[cfg(test)]
mod sheet_tests;
mod take_in;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use sheet::{Rest, Sheet};
pub use take_in::{BroughtIn, Kept, already, take_in};

use super::elsewhere::side_words;
use super::facts::conditions::{Condition, conditions};
use super::medicine;
use super::patient::ListKind;
use super::procedure::Side;
use super::since::Since;
use super::text::fold;
use super::vocab::Vocab;

crate::vocab! {
    /// What a row is.
    pub enum Kind {
        /// A pain problem.
        Problem "problem" "problem",
        /// A diagnosis that is no pain problem.
        Diagnosis "diagnosis" "diagnosis",
        /// An allergy.
        Allergy "allergy" "allergy",
        /// A medicine.
        Medicine "medicine" "medicine",
        /// A procedure that was done elsewhere.
        Procedure "procedure" "procedure",
        /// A line that stays as it was written.
        Text "text" "text",
    }

    /// What was decided about a row.
    pub enum Fate {
        /// Nothing yet.
        Waiting "waiting" "?",
        /// It is taken in.
        Accepted "accepted" "taken",
        /// It is not.
        Dropped "dropped" "dropped",
    }
}

/// A medicine as it was written, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BroughtMedicine {
    /// Its name.
    pub name: String,
    /// Strength, with the form where it was written: `300 mg capsule`.
    pub strength: String,
    /// How much at a time: `2 capsules`.
    pub dose: String,
    /// How it is given.
    pub route: String,
    /// How often.
    pub frequency: String,
    /// Since when.
    pub since: Option<Since>,
    /// What else was written.
    pub rest: String,
}

impl BroughtMedicine {
    /// Everything behind the name: `300 mg capsule, 2 capsules by mouth three times daily`.
    pub fn how(&self) -> String {
        let given: Vec<&str> =
            [self.dose.as_str(), &self.route, &self.frequency].into_iter().filter(|part| !part.is_empty()).collect();
        let mut parts = vec![self.strength.clone(), given.join(" "), self.rest.clone()];
        parts.extend(self.since.map(|since| format!("since {}", since.show())));
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }

    /// In one line.
    pub fn show(&self) -> String {
        let how = self.how();
        if how.is_empty() { self.name.clone() } else { format!("{} {how}", self.name) }
    }

    /// Whether it acts on clotting: it then belongs to the antithrombotics.
    pub fn is_antithrombotic(&self) -> bool {
        let acts = |class: &String| {
            matches!(class.as_str(), "anticoagulant_oral" | "anticoagulant_parenteral" | "antiplatelet")
        };
        medicine::meant_by(&self.name).iter().any(|name| name.classes.iter().any(acts))
    }
}

/// A problem as it was written, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BroughtProblem {
    /// In words.
    pub text: String,
    /// The code that stood beside it.
    pub code: Option<String>,
    /// Side, of a pain problem.
    pub side: Option<Side>,
    /// Since when.
    pub since: Option<Since>,
}

impl BroughtProblem {
    /// In one line; it reads back to the same.
    pub fn show(&self) -> String {
        let side = self.side.map(|side| format!(" {}", side_words(side))).unwrap_or_default();
        let code = self.code.as_ref().map(|code| format!(" [{code}]")).unwrap_or_default();
        let since = self.since.map(|since| format!(", since {}", since.show())).unwrap_or_default();
        format!("{}{side}{code}{since}", self.text)
    }

    /// The condition of our own table that it means, by its code or by its whole name.
    pub fn condition(&self) -> Option<&'static Condition> {
        let coded = |condition: &&Condition| {
            self.code.as_ref().is_some_and(|code| condition.icd10.iter().any(|known| known.code == *code))
        };
        let all = &conditions().condition;
        let named = |condition: &&Condition| fold(&condition.name) == fold(&self.text);
        all.iter().find(coded).or_else(|| all.iter().find(named))
    }
}

/// A procedure as it was written, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BroughtProcedure {
    /// What was done.
    pub what: String,
    /// Level or place.
    pub level: String,
    /// Side.
    pub side: Option<Side>,
    /// When.
    pub on: Option<Since>,
    /// By whom or where.
    pub by: String,
    /// The steroid that was given.
    pub steroid: String,
}

/// What was read of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// A pain problem.
    Problem(BroughtProblem),
    /// Another diagnosis.
    Diagnosis(BroughtProblem),
    /// An allergy: to what, and what happened.
    Allergy(String, Option<String>),
    /// A medicine.
    Medicine(BroughtMedicine),
    /// A procedure elsewhere.
    Procedure(BroughtProcedure),
    /// The list is said to be empty.
    Nothing(ListKind),
    /// The line as it stands.
    Text(String),
}

impl Read {
    /// What kind of row it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Problem(_) => Kind::Problem,
            Self::Diagnosis(_) => Kind::Diagnosis,
            Self::Allergy(..) | Self::Nothing(ListKind::Allergies) => Kind::Allergy,
            Self::Medicine(_) | Self::Nothing(ListKind::Antithrombotics | ListKind::Medications) => Kind::Medicine,
            Self::Procedure(_) => Kind::Procedure,
            Self::Text(_) => Kind::Text,
        }
    }

    /// As it is shown, mended and kept: it reads back to the same.
    pub fn show(&self) -> String {
        match self {
            Self::Problem(problem) | Self::Diagnosis(problem) => problem.show(),
            Self::Allergy(substance, None) => substance.clone(),
            Self::Allergy(substance, Some(reaction)) => format!("{substance} ({reaction})"),
            Self::Medicine(medicine) => medicine.show(),
            Self::Procedure(procedure) => procedure.show(),
            Self::Nothing(_) => "none".to_owned(),
            Self::Text(text) => text.clone(),
        }
    }

    /// Where it goes when it is taken.
    pub fn goes(&self) -> String {
        match self {
            Self::Problem(_) => "goes to the problems".to_owned(),
            Self::Diagnosis(_) => "goes to the diagnoses of the chart".to_owned(),
            Self::Allergy(..) => "goes to the allergies".to_owned(),
            Self::Medicine(medicine) if medicine.is_antithrombotic() => "goes to the antithrombotics".to_owned(),
            Self::Medicine(_) => "goes to the medicines".to_owned(),
            Self::Procedure(_) => "goes to the procedures done elsewhere".to_owned(),
            Self::Nothing(list) => format!("says: asked today, no {}", list.label()),
            Self::Text(_) => "stays as text in the chart".to_owned(),
        }
    }

    /// Whether it is a medicine that was not recognised, and so is not checked.
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Medicine(medicine) if medicine::shown(&medicine.name).is_empty())
    }

    /// What is worth knowing beside it: what a medicine was taken for.
    pub fn told(&self) -> String {
        match self {
            Self::Medicine(medicine) => {
                let shown = medicine::shown(&medicine.name);
                let own = format!("{}, ", medicine.name.to_lowercase());
                match shown.strip_prefix(&own) {
                    Some(class) => class.to_owned(),
                    None if shown.is_empty() => "not recognised, not checked".to_owned(),
                    None => shown,
                }
            }
            Self::Nothing(list) => format!("asked elsewhere: no {}", list.label()),
            Self::Problem(problem) => problem.condition().map(|condition| condition.name.clone()).unwrap_or_default(),
            Self::Diagnosis(_) | Self::Allergy(..) | Self::Procedure(_) | Self::Text(_) => String::new(),
        }
    }
}

impl BroughtProcedure {
    /// In one line; it reads back to the same.
    pub fn show(&self) -> String {
        let mut first = vec![self.what.as_str(), self.level.as_str(), self.side.map_or("", side_words)];
        first.retain(|part| !part.is_empty());
        let mut parts = vec![first.join(" ")];
        parts.extend(self.on.map(Since::show));
        parts.extend((!self.steroid.is_empty()).then(|| self.steroid.clone()));
        parts.extend((!self.by.is_empty()).then(|| format!("by {}", self.by)));
        parts.join(", ")
    }
}

/// A row: a line with what was read of it, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The line as it was pasted; of a row that was mended, what was typed.
    pub line: String,
    /// What was read of it.
    pub read: Read,
    /// What was decided.
    pub fate: Fate,
    /// What the record holds already, where the row is from there.
    #[serde(default)]
    pub kept: Option<Kept>,
}

impl Row {
    /// A row that waits.
    pub fn waiting(line: impl Into<String>, read: Read) -> Self {
        Self { line: line.into(), read, fate: Fate::Waiting, kept: None }
    }
}
