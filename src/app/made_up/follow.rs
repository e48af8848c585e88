//! The long follow-up of the invented patients: what is monitored of those on an opioid, referrals, handouts, a taper; and what
//! of it the last clinic day left open.

use chrono::NaiveDate;

use super::days_ago;
use super::dice::{Dice, Of};
use super::past::at;
use super::people::{Person, last_clinic_day, person};
use super::record::later;
use crate::action::follow::{ReferralChange, TaperChange, UrineChange};
use crate::action::{FollowWrite, Write};
use crate::clinical::dose::Micrograms;
use crate::clinical::education::HandoutGiven;
use crate::clinical::monitoring::urine::{Finding, Found, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::opioid::{is_opioid, opioids};
use crate::clinical::referral::{CareMember, Referral};
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::time::{Instant, Now};

/// Whose initials stand beside it.
const BY: &str = "AR";

fn takes_opioid(person: &Person) -> bool {
    person.facts.medications.items().iter().any(is_opioid)
}

fn check(dice: &mut Dice, person: &Person, kind: CheckKind, on: NaiveDate, moment: Instant) -> Check {
    Check {
        id: dice.id(moment),
        patient: person.patient.id,
        visit: None,
        kind,
        on,
        by: BY.to_owned(),
        outcome: Outcome::Expected,
        note: String::new(),
        next: None,
        kept_at: moment,
    }
}

fn kept(check: Check) -> Write {
    Write::Follow(FollowWrite::Check { check, again: false })
}

/// A test whose sample was taken so many days ago; its result came a week later.
fn urine(dice: &mut Dice, person: &Person, ago: u32, now: Now, moment: Instant) -> UrineTest {
    let day = |days| days_ago(now.today(), days);
    let mut test = UrineTest::ordered(dice.id(moment), person.patient.id, None, day(ago));
    test.collected = Some(day(ago));
    test.resulted = Some(day(ago.saturating_sub(7)));
    test
}

fn found(dice: &mut Dice, moment: Instant, drug: &str, listed: bool) -> Finding {
    Finding { id: dice.id(moment), drug: drug.to_owned(), listed, found: Found::Found, confirmed: None }
}

/// What was checked of whoever takes an opioid, so long ago that little is due again.
pub fn monitored(seed: u64, n: u32, now: Now, moment: Instant) -> Vec<Write> {
    let person = person(seed, n, now);
    if !takes_opioid(&person) {
        return Vec::new();
    }
    let mut dice = Dice::of(seed, Of::Patient(n)).apart();
    let day = |days: u32| days_ago(now.today(), days);
    let mut writes: Vec<Write> =
        [(CheckKind::Pdmp, 30, 60), (CheckKind::Agreement, 60, 250), (CheckKind::Review, 20, 80)]
            .into_iter()
            .map(|(kind, from, to)| {
                // One of a dozen waits too long.
                let late = if n == 23 && kind == CheckKind::Pdmp { 70 } else { 0 };
                let ago = u32::from(dice.between(from, to)) + late;
                kept(check(&mut dice, &person, kind, day(ago), moment))
            })
            .collect();
    let ago = 60 + u32::from(dice.between(0, 200));
    let mut test = urine(&mut dice, &person, ago, now, moment);
    let drugs = opioids(person.facts.medications.items());
    let drug = drugs.first().map_or("tapentadol", String::as_str);
    test.findings = vec![found(&mut dice, moment, drug, true)];
    test.read_at = Some(moment);
    writes.push(Write::Follow(FollowWrite::Urine { test, change: UrineChange::Read }));
    writes
}

/// What the last clinic day left open: a date that has come, results of urine tests, referrals, the call of a taper.
pub fn left_open(seed: u64, now: Now) -> Vec<Write> {
    let (ago, yesterday) = last_clinic_day(now.today());
    let moment = at(yesterday, (12, 40), now.zone);
    let mut dice = Dice::of(seed, Of::Ahead(4));
    let day = |days: u32| days_ago(now.today(), ago + days);

    let mut agreed = check(&mut dice, &person(seed, 23, now), CheckKind::Agreement, day(90), moment);
    agreed.next = Some(yesterday);
    let mut writes = vec![kept(agreed)];

    let came = urine(&mut dice, &person(seed, 23, now), ago + 8, now, moment);
    writes.push(Write::Follow(FollowWrite::Urine { test: came, change: UrineChange::Resulted }));
    let mut surprising = urine(&mut dice, &person(seed, 11, now), ago + 9, now, moment);
    surprising.findings =
        vec![found(&mut dice, moment, "tapentadol", true), found(&mut dice, moment, "diazepam", false)];
    surprising.read_at = Some(moment);
    writes.push(Write::Follow(FollowWrite::Urine { test: surprising, change: UrineChange::Read }));

    writes.extend(referrals(seed, &mut dice, now, moment));
    writes.push(taper(&mut dice, &person(seed, 11, now), now, moment));
    for (n, topic, teach_back) in [
        (0, "pacing", Some(true)),
        (11, "opioid_safety", Some(true)),
        (11, "naloxone", Some(false)),
        (3, "sleep", None),
    ] {
        let given = HandoutGiven {
            id: dice.id(moment),
            patient: person(seed, n, now).patient.id,
            visit: None,
            topic: topic.to_owned(),
            on: day(20),
            by: BY.to_owned(),
            teach_back,
            kept_at: moment,
        };
        writes.push(Write::Follow(FollowWrite::Handout(given)));
    }
    writes
}

/// To whom, what they shall answer, what they answered.
const REFERRALS: [(u32, &str, &str, &str); 4] = [
    (3, "orthopaedics, spine", "is there anything to decompress?", ""),
    (6, "pain psychology", "group for sleep and pacing?", "Takes part from January; motivated."),
    (15, "neurology", "polyneuropathy beside the root?", ""),
    (21, "physiotherapy, water", "twice a week for six weeks", "Six times so far, walks longer."),
];

fn referrals(seed: u64, dice: &mut Dice, now: Now, moment: Instant) -> Vec<Write> {
    let today = now.today();
    let day = |days: u32| days_ago(today, days);
    let mut writes = Vec::new();
    for (at, (n, to, question, answer)) in (0..).zip(REFERRALS) {
        let mut referral = Referral {
            question: question.to_owned(),
            sent: Some(day(31)),
            due: Some(day(17)),
            answer: answer.to_owned(),
            ..Referral::new(dice.id(moment), person(seed, n, now).patient.id, to, day(32))
        };
        // No appointment; an answer nobody acted on; booked; acted on.
        if at == 2 {
            referral = referral.booked(later(today, 9), day(20));
        } else if at != 0 {
            (referral.appointment, referral.seen) = (Some(day(12)), Some(day(12)));
            referral.read_at = Some(moment);
        }
        if at == 3 {
            referral = referral.acted_on("goes on for six more weeks".to_owned(), moment);
        }
        writes.push(Write::Follow(FollowWrite::Referral { referral, change: ReferralChange::Written }));
    }
    let member = |dice: &mut Dice, name: &str, role: &str, reach: &str| CareMember {
        id: dice.id(moment),
        name: name.to_owned(),
        role: role.to_owned(),
        reach: reach.to_owned(),
    };
    let members = vec![
        member(dice, "Dr. Omar Feld", "family doctor", "555 0123 40, mornings"),
        member(dice, "Practice Uferweg", "physiotherapy", "555 0177 12"),
    ];
    let patient = person(seed, 3, now).patient.id;
    writes.push(Write::Follow(FollowWrite::CareTeam { patient, members }));
    writes
}

/// A taper of which the call of the second step is due today.
fn taper(dice: &mut Dice, person: &Person, now: Now, moment: Instant) -> Write {
    let first_day = days_ago(now.today(), 28);
    let doses = (Micrograms::new(100_000), 250, Micrograms::new(25_000));
    let taper = TaperPlan {
        stop_points: [Micrograms::new(50_000)].into(),
        called: 1,
        called_at: Some(at(first_day, (11, 0), now.zone)),
        ..TaperPlan::new((dice.id(moment), person.patient.id), "tapentadol", doses, (first_day, moment))
    };
    Write::Follow(FollowWrite::Taper { taper, change: TaperChange::Planned })
}
