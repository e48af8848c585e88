//! A typed line in tokens: numbers, words and signs, each with where it stood.

use std::ops::Range;

use super::amount::unit;
use crate::clinical::exact::Exact;

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number.
    Number(Exact),
    /// A number written with a sign between thousands, or one that could be: never read.
    Doubtful(String),
    /// A word in small letters.
    Word(String),
    /// A sign.
    Sign(char),
}

/// A token with its place.
#[derive(Debug, Clone)]
pub(super) struct At {
    pub token: Token,
    pub range: Range<usize>,
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<At> {
    let mut out = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let mut end = at + c.len_utf8();
        let mut take = |wanted: &dyn Fn(char) -> bool| {
            while let Some((next, c)) = rest.peek().copied() {
                if !wanted(c) {
                    break;
                }
                end = next + c.len_utf8();
                rest.next();
            }
        };
        let token = match c {
            c if c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | ':') => continue,
            '½' => Token::Number(Exact::decimal(5, 1)),
            '¼' => Token::Number(Exact::decimal(25, 2)),
            '¾' => Token::Number(Exact::decimal(75, 2)),
            '×' => Token::Word("x".to_owned()),
            '–' | '—' | '-' => Token::Sign('-'),
            '.' => continue,
            c if c.is_ascii_digit() => {
                take(&|c| c.is_ascii_digit() || matches!(c, '.' | ','));
                number(text[at..end].trim_end_matches(['.', ',']))
            }
            c if c.is_alphabetic() || c == 'µ' => {
                take(&|c| c.is_alphabetic() || matches!(c, '.' | 'µ' | '\''));
                Token::Word(word(&text[at..end]))
            }
            other => Token::Sign(other),
        };
        out.push(At { token, range: at..end });
    }
    halves(&out)
}

/// A number with point or comma; what could be thousands is not read.
fn number(text: &str) -> Token {
    let marks = text.matches([',', '.']).count();
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let thousands = part.len() == 3 && !whole.trim_start_matches('0').is_empty();
    if marks > 1 || thousands {
        return Token::Doubtful(text.to_owned());
    }
    text.replace(',', ".").parse().map_or_else(|_| Token::Doubtful(text.to_owned()), Token::Number)
}

/// A word in small letters without points: `b.i.d.` is `bid`.
fn word(text: &str) -> String {
    let low = text.to_lowercase().replace(['.', '\''], "");
    match low.as_str() {
        "µg" | "μg" | "ug" | "mcgs" | "microgram" | "micrograms" | "mikrogramm" => "mcg".to_owned(),
        "milligram" | "milligrams" | "milligramm" | "mgs" => "mg".to_owned(),
        "gram" | "grams" | "gramm" | "gm" => "g".to_owned(),
        "milliliter" | "millilitre" | "milliliters" | "millilitres" | "mls" | "cc" => "ml".to_owned(),
        _ => low,
    }
}

/// `1/2` alone is a half: no combination has those strengths. `1½` is one and a half, and so is `1 1/2` behind a strength.
fn halves(tokens: &[At]) -> Vec<At> {
    let mut out: Vec<At> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let (next, taken) = fraction(&tokens[at..]).unwrap_or_else(|| (tokens[at].clone(), 1));
        at += taken;
        match mixed(&out, &next) {
            Some(mixed) => {
                out.pop();
                out.push(mixed);
            }
            None => out.push(next),
        }
    }
    out
}

/// A fraction written with a stroke, and how many tokens it has.
fn fraction(tokens: &[At]) -> Option<(At, usize)> {
    let [above, sign, below, ..] = tokens else { return None };
    let whole = |at: &At| match &at.token {
        Token::Number(number) => number.as_whole(),
        _ => None,
    };
    let hundredths = match (whole(above)?, whole(below)?) {
        (1, 2) => 50,
        (1, 4) => 25,
        (3, 4) => 75,
        _ => return None,
    };
    let token = Token::Number(Exact::decimal(hundredths, 2));
    (sign.token == Token::Sign('/')).then_some((At { token, range: above.range.start..below.range.end }, 3))
}

/// A whole number and the part of one behind it as one number: directly behind, or with a space where the whole number is
/// small and itself follows a strength (`10 mg 1 1/2 tabs`; but `gabapentin 300 1/2` is half of one of 300).
fn mixed(before: &[At], next: &At) -> Option<At> {
    let [rest @ .., last] = before else { return None };
    let (Token::Number(whole), Token::Number(part)) = (&last.token, &next.token) else { return None };
    let is_part = *part < Exact::ONE && *part > Exact::ZERO && whole.as_whole().is_some();
    let follows_strength = rest.last().is_some_and(|before| match &before.token {
        Token::Number(_) => true,
        Token::Word(word) => unit(word).is_some(),
        Token::Sign(_) | Token::Doubtful(_) => false,
    });
    let is_behind = last.range.end == next.range.start;
    let is_one = is_part && (is_behind || (*whole < Exact::whole(10) && follows_strength));
    let token = Token::Number(whole.plus(*part).ok()?);
    is_one.then_some(At { token, range: last.range.start..next.range.end })
}
