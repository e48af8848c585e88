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

/// What is asked of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    /// All words, the last as a beginning.
    pub whole: String,
    /// Where that would gather every text: words that find more, and the beginning to look for in what they find.
    pub quick: Option<(String, String)>,
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
        Some(Self { whole: with(last), quick: quick.map(|query| (query, fold(last))) })
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
        let text = fold(context.get_raw(0).as_str().unwrap_or_default());
        let beginning = context.get_raw(1).as_str().unwrap_or_default();
        Ok(text.split(' ').any(|word| word.starts_with(beginning)))
    })
    .doing("preparing the search")
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
    }
}
