//! Effects: what a screen asks for. Screens perform none; the app performs them in order, and stops at the first that fails,
//! so that a form whose record could not be kept stays open.

use chrono::NaiveDate;

use super::modal::Modal;
use super::place::Place;
use crate::action::{Command, Write};
use crate::clinical::bring_in::Kind;
use crate::clinical::draft::DraftKey;
use crate::clinical::id::{PatientId, TaperId, VisitId};
use crate::clinical::import::ask::Asked;
use crate::clinical::patient::ListKind;
use crate::clinical::provenance::Given;
use crate::clinical::summary::Section;

/// Something a screen asks for.
#[derive(Debug)]
pub enum Effect {
    /// Keep a change: one act.
    Write(Box<Write>, Vec<DraftKey>),
    /// Open over what is there.
    Open(Place),
    /// Open instead of what is there.
    Replace(Place),
    /// Go back to what is underneath.
    Back,
    /// Show a modal over the screen.
    Show(Box<Modal>),
    /// Keep the draft of the form on top. The app writes it within a second, at once on leaving.
    DraftChanged,
    /// Write the draft of the form on top now.
    KeepDraft,
    /// Forget a draft.
    DropDraft(DraftKey),
    /// Show the instruments, to choose one for a patient.
    ChooseInstrument {
        /// For whom.
        patient: PatientId,
        /// In which visit.
        visit: Option<VisitId>,
    },
    /// The call of the next step of a taper was made; where the list of medicines stands in another dose, what becomes of it is
    /// asked with it.
    CallTaper(TaperId),
    /// Confirm everything of a patient that was typed in ahead.
    ConfirmWaiting(PatientId),
    /// Change how the answers of the form on top are given.
    Give(Given),
    /// Read what the screen on top still lacks of what it shows.
    LoadMore,
    /// Show another day on the board.
    ShowDay(NaiveDate),
    /// Copy out the summary of a visit, or one section of it.
    CopyOut {
        /// Which visit.
        visit: VisitId,
        /// Which section; none is all.
        section: Option<Section>,
    },
    /// Find this text in all text of all days; the hits come back to the screen that asked.
    FindText(String),
    /// Read the schedule of the preview on top as asked; the plan comes back to it.
    ReadSchedule(Box<Asked>),
    /// Save what was recognised in the schedule of the preview on top as a mapping of this name, and read it so.
    SaveMapping(String),
    /// Read the last schedule again.
    ReadLastSchedule,
    /// Read these lines into rows for the sheet on top.
    ReadLines(String),
    /// Read one row of the sheet on top again.
    ReadLine {
        /// Which row.
        at: usize,
        /// As what; none lets its shape say.
        kind: Option<Kind>,
        /// The line.
        line: String,
    },
    /// On the sheet on top: this list is empty, asked on purpose; said again, it is not.
    ListEmpty(ListKind),
    /// Apply the import that is shown; with what is gone cancelled too, where said.
    ApplyImport {
        /// Whether visits that are gone from the schedule are cancelled.
        prune: bool,
    },
    /// A word on the line above the footer.
    Say(String),
    /// A refusal on that line: why something is not possible now.
    Refuse(String),
    /// Carry out a command as if its key had been pressed.
    Run(Command),
}

impl Effect {
    /// A change to keep that was typed nowhere.
    pub fn write(write: Write) -> Self {
        Self::Write(Box::new(write), Vec::new())
    }
    /// A change to keep, with which the draft ends in which it was typed.
    pub fn complete(write: Write, typed: DraftKey) -> Self {
        Self::Write(Box::new(write), vec![typed])
    }
    /// The drafts that end with it, where it is a change to keep.
    pub const fn typed_mut(&mut self) -> Option<&mut Vec<DraftKey>> {
        match self {
            Self::Write(_, typed) => Some(typed),
            _ => None,
        }
    }
    /// A modal to show.
    pub fn show(modal: Modal) -> Self {
        Self::Show(Box::new(modal))
    }
    /// A refusal in words.
    pub fn refuse(why: impl Into<String>) -> Self {
        Self::Refuse(why.into())
    }
}
