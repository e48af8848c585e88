//! Every figure that a screen computes, with all it rests on: what it says, what went in, the rules, each with its source and
//! date.
//!
//! A figure is named in [`Figure`] and accounted for here; screens show the [`Account`] where one asks why. A test walks all
//! of them, and another reads the screens for a computed text that is not named.

mod course;
mod of;
#[cfg(test)]
mod tests;

pub use course::{instrument_due, level, peg_change_since};
pub use of::{
    booking, caution, clock, crps, expected, instrument, mme, pain, peg, referral, relief, response, step, supply,
    taper, target, trial, widespread,
};

use super::why::{Fact, Why};

crate::vocab! {
    /// A figure that a screen computes.
    pub enum Figure {
        /// PEG, of its three items.
        Peg "peg" "PEG",
        /// Pain now or on average, and its change since the last visit, on the board.
        Pain "pain" "pain and its change",
        /// The change of a score since a baseline.
        Response "response" "response to treatment",
        /// Relief from before a procedure to after it.
        Relief "relief" "relief in percent",
        /// A figure of a course against its baseline.
        Level "level" "change since a baseline",
        /// That an instrument is due.
        InstrumentDue "instrument_due" "instrument due",
        /// The total of an instrument and its band.
        Instrument "instrument" "score and band",
        /// The widespread pain index and what it belongs to.
        Widespread "widespread" "widespread pain index",
        /// Signs of complex regional pain syndrome.
        Crps "crps" "signs of CRPS",
        /// Morphine equivalents a day.
        Mme "mme" "morphine equivalents",
        /// Something to think of.
        Caution "caution" "caution",
        /// When a supply ends.
        Supply "supply" "run-out date",
        /// When a check is due.
        Clock "clock" "monitoring date",
        /// The steps of a taper.
        Taper "taper" "taper",
        /// How far off a target of the plan is.
        Target "target" "distance to a target",
        /// Where a treatment stands in the ledger.
        Trial "trial" "what came of a treatment",
        /// Whether a step of a plan is awake.
        Step "step" "step that woke",
        /// When a planned visit would be.
        Booking "booking" "proposed time",
        /// By when the next step of a referral is expected.
        Referral "referral" "next step of a referral",
        /// When a visit will begin, as the day runs.
        Expected "expected" "expected beginning",
    }
}

/// A figure with all it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Which figure.
    pub figure: Figure,
    /// What it says.
    pub says: String,
    /// What went in, a line each.
    pub inputs: Vec<String>,
    /// The rules.
    pub why: Why,
}

impl Account {
    /// A figure that rests on these inputs and rules.
    pub const fn new(figure: Figure, says: String, inputs: Vec<String>, why: Why) -> Self {
        Self { figure, says, inputs, why }
    }

    /// As it is read: what it says, what went in, and each rule with source and date.
    pub fn page(&self) -> String {
        let mut lines = vec![self.says.clone()];
        lines.extend(self.inputs.iter().filter(|input| **input != self.says).cloned());
        lines.extend(self.why.facts().map(Fact::show));
        lines.join("\n")
    }
}

/// Several figures, one below the other.
pub fn pages(accounts: &[Account]) -> String {
    accounts.iter().map(Account::page).collect::<Vec<_>>().join("\n\n")
}
