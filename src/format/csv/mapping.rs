//! A mapping: what the columns and titles of one source mean, said once and saved as TOML.
//!
//! ```toml
//! name = "Front desk"                     # names the source; two systems with the same ids need two mappings
//! date_order = "mdy"                      # where the file itself does not settle it
//! patterns = ["Pain visit: {given} {family}"]
//!
//! headers = ["Appt Date", "Appt Time", "Last", "First", "MRN"]   # a table with these, in any order, is read by it
//!
//! [columns]                               # by name, or by number where the table has no header
//! start = ["Appt Date", "Appt Time"]
//! family = "Last"
//! given = "First"
//! number = 7
//!
//! [kinds]                                 # words of this practice, whole or as part of a type, reason or title
//! "ESI" = "procedure"
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::role::Role;
use crate::clinical::import::pattern::TitlePattern;
use crate::clinical::practice::DateOrder;
use crate::clinical::visit::VisitKind;

/// What one source means by its columns and titles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source: the calendar that its visits remember, unless `calendar` says another.
    pub name: String,
    /// The calendar that its visits remember. A mapping that was made of a table which was imported before keeps that
    /// table's, so that its visits are known again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// The names of the columns of its table: one with exactly these is read by this mapping without being asked to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
    /// The names of calendars that are read by this mapping without being asked to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<String>,
    /// Encoding, where it cannot be told from the bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What stands between cells, where it cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Order of dates, where nothing in the file settles it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// Whether times with an offset beside them are moved to the practice's zone. As they stand otherwise.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub move_by_offset: bool,
    /// Patterns of titles that name a patient.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<String>,
    /// Columns by what they hold.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<Role, Columns>,
    /// Kinds by the words of this practice.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<String, VisitKind>,
}

/// One column or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Columns {
    /// One.
    One(Column),
    /// Several, the first that is filled counts; a date and a time are put together.
    Many(Vec<Column>),
}

/// A column by its name or its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Column {
    /// By number; the first is 1.
    Number(usize),
    /// By name.
    Name(String),
}

impl Columns {
    /// The columns as a list.
    pub fn list(&self) -> &[Column] {
        match self {
            Self::One(column) => std::slice::from_ref(column),
            Self::Many(columns) => columns,
        }
    }
}

impl Mapping {
    /// Reads a saved mapping.
    ///
    /// # Errors
    /// In words, with line and column where the text itself is wrong.
    pub fn read(text: &str) -> Result<Self, String> {
        let mapping: Self = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        mapping.patterns()?;
        Ok(mapping)
    }

    /// The mapping as it is saved.
    pub fn write(&self) -> String {
        // Every part of it is a table, a text or a number: nothing in it cannot be written.
        toml::to_string(self).unwrap_or_default()
    }

    /// The calendar that its visits remember, if it gives them one.
    pub fn calendar(&self) -> Option<&str> {
        self.calendar.as_deref().or(Some(self.name.as_str())).filter(|name| !name.is_empty())
    }

    /// The patterns of titles, ready to be tried.
    ///
    /// # Errors
    /// In words, if one of them cannot work.
    pub fn patterns(&self) -> Result<Vec<TitlePattern>, String> {
        self.patterns.iter().map(|text| TitlePattern::read(text)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_survives_being_saved() {
        let text = "name = \"Front desk\"\ndate_order = \"mdy\"\npatterns = [\"Pain visit: {given} {family}\"]\n\n[columns]\nstart = [\"Appt Date\", \"Appt Time\"]\nfamily = \"Last\"\nnumber = 7\n\n[kinds]\nESI = \"procedure\"\n";
        let mapping = Mapping::read(text).unwrap();
        assert_eq!(mapping.columns[&Role::Number], Columns::One(Column::Number(7)));
        assert_eq!(mapping.kinds["ESI"], VisitKind::Procedure);
        assert_eq!(mapping.date_order, Some(DateOrder::Mdy));
        assert_eq!(Mapping::read(&mapping.write()), Ok(mapping));
    }

    #[test]
    fn a_wrong_mapping_says_what_is_wrong() {
        for (text, words) in [
            ("nmae = \"x\"", "nmae"),
            ("[columns]\nstrat = \"x\"", "strat"),
            ("patterns = [\"{given}\"]", "no patient"),
            ("[kinds]\nESI = \"magic\"", "magic"),
        ] {
            assert!(Mapping::read(text).unwrap_err().contains(words), "{text}");
        }
    }
}
