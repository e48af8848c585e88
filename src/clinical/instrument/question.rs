//! What an instrument asks, question by question, whatever it is made of: items, levels, criteria, or a total alone.
//!
//! Every form, page and import of an instrument is made from these; [`super::Entry::outcome`] takes the answers back.

use super::score::item_values;
use crate::clinical::facts::instruments::{Excluded, Instrument, Item, Scoring};

/// The most questions an instrument can have.
pub const MOST_QUESTIONS: usize = 64;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name in the record.
    pub id: String,
    /// Its label in our own words, short.
    pub label: String,
    /// The published wording, or what the label leaves out; empty where the label says it all.
    pub detail: String,
    /// The title it stands under, where the instrument has parts.
    pub part: String,
    /// Whether its answer counts; others are asked beside it.
    pub is_scored: bool,
    /// How it is answered.
    pub asks: Asks,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// By one digit (or ten): the answers there are, and their words from the lowest.
    Digit {
        /// The answers, lowest first.
        answers: Vec<u8>,
        /// Their words; may be empty.
        words: Vec<String>,
    },
    /// By a number that is typed.
    Number {
        /// The lowest.
        low: i32,
        /// The highest.
        high: i32,
        /// Digits behind the decimal sign.
        decimals: u8,
    },
}

/// The widest label that stands beside its scale.
const LABEL: usize = 54;

impl Question {
    fn new(id: impl Into<String>, label: &str, detail: &str, asks: Asks) -> Self {
        let short = crate::clinical::text::cut(label, LABEL);
        let detail = match detail {
            "" if short != label => label,
            detail => detail,
        };
        Self { id: id.into(), label: short, detail: detail.to_owned(), part: String::new(), is_scored: true, asks }
    }

    fn under(mut self, part: impl Into<String>) -> Self {
        self.part = part.into();
        self
    }

    /// Asked beside what counts.
    fn unscored(self) -> Self {
        Self { is_scored: false, ..self.under("Asked, not scored") }
    }

    /// The lowest and the highest answer, in units of its last digit.
    pub fn span(&self) -> (i64, i64) {
        match &self.asks {
            Asks::Digit { answers, .. } => {
                let of = |answer: Option<&u8>| answer.copied().map_or(0, i64::from);
                (of(answers.iter().min()), of(answers.iter().max()))
            }
            Asks::Number { low, high, decimals } => {
                let unit = 10_i64.pow(u32::from(*decimals));
                (i64::from(*low) * unit, i64::from(*high) * unit)
            }
        }
    }

    /// How a value of this question is kept: in units of its last digit.
    pub const fn decimals(&self) -> u8 {
        match self.asks {
            Asks::Digit { .. } => 0,
            Asks::Number { decimals, .. } => decimals,
        }
    }

    /// Whether a value, in units of its last digit, is an answer.
    pub fn takes(&self, value: i64) -> bool {
        match &self.asks {
            Asks::Digit { answers, .. } => answers.iter().any(|answer| i64::from(*answer) == value),
            Asks::Number { low, high, decimals } => {
                let unit = 10_i64.pow(u32::from(*decimals));
                (i64::from(*low) * unit..=i64::from(*high) * unit).contains(&value)
            }
        }
    }

    /// The answers there are, in words: `0 to 3`.
    pub fn range_in_words(&self) -> String {
        match &self.asks {
            Asks::Digit { answers, .. } => {
                let whole = answers.windows(2).all(|pair| pair[1] - pair[0] == 1);
                match (answers.first(), answers.last()) {
                    (Some(first), Some(last)) if whole => format!("{first} to {last}"),
                    _ => answers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
                }
            }
            Asks::Number { low, high, .. } => format!("{low} to {high}"),
        }
    }

    /// The words of an answer.
    pub fn word(&self, value: i64) -> Option<&str> {
        let Asks::Digit { answers, words } = &self.asks else { return None };
        let at = answers.iter().position(|answer| i64::from(*answer) == value)?;
        words.get(at).map(String::as_str).filter(|word| !word.is_empty())
    }
}

const NO_YES: [&str; 2] = ["no", "yes"];

fn digits(answers: impl IntoIterator<Item = u8>, words: &[impl AsRef<str>]) -> Asks {
    Asks::Digit {
        answers: answers.into_iter().collect(),
        words: words.iter().map(|word| word.as_ref().to_owned()).collect(),
    }
}

/// What an instrument that is shipped, or the physician's own, asks.
pub fn of_instrument(instrument: &Instrument) -> Vec<Question> {
    match instrument.scoring {
        Scoring::Criteria if !instrument.regions.is_empty() => of_fibromyalgia(instrument),
        Scoring::Criteria => of_categories(instrument),
        _ if instrument.items.is_empty() => vec![of_levels(instrument)],
        _ => {
            let mut out: Vec<Question> = instrument.items.iter().map(|item| of_item(instrument, item)).collect();
            for extra in &instrument.extra_items {
                let last = u8::try_from(extra.options.len()).unwrap_or(11).saturating_sub(1);
                let asks = digits(0..=last, &extra.options);
                out.push(Question::new(&extra.id, &extra.label, "", asks).unscored());
            }
            out
        }
    }
}

fn of_item(instrument: &Instrument, item: &Item) -> Question {
    let values = item_values(instrument, Some(item));
    let words = if item.options.is_empty() { &instrument.options } else { &item.options };
    let wording = item.wording.as_deref().unwrap_or_default();
    Question::new(&item.id, &item.label, wording, asks(&values, words, item))
}

/// Few answers from 0 up take a digit, all others a typed number.
fn asks(values: &[i32], words: &[String], item: &Item) -> Asks {
    let small: Option<Vec<u8>> =
        values.iter().map(|value| u8::try_from(*value).ok().filter(|value| *value <= 10)).collect();
    match small.filter(|values| !values.is_empty()) {
        Some(answers) if words.is_empty() && answers == [0, 1] => digits(answers, &NO_YES),
        Some(answers) if words.is_empty() => {
            let mut words = vec![String::new(); answers.len()];
            if let (Some(low), Some(first)) = (&item.anchor_min, words.first_mut()) {
                first.clone_from(low);
            }
            if let (Some(high), Some(last)) = (&item.anchor_max, words.last_mut()) {
                last.clone_from(high);
            }
            let words = if words.iter().all(String::is_empty) { Vec::new() } else { words };
            digits(answers, &words)
        }
        Some(answers) => digits(answers, words),
        None => Asks::Number {
            low: values.first().copied().unwrap_or_default(),
            high: values.last().copied().unwrap_or_default(),
            decimals: 0,
        },
    }
}

fn of_levels(instrument: &Instrument) -> Question {
    let mut levels: Vec<_> = instrument.levels.iter().collect();
    levels.sort_by_key(|level| level.value);
    let small: Option<Vec<u8>> = levels.iter().map(|level| u8::try_from(level.value).ok()).collect();
    if let Some(answers) = small.filter(|values| values.iter().all(|value| *value <= 10)) {
        let words: Vec<&str> = levels.iter().map(|level| level.label.as_str()).collect();
        return Question::new("value", "Level", "", digits(answers, &words));
    }
    let all: Vec<String> = levels.iter().map(|level| format!("{} {}", level.value, level.label)).collect();
    let (low, high) = (levels.first().map_or(0, |level| level.value), levels.last().map_or(0, |level| level.value));
    Question::new("value", "Level", &all.join(" · "), Asks::Number { low, high, decimals: 0 })
}

/// Sites by region, then the graded symptoms, those that are there or not, and for how long.
fn of_fibromyalgia(instrument: &Instrument) -> Vec<Question> {
    let mut out = Vec::new();
    for region in &instrument.regions {
        let part = format!("Pain in the last 7 days: {}", region.label);
        for site in &region.sites {
            let asks = digits(0..=1, &NO_YES);
            out.push(Question::new(format!("site.{site}"), &site_label(site), "", asks).under(&part));
        }
    }
    for item in &instrument.severity_items {
        let asks = asks(&item_values(instrument, Some(item)), &instrument.severity_options, item);
        out.push(Question::new(format!("severity.{}", item.id), &item.label, "", asks).under("In the last 7 days"));
    }
    for item in &instrument.presence_items {
        let asks = asks(&item_values(instrument, Some(item)), &[], item);
        out.push(Question::new(format!("presence.{}", item.id), &item.label, "", asks).under("In the last 6 months"));
    }
    let months = Asks::Number { low: 0, high: 1_500, decimals: 0 };
    out.push(Question::new("months_present", "Months at a similar level", "", months).under("In the last 6 months"));
    out
}

/// A site by its id: `upper_arm_left` is `upper arm, LEFT`.
fn site_label(id: &str) -> String {
    let words = |id: &str| id.replace('_', " ");
    match (id.strip_suffix("_left"), id.strip_suffix("_right")) {
        (Some(site), _) => format!("{}, LEFT", words(site)),
        (_, Some(site)) => format!("{}, RIGHT", words(site)),
        _ => words(id),
    }
}

fn of_categories(instrument: &Instrument) -> Vec<Question> {
    let yes_no = || digits(0..=1, &NO_YES);
    let mut out: Vec<Question> = instrument
        .preconditions
        .iter()
        .map(|must| Question::new(&must.id, &must.label, "", yes_no()).under("Must hold"))
        .collect();
    for category in &instrument.categories {
        let id = format!("symptom.{}", category.id);
        out.push(Question::new(id, &category.label, &category.symptom, yes_no()).under("Symptoms, as reported"));
    }
    for category in &instrument.categories {
        let id = format!("sign.{}", category.id);
        out.push(Question::new(id, &category.label, &category.sign, yes_no()).under("Signs, seen at this examination"));
    }
    out
}

/// What is asked of an instrument whose wording may not be shipped: its total, or its code.
pub fn of_licensed(form: &Excluded) -> Vec<Question> {
    if !form.levels_as_codes.is_empty() {
        let answers = 0..u8::try_from(form.levels_as_codes.len()).unwrap_or(10).min(11);
        let detail = form.note.clone().unwrap_or_default();
        return vec![Question::new(
            "code",
            "Level, 0 for the first code",
            &detail,
            digits(answers, &form.levels_as_codes),
        )];
    }
    let whole = |label: &str, [low, high]: [i32; 2]| match (u8::try_from(low), u8::try_from(high)) {
        (Ok(low), Ok(high)) if high <= 10 && form.decimals.is_none() => {
            Question::new(label.to_lowercase(), label, "", digits(low..=high, &[""; 0]))
        }
        _ => {
            let asks = Asks::Number { low, high, decimals: form.decimals.unwrap_or(0) };
            Question::new(label.to_lowercase(), label, "", asks)
        }
    };
    let mut out: Vec<Question> = form.range.iter().map(|range| whole("Total", *range)).collect();
    out.extend(form.subscale_range.iter().map(|range| whole("Subscale", *range)));
    if let (Some(first), Some(unit)) = (out.first_mut(), &form.unit) {
        first.detail.clone_from(unit);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::clinical::facts::instruments::instruments;

    #[test]
    fn every_instrument_asks_something_under_names_of_their_own() {
        let held = instruments().instrument.iter().map(|x| (x.id.as_str(), of_instrument(x)));
        let licensed = instruments().excluded.iter().map(|x| (x.id.as_str(), of_licensed(x)));
        for (id, questions) in held.chain(licensed) {
            assert!(!questions.is_empty() && questions.len() <= MOST_QUESTIONS, "{id}");
            let ids: BTreeSet<&str> = questions.iter().map(|question| question.id.as_str()).collect();
            assert_eq!(ids.len(), questions.len(), "{id}");
            for question in &questions {
                assert!(!question.label.is_empty() && !question.range_in_words().is_empty(), "{id} {}", question.id);
                if let Asks::Digit { answers, words } = &question.asks {
                    assert!(answers.len() > 1 && answers.iter().all(|answer| *answer <= 10), "{id} {}", question.id);
                    assert!(words.is_empty() || words.len() == answers.len(), "{id} {}", question.id);
                }
            }
        }
    }

    #[test]
    fn what_is_asked_and_in_which_range() {
        let ask = |id: &str| match instruments().get(id) {
            Some(held) => of_instrument(held),
            None => of_licensed(instruments().excluded(id).unwrap()),
        };
        for (id, count, first, range) in [
            ("phq9", 10, "q1", "0 to 3"),
            ("rmdq", 24, "r01", "0 to 1"),
            ("cows", 11, "pulse", "0, 1, 2, 4"),
            ("rass", 1, "value", "-5 to 4"),
            ("ecog", 1, "value", "0 to 5"),
            ("fps_r", 1, "face", "0, 2, 4, 6, 8, 10"),
            ("vas100", 1, "vas", "0 to 100"),
            ("fm2016", 26, "site.jaw_left", "0 to 1"),
            ("budapest_clinical", 10, "disproportionate", "0 to 1"),
            ("odi", 1, "total", "0 to 100"),
            ("dn4", 1, "total", "0 to 10"),
            ("start_back", 2, "total", "0 to 9"),
            ("paindetect", 1, "total", "-1 to 38"),
            ("poss", 1, "code", "0 to 4"),
        ] {
            let questions = ask(id);
            let first_asked = (questions[0].id.as_str(), questions[0].range_in_words());
            assert_eq!((questions.len(), first_asked), (count, (first, range.to_owned())), "{id}");
        }
        assert_eq!(ask("phq9")[2].word(3), Some("nearly every day"));
        assert_eq!(ask("rmdq")[0].word(1), Some("yes"));
        assert_eq!(ask("cows")[10].word(3), Some("felt or hairs up"));
        assert_eq!(ask("fm2016")[0].label, "jaw, LEFT");
    }

    #[test]
    fn a_value_is_taken_in_units_of_its_last_digit() {
        let bpi = of_licensed(instruments().excluded("bpi").unwrap()).remove(0);
        assert_eq!((bpi.decimals(), bpi.takes(55), bpi.takes(101)), (1, true, false));
        let face = of_instrument(instruments().get("fps_r").unwrap()).remove(0);
        assert_eq!((face.takes(4), face.takes(5)), (true, false));
    }
}
