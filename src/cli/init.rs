//! `daysheet init`: makes the record, for scripts and for a first run without the board.

use std::path::PathBuf;

use chrono_tz::Tz;
use clap::Args;

use super::{Failed, Global, print, record, secret};
use crate::action::Write;
use crate::app::clock;
use crate::clinical::practice::{Practice, Region, read_physician};
use crate::clinical::vocab::Vocab;
use crate::store::{Salt, Store, StoreError, derive};

/// What a new record is told.
#[derive(Debug, Args)]
pub struct Init {
    /// The physician, as the name stands in the header and under summaries.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Where the practice is: us, uk, de or other. It decides how dates are typed; without it the zone suggests one.
    #[arg(long, value_name = "REGION", value_parser = region)]
    region: Option<Region>,
    /// The zone of the schedule, like Europe/London; without it the machine's.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Tz>,
}

/// A region by its name.
pub(super) fn region(text: &str) -> Result<Region, String> {
    Region::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = Region::ALL.iter().map(|region| region.name()).collect();
        format!("a region is one of {}", names.join(", "))
    })
}

fn zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| "a zone is an IANA name like Europe/London or America/New_York".to_owned())
}

/// Makes the record.
pub fn run(global: &Global, init: &Init) -> Result<(), Failed> {
    let physician = read_physician(&init.name)?;
    let path: PathBuf = record::place(global)?;
    if path.exists() {
        return Err(StoreError::AlreadyThere(path).into());
    }
    let zone = init.zone.or_else(clock::system_zone).unwrap_or(chrono_tz::UTC);
    let region = init.region.unwrap_or_else(|| Region::suggested_by(zone));
    let passphrase = secret::new_passphrase(secret::given(global)?, "--passphrase-file or --passphrase-command")?;
    let (mut ids, mut clock) = (record::ids()?, record::clock(global));
    clock.set_zone(zone);
    let now = clock.now();
    let key = derive(&passphrase, Salt::new(&mut ids))?;
    let mut store = Store::create(&path, &key, record::ids()?, now.instant)?;
    let practice = Practice { id: ids.next(now.instant), physician, region, zone };
    store.commit(Write::PutPractice(practice), now)?;
    store.close()?;
    print::say(&format!(
        "The record is made: {} ({}, {zone}). A forgotten passphrase is final: nobody can open the file without it.",
        path.display(),
        region.label(),
    ));
    Ok(())
}
