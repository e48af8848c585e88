//! Scoring: from answers to a total, its band and its flags.

use std::collections::BTreeMap;

use super::Condition;
use crate::clinical::calc::CalcError;
use crate::clinical::calc::error::known;
use crate::clinical::exact::Exact;
use crate::clinical::facts::instruments::{Band, Excluded, Flag, Instrument, Item, LicenceStatus, Scoring};
use crate::clinical::patient::Sex;
use crate::clinical::why::{Fact, Why};

/// Answers by item id. An item that is not there was not answered.
pub type Answers = BTreeMap<String, i64>;

/// A scored instrument.
#[derive(Debug, Clone)]
pub struct Scored<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// The total, exact.
    pub total: Exact,
    /// What the total is called; none where the instrument has no bands.
    pub band: Option<&'a str>,
    /// How bad the band is, 0 the best; none where the bands have no order.
    pub severity: Option<u8>,
    /// Flags raised, in the order of the table.
    pub flags: Vec<&'a Flag>,
    /// Why.
    pub why: Why,
}

impl Scored<'_> {
    /// The total as it is shown, with the decimals of the instrument.
    pub fn show(&self) -> String {
        self.total.show(self.instrument.decimals.unwrap_or(0))
    }
}

/// Scores an instrument from its answers.
///
/// `sex` is needed where items are weighted by sex. An unanswered item gives no total, unless the table says what it counts
/// as (the Roland-Morris form: an unmarked item is 0). Items that are not scored may be answered and change nothing.
///
/// # Errors
/// `Missing` names all unanswered items; `Unknown` an item the instrument has not; `OutOfRange` the first answer it cannot
/// have. Criteria sets have rules of their own and give `WrongKind`.
pub fn score<'a>(instrument: &'a Instrument, answers: &Answers, sex: Option<Sex>) -> Result<Scored<'a>, CalcError> {
    if instrument.scoring == Scoring::Criteria {
        return Err(CalcError::wrong_kind(&instrument.id, "reckoned by its own criteria"));
    }
    let items = items_of(instrument);
    for id in answers.keys() {
        let extra = instrument.extra_items.iter().any(|item| &item.id == id);
        if !extra && !items.iter().any(|(item, _)| item == id) {
            let names = items.iter().map(|(id, _)| id.as_str());
            return Err(CalcError::unknown(id, "this item", known(names)));
        }
    }
    let missing: Vec<&str> = items.iter().map(|(id, _)| id.as_str()).filter(|id| !answers.contains_key(*id)).collect();
    if !missing.is_empty() && instrument.missing_counts_as.is_none() {
        return Err(CalcError::missing(missing.join(", ")));
    }
    let mut values = Vec::with_capacity(items.len());
    for (id, item) in &items {
        let value = match answers.get(id) {
            Some(&given) => checked(instrument, id, *item, given)?,
            None => instrument.missing_counts_as.unwrap_or_default(),
        };
        values.push((id.as_str(), value));
    }
    let total = total(instrument, &values, sex)?;
    let (band, severity) = band(instrument, total);
    let mut flags = Vec::new();
    for flag in &instrument.flags {
        let Ok(condition) = flag.when.parse::<Condition>() else { continue };
        let value = if condition.is_about_score() {
            Some(total)
        } else {
            values.iter().find(|(id, _)| *id == condition.name()).map(|(_, value)| Exact::from(*value))
        };
        if value.is_some_and(|value| condition.is_met(value)) {
            flags.push(flag);
        }
    }
    Ok(Scored { instrument, total, band, severity, why: why(instrument, &flags), flags })
}

/// The items to answer; an ordinal scale of levels has the one item `value`.
fn items_of(instrument: &Instrument) -> Vec<(String, Option<&Item>)> {
    if instrument.items.is_empty() && !instrument.levels.is_empty() {
        return vec![("value".to_owned(), None)];
    }
    instrument.items.iter().map(|item| (item.id.clone(), Some(item))).collect()
}

/// The values an item can have, lowest first.
pub fn item_values(instrument: &Instrument, item: Option<&Item>) -> Vec<i32> {
    let Some(item) = item else {
        let mut levels: Vec<i32> = instrument.levels.iter().map(|level| level.value).collect();
        levels.sort_unstable();
        return levels;
    };
    if let Some(allowed) = &item.allowed {
        return allowed.clone();
    }
    let (low, high) = (item.min.unwrap_or(0), item.max.unwrap_or(1));
    let step = usize::try_from(item.step.or(instrument.step).unwrap_or(1)).unwrap_or(1).max(1);
    (low..=high).step_by(step).collect()
}

fn checked(instrument: &Instrument, id: &str, item: Option<&Item>, given: i64) -> Result<i32, CalcError> {
    let values = item_values(instrument, item);
    if let Some(&value) = values.iter().find(|value| i64::from(**value) == given) {
        return Ok(value);
    }
    let (first, last) = (values.first().copied().unwrap_or(0), values.last().copied().unwrap_or(0));
    let whole_range = values.windows(2).all(|pair| pair[1] - pair[0] == 1);
    let allowed = if whole_range {
        format!("it lies between {first} and {last}")
    } else {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        format!("it is one of {}", values.join(", "))
    };
    Err(CalcError::out_of_range(id, given, allowed))
}

fn total(instrument: &Instrument, values: &[(&str, i32)], sex: Option<Sex>) -> Result<Exact, CalcError> {
    let sum = || values.iter().map(|(_, value)| i64::from(*value)).sum::<i64>();
    Ok(match instrument.scoring {
        Scoring::Sum => Exact::whole(sum()),
        Scoring::Single | Scoring::Max | Scoring::Ordinal => {
            Exact::from(values.iter().map(|(_, value)| *value).max().unwrap_or_default())
        }
        Scoring::Any => Exact::from(i32::from(values.iter().any(|(_, value)| *value > 0))),
        Scoring::Mean => {
            let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
            Exact::whole(sum()).over(Exact::whole(count))?.ok_or_else(|| CalcError::missing("items"))?
        }
        Scoring::WeightedSum => {
            let mut sum = 0;
            for (item, (_, value)) in instrument.items.iter().zip(values) {
                let weight = match sex {
                    Some(Sex::Female) => item.weight_female,
                    Some(Sex::Male) => item.weight_male,
                    Some(Sex::Other) | None => return Err(CalcError::missing("sex")),
                };
                sum += i64::from(weight.unwrap_or_default()) * i64::from(*value);
            }
            Exact::whole(sum)
        }
        Scoring::Criteria => return Err(CalcError::wrong_kind(&instrument.id, "reckoned by its own criteria")),
    })
}

fn band(instrument: &Instrument, total: Exact) -> (Option<&str>, Option<u8>) {
    if let Some(band) = find_band(&instrument.bands, total) {
        return (Some(&band.label), band.severity);
    }
    let level = instrument.levels.iter().find(|level| Exact::from(level.value) == total);
    (level.map(|level| level.label.as_str()), None)
}

/// The band in which a score lies: whole edges are inclusive, exact edges are as named.
pub(super) fn find_band(bands: &[Band], total: Exact) -> Option<&Band> {
    bands.iter().find(|band| {
        let above = |edge: Option<Exact>| edge.is_none_or(|edge| total >= edge);
        let upto = |edge: Option<Exact>| edge.is_none_or(|edge| total <= edge);
        above(band.from.map(Exact::from))
            && above(band.from_exact)
            && upto(band.to.map(Exact::from))
            && upto(band.to_exact)
            && band.to_exclusive.is_none_or(|edge| total < edge)
    })
}

fn why(instrument: &Instrument, flags: &[&Flag]) -> Why {
    let name = &instrument.name;
    let how = match instrument.scoring {
        Scoring::Single | Scoring::Ordinal => "the value itself",
        Scoring::Sum => "the sum of the items",
        Scoring::Mean => "the mean of the items",
        Scoring::Max => "the highest item",
        Scoring::Any => "any item above 0",
        Scoring::WeightedSum => "the sum of the marked items' weights by sex",
        Scoring::Criteria => "its own criteria",
    };
    let mut why = Why::new(Fact::new(format!("{name}: {how}"), &instrument.source, instrument.verified));
    if !instrument.bands.is_empty() {
        let source = instrument.band_source.as_ref().unwrap_or(&instrument.source);
        let verified = instrument.band_verified.or(instrument.cutoff_verified).unwrap_or(instrument.verified);
        let edges: Vec<String> = instrument.bands.iter().map(show_band).collect();
        why.add(Fact::new(format!("{name}, bands: {}", edges.join("; ")), source, verified));
    }
    for flag in flags {
        let source = instrument.flag_source.as_ref().unwrap_or(&instrument.source);
        let verified = instrument.flag_source.is_none() && instrument.verified;
        why.add(Fact::new(format!("{}: {}", raised_by(instrument, flag), flag.label), source, verified));
    }
    if instrument.licence_status != LicenceStatus::Free {
        why.add(Fact::new(format!("{name}, licence: {}", instrument.licence), &instrument.source, instrument.verified));
    }
    why
}

/// When a flag is raised, in words: `Raised when the answer to question 9 is 1 or more`.
fn raised_by(instrument: &Instrument, flag: &Flag) -> String {
    let Ok(condition) = flag.when.parse::<Condition>() else { return format!("Raised when {}", flag.when) };
    let asked = instrument.items.iter().position(|item| item.id == condition.name());
    let about = match asked {
        Some(at) if !condition.is_about_score() => format!("the answer to question {}", at + 1),
        _ => "the score".to_owned(),
    };
    format!("Raised when {about} {}", condition.says())
}

/// A band with its edges: `moderate 10 to 14`.
pub fn show_band(band: &Band) -> String {
    let label = &band.label;
    match (band.from, band.to, band.from_exact) {
        (Some(from), Some(to), _) if from == to => format!("{label} {from}"),
        (Some(from), Some(to), _) => format!("{label} {from} to {to}"),
        (_, _, Some(from)) => match (band.to_exclusive, band.to_exact) {
            (Some(to), _) => format!("{label} {from} to below {to}"),
            (None, Some(to)) => format!("{label} {from} to {to}"),
            (None, None) => format!("{label} from {from}"),
        },
        _ => label.clone(),
    }
}

/// Bands a total typed from a licensed form that may not be shipped: its band, or what its cut-off says, and why.
///
/// # Errors
/// `OutOfRange` where the total is outside the form's range, or a fraction that no band holds; `WrongKind` where the form
/// has no number.
pub fn total_typed(form: &Excluded, total: Exact) -> Result<(Option<&str>, Why), CalcError> {
    let Some([low, high]) = form.range.filter(|_| form.score_entry_allowed) else {
        return Err(CalcError::wrong_kind(&form.id, "kept as its code: it has no total"));
    };
    if total < Exact::from(low) || total > Exact::from(high) {
        return Err(CalcError::out_of_range("total", total, format!("{} lies between {low} and {high}", form.name)));
    }
    let verified = form.verified && form.bands_verified.unwrap_or(true);
    let mut why =
        Why::new(Fact::new(format!("{}: total typed from the licensed form", form.name), &form.source, verified));
    why.add(Fact::new(format!("{}: {}", form.name, form.reason), &form.source, form.verified));
    let band = find_band(&form.bands, total).map(|band| band.label.as_str());
    if band.is_none() && !form.bands.is_empty() && total.as_whole().is_none() {
        let allowed =
            format!("{total} lies between two bands of {}: give it in whole numbers, as the form rounds", form.name);
        return Err(CalcError::out_of_range("total", total, allowed));
    }
    let cut = form
        .cutoff
        .as_ref()
        .map(|cut| if total >= Exact::from(cut.at_or_above) { cut.label.as_str() } else { "below the cut-off" });
    Ok((band.or(cut), why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::facts::instruments::instruments;
    use proptest::prelude::*;

    fn answers(pairs: &[(&str, i64)]) -> Answers {
        pairs.iter().map(|(id, value)| ((*id).to_owned(), *value)).collect()
    }

    /// Answers whose sum is the total, filled from the first item on.
    fn filled(instrument: &Instrument, mut total: i64) -> Answers {
        let mut out = Answers::new();
        for (id, item) in items_of(instrument) {
            let most = item_values(instrument, item).last().copied().map_or(0, i64::from);
            let given = most.min(total);
            total -= given;
            out.insert(id, given);
        }
        assert_eq!(total, 0, "{} cannot reach that total", instrument.id);
        out
    }

    #[test]
    fn every_band_edge_of_every_summed_instrument_falls_in_its_band() {
        let mut edges = 0;
        for instrument in &instruments().instrument {
            if instrument.scoring != Scoring::Sum || instrument.items.iter().any(|item| item.allowed.is_some()) {
                continue;
            }
            for band in &instrument.bands {
                for edge in [band.from.unwrap(), band.to.unwrap()] {
                    let scored = score(instrument, &filled(instrument, edge.into()), None).unwrap();
                    assert_eq!(scored.band, Some(band.label.as_str()), "{} {edge}", instrument.id);
                    assert_eq!(scored.total, Exact::from(edge));
                    edges += 1;
                }
            }
        }
        assert!(edges > 50, "only {edges} edges were seen");
    }

    #[test]
    fn every_value_of_a_single_scale_has_its_band() {
        for (id, item, table) in [
            (
                "nrs_current",
                "now",
                vec![
                    (0, "none"),
                    (1, "mild"),
                    (3, "mild"),
                    (4, "moderate"),
                    (6, "moderate"),
                    (7, "severe"),
                    (10, "severe"),
                ],
            ),
            (
                "vas100",
                "vas",
                vec![(4, "none"), (5, "mild"), (44, "mild"), (45, "moderate"), (74, "moderate"), (75, "severe")],
            ),
            (
                "fps_r",
                "face",
                vec![(0, "none"), (2, "mild"), (4, "moderate"), (6, "moderate"), (8, "severe"), (10, "severe")],
            ),
            ("vrs4", "word", vec![(0, "none"), (1, "mild"), (2, "moderate"), (3, "severe")]),
            ("sleep_nrs", "sleep", vec![(0, "mild"), (3, "mild"), (4, "moderate"), (7, "severe")]),
            ("rass", "value", vec![(-5, "unrousable"), (0, "alert and calm"), (4, "combative")]),
            ("ecog", "value", vec![(0, "fully active"), (5, "dead")]),
            ("pgic", "value", vec![(1, "very much improved"), (4, "no change"), (7, "very much worse")]),
        ] {
            let instrument = instruments().get(id).unwrap();
            for (value, band) in table {
                let scored = score(instrument, &answers(&[(item, value)]), None).unwrap();
                assert_eq!(scored.band, Some(band), "{id} {value}");
            }
        }
    }

    #[test]
    fn cows_takes_only_the_points_it_has() {
        let cows = instruments().get("cows").unwrap();
        let mut given: Answers = cows.items.iter().map(|item| (item.id.clone(), 0)).collect();
        assert_eq!(score(cows, &given, None).unwrap().band, Some("none or below mild"));
        for (item, points) in [("goose", 3), ("anxiety", 2)] {
            given.insert(item.to_owned(), points);
        }
        assert_eq!(score(cows, &given, None).unwrap().band, Some("mild"), "5 is the first of mild");
        given.insert("pulse".to_owned(), 3);
        let fault = score(cows, &given, None).unwrap_err();
        assert_eq!(fault.to_string(), "pulse is 3: it is one of 0, 1, 2, 4");
        let most: Answers = cows
            .items
            .iter()
            .map(|item| (item.id.clone(), i64::from(*item.allowed.as_ref().unwrap().last().unwrap())))
            .collect();
        let scored = score(cows, &most, None).unwrap();
        assert_eq!((scored.total, scored.band), (Exact::whole(48), Some("severe")));
    }

    #[test]
    fn flags_are_raised_by_an_item_or_by_the_total() {
        let ids = |id: &str, given: &Answers| -> Vec<String> {
            score(instruments().get(id).unwrap(), given, None)
                .unwrap()
                .flags
                .iter()
                .map(|flag| flag.id.clone())
                .collect()
        };
        let phq9 = instruments().get("phq9").unwrap();
        let mut low: Answers = phq9.items.iter().map(|item| (item.id.clone(), 0)).collect();
        low.insert("q9".to_owned(), 1);
        assert_eq!(ids("phq9", &low), ["suicide_risk"]);
        assert_eq!(ids("phq9", &filled(phq9, 9)), [""; 0]);
        assert_eq!(ids("phq9", &filled(phq9, 10)), ["screen_positive"]);
        assert_eq!(ids("phq9", &filled(phq9, 27)), ["suicide_risk", "screen_positive"]);
        for (value, flags) in
            [(-1, vec![]), (-2, vec!["drowsy_review"]), (-3, vec!["over_sedated"]), (-5, vec!["over_sedated"])]
        {
            assert_eq!(ids("rass", &answers(&[("value", value)])), flags, "{value}");
        }
    }

    #[test]
    fn a_missing_item_gives_no_total_and_is_named() {
        for instrument in &instruments().instrument {
            if matches!(instrument.scoring, Scoring::Criteria | Scoring::WeightedSum) {
                continue;
            }
            let all: Vec<(String, i64)> = items_of(instrument)
                .into_iter()
                .map(|(id, item)| (id, i64::from(item_values(instrument, item)[0])))
                .collect();
            for (left_out, _) in &all {
                let rest: Answers = all.iter().filter(|(id, _)| id != left_out).cloned().collect();
                match (score(instrument, &rest, None), instrument.missing_counts_as) {
                    (Err(fault), None) => assert_eq!(fault, CalcError::missing(left_out.as_str()), "{}", instrument.id),
                    (Ok(scored), Some(value)) => assert_eq!(scored.total, Exact::from(value), "{}", instrument.id),
                    (other, _) => panic!("{} without {left_out}: {other:?}", instrument.id),
                }
            }
        }
    }

    #[test]
    fn an_answer_outside_the_scale_is_refused_and_named() {
        for (id, item, value, said) in [
            ("nrs_average", "avg", 11, "avg is 11: it lies between 0 and 10"),
            ("nrs_average", "avg", -1, "avg is -1: it lies between 0 and 10"),
            ("fps_r", "face", 3, "face is 3: it is one of 0, 2, 4, 6, 8, 10"),
            ("ecog", "value", 6, "value is 6: it lies between 0 and 5"),
        ] {
            let fault = score(instruments().get(id).unwrap(), &answers(&[(item, value)]), None).unwrap_err();
            assert_eq!(fault.to_string(), said);
        }
        let fault = score(instruments().get("nrs_average").unwrap(), &answers(&[("average", 3)]), None).unwrap_err();
        assert_eq!(fault.to_string(), "average: this item is not known; known: avg");
    }

    #[test]
    fn questions_that_are_not_scored_change_nothing() {
        let phq9 = instruments().get("phq9").unwrap();
        let mut given = filled(phq9, 12);
        let before = score(phq9, &given, None).unwrap().total;
        given.insert("difficulty".to_owned(), 3);
        assert_eq!(score(phq9, &given, None).unwrap().total, before);
    }

    #[test]
    fn totals_of_licensed_forms_are_banded_and_nothing_else() {
        let said = |id: &str, total: i32| {
            total_typed(instruments().excluded(id).unwrap(), Exact::from(total)).map(|(band, _)| band)
        };
        let half = Exact::decimal(205, 1);
        assert!(total_typed(instruments().excluded("odi").unwrap(), half).is_err(), "between two bands");
        let within = total_typed(instruments().excluded("odi").unwrap(), Exact::decimal(489, 1)).unwrap();
        assert_eq!(within.0, Some("severe"));
        for (id, total, band) in [
            ("odi", 20, Some("minimal")),
            ("odi", 21, Some("moderate")),
            ("odi", 100, Some("bed-bound or exaggerating")),
            ("dn4", 3, Some("below the cut-off")),
            ("dn4", 4, Some("neuropathic pain likely")),
            ("midas", 270, Some("grade IV severe")),
            ("paindetect", -1, Some("neuropathic unlikely")),
            ("bpi", 5, None),
        ] {
            assert_eq!(said(id, total), Ok(band), "{id} {total}");
        }
        assert!(said("midas", 271).is_err());
        assert!(said("poss", 3).is_err(), "a scale of codes has no total");
    }

    proptest! {
        #[test]
        fn a_sum_never_leaves_its_range_and_always_has_a_band(seed in proptest::collection::vec(0_usize..1_000, 24)) {
            for instrument in instruments().instrument.iter().filter(|x| x.scoring == Scoring::Sum) {
                let given: Answers = items_of(instrument)
                    .into_iter()
                    .zip(&seed)
                    .map(|((id, item), pick)| {
                        let values = item_values(instrument, item);
                        (id, i64::from(values[pick % values.len()]))
                    })
                    .collect();
                let scored = score(instrument, &given, None).unwrap();
                let [low, high] = instrument.range.unwrap();
                prop_assert!(Exact::from(low) <= scored.total && scored.total <= Exact::from(high), "{}", instrument.id);
                prop_assert!(scored.band.is_some(), "{}", instrument.id);
            }
        }
    }
}
