//! What typing replaced, step by step, so that it can be taken back: small edits, never copies of the text.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// One step: at a place, `old` became `new`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Byte offset of the change.
    pub at: usize,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// How many steps are kept for one field.
const MOST_STEPS: usize = 1000;

/// Steps back and steps on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    pub(super) back: Vec<Step>,
    pub(super) on: Vec<Step>,
    /// May the next letter join the last step?
    pub(super) open: bool,
}

impl History {
    /// Notes a step. Letters of one word become one step, as do characters deleted one after the other.
    pub(super) fn note(&mut self, step: Step) {
        self.on.clear();
        let single = |text: &str| text.graphemes(true).nth(1).is_none();
        let types = step.old.is_empty() && single(&step.new) && step.new != "\n";
        let deletes = step.new.is_empty() && single(&step.old);
        if self.open
            && let Some(last) = self.back.last_mut()
            && join(last, &step, types, deletes)
        {
            return;
        }
        self.open = types || deletes;
        if self.back.len() >= MOST_STEPS {
            self.back.remove(0);
        }
        self.back.push(step);
    }

    /// The next letter begins a step of its own.
    pub(super) const fn close(&mut self) {
        self.open = false;
    }
}

fn join(last: &mut Step, step: &Step, types: bool, deletes: bool) -> bool {
    let blank = |text: &str| text.chars().all(char::is_whitespace);
    if types && last.old.is_empty() && step.at == last.at + last.new.len() {
        // A word and the blanks after it are one step; the first letter of the next word begins another.
        if last.new.ends_with(char::is_whitespace) && !blank(&step.new) {
            return false;
        }
        last.new.push_str(&step.new);
        return true;
    }
    if deletes && last.new.is_empty() {
        if step.at + step.old.len() == last.at {
            last.old.insert_str(0, &step.old);
            last.at = step.at;
            return true;
        }
        if step.at == last.at {
            last.old.push_str(&step.old);
            return true;
        }
    }
    false
}
