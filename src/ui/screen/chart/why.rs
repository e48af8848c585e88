//! Why the figures on the cover are what they are: each with what went in, its rule, the source and its date.

use chrono::NaiveDate;

use super::cover::last_peg;
use crate::clinical::caution::{Input, Strip, function_of, strip};
use crate::clinical::exposure::Exposure;
use crate::clinical::figure::{self, Account};
use crate::clinical::models::Chart;
use crate::clinical::monitoring::rule::Rules;
use crate::ui::effect::Effect;
use crate::ui::modal::{Modal, Reading};

/// Whether the cover may show a figure at all, seen without reckoning any.
pub fn may_have_one(chart: &Chart) -> bool {
    let has_targets = chart.plan.as_ref().is_some_and(|plan| !plan.targets.is_empty());
    let runs = !chart.tapers.is_empty() || !chart.referrals.is_empty();
    chart.assessment.is_some() || !chart.file.facts.medications.items().is_empty() || has_targets || runs
}

/// Every figure of the cover, in the order in which they stand there.
fn accounts(chart: &Chart, strip: &Strip, rules: &Rules<'_>, today: NaiveDate) -> Vec<Account> {
    let facts = &chart.file.facts;
    let mut out = Vec::new();
    if let Some(assessment) = &chart.assessment {
        let now = (&assessment.scores, assessment.date);
        out.push(figure::peg(now.0, Some(now.1)));
        let last = last_peg(chart, assessment.date);
        let last = last.and_then(|(on, _)| chart.trend.iter().find(|point| point.date == on));
        out.extend(last.and_then(|last| figure::peg_change_since(now, (&last.scores, last.date))));
    }
    if facts.opioid.figure.is_some() {
        out.extend(figure::mme(&Exposure::of(&facts.medications, &facts.opioid)));
    }
    let cautions = strip.cautions.iter().chain(&strip.absent);
    out.extend(cautions.map(|caution| figure::caution(caution, strip.listed)));
    out.extend(facts.medications.items().iter().filter_map(figure::supply));
    let targets = chart.plan.iter().flat_map(|plan| &plan.targets);
    out.extend(targets.map(|target| figure::target(target, target.of.newest(&chart.trend), today)));
    let watch = chart.monitoring.watch(&chart.file, rules);
    out.extend(watch.due_on(today).map(figure::clock));
    out.extend(chart.referrals.iter().map(figure::referral));
    out.extend(chart.tapers.iter().filter_map(figure::taper));
    out
}

/// All of them to read; none where no figure stands there.
pub fn why(chart: &Chart, rules: &Rules<'_>, today: NaiveDate) -> Option<Effect> {
    let (file, monitoring) = (&chart.file, &chart.monitoring);
    let strip = strip(&Input { file, function: function_of(&chart.trend), monitoring, own: rules.own, today });
    let mut text = figure::pages(&accounts(chart, &strip, rules, today));
    if let Some(not) = strip.not_checked() {
        text = format!("{text}\n\n{not}");
    }
    let page = Reading::new("Why: figures on the cover", text.trim());
    may_have_one(chart).then(|| Effect::show(Modal::Reading(page)))
}
