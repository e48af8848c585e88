//! The evening: everything open answered, the day closed, the reflection written; and the morning after.

use super::*;

/// Catches a task with these keys behind its words.
fn catch(day: &mut Session, words: &str, keys: &str) {
    day.keys("+");
    day.wait_for("Catch a call or task");
    day.keys(&format!("{words}{keys}<Ctrl-S>"));
    day.wait_for_no("Catch a call or task");
    day.wait_for("caught task");
}

/// Two assessments, one with a red flag; a result, two tasks; a case of tomorrow about whom nothing is known.
fn a_full_evening() -> Office {
    let office = Office::with_follow_ups(&[
        ("09:00", "OKAFOR", "back, left leg"),
        ("09:20", "NGUYEN", "migraine"),
        ("09:40", "HALE", "neck"),
    ]);
    let mut day = office.open_board((120, 48));
    day.keys("<Space><Space><Enter>");
    day.wait_for("Assessment · follow-up");
    // A red flag, said and not yet acted on.
    day.keys("9<PgDn><PgDn><PgDn><PgDn><PgDn>");
    day.wait_for("y yes · n no");
    day.keys("ynew numbness in the saddle<Ctrl-S>");
    day.wait_for("OKAFOR Test: completed assessment");
    day.keys("<Space>");
    day.wait_for("✓ 1 seen");
    day.keys("+MRI is back<Tab><Tab><Tab><Tab>r<Ctrl-S>");
    day.wait_for("caught result");
    catch(&mut day, "order gloves", "");
    catch(&mut day, "ring the insurer", "<Tab><Tab><Tab>n<Enter>");
    // Tomorrow: a procedure of which nothing says which, of somebody of whom nothing is asked.
    day.keys(">n");
    day.wait_for("New visit");
    day.keys("MARSH Test<Tab>1300<Tab><Tab>p<Ctrl-S>");
    day.wait_for("MARSH Test");
    day.wait_for("kept");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    office
}

#[test]
fn a_day_is_closed_when_each_open_item_has_its_answer() {
    let mut office = a_full_evening();
    let mut day = office.open_board((120, 48));
    day.keys("c");
    day.wait_for("Close of day");
    day.wait_for("1 red flag, 1 result, 2 visits not over, 1 case of tomorrow need a decision each");
    day.keys("c");
    day.wait_for("Still open:");
    // The rest in one key: a plan, two tasks, a summary. Who has not been seen is no paperwork.
    day.keys("a");
    day.wait_for("carried 4 items to 25 Nov 2026");
    // One act, taken back and done again as one.
    day.keys("u");
    day.wait_for("undid: carried 4 items to 25 Nov 2026");
    day.keys("U");
    day.wait_for("did again: carried 4 items to 25 Nov 2026");
    day.keys("a");
    day.wait_for("Each needs a decision of its own");
    // What cannot wait, one by one: acted on, closed with a reason, carried to a date.
    day.keys("<Home><Enter>");
    day.wait_for("Done about the red flag");
    day.keys("sent to the emergency department<Enter>");
    day.wait_for("acted on red flag");
    day.keys("x<Enter>");
    day.wait_for("a reason is needed");
    day.keys("read: no change<Enter>");
    day.wait_for("closed task with a reason");
    // One did not come, which leaves something to follow; the other comes another day.
    day.keys("x");
    day.wait_for("Not coming");
    day.keys("n");
    day.wait_for("NGUYEN Test: no-show");
    day.keys("m");
    day.wait_for("Move");
    day.keys("tomorrow 0800<Enter>");
    day.wait_for("HALE Test: moved");
    day.keys("a");
    day.wait_for("carried 1 item to 25 Nov 2026");
    day.keys("m");
    day.wait_for("Carry to");
    day.keys("tomorrow<Enter>");
    day.wait_for("nothing is left open");
    day.keys("c");
    day.wait_for("closed 09:");
    day.wait_for("1 done, 6 carried, 1 closed");
    // What was closed is named, though it is open no more.
    day.wait_for("result: MRI is back");
    day.wait_for("closed: read: no change");

    // The reflection, the cursor in its text; each figure is one key to answer or to skip.
    day.keys("5");
    day.wait_for("Reflection");
    day.keys("the saddle numbness was nearly missed<Ctrl-PgDn>4<Ctrl-S>");
    day.wait_for("reflection of 24 Nov 2026");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    // Closing is taken back by name until something is built on it.
    day.keys("u");
    day.wait_for("undid: reflection of 24 Nov 2026");
    day.keys("U");
    day.wait_for("did again: reflection of 24 Nov 2026");
    // A new item opens the day again.
    catch(&mut day, "one more call", "");
    day.keys("c");
    day.wait_for("1 open");
    day.keys("x");
    day.wait_for("Close, because");
    day.keys("called at once<Enter>");
    day.wait_for("nothing is left open");
    day.keys("c");
    day.wait_for("2 closed");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let facts = office.everything();
    assert!(!facts.iter().any(|line| line.contains("nearly missed")), "a reflection is sealed");

    // The next morning holds what was carried; nothing is said of a day that was closed.
    office.at("2026-11-25T07:45");
    let mut next = office.open_board((120, 48));
    for carried in ["NGUYEN Test", "HALE Test", "order gloves", "ring the insurer", "MARSH Test"] {
        if carried == "ring the insurer" {
            // The nurse's items are a count until they are asked for.
            assert!(!next.text().contains(carried), "{}", next.text());
            next.keys("o");
        }
        next.wait_for(carried);
    }
    assert!(!next.text().contains("never closed"), "{}", next.text());
    next.keys("5");
    next.wait_for("Reflection");
    next.keys("<F7>");
    next.wait_for("nearly missed");
    next.keys("<Esc><Esc>");
    next.wait_for("Morning · Assessments");
    next.keys("Q");
    assert_eq!(next.exit_code(), 0);
}

#[test]
fn a_day_that_was_never_closed_is_carried_over_the_next_morning_in_one_line_and_one_key() {
    let mut office = a_full_evening();
    office.at("2026-11-25T07:45");
    let mut next = office.open_board((120, 48));
    next.wait_for("Tue 24 Nov 2026 was never closed");
    next.keys("c");
    next.wait_for("closed 25 Nov 2026 07:4");
    // Done in one key, it is taken back in one.
    next.keys("u");
    next.wait_for("this day was never closed");
    next.keys("a");
    next.wait_for("closed 25 Nov 2026 07:4");
    next.keys("<Esc>");
    next.wait_for("Morning · Assessments");
    assert!(!next.text().contains("never closed"), "{}", next.text());
    for carried in ["NGUYEN Test", "HALE Test", "order gloves", "new numbness"] {
        next.wait_for(carried);
    }
    next.keys("Q");
    assert_eq!(next.exit_code(), 0);
}
