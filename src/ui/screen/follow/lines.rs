//! What the lists of the long follow-up say: a line each, and the details of the chosen one.

use chrono::NaiveDate;

use super::Listed;
use crate::clinical::education::{HANDOUTS, HandoutGiven};
use crate::clinical::referral::{PlannedReferral, Referral, Referrals, Step};
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::text::{clean, clean_line};
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::{Mark, Role};

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The sign in front.
    pub mark: Mark,
    /// What it is.
    pub what: String,
    /// What is said of it.
    pub text: String,
    /// How that looks.
    pub role: Role,
    /// When.
    pub when: String,
}

/// What it is called, and what says that there is nothing.
pub const fn title(listed: &Listed) -> (&'static str, &'static str) {
    match listed {
        Listed::Referrals(_) => ("Referrals", "nobody was referred yet"),
        Listed::Handouts(_) => ("Handouts", ""),
        Listed::Tapers(_) => ("Tapers", "no taper was planned yet"),
    }
}

/// The lines in their order.
pub fn lines(listed: &Listed, today: NaiveDate) -> Vec<Line> {
    match listed {
        Listed::Referrals(all) => referrals(all, today),
        Listed::Handouts(given) => {
            HANDOUTS.iter().map(|handout| of_topic(handout.id, handout.title(), given)).collect()
        }
        Listed::Tapers(tapers) => tapers.iter().map(|taper| of_taper(taper, today)).collect(),
    }
}

fn referrals(all: &Referrals, today: NaiveDate) -> Vec<Line> {
    let planned = all.planned.iter().map(|planned| of_planned(planned, today));
    planned.chain(all.referrals.iter().map(|referral| of_referral(referral, today))).collect()
}

/// What the plan means to refer: to be written, or asleep until something is so.
fn of_planned(planned: &PlannedReferral, today: NaiveDate) -> Line {
    let asleep = planned.wakes.is_some();
    let wants = !asleep && planned.late_from().is_some_and(|late| late < today);
    let text = match planned.wakes {
        Some(wakes) => format!("planned, sleeps until {}", wakes.show()),
        None => "planned, to write".to_owned(),
    };
    Line {
        mark: if wants { Mark::Wants } else { Mark::ToCome },
        what: planned.what.clone(),
        text,
        role: if asleep { Role::Second } else { Role::Wants },
        when: planned.due.map(|due| format!("by {}", show_date(due))).unwrap_or_default(),
    }
}

fn of_referral(referral: &Referral, today: NaiveDate) -> Line {
    let wants = referral.open_from().is_some_and(|from| from <= today);
    let (mark, role) = match referral.step() {
        Step::ActedOn => (Mark::Done, Role::Faint),
        Step::LetGo => (Mark::NotComing, Role::Faint),
        _ if wants => (Mark::Wants, Role::Wants),
        _ => (Mark::ToCome, Role::Second),
    };
    let when = match referral.step() {
        Step::Written | Step::Sent | Step::Seen => referral.due.map(|due| format!("by {}", show_date(due))),
        Step::Booked => referral.appointment.map(show_date),
        Step::Read | Step::ActedOn | Step::LetGo => referral.seen.map(show_date),
    };
    Line {
        mark,
        what: clean_line(&referral.to),
        text: referral.step().label().to_owned(),
        role,
        when: when.unwrap_or_default(),
    }
}

fn of_topic(id: &str, title: &str, given: &[HandoutGiven]) -> Line {
    let last = given.iter().find(|given| given.topic == id);
    let (mark, text, role) = match last {
        None => (Mark::ToCome, "", Role::Second),
        Some(HandoutGiven { teach_back: Some(false), .. }) => (Mark::Wants, "explain again", Role::Wants),
        Some(HandoutGiven { teach_back: Some(true), .. }) => (Mark::Done, "said back", Role::Second),
        Some(_) => (Mark::Done, "given", Role::Second),
    };
    let when = last.map(|given| show_date(given.on)).unwrap_or_default();
    Line { mark, what: title.to_owned(), text: text.to_owned(), role, when }
}

fn of_taper(taper: &TaperPlan, today: NaiveDate) -> Line {
    let wants = taper.open_from().is_some_and(|from| from <= today);
    let line = taper.line();
    let mut text = line.split_once(" · ").map_or(String::new(), |(_, rest)| rest.to_owned());
    if taper.is_asked_again(today) {
        "the list was left in another dose".clone_into(&mut text);
    }
    let (mark, text, role) = match (&taper.ended, taper.open_from()) {
        (Some(why), _) => (Mark::NotComing, format!("ended: {}", clean_line(why)), Role::Faint),
        (None, None) => (Mark::Done, "every step was called about".to_owned(), Role::Faint),
        (None, Some(_)) if wants => (Mark::Wants, text, Role::Wants),
        (None, Some(_)) => (Mark::ToCome, text, Role::Second),
    };
    Line { mark, what: clean_line(&taper.drug), text, role, when: taper.open_from().map(show_date).unwrap_or_default() }
}

/// The details of the chosen line, in lines of at most so many columns, each with its role.
pub fn details(listed: &Listed, at: usize, width: usize, today: NaiveDate) -> Vec<(Role, String)> {
    let mut out: Vec<(Role, String)> = Vec::new();
    let mut add = |role, text: &str| out.extend(wrap(text, width.max(1)).into_iter().map(|line| (role, line)));
    match listed {
        Listed::Referrals(all) => {
            if let Some(referral) = at.checked_sub(all.planned.len()).and_then(|at| all.referrals.get(at)) {
                for line in referral.lines() {
                    add(Role::Text, &clean(&line));
                }
                if let Some(why) = &referral.let_go {
                    add(Role::Second, &format!("Let go: {}", clean_line(why)));
                }
                add(Role::Faint, "\n");
            }
            // With nothing else in it the pane is called so itself.
            if !(all.planned.is_empty() && all.referrals.is_empty()) {
                add(Role::Faint, "care team");
            }
            for member in &all.team {
                let reach = if member.reach.is_empty() { String::new() } else { format!(" · {}", member.reach) };
                let role = if member.role.is_empty() { String::new() } else { format!("{}: ", member.role) };
                add(Role::Second, &clean_line(&format!("{role}{}{reach}", member.name)));
            }
            if all.team.is_empty() {
                add(Role::Second, "nobody is noted yet");
            }
        }
        Listed::Handouts(given) => {
            let Some(handout) = HANDOUTS.get(at) else { return out };
            for given in given.iter().filter(|given| given.topic == handout.id) {
                add(
                    Role::Second,
                    &format!("given {}, by {}, {}", show_date(given.on), given.by, given.teach_back_words()),
                );
            }
            for line in handout.body().lines() {
                add(Role::Text, if line.is_empty() { "\n" } else { line });
            }
        }
        Listed::Tapers(tapers) => {
            let Some(taper) = tapers.get(at) else { return out };
            let Ok(steps) = taper.steps() else { return out };
            let (holds, unit) = (taper.step_on(today), taper.unit_words());
            add(Role::Second, &format!("{} {} before, first step {}", taper.start, unit, show_date(taper.first_day)));
            let doses: Vec<String> = steps.steps.iter().map(|step| step.dose.to_string()).collect();
            let (wide, many) = (doses.iter().map(String::len).max().unwrap_or(0), steps.steps.len().to_string().len());
            for ((n, step), dose) in (1..).zip(&steps.steps).zip(&doses) {
                let sign = if n == holds { ">" } else { " " };
                let stop = if step.is_stop_point { ", stop and look" } else { "" };
                let larger = if step.is_larger_than_asked { ", larger than asked" } else { "" };
                let called = if n <= taper.called { " · called" } else { "" };
                let role = if n == holds { Role::Strong } else { Role::Text };
                let fell = step.fell_percent.show(1);
                let date = show_date(step.date);
                let (dose, fell) = (format!("{dose:>wide$} {unit}"), format!("−{fell}"));
                add(role, &format!("{sign} {n:>many$}  {date:>11}  {dose}  {fell:>6} %{stop}{larger}{called}"));
            }
            for (step, days) in &taper.pauses {
                add(Role::Second, &format!("step {step} is kept {days} days longer"));
            }
            add(Role::Faint, "\n");
            for fact in steps.why.facts() {
                add(Role::Faint, &fact.show());
            }
        }
    }
    out
}
