//! The follow-up of an opioid: analgesia, activity, adverse effects, use other than agreed, affect. And side effects of any
//! medicine.
//!
//! The five questions are the usual domains of opioid follow-up; their source, not yet checked against the paper, is in
//! `opioids.toml` under `follow_up`. The answers are our own words.

use serde::{Deserialize, Serialize};

use super::id::SideEffectId;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

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
