//! Bytes of a table to text: the encoding is said by a mark, proved by UTF-8, or judged by what reads like words.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8};

use crate::format::encoding::bare_utf16;

/// A table as text, and what its bytes were taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding, by its usual name.
    pub encoding: &'static str,
    /// Whether the encoding was judged, not proved.
    pub is_judged: bool,
}

/// Decodes a file. An encoding given by name is taken at its word, except where the bytes prove another: by a mark, or by
/// being UTF-8 or not, which no other text is by chance.
pub fn decode(bytes: &[u8], given: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return proved(encoding, &bytes[mark..]);
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    if let Some(encoding) = given.and_then(|name| Encoding::for_label(name.as_bytes()))
        && (encoding == UTF_8) == is_utf8
    {
        return proved(encoding, bytes);
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return proved(encoding, bytes);
    }
    if is_utf8 {
        return proved(UTF_8, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // The detector does not know the old Macintosh encoding; it shows by letters that stand where no letter stands.
    let encoding = if likeness(MACINTOSH, bytes) > likeness(guess, bytes) { MACINTOSH } else { guess };
    Decoded { is_judged: true, ..proved(encoding, bytes) }
}

fn proved(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    // Files joined to one another keep their marks in the middle.
    let text = if text.contains('\u{feff}') { text.replace('\u{feff}', "") } else { text };
    Decoded { text, encoding: encoding.name(), is_judged: false }
}

/// How much the characters beyond ASCII look like letters in their places: small ones after letters, capitals where a
/// word begins. Signs inside words and capitals after small letters speak against.
fn likeness(encoding: &'static Encoding, bytes: &[u8]) -> i64 {
    let text = encoding.decode_without_bom_handling(bytes).0;
    let mut before = ' ';
    let mut score = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            let after = chars.peek().copied().unwrap_or(' ');
            let inside = before.is_alphabetic() || after.is_alphabetic();
            score += match (c.is_lowercase(), c.is_uppercase()) {
                (true, _) if inside => 2,
                (_, true) if before.is_lowercase() => -3,
                (_, true) if inside => 1,
                (false, false) if before.is_alphabetic() && after.is_alphabetic() => -3,
                (false, false) if c.is_control() => -5,
                _ => 0,
            };
        }
        before = c;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "Datum;Name;Vorname\r\n26.10.2025;Müller-Lüdenscheidt;Jürgen\r\n27.10.2025;Größ;Änne\r\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xFF, 0xFE][..], &utf16].concat();
        let mac: Vec<u8> = text
            .chars()
            .map(|c| match c {
                'ü' => 0x9F,
                'ö' => 0x9A,
                'ß' => 0xA7,
                'Ä' => 0x80,
                c => u8::try_from(c).unwrap(),
            })
            .collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([&[0xEF, 0xBB, 0xBF][..], text.as_bytes()].concat(), "UTF-8"),
            (text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(), "windows-1252"),
            (utf16, "UTF-16LE"),
            (be, "UTF-16BE"),
            (marked, "UTF-16LE"),
            (mac, "macintosh"),
        ] {
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        }
        for (bytes, given) in
            [(&b"M\x9Fller"[..], "macintosh"), (b"M\xFCller", "UTF-8"), ("Müller".as_bytes(), "windows-1252")]
        {
            assert_eq!(decode(bytes, Some(given)).text, "Müller", "{given}");
        }
    }
}
