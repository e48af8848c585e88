//! A typed line in tokens: numbers, words and signs, each with where it stood.

use std::ops::Range;

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

/// `1/2` alone is a half: no combination has those strengths.
fn halves(tokens: &[At]) -> Vec<At> {
    let mut out: Vec<At> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let [one, sign, two, ..] = &tokens[at..]
            && one.token == Token::Number(Exact::ONE)
            && sign.token == Token::Sign('/')
            && let Token::Number(below) = two.token
            && (below == Exact::whole(2) || below == Exact::whole(4))
        {
            let half = if below == Exact::whole(2) { Exact::decimal(5, 1) } else { Exact::decimal(25, 2) };
            out.push(At { token: Token::Number(half), range: one.range.start..two.range.end });
            at += 3;
        } else {
            out.push(tokens[at].clone());
            at += 1;
        }
    }
    out
}
