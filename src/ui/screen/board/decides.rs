//! What decides the next move on a visit, in words: what can hurt, where the patient is, and everything else.

use crate::clinical::board::{Flag, Item, ItemKey};
use crate::clinical::close::DecisionKind;
use crate::clinical::text::width;
use crate::clinical::time::show_time;
use crate::clinical::visit::{VisitState, Way};
use crate::clinical::vocab::Vocab;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// Whether more than one flag wants to be acted on: then a row says how many it had no room for, whatever it costs.
pub fn wants_count(item: &Item) -> bool {
    let acts = |flag: &&Flag| {
        matches!(flag, Flag::Alarm(_) | Flag::RedFlag | Flag::Screen(_) | Flag::ToConfirm(_) | Flag::PatientUnconfirmed)
    };
    item.flags.iter().filter(acts).nth(1).is_some()
}

/// What decides the next move: what can hurt, where the patient is, then everything else; most urgent first.
pub fn decides(item: &Item, view: &View<'_>) -> Vec<(Role, String)> {
    // Before a needle it can hurt that nobody has asked.
    let needle = matches!(item.key, ItemKey::Procedure(_));
    let can_hurt = move |flag: &&Flag| match flag {
        Flag::Alarm(_) | Flag::RedFlag | Flag::Anticoagulant(_) | Flag::Pregnant => true,
        Flag::AnticoagulantUnknown => needle,
        _ => false,
    };
    let quiet = item.state.is_some_and(|state| !state.is_live());
    // What has a next step stands before what is only worth knowing: one key confirms what waits while the patient is
    // there, a positive screen is followed, two visits at one time are parted while one of them can still be moved.
    let to_come = item.state == Some(VisitState::Booked);
    let first = move |flag: &Flag| match flag {
        Flag::PatientUnconfirmed | Flag::ToConfirm(_) | Flag::Screen(_) => true,
        Flag::Overlap => to_come,
        _ => false,
    };
    let flags = |wanted: bool| {
        let here = move |flag: &&Flag| can_hurt(flag) == wanted && !first(flag) && **flag != Flag::NameAlert;
        item.flags.iter().filter(here).map(|flag| flag_words(flag, item.key))
    };
    let mut out: Vec<(Role, String)> = Vec::new();
    if !quiet {
        out.extend(flags(true));
        let mut first: Vec<&Flag> = item.flags.iter().filter(|flag| first(flag)).collect();
        first.sort_by_key(|flag| match flag {
            // Who it is stands before what is to be done for them.
            Flag::PatientUnconfirmed => 0,
            Flag::ToConfirm(_) => 1,
            _ => 2,
        });
        out.extend(first.into_iter().map(|flag| flag_words(flag, item.key)));
    }
    let is_there = item.state != Some(VisitState::Booked);
    out.extend(where_now(item).filter(|_| is_there));
    // Whoever takes one patient for another errs in all that follows.
    if !quiet && item.flags.contains(&Flag::NameAlert) {
        out.push(flag_words(&Flag::NameAlert, item.key));
    }
    let way = item.visit.and_then(|id| view.records.visit(id)).map(|record| record.visit.way);
    if let Some(way) = way.filter(|way| *way != Way::InPerson && !quiet) {
        out.push((Role::Info, way.label().to_owned()));
    }
    if item.draft {
        out.push((Role::Wants, "draft".to_owned()));
    }
    let asks = |(role, _): &(Role, String)| matches!(role, Role::Danger | Role::Wants);
    let (asks, knows): (Vec<_>, Vec<_>) = flags(false).filter(|_| !quiet).partition(asks);
    out.extend(asks);
    // When somebody will start is an estimate: it keeps nothing from being seen that can hurt.
    out.extend(where_now(item).filter(|_| !is_there));
    out.extend(knows);
    out
}

/// Where the patient is, or when it will start.
fn where_now(item: &Item) -> Option<(Role, String)> {
    match item.state? {
        VisitState::InRoom => {
            let minutes = item.in_room_min.map_or_else(|| "in room".to_owned(), |minutes| format!("{minutes} min"));
            Some((Role::Focus, minutes))
        }
        VisitState::Here => Some((Role::Info, "here".to_owned())),
        VisitState::Booked => item.expected.map(|time| (Role::Second, format!("~{}", show_time(time)))),
        VisitState::Left => None,
        state @ (VisitState::NoShow | VisitState::Cancelled) => Some((Role::Faint, state.label().to_owned())),
    }
}

/// A flag in words. A procedure names the antithrombotic.
pub fn flag_words(flag: &Flag, key: ItemKey) -> (Role, String) {
    let (role, words) = match flag {
        Flag::Alarm(short) => return (Role::Danger, short.clone()),
        Flag::Screen(short) => return (Role::Wants, short.clone()),
        Flag::ToConfirm(count) => return (Role::Wants, format!("confirm {count}")),
        Flag::Observed(seen) => return (Role::Info, seen.clone()),
        Flag::RedFlag => (Role::Danger, "red flag"),
        Flag::Anticoagulant(drug) if matches!(key, ItemKey::Procedure(_)) => {
            return (Role::Danger, format!("⚠ {drug}"));
        }
        Flag::Anticoagulant(_) => (Role::Danger, "anticoag"),
        Flag::AnticoagulantUnknown => (Role::Wants, "anticoag?"),
        Flag::Pregnant => (Role::Danger, "pregnant"),
        Flag::Opioid(figure) => return (Role::Wants, figure.clone()),
        Flag::Allergy => (Role::Danger, "allergy"),
        Flag::Kidney => (Role::Danger, "kidney"),
        Flag::PatientUnconfirmed => (Role::Wants, "patient?"),
        Flag::NameAlert => (Role::Wants, "same name"),
        Flag::Interpreter => (Role::Info, "interpreter"),
        Flag::Decides => (Role::Info, "proxy"),
        Flag::Overlap => (Role::Wants, "overlap"),
        Flag::Missing(what) => return (Role::Wants, what.clone()),
        Flag::Decided(Some(_)) => (Role::Second, DecisionKind::Carried.label()),
        Flag::Decided(None) => (Role::Second, DecisionKind::Closed.label()),
    };
    (role, words.to_owned())
}

/// As many of them as fit, and how many did not.
pub fn fitting(all: &[(Role, String)], wide: u16) -> Words<'static> {
    let room = usize::from(wide);
    let mut words = Words::new();
    for (at, (role, text)) in all.iter().enumerate() {
        let rest = all.len() - at - 1;
        let more = if rest > 0 { 2 + rest.to_string().len() } else { 0 };
        let gap = if at > 0 { 2 } else { 0 };
        let next = words.width() + gap + width(text);
        if at > 0 && next + more > room {
            return counted(words, rest + 1, room);
        }
        words = words.gap(gap).say(*role, text.clone());
    }
    words
}

/// Words with the count of those that had no room: close to them where there is none for a blank.
fn counted(words: Words<'static>, rest: usize, room: usize) -> Words<'static> {
    let fits = [format!(" +{rest}"), format!("+{rest}")].into_iter().find(|count| words.width() + count.len() <= room);
    match fits {
        Some(count) => words.say(Role::Faint, count),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::ui::screen::testing::World;

    #[test]
    fn flags_are_cut_by_what_fits_and_the_rest_is_counted() {
        let all = |words: &[&str]| words.iter().map(|word| (Role::Text, (*word).to_owned())).collect::<Vec<_>>();
        for (words, width, shown) in [
            (&["anticoag", "allergy"][..], 20, "anticoag  allergy"),
            (&["anticoag", "allergy"], 14, "anticoag +1"),
            (&["anticoag", "allergy", "kidney"], 19, "anticoag +2"),
            (&["anticoag", "allergy", "kidney"], 20, "anticoag  allergy +1"),
            (&["interpreter"], 9, "interpreter"),
            (&["interpreter", "x"], 13, "interpreter+1"),
            (&["interpreter", "x"], 14, "interpreter  x"),
            (&["anticoag", "x"], 10, "anticoag+1"),
            (&["anticoag", "x"], 9, "anticoag"),
            (&[], 9, ""),
        ] {
            assert_eq!(fitting(&all(words), width).plain(), shown, "{width}");
        }
    }

    #[test]
    fn who_it_is_stands_before_when_it_starts() {
        let world = World::day();
        let view = world.view();
        let visit = view.board.items().find(|item| item.state == Some(VisitState::Booked)).unwrap();
        let item = Item {
            flags: vec![Flag::Interpreter, Flag::Kidney, Flag::ToConfirm(2), Flag::PatientUnconfirmed, Flag::Pregnant],
            expected: NaiveTime::from_hms_opt(12, 4, 0),
            draft: false,
            ..visit.clone()
        };
        let words: Vec<String> = decides(&item, &view).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["pregnant", "patient?", "confirm 2", "kidney", "~12:04", "interpreter"]);
    }

    #[test]
    fn before_a_needle_what_nobody_asked_stands_before_an_overlap() {
        let world = World::day();
        let view = world.view();
        let visit = view.board.items().find(|item| item.state == Some(VisitState::Booked)).unwrap();
        let id = visit.visit.unwrap();
        for (key, shown) in [
            (ItemKey::Procedure(id), ["anticoag?", "overlap", "MME 100"]),
            (ItemKey::Assessment(id), ["overlap", "anticoag?", "MME 100"]),
        ] {
            let flags = vec![Flag::Overlap, Flag::AnticoagulantUnknown, Flag::Opioid("MME 100".to_owned())];
            let item = Item { key, flags, expected: None, draft: false, ..visit.clone() };
            let words: Vec<String> = decides(&item, &view).into_iter().map(|(_, words)| words).collect();
            assert_eq!(words, shown);
        }
    }

    #[test]
    fn what_is_half_typed_over_a_completed_record_is_said() {
        let world = World::day();
        let view = world.view();
        let visit = view.board.items().find(|item| item.state == Some(VisitState::Booked)).unwrap();
        let item = Item { flags: Vec::new(), expected: None, draft: true, done: true, ..visit.clone() };
        assert_eq!(decides(&item, &view), [(Role::Wants, "draft".to_owned())]);
    }

    #[test]
    fn the_same_name_is_said_before_what_harms_nobody() {
        let world = World::day();
        let view = world.view();
        let visit = view.board.items().find(|item| item.state == Some(VisitState::Booked)).unwrap();
        let flags = vec![Flag::Opioid("MME 40".to_owned()), Flag::NameAlert, Flag::Decides];
        let item = Item { flags, expected: None, draft: false, ..visit.clone() };
        let words: Vec<String> = decides(&item, &view).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["same name", "MME 40", "proxy"]);
    }

    #[test]
    fn two_visits_at_one_time_are_said_first_while_one_can_still_be_moved() {
        let world = World::day();
        let view = world.view();
        let visit = view.board.items().find(|item| item.state == Some(VisitState::Booked)).unwrap();
        for (state, shown) in [
            (VisitState::Booked, &["overlap", "~12:04", "interpreter"][..]),
            (VisitState::Here, &["here", "overlap", "interpreter"]),
        ] {
            let item = Item {
                state: Some(state),
                flags: vec![Flag::Interpreter, Flag::Overlap],
                expected: NaiveTime::from_hms_opt(12, 4, 0),
                draft: false,
                ..visit.clone()
            };
            let words: Vec<String> = decides(&item, &view).into_iter().map(|(_, words)| words).collect();
            assert_eq!(words, shown);
        }
    }
}
