//! The driver, driving the shell.

use daysheet::action::input::Input;
use daysheet::app::terminal::decode::Decoder;

use super::*;

#[test]
fn the_driver_sends_the_keys_it_is_told() {
    let keys = read_keys("a<lt><Enter><Esc><Ctrl-S><F1><F5><F12><Shift-Tab><Ctrl-Left><Shift-F2><PgUp><Space>é<");
    assert_eq!(keys.len(), 15);
    let (mut decoder, mut inputs) = (Decoder::default(), Vec::new());
    decoder.feed(&keys.iter().copied().flat_map(bytes_of).collect::<Vec<u8>>(), &mut inputs);
    assert_eq!(inputs, keys.into_iter().map(Input::Key).collect::<Vec<_>>());
}

fn shell(script: &str, variables: &[(&str, &str)]) -> (Home, Session) {
    let home = Home::new();
    let session = home.open_program("/bin/sh", &["-c", script], (80, 24), variables);
    (home, session)
}

#[test]
fn the_driver_types_looks_resizes_and_sees_the_end() {
    let script = "stty size; read a; printf 'hello %s in %s\\033]52;c;T0tBRk9S\\007\\n' \"$a\" \"$ROOM\"; read b; stty size; exit 7";
    let (_home, mut shell) = shell(script, &[("ROOM", "two")]);
    shell.wait_for("24 80");
    shell.keys("OKAFOR<Enter>");
    shell.wait_for("hello OKAFOR in two");
    assert_eq!(shell.pressed(), 7);
    assert_eq!(shell.clipboard().as_deref(), Some("OKAFOR"));
    shell.resize((100, 30));
    shell.keys("<Enter>");
    shell.wait_for("30 100");
    assert_eq!(shell.exit_code(), 7);
    assert!(shell.bytes() > 40);
}

#[test]
fn the_driver_pastes_and_clicks_as_a_terminal_does() {
    let script =
        "printf '\\033[?2004h\\033[?1000h'; stty raw -echo; echo ready; dd bs=1 count=35 2>/dev/null | od -An -c";
    let (_home, mut shell) = shell(script, &[]);
    shell.wait_for("ready");
    shell.paste("a\nb");
    shell.click(2, 4);
    shell.keys("<Esc><F4>xxxx");
    let shown = shell.last_words().split_whitespace().collect::<String>();
    assert!(shown.contains("033[200~a\\rb033[201~033[<0;3;5M033[<0;3;5m"), "{shown}");
    assert_eq!(shell.left_on(), ["bracketed paste", "the mouse"]);
}

#[test]
fn the_driver_signals_kills_and_closes_the_terminal() {
    let script = "trap 'exit 9' HUP; trap 'printf gone; exit 8' TERM; trap 'echo drawn' WINCH; printf '\\033cready'; while :; do read x; done";
    let (_home, mut asked) = shell(script, &[]);
    asked.wait_for("ready");
    asked.signal("TERM");
    assert_eq!((asked.exit_code(), asked.last_words()), (8, "readygone".to_owned()));

    let (_home, mut killed) = shell(script, &[]);
    killed.wait_for("ready");
    killed.kill();
    assert_ne!(killed.exit_code(), 0);

    let (_home, mut closed) = shell(script, &[]);
    closed.wait_for("ready");
    closed.close_terminal();
    assert_eq!(closed.exit_code(), 9);
}

#[test]
fn waiting_for_what_goes_away_sees_it_go() {
    let (_home, mut shell) = shell("printf 'first'; read a; printf '\\033[2J\\033[Hsecond'; read b", &[]);
    shell.wait_for("first");
    shell.keys("<Enter>");
    shell.wait_for_no("first");
    shell.wait_for("second");
    shell.keys("<Enter>");
    assert_eq!(shell.exit_code(), 0);
}

#[test]
fn the_binary_starts_and_ends_by_itself_when_asked_its_version() {
    let home = Home::new();
    let output = home.run(&["--version"], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(home.open(&["--version"], (80, 24)).exit_code(), 0);
    assert_eq!(home.open_with(&["--version"], (80, 24), &[("NO_COLOR", "1")]).exit_code(), 0);
}
