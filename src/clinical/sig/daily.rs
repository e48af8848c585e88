//! What a line comes to in a day, counted at its most where a range or "as needed" is written.

use super::{Dose, Most, Often, Per, Sig, Unit};
use crate::clinical::exact::Exact;
use crate::clinical::vocab::Vocab;

/// What is taken in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Daily {
    /// Of each ingredient so many milligrams, in the order of the strengths.
    Mg {
        /// At a time, of the first strength, at its most.
        dose: Vec<Exact>,
        /// Times a day.
        times: Exact,
        /// In all.
        total: Vec<Exact>,
    },
    /// Patches worn together.
    Patch {
        /// Micrograms an hour in all.
        mcg_per_hour: Exact,
        /// Hours each is worn.
        hours: Option<Exact>,
    },
}

/// Why a day cannot be reckoned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// No strength was read.
    #[error("no strength")]
    Strength,
    /// The strength has no unit, or one that is no weight.
    #[error("the strength has no unit of weight")]
    Unit,
    /// How often is not said, or not how often at most.
    #[error("how often at most is not said")]
    Often,
    /// Units that belong elsewhere.
    #[error("{0}")]
    Refused(String),
    /// A line that says two things.
    #[error("{0}")]
    Unclear(String),
    /// Figures that cannot be reckoned with.
    #[error("the figures have too many digits")]
    TooLong,
}

impl From<crate::clinical::exact::TooLong> for Unknown {
    fn from(_: crate::clinical::exact::TooLong) -> Self {
        Self::TooLong
    }
}

impl Daily {
    /// In words: `900 mg a day`.
    pub fn words(&self) -> String {
        match self {
            Self::Mg { total, .. } => {
                let all: Vec<String> = total.iter().map(|one| one.plain()).collect();
                format!("{} mg a day", all.join(" + "))
            }
            Self::Patch { mcg_per_hour, .. } => format!("{} mcg/h", mcg_per_hour.plain()),
        }
    }
}

impl Sig {
    /// Whether a range or "as needed" makes the day an upper estimate.
    pub fn is_upper(&self) -> bool {
        let dose = match self.dose {
            Some(Dose::Pieces(low, high) | Dose::Ml(low, high) | Dose::Amount(low, high, _)) => low != high,
            None => false,
        };
        let often = match &self.often {
            Some(Often::Times(low, high) | Often::Every(low, high)) => low != high,
            Some(Often::Parts(_)) | None => false,
        };
        self.as_needed || dose || often
    }

    /// Pieces taken in a day at most; none where nothing says how often, or it says two things.
    pub fn pieces_a_day(&self) -> Option<Exact> {
        if !self.unclear.is_empty() {
            return None;
        }
        let at_a_time = match self.dose {
            None => Exact::ONE,
            Some(Dose::Pieces(_, high) | Dose::Ml(_, high)) => high,
            Some(Dose::Amount(_, high, unit)) => {
                let own = self.unit?.mg(*self.strength.first()?)?;
                unit.mg(high)?.over(own).ok()??
            }
        };
        let by_often = match &self.often {
            None => None,
            Some(Often::Parts(parts)) => parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(*part)).ok(),
            Some(often) => at_a_time.times(times_of(often)?).ok(),
        };
        match self.most {
            Some(Most::Pieces(most)) if !matches!(self.dose, Some(Dose::Ml(..))) => {
                Some(by_often.map_or(most, |often| often.least(most)))
            }
            _ => by_often,
        }
    }

    /// What a day comes to.
    ///
    /// # Errors
    /// [`Unknown`] says what is missing or cannot be as it is written.
    pub fn daily(&self) -> Result<Daily, Unknown> {
        if let Some(why) = self.refused.first() {
            return Err(Unknown::Refused(why.clone()));
        }
        if let Some(why) = self.unclear.first() {
            return Err(Unknown::Unclear(why.clone()));
        }
        let first = *self.strength.first().ok_or(Unknown::Strength)?;
        let unit = self.unit.ok_or(Unknown::Unit)?;
        match self.per {
            Per::Hour => self.patch(first, unit),
            Per::Day => {
                let total = self.in_mg(unit)?;
                Ok(Daily::Mg { dose: total.clone(), times: Exact::ONE, total })
            }
            Per::Piece | Per::Ml(_) => self.mg(unit),
        }
    }

    fn in_mg(&self, unit: Unit) -> Result<Vec<Exact>, Unknown> {
        self.strength.iter().map(|one| unit.mg(*one).ok_or(Unknown::Unit)).collect()
    }

    fn patch(&self, rate: Exact, unit: Unit) -> Result<Daily, Unknown> {
        let in_mcg =
            |rate, unit: Unit| Ok::<_, Unknown>(unit.mg(rate).ok_or(Unknown::Unit)?.times(Exact::whole(1000))?);
        let (rate, worn) = match self.dose {
            None => (in_mcg(rate, unit)?, Exact::ONE),
            Some(Dose::Pieces(_, high)) => (in_mcg(rate, unit)?, high),
            // `25-50 mcg/h`: one patch, of the strongest.
            Some(Dose::Amount(_, high, unit)) => (in_mcg(high, unit)?, Exact::ONE),
            Some(Dose::Ml(..)) => return Err(Unknown::Unit),
        };
        let hours = match &self.often {
            Some(Often::Every(low, _)) => Some(*low),
            Some(Often::Times(_, high)) => Exact::whole(24).over(*high)?,
            Some(Often::Parts(_)) | None => None,
        };
        Ok(Daily::Patch { mcg_per_hour: rate.times(worn)?, hours })
    }

    fn mg(&self, unit: Unit) -> Result<Daily, Unknown> {
        let strength = self.in_mg(unit)?;
        let first = strength.first().copied().filter(|first| *first > Exact::ZERO).ok_or(Unknown::Strength)?;
        // How many strengths are taken at a time.
        let at_a_time = match (self.dose, self.per) {
            (None, Per::Ml(_)) => return Err(Unknown::Often),
            (None, _) => Exact::ONE,
            (Some(Dose::Pieces(_, high) | Dose::Ml(_, high)), Per::Ml(ml)) => {
                high.over(ml)?.ok_or(Unknown::Strength)?
            }
            (Some(Dose::Pieces(_, high)), _) => high,
            (Some(Dose::Ml(..)), _) => return Err(Unknown::Unit),
            (Some(Dose::Amount(_, high, unit)), _) => {
                unit.mg(high).ok_or(Unknown::Unit)?.over(first)?.ok_or(Unknown::Strength)?
            }
        };
        let times = match &self.often {
            Some(Often::Parts(parts)) => {
                let pieces = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.plus(*part))?;
                Some(pieces)
            }
            Some(often) => times_of(often),
            None => None,
        };
        let most = self.most_doses(first, at_a_time)?;
        let times = match (times, most) {
            (Some(times), Some(most)) => times.least(most),
            (Some(times), None) | (None, Some(times)) => times,
            (None, None) => return Err(Unknown::Often),
        };
        let dose: Vec<Exact> = strength.iter().map(|one| one.times(at_a_time)).collect::<Result<_, _>>()?;
        let total: Vec<Exact> = dose.iter().map(|one| one.times(times)).collect::<Result<_, _>>()?;
        Ok(Daily::Mg { dose, times, total })
    }

    /// The most a day in single doses of `at_a_time` strengths.
    fn most_doses(&self, first_mg: Exact, at_a_time: Exact) -> Result<Option<Exact>, Unknown> {
        let Some(most) = self.most else { return Ok(None) };
        let strengths = match (most, self.per) {
            // Of a liquid the most is said in doses, of tablets in tablets.
            (Most::Pieces(n), Per::Ml(_)) => return Ok(Some(n)),
            (Most::Pieces(n), _) => Some(n),
            (Most::Ml(n), Per::Ml(ml)) => n.over(ml)?,
            (Most::Ml(_), _) => None,
            (Most::Amount(n, unit), _) => unit.mg(n).ok_or(Unknown::Unit)?.over(first_mg)?,
        };
        Ok(strengths.ok_or(Unknown::Unit)?.over(at_a_time)?)
    }
}

fn times_of(often: &Often) -> Option<Exact> {
    match often {
        Often::Times(_, high) => Some(*high),
        Often::Every(low, _) => Exact::whole(24).over(*low).ok().flatten(),
        Often::Parts(_) => None,
    }
}

impl Unknown {
    /// What must be said so that the day can be reckoned, in a few words.
    pub fn words(&self, unit: Option<Unit>) -> String {
        match self {
            Self::Unit => match unit {
                Some(unit) => format!("{} is no weight", unit.label()),
                None => "the strength has no unit".to_owned(),
            },
            other => other.to_string(),
        }
    }
}
