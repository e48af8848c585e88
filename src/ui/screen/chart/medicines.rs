//! What the medicines come to and ask for, on the cover: the figure with its table, and the strip of cautions.

use chrono::NaiveDate;

use super::block::{Block, Line};
use crate::clinical::caution::{Input, Monitoring, strip};
use crate::clinical::exposure::Exposure;
use crate::clinical::models::Chart;
use crate::clinical::text::clean_line;
use crate::ui::theme::Role;

/// The block; none where no medicine is listed, and where nothing is to be said: the list itself says whether it was
/// reviewed.
pub fn block(chart: &Chart, today: NaiveDate) -> Option<Block> {
    let facts = &chart.file.facts;
    if facts.medications.items().is_empty() {
        return None;
    }
    let function = chart.trend.iter().rev().find_map(|point| Some((point.date, point.scores.peg()?.tenths())));
    let monitoring = Monitoring::from(&chart.monitoring);
    let strip = strip(&Input { file: &chart.file, function, monitoring, today });
    let told: Vec<&str> =
        facts.opioid.reasons.iter().filter(|(.., on)| *on == today).map(|(name, ..)| name.as_str()).collect();
    let quiet = strip.cautions.is_empty() && strip.absent.is_empty() && strip.not_checked().is_none();
    if quiet && facts.opioid.figure.is_none() {
        return None;
    }
    let mut lines = Vec::new();
    if facts.opioid.figure.is_some() {
        let exposure = Exposure::of(&facts.medications, &facts.opioid);
        lines.push(Line::text(Role::Text, "", exposure.headline()));
    }
    let role = if quiet { Role::Second } else { Role::Wants };
    lines.push(Line::text(role, "", clean_line(&strip.line(&told))));
    Some(Block { label: "Cautions".to_owned(), under: String::new(), lines, keeps: 2 })
}
