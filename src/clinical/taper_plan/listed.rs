//! What the list of medicines says of the medicine that is tapered, when the call of a step is made.

use super::super::dose::Micrograms;
use super::super::exact::Exact;
use super::super::patient::Medication;
use super::super::sig;
use super::TaperPlan;
use super::drug::{dose_of, dose_of_all, drug_of};

/// What the list does with a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follows {
    /// The line in the dose of the step.
    Line(String),
    /// The last step is off: it is stopped.
    Stops,
    /// How the dose is divided over the day is not to be reckoned: somebody types it.
    ByHand,
}

impl TaperPlan {
    /// The medicine of the list that is tapered, where it stands in another dose than the step whose call is next, and how
    /// the list follows. None where both agree, or the list has no such medicine.
    ///
    /// How often it is taken stays; what is taken at a time becomes less, as far as it can be given. Two lines of one medicine
    /// share a dose in a way that nobody can guess.
    pub fn list_behind<'a>(&self, list: &'a [Medication]) -> Option<(&'a Medication, Follows)> {
        self.list_behind_step(self.called, list)
    }

    /// The same of the step that was called about last: what the list still says of it.
    pub fn list_left<'a>(&self, list: &'a [Medication]) -> Option<(&'a Medication, Follows)> {
        self.list_behind_step(self.called.checked_sub(1)?, list)
    }

    fn list_behind_step<'a>(&self, at: usize, list: &'a [Medication]) -> Option<(&'a Medication, Follows)> {
        let taper = self.steps().ok()?;
        let step = taper.steps.get(at)?;
        let lines: Vec<&Medication> = list.iter().filter(|one| drug_of(&one.line) == self.drug).collect();
        let first = *lines.first()?;
        let alone = lines.len() == 1;
        if dose_of_all(&lines) == Some(step.dose.get()) {
            return None;
        }
        if alone && step.dose == Micrograms::new(0) {
            return Some((first, Follows::Stops));
        }
        let line = if alone { self.in_dose(&first.line, step.dose) } else { None };
        Some((first, line.map_or(Follows::ByHand, Follows::Line)))
    }

    /// A line whose strength makes it this dose; none where that cannot be given, or does not come out exactly.
    fn in_dose(&self, line: &str, dose: Micrograms) -> Option<String> {
        let sig = sig::read(line);
        let (pieces, unit) = match sig.route {
            Some(sig::Route::Transdermal) => (Exact::ONE, "mcg/h"),
            _ if sig.unit != Some(sig::Unit::Mg) => return None,
            _ if sig.per == sig::Per::Day => (Exact::ONE, "mg"),
            _ => (sig.pieces_a_day()?, "mg"),
        };
        let pieces = u64::try_from(pieces.as_whole()?).ok().filter(|pieces| *pieces > 0)?;
        let each = Some(dose.get() / pieces).filter(|each| each * pieces == dose.get())?;
        if sig.strength.len() != 1 || !each.is_multiple_of(self.unit.get().max(1)) {
            return None;
        }
        let new = sig::with_strength(line, &format!("{} {unit}", Micrograms::new(each)))?;
        // What is read of it must be the dose of the step: nothing else is ever written.
        let made = Medication::new(uuid::Uuid::nil().into(), new.clone(), None);
        (dose_of(&made) == Some(dose.get())).then_some(new)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CutKind, TaperDraft};
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    type Case = (&'static str, u64, u64, &'static [&'static str], Result<Follows, &'static str>);

    #[test]
    fn the_list_follows_a_step_where_its_dose_can_be_divided_as_before() {
        let mut ids = Ids::seeded(3);
        let at = Instant::from_millis(0);
        let line = |words: &str| Ok(Follows::Line(words.to_owned()));
        let cases: [Case; 15] = [
            ("tapentadol", 100, 25, &["tapentadol 50 mg 1-0-1"], Ok(Follows::ByHand)),
            ("tapentadol", 100, 50, &["Palexia retard 50 mg 1-0-1"], line("Palexia retard 25 mg 1-0-1")),
            ("tapentadol", 75, 25, &["tapentadol 50 mg 1-0-1"], line("tapentadol 25 mg 1-0-1")),
            (
                "oxycodone",
                80,
                20,
                &["oxycodone er 20 mg 2 tab bid for the knee"],
                line("oxycodone er 15 mg 2 tab bid for the knee"),
            ),
            ("tapentadol", 150, 50, &["tapentadol 50 mg 1-0-1"], Err("both say 100 mg a day")),
            ("tapentadol", 25, 25, &["tapentadol 25 mg daily"], Ok(Follows::Stops)),
            ("tapentadol", 100, 50, &["tramadol 50 mg qid"], Err("no such medicine on the list")),
            ("oxycodone", 80, 20, &["oxycodone er 20 mg bid", "oxycodone 10 mg qid"], Ok(Follows::ByHand)),
            ("oxycodone", 40, 10, &["oxycodone 10 mg as needed"], Ok(Follows::ByHand)),
            ("oxycodone", 20, 5, &["oxycodone/acetaminophen 5/325 mg qid"], Err("another medicine")),
            ("morphine", 30, 10, &["morphine 10 mg/5 ml 2.5 ml q4h"], Ok(Follows::ByHand)),
            ("fentanyl patch", 50, 25, &["fentanyl patch 50 mcg/h q72h"], line("fentanyl patch 25 mcg/h q72h")),
            ("fentanyl patch", 50, 25, &["fentanyl nasal 100 mcg prn"], Err("no patch")),
            ("methadone", 60, 10, &["methadone 60 mg daily"], line("methadone 50 mg daily")),
            ("morphine", 100, 30, &["morphine er 50 mg bid"], line("morphine er 35 mg bid")),
        ];
        for (drug, start, cut, lines, expected) in cases {
            let list: Vec<Medication> = lines.iter().map(|line| Medication::new(ids.next(at), *line, None)).collect();
            let draft = TaperDraft {
                drug: drug.to_owned(),
                start: Some(start * 1000),
                target: Some(0),
                cut_kind: Some(CutKind::Amount),
                amount: Some(cut * 1000),
                unit: Some(if cut == 25 { 25_000 } else { 5_000 }),
                step_days: Some(14),
                ..TaperDraft::default()
            };
            let taper = draft.tried_out(None, "2026-11-24".parse().unwrap()).unwrap();
            match (taper.list_behind(&list), expected) {
                (Some((medicine, follows)), Ok(expected)) => {
                    assert_eq!((medicine.id, follows), (list[0].id, expected), "{drug} {start} {lines:?}");
                }
                (found, Err(why)) => assert_eq!(found, None, "{why}: {drug} {lines:?}"),
                (None, Ok(expected)) => panic!("{drug} {start} {lines:?}: nothing, not {expected:?}"),
            }
        }
    }
}
