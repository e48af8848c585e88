//! What the bytes of a file show of their encoding, whatever the file is.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// UTF-16 without a mark: Western text then has a zero in every other byte.
pub fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    // The beginning tells; a whole file of many megabytes need not be counted.
    let bytes = &bytes[..bytes.len().min(65_536)];
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = bytes.len() / 2;
    if bytes.len() < 8 {
        None
    } else if odd * 2 > half && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 2 > half && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_bytes_a_letter_are_seen_without_a_mark() {
        let text = "BEGIN:VCALENDAR\r\nSUMMARY:Grüße 漢\r\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [
            (le.as_slice(), Some(UTF_16LE)),
            (be.as_slice(), Some(UTF_16BE)),
            (text.as_bytes(), None),
            (&[0; 100], None),
            (b"a\0b", None),
        ] {
            assert_eq!(bare_utf16(bytes), encoding);
        }
    }
}
