//! The line through the samples of a series: joined where nothing is missing between, and thinned to what can be seen.

use super::{Reading, Series, Window};

/// Samples joined by one line, by their place in the series.
pub type Run = Vec<usize>;

/// The lines through a stretch of time, drawn in so many columns.
///
/// A sample without a figure ends a line. What waits to be confirmed is in none. Of all that falls into one column the
/// first, the last, the lowest and the highest stay, so that what is drawn is bounded by the columns and no peak is lost.
/// The last before and the first after the stretch are kept too, so that lines run on to its edges.
pub fn runs(series: &Series, window: Window, columns: u16) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut run: Run = Vec::new();
    for at in shown(series, window) {
        match &series.samples[at].reading {
            Reading::Given(given) if !given.waiting => run.push(at),
            Reading::Given(_) => {}
            Reading::Missing(_) => out.push(std::mem::take(&mut run)),
        }
    }
    out.push(run);
    out.retain(|run| !run.is_empty());
    for run in &mut out {
        *run = thin(series, window, columns, run);
    }
    out
}

/// The samples of a stretch with one more at each side.
fn shown(series: &Series, window: Window) -> std::ops::Range<usize> {
    let samples = &series.samples;
    let from = samples.partition_point(|sample| sample.date < window.from);
    let to = samples.partition_point(|sample| sample.date <= window.to);
    from.saturating_sub(1)..(to + 1).min(samples.len())
}

fn thin(series: &Series, window: Window, columns: u16, run: &[usize]) -> Run {
    let mut out = Run::new();
    let mut group: Run = Vec::new();
    let mut column = None;
    for &at in run {
        let of = window.column(series.samples[at].date, columns);
        if of != column || of.is_none() {
            keep(series, &group, &mut out);
            group.clear();
            column = of;
        }
        group.push(at);
    }
    keep(series, &group, &mut out);
    out
}

/// First, last, lowest and highest of those that fall into one column, in their order.
fn keep(series: &Series, group: &[usize], out: &mut Run) {
    let value = |at: &&usize| series.samples[**at].confirmed().map(|given| given.value);
    let ends = [group.first(), group.iter().min_by_key(value), group.iter().max_by_key(value), group.last()];
    let mut kept: Run = ends.into_iter().flatten().copied().collect();
    kept.sort_unstable();
    kept.dedup();
    out.extend(kept);
}
