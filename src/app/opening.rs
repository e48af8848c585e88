//! Opening or making the record away from the screen: the key is derived, an older file is backed up and brought up to
//! date, and the screen is told how far that is.

use std::path::Path;

use zeroize::Zeroizing;

use crate::clinical::id::Ids;
use crate::clinical::practice::Practice;
use crate::clinical::time::Now;
use crate::store::{Mode, Progress, RawKey, Salt, Stop, Store, StoreError, Watch, derive};
use crate::ui::screen::gate::NewRecord;

/// What a passphrase is for.
pub enum Purpose {
    /// To open the record.
    Open(Mode),
    /// To make one.
    Create(Box<NewRecord>),
}

/// An open record with its key.
pub type Opened = Result<(Store, RawKey), StoreError>;

/// Derives the key and opens the record, or makes it.
pub fn open(
    record: &Path,
    passphrase: &Zeroizing<String>,
    purpose: Purpose,
    mut ids: Ids,
    now: Now,
    mut tell: impl FnMut(Progress),
) -> Opened {
    match purpose {
        Purpose::Open(mode) => {
            let key = derive(passphrase, Salt::of(record)?)?;
            // Thousands of pages are copied; the screen is told when another hundredth is done.
            let mut told = None;
            let mut tell = |progress: Progress| {
                let part = (progress.stage, (progress.done * 100).checked_div(progress.total));
                if told.replace(part) != Some(part) {
                    tell(progress);
                }
            };
            let mut watch = Watch::new(Stop::default(), &mut tell);
            let store = Store::open_watched(record, &key, mode, ids, now.instant, &mut watch)?;
            Ok((store, key))
        }
        Purpose::Create(new) => {
            let key = derive(passphrase, Salt::new(&mut ids))?;
            let id = ids.next(now.instant);
            let practice = Practice { id, physician: new.physician, region: new.region, zone: new.zone };
            let mut store = Store::create(record, &key, ids, now.instant)?;
            store.commit(crate::action::Write::PutPractice(practice), now)?;
            Ok((store, key))
        }
    }
}
