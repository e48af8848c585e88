//! How a palette is written down: one sheet of colours for each depth of colour a terminal may have.

use ratatui::style::Color;

use super::role::{Role, Surface};

/// One colour for each role.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inks {
    pub text: Color,
    pub strong: Color,
    pub second: Color,
    pub faint: Color,
    pub border: Color,
    pub figure: Color,
    pub focus: Color,
    pub done: Color,
    pub wants: Color,
    pub danger: Color,
    pub info: Color,
    pub procedure: Color,
    pub pain: [Color; 11],
}

impl Inks {
    /// The colour of a role.
    pub(super) fn of(&self, role: Role) -> Color {
        match role {
            Role::Text => self.text,
            Role::Strong => self.strong,
            Role::Second => self.second,
            Role::Faint => self.faint,
            Role::Border => self.border,
            Role::Figure => self.figure,
            Role::Focus => self.focus,
            Role::Done => self.done,
            Role::Wants => self.wants,
            Role::Danger => self.danger,
            Role::Info => self.info,
            Role::Procedure => self.procedure,
            Role::Pain(score) => self.pain[usize::from(score.min(10))],
        }
    }

    /// The same colour for every role: what is left on a band that is the reverse of the ground.
    pub(super) const fn all(color: Color) -> Self {
        Self {
            text: color,
            strong: color,
            second: color,
            faint: color,
            border: color,
            figure: color,
            focus: color,
            done: color,
            wants: color,
            danger: color,
            info: color,
            procedure: color,
            pain: [color; 11],
        }
    }
}

/// The colours of one palette at one depth: the surfaces, and the roles on the ground, the bars and the soft band.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    pub ground: Color,
    pub band: Color,
    pub bar_top: Color,
    pub bar_foot: Color,
    /// On the ground and on the bars.
    pub inks: Inks,
    /// On the soft band, where faint text is lifted to second.
    pub band_inks: Inks,
}

impl Sheet {
    /// The colour of a role on a surface.
    pub(super) fn ink(&self, surface: Surface, role: Role) -> Color {
        match surface {
            Surface::Band => self.band_inks.of(role),
            Surface::Ground | Surface::BarTop | Surface::BarFoot => self.inks.of(role),
        }
    }

    /// The colour of a surface.
    pub(super) fn surface(&self, surface: Surface) -> Color {
        match surface {
            Surface::Ground => self.ground,
            Surface::Band => self.band,
            Surface::BarTop => self.bar_top,
            Surface::BarFoot => self.bar_foot,
        }
    }
}

/// The sheets of a palette, one for each depth that has colour.
#[derive(Debug)]
pub(super) struct Sheets {
    pub rgb: Sheet,
    pub indexed: Sheet,
    pub sixteen: Sheet,
}

/// A 24-bit colour from the six digits it is usually written with. Used in constants only: a wrong digit does not
/// compile.
pub(super) const fn rgb(digits: &str) -> Color {
    let digits = digits.as_bytes();
    assert!(digits.len() == 6, "six digits");
    Color::Rgb(byte(digits[0], digits[1]), byte(digits[2], digits[3]), byte(digits[4], digits[5]))
}

const fn byte(high: u8, low: u8) -> u8 {
    digit(high) * 16 + digit(low)
}

const fn digit(of: u8) -> u8 {
    match of {
        b'0'..=b'9' => of - b'0',
        b'a'..=b'f' => of - b'a' + 10,
        _ => panic!("not a digit of a colour"),
    }
}

/// A ramp of 24-bit colours.
pub(super) const fn ramp(digits: [&str; 11]) -> [Color; 11] {
    let mut colors = [Color::Reset; 11];
    let mut at = 0;
    while at < 11 {
        colors[at] = rgb(digits[at]);
        at += 1;
    }
    colors
}

/// A colour of the 256.
pub(super) const fn ix(index: u8) -> Color {
    Color::Indexed(index)
}

/// A ramp out of the 256.
pub(super) const fn ramp_ix(indices: [u8; 11]) -> [Color; 11] {
    let mut colors = [Color::Reset; 11];
    let mut at = 0;
    while at < 11 {
        colors[at] = ix(indices[at]);
        at += 1;
    }
    colors
}
