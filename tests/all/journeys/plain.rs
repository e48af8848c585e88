//! The day in plain lines, as a screen reader has it: no boxes, one column, scales and marks in words.

use super::*;

/// What draws frames, curves and scales.
fn drawn(screen: &str) -> Option<char> {
    screen.chars().find(|c| ('\u{2500}'..='\u{259f}').contains(c) || ('\u{2800}'..='\u{28ff}').contains(c))
}

#[test]
fn a_visit_is_worked_through_in_plain_lines() {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back")]);
    office.set("[look]\nplain = true\n");
    let mut session = office.open((80, 24));
    session.wait_for("Morning, Assessments");
    let seen = |session: &Session| assert_eq!(drawn(&session.text()), None, "{}", session.text());
    seen(&session);
    // Everything that lies over the board.
    for (keys, words) in
        [("?", "On the board"), (":", "Commands"), ("s", "Pain now"), ("x", "Not coming"), ("g", "Go to")]
    {
        session.keys(keys);
        session.wait_for(words);
        seen(&session);
        session.keys("<Esc>");
        session.wait_for("Morning, Assessments");
    }
    session.keys("<Enter>");
    session.wait_for("section 1 of");
    session.wait_for("Assessment · follow-up");
    seen(&session);
    session.keys("7");
    session.wait_for("7, of 0 to 10; last");
    session.keys("=");
    session.wait_for("as last time");
    seen(&session);
    session.keys("<PgDn>");
    session.wait_for("section 2 of");
    seen(&session);
    session.keys("<Ctrl-S>");
    session.wait_for("Morning, Assessments");
    for (keys, words) in
        [("P", "section 1 of"), ("p", "Chart, "), ("/", "Find, "), ("w", "Week"), ("c", "Close of day")]
    {
        session.keys(keys);
        session.wait_for(words);
        seen(&session);
        session.keys("<Esc>");
        session.wait_for("Morning, Assessments");
    }
    session.keys("QQ");
    assert_eq!(session.exit_code(), 0);
}
