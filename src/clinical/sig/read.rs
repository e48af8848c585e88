//! The grammar: from a typed line to its reading. Each try looks at the tokens ahead and takes what it knows; what nobody
//! takes is named as unread. How often is in `often`, how much in `amount`.

use std::collections::BTreeSet;

use super::amount::unit;
use super::moment::Moment;
use super::token::{At, Token, tokens};
use super::{Most, Sig, units, words};
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
    let all = tokens_behind(line[..from].trim(), rest);
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

/// The tokens behind a name. Behind that of a combination `5-325 mg` are two strengths as `5/325 mg` are, and no range.
fn tokens_behind(name: &str, text: &str) -> Vec<At> {
    let mut all = tokens(text);
    if let Some(first) = all.iter().position(|at| matches!(at.token, Token::Number(_)))
        && are_two_strengths(&all[first..])
        && is_of_two(name)
    {
        all[first + 1].token = Token::Sign('/');
    }
    all
}

/// Whether two numbers with a dash between them are the strengths of a combination: they fall, or the second is that of a
/// plain analgesic beside an opioid. `5-10 mg` and `1-2 tabs` stay ranges, `1-0-1` the parts of a day.
fn are_two_strengths(all: &[At]) -> bool {
    let [
        At { token: Token::Number(one), .. },
        At { token: Token::Sign('-'), .. },
        At { token: Token::Number(other), .. },
        behind @ ..,
    ] = all
    else {
        return false;
    };
    let is_other = match behind.first().map(|at| &at.token) {
        Some(Token::Sign('-')) => true,
        Some(Token::Word(word)) => words::is_piece(word),
        _ => false,
    };
    // No range of doses reaches from one to four times as much, nor lies a range of an opioid so high.
    let is_far = *other >= Exact::HUNDRED && one.times(Exact::whole(4)).is_ok_and(|four| four <= *other);
    !is_other && (one > other && *other > Exact::ZERO || is_far)
}

/// Whether a name is that of a combination of two.
fn is_of_two(name: &str) -> bool {
    let as_one = medicine::named(name).iter().any(|name| medicine::parts_of(&name.name).len() == 2);
    as_one || medicine::combination(name).is_some_and(|parts| parts.len() == 2)
}

/// A line while it is read.
pub(super) struct Reader<'a> {
    text: &'a str,
    tokens: Vec<At>,
    pub(super) at: usize,
    /// What was read so far.
    pub sig: Sig,
    /// The times of day that were named.
    pub(super) moments: BTreeSet<Moment>,
}

impl<'a> Reader<'a> {
    /// A line, its name read.
    pub fn of(line: &'a str) -> Self {
        let line = line.trim();
        let after = name_end(line);
        let name = line[..after].trim().trim_end_matches([',', ';', ':']).trim().to_owned();
        let text = &line[after..];
        let tokens = tokens_behind(&name, text);
        Self { text, tokens, at: 0, sig: Sig { name, ..Sig::default() }, moments: BTreeSet::new() }
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
    pub(super) fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|at| &at.token)
    }

    pub(super) fn word(&self, ahead: usize) -> Option<&str> {
        match self.token(ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self, ahead: usize) -> Option<Exact> {
        match self.token(ahead) {
            Some(Token::Number(number)) => Some(*number),
            Some(Token::Word(word)) => words::spelled(word).map(Exact::whole),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, ahead: usize, sign: char) -> bool {
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
            || self.length()
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

    /// `#120`, `qty 120`.
    fn quantity(&mut self) -> bool {
        if !(self.is_sign(0, '#') || matches!(self.word(0), Some("qty" | "quantity" | "disp" | "dispense"))) {
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

    /// `for 14 days`, `x 2 weeks`: how long, which is no amount.
    fn length(&mut self) -> bool {
        let before = usize::from(matches!(self.word(0), Some("for" | "x" | "over" | "during")));
        let Some(taken) = self.length_from(before).filter(|_| before == 1) else { return false };
        self.at += taken;
        true
    }

    /// How many tokens a number of days, weeks or months reaches from here that begins so many tokens on.
    pub(super) fn length_from(&self, from: usize) -> Option<usize> {
        self.number(from)?;
        let is_range =
            (self.is_sign(from + 1, '-') || self.word(from + 1) == Some("to")) && self.number(from + 2).is_some();
        let next = from + if is_range { 3 } else { 1 };
        let is_long = self.word(next).and_then(words::hours).is_some_and(|hours| hours >= 24);
        is_long.then_some(next + 1)
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
