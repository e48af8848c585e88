//! The only SQL: the encrypted record, its change log, undo, drafts, search, backup and proof.
//!
//! [`Store`] is the one door. Every change of a fact goes through one transaction and becomes one sealed change set
//! (`tx`, `log`, `chain`); triggers generated from the schema write what changed (`triggers`, `schema`), short and exact
//! (`image`, `names`), so nothing has to remember to. `migrations/` holds the schema, one file after the other, never edited once released.
//!
//! One file per aggregate maps rows to the types of `clinical`, both ways (`row` has the tools): `patient`, `visit`, `score`,
//! `assessment`, `plan`, `session`, `check_in`, `task`, `close`, `reflection` (sealed by `seal`), `practice`, `import`, `instrument`, `page`, `vital`. `apply` carries
//! `assessment` (what it asked: `asked`), `problem`, `plan`, `session`, `check_in`, `task`, `close`, `reflection` (sealed by `seal`), `practice`, `import`. `apply` carries
//! out every [`Write`](crate::action::Write), `commit` is the door to it. Read models are put together in `day_records` (the
//! board), `models` (forms), `chart` and `find`.
//!
//! What is *not* here: rules of medicine (`clinical`), and words on how to go on after an error (`app`).

mod apply;
mod asked;
mod assessment;
mod backup;
mod body;
mod chain;
mod chart;
mod check_in;
mod close;
mod commit;
mod day_records;
mod diagnostic;
mod drafts;
mod education;
mod elsewhere;
pub mod emergency;
mod error;
mod files;
mod find;
mod follow;
mod forget;
mod image;
mod import;
mod instrument;
mod kdf;
mod key;
mod lock;
mod log;
mod machine;
mod medicine;
mod migrate;
mod models;
mod monitoring;
mod names;
mod note;
mod open;
mod page;
mod passphrase;
mod patient;
mod plan;
mod practice;
mod problem;
#[cfg(test)]
mod record_tests;
mod referral;
mod reflection;
mod response;
mod restore;
mod row;
mod schema;
mod score;
mod seal;
mod search;
mod session;
mod size;
mod sniff;
mod step;
mod taper;
mod task;
#[cfg(test)]
mod testing;
mod timeline;
mod treatments;
mod trend;
mod triggers;
mod tx;
mod undo;
mod verify;
mod visit;
mod vital;
mod watch;
#[cfg(test)]
mod work;

pub use drafts::Draft;
pub use error::StoreError;
pub use follow::Follow;
pub use forget::{forget, forget_of_ended_threads};
pub use import::ImportedVisit;
pub use key::{RawKey, Salt, derive};
pub use lock::Holder;
pub use log::{Act, Committed};
pub use open::{Mode, Store};
pub use restore::{Finished, finish_restore, restore};
pub use search::Found;
pub use size::Bytes;
pub use undo::{Because, Refusal, Scope, UndoInfo, Undone};
pub use verify::{ChainFault, Finding, Proof, RowFault, Survey, newest_copy, survey, told, told_pages};
pub use watch::{Progress, Stage, Stop, Watch};
#[cfg(test)]
pub use work::Work;
