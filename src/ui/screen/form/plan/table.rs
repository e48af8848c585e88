//! The fields of a plan: the shorthand line with its reading, the pieces row by row, goals, what is aimed at, what was
//! offered, a note.

use super::P;
use crate::clinical::booking::Booking;
use crate::clinical::medicine_change::{changes_dose, leaves_list};
use crate::clinical::plan::shorthand::{self, Step};
use crate::clinical::plan::wake::Wakes;
use crate::clinical::plan::{Books, GoalDraft, ItemState, Modality, OptionDraft, PlanItemDraft, TargetDraft, bookings};
use crate::clinical::vocab::Vocab;
use crate::form::build::{area, coded, date, line, num, pick, rows};
use crate::form::{DateSpec, Field, FormDef, Level, NumSpec, Role, Row, Slot, Source, Span, Wanted};

type I = PlanItemDraft;
type T = TargetDraft;
type O = OptionDraft;

const PERCENT: NumSpec = NumSpec { min: 0.0, max: 100.0, warn: (0.0, 100.0), unit: "%", decimals: 0 };

impl Row for PlanItemDraft {
    const COLS: &'static [Field<Self>] = &[
        pick("modality", "piece", |v: &mut I, _| Slot::Pick(&mut v.modality)).width(14),
        line("what", "what, how much", |v: &mut I, _| Slot::Text(&mut v.what))
            .width(26)
            .completes(words_of_piece)
            .goes_on(),
        pick("state", "state", |v: &mut I, _| Slot::Pick(&mut v.state)).width(10),
        line("next_step", "next step", |v: &mut I, _| Slot::Text(&mut v.next_step)).width(18),
        date("due", "when", DateSpec::Ahead, |v: &mut I, _| Slot::Date(&mut v.due)).width(12),
        pick("books", "books", |v: &mut I, _| Slot::Pick(&mut v.books)).width(10),
        pick("no_clinic", "if no clinic", |v: &mut I, _| Slot::Pick(&mut v.no_clinic))
            .width(14)
            .show(|v| v.books.is_some() && v.booked.is_none()),
        num("expected", "expect", &PERCENT, |v: &mut I, _| Slot::Exact(&mut v.expected_relief))
            .show(|v| v.modality == Some(Modality::Interventional) || v.books == Some(Books::Procedure))
            .help("the relief that is hoped for, in percent: it stands beside the relief there was, later"),
        line("wakes", "only if", |v: &mut I, _| Slot::Text(&mut v.wakes))
            .width(9)
            .help("sleeps until this is so, or until its date: <50%, pain>5, peg>4"),
        coded("problem", "for which problem", Source::Problem, |v: &mut I, _| Slot::Coded(&mut v.problem)).width(24),
        num("effect", "relief", &PERCENT, |v: &mut I, _| Slot::Exact(&mut v.effect_percent)).show(was_tried),
        pick("outcome", "outcome", |v: &mut I, _| Slot::Pick(&mut v.outcome)).width(12).show(was_tried),
        line("why", "why stopped or declined", |v: &mut I, _| Slot::Text(&mut v.why))
            .width(24)
            .show(|v| v.state.is_some_and(ItemState::is_over)),
    ];

    fn duplicate(&self) -> Self {
        // What was booked belongs to the row it was booked from, and a copy is another piece.
        Self { booked: None, piece: None, ..self.clone() }
    }
}

fn was_tried(item: &I) -> bool {
    item.state.is_some_and(|state| !matches!(state, ItemState::Proposed | ItemState::Declined))
}

/// What an item is usually called depends on the piece of the plan it is.
fn words_of_piece(item: &I) -> Option<Wanted> {
    match item.modality? {
        Modality::Medication => Some(Source::Medicine.into()),
        Modality::Interventional => Some(Source::Procedure.into()),
        piece @ (Modality::Physical
        | Modality::Behavioural
        | Modality::Complementary
        | Modality::Referral
        | Modality::SelfCare
        | Modality::Education
        | Modality::FollowUp) => Some(Wanted { source: Source::PlanPiece, about: piece.name().to_owned() }),
        Modality::Other => None,
    }
}

impl Row for GoalDraft {
    const COLS: &'static [Field<Self>] =
        &[line("text", "in the patient's words", |v: &mut GoalDraft, _| Slot::Text(&mut v.text)).width(60)];
}

impl Row for TargetDraft {
    const COLS: &'static [Field<Self>] = &[
        pick("of", "measure", |v: &mut T, _| Slot::Pick(&mut v.of)).width(14),
        line("aim", "down by, or to", |v: &mut T, _| Slot::Text(&mut v.aim))
            .width(14)
            .help("-30% is a fall by 30 percent of what it was; 4 is the value itself"),
        date("by", "by when", DateSpec::Ahead, |v: &mut T, _| Slot::Date(&mut v.by)).width(12),
    ];
}

impl Row for OptionDraft {
    const COLS: &'static [Field<Self>] = &[
        line("what", "what was offered", |v: &mut O, _| Slot::Text(&mut v.what)).width(28),
        pick("chosen", "chosen", |v: &mut O, _| Slot::Pick(&mut v.chosen)).width(8),
        line("why", "why, or why not", |v: &mut O, _| Slot::Text(&mut v.why)).width(30),
    ];
}

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<P> {
    FormDef::new("plan", 1)
        .section_as(
            "In short",
            "In short: pt 6w; surg if <50% 4w; fu 6w",
            vec![
                area("line", "", 2, |v: &mut P, _| Slot::Text(&mut v.line))
                    .below(reading)
                    .help("what; what; … with a date 6w, if <50%, relief expected e60, problem #1"),
            ],
        )
        .section("Items", vec![rows("items", "", |v: &mut P, _| Slot::Rows(&mut v.items)).in_full().below(booked)])
        .section("Goals", vec![rows("goals", "", |v: &mut P, _| Slot::Rows(&mut v.goals))])
        .section_as("Targets", "What is aimed at", vec![rows("targets", "", |v: &mut P, _| Slot::Rows(&mut v.targets))])
        .section_as(
            "Offered",
            "What was offered, chosen, and why",
            vec![rows("options", "", |v: &mut P, _| Slot::Rows(&mut v.options))],
        )
        .section("Note", vec![area("note", "Anything else", 3, |v: &mut P, _| Slot::Text(&mut v.note))])
        .rule("line", Level::Error, |v| steps(v).into_iter().find_map(|step| step.fault))
        .rule("line", Level::Warn, |v| {
            let stays: Vec<String> = steps(v).iter().filter_map(|step| leaves_list_of(&step.item, v)).collect();
            (!stays.is_empty()).then(|| stays.join("; "))
        })
        .rule("line", Level::Info, |v| {
            let open = steps(v).into_iter().filter(|step| wants_relief(&step.item)).map(|step| step.item.what);
            let open: Vec<String> = open.collect();
            (!open.is_empty()).then(|| format!("relief expected of {}? e60 behind it says 60 %", open.join(", ")))
        })
        .row_rule("items", Level::Info, |v| {
            let open = v.items.iter().enumerate().filter(|(_, item)| wants_relief(item));
            open.map(|(n, item)| (n, "expected", format!("what relief is expected of {}?", item.what.trim()))).collect()
        })
        .row_rule("items", Level::Error, wrong_items)
        .row_rule("items", Level::Warn, |v| {
            let stays = v.items.iter().enumerate().filter_map(|(n, item)| Some((n, leaves_list_of(item, v)?)));
            stays.map(|(n, why)| (n, "what", why)).collect()
        })
        .row_rule("targets", Level::Error, wrong_targets)
        .row_rule("options", Level::Error, |v| {
            let named = |option: &O| !option.what.trim().is_empty();
            let blank = |option: &O| !named(option) && option.chosen.is_none() && option.why.trim().is_empty();
            let wrong = v.options.iter().enumerate().filter(|(_, option)| !named(option) && !blank(option));
            wrong.map(|(n, _)| (n, "what", "say what was offered".to_owned())).collect()
        })
        .rule("items", Level::Error, |v| {
            (v.items.iter().all(I::is_blank) && steps(v).is_empty())
                .then(|| "a plan needs an item; to keep the last one unchanged press = on the board".to_owned())
        })
}

/// Whether it is a procedure that is planned now, and nobody has said what relief is hoped for.
fn wants_relief(item: &I) -> bool {
    let is_procedure = item.modality == Some(Modality::Interventional) || item.books == Some(Books::Procedure);
    let is_new = item.piece.is_none() && !item.state.is_some_and(ItemState::is_over);
    is_procedure && is_new && item.expected_relief.is_none() && !item.what.trim().is_empty()
}

fn leaves_list_of(item: &I, v: &P) -> Option<String> {
    leaves_list(item, &v.beside.last, &v.beside.medicines)
}

fn wrong_items(v: &P) -> Vec<(usize, &'static str, String)> {
    let mut wrong = Vec::new();
    for (n, item) in v.items.iter().enumerate().filter(|(_, item)| !item.is_blank()) {
        if item.what.trim().is_empty() {
            wrong.push((n, "what", "say what".to_owned()));
        }
        if item.modality.is_none() {
            wrong.push((n, "modality", "choose which piece of the plan it is".to_owned()));
        }
        let asleep = !item.wakes.trim().is_empty();
        if item.books.is_some() && item.due.is_none() {
            wrong.push((n, "due", "a visit is booked on a date: type one".to_owned()));
        }
        if item.books.is_some() && asleep {
            wrong.push((n, "books", "what sleeps books nothing until it wakes".to_owned()));
        }
        if asleep {
            wrong.extend(Wakes::read(&item.wakes).err().map(|why| (n, "wakes", why)));
        }
    }
    wrong
}

fn wrong_targets(v: &P) -> Vec<(usize, &'static str, String)> {
    let mut wrong = Vec::new();
    for (n, target) in v.targets.iter().enumerate().filter(|(_, target)| !target.is_blank()) {
        if target.of.is_none() {
            wrong.push((n, "of", "choose what is measured".to_owned()));
        }
        wrong.extend(target.read_aim().err().map(|why| (n, "aim", why)));
        if target.by.is_none() {
            wrong.push((n, "by", "say by when".to_owned()));
        }
    }
    wrong
}

/// What the shorthand line says.
pub fn steps(draft: &P) -> Vec<Step> {
    let Some(reading) = &draft.beside.reading else { return Vec::new() };
    shorthand::read(&draft.line.replace('\n', ";"), reading, &draft.beside.problems)
}

/// The items as they would be kept: those of the rows, with what the line says.
pub fn merged(draft: &P) -> Vec<I> {
    let mut items = draft.items.clone();
    shorthand::apply(&mut items, steps(draft));
    changes_dose(&mut items, &draft.beside.medicines);
    items
}

/// What was read of the line, an item a line; what is not known is marked and stays as text.
fn reading(draft: &P, _last: Option<&P>) -> Vec<Span> {
    let mut out = Vec::new();
    let items = merged(draft);
    let booked = bookings_of(draft, &items);
    for step in steps(draft) {
        let is_it = |item: &I| (&item.what, item.due) == (&step.item.what, step.item.due);
        let booking = booked.iter().find(|(at, _)| is_it(&items[*at])).map(|(_, booking)| booking);
        let (mark, role) = match (&step.fault, &step.head) {
            (Some(_), _) => ("! ", Role::Error),
            (None, None) => ("? ", Role::Wants),
            (None, Some(_)) => ("", Role::Computed),
        };
        let gap = if out.is_empty() { "" } else { "\n" };
        out.push(Span { text: format!("{gap}{mark}{}", step.show(booking)), role });
    }
    out
}

/// What the items will book.
pub fn bookings_of(draft: &P, items: &[I]) -> Vec<(usize, Booking)> {
    let schedule = draft.beside.schedule.clone();
    schedule.map(|(mut taken, hours)| bookings(items, &mut taken, &hours)).unwrap_or_default()
}

/// What the rows will book, a line each; what the line in short books stands under that.
fn booked(draft: &P, _last: Option<&P>) -> Vec<Span> {
    let items = merged(draft);
    let of_rows = |at: usize| draft.items.iter().any(|row| (&row.what, row.due) == (&items[at].what, items[at].due));
    let lines = bookings_of(draft, &items).into_iter().filter(|(at, _)| of_rows(*at));
    let lines: Vec<String> =
        lines.map(|(at, booking)| format!("{} books {}", items[at].what.trim(), with_choice(&booking))).collect();
    let text = lines.join("\n");
    if text.is_empty() { Vec::new() } else { vec![Span { text, role: Role::Computed }] }
}

/// When, and what to choose in the row where there is no clinic on that day.
fn with_choice(booking: &Booking) -> String {
    let others = booking.others("the next day", "the day before", "that day");
    if others.is_empty() { booking.says() } else { format!("{} (or {others}: if no clinic)", booking.says()) }
}

/// How the line is read, with every short word.
pub fn guide() -> String {
    use crate::clinical::facts::plan_words::plan_words;
    let mut out = "An item is what, then more words, then any of: if and a condition, e and the relief expected in \
                   percent, # and the number of a problem, and a date. Items are parted by ;\n\n\
                   pt 6w                 physiotherapy, looked at in six weeks\n\
                   surg if <50% 4w       sleeps until relief is below 50 %, at the latest four weeks\n\
                   cbt if pain>5         also avg>5, peg>4, relief<30\n\
                   mbb l4 l5 left 2w e80 books the procedure in two weeks, expecting 80 %\n\
                   fu 6w                 books the follow-up\n\
                   fu 6w- or fu 6w!      where there is no clinic then: the day before, that day\n\
                   gabapentin 600 mg tid changes the dose of what runs, increase and reduce say so\n\
                   surg if no better 3m  sleeps until relief is below 30 %\n\
                   refer …, handout …    a letter, education\n\
                   start, continue, stop, done, no before a piece: active, stopped, completed, declined\n\
                   stop … because …      with the reason\n\n\
                   Words nobody knows stay as text and are marked.\n"
        .to_owned();
    for &piece in Modality::ALL {
        let of_piece = plan_words().short.iter().filter(|short| short.piece == piece.name());
        let words: Vec<String> = of_piece.map(|short| format!("{} {}", short.codes.join(" or "), short.text)).collect();
        if !words.is_empty() {
            out.push_str(&format!("\n{}: {}.", piece.label(), words.join(", ")));
        }
    }
    out
}
