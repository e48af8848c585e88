//! The sheet on which brought-in rows wait: each is taken, mended or dropped before anything is kept.

use serde::{Deserialize, Serialize};

use super::{BroughtProblem, BroughtProcedure, Fate, Kept, Read, Row, already};
use crate::clinical::elsewhere::{ElsewhereLine, LineKind, PastProcedure};
use crate::clinical::patient::{ListKind, PatientFile};
use crate::clinical::text::fold;

/// Rows that wait, and what the record holds already of what is known from elsewhere: the new rows first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    /// The rows.
    pub rows: Vec<Row>,
    /// The lists of which it was said on purpose that they are empty.
    pub asked: Vec<ListKind>,
    /// Whether the lists that are touched were gone through with the patient today.
    pub reviewed: bool,
}

/// What became of the rows that were still waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rest {
    /// Taken.
    pub taken: usize,
    /// Left out because the record holds them already.
    pub known: usize,
}

impl Row {
    fn of_past(past: &PastProcedure) -> Self {
        let read = Read::Procedure(BroughtProcedure {
            what: past.what.clone(),
            level: past.level.clone(),
            side: past.side,
            on: past.on,
            by: past.by.clone(),
            steroid: past.steroid.clone(),
        });
        Self { line: read.show(), read, fate: Fate::Accepted, kept: Some(Kept::Procedure(past.id)) }
    }

    fn of_line(line: &ElsewhereLine) -> Self {
        let read = match line.kind {
            LineKind::Diagnosis => {
                Read::Diagnosis(BroughtProblem { text: line.text.clone(), ..BroughtProblem::default() })
            }
            LineKind::Text => Read::Text(line.text.clone()),
        };
        Self { line: line.text.clone(), read, fate: Fate::Accepted, kept: Some(Kept::Line(line.id)) }
    }
}

fn of_record(past: &[PastProcedure], lines: &[ElsewhereLine]) -> Vec<Row> {
    past.iter().map(Row::of_past).chain(lines.iter().map(Row::of_line)).collect()
}

impl Sheet {
    /// A sheet with nothing new: what the record holds from elsewhere.
    pub fn of(past: &[PastProcedure], lines: &[ElsewhereLine]) -> Self {
        Self { rows: of_record(past, lines), ..Self::default() }
    }

    /// The sheet over the record as it is now: what was decided about a row of the record stays, a row that is no longer
    /// in it goes, one that came meanwhile is added.
    #[must_use]
    pub fn over(self, past: &[PastProcedure], lines: &[ElsewhereLine]) -> Self {
        let (mut rows, of_ours): (Vec<Row>, Vec<Row>) = self.rows.into_iter().partition(|row| row.kept.is_none());
        rows.extend(of_record(past, lines).into_iter().map(|row| {
            let decided = of_ours.iter().find(|ours| ours.kept == row.kept);
            decided.cloned().unwrap_or(row)
        }));
        Self { rows, ..self }
    }

    /// How many rows are new: they stand first.
    pub fn new_rows(&self) -> usize {
        self.rows.iter().take_while(|row| row.kept.is_none()).count()
    }

    /// Adds rows behind the new ones; one that says exactly what a new row says already is left out. Where the first
    /// stands, and how many were left out.
    pub fn add(&mut self, rows: Vec<Row>) -> (usize, usize) {
        let first = self.new_rows();
        let (mut at, all) = (first, rows.len());
        for row in rows {
            if self.rows[..at].iter().any(|known| known.read == row.read) {
                continue;
            }
            self.rows.insert(at, row);
            at += 1;
        }
        (first, all - (at - first))
    }

    /// Decides about a row.
    pub fn decide(&mut self, at: usize, fate: Fate) {
        if let Some(row) = self.rows.get_mut(at) {
            row.fate = fate;
        }
    }

    /// A row in other words or of another kind: whoever mends it takes it.
    pub fn mend(&mut self, at: usize, line: String, read: Read) {
        if let Some(row) = self.rows.get_mut(at) {
            (row.line, row.read, row.fate) = (line, read, Fate::Accepted);
        }
    }

    /// Whether the record holds already what a new row says.
    pub fn is_known(&self, row: &Row, file: &PatientFile) -> bool {
        let same = |other: &Row| {
            other.kept.is_some()
                && other.read.kind() == row.read.kind()
                && fold(&other.read.show()) == fold(&row.read.show())
        };
        row.kept.is_none() && (already(&row.read, file) || self.rows.iter().any(same))
    }

    /// Takes every row that waits, but for those the record holds already.
    pub fn take_rest(&mut self, file: &PatientFile) -> Rest {
        let mut rest = Rest::default();
        for at in 0..self.rows.len() {
            if self.rows[at].fate != Fate::Waiting {
                continue;
            }
            let is_known = self.is_known(&self.rows[at], file);
            self.rows[at].fate = if is_known { Fate::Dropped } else { Fate::Accepted };
            *(if is_known { &mut rest.known } else { &mut rest.taken }) += 1;
        }
        rest
    }

    /// Drops every row that waits; how many.
    pub fn drop_rest(&mut self) -> usize {
        let waiting = self.waiting();
        for row in self.rows.iter_mut().filter(|row| row.fate == Fate::Waiting) {
            row.fate = Fate::Dropped;
        }
        waiting
    }

    /// How many rows wait.
    pub fn waiting(&self) -> usize {
        self.rows.iter().filter(|row| row.fate == Fate::Waiting).count()
    }

    /// How many new rows have this fate.
    pub fn new_with(&self, fate: Fate) -> usize {
        self.rows.iter().filter(|row| row.kept.is_none() && row.fate == fate).count()
    }

    /// The row from which on the next one waits, itself first, then from the top.
    pub fn next_waiting(&self, from: usize) -> Option<usize> {
        let waits = |at: &usize| self.rows[*at].fate == Fate::Waiting;
        (from..self.rows.len()).find(waits).or_else(|| (0..from.min(self.rows.len())).find(waits))
    }

    /// Whether a list is said to be empty on purpose; said again, it is not.
    pub fn ask(&mut self, list: ListKind) {
        match self.asked.iter().position(|asked| *asked == list) {
            Some(at) => _ = self.asked.remove(at),
            None => self.asked.push(list),
        }
    }

    /// Whether anything stands here that the record does not hold: it is kept as a draft.
    pub fn is_begun(&self, past: &[PastProcedure], lines: &[ElsewhereLine]) -> bool {
        self.new_rows() > 0 || self.would_change(past, lines)
    }

    /// Whether keeping it would change the record.
    pub fn would_change(&self, past: &[PastProcedure], lines: &[ElsewhereLine]) -> bool {
        let of_ours: Vec<&Row> = self.rows.iter().filter(|row| row.kept.is_some()).collect();
        let record = of_record(past, lines);
        let same = of_ours.iter().map(|row| (&row.read, row.fate)).eq(record.iter().map(|row| (&row.read, row.fate)));
        self.new_with(Fate::Accepted) > 0 || !self.asked.is_empty() || !same
    }
}
