//! What stands beside the forms of a visit: the trend, the plan, the last procedure.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::clinical::answer::Answer;
use crate::clinical::body::figure::Size;
use crate::clinical::body::{MapOn, PainMap};
use crate::clinical::models::TrendPoint;
use crate::clinical::plan::{ItemState, Plan, PlanItem};
use crate::clinical::procedure::ProcedureSession;
use crate::clinical::score::{Peg, Scores};
use crate::clinical::text::{clean_line, show_tenths};
use crate::clinical::time::show_date;
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::body::{BodyFigure, columns_of, fitting};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::trend::{Point, Trend};
use crate::ui::widget::{Canvas, Words, columns, inset, row};

/// What stands beside a form.
#[derive(Debug)]
pub struct Panels<'a> {
    /// The figure that is computed while typing.
    pub headline: Option<String>,
    /// The body map as it is marked now, and that of the last visit.
    pub map: Option<(&'a PainMap, Option<&'a MapOn>)>,
    /// Scores of earlier visits, oldest first.
    pub trend: &'a [TrendPoint],
    /// Scores typed so far today.
    pub today: Option<Scores>,
    /// The current plan.
    pub plan: Option<&'a Plan>,
    /// The last procedure session.
    pub session: Option<&'a ProcedureSession>,
}

/// Draws the panels that fit, the most telling first, each as high as what it holds.
pub fn paint(context: &Panels<'_>, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let area = map(context, canvas, area);
    let points = points(context, view);
    let trend_height = if points.len() < 2 { 3 } else { (area.height * 2 / 5).clamp(TREND, 12) };
    let (top, rest) = split(area, trend_height);
    trend(context, canvas, top, &points);
    let items: Vec<&PlanItem> =
        context.plan.iter().flat_map(|plan| &plan.items).filter(|item| is_current(item)).collect();
    let session_height = if context.session.is_some() && rest.height >= 8 { 4 } else { 0 };
    let room = rest.height.saturating_sub(session_height).saturating_sub(2);
    let each = if items.len() * 2 <= usize::from(room) { 2 } else { 1 };
    let lines = columns(items.len() * each).clamp(1, room.max(1));
    let (plan_area, rest) = split(rest, lines + 2);
    plan(context.plan, &items, each, canvas, plan_area);
    session(context.session, canvas, split(rest, session_height).0);
}

/// The rows of the trend below which it tells nothing.
const TREND: u16 = 6;

/// The figure for an area: in at most half the rows, but the smallest also where only the trend has room below it. What
/// stands above, a long strip of cautions, must not push the map out.
fn figure_in(area: Rect) -> Option<Size> {
    let wide = area.width.saturating_sub(2);
    let small = || fitting(wide, area.height.saturating_sub(TREND + 2).min(Size::Small.rows()), false);
    fitting(wide, (area.height / 2).saturating_sub(2), false).or_else(small)
}

/// The figure of the body map, where anything is marked or was; gives what is left below it.
fn map(context: &Panels<'_>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    let Some((map, last)) = context.map else { return area };
    let hurt = |map: &PainMap| map.hurting().next().is_some();
    if !hurt(map) && !last.is_some_and(|last| hurt(&last.map)) {
        return area;
    }
    let Some(size) = figure_in(area) else { return area };
    let (top, rest) = split(area, size.rows() + 2);
    let marked = map.hurting().count();
    let regions = if marked == 1 { "region" } else { "regions" };
    let note = match last {
        Some(last) if marked == 0 => Words::of(Role::Second, format!("as on {}", show_date(last.date))),
        _ => Words::of(Role::Second, format!("{marked} {regions}")),
    };
    let inside = Pane { name: "Body map", note, ..Pane::default() }.paint(canvas, top);
    let left = inside.width.saturating_sub(columns_of(size)) / 2;
    let last = last.map(|last| &last.map);
    BodyFigure { size, map, last, chosen: None, target: None }.paint(canvas, inset(inside, left, 0));
    rest
}

fn split(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

/// That the visit is of another day than today, where it is.
pub fn other_day(visit: &Visit, view: &View<'_>) -> Vec<Item<'static>> {
    let words = (visit.date != view.now.today()).then(|| format!("visit of {}", show_date(visit.date)));
    words.map(|words| Item::new(1, Words::of(Role::Wants, words))).into_iter().collect()
}

/// The course of one measure, never of two in one picture: PEG where it was complete at least twice, else pain.
struct Course {
    name: &'static str,
    points: Vec<Point>,
}

impl Course {
    fn len(&self) -> usize {
        self.points.len()
    }
}

fn points(context: &Panels<'_>, view: &View<'_>) -> Course {
    let scores = context.trend.iter().map(|point| (point.date, &point.scores));
    let scores: Vec<(NaiveDate, &Scores)> =
        scores.chain(context.today.as_ref().map(|scores| (view.now.today(), scores))).collect();
    let of = |tenths: fn(&Scores) -> Option<u16>| -> Vec<Point> {
        scores.iter().filter_map(|(date, scores)| Some(at(*date, tenths(scores)?))).collect()
    };
    let peg = of(|scores| scores.peg().map(Peg::tenths));
    if peg.len() >= 2 {
        return Course { name: "PEG", points: peg };
    }
    Course { name: "pain", points: of(|scores| scores.headline().map(|score| u16::from(score) * 10)) }
}

/// The trend alone.
pub fn paint_trend(context: &Panels<'_>, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    trend(context, canvas, area, &points(context, view));
}

fn trend(context: &Panels<'_>, canvas: &mut Canvas<'_>, area: Rect, course: &Course) {
    let note = match &context.headline {
        Some(line) => Words::of(Role::Strong, line.clone()),
        None => Words::of(Role::Second, course.name),
    };
    let inside = Pane { name: "Trend", note, ..Pane::default() }.paint(canvas, area);
    match course.points.as_slice() {
        [] => _ = canvas.text(row(inside, 0), Role::Faint, " no earlier scores"),
        [only] => {
            let words = Words::of(Role::Second, format!(" {} ", course.name)).bold(only.role, only.label.clone());
            let words = words.say(Role::Second, format!(" on {}, the only one", show_date(only.date)));
            canvas.words(row(inside, 0), &words);
        }
        points => Trend { points, target: None, events: &[] }.paint(canvas, inside),
    }
}

fn at(date: NaiveDate, tenths: u16) -> Point {
    let level = u8::try_from((tenths + 5) / 10).unwrap_or(10);
    Point { date, value: f64::from(tenths) / 10.0, label: show_tenths(tenths), role: Role::Pain(level) }
}

fn is_current(item: &PlanItem) -> bool {
    !matches!(item.state, ItemState::Completed | ItemState::Stopped | ItemState::Declined)
}

/// The plan as it stands: what, and its date at the right; where there is room, below it how it stands and what comes
/// next.
fn plan(plan: Option<&Plan>, items: &[&PlanItem], each: usize, canvas: &mut Canvas<'_>, area: Rect) {
    let note = plan.map_or(Words::new(), |plan| Words::of(Role::Second, format!("version {}", plan.version)));
    let pane = Pane { name: "Plan", note, ..Pane::default() };
    let inside = inset(pane.paint(canvas, area), 1, 1);
    if items.is_empty() {
        let words = if plan.is_some() { "nothing is in it" } else { "no plan yet" };
        canvas.text(row(inside, 0), Role::Faint, words);
        return;
    }
    let shown = usize::from(inside.height) / each;
    for (n, item) in items.iter().take(shown).enumerate() {
        let line = row(inside, columns(n * each));
        let due = item.due.map(show_date).unwrap_or_default();
        let room = inset(line, 0, if due.is_empty() { 0 } else { columns(due.len() + 2) });
        canvas.text(room, Role::Text, &clean_line(&item.what));
        canvas.words_right(line, &Words::of(Role::Second, due));
        if each > 1 {
            let next = clean_line(&item.next_step);
            let gap = if next.is_empty() { "" } else { " · " };
            let below = inset(row(inside, columns(n * each + 1)), 2, 0);
            canvas.text(below, Role::Faint, &format!("{}{gap}{next}", item.state.label()));
        }
    }
}

fn session(session: Option<&ProcedureSession>, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(session) = session.filter(|_| area.height > 2) else { return };
    let note = Words::of(Role::Second, show_date(session.date));
    let pane = Pane { name: "Last procedure", note, ..Pane::default() };
    let inside = inset(pane.paint(canvas, area), 1, 1);
    canvas.text(row(inside, 0), Role::Procedure, &session.summary());
    let show = |answer: Option<Answer>| answer.map_or_else(|| "?".to_owned(), Answer::show);
    let line = format!("pain before {}, after {}", show(session.before), show(session.after));
    canvas.text(row(inside, 1), Role::Second, &line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_takes_half_the_rows_or_what_the_trend_leaves_it() {
        for (height, size) in [
            (21, None),
            (22, Some(Size::Small)),
            (26, Some(Size::Small)),
            (32, Some(Size::Small)),
            (42, Some(Size::Compact)),
            (64, Some(Size::Large)),
        ] {
            assert_eq!(figure_in(Rect::new(0, 0, 90, height)), size, "{height}");
        }
        assert_eq!(figure_in(Rect::new(0, 0, 12, 60)), None);
    }
}
