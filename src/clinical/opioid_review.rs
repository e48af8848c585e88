//! The follow-up of an opioid: analgesia, activity, adverse effects, use other than agreed, affect. And side effects of any
//! medicine.
//!
//! The five questions are the usual domains of opioid follow-up; their source, not yet checked against the paper, is in
//! `opioids.toml` under `follow_up`. The answers are our own words.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::facts::medicine_names::medicine_names;
use super::id::SideEffectId;
use super::patient::Medication;
use super::vocab::Vocab;

crate::vocab! {
    /// Analgesia: how much the opioid helps.
    pub enum Analgesia {
        /// It helps.
        Helps "helps" "helps",
        /// It helps in part.
        Part "part" "in part",
        /// It does not help.
        Not "not" "does not help",
    }

    /// Activity or affect, against the last visit.
    pub enum Trend {
        /// Better.
        Better "better" "better",
        /// The same.
        Same "same" "same",
        /// Worse.
        Worse "worse" "worse",
    }

    /// Adverse effects.
    pub enum Adverse {
        /// None.
        None "none" "none",
        /// Tolerable.
        Tolerable "tolerable" "tolerable",
        /// Troublesome.
        Troublesome "troublesome" "troublesome",
    }

    /// Whether it is used as agreed.
    pub enum Use {
        /// As agreed.
        Agreed "agreed" "as agreed",
        /// Unclear.
        Unclear "unclear" "unclear",
        /// Other than agreed.
        Other "other" "other than agreed",
    }

    /// How much a side effect troubles.
    pub enum Severity {
        /// Mild.
        Mild "mild" "mild",
        /// Moderate.
        Moderate "moderate" "moderate",
        /// Severe.
        Severe "severe" "severe",
    }
}

/// The follow-up of an opioid in one visit; blank is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpioidReview {
    /// Analgesia.
    pub analgesia: Option<Analgesia>,
    /// Activity.
    pub activity: Option<Trend>,
    /// Adverse effects.
    pub adverse: Option<Adverse>,
    /// Use other than agreed.
    pub used: Option<Use>,
    /// Affect.
    pub affect: Option<Trend>,
    /// Anything about it, in words.
    pub note: String,
}

impl OpioidReview {
    /// Whether nothing was asked.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// In one sentence; what was not asked is named as such, for the five belong together.
    pub fn sentence(&self) -> String {
        fn one<V: Vocab>(name: &str, value: Option<V>) -> String {
            format!("{name} {}", value.map_or("not asked", Vocab::label))
        }
        if self.is_blank() {
            return String::new();
        }
        let mut out = [
            one("analgesia", self.analgesia),
            one("activity", self.activity),
            one("adverse effects", self.adverse),
            one("used", self.used),
            one("affect", self.affect),
        ]
        .join(", ");
        if !self.note.trim().is_empty() {
            out.push_str(&format!(". {}", self.note.trim()));
        }
        format!("Opioid: {out}")
    }
}

/// A side effect of a medicine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideEffect {
    /// Identity.
    pub id: SideEffectId,
    /// Of which medicine.
    pub drug: String,
    /// Which.
    pub effect: String,
    /// How much it troubles.
    pub severity: Option<Severity>,
}

impl SideEffect {
    /// In a few words: `oxycodone: constipation (mild)`.
    pub fn show(&self) -> String {
        let severity = self.severity.map(|severity| format!(" ({})", severity.label())).unwrap_or_default();
        let drug = if self.drug.is_empty() { String::new() } else { format!("{}: ", self.drug) };
        format!("{drug}{}{severity}", self.effect)
    }
}

/// A side effect as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SideEffectDraft {
    /// Of which medicine.
    pub drug: super::coded::Coded,
    /// Which.
    pub effect: String,
    /// How much it troubles.
    pub severity: Option<Severity>,
}

impl SideEffectDraft {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.drug.is_blank() && self.effect.trim().is_empty() && self.severity.is_none()
    }
}

/// The opioids among a patient's medicines, by the name they are known under. A line whose words are no known name is not
/// among them, but it is not known to be none either.
pub fn opioids(medicines: &[Medication]) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    for medicine in medicines {
        let found = words(&medicine.line).find_map(|word| named(&word)).filter(|name| !out.contains(name));
        out.extend(found);
    }
    out
}

/// The words of a line from which a name may be made: each alone, and each with the next.
fn words(line: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = line
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| word.len() > 2)
        .map(str::to_owned)
        .collect();
    let pairs: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    pairs.into_iter().chain(words)
}

fn named(word: &str) -> Option<&'static str> {
    names().get(&word.to_ascii_lowercase()).copied()
}

/// Every name, synonym and brand of an opioid in small letters, with the name it is known under. Every medicine of a day is
/// looked up here, many times a day.
fn names() -> &'static HashMap<String, &'static str> {
    static NAMES: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = HashMap::new();
        let is_opioid = |classes: &[String]| classes.iter().any(|class| class == "opioid");
        for entry in medicine_names().name.iter().filter(|entry| is_opioid(&entry.classes)) {
            for name in std::iter::once(&entry.name).chain(&entry.synonyms).chain(&entry.brands) {
                names.entry(name.to_ascii_lowercase()).or_insert(entry.name.as_str());
            }
        }
        names
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    #[test]
    fn an_opioid_is_seen_in_a_line_as_it_is_written() {
        for (line, opioid) in [
            ("oxycodone 10 mg 1-0-1", Some("oxycodone")),
            ("Targin 10/5 twice a day", Some("oxycodone/naloxone")),
            ("Tramal retard 100 mg", Some("tramadol")),
            ("buprenorphine patch 10 mcg/h", Some("buprenorphine")),
            ("tapentadol 50 mg 1-0-1", Some("tapentadol")),
            ("gabapentin 300 mg", None),
            ("paracetamol 1 g as needed", None),
            ("", None),
        ] {
            let mut ids = Ids::seeded(1);
            let medicine = Medication::new(ids.next(Instant::from_millis(0)), line, None);
            assert_eq!(opioids(&[medicine]).first().copied(), opioid, "{line}");
        }
    }

    #[test]
    fn the_five_answers_read_as_one_sentence_and_a_gap_is_named() {
        let review = OpioidReview {
            analgesia: Some(Analgesia::Part),
            activity: Some(Trend::Better),
            adverse: Some(Adverse::Tolerable),
            used: Some(Use::Agreed),
            affect: None,
            note: "counts them himself ".to_owned(),
        };
        assert_eq!(
            review.sentence(),
            "Opioid: analgesia in part, activity better, adverse effects tolerable, used as agreed, affect not asked. \
             counts them himself"
        );
        assert_eq!(OpioidReview::default().sentence(), "");
    }

    #[test]
    fn a_side_effect_names_its_medicine() {
        let mut ids = Ids::seeded(1);
        let mut one = SideEffect {
            id: ids.next(Instant::from_millis(0)),
            drug: "oxycodone".to_owned(),
            effect: "constipation".to_owned(),
            severity: Some(Severity::Mild),
        };
        assert_eq!(one.show(), "oxycodone: constipation (mild)");
        one.drug.clear();
        one.severity = None;
        assert_eq!(one.show(), "constipation");
    }
}
