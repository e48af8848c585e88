//! What was copied forward from the last visit, said in the very section it stands in: what is copied out alone says it too.

use crate::clinical::models::VisitSummary;
use crate::clinical::summary::Section;
use crate::clinical::time::show_date;

/// The fields of an assessment: name in the form, section of the summary, and how it is called there.
const FIELDS: [(&str, Section, &str); 30] = [
    ("now", Section::Scores, "pain now"),
    ("average", Section::Scores, "average"),
    ("worst", Section::Scores, "worst"),
    ("least", Section::Scores, "least"),
    ("peg_pain", Section::Scores, "PEG pain"),
    ("peg_enjoyment", Section::Scores, "PEG enjoyment"),
    ("peg_activity", Section::Scores, "PEG activity"),
    ("problem_now", Section::Problems, "pain of problem"),
    ("place", Section::History, "where it hurts"),
    ("history", Section::History, "history"),
    ("onset", Section::History, "onset"),
    ("course", Section::History, "course"),
    ("quality", Section::History, "quality"),
    ("timing", Section::History, "when"),
    ("worse", Section::History, "worse with"),
    ("better", Section::History, "better with"),
    ("sleep", Section::History, "sleep"),
    ("mood", Section::History, "mood"),
    ("work", Section::History, "work"),
    ("map", Section::Map, "body map"),
    ("examination", Section::Examination, "examination"),
    ("impression", Section::Impression, "impression"),
    ("analgesia", Section::Opioid, "analgesia"),
    ("activity", Section::Opioid, "activity"),
    ("adverse", Section::Opioid, "adverse effects"),
    ("used", Section::Opioid, "use"),
    ("affect", Section::Opioid, "affect"),
    ("opioid_note", Section::Opioid, "note"),
    ("side_effects", Section::Opioid, "side effects"),
    ("goal_reached", Section::Plan, "how far goal is reached"),
];

/// The line of a section; none where nothing of it was copied.
pub fn line(summary: &VisitSummary, section: Section) -> Option<String> {
    let carried = &summary.assessment.as_ref()?.asked.carried;
    let name = |field: &String| {
        let (id, item) = field.split_once('/').unwrap_or((field, "0"));
        let (.., words) = FIELDS.iter().find(|(of, at, _)| *of == id && *at == section)?;
        let item = item.parse::<usize>().ok().filter(|_| id == "problem_now").map(|item| format!(" {}", item + 1));
        Some(format!("{words}{}", item.unwrap_or_default()))
    };
    let fields: Vec<String> = carried.iter().filter_map(name).collect();
    let on = summary.last.as_ref().map(|last| format!(" from {}", show_date(last.date))).unwrap_or_default();
    (!fields.is_empty()).then(|| format!("Copied forward{on}: {}.", fields.join(", ")))
}

/// Whether a field of the assessment's form is named here.
#[cfg(test)]
pub fn is_named(field: &str) -> bool {
    let id = field.split_once('/').map_or(field, |(id, _)| id);
    FIELDS.iter().any(|(known, ..)| *known == id)
}
