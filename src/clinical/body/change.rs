//! The map against the last one: what is new, gone, worse, better, the same, and what was not asked about again.

use super::map::{Intensity, Mark, PainMap};
use super::region::BodyRegion;

/// How a region stands against the last map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It hurts now and did not then.
    New,
    /// It hurt then and does not now.
    Gone,
    /// It hurts more, by so much.
    Worse(u8),
    /// It hurts less, by so much.
    Better(u8),
    /// It hurts as much.
    Same,
    /// It hurts now and then, and one of the two has no number.
    Still,
    /// It hurt then; now nobody asked about it.
    NotAsked,
}

/// One region now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The region.
    pub region: BodyRegion,
    /// What is known of it now; none is not asked.
    pub now: Option<&'a Mark>,
    /// What was known of it then, where it hurt then.
    pub last: Option<&'a Mark>,
    /// How it stands; none where there is no last map, or where it hurt neither then nor now.
    pub change: Option<Change>,
}

impl PainMap {
    /// Every region that is marked now or hurt then, from the head down, front before back.
    pub fn against<'a>(&'a self, last: Option<&'a Self>) -> Vec<Line<'a>> {
        let line = |region| {
            let now = self.get(region);
            let then = last.and_then(|last| last.get(region)).filter(|mark| mark.hurts());
            (now.is_some() || then.is_some()).then(|| Line {
                region,
                now,
                last: then,
                change: last.and_then(|_| change(now, then)),
            })
        };
        BodyRegion::all().filter_map(line).collect()
    }
}

fn change(now: Option<&Mark>, then: Option<&Mark>) -> Option<Change> {
    let known = |mark: &Mark| mark.intensity.map(Intensity::get);
    match (now, then) {
        (None, None) => None,
        (None, Some(_)) => Some(Change::NotAsked),
        (Some(now), None) => now.hurts().then_some(Change::New),
        (Some(now), Some(_)) if !now.hurts() => Some(Change::Gone),
        (Some(now), Some(then)) => Some(match (known(now), known(then)) {
            (Some(now), Some(then)) if now > then => Change::Worse(now - then),
            (Some(now), Some(then)) if now < then => Change::Better(then - now),
            (Some(_), Some(_)) => Change::Same,
            (None, _) | (_, None) => Change::Still,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(marks: &[(&str, Option<u8>)]) -> PainMap {
        let mut map = PainMap::default();
        for (code, intensity) in marks {
            let region = BodyRegion::of_code(code).unwrap();
            match intensity {
                Some(value) => map.set(region, Intensity::new(*value).unwrap()),
                None => map.mark(region),
            }
        }
        map
    }

    #[test]
    fn each_region_stands_against_the_last_map() {
        for (now, then, expected) in [
            (Some(Some(6)), None, Some(Change::New)),
            (Some(None), None, Some(Change::New)),
            (Some(Some(0)), Some(Some(4)), Some(Change::Gone)),
            (Some(Some(0)), Some(None), Some(Change::Gone)),
            (Some(Some(7)), Some(Some(4)), Some(Change::Worse(3))),
            (Some(Some(1)), Some(Some(10)), Some(Change::Better(9))),
            (Some(Some(4)), Some(Some(4)), Some(Change::Same)),
            (Some(None), Some(Some(4)), Some(Change::Still)),
            (Some(Some(4)), Some(None), Some(Change::Still)),
            (None, Some(Some(4)), Some(Change::NotAsked)),
            (Some(Some(0)), None, None),
            (Some(Some(5)), Some(Some(0)), Some(Change::New)),
        ] {
            let of = |mark: Option<Option<u8>>| mark.map_or_else(PainMap::default, |value| map(&[("bul", value)]));
            let (now_map, then_map) = (of(now), of(then));
            let lines = now_map.against(Some(&then_map));
            assert_eq!(lines.len(), 1);
            assert_eq!(lines[0].change, expected, "{now:?} after {then:?}");
        }
    }

    #[test]
    fn without_a_last_map_nothing_is_new() {
        let now = map(&[("bul", Some(6)), ("cal", None)]);
        let lines = now.against(None);
        assert!(lines.iter().all(|line| line.change.is_none() && line.last.is_none()));
        assert_eq!(lines.iter().map(|line| line.region.code()).collect::<Vec<_>>(), ["bul", "cal"]);
        assert_eq!(PainMap::default().against(None), []);
    }
}
