//! What texts are completed from: patients of the record, and the tables of facts that ship with the program.

use crate::clinical::code_set::CodeSets;
use crate::clinical::find::PatientIndex;
use crate::clinical::patient::PatientFile;
use crate::clinical::practice::Region;
use crate::clinical::problem::Problem;
use crate::clinical::suggest::{self, Suggestion, suggestions};
use crate::clinical::text::fold;
use crate::clinical::time::show_date;
use crate::form::{Hit, Lookup, Source, Wanted};
use crate::ui::env::Env;

/// Completions.
#[derive(Debug, Clone, Copy)]
pub struct Suggestions<'a> {
    /// Every patient by name, number and birth date.
    pub patients: &'a PatientIndex,
    /// Where conditions are found, and the region whose codes are shown.
    pub conditions: (&'a CodeSets, Region),
    /// The patient the form is about: their problems and medicines.
    pub file: Option<&'a PatientFile>,
}

impl<'a> Suggestions<'a> {
    /// What a form about this patient completes from.
    pub const fn of<'e: 'a>(env: &Env<'e>, file: Option<&'a PatientFile>) -> Self {
        Self { patients: env.patients, conditions: (env.code_sets, env.practice.region), file }
    }
}

impl Lookup for Suggestions<'_> {
    fn find(&self, wanted: &Wanted, query: &str, most: usize) -> Vec<Hit> {
        let found = |list: &'static suggest::List| list.find(query, most).into_iter().map(hit).collect();
        let begun = |list: &'static suggest::List| list.find_begun(query, most).into_iter().map(hit).collect();
        match wanted.source {
            Source::Patient => self.patients(query, most),
            Source::Owner => words(query, most, &["me", "nurse", "desk"]),
            Source::Place => words(query, most, &["clinic", "surgery centre", "ward"]),
            Source::Medicine => found(&suggestions().medicines),
            Source::Antithrombotic => found(&suggestions().antithrombotics),
            Source::Procedure => found(&suggestions().procedures),
            Source::Allergen => found(&suggestions().allergens),
            // Prose: a guess would stand in the way of what is being written.
            Source::Condition => begun(&suggestions().conditions),
            Source::Hurts => begun(&suggestions().places),
            Source::Target => suggest::levels(&wanted.about, query, most).iter().map(hit).collect(),
            Source::PlanPiece => suggest::plan_piece(&wanted.about, query, most).iter().map(hit).collect(),
            Source::Diagnosis => {
                let (sets, region) = self.conditions;
                sets.find(region, query, most).into_iter().map(hit).collect()
            }
            Source::Problem => {
                let problems = self.file.map(|file| file.problems.as_slice()).unwrap_or_default();
                let query = fold(query);
                let holds =
                    |problem: &&Problem| fold(&format!("{} {}", problem.name(), problem.place)).contains(&query);
                let hit = |problem: &Problem| Hit {
                    hint: problem.place.clone(),
                    ..Hit::new(problem.name(), problem.id.to_string())
                };
                problems.iter().filter(holds).take(most).map(hit).collect()
            }
        }
    }
}

impl Suggestions<'_> {
    fn patients(self, query: &str, most: usize) -> Vec<Hit> {
        let named = |name: &crate::clinical::find::PatientName| {
            let mut hit = Hit::new(name.list_name(), name.id.to_string());
            let birth = name.birth_date.map_or_else(|| "birth date ?".to_owned(), show_date);
            let number = name.number.as_ref().map(|number| format!(" · {number}")).unwrap_or_default();
            hit.hint = format!("{birth}{number}");
            hit
        };
        self.patients.find(query, most).into_iter().map(named).collect()
    }
}

fn hit(found: &Suggestion) -> Hit {
    let mut hit = Hit::new(&found.text, &found.code);
    hit.hint.clone_from(&found.hint);
    hit
}

fn words(query: &str, most: usize, all: &[&str]) -> Vec<Hit> {
    let query = query.trim().to_lowercase();
    all.iter().filter(|word| word.starts_with(&query)).take(most).map(|word| Hit::new(*word, *word)).collect()
}
