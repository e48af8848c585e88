//! Making, copying, bringing back, proving and re-keying the record.

use std::os::unix::fs::PermissionsExt;

use daysheet::action::Write;
use daysheet::action::write::TaskChange;
use daysheet::clinical::id::Ids;
use daysheet::clinical::task::{Owner, Task, TaskKind};
use daysheet::store::Mode;
use rusqlite::Connection;

use super::{Desk, PASSPHRASE, now};

/// Catches a task, so that the record holds something new.
fn catch(desk: &Desk, what: &str) {
    let seed = what.bytes().map(u64::from).sum();
    let mut store = desk.store(Mode::Write, seed);
    let task = Task {
        id: Ids::seeded(seed + 1).next(now().instant),
        patient: None,
        visit: None,
        kind: TaskKind::Task,
        what: what.to_owned(),
        due: None,
        owner: Owner::Me,
        caught_at: now().instant,
        done_at: None,
        result: String::new(),
        let_go: None,
    };
    store.commit(Write::PutTask { task, change: TaskChange::Caught }, now()).unwrap();
    store.close().unwrap();
}

/// Opens the record as another tool would.
fn other_tool(desk: &Desk) -> Connection {
    let conn = Connection::open(desk.record()).unwrap();
    conn.pragma_update(None, "key", PASSPHRASE).unwrap();
    conn
}

#[test]
fn init_makes_a_record_for_its_owner_alone_and_never_a_second_one() {
    let desk = Desk::with_record();
    assert_eq!(std::fs::metadata(desk.record()).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = std::fs::read(desk.record()).unwrap();
    assert!(!bytes.windows(11).any(|word| word == b"Kaltenbrunn"), "the name stands in plain text in the file");
    desk.run("init --name Other").could_not("There is already a file");
    assert_eq!(std::fs::read(desk.record()).unwrap(), bytes);
    assert!(desk.run("sheet").done().out.contains("Kaltenbrunn"));
}

#[test]
fn init_refuses_what_cannot_stand() {
    let desk = Desk::empty();
    std::fs::write(desk.path("empty"), "\n").unwrap();
    std::fs::write(desk.path("weak"), "password1\n").unwrap();
    desk.run_with("init --name X", "empty").could_not("an empty passphrase is not possible");
    desk.run_bare(&["init", "--name", " \u{1b} ", "--passphrase-file", "passphrase"])
        .could_not("name of the physician");
    desk.run_with("init --name X", "no-such-file").could_not("cannot be read");
    for wrong in ["init", "init --name X --region mars", "init --name X --zone Mars/Olympus"] {
        assert_eq!(desk.run(wrong).code, 2, "{wrong}");
    }
    assert!(!desk.record().exists());
    let weak = desk.run_with("init --name X", "weak");
    assert!(weak.done().words.contains("This passphrase is weak"), "{weak:?}");
}

#[test]
fn a_backup_is_a_whole_record_and_restoring_it_keeps_what_it_replaced() {
    let desk = Desk::with_record();
    catch(&desk, "before the copy");
    desk.run("backup copy.db").done();
    catch(&desk, "after the copy");
    assert!(desk.run("--file copy.db verify").done().out.starts_with("The record is sound: 3 change sets"));
    let restored = desk.run("restore copy.db");
    let kept = restored.done().words.split("is kept as ").nth(1).expect("it says where").trim().trim_end_matches('.');
    let tasks = |file: &str| desk.run(&format!("--file {file} find copy")).done().out.clone();
    let record = desk.record();
    let now = tasks(record.to_str().unwrap());
    assert!(now.contains("before the") && !now.contains("after the"), "{now}");
    assert!(tasks(kept).contains("after the"));
    desk.run("verify").done();
}

#[test]
fn a_restore_that_was_cut_off_is_finished_by_the_next_command_which_says_so() {
    let desk = Desk::with_record();
    catch(&desk, "before the copy");
    desk.run("backup copy.db").done();
    catch(&desk, "after the copy");
    let beside = |ending: &str| std::path::PathBuf::from(format!("{}{ending}", desk.record().display()));
    let kept = beside(".replaced-20261124-081500");
    // No new record is begun, and none is said to be missing.
    for command in ["sheet", "verify", "import nowhere.ics", "init --name Other"] {
        std::fs::copy(desk.path("copy.db"), beside(".restore-under-way")).unwrap();
        std::fs::rename(desk.record(), &kept).unwrap();
        let ran = desk.run(command);
        assert!(
            ran.words.contains("A restore that was cut off is finished")
                && ran.words.contains("the record set aside last is kept as")
                && ran.words.contains(".replaced-"),
            "{ran:?}"
        );
        assert!(desk.run("find copy").done().out.contains("before the"), "{command}");
    }
    assert!(desk.run(&format!("--file {} verify", kept.display())).done().out.starts_with("The record is sound"));
}

#[test]
fn nothing_is_restored_while_another_program_holds_the_record_which_is_said() {
    let desk = Desk::with_record();
    desk.run("backup copy.db").done();
    let held = desk.store(Mode::Write, 7);
    let before = std::fs::read(desk.record()).unwrap();
    let holder = format!("The record is in use by another daysheet (process {}", std::process::id());
    desk.run("restore copy.db").could_not(&holder);
    desk.run("restore copy.db").could_not("Close it there and try again");
    assert_eq!(std::fs::read(desk.record()).unwrap(), before);
    // A restore that was cut off is not finished then either, and no record is begun in its place.
    let beside = |ending: &str| std::path::PathBuf::from(format!("{}{ending}", desk.record().display()));
    std::fs::copy(desk.path("copy.db"), beside(".restore-under-way")).unwrap();
    std::fs::rename(desk.record(), beside(".replaced-20261124-081500")).unwrap();
    for command in ["sheet", "init --name Other"] {
        desk.run(command).could_not(&holder);
        assert!(!desk.record().exists(), "{command}");
    }
    drop(held);
    desk.run("sheet").done();
}

#[test]
fn a_copy_never_takes_the_place_of_something_else() {
    let desk = Desk::with_record();
    std::fs::write(desk.path("letter.txt"), "dear colleague").unwrap();
    desk.run("backup letter.txt").could_not("There is already a file");
    assert_eq!(std::fs::read_to_string(desk.path("letter.txt")).unwrap(), "dear colleague");
    let record = desk.record();
    desk.run(&format!("backup {}", record.display())).could_not("There is already a file");
    desk.run("backup /no/such/folder/copy.db");
    desk.run("backup copy.db").done();
    desk.run("backup copy.db").done();
}

#[test]
fn a_damaged_record_is_not_copied_and_a_damaged_copy_not_restored() {
    let desk = Desk::with_record();
    desk.run("backup copy.db").done();
    let sound = std::fs::read(desk.record()).unwrap();
    let mut damaged = sound.clone();
    let at = damaged.len() / 2;
    damaged[at] ^= 1;
    std::fs::write(desk.path("copy.db"), &damaged).unwrap();
    let refused = desk.run("restore copy.db");
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.words.contains("The copy copy.db is damaged and was not restored"), "it is the copy: {refused:?}");
    assert_eq!(std::fs::read(desk.record()).unwrap(), sound);
    std::fs::write(desk.record(), &damaged).unwrap();
    let refused = desk.run("backup second.db");
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(!desk.path("second.db").exists() && !desk.path("second.db.part").exists());
}

#[test]
fn what_was_changed_past_the_log_is_named_by_verify() {
    let desk = Desk::with_record();
    assert!(desk.run("verify").done().out.contains("is sound"));
    let other = other_tool(&desk);
    let change = "UPDATE practice SET physician = 'Somebody Else'";
    assert!(other.execute_batch(change).is_err(), "another tool changes a fact as if there were no log");
    other.execute_batch(&format!("DROP TRIGGER auto_log_practice_update; {change}")).unwrap();
    drop(other);
    let verified = desk.run("verify");
    assert_eq!(verified.code, 1);
    let finding = verified.out.lines().find(|line| line.starts_with("practice ")).expect("names the table");
    assert!(finding.ends_with("differs from the log in physician"), "{finding}");
    assert!(verified.words.contains("is not sound"), "{}", verified.words);
}

#[test]
fn a_log_that_was_cut_off_is_found_against_a_backup() {
    let desk = Desk::with_record();
    let earlier = std::fs::read(desk.record()).unwrap();
    catch(&desk, "cut off");
    desk.run("backup copy.db").done();
    desk.run("verify --against copy.db").done();
    std::fs::write(desk.record(), earlier).unwrap();
    assert!(desk.run("verify").done().out.contains("is sound"), "alone it looks whole");
    let verified = desk.run("verify --against copy.db");
    assert_eq!(verified.code, 1);
    assert!(verified.out.contains("ends at 2, but once reached 3"), "{}", verified.out);
    assert!(verified.words.contains("ends earlier than it once did"), "{}", verified.words);
}

#[test]
fn a_new_passphrase_opens_the_record_and_the_old_one_only_older_copies() {
    let desk = Desk::with_record();
    desk.run("backup copy.db").done();
    std::fs::write(desk.path("new"), "seven quiet lanterns above\n").unwrap();
    std::fs::write(desk.path("empty"), "\n").unwrap();
    desk.run("passphrase --new-passphrase-file empty").could_not("empty passphrase");
    desk.run_with("passphrase --new-passphrase-file new", "new").could_not("passphrase");
    desk.run("passphrase --new-passphrase-file new").done();
    desk.run_with("verify", "new").done();
    let old = desk.run("sheet");
    old.could_not("does not open");
    assert!(old.words.contains("Try again"), "{}", old.words);
    desk.run("--file copy.db verify").done();
    desk.run_with("--file copy.db verify", "new").could_not("does not open");
}

#[test]
fn while_one_process_writes_others_read_and_are_told_who_holds_it() {
    let desk = Desk::with_record();
    let holder = desk.store(Mode::Write, 3);
    std::fs::write(desk.path("new"), "seven quiet lanterns above\n").unwrap();
    let mine = format!("process {}", std::process::id());
    desk.run("passphrase --new-passphrase-file new").could_not(&mine);
    desk.run("sheet").done();
    desk.run("find lantern").done();
    desk.run("verify").done();
    desk.run("backup copy.db").done();
    desk.run("restore copy.db").could_not(&mine);
    holder.close().unwrap();
    desk.run("restore copy.db").done();
}

#[test]
fn a_badly_damaged_record_is_told_in_few_sentences_with_what_is_left_and_what_to_do() {
    let desk = Desk::with_record();
    catch(&desk, "before the damage");
    let whole = std::fs::read(desk.record()).unwrap();
    let pages = whole.len() / 4096;
    let flipped = |every: usize| {
        let mut bytes = whole.clone();
        (2..pages).filter(|page| page % every == 0).for_each(|page| bytes[page * 4096 + 9] ^= 1);
        bytes
    };
    let folder = desk.path("data/daysheet/backups");
    std::fs::create_dir_all(&folder).unwrap();
    for (case, bytes, words) in [
        ("one page", flipped(pages - 1), "page "),
        ("every third", flipped(3), "pages are not as they were written: "),
        ("all", flipped(1), "pages are not as they were written: 3–"),
        ("cut at a page", whole[..pages / 2 * 4096].to_vec(), "was cut off"),
        ("cut in a page", whole[..pages / 2 * 4096 + 100].to_vec(), "was cut off"),
    ] {
        std::fs::write(desk.record(), &bytes).unwrap();
        let ran = desk.run("verify");
        assert_eq!(ran.code, 1, "{case}: {ran:?}");
        assert!(ran.out.contains(words) && ran.out.contains("can be read to the end: "), "{case}: {}", ran.out);
        assert!(ran.out.lines().count() <= 5 && ran.out.len() < 1000, "{case}: {}", ran.out);
        assert!(ran.words.contains("is damaged") && ran.words.contains("Nothing was changed"), "{case}: {}", ran.words);
        assert!(ran.words.contains("`daysheet restore FILE`"), "{case}: {}", ran.words);
        for raw in ["Tree ", "btree", "`daysheet verify`", "HMAC"] {
            assert!(!ran.out.contains(raw) && !ran.words.contains(raw), "{case}: {ran:?}");
        }
        assert_eq!(std::fs::read(desk.record()).unwrap(), bytes, "{case}: looking changes nothing");
    }
    std::fs::write(folder.join("record.db.20261123-180000.backup"), &whole).unwrap();
    std::fs::write(folder.join("record.db.20261122-180000.backup"), &whole).unwrap();
    let advice = desk.run("verify").words;
    assert!(advice.contains("record.db.20261123-180000.backup` brings back the newest"), "{advice}");
    std::fs::write(desk.path("copy.db"), flipped(2)).unwrap();
    std::fs::write(desk.record(), &whole).unwrap();
    desk.run("verify --against copy.db").could_not("");
}

#[test]
fn an_import_of_several_files_reads_them_all_before_it_writes_any() {
    let desk = Desk::with_record();
    let write = |name: &str, text: &str| std::fs::write(desk.path(name), text).unwrap();
    write("week.csv", "date,time,last name,first name,birth date,mrn\n2026-11-24,09:00,Okafor,Test,1972-03-02,A-7\n");
    write("scores.csv", "mrn,date,instrument,value\nA-7,2026-10-01,RMDQ,9\n");
    write("broken.ics", "nothing of a calendar\n");
    desk.run("import week.csv").done();
    for files in ["scores.csv broken.ics", "scores.csv nowhere.ics", "scores.csv week.csv --mapping nosuch"] {
        desk.run(&format!("import {files}")).could_not("Nothing was changed.");
        let left = desk.run("import --dry-run scores.csv");
        assert!(left.done().words.contains("scores.csv: 1 new"), "after {files}: {left:?}");
    }
    // The schedule goes in first: the scores are of the patients that it brings.
    write("later.csv", "date,time,last name,first name,birth date,mrn\n2026-11-24,10:00,Ruiz,Test,1972-03-02,A-8\n");
    let ran = desk.run("import scores.csv later.csv --save-mapping ../out");
    assert!(ran.code == 1 && ran.words.contains("What was brought in before stays: later.csv"), "{ran:?}");
    assert!(desk.run("import --dry-run scores.csv").done().words.contains("1 new"));
    write("hers.csv", "mrn,date,instrument,value\nA-9,2026-10-01,RMDQ,9\n");
    write("her_week.csv", "date,time,last name,first name,birth date,mrn\n2026-11-24,11:00,Ng,Test,1972-03-02,A-9\n");
    desk.run("import hers.csv her_week.csv").done();
    assert!(desk.run("import --dry-run hers.csv").done().words.contains("1 as it was"));
}

#[test]
fn a_calendar_that_was_given_another_name_is_told_as_one_that_may_come_in_twice() {
    let desk = Desk::with_record();
    let write = |name: &str, uids: &[&str]| {
        let event = |uid: &&str| {
            let hour = 10 + uid.len();
            format!("BEGIN:VEVENT\nUID:{uid}\nDTSTART:20261124T{hour}0000\nSUMMARY:{uid}\nEND:VEVENT\n")
        };
        let events = uids.iter().map(event).collect::<Vec<_>>().concat();
        let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:{name}\n{events}END:VCALENDAR\n");
        std::fs::write(desk.path("cal.ics"), text).unwrap();
    };
    write("Clinic", &["a", "bb", "ccc"]);
    assert!(desk.run("import cal.ics").done().words.contains("3 new"));
    write("Pain clinic", &["a", "bb", "dddd"]);
    let again = desk.run("import cal.ics");
    let words = &again.done().words;
    assert!(words.contains("2 of the 3 appointments of \u{201c}Clinic\u{201d} stand in"), "{words}");
    assert!(words.contains("3 new") && !words.contains("gone"), "{words}");
    assert!(desk.run("import cal.ics").done().words.contains("3 as they were"));
    // An appointment that two calendars share makes them no one calendar.
    write("Team", &["a", "eeeee"]);
    let other = desk.run("import cal.ics");
    assert!(other.done().words.contains("2 new"), "{other:?}");
}

#[test]
fn two_tables_whose_ids_both_count_from_one_are_two_schedules() {
    let desk = Desk::with_record();
    let write = |name: &str, text: &str| std::fs::write(desk.path(name), text).unwrap();
    write("a.csv", "ApptID,Date,Time,Last name,First name,DOB\n1,2026-11-24,09:00,Okafor,Test,1972-03-02\n");
    write("b.csv", "ApptID,Day,Start,Surname,Forename,Born\n1,2026-11-24,11:00,Ruiz,Test,1962-03-02\n");
    desk.run("import a.csv").done();
    let second = desk.run("import b.csv");
    assert!(second.done().words.contains("1 new") && !second.words.contains("another name"), "{second:?}");
}
