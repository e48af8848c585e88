//! Two windows on one record: one writes, the other reads.

use super::*;

#[test]
fn the_second_window_says_who_holds_the_record_and_only_reads() {
    let office = Office::with(&[("09:00", "OKAFOR", "back", VisitKind::FollowUp)]);
    let mut first = office.open_board(LARGE);
    let mut second = office.open_locked(LARGE);
    second.wait_for("passphrase");
    second.keys(&format!("{PASSPHRASE}<Enter>"));
    second.wait_for_words(&format!("process {}", first.process()));
    second.wait_for_words("Ctrl-R to read only");
    second.keys(&format!("{PASSPHRASE}<Ctrl-R>"));
    second.wait_for("OKAFOR");
    second.wait_for("read");
    // Every kind of write is refused in words.
    for keys in ["<Space>", "s7", "n", "=", "xn"] {
        second.keys("<Esc><Esc>");
        second.keys(keys);
        second.wait_until(&format!("words for {keys}"), |screen| {
            screen.contains("only read")
                || screen.contains("only reads")
                || screen.contains("read here")
                || screen.contains("no plan")
        });
    }
    second.keys("<Esc><Esc><Esc>");
    second.wait_for("Morning · Assessments");
    // What is opened can be read; nothing can be typed into it and be lost.
    second.keys("<Enter>");
    second.wait_for("Assessment · follow-up");
    second.keys("7");
    second.wait_for_words("This window only reads");
    second.paste("pasted");
    second.keys("<Ctrl-S>");
    second.wait_for_words("This window only reads");
    assert!(!second.text().contains("▐7"), "{}", second.text());
    second.keys("<Esc>");
    second.wait_for("Morning · Assessments");
    second.keys("xc");
    second.wait_for("Cancelled, because");
    second.keys("moved away");
    second.wait_for_words("This window only reads");
    assert!(!second.text().contains("moved"), "{}", second.text());
    second.keys("<Esc>");
    // The first goes on writing beside it.
    first.keys("<Space>");
    first.wait_for("OKAFOR Test: here");
    // With its next key the other shows it too.
    second.keys("<Tab>");
    second.wait_for("◐ 09:00");
    second.keys("QQ");
    assert_eq!(second.exit_code(), 0);
    first.keys("QQ");
    assert_eq!(first.exit_code(), 0);
    let facts = office.facts();
    assert!(facts.iter().any(|fact| fact.contains("Here")), "{facts:?}");
    assert!(!facts.iter().any(|fact| fact.starts_with("draft")), "{facts:?}");

    // With nobody else in it, the same window writes.
    let mut third = office.open_board(LARGE);
    third.keys("<Space>");
    third.wait_for("OKAFOR Test: in room");
    third.keys("QQ");
    assert_eq!(third.exit_code(), 0);
}
