//! The one place where cells are written. Everything is clipped to the area it is given and to the screen, wide
//! characters are never halved, and text is cut by what a reader sees as one character: a widget that draws through
//! the canvas cannot panic, from 0×0 up.

use std::borrow::Cow;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::{Modifier, Style},
};
use unicode_segmentation::UnicodeSegmentation;

use super::words::{Word, Words};
use crate::clinical::text::{cut, width};
use crate::ui::theme::{Glyphs, Look, Role, Signs, Surface};

/// A screen to draw on, in one look.
pub struct Canvas<'a> {
    buf: &'a mut Buffer,
    look: Look,
    surface: Surface,
    cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// A canvas over a frame's cells.
    pub fn new(buf: &'a mut Buffer, look: Look) -> Self {
        Self { buf, look, surface: Surface::Ground, cursor: None }
    }

    /// All of it.
    pub fn area(&self) -> Rect {
        self.buf.area
    }

    /// Colours and signs in use.
    pub fn look(&self) -> Look {
        self.look
    }

    /// The signs in use.
    pub fn glyphs(&self) -> &'static Glyphs {
        self.look.glyphs()
    }

    /// How a role looks on the surface at hand.
    pub fn style(&self, role: Role) -> Style {
        self.look.theme.style(self.surface, role)
    }

    /// Draws on another surface for a while.
    pub fn on<R>(&mut self, surface: Surface, draw: impl FnOnce(&mut Self) -> R) -> R {
        let before = std::mem::replace(&mut self.surface, surface);
        let drawn = draw(self);
        self.surface = before;
        drawn
    }

    /// Puts the terminal's cursor there; what is outside the screen is ignored.
    pub fn place_cursor(&mut self, x: u16, y: u16) {
        let at = Position { x, y };
        if self.buf.area.contains(at) {
            self.cursor = Some(at);
        }
    }

    /// Takes the cursor away: something was opened over the field that has it.
    pub fn hide_cursor(&mut self) {
        self.cursor = None;
    }

    /// Where the terminal's cursor belongs, if anywhere.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Empties an area to the surface at hand.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buf.area);
        let mut empty = Cell::EMPTY;
        empty.set_style(self.look.theme.surface(self.surface));
        for y in area.top()..area.bottom() {
            self.mend_left(area.x, y);
            if area.width > 0 {
                let from = self.buf.index_of(area.x, y);
                self.buf.content[from..from + usize::from(area.width)].fill(empty.clone());
            }
        }
    }

    /// One cell, in a style of its own.
    pub fn put(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.buf.cell_mut((x, y)) {
            cell.reset();
            cell.set_symbol(symbol).set_style(style);
        }
    }

    /// One cell, in a role.
    pub fn sign(&mut self, x: u16, y: u16, role: Role, symbol: &str) {
        let style = self.style(role);
        self.put(x, y, symbol, style);
    }

    /// A widget of the library, in as much of the area as is on the screen.
    pub fn widget(&mut self, area: Rect, widget: impl ratatui::widgets::Widget) {
        let area = area.intersection(self.buf.area);
        if !area.is_empty() {
            widget.render(area, self.buf);
        }
    }

    /// Whether nothing is written in a cell.
    pub fn is_blank(&self, x: u16, y: u16) -> bool {
        self.buf.cell((x, y)).is_some_and(|cell| cell.symbol().trim().is_empty())
    }

    /// A row of one sign.
    pub fn rule(&mut self, area: Rect, role: Role, symbol: &str) {
        let area = area.intersection(self.buf.area);
        if area.height > 0 {
            for x in area.left()..area.right() {
                self.sign(x, area.y, role, symbol);
            }
        }
    }

    /// Text of one role on the first row of the area, cut with a sign where it does not fit. Gives the columns used.
    pub fn text(&mut self, area: Rect, role: Role, text: &str) -> u16 {
        self.words(area, &Words::of(role, text))
    }

    /// Words on the first row of the area, cut with a sign where they do not fit. Gives the columns used.
    pub fn words(&mut self, area: Rect, words: &Words<'_>) -> u16 {
        self.words_over(area, words, Modifier::empty())
    }

    /// Words at the right end of the first row of the area. Gives the columns used.
    pub fn words_right(&mut self, area: Rect, words: &Words<'_>) -> u16 {
        let wide = columns(wide(&self.folded(words))).min(area.width);
        let at = Rect { x: area.right().saturating_sub(wide), width: wide, ..area };
        self.words(at, words)
    }

    /// Words in the middle of the first row of the area. Gives the columns used.
    pub fn words_centred(&mut self, area: Rect, words: &Words<'_>) -> u16 {
        let wide = columns(wide(&self.folded(words))).min(area.width);
        let at = Rect { x: area.x.saturating_add((area.width - wide) / 2), width: wide, ..area };
        self.words(at, words)
    }

    /// [`Canvas::words`] with a modifier on all of them.
    pub fn words_over(&mut self, area: Rect, words: &Words<'_>, add: Modifier) -> u16 {
        let area = area.intersection(self.buf.area);
        if area.is_empty() {
            return 0;
        }
        let words = self.folded(words);
        let whole = wide(&words) <= usize::from(area.width);
        let more = self.glyphs().more;
        let mut left = usize::from(area.width);
        let mut x = area.x;
        for word in words.iter() {
            let style = self.style(word.role).add_modifier(word.add | add);
            let fits = whole || width(&word.text) < left;
            let text = if fits { Cow::Borrowed(&*word.text) } else { mark_cut(&word.text, left, more).into() };
            let used = self.write(x, area.y, &text, left, style);
            x = x.saturating_add(columns(used));
            left -= used;
            if !fits {
                break;
            }
        }
        x - area.x
    }

    /// Writes whole characters from there on, as many as fit. Gives the columns used.
    fn write(&mut self, x: u16, y: u16, text: &str, room: usize, style: Style) -> usize {
        self.mend_left(x, y);
        let mut used = 0;
        let mut rest = text;
        while let Some((cluster, after)) = split_cluster(rest) {
            rest = after;
            let wide = if cluster.contains(char::is_control) { 0 } else { width(cluster) };
            if wide == 0 {
                continue;
            }
            if used + wide > room {
                break;
            }
            let at = x.saturating_add(columns(used));
            self.put(at, y, cluster, style);
            for hidden in 1..wide {
                self.put(at.saturating_add(columns(hidden)), y, " ", style);
            }
            used += wide;
        }
        used
    }

    /// Where the cell before `x` holds the first half of a wide character, its second half is about to go: so it goes.
    fn mend_left(&mut self, x: u16, y: u16) {
        if let Some(cell) = x.checked_sub(1).and_then(|before| self.buf.cell_mut((before, y)))
            && width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }

    fn folded<'w>(&self, words: &'w Words<'_>) -> Cow<'w, [Word<'w>]> {
        let signs = self.look.signs;
        if signs == Signs::Unicode {
            return Cow::Borrowed(&words.0);
        }
        words.0.iter().map(|word| Word { text: signs.fold(&word.text), role: word.role, add: word.add }).collect()
    }
}

/// The first of what a reader sees as one character, and what follows. Nearly every text is made of letters and signs
/// that stand alone, which is seen without the tables of all scripts.
fn split_cluster(text: &str) -> Option<(&str, &str)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let alone = stands_alone(first) && chars.clone().next().is_none_or(stands_alone);
    let end = if alone { first.len_utf8() } else { text.graphemes(true).next()?.len() };
    Some(text.split_at(end))
}

/// Printing ASCII, arrows, boxes and blocks: between two of these always lies the border of what a reader sees as one.
const fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{2190}'..='\u{25ff}')
}

/// The text cut to fewer columns than it has, the last of them the sign for more; also when it would have fitted
/// exactly, as more words follow.
fn mark_cut(text: &str, room: usize, more: &str) -> String {
    let mut shown = if width(text) > room { cut(text, room) } else { cut(&format!("{text} "), room) };
    if shown.pop().is_some() {
        shown.push_str(more);
    }
    shown
}

fn wide(words: &[Word<'_>]) -> usize {
    words.iter().map(|word| width(&word.text)).sum()
}

/// A number of columns as the screen counts them.
pub fn columns(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The row of an area that many rows down; empty when it has none.
pub fn row(area: Rect, down: u16) -> Rect {
    Rect { y: area.y.saturating_add(down), height: u16::from(down < area.height), ..area }
}

/// An area without so many columns at its left and right.
pub fn inset(area: Rect, left: u16, right: u16) -> Rect {
    let left = left.min(area.width);
    Rect { x: area.x.saturating_add(left), width: (area.width - left).saturating_sub(right), ..area }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(width: u16, look: Look, draw: impl FnOnce(&mut Canvas<'_>)) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        draw(&mut Canvas::new(&mut buf, look));
        let mut shown = String::new();
        let mut skip = 0;
        for cell in &buf.content {
            if skip == 0 {
                shown.push_str(cell.symbol());
                skip = crate::clinical::text::width(cell.symbol()).max(1);
            }
            skip -= 1;
        }
        shown
    }

    #[test]
    fn words_are_cut_by_what_a_reader_sees() {
        for (columns, words, shown) in [
            (12, Words::of(Role::Text, "OKAFOR Adaeze"), "OKAFOR Adae…"),
            (13, Words::of(Role::Text, "OKAFOR Adaeze"), "OKAFOR Adaeze"),
            (6, Words::of(Role::Text, "OKAFOR").say(Role::Second, " x"), "OKAFO…"),
            (7, Words::of(Role::Text, "OKAFOR").say(Role::Second, " x"), "OKAFOR…"),
            (5, Words::of(Role::Text, "日本語"), "日本…"),
            (4, Words::of(Role::Text, "日本語"), "日… "),
            (2, Words::of(Role::Text, "e\u{301}e\u{301}e\u{301}"), "e\u{301}…"),
            (1, Words::of(Role::Text, "日本"), "…"),
            (0, Words::of(Role::Text, "x"), ""),
        ] {
            let area = Rect::new(0, 0, columns, 1);
            assert_eq!(draw(columns, Look::default(), |canvas| _ = canvas.words(area, &words)), shown, "{columns}");
        }
    }

    #[test]
    fn what_a_reader_sees_as_one_is_split_off_as_everywhere() {
        for text in [
            "plain text",
            "▂▄▆ 6 ↓2",
            "e\u{301}a",
            "a\u{301}",
            "─\u{301}─",
            "⌚\u{fe0f}x",
            "▶\u{fe0f}",
            "\r\nx",
            "x\r\n",
            "日本a",
            "👩\u{200d}⚕\u{fe0f} x",
            "→\u{200d}→",
            "\u{600}1 x",
            "🇩🇪🇩",
            "ᄒ\u{1161}\u{11ab}a",
            "",
        ] {
            let mut rest = text;
            let split = std::iter::from_fn(|| {
                let (cluster, after) = split_cluster(rest)?;
                rest = after;
                Some(cluster)
            });
            assert!(split.eq(text.graphemes(true)), "{text:?}");
        }
    }

    #[test]
    fn ascii_has_no_sign_beyond_ascii() {
        let look = Look { signs: Signs::Ascii, ..Look::default() };
        let shown = draw(12, look, |canvas| _ = canvas.text(canvas.area(), Role::Text, "▼2 · plan 9 → 10"));
        assert_eq!(shown, "-2 - plan 9~");
    }

    #[test]
    fn half_of_a_wide_character_is_never_left_behind() {
        let shown = draw(6, Look::default(), |canvas| {
            canvas.text(canvas.area(), Role::Text, "日本語");
            canvas.clear(Rect::new(3, 0, 2, 1));
        });
        assert_eq!(shown, "日    ");
    }

    #[test]
    fn nothing_is_written_outside_the_screen() {
        let shown = draw(4, Look::default(), |canvas| {
            for (x, y) in [(0, 1), (4, 0), (u16::MAX, u16::MAX)] {
                canvas.put(x, y, "x", Style::new());
                canvas.place_cursor(x, y);
            }
            canvas.text(Rect::new(2, 0, 40, 9), Role::Text, "abcdef");
            canvas.text(Rect::new(0, 7, 4, 1), Role::Text, "below");
            assert_eq!(canvas.cursor(), None);
        });
        assert_eq!(shown, "  a…");
    }
}
