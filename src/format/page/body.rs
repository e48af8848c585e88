//! The body on paper: its outline from the front and from behind, as the map on the screen draws it, to be marked with a
//! pen; beside it the places in the order of the map, each with its code and room for a number.

use crate::clinical::body::figure::{Figure, Size, figure};
use crate::clinical::body::region::{BodyRegion, Site};
use crate::clinical::facts::body_map::{MapSide, View};
use crate::clinical::text::width;
use crate::clinical::vocab::Vocab;

/// The signs that the outline is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// Dots as fine as a sign of braille holds them.
    #[default]
    Braille,
    /// Strokes that every printer has.
    Ascii,
}

/// Columns from the outline to the places beside it.
const GAP: usize = 2;
/// Columns of a place's name beside the outline, and below it.
const NAME: usize = 22;
const SHORT: usize = 9;
/// How many places stand side by side below the outline.
const ACROSS: usize = 3;

/// The outline with the places of the front beside it, those of the back below. Who is too young to rate pain is asked for
/// no number.
///
/// ```text
/// WHERE DOES IT HURT? Mark it, and write a number from 0 to 10 at each place.
///  RIGHT   ⢀⠤⡀   LEFT   LEFT   ⢀⠤⡀   RIGHT   FRONT                   right    left
///          ⠸ ⠇                 ⠸ ⠇            forehead                fhr ___  fhl ___
/// ```
pub fn body(ink: Ink, rates_pain: bool) -> Vec<String> {
    let number = if rates_pain { ", and write a number from 0 to 10 at each place" } else { "" };
    let mut out = vec![format!("WHERE DOES IT HURT? Mark it{number}.")];
    let places: Vec<String> = sites(View::Front).map(|site| place(site.words(), NAME, "  ", site)).collect();
    let head = std::iter::once(format!("{:<NAME$} right    left", "FRONT"));
    let beside: Vec<String> = head.chain(places).collect();
    // Below the feet begins the list of the back: its heading stands in the line of the last place of the front.
    let figures = [figures(ink), vec![BACK.to_owned()]].concat();
    for at in 0..beside.len().max(figures.len()) {
        let cell = |column: &[String]| column.get(at).cloned().unwrap_or_default();
        let left = cell(&figures);
        let gap = " ".repeat((FIGURES + GAP).saturating_sub(width(&left)));
        out.push(format!("{left}{gap}{}", cell(&beside)));
    }
    out.extend(behind());
    out.push(String::new());
    out
}

fn sites(view: View) -> impl Iterator<Item = Site> {
    Site::ALL.iter().copied().filter(move |site| site.view() == view)
}

/// A place: its name, then its code with room for a number, on each side of the patient.
fn place(name: &str, columns: usize, apart: &str, site: Site) -> String {
    let sides = [MapSide::Midline, MapSide::Right, MapSide::Left];
    let codes: Vec<String> = sides
        .into_iter()
        .filter_map(|side| BodyRegion::new(site, side))
        .map(|region| format!("{} ___", region.code()))
        .collect();
    format!("{name:<columns$} {}", codes.join(apart))
}

/// What stands above the places of the back.
const BACK: &str = "BACK      right   left";

/// The places of the back in three columns, read down, each under its name in one word where the heading says the rest.
fn behind() -> Vec<String> {
    let places: Vec<String> = sites(View::Back).map(|site| place(short(site), SHORT, " ", site)).collect();
    let rows = places.len().div_ceil(ACROSS);
    let row = |at: usize| {
        let cells: Vec<String> = places.iter().skip(at).step_by(rows).map(|cell| format!("{cell:<25}")).collect();
        cells.join(" ")
    };
    (0..rows).map(row).collect()
}

/// A place's name where there is little room, under the heading that says from which side it is seen.
const fn short(site: Site) -> &'static str {
    match site {
        Site::BackOfHead => "head",
        Site::NeckBack => "neck",
        Site::ShoulderTop => "shoulder",
        Site::Blade => "blade",
        Site::UpperSpine => "top spine",
        Site::UpperBack => "top back",
        Site::UpperArmBack => "upper arm",
        Site::ElbowPoint => "elbow",
        Site::ForearmBack => "forearm",
        Site::BackOfHand => "hand",
        Site::Flank => "flank",
        Site::LowerSpine => "low spine",
        Site::LowerBack => "low back",
        Site::Buttock => "buttock",
        Site::ThighBack => "thigh",
        Site::BackOfKnee => "knee",
        Site::Heel => "heel",
        Site::Sacrum
        | Site::Tailbone
        | Site::Calf
        | Site::Sole
        | Site::Forehead
        | Site::Cheek
        | Site::Jaw
        | Site::NeckFront
        | Site::ShoulderFront
        | Site::Chest
        | Site::Breastbone
        | Site::UpperArmFront
        | Site::ElbowCrease
        | Site::ForearmFront
        | Site::Palm
        | Site::UpperBelly
        | Site::LowerBelly
        | Site::Groin
        | Site::Pubic
        | Site::ThighFront
        | Site::Knee
        | Site::Shin
        | Site::Foot => site.words(),
    }
}

const SIZE: Size = Size::Compact;
/// Columns of both views.
const FIGURES: usize = SIZE.columns() as usize * 2 + 1;

/// Both views side by side, row by row. Beside the heads stands whose side it is, at the feet which view.
fn figures(ink: Ink) -> Vec<String> {
    let rows = SIZE.rows();
    let line = |y: u16| {
        let views = View::ALL.iter().map(|&view| {
            let drawn = figure(SIZE, view);
            let signs: String = (0..drawn.columns()).map(|x| sign(drawn, ink, x, y)).collect();
            match (y, view) {
                (0, View::Front) => over(&signs, "RIGHT", "LEFT"),
                (0, View::Back) => over(&signs, "LEFT", "RIGHT"),
                (y, View::Front) if y + 1 == rows => over(&signs, "front", ""),
                (y, View::Back) if y + 1 == rows => over(&signs, "back", ""),
                _ => signs,
            }
        });
        views.collect::<Vec<String>>().join(" ")
    };
    (0..rows).map(line).collect()
}

/// A row of signs with a word at either end, where it is blank.
fn over(signs: &str, left: &str, right: &str) -> String {
    let signs: Vec<char> = signs.chars().collect();
    let room = signs.len().saturating_sub(left.len() + right.len());
    let middle: String = signs.iter().skip(left.len()).take(room).collect();
    format!("{left}{middle}{right}")
}

fn sign(figure: &Figure, ink: Ink, x: u16, y: u16) -> char {
    let dots = figure.outline(x, y);
    match ink {
        Ink::Braille if dots == 0 => ' ',
        Ink::Braille => char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' '),
        Ink::Ascii => stroke(figure, x, y),
    }
}

/// The stroke of a cell at the edge of the body: along the edge, by which of its neighbours lie outside.
fn stroke(figure: &Figure, x: u16, y: u16) -> char {
    if figure.cell(x, y).is_none() {
        return ' ';
    }
    let is_out = |dx: i16, dy: i16| {
        let at = x.checked_add_signed(dx).zip(y.checked_add_signed(dy));
        at.is_none_or(|(x, y)| figure.cell(x, y).is_none())
    };
    let (left, right, above, below) = (is_out(-1, 0), is_out(1, 0), is_out(0, -1), is_out(0, 1));
    match (left, right, above, below) {
        (false, false, false, false) => ' ',
        // The widest row of a round part: its ends bulge.
        (true, false, true, true) => '(',
        (false, true, true, true) => ')',
        (true, true, ..) => '|',
        (true, _, true, _) | (_, true, _, true) => '/',
        (_, true, true, _) | (true, _, _, true) => '\\',
        (true, ..) | (_, true, ..) => '|',
        (.., true, _) => '-',
        (.., true) => '_',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INKS: [Ink; 2] = [Ink::Braille, Ink::Ascii];

    #[test]
    fn a_person_is_drawn_from_the_front_and_from_behind_and_left_and_right_are_said() {
        for ink in INKS {
            let lines = figures(ink);
            assert_eq!(lines.len(), usize::from(SIZE.rows()));
            assert!(lines[0].starts_with("RIGHT") && lines[0].ends_with("RIGHT"), "{}", lines[0]);
            assert_eq!(lines[0].matches("LEFT").count(), 2);
            let last = lines.last().unwrap();
            assert!(last.starts_with("front") && last.contains("back"), "{last}");
            for line in &lines[1..lines.len() - 1] {
                let inked = line.chars().filter(|c| *c != ' ').count();
                assert!(inked >= 4, "{ink:?}: the outline is broken at {line}\n{}", lines.join("\n"));
            }
        }
    }

    #[test]
    fn the_left_side_mirrors_the_right() {
        let columns = usize::from(SIZE.columns());
        let lines = figures(Ink::Ascii);
        for line in &lines[1..lines.len() - 1] {
            let view: String = format!("{line:columns$}").chars().take(columns).collect();
            let turned = |sign| match sign {
                '/' => '\\',
                '\\' => '/',
                '(' => ')',
                ')' => '(',
                same => same,
            };
            assert_eq!(view, view.chars().rev().map(turned).collect::<String>(), "\n{}", lines.join("\n"));
        }
    }

    #[test]
    fn the_inside_is_left_blank_to_be_marked() {
        for ink in INKS {
            let chest: Vec<char> = figures(ink)[8].chars().take(usize::from(SIZE.columns())).collect();
            assert_eq!(chest[8..10], [' ', ' '], "{ink:?}: {}", chest.iter().collect::<String>());
        }
        assert!(figures(Ink::Ascii).concat().is_ascii());
    }

    #[test]
    fn every_region_has_its_code_once_the_front_in_the_order_of_the_map() {
        let text = body(Ink::Braille, true).join("\n");
        for region in BodyRegion::all() {
            assert_eq!(text.matches(&format!("{} ___", region.code())).count(), 1, "{}", region.code());
        }
        let at = |region: &BodyRegion| text.find(&format!("{} ___", region.code()));
        assert!(BodyRegion::all().filter(|region| region.view() == View::Front).map(|region| at(&region)).is_sorted());
        for site in sites(View::Back) {
            assert!(short(site).len() <= SHORT, "{}", short(site));
        }
    }
}
