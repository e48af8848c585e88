use chrono::NaiveDate;

use super::*;
use crate::clinical::calc::mme::OpioidContext;
use crate::clinical::id::Ids;
use crate::clinical::monitoring::urine::{Finding, Found, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Outcome};
use crate::clinical::patient::{Allergy, Antithrombotic, Facts, Kidney, Known, Patient, Pregnancy, Sex};
use crate::clinical::time::Instant;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Case {
    file: PatientFile,
    ids: Ids,
    monitoring: Monitoring,
    function: Option<(NaiveDate, u16)>,
    own: Vec<OwnRule>,
}

fn case(lines: &[&str]) -> Case {
    let mut ids = Ids::seeded(5);
    let at = Instant::from_millis(0);
    let items = lines.iter().map(|line| Medication::new(ids.next(at), *line, None)).collect();
    let patient = Patient {
        birth_date: Some(day("1980-05-05")),
        kidney: Some((Kidney::Normal, day("2026-06-01"))),
        ..Patient::named(ids.next(at), "Example", "Ada")
    };
    let mut facts = Facts { allergies: Known::NoneOn(day("2026-06-01")), ..Facts::default() };
    facts.medications = Known::Listed(items, Some(day("2026-11-03")));
    facts.opioid.region = Some(Region::Us);
    let done = [(CheckKind::Pdmp, "2026-11-03"), (CheckKind::Ecg, "2026-05-03")];
    let checks = done.map(|(kind, on)| check(&mut ids, patient.id, kind, on)).into();
    let mut test = UrineTest::ordered(ids.next(at), patient.id, None, day("2026-05-03"));
    (test.collected, test.read_at) = (Some(day("2026-05-03")), Some(at));
    test.findings.push(Finding {
        id: ids.next(at),
        drug: "oxycodone".to_owned(),
        listed: true,
        found: Found::Found,
        confirmed: None,
    });
    let monitoring = Monitoring { checks, urine: vec![test], ..Monitoring::default() };
    Case {
        file: PatientFile { patient, facts, problems: Vec::new() },
        ids,
        monitoring,
        function: Some((day("2026-11-03"), 53)),
        own: Vec::new(),
    }
}

fn check(ids: &mut Ids, patient: crate::clinical::id::PatientId, kind: CheckKind, on: &str) -> Check {
    let at = Instant::from_millis(0);
    Check {
        id: ids.next(at),
        patient,
        visit: None,
        kind,
        on: day(on),
        by: "AR".to_owned(),
        outcome: Outcome::Expected,
        note: String::new(),
        next: None,
        kept_at: at,
    }
}

impl Case {
    fn strip(&self) -> Strip {
        strip(&Input {
            file: &self.file,
            function: self.function,
            monitoring: &self.monitoring,
            own: &self.own,
            today: day("2026-11-24"),
        })
    }
}

fn shorts(strip: &Strip) -> Vec<&str> {
    strip.cautions.iter().chain(&strip.absent).map(|caution| caution.short.as_str()).collect()
}

#[test]
fn what_does_not_go_together_is_named() {
    for (lines, expected) in [
        (&["gabapentin 300 1-1-1"][..], &[][..]),
        (&["ibuprofen 400 mg tid", "naproxen 500 mg bid"], &["two NSAIDs", "2 medicines that raise bleeding"]),
        (&["gabapentin 300 1-1-1", "pregabalin 75 mg bid"], &["two gabapentinoids", "2 sedating medicines"]),
        (
            &["sumatriptan 50 mg prn max 2/day", "rizatriptan 10 mg prn max 2/day"],
            &["two triptans", "serotonergic medicines together"],
        ),
        (&["moclobemide 150 mg bid", "duloxetine 60 mg daily"], &["MAO inhibitor + serotonergic medicine"]),
        (
            &["paracetamol 1 g qid", "Norco 5/325 1 tab bid", "naloxone nasal spray", "macrogol 1 sachet daily"],
            &["acetaminophen 4650 mg a day, above 4000"],
        ),
        (&["paracetamol 1 g qid"], &[]),
        (
            &["tramadol 50 mg qid", "sertraline 50 mg daily", "senna 2 tabs at night"],
            &["opioid + a serotonergic medicine"],
        ),
    ] {
        let case = case(lines);
        assert_eq!(shorts(&case.strip()), expected, "{lines:?}: {:?}", case.strip());
    }
}

#[test]
fn an_opioid_without_what_belongs_beside_it_is_said() {
    let mut case = case(&["oxycodone er 20 mg bid", "lorazepam 1 mg bid"]);
    assert_eq!(
        shorts(&case.strip()),
        ["opioid + benzodiazepine", "no naloxone", "no laxative"],
        "monitoring and function are in their interval"
    );
    case.monitoring = Monitoring::default();
    case.function = None;
    assert_eq!(
        shorts(&case.strip()),
        [
            "opioid + benzodiazepine",
            "no naloxone",
            "no laxative",
            "no function score",
            "no PDMP recorded",
            "no urine test recorded"
        ]
    );
    case.function = Some((day("2026-07-01"), 53));
    let pdmp = check(&mut case.ids, case.file.patient.id, CheckKind::Pdmp, "2026-08-20");
    case.monitoring.checks.push(pdmp);
    let strip = case.strip();
    assert!(shorts(&strip).contains(&"PDMP last 20 Aug 2026") && shorts(&strip).contains(&"PEG older than 90 days"));
}

#[test]
fn the_patient_makes_a_flag_count_and_what_is_unknown_is_said() {
    let mut case = case(&["gabapentin 300 1-1-1", "ibuprofen 400 mg tid"]);
    case.file.patient.kidney = Some((Kidney::Impaired, day("2026-06-01")));
    assert_eq!(shorts(&case.strip()), ["kidney impaired: gabapentin, ibuprofen"]);
    case.file.patient.kidney = None;
    assert!(case.strip().open.iter().any(|open| open.starts_with("kidney function unknown")), "{:?}", case.strip());
    case.file.patient.pregnancy = Some((Pregnancy::Possible, day("2026-06-01")));
    assert_eq!(shorts(&case.strip()), ["pregnant or possibly: ibuprofen"]);
    case.file.patient.pregnancy = None;
    case.file.patient.birth_date = Some(day("1950-05-05"));
    assert_eq!(shorts(&case.strip()), ["65 or over: gabapentin"]);
    let id = case.ids.next(Instant::from_millis(0));
    case.file.patient.birth_date = Some(day("1980-05-05"));
    case.file.facts.allergies =
        Known::Listed(vec![Allergy { id, substance: "NSAIDs".to_owned(), reaction: None }], None);
    assert_eq!(shorts(&case.strip()), ["allergy to NSAIDs: ibuprofen"]);
}

#[test]
fn a_strip_with_one_unchecked_is_never_clean() {
    let mut case = case(&["gabapentin 300 1-1-1", "benzolinium 1 mg at night"]);
    assert_eq!(case.strip().line(&[]), "1 of 2 medicines not checked");
    assert!(!case.strip().is_clean());
    let Known::Listed(items, _) = &mut case.file.facts.medications else { panic!() };
    items[1].class = Some("benzodiazepine".to_owned());
    assert_eq!(case.strip().line(&[]), "2 sedating medicines");
    case.file.facts.medications = Known::Unknown;
    assert_eq!(case.strip().line(&[]), "medicines unknown: nothing checked");
    case.file.facts.medications = Known::NoneOn(day("2026-11-03"));
    assert!(case.strip().is_clean());
}

#[test]
fn what_may_be_an_opioid_is_cautioned_as_one_and_still_not_checked() {
    let maker = case(&["Oxycodon-ratiopharm 10 mg bid", "Oxycodone STADA 5 mg bid"]).strip();
    assert_eq!(maker.unchecked, Vec::<String>::new(), "a maker's name is no other medicine");
    let strip = case(&["Oxycodon-nonsuch 10 mg bid", "lorazepam 1 mg bid"]).strip();
    let said = shorts(&strip);
    for short in ["opioid + benzodiazepine", "no naloxone", "no laxative"] {
        assert!(said.contains(&short), "{short}: {said:?}");
    }
    let laxative = strip.absent.iter().find(|one| one.short == "no laxative").unwrap();
    assert_eq!(laxative.inputs, ["Oxycodon-nonsuch 10 mg bid"]);
    assert_eq!(strip.unchecked, ["Oxycodon-nonsuch"], "never clean with one unchecked");
}

#[test]
fn a_free_typed_benzodiazepine_beside_an_opioid_is_asked_about_once() {
    let before = case(&["oxycodone er 20 mg bid"]).strip();
    let mut with = case(&["oxycodone er 20 mg bid", "benzolinium 1 mg at night"]);
    assert_eq!(with.strip().question(&before, &[]), None, "not recognised: not checked, and said so");
    let Known::Listed(items, _) = &mut with.file.facts.medications else { panic!() };
    items[1].class = Some("benzodiazepine".to_owned());
    let after = with.strip();
    let asked = after.question(&before, &[]).unwrap();
    assert_eq!(asked.name, "with_opioid/benzodiazepine");
    assert_eq!(after.question(&before, &[&asked.name]), None, "a reason was kept");
    assert_eq!(after.question(&after, &[]), None, "it was there before");
    assert!(!after.line(&[&asked.name]).contains("opioid + benzodiazepine"), "nothing is repeated");
}

#[test]
fn what_a_region_has_no_table_for_is_off_and_says_so() {
    let mut case = case(&["oxycodone er 20 mg bid", "lorazepam 1 mg bid"]);
    case.file.facts.opioid.region = Some(Region::De);
    let strip = case.strip();
    assert_eq!(shorts(&strip), ["opioid + benzodiazepine", "no laxative"]);
    for said in
        ["naloxone prompt is off", "PDMP interval is off", "urine test interval is off", "dose thresholds are off"]
    {
        assert!(strip.open.iter().any(|open| open.starts_with(said)), "{said}: {:?}", strip.open);
    }
    case.file.facts.opioid.region = Some(Region::Us);
    case.file.facts.opioid.context = Some((OpioidContext::Cancer, day("2026-11-03")));
    assert!(shorts(&case.strip()).contains(&"opioid + benzodiazepine"), "breathing cautions stay");
    assert!(shorts(&case.strip()).contains(&"no naloxone"), "and naloxone");
}

#[test]
fn the_intervals_are_those_of_the_settings_and_of_what_the_opioid_is_for() {
    let with = |own: &[(&str, u32)], context: Option<OpioidContext>| {
        let mut case = case(&["methadone 5 mg tid", "naloxone nasal spray", "macrogol 1 sachet daily"]);
        case.own = own.iter().map(|(words, days)| OwnRule::read(words, *days).unwrap()).collect();
        case.file.facts.opioid.context = context.map(|context| (context, day("2026-11-03")));
        case.strip()
    };
    for (own, context, expected) in [
        (&[][..], None, &[][..]),
        (&[("pdmp", 14)], None, &["PDMP last 3 Nov 2026"]),
        (&[("urine high", 14)], None, &[]),
        (&[("urine", 90), ("ecg", 180)], None, &["urine test last 3 May 2026", "ECG last 3 May 2026"]),
        (&[("pdmp", 14)], Some(OpioidContext::Palliative), &[]),
        (&[("pdmp palliative", 14)], Some(OpioidContext::Palliative), &["PDMP last 3 Nov 2026"]),
        (&[("ecg", 180)], Some(OpioidContext::UseDisorder), &["ECG last 3 May 2026"]),
    ] {
        assert_eq!(shorts(&with(own, context)), expected, "{own:?} {context:?}");
    }
    let off = |strip: &Strip, said: &str| assert!(strip.open.iter().any(|open| open == said), "{:?}", strip.open);
    off(&with(&[("pdmp", 0)], None), "PDMP interval is off: by your settings");
    off(&with(&[], Some(OpioidContext::Cancer)), "intervals of PDMP and urine test are off: active cancer");
}

#[test]
fn a_urine_test_under_way_stands_for_its_clock() {
    let mut case = case(&["oxycodone er 20 mg bid", "naloxone nasal spray", "macrogol 1 sachet daily"]);
    case.own = vec![OwnRule::read("urine", 30).unwrap()];
    assert_eq!(shorts(&case.strip()), ["urine test last 3 May 2026"]);
    let id = case.ids.next(Instant::from_millis(0));
    case.monitoring.urine.insert(0, UrineTest::ordered(id, case.file.patient.id, None, day("2026-11-20")));
    assert_eq!(shorts(&case.strip()), [""; 0]);
}

#[test]
fn a_course_whose_last_day_has_passed_is_said_until_it_is_stopped() {
    for (last_day, said) in [(None, false), (Some("2026-11-23"), true), (Some("2026-11-24"), false)] {
        let mut case = case(&["naproxen 500 mg bid"]);
        let Known::Listed(items, _) = &mut case.file.facts.medications else { panic!() };
        items[0].last_day = last_day.map(day);
        let found = case.strip().cautions.iter().any(|caution| caution.name == "ended/naproxen");
        assert_eq!(found, said, "{last_day:?}");
    }
}

impl Case {
    /// The class that the physician said of a medicine.
    fn said(mut self, at: usize, class: &str) -> Self {
        let Known::Listed(items, _) = &mut self.file.facts.medications else { panic!() };
        items[at].class = Some(class.to_owned());
        self
    }

    fn allergic(mut self, substances: &[&str]) -> Self {
        let of = |substance: &&str| Allergy {
            id: self.ids.next(Instant::from_millis(0)),
            substance: (*substance).to_owned(),
            reaction: None,
        };
        self.file.facts.allergies = Known::Listed(substances.iter().map(of).collect(), None);
        self
    }
}

#[test]
fn an_mao_inhibitor_is_told_beside_what_was_only_said_to_be_serotonergic() {
    for (class, short) in [
        ("ssri", "MAO inhibitor + serotonergic medicine"),
        ("snri", "MAO inhibitor + serotonergic medicine"),
        ("tca", "MAO inhibitor + serotonergic medicine"),
        ("triptan", "MAO inhibitor + serotonergic medicine"),
        ("diuretic", ""),
    ] {
        let strip = case(&["moclobemide 150 mg bid", "nonsuchone 10 mg daily"]).said(1, class).strip();
        let found = strip.cautions.iter().find(|caution| caution.name.starts_with("serotonergic"));
        assert_eq!(found.map_or("", |caution| &caution.short), short, "{class}");
        assert!(found.is_none_or(|caution| caution.severity == Severity::High), "{class}");
    }
}

#[test]
fn an_mao_inhibitor_beside_a_serotonergic_opioid_is_a_high_alert_of_its_own() {
    let strip = case(&["tramadol 50 mg qid", "moclobemide 150 mg bid"]).strip();
    let alert = strip.cautions.iter().find(|caution| caution.name == "serotonergic/maoi");
    assert_eq!(alert.map(|caution| caution.severity), Some(Severity::High), "{:?}", shorts(&strip));
}

#[test]
fn aspirin_up_to_325_mg_a_day_is_no_second_nsaid() {
    for (dose, second) in [("81 mg", false), ("325 mg", false), ("326 mg", true), ("500 mg", true)] {
        let strip = case(&[&format!("aspirin {dose} daily"), "ibuprofen 400 mg tid"]).strip();
        assert_eq!(shorts(&strip).contains(&"two NSAIDs"), second, "{dose}: {:?}", shorts(&strip));
    }
}

#[test]
fn a_score_of_function_is_old_after_ninety_days_and_not_on_the_ninetieth() {
    for (on, is_old) in [("2026-08-26", false), ("2026-08-25", true)] {
        let mut case = case(&["oxycodone er 10 mg bid"]);
        case.function = Some((day(on), 53));
        let strip = case.strip();
        assert_eq!(shorts(&strip).iter().any(|short| short.starts_with("PEG older")), is_old, "{on}: {strip:?}");
    }
}

#[test]
fn an_allergy_is_met_with_what_is_taken_by_name_part_and_group() {
    for (substance, line, expected) in [
        ("Percocet", "oxycodone 5 mg bid", "allergy to Percocet: oxycodone"),
        ("Percocet", "paracetamol 1 g bid", "allergy to Percocet: acetaminophen"),
        ("Percocet", "Norco 5/325 1 tab bid", "allergy to Percocet: hydrocodone/acetaminophen"),
        ("oxycodone", "Percocet 5/325 1 tab bid", "allergy to oxycodone: oxycodone/acetaminophen"),
        ("opiates", "morphine 10 mg bid", "allergy to opiates: morphine"),
        ("all opioids", "morphine 10 mg bid", "allergy to all opioids: morphine"),
        ("codeine rash", "codeine 30 mg bid", "allergy to codeine rash: codeine"),
        ("morphine and codeine", "codeine 30 mg bid", "allergy to morphine and codeine: codeine"),
        ("NSAIDs", "celecoxib 200 mg daily", "allergy to NSAIDs: celecoxib"),
        ("Nonsuchone", "nonsuchone 10 mg bid", "allergy to Nonsuchone: nonsuchone"),
        ("codeine", "ibuprofen 400 mg bid", ""),
        ("latex", "ibuprofen 400 mg bid", ""),
    ] {
        let strip = case(&[line]).allergic(&[substance]).strip();
        let found = strip.cautions.iter().find(|caution| caution.name.starts_with("allergy/"));
        assert_eq!(found.map_or("", |caution| &caution.short), expected, "{substance}");
    }
}

#[test]
fn an_allergy_that_no_table_knows_is_said_to_be_not_checked() {
    let strip = case(&["ibuprofen 400 mg bid"]).allergic(&["latex"]).strip();
    assert!(!strip.is_clean());
    assert_eq!(strip.line(&[]), "nothing found in 1 medicine, allergy to latex not checked");
    assert!(strip.page().contains("allergy to latex not checked"), "{}", strip.page());
    let strip = case(&["ibuprofen 400 mg bid"]).allergic(&["codeine rash", "penicillin V and codeine"]).strip();
    assert!(strip.open.iter().any(|open| open == "allergy to codeine rash: checked for codeine, not for \"rash\""));
    for known in ["opiates", "codeine", "morphine and codeine", "Percocet", "ibuprofen"] {
        let strip = case(&["gabapentin 300 1-1-1"]).allergic(&[known]).strip();
        assert!(!strip.open.iter().any(|open| open.starts_with("allergy")), "{known}: {:?}", strip.open);
    }
}

#[test]
fn a_brand_says_its_release() {
    let patch = "fentanyl patch 25 mcg/h q72h";
    for (line, is_long) in [
        ("OxyContin 20 mg bid", true),
        ("MS Contin 15 mg bid", true),
        ("Targin 20/10 bid", true),
        ("oxycodone er 20 mg bid", true),
        ("Roxicodone 5 mg qid", false),
        ("oxycodone 5 mg qid", false),
        ("Oxygesic akut 5 mg qid", false),
    ] {
        let strip = case(&[line, patch]).strip();
        let found = strip.cautions.iter().find(|caution| caution.name == "duplicate/long_opioid");
        assert_eq!(found.is_some(), is_long, "{line}");
        let by_brand = found.is_some_and(|found| found.inputs.iter().any(|input| input.contains("by its label")));
        assert_eq!(by_brand, is_long && !line.contains(" er "), "{line}");
    }
    for (line, is_over) in
        [("ConZip 200 mg 2 caps daily", true), ("ConZip 300 mg daily", false), ("Ultram 100 mg qid", false)]
    {
        let strip = case(&[line]).strip();
        assert_eq!(strip.cautions.iter().any(|caution| caution.name == "ceiling/tramadol"), is_over, "{line}");
    }
}

#[test]
fn naloxone_counts_as_offered_by_the_newest_check_until_it_is_due_again() {
    for (checks, own, is_open, told) in [
        (&[][..], None, true, false),
        (&[("2026-10-01", Outcome::Expected)], None, false, true),
        (&[("2026-10-01", Outcome::Unexpected)], None, true, false),
        (&[("2026-10-01", Outcome::Unexpected), ("2025-10-01", Outcome::Expected)], None, true, false),
        (&[("2026-10-01", Outcome::Expected), ("2025-10-01", Outcome::Unexpected)], None, false, true),
        (&[("2026-10-01", Outcome::Expected)], Some(365), false, false),
        (&[("2025-10-01", Outcome::Expected)], Some(365), true, false),
    ] {
        let mut case = case(&["oxycodone er 20 mg bid", "lorazepam 1 mg bid"]);
        for (on, outcome) in checks {
            let one = check(&mut case.ids, case.file.patient.id, CheckKind::Naloxone, on);
            case.monitoring.checks.push(Check { outcome: *outcome, ..one });
        }
        case.own = own.map(|days| OwnRule::read("naloxone", days).unwrap()).into_iter().collect();
        let strip = case.strip();
        assert_eq!(shorts(&strip).contains(&"no naloxone"), is_open, "{checks:?} {own:?}");
        let said = strip.open.iter().any(|open| open.starts_with("naloxone was offered 1 Oct 2026"));
        assert_eq!(said, told, "{checks:?} {own:?}: {:?}", strip.open);
    }
}

#[test]
fn an_unknown_pregnancy_is_said_beside_what_harms_an_unborn_child() {
    for (line, sex, born, known, said) in [
        ("valproate 500 mg bid", Some(Sex::Female), "1990-05-05", None, true),
        ("ibuprofen 400 mg tid", None, "1990-05-05", None, true),
        ("valproate 500 mg bid", Some(Sex::Male), "1990-05-05", None, false),
        ("valproate 500 mg bid", Some(Sex::Female), "1950-05-05", None, false),
        ("valproate 500 mg bid", Some(Sex::Female), "1990-05-05", Some(Pregnancy::No), false),
        ("macrogol 1 sachet daily", Some(Sex::Female), "1990-05-05", None, false),
    ] {
        let mut case = case(&[line]);
        let patient = &mut case.file.patient;
        (patient.sex, patient.birth_date) = (sex, Some(day(born)));
        patient.pregnancy = known.map(|known| (known, day("2026-06-01")));
        let found = case.strip().open.iter().any(|open| open.starts_with("pregnancy unknown"));
        assert_eq!(found, said, "{line} {sex:?} {born}");
    }
}

#[test]
fn an_antithrombotic_on_both_lists_is_one_medicine() {
    for (line, drug, count, several) in [
        ("apixaban 5 mg bid", "Eliquis", 1, false),
        ("apixaban 5 mg bid", "clopidogrel", 2, true),
        ("nonsuchone 5 mg bid", "Nonsuchone", 1, false),
        ("macrogol 1 sachet daily", "apixaban", 2, false),
    ] {
        let mut case = case(&[line]);
        let id = case.ids.next(Instant::from_millis(0));
        let one = Antithrombotic { id, drug: drug.to_owned(), dose: Some("5 mg".to_owned()) };
        case.file.facts.antithrombotics = Known::Listed(vec![one], Some(day("2026-11-03")));
        let strip = case.strip();
        assert_eq!(strip.count, count, "{line} {drug}");
        assert_eq!(shorts(&strip).contains(&"2 medicines that raise bleeding"), several, "{line} {drug}");
    }
}

#[test]
fn every_caution_names_its_source_and_date() {
    let mut case = case(&[
        "oxycodone er 20 mg bid",
        "tramadol 200 mg qid",
        "methadone 5 mg tid",
        "lorazepam 1 mg bid",
        "gabapentin 300 1-1-1",
        "pregabalin 75 mg bid",
        "ibuprofen 400 mg tid",
        "naproxen 500 mg bid",
        "sertraline 50 mg daily",
        "moclobemide 150 mg bid",
        "valproate 500 mg bid",
    ]);
    case.monitoring = Monitoring::default();
    case.function = None;
    case.file.patient.kidney = Some((Kidney::Dialysis, day("2026-06-01")));
    case.file.patient.pregnancy = Some((Pregnancy::Yes, day("2026-06-01")));
    case.file.patient.birth_date = Some(day("1950-05-05"));
    let strip = case.strip();
    assert!(strip.cautions.len() + strip.absent.len() > 12, "{:?}", shorts(&strip));
    for caution in strip.cautions.iter().chain(&strip.absent) {
        assert!(!caution.fact.source.is_empty() && !caution.fact.date.is_empty(), "{caution:?}");
        let page = strip.page();
        assert!(page.contains(&caution.fact.show()), "{}", caution.name);
        assert!(!caution.inputs.is_empty(), "{} says not what it was read from", caution.name);
        for said in caution.inputs.iter().chain([&caution.short]) {
            assert!(page.contains(said), "{}: {said}", caution.name);
        }
    }
}

#[test]
fn a_medicine_that_stands_twice_in_the_same_words_is_told_and_raises_no_caution_of_its_own() {
    for (lines, told) in [
        (&["oxycodone 5 mg qid", "Oxycodone 5 mg 4 times a day"][..], 1),
        (&["oxycodone 5 mg qid", "oxycodone 5 mg qid", "oxycodone 5 mg qid"], 1),
        (&["oxycodone 5 mg qid", "oxycodone er 20 mg bid"], 0),
        (&["oxycodone 5 mg qid", "oxycodone 10 mg qid"], 0),
        (&["oxycodone 5 mg qid", "tramadol 50 mg qid"], 0),
    ] {
        let strip = case(lines).strip();
        let twice = strip.open.iter().filter(|open| open.contains("on the list twice: both are counted")).count();
        assert_eq!(twice, told, "{lines:?}: {:?}", strip.open);
        assert!(!strip.cautions.iter().any(|caution| caution.name.starts_with("duplicate/")), "{lines:?}");
    }
}
