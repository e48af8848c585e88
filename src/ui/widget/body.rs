//! The body map as a figure: front and back side by side, what hurts in the colour of its intensity with the number in it,
//! the chosen region in the colour of the focus with its code.
//!
//! What hurt at the last visit and is not marked yet stands in a fainter grey with its old number, so that a look at the
//! figure says what is still to be asked. Colour never stands alone: every mark carries its number or sign.

use std::cmp::Ordering;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::canvas::{Canvas, row};
use super::words::Words;
use crate::clinical::body::figure::{Figure, Size, figure};
use crate::clinical::body::{BodyRegion, Intensity, Mark, PainMap};
use crate::clinical::facts::body_map::View;
use crate::clinical::vocab::Vocab;
use crate::ui::theme::{Role, Signs};

/// Columns between front and back.
const GAP: u16 = 2;

/// The figure of a body map.
#[derive(Debug, Clone, Copy)]
pub struct BodyFigure<'a> {
    /// How large.
    pub size: Size,
    /// What is marked.
    pub map: &'a PainMap,
    /// What was marked at the last visit.
    pub last: Option<&'a PainMap>,
    /// The chosen region.
    pub chosen: Option<BodyRegion>,
    /// Where the pain of the chosen region will be said to go.
    pub target: Option<BodyRegion>,
}

/// The columns both views take.
pub const fn columns_of(size: Size) -> u16 {
    size.columns() * 2 + GAP
}

/// The largest size that fits so many columns and rows; with a region a click can reach, where asked.
pub fn fitting(columns: u16, rows: u16, is_exact: bool) -> Option<Size> {
    let fits = |size: &Size| columns_of(*size) <= columns && size.rows() <= rows && (size.is_exact() || !is_exact);
    Size::ALL.into_iter().rev().find(fits)
}

/// Where a view stands.
fn place(area: Rect, size: Size, view: View) -> Rect {
    let offset = if view == View::Back { size.columns() + GAP } else { 0 };
    let at = Rect { x: area.x.saturating_add(offset), width: size.columns(), height: size.rows(), ..area };
    at.intersection(area)
}

/// The region drawn at a cell of the screen.
pub fn region_at(area: Rect, size: Size, x: u16, y: u16) -> Option<BodyRegion> {
    View::ALL.iter().find_map(|&view| {
        let at = place(area, size, view);
        at.contains((x, y).into()).then(|| figure(size, view).cell(x - at.x, y - at.y))?.map(|cell| cell.region)
    })
}

/// How a region stands on the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is known of it.
    Bare,
    /// It hurt at the last visit and is not marked yet.
    Was(Option<Intensity>),
    /// It was asked about and does not hurt.
    Free,
    /// It hurts.
    Hurts(Option<Intensity>),
}

impl State {
    fn ink(self) -> Role {
        match self {
            Self::Bare | Self::Free => Role::Figure,
            Self::Was(_) => Role::Faint,
            Self::Hurts(intensity) => pain(intensity),
        }
    }

    /// The number or sign in it, its role, and whether it is lit.
    fn sign(self) -> Option<(String, Role, Modifier)> {
        let number =
            |intensity: Option<Intensity>| intensity.map_or_else(|| "?".to_owned(), |value| value.get().to_string());
        match self {
            Self::Bare => None,
            Self::Was(intensity) => Some((number(intensity), Role::Second, Modifier::empty())),
            Self::Free => Some(("0".to_owned(), Role::Done, Modifier::BOLD)),
            Self::Hurts(intensity) => {
                Some((number(intensity), pain(intensity), Modifier::REVERSED.union(Modifier::BOLD)))
            }
        }
    }
}

/// The colour of an intensity; without a number it is no step of the ramp.
pub fn pain(intensity: Option<Intensity>) -> Role {
    intensity.map_or(Role::Text, |value| Role::Pain(value.get()))
}

impl BodyFigure<'_> {
    fn state(&self, region: BodyRegion) -> State {
        let then = || self.last.and_then(|last| last.get(region)).filter(|mark| mark.hurts());
        match (self.map.get(region), then()) {
            (Some(mark), _) if mark.hurts() => State::Hurts(mark.intensity),
            (Some(_), _) => State::Free,
            (None, Some(mark)) => State::Was(mark.intensity),
            (None, None) => State::Bare,
        }
    }

    /// Draws both views from the top left of the area.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        for &view in View::ALL {
            let at = place(area, self.size, view);
            let drawn = figure(self.size, view);
            self.cells(canvas, at, drawn);
            self.captions(canvas, area, at, view);
            self.way(canvas, at, view, drawn);
            for region in BodyRegion::all().filter(|region| region.view() == view && Some(*region) != self.chosen) {
                self.number(canvas, at, drawn, region);
            }
        }
        for region in self.target.into_iter().chain(self.chosen) {
            self.code(canvas, place(area, self.size, region.view()), region);
        }
    }

    fn cells(&self, canvas: &mut Canvas<'_>, at: Rect, drawn: &Figure) {
        let signs = canvas.look().signs;
        for (x, y, cell) in drawn.cells().filter(|(x, y, _)| *x < at.width && *y < at.height) {
            let is_chosen = [self.chosen, self.target].contains(&Some(cell.region));
            let state = self.state(cell.region);
            let role = if is_chosen { Role::Focus } else { state.ink() };
            let mut buffer = [0; 4];
            let sign: &str = match signs {
                Signs::Unicode => char::from_u32(0x2800 + u32::from(cell.dots)).unwrap_or(' ').encode_utf8(&mut buffer),
                Signs::Ascii => ascii(state, is_chosen, cell.dots),
            };
            let style = canvas.style(role);
            canvas.put(at.x + x, at.y + y, sign, style);
        }
    }

    /// Whose side is where, and which view it is.
    fn captions(&self, canvas: &mut Canvas<'_>, area: Rect, at: Rect, view: View) {
        let (left, right) = match (view, self.size) {
            (View::Front, Size::Small) => ("R", "L"),
            (View::Back, Size::Small) => ("L", "R"),
            (View::Front, _) => ("RIGHT", "LEFT"),
            (View::Back, _) => ("LEFT", "RIGHT"),
        };
        canvas.words(row(at, 0), &Words::of(Role::Second, left));
        canvas.words_right(row(at, 0), &Words::of(Role::Second, right));
        let name = Words::of(Role::Second, view.label());
        if area.height > self.size.rows() {
            let below = Rect { y: at.y.saturating_add(self.size.rows()), height: 1, ..at };
            canvas.words_centred(below, &name);
        } else if self.size != Size::Small {
            canvas.words(row(at, self.size.rows() - 1), &name);
        }
    }

    fn number(&self, canvas: &mut Canvas<'_>, at: Rect, drawn: &Figure, region: BodyRegion) {
        let Some((text, role, add)) = self.state(region).sign() else { return };
        let wide = u16::try_from(text.len()).unwrap_or(1);
        let Some((x, y)) = drawn.label(region, wide) else { return };
        let style = canvas.style(role).add_modifier(add);
        write(canvas, at, (x, y), &text, style);
    }

    /// The chosen region's code, and its number behind it.
    fn code(&self, canvas: &mut Canvas<'_>, at: Rect, region: BodyRegion) {
        let number = self.map.get(region).map(Mark::number).unwrap_or_default();
        let wide = u16::try_from(region.code().len() + number.len()).unwrap_or(3);
        let Some((x, y)) = figure(self.size, region.view()).label(region, wide) else { return };
        let x = x.min(at.width.saturating_sub(wide));
        let lit = Modifier::REVERSED.union(Modifier::BOLD);
        let style = canvas.style(Role::Focus).add_modifier(lit);
        write(canvas, at, (x, y), region.code(), style);
        if let Some((text, role, _)) = self.map.get(region).and_then(|_| self.state(region).sign()) {
            let style = canvas.style(role).add_modifier(lit);
            write(canvas, at, (x + 3, y), &text, style);
        }
    }

    /// Where pains go on this view: a row of points from the region to where it goes.
    fn way(&self, canvas: &mut Canvas<'_>, at: Rect, view: View, drawn: &Figure) {
        let dot = if canvas.look().signs == Signs::Ascii { "*" } else { "•" };
        for (from, mark) in self.map.hurting().filter(|(from, _)| from.view() == view) {
            let ends = mark.radiates.and_then(|to| drawn.label(from, 1).zip(drawn.label(to, 1)));
            let Some(((x, y), to)) = ends.filter(|_| mark.radiates.is_some_and(|to| to.view() == view)) else {
                continue;
            };
            let style = canvas.style(pain(mark.intensity)).add_modifier(Modifier::BOLD);
            let points = between((x, y), to);
            for (n, (x, y)) in points.iter().enumerate().filter(|(_, (x, y))| *x < at.width && *y < at.height) {
                let sign = if n + 1 == points.len() { head((*x, *y), to, canvas.look().signs) } else { dot };
                canvas.put(at.x + x, at.y + y, sign, style);
            }
        }
    }
}

/// A cell of the figure where there are no dots.
fn ascii(state: State, is_chosen: bool, dots: u8) -> &'static str {
    match state {
        _ if is_chosen => "@",
        State::Hurts(_) => "#",
        State::Was(_) => "o",
        State::Bare | State::Free if dots.count_ones() > 3 => ":",
        State::Bare | State::Free => ".",
    }
}

fn write(canvas: &mut Canvas<'_>, at: Rect, (x, y): (u16, u16), text: &str, style: Style) {
    if y >= at.height {
        return;
    }
    let mut buffer = [0; 4];
    for (n, sign) in (0..).zip(text.chars()) {
        if x + n < at.width {
            canvas.put(at.x + x + n, at.y + y, sign.encode_utf8(&mut buffer), style);
        }
    }
}

/// The head of a way that ends there, by where its goal lies.
fn head(at: (u16, u16), goal: (u16, u16), signs: Signs) -> &'static str {
    let (unicode, ascii) = match (goal.1.cmp(&at.1), goal.0 > at.0) {
        (Ordering::Greater, _) => ("▼", "v"),
        (Ordering::Less, _) => ("▲", "^"),
        (Ordering::Equal, true) => ("▶", ">"),
        (Ordering::Equal, false) => ("◀", "<"),
    };
    if signs == Signs::Ascii { ascii } else { unicode }
}

/// The cells between two, every second row of a long way, without the ends.
fn between(from: (u16, u16), to: (u16, u16)) -> Vec<(u16, u16)> {
    let steps = from.0.abs_diff(to.0).div_ceil(2).max(from.1.abs_diff(to.1));
    let along = |a: u16, b: u16, n: u16| {
        // Between the two, so it is never below nought.
        let way = u32::from(a) * u32::from(steps - n) + u32::from(b) * u32::from(n);
        u16::try_from((way + u32::from(steps) / 2) / u32::from(steps.max(1))).unwrap_or(a)
    };
    (1..steps).map(|n| (along(from.0, to.0, n), along(from.1, to.1, n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_anywhere_in_a_region_hits_it_and_nothing_else() {
        for size in Size::ALL {
            let area = Rect::new(3, 2, columns_of(size), size.rows());
            for &view in View::ALL {
                let at = place(area, size, view);
                for (x, y, cell) in figure(size, view).cells() {
                    assert_eq!(region_at(area, size, at.x + x, at.y + y), Some(cell.region), "{size:?} {x} {y}");
                }
            }
            for (x, y) in [(0, 0), (3, 2), (area.right(), 5), (5, area.bottom()), (u16::MAX, u16::MAX)] {
                assert_eq!(region_at(area, size, x, y), None, "{size:?} {x} {y}");
            }
        }
    }

    #[test]
    fn the_largest_size_that_fits_is_taken() {
        for (columns, rows, is_exact, size) in [
            (200, 60, true, Some(Size::Huge)),
            (60, 32, true, Some(Size::Large)),
            (40, 19, true, Some(Size::Compact)),
            (40, 16, false, Some(Size::Small)),
            (40, 16, true, None),
            (20, 60, false, None),
            (0, 0, false, None),
        ] {
            assert_eq!(fitting(columns, rows, is_exact), size, "{columns} {rows}");
        }
    }

    #[test]
    fn a_way_stays_between_its_ends() {
        assert_eq!(between((2, 2), (2, 5)), [(2, 3), (2, 4)]);
        assert_eq!(between((6, 2), (2, 2)), [(4, 2)]);
        assert_eq!(between((2, 2), (2, 2)), []);
        assert_eq!(between((2, 2), (3, 2)), []);
    }
}
