//! Sealing of what the physician writes for nobody else.
//!
//! A key for each text follows from one secret, kept in the practice's row, and from a salt of its own. Without the salt
//! the text cannot be opened, so a deleted text is gone once its salt is, whatever the log still holds of it.
//!
//! XChaCha20-Poly1305. The nonce is a keyed hash of the text itself: it needs no source of chance, two different texts
//! never share one, and the same text under the same key gives the same sealed text, so that nothing is rewritten.

use std::fmt::Write;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

const NONCE: usize = 24;

/// 32 secret bytes.
pub(super) struct Secret([u8; 32]);

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Secret {
    /// These bytes.
    pub(super) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes that this hex spells, if it does.
    pub(super) fn from_hex(hex: &str) -> Option<Self> {
        let bytes = Zeroizing::new(unhex(hex)?);
        <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Self)
    }

    /// The bytes in hex.
    pub(super) fn hex(&self) -> String {
        hex(&self.0)
    }

    /// A secret that follows from this one and from some words.
    pub(super) fn derive(&self, words: &[&[u8]]) -> Self {
        let mut out = Self([0; 32]);
        // A key of any length is taken; none of 32 bytes is refused.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return out };
        for word in words {
            mac.update(&u64::try_from(word.len()).unwrap_or(u64::MAX).to_le_bytes());
            mac.update(word);
        }
        out.0.copy_from_slice(&mac.finalize().into_bytes());
        out
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive(&[b"seal"]).0.into())
    }

    /// Seals a text, in hex. What it is about is not in it, but opening asks for the same again.
    pub(super) fn seal(&self, about: &str, text: &[u8]) -> Option<String> {
        let nonce = self.derive(&[b"nonce", about.as_bytes(), text]);
        let nonce: [u8; NONCE] = nonce.0[..NONCE].try_into().ok()?;
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: text, aad: about.as_bytes() }).ok()?;
        Some(hex(&nonce) + &hex(&sealed))
    }

    /// Opens a sealed text; none if it is not whole, or sealed with another secret or about something else.
    pub(super) fn open(&self, about: &str, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        let bytes = unhex(sealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: about.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes().chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(n: u8) -> Secret {
        Secret::from_bytes([n; 32])
    }

    #[test]
    fn a_sealed_text_opens_only_with_its_secret_and_for_what_it_is_about() {
        let sealed = secret(1).seal("2026-11-24", "a quiet évening".as_bytes()).unwrap();
        assert_eq!(secret(1).open("2026-11-24", &sealed).unwrap().as_slice(), "a quiet évening".as_bytes());
        assert!(secret(2).open("2026-11-24", &sealed).is_none());
        assert!(secret(1).open("2026-11-25", &sealed).is_none());
        let mut changed = sealed.clone();
        let last = if changed.pop() == Some('0') { '1' } else { '0' };
        changed.push(last);
        for wrong in [changed.as_str(), &sealed[2..], &sealed[1..], "", "zz"] {
            assert!(secret(1).open("2026-11-24", wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_same_text_seals_the_same_and_another_shares_no_nonce_with_it() {
        let seal = |about: &str, text: &str| secret(1).seal(about, text.as_bytes()).unwrap();
        assert_eq!(seal("a", "text"), seal("a", "text"));
        for other in [seal("b", "text"), seal("a", "texts"), seal("at", "ext")] {
            assert_ne!(other[..2 * NONCE], seal("a", "text")[..2 * NONCE]);
        }
    }

    #[test]
    fn a_secret_survives_hex() {
        let hex = secret(200).hex();
        assert_eq!(hex.len(), 64);
        assert_eq!(Secret::from_hex(&hex).unwrap().hex(), hex);
        assert!(Secret::from_hex(&hex[2..]).is_none());
    }
}
