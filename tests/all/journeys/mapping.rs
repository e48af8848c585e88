//! What was recognised once is kept: a mapping saved in the preview, lists of single days, a pattern of titles, and a
//! patient confirmed on the board.

use super::*;

/// A list of the front desk: date, time, family and given name, reason.
fn list(rows: &[(&str, &str, &str, &str, &str)]) -> String {
    let mut text = "Appt Date,Appt Time,Last,First,DOB,Reason\n".to_owned();
    for (date, time, family, given, reason) in rows {
        text.push_str(&format!("{date},{time},{family},{given},02/03/1972,{reason}\n"));
    }
    text
}

fn preview(day: &mut Session, file: &std::path::Path, says: &str) {
    day.keys("I");
    day.wait_for("Import a schedule");
    day.keys(&format!("{}<Enter>", file.display()));
    day.wait_for(says);
}

#[test]
fn a_mapping_saved_in_the_preview_reads_the_next_list_and_no_list_speaks_for_another_day() {
    let office = Office::new();
    office.set("");
    let (monday, tuesday) = (office.home.path().join("tue.csv"), office.home.path().join("wed.csv"));
    let rows = [("11/24/2026", "09:00", "Okafor", "Adaeze", "back"), ("11/24/2026", "09:20", "Hale", "Ruth", "neck")];
    std::fs::write(&monday, list(&rows)).unwrap();
    std::fs::write(&tuesday, list(&[("11/25/2026", "10:00", "Nguyen", "Linh", "migraine")])).unwrap();

    let mut day = office.open_board(LARGE);
    preview(&mut day, &monday, "new 2");
    day.keys("m");
    day.wait_for("save what was recognised");
    day.keys("s");
    day.wait_for("Save the mapping as");
    day.keys("front desk<Enter>");
    day.wait_for("the next file like it is read by front desk");
    day.wait_for("· by front desk");
    day.keys("a");
    day.wait_for("09:20 HALE Ruth");
    let mapping = std::fs::read_to_string(office.home.path().join("mappings/front desk.toml")).unwrap();
    for words in
        ["date_order = \"mdy\"", "delimiter = \",\"", "encoding = \"UTF-8\"", "family = \"Last\"", "headers = ["]
    {
        assert!(mapping.contains(words), "{words}: {mapping}");
    }

    // A list of the next day has the same headers: it is read by the mapping, and nobody of today is gone.
    preview(&mut day, &tuesday, "· by front desk");
    day.wait_for("new 1");
    day.wait_for_no("gone");
    day.keys("a");
    day.wait_for("import of wed.csv");

    // The same list without one of its rows: that one is gone, and no other.
    std::fs::write(&monday, list(&rows[..1])).unwrap();
    preview(&mut day, &monday, "gone 1");
    day.wait_for("as it was 1");
    // Where somebody says that it speaks for Wednesday too, Wednesday's visit came with another list and stays.
    day.keys("d");
    day.wait_for("Days looked at");
    day.keys("24 nov to 25 nov");
    day.wait_for("24 Nov 2026 – 25 Nov 2026");
    day.keys("<Enter>");
    day.wait_for("gone 1");
    day.keys("x");
    day.wait_for("Apply, and cancel what is gone?");
    day.keys("x");
    day.wait_for("Morning · Assessments");
    day.wait_for("cancelled");
    day.keys(">");
    day.wait_for("○ 10:00 NGUYEN Linh");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);

    let store = office.store(Mode::Read);
    assert_eq!(patients(&store).len(), 3, "nobody was made twice");
}

#[test]
fn a_pattern_of_titles_names_patients_who_are_confirmed_on_the_board() {
    let office = Office::with(&[("08:00", "Okafor", "back", VisitKind::FollowUp)]);
    office.set("");
    let file = office.home.path().join("clinic.ics");
    let event = |uid: &str, start: &str, title: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}@invented\r\nDTSTART:{start}\r\nDURATION:PT20M\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        )
    };
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Clinic\r\n{}{}{}END:VCALENDAR\r\n",
        event("a", "20261124T100000", "Pain visit: Test Okafor"),
        event("b", "20261124T103000", "Pain visit: Ruth Hale"),
        event("c", "20261124T120000", "Lunch with the team"),
    );
    std::fs::write(&file, calendar).unwrap();

    let mut day = office.open_board(LARGE);
    preview(&mut day, &file, "new 3");
    day.wait_for("block");
    day.keys("m");
    day.wait_for("say how a title names a patient");
    day.keys("t");
    day.wait_for("How a title names a patient");
    day.keys("Pain visit: {given}<Enter>");
    day.wait_for("names no patient");
    day.keys(" {family}<Enter>");
    day.wait_for("HALE Ruth");
    day.keys("ms");
    day.wait_for("Save the mapping as");
    day.keys("clinic<Enter>");
    day.wait_for("· by clinic");
    day.keys("a");
    day.wait_for("10:30 HALE Ruth");
    day.wait_for("patient?");
    // Each is confirmed by one key and an answer; the block is made a visit by one key.
    day.keys("b");
    day.wait_for("Make the block a visit");
    day.keys("<Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("jf");
    day.wait_for("found by the bare name in the schedule");
    day.keys("y");
    day.wait_for_no("patient?");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let mapping = std::fs::read_to_string(office.home.path().join("mappings/clinic.toml")).unwrap();
    assert!(
        mapping.contains("Pain visit: {given} {family}") && mapping.contains("calendars = [\"Clinic\"]"),
        "{mapping}"
    );
}
