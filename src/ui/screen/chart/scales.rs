//! Questionnaires and scales on the cover: the newest result of each with its band and its change, what still asks for
//! something first, then what is worst.

use super::block::{Block, Line};
use crate::clinical::instrument::InstrumentResult;
use crate::clinical::models::Chart;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::Words;

/// The block; none where no scale was ever filled in.
pub fn block(chart: &Chart) -> Option<Block> {
    let mut results: Vec<_> = chart.cover.results.iter().collect();
    results.sort_by_key(|(now, _)| (!now.is_open(), std::cmp::Reverse(now.severity), std::cmp::Reverse(now.date)));
    let lines: Vec<Line> = results.iter().map(|(now, before)| line(now, before.as_ref())).collect();
    (!lines.is_empty()).then(|| Block::new("Scales", lines))
}

fn line(now: &InstrumentResult, before: Option<&InstrumentResult>) -> Line {
    let mut words = Words::of(Role::Text, clean_line(&now.full()));
    if let Some(before) = before {
        let change =
            if before.shown == now.shown { "as".to_owned() } else { format!("{} on", clean_line(&before.shown)) };
        words = words.say(Role::Second, format!("  {change} {}", show_date(before.date)));
    }
    let words = if now.waiting { words.say(Role::Wants, "  not confirmed") } else { words };
    let on = Words::of(Role::Second, show_date(now.date));
    if now.is_open() { Line::Marked(Mark::Wants, words, on) } else { Line::Words(words, on) }
}
