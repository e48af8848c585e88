//! Why the PEG on the cover is what it is, and why it counts as changed.

use crate::clinical::calc::peg::peg_change;
use crate::clinical::instrument::Answers;
use crate::clinical::models::{Chart, TrendPoint};
use crate::clinical::score::{ScoreItem, Scores};
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::modal::{Modal, Reading};

const ITEMS: [(ScoreItem, &str); 3] =
    [(ScoreItem::PegPain, "p"), (ScoreItem::PegEnjoyment, "e"), (ScoreItem::PegActivity, "g")];

fn answers(scores: &Scores) -> Answers {
    let value = |item| scores.get(item).and_then(crate::clinical::answer::Answer::value);
    ITEMS.iter().filter_map(|(item, key)| Some(((*key).to_owned(), i64::from(value(*item)?)))).collect()
}

fn said(scores: &Scores) -> String {
    let item = |(item, _): &(ScoreItem, &str)| {
        let answer = scores.get(*item).map_or_else(|| "blank".to_owned(), crate::clinical::answer::Answer::show);
        format!("{} {answer}", item.label())
    };
    ITEMS.iter().map(item).collect::<Vec<_>>().join(", ")
}

/// The figure with its inputs, the rule and its source; none where there is no assessment.
pub fn why(chart: &Chart) -> Option<Effect> {
    let assessment = chart.assessment.as_ref()?;
    let mut lines = vec![format!("{}: {}.", show_date(assessment.date), said(&assessment.scores))];
    let now = assessment.scores.peg();
    match now {
        Some(peg) => lines.push(format!("Their mean is the PEG: {}.", peg.show())),
        None => lines.push("All three are needed for the PEG: there is none, rather than a guess.".to_owned()),
    }
    let complete = |point: &&TrendPoint| point.date < assessment.date && point.scores.peg().is_some();
    let last = chart.trend.iter().rev().find(complete);
    match (now, last.and_then(|last| Some((last, last.scores.peg()?)))) {
        (Some(now), Some((last, before))) => {
            lines.push(format!("{}: {}. PEG {}.", show_date(last.date), said(&last.scores), before.show()));
            lines.push(format!("Change: {}, the percentage being of the earlier PEG.", now.change_from(before)));
            if let Ok(change) = peg_change(&answers(&last.scores), &answers(&assessment.scores)) {
                let responds = change.change.responder_30;
                let met = if responds { "is met" } else { "is not met" };
                lines.push(format!("A fall of 30 % or more, which counts as a response, {met}."));
                lines.push(String::new());
                lines.extend(change.change.why.facts().map(crate::clinical::why::Fact::show));
            }
        }
        (Some(_), None) => lines.push("No earlier visit has a complete PEG to compare it with.".to_owned()),
        (None, _) => {}
    }
    Some(Effect::show(Modal::Reading(Reading::new("Why: PEG", &lines.join("\n")))))
}
