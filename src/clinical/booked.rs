//! What a visit for a procedure is booked for, read from its words: which procedure, at which level, on which side.
//!
//! A wrong side is the error that a day sheet must not invite. The side is read only where it is said once and at the end;
//! words that say more than one thing stay as they are. Shown, the side always stands in capitals.

use std::collections::BTreeSet;

use super::facts::procedures::procedures;
use super::procedure::Side;
use super::text::{clean_line, fold};
use super::visit::{Visit, VisitKind};
use super::vocab::Vocab;

/// What is booked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Booked {
    /// The procedure by name.
    pub procedure: String,
    /// Level or structure; empty where none is said.
    pub level: String,
    /// Side, where it is said.
    pub side: Option<Side>,
}

/// Reads the words of a booking.
pub fn read(text: &str) -> Booked {
    let text = clean_line(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let (said, side) = sided(&words);
    // A side that is said elsewhere makes it two things, or one that is not understood.
    if said.iter().any(|word| side_of(word).is_some()) {
        return Booked { procedure: text, ..Booked::default() };
    }
    let at = level_from(said);
    let level = said[at..].iter().map(|word| shown_level(word)).collect::<Vec<_>>().join(" ");
    Booked { procedure: said[..at].join(" "), level, side }
}

/// The words of a booking as they are shown: the side in capitals, and no structure that the name holds already.
pub fn shown(text: &str) -> String {
    let booked = read(text);
    let mut out = booked.procedure.clone();
    for word in [level_beside(&booked.procedure, &booked.level), booked.side.map_or("", Side::label)] {
        if !word.is_empty() {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}

/// What a visit is for, as it is shown: words of a procedure as [`shown`], others as they are. None where nobody said.
pub fn shown_for(visit: &Visit) -> Option<String> {
    let reason = clean_line(visit.reason.as_deref()?);
    Some(if visit.kind == VisitKind::Procedure { shown(&reason) } else { reason })
}

/// Words behind the name of a procedure, its levels of the spine in capitals: `l5 right` is `L5 right` wherever it is read.
pub fn levels_shown(words: &str) -> String {
    words.split(' ').map(shown_level).collect::<Vec<_>>().join(" ")
}

/// The level as it stands behind the name of a procedure: nothing where the name says it already, as that of a greater
/// occipital nerve block does.
pub fn level_beside<'a>(procedure: &str, level: &'a str) -> &'a str {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(fold).map(|word| if word == "si" { "sacroiliac".to_owned() } else { word }).collect()
    };
    if words(level).is_subset(&words(procedure)) { "" } else { level }
}

/// The words before the side, and the side where the last words say one.
fn sided<'a, 'b>(words: &'a [&'b str]) -> (&'a [&'b str], Option<Side>) {
    let (last, before) = match words {
        [before @ .., last, sides] if fold(sides) == "sides" => (last, before),
        [before @ .., last] => (last, before),
        [] => return (words, None),
    };
    match side_of(last) {
        Some(side) if !before.is_empty() => (before, Some(side)),
        _ => (words, None),
    }
}

fn side_of(word: &str) -> Option<Side> {
    match fold(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str() {
        "left" => Some(Side::Left),
        "right" => Some(Side::Right),
        "both" | "bilateral" | "bilat" => Some(Side::Both),
        "midline" => Some(Side::Midline),
        _ => None,
    }
}

/// Where the level begins: behind a procedure of the catalogue, else at the last words that are levels of the spine.
fn level_from(words: &[&str]) -> usize {
    let named = |count: usize| {
        let name = fold(&words[..count].join(" "));
        procedures().procedure.iter().any(|entry| fold(&entry.name) == name)
    };
    let by_name = (1..words.len()).rev().find(|&count| named(count));
    if let Some(count) = by_name.filter(|&count| words[count..].iter().all(|word| is_place(word, &words[..count]))) {
        return count;
    }
    let levels = words.iter().rev().take_while(|word| is_spinal(word)).count();
    // A level alone is no name.
    if levels == words.len() { words.len() } else { words.len() - levels }
}

/// Whether a word behind the name of a procedure says where: a level, or a structure that the catalogue or the name knows.
fn is_place(word: &str, name: &[&str]) -> bool {
    let bare = fold(word.trim_matches([',', ';']));
    let known = || {
        let table = procedures();
        table.procedure.iter().any(|entry| table.levels_of(entry).iter().any(|level| fold(level) == bare))
    };
    is_spinal(word) || bare == "joint" || name.iter().any(|own| fold(own) == bare) || known()
}

/// `L5`, `L4,`, `L4-L5`, `L5/S1`, `C3–5`: a level of the spine, or a span of them.
fn is_spinal(word: &str) -> bool {
    let bare = word.trim_end_matches([',', ';']).to_ascii_lowercase();
    let is_level = |part: &str| {
        let number = part.strip_prefix(['c', 't', 'l', 's']).unwrap_or(part);
        (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    bare.starts_with(['c', 't', 'l', 's']) && bare.split(['-', '/', '–']).all(is_level)
}

fn shown_level(word: &str) -> String {
    if is_spinal(word) { word.to_ascii_uppercase() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_visit_is_for_has_its_side_in_capitals_where_a_needle_is_meant() {
        use crate::clinical::id::Ids;
        use crate::clinical::time::Instant;
        let mut ids = Ids::seeded(3);
        let (date, start) = ("2026-11-24".parse().unwrap(), "13:00:00".parse().unwrap());
        for (kind, reason, said) in [
            (
                VisitKind::Procedure,
                Some("Greater occipital nerve block occipital nerve left"),
                Some("Greater occipital nerve block LEFT"),
            ),
            (VisitKind::Procedure, Some("TFESI l5 right"), Some("TFESI L5 RIGHT")),
            (VisitKind::FollowUp, Some("pain on the\u{7} left"), Some("pain on the left")),
            (VisitKind::FollowUp, None, None),
        ] {
            let visit = Visit::booked(ids.next(Instant::from_millis(0)), None, date, start, kind);
            let visit = Visit { reason: reason.map(str::to_owned), ..visit };
            assert_eq!(shown_for(&visit).as_deref(), said);
        }
    }

    #[test]
    fn a_booking_is_read_into_procedure_level_and_side() {
        use Side::{Both, Left, Midline, Right};
        for (text, procedure, level, side) in [
            ("TFESI L5 left", "TFESI", "L5", Some(Left)),
            ("tfesi l5 right", "tfesi", "L5", Some(Right)),
            ("Medial branch block L4, L5 left", "Medial branch block", "L4, L5", Some(Left)),
            ("MBB L3–L5 BOTH sides", "MBB", "L3–L5", Some(Both)),
            ("MBB C3-5 bilateral", "MBB", "C3-5", Some(Both)),
            ("Sacroiliac joint injection SI joint left", "Sacroiliac joint injection", "SI joint", Some(Left)),
            (
                "Greater occipital nerve block occipital nerve right",
                "Greater occipital nerve block",
                "occipital nerve",
                Some(Right),
            ),
            ("Stellate ganglion block C6 left", "Stellate ganglion block", "C6", Some(Left)),
            ("SI joint LEFT", "SI joint", "", Some(Left)),
            ("Interlaminar epidural L4-L5 midline", "Interlaminar epidural", "L4-L5", Some(Midline)),
            ("Pump refill", "Pump refill", "", None),
            // What is not understood stays whole.
            ("SI joint left, hip right", "SI joint left, hip right", "", None),
            ("left knee injection", "left knee injection", "", None),
            ("Trigger points with steroid", "Trigger points with steroid", "", None),
            ("left", "left", "", None),
            ("L5", "L5", "", None),
            ("", "", "", None),
        ] {
            let expected = Booked { procedure: procedure.to_owned(), level: level.to_owned(), side };
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_booking_shows_its_side_in_capitals_and_nothing_twice() {
        for (text, expected) in [
            ("tfesi l5 right", "tfesi L5 RIGHT"),
            ("Medial branch block L4, L5 left", "Medial branch block L4, L5 LEFT"),
            ("Sacroiliac joint injection SI joint left", "Sacroiliac joint injection LEFT"),
            ("Greater occipital nerve block occipital nerve left", "Greater occipital nerve block LEFT"),
            ("MBB L3–L5 both sides", "MBB L3–L5 BOTH sides"),
            ("SI joint LEFT", "SI joint LEFT"),
            ("SI joint left, hip right", "SI joint left, hip right"),
        ] {
            assert_eq!(shown(text), expected);
            assert_eq!(shown(expected), expected, "shown again it stays");
        }
    }
}
