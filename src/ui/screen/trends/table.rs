//! The same as lines: day, value, change, how it was given; what was done between them.

use ratatui::layout::Rect;

use super::{TrendsScreen, said};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::trend::course::Row;
use crate::clinical::trend::level::against;
use crate::clinical::trend::{Baseline, Given, Mark, Reading, Sample, Series};
use crate::ui::theme::Role;
use crate::ui::widget::columns::{Column, Laid, lay};
use crate::ui::widget::course::colour;
use crate::ui::widget::lanes::{role, sign};
use crate::ui::widget::{Canvas, Words};

/// Day, value, what it is called, against the one before, against the baseline, how it was given.
const COLUMNS: [Column; 6] = [
    Column::fixed(11, 0).right(),
    Column::between(4, 8, 0).after(2).right(),
    Column::between(8, 18, 3).after(2),
    Column::fixed(6, 2).after(2).right(),
    Column::between(20, 36, 1).after(2),
    Column::rest(10, 4).after(2),
];

/// Draws the heads of the columns.
pub fn heads(canvas: &mut Canvas<'_>, area: Rect) {
    let laid = lay(&COLUMNS, area.width);
    for (at, head) in ["day", "value", "", "since", "against the baseline", "how"].into_iter().enumerate() {
        laid.write(canvas, area, at, &Words::of(Role::Faint, head));
    }
}

/// The change against the value before: `▼2`, `▲0.7`, `=`.
fn since(series: &Series, sample: &Sample, given: &Given) -> Option<String> {
    let (_, before) = series.before(sample.date)?;
    let by = given.value.minus(before.value).ok()?;
    let size = by.show(1);
    let size = size.strip_suffix(".0").unwrap_or(&size).to_owned();
    Some(match size.strip_prefix('-') {
        Some(down) => format!("▼{down}"),
        None if size == "0" => "=".to_owned(),
        None => format!("▲{size}"),
    })
}

/// The change against the baseline, which is named above all rows.
fn change(series: &Series, given: &Given, baseline: &Baseline) -> String {
    let words = against(series, given.value, baseline, "−");
    words.replace(&format!(" from {} ({})", baseline.shown, show_date(baseline.date)), "")
}

/// Draws one row.
pub fn paint(canvas: &mut Canvas<'_>, area: Rect, screen: &TrendsScreen, row: Row<'_>, hide: impl Fn(&str) -> String) {
    let Some(series) = screen.series() else { return };
    let laid = lay(&COLUMNS, area.width);
    laid.write(canvas, area, 0, &Words::of(Role::Text, show_date(row.date())));
    match row {
        Row::Sample(sample) => paint_sample(canvas, area, &laid, screen, series, sample),
        Row::Mark(mark) => {
            let at = laid.area(area, 1);
            let rest = Rect { width: area.right().saturating_sub(at.x), ..at };
            let words = Words::of(role(mark.kind), sign(mark.kind, canvas.glyphs())).gap(1);
            canvas.words(rest, &words.say(role(mark.kind), hide(&clean_line(&mark.words()))));
        }
    }
}

fn paint_sample(
    canvas: &mut Canvas<'_>,
    area: Rect,
    laid: &Laid,
    screen: &TrendsScreen,
    series: &Series,
    sample: &Sample,
) {
    let given = match &sample.reading {
        Reading::Given(given) => given,
        Reading::Missing(why) => {
            laid.write(canvas, area, 1, &Words::of(Role::Second, "×"));
            laid.write(canvas, area, 2, &Words::of(Role::Second, why.as_str()));
            return;
        }
    };
    let lead = if given.waiting { Words::of(Role::Wants, "○ ") } else { Words::new() };
    let lead = if given.by_proxy() { lead.say(Role::Text, "◆ ") } else { lead };
    laid.write(canvas, area, 1, &lead.bold(colour(series, given.value), given.shown.clone()));
    laid.write(canvas, area, 2, &Words::of(Role::Text, said::band(series, given)));
    if let Some(since) = since(series, sample, given) {
        laid.write(canvas, area, 3, &Words::of(Role::Second, since));
    }
    if let Some(baseline) = screen.baseline() {
        let words =
            if baseline.date == sample.date { "the baseline".to_owned() } else { change(series, given, baseline) };
        laid.write(canvas, area, 4, &Words::of(Role::Second, words));
    }
    laid.write(canvas, area, 5, &Words::of(Role::Faint, given.how.show()));
}

/// One row in words.
pub fn line(screen: &TrendsScreen, row: Row<'_>) -> String {
    let Some(series) = screen.series() else { return String::new() };
    let day = show_date(row.date());
    match row {
        Row::Mark(mark) => format!("{day}: {}", spoken(mark)),
        Row::Sample(sample) => match &sample.reading {
            Reading::Missing(why) => format!("{day}: no {}, {why}", series.name),
            Reading::Given(given) => {
                let mut parts =
                    vec![format!("{day}: {} {}", series.name, given.shown), said::band(series, given).to_owned()];
                if given.waiting {
                    parts.push("typed in, to be confirmed".to_owned());
                }
                if let Some(baseline) = screen.baseline().filter(|baseline| baseline.date != sample.date) {
                    parts.push(change(series, given, baseline));
                }
                parts.push(given.how.show());
                parts.retain(|part| !part.is_empty());
                parts.join(", ")
            }
        },
    }
}

fn spoken(mark: &Mark) -> String {
    clean_line(&mark.words())
}
