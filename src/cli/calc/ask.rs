//! Asking a calculator's questions in words, one a line.

use std::io;

use super::Terminal;
use crate::clinical::exact::Exact;
use crate::clinical::text::clean_line;
use crate::format::calc::Json;
use crate::format::calc::ask::{Kind, Question};

type Fields = Vec<(String, Json)>;

/// Asks all questions; none where the input ends before they do. An empty line skips what may be left out; anything that
/// cannot be read is asked again.
pub(super) fn ask(questions: &[Question], terminal: &mut Terminal) -> io::Result<Option<Json>> {
    Ok(fields(questions, terminal)?.map(Json::Object))
}

fn fields(questions: &[Question], terminal: &mut Terminal) -> io::Result<Option<Fields>> {
    let mut fields = Fields::new();
    for question in questions {
        if question.when.is_some_and(|when| !when(&fields)) {
            continue;
        }
        match value(question, terminal)? {
            Told::Value(json) => fields.push((question.key.clone(), json)),
            Told::Skipped => {}
            Told::Ended => return Ok(None),
        }
    }
    Ok(Some(fields))
}

enum Told {
    Value(Json),
    Skipped,
    Ended,
}

fn value(question: &Question, terminal: &mut Terminal) -> io::Result<Told> {
    match &question.kind {
        Kind::Group(questions) => {
            if question.optional {
                match yes(&format!("{}?", question.words), terminal)? {
                    Some(true) => {}
                    Some(false) => return Ok(Told::Skipped),
                    None => return Ok(Told::Ended),
                }
            } else {
                writeln!(terminal.words, "{}:", question.words)?;
            }
            Ok(fields(questions, terminal)?.map_or(Told::Ended, |fields| Told::Value(Json::Object(fields))))
        }
        Kind::Rows(questions) => rows(question, questions, terminal),
        Kind::Number | Kind::OneOf(_) | Kind::YesNo | Kind::Date | Kind::Word(_) | Kind::Words(_) => {
            line(question, terminal)
        }
    }
}

fn yes(words: &str, terminal: &mut Terminal) -> io::Result<Option<bool>> {
    loop {
        write!(terminal.words, "{words} (y/n) ")?;
        let Some(said) = read(terminal)? else { return Ok(None) };
        match flag(&said) {
            Some(flag) => return Ok(Some(flag)),
            None if said.is_empty() => return Ok(Some(false)),
            None => writeln!(terminal.words, "  y or n")?,
        }
    }
}

/// Rows, until the first question of one is left empty. The end of the input ends them too: nothing is half told then.
fn rows(question: &Question, questions: &[Question], terminal: &mut Terminal) -> io::Result<Told> {
    let mut rows = Vec::new();
    let Some((first, rest)) = questions.split_first() else { return Ok(Told::Skipped) };
    writeln!(terminal.words, "{} (an empty line ends):", question.words)?;
    loop {
        let opening = Question { optional: true, ..first.clone() };
        let Told::Value(opened) = line(&opening, terminal)? else { return Ok(Told::Value(Json::List(rows))) };
        let mut row = vec![(first.key.clone(), opened)];
        for question in rest {
            if question.when.is_some_and(|when| !when(&row)) {
                continue;
            }
            match value(question, terminal)? {
                Told::Value(json) => row.push((question.key.clone(), json)),
                Told::Skipped => {}
                Told::Ended => return Ok(Told::Ended),
            }
        }
        rows.push(Json::Object(row));
    }
}

fn line(question: &Question, terminal: &mut Terminal) -> io::Result<Told> {
    loop {
        write!(terminal.words, "{} ", prompt(question))?;
        let Some(said) = read(terminal)? else { return Ok(Told::Ended) };
        let may_be_empty = question.optional || matches!(question.kind, Kind::Words(_));
        if said.is_empty() {
            if !may_be_empty {
                continue;
            }
            return Ok(if question.optional { Told::Skipped } else { Told::Value(Json::List(vec![])) });
        }
        match understood(&question.kind, &said) {
            Ok(json) => return Ok(Told::Value(json)),
            Err(wanted) => writeln!(terminal.words, "  {}", clean_line(&wanted))?,
        }
    }
}

fn prompt(question: &Question) -> String {
    let words = &question.words;
    match &question.kind {
        Kind::YesNo => format!("{words} (y/n)"),
        // Long lists are shown when a word is not among them.
        Kind::Word(choices) if !choices.is_empty() && choices.len() <= 8 => format!("{words} ({})", choices.join(", ")),
        Kind::Words(_) => format!("{words} (names with commas, empty: none)"),
        Kind::Number | Kind::OneOf(_) | Kind::Date | Kind::Word(_) | Kind::Group(_) | Kind::Rows(_) => {
            format!("{words}:")
        }
    }
}

fn flag(said: &str) -> Option<bool> {
    match said.to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "n" | "no" => Some(false),
        _ => None,
    }
}

/// What a line says, or what was wanted instead.
fn understood(kind: &Kind, said: &str) -> Result<Json, String> {
    match kind {
        Kind::Number => {
            // A comma may be a decimal mark or a thousands mark: in a dose it is never guessed.
            if said.contains(',') {
                return Err(format!("{said} could be two numbers: write the decimals after a point"));
            }
            said.parse::<Exact>().map(|_| Json::Number(said.to_owned())).map_err(|_| format!("{said} is no number"))
        }
        Kind::OneOf(answers) => match said.parse::<i32>() {
            Ok(answer) if answers.contains(&answer) => Ok(Json::Number(answer.to_string())),
            _ => {
                let answers: Vec<String> = answers.iter().map(i32::to_string).collect();
                Err(format!("{said} is not one of: {}", answers.join(", ")))
            }
        },
        Kind::YesNo => flag(said).map(Json::Flag).ok_or_else(|| "y or n".to_owned()),
        Kind::Date => {
            let date = said.parse::<chrono::NaiveDate>();
            date.map(|date| Json::Text(date.to_string()))
                .map_err(|_| format!("{said} is no date: write it as 2026-11-24"))
        }
        Kind::Word(choices) => word(choices, said),
        Kind::Words(choices) => {
            // Between commas a name may be written in several words: `jaw left`.
            let whole = |part: &str| match choices.as_slice() {
                [] => Err(String::new()),
                _ => word(choices, &part.split_whitespace().collect::<Vec<_>>().join("_")),
            };
            let mut out = Vec::new();
            for part in said.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                match whole(part) {
                    Ok(one) => out.push(one),
                    Err(_) => out.extend(
                        part.split_whitespace().map(|each| word(choices, each)).collect::<Result<Vec<_>, _>>()?,
                    ),
                }
            }
            Ok(Json::List(out))
        }
        Kind::Group(_) | Kind::Rows(_) => Err("this is asked one by one".to_owned()),
    }
}

/// A word of the list; an empty list takes any, and numbers as numbers.
fn word(choices: &[String], said: &str) -> Result<Json, String> {
    if choices.is_empty() {
        let number = said.parse::<Exact>().is_ok();
        return Ok(if number { Json::Number(said.to_owned()) } else { Json::text(said) });
    }
    let found = choices.iter().find(|choice| choice.eq_ignore_ascii_case(said));
    found.map(Json::text).ok_or_else(|| format!("{said} is not one of: {}", choices.join(", ")))
}

/// A line without what could drive the terminal; none at the end of the input.
fn read(terminal: &mut Terminal) -> io::Result<Option<String>> {
    terminal.words.flush()?;
    let mut bytes = Vec::new();
    let read = terminal.input.read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| clean_line(&String::from_utf8_lossy(&bytes))))
}
