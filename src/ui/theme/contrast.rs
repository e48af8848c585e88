//! The high-contrast palette: black ground, bright marks, frames that can be seen; text keeps 7 to 1.

use ratatui::style::Color;

use super::palette::{Inks, Sheet, Sheets, ix, ramp, ramp_ix, rgb};

const RGB: Inks = Inks {
    text: rgb("f0f0f0"),
    strong: rgb("ffffff"),
    second: rgb("d8dde2"),
    faint: rgb("c2c8cf"),
    border: rgb("8a939c"),
    figure: rgb("6d7884"),
    focus: rgb("5ff0e0"),
    done: rgb("8fe388"),
    wants: rgb("ffd75f"),
    danger: rgb("ff8f87"),
    info: rgb("8cc8ff"),
    procedure: rgb("d6b4ff"),
    pain: ramp([
        "c2c8cf", "c4cfbf", "d0cf9f", "e2d78a", "f2dc7a", "ffd75f", "ffc35f", "ffb060", "ff9f6a", "ff9579", "ff8f87",
    ]),
};

const INDEXED: Inks = Inks {
    text: ix(255),
    strong: ix(231),
    second: ix(253),
    faint: ix(250),
    border: ix(245),
    figure: ix(243),
    focus: ix(87),
    done: ix(120),
    wants: ix(221),
    danger: ix(210),
    info: ix(117),
    procedure: ix(183),
    pain: ramp_ix([250, 250, 187, 186, 222, 221, 215, 216, 210, 210, 210]),
};

const SIXTEEN: Inks = Inks {
    focus: Color::LightCyan,
    done: Color::LightGreen,
    wants: Color::LightYellow,
    danger: Color::LightRed,
    info: Color::LightCyan,
    procedure: Color::LightMagenta,
    border: Color::Gray,
    figure: Color::DarkGray,
    pain: [
        Color::White,
        Color::White,
        Color::White,
        Color::LightYellow,
        Color::LightYellow,
        Color::LightYellow,
        Color::LightYellow,
        Color::LightRed,
        Color::LightRed,
        Color::LightRed,
        Color::LightRed,
    ],
    ..Inks::all(Color::White)
};

pub(super) const CONTRAST: Sheets = Sheets {
    rgb: Sheet {
        ground: rgb("000000"),
        band: rgb("00234a"),
        bar_top: rgb("000000"),
        bar_foot: rgb("101418"),
        inks: RGB,
        band_inks: Inks { faint: RGB.second, border: RGB.faint, ..RGB },
    },
    indexed: Sheet {
        ground: ix(16),
        band: ix(17),
        bar_top: ix(16),
        bar_foot: ix(233),
        inks: INDEXED,
        band_inks: Inks { faint: INDEXED.second, border: INDEXED.faint, ..INDEXED },
    },
    sixteen: Sheet {
        ground: Color::Black,
        band: Color::White,
        bar_top: Color::Black,
        bar_foot: Color::Black,
        inks: SIXTEEN,
        band_inks: Inks::all(Color::Black),
    },
};
