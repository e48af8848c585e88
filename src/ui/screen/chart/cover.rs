//! The cover of a chart: what a pain physician looks up, on one screen, with no further key.
//!
//! The cover is data: blocks of lines, each with its label. How they are drawn is in `block`.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::block::{Block, Line};
use crate::clinical::answer::Answer;
use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::board::{Board, ItemKey};
use crate::clinical::body::widespread::widespread;
use crate::clinical::booked;
use crate::clinical::models::Chart;
use crate::clinical::monitoring::rule::Rules;
use crate::clinical::patient::{Known, Medication};
use crate::clinical::plan::{ItemState, Plan, PlanItem, differences};
use crate::clinical::red_flag::{FlagAnswer, present};
use crate::clinical::score::{Peg, ScoreItem, Scores};
use crate::clinical::text::clean_line;
use crate::clinical::time::{show_date, show_day, show_time, wall};
use crate::clinical::visit::{Visit, VisitState, Way};
use crate::clinical::vocab::Vocab;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::Words;

/// The keys a cover speaks of.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// Opens the plan.
    pub plan: String,
    /// Books a visit.
    pub visit: String,
    /// Edits the patient.
    pub edit: String,
}

/// The blocks of a chart's cover, what must not be missed first: where there is not room for all, the last go first. Each is a
/// pure function of the chart; a new one is a file beside this one and its line here.
pub fn cover(
    (chart, helped): (&Chart, Option<&str>),
    (rules, board): (&Rules<'_>, &Board),
    (today, zone): (NaiveDate, Tz),
    keys: &Keys,
) -> Vec<Block> {
    let facts = &chart.file.facts;
    let mut blocks = Vec::new();
    blocks.extend(super::alerts::block(chart));
    blocks.extend(super::problems::problems(chart));
    blocks.push(assessment(chart));
    blocks.extend(super::map::block(chart));
    blocks.extend(super::response::block(chart));
    // A result that waits for somebody stands before what is known anyway.
    let tests = super::diagnostics::block(chart, today);
    let (unread, read) =
        if chart.diagnostics.iter().any(|test| test.is_open_on(today)) { (tests, None) } else { (None, tests) };
    blocks.extend(unread);
    // What can hurt is cut short last of all.
    blocks.push(known("Allergies", Role::Danger, 2, &facts.allergies, keys, |allergy| {
        let reaction = allergy.reaction.as_ref().map(|reaction| format!(" ({reaction})")).unwrap_or_default();
        format!("{}{reaction}", allergy.substance)
    }));
    blocks.push(known("Anticoag", Role::Danger, 2, &facts.antithrombotics, keys, |drug| {
        let dose = drug.dose.as_ref().map(|dose| format!(" {dose}")).unwrap_or_default();
        format!("{}{dose}", drug.drug)
    }));
    blocks.push(medicines(chart, keys));
    blocks.extend(super::medicines::block(chart, rules.own, today));
    blocks.push(plan(chart, today, zone, keys));
    blocks.extend(super::aims::block(chart, today));
    blocks.push(super::open::block(chart, board, today));
    blocks.push(ahead(chart, today, keys));
    let is_open = |key| super::open::stands(board, ItemKey::Follow(key));
    blocks.extend(super::monitoring::block(chart, rules, today, is_open));
    blocks.extend(super::follow::block(chart, today, is_open));
    blocks.extend(read);
    blocks.extend(super::scales::block(chart));
    blocks.extend(weight(chart));
    blocks.extend(super::problems::tried(chart, helped));
    blocks.extend(super::elsewhere::blocks(chart));
    blocks
}

fn medicines(chart: &Chart, keys: &Keys) -> Block {
    let medicines = &chart.file.facts.medications;
    let since = |medicine: &Medication| medicine.started.map(|on| format!("since {}", show_date(on)));
    let line = |medicine: &Medication, since: Option<String>| {
        let last = medicine.last_day.map(|on| format!("last day {}", show_date(on)));
        let course: Vec<String> = [since, last].into_iter().flatten().collect();
        let course = if course.is_empty() { String::new() } else { format!(" ({})", course.join(", ")) };
        format!("{}{course}", medicine.line)
    };
    let of = |show: &dyn Fn(&Medication) -> String| known("Medicines", Role::Text, 4, medicines, keys, show);
    // Since when stands in the list of medicines, too.
    let terse = of(&|medicine| line(medicine, None)).lines;
    Block { terse, ..of(&|medicine| line(medicine, since(medicine))) }
}

/// The newest weight; none where it was never taken.
fn weight(chart: &Chart) -> Option<Block> {
    let weight = chart.file.facts.weight?;
    let line = Line::Words(Words::of(Role::Text, weight.show()), Words::of(Role::Second, show_date(weight.on)));
    Some(Block::new("Weight", vec![line]))
}

fn hint(text: &str, key: &str, word: &str) -> Line {
    let words = Words::of(Role::Second, text.to_owned());
    let words = if key.is_empty() { words } else { words.gap(2).bold(Role::Focus, key.to_owned()).gap(1) };
    Line::left(if key.is_empty() { words } else { words.say(Role::Second, word.to_owned()) })
}

fn plan(chart: &Chart, today: NaiveDate, zone: Tz, keys: &Keys) -> Block {
    let Some(plan) = &chart.plan else {
        let lines = vec![hint("no plan yet", &keys.plan, "plan")];
        return Block::new("Plan", lines);
    };
    let mut lines: Vec<Line> = plan.items.iter().map(|item| plan_item(item, today)).collect();
    lines.extend(plan.options.iter().map(|option| Line::text(Role::Second, "offered: ", clean_line(&option.line()))));
    if !plan.note.trim().is_empty() {
        lines.push(Line::text(Role::Second, "", clean_line(&plan.note)));
    }
    if lines.is_empty() {
        lines.push(hint("nothing in it", &keys.plan, "plan"));
    }
    lines.extend(difference(plan, chart.plan_before.as_ref()));
    let under = show_date(wall(plan.set_at, zone).date());
    Block { under, keeps: 4, ..Block::new(format!("Plan {}", plan.version), lines) }
}

fn plan_item(item: &PlanItem, today: NaiveDate) -> Line {
    let ended = matches!(item.state, ItemState::Stopped | ItemState::Completed | ItemState::Declined);
    let role = |role| if ended { Role::Faint } else { role };
    let late = !ended && item.due.is_some_and(|due| due < today);
    Line::Item([
        Words::of(role(Role::Text), clean_line(&item.what)),
        Words::of(role(Role::Second), item.state.label()),
        Words::of(role(Role::Second), clean_line(&item.next_step)),
        Words::of(if late { Role::Wants } else { role(Role::Second) }, item.due.map(show_date).unwrap_or_default()),
    ])
}

/// What this version changed.
fn difference(plan: &Plan, before: Option<&Plan>) -> Option<Line> {
    if plan.unchanged {
        return Some(Line::text(Role::Info, "", "kept unchanged, on purpose"));
    }
    let before = before?;
    let changes: Vec<String> = differences(&before.items, &plan.items).iter().map(|line| clean_line(line)).collect();
    let changes = if changes.is_empty() { "the same pieces".to_owned() } else { changes.join(" · ") };
    Some(Line::text(Role::Info, format!("since plan {}: ", before.version), changes))
}

fn assessment(chart: &Chart) -> Block {
    let label = "Assessed";
    let Some(assessment) = &chart.assessment else {
        let lines = vec![Line::left(Words::of(Role::Second, "no assessment yet"))];
        return Block::new(label, lines);
    };
    let flags = match assessment.red_flags {
        None => {
            let answers = &assessment.asked.red_flags;
            let open = answers.iter().filter(|(_, answer)| *answer == FlagAnswer::NotAsked).count();
            let open = if open == 0 { "?".to_owned() } else { format!("{open} not asked") };
            Words::of(Role::Second, "red flags ").bold(Role::Wants, open)
        }
        Some(RedFlags::NonePresent) => Words::of(Role::Second, "red flags: none"),
        Some(RedFlags::Present) => Words::new(),
    };
    let mut lines = vec![Line::left(scores(&assessment.scores)), Line::Words(peg(chart, assessment), flags)];
    lines.extend(red_flag(assessment));
    if assessment.answered_by.is_none() && assessment.plan_let_go.is_none() {
        lines.push(Line::Marked(Mark::Wants, Words::of(Role::Wants, "no plan answers it yet"), Words::new()));
    }
    // A severity that was asked for is looked up; the index alone the map shows.
    if let Some(spread) = widespread(&assessment.body).filter(|spread| spread.severity.is_some()) {
        lines.push(Line::text(Role::Text, "", spread.line()));
    }
    // Place and side are never what is cut.
    for (lead, text) in [("where: ", &assessment.place), ("", &assessment.impression)] {
        if !text.trim().is_empty() {
            lines.push(Line::text(Role::Text, lead, clean_line(text)));
        }
    }
    Block { under: show_date(assessment.date), keeps: 4, ..Block::new(label, lines) }
}

fn scores(scores: &Scores) -> Words<'static> {
    let items = [
        ("now", ScoreItem::Now),
        ("average", ScoreItem::Average),
        ("worst", ScoreItem::Worst),
        ("least", ScoreItem::Least),
    ];
    let mut words = Words::of(Role::Second, "pain ");
    for (n, (label, item)) in items.into_iter().enumerate() {
        words = if n == 0 { words } else { words.gap(2) };
        words = words.say(Role::Second, format!("{label} "));
        words = match scores.get(item) {
            None => words.say(Role::Faint, "–"),
            Some(answer @ Answer::Given(value)) => words.bold(Role::Pain(value), answer.show()),
            Some(answer) => words.say(Role::Second, answer.show()),
        };
    }
    words
}

/// The PEG mean with its change against the last one that was complete.
fn peg(chart: &Chart, assessment: &Assessment) -> Words<'static> {
    let words = Words::of(Role::Second, "PEG ");
    let Some(now) = assessment.scores.peg() else {
        let answered = assessment.scores.peg_answered();
        let words = words.say(Role::Faint, "–");
        return if answered == 0 { words } else { words.say(Role::Second, format!(" {answered} of 3 answered")) };
    };
    let words = words.bold(pain_of(now), now.show());
    match last_peg(chart, assessment.date) {
        None => words,
        Some((date, last)) => {
            let role = match now.cmp(&last) {
                std::cmp::Ordering::Less => Role::Done,
                std::cmp::Ordering::Equal => Role::Second,
                std::cmp::Ordering::Greater => Role::Danger,
            };
            words.gap(2).say(role, now.change_from(last)).say(Role::Second, format!(" since {}", show_date(date)))
        }
    }
}

/// The colour of a PEG mean: that of the pain score it is nearest to below.
pub fn pain_of(peg: Peg) -> Role {
    Role::Pain(u8::try_from(peg.tenths() / 10).unwrap_or(10))
}

/// The last complete PEG before a day, with its date.
pub fn last_peg(chart: &Chart, before: NaiveDate) -> Option<(NaiveDate, Peg)> {
    let mut earlier = chart.trend.iter().rev().filter(|point| point.date < before);
    earlier.find_map(|point| Some((point.date, point.scores.peg()?)))
}

/// A red flag that is present, and what was done about it.
fn red_flag(assessment: &Assessment) -> Vec<Line> {
    if assessment.red_flags != Some(RedFlags::Present) {
        return Vec::new();
    }
    let flag = Line::text(
        Role::Danger,
        "red flag: ",
        clean_line(&present(&assessment.asked.red_flags, &assessment.red_flag_note)),
    );
    let done = clean_line(&assessment.red_flag_action);
    let done = if done.is_empty() {
        Line::Marked(Mark::Wants, Words::of(Role::Wants, "nothing is written about it yet"), Words::new())
    } else {
        Line::text(Role::Second, "done about it: ", done)
    };
    vec![flag, done]
}

fn known<T>(label: &str, role: Role, keeps: usize, list: &Known<T>, keys: &Keys, show: impl Fn(&T) -> String) -> Block {
    let line = match list {
        Known::Unknown => {
            let words = Words::new().bold(Role::Wants, "?").gap(2).say(Role::Second, "nobody has asked");
            let edit = Words::new().gap(2).bold(Role::Focus, keys.edit.clone()).say(Role::Second, " edit");
            Line::left(if keys.edit.is_empty() { words } else { words.join(edit) })
        }
        Known::NoneOn(on) => {
            let asked = Words::of(Role::Faint, format!("asked {}", show_date(*on)));
            Line::Words(Words::of(Role::Text, "none"), asked)
        }
        Known::Listed(items, on) => {
            let reviewed = match on {
                Some(on) => Words::of(Role::Faint, format!("reviewed {}", show_date(*on))),
                None => Words::of(Role::Wants, "not reviewed"),
            };
            let items: Vec<String> = items.iter().map(|item| clean_line(&show(item))).collect();
            Line::Text(role, String::new(), items.join(" · "), reviewed)
        }
    };
    Block { keeps, ..Block::new(label, vec![line]) }
}

/// Whether a visit is still to come, or going on.
pub fn is_ahead(visit: &Visit, today: NaiveDate) -> bool {
    let not_over = matches!(visit.state, VisitState::Booked | VisitState::Here | VisitState::InRoom);
    not_over && visit.date >= today
}

fn ahead(chart: &Chart, today: NaiveDate, keys: &Keys) -> Block {
    let visits = chart.visits.iter().rev().map(|line| &line.visit).filter(|visit| is_ahead(visit, today));
    let mut lines: Vec<Line> = visits
        .map(|visit| {
            let time = visit.start.map(|start| format!(" {}", show_time(start))).unwrap_or_default();
            let way = if visit.way == Way::InPerson { String::new() } else { format!(" {}", visit.way.label()) };
            let reason = booked::shown_for(visit).map(|reason| format!(" · {reason}")).unwrap_or_default();
            let words = Words::of(Role::Info, format!("{}{time}", show_day(visit.date)));
            let words = words.say(Role::Text, format!("  {}{way}", visit.kind.label()));
            Line::left(words.say(Role::Second, reason))
        })
        .collect();
    if lines.is_empty() {
        lines.push(hint("no visit booked", &keys.visit, "new visit"));
    }
    Block::new("Ahead", lines)
}
