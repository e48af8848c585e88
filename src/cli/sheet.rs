//! `daysheet sheet [DATE]`: the day for paper, or as JSON.

use clap::Args;
use color_eyre::eyre::eyre;

use super::{Failed, Global, print, record};
use crate::app::session::followed;
use crate::clinical::board::board;
use crate::clinical::typed::{DateSense, Reading, read_date};
use crate::format::sheet::json::Sheet;
use crate::format::sheet::text;
use crate::store::Mode;

/// What `sheet` is told.
#[derive(Debug, Args)]
pub struct Ask {
    /// The day, as it is typed anywhere: 24 nov, tomorrow, +1w, 2026-11-24. Without it today.
    date: Option<String>,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Prints the day.
pub fn run(global: &Global, ask: &Ask) -> Result<(), Failed> {
    let settings = record::settings(global)?;
    let record = record::open(global, Mode::Read)?;
    let reading = Reading::of(record.practice.region, record.now.wall());
    let date = match &ask.date {
        Some(typed) => read_date(typed, &reading, DateSense::Near).map_err(|why| eyre!("{why}."))?,
        None => record.now.today(),
    };
    let records = record.store.board_records(date, record.now, followed(&settings.preferences))?;
    let board = board(&records, record.now);
    record.store.close()?;
    if ask.json {
        return print::json(&Sheet::of(&records, &board));
    }
    print::result(&text::sheet(&records, &board, &record.practice.physician, record.now))
}
