//! Reads a settings file value by value, and says of each that cannot stand where it is and why.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::nearest::nearest;

/// What is wrong with a settings file, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// Column, in characters from 1.
    pub column: usize,
    /// What is wrong, as a sentence.
    pub words: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.words)
    }
}

/// The file being read, and the mistakes found so far.
pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) mistakes: Vec<Mistake>,
}

/// One table of the file: what is left of it to be asked for, and what was asked for.
#[derive(Default)]
pub(super) struct Section<'t> {
    name: &'static str,
    left: BTreeMap<String, (Range<usize>, &'t Spanned<DeValue<'t>>)>,
    asked: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, mistakes: Vec::new() }
    }

    pub(super) fn wrong(&mut self, at: &Range<usize>, words: String) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        self.mistakes.push(Mistake { line, column, words });
    }

    /// The tables of the file, of which only these may be there.
    pub(super) fn sections<'t>(&mut self, file: &'t DeTable<'t>, names: &[&'static str]) -> Vec<Section<'t>> {
        let empty = |name: &&'static str| Section { name, left: BTreeMap::new(), asked: Vec::new() };
        let mut sections: Vec<Section<'t>> = names.iter().map(empty).collect();
        for (key, value) in file {
            let found = names.iter().position(|name| name == key.get_ref());
            match (found, value.get_ref()) {
                (Some(at), DeValue::Table(table)) => sections[at].left = entries(table),
                (Some(_), other) => self.wrong(
                    &value.span(),
                    format!("`{}` is a section, written [{0}], not {}", key.get_ref(), kind(other)),
                ),
                (None, _) => self.unknown(&key.span(), "section", key.get_ref(), names),
            }
        }
        sections
    }

    /// Says of everything that nobody asked for that nobody knows it.
    pub(super) fn finish(&mut self, section: &Section<'_>) {
        for (name, (at, _)) in &section.left {
            self.unknown(at, &format!("setting in [{}]", section.name), name, &section.asked);
        }
    }

    fn unknown(&mut self, at: &Range<usize>, what: &str, name: &str, known: &[&str]) {
        let meant = match nearest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}", list(known)),
        };
        self.wrong(at, format!("no {what} is called `{name}`; {meant}"));
    }

    pub(super) fn flag(&mut self, section: &mut Section<'_>, name: &'static str) -> Option<bool> {
        let value = section.take(name)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => self.not(value, name, "true or false", other),
        }
    }

    pub(super) fn text<'t>(
        &mut self,
        section: &mut Section<'t>,
        name: &'static str,
    ) -> Option<(&'t str, Range<usize>)> {
        let value = section.take(name)?;
        match value.get_ref() {
            DeValue::String(text) => Some((text, value.span())),
            other => self.not(value, name, "a text in quotes", other),
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        section: &mut Section<'_>,
        name: &'static str,
        words: &[(T, &str)],
    ) -> Option<T> {
        let (text, at) = self.text(section, name)?;
        self.one_of(text, &at, name, words)
    }

    fn one_of<T: Copy>(&mut self, text: &str, at: &Range<usize>, name: &str, words: &[(T, &str)]) -> Option<T> {
        let found = words.iter().find(|(_, word)| *word == text).map(|(value, _)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            let meant = nearest(text, known.iter().copied())
                .map_or_else(String::new, |word| format!("; did you mean `{word}`?"));
            self.wrong(at, format!("`{name}` can be {}, not `{text}`{meant}", list(&known)));
        }
        found
    }

    /// A list of a few words.
    pub(super) fn words<T: Copy>(
        &mut self,
        section: &mut Section<'_>,
        name: &'static str,
        words: &[(T, &str)],
    ) -> Option<Vec<T>> {
        let value = section.take(name)?;
        let DeValue::Array(items) = value.get_ref() else {
            return self.not(value, name, "a list in [ ]", value.get_ref());
        };
        let mut found = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => found.extend(self.one_of(text, &item.span(), name, words)),
                other => _ = self.not::<T>(item, name, "texts in quotes", other),
            }
        }
        if items.is_empty() {
            self.wrong(&value.span(), format!("`{name}` needs at least one"));
        }
        Some(found)
    }

    pub(super) fn number(&mut self, section: &mut Section<'_>, name: &'static str, range: Range<u32>) -> Option<u32> {
        let value = section.take(name)?;
        self.whole(name, value, range)
    }

    /// A whole number in a range.
    pub(super) fn whole(&mut self, name: &str, value: &Spanned<DeValue<'_>>, range: Range<u32>) -> Option<u32> {
        let DeValue::Integer(number) = value.get_ref() else {
            return self.not(value, name, "a whole number", value.get_ref());
        };
        let read = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| range.contains(number));
        if read.is_none() {
            let words = format!("`{name}` is from {} to {}, not {}", range.start, range.end - 1, number.as_str());
            self.wrong(&value.span(), words);
        }
        read
    }

    /// Some minutes, whole or with a point.
    pub(super) fn minutes(
        &mut self,
        section: &mut Section<'_>,
        name: &'static str,
        range: RangeInclusive<f64>,
    ) -> Option<Duration> {
        let value = section.take(name)?;
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            other => return self.not(value, name, "a number of minutes", other),
        };
        let minutes: Option<f64> = written.parse().ok().filter(|minutes| range.contains(minutes));
        if minutes.is_none() {
            let words = format!("`{name}` is from {} to {}, not {written}", range.start(), range.end());
            self.wrong(&value.span(), words);
        }
        minutes.map(|minutes| Duration::from_secs_f64(minutes * 60.0))
    }

    /// A text or a list of texts.
    pub(super) fn texts<'t>(&mut self, name: &str, value: &'t Spanned<DeValue<'t>>) -> Vec<(&'t str, Range<usize>)> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.as_ref(), item.span())),
                other => _ = self.not::<()>(item, name, "a key in quotes, or a list of them", other),
            }
        }
        texts
    }

    fn not<T>(&mut self, value: &Spanned<DeValue<'_>>, name: &str, wanted: &str, is: &DeValue<'_>) -> Option<T> {
        self.wrong(&value.span(), format!("`{name}` is {wanted}, not {}", kind(is)));
        None
    }
}

impl<'t> Section<'t> {
    /// What is left of a section, each under its full name: `visit.new` may be written so or as `new` below `visit`.
    pub(super) fn rest(self) -> Vec<(String, Range<usize>, &'t Spanned<DeValue<'t>>)> {
        let mut found = Vec::new();
        let mut open: Vec<_> = self.left.into_iter().collect();
        while let Some((name, (at, value))) = open.pop() {
            match value.get_ref() {
                DeValue::Table(table) => {
                    open.extend(entries(table).into_iter().map(|(below, entry)| (format!("{name}.{below}"), entry)));
                }
                _ => found.push((name, at, value)),
            }
        }
        found.sort_by_key(|(_, at, _)| at.start);
        found
    }

    fn take(&mut self, name: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(name);
        self.left.remove(name).map(|(_, value)| value)
    }
}

fn entries<'t>(table: &'t DeTable<'t>) -> BTreeMap<String, (Range<usize>, &'t Spanned<DeValue<'t>>)> {
    let entry = |(key, value): (&Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>)| {
        (key.get_ref().to_string(), (key.span(), value))
    };
    table.iter().map(entry).collect()
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

/// `a`, `b` or `c`.
fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}
