//! What stands beside the plan while it is written: the difference, the jigsaw, the aims, the trend.

use ratatui::layout::Rect;

use crate::clinical::models::PlanModel;
use crate::clinical::plan::goal::progress;
use crate::clinical::plan::jigsaw::jigsaw;
use crate::clinical::plan::ledger::Trial;
use crate::clinical::text::clean_line;
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::screen::form::context;
use crate::ui::screen::jigsaw::sign;
use crate::ui::theme::Role;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, Words, columns, inset, row};

/// The rows of the jigsaw with its frame.
const JIGSAW: u16 = 10;

/// Draws the panes that fit, the most telling first.
pub(super) fn paint(
    (model, trials): (&PlanModel, &[Trial]),
    changes: &[String],
    canvas: &mut Canvas<'_>,
    area: Rect,
    view: &View<'_>,
) {
    let wide = usize::from(area.width.saturating_sub(4)).max(1);
    let wrapped = |role, line: &str| wrap(&clean_line(line), wide).into_iter().map(move |line| (role, line));
    let changes: Vec<(Role, String)> = changes.iter().flat_map(|line| wrapped(Role::Text, line)).collect();
    let aims: Vec<(Role, String)> = aims(model, view).iter().flat_map(|(role, line)| wrapped(*role, line)).collect();
    let aims_height = if aims.is_empty() { 0 } else { columns(aims.len()).saturating_add(2) };
    let wanted = columns(changes.len().max(1)).saturating_add(2);
    // The rest of the screen is theirs where it fits; the difference goes before it.
    let free = area.height.saturating_sub(JIGSAW + aims_height);
    let (top, rest) = split(area, wanted.clamp(3, free.max(area.height / 3).max(3)));
    let name = if model.last.is_some() { "Differs from the last" } else { "Will be set" };
    lines(canvas, top, name, &changes, "nothing yet");
    let (puzzle, rest) = split(rest, if rest.height >= JIGSAW { JIGSAW } else { 0 });
    paint_jigsaw((model, trials), canvas, puzzle);
    let (aims_area, rest) = split(rest, aims_height);
    if !aims.is_empty() {
        lines(canvas, aims_area, "Aims", &aims, "");
    }
    if rest.height >= 6 {
        let panel =
            context::Panels { headline: None, map: None, trend: &model.trend, today: None, plan: None, session: None };
        context::paint_trend(&panel, canvas, Rect { height: rest.height.min(12), ..rest }, view);
    }
}

fn split(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

fn lines(canvas: &mut Canvas<'_>, area: Rect, name: &str, lines: &[(Role, String)], none: &str) {
    let hidden = lines.len().saturating_sub(usize::from(area.height.saturating_sub(2)));
    let foot = if hidden > 0 { Words::of(Role::Second, format!("↓ {hidden}")) } else { Words::new() };
    let inside = inset(Pane { name, foot, ..Pane::default() }.paint(canvas, area), 1, 1);
    if lines.is_empty() {
        canvas.text(row(inside, 0), Role::Faint, none);
    }
    for (down, (role, line)) in (0..inside.height).zip(lines) {
        canvas.text(row(inside, down), *role, line);
    }
}

/// Each kind of treatment with where it stands and how often it was tried.
fn paint_jigsaw((model, trials): (&PlanModel, &[Trial]), canvas: &mut Canvas<'_>, area: Rect) {
    if area.height < 3 {
        return;
    }
    let cut = if model.treatments.is_cut { "of the newest plans" } else { "" };
    let note = Words::of(Role::Second, cut);
    let inside = inset(Pane { name: "Jigsaw", note, ..Pane::default() }.paint(canvas, area), 1, 1);
    for (down, cell) in (0..inside.height).zip(jigsaw(trials)) {
        canvas.words(row(inside, down), &sign::counts(&cell, trials, usize::from(inside.width)));
    }
}

/// Targets with their distance, goals with their scores.
fn aims(model: &PlanModel, view: &View<'_>) -> Vec<(Role, String)> {
    let today = view.now.today();
    let targets = model.last.iter().flat_map(|plan| &plan.targets);
    let targets = targets.flat_map(|target| {
        let now = target.of.newest(&model.trend);
        [(Role::Text, target.show()), (Role::Second, target.distance(now, today))]
    });
    let goals = model.file.facts.goals.iter();
    let goals =
        goals.flat_map(|goal| [(Role::Text, goal.text.clone()), (Role::Second, progress(goal, &model.goal_scores))]);
    targets.chain(goals).collect()
}
