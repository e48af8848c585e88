//! Work in which files and the record meet, or which takes long.
//!
//! A schedule or a table of scores is read by `format`, met with the record by the rules in `clinical`, and becomes one `Write`:
//! [`import`], [`scores`]. What is done to the record as a whole beside the screen, with progress and cancel, is in [`record`].
//! On which thread any of it runs is for `app` and `cli` to say.

pub mod import;
pub mod private_file;
pub mod record;
pub mod scores;
