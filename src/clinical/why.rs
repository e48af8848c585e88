//! Why a figure is what it is: the rules it rests on, each with its source, that source's date, and whether the fact was
//! verified beyond memory. Every computed answer carries one.

use super::time::show_date;

/// One rule or fact that an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The rule in words, with its figures.
    pub rule: String,
    /// Where it is published.
    pub source: String,
    /// The year of the newest publication named in the source; where it names none, the day the table was read.
    pub date: String,
    /// Whether the figure was found in public material beyond memory. Unverified facts are shown as such.
    pub verified: bool,
}

impl Fact {
    /// A fact with the date its source names.
    pub fn new(rule: impl Into<String>, source: impl Into<String>, verified: bool) -> Self {
        let source = source.into();
        let date = year(&source).unwrap_or(READ_ON).to_owned();
        Self { rule: rule.into(), source, date, verified }
    }

    /// A rule of this product: its wording is the source.
    pub fn own(rule: impl Into<String>) -> Self {
        Self { rule: rule.into(), source: "Own rule of daysheet".to_owned(), date: READ_ON.to_owned(), verified: true }
    }

    /// As one line: rule, source, date.
    pub fn show(&self) -> String {
        let date = self.date.parse().map_or_else(|_| self.date.clone(), show_date);
        let dated = if self.source.contains(&self.date) { String::new() } else { format!(", read {date}") };
        let doubt = if self.verified { "" } else { " · not verified" };
        format!("{} ({}{dated}{doubt})", self.rule, self.source)
    }
}

/// The day the tables were last read as a whole; a test holds every table to it.
pub const READ_ON: &str = "2026-11-21";

/// The rules an answer rests on, the one that governs it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    first: Fact,
    more: Vec<Fact>,
}

impl Why {
    /// The governing rule.
    pub const fn new(first: Fact) -> Self {
        Self { first, more: Vec::new() }
    }

    /// The same with a further fact, once.
    #[must_use]
    pub fn and(mut self, fact: Fact) -> Self {
        self.add(fact);
        self
    }

    /// Adds a further fact, once.
    pub fn add(&mut self, fact: Fact) {
        if self.first != fact && !self.more.contains(&fact) {
            self.more.push(fact);
        }
    }

    /// Adds all facts of another answer.
    pub fn add_all(&mut self, other: &Self) {
        for fact in other.facts() {
            self.add(fact.clone());
        }
    }

    /// Several answers' reasons as one, the first one's first; none of none.
    pub fn of_all<'a>(reasons: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut reasons = reasons.into_iter();
        let mut all = reasons.next()?.clone();
        reasons.for_each(|why| all.add_all(why));
        Some(all)
    }

    /// The governing rule.
    pub const fn first(&self) -> &Fact {
        &self.first
    }

    /// All rules, the governing one first.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// Whether all of them are verified.
    pub fn verified(&self) -> bool {
        self.facts().all(|fact| fact.verified)
    }
}

/// The newest year named in a source: four digits of their own from 1900 to 2099. What stands in brackets is about the
/// source and counts only where no year stands outside.
fn year(source: &str) -> Option<&str> {
    let (mut outside, mut inside, mut depth) = (None, None, 0_u32);
    for part in source.split_inclusive(['(', ')']) {
        let slot = if depth == 0 { &mut outside } else { &mut inside };
        *slot = newest_year(part).max(*slot);
        match part.chars().next_back() {
            Some('(') => depth += 1,
            Some(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    outside.or(inside)
}

/// The newest year in a text, by its bytes: sources are read again for every frame that shows one.
fn newest_year(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let (mut newest, mut at) = (None, 0);
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 4 {
            let year = text.get(at..at + 4).filter(|year| year.starts_with("19") || year.starts_with("20"));
            newest = year.max(newest);
        }
        at += digits.max(1);
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_the_newest_year_of_the_source_else_the_day_of_reading() {
        for (source, date) in [
            ("Farrar JT et al, Pain, 2001; Ostelo RW et al, Spine, 2008", "2008"),
            ("CMS local coverage determinations, 2021-2022", "2022"),
            ("MMWR Recomm Rep 71(3), 2022", "2022"),
            ("MMWR 65(1), 2016 (not a threshold in the 2022 guideline)", "2016"),
            ("Research file, 2017 (and 2014)", "2017"),
            ("Some text (Pain, 1999)", "1999"),
            ("Pain Physician 27:S1-94, 19245 people", READ_ON),
            ("Standard dilution arithmetic", READ_ON),
        ] {
            assert_eq!(Fact::new("rule", source, true).date, date, "{source}");
        }
    }

    #[test]
    fn one_unverified_fact_makes_the_answer_unverified() {
        let sure = Fact::new("a", "b, 2020", true);
        let why = Why::new(sure.clone()).and(sure);
        assert!(why.verified());
        assert_eq!(why.facts().count(), 1);
        assert!(!why.and(Fact::new("c", "d", false)).verified());
    }
}
