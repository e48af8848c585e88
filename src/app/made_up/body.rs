//! Where the invented patients hurt on the body map: regions that fit the kind of pain, with waves from visit to visit.

use uuid::Uuid;

use super::dice::{Dice, Of};
use super::people::Person;
use crate::clinical::answer::Answer;
use crate::clinical::body::{Body, BodyRegion, Intensity, Quality, Symptoms};
use crate::clinical::procedure::Side;
use crate::clinical::visit::{Visit, Way};

/// A region of a kind of pain: its code with `*` for the patient's side and `~` for the other; how often it hurts, in
/// percent; how much more or less than the patient's pain, as what is added before 3 is taken off; how it feels.
type Spot = (&'static str, usize, u8, &'static [Quality]);

use Quality::{Aching, Burning, Cramping, Electric, Numb, Pins, Stabbing, Throbbing};

/// The regions of a kind of pain by its reason, the main one first, and where that one radiates.
fn spots(reason: &str) -> (&'static [Spot], Option<&'static str>) {
    match reason {
        "L-spine, leg pain" => (
            &[
                ("bu*", 100, 3, &[Aching]),
                ("ca*", 70, 3, &[Electric, Pins]),
                ("lb*", 80, 2, &[Aching]),
                ("fo*", 40, 2, &[Numb]),
            ],
            Some("ca*"),
        ),
        "L-spine, facet joints" => (
            &[("lb*", 100, 3, &[Aching]), ("lsm", 70, 2, &[Aching]), ("lb~", 50, 1, &[Aching]), ("bu*", 40, 1, &[])],
            Some("bu*"),
        ),
        "SI joint" => (&[("bu*", 100, 3, &[Stabbing]), ("sam", 50, 2, &[Aching]), ("tb*", 45, 1, &[])], Some("tb*")),
        "migraine" => {
            (&[("fh*", 100, 3, &[Throbbing]), ("ch*", 60, 3, &[Throbbing]), ("nb*", 50, 1, &[Aching])], Some("nb*"))
        }
        "CRPS hand" => {
            (&[("hb*", 100, 3, &[Burning]), ("hf*", 70, 3, &[Burning, Pins]), ("fb*", 40, 1, &[Aching])], Some("fb*"))
        }
        "knee" => (&[("kf*", 100, 3, &[Aching]), ("sh*", 30, 1, &[Aching]), ("kb*", 35, 2, &[])], None),
        "shoulder" => (&[("sf*", 100, 3, &[Aching]), ("sb*", 60, 2, &[Aching]), ("af*", 60, 2, &[])], Some("af*")),
        "feet, neuropathy" => (
            &[
                ("so*", 100, 3, &[Burning, Numb]),
                ("so~", 90, 2, &[Burning, Numb]),
                ("fo*", 50, 2, &[Pins]),
                ("fo~", 40, 1, &[Pins]),
            ],
            None,
        ),
        "widespread pain" => (
            &[
                ("nbr", 100, 3, &[Aching]),
                ("nbl", 90, 3, &[Aching]),
                ("sbr", 80, 3, &[Aching]),
                ("sbl", 80, 3, &[Aching]),
                ("lbr", 85, 3, &[Aching, Burning]),
                ("lbl", 85, 3, &[Aching, Burning]),
                ("bur", 70, 2, &[]),
                ("bul", 70, 2, &[]),
                ("kfr", 40, 2, &[]),
                ("kfl", 40, 2, &[]),
                ("ffr", 30, 1, &[Pins]),
                ("ffl", 30, 1, &[Pins]),
                ("tfr", 30, 1, &[]),
            ],
            None,
        ),
        "neck and arm" => (
            &[
                ("nb*", 100, 3, &[Aching]),
                ("bl*", 60, 2, &[Aching]),
                ("ff*", 60, 2, &[Electric]),
                ("hf*", 35, 1, &[Pins]),
            ],
            Some("ff*"),
        ),
        "after shingles" => (&[("ct*", 100, 3, &[Burning]), ("fl*", 70, 3, &[Burning, Stabbing])], Some("fl*")),
        "after back surgery" => (
            &[
                ("tb*", 100, 3, &[Burning]),
                ("lsm", 80, 2, &[Aching]),
                ("ca*", 60, 2, &[Electric]),
                ("lb*", 50, 1, &[Cramping]),
            ],
            Some("ca*"),
        ),
        _ => (&[], None),
    }
}

fn region(code: &str, side: Side) -> Option<BodyRegion> {
    let (own, other) = if side == Side::Left { ("l", "r") } else { ("r", "l") };
    BodyRegion::of_code(&code.replace('*', own).replace('~', other))
}

/// The map of one visit. By phone nobody points at anything, and now and then there was no time for it.
pub fn body(person: &Person, visit: &Visit, pain: u8) -> Body {
    // Dice of its own: what else is made up for this visit stays as it is.
    let mut dice = Dice::of(Uuid::from(visit.id).as_u64_pair().1, Of::Past(0));
    let mut body = Body::default();
    if visit.way != Way::InPerson || dice.percent(8) {
        return body;
    }
    let (spots, radiates) = spots(person.course.reason);
    for (n, (code, percent, more, quality)) in spots.iter().enumerate() {
        let hurts = dice.percent(*percent);
        let value = (pain + more + dice.between(0, 1)).saturating_sub(3).clamp(1, 10);
        let Some((at, intensity)) = region(code, person.side).zip(Intensity::new(value)) else { continue };
        if hurts {
            body.map.set(at, intensity);
            quality.iter().for_each(|quality| body.map.turn(at, *quality));
            if n == 0 {
                body.map.radiate(at, radiates.and_then(|to| region(to, person.side)));
            }
        } else if dice.percent(70) {
            body.map.gone(at);
        }
    }
    if person.course.reason == "widespread pain" {
        body.symptoms = symptoms(&mut dice, pain);
    }
    body
}

fn symptoms(dice: &mut Dice, pain: u8) -> Symptoms {
    let mut graded = || Some(Answer::Given((pain / 3 + dice.between(0, 1)).min(3)));
    let (fatigue, unrefreshed, cognition) = (graded(), graded(), graded());
    let mut there = |percent| Some(dice.percent(percent));
    let (headache, low_abdominal, depression) = (there(70), there(50), there(40));
    Symptoms { fatigue, unrefreshed, cognition, headache, low_abdominal, depression, months: Some(36) }
}

#[cfg(test)]
mod tests {
    use super::super::course::COURSES;
    use super::*;

    #[test]
    fn every_kind_of_pain_has_a_place_on_the_map_and_every_code_is_one() {
        for course in COURSES {
            let (spots, radiates) = spots(course.reason);
            assert!(!spots.is_empty(), "{}", course.reason);
            for side in [Side::Left, Side::Right] {
                let codes = spots.iter().map(|spot| spot.0).chain(radiates);
                assert!(codes.into_iter().all(|code| region(code, side).is_some()), "{}", course.reason);
            }
        }
    }
}
