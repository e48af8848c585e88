use super::*;

fn mg(line: &str) -> String {
    match read(line).daily() {
        Ok(Daily::Mg { total, .. }) => total.iter().map(|one| one.plain()).collect::<Vec<_>>().join("+"),
        Ok(Daily::Patch { mcg_per_hour, hours }) => {
            format!("{} mcg/h for {}", mcg_per_hour.plain(), hours.map_or_else(|| "?".to_owned(), Exact::plain))
        }
        Err(why) => why.to_string(),
    }
}

#[test]
fn a_line_comes_to_its_daily_amount() {
    for (line, a_day) in [
        ("gabapentin 300 1-1-1", "900"),
        ("gabapentin 300 mg 2-2-2", "1800"),
        ("gabapentin 300mg tid", "900"),
        ("gabapentin 600 mg three times a day", "1800"),
        ("gabapentin 300 2 tid", "1800"),
        ("gabapentin 900 mg/day", "900"),
        ("oxycodone er 20 mg bid", "40"),
        ("OxyContin 20 mg b.i.d.", "40"),
        ("oxycodone 5-10 mg q4-6h prn", "60"),
        ("oxycodone 5 mg 1-2 tabs q4-6h prn max 8/day", "40"),
        ("oxycodone 5 mg 1-2 tabs q4-6h prn up to 30 mg a day", "30"),
        ("oxycodone 5 mg q6h max 3/day", "15"),
        ("oxycodone 5 mg every 6 hours 2 tabs", "40"),
        ("oxycodone 5 mg as needed", "how often at most is not said"),
        ("Norco 10/325 1 tab q6h prn", "40+1300"),
        ("Percocet 5 mg/325 mg one tablet every 6 hours", "20+1300"),
        ("oxycodone-acetaminophen 5-325 mg qid", "20+1300"),
        ("Percocet 5-325 1 tab q6h prn", "20+1300"),
        ("acetaminophen-codeine 300-30 mg q6h", "1200+120"),
        ("buprenorphine-naloxone 8-2 mg bid", "16+4"),
        ("co-codamol 30-500 mg 2 tabs qid", "240+4000"),
        ("oxycodone/acetaminophen 5/325 1-2 tabs q6h prn", "40+2600"),
        ("oxycodone/acetaminophen 5/325 1-0-1", "10+650"),
        ("morphine 10 mg/5 ml 2.5 ml q4h", "30"),
        ("morphine 10 mg/5 ml 5 mg q4h prn max 4/day", "20"),
        ("Oramorph 20 mg/ml 0,5 ml q6h", "40"),
        ("methadone 5 mg 3x daily", "15"),
        ("tramadol 50 mg qid", "200"),
        ("tapentadol 50 mg ½-0-½", "50"),
        ("tapentadol 50 mg 1/2-0-1/2", "50"),
        ("fentanyl patch 25 mcg/h q72h", "25 mcg/h for 72"),
        ("fentanyl 25 µg/h every 3 days", "25 mcg/h for 72"),
        ("fentanyl patch 25 q3d", "25 mcg/h for 72"),
        ("fentanyl patch 2 patches 50 mcg/hour every 72 hours", "100 mcg/h for 72"),
        ("buprenorphine patch 10 mcg/h weekly", "10 mcg/h for 168"),
        ("paracetamol 1 g qid", "4000"),
        ("amitriptyline 10 mg at night", "10"),
        ("amitriptyline 10 mg 0-0-0-1", "10"),
        ("Tylenol 3 300/30 q6h", "1200+120"),
        ("oxycodone 5 mg tid for 14 days", "15"),
        ("oxycodone 5 mg tid x 10-14 days", "15"),
        ("oxycodone 5 mg tid x14d", "15"),
        ("oxycodone 5 mg tid 14 days", "15"),
        ("oxycodone 5 mg tid for two weeks", "15"),
        ("oxycodone er 20 mg morning and night", "40"),
        ("oxycodone er 20 mg mane and nocte", "40"),
        ("oxycodone er 20 mg am and bedtime", "40"),
        ("oxycodone er 20 mg am and pm", "40"),
        ("gabapentin 300 mg morning, noon and night", "900"),
        ("gabapentin 300 mg every morning and every evening", "600"),
        ("oxycodone er 20 mg bid morning and night", "40"),
        ("oxycodone er 20 mg q12h am and pm", "40"),
        ("amitriptyline 10 mg once daily at night", "10"),
        ("amitriptyline 10 mg nightly at bedtime", "10"),
        ("methadone 10 mg 1½ tabs tid", "45"),
        ("methadone 10 mg 1 1/2 tabs tid", "45"),
        ("methadone 10 mg 1-1/2 tabs tid", "45"),
        ("methadone 10 mg 1/2 tab tid", "15"),
        ("methadone 10 mg 3/4 tab qid", "30"),
        ("gabapentin 300 1/2 bid", "300"),
        ("fentanyl patch 50 mcg/h twice weekly", "50 mcg/h for 84"),
        ("fentanyl patch 50 mcg/h 2 times a week", "50 mcg/h for 84"),
        ("fentanyl patch 50 mcg/h 2x/week", "50 mcg/h for 84"),
        ("fentanyl patch 25-50 mcg/h q72h", "50 mcg/h for 72"),
        ("morphine er 30 mg morning 60 mg night", "60 mg behind how often: write a line for each dose"),
        ("oxycodone 10 mg bid and 5 mg prn", "5 mg behind how often: write a line for each dose"),
        ("oxycodone 10 mg 2 tabs morning 1 tab night", "two doses: write a line for each"),
        ("gabapentin 300 mg 2 morning 1 night", "two doses: write a line for each"),
        ("fentanyl patch 50 mcg/h + 25 mcg/h q72h", "two strengths: write a line for each"),
        ("oxycodone 5 mg bid q4h", "twice a day or every 4 h: say how often"),
        ("oxycodone 5 mg bid 5/7", "5/7: which is it?"),
        ("gabapentin", "no strength"),
        ("gabapentin 1.000 mg bid", "1.000: write it without a sign between thousands"),
    ] {
        assert_eq!(mg(line), a_day, "{line}: {:?}", read(line));
    }
}

#[test]
fn units_of_another_way_of_giving_are_refused() {
    for line in [
        "fentanyl patch 25 mg/h q72h",
        "fentanyl patch 25 mg q72h",
        "fentanyl 25 mcg every 3 days",
        "oxycodone 20 mcg bid",
        "oxycodone 20 mcg/h bid",
        "morphine 30 mcg 1-0-1",
        "gabapentin 300 mcg tid",
        "gabapentin 300 g tid",
        "oxycodone 1 g bid",
        "gabapentin 900 mg/day tid",
        "hydrocodone/acetaminophen 5/325 mcg qid",
    ] {
        assert!(!read(line).refused.is_empty(), "{line}: {:?}", read(line));
    }
    for line in [
        "fentanyl patch 25 mcg/h q72h",
        "paracetamol 1 g qid",
        "levothyroxine 75 mcg 1-0-0",
        "morphine 200 mcg intrathecal",
        "buprenorphine 450 mcg buccal bid",
        "buprenorphine 8 mg sl daily",
        "gabapentin 900 mg/day",
        "clonidine 75 mcg bid",
    ] {
        assert_eq!(read(line).refused, Vec::<String>::new(), "{line}");
    }
}

#[test]
fn the_parts_of_a_line_are_told_apart_and_what_is_not_read_is_named() {
    let sig = read("oxycodone er 20 mg bid #60 for knee pain");
    assert_eq!(sig.name, "oxycodone");
    assert_eq!(sig.release, Some(Release::Extended));
    assert_eq!(sig.strength_words(), "20 mg");
    assert_eq!(sig.often_words(), "twice a day");
    assert_eq!(sig.quantity, Some(60));
    assert_eq!(sig.reason.as_deref(), Some("knee pain"));
    assert_eq!(sig.unread, Vec::<String>::new());
    for line in ["oxycodone 5 mg q6h prn", "oxycodone 5 mg every 4-6 hours prn", "oxycodone 5 mg 6 hourly prn"] {
        assert!(read(line).as_needed && read(line).is_upper(), "{line}: {:?}", read(line));
    }
    let sig = read("gabapentin 300 1-1-1 blue ones");
    assert!(sig.unit_assumed);
    assert_eq!(sig.unread, ["blue", "ones"]);
    assert_eq!(sig.reading(), "300 mg · 1 morning, 1 noon, 1 evening · 900 mg a day");
    let sig = read("gabapentin 300 mg 1-1-1 #9999999999");
    assert_eq!((sig.quantity, sig.dose, sig.often_words().as_str()), (None, None, "1 morning, 1 noon, 1 evening"));
    assert_eq!(sig.unread, ["#9999999999"]);
    for (line, name) in [
        ("Eliquis (apixaban) 5 mg bid", "Eliquis (apixaban)"),
        ("DF118 30 mg qid", "DF118"),
        ("lorazerium 1 mg bid", "lorazerium"),
        ("some new drug 5 mg", "some new drug"),
        ("vitamin C 500 mg 1-0-0", "vitamin C"),
        ("", ""),
        ("5 mg", "5"),
        ("morphine sulfate 15 mg bid", "morphine sulfate"),
    ] {
        assert_eq!(read(line).name, name, "{line}");
    }
}

#[test]
fn any_line_is_read_without_harm() {
    for line in [
        "1-",
        "/",
        "q",
        "max",
        "300/ mg",
        "-1-1-1-",
        "1/0",
        "5 mg/0 ml 1 ml bid",
        "q0h 5 mg",
        "ñ½×",
        "9999999999999999999 mg",
    ] {
        let _ = read(line).daily();
        let _ = read(&format!("morphine {line}")).reading();
    }
}

#[test]
fn a_dash_parts_strengths_only_where_it_can_be_no_range() {
    for (line, strength) in [
        ("oxycodone-acetaminophen 5-325 mg qid", "5/325 mg"),
        ("oxycodone-acetaminophen 5-10 mg qid", "5 mg"),
        ("oxycodone 5-325 mg qid", "5 mg"),
        ("Percocet 1-2 tabs q6h", ""),
        ("Percocet 1-0-1", ""),
        ("buprenorphine-naloxone 8-2 mg bid", "8/2 mg"),
    ] {
        assert_eq!(read(line).strength_words(), strength, "{line}");
    }
    let line = with_strength("oxycodone-acetaminophen 5-325 mg qid", "10/325 mg");
    assert_eq!(line.as_deref(), Some("oxycodone-acetaminophen 10/325 mg qid"));
}
