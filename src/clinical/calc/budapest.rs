//! Budapest criteria for complex regional pain syndrome, clinical and research.
//!
//! Harden RN et al., Pain, 2010.

use std::collections::BTreeSet;

use super::error::known;
use super::{CalcError, shipped};
use crate::clinical::facts::instruments::CountRule;
use crate::clinical::why::{Fact, Why};

/// What the criteria ask; categories are `sensory`, `vasomotor`, `sudomotor`, `motor_trophic`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudapestInput {
    /// Pain out of proportion to the event.
    pub disproportionate: bool,
    /// No other diagnosis explains it better.
    pub no_better_dx: bool,
    /// Categories with a symptom, as reported.
    pub symptoms: BTreeSet<String>,
    /// Categories with a sign, as seen today.
    pub signs: BTreeSet<String>,
}

/// The criteria and what they rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budapest {
    /// Categories with a symptom.
    pub symptom_categories: usize,
    /// Categories with a sign.
    pub sign_categories: usize,
    /// Clinical criteria met.
    pub clinical_met: bool,
    /// Research criteria met.
    pub research_met: bool,
    /// Why.
    pub why: Why,
}

/// Applies both sets of criteria.
///
/// # Errors
/// `Unknown` names a category that is none.
pub fn budapest(input: &BudapestInput) -> Result<Budapest, CalcError> {
    let form = shipped("budapest_clinical")?;
    for (field, categories) in [("symptoms", &input.symptoms), ("signs", &input.signs)] {
        if let Some(wrong) = categories.iter().find(|id| !form.categories.iter().any(|known| &known.id == *id)) {
            return Err(CalcError::unknown(field, wrong, known(form.categories.iter().map(|known| known.id.as_str()))));
        }
    }
    let (symptoms, signs) = (input.symptoms.len(), input.signs.len());
    let holds = input.disproportionate && input.no_better_dx;
    let met = |rule: Option<CountRule>| {
        rule.is_some_and(|rule| holds && symptoms >= rule.symptom_categories_min && signs >= rule.sign_categories_min)
    };
    let asks = |rule: Option<CountRule>| {
        rule.map_or_else(String::new, |rule| {
            format!(
                "symptoms in at least {} of the 4 categories and signs in at least {}",
                rule.symptom_categories_min, rule.sign_categories_min
            )
        })
    };
    let rule = format!(
        "{}: met when the pain is out of proportion, no other diagnosis explains it better, and there are {}; the research \
         criteria ask for {}",
        form.name,
        asks(form.clinical_rule),
        asks(form.research_rule)
    );
    Ok(Budapest {
        symptom_categories: symptoms,
        sign_categories: signs,
        clinical_met: met(form.clinical_rule),
        research_met: met(form.research_rule),
        why: Why::new(Fact::new(rule, &form.source, form.verified)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&str; 4] = ["sensory", "vasomotor", "sudomotor", "motor_trophic"];

    fn input(symptoms: usize, signs: usize) -> BudapestInput {
        let first = |count: usize| ALL[..count].iter().map(|id| (*id).to_owned()).collect();
        BudapestInput { disproportionate: true, no_better_dx: true, symptoms: first(symptoms), signs: first(signs) }
    }

    #[test]
    fn counts_decide() {
        for (symptoms, signs, clinical, research) in [
            (3, 2, true, false),
            (4, 2, true, true),
            (4, 4, true, true),
            (2, 4, false, false),
            (4, 1, false, false),
            (0, 0, false, false),
        ] {
            let answer = budapest(&input(symptoms, signs)).unwrap();
            assert_eq!((answer.clinical_met, answer.research_met), (clinical, research), "{symptoms} {signs}");
        }
    }

    #[test]
    fn both_preconditions_must_hold() {
        for (disproportionate, no_better_dx) in [(false, true), (true, false), (false, false)] {
            let answer = budapest(&BudapestInput { disproportionate, no_better_dx, ..input(4, 4) }).unwrap();
            assert!(!answer.clinical_met && !answer.research_met);
        }
    }

    #[test]
    fn a_category_that_is_none_is_named() {
        let mut wrong = input(1, 1);
        wrong.signs.insert("trophic".to_owned());
        assert_eq!(budapest(&wrong).unwrap_err().field(), "signs");
    }
}
