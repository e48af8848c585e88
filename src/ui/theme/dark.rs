//! The dark palette, as drawn.

use ratatui::style::Color;

use super::palette::{Inks, Sheet, Sheets, ix, ramp, ramp_ix, rgb};

const RGB: Inks = Inks {
    text: rgb("d5dbe3"),
    strong: rgb("f2f5f8"),
    second: rgb("9ba6b4"),
    faint: rgb("7f8a98"),
    border: rgb("3a4653"),
    figure: rgb("4e5a68"),
    focus: rgb("5fc3b8"),
    done: rgb("86b97a"),
    wants: rgb("e0b45c"),
    danger: rgb("e5695e"),
    info: rgb("6fa8dc"),
    procedure: rgb("b18be0"),
    pain: ramp([
        "8391a3", "8a9a96", "a39d74", "c4ad63", "d9b255", "e2a84d", "e59a48", "e68746", "e47148", "e4655a", "e8605f",
    ]),
};

const INDEXED: Inks = Inks {
    text: ix(253),
    strong: ix(231),
    second: ix(248),
    faint: ix(246),
    border: ix(239),
    figure: ix(240),
    focus: ix(73),
    done: ix(108),
    wants: ix(179),
    danger: ix(203),
    info: ix(74),
    procedure: ix(140),
    pain: ramp_ix([246, 246, 144, 179, 179, 215, 215, 209, 209, 203, 203]),
};

/// Grey is the one step there is between white and black that every table of 16 shows readably.
const SIXTEEN: Inks = Inks {
    text: Color::Gray,
    strong: Color::White,
    second: Color::Gray,
    faint: Color::Gray,
    border: Color::DarkGray,
    figure: Color::DarkGray,
    focus: Color::Cyan,
    done: Color::Green,
    wants: Color::LightYellow,
    danger: Color::LightRed,
    info: Color::LightCyan,
    procedure: Color::LightMagenta,
    pain: [
        Color::Gray,
        Color::Gray,
        Color::Gray,
        Color::LightYellow,
        Color::LightYellow,
        Color::LightYellow,
        Color::LightYellow,
        Color::LightRed,
        Color::LightRed,
        Color::LightRed,
        Color::LightRed,
    ],
};

pub(super) const DARK: Sheets = Sheets {
    rgb: Sheet {
        ground: rgb("0f141a"),
        band: rgb("1f2b36"),
        bar_top: rgb("161c24"),
        bar_foot: rgb("1b232d"),
        inks: RGB,
        band_inks: Inks {
            faint: RGB.second,
            border: RGB.faint,
            danger: rgb("ea756b"),
            pain: {
                let mut pain = RGB.pain;
                pain[0] = RGB.second;
                pain[9] = rgb("e97064");
                pain[10] = rgb("ee7170");
                pain
            },
            ..RGB
        },
    },
    indexed: Sheet {
        ground: ix(233),
        band: ix(236),
        bar_top: ix(234),
        bar_foot: ix(235),
        inks: INDEXED,
        band_inks: Inks {
            faint: INDEXED.second,
            border: INDEXED.faint,
            danger: ix(210),
            pain: ramp_ix([248, 248, 144, 179, 179, 215, 215, 209, 209, 210, 210]),
            ..INDEXED
        },
    },
    sixteen: Sheet {
        ground: Color::Black,
        band: Color::Gray,
        bar_top: Color::Black,
        bar_foot: Color::Black,
        inks: SIXTEEN,
        band_inks: Inks::all(Color::Black),
    },
};
