//! The four panes of the board, by the phase of the day they stand for, and what a pane holds.

use crate::action::Command;
use crate::clinical::board::{Board, Item};
use crate::clinical::task::Owner;

/// A phase of the day that is a pane of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Phase {
    /// Assessments.
    #[default]
    Morning,
    /// Plans.
    Midday,
    /// Procedures.
    Afternoon,
    /// Follow-up and paperwork.
    Late,
}

impl Phase {
    /// All of them, in the order of the day.
    pub const ALL: [Self; 4] = [Self::Morning, Self::Midday, Self::Afternoon, Self::Late];

    /// Its place among the four.
    pub const fn at(self) -> usize {
        match self {
            Self::Morning => 0,
            Self::Midday => 1,
            Self::Afternoon => 2,
            Self::Late => 3,
        }
    }

    /// The command that goes there; its key stands in the title.
    pub const fn command(self) -> Command {
        match self {
            Self::Morning => Command::PaneMorning,
            Self::Midday => Command::PaneMidday,
            Self::Afternoon => Command::PaneAfternoon,
            Self::Late => Command::PaneLate,
        }
    }

    /// The title of its pane.
    pub const fn title(self, order: Order) -> &'static str {
        match (self, order) {
            (Self::Morning, Order::ByClock) => "All visits · by the clock",
            (Self::Morning, Order::ByPhase) => "Morning · Assessments",
            (Self::Midday, _) => "Midday · Plans",
            (Self::Afternoon, _) => "Afternoon · Procedures",
            (Self::Late, _) => "Late · Follow-up & paperwork",
        }
    }

    /// What its pane is for, said while it is empty, and the command that fills it or goes where it is filled.
    pub const fn purpose(self, order: Order) -> (&'static str, Command) {
        match (self, order) {
            (Self::Morning, Order::ByClock) => ("every visit of the day, by the clock", Command::NewVisit),
            (Self::Morning, Order::ByPhase) => ("visits for evaluation or follow-up", Command::NewVisit),
            (Self::Midday, _) => ("plans of completed assessments", Command::PaneMorning),
            (Self::Afternoon, _) => ("visits for a procedure", Command::NewVisit),
            (Self::Late, _) => ("check-ins, calls, tasks, copies", Command::Catch),
        }
    }

    /// The pane it stands in: by the clock, procedures are in the first.
    #[must_use]
    pub const fn shown(self, order: Order) -> Self {
        match (self, order) {
            (Self::Afternoon, Order::ByClock) => Self::Morning,
            (phase, _) => phase,
        }
    }

    /// The panes that stand on the board.
    pub const fn panes(order: Order) -> &'static [Self] {
        match order {
            Order::ByPhase => &Self::ALL,
            Order::ByClock => &[Self::Morning, Self::Midday, Self::Late],
        }
    }
}

/// How visits are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Assessments and procedures each in their pane.
    #[default]
    ByPhase,
    /// Both as one list by the clock.
    ByClock,
}

/// Whose items the paperwork shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// The physician's own; the others are a count.
    #[default]
    Mine,
    /// Everybody's.
    Everybodys,
}

/// The items of a pane, in order.
pub fn items(board: &Board, phase: Phase, order: Order, whose: Whose) -> Vec<&Item> {
    match (phase, order) {
        (Phase::Morning, Order::ByPhase) => board.morning.iter().collect(),
        (Phase::Morning, Order::ByClock) => {
            let mut all: Vec<&Item> = board.morning.iter().chain(&board.afternoon).collect();
            all.sort_by_key(|item| (item.date != board.date, item.start, item.name(), item.visit, item.key));
            all
        }
        (Phase::Midday, _) => board.midday.iter().collect(),
        (Phase::Afternoon, Order::ByPhase) => board.afternoon.iter().collect(),
        (Phase::Afternoon, Order::ByClock) => Vec::new(),
        (Phase::Late, _) => {
            board.late.iter().filter(|item| whose == Whose::Everybodys || item.owner == Owner::Me).collect()
        }
    }
}

/// How many items of others are open in the paperwork.
pub fn others(board: &Board) -> usize {
    board.late.iter().filter(|item| item.owner != Owner::Me && !item.done).count()
}

/// How many items of others there are in the paperwork, done or not.
pub fn others_all(board: &Board) -> usize {
    board.late.iter().filter(|item| item.owner != Owner::Me).count()
}
