//! How a medicine is given, read from one typed line: `gabapentin 300 1-1-1`, `oxycodone er 20 mg bid`, `fentanyl patch
//! 25 mcg/h q72h`, `morphine 10 mg/5 ml 2.5 ml q4h prn max 6/day`.
//!
//! A line is what the physician typed and is kept as it is; the reading follows from it each time, so that the two never
//! disagree. What was not read is named and never guessed; units that belong to another way of giving are refused.
//! Tokens are in `token`, the grammar in `read`, units and mix-ups in `units`, what a day comes to in `daily`.

mod amount;
mod daily;
mod form;
mod moment;
mod often;
mod parts;
mod read;
#[cfg(test)]
mod tests;
mod token;
mod units;
mod words;

pub use daily::{Daily, Unknown};
pub use parts::Parts;
pub use read::{read, with_strength};

use super::exact::Exact;
use super::facts::medicine_names::Name;
use super::vocab::Vocab;

crate::vocab! {
    /// How fast a preparation gives its medicine.
    pub enum Release {
        /// At once.
        Immediate "immediate" "immediate release",
        /// Over hours.
        Extended "extended" "extended release",
    }

    /// The way into the body, as far as a rule depends on it.
    pub enum Route {
        /// By mouth.
        Oral "oral" "by mouth",
        /// A patch through the skin.
        Transdermal "transdermal" "patch",
        /// On the skin: gel, cream, plaster.
        Topical "topical" "on the skin",
        /// Under the tongue.
        Sublingual "sublingual" "under the tongue",
        /// In the cheek.
        Buccal "buccal" "in the cheek",
        /// A film in the cheek.
        BuccalFilm "buccal film" "film in the cheek",
        /// A lozenge.
        Lozenge "lozenge" "lozenge",
        /// By the nose.
        Nasal "nasal" "by the nose",
        /// Breathed in.
        Inhaled "inhaled" "inhaled",
        /// By the rectum.
        Rectal "rectal" "rectal",
        /// Into a vein.
        Iv "iv" "into a vein",
        /// Into a muscle.
        Im "im" "into a muscle",
        /// Under the skin.
        Sc "sc" "under the skin",
        /// An implant or depot.
        Implant "implant" "implant or depot",
        /// Into the epidural space.
        Epidural "epidural" "epidural",
        /// Into the spinal fluid.
        Intrathecal "intrathecal" "intrathecal",
        /// Into the eye or ear.
        Drops "eye or ear" "eye or ear drops",
    }

    /// The unit of an amount.
    pub enum Unit {
        /// Milligrams.
        Mg "mg" "mg",
        /// Micrograms.
        Mcg "mcg" "mcg",
        /// Grams.
        G "g" "g",
        /// Units, of insulin or a toxin.
        Units "units" "units",
        /// Percent, of a gel or plaster.
        Percent "percent" "%",
    }
}

impl Route {
    /// Whether the medicine reaches the blood in an amount that rules count.
    pub const fn is_systemic(self) -> bool {
        !matches!(self, Self::Topical | Self::Drops)
    }
    /// Whether it is given into the body by needle or pump, where other units are usual.
    pub const fn is_parenteral(self) -> bool {
        matches!(self, Self::Iv | Self::Im | Self::Sc | Self::Epidural | Self::Intrathecal | Self::Implant)
    }
}

impl Unit {
    /// An amount of this unit in milligrams; none where it is no weight.
    pub fn mg(self, amount: Exact) -> Option<Exact> {
        match self {
            Self::Mg => Some(amount),
            Self::Mcg => amount.over(Exact::whole(1000)).ok().flatten(),
            Self::G => amount.times(Exact::whole(1000)).ok(),
            Self::Units | Self::Percent => None,
        }
    }
}

/// What a strength is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Per {
    /// In one tablet, capsule or dose.
    #[default]
    Piece,
    /// In so many millilitres.
    Ml(Exact),
    /// Given off in an hour, by a patch.
    Hour,
    /// A day in all, however it is divided.
    Day,
}

/// How much at a time, from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dose {
    /// Tablets, patches, puffs.
    Pieces(Exact, Exact),
    /// Millilitres.
    Ml(Exact, Exact),
    /// So much of the medicine.
    Amount(Exact, Exact, Unit),
}

/// How often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Often {
    /// Times a day, from and to.
    Times(Exact, Exact),
    /// Every so many hours, from and to.
    Every(Exact, Exact),
    /// Pieces in the morning, at noon, in the evening, at night.
    Parts(Vec<Exact>),
}

/// The most a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Most {
    /// Tablets or doses.
    Pieces(Exact),
    /// So much of the medicine.
    Amount(Exact, Unit),
    /// Millilitres.
    Ml(Exact),
}

/// A typed line, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sig {
    /// The name as it was typed, without strength and dose.
    pub name: String,
    /// How fast it is given off.
    pub release: Option<Release>,
    /// By which way; none is the usual one.
    pub route: Option<Route>,
    /// How much is in one piece, hour or volume; of a combination one for each ingredient, in the order typed.
    pub strength: Vec<Exact>,
    /// The unit of the strength.
    pub unit: Option<Unit>,
    /// Whether the unit was not typed but follows from the table.
    pub unit_assumed: bool,
    /// What the strength is in.
    pub per: Per,
    /// How much at a time; none is one piece.
    pub dose: Option<Dose>,
    /// How often.
    pub often: Option<Often>,
    /// Only when needed.
    pub as_needed: bool,
    /// The most a day.
    pub most: Option<Most>,
    /// How many were prescribed.
    pub quantity: Option<u32>,
    /// What it is for.
    pub reason: Option<String>,
    /// What was not read.
    pub unread: Vec<String>,
    /// Why the day cannot be reckoned though each word was read: two doses in one line, two frequencies.
    pub unclear: Vec<String>,
    /// Why it cannot be as it is written: units that belong elsewhere.
    pub refused: Vec<String>,
}

impl Sig {
    /// The medicines of the table that the name may mean; none where it was not recognised.
    pub fn meant(&self) -> Vec<&'static Name> {
        super::medicine::named(&self.name)
    }

    /// The strength in words: `300 mg`, `10/325 mg`, `25 mcg/h`, `10 mg/5 ml`.
    pub fn strength_words(&self) -> String {
        if self.strength.is_empty() {
            return String::new();
        }
        let numbers: Vec<String> = self.strength.iter().map(|one| one.plain()).collect();
        let unit = self.unit.map(|unit| format!(" {}", unit.label())).unwrap_or_default();
        let per = match self.per {
            Per::Piece => String::new(),
            Per::Ml(ml) if ml == Exact::ONE => "/ml".to_owned(),
            Per::Ml(ml) => format!("/{} ml", ml.plain()),
            Per::Hour => "/h".to_owned(),
            Per::Day => "/day".to_owned(),
        };
        format!("{}{unit}{per}", numbers.join("/"))
    }

    /// How much at a time, in words; empty for one piece.
    pub fn dose_words(&self) -> String {
        let range = |low: Exact, high: Exact| {
            if low == high { low.plain() } else { format!("{}-{}", low.plain(), high.plain()) }
        };
        match self.dose {
            None => String::new(),
            Some(Dose::Pieces(low, high)) => format!("{} at a time", range(low, high)),
            Some(Dose::Ml(low, high)) => format!("{} ml", range(low, high)),
            Some(Dose::Amount(low, high, unit)) => format!("{} {}", range(low, high), unit.label()),
        }
    }

    /// How often, in words: `twice a day`, `every 4-6 h as needed, at most 6 a day`.
    pub fn often_words(&self) -> String {
        let often = self.often.as_ref().map(words::often).unwrap_or_default();
        let need = if self.as_needed { "as needed" } else { "" };
        let most = match self.most {
            None => String::new(),
            Some(Most::Pieces(n)) => format!("at most {} a day", n.plain()),
            Some(Most::Amount(n, unit)) => format!("at most {} {} a day", n.plain(), unit.label()),
            Some(Most::Ml(n)) => format!("at most {} ml a day", n.plain()),
        };
        let first = [often.as_str(), need].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        [first, most].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The whole reading in words, with what a day comes to: `300 mg · 1 morning, 1 noon, 1 evening · 900 mg a day`.
    pub fn reading(&self) -> String {
        let route = self.route.map(|route| route.label().to_owned()).unwrap_or_default();
        let release = self.release.map(|release| release.label().to_owned()).unwrap_or_default();
        let a_day = self.daily().map(|daily| daily.words()).unwrap_or_default();
        let quantity = self.quantity.map(|n| format!("{n} prescribed")).unwrap_or_default();
        let reason = self.reason.as_ref().map(|reason| format!("for {reason}")).unwrap_or_default();
        let unclear = self.unclear.join("; ");
        let (dose, often) = (self.dose_words(), self.often_words());
        let parts = [self.strength_words(), release, route, dose, often, a_day, unclear, quantity, reason];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}
