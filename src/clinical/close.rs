//! The close of a day: what was decided about each open item, and the day's own record.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::board::ItemKey;
use super::id::{DayId, DecisionId, VisitId};
use super::time::Instant;

crate::vocab! {
    /// What was decided about an open item.
    pub enum DecisionKind {
        /// Moved to a date.
        Carried "carried" "carried",
        /// Closed with a reason.
        Closed "closed" "closed",
    }
}

/// A decision about one open item. The item itself stays computed from the records; the decision hides it until its date,
/// or for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Identity.
    pub id: DecisionId,
    /// The item: what it is and the record it comes from.
    pub item: ItemKey,
    /// The visit whose assessment or procedure it is, where it is one.
    pub visit: Option<VisitId>,
    /// The day at whose close it was decided.
    pub day: NaiveDate,
    /// What was decided.
    pub kind: DecisionKind,
    /// To which date it was carried.
    pub to: Option<NaiveDate>,
    /// Why it was closed.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// A day of the practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRecord {
    /// Identity.
    pub id: DayId,
    /// The day.
    pub date: NaiveDate,
    /// When it was closed; none while open (also reopened by a new item).
    pub closed_at: Option<Instant>,
    /// The proof kept at closing: how many items were done, carried, closed.
    pub done: u32,
    /// Carried at closing.
    pub carried: u32,
    /// Closed with a reason at closing.
    pub let_go: u32,
}
