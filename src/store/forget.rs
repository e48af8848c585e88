//! Writing over memory that was given back, so that a lock leaves no patient text behind in the process.
//!
//! The cipher library can wipe all it frees, but then locks and unlocks each piece in the kernel: opening took ten times
//! as long. Instead, after a connection is closed, memory of the same sizes is asked for, written over and given back:
//! the allocator hands out first what was freed last. This is an effort, not a proof; the key itself is wiped where it
//! was held.

use std::hint::black_box;
use std::sync::{Mutex, mpsc};
use std::thread;

/// Sizes asked for, the largest first, and which part of the bytes each of them covers: pages first, then what is left
/// between them.
const PIECES: [(usize, usize); 9] =
    [(4_104, 1), (2_056, 4), (1_032, 4), (520, 8), (264, 8), (136, 16), (72, 16), (40, 32), (24, 32)];
/// The allocator keeps the last few freed pieces of each small size apart from all others.
const KEPT_APART: usize = 16;

/// Writes over freed memory of this thread: about twice as many bytes as given, which is what was freed at most.
///
/// Call it after everything that held patient text was dropped.
pub fn forget(bytes: usize) {
    const FILL: u8 = 0xA5;
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    for size in (8..1_048).step_by(16) {
        pieces.extend((0..KEPT_APART).map(|_| vec![FILL; size]));
    }
    for (size, part) in PIECES {
        pieces.extend((0..bytes / part / size).map(|_| vec![FILL; size]));
    }
    // Looked at, so that the compiler cannot leave the writing out.
    drop(black_box(pieces));
}

/// The same for memory of threads that have ended: what they asked for stays in a pool of theirs, also where another
/// thread gave it back. New threads are given those pools, so a few are started, all at once, to write.
pub fn forget_of_ended_threads(bytes: usize) {
    const POOLS: usize = 4;
    let all_have_one = Mutex::new(());
    let (has_one, each) = mpsc::channel();
    thread::scope(|scope| {
        let wait = all_have_one.lock();
        let write = |has_one: mpsc::Sender<()>, all_have_one: &Mutex<()>| {
            // A thread has its pool from the first it asks for, and keeps it until it ends.
            let first = black_box(vec![0_u8; 64]);
            has_one.send(()).ok();
            drop(all_have_one.lock());
            forget(bytes);
            drop(first);
        };
        let start =
            |has_one, all_have_one| thread::Builder::new().spawn_scoped(scope, move || write(has_one, all_have_one));
        let started = (0..POOLS).filter(|_| start(has_one.clone(), &all_have_one).is_ok()).count();
        (0..started).for_each(|_| each.recv().unwrap_or_default());
        drop(wait);
    });
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;
    use std::os::unix::fs::FileExt;

    use rusqlite::params;
    use zeroize::Zeroizing;

    use crate::store::Mode;
    use crate::store::log::Act;
    use crate::store::testing::{NOW, create, open, patient};

    const HIDDEN: u8 = 0x55;

    /// How often each of these stands in the memory of this process. They are given hidden, or would find themselves.
    fn times_in_memory(hidden: [&[u8]; 3]) -> [usize; 3] {
        let memory = fs::File::open("/proc/self/mem").unwrap();
        let mut times = [0; 3];
        for line in fs::read_to_string("/proc/self/maps").unwrap().lines() {
            let (range, rights) = line.split_once(' ').unwrap();
            let (from, to) = range.split_once('-').unwrap();
            let [from, to] = [from, to].map(|hex| u64::from_str_radix(hex, 16).unwrap());
            let mut bytes = Zeroizing::new(vec![0; usize::try_from(to - from).unwrap()]);
            if !rights.starts_with("rw") || bytes.len() > 1 << 27 || memory.read_exact_at(&mut bytes, from).is_err() {
                continue;
            }
            let bytes: &[u8] = &bytes;
            for (hidden, times) in hidden.iter().zip(&mut times) {
                let first = hidden[0] ^ HIDDEN;
                // Most blocks do not even hold the first byte, and the library sees that fast.
                for block in (0..bytes.len()).step_by(256) {
                    let end = (block + 256).min(bytes.len());
                    if bytes[block..end].contains(&first) {
                        let same = |at: &usize| {
                            hidden.len() <= bytes.len() - at
                                && hidden.iter().zip(&bytes[*at..]).all(|(hidden, byte)| byte ^ HIDDEN == *hidden)
                        };
                        *times += (block..end).filter(same).count();
                    }
                }
            }
        }
        times
    }

    /// Looks at all of the process, so it runs itself in one of its own.
    #[test]
    fn after_closing_no_patient_text_and_no_key_is_left_in_memory() {
        const INNER: &str = "DAYSHEET_TEST_INNER";
        if std::env::var_os(INNER).is_none() {
            let name = "store::forget::tests::after_closing_no_patient_text_and_no_key_is_left_in_memory";
            let mut run = std::process::Command::new(std::env::current_exe().unwrap());
            let run = run.args([name, "--exact"]).env(INNER, "1").output().unwrap();
            assert!(
                String::from_utf8_lossy(&run.stdout).contains("1 passed"),
                "{}",
                String::from_utf8_lossy(&run.stdout)
            );
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record");
        let name: Vec<u8> = b"Quetzalcoatlus northropi".iter().map(|byte| byte ^ HIDDEN).collect();
        let raw_key = vec![7 ^ HIDDEN; 32];
        let key_in_hex: Vec<u8> = b"07".repeat(32).iter().map(|byte| byte ^ HIDDEN).collect();
        create(&path).close().unwrap();
        // As the program does it: opened beside the screen, used and closed by the thread that draws.
        let opening = {
            let path = path.clone();
            std::thread::spawn(move || open(&path, Mode::Write).unwrap())
        };
        let mut store = opening.join().unwrap();
        let add = |tx: &crate::store::tx::Tx| {
            let text: String = name.iter().map(|byte| char::from(byte ^ HIDDEN)).collect();
            let text = Zeroizing::new(text);
            (0..300).try_for_each(|n| {
                let sql = "INSERT INTO patient (id, family) VALUES (?1, ?2)";
                tx.execute("testing", sql, params![patient(n).to_string(), *text]).map(|_| ())
            })
        };
        store.transaction(&Act::new("added"), NOW, add).unwrap();
        let looked_for: [&[u8]; 3] = [&name, &key_in_hex, &raw_key];
        assert!(times_in_memory(looked_for)[0] > 300, "while open the text is there: the search finds it");
        let kept = store.conn.query_row("SELECT group_concat(family) FROM patient", [], |row| row.get::<_, String>(0));
        drop(Zeroizing::new(kept.unwrap()));
        store.close().unwrap();
        super::forget_of_ended_threads(4 << 20);
        assert_eq!(times_in_memory(looked_for), [0; 3]);
    }
}
