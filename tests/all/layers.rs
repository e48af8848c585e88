//! The rules of the house, held by reading its sources: who may know whom, and what stands in one place only.
//!
//! Each rule is shown made-up sources that break it, and must find the line.

use std::path::Path;

use crate::source::{Named, Piece, Source, Token, sources, walk};

/// The layers, each with those it may use.
const LAYERS: [(&str, &[&str]); 9] = [
    ("clinical", &[]),
    ("action", &["clinical"]),
    ("form", &["clinical", "action"]),
    ("ui", &["clinical", "action", "form"]),
    ("store", &["clinical", "action"]),
    ("format", &["clinical"]),
    ("jobs", &["clinical", "action", "store", "format"]),
    ("app", &["clinical", "action", "form", "ui", "store", "format", "jobs"]),
    ("cli", &["clinical", "action", "form", "ui", "store", "format", "jobs", "app"]),
];

struct Rule {
    name: &'static str,
    finds: fn(&Source) -> Vec<(usize, String)>,
}

const RULES: [Rule; 6] = [
    Rule { name: "layers", finds: layers },
    Rule { name: "SQL only in store", finds: sql },
    Rule { name: "libraries only where they belong", finds: libraries },
    Rule { name: "one clock", finds: clock },
    Rule { name: "no network", finds: network },
    Rule { name: "no shared or hidden state", finds: state },
];

/// The layer a file belongs to; `main.rs` and `lib.rs` belong to none.
fn layer_of(path: &str) -> Option<&str> {
    let first = path.strip_prefix("src/")?.split('/').next()?.trim_end_matches(".rs");
    LAYERS.iter().map(|(name, _)| *name).find(|name| *name == first)
}

/// How deep in the tree of modules a file's own module is.
fn depth_of(path: &str) -> usize {
    let parts: Vec<&str> = path.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
    parts.len() - usize::from(matches!(parts.last(), Some(&("mod" | "lib" | "main"))))
}

fn layers(source: &Source) -> Vec<(usize, String)> {
    let Some(layer) = layer_of(&source.path) else { return Vec::new() };
    let may = LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, may)| may);
    let wrong = |named: &Named| {
        let parts: Vec<&str> = named.parts.iter().map(String::as_str).collect();
        let target = match parts.as_slice() {
            ["crate", "*" | "self", ..] => return Some("names the whole crate".to_owned()),
            ["crate", target, ..] => *target,
            ["daysheet", ..] if parts.len() > 1 => return Some("names the crate from outside".to_owned()),
            ["super", ..] => {
                let ups = parts.iter().take_while(|part| **part == "super").count();
                if ups < depth_of(&source.path) + named.depth {
                    return None;
                }
                parts.get(ups).copied().unwrap_or_default()
            }
            _ => return None,
        };
        let is_layer = LAYERS.iter().any(|(name, _)| *name == target);
        (is_layer && target != layer && !may.contains(&target)).then(|| format!("{layer} may not know {target}"))
    };
    source.paths().iter().filter_map(|named| Some((named.line, wrong(named)?))).collect()
}

fn sql(source: &Source) -> Vec<(usize, String)> {
    if layer_of(&source.path) == Some("store") {
        return Vec::new();
    }
    let texts = source.tokens.iter().filter_map(|token| match &token.piece {
        Piece::Text(text) if is_sql(text) => Some((token.line, format!("{text:?} is SQL"))),
        _ => None,
    });
    texts.collect()
}

/// Whether a text holds a statement: by its words in capitals, or in any case where no sentence would read so.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let all = |pattern: &[&str], words: &[&str]| pattern.iter().zip(words).all(|(p, w)| *p == *w);
    let capitals = |pattern: &[&str]| words.windows(pattern.len()).any(|window| all(pattern, window));
    let after =
        |first: &str, then: &str| words.iter().position(|w| *w == first).is_some_and(|at| words[at..].contains(&then));
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let lower_after = |at: usize, then: &str| lower.iter().skip(at).position(|w| *w == then).map(|found| found + at);
    let columns = |from: usize, to: usize| {
        // `select a, b from` and `select count(*) from` are SQL; `select a patient from` is a sentence.
        lower[from..to].iter().take(to - from - 1).all(|column| column.ends_with(','))
            && lower[from..to].iter().any(|column| column.contains([',', '*', '(', '.']))
    };
    after("SELECT", "FROM")
        || after("UPDATE", "SET")
        || [&["INSERT", "INTO"][..], &["DELETE", "FROM"], &["CREATE", "TABLE"], &["BEGIN", "IMMEDIATE"], &["PRAGMA"]]
            .iter()
            .any(|pattern| capitals(pattern))
        || lower.windows(2).any(|pair| matches!(pair, ["insert", "into"] | ["pragma", _]))
        || lower.windows(3).any(|three| matches!(three, ["delete", "from", _] | ["update", _, "set"]))
        || lower
            .iter()
            .position(|w| *w == "select")
            .is_some_and(|at| lower_after(at + 1, "from").is_some_and(|to| to > at + 1 && columns(at + 1, to)))
}

fn words<'a>(source: &'a Source, find: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = (&'a Token, &'a str)> {
    source.tokens.iter().filter_map(move |token| match &token.piece {
        Piece::Word(word) if find(word) => Some((token, word.as_str())),
        _ => None,
    })
}

fn libraries(source: &Source) -> Vec<(usize, String)> {
    let belongs = |library: &str| match library {
        "ratatui" => matches!(layer_of(&source.path), Some("ui" | "app")),
        "crossterm" => source.path.starts_with("src/app/terminal"),
        "rusqlite" => layer_of(&source.path) == Some("store"),
        _ => true,
    };
    words(source, |_| true)
        .filter(|(_, word)| !belongs(word))
        .map(|(token, word)| (token.line, format!("{word} does not belong here")))
        .collect()
}

fn clock(source: &Source) -> Vec<(usize, String)> {
    if source.path == "src/app/clock.rs" {
        return Vec::new();
    }
    let reads = |named: &Named| {
        named.parts.windows(2).any(|pair| {
            matches!([pair[0].as_str(), pair[1].as_str()], ["SystemTime" | "Instant" | "Utc" | "Local", "now"])
        })
    };
    let found = source.paths().into_iter().filter(|named| !named.in_test && reads(named));
    found.map(|named| (named.line, format!("{} reads a clock", named.parts.join("::")))).collect()
}

fn network(source: &Source) -> Vec<(usize, String)> {
    const NAMES: [&str; 6] = ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "SocketAddr", "UnixListener"];
    let paths = source.paths();
    let is_net = |named: &&Named| {
        named.parts.windows(2).any(|pair| pair[0] == "std" && pair[1] == "net")
            || named.parts.iter().any(|part| NAMES.contains(&part.as_str()))
    };
    paths
        .iter()
        .filter(is_net)
        .map(|named| (named.line, format!("{} is network code", named.parts.join("::"))))
        .collect()
}

fn state(source: &Source) -> Vec<(usize, String)> {
    let pairs = source.tokens.windows(2).filter_map(|pair| match (&pair[0].piece, &pair[1].piece) {
        (Piece::Word(a), Piece::Word(b))
            if matches!((a.as_str(), b.as_str()), ("static", "mut") | ("dyn", "Any") | ("async", "fn" | "move")) =>
        {
            Some((pair[0].line, format!("`{a} {b}`")))
        }
        _ => None,
    });
    let names = words(source, |word| matches!(word, "Rc" | "RefCell" | "OnceCell" | "UnsafeCell" | "thread_local"));
    names.map(|(token, word)| (token.line, format!("`{word}`"))).chain(pairs).collect()
}

#[test]
fn the_house_keeps_its_rules() {
    let mut broken = Vec::new();
    for source in sources(&["src"]) {
        for rule in &RULES {
            for (line, what) in (rule.finds)(&source) {
                broken.push(format!("{}:{line}: {}: {what}", source.path, rule.name));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn sql_files_lie_in_the_store() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(&root.join("src"), "sql", &mut files);
    walk(&root.join("assets"), "sql", &mut files);
    let astray: Vec<_> = files.iter().filter(|file| !file.starts_with(root.join("src/store"))).collect();
    assert!(astray.is_empty(), "{astray:?}");
}

#[test]
fn every_library_that_is_asked_for_is_used() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    let sources = sources(&["src"]);
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        let word = name.replace('-', "_");
        let is_used = |source: &Source| words(source, |found| found == word).next().is_some();
        assert!(sources.iter().any(is_used), "{name} is in Cargo.toml and nowhere in src");
    }
}

#[test]
fn every_folder_of_the_source_is_a_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(matches!(name.as_str(), "lib.rs" | "main.rs") || layer_of(&format!("src/{name}")).is_some(), "{name}");
    }
}

fn found(rule: &str, path: &str, text: &str) -> Vec<usize> {
    let rule = RULES.iter().find(|known| known.name == rule).unwrap();
    (rule.finds)(&Source::new(path, text)).into_iter().map(|(line, _)| line).collect()
}

/// Sources that break a rule, each on its second line.
const BAD: [(&str, &str, &str); 40] = [
    ("layers", "src/clinical/x.rs", "\nuse crate::store::Record;"),
    ("layers", "src/clinical/x.rs", "\nuse crate::{clinical::id, action::Command};"),
    ("layers", "src/clinical/x.rs", "\nfn f() { crate::app::run() }"),
    ("layers", "src/action/x.rs", "\nuse crate::form::Form;"),
    ("layers", "src/form/mod.rs", "\nuse crate::ui;"),
    ("layers", "src/ui/board/row.rs", "\nuse crate::store::{self, Record};"),
    ("layers", "src/ui/board/row.rs", "\nuse super::super::super::store::Record;"),
    ("layers", "src/ui/x.rs", "\nmod tests { use super::super::super::jobs::Job; }"),
    ("layers", "src/store/x.rs", "\nuse crate::format::csv;"),
    ("layers", "src/format/x.rs", "\nuse crate::action::Write;"),
    ("layers", "src/jobs/x.rs", "\nuse crate::ui::theme;"),
    ("layers", "src/app/x.rs", "\nuse crate::cli;"),
    ("layers", "src/ui/x.rs", "\nuse crate::*;"),
    ("layers", "src/ui/x.rs", "\nuse daysheet::store;"),
    ("SQL only in store", "src/app/x.rs", "\nlet q = \"SELECT id, name FROM patient\";"),
    ("SQL only in store", "src/app/x.rs", "\nlet q = \"select count(*) from patient\";"),
    ("SQL only in store", "src/app/x.rs", "\nlet q = \"select id, name\\n from patient\";"),
    ("SQL only in store", "src/cli/x.rs", "\nlet q = r#\"insert into visit values (1)\"#;"),
    ("SQL only in store", "src/ui/x.rs", "\nlet q = \"update visit set state = 1\";"),
    ("SQL only in store", "src/jobs/x.rs", "\nlet q = \"DELETE FROM visit\";"),
    ("SQL only in store", "src/jobs/x.rs", "\nlet q = \"PRAGMA quick_check\";"),
    ("SQL only in store", "src/jobs/x.rs", "\nlet q = \"CREATE TABLE x (y)\";"),
    ("libraries only where they belong", "src/form/x.rs", "\nuse ratatui::layout::Rect;"),
    ("libraries only where they belong", "src/clinical/x.rs", "\nfn f(a: ratatui::Frame) {}"),
    ("libraries only where they belong", "src/app/events.rs", "\nuse crossterm::event;"),
    ("libraries only where they belong", "src/ui/x.rs", "\nuse ratatui::crossterm::event;"),
    ("libraries only where they belong", "src/cli/x.rs", "\nuse rusqlite::Connection;"),
    ("one clock", "src/app/x.rs", "\nlet t = std::time::Instant::now();"),
    ("one clock", "src/store/x.rs", "\nlet t = SystemTime::now();"),
    ("one clock", "src/ui/x.rs", "\nlet t = chrono::Local::now().date_naive();"),
    ("one clock", "src/jobs/x.rs", "\nlet t = Utc::now();"),
    ("no network", "src/jobs/x.rs", "\nuse std::net::IpAddr;"),
    ("no network", "src/jobs/x.rs", "\nuse std::{fs, net::UdpSocket};"),
    ("no network", "src/jobs/x.rs", "\nlet s = TcpStream::connect(a);"),
    ("no shared or hidden state", "src/ui/x.rs", "\nlet a: Rc<u8>;"),
    ("no shared or hidden state", "src/ui/x.rs", "\nuse std::cell::RefCell;"),
    ("no shared or hidden state", "src/ui/x.rs", "\nstatic mut COUNT: u8 = 0;"),
    ("no shared or hidden state", "src/ui/x.rs", "\nfn f(a: &dyn Any) {}"),
    ("no shared or hidden state", "src/ui/x.rs", "\nasync fn f() {}"),
    ("no shared or hidden state", "src/ui/x.rs", "\nthread_local! { }"),
];

/// Sources that look like a breach and are none.
const GOOD: [(&str, &str, &str); 20] = [
    ("layers", "src/ui/x.rs", "use crate::{form::Form, clinical::id::VisitId, ui::theme};"),
    ("layers", "src/app/x.rs", "use crate::store; use crate::jobs::Job;"),
    ("layers", "src/cli/x.rs", "use crate::app::clock;"),
    ("layers", "src/main.rs", "fn main() { daysheet::cli::run() }"),
    ("layers", "src/clinical/x.rs", "crate::vocab! { }"),
    ("layers", "src/clinical/x.rs", "//! Seen from [`crate::store`].\n// crate::ui"),
    ("layers", "src/ui/store/row.rs", "use super::super::store::Cell;"),
    ("layers", "src/clinical/calc/x.rs", "mod tests { use super::super::super::form_of; }"),
    ("SQL only in store", "src/store/x.rs", "let q = \"SELECT id FROM patient\";"),
    ("SQL only in store", "src/ui/x.rs", "\"select a patient from the list\"; \"Select one from these, please.\""),
    ("SQL only in store", "src/ui/x.rs", "\"update the plan and set a date\"; \"delete this from the list\""),
    ("libraries only where they belong", "src/ui/x.rs", "use ratatui::style::Style;"),
    ("libraries only where they belong", "src/app/terminal/mod.rs", "use crossterm::execute; use ratatui::Frame;"),
    ("libraries only where they belong", "src/form/x.rs", "//! Knows neither ratatui nor crossterm."),
    ("one clock", "src/app/clock.rs", "SystemTime::now()"),
    ("one clock", "src/store/x.rs", "let at = now.instant; let i = Instant::from_millis(1); self.now()"),
    ("one clock", "src/store/x.rs", "#[cfg(test)] mod tests { fn f() { std::time::Instant::now(); } }"),
    ("one clock", "src/store/x_tests.rs", "Instant::now()"),
    ("no network", "src/app/x.rs", "let net = 3; use std::os::fd; let internet = 1;"),
    ("no shared or hidden state", "src/app/x.rs", "static A: u8 = 0; use std::sync::Arc; let a: &dyn Anything; source"),
];

#[test]
fn every_rule_finds_what_breaks_it() {
    for (rule, path, text) in BAD {
        assert_eq!(found(rule, path, text).first(), Some(&2), "{rule}: {path}: {text}");
    }
    for rule in &RULES {
        assert!(BAD.iter().any(|(name, ..)| *name == rule.name), "nothing breaks {}", rule.name);
    }
}

#[test]
fn no_rule_finds_what_only_looks_like_a_breach() {
    for (rule, path, text) in GOOD {
        assert_eq!(found(rule, path, text), [] as [usize; 0], "{rule}: {path}: {text}");
    }
}
