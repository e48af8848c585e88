//! The figure in cells: which dots of a cell are inked, and which region the cell belongs to.
//!
//! A cell of a terminal holds two by four dots and one colour, so a region owns whole cells; only the outline and the
//! seams between regions are finer. Sizes are few, each with its own stretch, so that in each of them every region that
//! can be chosen has at least one cell. [`neighbour`] is the same at every size: the same keys reach the same region.

use std::sync::LazyLock;

use super::region::{BodyRegion, Site};
use super::shape::{self, HEIGHT, Part, Point, REACH};
use crate::clinical::facts::body_map::{MapSide, View};

/// A size of the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// To look at beside other things: 14 rows.
    Small,
    /// For 80 by 24: 19 rows.
    Compact,
    /// For 120 by 40: 30 rows.
    Large,
    /// For 160 by 50: 42 rows.
    Huge,
}

impl Size {
    /// Every size, the smallest first.
    pub const ALL: [Self; 4] = [Self::Small, Self::Compact, Self::Large, Self::Huge];

    /// Rows of cells.
    pub const fn rows(self) -> u16 {
        match self {
            Self::Small => 14,
            Self::Compact => 19,
            Self::Large => 30,
            Self::Huge => 42,
        }
    }

    /// Columns of cells of one view.
    pub const fn columns(self) -> u16 {
        self.half() * 2
    }

    const fn half(self) -> u16 {
        match self {
            Self::Small => 7,
            Self::Compact => 9,
            Self::Large => 14,
            Self::Huge => 20,
        }
    }

    /// Whether a region can be chosen in it with a click: each has cells of its own.
    pub const fn is_exact(self) -> bool {
        !matches!(self, Self::Small)
    }

    /// How much of a dot must be covered for it to be inked: thin limbs stay whole where dots are few.
    const fn cover(self) -> u16 {
        match self {
            Self::Small | Self::Compact => 6,
            Self::Large | Self::Huge => 8,
        }
    }

    /// Whether a line of dots is left out between regions.
    const fn has_seams(self) -> bool {
        matches!(self, Self::Large | Self::Huge)
    }

    /// Heights of the drawing and the rows they come to: what is small gets a row of its own.
    const fn knots(self) -> &'static [(f32, f32)] {
        match self {
            Self::Small => &[
                (0.0, 0.0),
                (28.0, 2.5),
                (36.5, 3.0),
                (64.0, 5.0),
                (80.0, 6.0),
                (96.0, 7.0),
                (119.0, 8.6),
                (137.5, 10.0),
                (153.0, 11.0),
                (181.0, 12.6),
                (191.0, 13.2),
                (HEIGHT, 14.0),
            ],
            Self::Compact => &[
                (0.0, 0.0),
                (28.0, 3.0),
                (37.0, 4.0),
                (46.0, 5.0),
                (66.0, 7.0),
                (80.0, 8.0),
                (96.0, 9.0),
                (119.0, 11.5),
                (137.5, 13.0),
                (153.0, 14.3),
                (181.0, 17.0),
                (191.0, 18.0),
                (HEIGHT, 19.0),
            ],
            Self::Large => &[
                (0.0, 0.0),
                (28.0, 4.4),
                (36.5, 6.0),
                (64.0, 10.0),
                (98.0, 15.0),
                (119.0, 18.0),
                (153.0, 23.0),
                (191.0, 29.0),
                (HEIGHT, 30.0),
            ],
            Self::Huge => &[(0.0, 0.0), (HEIGHT, 42.0)],
        }
    }

    /// The height of the drawing at a row.
    fn height_at(self, row: f32) -> f32 {
        let knots = self.knots();
        let stretch = knots.windows(2).find(|pair| row <= pair[1].1);
        stretch.map_or(HEIGHT, |pair| {
            let ((from, top), (to, foot)) = (pair[0], pair[1]);
            from + (to - from) * (row - top) / (foot - top)
        })
    }

    /// How wide a cell is in the drawing.
    fn cell_width(self) -> f32 {
        REACH / f32::from(self.half())
    }
}

/// One cell of the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The inked dots, as the bits of a braille sign: U+2800 and these.
    pub dots: u8,
    /// Whose it is.
    pub region: BodyRegion,
}

/// One view of the figure at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    columns: u16,
    rows: u16,
    cells: Vec<Option<Cell>>,
}

/// The bit of a dot in a braille sign, by column and row within the cell.
const BITS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

static FIGURES: [[LazyLock<Figure>; 2]; 4] = [
    [LazyLock::new(|| draw(Size::Small, View::Front)), LazyLock::new(|| draw(Size::Small, View::Back))],
    [LazyLock::new(|| draw(Size::Compact, View::Front)), LazyLock::new(|| draw(Size::Compact, View::Back))],
    [LazyLock::new(|| draw(Size::Large, View::Front)), LazyLock::new(|| draw(Size::Large, View::Back))],
    [LazyLock::new(|| draw(Size::Huge, View::Front)), LazyLock::new(|| draw(Size::Huge, View::Back))],
];

/// A view of the figure at a size; drawn once.
pub fn figure(size: Size, view: View) -> &'static Figure {
    let [front, back] = match size {
        Size::Small => &FIGURES[0],
        Size::Compact => &FIGURES[1],
        Size::Large => &FIGURES[2],
        Size::Huge => &FIGURES[3],
    };
    match view {
        View::Front => front,
        View::Back => back,
    }
}

impl Figure {
    /// Columns of cells.
    pub const fn columns(&self) -> u16 {
        self.columns
    }

    /// Rows of cells.
    pub const fn rows(&self) -> u16 {
        self.rows
    }

    /// The cell at a column and row; none outside the body.
    pub fn cell(&self, x: u16, y: u16) -> Option<Cell> {
        if x >= self.columns || y >= self.rows {
            return None;
        }
        self.cells.get(usize::from(y) * usize::from(self.columns) + usize::from(x)).copied().flatten()
    }

    /// Every cell of the body with its column and row.
    pub fn cells(&self) -> impl Iterator<Item = (u16, u16, Cell)> {
        (0..self.rows)
            .flat_map(move |y| (0..self.columns).filter_map(move |x| self.cell(x, y).map(|cell| (x, y, cell))))
    }

    /// The dots of a cell at the edge of the body: those with a blank one above, below or beside them.
    pub fn outline(&self, x: u16, y: u16) -> u8 {
        let dot = |across: i32, down: i32| {
            let at = u16::try_from(across).ok().zip(u16::try_from(down).ok());
            let cell = at.and_then(|(across, down)| self.cell(across / 2, down / 4).map(|cell| (cell, across, down)));
            cell.is_some_and(|(cell, across, down)| {
                cell.dots & BITS[usize::from(across % 2)][usize::from(down % 4)] != 0
            })
        };
        let mut bits = 0;
        for (column, row) in (0..2_u16).flat_map(|column| (0..4_u16).map(move |row| (column, row))) {
            let (across, down) = (i32::from(x * 2 + column), i32::from(y * 4 + row));
            let around = [(-1, 0), (1, 0), (0, -1), (0, 1)];
            let is_edge = around.iter().any(|(dx, dy)| !dot(across + dx, down + dy));
            if dot(across, down) && is_edge {
                bits |= BITS[usize::from(column)][usize::from(row)];
            }
        }
        bits
    }

    /// The middle of a region in cells; none where it has no cell at this size.
    fn middle(&self, region: BodyRegion) -> Option<Point> {
        let own = || self.cells().filter(move |(_, _, cell)| cell.region == region);
        let count = u16::try_from(own().count()).ok().filter(|count| *count > 0)?;
        let sum = own().fold((0.0, 0.0), |(x, y), (cx, cy, _)| (x + f32::from(cx) + 0.5, y + f32::from(cy) + 0.5));
        Some((sum.0 / f32::from(count), sum.1 / f32::from(count)))
    }

    /// The cell of a region in which a sign of so many columns stands best: near its middle, with room to its right. A
    /// region without a cell of its own has none.
    pub fn label(&self, region: BodyRegion, columns: u16) -> Option<(u16, u16)> {
        let (x, y) = self.middle(region)?;
        let own = |x: u16, y: u16| self.cell(x, y).is_some_and(|cell| cell.region == region);
        let off = |cx: u16, cy: u16| {
            let mid = f32::from(cx) + f32::from(columns) / 2.0;
            let outside = (0..columns).filter(|n| !own(cx + n, cy)).count();
            let outside = f32::from(u16::try_from(outside).unwrap_or(u16::MAX));
            (mid - x).abs() + 1.5 * (f32::from(cy) + 0.5 - y).abs() + 3.0 * outside
        };
        let cells = self.cells().filter(|(_, _, cell)| cell.region == region);
        cells.map(|(cx, cy, _)| (cx, cy)).min_by(|a, b| off(a.0, a.1).total_cmp(&off(b.0, b.1)))
    }
}

/// Dots of the drawing before they are put into cells: half a body.
struct Dots {
    wide: u16,
    tall: u16,
    /// The part each dot lies on.
    parts: Vec<Option<Part>>,
}

impl Dots {
    fn new(size: Size) -> Self {
        let outlines: Vec<(Part, Vec<Point>)> = Part::ALL.iter().map(|&part| (part, part.outline())).collect();
        let (wide, tall) = (size.half() * 2, size.rows() * 4);
        let mut parts = Vec::with_capacity(usize::from(wide) * usize::from(tall));
        for down in 0..tall {
            let rows: Vec<Vec<(Part, Vec<f32>)>> = (0..4_u16)
                .map(|n| size.height_at((f32::from(down) + (f32::from(n) + 0.5) / 4.0) / 4.0))
                .map(|y| outlines.iter().map(|(part, line)| (*part, shape::crossings(line, y))).collect())
                .collect();
            parts.extend((0..wide).map(|across| covering(&rows, across, size)));
        }
        Self { wide, tall, parts }.without_specks()
    }

    fn part(&self, x: u16, y: u16) -> Option<Part> {
        let is_inside = x < self.wide && y < self.tall;
        is_inside.then(|| self.parts[usize::from(y) * usize::from(self.wide) + usize::from(x)]).flatten()
    }

    /// Without dots that have none above and none below.
    fn without_specks(self) -> Self {
        let alone = |x: u16, y: u16| {
            let above = y.checked_sub(1).and_then(|y| self.part(x, y));
            above.is_none() && self.part(x, y + 1).is_none()
        };
        let parts = (0..self.tall)
            .flat_map(|y| (0..self.wide).map(move |x| (x, y)))
            .map(|(x, y)| self.part(x, y).filter(|_| !alone(x, y)))
            .collect();
        Self { parts, ..self }
    }
}

/// The part that covers most of a dot, where enough of it is covered: sixteen places of it are looked at.
fn covering(rows: &[Vec<(Part, Vec<f32>)>], across: u16, size: Size) -> Option<Part> {
    let mut found: Vec<Part> = Vec::with_capacity(16);
    for row in rows {
        for n in 0..4_u16 {
            let x = f32::midpoint(f32::from(across), (f32::from(n) + 0.5) / 4.0) * size.cell_width();
            let inside = |crossings: &[f32]| crossings.iter().filter(|at| **at <= x).count() % 2 == 1;
            found.extend(row.iter().find(|(_, crossings)| inside(crossings)).map(|(part, _)| *part));
        }
    }
    let is_enough = found.len() >= usize::from(size.cover());
    let most = Part::ALL.into_iter().rev().max_by_key(|part| found.iter().filter(|one| one == &part).count());
    most.filter(|_| is_enough)
}

fn draw(size: Size, view: View) -> Figure {
    let dots = Dots::new(size);
    let half = size.half();
    let (columns, rows) = (size.columns(), size.rows());
    // First whose each cell is, then its dots: a seam depends on the cells around.
    let owner: Vec<Option<BodyRegion>> = (0..rows)
        .flat_map(|y| (0..columns).map(move |x| (x, y)))
        .map(|(x, y)| owner(size, view, &dots, x, y))
        .collect();
    let at = |x: u16, y: u16| owner.get(usize::from(y) * usize::from(columns) + usize::from(x)).copied().flatten();
    let mut cells = Vec::with_capacity(owner.len());
    for y in 0..rows {
        for x in 0..columns {
            let Some(region) = at(x, y) else {
                cells.push(None);
                continue;
            };
            let is_right_half = x >= half;
            let inward = if is_right_half { x.checked_sub(1) } else { Some(x + 1) };
            let differs = |other: Option<BodyRegion>| size.has_seams() && other.is_some_and(|other| other != region);
            let above = differs(y.checked_sub(1).and_then(|y| at(x, y)));
            // One line along the midline is enough: the left half leaves it out.
            let is_middle = is_right_half && x == half;
            let beside = !is_middle && differs(inward.and_then(|x| at(x, y)));
            let mut bits = 0;
            for (column, row) in (0..2_u16).flat_map(|column| (0..4_u16).map(move |row| (column, row))) {
                let inner = if is_right_half { column == 0 } else { column == 1 };
                let is_seam = (above && row == 0) || (beside && inner);
                let (across, down) = (outward(x * 2 + column, half * 2), y * 4 + row);
                if !is_seam && !is_eye(size, view, across, down) && dots.part(across, down).is_some() {
                    bits |= BITS[usize::from(column)][usize::from(row)];
                }
            }
            cells.push(Some(Cell { dots: bits, region }));
        }
    }
    Figure { columns, rows, cells }
}

/// How far from the midline a column of dots lies, counted from 0.
const fn outward(x: u16, half: u16) -> u16 {
    if x >= half { x - half } else { half - 1 - x }
}

fn is_eye(size: Size, view: View, across: u16, down: u16) -> bool {
    if size != Size::Huge || view == View::Back {
        return false;
    }
    let left = f32::from(across) / 2.0 * size.cell_width();
    let right = f32::from(across + 1) / 2.0 * size.cell_width();
    let (top, foot) = (size.height_at(f32::from(down) / 4.0), size.height_at(f32::from(down + 1) / 4.0));
    shape::EYES.iter().any(|(x, y)| (left..right).contains(x) && (top..foot).contains(y))
}

/// Whose a cell is: the site at its middle, on the part most of its dots lie on.
fn owner(size: Size, view: View, dots: &Dots, x: u16, y: u16) -> Option<BodyRegion> {
    let half = size.half();
    let cell = outward(x, half);
    let inked: Vec<Part> = (0..2_u16)
        .flat_map(|column| (0..4_u16).map(move |row| (column, row)))
        .filter_map(|(column, row)| dots.part(cell * 2 + column, y * 4 + row))
        .collect();
    let part = Part::ALL.into_iter().rev().max_by_key(|part| inked.iter().filter(|one| one == &part).count());
    let part = part.filter(|_| !inked.is_empty())?;
    let width = size.cell_width();
    let place = ((f32::from(cell) + 0.5) * width, size.height_at(f32::from(y) + 0.5));
    let named = shape::site(view, part, place, width);
    BodyRegion::new(named, side(view, named, x >= half))
}

/// The patient's left is on the viewer's right in front, on the viewer's left from behind.
fn side(view: View, site: Site, is_right_half: bool) -> MapSide {
    match (site.is_midline(), view == View::Front, is_right_half) {
        (true, _, _) => MapSide::Midline,
        (false, true, true) | (false, false, false) => MapSide::Left,
        (false, true, false) | (false, false, true) => MapSide::Right,
    }
}

/// A direction on the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the viewer's left.
    Left,
    /// To the viewer's right.
    Right,
}

/// Columns between the front and the back on the plane on which neighbours are sought.
const APART: f32 = 4.0;

/// The middles of all regions with front and back side by side.
static MIDDLES: LazyLock<Vec<(BodyRegion, Point)>> = LazyLock::new(|| {
    let place = |region: BodyRegion| {
        let own = figure(Size::Huge, region.view());
        let (x, y) = own.middle(region)?;
        let offset = if region.view() == View::Back { f32::from(own.columns()) + APART } else { 0.0 };
        // A row of cells is twice as tall as a column is wide.
        Some((region, (x + offset, y * 2.0)))
    };
    BodyRegion::all().filter_map(place).collect()
});

/// The nearest region in a direction, over both views; the region itself where there is none.
///
/// Nearest is what lies most straight ahead: a column aside counts more than one further on.
pub fn neighbour(from: BodyRegion, to: Direction) -> BodyRegion {
    let middles = &*MIDDLES;
    let Some((_, (x, y))) = middles.iter().find(|(region, _)| *region == from) else { return from };
    let way = |at: &Point| {
        let (dx, dy) = (at.0 - x, at.1 - y);
        match to {
            Direction::Up => (-dy, dx.abs()),
            Direction::Down => (dy, dx.abs()),
            Direction::Left => (-dx, dy.abs()),
            Direction::Right => (dx, dy.abs()),
        }
    };
    let ahead = middles.iter().filter(|(region, _)| *region != from).filter_map(|(region, at)| {
        let (on, aside) = way(at);
        (on > 0.5 && aside <= on * 1.6).then_some((*region, on + aside * 2.0))
    });
    ahead.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(from, |(region, _)| region)
}

#[cfg(test)]
mod tests;
