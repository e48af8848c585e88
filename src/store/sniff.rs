//! What a file is before any key is tried: missing, surely no record, or possibly one.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::{DoingTo, StoreError};
use super::key::Salt;

/// Bytes of a page: the `SQLCipher` 4 default, which stock tools expect.
pub(super) const PAGE: u64 = 4096;

/// Distinct values a page of cipher text surely has: 4096 random bytes miss more than a handful of 256 values never.
const DISTINCT: usize = 200;

/// A file that may be a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Its salt.
    pub salt: Salt,
    /// Its length is no whole number of pages: cut off, or no record.
    pub ragged: bool,
}

/// Looks at a file without a key.
pub(super) fn sniff(path: &Path) -> Result<Seen, StoreError> {
    const DOING: &str = "looking at the file";
    let meta = std::fs::metadata(path).doing_to(DOING, path)?;
    if !meta.is_file() {
        return Err(StoreError::NotADatabase(path.to_owned()));
    }
    let mut head = Vec::new();
    File::open(path).doing_to(DOING, path)?.take(PAGE).read_to_end(&mut head).doing_to(DOING, path)?;
    if head.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::Unencrypted(path.to_owned()));
    }
    let salt = head.first_chunk::<16>().copied();
    let (Some(salt), true, true) = (salt, meta.len() >= PAGE, looks_encrypted(&head)) else {
        return Err(StoreError::NotADatabase(path.to_owned()));
    };
    Ok(Seen { salt: Salt::from_bytes(salt), ragged: !meta.len().is_multiple_of(PAGE) })
}

/// Cipher text uses nearly every byte value; text, zeros and most other files do not.
fn looks_encrypted(head: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in head {
        seen[usize::from(*byte)] = true;
    }
    seen.iter().filter(|seen| **seen).count() >= DISTINCT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;

    #[test]
    fn what_can_be_no_record_is_told_without_a_key() {
        let folder = tempfile::tempdir().unwrap();
        let mut noise = vec![0; 8192];
        Ids::seeded(3).fill(&mut noise);
        let (magic, text) = ([b"SQLite format 3\0".as_slice(), &noise].concat(), b"Dear colleague, ".repeat(512));
        for (name, bytes, expected) in [
            ("empty", &noise[..0], "not a daysheet record"),
            ("one byte", &noise[..1], "not a daysheet record"),
            ("short", &noise[..4095], "not a daysheet record"),
            ("zeros", &[0; 8192], "not a daysheet record"),
            ("text", &text, "not a daysheet record"),
            ("plain", &magic, "not an encrypted one"),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let said = sniff(&path).unwrap_err().to_string();
            assert!(said.contains(expected), "{name}: {said}");
        }
        assert!(matches!(sniff(&folder.path().join("none")), Err(StoreError::Missing(_))));
        assert!(matches!(sniff(folder.path()), Err(StoreError::NotADatabase(_))));
        for (len, ragged) in [(8192, false), (8000, true)] {
            let path = folder.path().join("noise");
            std::fs::write(&path, &noise[..len]).unwrap();
            let seen = sniff(&path).unwrap();
            assert_eq!((seen.ragged, noise[..16] == salt_bytes(seen.salt)), (ragged, true));
        }
    }

    fn salt_bytes(salt: Salt) -> [u8; 16] {
        let key = super::super::key::RawKey::from_bytes([0; 32], salt);
        let sql = key.pragma();
        let hex = &sql[sql.len() - 34..sql.len() - 2];
        std::array::from_fn(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
    }
}
