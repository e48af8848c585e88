//! Tests and results on the cover: what somebody has to do something about first, then the newest.

use super::block::{Block, Line};
use crate::clinical::diagnostic::{Diagnostic, Step};
use crate::clinical::models::Chart;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::Words;

/// How many that are finished stand there.
const FINISHED: usize = 3;

/// The block; none where no test was ever asked for.
pub fn block(chart: &Chart, today: chrono::NaiveDate) -> Option<Block> {
    let wants = |test: &Diagnostic| test.is_open_on(today);
    let open = chart.diagnostics.iter().filter(|test| wants(test));
    let waiting = chart.diagnostics.iter().filter(|test| !wants(test) && test.step() == Step::Requested);
    let over = |test: &&Diagnostic| !wants(test) && matches!(test.step(), Step::Done | Step::ActedOn);
    let finished = chart.diagnostics.iter().filter(over).take(FINISHED);
    let lines: Vec<Line> = open.chain(waiting).chain(finished).map(|test| line(test, wants(test))).collect();
    let label = "Tests";
    (!lines.is_empty()).then(|| Block::new(label, lines))
}

fn line(test: &Diagnostic, wants: bool) -> Line {
    let found = [&test.reading, &test.report].into_iter().find(|text| !text.trim().is_empty());
    let mut words = Words::of(Role::Text, clean_line(&test.name()));
    if let Some(found) = found {
        words = words.say(Role::Second, format!(": {}", clean_line(found)));
    }
    let date = test.date().map(show_date).unwrap_or_default();
    let (sign, right) = match test.step() {
        Step::Requested if wants => (Mark::Wants, Words::of(Role::Wants, format!("no result, due {date}"))),
        Step::Requested => (Mark::ToCome, Words::of(Role::Second, format!("by {date}"))),
        step if wants => (Mark::Wants, Words::of(Role::Wants, format!("{} · {date}", step.label()))),
        _ => (Mark::Done, Words::of(Role::Second, date)),
    };
    Line::Marked(sign, words, right)
}
