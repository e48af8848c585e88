//! The words of dosing: how often, in which form, by which way.

use super::moment::Moment;
use super::{Often, Release, Route};
use crate::clinical::exact::Exact;

/// A frequency of one word, in times a day.
pub(super) fn times(word: &str) -> Option<i64> {
    Some(match word {
        "od" | "qd" | "daily" | "täglich" => 1,
        word if Moment::of(word).is_some() => 1,
        "bid" | "bd" | "twice" => 2,
        "tid" | "tds" | "thrice" => 3,
        "qid" | "qds" => 4,
        _ => return None,
    })
}

/// A number written as a word.
pub(super) fn spelled(word: &str) -> Option<i64> {
    let words = ["", "one", "two", "three", "four", "five", "six"];
    words.iter().position(|one| *one == word && !one.is_empty()).and_then(|n| i64::try_from(n).ok())
}

/// A span in hours: `h`, `days`, `week`.
pub(super) fn hours(word: &str) -> Option<i64> {
    Some(match word {
        "h" | "hr" | "hrs" | "hour" | "hours" | "hourly" | "std" | "stunden" => 1,
        "d" | "day" | "days" | "tage" => 24,
        "week" | "weeks" | "w" | "wk" | "wks" => 168,
        "month" | "months" => 720,
        _ => return None,
    })
}

/// A piece of a medicine: tablet, patch, puff.
pub(super) fn is_piece(word: &str) -> bool {
    matches!(
        word,
        "tab"
            | "tabs"
            | "tablet"
            | "tablets"
            | "tbl"
            | "tabl"
            | "cap"
            | "caps"
            | "capsule"
            | "capsules"
            | "kps"
            | "pill"
            | "pills"
            | "puff"
            | "puffs"
            | "patch"
            | "patches"
            | "spray"
            | "sprays"
            | "sachet"
            | "sachets"
            | "drop"
            | "drops"
            | "tropfen"
            | "gtt"
            | "suppository"
            | "suppositories"
            | "dose"
            | "doses"
            | "piece"
            | "pieces"
            | "lozenge"
            | "lozenges"
            | "film"
            | "films"
            | "ampoule"
            | "ampoules"
            | "plaster"
            | "plasters"
            | "hub"
            | "stück"
            | "application"
            | "applications"
    )
}

/// The way a word says, and whether the word is also a form.
pub(super) fn route(word: &str) -> Option<Route> {
    Some(match word {
        "po" | "oral" | "orally" | "mouth" => Route::Oral,
        "patch" | "patches" | "transdermal" | "pflaster" | "tts" => Route::Transdermal,
        "gel" | "cream" | "ointment" | "plaster" | "plasters" | "topical" | "salbe" | "lotion" => Route::Topical,
        "sl" | "sublingual" | "sublingually" => Route::Sublingual,
        "buccal" => Route::Buccal,
        "lozenge" | "lozenges" => Route::Lozenge,
        "nasal" | "intranasal" | "nose" => Route::Nasal,
        "inhaler" | "inhaled" | "puff" | "puffs" | "hub" => Route::Inhaled,
        "pr" | "rectal" | "suppository" | "suppositories" => Route::Rectal,
        "iv" | "intravenous" => Route::Iv,
        "im" | "intramuscular" => Route::Im,
        "sc" | "subcut" | "subcutaneous" | "subq" => Route::Sc,
        "implant" | "depot" => Route::Implant,
        "epidural" => Route::Epidural,
        "intrathecal" | "pump" => Route::Intrathecal,
        "eye" | "ear" => Route::Drops,
        _ => return None,
    })
}

/// The release that a word says.
pub(super) fn release(word: &str) -> Option<Release> {
    Some(match word {
        "er" | "xr" | "sr" | "cr" | "la" | "xl" | "mr" | "retard" | "retardiert" | "long" | "contin" => {
            Release::Extended
        }
        "ir" | "akut" | "uno" => Release::Immediate,
        _ => return None,
    })
}

/// Words that say nothing of their own.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "take"
            | "by"
            | "at"
            | "in"
            | "and"
            | "each"
            | "per"
            | "then"
            | "with"
            | "food"
            | "on"
            | "to"
            | "before"
            | "bed"
            | "po"
            | "solution"
            | "liquid"
            | "oral"
            | "syrup"
            | "release"
            | "modified"
            | "extended"
            | "prolonged"
            | "immediate"
            | "injection"
            | "every"
    )
}

/// How often, in words.
pub(super) fn often(often: &Often) -> String {
    let range = |low: Exact, high: Exact| {
        if low == high { low.plain() } else { format!("{}-{}", low.plain(), high.plain()) }
    };
    match often {
        Often::Times(low, high) if low == high => match high.as_whole() {
            Some(1) => "once a day".to_owned(),
            Some(2) => "twice a day".to_owned(),
            _ => format!("{} times a day", high.plain()),
        },
        Often::Times(low, high) => format!("{} times a day", range(*low, *high)),
        Often::Every(low, high) => match (low == high, high.as_whole()) {
            (true, Some(168)) => "every week".to_owned(),
            (true, Some(h)) if h > 24 && h % 24 == 0 => format!("every {} days", h / 24),
            _ => format!("every {} h", range(*low, *high)),
        },
        Often::Parts(parts) => {
            let names = ["morning", "noon", "evening", "night"];
            let parts = parts.iter().zip(names).filter(|(n, _)| **n > Exact::ZERO);
            parts.map(|(n, name)| format!("{} {name}", n.plain())).collect::<Vec<_>>().join(", ")
        }
    }
}
