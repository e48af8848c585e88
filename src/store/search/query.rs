//! What was typed, as a query that is never wrong, and one that finds the newest without looking at all the rest.
//!
//! The index keeps the beginnings of words of a few lengths ([`KEPT`]): texts with one of them come newest first, one by one.
//! For a beginning of any other length it would first gather every text there ever was. So such a one is looked for by a
//! beginning that is kept, or only by the other words, and each text that comes is looked at for the rest of it. That is
//! over soon for a word that is in use; for one that is rare in what is new, all texts are gathered after all, and are few.

use std::ops::RangeInclusive;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, params};

use crate::clinical::text::{clean_line, fold};
use crate::store::error::{Doing, StoreError};

/// Words looked at in a query; more only slow it down.
const WORDS: usize = 32;
/// Characters of a word that count.
const LETTERS: usize = 64;
/// The lengths of beginnings that the index keeps, as its table says.
const KEPT: RangeInclusive<usize> = 3..=6;
/// So many texts are looked at for the rest of a word.
const LOOKED_AT: i64 = 200;
/// So many of the newest texts are looked at for one or two letters, which almost every text holds somewhere.
pub(super) const NEWEST: i64 = 2000;
/// Words shown around a hit, and how many of them before it.
const AROUND: (usize, usize) = (16, 5);

/// What is asked of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// All words, the last as a beginning.
    pub whole: String,
    /// Where that would gather every text: words that find more, and the beginning to look for in what they find.
    pub quick: Option<(String, String)>,
    /// One or two letters and nothing else: looked for in the newest texts as they stand.
    pub short: Option<String>,
}

impl Query {
    /// Reads what was typed; none if there is no word in it.
    pub(super) fn of(typed: &str) -> Option<Self> {
        let words: Vec<String> = clean_line(typed)
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .take(WORDS)
            .map(|word| word.chars().take(LETTERS).collect())
            .collect();
        let (last, others) = words.split_last()?;
        let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
        let others: Vec<String> = others.iter().map(|word| quoted(word)).collect();
        let with = |last: &str| format!("{} {}*", others.join(" "), quoted(last)).trim_start().to_owned();
        let letters = last.chars().count();
        let quick = if !last.chars().all(char::is_alphanumeric) || KEPT.contains(&letters) {
            None
        } else if letters < *KEPT.start() {
            (!others.is_empty()).then(|| others.join(" "))
        } else {
            Some(with(&last.chars().take(*KEPT.end()).collect::<String>()))
        };
        let is_short = others.is_empty() && letters < *KEPT.start() && last.chars().all(char::is_alphanumeric);
        let short = is_short.then(|| fold(last));
        Some(Self { whole: with(last), quick: quick.map(|query| (query, fold(last))), short })
    }
}

/// The key from which on the newest texts that a quick query finds are looked at, and whether that is all of them.
pub(super) fn looked_at(conn: &Connection, query: &str, before: i64) -> Result<(i64, bool), StoreError> {
    const DOING: &str = "searching";
    let sql = "SELECT count(*), coalesce(min(rowid), 0) FROM
               (SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3)";
    let mut statement = conn.prepare_cached(sql).doing(DOING)?;
    let (count, from): (i64, i64) =
        statement.query_row(params![query, before, LOOKED_AT], |row| Ok((row.get(0)?, row.get(1)?))).doing(DOING)?;
    Ok((from, count < LOOKED_AT))
}

/// Teaches a connection `holds_word(text, beginning)`: whether a word of the text begins so, both folded.
pub(in crate::store) fn register(conn: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("holds_word", 2, flags, |context| {
        let text = context.get_raw(0).as_str().unwrap_or_default();
        Ok(holds_word(text, context.get_raw(1).as_str().unwrap_or_default()))
    })
    .doing("preparing the search")
}

/// Whether a word of a text begins so; the beginning is folded already.
pub(super) fn holds_word(text: &str, beginning: &str) -> bool {
    fold(text).split(' ').any(|word| word.starts_with(beginning))
}

/// A text around its first word that begins so: before it, the word, after it.
pub(super) fn around(text: &str, beginning: &str) -> [String; 3] {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| holds_word(word, beginning)).unwrap_or(0);
    let from = at.saturating_sub(AROUND.1);
    let to = (from + AROUND.0).min(words.len());
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let before = words[from..at.min(words.len())].iter().fold(String::new(), |out, word| out + word + " ");
    let after = words.iter().take(to).skip(at + 1).fold(String::new(), |out, word| out + " " + word);
    let hit = words.get(at).copied().unwrap_or_default().to_owned();
    [format!("{}{before}", cut(from > 0)), hit, format!("{after}{}", cut(to < words.len()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_beginning_of_a_length_that_is_not_kept_is_looked_for_in_another_way() {
        for (typed, whole, quick) in [
            ("sho", r#""sho"*"#, None),
            ("should", r#""should"*"#, None),
            ("shoulder", r#""shoulder"*"#, Some((r#""should"*"#, "shoulder"))),
            ("left SCHULTERN", r#""left" "SCHULTERN"*"#, Some((r#""left" "SCHULT"*"#, "schultern"))),
            ("left s", r#""left" "s"*"#, Some((r#""left""#, "s"))),
            ("s", r#""s"*"#, None),
            ("give-way", r#""give-way"*"#, None),
            ("left \"give", r#""left" """give"*"#, None),
        ] {
            let query = Query::of(typed).unwrap();
            assert_eq!(query.whole, whole);
            let said = query.quick.as_ref().map(|(query, beginning)| (query.as_str(), beginning.as_str()));
            assert_eq!(said, quick, "{typed}");
        }
        assert_eq!(Query::of(" - \" * ( "), None);
        for (typed, short) in [("s", Some("s")), ("L5", Some("l5")), ("sho", None), ("left s", None), ("a-", None)] {
            assert_eq!(Query::of(typed).unwrap().short.as_deref(), short, "{typed}");
        }
    }

    #[test]
    fn a_short_hit_is_shown_among_its_words() {
        for (text, shown) in [
            ("TFESI L5 left", ["TFESI ", "L5", " left"]),
            ("L5", ["", "L5", ""]),
            ("a b c d e f L5-S1 g", ["…b c d e f ", "L5-S1", " g"]),
        ] {
            assert_eq!(around(text, "l5"), shown);
        }
        let long = format!("L5 {}", "word ".repeat(30));
        assert_eq!(around(&long, "l5")[2], format!("{}…", " word".repeat(15)));
        assert_eq!(around("", "l5"), ["", "", ""]);
    }
}
