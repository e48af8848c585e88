//! Keeping the record safe: `backup`, `restore`, `passphrase`.

use std::path::{Path, PathBuf};

use clap::Args;
use color_eyre::eyre::eyre;

use super::progress::watched;
use super::{Failed, Global, print, record, secret};
use crate::store::{self, Mode, Salt, StoreError, derive};

/// `daysheet backup FILE`: a copy, reopened and proved before it has its name.
pub fn back_up(global: &Global, to: &Path) -> Result<(), Failed> {
    let record = record::open(global, Mode::Read)?;
    watched(|watch| record.store.back_up(&record.key, to, watch))?;
    record.store.close()?;
    print::say(&format!("Copied and verified: {}. It opens with the passphrase of today.", to.display()));
    Ok(())
}

/// `daysheet restore FILE`: proves the copy, keeps what it replaces, and says where.
pub fn restore(global: &Global, copy: &Path) -> Result<(), Failed> {
    let path = record::paths(global)?.record;
    let salt = Salt::of(copy)?;
    let key = derive(&secret::passphrase(global)?, salt)?;
    let (mut ids, now) = (record::ids()?, record::clock(global).now());
    let kept = watched(|watch| {
        store::restore(copy, &key, &path, &mut ids, now.instant, watch).map_err(|error| not_restored(error, copy))
    })?;
    print::say(&format!("Restored from {} to {}, after proving the copy.", copy.display(), path.display()));
    if let Some(kept) = kept {
        print::say(&format!("What it replaced is kept as {}.", kept.display()));
    }
    Ok(())
}

/// A copy that is not sound, in words: it is the copy that is damaged, and the record in use was not touched.
fn not_restored(error: StoreError, copy: &Path) -> Failed {
    match error {
        StoreError::Damaged { .. } | StoreError::NotSound(_) | StoreError::WrongValue { .. } => eyre!(
            "The copy {copy} is damaged and was not restored; the record in use stays as it was. `daysheet verify --file \
             {copy}` names what is wrong with it; restore another backup.",
            copy = copy.display()
        ),
        other => other.into(),
    }
}

/// What `passphrase` is told.
#[derive(Debug, Args)]
pub struct Passphrase {
    /// Reads the new passphrase from the first line of a file.
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
}

/// `daysheet passphrase`: another passphrase for the record.
pub fn passphrase(global: &Global, asked: &Passphrase) -> Result<(), Failed> {
    let mut record = record::open(global, Mode::Write)?;
    let from_file = asked.new_passphrase_file.as_deref().map(secret::from_file).transpose()?;
    let passphrase = secret::new_passphrase(from_file, "--new-passphrase-file")?;
    let new = derive(&passphrase, record.key.salt())?;
    watched(|watch| record.store.change_key(&record.key, &new, watch))?;
    record.store.close()?;
    print::say("The passphrase is changed. Copies made before keep their old one.");
    Ok(())
}
