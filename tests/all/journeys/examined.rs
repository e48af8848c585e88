//! What is examined and asked for: shorthand that becomes sentence and data, and a test from the request to what was done
//! about its result.

use daysheet::clinical::diagnostic::Step;

use super::*;

#[test]
fn shorthand_is_read_while_it_is_typed_and_goes_out_in_full_words() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(LARGE);
    day.keys("<Space><Space><Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("<PgDn><PgDn><PgDn>");
    day.wait_for("shorthand: slr r45+");
    day.keys("slr r45+ ehl r4+ lt l5r-");
    day.wait_for("Straight leg raise right positive at 45°.");
    day.wait_for("Light touch right L5 reduced.");
    // What cannot be read is marked, and stays.
    day.keys("; sle l80- walks well");
    day.wait_for("? sle l80-");
    day.wait_for("walks well");
    // All at once, as fast as a terminal sends it.
    day.keys("<Ctrl-A><Delete>slr r45+ ehl r4+ xyz r2+; مريض 👩‍⚕️ e\u{301}");
    day.wait_for("? xyz r2+");
    day.keys("<Ctrl-S>");
    day.wait_for("OKAFOR Test: completed assessment");
    day.keys("y");
    day.wait_for("copied 09");
    // Wherever its lines break.
    let copied = day.clipboard().expect("the summary is on the clipboard");
    let copied = copied.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in
        ["Straight leg raise right positive at 45°.", "Big toe extension (EHL, L5) right 4+/5.", "xyz r2+", "مريض"]
    {
        assert!(copied.contains(words), "{words} is missing in\n{copied}");
    }
    day.keys("Q");
    day.wait_for("still here or in room");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_test_goes_from_the_room_to_late_and_is_acted_on() {
    let office = Office::with(&[("09:00", "OKAFOR", "back, left leg", VisitKind::FollowUp)]);
    let mut day = office.open_board(LARGE);
    day.keys("<Space><Space><Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("5473656<Tab>worse");
    day.wait_for("worse");

    // Asked for in the room, in a dozen keys beside its words; the assessment waits at its field.
    let before = day.pressed();
    day.keys("<F12>");
    day.wait_for("no test was asked for yet");
    day.keys("n");
    day.wait_for("New test or result");
    day.keys("mlumbar spine<Ctrl-S>");
    day.wait_for("OKAFOR Test: requested MRI lumbar spine");
    day.wait_for("by 22 Dec 2026");
    day.keys("<Esc>");
    day.wait_for("worse");
    assert!(day.pressed() - before <= 5 + "lumbar spine".len(), "{} keys", day.pressed() - before);
    day.keys("<Ctrl-S>");
    day.wait_for("completed assessment");
    day.keys("4");
    day.wait_for_no("MRI lumbar spine");

    // The result comes: in Late until somebody acts on it.
    day.keys("1D");
    day.wait_for("done today");
    day.keys("d");
    day.wait_for("OKAFOR Test: MRI lumbar spine done");
    day.keys("<Esc>4");
    day.wait_until("unread in Late", |screen| screen.contains("MRI lumbar spine") && screen.contains("unread"));
    day.keys("<Enter>");
    day.wait_for("own reading");
    day.keys("<PgDn><Tab>Protrusion L4/5 LEFT.<Tab>fits the leg<Ctrl-S>");
    day.wait_for("OKAFOR Test: read MRI lumbar spine");
    day.wait_until("not acted on", |screen| {
        screen.lines().any(|line| line.contains("MRI lumbar spine") && line.contains("act"))
    });

    // The close of the day wants a decision about it.
    day.keys("c");
    day.wait_for("read, not acted on");
    day.wait_for("needs a decision");
    day.keys("<Esc>4d");
    day.wait_for("Done about the result");
    day.keys("<Enter>");
    day.wait_for("write what was done");
    day.keys("injection next week<Enter>");
    day.wait_for("OKAFOR Test: acted on MRI lumbar spine");
    day.keys("u");
    day.wait_for("undid: acted on MRI lumbar spine");
    day.keys("U");
    day.wait_for("acted on MRI lumbar spine");

    // On the chart, and in what goes to the clinic system.
    day.keys("1p");
    day.wait_for("MRI lumbar spine: fits the leg");
    day.keys("<Esc>1y");
    day.wait_for("copied 09");
    let copied = day.clipboard().expect("the summary is on the clipboard");
    for words in ["TESTS AND RESULTS", "Report: Protrusion L4/5 LEFT.", "Done about it: injection next week"] {
        assert!(copied.contains(words), "{words} is missing in\n{copied}");
    }
    day.keys("Q");
    day.wait_for("still here or in room");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let store = office.store(Mode::Read);
    let patient = patients(&store)[0].0;
    let tests = store.diagnostics(patient).unwrap();
    assert_eq!(tests.iter().map(daysheet::clinical::diagnostic::Diagnostic::step).collect::<Vec<_>>(), [Step::ActedOn]);
}
