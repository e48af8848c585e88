//! What stands beside the forms of a visit: the trend, the plan, the last procedure.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::clinical::models::TrendPoint;
use crate::clinical::plan::{ItemState, Plan};
use crate::clinical::procedure::Session;
use crate::clinical::score::{Peg, Scores};
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::trend::{Point, Trend};
use crate::ui::widget::{Canvas, Words, row};

/// What stands beside a form.
#[derive(Debug)]
pub struct Context<'a> {
    /// The figure that is computed while typing.
    pub headline: Option<String>,
    /// Scores of earlier visits, oldest first.
    pub trend: &'a [TrendPoint],
    /// Scores typed so far today.
    pub today: Option<Scores>,
    /// The current plan.
    pub plan: Option<&'a Plan>,
    /// The last procedure session.
    pub session: Option<&'a Session>,
}

/// Draws the panels that fit, the most telling first.
pub fn paint(context: &Context<'_>, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let trend_height = (area.height * 2 / 5).clamp(6, 12).min(area.height);
    let (top, rest) = split(area, trend_height);
    trend(context, canvas, top, view);
    let plan_height = rest.height * 3 / 5;
    let (plan_area, session_area) =
        if context.session.is_some() && rest.height >= 8 { split(rest, plan_height) } else { split(rest, rest.height) };
    plan(context, canvas, plan_area);
    session(context, canvas, session_area);
}

fn split(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

fn trend(context: &Context<'_>, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let mut points: Vec<Point> =
        context.trend.iter().filter_map(|point| Some(at(point.date, tenths(&point.scores)?))).collect();
    if let Some(tenths) = context.today.as_ref().and_then(tenths) {
        points.push(at(view.now.today(), tenths));
    }
    let note = context.headline.as_deref().map_or(Words::new(), |line| Words::of(Role::Strong, line.to_owned()));
    let inside = Pane { name: "Trend", note, ..Pane::default() }.paint(canvas, area);
    if points.is_empty() {
        canvas.text(row(inside, 0), Role::Faint, " no earlier scores");
        return;
    }
    Trend { points: &points, target: None, events: &[] }.paint(canvas, inside);
}

fn at(date: NaiveDate, tenths: u16) -> Point {
    let level = u8::try_from((tenths + 5) / 10).unwrap_or(10);
    let label =
        if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
    Point { date, value: f64::from(tenths) / 10.0, label, role: Role::Pain(level) }
}

/// PEG where it is complete, else the headline pain score, in tenths.
fn tenths(scores: &Scores) -> Option<u16> {
    scores.peg().map(Peg::tenths).or_else(|| scores.headline().map(|score| u16::from(score) * 10))
}

fn plan(context: &Context<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let note = context.plan.map_or(Words::new(), |plan| Words::of(Role::Second, format!("version {}", plan.version)));
    let inside = Pane { name: "Plan", note, ..Pane::default() }.paint(canvas, area);
    let Some(plan) = context.plan else {
        canvas.text(row(inside, 0), Role::Faint, " no plan yet");
        return;
    };
    let items = plan.items.iter().filter(|item| !matches!(item.state, ItemState::Completed | ItemState::Stopped));
    for (down, item) in (0..inside.height).zip(items) {
        let mut words = Words::new().gap(1).say(Role::Text, item.what.clone()).gap(1);
        words = words.say(Role::Faint, item.state.label());
        if let Some(due) = item.due {
            words = words.gap(1).say(Role::Second, show_date(due));
        }
        canvas.words(row(inside, down), &words);
    }
}

fn session(context: &Context<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(session) = context.session else { return };
    let note = Words::of(Role::Second, show_date(session.date));
    let inside = Pane { name: "Last procedure", note, ..Pane::default() }.paint(canvas, area);
    canvas.words(row(inside, 0), &Words::new().gap(1).say(Role::Procedure, session.summary()));
    let show = |answer: Option<crate::clinical::answer::Answer>| {
        answer.map_or_else(|| "?".to_owned(), crate::clinical::answer::Answer::show)
    };
    let line = format!(" pain before {}, after {}", show(session.before), show(session.after));
    canvas.text(row(inside, 1), Role::Second, &line);
}
