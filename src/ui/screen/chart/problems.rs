//! The problems on the cover of a chart: each with its own pain, and what was tried.

use super::block::{Block, Line};
use crate::clinical::answer::Answer;
use crate::clinical::history::TreatmentTried;
use crate::clinical::models::Chart;
use crate::clinical::problem::Problem;
use crate::clinical::response::Measure;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// The problems that still are some; none where nothing was entered.
pub fn problems(chart: &Chart) -> Option<Block> {
    let lines: Vec<Line> = chart.file.problems.iter().map(|problem| line(chart, problem)).collect();
    let ended: Vec<String> = chart.ended.iter().map(former).collect();
    let mut lines = lines;
    if !ended.is_empty() {
        lines.push(Line::List(Role::Second, "formerly: ".to_owned(), ended));
    }
    let keeps = if chart.file.problems.len() > 1 { 2 } else { 1 };
    (!lines.is_empty()).then(|| Block { keeps, ..Block::new("Problems", lines) })
}

fn line(chart: &Chart, problem: &Problem) -> Line {
    let mut text = problem.name();
    if let Some(code) = problem.code_words() {
        text.push_str(&format!(" ({code})"));
    }
    let more = [problem.mechanism.map(|mechanism| mechanism.label().to_owned()), problem.certainty_words()];
    for word in more.into_iter().flatten() {
        text.push_str(", ");
        text.push_str(&word);
    }
    if let Some(since) = problem.since {
        text.push_str(&format!(", since {}", since.show()));
    }
    Line::Text(Role::Text, String::new(), clean_line(&text), pain(chart, problem))
}

/// How much it hurt at the newest assessment.
fn pain(chart: &Chart, problem: &Problem) -> Words<'static> {
    let scores = chart.assessment.as_ref().map(|a| a.asked.problem_scores.as_slice()).unwrap_or_default();
    match scores.iter().find(|score| score.problem == problem.id).map(|score| score.answer) {
        Some(answer @ Answer::Given(value)) => {
            let words = Words::of(Role::Second, "pain ").bold(Role::Pain(value), answer.show());
            change(chart, problem, value).map_or_else(|| words.clone(), |change| words.clone().gap(1).join(change))
        }
        Some(answer) => Words::of(Role::Second, format!("pain {}", answer.show())),
        None => Words::new(),
    }
}

/// Against the last visit at which it was asked.
fn change(chart: &Chart, problem: &Problem, now: u8) -> Option<Words<'static>> {
    let measure = Measure::Problem(problem.id);
    let (.., last) = chart.cover.compared.earlier.iter().find(|(of, ..)| *of == measure)?;
    let last = u8::try_from(last.value.as_whole()?).ok()?;
    Some(match now.cmp(&last) {
        std::cmp::Ordering::Less => Words::of(Role::Done, format!("▼{}", last - now)),
        std::cmp::Ordering::Equal => Words::of(Role::Second, "="),
        std::cmp::Ordering::Greater => Words::of(Role::Danger, format!("▲{}", now - last)),
    })
}

fn former(problem: &Problem) -> String {
    let until = problem.ended.map(|on| format!(" (until {})", show_date(on))).unwrap_or_default();
    clean_line(&format!("{}{until}", problem.name()))
}

/// What was tried, in one line, below what helped most and least.
pub fn tried(chart: &Chart, helped: Option<&str>) -> Option<Block> {
    let tried: Vec<String> = chart.tried.iter().map(|one: &TreatmentTried| clean_line(&one.show())).collect();
    let mut lines: Vec<Line> = helped.map(|text| Line::text(Role::Text, "", text.to_owned())).into_iter().collect();
    if !tried.is_empty() {
        lines.push(Line::List(Role::Text, String::new(), tried));
    }
    (!lines.is_empty()).then(|| Block::new("Tried", lines))
}
