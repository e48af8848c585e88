//! How a patient's medicines are drawn.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{MedicinesScreen, meter, strip_of};
use crate::action::{Command, Context};
use crate::clinical::caution::NO_TABLE;
use crate::clinical::exposure::{Listed, show};
use crate::clinical::medicine;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::opioid::classes;
use crate::clinical::patient::Medication;
use crate::clinical::practice::Region;
use crate::clinical::text::{clean_line, plural};
use crate::clinical::time::show_date;
use crate::ui::chrome::{Foot, Linear, band, message_line, parts, plain};
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::screen::halves::{TOP, areas, inside};
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::columns::{Column, lay_holding};
use crate::ui::widget::pane::{Focus, Pane};
use crate::ui::widget::{Canvas, Words, columns, inset, row};

/// Where the medicines are listed.
pub(super) fn list_rows(area: Rect, count: usize) -> Rect {
    inside(areas(area, count).list)
}

/// Where the lines below stand.
pub(super) fn text_area(area: Rect, count: usize) -> Rect {
    inset(inside(areas(area, count).text), 1, 1)
}

/// Line, what it is, what it comes to, how far the supply reaches.
const COLUMNS: [Column; 4] = [
    Column::rest(26, 0),
    Column::between(10, 30, 4).after(2),
    Column::fixed(6, 1).after(2).right(),
    Column::fixed(17, 2).after(2).right(),
];

/// What a medicine is, in a few words.
fn what(one: &Medication) -> (Role, String) {
    let sig = one.sig();
    if let Some(why) = sig.refused.first() {
        return (Role::Danger, why.clone());
    }
    let shown = medicine::shown(&sig.name);
    match (shown.is_empty(), &one.class) {
        (false, _) => (Role::Second, shown),
        (true, Some(class)) => (Role::Second, format!("{}, as said", class.replace('_', " "))),
        (true, None) => match medicine::perhaps(&sig.name).first() {
            Some(perhaps) => (Role::Wants, format!("not checked: perhaps {}", perhaps.name)),
            None => (Role::Wants, "not checked: not recognised".to_owned()),
        },
    }
}

/// How far it reaches: its last day, where that comes before the supply ends; else the run-out date.
fn supply(one: &Medication, today: NaiveDate) -> (Role, String) {
    let out = one.supply.as_ref().map(crate::clinical::supply::Supply::runs_out);
    if let Some(last) = one.last_day.filter(|last| out.is_none_or(|out| *last <= out)) {
        let role = if last < today { Role::Wants } else { Role::Second };
        return (role, format!("last {}", show_date(last)));
    }
    let Some(supply) = &one.supply else { return (Role::Faint, String::new()) };
    let out = supply.runs_out();
    let role = if out <= today { Role::Wants } else { Role::Second };
    (role, format!("out {}", show_date(out)))
}

/// What stands below the list: figures by drug, the strip, what is off, what was taken once.
pub(super) fn lines(
    screen: &MedicinesScreen,
    (own, today): (&[OwnRule], NaiveDate),
    width: usize,
) -> Vec<(Role, String)> {
    let mut out = Vec::new();
    let mut add = |role, text: &str| out.extend(wrap(text, width.max(1)).into_iter().map(|line| (role, line)));
    let (exposure, facts) = (&screen.exposure, &screen.model.file.facts);
    let region = facts.opioid.region.unwrap_or(Region::Other);
    for drug in &exposure.drugs {
        let full = drug.full_rate.map(|full| format!(" (while the patch works {})", show(full))).unwrap_or_default();
        match (&drug.mme, &drug.not) {
            (Some(mme), _) => add(Role::Text, &format!("{} {}{full}", drug.name, show(*mme))),
            (None, Some(why)) => add(Role::Wants, &format!("{}: cannot compute, {why}", drug.name)),
            (None, None) => add(Role::Second, &format!("{}: not reckoned here", drug.name)),
        }
    }
    if let Some(why) = exposure.without_marks(region) {
        add(Role::Second, &why);
    }
    let strip = strip_of(&screen.model, own, today);
    for caution in strip.cautions.iter().chain(&strip.absent) {
        let reason = facts.opioid.reasons.iter().rev().find(|(name, ..)| *name == caution.name);
        let role = if caution.severity >= crate::clinical::facts::Severity::High { Role::Danger } else { Role::Wants };
        match reason {
            Some((_, reason, on)) => {
                let reason = if reason.is_empty() { "no reason given" } else { reason };
                add(Role::Second, &format!("{} (kept {}: {reason})", caution.short, show_date(*on)));
            }
            None => add(role, &caution.short),
        }
    }
    if let Some(not) = strip.not_checked() {
        let names =
            if strip.unchecked.is_empty() { String::new() } else { format!(": {}", strip.unchecked.join(", ")) };
        add(Role::Wants, &format!("{not}{names}"));
    } else if strip.cautions.is_empty() && strip.absent.is_empty() {
        add(Role::Second, &strip.line(&[]));
    }
    // That there are no thresholds is said once.
    let said = exposure.without_marks(region).is_some();
    for open in strip.open.iter().filter(|open| !(said && open.as_str() == NO_TABLE)) {
        add(Role::Faint, open);
    }
    for gone in &screen.model.stopped {
        let reason = if gone.reason.is_empty() { String::new() } else { format!(", {}", clean_line(&gone.reason)) };
        add(Role::Faint, &format!("stopped {}: {}{reason}", show_date(gone.stopped), clean_line(&gone.line)));
    }
    out
}

/// Draws the screen.
///
/// ```text
/// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
/// Medicines   list reviewed 3 Nov 2026
/// ╭ Medicines ──────────────────────────────────────────────── 3 medicines ╮
/// │ oxycodone er 20 mg bid      oxycodone, opioid   60   out 1 Dec 2026    │
/// ╰────────────────────────────────────────────────────────────────────────╯
/// ╭ MME 60 · CDC 2022 ─────────────────────────────────────────────────────╮
/// │ ██████████████50▒▒▒▒▒▒▒▒▒90▒▒▒▒▒▒  60                                  │
/// │ no naloxone                                                            │
/// ```
pub(super) fn paint(screen: &MedicinesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    canvas.clear(area);
    let listed = screen.exposure.listed;
    let role = match listed {
        Listed::Unknown | Listed::Unreviewed => Role::Wants,
        Listed::None(_) | Listed::Reviewed(_) => Role::Second,
    };
    let place =
        vec![Item::new(0, Words::new().bold(Role::Focus, "Medicines")), Item::new(1, Words::of(role, listed.words()))];
    let band = band(&screen.model.file, place, Words::new(), view);
    let foot = foot(screen, view);
    let today = view.now.today();
    if view.preferences.plain {
        let hide = |text: &str| view.names().asked(text).into_owned();
        let mut head = plain::band_lines(&band);
        head.push(screen.exposure.headline());
        head.extend(
            lines(screen, (&view.preferences.clocks, today), usize::from(area.width))
                .iter()
                .map(|(_, line)| hide(line)),
        );
        let mut rows: Vec<String> = screen.items().iter().map(|one| hide(&one.line)).collect();
        if rows.is_empty() {
            rows.push(empty(listed).to_owned());
        }
        let chosen = Some(screen.pager.cursor.at.min(rows.len() - 1));
        Linear { head, rows, chosen }.paint(canvas, area, &foot, view);
        return;
    }
    let around = parts(area, TOP);
    let areas = areas(area, screen.items().len());
    band.paint(canvas, around.top);
    paint_list(screen, canvas, areas.list, view);
    paint_text(screen, canvas, area, view);
    message_line(canvas, around.message, Context::Medicines, view);
    foot.paint(canvas, around.foot);
}

fn empty(listed: Listed) -> &'static str {
    match listed {
        Listed::None(_) => "none",
        Listed::Unknown | Listed::Unreviewed | Listed::Reviewed(_) => "nobody has asked",
    }
}

fn foot<'a>(screen: &MedicinesScreen, view: &View<'_>) -> Foot<'a> {
    let foot = Foot::new(Context::Medicines, view).without(&[Command::CopyOut]);
    if screen.items().is_empty() {
        return foot.without(&[Command::Open, Command::StopMedicine]).saying(Command::MedicinesReviewed, "none, asked");
    }
    foot.saying(Command::Open, "change")
}

fn cells(
    screen: &MedicinesScreen,
    one: &Medication,
    today: NaiveDate,
    hide: impl Fn(&str) -> String,
) -> [Words<'static>; 4] {
    let drug = screen.exposure.drugs.iter().find(|drug| drug.id == one.id);
    let figure = match drug.map(|drug| (drug.mme, &drug.not)) {
        Some((Some(mme), _)) => Words::of(Role::Text, show(mme)),
        Some((None, Some(_))) => Words::of(Role::Wants, "?"),
        Some((None, None)) | None => Words::new(),
    };
    let (what_role, what) = what(one);
    let (supply_role, supply) = supply(one, today);
    let line = Words::of(Role::Text, hide(&clean_line(&one.line)));
    [line, Words::of(what_role, hide(&what)), figure, Words::of(supply_role, supply)]
}

fn paint_list(screen: &MedicinesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let rows = inside(area);
    let count = screen.items().len();
    let list = screen.pager.cursor.list(count, rows.height);
    let note = Words::of(Role::Second, format!("{count} medicine{}", plural(count)));
    let pane = Pane { name: "Medicines", note, foot: list.hidden(rows.height), focus: Focus::Here, ..Pane::default() };
    let rows = pane.paint(canvas, area);
    let today = view.now.today();
    let hide = |text: &str| view.names().asked(text).into_owned();
    let cells: Vec<[Words<'_>; 4]> = screen.items().iter().map(|one| cells(screen, one, today, hide)).collect();
    let laid = lay_holding(&COLUMNS, &cells, rows.width.saturating_sub(2));
    list.paint(canvas, rows, |canvas, line, at| {
        for (column, words) in cells.get(at).into_iter().flatten().enumerate() {
            laid.write(canvas, inset(line, 1, 1), column, words);
        }
    });
    if count == 0 {
        let key = view.keymap.key_for(Context::Medicines, Command::NewMedicine).unwrap_or_default();
        let words = Words::of(Role::Second, empty(screen.exposure.listed)).gap(2).bold(Role::Focus, key);
        canvas.words(inset(row(rows, 0), 1, 1), &words.say(Role::Second, " new medicine"));
    }
}

fn paint_text(screen: &MedicinesScreen, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
    let pane = areas(area, screen.items().len()).text;
    if pane.height < 3 {
        return;
    }
    let words = text_area(area, screen.items().len());
    let title = screen.exposure.headline();
    let region = screen.model.file.facts.opioid.region.unwrap_or(Region::Other);
    let has_bar = !screen.exposure.marks(region).is_empty() && words.height > 2;
    let below = Rect { y: words.y + u16::from(has_bar), height: words.height - u16::from(has_bar), ..words };
    let lines = lines(screen, (&view.preferences.clocks, view.now.today()), usize::from(words.width));
    // The frame is no taller than what it holds.
    let held = columns(lines.len()).saturating_add(u16::from(has_bar)).saturating_add(2);
    let pane = Rect { height: pane.height.min(held), ..pane };
    let top = screen.pager.shown_from(lines.len(), below.height);
    let list = crate::ui::widget::list::List { count: lines.len(), top, chosen: None };
    let hide = |text: &str| view.names().asked(text).into_owned();
    let count = screen.items().iter().filter(|one| classes(one).is_none()).count();
    let note = if count > 0 { Words::of(Role::Wants, format!("{count} not checked")) } else { Words::new() };
    Pane { name: &title, note, foot: list.hidden(below.height), ..Pane::default() }.paint(canvas, pane);
    if has_bar {
        meter::paint(&screen.exposure, region, canvas, row(words, 0));
    }
    for (down, (role, line)) in (0..below.height).zip(lines.iter().skip(top)) {
        canvas.text(row(below, down), *role, &hide(line));
    }
}
