use std::collections::BTreeSet;

use super::*;
use crate::clinical::vocab::Vocab;

/// The figure as text: one braille sign a cell.
fn text(size: Size, view: View) -> String {
    let figure = figure(size, view);
    let sign = |x, y| figure.cell(x, y).map_or(' ', |cell| char::from_u32(0x2800 + u32::from(cell.dots)).unwrap());
    (0..figure.rows()).map(|y| (0..figure.columns()).map(|x| sign(x, y)).collect::<String>() + "\n").collect()
}

#[test]
fn every_region_has_a_cell_of_its_own_where_one_can_choose() {
    for size in Size::ALL.into_iter().filter(|size| size.is_exact()) {
        for view in View::ALL {
            let drawn: BTreeSet<BodyRegion> = figure(size, *view).cells().map(|(_, _, cell)| cell.region).collect();
            let missing: Vec<&str> = BodyRegion::all()
                .filter(|region| region.view() == *view && !drawn.contains(region))
                .map(BodyRegion::code)
                .collect();
            assert_eq!(missing, [] as [&str; 0], "{size:?} {view:?}\n{}", text(size, *view));
            assert!(drawn.iter().all(|region| region.view() == *view));
        }
    }
}

#[test]
fn a_region_is_drawn_on_its_own_side_of_the_patient() {
    for size in Size::ALL {
        for view in View::ALL {
            let figure = figure(size, *view);
            for (x, _, cell) in figure.cells() {
                let viewers_right = x >= figure.columns() / 2;
                let expected = match (cell.region.side(), *view) {
                    (MapSide::Midline, _) => continue,
                    (MapSide::Left, View::Front) | (MapSide::Right, View::Back) => true,
                    (MapSide::Right, View::Front) | (MapSide::Left, View::Back) => false,
                };
                assert_eq!(viewers_right, expected, "{size:?} {}", cell.region.code());
            }
        }
    }
}

#[test]
fn both_halves_mirror_each_other() {
    for size in Size::ALL {
        for view in View::ALL {
            let figure = figure(size, *view);
            for (x, y, cell) in figure.cells() {
                let other = figure.cell(figure.columns() - 1 - x, y).unwrap();
                assert_eq!(other.region, cell.region.mirrored(), "{size:?} {view:?} {x} {y}");
            }
        }
    }
}

#[test]
fn every_region_is_reached_by_arrows_from_every_other() {
    const WAYS: [Direction; 4] = [Direction::Up, Direction::Down, Direction::Left, Direction::Right];
    for start in BodyRegion::all() {
        let mut seen = BTreeSet::from([start]);
        let mut next = vec![start];
        while let Some(at) = next.pop() {
            next.extend(WAYS.map(|way| neighbour(at, way)).into_iter().filter(|region| seen.insert(*region)));
        }
        let missing: Vec<&str> =
            BodyRegion::all().filter(|region| !seen.contains(region)).map(BodyRegion::code).collect();
        assert_eq!(missing, [] as [&str; 0], "from {}", start.code());
    }
}

#[test]
fn arrows_go_where_the_eye_expects() {
    let region = |code| BodyRegion::of_code(code).unwrap();
    for (from, way, to) in [
        ("kfl", Direction::Down, "shl"),
        ("kfl", Direction::Up, "tfl"),
        ("kfl", Direction::Left, "kfr"),
        ("kfl", Direction::Right, "kbl"),
        ("kbl", Direction::Right, "kbr"),
        ("kbr", Direction::Right, "hbr"),
        ("sor", Direction::Down, "sor"),
        ("fhr", Direction::Up, "fhr"),
        ("bul", Direction::Down, "tbl"),
        ("bul", Direction::Right, "com"),
        ("usm", Direction::Down, "lsm"),
        ("hfl", Direction::Right, "hbl"),
        ("sfl", Direction::Down, "afl"),
    ] {
        assert_eq!(neighbour(region(from), way).code(), to, "{from} {way:?}");
    }
}

#[test]
fn a_label_stands_in_its_own_region() {
    for size in Size::ALL.into_iter().filter(|size| size.is_exact()) {
        for region in BodyRegion::all() {
            let figure = figure(size, region.view());
            let (x, y) = figure.label(region, 1).unwrap();
            assert_eq!(figure.cell(x, y).unwrap().region, region, "{size:?} {}", region.code());
        }
    }
}
