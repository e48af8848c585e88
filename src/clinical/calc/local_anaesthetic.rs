//! Local anaesthetic ceilings: doses of a mixture, the ceiling of each drug by weight and cap, and the sum of the fractions.
//!
//! US prescribing information and the sources of each row; additive toxicity: El-Boghdadly K et al., Local Reg Anesth, 2018.

use super::CalcError;
use super::error::{above_zero, known};
use crate::clinical::exact::Exact;
use crate::clinical::facts::local_anaesthetics::{Limit, Variant, local_anaesthetics};
use crate::clinical::patient::Sex;
use crate::clinical::why::{Fact, Why};

/// One injection of a mixture, or of the same session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Injected {
    /// Drug.
    pub drug: String,
    /// With or without epinephrine.
    pub variant: Variant,
    /// Concentration.
    pub percent: Exact,
    /// Volume; none where only the ceiling is asked.
    pub volume_ml: Option<Exact>,
}

crate::vocab! {
    /// Which figures by weight are used.
    pub enum Ceilings {
        /// The table's own.
        Usual "usual" "usual ceilings",
        /// The lower ones of other texts, where the table has them.
        Conservative "conservative" "conservative ceilings",
    }
}

/// One drug of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dose {
    /// Milligrams injected; none where no volume was given.
    pub dose_mg: Option<Exact>,
    /// Ceiling in milligrams.
    pub max_mg: Exact,
    /// Ceiling in millilitres of this concentration, rounded down to 0.1.
    pub max_ml: Exact,
    /// Share of the ceiling; none where no volume was given.
    pub fraction: Option<Exact>,
}

/// The doses and what they add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalAnaesthetic {
    /// Each drug, in the order given.
    pub doses: Vec<Dose>,
    /// All fractions added; none where a volume is not given.
    pub total_fraction: Option<Exact>,
    /// From 0.8 of the combined ceiling.
    pub warning: bool,
    /// Above the combined ceiling; exactly at it is a warning only.
    pub alert: bool,
    /// What to know, in words.
    pub notes: Vec<String>,
    /// Why.
    pub why: Why,
}

/// Reckons doses, ceilings and fractions for a weight.
///
/// # Errors
/// Names the row: an unknown drug (never a green result), a weight, percentage or volume out of range.
pub fn local_anaesthetic(
    weight_kg: Exact,
    mixture: &[Injected],
    ceilings: Ceilings,
) -> Result<LocalAnaesthetic, CalcError> {
    let table = local_anaesthetics();
    above_zero("weight_kg", weight_kg, 400)?;
    if mixture.is_empty() {
        return Err(CalcError::missing("mixture"));
    }
    let rules = &table.arithmetic;
    let rule = format!("{}; {}; {}", rules.max_mg, rules.fraction, rules.comparison);
    let mut why = Why::new(Fact::new(rule, &rules.source, rules.verified));
    let (mut doses, mut notes, mut sum) = (Vec::new(), Vec::new(), Some(Exact::ZERO));
    for (index, row) in mixture.iter().enumerate() {
        let field = format!("mixture[{index}]");
        let limit = limit(&field, row)?;
        let dose = dose(&field, weight_kg, row, limit, ceilings)?;
        sum = match (sum, dose.fraction) {
            (Some(sum), Some(fraction)) => Some(sum.plus(fraction)?),
            _ => None,
        };
        notes.extend(strength_note(row));
        why.add(limit_fact(limit, ceilings));
        doses.push(dose);
    }
    why.add(Fact::new(&rules.not_covered, &rules.source, rules.verified));
    let reached = |edge: Exact, strictly: bool| sum.is_some_and(|sum| sum > edge || (!strictly && sum == edge));
    Ok(LocalAnaesthetic {
        doses,
        total_fraction: sum,
        warning: reached(rules.warn_at_fraction, false),
        alert: reached(rules.alert_above_fraction, true),
        notes,
        why,
    })
}

fn limit(field: &str, row: &Injected) -> Result<&'static Limit, CalcError> {
    let table = local_anaesthetics();
    table.limit(&row.drug, row.variant).ok_or_else(|| {
        let names = known(table.drugs());
        CalcError::unknown(format!("{field}.drug"), &row.drug, format!("it has no ceiling here; {names}"))
    })
}

fn dose(field: &str, weight_kg: Exact, row: &Injected, limit: &Limit, ceilings: Ceilings) -> Result<Dose, CalcError> {
    // No product is above 4 percent; more is most likely milligrams in a millilitre.
    let percent = above_zero(&format!("{field}.percent"), row.percent, 5)?;
    let mg_per_ml = percent.times(Exact::whole(10))?;
    let by_weight = by_weight(limit, ceilings).map(|mg_per_kg| mg_per_kg.times(weight_kg)).transpose()?;
    let ceiling = by_weight.map_or(limit.cap_mg, |by_weight| by_weight.least(limit.cap_mg));
    let volume_at_ceiling = ceiling.over(mg_per_ml)?.unwrap_or(Exact::ZERO).rounded_down(1);
    let without_volume = Dose { dose_mg: None, max_mg: ceiling, max_ml: volume_at_ceiling, fraction: None };
    let Some(volume) = row.volume_ml else { return Ok(without_volume) };
    let volume = above_zero(&format!("{field}.volume_ml"), volume, 500)?;
    let dose_mg = volume.times(mg_per_ml)?;
    Ok(Dose { dose_mg: Some(dose_mg), fraction: dose_mg.over(ceiling)?, ..without_volume })
}

fn by_weight(limit: &Limit, ceilings: Ceilings) -> Option<Exact> {
    match ceilings {
        Ceilings::Usual => limit.mg_per_kg,
        Ceilings::Conservative => limit.conservative_mg_per_kg.or(limit.mg_per_kg),
    }
}

fn limit_fact(limit: &Limit, ceilings: Ceilings) -> Fact {
    let variant = crate::clinical::vocab::Vocab::label(limit.variant);
    let by_weight = by_weight(limit, ceilings).map(|x| format!("{x} mg/kg, ")).unwrap_or_default();
    let day = limit.cap_24h_mg.map(|x| format!(", {x} mg in 24 h")).unwrap_or_default();
    let rule = format!("{} {variant}: {by_weight}at most {} mg{day}. {}", limit.drug, limit.cap_mg, limit.note);
    Fact::new(rule.trim().to_owned(), &limit.source, limit.verified)
}

fn strength_note(row: &Injected) -> Option<String> {
    let listed = local_anaesthetics().concentration(&row.drug)?;
    if listed.percents.contains(&row.percent) {
        return None;
    }
    let percents: Vec<String> = listed.percents.iter().map(ToString::to_string).collect();
    Some(format!("{} {} percent is not a listed strength ({})", row.drug, row.percent, percents.join(", ")))
}

/// The weight doses are reckoned with, and why.
///
/// Actual weight where the body mass index is under 30; otherwise the lower of actual and ideal weight. Below 152.4 cm the
/// formula is not validated and the actual weight is used.
///
/// # Errors
/// `OutOfRange` names the weight or height; `Missing` the sex, where an ideal weight is needed.
pub fn dosing_weight(weight_kg: Exact, height_cm: Exact, sex: Option<Sex>) -> Result<(Exact, Why), CalcError> {
    let rule = &local_anaesthetics().dosing_weight;
    above_zero("weight_kg", weight_kg, 400)?;
    super::error::within("height_cm", height_cm, 40, 260)?;
    let metres = height_cm.times(Exact::decimal(1, 2))?;
    let index = weight_kg.over(metres.times(metres)?)?.unwrap_or(Exact::ZERO);
    let why = |words: &str| Why::new(Fact::new(format!("{} {words}", rule.rule), &rule.source, rule.verified));
    if index < Exact::whole(30) {
        return Ok((weight_kg, why("Here: actual weight.")));
    }
    let shortest = Exact::decimal(1_524, 1);
    if height_cm < shortest {
        return Ok((weight_kg, why(&rule.below_152_4_cm)));
    }
    let base = match sex {
        Some(Sex::Male) => Exact::whole(50),
        Some(Sex::Female) => Exact::decimal(455, 1),
        Some(Sex::Other) | None => return Err(CalcError::missing("sex")),
    };
    let ideal = base.plus(height_cm.minus(shortest)?.times(Exact::decimal(91, 2))?)?;
    Ok((weight_kg.least(ideal), why(&format!("Here: ideal weight {} kg.", ideal.show(1)))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::facts::{WorkedExample, number};
    use proptest::prelude::*;

    fn n(text: &str) -> Exact {
        text.parse().unwrap()
    }

    fn row(drug: &str, variant: Variant, percent: &str, volume: Option<&str>) -> Injected {
        Injected { drug: drug.to_owned(), variant, percent: n(percent), volume_ml: volume.map(n) }
    }

    fn reckon(weight: &str, mixture: &[Injected]) -> LocalAnaesthetic {
        local_anaesthetic(n(weight), mixture, Ceilings::Usual).unwrap()
    }

    #[test]
    fn the_worked_examples_of_the_table_come_out() {
        let injected = |row: &toml::Table| Injected {
            drug: row["drug"].as_str().unwrap().to_owned(),
            variant: row["variant"].clone().try_into().unwrap(),
            percent: number(row, "percent").unwrap(),
            volume_ml: number(row, "volume_ml"),
        };
        let of_doses = |example: &&WorkedExample| !example.inputs.contains_key("calculator");
        for example in local_anaesthetics().worked_example.iter().filter(of_doses) {
            let (inputs, expected) = (&example.inputs, &example.expected);
            let mixture: Vec<Injected> = match inputs.get("mixture").and_then(toml::Value::as_array) {
                Some(rows) => rows.iter().map(|row| injected(row.as_table().unwrap())).collect(),
                None => vec![injected(inputs)],
            };
            let answer = local_anaesthetic(number(inputs, "weight_kg").unwrap(), &mixture, Ceilings::Usual).unwrap();
            let first = &answer.doses[0];
            let truth = |value: bool| Some(toml::Value::Boolean(value));
            if let Some(total) = number(expected, "total_fraction") {
                assert_eq!(answer.total_fraction, Some(total), "{}", example.id);
                assert_eq!(truth(answer.warning).as_ref(), expected.get("warning"), "{}", example.id);
                assert_eq!(truth(answer.alert).as_ref(), expected.get("alert"), "{}", example.id);
            } else {
                let ceilings = (number(expected, "max_mg").unwrap(), number(expected, "max_ml").unwrap());
                assert_eq!((first.max_mg, first.max_ml), ceilings, "{}", example.id);
            }
        }
    }

    #[test]
    fn the_ceiling_is_the_lower_of_weight_and_cap_and_millilitres_round_down() {
        use Variant::{Epinephrine, Plain};
        for (drug, variant, percent, weight, max_mg, max_ml) in [
            ("lidocaine", Plain, "1", "60", "270", "27"),
            ("lidocaine", Plain, "1", "80", "300", "30"),
            ("lidocaine", Plain, "1", "65", "292.5", "29.2"),
            ("lidocaine", Epinephrine, "2", "70", "490", "24.5"),
            ("bupivacaine", Plain, "0.25", "60", "150", "60"),
            ("bupivacaine", Plain, "0.5", "90", "175", "35"),
            ("ropivacaine", Epinephrine, "0.75", "50", "150", "20"),
            ("mepivacaine", Plain, "1.5", "70", "400", "26.6"),
            ("chloroprocaine", Epinephrine, "3", "80", "1000", "33.3"),
            ("levobupivacaine", Plain, "0.5", "60", "120", "24"),
        ] {
            let dose = &reckon(weight, &[row(drug, variant, percent, None)]).doses[0];
            assert_eq!((dose.max_mg, dose.max_ml), (n(max_mg), n(max_ml)), "{drug} {weight}");
        }
    }

    #[test]
    fn fractions_add_and_the_ceiling_itself_is_a_warning() {
        let lidocaine = |ml: &str| row("lidocaine", Variant::Plain, "1", Some(ml));
        let bupivacaine = |ml: &str| row("bupivacaine", Variant::Plain, "0.25", Some(ml));
        for (mixture, total, warning, alert) in [
            (vec![lidocaine("13.5"), bupivacaine("30")], "1", true, false),
            (vec![lidocaine("13.5"), bupivacaine("30.03")], "1.0005", true, true),
            (vec![lidocaine("21.6")], "0.8", true, false),
            (vec![lidocaine("21.5")], "0.796296", false, false),
            (vec![lidocaine("27"), lidocaine("27")], "2", true, true),
        ] {
            let answer = reckon("60", &mixture);
            assert_eq!(answer.total_fraction.unwrap().plain(), total);
            assert_eq!((answer.warning, answer.alert), (warning, alert), "{total}");
        }
    }

    #[test]
    fn without_a_volume_there_is_a_ceiling_and_no_green_result() {
        let answer = reckon("60", &[row("lidocaine", Variant::Plain, "1", None)]);
        assert_eq!((answer.total_fraction, answer.doses[0].dose_mg), (None, None));
    }

    #[test]
    fn what_cannot_be_reckoned_is_named() {
        let said = |weight: &str, row: Injected| local_anaesthetic(n(weight), &[row], Ceilings::Usual).unwrap_err();
        let plain = |drug: &str, percent: &str, ml: &str| row(drug, Variant::Plain, percent, Some(ml));
        for (weight, row, field) in [
            ("70", plain("tetracaine", "1", "5"), "mixture[0].drug"),
            ("70", plain("liposomal bupivacaine", "1.3", "5"), "mixture[0].drug"),
            ("70", plain("lidocaine", "20", "5"), "mixture[0].percent"),
            ("70", plain("lidocaine", "0", "5"), "mixture[0].percent"),
            ("70", plain("lidocaine", "1", "-5"), "mixture[0].volume_ml"),
            ("0", plain("lidocaine", "1", "5"), "weight_kg"),
            ("-70", plain("lidocaine", "1", "5"), "weight_kg"),
            ("70000", plain("lidocaine", "1", "5"), "weight_kg"),
        ] {
            assert_eq!(said(weight, row).field(), field);
        }
        assert_eq!(local_anaesthetic(n("70"), &[], Ceilings::Usual).unwrap_err(), CalcError::missing("mixture"));
    }

    #[test]
    fn conservative_ceilings_are_the_lower_ones() {
        let plain = row("lidocaine", Variant::Plain, "1", None);
        let answer = local_anaesthetic(n("60"), &[plain], Ceilings::Conservative).unwrap();
        assert_eq!(answer.doses[0].max_mg, n("180"));
    }

    #[test]
    fn a_strength_nobody_sells_is_said() {
        assert!(
            reckon("70", &[row("lidocaine", Variant::Plain, "0.25", None)]).notes[0].contains("not a listed strength")
        );
        assert!(reckon("70", &[row("lidocaine", Variant::Plain, "0.5", None)]).notes.is_empty());
    }

    #[test]
    fn the_dosing_weight_is_ideal_only_from_an_index_of_thirty() {
        for (weight, height, sex, dosing) in [
            ("86", "170", Some(Sex::Male), "86"),
            ("86.7", "170", Some(Sex::Male), "66.016"),
            ("120", "180", Some(Sex::Female), "70.616"),
            ("80", "150", Some(Sex::Female), "80"),
        ] {
            assert_eq!(dosing_weight(n(weight), n(height), sex).unwrap().0, n(dosing), "{weight} {height}");
        }
        assert_eq!(dosing_weight(n("120"), n("170"), None).unwrap_err(), CalcError::missing("sex"));
    }

    proptest! {
        #[test]
        fn the_volume_shown_never_exceeds_the_ceiling(weight in 20_u32..150, tenths in 1_u32..40) {
            let percent = Exact::whole(tenths.into()).over(Exact::whole(10)).unwrap().unwrap();
            let row = Injected { drug: "lidocaine".to_owned(), variant: Variant::Plain, percent, volume_ml: None };
            let weight = Exact::whole(weight.into());
            let dose = local_anaesthetic(weight, std::slice::from_ref(&row), Ceilings::Usual).unwrap().doses.remove(0);
            if dose.max_ml > Exact::ZERO {
                let full = Injected { volume_ml: Some(dose.max_ml), ..row };
                let answer = local_anaesthetic(weight, &[full], Ceilings::Usual).unwrap();
                prop_assert!(!answer.alert);
            }
        }
    }
}
