//! Lipid rescue for local anaesthetic toxicity: the branch by weight, its bolus, infusion and the most in all.
//!
//! ASRA checklist, 2020 version (Neal JM et al., Reg Anesth Pain Med, 2021).

use super::CalcError;
use super::error::above_zero;
use crate::clinical::exact::Exact;
use crate::clinical::facts::local_anaesthetics::local_anaesthetics;
use crate::clinical::why::{Fact, Why};

/// The infusion after the bolus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Infusion {
    /// By weight.
    PerMinute {
        /// Millilitres a minute.
        ml: Exact,
    },
    /// The same for everyone.
    Fixed {
        /// Least millilitres.
        low_ml: Exact,
        /// Most millilitres.
        high_ml: Exact,
        /// Over so many minutes, least and most.
        minutes: [u32; 2],
    },
}

/// What to draw up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LipidRescue {
    /// Which branch of the checklist.
    pub branch: &'static str,
    /// Bolus.
    pub bolus_ml: Exact,
    /// Over so many minutes, least and most.
    pub bolus_minutes: [u32; 2],
    /// Infusion.
    pub infusion: Infusion,
    /// The most in all.
    pub max_total_ml: Exact,
    /// Why.
    pub why: Why,
}

/// Reckons lipid rescue for a weight. Exactly at the split the fixed branch holds.
///
/// # Errors
/// `OutOfRange` names the weight.
pub fn lipid_rescue(weight_kg: Exact) -> Result<LipidRescue, CalcError> {
    let rule = &local_anaesthetics().lipid_rescue;
    above_zero("weight_kg", weight_kg, 400)?;
    let id = if weight_kg < rule.weight_split_kg { "under_70" } else { "from_70" };
    let branch = rule.branch.iter().find(|branch| branch.id == id).ok_or_else(|| CalcError::missing("branch"))?;
    let by_weight = |per_kg: Exact| per_kg.times(weight_kg);
    let bolus_ml = branch.bolus_ml_per_kg.map(by_weight).transpose()?.or(branch.bolus_ml);
    let per_minute = branch.infusion_ml_per_kg_per_min.map(by_weight).transpose()?;
    let infusion = match (per_minute, branch.infusion_ml, branch.infusion_minutes) {
        (Some(ml), _, _) => Infusion::PerMinute { ml },
        (None, Some([low_ml, high_ml]), Some(minutes)) => Infusion::Fixed { low_ml, high_ml, minutes },
        _ => return Err(CalcError::missing("infusion")),
    };
    let text = format!(
        "{}: {}; {}; the most in all {} mL/kg. {}",
        rule.product, branch.applies, rule.at_exactly_split, rule.max_total_ml_per_kg, rule.weight_used
    );
    Ok(LipidRescue {
        branch: &branch.id,
        bolus_ml: bolus_ml.ok_or_else(|| CalcError::missing("bolus"))?,
        bolus_minutes: branch.bolus_minutes,
        infusion,
        max_total_ml: by_weight(rule.max_total_ml_per_kg)?,
        why: Why::new(Fact::new(text, &rule.source, rule.verified)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::facts::number;

    fn n(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn the_worked_examples_of_the_table_come_out() {
        let mut seen = 0;
        for example in &local_anaesthetics().worked_example {
            let (inputs, expected) = (&example.inputs, &example.expected);
            if !inputs.contains_key("calculator") {
                continue;
            }
            let answer = lipid_rescue(number(inputs, "weight_kg").unwrap()).unwrap();
            let must = |key: &str| number(expected, key).unwrap();
            assert_eq!(
                (answer.bolus_ml, answer.max_total_ml),
                (must("bolus_ml"), must("max_total_ml")),
                "{}",
                example.id
            );
            match answer.infusion {
                Infusion::PerMinute { ml } => assert_eq!(ml, must("infusion_ml_per_min"), "{}", example.id),
                Infusion::Fixed { low_ml, high_ml, .. } => {
                    assert_eq!(
                        (low_ml, high_ml),
                        (must("infusion_ml_low"), must("infusion_ml_high")),
                        "{}",
                        example.id
                    );
                }
            }
            seen += 1;
        }
        assert_eq!(seen, 2);
    }

    #[test]
    fn below_the_split_all_goes_by_weight() {
        for (weight, bolus, ml, most) in
            [("50", "75", "12.5", "600"), ("64", "96", "16", "768"), ("69.9", "104.85", "17.475", "838.8")]
        {
            let answer = lipid_rescue(n(weight)).unwrap();
            assert_eq!(
                (answer.branch, answer.bolus_ml, answer.max_total_ml),
                ("under_70", n(bolus), n(most)),
                "{weight}"
            );
            assert_eq!(answer.infusion, Infusion::PerMinute { ml: n(ml) });
        }
    }

    #[test]
    fn from_the_split_on_the_fixed_doses_hold() {
        for (weight, most) in [("70", "840"), ("82", "984"), ("150", "1800")] {
            let answer = lipid_rescue(n(weight)).unwrap();
            assert_eq!(
                (answer.branch, answer.bolus_ml, answer.max_total_ml),
                ("from_70", n("100"), n(most)),
                "{weight}"
            );
            assert_eq!(answer.infusion, Infusion::Fixed { low_ml: n("200"), high_ml: n("250"), minutes: [15, 20] });
        }
    }

    #[test]
    fn an_impossible_weight_is_named() {
        for weight in ["0", "-5", "400.1"] {
            assert_eq!(lipid_rescue(n(weight)).unwrap_err().field(), "weight_kg");
        }
    }
}
