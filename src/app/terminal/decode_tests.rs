use proptest::prelude::*;

use super::*;

const ESCAPE: Key = Key::of(KeyCode::Esc);

fn read(pieces: &[&[u8]]) -> Vec<Input> {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    for piece in pieces {
        decoder.feed(piece, &mut out);
    }
    decoder.settle(&mut out);
    out
}

fn keys(bytes: &[u8]) -> String {
    let names = read(&[bytes]).into_iter().map(|input| match input {
        Input::Key(key) => key.to_string(),
        other => format!("{other:?}"),
    });
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn plain_terminals_send_these_keys() {
    for (bytes, names) in [
        (&b"aZ7+"[..], "a Z 7 +"),
        (b" ", "Space"),
        ("é日👩".as_bytes(), "é 日 👩"),
        (b"\r\t\x7f", "Enter Tab Backspace"),
        (b"\n\x08", "Enter Backspace"),
        (b"\x00\x01\x13\x1a\x1c\x1d\x1e\x1f", "Ctrl-Space Ctrl-A Ctrl-S Ctrl-Z Ctrl-\\ Ctrl-] Ctrl-^ Ctrl-_"),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1b[Z", "Up Down Right Left Home End Shift-Tab"),
        (b"\x1bOA\x1bOH\x1bOP\x1bOS\x1bOM", "Up Home F1 F4 Enter"),
        (b"\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~", "Home Insert Delete End PgUp PgDn"),
        (b"\x1b[11~\x1b[15~\x1b[17~\x1b[21~\x1b[23~\x1b[24~", "F1 F5 F6 F10 F11 F12"),
        (b"\x1b[25~\x1b[28~\x1b[29~\x1b[34~", "F13 F15 F16 F20"),
        (b"\x1b[[A\x1b[[E", "F1 F5"),
        (b"\x1b[1;5C\x1b[1;2A\x1b[3;5~\x1b[1;6F\x1b[1;2P", "Ctrl-Right Shift-Up Ctrl-Delete Ctrl-Shift-End Shift-F1"),
    ] {
        assert_eq!(keys(bytes), names, "{}", String::from_utf8_lossy(bytes).escape_debug());
    }
}

#[test]
fn the_kitty_protocol_gives_the_same_keys() {
    for (bytes, names) in [
        (&b"\x1b[27u"[..], "Esc"),
        (b"\x1b[115;5u\x1b[115;6u", "Ctrl-S Ctrl-Shift-S"),
        (b"\x1b[104;5u\x1b[105;5u\x1b[109;5u\x1b[91;5u", "Backspace Tab Enter Esc"),
        (b"\x1b[9;2u\x1b[13;2u\x1b[32;2u", "Shift-Tab Enter Space"),
        (b"\x1b[120;3u\x1b[1;3A", "Esc x Esc Up"),
        (b"\x1b[57399u\x1b[57408u\x1b[57414u\x1b[57413u\x1b[57419u", "0 9 Enter + Up"),
        (b"\x1b[97;1:1u\x1b[97;1:3u\x1b[97;1:2u", "a a"),
        (b"\x1b[97;9u\x1b[57441u\x1b[57376u", "F13"),
        (b"\x1b[27;5;115~", "Ctrl-S"),
        (b"\x1b[97:65;2u\x1b[233;4u\x1b[97;3u", "A Esc É Esc a"),
        (b"\x1b[233u", "é"),
        (b"\x1b[1114112u\x1b[0u", ""),
    ] {
        assert_eq!(keys(bytes), names, "{}", String::from_utf8_lossy(bytes).escape_debug());
    }
}

#[test]
fn escape_is_itself_also_inside_a_burst() {
    for (bytes, names) in [
        (&b"\x1b"[..], "Esc"),
        (b"\x1b\x1b", "Esc Esc"),
        (b"\x1b\x1b\x1b[A", "Esc Esc Up"),
        (b"\x1b\x1bOS", "Esc F4"),
        (b"\x1bn", "Esc n"),
        (b"7\x1b\x1bj\r", "7 Esc Esc j Enter"),
        (b"\x1b\r\x1b\x13\x1b\t", "Esc Enter Esc Ctrl-S Esc Tab"),
        ("\x1bé".as_bytes(), "Esc é"),
        (b"\x1b[", "Esc ["),
        (b"\x1bO", "Esc O"),
        (b"\x1bOx", "Esc O x"),
        (b"\x1b[\x1b[A", "Esc [ Up"),
    ] {
        assert_eq!(keys(bytes), names, "{}", String::from_utf8_lossy(bytes).escape_debug());
    }
}

#[test]
fn only_what_could_be_a_key_by_itself_waits() {
    for (bytes, waits) in [
        (&b"\x1b"[..], true),
        (b"a\x1b", true),
        (b"\x1b[", true),
        (b"\x1bO", true),
        (b"", false),
        (b"a", false),
        (b"\x1b[1", false),
        (b"\x1b[A", false),
        (b"\xc3", false),
        (b"\x1b[200~\x1b", false),
    ] {
        let mut decoder = Decoder::default();
        decoder.feed(bytes, &mut Vec::new());
        assert_eq!(decoder.is_waiting(), waits, "{bytes:?}");
    }
}

#[test]
fn a_paste_is_one_piece_with_plain_line_ends() {
    let paste = |text: &str| Input::Paste(text.to_owned());
    for (bytes, inputs) in [
        (&b"\x1b[200~two\rlines\x1b[201~"[..], vec![paste("two\nlines")]),
        (b"a\x1b[200~x\r\ny\tz\n\x1b[201~b", vec![Key::char('a').into(), paste("x\ny\tz\n"), Key::char('b').into()]),
        (b"\x1b[200~\x1b[201~", vec![paste("")]),
        (b"\x1b[200~\x1b[A \x1b[201\x1b[201~", vec![paste("\x1b[A \x1b[201")]),
        (b"\x1b[200~\xff\x1b[201~", vec![paste("\u{fffd}")]),
        (b"\x1b[201~", vec![]),
        (b"\x1b[200~not ended", vec![]),
    ] {
        assert_eq!(read(&[bytes]), inputs, "{bytes:?}");
    }
}

#[test]
fn a_million_characters_are_pasted_in_pieces_of_any_size() {
    let text = "daß 日 ".repeat(150_000);
    let bytes = [b"\x1b[200~", text.as_bytes(), b"\x1b[201~", b"\x1b"].concat();
    for size in [7, 4096] {
        let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
        assert_eq!(read(&pieces), [Input::Paste(text.clone()), ESCAPE.into()]);
    }
}

#[test]
fn the_mouse_is_read_in_cells_from_zero() {
    let mouse = |kind, x, y| vec![Input::Mouse(Mouse { kind, x, y })];
    for (bytes, inputs) in [
        (&b"\x1b[<0;1;1M"[..], mouse(MouseKind::Press(MouseButton::Left), 0, 0)),
        (b"\x1b[<2;300;90M", mouse(MouseKind::Press(MouseButton::Right), 299, 89)),
        (b"\x1b[<0;5;6m", mouse(MouseKind::Release, 4, 5)),
        (b"\x1b[<32;5;6M", mouse(MouseKind::Drag(MouseButton::Left), 4, 5)),
        (b"\x1b[<64;5;6M", mouse(MouseKind::ScrollUp, 4, 5)),
        (b"\x1b[<69;5;6M", mouse(MouseKind::ScrollDown, 4, 5)),
        (b"\x1b[<35;5;6M", vec![]),
        (b"\x1b[<66;5;6M", vec![]),
        (b"\x1b[<0;0;1M", vec![]),
        (b"\x1b[<0;1M", vec![]),
        (b"\x1b[<99999999999;1;1M", vec![]),
        (b"\x1b[M !!", vec![]),
        (b"\x1b[I\x1b[O", vec![Input::FocusGained, Input::FocusLost]),
    ] {
        assert_eq!(read(&[bytes]), inputs, "{}", String::from_utf8_lossy(bytes).escape_debug());
    }
}

#[test]
fn what_nobody_knows_is_swallowed_whole() {
    for bytes in [
        &b"\x1b[?62;22cx"[..],
        b"\x1b[12;40Rx",
        b"\x1b[>1;100;0cx",
        b"\x1b[?2026;2$yx",
        b"\x1b[99~x",
        b"\x1b[Ex",
        b"\x1b[[Zx",
        b"\xffx",
        b"\xe6\x97x",
        b"\xc2\x85x",
    ] {
        assert!(keys(bytes).ends_with('x'), "{bytes:?}");
        assert!(keys(bytes).len() <= "F3 x".len(), "{bytes:?} is {}", keys(bytes));
    }
}

#[test]
fn a_sequence_without_end_is_given_up() {
    let endless = [b"\x1b[".as_slice(), &[b'1'; 200], b"Ax"].concat();
    assert!(keys(&endless).ends_with('x'));
}

fn pieces_of_input() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        &b"a"[..],
        b"10",
        "é日".as_bytes(),
        b"\r",
        b"\x13",
        b"\x1b[A",
        b"\x1b[1;5C",
        b"\x1b[27u",
        b"\x1bOS",
        b"\x1b\x1b",
        b"\x1bn",
        b"\x1b[<0;3;4M",
        b"\x1b[200~a\rb\x1b[201~",
        b"\x1b[M abc",
    ]);
    prop::collection::vec(known, 0..20).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn the_same_bytes_give_the_same_input_however_they_are_cut(
        bytes in pieces_of_input(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        at.sort_unstable();
        let mut pieces = Vec::new();
        let mut from = 0;
        for to in at {
            pieces.push(&bytes[from..to]);
            from = to;
        }
        pieces.push(&bytes[from..]);
        prop_assert_eq!(read(&pieces), read(&[&bytes]));
    }

    #[test]
    fn no_bytes_at_all_stop_the_decoder(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(&bytes, &mut out);
        decoder.settle(&mut out);
        prop_assert!(decoder.held.len() <= LONGEST + 2);
    }
}
