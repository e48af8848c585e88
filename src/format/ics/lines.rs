//! Bytes to content lines: line ends, folds, encodings, names and parameters.
//!
//! Folds are undone on bytes, before decoding, because a fold may fall inside a character. Blank lines are no lines, so
//! a continuation after one belongs to the last line that had text. Each line is UTF-8 or, where it cannot be,
//! Windows-1252: one spoilt line does not spoil the others.

use std::borrow::Cow;

use crate::format::encoding::bare_utf16;

/// A content line as it stands in the file, unfolded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Number of the physical line on which it begins; the first is 1.
    pub number: u32,
    /// Its text.
    pub text: String,
}

/// A content line in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Line of the file.
    pub number: u32,
    /// Name in capitals.
    pub name: String,
    /// Parameters, names in capitals, values without quotes.
    pub params: Vec<(String, String)>,
    /// Value as written.
    pub value: String,
}

impl Property {
    /// The value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, its escapes undone.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(escaped @ (',' | ';' | '\\' | ':' | '"')) => out.push(escaped),
                    Some(other) => out.extend(['\\', other]),
                    None => out.push('\\'),
                },
                c => out.push(c),
            }
        }
        out
    }
}

/// Splits a file into unfolded lines.
pub fn unfold(bytes: &[u8]) -> Vec<Line> {
    let bytes = as_single_bytes(bytes);
    let mut lines: Vec<(u32, Vec<u8>)> = Vec::new();
    for (number, raw) in (1u32..).zip(physical_lines(&bytes)) {
        match raw.first() {
            None => {}
            Some(b' ' | b'\t') if !lines.is_empty() => {
                if let Some((_, last)) = lines.last_mut() {
                    last.extend_from_slice(&raw[1..]);
                }
            }
            Some(_) => lines.push((number, raw.to_vec())),
        }
    }
    lines
        .into_iter()
        .map(|(number, raw)| Line { number, text: decode(raw) })
        .filter(|line| !line.text.trim().is_empty())
        .collect()
}

/// The file as bytes of which line ends and folds can be seen: a byte order mark goes, UTF-16 becomes UTF-8.
pub fn as_single_bytes(bytes: &[u8]) -> Cow<'_, [u8]> {
    match encoding_rs::Encoding::for_bom(bytes).or_else(|| bare_utf16(bytes).map(|encoding| (encoding, 0))) {
        Some((encoding, mark)) if encoding == encoding_rs::UTF_8 => Cow::Borrowed(&bytes[mark..]),
        Some((encoding, mark)) => {
            Cow::Owned(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned().into_bytes())
        }
        None => Cow::Borrowed(bytes),
    }
}

/// The lines of a file as they stand, folds and all.
pub fn physical_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest?;
        match bytes.iter().position(|b| matches!(b, b'\r' | b'\n')) {
            None => {
                rest = None;
                Some(bytes)
            }
            Some(at) => {
                let after = if bytes[at..].starts_with(b"\r\n") { at + 2 } else { at + 1 };
                rest = Some(&bytes[after..]);
                Some(&bytes[..at])
            }
        }
    })
}

fn decode(raw: Vec<u8>) -> String {
    String::from_utf8(raw).unwrap_or_else(|not_utf8| {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(not_utf8.as_bytes()).0.into_owned()
    })
}

/// Properties whose value never holds a colon: what stands before the last one belongs to the parameters, also where
/// a writer forgot the quotes round a zone such as `(UTC-05:00) Eastern Time`.
const MOMENTS: [&str; 6] = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE", "DURATION"];

/// Takes a line apart; nothing where it has no name or no value.
pub fn property(line: &Line) -> Option<Property> {
    let text = line.text.trim_end_matches('\u{0}');
    let name_end = text.find([';', ':'])?;
    let name = text[..name_end].trim().to_ascii_uppercase();
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return None;
    }
    let mut colons = outside_quotes(text, ':');
    let has_params = text[name_end..].starts_with(';');
    let colon = if has_params && MOMENTS.contains(&name.as_str()) { colons.last() } else { colons.next() };
    // Quotes that never close hide every colon: then the first one counts.
    let colon = colon.or_else(|| text.find(':'))?;
    let params = if colon > name_end { parameters(&text[name_end + 1..colon]) } else { Vec::new() };
    Some(Property { number: line.number, name, params, value: text[colon + 1..].to_owned() })
}

fn parameters(text: &str) -> Vec<(String, String)> {
    let mut params = Vec::new();
    let mut from = 0;
    for end in outside_quotes(text, ';').chain([text.len()]) {
        if let Some((key, value)) = text[from..end].split_once('=') {
            params.push((key.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()));
        } else if let (false, Some((_, value))) = (text[from..end].trim().is_empty(), params.last_mut()) {
            // A semicolon inside a value that should have been quoted.
            value.push(';');
            value.push_str(&text[from..end]);
        }
        from = end + 1;
    }
    params
}

fn outside_quotes(text: &str, wanted: char) -> impl Iterator<Item = usize> {
    let mut quoted = false;
    text.char_indices().filter_map(move |(at, c)| {
        if c == '"' {
            quoted = !quoted;
        }
        (c == wanted && !quoted).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(u32, String)> {
        unfold(bytes).into_iter().map(|line| (line.number, line.text)).collect()
    }

    #[test]
    fn folds_are_undone_before_decoding_and_over_blank_lines() {
        for (bytes, lines) in [
            (&b"A:1\r\nB:2\r\n"[..], vec![(1, "A:1"), (2, "B:2")]),
            (b"A:1\n 2\n\t3\nB:4", vec![(1, "A:123"), (4, "B:4")]),
            (b"A:\xC3\n \xA4\n", vec![(1, "A:ä")]),
            (b"VERSION\n\n :2.0\n", vec![(1, "VERSION:2.0")]),
            (b"\xEF\xBB\xBFA:1\rB:2", vec![(1, "A:1"), (2, "B:2")]),
            (b"A:\x92\nB:\xC3\xA4", vec![(1, "A:\u{2019}"), (2, "B:ä")]),
            (b"\xFF\xFEA\0:\x001\0\n\0 \x002\0", vec![(1, "A:12")]),
            (b"A\0:\x001\0\n\0 \x002\0", vec![(1, "A:12")]),
            (b" lost\nA:1", vec![(1, " lost"), (2, "A:1")]),
            (b"", vec![]),
        ] {
            let expected: Vec<(u32, String)> = lines.into_iter().map(|(n, t)| (n, t.to_owned())).collect();
            assert_eq!(texts(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_line_comes_apart_at_the_right_colon() {
        let parse = |text: &str| property(&Line { number: 1, text: text.to_owned() });
        for (text, name, tzid, value) in [
            ("dtstart:20260101", "DTSTART", None, "20260101"),
            (
                "DTSTART;TZID=\"(UTC-05:00) East; West\":20260101T080000",
                "DTSTART",
                Some("(UTC-05:00) East; West"),
                "20260101T080000",
            ),
            ("DTSTART;TZID=(UTC-05:00) East:20260101T080000", "DTSTART", Some("(UTC-05:00) East"), "20260101T080000"),
            (
                "DTSTART;TZID=Canberra; Sydney;VALUE=DATE-TIME:20260101T080000",
                "DTSTART",
                Some("Canberra; Sydney"),
                "20260101T080000",
            ),
            ("SUMMARY;LANGUAGE=de:a:b", "SUMMARY", None, "a:b"),
            ("URL:http://example.org", "URL", None, "http://example.org"),
        ] {
            let property = parse(text).unwrap();
            assert_eq!((property.name.as_str(), property.param("TZID"), property.value.as_str()), (name, tzid, value));
        }
        for text in ["no colon", "&nbsp; And: this", ":x", "S\u{1}Y:x"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("SUMMARY:a\\, b\\; c\\nd\\\\n").unwrap().text(), "a, b; c\nd\\n");
    }
}
