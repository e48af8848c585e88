//! What the medicines come to and ask for, on the cover: the figure with its table, and the strip of cautions.

use chrono::NaiveDate;

use super::block::{Block, Line};
use crate::clinical::caution::{Input, function_of, strip};
use crate::clinical::exposure::Exposure;
use crate::clinical::models::Chart;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::ui::theme::Role;

/// The block; none where no medicine is listed, and where nothing is to be said: the list itself says whether it was
/// reviewed.
pub fn block(chart: &Chart, own: &[OwnRule], today: NaiveDate) -> Option<Block> {
    let facts = &chart.file.facts;
    if facts.medications.items().is_empty() {
        return None;
    }
    let function = function_of(&chart.trend);
    let strip = strip(&Input { file: &chart.file, function, monitoring: &chart.monitoring, own, today });
    let quiet = strip.cautions.is_empty() && strip.absent.is_empty() && strip.not_checked().is_none();
    if quiet && facts.opioid.figure.is_none() {
        return None;
    }
    let role = if quiet { Role::Second } else { Role::Wants };
    // The figure stands in the band as well: where one line is left, it is that of the cautions.
    let mut lines = vec![Line::text(role, "", clean_line(&strip.line(&[])))];
    if facts.opioid.figure.is_some() {
        let exposure = Exposure::of(&facts.medications, &facts.opioid);
        lines.push(Line::text(Role::Text, "", exposure.headline()));
    }
    // What was answered is not asked again in the visit, but whoever opens the chart sees that it is so, and why.
    lines.extend(strip.cautions.iter().filter_map(|caution| {
        let (reason, on) = facts.opioid.reason_for(&caution.name)?;
        let why = if reason.trim().is_empty() { "no reason given" } else { reason };
        let words = format!("{}: {} ({})", caution.short, clean_line(why), show_date(on));
        Some(Line::text(Role::Second, "", words))
    }));
    Some(Block { keeps: 3, ..Block::new("Cautions", lines) })
}
