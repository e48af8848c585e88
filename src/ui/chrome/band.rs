//! The band that names the patient, from what the record knows: each fact unknown (`?`), none or listed.

use crate::clinical::instrument::{OpenScreen, is_child};
use crate::clinical::patient::{Capacity, Kidney, Known, Patient, PatientFile, Pregnancy, Sex, YesNo};
use crate::clinical::text::{clean_line, cut};
use crate::clinical::time::{age_in_years, show_age, show_date, show_date_within};
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::{names, standing};
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::Words;
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::bar::Item;

/// A name longer than this is cut before the birth date goes.
const NAME: usize = 28;
/// A fact longer than this is cut before another goes.
const FACT: usize = 18;
/// The next step of a positive screen is cut after so much before another fact goes.
const NEXT: usize = 34;

/// The band of a patient: `place` says which form or screen this is (its first item leads), `right` how long already.
pub fn band<'a>(file: &PatientFile, place: Vec<Item<'a>>, right: Words<'a>, view: &View<'_>) -> PatientBand<'a> {
    let mut place = place;
    place.extend(standing(view));
    PatientBand { who: who(&file.patient, view), facts: facts(file, view), place, right }
}

/// Name, birth date, age and sex, number; while names are hidden, age and sex alone.
fn who(patient: &Patient, view: &View<'_>) -> Vec<Item<'static>> {
    let sex = match patient.sex {
        Some(Sex::Female) => " F",
        Some(Sex::Male) => " M",
        Some(Sex::Other) => " X",
        None => "",
    };
    let age = patient.birth_date.map_or_else(|| "?".to_owned(), |birth| show_age(birth, view.now.today()));
    let age = Item::new(1, Words::of(Role::Second, format!("{age}{sex}")));
    if view.names_hidden {
        return vec![Item::new(0, Words::new().bold(Role::Strong, names::HIDDEN)), age];
    }
    let name = patient.list_name();
    let short = Words::new().bold(Role::Strong, cut(&name, NAME));
    let born = patient.birth_date.map_or_else(
        || Words::of(Role::Second, "born").gap(1).bold(Role::Wants, "?"),
        |birth| Words::of(Role::Second, show_date(birth)),
    );
    let mut items = vec![Item::new(0, Words::new().bold(Role::Strong, name)).or(short), age, Item::new(1, born)];
    if let Some(number) = &patient.number {
        let number = clean_line(number);
        let short = Words::of(Role::Second, cut(&number, 10));
        items.push(Item::new(2, Words::of(Role::Second, number)).or(short));
    }
    items
}

fn facts(file: &PatientFile, view: &View<'_>) -> Vec<Item<'static>> {
    let patient = &file.patient;
    let mut items = Vec::new();
    if view.records.shares_family_name(patient.id, &patient.family) {
        items.push(Item::new(0, Words::new().bold(Role::Wants, "⚠ name alert")));
    }
    let known = &file.facts;
    items.extend(screens(&known.screens));
    items.push(list("allergy", &known.allergies, 1, |allergy| allergy.substance.clone()));
    items.push(list("anticoag", &known.antithrombotics, 1, |drug| drug.drug.clone()));
    items.extend(weight(file, view));
    if let Some(figure) = &known.opioid.figure {
        items.push(Item::new(1, Words::new().bold(Role::Wants, figure.clone())));
    }
    items.extend(pregnancy(patient, view));
    items.push(kidney(patient));
    items.push(interpreter(patient));
    items.push(decides(patient));
    let problems: Vec<String> = file.problems.iter().map(|problem| clean_line(&problem.name())).collect();
    if !problems.is_empty() {
        items.push(several(5, "problem", Role::Text, &problems, ""));
    }
    let goals: Vec<String> = known.goals.iter().map(|goal| clean_line(&goal.text)).collect();
    items.push(match goals.first() {
        None => fact(6, "goal", Role::Wants, "?"),
        Some(_) => several(6, "goal", Role::Text, &goals, ""),
    });
    if let Some(note) = patient.note.as_ref().map(|note| clean_line(note)).filter(|note| !note.is_empty()) {
        let short = Words::of(Role::Second, cut(&note, FACT));
        items.push(Item::new(7, Words::of(Role::Second, note)).or(short));
    }
    items
}

/// Positive screens on which nothing was written yet, what must not wait first: the newest with its next step, the others by
/// their name.
fn screens(open: &[OpenScreen]) -> Vec<Item<'static>> {
    let mut open: Vec<&OpenScreen> = open.iter().collect();
    open.sort_by_key(|screen| (!screen.grave, std::cmp::Reverse(screen.date)));
    let flag = |(at, screen): (usize, &OpenScreen)| {
        let (sign, role) = if screen.grave { ("⚠", Role::Danger) } else { ("●", Role::Wants) };
        let name = Words::new().bold(role, format!("{sign} {}", clean_line(screen.word())));
        let next = clean_line(screen.next_step());
        if at > 0 || next.is_empty() {
            return Item::new(0, name);
        }
        let short = name.clone().gap(1).say(Role::Text, cut(&next, NEXT));
        let total = if screen.word() == screen.short { String::new() } else { format!(" · {}", screen.short) };
        Item::new(0, name.gap(1).say(Role::Text, next).say(Role::Second, clean_line(&total))).or(short)
    };
    open.into_iter().enumerate().map(flag).collect()
}

/// A fact: its label, and its value in bold.
pub fn fact(rank: u8, label: &str, role: Role, value: impl Into<String>) -> Item<'static> {
    Item::new(rank, Words::of(Role::Second, format!("{label} ")).bold(role, value.into()))
}

/// A list that is unknown, none, or these; one that was only mentioned says that nobody reviewed it.
fn list<T>(label: &str, list: &Known<T>, rank: u8, show: impl Fn(&T) -> String) -> Item<'static> {
    match list {
        Known::Unknown => fact(rank, label, Role::Wants, "?"),
        Known::NoneOn(_) => fact(rank + 1, label, Role::Text, "none"),
        Known::Listed(items, on) => {
            let shown: Vec<String> = items.iter().map(|item| clean_line(&show(item))).collect();
            let doubt = if on.is_none() { "unreviewed" } else { "" };
            several(0, label, Role::Danger, &shown, doubt)
        }
    }
}

/// All of several values; in short the first, cut, and how many more.
fn several(rank: u8, label: &str, role: Role, values: &[String], doubt: &str) -> Item<'static> {
    let first = values.first().map(|first| cut(first, FACT)).unwrap_or_default();
    let first = if values.len() > 1 { format!("{first} +{}", values.len() - 1) } else { first };
    let words = |value: String| {
        let words = Words::of(Role::Second, format!("{label} ")).bold(role, value);
        if doubt.is_empty() { words } else { words.gap(1).say(Role::Wants, doubt.to_owned()) }
    };
    Item::new(rank, words(values.join(", "))).or(words(first))
}

/// Asked of whoever may be: from 10 to 55 years, where nobody said that it does not apply.
fn pregnancy(patient: &Patient, view: &View<'_>) -> Option<Item<'static>> {
    let may_be = patient.sex != Some(Sex::Male)
        && patient.birth_date.is_none_or(|birth| (10..=55).contains(&age_in_years(birth, view.now.today())));
    match patient.pregnancy {
        Some((Pregnancy::NotApplicable, _)) => None,
        Some((state @ (Pregnancy::Yes | Pregnancy::Possible), _)) => {
            Some(Item::new(0, Words::new().bold(Role::Danger, state.label())))
        }
        Some((state @ Pregnancy::No, _)) => Some(Item::new(5, Words::of(Role::Second, state.label()))),
        None => may_be.then(|| fact(3, "pregnant", Role::Wants, "?")),
    }
}

/// Below 18 the newest weight with its date: doses go by it.
fn weight(file: &PatientFile, view: &View<'_>) -> Option<Item<'static>> {
    if !is_child(file.patient.birth_date, view.now.today()) {
        return None;
    }
    Some(match file.facts.weight {
        None => fact(1, "weight", Role::Wants, "?"),
        Some(weight) => {
            let words = Words::of(Role::Second, "weight ").bold(Role::Text, weight.show());
            let dated = words.say(Role::Second, format!(" on {}", show_date(weight.on)));
            // Its unit says what it is: the date is what goes last.
            let on = show_date_within(weight.on, view.now.today(), 6);
            let short = Words::new().bold(Role::Text, weight.show()).say(Role::Second, format!(" {on}"));
            Item::new(1, dated).or(short)
        }
    })
}

fn kidney(patient: &Patient) -> Item<'static> {
    match patient.kidney {
        None => fact(3, "kidney", Role::Wants, "?"),
        Some((Kidney::Normal, _)) => fact(5, "kidney", Role::Text, Kidney::Normal.label()),
        Some((state @ (Kidney::Impaired | Kidney::Dialysis), _)) => fact(0, "kidney", Role::Danger, state.label()),
    }
}

fn interpreter(patient: &Patient) -> Item<'static> {
    match patient.interpreter {
        None => fact(5, "interpreter", Role::Wants, "?"),
        Some(YesNo::No) => fact(6, "interpreter", Role::Text, "none"),
        Some(YesNo::Yes) => {
            let language = patient.language.as_ref().map(|language| clean_line(language)).unwrap_or_default();
            let language = if language.is_empty() { "needed".to_owned() } else { language };
            several(2, "interpreter", Role::Wants, &[language], "")
        }
    }
}

fn decides(patient: &Patient) -> Item<'static> {
    let who = patient.decides.as_ref().map(|who| clean_line(who)).filter(|who| !who.is_empty());
    match patient.capacity {
        None => fact(5, "capacity", Role::Wants, "?"),
        Some(Capacity::Has) => fact(6, "capacity", Role::Text, "full"),
        Some(Capacity::Supported) => {
            let who = who.map_or_else(|| "supported".to_owned(), |who| format!("supported by {who}"));
            several(2, "capacity", Role::Wants, &[who], "")
        }
        Some(Capacity::Lacks) => {
            let who = who.map_or_else(|| "lacking".to_owned(), |who| format!("lacking, {who} decides"));
            several(1, "capacity", Role::Wants, &[who], "")
        }
    }
}
