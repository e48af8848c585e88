//! Which medicine of the list before each line of a patient's form is.

use super::{ListRow, Medications, line};
use crate::clinical::medicine::spelling;
use crate::clinical::patient::Medication;
use crate::clinical::sig::{Sig, read};

/// The line of a medicine that a row says; none where it is blank.
pub(super) fn medicine_line(row: &ListRow<Medications>) -> Option<String> {
    let what = line(&row.what)?;
    Some(match line(&row.detail) {
        Some(detail) => format!("{what} {detail}"),
        None => what,
    })
}

/// Which medicine of the list before each line is: the same medicine in another dose stays the medicine it was, with its
/// start and its supply. Each is one line at most; one in the same words comes first, then one that is given off and taken
/// in the same way, then one of which that was not said.
pub(super) fn same_medicines(lines: &[String], old: &[Medication]) -> Vec<Option<usize>> {
    type Fits<'a> = &'a dyn Fn(usize, usize) -> bool;
    let (new_sigs, old_sigs): (Vec<Sig>, Vec<Sig>) =
        (lines.iter().map(|line| read(line)).collect(), old.iter().map(Medication::sig).collect());
    // A line that stood there already is that one, or doubled by hand: it was not retyped.
    let is_retyped = |new: usize| !old.iter().any(|one| one.line == lines[new]);
    let is_one =
        |new: usize, at: usize| is_retyped(new) && spelling(&new_sigs[new].name) == spelling(&old_sigs[at].name);
    let words = |new: usize, at: usize| lines[new] == old[at].line;
    let form = |new: usize, at: usize| is_one(new, at) && new_sigs[new].form() == old_sigs[at].form();
    let open = |new: usize, at: usize| is_one(new, at) && !new_sigs[new].is_other_form(&old_sigs[at]);
    let mut same = vec![None; lines.len()];
    let fits: [Fits<'_>; 3] = [&words, &form, &open];
    for fits in fits {
        for new in 0..lines.len() {
            if same[new].is_none() {
                same[new] = (0..old.len()).find(|at| !same.contains(&Some(*at)) && fits(new, *at));
            }
        }
    }
    same
}

#[cfg(test)]
mod tests {
    use super::super::{PatientDraft, row};
    use crate::clinical::id::Ids;
    use crate::clinical::patient::{Facts, Known, Medication, PatientFile};
    use crate::clinical::time::{Instant, Now};

    fn now() -> Now {
        Now { instant: Instant::from_millis(1_795_511_640_000), zone: chrono_tz::Europe::Berlin }
    }

    #[test]
    fn each_line_of_one_medicine_stays_the_line_it_was() {
        let mut ids = Ids::seeded(3);
        let patient =
            PatientDraft { family: "Okafor".to_owned(), ..PatientDraft::default() }.finish(None, &mut ids, now()).0;
        let lines = ["oxycodone er 20 mg bid", "oxycodone 5 mg q6h prn", "naproxen 500 mg bid"];
        let old: Vec<Medication> =
            lines.map(|line| Medication::new(ids.next(now().instant), line.to_owned(), None)).to_vec();
        let mut file = PatientFile { patient, facts: Facts::default(), problems: Vec::new() };
        file.facts.medications = Known::Listed(old.clone(), None);
        for (typed, expected) in [
            (&["oxycodone er 30 mg bid", "oxycodone 10 mg q6h prn", lines[2]][..], &[Some(0), Some(1), Some(2)][..]),
            (&["oxycodone 10 mg q6h prn", "oxycodone er 30 mg bid"], &[Some(1), Some(0)]),
            (&["oxycodone ir 10 mg q6h prn", lines[0]], &[Some(1), Some(0)]),
            (&["oxycodone ir 10 mg q6h prn", lines[0], lines[1]], &[None, Some(0), Some(1)]),
            (&["oxycodone 30 mg bid"], &[Some(1)]),
            (&[lines[1], lines[1]], &[Some(1), None]),
            (&["morphine er 30 mg bid", "naproxen 250 mg bid"], &[None, Some(2)]),
        ] {
            let mut draft = PatientDraft::of(&file);
            draft.medication_rows = typed.iter().map(|line| row(line, None)).collect();
            let (_, facts) = draft.finish(Some(&file), &mut ids, now());
            let items = facts.medications.items();
            let got: Vec<_> = items.iter().map(|one| old.iter().position(|old| old.id == one.id)).collect();
            assert_eq!(got, expected, "{typed:?}");
            assert_eq!(items.iter().map(|one| one.line.as_str()).collect::<Vec<_>>(), typed);
        }
    }
}
