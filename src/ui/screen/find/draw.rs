//! How the find screen is drawn.

use ratatui::layout::Rect;

use super::{Entry, FindScreen, PATIENTS, TEXT_FROM, areas};
use crate::action::{Command, Context};
use crate::clinical::find::PatientName;
use crate::clinical::hit::TextHit;
use crate::clinical::text::{clean_line, plural};
use crate::clinical::time::{show_age, show_date, show_time};
use crate::clinical::visit::VisitKind;
use crate::ui::chrome::{Foot, Linear, message_line, names, plain, title_bar};
use crate::ui::env::View;
use crate::ui::screen::highlight::highlight;
use crate::ui::theme::{Role, Surface};
use crate::ui::widget::bar::{Bar, Item};
use crate::ui::widget::columns::{Column, lay};
use crate::ui::widget::input::Shown;
use crate::ui::widget::{Canvas, Words, inset, row};

const HINT: &str = "part of a name, number or birth date, or words of any text";

/// Where the list is drawn.
pub(super) fn list_area(area: Rect) -> Rect {
    areas(area).2
}

/// Draws the screen.
///
/// ```text
/// Find   2 patients   3 texts                         Tue 24 Nov 2026  10:14
///
///  ▐ okaf
///
///  Patients
///  OKAFOR Adaeze       2 Mar 1972   54   A-1007      today 08:00
///  In all texts
///  27 Oct 2026  OKAFOR Adaeze   history      …wakes from it at night…
/// ```
pub(super) fn paint(screen: &FindScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let listed = screen.listed(view.records);
    let entries = screen.entries(&listed);
    let bar = bar(screen, &listed, view);
    let foot = foot(&entries, view);
    if view.preferences.plain {
        let rows = entries.iter().filter(|entry| entry.is_row());
        let at = screen.at(&entries);
        let chosen = entries.iter().take(at).filter(|entry| entry.is_row()).count();
        let typed = if view.names_hidden { names::HIDDEN } else { screen.text() };
        let linear = Linear {
            head: vec![plain::bar_line(&bar), format!("typed: {typed}")],
            rows: rows.map(|entry| say(screen, &listed, *entry, view)).collect(),
            chosen: (!entries.is_empty()).then_some(chosen),
        };
        linear.paint(canvas, area, &foot, view);
        return;
    }
    let (parts, line, list) = areas(area);
    bar.paint(canvas, parts.top);
    canvas.on(Surface::Band, |canvas| {
        canvas.clear(line);
        let used = canvas.words(inset(line, 1, 1), &Words::new().bold(Role::Focus, "find "));
        let shown = if view.names_hidden { Shown::Masked } else { Shown::Plain };
        let mut input = screen.line.widget(HINT);
        input.shown = shown;
        input.paint(canvas, inset(line, used.saturating_add(1), 1));
    });
    if entries.is_empty() {
        canvas.text(inset(row(list, 0), 1, 1), Role::Second, "nobody is booked on this day: type to find anyone");
    } else {
        let mut cursor = screen.cursor;
        cursor.at = screen.at(&entries);
        let shown = cursor.list(entries.len(), list.height);
        shown.paint(canvas, list, |canvas, line, at| {
            if let Some(entry) = entries.get(at) {
                paint_entry(screen, &listed, *entry, canvas, inset(line, 1, 1), view);
            }
        });
    }
    message_line(canvas, parts.message, Context::List, view);
    foot.paint(canvas, parts.foot);
}

fn bar<'a>(screen: &FindScreen, listed: &[PatientName], view: &View<'_>) -> Bar<'a> {
    let mut items = Vec::new();
    if !screen.typed().is_empty() {
        let more = if listed.len() == PATIENTS { "+" } else { "" };
        items.push(Item::new(
            2,
            Words::of(Role::Second, format!("{}{more} patient{}", listed.len(), plural(listed.len()))),
        ));
        if screen.typed().chars().count() >= TEXT_FROM {
            items.push(Item::new(
                3,
                Words::of(Role::Second, format!("{} text{}", screen.hits.len(), plural(screen.hits.len()))),
            ));
        }
    }
    title_bar("Find", items, view)
}

fn foot<'a>(entries: &[Entry], view: &View<'_>) -> Foot<'a> {
    let open = (Command::Open, "open");
    let moves = [open, (Command::Down, "next"), (Command::Up, "before"), (Command::Back, "back")];
    let foot = Foot::typing(Context::List, &moves, view);
    if entries.is_empty() { foot.without(&[Command::Open, Command::Down, Command::Up]) } else { foot }
}

/// Name, birth date, age, number, when today.
const PATIENT: [Column; 5] = [
    Column::between(12, 32, 0),
    Column::fixed(11, 1).right().after(2),
    Column::fixed(9, 3).right().after(2),
    Column::between(8, 14, 2).after(2),
    Column::fixed(17, 4).after(2),
];

/// Day, name, field, the words around the hit.
const HIT: [Column; 4] = [
    Column::fixed(11, 2).right(),
    Column::between(10, 18, 1).after(2),
    Column::between(8, 14, 3).after(2),
    Column::rest(12, 0).after(2),
];

fn paint_entry(
    screen: &FindScreen,
    listed: &[PatientName],
    entry: Entry,
    canvas: &mut Canvas<'_>,
    area: Rect,
    view: &View<'_>,
) {
    match entry {
        Entry::Heading(words) => _ = canvas.words(area, &Words::new().bold(Role::Second, words)),
        Entry::Patient(at) => {
            let Some(name) = listed.get(at) else { return };
            let laid = lay(&PATIENT, area.width);
            let parts = patient(name, screen.text().is_empty(), view);
            let roles = [Role::Text, Role::Second, Role::Second, Role::Second, Role::Info];
            for (column, (part, role)) in parts.iter().zip(roles).enumerate() {
                laid.write(canvas, area, column, &Words::of(role, part.as_str()));
            }
        }
        Entry::Hit(at) => {
            let Some(hit) = screen.hits.get(at) else { return };
            let laid = lay(&HIT, area.width);
            let [date, name, field] = hit_parts(hit, view);
            laid.write(canvas, area, 0, &Words::of(Role::Second, date));
            laid.write(canvas, area, 1, &Words::of(Role::Text, name));
            laid.write(canvas, area, 2, &Words::of(Role::Second, field));
            let snippet = view.names().asked(&hit.snippet);
            laid.write(canvas, area, 3, &highlight(&snippet, screen.typed(), Role::Second, Role::Strong));
        }
        Entry::New => _ = canvas.words(area, &new_patient(view)),
    }
}

fn new_patient(view: &View<'_>) -> Words<'static> {
    let key = view.keymap.key_for(Context::List, Command::Open).unwrap_or_default();
    Words::of(Role::Text, "nobody fits").gap(3).bold(Role::Focus, key).say(Role::Second, " makes a new patient")
}

/// A patient as a line. Before anything is typed it is a list like any other; what was asked for by name is named.
fn patient(name: &PatientName, is_blank: bool, view: &View<'_>) -> [String; 5] {
    let age = name.birth_date.map_or_else(|| "?".to_owned(), |birth| show_age(birth, view.now.today()));
    let visits = view.records.visits.iter().filter(|record| record.visit.patient == Some(name.id));
    let visit =
        visits.map(|record| &record.visit).find(|visit| visit.kind != VisitKind::Block && visit.state.is_live());
    let when = visit.map(|visit| {
        let day = if visit.date == view.now.today() { "today".to_owned() } else { show_date(visit.date) };
        visit.start.map_or_else(|| day.clone(), |start| format!("{day} {}", show_time(start)))
    });
    if view.names_hidden || (is_blank && !view.names().shows(name.id)) {
        return [names::HIDDEN.to_owned(), String::new(), age, String::new(), when.unwrap_or_default()];
    }
    let birth = name.birth_date.map_or_else(|| "?".to_owned(), show_date);
    let number = name.number.as_ref().map(|number| clean_line(number)).unwrap_or_default();
    [name.list_name(), birth, age, number, when.unwrap_or_default()]
}

fn hit_parts(hit: &TextHit, view: &View<'_>) -> [String; 3] {
    let date = hit.date.map(show_date).unwrap_or_default();
    let name =
        hit.patient.as_ref().map(|(_, name)| if view.names_hidden { names::HIDDEN.to_owned() } else { name.clone() });
    [date, name.unwrap_or_default(), hit.field.to_owned()]
}

fn say(screen: &FindScreen, listed: &[PatientName], entry: Entry, view: &View<'_>) -> String {
    let parts = match entry {
        Entry::Heading(words) => vec![words.to_owned()],
        Entry::Patient(at) => {
            listed.get(at).map(|name| patient(name, screen.text().is_empty(), view).to_vec()).unwrap_or_default()
        }
        Entry::Hit(at) => match screen.hits.get(at) {
            None => Vec::new(),
            Some(hit) => {
                let snippet = clean_line(&view.names().asked(&hit.snippet));
                hit_parts(hit, view).into_iter().chain([snippet]).collect()
            }
        },
        Entry::New => vec![new_patient(view).plain()],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
