//! The times of a day at which a medicine is taken.

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    Morning,
    Noon,
    Evening,
    Night,
}

impl Moment {
    /// The time of day that a word names.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "am" | "qam" | "mane" | "morning" | "mornings" | "morgens" => Self::Morning,
            "noon" | "midday" | "mittags" => Self::Noon,
            "pm" | "qpm" | "evening" | "evenings" | "abends" => Self::Evening,
            "night" | "nights" | "nightly" | "nocte" | "hs" | "qhs" | "bedtime" | "nachts" => Self::Night,
            _ => return None,
        })
    }
}
