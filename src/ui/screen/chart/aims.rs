//! What the plan aims at and what the patient wants to do again, each with how far it is; and what helped most and least.

use chrono::NaiveDate;

use super::block::{Block, Line};
use crate::clinical::models::Chart;
use crate::clinical::plan::goal::progress;
use crate::clinical::plan::ledger::{in_short, ledger};
use crate::clinical::text::clean_line;
use crate::ui::theme::Role;

/// Targets with their distance, then goals with their scores; none where there is neither.
pub fn block(chart: &Chart, today: NaiveDate) -> Option<Block> {
    let targets = chart.plan.iter().flat_map(|plan| &plan.targets);
    let targets = targets.map(|target| {
        let distance = target.distance(target.of.newest(&chart.trend), today);
        Line::text(Role::Text, "", format!("{}: {distance}", target.show()))
    });
    let goals = chart.file.facts.goals.iter().map(|goal| {
        let text = format!("{}: {}", clean_line(&goal.text), progress(goal, &chart.goal_scores));
        Line::text(Role::Text, "", text)
    });
    let lines: Vec<Line> = targets.chain(goals).collect();
    (!lines.is_empty()).then(|| Block::new("Aims", lines))
}

/// What helped most and least of all that was tried, in words; none where nothing was measured. The whole ledger is reckoned
/// for it: once when a chart is read, never while it is drawn.
pub fn best_and_least(chart: &Chart) -> Option<String> {
    in_short(&ledger(&chart.treatments)).map(|text| clean_line(&text))
}
