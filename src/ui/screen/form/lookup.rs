//! What coded fields are completed from: patients of the record, and the tables that ship with the program.

use crate::clinical::find::PatientIndex;
use crate::clinical::time::show_date;
use crate::form::{Hit, Lookup, Source};

/// Completions for coded fields.
#[derive(Debug, Clone, Copy)]
pub struct Suggestions<'a> {
    /// Every patient by name, number and birth date.
    pub patients: &'a PatientIndex,
}

impl Lookup for Suggestions<'_> {
    fn find(&self, source: Source, query: &str, most: usize) -> Vec<Hit> {
        match source {
            Source::Patient => self
                .patients
                .find(query, most)
                .into_iter()
                .map(|name| {
                    let mut hit = Hit::new(name.list_name(), name.id.to_string());
                    let birth = name.birth_date.map_or_else(|| "birth date ?".to_owned(), show_date);
                    let number = name.number.as_ref().map(|number| format!(" · {number}")).unwrap_or_default();
                    hit.hint = format!("{birth}{number}");
                    hit
                })
                .collect(),
            Source::Owner => words(query, most, &["me", "nurse", "desk"]),
            Source::Place => words(query, most, &["clinic", "surgery centre", "ward"]),
            Source::Medicine | Source::Condition | Source::Procedure | Source::Target | Source::Allergen => Vec::new(),
        }
    }
}

fn words(query: &str, most: usize, all: &[&str]) -> Vec<Hit> {
    let query = query.trim().to_lowercase();
    all.iter().filter(|word| word.starts_with(&query)).take(most).map(|word| Hit::new(*word, *word)).collect()
}
