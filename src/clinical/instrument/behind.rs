//! What a total alone leaves open: an answer that must not wait (item 9 of the PHQ-9, say) may stand behind it.

use super::condition::Condition;
use super::question::of_instrument;
use crate::clinical::exact::Exact;
use crate::clinical::facts::instruments::{Instrument, Scoring};

/// What the questions with a grave flag may be where only their sum is known: certain (an alarm), impossible (nothing), or
/// unknown, which asks for it.
///
/// Reckoned from the sum alone: the least an answer can be is the total without the highest of all others, the most is the
/// total itself. Only where answers are summed and none is below 0; anything else is unknown.
pub fn behind_total(instrument: &Instrument, total: Exact, alarms: &mut Vec<String>, flags: &mut Vec<String>) {
    let questions = of_instrument(instrument);
    let scored = |id: &str| !instrument.extra_items.iter().any(|extra| extra.id == id);
    for flag in instrument.flags.iter().filter(|flag| flag.stays) {
        let Ok(condition) = flag.when.parse::<Condition>() else { continue };
        let Some(at) = questions.iter().position(|question| question.id == condition.name()) else { continue };
        let mut least_all = 0;
        let (mut most_others, mut range) = (0, (0, 0));
        for question in questions.iter().filter(|question| scored(&question.id)) {
            let (low, high) = question.span();
            least_all = least_all.min(low);
            if question.id == questions[at].id { range = (low, high) } else { most_others += high }
        }
        let summed = instrument.scoring == Scoring::Sum && least_all >= 0;
        let whole = total.as_whole().filter(|_| summed);
        let (least, most) = whole.map_or(range, |total| ((total - most_others).max(range.0), total.min(range.1)));
        let met = |value: i64| condition.is_met(Exact::whole(value));
        if (least..=most).all(met) {
            alarms.push(flag.label.clone());
        } else if (least..=most).any(met) {
            let label = &questions[at].label;
            flags.push(format!("“{label}” is unknown: a total does not say it; ask it"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::clinical::exact::Exact;
    use crate::clinical::instrument::{Catalogue, Raises};

    #[test]
    fn a_total_of_the_phq9_says_what_it_leaves_open() {
        let catalogue = Catalogue::default();
        let phq9 = catalogue.get("phq9").unwrap();
        let asks = "“Thoughts of being better off dead or of self-harm” is unknown: a total does not say it; ask it";
        for (total, raises, first) in [
            // Every answer is nought.
            (0, Raises::Nothing, None),
            (1, Raises::Flag, Some(asks)),
            (9, Raises::Flag, Some(asks)),
            (24, Raises::Flag, Some(asks)),
            // All others at their highest make 24: the last is 1 at least.
            (25, Raises::Alarm, Some("Item 9 positive")),
            (27, Raises::Alarm, Some("Item 9 positive")),
        ] {
            let outcome = phq9.outcome_of_total(Exact::whole(total)).unwrap();
            assert_eq!(outcome.raises, raises, "{total}: {:?}", outcome.raised);
            let said = outcome.raised.iter().find(|words| first.is_some_and(|first| words.starts_with(first)));
            assert_eq!(said.is_some(), first.is_some(), "{total}: {:?}", outcome.raised);
        }
        // One without a grave answer leaves nothing open.
        let gad7 = catalogue.get("gad7").unwrap().outcome_of_total(Exact::whole(3)).unwrap();
        assert_eq!(gad7.raises, Raises::Nothing);
    }
}
