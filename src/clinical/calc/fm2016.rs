//! Fibromyalgia criteria, 2016 revision: widespread pain index, symptom severity, generalised pain, duration.
//!
//! Wolfe F et al., Semin Arthritis Rheum, 2016. The second arm is an index of 4 to 6 (older papers print 3 to 6).

use std::collections::BTreeSet;

use super::error::{known, within};
use super::{CalcError, shipped};
use crate::clinical::exact::Exact;
use crate::clinical::facts::instruments::{Instrument, Item};
use crate::clinical::instrument::{Answers, item_values};
use crate::clinical::why::{Fact, Why};

/// What the criteria ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fm2016Input {
    /// Painful sites of the widespread pain index; a site that stands twice counts once.
    pub sites: BTreeSet<String>,
    /// Fatigue, waking unrefreshed, cognition: 0 to 3 each.
    pub severity: Answers,
    /// Headache, lower abdominal pain, depression: 0 or 1 each.
    pub presence: Answers,
    /// Months at a similar level.
    pub months_present: Exact,
}

/// The criteria and what they rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the criteria are four claims, each true or false by itself")]
pub struct Fm2016 {
    /// Widespread pain index, 0 to 19.
    pub wpi: i64,
    /// Symptom severity, 0 to 12.
    pub sss: i64,
    /// Fibromyalgia severity: both added, 0 to 31.
    pub fs: i64,
    /// Regions of generalised pain, 0 to 5; jaw, chest and abdomen make none count.
    pub regions: usize,
    /// Enough pain and symptoms.
    pub c1: bool,
    /// Generalised pain.
    pub c2: bool,
    /// Long enough.
    pub c3: bool,
    /// All three.
    pub met: bool,
    /// Why.
    pub why: Why,
}

/// Applies the criteria. All six symptoms are needed; another diagnosis does not exclude.
///
/// # Errors
/// Names an unknown site, a missing symptom or a value out of range.
pub fn fm2016(input: &Fm2016Input) -> Result<Fm2016, CalcError> {
    let form = shipped("fm2016")?;
    let sites: BTreeSet<&str> = form.regions.iter().flat_map(|region| &region.sites).map(String::as_str).collect();
    if let Some(wrong) = input.sites.iter().find(|site| !sites.contains(site.as_str())) {
        return Err(CalcError::unknown("sites", wrong, known(sites.iter().copied())));
    }
    let months = within("months_present", input.months_present, 0, 1_500)?;
    let wpi = i64::try_from(input.sites.len()).unwrap_or(i64::MAX);
    let sss = sum("severity", form, &form.severity_items, &input.severity)?
        + sum("presence", form, &form.presence_items, &input.presence)?;
    let counts =
        |site: &String| input.sites.contains(site) && !form.sites_not_counted_for_generalised_pain.contains(site);
    let regions = form.regions.iter().filter(|region| region.sites.iter().any(counts)).count();
    let c1 = (wpi >= 7 && sss >= 5) || ((4..=6).contains(&wpi) && sss >= 9);
    let c2 = regions >= 4;
    let c3 = months >= Exact::whole(3);
    Ok(Fm2016 { wpi, sss, fs: wpi + sss, regions, c1, c2, c3, met: c1 && c2 && c3, why: why(form) })
}

fn sum(group: &str, form: &Instrument, items: &[Item], answers: &Answers) -> Result<i64, CalcError> {
    let names = || known(items.iter().map(|item| item.id.as_str()));
    if let Some(wrong) = answers.keys().find(|id| !items.iter().any(|item| &item.id == *id)) {
        return Err(CalcError::unknown(group, wrong, names()));
    }
    let mut sum = 0;
    for item in items {
        let field = format!("{group}.{}", item.id);
        let Some(&given) = answers.get(&item.id) else { return Err(CalcError::missing(field)) };
        let most = item_values(form, Some(item)).last().copied().map_or(0, i64::from);
        within(&field, Exact::whole(given), 0, most)?;
        sum += given;
    }
    Ok(sum)
}

fn without_side(site: &str) -> &str {
    site.strip_suffix("_left").or_else(|| site.strip_suffix("_right")).unwrap_or(site)
}

fn why(form: &Instrument) -> Why {
    let rule = format!(
        "{}: met when a widespread pain index of 7 or more goes with a symptom severity of 5 or more, or an index of 4 to 6 \
         with 9 or more; when at least 4 of the 5 regions have a site that counts; and when it has been at a similar level \
         for at least 3 months. It holds whatever other diagnoses there are.",
        form.name
    );
    // Both sides of a site are one in words.
    let sites: BTreeSet<&str> =
        form.sites_not_counted_for_generalised_pain.iter().map(|site| without_side(site)).collect();
    let not_counted = sites.into_iter().collect::<Vec<_>>().join(", ");
    Why::new(Fact::new(rule, &form.source, form.verified)).and(Fact::new(
        format!("Not counted for generalised pain: {not_counted}"),
        &form.source,
        form.verified,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPREAD: [&str; 12] = [
        "shoulder_girdle_left",
        "shoulder_girdle_right",
        "hip_left",
        "hip_right",
        "neck",
        "upper_back",
        "lower_back",
        "upper_arm_left",
        "upper_arm_right",
        "lower_arm_left",
        "lower_arm_right",
        "upper_leg_left",
    ];

    fn input(sites: &[&str], severity: [i64; 3], presence: [i64; 3], months: i64) -> Fm2016Input {
        let named = |names: [&str; 3], values: [i64; 3]| -> Answers {
            names.iter().zip(values).map(|(name, value)| ((*name).to_owned(), value)).collect()
        };
        Fm2016Input {
            sites: sites.iter().map(|site| (*site).to_owned()).collect(),
            severity: named(["fatigue", "unrefreshed", "cognition"], severity),
            presence: named(["headache", "low_abdominal", "depression"], presence),
            months_present: Exact::whole(months),
        }
    }

    #[test]
    fn both_arms_and_all_edges() {
        for (sites, severity, presence, months, wpi, sss, c1, c2, c3) in [
            (7, [2, 2, 1], [0, 0, 0], 3, 7, 5, true, true, true),
            (7, [2, 2, 0], [0, 0, 0], 3, 7, 4, false, true, true),
            (6, [3, 3, 3], [0, 0, 0], 3, 6, 9, true, true, true),
            (6, [3, 3, 2], [0, 0, 0], 3, 6, 8, false, true, true),
            (4, [3, 3, 2], [1, 0, 0], 3, 4, 9, true, true, true),
            (3, [3, 3, 3], [1, 1, 1], 3, 3, 12, false, false, true),
            (12, [3, 3, 3], [1, 1, 1], 2, 12, 12, true, true, false),
            (0, [0, 0, 0], [0, 0, 0], 0, 0, 0, false, false, false),
        ] {
            let answer = fm2016(&input(&SPREAD[..sites], severity, presence, months)).unwrap();
            assert_eq!((answer.wpi, answer.sss, answer.fs), (wpi, sss, wpi + sss), "{sites} {severity:?}");
            assert_eq!((answer.c1, answer.c2, answer.c3), (c1, c2, c3), "{sites} {severity:?}");
            assert_eq!(answer.met, c1 && c2 && c3);
        }
    }

    #[test]
    fn jaw_chest_and_abdomen_count_in_the_index_and_make_no_region() {
        let answer = fm2016(&input(&["jaw_left", "jaw_right", "chest", "abdomen"], [3; 3], [1; 3], 12)).unwrap();
        assert_eq!((answer.wpi, answer.regions, answer.c1, answer.met), (4, 0, true, false));
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let mut without = input(&[], [1; 3], [1; 3], 6);
        without.severity.remove("cognition");
        assert_eq!(fm2016(&without).unwrap_err(), CalcError::missing("severity.cognition"));
        assert_eq!(fm2016(&input(&["knee_left"], [1; 3], [1; 3], 6)).unwrap_err().field(), "sites");
        assert_eq!(fm2016(&input(&[], [1, 4, 1], [1; 3], 6)).unwrap_err().field(), "severity.unrefreshed");
        assert_eq!(fm2016(&input(&[], [1; 3], [1, 2, 1], 6)).unwrap_err().field(), "presence.low_abdominal");
        assert_eq!(fm2016(&input(&[], [1; 3], [1; 3], -1)).unwrap_err().field(), "months_present");
    }

    #[test]
    fn the_why_speaks_in_words_and_not_in_those_of_the_table() {
        let why = fm2016(&input(&["neck"], [1; 3], [1; 3], 6)).unwrap().why;
        let told: String = why.facts().map(Fact::show).collect();
        assert!(told.contains("an index of 4 to 6 with 9 or more"), "{told}");
        assert!(told.contains("generalised pain: abdomen, chest, jaw ("), "{told}");
        for code in ["c1", "wpi", "sss", ">=", "_"] {
            assert!(!told.contains(code), "{code}: {told}");
        }
    }

    #[test]
    fn the_figures_here_are_those_of_the_table() {
        let form = shipped("fm2016").unwrap();
        let rule = |id: &str| form.criteria.iter().find(|rule| rule.id == id).unwrap().rule.as_str();
        assert_eq!(rule("c1"), "(wpi >= 7 and sss >= 5) or (4 <= wpi <= 6 and sss >= 9)");
        assert!(rule("c2").contains("at least 4 of the 5 regions") && rule("c3").contains("at least 3 months"));
        assert_eq!((form.wpi_range, form.sss_range, form.derived[0].range), (Some([0, 19]), Some([0, 12]), [0, 31]));
    }
}
