//! The drawing of the body map: our own outlines of half a body, and which site of the map a place in them is.
//!
//! The figure is 200 units tall; `x` runs outward from the midline, `y` down from the crown. The other half is its mirror
//! image. Parts are smooth closed lines through a few points each, so that the figure can be drawn at any size.

use super::region::Site;
use crate::clinical::facts::body_map::View;

/// A point of an outline.
pub type Point = (f32, f32);

/// A part of the body; where two cover a place, the first in [`Part::ALL`] has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Head with its ear.
    Head,
    /// Ear.
    Ear,
    /// Hand.
    Hand,
    /// Arm from shoulder to wrist.
    Arm,
    /// Foot.
    Foot,
    /// Neck, shoulder girdle and trunk.
    Torso,
    /// Leg from hip to ankle.
    Leg,
}

impl Part {
    /// Every part, the one that covers others first.
    pub const ALL: [Self; 7] = [Self::Head, Self::Ear, Self::Hand, Self::Arm, Self::Foot, Self::Torso, Self::Leg];

    const fn points(self) -> &'static [Point] {
        match self {
            Self::Head => HEAD,
            Self::Ear => EAR,
            Self::Hand => HAND,
            Self::Arm => ARM,
            Self::Foot => FOOT,
            Self::Torso => TORSO,
            Self::Leg => LEG,
        }
    }

    /// The smooth line through the part's points.
    pub fn outline(self) -> Vec<Point> {
        smooth(self.points())
    }
}

/// How tall the figure is.
pub const HEIGHT: f32 = 200.0;
/// How far it reaches from the midline.
pub const REACH: f32 = 46.6;

const HEAD: &[Point] = &[
    (0.0, 0.3),
    (5.5, 1.0),
    (9.3, 4.8),
    (10.6, 10.0),
    (10.4, 15.0),
    (9.2, 20.0),
    (6.8, 24.6),
    (3.6, 27.6),
    (0.0, 28.3),
    (-6.0, 28.0),
    (-9.0, 14.0),
    (-6.0, 1.0),
];
const EAR: &[Point] = &[(9.5, 12.0), (11.8, 12.2), (11.9, 15.0), (10.8, 18.2), (9.3, 18.0)];
const TORSO: &[Point] = &[
    (-5.0, 20.0),
    (5.8, 22.0),
    (6.0, 29.0),
    (7.4, 32.4),
    (12.0, 35.2),
    (19.0, 37.8),
    (24.0, 41.0),
    (25.0, 47.0),
    (22.5, 53.0),
    (20.4, 58.0),
    (19.4, 66.0),
    (17.6, 76.0),
    (16.9, 83.0),
    (17.9, 91.0),
    (20.0, 99.0),
    (20.9, 106.0),
    (14.0, 112.0),
    (0.0, 112.0),
    (-8.0, 100.0),
    (-8.0, 60.0),
];
const ARM: &[Point] = &[
    (18.0, 40.0),
    (23.0, 40.2),
    (27.4, 43.4),
    (29.6, 49.5),
    (30.6, 57.0),
    (31.9, 65.0),
    (33.9, 72.0),
    (36.3, 78.0),
    (38.6, 85.0),
    (40.2, 93.0),
    (41.0, 99.5),
    (38.4, 101.4),
    (35.0, 101.0),
    (32.2, 93.0),
    (29.2, 85.0),
    (27.0, 78.5),
    (25.4, 72.5),
    (23.8, 65.0),
    (21.8, 58.5),
    (19.0, 53.0),
];
const HAND: &[Point] = &[
    (35.0, 99.0),
    (41.0, 98.6),
    (43.6, 104.0),
    (45.0, 109.0),
    (45.8, 114.0),
    (46.4, 119.0),
    (45.2, 120.8),
    (43.8, 119.0),
    (42.6, 116.0),
    (42.4, 120.4),
    (40.9, 121.6),
    (39.5, 118.0),
    (39.0, 114.5),
    (37.8, 112.5),
    (36.6, 110.4),
    (35.0, 113.0),
    (33.4, 113.0),
    (33.4, 108.0),
    (34.4, 103.6),
];
const LEG: &[Point] = &[
    (0.6, 109.0),
    (8.0, 100.0),
    (20.2, 101.0),
    (21.2, 109.0),
    (21.0, 118.0),
    (19.9, 129.0),
    (18.0, 138.5),
    (17.0, 145.0),
    (17.2, 150.0),
    (17.9, 157.0),
    (17.8, 164.0),
    (16.2, 173.0),
    (14.0, 181.0),
    (13.0, 187.0),
    (13.2, 191.0),
    (6.6, 191.0),
    (6.6, 186.0),
    (6.2, 180.0),
    (4.8, 171.0),
    (3.6, 163.0),
    (3.8, 156.0),
    (4.9, 150.0),
    (4.5, 144.0),
    (3.2, 137.0),
    (1.9, 127.0),
    (1.0, 117.0),
];
const FOOT: &[Point] = &[
    (6.6, 186.0),
    (13.0, 186.5),
    (14.8, 190.0),
    (18.0, 194.5),
    (19.8, 197.2),
    (18.2, 199.7),
    (12.8, 199.9),
    (8.8, 198.8),
    (6.6, 195.4),
    (6.0, 191.0),
];

/// The eyes, as places that are left out.
pub const EYES: &[Point] = &[(3.2, 13.6), (4.6, 13.6)];

/// The closed line that goes smoothly through all points, each stretch bent by its neighbours.
fn smooth(points: &[Point]) -> Vec<Point> {
    const STEPS: u8 = 8;
    let count = points.len();
    let mut line = Vec::with_capacity(count * usize::from(STEPS));
    for at in 0..count {
        let around = [0, 1, 2, 3].map(|ahead: usize| points[(at + count + ahead - 1) % count]);
        let across = around.map(|point| point.0);
        let down = around.map(|point| point.1);
        line.extend((0..STEPS).map(|step| {
            let along = f32::from(step) / f32::from(STEPS);
            (bend(across, along), bend(down, along))
        }));
    }
    line
}

/// One coordinate between the second and the third of four points, so far along.
fn bend([before, from, to, after]: [f32; 4], along: f32) -> f32 {
    let first = to - before;
    let second = 2.0 * before - 5.0 * from + 4.0 * to - after;
    let third = 3.0 * (from - to) + after - before;
    0.5 * (2.0 * from + along * (first + along * (second + along * third)))
}

/// Where the stretches of an outline cross a height, from left to right: inside lies between each two.
pub fn crossings(outline: &[Point], y: f32) -> Vec<f32> {
    let next = outline.iter().cycle().skip(1);
    let mut found: Vec<f32> = outline
        .iter()
        .zip(next)
        .filter(|(a, b)| (a.1 > y) != (b.1 > y))
        .map(|(a, b)| a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1))
        .collect();
    found.sort_by(f32::total_cmp);
    found
}

/// The site of a place on a part. What lies in the middle is one `strip` wide on each side of the midline.
pub fn site(view: View, part: Part, (x, y): Point, strip: f32) -> Site {
    match part {
        Part::Head | Part::Ear if y < 28.0 => head(view, y),
        Part::Arm | Part::Hand => arm(view, y),
        Part::Torso if y < 57.0 && x > 17.0_f32.max(24.0 - (y - 41.0) * 0.42) => arm(view, y),
        Part::Leg | Part::Foot if y > 119.0 => leg(view, y),
        Part::Head | Part::Ear | Part::Torso | Part::Leg | Part::Foot => match view {
            View::Front => front(x, y, strip),
            View::Back => back(x, y, strip),
        },
    }
}

/// The first site whose lower end is not yet passed, else the last.
fn down(y: f32, ends: &[(f32, Site)], last: Site) -> Site {
    ends.iter().find(|(end, _)| y < *end).map_or(last, |(_, site)| *site)
}

fn head(view: View, y: f32) -> Site {
    match view {
        View::Front => down(y, &[(10.2, Site::Forehead), (19.3, Site::Cheek)], Site::Jaw),
        View::Back => down(y, &[(24.0, Site::BackOfHead)], Site::NeckBack),
    }
}

fn arm(view: View, y: f32) -> Site {
    const ENDS: [f32; 4] = [53.5, 70.0, 82.0, 99.0];
    let sites = match view {
        View::Front => [Site::ShoulderFront, Site::UpperArmFront, Site::ElbowCrease, Site::ForearmFront, Site::Palm],
        View::Back => [Site::ShoulderTop, Site::UpperArmBack, Site::ElbowPoint, Site::ForearmBack, Site::BackOfHand],
    };
    let at = ENDS.iter().filter(|end| y >= **end).count();
    sites[at]
}

fn leg(view: View, y: f32) -> Site {
    match view {
        View::Front => down(y, &[(137.5, Site::ThighFront), (153.0, Site::Knee), (184.5, Site::Shin)], Site::Foot),
        View::Back => down(
            y,
            &[(137.5, Site::ThighBack), (153.0, Site::BackOfKnee), (181.0, Site::Calf), (191.0, Site::Heel)],
            Site::Sole,
        ),
    }
}

fn front(x: f32, y: f32, strip: f32) -> Site {
    if y < 36.5 && x < 11.0 {
        return Site::NeckFront;
    }
    if y < 64.0 {
        return match () {
            () if x < strip && y > 39.0 => Site::Breastbone,
            () if x > 14.5 && y < 52.0 => Site::ShoulderFront,
            () => Site::Chest,
        };
    }
    if y < 80.0 {
        return Site::UpperBelly;
    }
    // The crease of the groin runs from the hip bone down to the midline.
    let crease = if x < 4.0 { 116.0 - x * 1.25 } else { (111.0 - (x - 4.0) * 0.96).max(98.5) };
    if y > crease {
        return if y < 119.0 { Site::Groin } else { Site::ThighFront };
    }
    if x < strip.max(4.5) && y > 100.5 { Site::Pubic } else { Site::LowerBelly }
}

fn back(x: f32, y: f32, strip: f32) -> Site {
    if y < 36.5 && x < strip.max(9.5) {
        return Site::NeckBack;
    }
    if x < strip && y < 114.0 {
        return down(y, &[(66.0, Site::UpperSpine), (94.0, Site::LowerSpine), (105.0, Site::Sacrum)], Site::Tailbone);
    }
    if x < strip * 2.0 && (94.0..100.0).contains(&y) {
        return Site::Sacrum;
    }
    let beside = (strip * 2.0).max(9.3);
    if y < 46.0 && x > beside - 2.5 {
        return Site::ShoulderTop;
    }
    if y < 66.0 {
        return if x < beside { Site::UpperBack } else { Site::Blade };
    }
    down(y, &[(80.0, Site::Flank), (95.0, Site::LowerBack), (119.0, Site::Buttock)], Site::ThighBack)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_stay_within_the_figure() {
        for part in Part::ALL {
            let outline = part.outline();
            assert!(outline.len() > 30, "{part:?}");
            for (x, y) in outline {
                assert!((-10.0..=REACH + 0.5).contains(&x) && (-0.5..=HEIGHT + 0.5).contains(&y), "{part:?} {x} {y}");
            }
        }
    }

    #[test]
    fn a_line_is_crossed_where_it_stands() {
        let square = [(1.0, 1.0), (3.0, 1.0), (3.0, 5.0), (1.0, 5.0)];
        assert_eq!(crossings(&square, 2.0), [1.0, 3.0]);
        assert_eq!(crossings(&square, 0.5), [] as [f32; 0]);
    }

    #[test]
    fn places_have_the_site_an_anatomist_would_name() {
        for (view, part, place, site) in [
            (View::Front, Part::Head, (3.0, 5.0), Site::Forehead),
            (View::Front, Part::Head, (3.0, 25.0), Site::Jaw),
            (View::Front, Part::Torso, (8.0, 50.0), Site::Chest),
            (View::Front, Part::Torso, (1.0, 50.0), Site::Breastbone),
            (View::Front, Part::Arm, (30.0, 75.0), Site::ElbowCrease),
            (View::Front, Part::Torso, (15.0, 106.0), Site::Groin),
            (View::Front, Part::Torso, (10.0, 90.0), Site::LowerBelly),
            (View::Front, Part::Leg, (10.0, 145.0), Site::Knee),
            (View::Back, Part::Leg, (10.0, 145.0), Site::BackOfKnee),
            (View::Back, Part::Torso, (14.0, 55.0), Site::Blade),
            (View::Back, Part::Torso, (1.0, 85.0), Site::LowerSpine),
            (View::Back, Part::Torso, (12.0, 108.0), Site::Buttock),
            (View::Back, Part::Foot, (10.0, 198.0), Site::Sole),
        ] {
            assert_eq!(super::site(view, part, place, 3.3), site, "{view:?} {part:?} {place:?}");
        }
    }
}
