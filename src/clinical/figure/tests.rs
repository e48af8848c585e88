//! Every figure with an example: adding one to [`Figure`] without saying what it rests on does not compile, and an account
//! without inputs, rule, source or date fails. Invented people only.

use chrono::NaiveDate;

use super::*;
use crate::clinical::answer::Answer::Given;
use crate::clinical::body::widespread::widespread as reckoned;
use crate::clinical::body::{Body, BodyRegion};
use crate::clinical::booking::{Bookings, Hours, NoClinic};
use crate::clinical::caution::{Input, strip};
use crate::clinical::dose::Micrograms;
use crate::clinical::exact::Exact;
use crate::clinical::examination::findings;
use crate::clinical::exposure::{Exposure, Listed};
use crate::clinical::id::Ids;
use crate::clinical::instrument::{Catalogue, Replies, Reply, Seen, due};
use crate::clinical::monitoring::clock::Course;
use crate::clinical::monitoring::group::Group;
use crate::clinical::monitoring::rule::Rules;
use crate::clinical::monitoring::{CheckKind, Monitoring};
use crate::clinical::patient::{Facts, Known, Medication, Patient, PatientFile};
use crate::clinical::plan::ledger::{From as Source, Standing, Trial};
use crate::clinical::plan::target::{Aim, Measured, PlanTarget};
use crate::clinical::plan::wake::{Found, Gauge, Wake, Wakes};
use crate::clinical::plan::{Modality, PlanItem};
use crate::clinical::practice::Region;
use crate::clinical::referral::ReferralDraft;
use crate::clinical::response::{Earlier, Measure, ResponseFacts, responses};
use crate::clinical::score::{How, Provenance, ReportedBy, Scores};
use crate::clinical::supply::Supply;
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::time::Instant;
use crate::clinical::trend::{self, Baseline, Series, SeriesKey};
use crate::clinical::usual::{ClinicDays, UsualMinutes};
use crate::clinical::visit::VisitKind;
use crate::clinical::vocab::Vocab;

const AT: Instant = Instant::from_millis(0);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn file(ids: &mut Ids) -> PatientFile {
    let mut oxycodone = Medication::new(ids.next(AT), "oxycodone 10 mg 1-0-1", None);
    oxycodone.supply =
        Some(Supply { written: day("2026-11-03"), days: 28, quantity: Some(56), prescriber: None, earliest: None });
    let diazepam = Medication::new(ids.next(AT), "diazepam 5 mg at night", None);
    let mut facts =
        Facts { medications: Known::Listed(vec![oxycodone, diazepam], Some(day("2026-11-03"))), ..Facts::default() };
    facts.opioid.region = Some(Region::Us);
    let patient = Patient::named(ids.next(AT), "Example", "Ada");
    PatientFile { patient, facts, problems: Vec::new() }
}

fn scores() -> Scores {
    Scores {
        average: Some(Given(4)),
        peg_pain: Some(Given(6)),
        peg_enjoyment: Some(Given(7)),
        peg_activity: Some(Given(6)),
        ..Scores::default()
    }
}

/// PEG of a course against its baseline.
fn level_example(today: NaiveDate) -> Account {
    let how = Provenance { at: AT, how: How::Spoken, by: ReportedBy::Patient, initials: String::new() };
    let (value, shown) = (Exact::whole(4), "4.0".to_owned());
    let now = trend::Given { value, shown, band: String::new(), how, waiting: false };
    let series = Series {
        key: SeriesKey::Peg,
        name: "PEG".to_owned(),
        entry: Catalogue::default().get("peg").map(Into::into),
        range: Some([0, 10]),
        samples: Vec::new(),
        first: None,
    };
    let then = Baseline { date: day("2026-08-04"), value: Exact::whole(7), shown: "7.0".to_owned() };
    level(&series, (&now, today), &then)
}

/// An instrument that was used so long ago that it is due again.
fn due_example(ids: &mut Ids, today: NaiveDate) -> Option<Account> {
    let seen = Seen { instrument: "rmdq".to_owned(), date: day("2026-08-04"), raised: false };
    due(&Catalogue::default(), &file(ids), VisitKind::FollowUp, today, &[seen]).first().map(instrument_due)
}

/// A figure as a screen would show it.
fn helped() -> Trial {
    let helped = Trial::new(Some(Modality::Physical), "Physiotherapy".to_owned(), Source::Plan);
    Trial { effect_percent: Some(40), standing: Standing::Helped, ..helped }
}

fn example(figure: Figure) -> Option<Account> {
    let ids = &mut Ids::seeded(7);
    let today = day("2026-11-24");
    match figure {
        Figure::Peg => Some(peg(&scores(), Some(today))),
        Figure::Pain => Some(pain(6, true, Some(-2))),
        Figure::Response => {
            let then = Earlier { date: day("2026-11-03"), value: Exact::whole(7) };
            let facts = ResponseFacts { earlier: vec![(Measure::Average, then.clone(), then)], treated: None };
            response(responses(&facts, &scores(), &[]).ok()?.first()?)
        }
        Figure::Relief => relief(Some(Given(6)), Some(Given(2))),
        Figure::Level => Some(level_example(today)),
        Figure::InstrumentDue => due_example(ids, today),
        Figure::Instrument => {
            let catalogue = Catalogue::default();
            let entry = catalogue.get("gad2")?;
            let replies: Replies =
                entry.questions().iter().map(|question| (question.id.clone(), Reply::Number(2))).collect();
            Some(instrument(entry.name(), &entry.outcome(&replies, None).ok()?))
        }
        Figure::Widespread => {
            let mut body = Body::default();
            body.map.mark(BodyRegion::of_code("lbl")?);
            Some(widespread(&reckoned(&body)?))
        }
        Figure::Crps => crps(&findings("allo hand l+; sweat hand l+; temp hand l+")),
        Figure::Mme => {
            let file = file(ids);
            mme(&Exposure::of(&file.facts.medications, &file.facts.opioid))
        }
        Figure::Caution => {
            let file = file(ids);
            let input = Input { file: &file, function: None, monitoring: &Monitoring::default(), own: &[], today };
            strip(&input).cautions.first().map(|found| caution(found, Listed::of(&file.facts.medications)))
        }
        Figure::Supply => supply(file(ids).facts.medications.items().first()?),
        Figure::Clock => {
            let mut course = Course::default();
            course.drug([Group::Opioid].into(), Some(day("2026-10-01")));
            course.watch(&Rules { region: Region::Us, own: &[] }).of(CheckKind::Pdmp).map(clock)
        }
        Figure::Taper => {
            let doses = (Micrograms::new(100_000), 250, Micrograms::new(25_000));
            taper(&TaperPlan::new((ids.next(AT), ids.next(AT)), "tapentadol", doses, (today, AT)))
        }
        Figure::Target => {
            let from = Some((77, day("2026-10-27")));
            let aim =
                PlanTarget { id: ids.next(AT), of: Measured::Peg, aim: Aim::Fall(30), from, by: day("2027-02-01") };
            Some(target(&aim, Some((63, today)), today))
        }
        Figure::Trial => Some(trial(&helped())),
        Figure::Step => {
            let mut item = PlanItem::new(ids.next(AT), Modality::Referral, "Spine surgery");
            item.wakes = Wakes::read("<50%").ok();
            Some(step(&item, &Wake::Met(Found { of: Gauge::Relief, tenths: 300, on: today })))
        }
        Figure::Booking => {
            let hours = Hours {
                clinic_days: ClinicDays::of(&[0, 1, 2, 3, 4, 5, 6]),
                day: (7, 18),
                minutes: UsualMinutes::default(),
            };
            Some(booking(&Bookings::default().book(VisitKind::Procedure, today, NoClinic::Next, &hours)))
        }
        Figure::Referral => {
            let draft = ReferralDraft { to: "orthopaedics".to_owned(), ..ReferralDraft::default() };
            let made = draft.finish(None, (ids.next(AT), ids.next(AT), None), None, (today, AT)).ok()?;
            Some(referral(&made))
        }
        Figure::Expected => Some(expected("10:20:00".parse().ok()?, "10:00:00".parse().ok())),
    }
}

#[test]
fn the_change_of_peg_needs_both_and_says_both() {
    let (now, then) = (day("2026-11-24"), day("2026-08-04"));
    let before =
        Scores { peg_pain: Some(Given(9)), peg_enjoyment: Some(Given(9)), peg_activity: Some(Given(9)), ..scores() };
    let account = peg_change_since((&scores(), now), (&before, then)).unwrap();
    assert_eq!(account.figure, Figure::Response);
    let page = account.page();
    for said in ["PEG 9.0 → 6.3: ▼2.7 −30 %", "is not met", "4 Aug 2026: PEG pain 9", "24 Nov 2026: PEG pain 6", "2022"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(peg_change_since((&scores(), now), (&Scores::default(), then)), None);
}

#[test]
fn every_figure_says_what_went_in_the_rule_the_source_and_its_date() {
    for &figure in Figure::ALL {
        let account = example(figure).unwrap_or_else(|| panic!("{figure:?} has no account"));
        assert_eq!(account.figure, figure, "{figure:?} accounts for another");
        assert!(!account.says.trim().is_empty(), "{figure:?} says nothing");
        assert!(account.inputs.iter().any(|input| !input.trim().is_empty()), "{figure:?} has no inputs");
        for fact in account.why.facts() {
            assert!(!fact.rule.trim().is_empty(), "{figure:?} has no rule");
            assert!(!fact.source.trim().is_empty(), "{figure:?} has no source");
            let year = fact.date.get(..4).and_then(|year| year.parse::<u16>().ok());
            assert!(year.is_some_and(|year| (1900..2100).contains(&year)), "{figure:?}: the date {:?}", fact.date);
        }
        let page = account.page();
        for part in account.inputs.iter().chain([&account.says]).cloned().chain(account.why.facts().map(Fact::show)) {
            assert!(page.contains(&part), "{figure:?}: {part:?} is not read in\n{page}");
        }
    }
}
