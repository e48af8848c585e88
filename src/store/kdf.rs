//! PBKDF2 with HMAC-SHA-512, the first 32 bytes of it, on the compression function of the `sha2` crate.
//!
//! RFC 8018, section 5.2, and RFC 2104. All 256,000 rounds hash a message of one known length, so the two keyed states
//! are made once and each round is two compressions. Generic code is compiled with us and not with its crate: in a
//! build for testing the crate's loop took a second where this takes a fifth of one, at every unlocking of every
//! test. The tests hold the two against each other.

use sha2::block_api::compress512;
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, Zeroizing};

/// Bytes SHA-512 takes at once.
const BLOCK: usize = 128;
/// The two paddings of a key: RFC 2104.
const INNER: u8 = 0x36;
const OUTER: u8 = 0x5c;
/// Words of its state.
type State = [u64; 8];

/// Where SHA-512 begins: FIPS 180-4, section 5.3.5.
const BEGIN: State = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// The first 32 bytes that the password and salt give after so many rounds, at least one.
pub(super) fn pbkdf2_hmac_sha512(password: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; BLOCK]);
    if password.len() > BLOCK {
        key[..64].copy_from_slice(&Sha512::digest(password));
    } else {
        key[..password.len()].copy_from_slice(password);
    }
    let mut keyed = Keyed { inner: after(&key, INNER), outer: after(&key, OUTER), block: one_digest() };
    let mut last = first(&key, salt);
    let mut sum = last;
    for _ in 1..rounds {
        last = keyed.hmac(&last);
        sum = each(|at| sum[at] ^ last[at]);
    }
    let mut out = Zeroizing::new([0; 32]);
    for (bytes, word) in out.chunks_exact_mut(8).zip(&sum) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    last.zeroize();
    sum.zeroize();
    out
}

/// The first round, over the salt and the number of the block.
fn first(key: &[u8; BLOCK], salt: &[u8]) -> State {
    let inner =
        Sha512::new().chain_update(padded(key, INNER).as_slice()).chain_update(salt).chain_update(1_u32.to_be_bytes());
    let outer = Sha512::new().chain_update(padded(key, OUTER).as_slice()).chain_update(inner.finalize());
    let bytes = Zeroizing::new(<[u8; 64]>::from(outer.finalize()));
    each(|word| u64::from_be_bytes(each(|byte| bytes[8 * word + byte])))
}

/// The key in one of its two paddings.
fn padded(key: &[u8; BLOCK], padding: u8) -> Zeroizing<[u8; BLOCK]> {
    let mut block = Zeroizing::new([padding; BLOCK]);
    for (byte, key) in block.iter_mut().zip(key) {
        *byte ^= key;
    }
    block
}

/// Eight of something. Written out: as a loop it takes longer than the hashing, unoptimised.
fn each<T>(of: impl Fn(usize) -> T) -> [T; 8] {
    [of(0), of(1), of(2), of(3), of(4), of(5), of(6), of(7)]
}

/// The state after the key in one of its two paddings.
fn after(key: &[u8; BLOCK], padding: u8) -> State {
    let mut state = BEGIN;
    compress512(&mut state, std::slice::from_ref(&*padded(key, padding)));
    state
}

/// The last block of a message of a key's block and one digest: the digest is filled in, the end is always the same.
fn one_digest() -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[64] = 0x80;
    let bits: u16 = (128 + 64) * 8;
    block[BLOCK - 2..].copy_from_slice(&bits.to_be_bytes());
    block
}

/// HMAC with the key already in it, for messages of one digest.
struct Keyed {
    inner: State,
    outer: State,
    block: [u8; BLOCK],
}

impl Keyed {
    fn hmac(&mut self, message: &State) -> State {
        let inner = self.hash(self.inner, message);
        self.hash(self.outer, &inner)
    }

    fn hash(&mut self, mut from: State, message: &State) -> State {
        self.block[..64].copy_from_slice(each(|at| message[at].to_be_bytes()).as_flattened());
        compress512(&mut from, std::slice::from_ref(&self.block));
        from
    }
}

impl Drop for Keyed {
    fn drop(&mut self) {
        self.inner.zeroize();
        self.outer.zeroize();
        self.block.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_that_of_the_well_kept_crate() {
        for length in [0, 1, 8, 64, 127, 128, 129, 300] {
            let password: Vec<u8> = (0..length).map(|n: u32| n.to_le_bytes()[0].wrapping_mul(37)).collect();
            for (salt, rounds) in [(&b"salt"[..], 1), (&[7; 16], 2), (&[], 3), (&[0x5a; 200], 50)] {
                let mut expected = [0; 32];
                pbkdf2::pbkdf2_hmac::<Sha512>(&password, salt, rounds, &mut expected);
                let ours = pbkdf2_hmac_sha512(&password, salt, rounds);
                assert_eq!(*ours, expected, "{length} bytes, {rounds} rounds");
            }
        }
    }

    #[test]
    fn the_key_is_that_of_a_known_case() {
        // The first halves of widely published values for the password "password" and the salt "salt".
        for (rounds, begins) in [(1, [0x86, 0x7f, 0x70, 0xcf]), (2, [0xe1, 0xd9, 0xc1, 0x6a])] {
            assert_eq!(pbkdf2_hmac_sha512(b"password", b"salt", rounds)[..4], begins, "{rounds}");
        }
    }
}
