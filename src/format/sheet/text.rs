//! The day as plain text, for paper.

use super::COLUMNS;
use crate::clinical::board::{Board, DayRecords, Flag, Header, Item, Mark, What};
use crate::clinical::task::Owner;
use crate::clinical::text::{clean_line, cut, width};
use crate::clinical::time::{Now, show_date, show_day, show_time};
use crate::clinical::visit::VisitKind;

/// Where the text of a line begins, and where it goes on in the next.
const INDENT: usize = 10;

/// The sheet of a day. `now` is when it was printed.
///
/// ```text
/// Tue 24 Nov 2026                                          Dr. Ines Kaltenbrunn
/// 3 seen, 1 in room, 1 here, 12 to go                      printed 24 Nov 10:14
///
/// MORNING: ASSESSMENTS                                                3 of 8 done
/// [x] 08:00 OKAFOR Adaeze 54F · L-spine · pain 6 · anticoag apixaban
/// ```
pub fn sheet(records: &DayRecords, board: &Board, physician: &str, now: Now) -> String {
    let mut out = String::new();
    let printed = format!("printed {} {}", show_date(now.today()), show_time(now.time()));
    out.push_str(&apart(&show_day(board.date), &clean_line(physician)));
    out.push_str(&apart(&counts(&board.header, board.date), &printed));
    if board.closed {
        out.push_str("This day is closed.\n");
    }
    let panes = [
        ("MORNING: ASSESSMENTS", &board.morning),
        ("MIDDAY: PLANS", &board.midday),
        ("AFTERNOON: PROCEDURES", &board.afternoon),
        ("LATE: FOLLOW-UP AND PAPERWORK", &board.late),
    ];
    for (title, items) in panes {
        let coming = || items.iter().filter(|item| item.mark != Mark::NotComing);
        let done = coming().filter(|item| item.done).count();
        out.push('\n');
        out.push_str(&apart(title, &format!("{done} of {} done", coming().count())));
        for item in items {
            out.push_str(&line(item, board));
        }
        if items.is_empty() {
            out.push_str("    nothing\n");
        }
    }
    blocks(&mut out, records);
    out.push('\n');
    out.push_str(&apart("EVENING: REFLECTION", if records.reflection { "written" } else { "not written" }));
    if let Some(next) = board.tomorrow.date {
        let visits = match board.tomorrow.visits {
            1 => "1 visit".to_owned(),
            visits => format!("{visits} visits"),
        };
        let missing = match board.tomorrow.missing {
            0 => "nothing is missing".to_owned(),
            1 => "1 misses something".to_owned(),
            missing => format!("{missing} miss something"),
        };
        out.push_str(&wrapped("", &format!("Next clinic day {}: {visits}, {missing}.", show_day(next))));
    }
    out
}

/// Time that is no patient's.
fn blocks(out: &mut String, records: &DayRecords) {
    let of_day = |record: &&crate::clinical::board::VisitRecord| {
        record.visit.date == records.date && record.visit.kind == VisitKind::Block && record.visit.state.is_live()
    };
    let mut blocks = records.visits.iter().filter(of_day).peekable();
    if blocks.peek().is_some() {
        out.push_str("\nBLOCKS\n");
    }
    for record in blocks {
        let visit = &record.visit;
        let when = match visit.start {
            Some(start) => format!("{} {} min", show_time(start), visit.minutes),
            None => "all day".to_owned(),
        };
        out.push_str(&wrapped("    ", &format!("{when} {}", visit.title.as_deref().unwrap_or("block"))));
    }
}

fn counts(header: &Header, day: chrono::NaiveDate) -> String {
    let mut out =
        format!("{} seen, {} in room, {} here, {} to go", header.seen, header.in_room, header.here, header.to_go);
    if header.late_min > 0 {
        out.push_str(&format!(", {} min late", header.late_min));
    }
    if let Some(ends) = header.ends_words(day) {
        out.push_str(&format!(", {ends}"));
    }
    out
}

/// Two texts at both ends of a line, or on two lines where one is too short for them.
fn apart(left: &str, right: &str) -> String {
    let (left, right) = (cut(left, COLUMNS), cut(right, COLUMNS));
    match COLUMNS.checked_sub(width(&left) + width(&right)) {
        Some(gap) if gap >= 2 => format!("{left}{}{right}\n", " ".repeat(gap)),
        _ => format!("{left}\n{right}\n"),
    }
}

fn line(item: &Item, board: &Board) -> String {
    let tick = match item.mark {
        Mark::Done => "[x] ",
        Mark::NotComing => " -  ",
        Mark::InRoom | Mark::Here | Mark::ToCome | Mark::WantsYou => "[ ] ",
    };
    let mut head = String::new();
    if let Some(start) = item.start.filter(|_| item.date == board.date) {
        head.push_str(&show_time(start));
        head.push(' ');
    }
    let mut parts = Vec::new();
    if let Some(patient) = &item.patient {
        parts.push(format!("{} {}", patient.list_name(), patient.age_sex(board.date)));
    }
    let is_paperwork = board.late.iter().any(|late| late.key == item.key);
    // A task says itself what it is.
    let what = item.key.what();
    let says_itself = what == What::Task || !is_paperwork;
    let word = match what {
        What::Tomorrow if board.date.succ_opt() != Some(item.date) => format!("next day, {}", show_date(item.date)),
        what => what.word().to_owned(),
    };
    parts.push(if says_itself { item.text.clone() } else { format!("{word}: {}", item.text) });
    if item.mark == Mark::NotComing
        && let Some(state) = item.state
    {
        parts.push(crate::clinical::vocab::Vocab::label(state).to_owned());
    }
    if let Some(score) = item.score {
        parts.push(format!("pain {score}"));
    }
    parts.extend(item.flags.iter().map(flag));
    if let Some(due) = item.due.filter(|due| *due != board.date) {
        parts.push(format!("due {}", show_date(due)));
    }
    if item.owner != Owner::Me {
        parts.push(format!("for {}", item.owner));
    }
    let parts: Vec<String> = parts.iter().map(|part| clean_line(part)).filter(|part| !part.is_empty()).collect();
    wrapped(tick, &(head + &parts.join(" · ")))
}

fn flag(flag: &Flag) -> String {
    match flag {
        Flag::Alarm(short) => short.to_uppercase(),
        Flag::Screen(short) | Flag::Observed(short) => short.clone(),
        Flag::ToConfirm(count) => format!("confirm {count}"),
        Flag::RedFlag => "RED FLAG".to_owned(),
        Flag::Anticoagulant(drug) => format!("takes {drug}"),
        Flag::AnticoagulantUnknown => "antithrombotics ?".to_owned(),
        Flag::Pregnant => "pregnant".to_owned(),
        Flag::Opioid(figure) => figure.clone(),
        Flag::Allergy => "allergy".to_owned(),
        Flag::Kidney => "kidney".to_owned(),
        Flag::PatientUnconfirmed => "patient?".to_owned(),
        Flag::NameAlert => "NAME ALERT".to_owned(),
        Flag::Interpreter => "interpreter".to_owned(),
        Flag::Decides => "somebody else decides".to_owned(),
        Flag::Overlap => "overlap".to_owned(),
        Flag::Missing(what) => what.clone(),
        Flag::Decided(Some(to)) => format!("carried to {}", show_date(*to)),
        Flag::Decided(None) => "closed".to_owned(),
    }
}

/// A line broken at blanks, what follows indented.
fn wrapped(head: &str, text: &str) -> String {
    let mut lines = vec![head.to_owned()];
    let mut used = width(head);
    for word in clean_line(text).split_whitespace() {
        let wide = width(word);
        let at = lines.len() - 1;
        if lines[at].ends_with(' ') || lines[at].is_empty() {
            lines[at].push_str(word);
            used += wide;
        } else if used + 1 + wide <= COLUMNS {
            lines[at].push(' ');
            lines[at].push_str(word);
            used += 1 + wide;
        } else {
            lines.push(" ".repeat(INDENT) + word);
            used = INDENT + wide;
        }
    }
    lines.iter().map(|line| cut(line, COLUMNS) + "\n").collect()
}
