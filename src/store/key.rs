//! From passphrase to key, as stock `SQLCipher` 4 does it, so that stock tools open the file with the passphrase.
//!
//! Deriving takes about a fifth of a second on purpose; it needs no connection, so it runs wherever the caller likes.

use std::fmt;
use std::path::Path;

use zeroize::Zeroizing;

use super::error::StoreError;
use super::kdf::pbkdf2_hmac_sha512;
use super::sniff;
use crate::clinical::id::Ids;

/// Rounds of PBKDF2-HMAC-SHA512 in `SQLCipher` 4.
const ROUNDS: u32 = 256_000;

/// The first 16 bytes of a record: what makes the same passphrase another key in every file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 16]);

impl Salt {
    /// The salt with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// A salt for a new file.
    pub fn new(ids: &mut Ids) -> Self {
        let mut bytes = [0; 16];
        ids.fill(&mut bytes);
        Self(bytes)
    }

    /// The salt of a file that is there.
    ///
    /// # Errors
    /// Says plainly if the file is missing or cannot be a record whatever the passphrase.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        sniff::sniff(path).map(|seen| seen.salt)
    }
}

/// The key of a record with its salt. Wiped when dropped; never shown.
#[derive(Clone)]
pub struct RawKey {
    key: Zeroizing<[u8; 32]>,
    salt: Salt,
}

impl fmt::Debug for RawKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawKey")
    }
}

impl RawKey {
    /// A key made elsewhere: for throw-away files and tests, where no passphrase is wanted.
    pub fn from_bytes(key: [u8; 32], salt: Salt) -> Self {
        Self { key: Zeroizing::new(key), salt }
    }

    /// A key of pure chance, for a file nobody will open again.
    pub fn random(ids: &mut Ids) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        ids.fill(key.as_mut());
        Self { key, salt: Salt::new(ids) }
    }

    /// The salt this key was derived with.
    pub fn salt(&self) -> Salt {
        self.salt
    }

    /// The statement that hands this key to a connection: `PRAGMA key = "x'…'"`, key and salt in hex.
    pub(super) fn pragma(&self) -> Zeroizing<String> {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        // Room for the whole from the start: growing would leave a copy behind that nobody wipes.
        let mut sql = Zeroizing::new(String::with_capacity(128));
        sql.push_str("PRAGMA key = \"x'");
        for byte in self.key.iter().chain(&self.salt.0) {
            sql.push(char::from(HEX[usize::from(byte >> 4)]));
            sql.push(char::from(HEX[usize::from(byte & 15)]));
        }
        sql.push_str("'\"");
        sql
    }
}

/// The key that a passphrase gives in a file with this salt. Slow on purpose: not for the main thread.
///
/// # Errors
/// An empty passphrase is refused.
pub fn derive(passphrase: &str, salt: Salt) -> Result<RawKey, StoreError> {
    if passphrase.is_empty() {
        return Err(StoreError::EmptyPassphrase);
    }
    Ok(RawKey { key: pbkdf2_hmac_sha512(passphrase.as_bytes(), &salt.0, ROUNDS), salt })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_passphrase_gives_no_key() {
        assert!(matches!(derive("", Salt::from_bytes([0; 16])), Err(StoreError::EmptyPassphrase)));
    }

    #[test]
    fn a_key_hands_over_key_and_salt_in_hex_and_shows_itself_to_nobody() {
        let key = RawKey::from_bytes([0xab; 32], Salt::from_bytes([0x01; 16]));
        let expected = format!("PRAGMA key = \"x'{}{}'\"", "ab".repeat(32), "01".repeat(16));
        assert_eq!(*key.pragma(), expected);
        assert!(key.pragma().capacity() >= expected.len());
        assert_eq!(format!("{key:?}"), "RawKey");
    }
}
