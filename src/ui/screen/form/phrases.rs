//! Dot-phrases in the forms: the physician's and the shipped ones, with what the chart and the form know put in.

use crate::clinical::patient::{Known, PatientFile};
use crate::clinical::phrase::PhraseBook;
use crate::clinical::time::{Now, age_in_years, show_date, show_time};
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;
use crate::form::Phrases;

/// The phrases with the values of one moment.
#[derive(Debug)]
pub struct Unfolding<'a> {
    /// The phrases.
    pub book: &'a PhraseBook,
    /// What is known, by name.
    pub values: Vec<(&'static str, String)>,
}

impl Phrases for Unfolding<'_> {
    fn text(&self, word: &str) -> Option<String> {
        self.book.text(word).map(str::to_owned)
    }
    fn value(&self, name: &str) -> Option<String> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }
    fn beginning(&self, with: &str, most: usize) -> Vec<(String, String)> {
        let found = self.book.beginning(with).into_iter().take(most);
        found.map(|one| (one.word.to_owned(), one.title.to_owned())).collect()
    }
}

/// What is known of the moment, the patient and the visit. What is not known is left out: it becomes a blank.
pub fn values(file: Option<&PatientFile>, visit: Option<&Visit>, now: Now) -> Vec<(&'static str, String)> {
    let mut out = vec![("today", show_date(now.today())), ("time", show_time(now.time()))];
    if let Some(file) = file {
        let patient = &file.patient;
        out.extend(patient.birth_date.map(|birth| ("age", age_in_years(birth, now.today()).to_string())));
        out.extend(patient.sex.map(|sex| ("sex", sex.label().to_owned())));
        out.push(("name", format!("{} {}", patient.given, patient.family).trim().to_owned()));
        out.extend(patient.language.clone().map(|language| ("language", language)));
        let facts = &file.facts;
        out.extend(listed(&facts.allergies, |one| one.substance.clone()).map(|text| ("allergies", text)));
        out.extend(listed(&facts.antithrombotics, |one| one.drug.clone()).map(|text| ("antithrombotics", text)));
        out.extend(listed(&facts.medications, |one| one.line.clone()).map(|text| ("medicines", text)));
        out.extend(facts.goals.first().map(|goal| ("goal", goal.text.clone())));
    }
    out.extend(visit.and_then(|visit| visit.reason.clone()).map(|reason| ("reason", reason)));
    out.retain(|(_, text)| !text.trim().is_empty());
    out
}

/// A list in words; none where nobody asked.
fn listed<T>(known: &Known<T>, words: impl Fn(&T) -> String) -> Option<String> {
    match known {
        Known::Unknown => None,
        Known::NoneOn(_) => Some("none".to_owned()),
        Known::Listed(items, _) => Some(items.iter().map(words).collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screen::testing::World;

    #[test]
    fn what_the_chart_knows_takes_its_place_and_what_it_does_not_stays_a_blank() {
        let mut world = World::at("2026-11-24T10:14");
        let mut file = world.patient("Okafor Adaeze 1972-03-02 F");
        file.facts.allergies = Known::NoneOn(world.now.today());
        let values = values(Some(&file), None, world.now);
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!(value("age"), Some("54"));
        assert_eq!(value("name"), Some("Adaeze Okafor"));
        assert_eq!(value("allergies"), Some("none"), "asked, and none");
        assert_eq!(value("antithrombotics"), None, "nobody asked");
        assert_eq!(value("today"), Some("24 Nov 2026"));
        assert_eq!(value("reason"), None);
    }
}
