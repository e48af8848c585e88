//! One grammar of keys: catch and return, palette, help, hidden names, Esc, quit.

use super::*;

fn office() -> Office {
    Office::with(&[
        ("09:00", "OKAFOR", "back", VisitKind::FollowUp),
        ("09:40", "NGUYEN", "migraine", VisitKind::FollowUp),
    ])
}

#[test]
fn a_task_is_caught_from_within_a_form_and_the_very_field_comes_back() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>worse at night<Left><Left>");
    day.wait_for("worse at night");
    let cursor = day.look(vt100::Screen::cursor_position);
    for leave in ["call the pharmacy<Ctrl-S>", "<Esc>"] {
        day.keys("<F6>");
        day.wait_for("owner");
        day.keys(leave);
        day.wait_for("worse at night");
        day.wait_for_cursor(cursor);
    }
    day.keys("-X-<Esc>");
    day.wait_for("call the pharmacy");
    day.keys("<Enter>");
    day.wait_for("worse at nig-X-ht");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    // From the board too.
    day.keys("+ring the insurer<Ctrl-S>");
    day.wait_for("ring the insurer");
    day.wait_for("caught");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let facts = office.facts();
    for what in ["call the pharmacy", "ring the insurer"] {
        assert!(facts.iter().any(|fact| fact.starts_with("task") && fact.contains(what)), "{facts:?}");
    }
}

#[test]
fn the_palette_runs_commands_by_name_and_key_and_says_why_not() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys(":");
    day.wait_for("Commands");
    day.keys("keep the plan");
    day.wait_for("not now:");
    day.keys("<Enter>");
    day.wait_for_no("Commands ");
    assert!(foot(&day.text()).contains("plan"), "{}", day.text());
    day.keys(":one step<Enter>");
    day.wait_for("OKAFOR Test: here");
    day.keys("<Ctrl-P>undo<Enter>");
    day.wait_for("undid: here for OKAFOR Test");
    // In a form it is a chord, and what it opens comes back to the field.
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("4<PgDn><PgDn>abc<F5>");
    day.wait_for("Commands");
    day.keys("catch<Enter>");
    day.wait_for("owner");
    day.keys("<Esc>d");
    day.wait_for("abcd");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys(":quit<Enter>");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn help_lists_the_keys_of_the_place_and_takes_no_other() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("?");
    day.wait_for("On the board");
    let before = office.facts();
    day.keys("sx");
    day.keys("<Esc>");
    day.wait_for_no("On the board");
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("<F1>");
    day.wait_for("In a form");
    day.keys("<Esc><Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(office.facts(), before);
}

#[test]
fn names_are_hidden_everywhere_until_they_are_shown_again() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("<Space>");
    day.wait_for("OKAFOR Test: here");
    day.keys("<F9>");
    day.wait_for_no("NGUYEN");
    let hidden = |day: &Session| !day.text().contains("OKAFOR") && !day.text().contains("NGUYEN");
    assert!(hidden(&day), "{}", day.text());
    for keys in [
        "<Space>", "s", "<Esc>", "x", "<Esc>", "u", "U", "u", "<Enter>", "<F9><F9>", "<Esc>", "i", "<Esc>", "p",
        "<Esc>",
    ] {
        day.keys(keys);
        let what = format!("after {keys}");
        day.wait_until(&what, |screen| !screen.contains("OKAFOR") && !screen.contains("NGUYEN"));
    }
    day.keys("<F9>");
    day.wait_for("NGUYEN");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn esc_never_ends_the_program_and_quit_asks_while_someone_is_here() {
    let office = office();
    let mut day = office.open_board(SMALL);
    day.keys("<Esc><Esc><Esc><Space>");
    day.wait_for("OKAFOR Test: here");
    day.keys("q");
    day.wait_for("1 patient is still here or in room");
    // Any other key takes the question back.
    day.keys("jq");
    day.wait_for("1 patient is still here or in room");
    day.keys(">");
    day.wait_for("25 Nov");
    day.keys("Q");
    day.wait_for("1 patient is still here or in room");
    day.keys(":quit<Enter>");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn the_order_by_the_clock_is_kept_for_the_weekday() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.wait_for("Midday · Plans");
    let before = day.text();
    day.keys("a");
    day.wait_until("another order", |screen| screen != before && screen.contains("clock"));
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    let mut again = office.open(LARGE);
    again.wait_for("OKAFOR");
    again.wait_for("clock");
    again.keys("q");
    assert_eq!(again.exit_code(), 0);
}

#[test]
fn a_changed_name_is_shown_and_found_at_once() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("p");
    day.wait_for("OKAFOR Test");
    day.keys("e");
    day.wait_for("family");
    day.keys("<Ctrl-U><Ctrl-A><Backspace>OKONKWO<Ctrl-S>");
    day.wait_for("OKONKWO Test");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.wait_for("OKONKWO Test");
    day.keys("<Space>");
    day.wait_for("OKONKWO Test: here");
    day.keys("QQ");
    assert_eq!(day.exit_code(), 0);
}
