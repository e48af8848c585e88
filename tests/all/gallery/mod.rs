//! One scene for each widget, with invented people, drawn at any size.

use chrono::NaiveDate;
use daysheet::ui::theme::{Mark, Role, Surface};
use daysheet::ui::widget::{
    Canvas, Words,
    band::PatientBand,
    bar::{Bar, Footer, Hint, Item, Message},
    columns::{Column, lay},
    help::{Group, Help},
    input::{Input, Shown},
    inset,
    list::List,
    mark,
    modal::Modal,
    month::Month,
    now_line::NowLine,
    pane::{Focus, Folded, Pane},
    progress::Progress,
    ribbon::{Block, Ribbon, USUAL},
    row,
    scale::Scale,
    spark::{change, score, spark},
    tabs::{Tab, Tabs},
    trend::{Event, Point, Trend},
};
use ratatui::layout::Rect;

/// A widget with something in it.
pub struct Scene {
    /// What it shows; names its snapshot.
    pub name: &'static str,
    /// The rows it is drawn in.
    pub height: u16,
    /// Draws it.
    pub draw: fn(&mut Canvas<'_>, Rect),
}

/// All widgets.
pub const SCENES: [Scene; 17] = [
    Scene { name: "header", height: 1, draw: header },
    Scene { name: "ribbon", height: 2, draw: ribbon },
    Scene { name: "pane", height: 9, draw: pane },
    Scene { name: "empty_pane", height: 4, draw: empty_pane },
    Scene { name: "folded", height: 2, draw: folded },
    Scene { name: "footer", height: 1, draw: footer },
    Scene { name: "message", height: 1, draw: message },
    Scene { name: "patient_band", height: 2, draw: patient_band },
    Scene { name: "tabs", height: 2, draw: tabs },
    Scene { name: "scale", height: 4, draw: scale },
    Scene { name: "modal", height: 9, draw: modal },
    Scene { name: "input", height: 4, draw: input },
    Scene { name: "progress", height: 3, draw: progress },
    Scene { name: "month", height: 8, draw: month },
    Scene { name: "trend", height: 12, draw: trend },
    Scene { name: "help", height: 20, draw: help },
    Scene { name: "marks", height: 10, draw: marks },
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn header(canvas: &mut Canvas<'_>, area: Rect) {
    let time = Words::of(Role::Second, "Tue 24 Nov 2026").gap(2).bold(Role::Strong, "10:14");
    let short = Words::of(Role::Second, "Tue 24 Nov").gap(2).bold(Role::Strong, "10:14");
    let count = |state: Mark, long: &str, rank| {
        let number = long.split(' ').next().unwrap_or_default().to_owned();
        let said = |words: String| mark(state).gap(1).say(state.role(), words);
        Item::new(rank, said(long.to_owned())).or(said(number))
    };
    let bar = Bar {
        surface: Surface::BarTop,
        items: vec![
            Item::new(4, Words::new().bold(Role::Focus, "daysheet")),
            Item::new(0, time).or(short),
            count(Mark::Done, "5", 2),
            count(Mark::InRoom, "1 in room", 2),
            count(Mark::ToCome, "10 to go", 2),
            Item::new(1, Words::new().bold(Role::Wants, "12 min late")),
            Item::new(3, Words::of(Role::Second, "ends 17:40")),
        ],
        right: Some(Item::new(5, Words::of(Role::Second, "Dr A. Rivera"))),
    };
    bar.paint(canvas, area);
}

pub fn ribbon(canvas: &mut Canvas<'_>, area: Rect) {
    let block = |from: u16, minutes, state: Mark| Block { from, to: from + minutes, role: state.role(), mark: state };
    let to_come = |from| Block { role: Role::Info, ..block(from, 20, Mark::ToCome) };
    let procedure = |from: u16, minutes| Block { role: Role::Procedure, ..block(from, minutes, Mark::ToCome) };
    let mut blocks: Vec<Block> = [480, 500, 520, 560, 580].map(|from| block(from, 20, Mark::Done)).to_vec();
    blocks.push(block(600, 20, Mark::InRoom));
    blocks.push(block(620, 20, Mark::Here));
    blocks.extend([640, 660, 680].map(to_come));
    blocks.extend([(780, 30), (810, 30), (840, 50), (890, 30)].map(|(from, minutes)| procedure(from, minutes)));
    blocks.push(block(960, 60, Mark::Wants));
    blocks.push(block(1040, 15, Mark::NotComing));
    Ribbon { blocks: &blocks, now: Some(614), hours: USUAL }.paint(canvas, area);
}

/// A row of the morning: state, time, name, age and sex, reason, scores, flag.
type Row = (Mark, &'static str, &'static str, &'static str, &'static str, &'static [u8], (Role, &'static str));

pub const MORNING: [Row; 9] = [
    (Mark::Done, "08:00", "OKAFOR Adaeze", "54F", "back, leg left", &[4, 5, 8, 6], (Role::Danger, "anticoag")),
    (Mark::Done, "08:20", "LINDQVIST Per", "61M", "neck", &[7, 7, 6, 6], (Role::Second, "")),
    (Mark::Done, "08:40", "TANAKA Yui", "33F", "new: migraine", &[7], (Role::Danger, "red flag")),
    (Mark::Done, "09:20", "BRANDT Elke", "70F", "opioid, 4 weeks", &[5, 5, 5, 4], (Role::Wants, "MME 62")),
    (Mark::Done, "09:40", "SANTOS Rui", "45M", "shoulder", &[5, 6, 6, 7], (Role::Second, "")),
    (Mark::InRoom, "10:00", "NGUYEN Linh", "38F", "migraine", &[5, 5, 6, 7], (Role::Focus, "8 min")),
    (Mark::Here, "10:20", "HALE Ruth", "66F", "8 weeks after RF left", &[7, 7, 7, 2], (Role::Info, "here")),
    (Mark::ToCome, "10:40", "DIALLO Awa", "29F", "new: CRPS right hand", &[], (Role::Second, "~10:52")),
    (Mark::NotComing, "11:20", "KOVAC Ana", "52F", "no-show", &[], (Role::Second, "")),
];

pub const COLUMNS: [Column; 9] = [
    Column::fixed(1, 0),
    Column::fixed(5, 2),
    Column::between(8, 16, 0),
    Column::fixed(4, 5),
    Column::rest(8, 4),
    Column::fixed(4, 6),
    Column::fixed(2, 1).right(),
    Column::fixed(2, 3),
    Column::between(8, 10, 1),
];

pub fn visit_row(canvas: &mut Canvas<'_>, line: Rect, at: usize, chosen: bool) {
    let line = inset(line, 1, 1);
    let (state, time, name, who, why, scores, (role, flag)) = MORNING[at];
    let away = state == Mark::NotComing;
    let laid = lay(&COLUMNS, line.width);
    let scores: Vec<Option<u8>> = scores.iter().copied().map(Some).collect();
    let (now, last) = (scores.last().copied().flatten(), scores.iter().rev().nth(1).copied().flatten());
    let look = canvas.look();
    let name_role = if away {
        Role::Faint
    } else if chosen {
        Role::Strong
    } else {
        Role::Text
    };
    let rest = if away { Role::Faint } else { Role::Second };
    laid.write(canvas, line, 0, &mark(state));
    laid.write(canvas, line, 1, &Words::of(rest, time));
    laid.write(canvas, line, 2, &Words::of(name_role, name));
    laid.write(canvas, line, 3, &Words::of(rest, who));
    laid.write(canvas, line, 4, &Words::of(rest, why));
    laid.write(canvas, line, 5, &spark(look, &scores, 4));
    if now.is_some() {
        laid.write(canvas, line, 6, &score(now));
    }
    laid.write(canvas, line, 7, &change(look, now, last));
    laid.write(canvas, line, 8, &Words::of(role, flag));
}

pub fn pane(canvas: &mut Canvas<'_>, area: Rect) {
    let list = List { count: MORNING.len() + 1, top: 1, chosen: Some(6) };
    let pane = Pane {
        key: "1",
        name: "Morning · Assessments",
        note: Words::of(Role::Second, "5 of 9"),
        foot: list.hidden(area.height.saturating_sub(2)),
        focus: Focus::Here,
    };
    let inside = pane.paint(canvas, area);
    list.paint(canvas, inside, |canvas, line, at| match at {
        0..5 => visit_row(canvas, line, at, false),
        5 => NowLine { time: "10:14", late: Some("12 min late") }.paint(canvas, inset(line, 1, 1)),
        _ => visit_row(canvas, line, at - 1, at == 6),
    });
}

pub fn empty_pane(canvas: &mut Canvas<'_>, area: Rect) {
    let pane =
        Pane { key: "3", name: "Afternoon · Procedures", note: Words::of(Role::Second, "0"), ..Pane::default() };
    let inside = pane.paint(canvas, area);
    let words = Words::of(Role::Second, "procedures of the day").gap(2).bold(Role::Focus, "n").gap(1);
    canvas.words(inset(row(inside, 0), 1, 1), &words.say(Role::Second, "new visit"));
}

pub fn folded(canvas: &mut Canvas<'_>, area: Rect) {
    let wakes = Words::of(Role::Wants, "SANTOS wakes: 20 % < 50 % at 4 weeks");
    let due = Words::of(Role::Second, "4 due");
    Folded { key: "2", name: "Midday · Plans", teaser: wakes, note: due }.paint(canvas, row(area, 0));
    let next = Words::of(Role::Danger, "13:00 MARSH · ⚠ OKAFOR apixaban");
    let count = Words::of(Role::Second, "0 of 4");
    Folded { key: "3", name: "Afternoon · Procedures", teaser: next, note: count }.paint(canvas, row(area, 1));
}

pub const HINTS: [Hint<'static>; 11] = [
    Hint { key: "Enter", word: "open", rank: 0 },
    Hint { key: "Space", word: "left", rank: 1 },
    Hint { key: "s", word: "score", rank: 2 },
    Hint { key: "n", word: "new", rank: 2 },
    Hint { key: "m", word: "move", rank: 5 },
    Hint { key: "y", word: "copy out", rank: 6 },
    Hint { key: "/", word: "find", rank: 3 },
    Hint { key: "u", word: "undo", rank: 3 },
    Hint { key: "c", word: "close day", rank: 7 },
    Hint { key: ":", word: "commands", rank: 4 },
    Hint { key: "?", word: "keys", rank: 0 },
];

fn footer(canvas: &mut Canvas<'_>, area: Rect) {
    Footer { hints: &HINTS }.paint(canvas, area);
}

pub fn message(canvas: &mut Canvas<'_>, area: Rect) {
    let words = Words::of(Role::Second, "kept 10:13").gap(2).say(Role::Second, "NGUYEN: score 6 → 7");
    Message { mark: Some(Mark::Done), words, undo: Some(("u", "undo")) }.paint(canvas, area);
}

pub fn patient_band(canvas: &mut Canvas<'_>, area: Rect) {
    let fact = |rank, label: &'static str, value: &'static str, role| {
        Item::new(rank, Words::of(Role::Second, label).gap(1).bold(role, value))
    };
    let band = PatientBand {
        who: vec![
            Item::new(0, Words::new().bold(Role::Strong, "NGUYEN Linh")),
            Item::new(1, Words::of(Role::Second, "38 F")),
            Item::new(1, Words::of(Role::Second, "9 May 1988")),
            Item::new(2, Words::of(Role::Second, "A-1042")),
        ],
        facts: vec![
            fact(0, "allergy", "penicillin", Role::Danger),
            fact(1, "anticoag", "none", Role::Text),
            fact(2, "MME", "?", Role::Wants),
            fact(3, "goal", "read to my son", Role::Text),
        ],
        place: vec![
            Item::new(1, Words::new().bold(Role::Focus, "Assessment · follow-up")),
            Item::new(5, Words::of(Role::Second, "migraine without aura")),
            Item::new(6, Words::of(Role::Second, "last seen 27 Oct")),
            Item::new(4, Words::of(Role::Second, "since plan 3:").gap(1).say(Role::Text, "propranolol 40 → 80")),
        ],
        right: mark(Mark::InRoom).gap(1).say(Role::Focus, "8 min of 20"),
    };
    band.paint(canvas, area);
}

pub fn tabs(canvas: &mut Canvas<'_>, area: Rect) {
    let names = ["Scores", "Map", "History", "Examination", "Results", "Effects", "Impression"];
    let mut tabs = names.map(|name| Tab { name, mark: None });
    Tabs { tabs: &tabs, open: 0 }.paint(canvas, row(area, 0));
    tabs[0].mark = Some(Mark::Done);
    tabs[4].mark = Some(Mark::Wants);
    Tabs { tabs: &tabs, open: 4 }.paint(canvas, row(area, 1));
}

pub fn scale(canvas: &mut Canvas<'_>, area: Rect) {
    let rows =
        [("now", Some(7), Some(6)), ("worst", Some(10), Some(8)), ("least", None, Some(2)), ("average", Some(0), None)];
    for (down, (name, chosen, last)) in (0..).zip(rows) {
        let line = row(area, down);
        let surface = if down == 2 { Surface::Band } else { Surface::Ground };
        canvas.on(surface, |canvas| {
            canvas.clear(line);
            canvas.text(Rect { width: line.width.min(12), ..inset(line, 2, 0) }, Role::Text, name);
            Scale { chosen, last }
                .paint(canvas, Rect { width: line.width.saturating_sub(16).min(Scale::WIDTH), ..inset(line, 16, 0) });
        });
    }
}

fn modal(canvas: &mut Canvas<'_>, area: Rect) {
    canvas.text(area, Role::Text, "the board is below");
    let modal =
        Modal { title: "KOVAC Ana does not come", note: Words::of(Role::Second, "11:20"), width: 44, height: 4 };
    let inside = modal.paint(canvas, area);
    let choices = [("n", "no-show"), ("c", "cancelled"), ("w", "wrong day: move to another"), ("Esc", "back")];
    for (down, (key, word)) in (0..).zip(choices) {
        let words = Words::new().bold(Role::Focus, key).gap(5 - key.len()).say(Role::Text, word);
        canvas.words(row(inside, down), &words);
    }
}

fn input(canvas: &mut Canvas<'_>, area: Rect) {
    let lines = [
        Input { text: "lindqv", cursor: 6, hint: "", shown: Shown::Plain },
        Input { text: "", cursor: 0, hint: "part of a name, number or birth date", shown: Shown::Plain },
        Input { text: "correct horse", cursor: 13, hint: "", shown: Shown::Masked },
        Input {
            text: "two attacks a week instead of three until mid November",
            cursor: 54,
            hint: "",
            shown: Shown::Plain,
        },
    ];
    for (down, line) in (0..).zip(lines) {
        line.paint(canvas, Rect { width: area.width.min(40), ..row(area, down) });
    }
}

fn progress(canvas: &mut Canvas<'_>, area: Rect) {
    for (down, (what, done, of)) in (0..).zip([("reading visits.csv", 120, 300), ("backup", 7, 7), ("looking", 41, 0)])
    {
        Progress { what, done, of }.paint(canvas, row(area, down));
    }
}

fn month(canvas: &mut Canvas<'_>, area: Rect) {
    let month = Month { chosen: day("2026-11-27"), today: day("2026-11-24") };
    month.paint(canvas, area, |date| match date {
        date if date == day("2026-11-25") => Role::Wants,
        date if date > day("2026-11-24") => Role::Text,
        _ => Role::Second,
    });
}

pub fn trend(canvas: &mut Canvas<'_>, area: Rect) {
    let values = [
        ("2026-03-03", 77),
        ("2026-04-02", 73),
        ("2026-05-04", 70),
        ("2026-06-02", 67),
        ("2026-07-01", 69),
        ("2026-08-03", 60),
        ("2026-09-01", 56),
        ("2026-10-27", 53),
    ];
    let points = values.map(|(date, tenths)| Point {
        date: day(date),
        value: f64::from(tenths) / 10.0,
        label: format!("{}.{}", tenths / 10, tenths % 10),
        role: Role::Pain(u8::try_from(tenths / 10).unwrap()),
    });
    let event = |date, label: &str| Event { date: day(date), label: label.to_owned(), role: Role::Info };
    let events = [event("2026-04-02", "amitriptyline"), event("2026-08-03", "propranolol")];
    Trend { points: &points, target: Some((5.4, "target 5.4")), events: &events }.paint(canvas, area);
}

fn help(canvas: &mut Canvas<'_>, area: Rect) {
    let group = |title: &'static str, keys: &[(&str, &'static str)]| Group {
        title: title.into(),
        keys: keys.iter().map(|(key, word)| ((*key).to_owned(), *word)).collect(),
    };
    let groups = [
        group(
            "Move",
            &[("h j k l", "left, down, up, right"), ("Tab", "next pane"), ("1–5", "pane by number"), (".", "now")],
        ),
        group(
            "Patient",
            &[
                ("Enter", "open"),
                ("Space", "one state on"),
                ("s", "score"),
                ("x", "no-show, cancelled, wrong day"),
                ("m", "move"),
            ],
        ),
        group("Day", &[("< >", "day back and on"), ("t", "today"), ("g", "go to date"), ("c", "close the day")]),
        group(
            "Anywhere",
            &[("Ctrl-S F4", "complete"), ("u", "undo"), ("U", "redo"), (":", "commands"), ("?", "all keys here")],
        ),
    ];
    Help { title: "Keys of the board", groups: &groups, top: 0, in_one: false }.paint(canvas, area);
}

fn marks(canvas: &mut Canvas<'_>, area: Rect) {
    for (down, state) in (0..).zip(Mark::ALL) {
        canvas.words(row(area, down), &mark(state).gap(1).say(Role::Second, state.word()));
    }
}
