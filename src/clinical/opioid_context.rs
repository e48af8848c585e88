//! What opioids are given to a patient for, and what is known of the risks that bear on them. It decides which rules hold.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::calc::mme::OpioidContext;
use super::patient::YesNo;
use super::practice::Region;
use super::vocab::Vocab;

crate::vocab! {
    /// Risks that bear on opioids: reasons to offer naloxone, by their names in the table of opioids.
    pub enum Risk {
        /// Sleep apnoea, or another lung disease.
        Breathing "sleep_disordered_breathing" "sleep apnoea or lung disease",
        /// Substance use disorder or overdose, also earlier.
        SubstanceUse "substance_use" "use disorder or overdose, ever",
        /// A dose no longer tolerated might be taken again.
        LostTolerance "lost_tolerance" "tolerance lost",
        /// Children or others at home who might take it.
        Household "household_exposure" "children or others at risk at home",
    }
}

/// What is known; nothing is assumed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpioidFacts {
    /// The region whose tables hold: that of the practice, read with it.
    pub region: Option<Region>,
    /// What opioids are given for, and when that was said. None: nobody has said, and the rules of chronic pain hold.
    pub context: Option<(OpioidContext, NaiveDate)>,
    /// Risks that were asked about, with the day.
    pub risks: BTreeMap<Risk, (YesNo, NaiveDate)>,
    /// What the opioids of the list come to, in a few words: `MME 62`. None where there is no opioid. Reckoned when read.
    pub figure: Option<String>,
    /// Reasons that were kept for cautions on a day: the caution's name, the reason.
    pub reasons: Vec<(String, String, NaiveDate)>,
}

impl OpioidFacts {
    /// What opioids are given for, where somebody has said so.
    pub fn given_for(&self) -> Option<OpioidContext> {
        self.context.map(|(context, _)| context)
    }

    /// What opioids are given for; chronic pain where nobody has said otherwise.
    pub fn context(&self) -> OpioidContext {
        self.given_for().unwrap_or(OpioidContext::Chronic)
    }

    /// The cautions for which a reason was kept on a day: they are not said again in the visit.
    pub fn told_on(&self, day: NaiveDate) -> Vec<&str> {
        self.reasons.iter().filter(|(.., on)| *on == day).map(|(name, ..)| name.as_str()).collect()
    }

    /// The reason that was kept for a caution last, and when.
    pub fn reason_for(&self, caution: &str) -> Option<(&str, NaiveDate)> {
        let kept = self.reasons.iter().filter(|(name, ..)| name == caution).max_by_key(|(.., on)| *on);
        kept.map(|(_, reason, on)| (reason.as_str(), *on))
    }

    /// The risks that are present, by their names in the table of opioids.
    pub fn present(&self) -> Vec<String> {
        let present = self.risks.iter().filter(|(_, (answer, _))| *answer == YesNo::Yes);
        present.map(|(risk, _)| risk.name().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_silences_its_caution_on_its_day_alone_and_the_last_one_holds() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let kept = |name: &str, why: &str, on: &str| (name.to_owned(), why.to_owned(), day(on));
        let facts = OpioidFacts {
            reasons: vec![
                kept("a", "short course", "2026-11-24"),
                kept("a", "older", "2026-11-23"),
                kept("b", "other", "2026-11-23"),
            ],
            ..OpioidFacts::default()
        };
        assert_eq!(facts.told_on(day("2026-11-24")), ["a"]);
        assert_eq!(facts.told_on(day("2026-11-25")), Vec::<&str>::new(), "on another day it is said again");
        assert_eq!(facts.reason_for("a"), Some(("short course", day("2026-11-24"))));
        assert_eq!(facts.reason_for("c"), None);
    }
}
