//! How things look: what a role is in colour, and which glyph stands for which state.
//!
//! Screens and widgets speak of a [`Role`] on a [`Surface`]; only this module knows colours. The palettes are tables
//! (`dark.rs`, `light.rs`, `contrast.rs`), each chosen by hand for 24 bit, 256 and 16 colours; without colour, bold,
//! dim, underline and reverse carry what they can. Signs are in [`glyph`], the states they stand for in [`mark`].

mod contrast;
mod dark;
pub mod glyph;
mod light;
pub mod mark;
mod palette;
pub mod role;
#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};

use self::palette::{Sheet, Sheets};
pub use self::{
    glyph::{Glyphs, Signs},
    mark::Mark,
    role::{Role, Surface},
};

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Palette {
    /// Light text on a dark ground.
    #[default]
    Dark,
    /// Dark text on a light ground.
    Light,
    /// Bright on black, text at 7 to 1 or more where the terminal has colours enough.
    HighContrast,
}

impl Palette {
    /// Every palette with the name the settings use.
    pub const ALL: [(Palette, &'static str); 3] =
        [(Palette::Dark, "dark"), (Palette::Light, "light"), (Palette::HighContrast, "high-contrast")];

    /// The palette of a name from the settings.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(palette, _)| palette)
    }

    fn sheets(self) -> &'static Sheets {
        match self {
            Self::Dark => &dark::DARK,
            Self::Light => &light::LIGHT,
            Self::HighContrast => &contrast::CONTRAST,
        }
    }
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Depth {
    /// 24 bit.
    #[default]
    Rgb,
    /// 256 colours.
    Indexed,
    /// The terminal's own 16.
    Sixteen,
    /// No colour: bold, dim, underline and reverse only.
    Mono,
}

impl Depth {
    /// What a terminal says of itself through `NO_COLOR`, `COLORTERM` and `TERM`; what is unset is `None`.
    ///
    /// `NO_COLOR` wins when it is set to anything but the empty string.
    pub fn told(no_color: Option<&str>, colorterm: Option<&str>, term: Option<&str>) -> Self {
        if no_color.is_some_and(|value| !value.is_empty()) {
            return Self::Mono;
        }
        if colorterm.is_some_and(|value| matches!(value, "truecolor" | "24bit")) {
            return Self::Rgb;
        }
        match term {
            None | Some("" | "dumb" | "vt100" | "vt220") => Self::Mono,
            Some(term) if term.ends_with("-direct") => Self::Rgb,
            Some(term) if term.contains("256") => Self::Indexed,
            Some(_) => Self::Sixteen,
        }
    }
}

/// Who paints the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ground {
    /// The palette's own.
    #[default]
    Painted,
    /// The terminal's background stays; bands and bars are painted on it.
    Terminal,
}

/// The colours in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Theme {
    /// Which colours.
    pub palette: Palette,
    /// How many the terminal has.
    pub depth: Depth,
    /// Who paints the ground.
    pub ground: Ground,
}

impl Theme {
    /// How a role looks on a surface: its colour, the surface's, and what bold and dim must say where colour cannot.
    pub fn style(self, surface: Surface, role: Role) -> Style {
        let Some(sheet) = self.sheet() else {
            return self.surface(surface).add_modifier(without_color(role));
        };
        let mut style = self.surface(surface).fg(sheet.ink(surface, role));
        if role == Role::Strong || (self.depth == Depth::Sixteen && matches!(role, Role::Danger | Role::Wants)) {
            style = style.add_modifier(Modifier::BOLD);
        }
        style
    }

    /// An empty piece of a surface.
    pub fn surface(self, surface: Surface) -> Style {
        match self.sheet() {
            None if surface == Surface::Band => Style::new().add_modifier(Modifier::REVERSED),
            None => Style::new(),
            Some(sheet) => Style::new().fg(sheet.ink(surface, Role::Text)).bg(self.ground_of(sheet, surface)),
        }
    }

    /// The colour a mark of this role is filled with where it is drawn as an area, as on the day ribbon.
    pub fn fill(self, role: Role) -> Color {
        self.sheet().map_or(Color::Reset, |sheet| sheet.inks.of(role))
    }

    /// Whether the meanings can be told from each other by a filled area alone.
    pub fn fills_differ(self) -> bool {
        let roles = [Role::Second, Role::Focus, Role::Done, Role::Wants, Role::Danger, Role::Info, Role::Procedure];
        let fills = roles.map(|role| self.fill(role));
        fills.iter().enumerate().all(|(at, fill)| !fills[..at].contains(fill))
    }

    fn ground_of(self, sheet: &Sheet, surface: Surface) -> Color {
        match (self.ground, surface) {
            (Ground::Terminal, Surface::Ground) => Color::Reset,
            _ => sheet.surface(surface),
        }
    }

    fn sheet(self) -> Option<&'static Sheet> {
        let sheets = self.palette.sheets();
        match self.depth {
            Depth::Rgb => Some(&sheets.rgb),
            Depth::Indexed => Some(&sheets.indexed),
            Depth::Sixteen => Some(&sheets.sixteen),
            Depth::Mono => None,
        }
    }
}

/// What is left of a role when there is no colour.
fn without_color(role: Role) -> Modifier {
    match role {
        Role::Strong | Role::Focus | Role::Wants | Role::Pain(7..) => Modifier::BOLD,
        Role::Danger => Modifier::BOLD.union(Modifier::UNDERLINED),
        Role::Faint | Role::Border | Role::Figure => Modifier::DIM,
        Role::Text | Role::Second | Role::Done | Role::Info | Role::Procedure | Role::Pain(_) => Modifier::empty(),
    }
}

/// Everything a widget must know to look right: colours and glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// Which signs.
    pub signs: Signs,
    /// Lines without boxes, for screen readers.
    pub plain: bool,
}

impl Look {
    /// The signs in use.
    pub const fn glyphs(self) -> &'static Glyphs {
        self.signs.glyphs()
    }
}
