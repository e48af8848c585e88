//! The physician's own dot-phrases: `phrases.toml` beside the settings.
//!
//! ```toml
//! plan = "We agreed on ***."                               # .plan
//!
//! [lumbar]                                                 # .lumbar, with a title for the list
//! title = "Low back, my way"
//! text = """Pain {now} of 10.
//! Straight leg raise ***."""
//! ```
//!
//! What cannot stand is a sentence with its line and column; every other phrase of the file is used.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use crate::clinical::phrase::{OwnPhrase, PhraseBook};
use crate::clinical::text::{clean, clean_line, cut};

/// The own phrases of a file, which need not exist.
pub fn load(file: &Path) -> PhraseBook {
    match fs::read_to_string(file) {
        Ok(text) => parse(&text),
        Err(why) if why.kind() == io::ErrorKind::NotFound => PhraseBook::default(),
        Err(why) => PhraseBook { own: Vec::new(), faults: vec![format!("{} cannot be read: {why}", file.display())] },
    }
}

/// The own phrases of a text: the good ones, and what is wrong with the others.
pub fn parse(text: &str) -> PhraseBook {
    let (file, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(text);
    let mut broken: Vec<Range<usize>> = Vec::new();
    for error in &errors {
        let at = error.span().unwrap_or(0..0);
        reader.wrong(&at, error.message().trim_end().to_owned());
        broken.push(at);
    }
    let mut own = Vec::new();
    for (word, value) in file.get_ref() {
        // What stands on a line that cannot be read was not meant as it was read.
        let spoiled = broken.iter().any(|at| same_lines(text, at, &(word.span().start..value.span().end)));
        if !spoiled {
            own.extend(phrase(&mut reader, word.get_ref(), &word.span(), value));
        }
    }
    own.sort_by_key(|(at, _): &(usize, OwnPhrase)| *at);
    reader.mistakes.sort();
    let faults = reader.mistakes.iter().map(ToString::to_string).collect();
    PhraseBook { own: own.into_iter().map(|(_, phrase)| phrase).collect(), faults }
}

/// Whether a fault lies on a line of an entry.
fn same_lines(text: &str, fault: &Range<usize>, entry: &Range<usize>) -> bool {
    let start = text[..entry.start.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(entry.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| entry.end + at);
    (start..=end).contains(&fault.start)
}

fn phrase(
    reader: &mut Reader<'_>,
    word: &str,
    at: &Range<usize>,
    value: &Spanned<DeValue<'_>>,
) -> Option<(usize, OwnPhrase)> {
    let fits = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    if word.is_empty() || word.chars().count() > 30 || !word.chars().all(fits) {
        reader
            .wrong(at, format!("`{}` cannot be a phrase's word: letters, digits, - and _ make one", clean_line(word)));
        return None;
    }
    let (title, text) = match value.get_ref() {
        DeValue::String(text) => (None, (text.as_ref(), value.span())),
        DeValue::Table(table) => {
            let text = member(reader, table, "text");
            let title = member(reader, table, "title");
            for (key, _) in table.iter().filter(|(key, _)| !matches!(key.get_ref().as_ref(), "text" | "title")) {
                let name = key.get_ref();
                reader.wrong(&key.span(), format!("a phrase has a `text` and a `title`, no `{name}`"));
            }
            let Some(text) = text else {
                reader.wrong(at, format!("`{word}` has no `text`"));
                return None;
            };
            (title.map(|(title, _)| title), text)
        }
        _ => {
            reader.wrong(&value.span(), format!("`{word}` is a text in quotes"));
            return None;
        }
    };
    let (text, span) = (clean(text.0).trim().to_owned(), text.1);
    if text.is_empty() {
        reader.wrong(&span, format!("`{word}` is empty"));
        return None;
    }
    let title = title.map_or_else(|| cut(&clean_line(&text), 60), clean_line);
    Some((at.start, OwnPhrase { word: word.to_owned(), title, text }))
}

fn member<'t>(reader: &mut Reader<'_>, table: &'t DeTable<'t>, name: &str) -> Option<(&'t str, Range<usize>)> {
    let (_, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
    let DeValue::String(text) = value.get_ref() else {
        reader.wrong(&value.span(), format!("`{name}` is a text in quotes"));
        return None;
    };
    Some((text.as_ref(), value.span()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(book: &PhraseBook) -> Vec<&str> {
        book.own.iter().map(|phrase| phrase.word.as_str()).collect()
    }

    #[test]
    fn a_phrase_is_a_text_or_a_section() {
        let text =
            "plan = \"We agreed on ***.\"\n\n[lumbar]\ntitle = \"Low back\"\ntext = '''\nPain {now}.\nSLR ***.'''\n";
        let book = parse(text);
        assert_eq!(book.faults, Vec::<String>::new());
        assert_eq!(book.text("plan"), Some("We agreed on ***."));
        assert_eq!(book.text("lumbar"), Some("Pain {now}.\nSLR ***."));
        assert_eq!(book.own[1].title, "Low back");
    }

    #[test]
    fn faulty_ones_are_sentences_with_line_and_column_and_the_good_ones_stay() {
        for (text, good, faults) in [
            ("a = \"x\"\nb = 7\nc = \"y\"", &["a", "c"][..], &["line 2, column 5: `b` is a text in quotes"][..]),
            ("a = \"x\"\nb = \"\"\n", &["a"], &["line 2, column 5: `b` is empty"]),
            ("\"two words\" = \"x\"\nc = \"y\"", &["c"], &["line 1, column 1: `two words` cannot be"]),
            ("[a]\ntitle = \"x\"\n[c]\ntext = \"y\"", &["c"], &["line 1, column 2: `a` has no `text`"]),
            ("[a]\ntext = \"x\"\nhint = \"y\"", &["a"], &["line 3, column 1: a phrase has"]),
            ("a = \"x\"\nb = = 3\nc = \"y\"", &["a", "c"], &["line 2, column"]),
            ("a = \"x\"\nb = \"never closed\nc = \"y\"", &["a", "c"], &["line 2, column"]),
            ("", &[], &[]),
        ] {
            let book = parse(text);
            assert_eq!(words(&book), good, "{text}: {:?}", book.faults);
            assert_eq!(book.faults.is_empty(), faults.is_empty(), "{text}: {:?}", book.faults);
            for fault in faults {
                assert!(book.faults.iter().any(|said| said.starts_with(fault)), "{text}: {:?}", book.faults);
            }
        }
    }

    #[test]
    fn what_would_drive_a_terminal_stays_outside() {
        let book = parse("a = \"before\\u001b[2Jafter\"");
        assert_eq!(book.text("a"), Some("before[2Jafter"));
    }

    #[test]
    fn a_file_that_is_not_there_is_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load(&folder.path().join("phrases.toml")), PhraseBook::default());
        fs::write(folder.path().join("phrases.toml"), [0xFF, 0xFE]).unwrap();
        assert_eq!(load(&folder.path().join("phrases.toml")).faults.len(), 1);
    }
}
