//! The jigsaw: the eight kinds of treatment and where each stands, at a glance.

use super::Modality;
use super::ledger::{Standing, Trial};
use crate::clinical::vocab::Vocab;

/// One cell of the jigsaw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which kind.
    pub modality: Modality,
    /// Where it stands as a whole.
    pub standing: Standing,
    /// The lines of the ledger that belong to it, by their number, in the order in which they speak for it.
    pub trials: Vec<usize>,
}

/// The order in which one piece speaks for its cell: what runs, what is planned, then what came of what was tried, harm first.
const SPEAKS: [Standing; 11] = [
    Standing::Running,
    Standing::Planned,
    Standing::Sleeping,
    Standing::Harmed,
    Standing::Helped,
    Standing::NotHelped,
    Standing::Tried,
    Standing::Given,
    Standing::Declined,
    Standing::Never,
    Standing::NotAsked,
];

/// The cells of a ledger, in their order. While no treatment of any kind is known, nobody has asked: that is not "never tried".
pub fn jigsaw(ledger: &[Trial]) -> Vec<Cell> {
    let nothing = if ledger.is_empty() { Standing::NotAsked } else { Standing::Never };
    Modality::CELLS
        .into_iter()
        .map(|modality| {
            let mine = |trial: &Trial| trial.modality == Some(modality);
            let mut trials: Vec<usize> = (0..ledger.len()).filter(|at| mine(&ledger[*at])).collect();
            let turn = |at: &usize| SPEAKS.iter().position(|standing| *standing == ledger[*at].standing);
            trials.sort_by_key(turn);
            let has = |standing: Standing| trials.iter().any(|at| ledger[*at].standing == standing);
            let standing = SPEAKS.into_iter().find(|standing| has(*standing)).unwrap_or(nothing);
            Cell { modality, standing, trials }
        })
        .collect()
}

/// The lines that belong to no cell: nobody knows what they are.
pub fn unsorted(ledger: &[Trial]) -> Vec<usize> {
    let out = |trial: &Trial| trial.modality.is_none_or(|modality| !Modality::CELLS.contains(&modality));
    (0..ledger.len()).filter(|at| out(&ledger[*at])).collect()
}

impl Cell {
    /// How many pieces stand how, the cell's own standing first: `running 1, helped 2`; empty where nothing was tried.
    pub fn counts(&self, ledger: &[Trial]) -> Vec<(Standing, usize)> {
        let count = |standing: Standing| self.trials.iter().filter(|at| ledger[**at].standing == standing).count();
        SPEAKS.into_iter().map(|standing| (standing, count(standing))).filter(|(_, count)| *count > 0).collect()
    }

    /// The cell in one line: `medication: running 1, did not help 2`.
    pub fn show(&self, ledger: &[Trial]) -> String {
        let counts: Vec<String> =
            self.counts(ledger).into_iter().map(|(standing, count)| format!("{} {count}", standing.label())).collect();
        let counts = if counts.is_empty() { self.standing.label().to_owned() } else { counts.join(", ") };
        format!("{}: {counts}", self.modality.label())
    }
}

#[cfg(test)]
mod tests {
    use super::super::ledger::From;
    use super::*;

    fn trial(modality: Option<Modality>, standing: Standing) -> Trial {
        Trial { standing, ..Trial::new(modality, "something".to_owned(), From::History) }
    }

    #[test]
    fn what_runs_speaks_for_its_cell_and_what_harmed_is_still_counted() {
        let med = Some(Modality::Medication);
        for (standings, whole, shown) in [
            (vec![], Standing::NotAsked, "medication: nobody asked"),
            (vec![Standing::Helped, Standing::Harmed], Standing::Harmed, "medication: harmed 1, helped 1"),
            (
                vec![Standing::Harmed, Standing::Running, Standing::Running],
                Standing::Running,
                "medication: running 2, harmed 1",
            ),
            (vec![Standing::Declined], Standing::Declined, "medication: declined 1"),
            (vec![Standing::NotHelped, Standing::Planned], Standing::Planned, "medication: planned 1, did not help 1"),
        ] {
            let ledger: Vec<Trial> = standings.into_iter().map(|standing| trial(med, standing)).collect();
            let cells = jigsaw(&ledger);
            assert_eq!(cells.len(), 8);
            assert_eq!((cells[0].standing, cells[0].show(&ledger).as_str()), (whole, shown));
            // Once one piece is known somebody asked, and of the others nothing was tried.
            let others = if ledger.is_empty() { Standing::NotAsked } else { Standing::Never };
            assert!(cells[1..].iter().all(|cell| cell.standing == others));
        }
    }

    #[test]
    fn every_line_is_in_a_cell_or_not_sorted() {
        let ledger: Vec<Trial> = Modality::ALL
            .iter()
            .map(|&modality| trial(Some(modality), Standing::Tried))
            .chain([trial(None, Standing::Helped)])
            .collect();
        let in_cells: usize = jigsaw(&ledger).iter().map(|cell| cell.trials.len()).sum();
        assert_eq!((in_cells, unsorted(&ledger).len()), (8, 3));
        assert_eq!(in_cells + unsorted(&ledger).len(), ledger.len());
    }
}
