//! What kind of visit a schedule means, by its words: types of appointments, reasons, titles, in English and German.
//!
//! Words of a procedure weigh more than "new" or "follow-up" beside them: a new patient who comes for an injection needs
//! the room. Words are matched from their beginning, so that `injections` and `Injektionstermin` are known, too.

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
    "ne",
];

const FOLLOW_UP: &[&str] = &[
    "follow up",
    "followup",
    "follow",
    "fu",
    "f u",
    "return",
    "established",
    "est patient",
    "recheck",
    "re check",
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
    "kontrolle",
    "kontroll",
    "verlauf",
    "verlaufskontrolle",
    "wiedervorstellung",
    "folgetermin",
    "nachsorge",
    "nachkontrolle",
    "rezept",
    "besprechung",
    "befundbesprechung",
    "sprechstunde",
    "wv",
    "physical",
    "physical exam",
];

/// Words after a procedure that make it a visit about the procedure, not the procedure.
const ABOUT: &[&str] = &[
    "post procedure",
    "post op",
    "postop",
    "after injection",
    "pre procedure",
    "pre op",
    "preop",
    "procedure follow up",
    "injection follow up",
    "procedure consult",
    "injektion kontrolle",
    "nach injektion",
    "nach eingriff",
];

/// The kind of visit that the words name; none if they name none.
pub fn kind(words: &str) -> Option<VisitKind> {
    let words = fold(words);
    let names = |list: &[&str]| list.iter().any(|name| begins(&words, name));
    if names(ABOUT) {
        Some(VisitKind::FollowUp)
    } else if names(PROCEDURE) {
        // Nobody is injected over the telephone: such words say what the call is about.
        let is_apart = way(&words) != Way::InPerson;
        Some(if is_apart { VisitKind::FollowUp } else { VisitKind::Procedure })
    } else if names(NEW) {
        Some(VisitKind::New)
    } else if names(FOLLOW_UP) {
        Some(VisitKind::FollowUp)
    } else {
        None
    }
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
    words.match_indices(name).any(|(at, _)| {
        let free_before = at == 0 || words[..at].ends_with(' ');
        let after = &words[at + name.len()..];
        free_before && (after.is_empty() || after.starts_with(' ') || name.len() >= 5)
    })
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
            ("Newton's cradle", None),
            ("Opening", None),
            ("Rückenschmerz; chronisch", None),
            ("", None),
        ] {
            assert_eq!(kind(words), expected, "{words}");
        }
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
