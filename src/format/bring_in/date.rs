//! Dates within a line: a day, a month, a year, in the order of the region.

use crate::clinical::practice::DateOrder;
use crate::clinical::since::Since;
use crate::clinical::typed::{DateSense, Reading, read_date};

use super::words::Word;

/// Whether a year by itself is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Years {
    /// Anywhere.
    Bare,
    /// Only behind `since`, `in`, `from` and their like.
    Said,
}

const LEADS: [&str; 16] = [
    "since",
    "from",
    "in",
    "on",
    "started",
    "start",
    "onset",
    "noted",
    "date",
    "seit",
    "ab",
    "am",
    "dated",
    "diagnosed",
    "dx",
    "recorded",
];

/// The first date among the words that are not used; they are used then, with the word that leads to it.
pub fn take(words: &mut [Word<'_>], reading: &Reading, years: Years) -> Option<Since> {
    for from in 0..words.len() {
        let leads = from > 0 && !words[from - 1].used && is_lead(words[from - 1].text);
        for count in (1..=3).rev() {
            let Some(place) = words.get(from..from + count).filter(|place| place.iter().all(|word| !word.used)) else {
                continue;
            };
            let text = place.iter().map(|word| bare(word.text)).collect::<Vec<_>>().join(" ");
            let Some(since) = date(&text, reading, if leads { Years::Bare } else { years }) else { continue };
            words[from..from + count].iter_mut().for_each(|word| word.used = true);
            if leads {
                words[from - 1].used = true;
            }
            return Some(since);
        }
    }
    None
}

fn is_lead(word: &str) -> bool {
    let word = bare(word).trim_end_matches(':').to_lowercase();
    LEADS.contains(&word.as_str())
}

fn bare(word: &str) -> &str {
    word.trim_matches(['(', ')', '[', ']', ',', ';', ':', '.'])
}

/// A text that is nothing but a date.
fn date(text: &str, reading: &Reading, years: Years) -> Option<Since> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let has_letters = text.chars().any(char::is_alphabetic);
    let has_signs = text.contains(['/', '-', '.']);
    let year = text.len() == 4 && digits == 4;
    if year {
        let plain = text
            .parse::<i32>()
            .ok()
            .filter(|year| (1930..=reading.today.format("%Y").to_string().parse().unwrap_or(9999)).contains(year));
        return plain.filter(|_| years == Years::Bare).map(Since::Year);
    }
    // Something that names its year: `12/03/2019`, `3/2019`, `Mar 2019`, `2019-03-12`; not `1-2`, `5/325` or `10 mg`.
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let named = parts.iter().any(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()));
    let short = parts.len() == 3 && has_signs && !has_letters && digits >= 4;
    if !(named || short) || !(has_signs || has_letters) || digits < 4 {
        return None;
    }
    if parts.len() == 2 || (parts.len() == 3 && has_letters) {
        // `Mar 2019` is a month; `12 Mar 2019` a day.
        if let Ok(since) = Since::read(text, reading) {
            return (since.first_day()? <= reading.today).then_some(since);
        }
        return None;
    }
    let day =
        read_date(text, reading, DateSense::Past).or_else(|_| read_date(text, &turned(*reading), DateSense::Past));
    day.ok().filter(|day| *day <= reading.today).map(Since::Day)
}

/// With day and month the other way round: a list may come from a system of another region, and `03/15/2024` is one day
/// only. What is a day in the region's own order is read in that.
const fn turned(reading: Reading) -> Reading {
    let order = match reading.order {
        DateOrder::Dmy => DateOrder::Mdy,
        DateOrder::Mdy | DateOrder::Ymd => DateOrder::Dmy,
    };
    Reading { order, ..reading }
}
