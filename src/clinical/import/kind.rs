//! What kind of visit a schedule means, by its words: types of appointments, reasons, titles, in English and German, and
//! the words of a follow-up in some languages beside them.
//!
//! Words of a procedure weigh more than "new" or "follow-up" beside them: a new patient who comes for an injection needs
//! the room. Words are matched from their beginning, so that `injections` and `Injektionstermin` are known, too.
//!
//! A visit *about* a procedure is none: `2 wk post ESI`, `ESI consult`, `Nachkontrolle nach PRT`. It is told by a word before
//! the procedure (post, after, nach) or a word of talk beside it (consult, check, Besprechung). Commas, `+`, `and`, `with`
//! keep two things apart: `Follow-up, TFESI L5` is both, and needs the room.

use crate::clinical::text::fold;
use crate::clinical::visit::{VisitKind, Way};

const PROCEDURE: &[&str] = &[
    "injection",
    "inject",
    "inj",
    "infiltration",
    "procedure",
    "proc",
    "intervention",
    "block",
    "nerve block",
    "epidural",
    "esi",
    "tfesi",
    "ilesi",
    "cesi",
    "mbb",
    "medial branch",
    "facet",
    "rfa",
    "rf ablation",
    "radiofrequency",
    "ablation",
    "rhizotomy",
    "si joint",
    "sij",
    "trigger point",
    "tpi",
    "botox",
    "botulinum",
    "stimulator",
    "scs",
    "pump refill",
    "pump fill",
    "implant",
    "kyphoplasty",
    "vertebroplasty",
    "discography",
    "infusion",
    "ketamine",
    "lidocaine infusion",
    "stellate",
    "sympathetic",
    "celiac",
    "genicular",
    "occipital",
    "prp",
    "viscosupplementation",
    "minor surgery",
    "operation",
    "eingriff",
    "injektion",
    "infiltrations",
    "blockade",
    "nervenblock",
    "facette",
    "denervation",
    "thermokoagulation",
    "periduralanasthesie",
    "pda",
    "prt",
    "spritze",
    "quaddel",
    "infusionstherapie",
    "triggerpunkt",
    "pumpenfullung",
    "sondenimplantation",
    "op",
    "lesi",
    "snrb",
    "selective nerve root",
    "caudal",
    "rftc",
    "pumpenbefullung",
    "pumpenauffullung",
    "wurzelblockade",
    "nervenwurzelblockade",
    "wurzelinfiltration",
];

const NEW: &[&str] = &[
    "new patient",
    "new pt",
    "new eval",
    "new evaluation",
    "new consult",
    "new visit",
    "new referral",
    "new",
    "np",
    "npv",
    "initial",
    "intake",
    "consult",
    "consultation",
    "first visit",
    "first appointment",
    "evaluation",
    "establish care",
    "erstgesprach",
    "erstvorstellung",
    "erstkontakt",
    "erstuntersuchung",
    "ersttermin",
    "erstkonsultation",
    "erstanamnese",
    "neupatient",
    "neuer patient",
    "neue patientin",
    "neuaufnahme",
    "aufnahme",
    "neu",
    "ne",
];

const FOLLOW_UP: &[&str] = &[
    "follow",
    "check",
    "med check",
    "medication",
    "med management",
    "refill",
    "review",
    "office visit",
    "short visit",
    "visit",
    "telehealth",
    "telemedicine",
    "phone",
    "video",
    "post procedure",
    "post op",
    "postop",
    "pre op",
    "preop",
    "rezept",
    "besprechung",
    "befundbesprechung",
    "sprechstunde",
    "physical",
    "physical exam",
];

/// New patients beyond doubt: they stay so when they come to talk about a procedure.
const SURELY_NEW: &[&str] =
    &["new", "np", "npv", "initial", "intake", "first visit", "erst", "neupatient", "neu", "neue", "neuer"];

/// Follow-ups beyond doubt: they stay so when the visit is also called a consultation or an evaluation.
const SURELY_FOLLOW_UP: &[&str] = &[
    "follow up",
    "followup",
    "fu",
    "f u",
    "return",
    "established",
    "est patient",
    "recheck",
    "re check",
    "kontroll",
    "verlauf",
    "wiedervorstellung",
    "folgetermin",
    "nachsorge",
    "nachkontrolle",
    "wv",
    "suivi",
    "controle",
    "controllo",
];

/// Words before a procedure that put it into the past or the future.
const BEFORE: &[&str] =
    &["post", "after", "following", "since", "s p", "status post", "pre", "before", "nach", "vor", "seit", "z n", "zn"];

/// Words of talk and of looking at what was done.
const TALK: &[&str] = &[
    "consult",
    "check",
    "recheck",
    "follow up",
    "followup",
    "f u",
    "fu",
    "discuss",
    "review",
    "results",
    "reprogramming",
    "reprogram",
    "programming",
    "interrogation",
    "kontrolle",
    "kontroll",
    "verlauf",
    "nachsorge",
    "umprogrammierung",
    "programmierung",
    "aufklarung",
    "befund",
];

/// Ends of German words that say the same: `Nachkontrolle`, `Vorbesprechung`.
const TALK_ENDS: &[&str] = &["kontrolle", "besprechung", "gesprach", "nachsorge", "aufklarung"];

/// Words that keep two things of one title apart.
const AND: [&str; 7] = ["and", "und", "with", "mit", "plus", "then", "dann"];

/// Words behind which begins what the patient comes for: nothing before them puts it into the past.
const FOR: [&str; 4] = ["for", "here", "zur", "zum"];

/// So many words may stand between the word before a procedure and the procedure: `post left L4 TFESI`.
const BETWEEN: usize = 3;

/// The kind of visit that the words name; none if they name none.
pub fn kind(words: &str) -> Option<VisitKind> {
    let clauses = clauses(words);
    let words = fold(words);
    let names = |list: &[&str]| list.iter().any(|name| begins(&words, name));
    let about: Vec<bool> = clauses.iter().filter_map(|clause| is_about(clause)).collect();
    if !about.is_empty() {
        // Nobody is injected over the telephone: such words say what the call is about.
        let is_apart = way(&words) != Way::InPerson;
        return Some(match about.iter().all(|about| *about) {
            true if names(SURELY_NEW) => VisitKind::New,
            true => VisitKind::FollowUp,
            false if is_apart => VisitKind::FollowUp,
            false => VisitKind::Procedure,
        });
    }
    if names(NEW) && (names(SURELY_NEW) || !names(SURELY_FOLLOW_UP)) {
        Some(VisitKind::New)
    } else if names(SURELY_FOLLOW_UP) || names(FOLLOW_UP) {
        Some(VisitKind::FollowUp)
    } else {
        None
    }
}

/// The parts of a title that say one thing each, as words are compared.
fn clauses(text: &str) -> Vec<String> {
    let text = [" - ", " w/ ", " w/"].iter().fold(text.to_owned(), |text, sign| text.replace(sign, " , "));
    let parts = text.split([',', ';', '+', '&', '|', '(', ')', '\n', '\u{2013}', '\u{2014}']).map(fold);
    let mut clauses: Vec<String> = Vec::new();
    for part in parts {
        clauses
            .extend(part.split(' ').collect::<Vec<_>>().split(|word| AND.contains(word)).map(|words| words.join(" ")));
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// Whether a clause speaks about a procedure (true) or names one that takes place (false); none if it names none.
fn is_about(clause: &str) -> Option<bool> {
    let starts: Vec<usize> = std::iter::once(0).chain(clause.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let at = |start: usize, list: &[&str]| list.iter().any(|name| starts_with(&clause[start..], name));
    let is_procedure = |start: usize| at(start, PROCEDURE);
    if !starts.iter().any(|start| is_procedure(*start)) {
        return None;
    }
    let word = |start: usize| clause[start..].split(' ').next().unwrap_or_default();
    let is_talk = |start: usize| at(start, TALK) || TALK_ENDS.iter().any(|end| word(start).ends_with(end));
    let mut reach = 0;
    let talked = starts.iter().any(|start| is_talk(*start));
    for (place, start) in starts.iter().enumerate() {
        if at(*start, BEFORE) {
            reach = place + 1 + BETWEEN + 1;
        } else if FOR.contains(&word(*start)) {
            reach = 0;
        } else if is_procedure(*start) {
            if !talked && place >= reach {
                return Some(false);
            }
            // Further words of the same procedure follow at once: `post epidural steroid injection`.
            reach = if place < reach { reach.max(place + 3) } else { reach };
        }
    }
    Some(true)
}

/// How the two meet, by the words; in person if they say nothing else.
pub fn way(words: &str) -> Way {
    let words = fold(words);
    let names = |list: &[&str]| list.iter().any(|name| begins(&words, name));
    if names(&[
        "video",
        "telehealth",
        "telemedicine",
        "televisit",
        "tele visit",
        "virtual",
        "zoom",
        "online",
        "videosprechstunde",
    ]) {
        Way::Video
    } else if names(&["phone", "telephone", "tel", "call", "telefon", "telefonisch", "anruf"]) {
        Way::Phone
    } else {
        Way::InPerson
    }
}

/// Whether a word of the text begins with this name. Short names must be the whole word.
fn begins(words: &str, name: &str) -> bool {
    words.match_indices(name).any(|(at, _)| (at == 0 || words[..at].ends_with(' ')) && starts_with(&words[at..], name))
}

/// Whether words start with this name, or with a word that begins with it.
fn starts_with(words: &str, name: &str) -> bool {
    words.strip_prefix(name).is_some_and(|after| after.is_empty() || after.starts_with(' ') || name.len() >= 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_the_kind() {
        for (words, expected) in [
            ("New Patient", Some(VisitKind::New)),
            ("Initial Visit", Some(VisitKind::New)),
            ("Erstgespräch", Some(VisitKind::New)),
            ("Follow Up", Some(VisitKind::FollowUp)),
            ("F/U 20", Some(VisitKind::FollowUp)),
            ("Med Check", Some(VisitKind::FollowUp)),
            ("Kontrolle 7,5 mg", Some(VisitKind::FollowUp)),
            ("Injection", Some(VisitKind::Procedure)),
            ("New Patient, TFESI L5 left", Some(VisitKind::Procedure)),
            ("Post-procedure check", Some(VisitKind::FollowUp)),
            ("Facettenblockade L4/5", Some(VisitKind::Procedure)),
            ("Telehealth", Some(VisitKind::FollowUp)),
            ("phone about the injection", Some(VisitKind::FollowUp)),
            ("Pre-op", Some(VisitKind::FollowUp)),
            ("preop visit", Some(VisitKind::FollowUp)),
            ("Neu", Some(VisitKind::New)),
            ("Neuropathie", None),
            ("Newton's cradle", None),
            ("Follow-up consultation", Some(VisitKind::FollowUp)),
            ("Return evaluation", Some(VisitKind::FollowUp)),
            ("Consultation de suivi", Some(VisitKind::FollowUp)),
            ("Telehealth consult", Some(VisitKind::New)),
            ("New patient evaluation", Some(VisitKind::New)),
            ("Initial consult, then follow-up", Some(VisitKind::New)),
            ("Consultation", Some(VisitKind::New)),
            ("Opening", None),
            ("Rückenschmerz; chronisch", None),
            ("", None),
        ] {
            assert_eq!(kind(words), expected, "{words}");
        }
    }

    #[test]
    fn a_procedure_takes_place_unless_the_visit_is_about_it() {
        for words in [
            "LESI L4/5",
            "SNRB",
            "Caudal",
            "RFTC",
            "Pumpenbefüllung",
            "SCS trial",
            "SCS lead pull",
            "CT-PRT",
            "Pump refill",
            "Follow-up, TFESI L5",
            "F/U and TPI",
            "check & inject",
            "Kontrolle mit Infiltration",
            "Follow Up; ESI",
            "s/p fusion, ESI L4",
            "post-op patient here for TFESI",
            "Botox 31",
        ] {
            assert_eq!(kind(words), Some(VisitKind::Procedure), "{words}");
        }
        for words in [
            "Post-injection f/u",
            "2 wk post ESI",
            "2 wks post left L4 TFESI",
            "post lumbar epidural steroid injection",
            "Wound check s/p SCS",
            "ESI consult",
            "Consult for SCS",
            "discuss injection",
            "SCS reprogramming",
            "Nachkontrolle nach PRT",
            "PRT-Nachkontrolle",
            "Op-Besprechung",
            "Aufklärungsgespräch PRT",
            "Follow-up after injection",
            "MBB review",
            "nach Injektion",
        ] {
            assert_eq!(kind(words), Some(VisitKind::FollowUp), "{words}");
        }
        assert_eq!(kind("New patient consult for SCS"), Some(VisitKind::New));
    }

    #[test]
    fn words_tell_the_way() {
        for (words, expected) in [
            ("Telehealth", Way::Video),
            ("Phone call", Way::Phone),
            ("Telefontermin", Way::Phone),
            ("Follow Up", Way::InPerson),
            ("Telford Road", Way::InPerson),
        ] {
            assert_eq!(way(words), expected, "{words}");
        }
    }
}
