//! `daysheet print …`: what goes on paper.

use clap::{Args, Subcommand};
use color_eyre::eyre::eyre;

use super::{Failed, Global, print, record};
use crate::app::instruments;
use crate::app::session::followed;
use crate::clinical::education::{HANDOUTS, Handout};
use crate::clinical::page::page_visits;
use crate::clinical::typed::{DateSense, Reading, read_date};
use crate::format::page::{Ink, page};
use crate::store::Mode;
use crate::ui::theme::Signs;

/// What `print` is told.
#[derive(Debug, Args)]
pub struct Ask {
    #[command(subcommand)]
    what: What,
}

/// What is printed.
#[derive(Debug, Subcommand)]
enum What {
    /// One page for each patient of a day, to be filled in before the visit: pain, PEG, what is due, the body, medicines.
    Intake {
        /// The day, as it is typed anywhere: tomorrow, mon, 24 nov. Without it today.
        date: Option<String>,
    },
    /// A handout for patients; without a name, the names there are.
    Handout {
        /// Its name: pacing, sleep, naloxone…
        name: Option<String>,
    },
}

/// Prints.
pub fn run(global: &Global, ask: &Ask) -> Result<(), Failed> {
    match &ask.what {
        What::Intake { date } => intake(global, date.as_deref()),
        What::Handout { name } => handout(name.as_deref()),
    }
}

/// The width of a handout on paper.
const HANDOUT_WIDTH: usize = 72;

/// A handout needs no record: it is the same for everybody.
fn handout(name: Option<&str>) -> Result<(), Failed> {
    let Some(name) = name else {
        let names: Vec<String> =
            HANDOUTS.iter().map(|handout| format!("{:24} {}\n", handout.id, handout.title())).collect();
        return print::result(&names.concat());
    };
    if let Some(handout) = Handout::named(name) {
        return print::result(&handout.page(HANDOUT_WIDTH, ""));
    }
    let names: Vec<&str> = HANDOUTS.iter().map(|handout| handout.id).collect();
    Err(eyre!("no handout is called {name}; there are {}.", names.join(", ")))
}

fn intake(global: &Global, date: Option<&str>) -> Result<(), Failed> {
    let settings = record::settings(global)?;
    let ink = match settings.signs {
        Signs::Ascii => Ink::Ascii,
        Signs::Unicode => Ink::Braille,
    };
    let (catalogue, faults) = instruments::load(&record::paths(global)?.instruments());
    let record = record::open(global, Mode::Read)?;
    let reading = Reading::of(record.practice.region, record.now.wall());
    let date = match date {
        Some(typed) => read_date(typed, &reading, DateSense::Near).map_err(|why| eyre!("{why}."))?,
        None => record.now.today(),
    };
    let records = record.store.board_records(date, record.now, followed(&settings.preferences))?;
    let mut out = String::new();
    for visit in page_visits(&records) {
        let ask = record.store.page_ask(visit, &catalogue)?;
        out.push_str(&page(&ask, &record.practice.physician, ink));
    }
    record.store.close()?;
    for fault in faults {
        print::say(&fault);
    }
    if out.is_empty() {
        print::say("Nobody is booked on that day: no page is printed.");
    }
    print::result(&out)
}
