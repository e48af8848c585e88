//! `daysheet demo`: a made-up practice in a throw-away file, to try everything.
//!
//! The file lies in a folder of its own that only its owner can enter, its key is chance that nobody sees, and folder and
//! file are gone when the demo ends, also by a signal or a fault.

use std::fs::DirBuilder;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use color_eyre::eyre::eyre;

use super::progress::watched;
use super::{Failed, Global, print, record};
use crate::action::Write;
use crate::app::chance::SystemChance;
use crate::app::made_up::{self, Size, generate};
use crate::app::paths::Paths;
use crate::app::program::{self, Options};
use crate::clinical::id::Chance;
use crate::clinical::practice::{Practice, Region};
use crate::clinical::time::Now;
use crate::jobs::private_file::closed;
use crate::store::{RawKey, Store, StoreError, Watch};

/// The seed of the practice everybody meets.
const SEED: u64 = 2026;

/// A folder that is gone, with all that is in it, when this is.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Self, Failed> {
        let mut bytes = [0; 8];
        SystemChance::new()?.fill(&mut bytes);
        let path = std::env::temp_dir().join(format!("daysheet-demo-{:016x}", u64::from_le_bytes(bytes)));
        // One that is there already is somebody else's: making it fails.
        closed(&mut DirBuilder::new()).create(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(why) = std::fs::remove_dir_all(&self.0) {
            print::say(&format!("daysheet: the demo's folder {} could not be removed: {why}", self.0.display()));
        }
    }
}

/// What `demo` takes.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Whose tables are shown: us, uk, de or other. Without it those of the zone, where they hold a table of opioid doses,
    /// else those of the United States.
    #[arg(long, value_name = "REGION", value_parser = super::init::region)]
    region: Option<Region>,
}

/// Makes the practice up and shows its day.
pub fn run(global: &Global, demo: &Demo) -> Result<ExitCode, Failed> {
    if global.file.is_some() {
        return Err(eyre!("the demo makes a file of its own and removes it at the end: leave --file away.",));
    }
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(eyre!("the demo is shown in a terminal, and standard input or output is none."));
    }
    let settings = record::settings(global)?;
    let now = record::clock(global).now();
    let region = demo.region.unwrap_or_else(|| made_up::region(now.zone));
    let Made { folder, paths, store, key } = watched(|watch| make(global, (now, region), watch))?;
    let open = Some((store, key));
    let done = program::run(Options { paths, settings, set_to: global.now, passphrase: None, demo: true, open });
    drop(folder);
    Ok(done?)
}

/// Where a region is, in a sentence.
const fn place(region: Region) -> &'static str {
    match region {
        Region::Us => "the United States",
        Region::Uk => "the United Kingdom",
        Region::De => "Germany",
        Region::Other => "no region",
    }
}

/// A made-up practice in a folder of its own.
struct Made {
    store: Store,
    key: RawKey,
    paths: Paths,
    folder: Folder,
}

/// Makes the folder and the practice in it. What stops it halfway takes the folder away again.
fn make(global: &Global, (now, region): (Now, Region), watch: &mut Watch) -> Result<Made, Failed> {
    let folder = Folder::make()?;
    // Settings and mappings of its own, too: the demo leaves nothing behind. What the physician wrote is read as ever.
    let paths = Paths {
        own: record::paths(global)?.own,
        record: folder.0.join("demo.db"),
        settings: folder.0.join("settings.toml"),
        runtime: folder.0.join("run"),
    };
    let mut ids = record::ids()?;
    let key = RawKey::random(&mut ids);
    let mut store = Store::create(&paths.record, &key, ids, now.instant)?;
    print::say(&format!("Making up a practice and its two years, with the tables of {}…", place(region)));
    for act in generate(SEED, Size::DEMO, now) {
        if watch.is_stopped() {
            return Err(StoreError::Stopped.into());
        }
        let write = match act.write {
            Write::PutPractice(practice) => Write::PutPractice(Practice { region, ..practice }),
            other => other,
        };
        store.commit(write, Now { instant: act.at, ..now })?;
    }
    Ok(Made { store, key, paths, folder })
}
