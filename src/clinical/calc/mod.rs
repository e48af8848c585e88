//! The calculators: each rule in a file of its own, with typed inputs and a typed answer that says why.
//!
//! Screens and `daysheet calc` call these functions. What a rule knows it reads from the tables in [`super::facts`].
//! Instruments are scored by [`super::instrument`].

pub mod aldrete;
pub mod antithrombotic;
pub mod block_response;
pub mod budapest;
pub mod error;
pub mod fm2016;
pub mod lipid_rescue;
pub mod local_anaesthetic;
pub mod mme;
pub mod mood;
pub mod nrs_change;
pub mod observation;
pub mod opioid_risk;
pub mod peg;
pub mod rmdq;
pub mod steroid_rule;
pub mod steroid_total;
pub mod taper;

pub use error::CalcError;

use super::facts::instruments::{Instrument, instruments};

/// The shipped instrument with this id.
pub fn shipped(id: &str) -> Result<&'static Instrument, CalcError> {
    let known = || error::known(instruments().instrument.iter().map(|instrument| instrument.id.as_str()));
    instruments().get(id).ok_or_else(|| CalcError::unknown("instrument", id, known()))
}
