//! The editor, tried by tables and by random edits.

use proptest::prelude::*;

use super::{Edit, Lines, Motion, Taken, Wrap, width_of};

fn typed(edit: &mut Edit, text: &str) {
    for c in text.chars() {
        edit.insert(c.encode_utf8(&mut [0; 4]));
    }
}

#[test]
fn backspace_takes_what_a_reader_sees_as_one_character() {
    for (text, left) in [
        ("ab", "a"),
        ("ne\u{301}", "n"),
        ("x👩‍👩‍👧‍👦", "x"),
        ("x🇩🇪", "x"),
        ("x👍🏽", "x"),
        ("日本", "日"),
        ("नि", ""),
        ("각", ""),
        ("", ""),
    ] {
        let mut edit = Edit::line(text, 100);
        edit.delete(Motion::Left);
        assert_eq!(edit.text(), left, "{text}");
        assert!(edit.is_boundary(edit.at()));
    }
}

#[test]
fn words_are_crossed_as_the_hand_expects() {
    let text = "burning, since 3 w. café";
    let mut edit = Edit::line(text, 100);
    let mut stops = vec![];
    while edit.go(Motion::WordLeft) {
        stops.push(edit.at());
    }
    assert_eq!(stops, [20, 18, 17, 15, 9, 7, 0]);
    let mut stops = vec![];
    while edit.go(Motion::WordRight) {
        stops.push(edit.at());
    }
    assert_eq!(stops, [7, 8, 14, 16, 18, 19, text.len()]);
}

#[test]
fn a_word_is_one_step_of_undo() {
    let mut edit = Edit::line("", 100);
    typed(&mut edit, "sharp pain");
    edit.undo();
    assert_eq!(edit.text(), "sharp ");
    edit.undo();
    assert_eq!(edit.text(), "");
    assert!(!edit.undo());
    edit.redo();
    edit.redo();
    assert_eq!(edit.text(), "sharp pain");
    assert!(!edit.redo());
    for _ in 0..4 {
        edit.delete(Motion::Left);
    }
    edit.undo();
    assert_eq!(edit.text(), "sharp pain");
}

#[test]
fn typing_replaces_what_is_selected_and_undo_brings_it_back() {
    let mut edit = Edit::line("left knee", 100);
    edit.select(0, 4);
    assert_eq!(edit.selected(), "left");
    edit.insert("right");
    assert_eq!((edit.text(), edit.at()), ("right knee", 5));
    edit.undo();
    assert_eq!(edit.text(), "left knee");
    edit.select_all();
    edit.go(Motion::Left);
    assert_eq!((edit.at(), edit.selection()), (0, None));
    edit.reach(Motion::WordRight);
    assert_eq!(edit.selected(), "left");
}

#[test]
fn a_paste_is_cleaned_and_a_line_stays_one_line() {
    for (lines, expected) in [(Lines::One, "a [31mb c"), (Lines::Many, "a\n[31mb\nc")] {
        let mut edit = match lines {
            Lines::One => Edit::line("", 100),
            Lines::Many => Edit::area("", 100, 20),
        };
        edit.insert("a\r\n\u{1b}[31mb\u{2028}c\u{7}");
        assert_eq!(edit.text(), expected);
    }
}

#[test]
fn a_full_text_keeps_what_fits_and_says_so() {
    let mut edit = Edit::area("12345", 8, 20);
    assert_eq!(edit.insert("abcde\u{301}f"), Taken::Part { kept: 3, of: 7 });
    assert_eq!(edit.text(), "12345abc");
    assert_eq!(edit.insert("x"), Taken::Part { kept: 0, of: 1 });
    edit.select(0, 5);
    assert_eq!(edit.insert("é"), Taken::All);
    assert_eq!(edit.text(), "éabc");
}

#[test]
fn text_wraps_between_words_and_long_words_between_characters() {
    for (text, width, rows) in [
        ("", 5, vec![""]),
        ("one two three", 7, vec!["one two ", "three"]),
        ("one two three", 8, vec!["one two ", "three"]),
        ("abcdefghij", 4, vec!["abcd", "efgh", "ij"]),
        ("a\n\nb", 4, vec!["a", "", "b"]),
        ("end\n", 4, vec!["end", ""]),
        ("日本語文", 5, vec!["日本", "語文"]),
        ("日", 1, vec!["日"]),
        ("a    b", 3, vec!["a    ", "b"]),
        ("cafe\u{301} ole\u{301}", 5, vec!["cafe\u{301} ", "ole\u{301}"]),
    ] {
        let wrap = Wrap::new(text, width);
        let got: Vec<&str> = wrap.rows().iter().map(|row| &text[row.range()]).collect();
        assert_eq!(got, rows, "{text:?} at {width}");
    }
}

#[test]
fn up_and_down_keep_their_column_over_short_rows() {
    let mut edit = Edit::area("a long line\nab\nanother line", 100, 40);
    edit.put(8);
    edit.go(Motion::Down);
    assert_eq!(edit.at(), 14);
    edit.go(Motion::Down);
    assert_eq!(edit.column(), 8);
    edit.go(Motion::Up);
    edit.go(Motion::Up);
    assert_eq!(edit.at(), 8);
    assert!(!edit.go(Motion::Up));
}

#[test]
fn a_paste_of_a_million_characters_is_cut_and_keys_stay_quick() {
    let mut edit = Edit::area("", 200_000, 70);
    let paste = "pain é日 ".repeat(125_000);
    assert_eq!(edit.insert(&paste), Taken::Part { kept: 200_000, of: 1_000_000 });
    let rows = edit.wrap().rows().len();
    // Work is counted, not timed: one more letter leaves all rows but those around it as they were.
    edit.put(700);
    edit.delete(Motion::Left);
    edit.insert("x");
    assert_eq!(edit.wrap().rows().len(), rows);
    assert_eq!(edit.wrap(), &Wrap::new(edit.text(), 70));
}

#[derive(Debug, Clone)]
enum Act {
    Type(String),
    Go(Motion),
    Reach(Motion),
    Delete(Motion),
    Put(usize),
    Undo,
    Redo,
    Width(usize),
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        " ",
        "  ",
        "\n",
        "long words here",
        "e",
        "\u{301}",
        "\u{200d}",
        "👩",
        "👩‍👧",
        "🇩",
        "🇪",
        "日本語",
        "ि",
        "न",
        "ᄀ",
        "ᅡ",
        "\u{fe0f}",
        "❤",
        "👍🏽",
        "-",
        "supercalifragilistic",
        "\r\n",
        "\t",
    ]);
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn motion() -> impl Strategy<Value = Motion> {
    use Motion::{Down, Left, LineEnd, LineStart, Right, TextEnd, TextStart, Up, WordLeft, WordRight};
    prop::sample::select(vec![Left, Right, WordLeft, WordRight, LineStart, LineEnd, Up, Down, TextStart, TextEnd])
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => pieces().prop_map(Act::Type),
        3 => motion().prop_map(Act::Go),
        1 => motion().prop_map(Act::Reach),
        2 => motion().prop_map(Act::Delete),
        1 => (0usize..80).prop_map(Act::Put),
        1 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (0usize..12).prop_map(Act::Width),
    ]
}

fn perform(edit: &mut Edit, act: &Act) {
    match act {
        Act::Type(text) => {
            edit.insert(text);
        }
        Act::Go(motion) => {
            edit.go(*motion);
        }
        Act::Reach(motion) => {
            edit.reach(*motion);
        }
        Act::Delete(motion) => {
            edit.delete(*motion);
        }
        Act::Put(at) => edit.put(*at),
        Act::Undo => {
            edit.undo();
        }
        Act::Redo => {
            edit.redo();
        }
        Act::Width(width) => edit.wrap_at(*width),
    }
}

proptest! {
    #[test]
    fn whatever_is_edited_the_cursor_stands_between_characters_and_undo_leads_back(
        start in pieces(),
        acts in prop::collection::vec(act(), 0..40),
    ) {
        let mut edit = Edit::area(&start, 10_000, 9);
        let first = edit.text().to_owned();
        for act in &acts {
            perform(&mut edit, act);
            prop_assert!(edit.is_boundary(edit.at()), "cursor {} in {:?} after {act:?}", edit.at(), edit.text());
            if let Some(anchor) = edit.anchor() {
                prop_assert!(edit.is_boundary(anchor), "anchor {anchor} in {:?}", edit.text());
            }
            prop_assert_eq!(edit.wrap(), &Wrap::new(edit.text(), edit.wrap().width()), "after {:?} in {:?}", act, edit.text());
            prop_assert!(edit.at_column(edit.wrap().row_of(edit.at()), edit.column()) <= edit.text().len());
        }
        let last = edit.text().to_owned();
        while edit.undo() {
            prop_assert!(edit.is_boundary(edit.at()));
        }
        prop_assert_eq!(edit.text(), first);
        while edit.redo() {}
        // Steps that were undone before something else was typed are gone; all others come back.
        prop_assert!(edit.text() == last || acts.iter().any(|act| matches!(act, Act::Undo)));
    }

    #[test]
    fn rows_hold_all_of_a_text_and_none_is_too_wide(text in prop::collection::vec(pieces(), 0..12), width in 1usize..20) {
        let text = crate::clinical::text::clean(&text.concat());
        let wrap = Wrap::new(&text, width);
        let mut at = 0;
        for row in wrap.rows() {
            prop_assert_eq!(row.start, at);
            at = if row.hard { row.end + 1 } else { row.end };
            let shown = text[row.range()].trim_end_matches(' ');
            let one = unicode_segmentation::UnicodeSegmentation::graphemes(shown, true).count() <= 1;
            prop_assert!(width_of(shown) <= width || one, "{:?} is wider than {}", shown, width);
        }
        prop_assert_eq!(at, text.len());
        let head = Wrap::head(&text, width, 3);
        prop_assert_eq!(head.rows(), &wrap.rows()[..wrap.rows().len().min(3)]);
    }

    #[test]
    fn up_and_down_stay_in_the_text_and_return(text in pieces(), at in 0usize..60) {
        let mut edit = Edit::area(&text.repeat(4), 10_000, 7);
        edit.put(at);
        let row = edit.wrap().row_of(edit.at());
        edit.go(Motion::Down);
        let down = edit.wrap().row_of(edit.at());
        prop_assert!(down == row + 1 || row + 1 == edit.wrap().rows().len() || down == row);
        prop_assert!(edit.is_boundary(edit.at()));
    }
}
