//! Where it runs: without a terminal, with closed ends, with a disk that is full.

use std::process::{Command, Stdio};

use super::Desk;

const BINARY: &str = env!("CARGO_BIN_EXE_daysheet");

/// Runs a line of the shell in which `daysheet` is the program.
fn shell(desk: &Desk, line: &str) -> (Option<i32>, String, String) {
    let output = Command::new("sh")
        .args(["-c", line])
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", desk.home.path())
        .env("XDG_DATA_HOME", desk.path("data"))
        .env("XDG_CONFIG_HOME", desk.path("config"))
        .env("daysheet", BINARY)
        .current_dir(desk.home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn wrong_usage_is_told_with_exit_code_two() {
    let desk = Desk::empty();
    for arguments in
        [&["--nope"][..], &["shete"], &["restore"], &["sheet", "today", "tomorrow"], &["completions", "csh"]]
    {
        let ran = desk.run_bare(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.words.starts_with("error: "), "{}", ran.words);
    }
}

#[test]
fn without_a_terminal_the_board_and_the_demo_say_so() {
    let desk = Desk::with_record();
    desk.run_bare(&[]).could_not("no terminal");
    desk.run_bare(&["demo"]).could_not("terminal");
    desk.run_bare(&["sheet"]).could_not("--passphrase-file");
}

#[test]
fn closed_ends_are_no_fault() {
    let desk = Desk::with_record();
    let secret = "--passphrase-file passphrase";
    for (line, code) in [
        (format!("\"$daysheet\" sheet {secret} <&-"), 0),
        ("\"$daysheet\" sheet <&-".to_owned(), 1),
        ("\"$daysheet\" <&-".to_owned(), 1),
        (format!("\"$daysheet\" sheet {secret} >&-"), 0),
        ("\"$daysheet\" sheet 2>&-".to_owned(), 1),
        (format!("\"$daysheet\" init --name X {secret} 2>&-"), 1),
        (format!("\"$daysheet\" verify {secret} <&- 2>&-"), 0),
    ] {
        let (ended, _, words) = shell(&desk, &line);
        assert_eq!(ended, Some(code), "{line}: {words}");
        assert!(!words.contains("fault of its own") && !words.contains("panicked"), "{line}: {words}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let desk = Desk::with_record();
    for command in ["keys", "keys --json", "completions bash", "sheet --passphrase-file passphrase", "calc", "--help"] {
        let line = format!("{{ \"$daysheet\" {command}; echo \"code $?\" >&2; }} | true");
        let (_, _, words) = shell(&desk, &line);
        assert_eq!(words, "code 0\n", "{command}");
    }
}

#[test]
fn a_schedule_may_be_piped_in_and_one_without_end_is_refused() {
    let desk = Desk::with_record();
    let import = "\"$daysheet\" import --json --dry-run --passphrase-file passphrase --from 2026-01-01 --to 2027-01-01";
    let table = "printf 'date,time,last,first\\n2026-11-24,08:00,Okafor,Adaeze\\n'";
    for from in ["-", "/dev/stdin"] {
        let (ended, out, words) = shell(&desk, &format!("{table} | {import} {from}"));
        assert_eq!((ended, out.lines().count()), (Some(0), 1), "{from}: {words}");
        assert!(out.contains("Okafor"), "{out}");
    }
    let (ended, out, words) = shell(&desk, &format!("{import} /dev/zero"));
    assert_eq!((ended, out.as_str()), (Some(1), ""), "{words}");
    assert!(words.contains("larger than"), "{words}");
}

#[test]
fn a_full_disk_is_told_and_nothing_half_is_left() {
    let desk = Desk::with_record();
    let (ended, _, words) = shell(&desk, "\"$daysheet\" sheet --passphrase-file passphrase > /dev/full");
    assert_eq!(ended, Some(1));
    assert!(words.contains("could not be written"), "{words}");
}

/// No file of the program may grow beyond so many KiB: a disk that is full, now and at every later stage of the work.
#[test]
fn a_disk_that_is_full_anywhere_in_the_work_loses_nothing() {
    let desk = Desk::with_record();
    std::fs::write(desk.path("new"), "seven quiet lanterns above\n").unwrap();
    std::fs::write(desk.path("week.csv"), "date,time,last name,first name\n2026-11-25,09:00,Okafor,Test\n").unwrap();
    let record = desk.record();
    let whole = std::fs::read(&record).unwrap();
    let size = whole.len() / 1024;
    std::fs::write(desk.path("good.db"), &whole).unwrap();
    for command in [
        "init --name X --file other.db",
        "backup copy.db",
        "passphrase --new-passphrase-file new",
        "restore good.db",
        "import week.csv",
    ] {
        for limit in [1, 40, size / 2, size - 1] {
            std::fs::write(&record, &whole).unwrap();
            let line = format!(
                "trap '' XFSZ; ulimit -f {limit}; \"$daysheet\" {command} --passphrase-file passphrase --now 2026-11-24T10:14"
            );
            let (ended, _, words) = shell(&desk, &line);
            let case = format!("{command}, {limit} KiB of {size}: {words}");
            // An import is small: once it is kept beside the record, folding it in can wait.
            let is_small = command.starts_with("import") && limit >= size / 2;
            assert_eq!(ended, Some(i32::from(!is_small)), "{case}");
            assert!(!words.contains("fault of its own") && !words.contains("panicked"), "{case}");
            assert!(is_small || words.contains("disk"), "{case}");
            for made in ["other.db", "copy.db", "copy.db.part", "data/daysheet/record.db.room"] {
                assert!(!desk.path(made).exists(), "{made} is left: {case}");
            }
            let is_untouched = std::fs::read(&record).unwrap() == whole && !record.with_extension("db-wal").exists();
            assert!(is_untouched || desk.run("verify").done().out.contains("is sound"), "{case}");
        }
    }
}

#[test]
fn a_record_that_can_only_be_read_is_read_and_nothing_is_written_to_it() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_record();
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let folder = desk.path("read-only");
    std::fs::create_dir(&folder).unwrap();
    let record = folder.join("record.db");
    std::fs::copy(desk.record(), &record).unwrap();
    let before = std::fs::read(&record).unwrap();
    mode(&record, 0o444);
    mode(&folder, 0o555);
    mode(desk.home.path(), 0o777);
    mode(&desk.path("passphrase"), 0o644);
    // Root may write anywhere: whoever is root becomes nobody first.
    let line =
        "if [ \"$(id -u)\" = 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\"; else \"$@\"; fi";
    for (command, code, words) in [
        ("sheet", 0, ""),
        ("find nobody", 0, ""),
        ("verify", 0, ""),
        ("backup copy.db", 0, "Copied and verified"),
        ("passphrase --new-passphrase-file passphrase", 1, "can only be read here"),
        ("import nowhere.ics", 1, "can only be read here"),
    ] {
        let program = format!("\"$daysheet\" --file read-only/record.db {command} --passphrase-file passphrase");
        let (ended, out, said) = shell(&desk, &format!("run() {{ {line}; }}; run {program}"));
        assert_eq!(ended, Some(code), "{command}: {said}");
        assert!(said.contains(words), "{command}: {said}");
        assert!(command != "sheet" || out.contains("Kaltenbrunn"), "{out}");
        assert_eq!(std::fs::read(&record).unwrap(), before, "{command}");
    }
    mode(&folder, 0o755);
}

#[test]
fn a_passphrase_may_come_from_another_command() {
    let desk = Desk::with_record();
    let (ended, out, words) = shell(&desk, "\"$daysheet\" sheet --passphrase-command 'cat passphrase'");
    assert_eq!(ended, Some(0), "{words}");
    assert!(out.contains("Kaltenbrunn"), "{out}");
    let (ended, _, words) = shell(&desk, "\"$daysheet\" sheet --passphrase-command 'false'");
    assert_eq!(ended, Some(1));
    assert!(words.contains("passphrase command failed"), "{words}");
}
