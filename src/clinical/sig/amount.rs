//! How much: the strength, and how much of it at a time.

use super::often::from_to;
use super::read::Reader;
use super::token::Token;
use super::{Dose, Per, Unit};
use crate::clinical::exact::Exact;
use crate::clinical::vocab::Vocab;

impl Reader<'_> {
    /// A number with what it counts: `300 mg`, `10/325`, `25 mcg/h`, `10 mg/5 ml`, `5-10 mg`, or bare.
    pub(super) fn amount(&mut self) -> bool {
        let Some(low) = self.number(0) else { return false };
        if let Some(taken) = self.length_from(0) {
            // A number of days is how long, never how much.
            self.at += taken;
            return true;
        }
        let mut numbers = vec![low];
        let mut next = 1;
        let above = self.number(2).filter(|_| self.is_sign(1, '-'));
        let is_range = above.is_some();
        if let Some(above) = above {
            let (low, high) = from_to(low, above);
            numbers = vec![low, high];
            next = 3;
        } else {
            // A unit may stand after each: `5 mg/325 mg`.
            loop {
                let skip = usize::from(self.word(next).and_then(unit).is_some());
                if self.is_sign(next + skip, '/')
                    && let Some(Token::Number(more)) = self.token(next + skip + 1)
                    && self.word(next + skip + 2) != Some("ml")
                {
                    numbers.push(*more);
                    next += skip + 2;
                } else {
                    break;
                }
            }
        }
        let unit = match self.token(next) {
            Some(Token::Word(word)) => unit(word),
            Some(Token::Sign('%')) => Some(Unit::Percent),
            _ => None,
        };
        self.at += next + usize::from(unit.is_some());
        let per = if unit.is_some() { self.per() } else { None };
        self.take_amount(&numbers, is_range, unit, per);
        true
    }

    /// What an amount is in: `/h`, `/5 ml`, `per hour`, `a day`.
    fn per(&mut self) -> Option<Per> {
        let before = self.at;
        if self.a_day() {
            return Some(Per::Day);
        }
        if !(self.is_sign(0, '/') || matches!(self.word(0), Some("per" | "an" | "in"))) {
            return None;
        }
        self.at += 1;
        let number = match self.token(0) {
            Some(Token::Number(number)) => Some(*number),
            _ => None,
        };
        let skip = usize::from(number.is_some());
        let per = match self.word(skip) {
            Some("ml") => Some(Per::Ml(number.unwrap_or(Exact::ONE))),
            Some("h" | "hr" | "hour" | "std" | "stunde") if number.is_none() => Some(Per::Hour),
            _ => None,
        };
        if per.is_some_and(|per| per != Per::Ml(Exact::ZERO)) {
            self.at += skip + 1;
            return per;
        }
        self.at = before;
        None
    }

    fn take_amount(&mut self, numbers: &[Exact], is_range: bool, unit: Option<Unit>, per: Option<Per>) {
        let sig = &mut self.sig;
        let (Some(low), Some(high)) = (numbers.first().copied(), numbers.last().copied()) else { return };
        if sig.strength.is_empty() {
            sig.unit = unit;
            if is_range {
                // `5-10 mg` at a time: one strength, from one to several of it.
                sig.strength = vec![low];
                sig.dose = match unit {
                    Some(unit) => Some(Dose::Amount(low, high, unit)),
                    None => Some(Dose::Pieces(low, high)),
                };
                if unit.is_none() {
                    sig.strength.clear();
                }
            } else {
                sig.strength = numbers.to_vec();
            }
            sig.per = per.unwrap_or_default();
            return;
        }
        let typed = || numbers.iter().map(|number| number.plain()).collect::<Vec<_>>().join("/");
        match (unit, per) {
            (_, Some(_)) => sig.unclear.push("two strengths: write a line for each".to_owned()),
            (Some(unit), None) if sig.per == Per::Piece && sig.often.is_some() => {
                let dose = format!("{} {}", typed(), unit.label());
                sig.unclear.push(format!("{dose} behind how often: write a line for each dose"));
            }
            (_, None) if !is_range && numbers.len() > 1 => sig.unclear.push(format!("{}: which is it?", typed())),
            (Some(unit), None) => self.set_dose(Dose::Amount(low, high, unit)),
            (None, None) => self.set_dose(Dose::Pieces(low, high)),
        }
    }

    /// Sets how much is taken at a time; a second amount makes it unclear.
    pub(super) fn set_dose(&mut self, dose: Dose) {
        match &self.sig.dose {
            None => self.sig.dose = Some(dose),
            Some(said) if *said == dose => {}
            Some(_) => self.sig.unclear.push("two doses: write a line for each".to_owned()),
        }
    }
}

/// The unit that a word is.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "mg" => Unit::Mg,
        "mcg" => Unit::Mcg,
        "g" => Unit::G,
        "unit" | "units" | "iu" | "ie" => Unit::Units,
        "percent" => Unit::Percent,
        _ => return None,
    })
}
