//! How fast the day is, with one year and with twenty years of made-up data behind it.

mod files;

use divan::Bencher;

fn main() {
    divan::main();
}

/// The day's board: everything it is computed from read, and computed.
#[divan::bench(args = [1, 20])]
fn board(bencher: Bencher, years: u32) {
    let store = files::made(years).open();
    let now = files::now();
    bencher.bench_local(|| {
        let records = store.board_records(now.today(), now, true).unwrap();
        daysheet::clinical::board::board(&records, now)
    });
}
