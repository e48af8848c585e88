//! The regions of the body map and their codes.
//!
//! A code has three letters: two for the site, one for the side (`bul` is the buttock, left). Where a part is drawn on
//! both views the second letter is its view (`tf` thigh front, `tb` thigh back). Codes stand in the record and never
//! change. `assets/body_map.toml` holds the same regions with their site of the widespread pain index; a test keeps the
//! two alike.

use serde::{Deserialize, Serialize};

use crate::clinical::facts::body_map::{self, MapSide, View, body_map};
use crate::clinical::vocab::Vocab;

macro_rules! sites {
    ($($(#[$doc:meta])* $site:ident $code:literal $view:ident $kind:ident $words:literal;)+) => {
        /// A part of the body as the map draws it, on either side.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Site { $($(#[$doc])* $site),+ }

        impl Site {
            /// Every site from the head down, the front first.
            pub const ALL: &'static [Self] = &[$(Self::$site),+];

            /// On which view it is drawn.
            pub const fn view(self) -> View { match self { $(Self::$site => View::$view),+ } }

            /// Whether it lies in the middle, with no left and right.
            pub const fn is_midline(self) -> bool { match self { $(Self::$site => sites!(@midline $kind)),+ } }

            /// What it is called, without its side.
            pub const fn words(self) -> &'static str { match self { $(Self::$site => $words),+ } }

            const fn codes(self) -> [&'static str; 3] {
                match self { $(Self::$site => [concat!($code, "l"), concat!($code, "r"), concat!($code, "m")]),+ }
            }
        }
    };
    (@midline Middle) => { true };
    (@midline Paired) => { false };
}

sites! {
    /// Forehead.
    Forehead "fh" Front Paired "forehead";
    /// Cheek and eye.
    Cheek "ch" Front Paired "cheek and eye";
    /// Jaw.
    Jaw "jw" Front Paired "jaw";
    /// Neck, in front.
    NeckFront "nf" Front Paired "neck, front";
    /// Shoulder, in front.
    ShoulderFront "sf" Front Paired "shoulder, front";
    /// Chest.
    Chest "ct" Front Paired "chest";
    /// Breastbone.
    Breastbone "bb" Front Middle "breastbone";
    /// Upper arm, in front.
    UpperArmFront "af" Front Paired "upper arm, front";
    /// Elbow crease.
    ElbowCrease "ef" Front Paired "elbow crease";
    /// Forearm, in front.
    ForearmFront "ff" Front Paired "forearm, front";
    /// Wrist and palm.
    Palm "hf" Front Paired "wrist and palm";
    /// Upper belly.
    UpperBelly "ua" Front Paired "upper belly";
    /// Lower belly.
    LowerBelly "la" Front Paired "lower belly";
    /// Front of hip and groin.
    Groin "gr" Front Paired "front of hip and groin";
    /// Pubic area.
    Pubic "pu" Front Middle "pubic area";
    /// Thigh, in front.
    ThighFront "tf" Front Paired "thigh, front";
    /// Knee.
    Knee "kf" Front Paired "knee";
    /// Shin.
    Shin "sh" Front Paired "shin";
    /// Ankle and top of foot.
    Foot "fo" Front Paired "ankle and top of foot";
    /// Back of head.
    BackOfHead "oc" Back Paired "back of head";
    /// Neck, behind.
    NeckBack "nb" Back Paired "neck, back";
    /// Top of the shoulder.
    ShoulderTop "sb" Back Paired "shoulder top";
    /// Shoulder blade.
    Blade "bl" Back Paired "shoulder blade";
    /// Upper spine.
    UpperSpine "us" Back Middle "upper spine";
    /// Upper back beside the spine.
    UpperBack "ub" Back Paired "upper back beside spine";
    /// Upper arm, behind.
    UpperArmBack "ab" Back Paired "upper arm, back";
    /// Elbow point.
    ElbowPoint "eb" Back Paired "elbow point";
    /// Forearm, behind.
    ForearmBack "fb" Back Paired "forearm, back";
    /// Back of hand.
    BackOfHand "hb" Back Paired "back of hand";
    /// Mid back and flank.
    Flank "fl" Back Paired "mid back and flank";
    /// Lower spine.
    LowerSpine "ls" Back Middle "lower spine";
    /// Lower back beside the spine.
    LowerBack "lb" Back Paired "lower back beside spine";
    /// Sacrum.
    Sacrum "sa" Back Middle "sacrum";
    /// Tailbone.
    Tailbone "co" Back Middle "tailbone";
    /// Buttock and outer hip.
    Buttock "bu" Back Paired "buttock and outer hip";
    /// Thigh, behind.
    ThighBack "tb" Back Paired "thigh, back";
    /// Back of knee.
    BackOfKnee "kb" Back Paired "back of knee";
    /// Calf.
    Calf "ca" Back Paired "calf";
    /// Heel and Achilles tendon.
    Heel "he" Back Paired "heel and Achilles";
    /// Sole.
    Sole "so" Back Paired "sole";
}

/// One region of the map: a site on a side of the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct BodyRegion {
    site: Site,
    side: MapSide,
}

/// A text that is no code of a region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no region of the body map")]
pub struct NoRegion(String);

impl BodyRegion {
    /// How many there are.
    pub const COUNT: usize = 74;

    /// Where one begins where nothing is marked: most pain a pain physician sees is there.
    pub const START: Self = Self { site: Site::LowerBack, side: MapSide::Right };

    /// A site on a side; none where the site has no such side.
    pub fn new(part: Site, side: MapSide) -> Option<Self> {
        (part.is_midline() == (side == MapSide::Midline)).then_some(Self { site: part, side })
    }

    /// Every region, front before back, from the head down, the patient's right before the left.
    pub fn all() -> impl Iterator<Item = Self> {
        const SIDES: [MapSide; 3] = [MapSide::Right, MapSide::Midline, MapSide::Left];
        Site::ALL.iter().flat_map(|&part| SIDES.into_iter().filter_map(move |side| Self::new(part, side)))
    }

    /// The site.
    pub const fn site(self) -> Site {
        self.site
    }

    /// The side of the patient.
    pub const fn side(self) -> MapSide {
        self.side
    }

    /// On which view it is drawn.
    pub const fn view(self) -> View {
        self.site.view()
    }

    /// Its code.
    pub const fn code(self) -> &'static str {
        let codes = self.site.codes();
        match self.side {
            MapSide::Left => codes[0],
            MapSide::Right => codes[1],
            MapSide::Midline => codes[2],
        }
    }

    /// The region with this code, in small letters or capitals.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::all().find(|region| region.code().eq_ignore_ascii_case(code))
    }

    /// The regions whose code begins so.
    pub fn beginning(letters: &str) -> impl Iterator<Item = Self> {
        Self::all().filter(move |region| region.code().starts_with(letters))
    }

    /// The same site on the other side; a midline region is its own.
    #[cfg(test)]
    #[must_use]
    pub const fn mirrored(self) -> Self {
        let side = match self.side {
            MapSide::Left => MapSide::Right,
            MapSide::Right => MapSide::Left,
            MapSide::Midline => MapSide::Midline,
        };
        Self { side, ..self }
    }

    /// With its side spelled out: `LEFT buttock and outer hip`, `sacrum`.
    pub fn words(self) -> String {
        match self.side {
            MapSide::Midline => self.site.words().to_owned(),
            MapSide::Left | MapSide::Right => format!("{} {}", self.side.label(), self.site.words()),
        }
    }

    /// Said of a patient: `patient's LEFT buttock and outer hip`.
    pub fn of_patient(self) -> String {
        format!("patient's {}", self.words())
    }

    /// What the table of facts holds of it. Every region is in the table: a test holds it.
    pub fn facts(self) -> Option<&'static body_map::MapRegion> {
        body_map().of_code(self.code())
    }
}

impl TryFrom<String> for BodyRegion {
    type Error = NoRegion;

    fn try_from(code: String) -> Result<Self, NoRegion> {
        Self::of_code(&code).ok_or(NoRegion(code))
    }
}

impl From<BodyRegion> for &'static str {
    fn from(region: BodyRegion) -> Self {
        region.code()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_three_letters_each_its_own_and_come_back() {
        let codes: BTreeSet<&str> = BodyRegion::all().map(BodyRegion::code).collect();
        assert_eq!((codes.len(), BodyRegion::all().count()), (BodyRegion::COUNT, BodyRegion::COUNT));
        for region in BodyRegion::all() {
            let code = region.code();
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_lowercase()), "{code}");
            assert_eq!(BodyRegion::of_code(code), Some(region));
            assert_eq!(BodyRegion::of_code(&code.to_uppercase()), Some(region));
            let json = serde_json::to_string(&region).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<BodyRegion>(&json).unwrap(), region);
        }
        for code in ["", "bu", "bum", "buttock", "sal", "löf", "xxx"] {
            assert_eq!(BodyRegion::of_code(code), None, "{code}");
        }
        assert!(serde_json::from_str::<BodyRegion>("\"bum\"").is_err());
    }

    #[test]
    fn the_table_of_facts_holds_the_same_regions_under_the_same_names() {
        let in_table: BTreeSet<&str> = body_map().region.iter().map(|region| region.code.as_str()).collect();
        assert_eq!(in_table, BodyRegion::all().map(BodyRegion::code).collect());
        for region in BodyRegion::all() {
            let facts = region.facts().unwrap();
            assert_eq!((facts.view, facts.side), (region.view(), region.side()), "{}", facts.id);
            let label = facts.label.to_lowercase().replace("achilles", "Achilles");
            let label = label.split(" (").next().unwrap();
            let view = format!(", {}", region.view().name());
            let words = region.site().words();
            assert!(label == words || label.strip_suffix(&view) == Some(words), "{label} is not {words}");
        }
    }

    #[test]
    fn the_side_is_spelled_out_and_no_two_regions_read_alike() {
        for (code, words) in [
            ("bul", "patient's LEFT buttock and outer hip"),
            ("tfr", "patient's RIGHT thigh, front"),
            ("sam", "patient's sacrum"),
        ] {
            assert_eq!(BodyRegion::of_code(code).unwrap().of_patient(), words);
        }
        assert_eq!(BodyRegion::all().map(BodyRegion::words).collect::<BTreeSet<_>>().len(), BodyRegion::COUNT);
    }

    #[test]
    fn the_other_side_of_the_other_side_is_the_first() {
        for region in BodyRegion::all() {
            assert_eq!(region.mirrored().mirrored(), region);
            assert_eq!(region.mirrored() == region, region.site().is_midline());
        }
    }
}
