//! The assessment in full: a new patient from nothing to a complete record, a follow-up in the fewest keys, the body map
//! from one visit to the next, an answer that must not wait, pages typed in one after the other, texts of every script, and
//! the physician's own files.

use super::*;

/// Presses the pieces, waiting after each for what it brings.
fn press(day: &mut Session, pieces: &[(&str, &str)]) {
    for (keys, brings) in pieces {
        day.keys(keys);
        if !brings.is_empty() {
            day.wait_for_words(brings);
        }
    }
}

fn all_keys(pieces: &[(&str, &str)]) -> String {
    pieces.iter().map(|(keys, _)| *keys).collect()
}

/// What the record holds, without the acts.
fn rows(office: &Office) -> Vec<String> {
    office.everything().into_iter().filter(|fact| !fact.starts_with("act: ")).collect()
}

/// The one row of a table with these words.
fn row_with(facts: &[String], table: &str, words: &[&str]) {
    let found = facts.iter().filter(|fact| fact.starts_with(&format!("{table}: ")));
    let found = found.filter(|fact| words.iter().all(|word| fact.contains(word))).count();
    let all: Vec<&String> = facts.iter().filter(|fact| fact.starts_with(&format!("{table}: "))).collect();
    assert_eq!(found, 1, "{table} with {words:?} among {all:#?}");
}

/// The shorthand of the examination: free text, not counted.
const EXAMINED: &str = "slr r45+ ehl r4+ lt l5r-";

/// A follow-up in the fewest keys: NRS, PEG, a change of the map, a shorthand examination, complete.
const FEWEST: [(&str, &str); 7] = [
    ("<Enter>", "Assessment · follow-up"),
    ("5473656", "PEG 5.7"),
    ("<Ctrl-B>", "the first map"),
    ("bul6cal4<Esc>", "LEFT buttock and outer hip 6"),
    ("<PgDn><PgDn>", "shorthand: slr r45+"),
    (EXAMINED, "Light touch right L5 reduced."),
    ("<Ctrl-S>", "OKAFOR Test: completed assessment"),
];

#[test]
fn a_follow_up_takes_at_most_60_keys_beyond_free_text_and_is_the_same_as_one_burst() {
    let visits = [("09:00", "OKAFOR", "back, left leg")];
    let office = Office::with_follow_ups(&visits);
    let mut day = office.open_board(LARGE);
    let before = day.pressed();
    press(&mut day, &FEWEST);
    let took = day.pressed() - before - EXAMINED.len();
    assert!(took <= 60, "{took} keys");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);

    let at_once = Office::with_follow_ups(&visits);
    let mut day = at_once.open_board(LARGE);
    day.keys(&all_keys(&FEWEST));
    day.wait_for("OKAFOR Test: completed assessment");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let (slow, burst) = (rows(&office), rows(&at_once));
    assert_eq!(slow, burst);
    row_with(&slow, "pain_region", &["region=bul", "intensity=6"]);
    row_with(&slow, "pain_region", &["region=cal", "intensity=4"]);
    assert!(slow.iter().any(|fact| fact.starts_with("assessment: ") && fact.contains(EXAMINED)), "{slow:#?}");
}

/// Words nobody counts: what a new patient tells and what is found.
const NEW_IN_WORDS: [&str; 4] = [
    "burning hand",
    "since a fall in March, colour changes",
    "allodynia right hand, grip weak",
    "CRPS right hand, type I",
];

/// A new patient, from a walk-in nobody knows to a complete assessment whose summary is copied out.
const NEW: [(&str, &str); 16] = [
    ("nNOWAK Ola<Tab><Tab><Tab>nburning hand<Ctrl-S>", "NOWAK Ola: walk-in"),
    ("<Space>", "NOWAK Ola: in room"),
    // Nothing is known, and everything says so.
    ("p", "nobody has asked"),
    ("e", "family name"),
    ("<Tab><Tab>3.5.1979<Tab>f<PgDn><PgDn>", "nobody has asked"),
    ("<Esc><Esc>", "Morning · Assessments"),
    ("<Enter>", "Assessment · new evaluation"),
    ("7694785", "PEG 6.7"),
    ("<Ctrl-B>", "Body map"),
    ("hfr7,b<Esc>", "RIGHT wrist and palm 7"),
    ("<PgDn>since a fall in March, colour changes", "colour changes"),
    ("<PgDn>allodynia right hand, grip weak", "grip weak"),
    ("<PgDn>", "Problems"),
    ("<PgDn>", "a no to all"),
    ("a<Ctrl-PgDn>CRPS right hand, type I", "type I"),
    ("<Ctrl-S>", "NOWAK Ola: completed assessment"),
];

/// The keys a new patient may take beyond free text: half as many again as a follow-up, for name, birth date and sex.
const MOST_FOR_NEW: usize = 90;

#[test]
fn a_new_patient_goes_from_nothing_to_a_complete_assessment_in_few_keys_and_the_same_as_one_burst() {
    let office = Office::new();
    let mut day = office.open_board((120, 48));
    let before = day.pressed();
    press(&mut day, &NEW);
    let took = day.pressed() - before - NEW_IN_WORDS.iter().map(|words| words.len()).sum::<usize>();
    assert!(took <= MOST_FOR_NEW, "{took} keys");
    press(&mut day, &[("y", "copied 09")]);
    let copied = day.clipboard().expect("the summary is on the clipboard");
    let copied = copied.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "NOWAK Ola",
        "since a fall in March",
        "Allodynia to light touch right hand present",
        "CRPS right hand",
        "type I",
    ] {
        assert!(copied.contains(words), "{words} is missing in\n{copied}");
    }
    day.keys("Q");
    day.wait_for("still here or in room");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    row_with(&facts, "assessment", &["impression=CRPS right hand, type I"]);
    row_with(&facts, "pain_region", &["region=hfr", "intensity=7"]);

    let at_once = Office::new();
    let mut day = at_once.open_board((120, 48));
    day.keys(&format!("{}y", all_keys(&NEW)));
    day.wait_for("copied 09");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(rows(&office), rows(&at_once));
}

#[test]
fn the_map_of_one_visit_is_what_the_next_is_compared_with() {
    let mut office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    press(
        &mut day,
        &[
            ("<Enter>", "Assessment · follow-up"),
            ("5<Ctrl-B>", "the first map"),
            ("bul6cal4<Esc>", "LEFT buttock and outer hip 6"),
            ("<Ctrl-S>", "completed assessment"),
            ("Q", ""),
        ],
    );
    assert_eq!(day.exit_code(), 0);

    office.at("2026-12-01T09:00");
    let mut day = office.open_board(LARGE);
    press(
        &mut day,
        &[
            ("nokaf<Enter><Tab><Tab>fback<Ctrl-S>", "OKAFOR Test: walk-in"),
            ("<Enter>", "Assessment · follow-up"),
            ("4<Ctrl-B>", "24 Nov"),
            // All as last time; the calf is gone, the other buttock is new.
            ("*", "2 regions"),
            ("cal-bur3", "new"),
            ("<Esc>", "Assessment · follow-up"),
        ],
    );
    // A kill leaves the map as it was typed.
    let store = office.store(Mode::Read);
    day.wait_while("the map is kept", || !store.drafts().unwrap().iter().any(|draft| draft.body.contains("bur")));
    drop(store);
    day.kill();
    let mut day = office.open(LARGE);
    press(&mut day, &[("", "RIGHT buttock and o"), ("<Ctrl-S>", "completed assessment")]);
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    let regions: Vec<&String> = facts.iter().filter(|fact| fact.starts_with("pain_region: ")).collect();
    assert_eq!(regions.len(), 5, "two of the first visit, three of the second: {regions:#?}");
    row_with(&facts, "pain_region", &["region=bur", "intensity=3"]);
    row_with(&facts, "pain_region", &["region=cal", "intensity=0"]);
}

#[test]
fn an_answer_that_must_not_wait_stands_first_in_late_until_it_is_acted_on() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg"), ("09:20", "NGUYEN", "migraine")]);
    let mut day = office.open_board(LARGE);
    day.keys("+ring the pharmacy<Ctrl-S>");
    day.wait_for("caught task");
    // The sheet is typed in after the patient left.
    press(
        &mut day,
        &[
            ("1.<Space><Space><Space>", "OKAFOR Test: left"),
            ("Sphq9<Enter>", "PHQ-9, asks about"),
            ("000000001", "same-visit suicide risk assessment"),
            ("<Ctrl-S>", "OKAFOR Test: PHQ-9 1 · self-harm: item 9 positive"),
        ],
    );
    let first_of_late = |screen: &str| {
        let late = screen.find("4 Late").unwrap_or(screen.len());
        let line = screen[late..].lines().nth(1).unwrap_or_default();
        line.contains("self-harm") && line.contains("OKAFOR")
    };
    day.wait_until("the answer stands first in Late", first_of_late);
    // The close of the day wants a decision about it; carried along with the rest it cannot be.
    day.keys("c");
    day.wait_for_words("needs a decision");
    day.keys("<Esc>4<Home><Enter>");
    day.wait_for("Done about this answer");
    day.keys("<Enter>");
    day.wait_for("write what was done");
    day.keys("talked it over, safety plan<Enter>");
    day.wait_for("OKAFOR Test: acted on a positive screen");
    day.wait_until("it is gone from Late", |screen| !first_of_late(screen));
    day.keys("u");
    day.wait_for("undid: acted on a positive screen");
    day.wait_until("it stands first again", first_of_late);
    day.keys("U");
    day.wait_for("did again: acted on a positive screen");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    row_with(&office.everything(), "instrument_result", &["instrument=phq9", "action=talked it over, safety plan"]);
}

#[test]
fn red_flags_left_out_are_asked_from_late_at_the_first_of_them() {
    let office = Office::with(&[("09:00", "OKAFOR", "back, left leg", VisitKind::New)]);
    let mut day = office.open_board(LARGE);
    press(
        &mut day,
        &[
            ("<Enter>", "Assessment · new evaluation"),
            ("5473656low back<Ctrl-S>", "OKAFOR Test: completed assessment"),
            ("4", "not asked"),
            ("<Enter>", "a no to all"),
            ("a<Ctrl-S>", "OKAFOR Test: completed assessment"),
        ],
    );
    day.wait_until("nothing is left out", |screen| !screen.contains("not asked"));
    // In a form left half typed somewhere else they come first all the same.
    day.keys("u");
    day.wait_for("undid");
    day.wait_for("not asked");
    press(
        &mut day,
        &[
            ("1<Enter><PgDn>", "Assessment · new evaluation"),
            ("x<Esc>", "1 Morning"),
            ("4<Enter>", "a no to all"),
            ("y", "Which, in words"),
        ],
    );
    day.keys("<Esc>");
    day.wait_for("1 Morning");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn pages_are_typed_in_one_go_patient_after_patient_and_marked_until_one_key_confirms() {
    let visits = [("09:00", "OKAFOR", "back"), ("09:20", "NGUYEN", "migraine"), ("09:40", "HALE", "neck")];
    let pages = "T\
        5473656bul6 cal4<Tab>stopped gabapentin<Ctrl-S>\
        8994879heb8<Tab><Ctrl-S>\
        3251<Tab>232<Ctrl-S>";
    let typed = |in_one_go: bool| {
        let office = Office::with_follow_ups(&visits);
        let mut day = office.open_board(LARGE);
        if in_one_go {
            day.keys(pages);
        } else {
            for (n, piece) in pages.split_inclusive("<Ctrl-S>").enumerate() {
                day.keys(piece);
                day.wait_for_either("in a page", "that was the last page");
                if n == 0 {
                    // Over the next patient's page the act is told without whose it was.
                    assert!(!day.text().contains("OKAFOR"), "{}", day.text());
                }
            }
        }
        day.wait_for("Morning · Assessments");
        day.wait_for("that was the last page");
        (office, day)
    };
    let (office, mut day) = typed(true);
    // Every value waits, and the row says so.
    let facts = office.everything();
    let waiting = facts.iter().filter(|fact| fact.starts_with("score: ") && fact.contains("waiting=1")).count();
    assert_eq!(waiting, 21, "{facts:#?}");
    day.wait_until("three rows say what waits", |screen| screen.matches("confirm 7").count() == 3);
    press(&mut day, &[("1.<Space><Space>", "OKAFOR Test: in room"), ("C", "OKAFOR Test: confirmed 7 typed-in values")]);
    day.wait_until("two rows wait", |screen| screen.matches("confirm 7").count() == 2);
    // The assessment begins with what stood on the page.
    press(
        &mut day,
        &[("<Enter>", "LEFT buttock and outer hip 6"), ("<PgDn>", "stopped gabapentin"), ("<Esc>", "1 Morning")],
    );
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    let waiting = facts.iter().filter(|fact| fact.starts_with("score: ") && fact.contains("waiting=1")).count();
    assert_eq!(waiting, 14);

    let (slow, mut day) = typed(false);
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let (again, mut day) = typed(true);
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(rows(&slow), rows(&again));
}

#[test]
fn text_of_every_script_in_a_form_comes_back_after_a_kill_to_the_letter() {
    let texts = [
        "ألم أسفل الظهر منذ ثلاثة أشهر",
        "कमर में दर्द, रात में बढ़ता है",
        "👩‍⚕️👨‍👩‍👧‍👦🏳️‍🌈 worse",
        "e\u{301}a\u{308}\u{323}o\u{302}\u{301} z\u{335}\u{321}",
        "腰痛、夜間に悪化",
    ];
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    press(&mut day, &[("<Enter>", "Assessment · follow-up"), ("4<PgDn><PgDn>", "History")]);
    for text in texts {
        day.keys(text);
        day.keys("<Enter>");
    }
    // A very long history behind it.
    let long = "walks to the lake and back, sleeps four hours. ".repeat(400);
    day.paste(&long);
    let store = office.store(Mode::Read);
    let kept = || store.drafts().unwrap().into_iter().map(|draft| draft.body).collect::<String>();
    day.wait_while("everything is kept", || !kept().contains(long.trim_end()));
    for text in texts {
        assert!(kept().contains(text), "{text} is not kept");
    }
    drop(store);
    day.kill();
    let mut day = office.open(LARGE);
    press(&mut day, &[("", "sleeps four hours."), ("END<Ctrl-S>", "completed assessment"), ("y", "copied 09")]);
    let copied = day.clipboard().expect("the summary is on the clipboard");
    let copied = copied.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in texts {
        assert!(copied.contains(text), "{text} is missing in what was copied");
    }
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    for text in texts {
        assert!(facts.iter().any(|fact| fact.starts_with("assessment: ") && fact.contains(text)), "{text}");
    }
}

#[test]
fn own_instruments_and_codes_work_and_faulty_ones_are_refused_with_line_and_reason() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let own = |folder: &str, name: &str, text: &str| {
        let folder = office.home.path().join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    };
    let stairs = r#"[[instrument]]
id = "stairs"
name = "Stairs climbed"
short = "STAIRS"
domain = "function"
scoring = "sum"
range = [0, 3]
direction = "higher_is_better"
recall = "today"
completed_by = "patient"
items = [{ id = "a", label = "Flights climbed", min = 0, max = 3 }]
bands = [{ label = "few", from = 0, to = 1 }, { label = "many", from = 2, to = 3 }]
licence = "own"
licence_status = "free"
source = "Own practice, 2026"
verified = false
"#;
    office.set("");
    own("instruments", "stairs.toml", stairs);
    own("instruments", "wrong.toml", &stairs.replace("\"stairs\"", "\"other\"").replace("to = 1", "to = 2"));
    let codes = "id = \"own\"\nname = \"Own codes\"\nsource = \"Own practice, 2026\"\n\
                 [[code]]\ncode = \"Z99.1\"\nlabel = \"Lumboischialgie\"\n";
    own("codes", "own.toml", codes);
    own("codes", "wrong.toml", &codes.replace("\"own\"", "\"two\"").replace("\"Z99.1\"", "\"\""));
    let mut day = office.open(LARGE);
    // The faulty instrument is told at the start, with its file, line and reason.
    day.wait_for_words("wrong.toml");
    day.wait_for_words("line");
    day.keys("<Esc><Esc>");
    day.wait_for("Morning · Assessments");
    press(&mut day, &[("Sstairs<Enter>", "Flights climbed"), ("2", "many"), ("<Ctrl-S>", "OKAFOR Test: STAIRS 2")]);
    press(
        &mut day,
        &[
            ("<Enter>", "Assessment · follow-up"),
            ("", "codes/wrong.toml, line 4"),
            ("4<PgDn><PgDn><PgDn><PgDn>", "Problems"),
        ],
    );
    day.keys("lumboi");
    day.wait_for("Z99.1");
    day.keys("<Esc><Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    row_with(&office.everything(), "instrument_result", &["instrument=stairs", "band=many"]);
}

#[test]
fn who_cannot_report_is_offered_the_scales_of_what_is_seen() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    press(
        &mut day,
        &[("<Space><Space>", "OKAFOR Test: in room"), ("s", "Pain now"), ("c", "cannot report"), ("<Enter>", "PAINAD")],
    );
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    // In the form too, before anything is complete.
    press(&mut day, &[("<Enter>", "Assessment · follow-up"), ("c", "offers the scales of what is seen")]);
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn who_is_too_young_to_rate_is_offered_the_scales_of_what_is_seen() {
    let office = Office::new();
    let mut day = office.open_board(LARGE);
    press(
        &mut day,
        &[
            ("nDIALLO Awa<Tab><Tab><Tab>fleg pain<Ctrl-S>", "DIALLO Awa: walk-in"),
            ("pe", "family name"),
            ("<Tab><Tab>1.6.2024<Ctrl-S>", "changed the patient's data"),
            ("<Esc>", "Morning · Assessments"),
            ("<Enter>", "too young to rate"),
            ("", "offers the scales of what is seen"),
            ("", "PEG — not for children"),
            ("<Esc>", "Morning · Assessments"),
            // Of all scales one for whom it is made comes first.
            ("S", "too young to rate"),
            ("flacc<Enter>21012", ""),
            ("<Ctrl-S>", "DIALLO Awa: FLACC 6"),
            ("<Enter>", "this visit FLACC 6 of 10"),
        ],
    );
    assert!(!day.text().contains("too young to rate"), "{}", day.text());
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    assert!(!office.everything().iter().any(|fact| fact.starts_with("score: ")));
}

#[test]
fn a_childs_weight_is_taken_down_and_stands_in_the_band_with_its_date() {
    let office = Office::new();
    let mut day = office.open_board(LARGE);
    press(
        &mut day,
        &[
            ("nDIALLO Awa<Tab><Tab><Tab>nleg pain<Ctrl-S>", "DIALLO Awa: walk-in"),
            ("pe", "family name"),
            ("<Tab><Tab>8.8.2025<Ctrl-S>", "changed the patient's data"),
            ("", "15 months"),
            ("", "weight ?"),
            ("K", "Weight and height"),
            ("10,2<Tab>78<Ctrl-S>", "DIALLO Awa: 10.2 kg, 78 cm"),
            ("", "weight 10.2 kg on 24 Nov 2026"),
            ("Sphq9", "not for children"),
        ],
    );
    day.keys("<Esc><Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    row_with(&facts, "vital", &["kind=weight", "value=10200"]);
    row_with(&facts, "vital", &["kind=height", "value=780"]);
}
