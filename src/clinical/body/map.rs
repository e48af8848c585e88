//! What was marked on the map, and every way to change it. Any row of changes leaves a valid map.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::region::BodyRegion;
use crate::clinical::vocab::Vocab;

crate::vocab! {
    /// How a pain feels.
    pub enum Quality {
        /// Aching.
        Aching "aching" "aching",
        /// Burning.
        Burning "burning" "burning",
        /// Stabbing.
        Stabbing "stabbing" "stabbing",
        /// Like an electric shock, shooting.
        Electric "electric" "electric, shooting",
        /// Numb.
        Numb "numb" "numb",
        /// Pins and needles.
        Pins "pins" "pins and needles",
        /// Cramping.
        Cramping "cramping" "cramping",
        /// Throbbing.
        Throbbing "throbbing" "throbbing",
    }
}

impl Quality {
    /// The letter by which it is chosen.
    pub const fn key(self) -> char {
        match self {
            Self::Aching => 'a',
            Self::Burning => 'b',
            Self::Stabbing => 's',
            Self::Electric => 'e',
            Self::Numb => 'n',
            Self::Pins => 'p',
            Self::Cramping => 'c',
            Self::Throbbing => 't',
        }
    }

    /// The quality of a letter.
    pub fn of_key(key: char) -> Option<Self> {
        Self::ALL.iter().copied().find(|quality| quality.key() == key.to_ascii_lowercase())
    }
}

/// How much it hurts, 0 to 10; 0 was asked and does not hurt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Intensity(u8);

impl Intensity {
    /// Asked, and it does not hurt.
    pub const NONE: Self = Self(0);
    /// The most.
    pub const MOST: Self = Self(10);

    /// An intensity; none above 10.
    pub const fn new(value: u8) -> Option<Self> {
        if value <= 10 { Some(Self(value)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Intensity {
    type Error = String;

    fn try_from(value: u8) -> Result<Self, String> {
        Self::new(value).ok_or_else(|| format!("{value} is above 10"))
    }
}

impl From<Intensity> for u8 {
    fn from(intensity: Intensity) -> Self {
        intensity.0
    }
}

/// What is known of one region.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// How much it hurts; `None` is marked without a number.
    pub intensity: Option<Intensity>,
    /// How it feels.
    pub quality: BTreeSet<Quality>,
    /// Where it goes.
    pub radiates: Option<BodyRegion>,
    /// Whether it was taken over from the last visit as it stood there.
    pub carried: bool,
}

impl Mark {
    /// Whether it hurts here: marked, and not asked and free of pain.
    pub fn hurts(&self) -> bool {
        self.intensity != Some(Intensity::NONE)
    }
}

/// The marked regions. Blank is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PainMap {
    marks: BTreeMap<BodyRegion, Mark>,
}

impl PainMap {
    /// Whether nothing was marked.
    pub fn is_blank(&self) -> bool {
        self.marks.is_empty()
    }

    /// What is known of a region; none is not asked.
    pub fn get(&self, region: BodyRegion) -> Option<&Mark> {
        self.marks.get(&region)
    }

    /// Everything marked, front before back, from the head down.
    pub fn marks(&self) -> impl Iterator<Item = (BodyRegion, &Mark)> {
        self.marks.iter().map(|(region, mark)| (*region, mark))
    }

    /// The regions that hurt, front before back, from the head down.
    pub fn hurting(&self) -> impl Iterator<Item = (BodyRegion, &Mark)> {
        self.marks().filter(|(_, mark)| mark.hurts())
    }

    /// Puts a mark as it was read from the record; what cannot stand is left out of it.
    pub fn put(&mut self, region: BodyRegion, mut mark: Mark) {
        if !mark.hurts() {
            mark = Mark { intensity: mark.intensity, carried: mark.carried, ..Mark::default() };
        }
        mark.radiates = mark.radiates.filter(|to| *to != region);
        self.marks.insert(region, mark);
    }

    fn change(&mut self, region: BodyRegion, change: impl FnOnce(&mut Mark)) {
        let mut mark = self.marks.get(&region).cloned().unwrap_or_default();
        change(&mut mark);
        mark.carried = false;
        self.put(region, mark);
    }

    /// How much it hurts there.
    pub fn set(&mut self, region: BodyRegion, intensity: Intensity) {
        self.change(region, |mark| mark.intensity = Some(intensity));
    }

    /// It hurts there; nobody said how much.
    pub fn mark(&mut self, region: BodyRegion) {
        self.change(region, |mark| mark.intensity = mark.intensity.filter(|known| *known != Intensity::NONE));
    }

    /// It was asked about and does not hurt.
    pub fn gone(&mut self, region: BodyRegion) {
        self.set(region, Intensity::NONE);
    }

    /// Takes the mark away: not asked.
    pub fn clear(&mut self, region: BodyRegion) {
        self.marks.remove(&region);
    }

    /// Adds a quality, or takes it out. A region that was not marked hurts from then on.
    pub fn turn(&mut self, region: BodyRegion, quality: Quality) {
        self.mark(region);
        self.change(region, |mark| {
            if !mark.quality.remove(&quality) {
                mark.quality.insert(quality);
            }
        });
    }

    /// Says where it goes from there, or that it goes nowhere. A region that was not marked hurts from then on; a region
    /// does not radiate into itself.
    pub fn radiate(&mut self, region: BodyRegion, to: Option<BodyRegion>) {
        self.mark(region);
        self.change(region, |mark| mark.radiates = to);
    }

    /// The region as at the last visit; false where it did not hurt there then.
    pub fn take(&mut self, region: BodyRegion, last: &Self) -> bool {
        let Some(mark) = last.marks.get(&region).filter(|mark| mark.hurts()) else { return false };
        self.put(region, Mark { carried: true, ..mark.clone() });
        true
    }

    /// Every region that hurt at the last visit and is not marked yet, as it was; says how many.
    pub fn take_all(&mut self, last: &Self) -> usize {
        let blank: Vec<BodyRegion> =
            last.hurting().map(|(region, _)| region).filter(|region| self.get(*region).is_none()).collect();
        blank.into_iter().filter(|region| self.take(*region, last)).count()
    }

    /// The regions that hurt, marked as copied.
    #[must_use]
    pub fn to_take_over(&self) -> Self {
        let mut taken = Self::default();
        taken.take_all(self);
        taken
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clinical::facts::body_map::body_map;

    fn region(code: &str) -> BodyRegion {
        BodyRegion::of_code(code).unwrap()
    }

    #[test]
    fn the_qualities_are_those_of_the_table_with_their_letters() {
        let table: Vec<_> = body_map().pain_quality.iter().map(|quality| (quality.id.as_str(), quality.key)).collect();
        let own: Vec<_> = Quality::ALL.iter().map(|quality| (quality.name(), quality.key())).collect();
        assert_eq!(own, table);
        assert_eq!(Quality::of_key('B'), Some(Quality::Burning));
        assert_eq!(Quality::of_key('x'), None);
    }

    #[test]
    fn an_intensity_stays_in_its_range() {
        for (value, kept) in [(0, true), (10, true), (11, false), (255, false)] {
            assert_eq!(Intensity::new(value).is_some(), kept, "{value}");
            assert_eq!(serde_json::from_str::<Intensity>(&value.to_string()).is_ok(), kept, "{value}");
        }
    }

    #[test]
    fn what_is_gone_holds_a_nought_and_nothing_else() {
        let mut map = PainMap::default();
        let (buttock, calf) = (region("bul"), region("cal"));
        map.set(buttock, Intensity(6));
        map.turn(buttock, Quality::Burning);
        map.radiate(buttock, Some(calf));
        map.gone(buttock);
        let mark = map.get(buttock).unwrap();
        assert_eq!(mark, &Mark { intensity: Some(Intensity::NONE), ..Mark::default() });
        assert_eq!(map.hurting().count(), 0);
        map.turn(buttock, Quality::Numb);
        assert_eq!(map.get(buttock).unwrap().intensity, None, "a quality of what was gone: it hurts again");
        map.clear(buttock);
        assert!(map.is_blank());
    }

    #[test]
    fn what_is_taken_over_says_so_until_it_is_changed() {
        let mut last = PainMap::default();
        last.set(region("bul"), Intensity(6));
        last.turn(region("bul"), Quality::Aching);
        last.set(region("cal"), Intensity(3));
        last.gone(region("kfl"));
        let mut map = PainMap::default();
        map.set(region("cal"), Intensity(5));
        assert_eq!(map.take_all(&last), 1, "what is marked stays, what was gone is not asked of again");
        assert!(map.get(region("bul")).unwrap().carried);
        assert!(!map.get(region("cal")).unwrap().carried);
        let (now, before) = (map.get(region("bul")).unwrap(), last.get(region("bul")).unwrap());
        assert_eq!((now.intensity, &now.quality, now.radiates), (before.intensity, &before.quality, before.radiates));
        map.set(region("bul"), Intensity(7));
        assert!(!map.get(region("bul")).unwrap().carried);
        assert!(!map.take(region("kfl"), &last) && !map.take(region("ocl"), &last));
        assert_eq!(last.to_take_over().marks().count(), 2);
    }

    proptest! {
        #[test]
        fn a_map_is_the_same_after_json(changes in prop::collection::vec((0..BodyRegion::COUNT, 0..6_u8, 0..11_u8, 0..BodyRegion::COUNT), 0..30)) {
            let at = |n: usize| BodyRegion::all().nth(n).unwrap();
            let mut map = PainMap::default();
            for (n, what, value, to) in changes {
                match what {
                    0 => map.set(at(n), Intensity(value)),
                    1 => map.mark(at(n)),
                    2 => map.gone(at(n)),
                    3 => map.clear(at(n)),
                    4 => map.turn(at(n), Quality::ALL[usize::from(value) % Quality::ALL.len()]),
                    _ => map.radiate(at(n), Some(at(to))),
                }
                for (region, mark) in map.marks() {
                    prop_assert_ne!(mark.radiates, Some(region));
                    prop_assert!(mark.hurts() || (mark.quality.is_empty() && mark.radiates.is_none()));
                }
            }
            let json = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(serde_json::from_str::<PainMap>(&json).unwrap(), map);
        }
    }
}
