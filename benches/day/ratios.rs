//! What is compared: one year with twenty, and the program with a bare one. The sides take turns, medians are compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::child;
use super::files;
use super::parts::Part;
use super::pty::Program;
use super::{bare, pty};

/// How often each side is measured.
const TIMES: usize = 201;
/// The same for the first frame, for which a program is started each time.
const STARTS: usize = 21;

/// A tenth more with twenty years; a quarter for a save; so many times a bare program.
const YEARS: f64 = 1.10;
const SAVE: f64 = 1.25;
const KEY: f64 = 1.5;
const FIRST: f64 = 3.0;

/// Compares what is asked, `parts`, `first` or `keys`, or everything, and prints a table; whether all limits are kept.
pub fn run(asked: &[&String]) -> bool {
    let wants = |part: &str| asked.is_empty() || asked.iter().any(|asked| *asked == part);
    let records = [1, 20].map(files::copied);
    println!("\nratios of medians, sides taking turns ({}×{} cells)\n", pty::SIZE.0, pty::SIZE.1);
    println!("{:<34}{:>10}{:>10}{:>10}  {:<14}", "", "bare", "1 year", "20 years", "ratio (limit)");
    let mut table = Table { missed: 0 };
    if wants("first") {
        first_frame(&records, &mut table);
    }
    if wants("keys") {
        keys(&records, &mut table);
    }
    // Its saves book hundreds of visits: what is drawn must be the day as it was made, so they come last.
    if wants("parts") {
        parts(&records, &mut table);
    }
    for record in &records {
        files::remove(record);
    }
    println!(
        "\n{}",
        if table.missed == 0 { "all limits kept".to_owned() } else { format!("{} over their limit", table.missed) }
    );
    table.missed == 0
}

/// What is printed line by line, and how many lines are over their limit.
struct Table {
    missed: usize,
}

/// What needs no terminal.
fn parts(records: &[PathBuf; 2], table: &mut Table) {
    let mut open = [Part::open(&records[0]), Part::open(&records[1])];
    let timed = |work: &mut dyn FnMut()| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    let board = turns(TIMES, |side| timed(&mut || drop(open[side].board())));
    table.years("board", board, YEARS);
    for typed in ["s", "sh", "sho", "shoul", "shoulder", "left sho", "bur", "burn", "zzz", "penicillin"] {
        let find = turns(TIMES, |side| {
            timed(&mut || {
                open[side].find(typed);
            })
        });
        table.years(&format!("find: {typed}"), find, YEARS);
    }
    let save = turns(TIMES, |side| open[side].save());
    table.years("save of an assessment", save, SAVE);
}

/// From the end of the key derivation to the first frame; of the bare program from its start.
fn first_frame(records: &[PathBuf; 2], table: &mut Table) {
    let moment = records[0].with_extension("moment");
    let [bare, one, twenty] = turns(STARTS, |side| {
        let (began, ended);
        if side == 0 {
            began = child::began();
            Program::start(&[bare::ASKED]).first_frame();
            ended = child::began();
        } else {
            let mut program = start(&records[side - 1], &moment);
            program.first_frame();
            ended = child::began();
            began = fs::read_to_string(&moment).unwrap().parse().unwrap();
        }
        Duration::from_nanos(u64::try_from(ended - began).unwrap())
    });
    drop(fs::remove_file(&moment));
    table.years("first frame after unlock", [one, twenty], YEARS);
    table.over("first frame", bare, twenty, FIRST);
}

fn start(record: &Path, moment: &Path) -> Program {
    Program::start(&[child::ASKED, record.to_str().unwrap(), moment.to_str().unwrap()])
}

/// From a key to its frame.
fn keys(records: &[PathBuf; 2], table: &mut Table) {
    let moment = records[0].with_extension("moment");
    let mut programs = [Program::start(&[bare::ASKED]), start(&records[0], &moment), start(&records[1], &moment)];
    for program in &mut programs {
        program.first_frame();
    }
    for (name, before, round, like) in [
        ("selection on the board", "", "jjjjjkkkkk", bare::SOME),
        ("letter in a form", "1\r\x1b[6~\x1b[6~", "a short line of text ", bare::FEW),
        ("letter in find", "\x1b/", "sho\x7f\x7f\x7f", bare::MANY),
    ] {
        for key in keystrokes(before) {
            programs[1].frame_after(&key);
            programs[2].frame_after(&key);
        }
        let (mut at, mut bytes) = (0, [0; 3]);
        let strokes = keystrokes(round);
        let [bare, one, twenty] = turns(TIMES, |side| {
            // Each side in turn gets the same key.
            let key = &strokes[at / 3 % strokes.len()];
            at += 1;
            let (time, size) = programs[side].frame_after(if side == 0 { like } else { key });
            bytes[side] += size;
            time
        });
        let [of_bare, of_one, of_twenty] = bytes.map(|bytes| bytes / TIMES);
        assert!(
            of_bare * 4 <= of_twenty * 5,
            "the bare program draws more than it is compared with: {of_bare}, {of_twenty}"
        );
        table.years(&format!("key to frame: {name}"), [one, twenty], YEARS);
        table.over(&format!("  ({of_bare}, {of_one}, {of_twenty} bytes)"), bare, twenty, KEY);
    }
    drop(fs::remove_file(&moment));
}

/// Keys as a terminal sends them: one character, or one sequence.
fn keystrokes(keys: &str) -> Vec<Vec<u8>> {
    let mut strokes = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let length = match rest.strip_prefix("\x1b[") {
            Some(sequence) => 2 + sequence.find(|c: char| c == '~' || c.is_ascii_alphabetic()).unwrap() + 1,
            None => first.len_utf8(),
        };
        strokes.push(rest.as_bytes()[..length].to_vec());
        rest = &rest[length..];
    }
    strokes
}

/// The median of each side, measured in turns; whose turn is first changes.
fn turns<const SIDES: usize>(times: usize, mut measure: impl FnMut(usize) -> Duration) -> [Duration; SIDES] {
    let mut taken = [const { Vec::new() }; SIDES];
    // The first of each is for warming up.
    for round in 0..=times {
        for turn in 0..SIDES {
            let side = (turn + round) % SIDES;
            let time = measure(side);
            if round > 0 {
                taken[side].push(time);
            }
        }
    }
    taken.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

impl Table {
    fn years(&mut self, name: &str, [one, twenty]: [Duration; 2], limit: f64) {
        let judged = self.judged(one, twenty, limit);
        println!("{name:<34}{:>10}{:>10}{:>10}  {judged}", "", show(one), show(twenty));
    }

    fn over(&mut self, name: &str, bare: Duration, ours: Duration, limit: f64) {
        let judged = self.judged(bare, ours, limit);
        println!("{name:<34}{:>10}{:>10}{:>10}  {judged}", show(bare), "", show(ours));
    }

    fn judged(&mut self, like: Duration, time: Duration, limit: f64) -> String {
        let ratio = time.as_secs_f64() / like.as_secs_f64();
        let is_kept = ratio <= limit;
        self.missed += usize::from(!is_kept);
        format!("{ratio:.2} ({limit:.2}){}", if is_kept { "" } else { "  OVER" })
    }
}

fn show(time: Duration) -> String {
    format!("{:.0} µs", time.as_secs_f64() * 1e6)
}
