//! The grammar: from a typed line to its reading. Each try looks at the tokens ahead and takes what it knows; what nobody
//! takes is named as unread.

use super::token::{At, Token, tokens};
use super::{Dose, Most, Often, Per, Sig, Unit, units, words};
use crate::clinical::exact::Exact;
use crate::clinical::medicine;

/// Reads a typed line. Nothing is guessed but the unit of a bare number whose medicine the table counts in one unit only.
pub fn read(line: &str) -> Sig {
    let mut reader = Reader::of(line);
    let rest = reader.text;
    while reader.at < reader.tokens.len() {
        if !reader.step() {
            let at = &reader.tokens[reader.at];
            if at.token != Token::Sign('/') && at.token != Token::Sign('-') {
                reader.sig.unread.push(rest[at.range.clone()].to_owned());
            }
            reader.at += 1;
        }
    }
    let mut sig = reader.sig;
    units::settle(&mut sig);
    sig
}

/// A line with another strength in place of its first; none where it has none.
pub fn with_strength(line: &str, strength: &str) -> Option<String> {
    let from = name_end(line);
    let rest = &line[from..];
    let all = tokens(rest);
    let first = all.iter().position(|at| matches!(at.token, Token::Number(_)))?;
    // The number, further ones behind a stroke, the unit behind them, and in what: `mcg/h`, `mg/ml`.
    let mut last = first;
    while let Some(next) = all.get(last + 1) {
        let behind = all.get(last + 2).map(|at| &at.token);
        let is_unit = matches!(all[last].token, Token::Word(_));
        let goes_on = match &next.token {
            Token::Sign('/') => {
                matches!(behind, Some(Token::Number(_))) || is_unit && matches!(behind, Some(Token::Word(_)))
            }
            Token::Number(_) => all[last].token == Token::Sign('/'),
            Token::Word(word) => match &all[last].token {
                Token::Number(_) => unit(word).is_some() || word.eq_ignore_ascii_case("ml"),
                Token::Sign(sign) => *sign == '/',
                Token::Word(_) | Token::Doubtful(_) => false,
            },
            Token::Sign(_) | Token::Doubtful(_) => false,
        };
        if !goes_on {
            break;
        }
        last += 1;
    }
    let (start, end) = (all[first].range.start, all[last].range.end);
    Some(format!("{}{}{strength}{}", &line[..from], &rest[..start], &rest[end..]))
}

/// Where the name ends: the longest beginning that is a name, else before the first number or word of dosing.
fn name_end(line: &str) -> usize {
    let ends: Vec<usize> = line
        .char_indices()
        .filter(|(_, c)| c.is_whitespace() || matches!(c, ',' | ';'))
        .map(|(at, _)| at)
        .chain([line.len()])
        .collect();
    for end in ends.iter().take(8).rev() {
        let part = line[..*end].trim();
        let last = part.rsplit(' ').next().unwrap_or_default().to_lowercase();
        // `er`, `patch` or `mg` behind a name is read for itself, unless it is part of a brand.
        let of_form = words::release(&last).is_some() || words::route(&last).is_some() || unit(&last).is_some();
        if medicine::is_whole_name(part) || (!of_form && !medicine::named(part).is_empty()) {
            return *end;
        }
    }
    let mut end = 0;
    let mut open = false;
    for (n, word) in line.split_inclusive(|c: char| c.is_whitespace()).enumerate() {
        let bare = word.trim().trim_matches([',', ';']).to_lowercase();
        open |= bare.starts_with('(');
        let of_dose = bare.starts_with(|c: char| c.is_ascii_digit() || c == '#')
            || words::times(&bare).is_some()
            || words::release(&bare).is_some()
            || words::is_piece(&bare)
            || unit(&bare).is_some()
            || words::route(&bare).is_some()
            || matches!(bare.as_str(), "prn" | "for" | "as" | "every" | "max");
        if n > 0 && of_dose && !open {
            break;
        }
        open &= !bare.ends_with(')');
        end += word.len();
    }
    end
}

/// A line while it is read.
pub(super) struct Reader<'a> {
    text: &'a str,
    tokens: Vec<At>,
    at: usize,
    /// What was read so far.
    pub sig: Sig,
}

impl<'a> Reader<'a> {
    /// A line, its name read.
    pub fn of(line: &'a str) -> Self {
        let line = line.trim();
        let after = name_end(line);
        let name = line[..after].trim().trim_end_matches([',', ';', ':']).trim().to_owned();
        let text = &line[after..];
        Self { text, tokens: tokens(text), at: 0, sig: Sig { name, ..Sig::default() } }
    }

    /// Takes what stands next and gives it as it was typed; none at the end.
    pub fn take(&mut self) -> Option<&'a str> {
        let from = self.tokens.get(self.at)?.range.start;
        if !self.step() {
            self.at += 1;
        }
        let last = self.at.min(self.tokens.len()).checked_sub(1)?;
        let end = self.tokens.get(last)?.range.end;
        Some(self.text[from..end].trim())
    }
}

impl Reader<'_> {
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|at| &at.token)
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        match self.token(ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn number(&self, ahead: usize) -> Option<Exact> {
        match self.token(ahead) {
            Some(Token::Number(number)) => Some(*number),
            Some(Token::Word(word)) => words::spelled(word).map(Exact::whole),
            _ => None,
        }
    }

    fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.token(ahead) == Some(&Token::Sign(sign))
    }

    /// Takes what stands next; false where nothing knows it.
    fn step(&mut self) -> bool {
        if let Some(Token::Doubtful(text)) = self.token(0) {
            self.sig.refused.push(format!("{text}: write it without a sign between thousands"));
            self.at += 1;
            return true;
        }
        self.most()
            || self.quantity()
            || self.reason()
            || self.need()
            || self.every()
            || self.parts()
            || self.counted()
            || self.amount()
            || self.plain_word()
    }

    /// `max 6/day`, `up to 40 mg a day`, `at most 4`.
    fn most(&mut self) -> bool {
        let skip = match (self.word(0), self.word(1)) {
            (Some("max" | "maximum"), _) => 1,
            (Some("up"), Some("to")) | (Some("at"), Some("most")) | (Some("no"), Some("more")) => 2,
            _ => return false,
        };
        let skip = if self.word(skip) == Some("than") { skip + 1 } else { skip };
        let Some(number) = self.number(skip) else { return false };
        self.at += skip + 1;
        let most = match self.word(0) {
            Some("ml") => Some(Most::Ml(number)),
            Some(word) => unit(word).map(|unit| Most::Amount(number, unit)),
            None => None,
        };
        if most.is_some() || self.word(0).is_some_and(words::is_piece) || matches!(self.word(0), Some("times" | "x")) {
            self.at += 1;
        }
        self.sig.most = Some(most.unwrap_or(Most::Pieces(number)));
        self.a_day();
        true
    }

    /// `/day`, `a day`, `per day`, `in 24 h`, `daily`: says only that a day was meant.
    fn a_day(&mut self) -> bool {
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

    /// `#120`, `qty 120`.
    fn quantity(&mut self) -> bool {
        if !(self.is_sign(0, '#') || matches!(self.word(0), Some("qty" | "quantity"))) {
            return false;
        }
        let Some(typed) = self.number(1) else { return false };
        let Some(number) = typed.as_whole().and_then(|n| u32::try_from(n).ok()) else {
            // A number behind the sign says how many, and nothing else: one that cannot be is not read as a dose.
            self.sig.unread.push(format!("#{}", typed.plain()));
            self.at += 2;
            return true;
        };
        self.sig.quantity = Some(number);
        self.at += 2;
        true
    }

    /// `for back pain`: to the end of the line.
    fn reason(&mut self) -> bool {
        if self.word(0) != Some("for") || self.word(1).is_none() {
            return false;
        }
        let from = self.tokens[self.at].range.end;
        self.sig.reason = Some(self.text[from..].trim().to_owned());
        self.at = self.tokens.len();
        true
    }

    fn need(&mut self) -> bool {
        let taken = match (self.word(0), self.word(1)) {
            (Some("prn" | "sos"), _) => 1,
            (Some("as" | "if" | "when"), Some("needed" | "required")) | (Some("bei"), Some("bedarf")) => 2,
            _ => return false,
        };
        self.sig.as_needed = true;
        self.at += taken;
        true
    }

    /// `q4-6h`, `every 3 days`, `q72h`, `every other day`, `6 hourly`, `weekly`.
    fn every(&mut self) -> bool {
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
        self.sig.often = Some(Often::Every(low, high));
        self.at += taken;
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
    fn parts(&mut self) -> bool {
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
        self.sig.often = Some(Often::Parts(parts));
        self.at += at;
        true
    }

    /// `3x`, `3 times a day`, `1-2 tablets`, `2 patches`, `three times daily`.
    fn counted(&mut self) -> bool {
        let Some(low) = self.number(0) else {
            // `once a week` is taken by `every`; `once a day`, `twice daily`.
            return self.spoken();
        };
        let is_range = self.is_sign(1, '-') || self.word(1) == Some("to");
        let (high, next) = match (is_range, self.number(2)) {
            (true, Some(high)) => (high, 3),
            _ => (low, 1),
        };
        match self.word(next) {
            Some("x" | "times" | "mal") => {
                self.at += next + 1;
                if self.number(0).is_some() && self.word(1).and_then(unit).is_some() {
                    // `2 x 300 mg`: pieces.
                    self.sig.dose = Some(Dose::Pieces(low, high));
                } else {
                    self.sig.often = Some(Often::Times(low, high));
                    self.a_day();
                }
                true
            }
            Some(word) if words::is_piece(word) => {
                let route = words::route(word);
                self.sig.route = self.sig.route.or(route);
                self.sig.dose = Some(Dose::Pieces(low, high));
                self.at += next + 1;
                true
            }
            Some("ml") if !self.sig.strength.is_empty() => {
                self.sig.dose = Some(Dose::Ml(low, high));
                self.at += next + 1;
                true
            }
            _ => false,
        }
    }

    /// A frequency in one word, with what belongs to it: `twice a day`, `once daily`, `nocte`.
    fn spoken(&mut self) -> bool {
        let Some(word) = self.word(0).map(str::to_owned) else { return false };
        let word = word.as_str();
        let times = match word {
            "once" => Some(1),
            word => words::times(word),
        };
        let Some(times) = times else { return false };
        let counts = matches!(word, "once" | "twice" | "thrice");
        self.at += 1;
        if counts {
            self.a_day();
        }
        let times = Exact::whole(times);
        // `once daily at night` is still once; `am and pm` are two.
        let together = match (&self.sig.often, word) {
            (Some(Often::Times(low, _)), "pm" | "qpm" | "evening" | "abends")
                if *low == Exact::ONE && self.follows_and() =>
            {
                Exact::whole(2)
            }
            (Some(_), _) => return true,
            (None, _) => times,
        };
        self.sig.often = Some(Often::Times(together, together));
        true
    }

    fn follows_and(&self) -> bool {
        self.at >= 2 && matches!(&self.tokens[self.at - 2].token, Token::Word(word) if word == "and")
    }

    /// A number with what it counts: `300 mg`, `10/325`, `25 mcg/h`, `10 mg/5 ml`, `5-10 mg`, or bare.
    fn amount(&mut self) -> bool {
        let Some(low) = self.number(0) else { return false };
        let mut numbers = vec![low];
        let mut next = 1;
        let is_range = self.is_sign(1, '-') && self.number(2).is_some();
        if is_range {
            numbers.extend(self.number(2));
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
        match (unit, per) {
            (Some(unit), None) => sig.dose = Some(Dose::Amount(low, high, unit)),
            (Some(_), Some(_)) => sig.unread.push("a second strength".to_owned()),
            (None, _) if sig.dose.is_none() => {
                sig.dose = Some(Dose::Pieces(low, if is_range { high } else { low }));
            }
            (None, _) => sig.unread.push(low.plain()),
        }
    }

    fn plain_word(&mut self) -> bool {
        let Some(word) = self.word(0) else { return false };
        let (release, route) = (words::release(word), words::route(word));
        let known = release.is_some() || route.is_some() || words::is_piece(word) || words::is_filler(word);
        self.sig.release = self.sig.release.or(release);
        self.sig.route = self.sig.route.or(route);
        self.at += usize::from(known);
        known
    }
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "mg" => Unit::Mg,
        "mcg" => Unit::Mcg,
        "g" => Unit::G,
        "unit" | "units" | "iu" | "ie" => Unit::Units,
        "percent" => Unit::Percent,
        _ => return None,
    })
}
