//! The signs, in Unicode and in ASCII. What they stand for is in `mark.rs`.

use std::borrow::Cow;

/// Which set of signs the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Signs {
    /// Lines, blocks and marks beyond ASCII.
    #[default]
    Unicode,
    /// ASCII only.
    Ascii,
}

impl Signs {
    /// The signs of the set.
    pub const fn glyphs(self) -> &'static Glyphs {
        match self {
            Self::Unicode => &UNICODE,
            Self::Ascii => &ASCII,
        }
    }

    /// Text of the program as this set can show it: in ASCII, punctuation and signs have stand-ins. Letters stay.
    pub fn fold(self, text: &str) -> Cow<'_, str> {
        if self == Self::Unicode || !text.chars().any(|c| stand_in(c).is_some()) {
            return Cow::Borrowed(text);
        }
        let mut folded = String::with_capacity(text.len());
        for c in text.chars() {
            match stand_in(c) {
                Some(plain) => folded.push_str(plain),
                None => folded.push(c),
            }
        }
        Cow::Owned(folded)
    }
}

/// One set of signs. Each is one column wide.
#[derive(Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Glyphs {
    pub done: &'static str,
    pub in_room: &'static str,
    pub here: &'static str,
    pub to_come: &'static str,
    pub not_coming: &'static str,
    pub wants: &'static str,
    pub danger: &'static str,
    pub down: &'static str,
    pub up: &'static str,
    pub same: &'static str,
    /// Where text was cut.
    pub more: &'static str,
    /// Between things of one kind.
    pub dot: &'static str,
    /// From, to.
    pub arrow: &'static str,
    /// More lines above, more below.
    pub above: &'static str,
    pub below: &'static str,
    /// More to the left, more to the right.
    pub left: &'static str,
    pub right: &'static str,
    /// A character that is not shown.
    pub masked: &'static str,
    pub corner: Corners,
    pub line: &'static str,
    pub side: &'static str,
    /// The now line through the schedule, and a target line.
    pub dashes: &'static str,
    /// The now mark over the day ribbon and in it.
    pub now_over: &'static str,
    pub now_in: &'static str,
    /// In front of the chosen step of a scale.
    pub chosen: &'static str,
    /// A point of a chart, and an event below it.
    pub point: &'static str,
    pub event: &'static str,
    /// A point that somebody else than the patient reported, and where one is missing.
    pub proxy: &'static str,
    pub missing: &'static str,
    /// A medicine begun, changed, stopped.
    pub started: &'static str,
    pub changed: &'static str,
    pub stopped: &'static str,
    /// A line down through a chart.
    pub down_through: &'static str,
    /// The part of a bar that is full, and the part that is not.
    pub full: &'static str,
    pub rest: &'static str,
}

/// The corners of a frame.
#[derive(Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Corners {
    pub top_left: &'static str,
    pub top_right: &'static str,
    pub foot_left: &'static str,
    pub foot_right: &'static str,
}

/// The signs a terminal of today shows.
pub const UNICODE: Glyphs = Glyphs {
    done: "✓",
    in_room: "▶",
    here: "◐",
    to_come: "○",
    not_coming: "✗",
    wants: "●",
    danger: "⚠",
    down: "▼",
    up: "▲",
    same: "=",
    more: "…",
    dot: "·",
    arrow: "→",
    above: "↑",
    below: "↓",
    left: "‹",
    right: "›",
    masked: "•",
    corner: Corners { top_left: "╭", top_right: "╮", foot_left: "╰", foot_right: "╯" },
    line: "─",
    side: "│",
    dashes: "┄",
    now_over: "▾",
    now_in: "│",
    chosen: "▐",
    point: "●",
    event: "▴",
    proxy: "◆",
    missing: "×",
    started: "▸",
    changed: "↕",
    stopped: "■",
    down_through: "┊",
    full: "━",
    rest: "─",
};

/// The signs every terminal shows.
pub const ASCII: Glyphs = Glyphs {
    done: "v",
    in_room: ">",
    here: "@",
    to_come: "o",
    not_coming: "x",
    wants: "*",
    danger: "!",
    down: "-",
    up: "+",
    same: "=",
    more: "~",
    dot: "-",
    arrow: ">",
    above: "^",
    below: "v",
    left: "<",
    right: ">",
    masked: "*",
    corner: Corners { top_left: "+", top_right: "+", foot_left: "+", foot_right: "+" },
    line: "-",
    side: "|",
    dashes: "-",
    now_over: "v",
    now_in: "|",
    chosen: ">",
    point: "*",
    event: "^",
    proxy: "%",
    missing: "x",
    started: ">",
    changed: "~",
    stopped: "#",
    down_through: ":",
    full: "#",
    rest: "-",
};

/// What stands in for a character in ASCII. Signs have the stand-in their [`ASCII`] glyph has.
fn stand_in(c: char) -> Option<&'static str> {
    Some(match c {
        '✓' | '↓' | '▾' => "v",
        // Between two figures a single sign would compare them.
        '→' | '⇒' => "->",
        '▶' | '▐' | '›' | '▸' | '»' => ">",
        '←' | '‹' | '«' => "<",
        '◐' => "@",
        '○' | '◦' => "o",
        '✗' | '×' | '✕' => "x",
        '●' | '•' | '∗' | '★' => "*",
        '⚠' => "!",
        '▼' | '·' | '–' | '—' | '‐' | '‑' | '−' | '┄' | '─' | '━' | '┈' => "-",
        '▲' | '┼' => "+",
        '↑' | '▴' => "^",
        '…' | '≈' | '↕' => "~",
        '■' => "#",
        '◆' => "%",
        '┊' => ":",
        '│' | '┃' | '▏' => "|",
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "/=",
        '±' => "+/-",
        '°' => " deg",
        'µ' | 'μ' => "u",
        '½' => "1/2",
        '²' => "2",
        '³' => "3",
        '‘' | '’' => "'",
        '“' | '”' | '„' => "\"",
        '\u{a0}' | '\u{2009}' | '\u{202f}' => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::text::width;

    fn signs(glyphs: &Glyphs) -> Vec<&'static str> {
        let Glyphs { done, in_room, here, to_come, not_coming, wants, danger, down, up, same, .. } = *glyphs;
        let Glyphs { more, dot, arrow, above, below, left, right, masked, line, side, dashes, .. } = *glyphs;
        let Glyphs { now_over, now_in, chosen, point, event, full, rest, .. } = *glyphs;
        let Glyphs { proxy, missing, started, changed, stopped, down_through, .. } = *glyphs;
        let Corners { top_left, top_right, foot_left, foot_right } = glyphs.corner;
        vec![
            done,
            in_room,
            here,
            to_come,
            not_coming,
            wants,
            danger,
            down,
            up,
            same,
            more,
            dot,
            arrow,
            above,
            below,
            left,
            right,
            masked,
            line,
            side,
            dashes,
            now_over,
            now_in,
            chosen,
            point,
            event,
            full,
            rest,
            proxy,
            missing,
            started,
            changed,
            stopped,
            down_through,
            top_left,
            top_right,
            foot_left,
            foot_right,
        ]
    }

    #[test]
    fn every_sign_is_one_column_and_the_ascii_ones_are_ascii() {
        for sign in signs(&UNICODE) {
            assert_eq!(width(sign), 1, "{sign}");
        }
        for sign in signs(&ASCII) {
            assert!(sign.is_ascii() && sign.len() == 1, "{sign}");
        }
    }

    #[test]
    fn folding_leaves_letters_alone() {
        for (from, to) in [
            ("Midday · Plans", "Midday - Plans"),
            ("free 11:20–13:00 ≥ 40 %", "free 11:20-13:00 >= 40 %"),
            ("MÜLLER José", "MÜLLER José"),
            ("pain 3 → 0", "pain 3 -> 0"),
        ] {
            assert_eq!(Signs::Ascii.fold(from), to);
            assert_eq!(Signs::Unicode.fold(from), from);
        }
    }
}
