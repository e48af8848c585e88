//! What can be asked of a preview: other days, another mapping, a pattern of titles, a name to save it by.

use chrono::{Days, NaiveDate};

use crate::clinical::import::ask::{Asked, MappingAsked};
use crate::clinical::import::pattern::TitlePattern;
use crate::clinical::schedule::Window;
use crate::clinical::time::show_date;
use crate::clinical::typed::{DateSense, Reading, read_date};
use crate::ui::effect::Effect;
use crate::ui::modal::{Choice, Choose, Modal, Prompt, Purpose};

/// How the schedule that is shown was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The days looked at.
    pub window: Window,
    /// The saved mapping that was used.
    pub by: Option<String>,
    /// The names of all saved mappings.
    pub saved: Vec<String>,
}

impl Basis {
    /// The days in words, the last one with them.
    pub fn days(&self) -> String {
        days(self.window)
    }
}

/// A window in words, its last day with it.
pub fn days(window: Window) -> String {
    let last = window.to.pred_opt().unwrap_or(window.to);
    if last == window.from {
        return show_date(last);
    }
    format!("{} – {}", show_date(window.from), show_date(last))
}

/// The days that were typed: a first, `to` and a last, both with them; or the first alone.
///
/// # Errors
/// In words, what cannot be read.
pub fn typed_days(asked: &Asked, text: &str, reading: &Reading) -> Result<Asked, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Asked { from: None, to: None, ..asked.clone() });
    }
    let date = |text: &str| read_date(text.trim(), reading, DateSense::Near).map_err(|why| why.to_string());
    let apart = [" to ", " – ", " - ", "–", ".."].iter().find_map(|mark| text.split_once(mark));
    let (from, last) = match apart {
        Some((from, last)) => (date(from)?, Some(date(last)?)),
        None => (date(text)?, None),
    };
    let after = |last: NaiveDate| last.checked_add_days(Days::new(1)).unwrap_or(last);
    if last.is_some_and(|last| last < from) {
        return Err("the last day lies before the first".to_owned());
    }
    Ok(Asked { from: Some(from), to: last.map(after), ..asked.clone() })
}

/// The same with a pattern of titles more.
///
/// # Errors
/// In words, why the pattern cannot work.
pub fn with_pattern(asked: &Asked, text: &str) -> Result<Asked, String> {
    TitlePattern::read(text)?;
    let mut asked = asked.clone();
    if !asked.patterns.iter().any(|known| known == text) {
        asked.patterns.push(text.to_owned());
    }
    Ok(asked)
}

/// Asks for other days.
pub fn ask_days(asked: &Asked, basis: Option<&Basis>) -> Effect {
    let about = basis.map(Basis::days).unwrap_or_default();
    Effect::show(Modal::Prompt(Box::new(Prompt::new(Purpose::ImportDays(Box::new(asked.clone())), about))))
}

/// The choice of a mapping, and what can be made of the one in use.
pub fn ask_mapping(asked: &Asked, basis: &Basis) -> Effect {
    let with = |mapping: MappingAsked| {
        vec![Effect::ReadSchedule(Box::new(Asked { mapping, patterns: Vec::new(), ..asked.clone() }))]
    };
    let prompt =
        |purpose: Purpose, about: &str| vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about))))];
    let mut options = Vec::new();
    for (key, name) in ('1'..='9').zip(&basis.saved) {
        let used = if basis.by.as_ref() == Some(name) { "  (in use)" } else { "" };
        options.push(Choose::new(key, format!("read by {name}{used}"), with(MappingAsked::Named(name.clone()))));
    }
    if basis.by.is_some() {
        options.push(Choose::new('0', "read by no mapping", with(MappingAsked::Without)));
    }
    let about = basis.by.as_deref().unwrap_or_default();
    let titles = Purpose::ImportPattern(Box::new(asked.clone()));
    options.push(Choose::new('t', "say how a title names a patient", prompt(titles, about)));
    options.push(Choose::new(
        's',
        "save what was recognised, for the next file like it",
        prompt(Purpose::SaveMapping, about),
    ));
    Effect::show(Modal::Choice(Choice {
        title: "Mapping".to_owned(),
        about: about.to_owned(),
        lines: vec!["what the columns and titles of this source mean".to_owned()],
        options,
        enter: false,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::practice::Region;

    #[test]
    fn days_are_typed_as_people_write_them() {
        let now = "2026-11-24T09:00:00".parse().unwrap();
        let reading = Reading::of(Region::De, now);
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        for (text, from, to) in [
            ("24.11. to 28.11.", day("2026-11-24"), day("2026-11-29")),
            ("24 nov – 24 nov", day("2026-11-24"), day("2026-11-25")),
            ("1.12.", day("2026-12-01"), None),
            ("", None, None),
        ] {
            let asked = typed_days(&Asked::default(), text, &reading).unwrap();
            assert_eq!((asked.from, asked.to), (from, to), "{text}");
        }
        for text in ["28.11. to 24.11.", "soon", "24.11. to never"] {
            assert!(typed_days(&Asked::default(), text, &reading).is_err(), "{text}");
        }
    }
}
