use super::*;
use crate::clinical::id::Ids;
use crate::clinical::time::Instant;

fn list(lines: &[&str]) -> Known<Medication> {
    let mut ids = Ids::seeded(5);
    let at = Instant::from_millis(0);
    let items = lines.iter().map(|line| Medication::new(ids.next(at), *line, None)).collect();
    Known::Listed(items, NaiveDate::from_ymd_opt(2026, 11, 3))
}

fn us(lines: &[&str]) -> Exposure {
    of(lines, Region::Us, OpioidContext::Chronic)
}

fn of(lines: &[&str], region: Region, context: OpioidContext) -> Exposure {
    let day = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
    let facts = OpioidFacts { region: Some(region), context: Some((context, day)), ..OpioidFacts::default() };
    Exposure::of(&list(lines), &facts)
}

#[test]
fn a_list_comes_to_its_figure() {
    for (lines, figure) in [
        (&["oxycodone er 20 mg bid"][..], "60"),
        (&["oxycodone er 20 mg bid", "tramadol 50 mg qid"], "100"),
        (&["methadone 5 mg tid"], "70.5"),
        (&["methadone 10 mg tid"], "141"),
        (&["hydrocodone/acetaminophen 5/325 1 tab qid"], "20"),
        (&["Norco 5/325 1-2 tabs q6h prn"], "up to 40"),
        (&["acetaminophen/codeine 300/30 1 tab qid"], "18"),
        (&["co-codamol 30/500 1 tab qid"], "18"),
        (&["Tylenol 3 300/30 q6h"], "cannot compute"),
        (&["oxycodone 5 mg tid for 14 days"], "22.5"),
        (&["oxycodone er 20 mg morning and night"], "60"),
        (&["methadone 10 mg 1½ tabs tid"], "211.5"),
        (&["morphine er 30 mg morning 60 mg night"], "cannot compute"),
        (&["fentanyl patch 25-50 mcg/h q72h"], "up to 120"),
        (&["fentanyl patch 50 mcg/h + 25 mcg/h q72h", "morphine 15 mg bid"], "30, incomplete"),
        (&["fentanyl patch 75 mcg/h q72h"], "180"),
        (&["fentanyl patch 75 mcg/h every 10 days"], "54"),
        (&["fentanyl patch 25 mcg/h every 48 h"], "60"),
        (&["morphine 10 mg/5 ml 5 ml every 6 hours"], "40"),
        (&["oxycodone 5-10 mg q6h prn"], "up to 60"),
        (&["oxycodone 5 mg 1-2 tab q4h prn max 6/day"], "up to 45"),
        (&["tapentadol 50 mg 1-0-1", "morphine 15 mg bid"], "70"),
        (&["buprenorphine patch 20 mcg/h weekly", "codeine 30 mg qid"], "18, incomplete"),
        (&["buprenorphine patch 20 mcg/h weekly"], "cannot compute"),
        (&["oxycodone 5 mg as needed"], "cannot compute"),
        (&["oxycodone 5 mg as needed", "morphine 15 mg bid"], "30, incomplete"),
        (&["fentanyl 100 mcg q6h"], "cannot compute"),
        (&["morphine 10 mg iv q6h"], "cannot compute"),
        (&["tilidine/naloxone 50/4 1-0-1"], "cannot compute"),
        (&["Percocet 10 mg qid"], "cannot compute"),
        (&["gabapentin 300 1-1-1"], "no opioid"),
        (&["oxycodone/ibuprofen 5/400 mg tid"], "22.5"),
        (&["ibuprofen + oxycodone 400/5 mg tid"], "22.5"),
        (&["oxycodone/ibuprofen 5 mg tid"], "cannot compute"),
        (&["oxycodone/nonsuchone 5/400 mg tid", "morphine 15 mg bid"], "30, incomplete"),
        (&["Oxycodone ratiopharm 10 mg bid"], "30"),
        (&["Oxycodon-ratiopharm 10 mg bid"], "30"),
        (&["Oxycodone nonsuch 10 mg bid"], "30"),
        (&["Oxycodon-nonsuch 10 mg bid"], "cannot compute"),
        (&["ratio-oxycodone 10 mg bid", "morphine 15 mg bid"], "30, incomplete"),
        (&["methadone 80 mg daily for opioid use disorder"], "cannot compute"),
    ] {
        let exposure = us(lines);
        assert_eq!(exposure.figure(), figure, "{lines:?}: {:?}", exposure.drugs);
    }
}

#[test]
fn the_flag_beside_a_name_says_what_the_meter_says() {
    for (lines, flag) in [
        (&["gabapentin 300 1-1-1"][..], None),
        (&["morphine er 30 mg bid"], Some("MME 60")),
        (&["morphine er 30 mg bid", "morphine 10 mg q4h prn max 4/day"], Some("MME up to 100")),
        (&["morphine er 30 mg bid", "buprenorphine patch 20 mcg/h weekly"], Some("MME 60+")),
        (&["Oxycodon-nonsuch 10 mg bid"], Some("opioid")),
    ] {
        assert_eq!(us(lines).flag().as_deref(), flag, "{lines:?}");
    }
}

#[test]
fn what_is_said_to_be_an_opioid_is_counted_as_the_one_whose_name_it_has() {
    for (line, class, figure) in [
        ("Oxycodon-nonsuch 10 mg bid", None, "cannot compute"),
        ("Oxycodon-nonsuch 10 mg bid", Some("opioid"), "30"),
        ("Oxycodon-nonsuch 10 mg bid", Some("diuretic"), "no opioid"),
        ("oxycodone/nonsuchone 5/400 mg tid", Some("opioid"), "cannot compute"),
    ] {
        let Known::Listed(mut items, on) = list(&[line]) else { panic!() };
        items[0].class = class.map(str::to_owned);
        let facts = OpioidFacts { region: Some(Region::Us), ..OpioidFacts::default() };
        assert_eq!(Exposure::of(&Known::Listed(items, on), &facts).figure(), figure, "{line} {class:?}");
    }
}

#[test]
fn made_up_lists_come_to_what_the_table_says_by_hand() {
    for (lines, figure) in [
        (&["methadone 2.5 mg bid"][..], "23.5"),
        (&["methadone 10 mg 1-0-0"], "47"),
        (&["methadone 10 mg 1-1-2"], "188"),
        (&["methadone 10 mg/ml 0.5 ml tid"], "70.5"),
        (&["fentanyl patch 2 x 50 mcg/h q72h"], "240"),
        (&["Duragesic 37.5 mcg/h q72h"], "90"),
        (&["fentanyl patch 25 mcg/h q96h"], "45"),
        (&["fentanyl patch 100 mcg/h q72h", "oxycodone 5 mg 1-2 tabs q6h prn max 6/day"], "up to 285"),
        (&["butrans 10 mcg/h weekly", "tramadol 50 mg bid"], "20, incomplete"),
        (&["suboxone 8/2 mg bid"], "cannot compute"),
        (&["belbuca 450 mcg bid", "hydrocodone er 30 mg daily"], "30, incomplete"),
        (&["oxycodone 5 mg/5 ml 10 ml q6h prn"], "up to 60"),
        (&["oxycodone 5 mg 1-2 tabs q4-6h prn"], "up to 90"),
        (&["hydromorphone 2 mg 1 tab q6h prn max 4/day"], "up to 40"),
        (&["Percocet 10/325 mg qid"], "60"),
        (&["tramadol/acetaminophen 37.5/325 mg 2 tabs qid"], "60"),
        (&["oxycodone/naloxone 20/10 mg bid"], "60"),
        (&["codeine/paracetamol 30/500 mg 2 tabs qid"], "36"),
        (&["codeine 15 mg tid", "codeine 30 mg at night"], "11.3"),
        (&["oxymorphone er 10 mg bid", "oxymorphone 5 mg qid"], "120"),
        (&["tapentadol er 250 mg bid"], "200"),
        (&["MS Contin 30 mg q8h"], "90"),
        (&["oxycodone 20 mg every other day"], "15"),
        (&["levorphanol 2 mg tid", "morphine 15 mg bid"], "30, incomplete"),
        (&["meperidine 50 mg qid"], "cannot compute"),
        (&["dihydrocodeine 60 mg bid"], "cannot compute"),
        (&["nalbuphine 10 mg im q6h"], "cannot compute"),
        (&["fentanyl 100 mcg buccal qid", "morphine er 45 mg bid"], "90, incomplete"),
        (&["celecoxib/tramadol 56/44 mg 2 tabs bid"], "cannot compute"),
        (&["hydrocodone/acetaminophen 10/325 1 tab q4h prn max 9/day"], "up to 60"),
    ] {
        let exposure = us(lines);
        assert_eq!(exposure.figure(), figure, "{lines:?}: {:?}", exposure.drugs);
    }
}

#[test]
fn a_drug_that_cannot_be_computed_says_why_and_the_total_is_incomplete() {
    for (line, why) in [
        ("oxycodone 5 mg as needed", "how often at most is not said"),
        ("fentanyl patch 25 mcg/h", "how long each patch is worn is not said"),
        ("fentanyl patch 25 mg/h q72h", "25 mg/h: a patch gives micrograms an hour (mcg/h)"),
        ("Percocet 10 mg qid", "say the strength of each: oxycodone/acetaminophen"),
        ("Tylenol 3 300/30 q6h", "say which is which: codeine/acetaminophen 30/300, or the other way round"),
        ("oxycodone 10 mg bid and 5 mg prn", "5 mg behind how often: write a line for each dose"),
        ("fentanyl 100 mcg q6h", "say in which form: patch, lozenge, nasal spray…"),
        ("buprenorphine 8 mg sl daily", "no factor in the table"),
        ("piritramide 15 mg sc q6h", "no factor in the table"),
    ] {
        let exposure = us(&[line, "morphine 15 mg bid"]);
        assert_eq!(exposure.drugs[0].not.as_deref(), Some(why), "{line}");
        assert!(exposure.is_incomplete(), "{line}");
        assert_eq!(exposure.figure(), "30, incomplete", "{line}");
    }
}

#[test]
fn an_unknown_list_is_not_nought_and_an_unreviewed_one_says_so() {
    let facts = OpioidFacts { region: Some(Region::Us), ..OpioidFacts::default() };
    assert_eq!(Exposure::of(&Known::Unknown, &facts).headline(), "MME ? · medicines unknown");
    let Known::Listed(items, _) = list(&["oxycodone er 20 mg bid"]) else { panic!() };
    let unreviewed = Exposure::of(&Known::Listed(items, None), &facts);
    assert_eq!(unreviewed.headline(), "MME 60 · CDC 2022 · list not reviewed");
}

#[test]
fn context_and_region_switch_thresholds_and_never_fall_back() {
    let marks =
        |exposure: &Exposure, region| exposure.marks(region).iter().map(|mark| mark.reached).collect::<Vec<_>>();
    let chronic = us(&["oxycodone er 20 mg bid"]);
    assert_eq!(marks(&chronic, Region::Us), [true, false]);
    assert_eq!(chronic.without_marks(Region::Us), None);
    for context in
        [OpioidContext::Cancer, OpioidContext::Palliative, OpioidContext::SickleCell, OpioidContext::UseDisorder]
    {
        let other = of(&["oxycodone er 20 mg bid", "diazepam 5 mg bid"], Region::Us, context);
        assert_eq!(other.figure(), "60");
        assert!(other.marks(Region::Us).is_empty(), "{context:?}");
        assert!(other.without_marks(Region::Us).unwrap().contains(context.label()), "{context:?}");
        let answer = other.answer.unwrap();
        assert!(
            !answer.coprescription.is_empty() && !answer.naloxone.is_empty(),
            "breathing cautions and naloxone stay"
        );
    }
    for region in [Region::De, Region::Other] {
        let off = of(&["oxycodone er 20 mg bid", "diazepam 5 mg bid"], region, OpioidContext::Chronic);
        assert_eq!(off.figure(), "no dose table for this region");
        assert!(off.marks(region).is_empty());
        assert!(!off.answer.unwrap().coprescription.is_empty());
    }
    let uk = of(&["tramadol 50 mg qid", "buprenorphine patch 10 mcg/h weekly"], Region::Uk, OpioidContext::Chronic);
    assert_eq!(uk.headline(), "OME 44 · Opioids Aware equianalgesic potencies, August 2020");
    assert_eq!(marks(&uk, Region::Uk), [false]);
}

#[test]
fn what_a_change_would_do_is_said_before_it_is_kept() {
    let before = us(&["oxycodone er 20 mg bid"]);
    let after = us(&["oxycodone er 30 mg bid"]);
    assert_eq!(before.to(&after, Region::Us), "MME 60 → 90, reaches the mark at 90");
    assert_eq!(after.to(&before, Region::Us), "MME 90 → 60");
    assert_eq!(us(&[]).to(&after, Region::Us), "MME no opioid → 90, reaches the mark at 50 and 90");
}

#[test]
fn a_free_typed_opioid_whose_class_was_said_is_not_counted_and_not_nought() {
    let mut ids = Ids::seeded(5);
    let mut free = Medication::new(ids.next(Instant::from_millis(0)), "opilonium 5 mg bid", None);
    let facts = OpioidFacts { region: Some(Region::Us), ..OpioidFacts::default() };
    let unknown = Exposure::of(&Known::Listed(vec![free.clone()], None), &facts);
    assert_eq!(unknown.figure(), "no opioid");
    assert_eq!(classes(&free), None, "not recognised, not checked");
    free.class = Some("opioid".to_owned());
    let said = Exposure::of(&Known::Listed(vec![free], None), &facts);
    assert_eq!(said.figure(), "cannot compute");
    assert_eq!(said.drugs[0].not.as_deref(), Some("no table knows it"));
}
