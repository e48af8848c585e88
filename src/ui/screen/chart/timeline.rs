//! The timeline of a chart: the visits, newest first, one row each.

use ratatui::layout::Rect;

use crate::clinical::booked;
use crate::clinical::id::PatientId;
use crate::clinical::models::{Chart, ChartLine};
use crate::clinical::text::clean_line;
use crate::clinical::time::{show_date, show_time};
use crate::clinical::visit::{Visit, VisitKind};
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::modal::{Choice, Choose, Modal};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::columns::{Column, lay};
use crate::ui::widget::spark::{change, score};
use crate::ui::widget::{Canvas, Words, inset, mark};

/// State, day, time, kind, score, its change, PEG, plan, what was found or done.
const COLUMNS: [Column; 9] = [
    Column::fixed(1, 0),
    Column::fixed(11, 0).right(),
    Column::fixed(5, 3),
    Column::between(9, 14, 5).after(2),
    Column::fixed(2, 1).right(),
    // A change by ten has two digits.
    Column::fixed(3, 4),
    Column::fixed(4, 6).right(),
    Column::fixed(9, 7).after(2),
    Column::rest(8, 2).after(2),
];

/// The headline score of the next older visit that has one.
fn score_before(lines: &[ChartLine], at: usize) -> Option<u8> {
    lines.iter().skip(at + 1).find_map(|line| line.scores.headline())
}

fn time(visit: &Visit) -> String {
    visit.start.map(show_time).unwrap_or_default()
}

/// What was found or done in a visit, or why the patient was to come.
fn about(line: &ChartLine) -> Words<'static> {
    let visit = &line.visit;
    let title = || visit.title.as_deref().map(clean_line);
    let reason = booked::shown_for(visit).or_else(title).unwrap_or_default();
    if !visit.state.is_live() {
        let why = visit.end_reason.as_ref().map(|why| format!(": {}", clean_line(why))).unwrap_or_default();
        return Words::of(Role::Faint, format!("{}{why}", visit.state.label()));
    }
    let mut words = Words::new();
    if let Some(session) = &line.session {
        words = words.say(Role::Procedure, clean_line(session));
    }
    if let Some(impression) = line.impression.as_ref().map(|text| clean_line(text)).filter(|text| !text.is_empty()) {
        words = if words.is_empty() { words } else { words.say(Role::Faint, " · ") };
        words = words.say(Role::Text, impression);
    }
    if words.is_empty() { Words::of(Role::Second, reason) } else { words }
}

fn plan(line: &ChartLine) -> String {
    match line.plan {
        None => String::new(),
        Some((version, true)) => format!("plan {version} ="),
        Some((version, false)) => format!("plan {version}"),
    }
}

/// Draws one visit.
pub fn paint(canvas: &mut Canvas<'_>, area: Rect, lines: &[ChartLine], at: usize, hide: impl Fn(&str) -> String) {
    let Some(line) = lines.get(at) else { return };
    let area = inset(area, 1, 1);
    let laid = lay(&COLUMNS, area.width);
    let visit = &line.visit;
    let text = if visit.state.is_live() { Role::Text } else { Role::Faint };
    let second = if visit.state.is_live() { Role::Second } else { Role::Faint };
    let headline = line.scores.headline();
    let peg = line.scores.peg();
    let look = canvas.look();
    laid.write(canvas, area, 0, &mark(visit.state.into()));
    laid.write(canvas, area, 1, &Words::of(text, show_date(visit.date)));
    laid.write(canvas, area, 2, &Words::of(second, time(visit)));
    laid.write(canvas, area, 3, &Words::of(second, visit.kind.label()));
    if headline.is_some() {
        laid.write(canvas, area, 4, &score(headline));
    }
    laid.write(canvas, area, 5, &change(look, headline, score_before(lines, at)));
    if let Some(peg) = peg {
        laid.write(canvas, area, 6, &Words::of(super::cover::pain_of(peg), peg.show()));
    }
    laid.write(canvas, area, 7, &Words::of(second, plan(line)));
    let mut about = about(line);
    for word in &mut about.0 {
        word.text = hide(&word.text).into();
    }
    laid.write(canvas, area, 8, &about);
}

/// One visit as a line for screen readers.
pub fn line(line: &ChartLine) -> String {
    let visit = &line.visit;
    let mut parts = vec![visit.state.label().to_owned(), format!("{} {}", show_date(visit.date), time(visit))];
    parts.push(visit.kind.label().to_owned());
    parts.extend(line.scores.headline().map(|score| format!("pain {score}")));
    parts.extend(line.scores.peg().map(|peg| format!("PEG {}", peg.show())));
    parts.extend(
        line.plan.map(|(version, unchanged)| format!("plan {version}{}", if unchanged { " unchanged" } else { "" })),
    );
    if visit.state.is_live() {
        parts.push(about(line).plain());
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join(", ")
}

/// Where the records of a visit stand; a short choice where there is an assessment and a procedure in it.
pub fn open(chart: &Chart, at: usize, today: chrono::NaiveDate) -> Vec<Effect> {
    let Some(line) = chart.visits.get(at) else { return Vec::new() };
    let visit = &line.visit;
    let not_yet = visit.date > today && line.impression.is_none() && line.session.is_none();
    let place = match visit.kind {
        _ if !visit.state.is_live() || not_yet => Place::Visit(visit.id),
        VisitKind::Block => Place::Visit(visit.id),
        VisitKind::Procedure if line.impression.is_none() => Place::Procedure(visit.id),
        _ if line.session.is_some() => return vec![choose(&chart.file.patient.list_name(), visit)],
        VisitKind::New | VisitKind::FollowUp | VisitKind::Procedure => Place::Assessment(visit.id),
    };
    vec![Effect::Open(place)]
}

fn choose(name: &str, visit: &Visit) -> Effect {
    let open = |place| vec![Effect::Open(place)];
    Effect::show(Modal::Choice(Choice {
        title: "Open".to_owned(),
        about: format!("{name} · {}", show_date(visit.date)),
        lines: Vec::new(),
        options: vec![
            Choose::new('a', "the assessment", open(Place::Assessment(visit.id))),
            Choose::new('p', "the procedure", open(Place::Procedure(visit.id))),
        ],
        enter: true,
    }))
}

/// The patient of a chart.
pub const fn patient(chart: &Chart) -> PatientId {
    chart.file.patient.id
}
