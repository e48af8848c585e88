//! What was asked in a visit, as lines of its summary: problems, history by letters, red flags, the response to a procedure,
//! the follow-up of an opioid, questionnaires, the body map. Each is a pure function; a new one is a file here, a
//! [`Section`](super::summary::Section) and its line. Plain words for any record system.

pub mod carried;
pub mod instruments;
pub mod map;

use chrono::NaiveDate;

use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::models::VisitSummary;
use crate::clinical::patient::PatientFile;
use crate::clinical::problem::{CertaintyOn, Problem};
use crate::clinical::red_flag::{self, FlagAnswer};
use crate::clinical::response::{Response, responses};
use crate::clinical::text::capital;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

/// Every score compared, each against the baselines it has.
fn compared(summary: &VisitSummary) -> Vec<Response> {
    let Some(assessment) = &summary.assessment else { return Vec::new() };
    let own: Vec<_> = assessment
        .asked
        .problem_scores
        .iter()
        .filter_map(|score| {
            let problem = summary.file.problems.iter().find(|problem| problem.id == score.problem)?;
            Some((problem.id, short_name(problem, &summary.file.problems), score.answer.value()?))
        })
        .collect();
    responses(&summary.response, &summary.scores, &own).unwrap_or_default()
}

/// A problem by the first words of its condition and its side, as far as that tells it from the others: the list of problems
/// has it whole.
fn short_name(problem: &Problem, all: &[Problem]) -> String {
    let short = |problem: &Problem| {
        let first = problem.condition.split(',').next().unwrap_or_default().trim();
        crate::clinical::problem::name(first, problem.side)
    };
    let name = short(problem);
    if all.iter().any(|other| other.id != problem.id && short(other) == name) { problem.name() } else { name }
}

/// What changed, the response to a procedure first: as the patient says, then by the scores; then the problems, then the
/// history.
pub fn changes(summary: &VisitSummary) -> Vec<String> {
    let mut out: Vec<String> = response(summary).into_iter().collect();
    out.extend(map::changes(summary));
    for response in compared(summary) {
        out.extend(response.line("->", "-").map(|line| format!("{}.", capital(&line))));
    }
    out.extend(instruments::changes(summary));
    let (Some(now), Some(last)) = (&summary.assessment, &summary.last) else { return out };
    out.extend(certainty_changes(&summary.file, now.date));
    out.extend(now.asked.letters.changes(&last.asked.letters).into_iter().map(|line| format!("{line}.")));
    out
}

/// What the patient says of the procedure since the last visit.
fn response(summary: &VisitSummary) -> Option<String> {
    let response = summary.assessment.as_ref()?.asked.response.as_ref()?;
    let treated = summary.response.treated.as_ref().filter(|treated| treated.session == response.session);
    let what = treated
        .map_or_else(|| "the procedure".to_owned(), |treated| format!("{}, {}", treated.what, show_date(treated.date)));
    Some(format!("Since {what}: {}.", response.sentence()))
}

/// Problems whose certainty changed on this day.
fn certainty_changes(file: &PatientFile, on: NaiveDate) -> Vec<String> {
    let changed = |problem: &Problem| match problem.certainty.as_slice() {
        [.., CertaintyOn { certainty: before, .. }, now] if now.on == on => {
            Some(format!("{}: {} -> {}.", problem.name(), before.label(), now.certainty.label()))
        }
        [only] if only.on == on => Some(format!("New problem: {}.", problem.name())),
        _ => None,
    };
    file.problems.iter().filter_map(changed).collect()
}

/// The problems, each with its own pain and how its certainty changed.
pub fn problems(summary: &VisitSummary) -> Vec<String> {
    let scores = summary.assessment.as_ref().map(|a| a.asked.problem_scores.as_slice()).unwrap_or_default();
    let one = |problem: &Problem| {
        let pain = scores.iter().find(|score| score.problem == problem.id);
        let pain = pain
            .map(|score| format!(", pain now {}{}", score.answer.show(), instruments::how_given(&score.given, false)));
        let pain = pain.unwrap_or_default();
        let history = problem.certainty_history();
        let history = if history.is_empty() { history } else { format!(" ({history})") };
        format!("- {}{pain}{history}", problem.show())
    };
    // Of a visit without an assessment the problems are not news.
    if summary.assessment.is_none() { Vec::new() } else { summary.file.problems.iter().map(one).collect() }
}

/// The history by letters, and what was tried.
pub fn history(summary: &VisitSummary) -> Vec<String> {
    let Some(assessment) = &summary.assessment else { return Vec::new() };
    let mut out = Vec::new();
    let letters = assessment.asked.letters.sentence();
    if !letters.is_empty() {
        out.push(letters);
    }
    out.extend(summary.tried.iter().map(|tried| format!("Tried: {}.", tried.show())));
    out
}

/// Red flags: what is present, what was denied, and what was due and not asked. Where every one that was due was denied, that
/// says it.
pub fn red_flags(assessment: &Assessment) -> Vec<String> {
    let answers = &assessment.asked.red_flags;
    let (yes, no) = (red_flag::present(answers, &assessment.red_flag_note), red_flag::words(answers, FlagAnswer::No));
    let not_asked = red_flag::words(answers, FlagAnswer::NotAsked);
    let mut out = Vec::new();
    match assessment.red_flags {
        Some(RedFlags::Present) => out.push(format!("Red flags present: {yes}.")),
        Some(RedFlags::NonePresent) => out.push("Red flags asked, none.".to_owned()),
        None => {}
    }
    if assessment.red_flags != Some(RedFlags::NonePresent) && !no.is_empty() {
        out.push(format!("Red flags denied: {}.", no.join("; ")));
    }
    if !not_asked.is_empty() {
        out.push(format!("Red flags not asked: {}.", not_asked.join("; ")));
    }
    if !assessment.red_flag_action.trim().is_empty() {
        out.push(format!("Done about it: {}", assessment.red_flag_action.trim()));
    }
    out
}

/// The follow-up of an opioid, and side effects.
pub fn opioid(summary: &VisitSummary) -> Vec<String> {
    let Some(assessment) = &summary.assessment else { return Vec::new() };
    let mut out = Vec::new();
    let review = assessment.asked.opioid.sentence();
    if !review.is_empty() {
        out.push(if review.ends_with('.') { review } else { format!("{review}.") });
    }
    let effects: Vec<String> =
        assessment.asked.side_effects.iter().map(crate::clinical::opioid_review::SideEffect::show).collect();
    if !effects.is_empty() {
        out.push(format!("Side effects: {}.", effects.join("; ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use FlagAnswer::{No, NotAsked, Yes};

    #[test]
    fn red_flags_say_what_was_asked_and_what_was_not() {
        let label = |id| red_flag::label(id);
        let (fever, trauma) = (label("fever_chills"), label("major_trauma"));
        for (answers, sum, says) in [
            (&[("fever_chills", NotAsked)][..], None, vec![format!("Red flags not asked: {fever}.")]),
            (
                &[("fever_chills", No), ("major_trauma", NotAsked)],
                None,
                vec![format!("Red flags denied: {fever}."), format!("Red flags not asked: {trauma}.")],
            ),
            (&[("fever_chills", No)], Some(RedFlags::NonePresent), vec!["Red flags asked, none.".to_owned()]),
            (
                &[("fever_chills", Yes), ("major_trauma", NotAsked)],
                Some(RedFlags::Present),
                vec![format!("Red flags present: {fever}."), format!("Red flags not asked: {trauma}.")],
            ),
            (
                &[("fever_chills", Yes), ("major_trauma", No)],
                Some(RedFlags::Present),
                vec![format!("Red flags present: {fever}."), format!("Red flags denied: {trauma}.")],
            ),
            (&[], None, vec![]),
        ] {
            let (mut ids, at) = (crate::clinical::id::Ids::seeded(2), crate::clinical::time::Instant::from_millis(0));
            let date = "2026-11-24".parse().unwrap();
            let mut assessment = Assessment::new(ids.next(at), ids.next(at), ids.next(at), date, at);
            assessment.red_flags = sum;
            assessment.asked.red_flags = answers.iter().map(|(id, answer)| ((*id).to_owned(), *answer)).collect();
            assert_eq!(red_flags(&assessment), says, "{answers:?}");
        }
    }
}
