//! The chosen patient at a glance, from 150 columns on: who, what must be known, the scores, the plan, and everything that
//! is open. Unknown, none and listed are three things.

use ratatui::layout::Rect;

use super::pane::sign_words;
use super::paper::paper;
use crate::clinical::board::Item;
use crate::clinical::booked;
use crate::clinical::patient::{Known, PatientFile};
use crate::clinical::time::{show_date, show_time, wall};
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::names::Names;
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::{Look, Role};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::spark::{change, score, spark};
use crate::ui::widget::{Canvas, Words, inset, row};

/// The columns of a label.
const LABEL: usize = 12;

/// Draws the column.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, item: &Item, view: &View<'_>, names: Names<'_>) {
    if area.is_empty() {
        return;
    }
    let name = match &item.patient {
        Some(patient) => names.name(patient),
        None => "Nobody".to_owned(),
    };
    let age = item.patient.as_ref().map(|patient| patient.age_sex(view.board.date)).unwrap_or_default();
    let pane = Pane { name: &name, note: Words::of(Role::Second, age), ..Pane::default() };
    let inside = inset(pane.paint(canvas, area), 1, 1);
    let lines = lines(item, view, names, canvas.look(), usize::from(inside.width));
    for (down, words) in (0..inside.height).zip(&lines) {
        canvas.words(row(inside, down), words);
    }
}

fn lines(item: &Item, view: &View<'_>, names: Names<'_>, look: Look, width: usize) -> Vec<Words<'static>> {
    let mut out = Vec::new();
    let file = item.patient_id().and_then(|id| view.records.file(id));
    if let Some(file) = file {
        person(&mut out, file, names, width);
    }
    if let Some(visit) = item.visit.and_then(|id| view.records.any_visit(id)) {
        out.push(Words::new());
        self::visit(&mut out, visit, view, names, width);
    }
    if let Some(record) = item.visit.and_then(|id| view.records.visit(id)) {
        let mut all: Vec<Option<u8>> = record.earlier.iter().copied().map(Some).collect();
        let today = record.scores.headline();
        let last = record.earlier.last().copied();
        all.extend(today.map(Some));
        if !all.is_empty() {
            let words = label("pain").join(spark(look, &all, 8)).gap(2).join(score(today));
            out.push(words.gap(1).join(change(look, today, last)));
        }
        if let Some(peg) = record.scores.peg() {
            out.push(label("PEG").say(Role::Text, peg.show()));
        }
    }
    map(&mut out, item, view, width);
    plan(&mut out, item, view, width);
    open(&mut out, item, view, names);
    out
}

fn label(name: &str) -> Words<'static> {
    Words::of(Role::Faint, format!("{name:<LABEL$}"))
}

/// A labelled text over as many lines as it takes.
fn say(out: &mut Vec<Words<'static>>, name: &str, role: Role, text: &str, width: usize) {
    for (at, line) in wrap(text, width.saturating_sub(LABEL).max(8)).into_iter().enumerate() {
        out.push(label(if at == 0 { name } else { "" }).say(role, line));
    }
}

fn person(out: &mut Vec<Words<'static>>, file: &PatientFile, names: Names<'_>, width: usize) {
    let patient = &file.patient;
    let shown = names.shows(patient.id);
    let born = patient.birth_date.map_or_else(|| "birth date unknown".to_owned(), show_date);
    let number = patient.number.clone().unwrap_or_else(|| "no number".to_owned());
    if shown {
        out.push(Words::of(Role::Second, format!("{born} · {number}")));
    }
    if let Some(phone) = patient.phone.as_ref().filter(|_| shown) {
        say(out, "phone", Role::Second, phone, width);
    }
    out.push(Words::new());
    known(out, "allergy", &file.facts.allergies, |allergy| allergy.substance.clone(), width);
    known(out, "anticoag", &file.facts.antithrombotics, |item| item.drug.clone(), width);
    match patient.pregnancy {
        Some((pregnancy, on)) => {
            use crate::clinical::patient::Pregnancy;
            let role =
                if matches!(pregnancy, Pregnancy::Yes | Pregnancy::Possible) { Role::Danger } else { Role::Second };
            say(out, "pregnancy", role, &format!("{}, {}", pregnancy.label(), show_date(on)), width);
        }
        None if patient.sex == Some(crate::clinical::patient::Sex::Female) => {
            say(out, "pregnancy", Role::Wants, "?", width);
        }
        None => {}
    }
    match patient.kidney {
        Some((kidney, on)) => {
            use crate::clinical::patient::Kidney;
            let role = if kidney == Kidney::Normal { Role::Second } else { Role::Danger };
            say(out, "kidney", role, &format!("{}, {}", kidney.label(), show_date(on)), width);
        }
        None => say(out, "kidney", Role::Wants, "?", width),
    }
    if patient.interpreter == Some(crate::clinical::patient::YesNo::Yes) {
        say(out, "interpreter", Role::Info, patient.language.as_deref().unwrap_or("needed"), width);
    }
    if let Some(decides) = &patient.decides {
        say(out, "decides", Role::Info, &names.text(decides), width);
    }
    for goal in &file.facts.goals {
        say(out, "goal", Role::Text, &names.text(&goal.text), width);
    }
    if let Some(note) = &patient.note {
        say(out, "note", Role::Text, &names.text(note), width);
    }
}

fn known<T>(out: &mut Vec<Words<'static>>, name: &str, list: &Known<T>, show: impl Fn(&T) -> String, width: usize) {
    match list {
        Known::Unknown => say(out, name, Role::Wants, "?", width),
        Known::NoneOn(on) => say(out, name, Role::Second, &format!("none, asked {}", show_date(*on)), width),
        Known::Listed(items, on) => {
            let items: Vec<String> = items.iter().map(show).collect();
            say(out, name, Role::Danger, &items.join(", "), width);
            if on.is_none() {
                say(out, "", Role::Wants, "never reviewed", width);
            }
        }
    }
}

fn visit(out: &mut Vec<Words<'static>>, visit: &Visit, view: &View<'_>, names: Names<'_>, width: usize) {
    let start = visit.start.map_or_else(|| "all day".to_owned(), show_time);
    let day = if visit.date == view.board.date { String::new() } else { format!("{} ", show_date(visit.date)) };
    let what = format!("{day}{start}, {} min, {}", visit.minutes, visit.kind.label());
    say(out, "visit", Role::Text, &what, width);
    let mut ways = Vec::new();
    if visit.way != crate::clinical::visit::Way::InPerson {
        ways.push(visit.way.label().to_owned());
    }
    ways.extend(visit.place.clone());
    if !ways.is_empty() {
        say(out, "", Role::Info, &ways.join(", "), width);
    }
    if let Some(reason) = booked::shown_for(visit) {
        say(out, "for", Role::Text, &names.text(&reason), width);
    }
    let stamps = [("here", visit.here_at), ("in room", visit.in_room_at), ("left", visit.left_at)];
    let stamps: Vec<String> = stamps
        .into_iter()
        .filter_map(|(word, at)| Some(format!("{word} {}", show_time(wall(at?, view.now.zone).time()))))
        .collect();
    let state = if stamps.is_empty() { visit.state.label().to_owned() } else { stamps.join(" · ") };
    say(out, "state", Role::Second, &state, width);
    if let Some(reason) = visit.end_reason.as_ref().filter(|_| !visit.state.is_live()) {
        say(out, "", Role::Second, &names.text(reason), width);
    }
    if let Some(at) = visit.copied_at {
        let since = if visit.changed_since_copied() { ", changed since" } else { "" };
        say(out, "copied", Role::Second, &format!("{}{since}", show_time(wall(at, view.now.zone).time())), width);
    }
}

/// Where it hurts, what hurts most first, as the newest body map says.
fn map(out: &mut Vec<Words<'static>>, item: &Item, view: &View<'_>, width: usize) {
    let map = item.patient_id().and_then(|patient| view.records.maps.get(&patient));
    if let Some(map) = map.filter(|map| !map.map.is_blank()) {
        say(out, "body map", Role::Text, &format!("{}, {}", map.map.in_short(), show_date(map.date)), width);
    }
}

/// The newest plan, where it is known here: that of a patient whose plan is or was due on this day.
fn plan(out: &mut Vec<Words<'static>>, item: &Item, view: &View<'_>, width: usize) {
    let plan = view.records.plans.iter().find(|plan| Some(plan.file.patient.id) == item.patient_id());
    let Some((plan, (version, unchanged))) = plan.and_then(|plan| Some((plan, plan.version?))) else { return };
    out.push(Words::new());
    let on = plan.version_on.map_or_else(String::new, |on| format!(" of {}", show_date(on)));
    let kept = if unchanged { ", kept" } else { "" };
    say(out, "plan", Role::Text, &format!("{version}{on}{kept}"), width);
    for item in &plan.keeps {
        say(out, "", Role::Second, &format!("{}: {}", item.modality.label(), item.what), width);
    }
}

/// Everything of this patient that is open on this board.
fn open(out: &mut Vec<Words<'static>>, item: &Item, view: &View<'_>, names: Names<'_>) {
    let Some(patient) = item.patient_id() else { return };
    let open: Vec<&Item> =
        view.board.items().filter(|item| item.patient_id() == Some(patient) && !item.done && !item.decided).collect();
    if open.is_empty() {
        return;
    }
    out.push(Words::new());
    out.push(Words::of(Role::Faint, "open"));
    for item in open {
        let paper = paper(item, view);
        let word = if paper.what.is_empty() { item.key.what().word() } else { &paper.what };
        let words = sign_words(item).gap(1).say(Role::Second, format!("{word:<9}"));
        out.push(words.gap(1).say(Role::Text, names.text(&paper.text).into_owned()));
    }
}
