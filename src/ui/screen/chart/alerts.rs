//! What must be known before anything else, on top of the cover: screens nobody answered yet, pregnancy, kidneys, who
//! decides, interpreter, the note on the patient. None of it is in the way where there is none.

use super::block::{Block, Line};
use crate::clinical::models::Chart;
use crate::clinical::patient::{Capacity, Kidney, Patient, Pregnancy, YesNo};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::Words;

/// The block; none where nothing is to be minded.
pub fn block(chart: &Chart) -> Option<Block> {
    let mut lines = Vec::new();
    let mut screens: Vec<_> = chart.file.facts.screens.iter().collect();
    screens.sort_by_key(|screen| (!screen.grave, std::cmp::Reverse(screen.date)));
    for screen in screens {
        let (sign, role) = if screen.grave { (Mark::Danger, Role::Danger) } else { (Mark::Wants, Role::Wants) };
        let words = Words::new().bold(role, clean_line(screen.word()));
        let words = words.say(Role::Text, format!("  {}", clean_line(&screen.told())));
        lines.push(Line::Marked(sign, words, Words::of(Role::Second, show_date(screen.date))));
    }
    let standing = standing(&chart.file.patient);
    if !standing.is_empty() {
        lines.push(Line::text(Role::Wants, "", standing.join(" · ")));
    }
    let keeps = lines.len().min(2);
    (!lines.is_empty()).then(|| Block { keeps, ..Block::new("Alerts", lines) })
}

/// What stays true from visit to visit.
fn standing(patient: &Patient) -> Vec<String> {
    let mut out = Vec::new();
    if let Some((state @ (Pregnancy::Yes | Pregnancy::Possible), on)) = patient.pregnancy {
        out.push(format!("{} (asked {})", state.label(), show_date(on)));
    }
    if let Some((state @ (Kidney::Impaired | Kidney::Dialysis), on)) = patient.kidney {
        out.push(format!("kidney {} ({})", state.label(), show_date(on)));
    }
    if patient.interpreter == Some(YesNo::Yes) {
        let language = patient.language.as_deref().map(clean_line).unwrap_or_default();
        out.push(format!("interpreter {language}").trim_end().to_owned());
    }
    if let Some(capacity @ (Capacity::Supported | Capacity::Lacks)) = patient.capacity {
        let who = patient.decides.as_deref().map(clean_line).filter(|who| !who.is_empty());
        let who = who.map(|who| format!(": {who}")).unwrap_or_default();
        out.push(format!("{}{who}", capacity.label()));
    }
    out.extend(patient.note.as_deref().map(clean_line).filter(|note| !note.is_empty()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    #[test]
    fn who_decides_is_said_where_the_patient_does_not_decide_alone() {
        for (capacity, decides, said) in [
            (None, Some("Grace"), None),
            (Some(Capacity::Has), Some("Grace"), None),
            (Some(Capacity::Supported), None, Some("decides with support")),
            (Some(Capacity::Supported), Some("Grace"), Some("decides with support: Grace")),
            (Some(Capacity::Lacks), Some(" "), Some("somebody else decides")),
            (Some(Capacity::Lacks), Some("Grace"), Some("somebody else decides: Grace")),
        ] {
            let id = Ids::seeded(2).next(Instant::from_millis(0));
            let decides = decides.map(str::to_owned);
            let patient = Patient { capacity, decides, ..Patient::named(id, "Okafor", "Adaeze") };
            assert_eq!(standing(&patient), Vec::from_iter(said), "{capacity:?}");
        }
    }
}
