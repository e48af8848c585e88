//! Reads Rust sources as far as the house rules need: words, signs and texts with their lines, and the paths they name.

use std::fs;
use std::path::{Path, PathBuf};

/// A piece of code. Comments are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A name, a keyword or a number.
    Word(String),
    /// One sign.
    Sign(char),
    /// What stands between quotes.
    Text(String),
}

/// A piece and where it stands.
#[derive(Debug, Clone)]
pub struct Token {
    pub line: usize,
    pub piece: Piece,
    /// How many modules written out in this file are around it.
    pub depth: usize,
    /// Whether it is part of a test module.
    pub in_test: bool,
}

/// A path such as `crate::store::Record`, each branch of a `use` by itself.
#[derive(Debug, Clone)]
pub struct Named {
    pub line: usize,
    pub depth: usize,
    pub in_test: bool,
    pub parts: Vec<String>,
}

/// A source file, by its path below the package.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    pub tokens: Vec<Token>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let mut tokens = split(text);
        mark_modules(&mut tokens, is_test_file(path));
        Self { path: path.to_owned(), text: text.to_owned(), tokens }
    }

    /// Every path in the file.
    pub fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            at = match self.tokens[at].piece {
                Piece::Word(_) => self.branch(at, &[], &mut found),
                _ => at + 1,
            };
        }
        found
    }

    fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.piece == Piece::Sign(sign))
    }

    fn follows_on(&self, at: usize) -> bool {
        self.is_sign(at, ':') && self.is_sign(at + 1, ':')
    }

    /// Reads one path that begins here, with everything its braces hold; gives where it ends.
    fn branch(&self, start: usize, before: &[String], found: &mut Vec<Named>) -> usize {
        let (mut at, mut parts) = (start, before.to_vec());
        while let Some(Token { piece: Piece::Word(word), .. }) = self.tokens.get(at) {
            parts.push(word.clone());
            at += 1;
            if !self.follows_on(at) {
                break;
            }
            at += 2;
            if self.is_sign(at, '{') {
                return self.braces(at + 1, &parts, found);
            }
            if self.is_sign(at, '*') {
                parts.push("*".to_owned());
                at += 1;
                break;
            }
        }
        let Token { line, depth, in_test, .. } = self.tokens[start];
        found.push(Named { line, depth, in_test, parts });
        at.max(start + 1)
    }

    fn braces(&self, mut at: usize, before: &[String], found: &mut Vec<Named>) -> usize {
        while at < self.tokens.len() && !self.is_sign(at, '}') {
            at = match &self.tokens[at].piece {
                Piece::Word(word) if word == "as" => at + 2,
                Piece::Word(_) | Piece::Sign('*') => self.branch_or_all(at, before, found),
                _ => at + 1,
            };
        }
        at + 1
    }

    fn branch_or_all(&self, at: usize, before: &[String], found: &mut Vec<Named>) -> usize {
        if !self.is_sign(at, '*') {
            return self.branch(at, before, found);
        }
        let Token { line, depth, in_test, .. } = self.tokens[at];
        found.push(Named { line, depth, in_test, parts: [before, &["*".to_owned()]].concat() });
        at + 1
    }
}

/// The `.rs` files below these folders of the package, in order.
pub fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in folders {
        walk(&root.join(folder), "rs", &mut files);
    }
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        Source::new(&name, &fs::read_to_string(&path).unwrap())
    };
    files.into_iter().map(read).collect()
}

/// The files with this extension below a folder, in order.
pub fn walk(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, extension, files);
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/") || path.starts_with("tests/") || path.starts_with("benches/")
}

fn split(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let rest = &chars[at..];
        let (used, piece) = match rest {
            ['/', '/', ..] => (until(rest, |c| c == '\n'), None),
            ['/', '*', ..] => (comment(rest), None),
            ['"', ..] => quoted(rest, 1),
            ['b' | 'c', '"', ..] => quoted(rest, 2),
            ['r', '"' | '#', ..] if raw(rest, 1).is_some() => raw(rest, 1).unwrap(),
            ['b' | 'c', 'r', '"' | '#', ..] if raw(rest, 2).is_some() => raw(rest, 2).unwrap(),
            ['\'', '\\', ..] => (3 + until(&rest[3..], |c| c == '\'') + 1, None),
            ['\'', _, '\'', ..] => (3, None),
            [c, ..] if c.is_alphanumeric() || *c == '_' => {
                let used = until(rest, |c| !(c.is_alphanumeric() || c == '_'));
                (used, Some(Piece::Word(rest[..used].iter().collect())))
            }
            [c, ..] if c.is_whitespace() => (1, None),
            [c, ..] => (1, Some(Piece::Sign(*c))),
            [] => break,
        };
        let used = used.clamp(1, rest.len());
        tokens.extend(piece.map(|piece| Token { line, piece, depth: 0, in_test: false }));
        line += rest[..used].iter().filter(|c| **c == '\n').count();
        at += used;
    }
    tokens
}

fn until(chars: &[char], is_end: impl Fn(char) -> bool) -> usize {
    chars.iter().position(|c| is_end(*c)).unwrap_or(chars.len())
}

fn comment(chars: &[char]) -> usize {
    let (mut at, mut open) = (2, 1);
    while open > 0 && at < chars.len() {
        match &chars[at..] {
            ['/', '*', ..] => (at, open) = (at + 2, open + 1),
            ['*', '/', ..] => (at, open) = (at + 2, open - 1),
            _ => at += 1,
        }
    }
    at
}

fn quoted(chars: &[char], start: usize) -> (usize, Option<Piece>) {
    let mut at = start;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    let end = at.min(chars.len());
    (end + 1, Some(Piece::Text(chars[start..end].iter().collect())))
}

/// A raw text after `r`: as many `#` behind the closing quote as before the opening one.
fn raw(chars: &[char], start: usize) -> Option<(usize, Option<Piece>)> {
    let fence = chars[start..].iter().take_while(|c| **c == '#').count();
    let open = start + fence;
    (chars.get(open) == Some(&'"')).then_some(())?;
    let is_end =
        |at: usize| chars[at] == '"' && chars[at + 1..].iter().take(fence).filter(|c| **c == '#').count() == fence;
    let end = (open + 1..chars.len()).find(|at| is_end(*at))?;
    Some((end + 1 + fence, Some(Piece::Text(chars[open + 1..end].iter().collect()))))
}

/// Marks which tokens stand in modules written out in the file, and which of these are tests.
fn mark_modules(tokens: &mut [Token], is_test_file: bool) {
    let word = |token: &Token, word: &str| matches!(&token.piece, Piece::Word(is) if is == word);
    let sign = |token: &Token, sign| token.piece == Piece::Sign(sign);
    let (mut braces, mut open, mut cfg_test) = (0_usize, Vec::<(usize, bool)>::new(), false);
    for at in 0..tokens.len() {
        if at >= 2 && sign(&tokens[at], '(') && word(&tokens[at - 1], "cfg") {
            cfg_test = tokens.get(at + 1).is_some_and(|token| word(token, "test"));
        }
        if sign(&tokens[at], ';') {
            cfg_test = false;
        }
        if sign(&tokens[at], '{') {
            braces += 1;
            if at >= 2 && word(&tokens[at - 2], "mod") {
                open.push((braces, cfg_test));
            }
            cfg_test = false;
        }
        tokens[at].depth = open.len();
        tokens[at].in_test = is_test_file || open.iter().any(|(_, test)| *test);
        if sign(&tokens[at], '}') {
            if open.last().is_some_and(|(level, _)| *level == braces) {
                open.pop();
            }
            braces = braces.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        Source::new("src/a.rs", text).paths().iter().map(|named| named.parts.join("::")).collect()
    }

    #[test]
    fn paths_are_read_branch_by_branch() {
        for (text, named) in [
            ("crate::store::open()", &["crate::store::open"][..]),
            (
                "use crate::{ui::{a, b as c}, store::*, clinical};",
                &["use", "crate::ui::a", "crate::ui::b", "crate::store::*", "crate::clinical"],
            ),
            ("::std::net::TcpStream", &["std::net::TcpStream"]),
            ("a ::\n b", &["a::b"]),
            ("use crate::*;", &["use", "crate::*"]),
            ("use a::{*};", &["use", "a::*"]),
        ] {
            assert_eq!(paths(text), named, "{text}");
        }
    }

    #[test]
    fn comments_and_texts_name_no_paths() {
        let text = r###"
            // crate::a
            /* crate::b /* crate::c */ crate::d */
            let s = "crate::e \" crate::f"; let r = r##"crate::g "# "##; let b = b"crate::h"; let c = '"'; let d = '\'';
            fn life<'a>(x: &'a str) { crate::i }
        "###;
        assert_eq!(paths(text).into_iter().filter(|path| path.starts_with("crate")).collect::<Vec<_>>(), ["crate::i"]);
        let texts = Source::new("src/a.rs", text).tokens.into_iter().filter(|t| matches!(t.piece, Piece::Text(_)));
        assert_eq!(texts.count(), 3);
    }

    #[test]
    fn lines_and_test_modules_are_known() {
        let text = "mod a {\n mod b { x }\n y }\n#[cfg(test)]\nmod tests {\n z }\nw";
        let source = Source::new("src/a.rs", text);
        let of = |word: &str| {
            let token = source.tokens.iter().find(|token| token.piece == Piece::Word(word.into())).unwrap();
            (token.line, token.depth, token.in_test)
        };
        assert_eq!([of("x"), of("y"), of("z"), of("w")], [(2, 2, false), (3, 1, false), (6, 1, true), (7, 0, false)]);
    }
}
