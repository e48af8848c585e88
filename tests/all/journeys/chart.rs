//! The pages of a chart: what is looked up, how it went over the years, what happened, what was written.

use super::*;

#[test]
fn a_chart_is_read_page_by_page_and_left_with_one_key() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg"), ("09:20", "HALE", "neck")]);
    let mut day = office.open_board(LARGE);
    day.keys("<Space><Space><Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("7484767<Ctrl-S>");
    day.wait_for("OKAFOR Test: completed assessment");

    // The cover, then the trends: drawn, closer, all of it, as a table, other values.
    day.keys("p");
    day.wait_for("2 Trends");
    day.keys("2");
    day.wait_for("lower is better");
    day.wait_for("2 years: ");
    day.wait_for("30 % reached");
    day.keys("+");
    day.wait_for("1 year: ");
    day.keys("+");
    day.wait_for("3 months: ");
    day.keys("+");
    day.wait_for("This is as close as it goes");
    day.keys("---");
    day.wait_for("all: ");
    day.keys("t");
    day.wait_for("against the baseline");
    day.wait_for("the baseline");
    day.keys("v");
    day.wait_until("other values", |screen| screen.contains("─ PEG, lower is better") || screen.contains("─ pain now"));
    day.keys("t");
    day.wait_for_no("against the baseline");
    day.keys("<Enter>");
    day.wait_for("Assessment · follow-up");
    day.keys("<Esc>");
    day.wait_for("all: ");

    // All that happened, by kind and by words.
    day.keys("3");
    day.wait_for("all kinds");
    day.wait_for("follow-up 09:00");
    day.keys("f");
    day.wait_for("shows or hides its kind");
    day.keys("p<Enter>");
    day.wait_until("procedures alone", |screen| {
        screen.lines().any(|line| line.contains("Timeline ─") && line.contains("procedures"))
    });
    day.keys("<Esc>");
    day.wait_for("follow-up 09:00");
    day.keys("sleg<Enter>");
    day.wait_for("follow-up 09:00");
    day.keys("<Esc>");
    day.wait_for_no("search  leg");

    // What was written, and when.
    day.keys("4");
    day.wait_for("CHANGES");
    day.wait_for("completed assessment");
    // The next page after the last is the first; Esc leaves the chart from any of them.
    day.keys("<Tab>");
    day.wait_for_no("CHANGES");
    day.keys("4");
    day.wait_for("CHANGES");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("Q");
    day.wait_for("still here or in room");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

/// What is looked up stands on one screen: at 120×40 all of it for these of the made-up practice, years of visits behind them,
/// but for one of them. At 80×24 each block has its first line.
#[test]
fn the_cover_of_those_with_years_behind_them_stands_on_one_screen() {
    let home = Home::new();
    let mut day = home.open(&["demo", "--now", "2026-11-24T09:30"], LARGE);
    day.wait_for("Morning");
    let mut folded = Vec::new();
    for number in 10005..=10021 {
        day.keys(&format!("/{number}<Enter>"));
        day.wait_for("1 Cover");
        day.wait_for("╭─ Visits");
        let screen = day.text();
        if let Some(line) = screen.lines().find(|line| line.contains(" above ")) {
            folded.push(format!("{number}: {line}"));
        }
        day.resize(SMALL);
        let blocks = ["Assessed", "Allergies", "Anticoag", "Medicines", "Plan", "Open", "Ahead"];
        day.wait_until(&format!("each block of {number}"), |screen| blocks.iter().all(|block| screen.contains(block)));
        day.resize(LARGE);
        day.wait_until("the large cover", |screen| screen.contains("╭─ Trend"));
        day.keys("<Esc>");
        day.wait_for_no("1 Cover");
        day.keys("<Esc>");
        day.wait_for("Evening");
    }
    assert!(folded.len() <= 1, "{folded:#?}");
}

#[test]
fn the_same_page_is_there_again_after_the_lock() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut day = office.open_board(SMALL);
    day.keys("s6");
    day.wait_for("kept");
    day.keys("p2+");
    day.wait_for("1 year: ");
    day.keys("<Ctrl-L>");
    day.wait_for("passphrase");
    day.keys(&format!("{PASSPHRASE}<Enter>"));
    day.wait_for("1 year: ");
    day.keys("<Esc>");
    day.wait_for("Morning");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}
