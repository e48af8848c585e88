//! How often: in words, in spans, in parts of a day.

use super::amount::unit;
use super::moment::Moment;
use super::read::Reader;
use super::token::Token;
use super::{Dose, Often, words};
use crate::clinical::exact::Exact;

impl Reader<'_> {
    /// `/day`, `a day`, `per day`, `in 24 h`, `daily`: says only that a day was meant.
    pub(super) fn a_day(&mut self) -> bool {
        let before = self.at;
        if self.is_sign(0, '/') || matches!(self.word(0), Some("a" | "per" | "in" | "each" | "every")) {
            self.at += 1;
        }
        let is_24 = self.number(0) == Some(Exact::whole(24)) && self.word(1).and_then(words::hours) == Some(1);
        if is_24 {
            self.at += 2;
        } else if matches!(self.word(0), Some("day" | "d" | "daily" | "tag" | "täglich")) {
            self.at += 1;
        } else {
            self.at = before;
            return false;
        }
        true
    }
    /// `q4-6h`, `every 3 days`, `q72h`, `every other day`, `6 hourly`, `weekly`.
    pub(super) fn every(&mut self) -> bool {
        let taken = match (self.word(0), self.word(1)) {
            (Some("weekly"), _) => Some((Exact::whole(168), Exact::whole(168), 1)),
            (Some("eod" | "qod"), _) => Some((Exact::whole(48), Exact::whole(48), 1)),
            (Some("every"), Some("other")) if self.word(2) == Some("day") => {
                Some((Exact::whole(48), Exact::whole(48), 3))
            }
            (Some("every" | "a" | "once"), Some("week")) | (Some("once"), Some("weekly")) => {
                Some((Exact::whole(168), Exact::whole(168), 2))
            }
            (Some("every" | "q" | "alle"), _) => self.span(1),
            _ => self.span(0).filter(|(_, _, taken)| self.word(*taken - 1).is_some_and(|word| word == "hourly")),
        };
        let Some((low, high, taken)) = taken.filter(|(low, ..)| *low > Exact::ZERO) else { return false };
        self.at += taken;
        self.set_often(Often::Every(low, high));
        true
    }

    /// A span of time that begins so many tokens on, in hours, from and to, and how many tokens it reaches from here.
    fn span(&self, from: usize) -> Option<(Exact, Exact, usize)> {
        let low = self.number(from)?;
        let (high, next) =
            match (self.is_sign(from + 1, '-') || self.word(from + 1) == Some("to"), self.number(from + 2)) {
                (true, Some(high)) => (high, from + 3),
                _ => (low, from + 1),
            };
        let hours = Exact::whole(words::hours(self.word(next)?)?);
        Some((low.times(hours).ok()?, high.times(hours).ok()?, next + 1))
    }

    /// `1-0-1`, `1-1-1-1`, `½-0-½`.
    pub(super) fn parts(&mut self) -> bool {
        let mut parts = vec![];
        let mut at = 0;
        while let Some(Token::Number(number)) = self.token(at) {
            parts.push(*number);
            at += 1;
            if !self.is_sign(at, '-') {
                break;
            }
            at += 1;
        }
        if !(3..=4).contains(&parts.len()) {
            return false;
        }
        self.at += at;
        self.set_often(Often::Parts(parts));
        true
    }

    /// `3x`, `3 times a day`, `1-2 tablets`, `2 patches`, `three times daily`.
    pub(super) fn counted(&mut self) -> bool {
        let Some(low) = self.number(0) else {
            // `once a week` is taken by `every`; `once a day`, `twice daily`.
            return self.spoken();
        };
        let is_range = self.is_sign(1, '-') || self.word(1) == Some("to");
        let (low, high, next) = match (is_range, self.number(2)) {
            (true, Some(high)) => {
                let (low, high) = from_to(low, high);
                (low, high, 3)
            }
            _ => (low, low, 1),
        };
        match self.word(next) {
            Some("x" | "times" | "mal") => {
                self.at += next + 1;
                if self.number(0).is_some() && self.word(1).and_then(unit).is_some() {
                    // `2 x 300 mg`: pieces.
                    self.set_dose(Dose::Pieces(low, high));
                } else {
                    self.times(low, high);
                }
                true
            }
            Some(word) if words::is_piece(word) => {
                let route = words::route(word);
                self.sig.route = self.sig.route.or(route);
                self.at += next + 1;
                self.set_dose(Dose::Pieces(low, high));
                true
            }
            Some("ml") if !self.sig.strength.is_empty() => {
                self.at += next + 1;
                self.set_dose(Dose::Ml(low, high));
                true
            }
            _ => false,
        }
    }

    /// A frequency in one word, with what belongs to it: `twice a day`, `once daily`, `3 times a week`, `nocte`.
    fn spoken(&mut self) -> bool {
        let Some(word) = self.word(0).map(str::to_owned) else { return false };
        if let Some(moment) = Moment::of(&word) {
            self.at += 1;
            self.at_moment(moment);
            return true;
        }
        let times = if word == "once" { Some(1) } else { words::times(&word) };
        let Some(times) = times.map(Exact::whole) else { return false };
        self.at += 1;
        if matches!(word.as_str(), "once" | "twice" | "thrice") {
            self.times(times, times);
        } else {
            self.set_often(Often::Times(times, times));
        }
        true
    }

    /// So many times a day, or a week where that follows.
    fn times(&mut self, low: Exact, high: Exact) {
        if !self.a_week() {
            self.a_day();
            return self.set_often(Often::Times(low, high));
        }
        let every = |times| Exact::whole(168).over(times).ok().flatten();
        match (every(high), every(low)) {
            (Some(shortest), Some(longest)) => self.set_often(Often::Every(shortest, longest)),
            _ => self.sig.unclear.push(format!("{} times a week", high.plain())),
        }
    }

    /// `a week`, `weekly`, `/week` behind a number of times.
    fn a_week(&mut self) -> bool {
        let before = self.at;
        if self.is_sign(0, '/') || matches!(self.word(0), Some("a" | "per" | "in" | "each" | "every" | "pro")) {
            self.at += 1;
        }
        let is_week = matches!(self.word(0), Some("week" | "weekly" | "wk" | "w" | "woche" | "wöchentlich"));
        self.at = if is_week { self.at + 1 } else { before };
        is_week
    }

    /// A time of day: as many as are named make the times a day, unless these were said already.
    fn at_moment(&mut self, moment: Moment) {
        let count = |moments: usize| Exact::whole(i64::try_from(moments).unwrap_or(i64::MAX));
        let by_moments = |moments: usize| Often::Times(count(moments), count(moments));
        let before = self.moments.len();
        self.moments.insert(moment);
        if self.sig.often.is_none() || (before > 0 && self.sig.often == Some(by_moments(before))) {
            self.sig.often = Some(by_moments(self.moments.len()));
        }
    }

    /// Sets how often. What says it a second time and not the same makes it unclear; once a day agrees with all, as in
    /// `once daily q72h`.
    fn set_often(&mut self, often: Often) {
        let once = Often::Times(Exact::ONE, Exact::ONE);
        let a_day = |often: &Often| match often {
            Often::Times(low, high) if low == high => Some(*high),
            Often::Every(low, high) if low == high => Exact::whole(24).over(*low).ok().flatten(),
            Often::Parts(parts) => {
                let taken = parts.iter().filter(|part| **part > Exact::ZERO).count();
                i64::try_from(taken).ok().map(Exact::whole)
            }
            Often::Times(..) | Often::Every(..) => None,
        };
        match &self.sig.often {
            None => self.sig.often = Some(often),
            Some(said) if *said == once => self.sig.often = Some(often),
            Some(said) if *said == often || often == once => {}
            Some(said) if a_day(said).is_some() && a_day(said) == a_day(&often) => {}
            Some(said) => {
                self.sig.unclear.push(format!("{} or {}: say how often", words::often(said), words::often(&often)));
            }
        }
    }
}

/// A range as it is meant: `1-1/2` tablets are one and a half.
pub(super) fn from_to(low: Exact, high: Exact) -> (Exact, Exact) {
    match low.plus(high) {
        Ok(sum) if high < Exact::ONE && low.as_whole().is_some() && low >= Exact::ONE => (sum, sum),
        _ => (low.least(high), low.most(high)),
    }
}
