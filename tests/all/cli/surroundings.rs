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
fn a_full_disk_is_told_and_nothing_half_is_left() {
    let desk = Desk::with_record();
    let (ended, _, words) = shell(&desk, "\"$daysheet\" sheet --passphrase-file passphrase > /dev/full");
    assert_eq!(ended, Some(1));
    assert!(words.contains("could not be written"), "{words}");
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
