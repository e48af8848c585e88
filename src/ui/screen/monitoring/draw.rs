//! How a patient's monitoring is drawn.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{CLOCKS, Line, MonitoringScreen, step};
use crate::action::{Command, Context};
use crate::clinical::monitoring::clock::{Cause, Off, Watch};
use crate::clinical::monitoring::urine::{Step, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{Foot, Linear, band, message_line, parts, plain};
use crate::ui::env::View;
use crate::ui::screen::halves::{TOP, inside};
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::bar::Item;
use crate::ui::widget::columns::{Column, lay_holding};
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, inset, mark};

/// What is said of a check that is for other medicines than those listed.
pub(super) const NOT_FOR_THIS: &str = "not for the medicines on the list";

/// Where the lines stand.
pub(super) fn rows(area: Rect) -> Rect {
    inside(parts(area, TOP).body)
}

/// Sign, what, what it showed, when.
const COLUMNS: [Column; 4] = [
    Column::fixed(1, 0),
    Column::between(12, 18, 0),
    Column::rest(10, 2).after(2),
    Column::between(11, 16, 1).after(2).right(),
];

/// One line as it is drawn and said.
struct Drawn {
    mark: Mark,
    what: String,
    text: Words<'static>,
    right: Words<'static>,
}

impl Drawn {
    fn cells(self) -> [Words<'static>; 4] {
        [mark(self.mark), Words::of(Role::Text, self.what), self.text, self.right]
    }
}

fn last_words(check: &Check) -> Words<'static> {
    let words = Words::of(Role::Second, format!("{} ", show_date(check.on)));
    let role = if check.outcome == Outcome::Expected { Role::Text } else { Role::Wants };
    let note = clean_line(&check.note);
    let note = if note.is_empty() { String::new() } else { format!(": {note}") };
    words.say(role, format!("{}{note}", check.outcome.label()))
}

fn of_clock(screen: &MonitoringScreen, kind: CheckKind, watch: &Watch, today: NaiveDate) -> Drawn {
    let model = &screen.model;
    let last = match kind {
        CheckKind::Urine => model.last_urine().map(|test| {
            let on = test.sample_date().map(show_date).unwrap_or_default();
            let role = if test.is_as_expected() { Role::Text } else { Role::Wants };
            Words::of(Role::Second, format!("{on} ")).say(role, test.verdict())
        }),
        kind => model.last(kind).map(last_words),
    };
    let open = (kind == CheckKind::Urine).then(|| screen.open_test()).flatten();
    let concerns = watch.of(kind).is_some() || watch.off(kind).is_some();
    let text = match open {
        Some(test) => Words::of(Role::Text, test.line().trim_start_matches("urine test · ").to_owned()),
        None => last.unwrap_or_else(|| Words::of(Role::Faint, if concerns { "never" } else { "–" })),
    };
    let (mark, right) = match (watch.of(kind), watch.off(kind)) {
        (Some(clock), _) => {
            let is_due = clock.is_due_on(today);
            let role = if is_due { Role::Wants } else { Role::Second };
            let words = match clock.due {
                Some(due) => Words::of(role, format!("due {}", show_date(due))),
                None => Words::of(role, "due: never done"),
            };
            (if is_due { Mark::Wants } else { Mark::Done }, words)
        }
        (None, Some(Off { cause: Cause::DoneOnce, .. })) => (Mark::Done, Words::of(Role::Second, "wanted once")),
        (None, Some(_)) => {
            // Off because of what opioids are given for, or because the region has no interval.
            let whom = model.course(&screen.file).whom;
            let context = whom.switched_off(kind.name()).map(|_| format!("off: {}", whom.context().label()));
            (Mark::ToCome, Words::of(Role::Faint, context.unwrap_or_else(|| "no interval".to_owned())))
        }
        (None, None) => (Mark::ToCome, Words::of(Role::Faint, if watch.list_unknown { "list unknown" } else { "" })),
    };
    // In time, but nobody has acted on what came: that is no tick.
    let waits = open.is_some_and(|test| of_test(test).mark == Mark::Wants);
    let mark = if waits { Mark::Wants } else { mark };
    Drawn { mark, what: kind.label().to_owned(), text, right }
}

fn of_check(check: &Check) -> Drawn {
    let (mark, role) = match check.outcome {
        Outcome::Expected => (Mark::Done, Role::Second),
        Outcome::Unexpected => (Mark::Wants, Role::Wants),
    };
    let note = clean_line(&check.note);
    let note = if note.is_empty() { String::new() } else { format!(": {note}") };
    let next = check.next.map_or_else(String::new, |next| format!(", next {}", show_date(next)));
    let by = if check.by.is_empty() { String::new() } else { format!(" · {}", clean_line(&check.by)) };
    Drawn {
        mark,
        what: check.kind.label().to_owned(),
        text: Words::of(role, format!("{}{note}{next}{by}", check.outcome.label())),
        right: Words::of(Role::Second, show_date(check.on)),
    }
}

fn of_test(urine: &UrineTest) -> Drawn {
    let (mark, role) = match urine.step() {
        Step::Settled if urine.is_as_expected() => (Mark::Done, Role::Second),
        Step::Settled => (Mark::Done, Role::Text),
        Step::LetGo => (Mark::NotComing, Role::Faint),
        Step::Ordered | Step::Collected => (Mark::ToCome, Role::Second),
        Step::Resulted | Step::Read | Step::Confirming | Step::Confirmed => (Mark::Wants, Role::Wants),
    };
    let verdict = urine.verdict_or_step();
    let text = match urine.step() {
        Step::Settled if !urine.action.is_empty() => format!("{verdict} · {}", clean_line(&urine.action)),
        Step::LetGo => format!("let go: {}", clean_line(urine.let_go.as_deref().unwrap_or_default())),
        Step::Confirming => format!("{verdict} · {}", Step::Confirming.label()),
        _ => verdict,
    };
    let date = urine.sample_date().or(urine.ordered);
    Drawn {
        mark,
        what: CheckKind::Urine.label().to_owned(),
        text: Words::of(role, text),
        right: Words::of(Role::Second, date.map(show_date).unwrap_or_default()),
    }
}

/// The lines in their order; none is the heading.
fn lines(screen: &MonitoringScreen, view: &View<'_>) -> Vec<Option<Drawn>> {
    let watch = screen.watch(&view.rules());
    let today = view.now.today();
    let clocks = CheckKind::ALL.iter().map(|&kind| Some(of_clock(screen, kind, &watch, today)));
    let past = screen.past().into_iter().map(|line| match line {
        Line::Check(check) => Some(of_check(check)),
        Line::Urine(test) => Some(of_test(test)),
        Line::Clock(_) => None,
    });
    let mut lines: Vec<Option<Drawn>> = clocks.collect();
    if screen.count() > CLOCKS {
        lines.push(None);
        lines.extend(past);
    }
    lines
}

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Monitoring   2 due   risk low
/// ╭ Checks ──────────────────────────────────────────────────────────────╮
/// │ ● PDMP          3 Aug 2026 as expected               due 1 Nov 2026  │
/// │ ○ urine test    no result, due 26 Nov               due 12 Nov 2026  │
/// │   checked and tested                                                 │
/// │ ✓ PDMP          as expected · AR                         3 Aug 2026  │
/// ╰──────────────────────────────────────────────────────────────────────╯
/// ```
pub(super) fn paint(screen: &MonitoringScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let hide = |text: &str| view.names().asked(text).into_owned();
    let lines = lines(screen, view);
    let band = band(&screen.file, place(screen, view), Words::new(), view);
    let foot = foot(screen, view);
    if view.preferences.plain {
        let said = |drawn: &Option<Drawn>| match drawn {
            None => "checked and tested:".to_owned(),
            Some(drawn) => {
                let wants = if drawn.mark == Mark::Wants { "wants you: " } else { "" };
                hide(&format!("{wants}{}: {}, {}", drawn.what, drawn.text.plain(), drawn.right.plain()))
            }
        };
        let rows: Vec<String> = lines.iter().map(said).collect();
        Linear { head: plain::band_lines(&band), rows, chosen: Some(screen.cursor.at) }
            .paint(canvas, area, &foot, view);
        return;
    }
    let around = parts(area, TOP);
    band.paint(canvas, around.top);
    let inside = rows(area);
    let list = screen.cursor.list(lines.len(), inside.height);
    let pane = Pane {
        name: "Checks",
        note: note(screen),
        foot: list.hidden(inside.height),
        focus: Focus::Here,
        ..Pane::default()
    };
    let inside = pane.paint(canvas, around.body);
    let cells: Vec<Option<[Words<'_>; 4]>> = lines.into_iter().map(|line| line.map(Drawn::cells)).collect();
    let laid = lay_holding(&COLUMNS, cells.iter().flatten(), inside.width.saturating_sub(2));
    list.paint(canvas, inside, |canvas, line, at| {
        let line = inset(line, 1, 1);
        match cells.get(at) {
            Some(Some(cells)) => {
                for (column, words) in cells.iter().enumerate() {
                    laid.write(canvas, line, column, words);
                }
            }
            _ => {
                canvas.text(line, Role::Faint, "  checked and tested, newest first");
            }
        }
    });
    message_line(canvas, around.message, Context::Monitoring, view);
    foot.paint(canvas, around.foot);
}

fn place(screen: &MonitoringScreen, view: &View<'_>) -> Vec<Item<'static>> {
    let watch = screen.watch(&view.rules());
    let due = watch.due_on(view.now.today()).count();
    let mut place = vec![Item::new(0, Words::new().bold(Role::Focus, "Monitoring"))];
    if due > 0 {
        place.push(Item::new(1, Words::of(Role::Wants, format!("{due} due"))));
    }
    if watch.list_unknown {
        place.push(Item::new(2, Words::of(Role::Wants, "medicines ?")));
    }
    place
}

/// The risk as it was last found.
fn note(screen: &MonitoringScreen) -> Words<'static> {
    match screen.model.risk {
        Some((risk, on)) => Words::of(Role::Second, format!("opioid risk {}, {}", risk.label(), show_date(on))),
        None => Words::of(Role::Second, "opioid risk ?"),
    }
}

fn foot<'a>(screen: &MonitoringScreen, view: &View<'_>) -> Foot<'a> {
    let foot = Foot::new(Context::Monitoring, view).without(&[Command::CopyOut]);
    let foot = match screen.step_word() {
        Some(word) => foot.saying(Command::Done, word),
        None => foot.without(&[Command::Done]),
    };
    let test = screen.test();
    let foot =
        if test.is_some_and(|test| step::next_of(test).is_some()) { foot } else { foot.without(&[Command::CloseOne]) };
    // A check as expected is the next step itself; a test that shows something else is none.
    let offers =
        test.is_some_and(|test| step::next_of(test).is_some()) && screen.not_as_expected(view.now.today()).is_none();
    if offers { foot } else { foot.without(&[Command::AsExpected]) }
}
