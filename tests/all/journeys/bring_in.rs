//! Lists of a clinic system, brought in by paste: read into rows, each taken, mended or dropped, and nothing before that.

use super::*;

/// As a clinic system prints a patient, headings and all.
const LISTS: &str = "\
Problem List
M54.16  Lumbar radiculopathy, left   since 03/2024
Chronic migraine without aura [G43.709]
I10.0 Essential hypertension

Allergies (2)
Penicillin - rash
Latex

Current Medications
Gabapentin 300 mg capsule, 1 capsule by mouth three times daily
Apixaban 5 mg tablet PO BID
Metoprolol 50 mg 1-0-1

Past Procedures
L5 transforaminal epidural steroid injection left, 04/2023, Dr Reyes, triamcinolone 40 mg
Appendectomy 1998

Patient prefers mornings and brings her daughter
";

#[test]
fn a_booked_patient_has_a_usable_chart_after_60_keys_and_one_paste() {
    let office = Office::with(&[("09:00", "OKAFOR", "back, left leg", VisitKind::New)]);
    let mut day = office.open_board(LARGE);
    let before = day.pressed();
    day.keys("B");
    day.wait_for("Paste the lists of the clinic system here");
    day.paste(LISTS);
    day.wait_for("11 lines read: each waits");
    day.wait_for("Metoprolol");
    // Nothing enters unseen.
    let facts = office.everything();
    assert!(!facts.iter().any(|fact| fact.contains("Gabapentin") && !fact.starts_with("draft: ")), "{facts:?}");
    day.keys("c");
    day.wait_for("11 lines still to be taken or dropped");
    // The last line is dropped; the first is mended: the hands stand where the next one waits.
    day.keys("<End>x<Home><Enter>");
    day.wait_for("Mend the line");
    day.keys("<Ctrl-U>Sciatica left, since mar 2024<Enter>");
    day.wait_until("the mended line is taken", |screen| {
        screen.lines().any(|line| line.contains("taken") && line.contains("Sciatica left, since Mar 2024"))
    });
    day.keys("Arc");
    day.wait_for("OKAFOR Test: brought in 10 lines");
    day.keys("p");
    day.wait_for("Visits");
    let mended = "Sciatica left, since mar 2024".len();
    let took = day.pressed() - before - mended;
    assert!(took <= 60, "{took} keys");
    let screen = day.text();
    for words in ["Gabapentin 300 mg capsule", "apixaban", "Penicillin (rash)", "Latex", "Reyes", "hypertension"] {
        assert!(screen.to_lowercase().contains(&words.to_lowercase()), "{words} is missing in\n{screen}");
    }
    assert!(!screen.contains("not reviewed"), "gone through with the patient today:\n{screen}");
    assert!(!screen.contains("mornings"), "dropped:\n{screen}");

    // Taken back by name, and done again.
    let rows = || office.everything().into_iter().filter(|fact| !fact.starts_with("act: ")).collect::<Vec<_>>();
    let after = rows();
    day.keys("u");
    day.wait_for("undid: brought in 10 lines");
    day.wait_until("the chart is as it was", |screen| !screen.contains("Latex"));
    day.keys("U");
    day.wait_for("did again: brought in 10 lines");
    day.wait_for("Latex");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(rows(), after);
    assert!(!after.iter().any(|fact| fact.starts_with("draft: bring_in")), "{after:?}");
}

#[test]
fn what_waits_survives_a_kill_and_an_earlier_injection_is_typed_in() {
    let office = Office::with(&[("09:00", "OKAFOR", "back, left leg", VisitKind::New)]);
    let mut day = office.open_board(SMALL);
    day.keys("B");
    day.wait_for("Paste the lists");
    day.paste("Allergies: penicillin (rash)\nMedications:\nGabapentin 300 mg TDS\nوصفة طبية 👩‍⚕️ e\u{301}\n");
    day.wait_for("3 lines read");
    day.keys("a");
    day.wait_for("1 taken");
    let store = office.store(Mode::Read);
    day.wait_while("the decision is kept", || {
        !store.drafts().unwrap().iter().any(|draft| draft.body.contains("accepted"))
    });
    day.kill();
    let mut day = office.open(SMALL);
    day.wait_for("2 wait");
    day.wait_for("1 taken");
    day.keys("n");
    day.wait_for("A line of your own");
    day.keys("ESI L4/5 left, mar 2023, by Dr Reyes, triamcinolone 40 mg<Enter>");
    day.wait_for("procedure");
    day.keys("A");
    day.wait_for("4 taken");
    // Asked, and there is none.
    day.keys("ot");
    day.wait_for("asked: no antithrombotics");
    day.keys("<Ctrl-S>");
    day.wait_for("OKAFOR Test: brought in 5 lines");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let store = office.store(Mode::Read);
    let (past, lines) = store.elsewhere(patients(&store)[0].0).unwrap();
    assert_eq!(past.len(), 1);
    assert_eq!(past[0].show(), "ESI L4/5 left, Mar 2023, triamcinolone 40 mg, by Dr Reyes");
    assert!(lines.is_empty() || lines.iter().any(|line| line.text.contains("👩‍⚕️")), "{lines:?}");
}

#[test]
fn a_paste_that_would_drive_the_terminal_stays_text() {
    let office = Office::with(&[("09:00", "OKAFOR", "back, left leg", VisitKind::New)]);
    let mut day = office.open_board(LARGE);
    day.keys("B");
    day.wait_for("Paste the lists");
    let hostile = "note one \u{1b}]0;owned\u{7} \u{1b}[2J\u{1b}[?1049l \u{9b}31m\nnote two \u{202e}drow \u{0}\u{8}\u{7f}\n\
                   '; DROP TABLE patient; --\n=cmd|' /C calc'!A0\n";
    // The end of a paste cannot stand in one: a terminal takes it out.
    day.paste(hostile);
    day.wait_for("DROP TABLE patient");
    assert_eq!(day.strange(), Vec::<String>::new());
    day.keys("Ac");
    day.wait_for("OKAFOR Test: brought in");
    day.keys("p");
    day.wait_for("note one");
    assert!(!day.text().contains("owned") || day.text().contains("]0;owned"), "{}", day.text());
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(day.left_on(), Vec::<&str>::new());
    let store = office.store(Mode::Read);
    let (_, lines) = store.elsewhere(patients(&store)[0].0).unwrap();
    let all: String = lines.iter().map(|line| line.text.as_str()).collect();
    assert!(all.contains("DROP TABLE") && !all.contains('\u{1b}') && !all.contains('\u{202e}'), "{all:?}");
}

#[test]
#[ignore = "reads the strings in DAYSHEET_TEST_DATA"]
fn whole_files_of_hostile_text_are_read_into_rows_and_kept() {
    let folder = std::env::var("DAYSHEET_TEST_DATA").expect("names the folder of test data");
    for entry in std::fs::read_dir(PathBuf::from(folder).join("strings")).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).replace("\u{1b}[201~", "");
        let text: String = text.chars().filter(|c| !matches!(c, '\u{3}' | '\u{4}' | '\u{11}' | '\u{13}')).collect();
        let office = Office::with(&[("09:00", "OKAFOR", "back, left leg", VisitKind::New)]);
        let mut day = office.open_board(LARGE);
        day.keys("B");
        day.wait_for("Paste the lists");
        day.paste(&text);
        day.wait_until("rows", |screen| screen.contains("read") && screen.contains("waits"));
        assert_eq!(day.strange(), Vec::<String>::new(), "{}", path.display());
        day.keys("Ac");
        day.wait_for("OKAFOR Test: brought in");
        day.keys("p");
        day.wait_for("Visits");
        day.keys("QQ");
        assert_eq!(day.exit_code(), 0, "{}", path.display());
        assert_eq!(day.left_on(), Vec::<&str>::new(), "{}", path.display());
    }
}
