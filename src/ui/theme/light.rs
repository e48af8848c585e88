//! The light palette: ink on paper.

use ratatui::style::Color;

use super::palette::{Inks, Sheet, Sheets, ix, ramp, ramp_ix, rgb};

const RGB: Inks = Inks {
    text: rgb("232a33"),
    strong: rgb("0b0f14"),
    second: rgb("48525e"),
    faint: rgb("5f6874"),
    border: rgb("c2c9d0"),
    figure: rgb("98a4b0"),
    focus: rgb("00696a"),
    done: rgb("2c6b2f"),
    wants: rgb("835300"),
    danger: rgb("b3261e"),
    info: rgb("1d5a9e"),
    procedure: rgb("6b3fa8"),
    pain: ramp([
        "5b6673", "5a665f", "5f6245", "66601f", "73590c", "7d5208", "874b07", "914310", "9c3a18", "a83020", "b3261e",
    ]),
};

const INDEXED: Inks = Inks {
    text: ix(235),
    strong: ix(16),
    second: ix(239),
    faint: ix(241),
    border: ix(250),
    figure: ix(247),
    focus: ix(23),
    done: ix(22),
    wants: ix(94),
    danger: ix(124),
    info: ix(25),
    procedure: ix(55),
    pain: ramp_ix([241, 241, 58, 58, 94, 94, 94, 124, 124, 124, 124]),
};

/// On white, only blue, red and magenta of the 16 can be read; the rest is black and leaves it to the word.
const SIXTEEN: Inks = Inks {
    focus: Color::Blue,
    danger: Color::Red,
    info: Color::Blue,
    procedure: Color::Magenta,
    border: Color::Gray,
    figure: Color::Gray,
    pain: [
        Color::Black,
        Color::Black,
        Color::Black,
        Color::Black,
        Color::Black,
        Color::Black,
        Color::Black,
        Color::Red,
        Color::Red,
        Color::Red,
        Color::Red,
    ],
    ..Inks::all(Color::Black)
};

pub(super) const LIGHT: Sheets = Sheets {
    rgb: Sheet {
        ground: rgb("faf9f6"),
        band: rgb("dfeaec"),
        bar_top: rgb("efeeea"),
        bar_foot: rgb("e8e8e4"),
        inks: RGB,
        band_inks: Inks { faint: RGB.second, border: RGB.faint, ..RGB },
    },
    indexed: Sheet {
        ground: ix(231),
        band: ix(195),
        bar_top: ix(255),
        bar_foot: ix(254),
        inks: INDEXED,
        band_inks: Inks { faint: INDEXED.second, border: INDEXED.faint, ..INDEXED },
    },
    sixteen: Sheet {
        ground: Color::White,
        band: Color::Black,
        bar_top: Color::White,
        bar_foot: Color::White,
        inks: SIXTEEN,
        band_inks: Inks::all(Color::White),
    },
};
