//! How fast the day is, with one year and with twenty years of made-up data behind it.
//!
//! `cargo bench` measures each part that only reads by itself, and then compares: one year with twenty, and the program in
//! a terminal with a bare one that draws as many cells. The comparison ([`ratios`]) has a runner of its own: its two or
//! three sides take turns within one run, so that whatever else the machine does meets all of them, and divan runs one
//! after the other. `cargo bench -- ratios` only compares (`ratios keys` only one part of it), `cargo bench -- board` only
//! measures the board. A ratio over its limit makes it fail. `--as-generator 365` only makes up so many days of a full
//! practice, for a profiler to look at.

mod bare;
mod chart;
mod child;
mod files;
mod parts;
mod pty;
mod ratios;

use divan::Bencher;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some(bare::ASKED) => return bare::run(),
        Some(child::ASKED) => return child::run(&arguments[1..]),
        Some(files::ASKED) => return files::only(&arguments[1..]),
        _ => {}
    }
    let names: Vec<&String> = arguments.iter().filter(|name| !name.starts_with('-')).collect();
    let only_ratios = names.first().is_some_and(|name| *name == "ratios");
    if !only_ratios {
        divan::main();
    }
    if (only_ratios || names.is_empty()) && !ratios::run(names.get(1..).unwrap_or_default()) {
        std::process::exit(1);
    }
}

/// The day's board: everything it is computed from read, and computed.
#[divan::bench(args = [1, 20])]
fn board(bencher: Bencher, years: u32) {
    let part = parts::Part::open(&files::made(years));
    bencher.bench_local(|| part.board());
}

/// All texts that hold what is typed so far.
#[divan::bench(args = [1, 20])]
fn find(bencher: Bencher, years: u32) {
    let part = parts::Part::open(&files::made(years));
    bencher.bench_local(|| part.find("shoulder"));
}

/// The record opened, and everything read that its first board is computed from.
#[divan::bench(args = [1, 20])]
fn unlock(bencher: Bencher, years: u32) {
    let path = files::made(years);
    bencher.bench_local(|| {
        let store = files::open(&path);
        store.board_records(files::now().today(), files::now(), true).unwrap()
    });
}
