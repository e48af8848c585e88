//! The only SQL: the encrypted record, its change log, undo, drafts, search, backup and proof.
//!
//! [`Store`] is the one door. Every change of a fact goes through one transaction and becomes one sealed change set
//! (`tx`, `log`, `chain`); triggers generated from the schema write what changed (`triggers`, `schema`), so nothing has
//! to remember to. `migrations/` holds the schema, one file after the other, never edited once released.
//!
//! What is *not* here: rules of medicine (`clinical`), and words on how to go on after an error (`app`).

mod backup;
mod chain;
mod drafts;
mod error;
mod files;
mod key;
mod lock;
mod log;
mod machine;
mod migrate;
mod open;
mod passphrase;
mod restore;
mod schema;
mod search;
mod sniff;
#[cfg(test)]
mod testing;
mod triggers;
mod tx;
mod undo;
mod verify;
mod watch;

pub use drafts::Draft;
pub use error::StoreError;
pub use key::{RawKey, Salt, derive};
pub use lock::Holder;
pub use log::{Act, Committed};
pub use open::{Mode, Store};
pub use restore::restore;
pub use search::{Found, Piece};
pub use undo::{Because, Refusal, Scope, UndoInfo, Undone};
pub use verify::{ChainFault, Finding, Proof, RowFault};
pub use watch::{Progress, Stage, Stop, Watch};
