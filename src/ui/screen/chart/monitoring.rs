//! Monitoring on the cover: what is due first, then what was last checked.

use chrono::NaiveDate;

use super::block::{Block, Line};
use crate::clinical::board::follow::FollowKey;
use crate::clinical::models::Chart;
use crate::clinical::monitoring::CheckKind;
use crate::clinical::monitoring::rule::Rules;
use crate::clinical::monitoring::urine::Step;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::Words;

/// The block; none where nothing is monitored and nothing was ever checked. `is_open` tells what stands among what is open,
/// too.
pub fn block(chart: &Chart, rules: &Rules<'_>, today: NaiveDate, is_open: impl Fn(FollowKey) -> bool) -> Option<Block> {
    let (model, watch) = (&chart.monitoring, chart.monitoring.watch(&chart.file, rules));
    let open = model.urine.iter().find(|test| !matches!(test.step(), Step::Settled | Step::LetGo));
    let mut lines = Vec::new();
    if let Some(test) = open {
        let wants = test.open_from().is_some_and(|from| from <= today);
        let sign = if wants { Mark::Wants } else { Mark::ToCome };
        let line = Line::Marked(sign, Words::of(Role::Text, clean_line(&test.line())), Words::new());
        lines.push((line, is_open(FollowKey::Urine(test.id))));
    }
    for clock in watch.due_on(today).filter(|clock| open.is_none() || clock.kind != CheckKind::Urine) {
        let since = match (clock.last, clock.due) {
            (_, Some(due)) => format!("due {}", show_date(due)),
            (_, None) => "never done".to_owned(),
        };
        let line = Line::Marked(Mark::Wants, Words::of(Role::Text, clock.line()), Words::of(Role::Wants, since));
        lines.push((line, is_open(FollowKey::Clock(chart.file.patient.id, clock.kind))));
    }
    let last = CheckKind::ALL.iter().filter_map(|&kind| match kind {
        CheckKind::Urine => {
            let test = model.last_urine()?;
            Some(format!("urine test {} {}", test.sample_date().map(show_date)?, clean_line(&test.verdict())))
        }
        kind => {
            let check = model.last(kind)?;
            Some(format!("{} {} {}", kind.label(), show_date(check.on), check.outcome.label()))
        }
    });
    let last: Vec<String> = last.collect();
    if !last.is_empty() {
        lines.push((Line::text(Role::Second, "", last.join(" · ")), false));
    }
    (!lines.is_empty()).then(|| Block::where_some_stand_elsewhere("Monitoring", lines))
}
