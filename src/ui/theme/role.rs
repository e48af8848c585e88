//! What a mark on the screen means, and what it lies on. Colour follows from the two; nothing else picks one.

/// What a piece of text or a mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// What matters now.
    #[default]
    Text,
    /// The one name or title that leads: brighter than text, and bold.
    Strong,
    /// What explains the text.
    Second,
    /// What can be ignored.
    Faint,
    /// Frames and rules; never text.
    Border,
    /// The body of the body map where nothing is marked; never text.
    Figure,
    /// Where the hands are.
    Focus,
    /// Done.
    Done,
    /// Wants you.
    Wants,
    /// Can hurt.
    Danger,
    /// Waits, or informs.
    Info,
    /// A procedure.
    Procedure,
    /// A pain score from 0 to 10; what is higher counts as 10.
    Pain(u8),
}

impl Role {
    /// Every role, each pain score by itself.
    pub fn all() -> impl Iterator<Item = Role> {
        [
            Role::Text,
            Role::Strong,
            Role::Second,
            Role::Faint,
            Role::Border,
            Role::Figure,
            Role::Focus,
            Role::Done,
            Role::Wants,
            Role::Danger,
            Role::Info,
            Role::Procedure,
        ]
        .into_iter()
        .chain((0..=10).map(Role::Pain))
    }
}

/// What text lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Surface {
    /// The screen itself.
    #[default]
    Ground,
    /// The soft band under the selected row or the active field.
    Band,
    /// The bar at the top: the day's header, the patient band.
    BarTop,
    /// The bar at the foot: the keys that work here.
    BarFoot,
}

impl Surface {
    /// Every surface.
    pub const ALL: [Surface; 4] = [Surface::Ground, Surface::Band, Surface::BarTop, Surface::BarFoot];
}
