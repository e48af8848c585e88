//! How the close of a day is drawn.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::sheet::{self, Counts, Group, Kind, Sheet};
use super::{CloseScreen, Entry, proof};
use crate::action::{Command, Context};
use crate::clinical::board::{Item, What};
use crate::clinical::close::Decision;
use crate::clinical::red_flag;
use crate::clinical::task::Owner;
use crate::clinical::text::{clean_line, width};
use crate::clinical::time::{show_date, show_day, show_moment, show_time, wall};
use crate::clinical::visit::VisitState;
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{Foot, Linear, message_line, parts, plain, title_bar};
use crate::ui::env::View;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::bar::{Bar, Item as Said};
use crate::ui::widget::columns::{Column, lay};
use crate::ui::widget::list::List;
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, columns, inset, mark, row};

/// Where the parts of the body stand: what is said first, the pane, the row of its columns' titles, its list.
struct Areas {
    lead: Rect,
    pane: Rect,
    titles: Rect,
    list: Rect,
}

fn areas(area: Rect, screen: &CloseScreen) -> Areas {
    let body = parts(area, 1).body;
    let lead = if body.height >= 8 { 2 } else { u16::from(body.height >= 5) };
    let pane = Rect { y: body.y.saturating_add(lead), height: body.height - lead, ..body };
    let framed = pane.width >= 4 && pane.height >= 2;
    let inside = if framed {
        Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width - 2, height: pane.height - 2 }
    } else {
        Rect { height: 0, ..pane }
    };
    let titles = u16::from(inside.height >= 4 && !screen.sheet.board.closed);
    Areas {
        lead: Rect { height: lead.min(1), ..body },
        pane,
        titles: Rect { height: titles, ..inside },
        list: Rect { y: inside.y.saturating_add(titles), height: inside.height - titles, ..inside },
    }
}

/// Where the list is drawn.
pub(super) fn list_area(area: Rect, screen: &CloseScreen) -> Rect {
    areas(area, screen).list
}

/// Draws the screen.
///
/// ```text
/// Close of day   Tue 24 Nov 2026   9 done   4 open   2 carried
/// ● 1 red flag needs a decision
/// ╭ Open ─────────────────────────────────────────────────────── 4 open ╮
/// │                                 done   open  carried   closed  date │
/// │ Red flags  needs a decision each   ·      1        ·        ·       │
/// │   ● TANAKA Yui        thunderclap onset                             │
/// │ Plans                              3      2        ·        ·       │
/// │   ○ OKAFOR Adaeze     plan 3 of 27 Oct · unchanged?                 │
/// ╰─────────────────────────────────────────────────────────────────────╯
/// ```
pub(super) fn paint(screen: &CloseScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let bar = bar(screen, view);
    let lead =
        lead(screen, view, if view.preferences.plain { usize::MAX } else { usize::from(area.width.saturating_sub(2)) });
    let foot = foot(screen, view);
    let entries = screen.entries();
    if view.preferences.plain {
        let linear = Linear {
            head: vec![plain::bar_line(&bar), lead.plain()],
            rows: entries.iter().map(|entry| say(screen, *entry, view)).collect(),
            chosen: entries.get(screen.cursor.at).filter(|entry| entry.is_row()).map(|_| screen.cursor.at),
        };
        linear.paint(canvas, area, &foot, view);
        return;
    }
    let around = parts(area, 1);
    let areas = areas(area, screen);
    bar.paint(canvas, around.top);
    canvas.words(inset(areas.lead, 1, 1), &lead);
    let list = screen.cursor.list(entries.len(), areas.list.height);
    let closed = screen.sheet.board.closed;
    let open = screen.sheet.total.open;
    let pane = Pane {
        name: if closed { "What was decided" } else { "The day" },
        note: Words::of(Role::Second, if closed { String::new() } else { format!("{open} open") }),
        foot: list.hidden(areas.list.height),
        focus: Focus::Here,
        ..Pane::default()
    };
    pane.paint(canvas, areas.pane);
    if !closed && !entries.is_empty() {
        titles(canvas, inset(areas.titles, 1, 1 + DATES));
        canvas.words_right(inset(areas.titles, 1, 1), &Words::of(Role::Faint, "date"));
    }
    let rows = List { chosen: list.chosen.filter(|&at| entries.get(at).is_some_and(|entry| entry.is_row())), ..list };
    rows.paint(canvas, areas.list, |canvas, line, at| {
        let Some(entry) = entries.get(at) else { return };
        paint_entry(screen, canvas, inset(line, 1, 1), *entry, rows.chosen == Some(at), view);
    });
    if entries.is_empty() {
        let words = if closed { "nothing was carried or closed: all of it was done" } else { "the day holds nothing" };
        canvas.text(inset(row(areas.list, 0), 1, 1), Role::Second, words);
    }
    message_line(canvas, around.message, Context::Close, view);
    foot.paint(canvas, around.foot);
}

fn bar<'a>(screen: &CloseScreen, view: &View<'_>) -> Bar<'a> {
    let total = screen.sheet.total;
    let day = Words::new().bold(Role::Strong, show_day(screen.date()));
    let mut items = vec![Said::new(0, day)];
    if !screen.sheet.board.closed {
        let said = |rank, role, count: usize, word: &str| {
            (count > 0).then(|| Said::new(rank, Words::of(role, format!("{count} {word}"))))
        };
        items.extend(said(2, Role::Done, total.done, "done"));
        items.extend(said(1, Role::Wants, total.open, "open"));
        items.extend(said(3, Role::Second, total.carried, "carried"));
        items.extend(said(3, Role::Second, total.closed, "closed"));
    }
    let mut bar = title_bar("Close of day", items, view);
    if let Some(right) = &mut bar.right {
        // The day that is closed leads: where it is today, the clock alone stands at the right.
        right.words = Words::new().bold(Role::Strong, show_time(view.now.time()));
        right.short = None;
    }
    bar
}

/// What is to be done here, or what stands of the closed day.
fn lead(screen: &CloseScreen, view: &View<'_>, room: usize) -> Words<'static> {
    let key = |command| view.keymap.key_for(Context::Close, command).unwrap_or_default();
    let sheet = &screen.sheet;
    if sheet.board.closed {
        let day = screen.records.day.as_ref();
        let at = day.and_then(|day| day.closed_at).map(|at| wall(at, view.now.zone));
        let at = at.map_or_else(String::new, |at| format!(" {}", show_moment(at, screen.date())));
        let words = mark(Mark::Done).gap(1).bold(Role::Done, format!("closed{at}"));
        let words = words.gap(3).say(Role::Text, day.map(proof).unwrap_or_default());
        return match sheet.board.reflection {
            Some(true) => words.gap(3).say(Role::Second, "reflection written"),
            _ => words.gap(3).bold(Role::Focus, key(Command::PaneEvening)).say(Role::Second, " reflection"),
        };
    }
    if sheet.total.open == 0 {
        let words = mark(Mark::Done).gap(1).say(Role::Text, "nothing is left open");
        return words.gap(3).bold(Role::Focus, key(Command::ConfirmClose)).say(Role::Second, " closes the day");
    }
    if sheet.overdue {
        let words = mark(Mark::Wants).gap(1).say(Role::Wants, "this day was never closed");
        let words = words.gap(3).bold(Role::Focus, key(Command::CarryAll));
        let all = if sheet.total.open == 1 { "it".to_owned() } else { format!("all {}", sheet.total.open) };
        let words = words.say(Role::Second, format!(" carries {all} to today and closes it"));
        let other = Words::new().bold(Role::Focus, key(Command::Today)).say(Role::Second, " closes today instead");
        return if words.width() + 3 + other.width() <= room { words.gap(3).join(other) } else { words };
    }
    let own = sheet.own_words();
    let rest = sheet.rest().len();
    let mut words = Words::new();
    if !own.is_empty() {
        let several = sheet.open().filter(|(kind, _)| kind.wants_own_answer()).count() > 1;
        let verb = if several { "need a decision each" } else { "needs a decision" };
        words = words.join(mark(Mark::Wants)).gap(1).say(Role::Wants, format!("{own} {verb}"));
    }
    if rest == 0 {
        return words;
    }
    let to = show_day(view.preferences.clinic_days.after(screen.date()));
    let rest = match (words.is_empty(), rest) {
        (true, 1) => "it".to_owned(),
        (false, 1) => "the other".to_owned(),
        (true, _) => format!("the {rest}"),
        (false, _) => format!("the other {rest}"),
    };
    let carries = Words::new().bold(Role::Focus, key(Command::CarryAll));
    let carries = carries.say(Role::Second, format!(" carries {rest} to {to}"));
    match words.width() {
        0 => carries,
        wide if wide + 3 + carries.width() <= room => words.gap(3).join(carries),
        _ => words,
    }
}

fn foot<'a>(screen: &CloseScreen, view: &View<'_>) -> Foot<'a> {
    let foot = Foot::new(Context::Close, view).saying(Command::Open, "do now").without(&[Command::CopyOut]);
    let foot = if screen.date() == view.now.today() { foot.without(&[Command::Today]) } else { foot };
    let closed = screen.sheet.board.closed;
    if closed || screen.sheet.total.open == 0 {
        let no_item = [Command::Open, Command::Advance, Command::CarryAll, Command::CarryOne, Command::CloseOne];
        let foot = foot.without(&no_item);
        return if closed { foot.without(&[Command::ConfirmClose]) } else { foot };
    }
    let foot = foot.without(&[Command::ConfirmClose, Command::PaneEvening]);
    let foot = match screen.item() {
        Some((Kind::Visit, item)) => {
            let step = item.state.and_then(VisitState::next).map_or("", VisitState::label);
            foot.saying(Command::Advance, step)
                .saying(Command::CarryOne, "move")
                .saying(Command::CloseOne, "not coming")
        }
        _ => foot.without(&[Command::Advance]),
    };
    if screen.sheet.rest().is_empty() { foot.without(&[Command::CarryAll]) } else { foot }
}

/// The four counts at the right of a heading; the words of the heading before them.
const HEADING: [Column; 5] = [
    Column::rest(10, 0),
    Column::fixed(4, 3).right().after(2),
    Column::fixed(4, 1).right().after(3),
    Column::fixed(7, 4).right().after(2),
    Column::fixed(6, 5).right().after(3),
];

/// The column of the items' dates, right of the counts: a date below a count would be read as one. A long date with its
/// word and the blanks before it.
const DATES: u16 = 16;

fn titles(canvas: &mut Canvas<'_>, area: Rect) {
    let laid = lay(&HEADING, area.width);
    for (at, title) in ["done", "open", "carried", "closed"].into_iter().enumerate() {
        laid.write(canvas, area, at + 1, &Words::of(Role::Faint, title));
    }
}

fn counts(counts: Counts) -> [(Role, usize); 4] {
    [
        (Role::Done, counts.done),
        (Role::Wants, counts.open),
        (Role::Second, counts.carried),
        (Role::Second, counts.closed),
    ]
}

/// Mark, name, what it is about; whose and by when stand at its right end.
fn item_columns(sheet: &Sheet, wide: u16) -> [Column; 3] {
    let longest = sheet.open().map(|(_, item)| columns(width(&item.name()))).max().unwrap_or(0);
    let name = if wide < 90 { 22 } else { longest.clamp(22, 32) };
    [Column::fixed(1, 0).after(0), Column::between(12, name, 0), Column::rest(12, 1).after(2)]
}

fn owner(item: &Item) -> String {
    if item.owner == Owner::Me { String::new() } else { clean_line(&item.owner.to_string()) }
}

fn due(item: &Item, day: NaiveDate) -> Words<'static> {
    match item.due {
        Some(due) if due < day => Words::of(Role::Wants, format!("due {}", show_date(due))),
        // A summary says of which visit it is in its own words.
        _ if item.date != day && item.key.what() != What::Copy => Words::of(Role::Second, show_date(item.date)),
        _ => Words::new(),
    }
}

fn heading(group: &Group, room: usize) -> Words<'static> {
    let words = Words::new().bold(Role::Text, group.kind.title());
    if group.counts.open == 0 || !group.kind.wants_own_answer() {
        return words;
    }
    let whole = words.clone().gap(2).say(Role::Wants, "needs a decision each");
    if whole.width() <= room { whole } else { words.gap(2).say(Role::Wants, "decide each") }
}

fn paint_entry(
    screen: &CloseScreen,
    canvas: &mut Canvas<'_>,
    area: Rect,
    entry: Entry<'_>,
    chosen: bool,
    view: &View<'_>,
) {
    match entry {
        Entry::Heading(group) => {
            let area = inset(area, 0, DATES);
            let laid = lay(&HEADING, area.width);
            laid.write(canvas, area, 0, &heading(group, usize::from(laid.area(area, 0).width)));
            for (at, (role, count)) in counts(group.counts).into_iter().enumerate() {
                let words = if count == 0 { Words::of(Role::Faint, "·") } else { Words::of(role, count.to_string()) };
                laid.write(canvas, area, at + 1, &words);
            }
        }
        Entry::Item(item) => {
            let area = inset(area, 2, 0);
            let laid = lay(&item_columns(&screen.sheet, area.width), area.width);
            laid.write(canvas, area, 0, &mark(item.mark.into()));
            let name = if item.patient.is_some() { view.names().of_item(item) } else { item.name() };
            let role = if chosen { Role::Strong } else { Role::Text };
            laid.write(canvas, area, 1, &Words::of(role, name));
            let about = laid.area(area, 2);
            let owner = Words::of(Role::Info, owner(item));
            let due = due(item, screen.date());
            let right = if owner.is_empty() || due.is_empty() { owner.join(due) } else { owner.gap(2).join(due) };
            let used = canvas.words_right(about, &right);
            let about = inset(about, 0, if used > 0 { used.saturating_add(2) } else { 0 });
            canvas.text(about, Role::Second, &text(item, view));
        }
        Entry::NotAsked(_) => {
            let words = Words::new()
                .bold(Role::Text, "Red flags not asked")
                .gap(2)
                .say(Role::Second, "told, not counted as open");
            canvas.words(area, &words);
        }
        Entry::NotAskedOf(patient, flags) => {
            let area = inset(area, 2, 0);
            let laid = lay(&item_columns(&screen.sheet, area.width), area.width);
            laid.write(canvas, area, 1, &Words::of(Role::Text, view.names().name(patient)));
            laid.write(canvas, area, 2, &Words::of(Role::Second, flag_words(flags)));
        }
        Entry::Decided(decision) => {
            let laid = lay(&DECIDED, area.width);
            let (name, what) = decided(screen, decision, view);
            let (sign, role, came) = outcome(decision);
            let sign = if sign == "→" { canvas.look().signs.glyphs().arrow } else { sign };
            laid.write(canvas, area, 0, &Words::of(role, sign));
            laid.write(canvas, area, 1, &Words::of(Role::Text, name));
            laid.write(canvas, area, 2, &Words::of(Role::Second, what));
            laid.write(canvas, area, 3, &Words::of(role, came));
        }
    }
}

fn flag_words(flags: &[String]) -> String {
    flags.iter().map(|flag| red_flag::label(flag)).collect::<Vec<_>>().join("; ")
}

fn text(item: &Item, view: &View<'_>) -> String {
    clean_line(&view.names().text(&item.text))
}

/// Mark, name, what it was, what came of it.
const DECIDED: [Column; 4] = [
    Column::fixed(1, 0),
    Column::between(10, 22, 1),
    Column::between(12, 30, 2).after(2),
    Column::rest(22, 0).after(2),
];

fn decided(screen: &CloseScreen, decision: &Decision, view: &View<'_>) -> (String, String) {
    let (name, what) = sheet::about(decision, &screen.records);
    let name = name.map(|patient| view.names().name(patient)).unwrap_or_default();
    (name, clean_line(&view.names().text(&what)))
}

fn outcome(decision: &Decision) -> (&'static str, Role, String) {
    match decision.to {
        Some(to) => ("→", Role::Info, format!("carried to {}", show_date(to))),
        None => ("✗", Role::Second, format!("closed: {}", clean_line(&decision.reason))),
    }
}

fn say(screen: &CloseScreen, entry: Entry<'_>, view: &View<'_>) -> String {
    let parts = match entry {
        Entry::Heading(group) => {
            let words = ["done", "open", "carried", "closed"];
            let said = counts(group.counts).into_iter().zip(words).filter(|((_, count), _)| *count > 0);
            let said: Vec<String> = said.map(|((_, count), word)| format!("{count} {word}")).collect();
            vec![format!("{}: {}", heading(group, usize::MAX).plain(), said.join(", "))]
        }
        Entry::Item(item) => {
            let name = if item.patient.is_some() { view.names().of_item(item) } else { item.name() };
            let due = due(item, screen.date()).plain();
            vec![name, text(item, view), owner(item), due, Mark::from(item.mark).word().to_owned()]
        }
        Entry::NotAsked(count) => vec![format!("red flags not asked in {count} of the day's assessments")],
        Entry::NotAskedOf(patient, flags) => vec![view.names().name(patient), flag_words(flags)],
        Entry::Decided(decision) => {
            let (name, what) = decided(screen, decision, view);
            vec![name, what, outcome(decision).2]
        }
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
