//! Which instruments are due for a patient: a rule of this product, shown with its reason, and never more than an offer.
//!
//! - One that was used is due again after the days its table names.
//! - A positive short screen makes the long form due at once (PHQ-2 → PHQ-9, GAD-2 → GAD-7).
//! - A new evaluation begins with the two short screens; where an opioid is listed, with the revised opioid risk tool.
//! - Nothing that is for adults is due for a child.

use chrono::NaiveDate;

use super::{Catalogue, Entry, InstrumentResult, Raises};
use crate::clinical::opioid::is_opioid;
use crate::clinical::patient::PatientFile;
use crate::clinical::time::show_date;
use crate::clinical::visit::VisitKind;
use crate::clinical::why::{Fact, Why};

/// The newest result of an instrument, as far as the rule needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The instrument.
    pub instrument: String,
    /// When.
    pub date: NaiveDate,
    /// Whether it raised something.
    pub raised: bool,
}

impl Seen {
    /// A result as the rule needs it.
    pub fn of(result: &InstrumentResult) -> Self {
        let raised = result.raises != Raises::Nothing;
        Self { instrument: result.instrument.clone(), date: result.date, raised }
    }
}

/// An instrument that is due, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The instrument.
    pub instrument: String,
    /// What it is called.
    pub name: String,
    /// From what that follows: `last on 27 Oct 2026, again after 28 days`.
    pub because: String,
    /// The rule, and where the instrument is published.
    pub why: Why,
}

const RULE: &str = "What was used is due again after the days its table names; a positive short screen makes the long form \
                    due at once; a new evaluation begins with the short screens, and where an opioid is listed with the \
                    revised opioid risk tool. An offer, never demanded";

/// Short screens and the long form that follows a positive one.
const FOLLOWED_BY: [(&str, &str); 2] = [("phq2", "phq9"), ("gad2", "gad7")];

/// The instruments that are due for a patient in a visit of this kind on this day, in the order of the catalogue.
pub fn due(catalogue: &Catalogue, file: &PatientFile, kind: VisitKind, on: NaiveDate, seen: &[Seen]) -> Vec<Due> {
    let newest = |id: &str| seen.iter().filter(|seen| seen.instrument == id).max_by_key(|seen| seen.date);
    let opioid = file.facts.medications.items().iter().any(is_opioid);
    let because = |entry: &Entry<'_>| -> Option<String> {
        let id = entry.id();
        let last = newest(id);
        if let Some((short, _)) = FOLLOWED_BY.iter().find(|(_, long)| *long == id)
            && let Some(screen) = newest(short).filter(|screen| screen.raised)
            && last.is_none_or(|last| last.date < screen.date)
        {
            return Some(format!("{} positive on {}", short_name(catalogue, short), show_date(screen.date)));
        }
        if let Some(last) = last {
            let days = u32::try_from((on - last.date).num_days()).unwrap_or(0);
            let every = entry.again_after_days()?;
            return (days >= every).then(|| format!("last on {}, again after {every} days", show_date(last.date)));
        }
        if kind != VisitKind::New {
            return None;
        }
        match id {
            // Whoever has the long form needs no short one.
            "phq2" if newest("phq9").is_none() => Some("new evaluation".to_owned()),
            "gad2" if newest("gad7").is_none() => Some("new evaluation".to_owned()),
            "ort_oud" if opioid && newest("ort").is_none() => Some("new evaluation, an opioid is listed".to_owned()),
            _ => None,
        }
    };
    catalogue
        .entries()
        .filter(|entry| entry.not_for(file.patient.birth_date, on).is_none())
        .filter_map(|entry| {
            let because = because(&entry)?;
            let (instrument, name) = (entry.id().to_owned(), entry.name().to_owned());
            let (source, verified) = entry.published();
            let why = Why::new(Fact::own(RULE)).and(Fact::new(entry.name(), source, verified));
            Some(Due { instrument, name, because, why })
        })
        .filter(|due| !is_covered(due, newest))
        .collect()
}

fn short_name(catalogue: &Catalogue, id: &str) -> String {
    catalogue.get(id).map_or_else(|| id.to_owned(), |entry| entry.short())
}

/// A short screen is not asked again of somebody who is followed with the long form.
fn is_covered<'a>(due: &Due, newest: impl Fn(&str) -> Option<&'a Seen>) -> bool {
    let long = FOLLOWED_BY.iter().find(|(short, _)| *short == due.instrument).map(|(_, long)| *long);
    long.and_then(&newest).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::patient::{Facts, Known, Medication, Patient};
    use crate::clinical::time::Instant;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn file(birth: &str, medicines: &[&str]) -> PatientFile {
        let mut ids = Ids::seeded(3);
        let at = Instant::from_millis(0);
        let patient = Patient { birth_date: Some(day(birth)), ..Patient::named(ids.next(at), "Okafor", "Adaeze") };
        let items = medicines.iter().map(|line| Medication::new(ids.next(at), *line, None));
        let medications = Known::Listed(items.collect(), None);
        PatientFile { patient, facts: Facts { medications, ..Facts::default() }, problems: Vec::new() }
    }

    fn seen(list: &[(&str, &str, bool)]) -> Vec<Seen> {
        let of = |(instrument, date, raised): &(&str, &str, bool)| Seen {
            instrument: (*instrument).to_owned(),
            date: day(date),
            raised: *raised,
        };
        list.iter().map(of).collect()
    }

    #[test]
    fn what_is_due_follows_from_the_visit_and_from_what_was_asked_before() {
        let adult = "1972-03-02";
        for (name, birth, medicines, kind, before, due_now) in [
            ("first evaluation", adult, &["ibuprofen 400"][..], VisitKind::New, &[][..], vec!["phq2", "gad2"]),
            (
                "first evaluation with an opioid",
                adult,
                &["Oxycodone 10 mg twice a day"],
                VisitKind::New,
                &[],
                vec!["phq2", "gad2", "ort_oud"],
            ),
            ("a follow-up begins nothing", adult, &["oxycodone"], VisitKind::FollowUp, &[], vec![]),
            ("one day early", adult, &[], VisitKind::FollowUp, &[("rmdq", "2026-10-28", false)], vec![]),
            ("on its day", adult, &[], VisitKind::FollowUp, &[("rmdq", "2026-10-27", false)], vec!["rmdq"]),
            ("a positive short screen", adult, &[], VisitKind::FollowUp, &[("phq2", "2026-11-20", true)], vec!["phq9"]),
            ("a negative short screen", adult, &[], VisitKind::FollowUp, &[("phq2", "2026-11-20", false)], vec![]),
            (
                "answered with the long form since",
                adult,
                &[],
                VisitKind::FollowUp,
                &[("phq2", "2026-11-19", true), ("phq9", "2026-11-20", true)],
                vec![],
            ),
            (
                "the newest result counts",
                adult,
                &[],
                VisitKind::FollowUp,
                &[("rmdq", "2025-01-01", false), ("rmdq", "2026-11-20", false)],
                vec![],
            ),
            (
                "no short screen beside the long form",
                adult,
                &[],
                VisitKind::New,
                &[("phq2", "2025-01-01", false), ("phq9", "2026-11-20", false)],
                vec!["gad2"],
            ),
            ("a child", "2015-01-01", &["tramadol"], VisitKind::New, &[], vec![]),
        ] {
            let due = due(&Catalogue::default(), &file(birth, medicines), kind, day("2026-11-24"), &seen(before));
            let ids: Vec<&str> = due.iter().map(|due| due.instrument.as_str()).collect();
            assert_eq!(ids, due_now, "{name}");
            assert!(due.iter().all(|due| !due.because.is_empty() && due.why.facts().count() == 2), "{name}");
        }
    }

    #[test]
    fn a_medicine_that_was_said_to_be_an_opioid_asks_for_the_risk_tool() {
        for (class, asked) in [(None, false), (Some("opioid"), true), (Some("nsaid"), false)] {
            let mut file = file("1972-03-02", &["nonsuchone 10 mg bid"]);
            let Known::Listed(items, _) = &mut file.facts.medications else { panic!() };
            items[0].class = class.map(str::to_owned);
            let due = due(&Catalogue::default(), &file, VisitKind::New, day("2026-11-24"), &[]);
            assert_eq!(due.iter().any(|due| due.instrument == "ort_oud"), asked, "{class:?}");
        }
    }
}
