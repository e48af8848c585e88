//! Text from outside: cleaned before it is kept, drawn or printed, and cut by what a reader sees.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Text without what could drive a terminal: control characters (C0, DEL, C1), line and paragraph separators, and the
/// characters that turn the direction of what follows. Newlines are kept; carriage returns before them go; tabs
/// become a blank.
pub fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\t' => out.push(' '),
            '\n' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            // The flags of England, Scotland and Wales are a black flag and letters that are not seen.
            c if is_tag(c) && out.ends_with(|before| before == '\u{1f3f4}' || is_tag(before)) => out.push(c),
            c if c.is_control() || turns_direction(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// [`clean`] on one line: newlines become blanks, blanks at the ends go.
pub fn clean_line(text: &str) -> String {
    if is_plain(text) {
        return text.trim().to_owned();
    }
    clean(text).replace('\n', " ").trim().to_owned()
}

/// What makes a word plural: `1 test`, `2 tests`, `0 tests`.
pub fn plural(count: impl Copy + PartialEq + From<u8>) -> &'static str {
    if count == 1.into() { "" } else { "s" }
}

/// Tenths as a number, without a nought behind the point: `50`, `4.5`.
pub fn show_tenths(tenths: u16) -> String {
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Whether a text is nothing but printing ASCII, as most are: it is clean, and as wide as it is long.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Text as names are compared: lower case, without accents, punctuation as blanks, blanks single.
///
/// `Ó'HARA-Müller` and `o hara muller` fold to the same.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Most letters are these, and none of them has an accent.
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            '\u{300}'..='\u{36f}' => {}
            'ß' | 'ẞ' => out.push_str("ss"),
            'Æ' | 'æ' => out.push_str("ae"),
            'Œ' | 'œ' => out.push_str("oe"),
            'Ø' | 'ø' => out.push('o'),
            'Ł' | 'ł' => out.push('l'),
            'Đ' | 'đ' => out.push('d'),
            c if c.is_alphanumeric() => out.extend(nucleo_matcher::chars::normalize(c).to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a text holds all the words that were typed, each as the beginning of one of its own. Nothing typed is in all.
pub fn holds(text: &str, query: &str) -> bool {
    let text = fold(text);
    fold(query).split(' ').all(|word| text.split(' ').any(|other| other.starts_with(word)))
}

/// Words as a sentence: a capital at the front and a stop at the end.
///
/// A first word that is no plain word, such as the name of a file, stays as it is written.
pub fn sentence(words: &str) -> String {
    let words = words.trim();
    let first = words.split_whitespace().next().unwrap_or_default().trim_end_matches([',', ':', ';']);
    let plain = first.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
    let mut out = String::with_capacity(words.len() + 1);
    let mut chars = words.chars();
    match chars.next().filter(|_| plain) {
        Some(c) => out.extend(c.to_uppercase().chain(chars)),
        None => out.push_str(words),
    }
    if !out.is_empty() && !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

/// Display columns of a text.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// The text with its first letter as a capital: what begins a sentence.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The text cut to at most so many columns, by what a reader sees as one character, with `…` where something went.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let wide = cluster.width();
        if used + wide > columns - 1 {
            break;
        }
        out.push_str(cluster);
        used += wide;
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_a_sentence_and_a_sentence_stays_one() {
        for (words, shown) in [
            ("nothing is open", "Nothing is open."),
            ("still open: 1 red flag", "Still open: 1 red flag."),
            ("Nothing is open.", "Nothing is open."),
            ("it is no longer there!", "It is no longer there!"),
            ("phrases.toml, line 3: no such key", "phrases.toml, line 3: no such key."),
            ("“Week” is not possible here", "“Week” is not possible here."),
            ("élan is needed", "Élan is needed."),
            ("", ""),
        ] {
            assert_eq!(sentence(words), shown);
        }
    }

    #[test]
    fn clean_text_cannot_drive_a_terminal() {
        for (from, to) in [
            ("plain", "plain"),
            ("\u{1b}[31mred\u{7}", "[31mred"),
            ("a\r\nb\rc\td", "a\nb\nc d"),
            ("\u{202e}evil\u{9b}2J", "evil2J"),
            ("Ana\u{301} 👩‍⚕️", "Ana\u{301} 👩‍⚕️"),
            ("🏴\u{e0067}\u{e0062}\u{e007f}", "🏴\u{e0067}\u{e0062}\u{e007f}"),
            ("Ana\u{e0067}\u{e0062}\u{e007f}", "Ana"),
        ] {
            assert_eq!(clean(from), to);
        }
        assert_eq!(clean_line(" a\nb "), "a b");
    }

    #[test]
    fn names_compare_without_accents_case_and_punctuation() {
        for (from, to) in [
            ("Ó'HARA-Müller", "o hara muller"),
            ("o\u{301}", "o"),
            ("  Strauß,  Zoë ", "strauss zoe"),
            ("Łukasz Đorđe", "lukasz dorde"),
            ("山田 太郎", "山田 太郎"),
            ("--", ""),
        ] {
            assert_eq!(fold(from), to);
        }
    }

    #[test]
    fn names_are_cut_by_what_a_reader_sees() {
        assert_eq!(cut("OKAFOR Adaeze", 20), "OKAFOR Adaeze");
        assert_eq!(cut("OKAFOR Adaeze", 8), "OKAFOR …");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("abc", 0), "");
    }
}
