//! The page: what ratatui draws on. All of a frame is collected and goes to the terminal in one piece.

use std::io::{self, Write};
use std::time::Duration;

use crossterm::QueueableCommand;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use zeroize::Zeroize;

use crate::clinical::text::width;

/// From this many bytes on a terminal may show half a frame, and is asked to wait for the rest.
const LARGE: usize = 1024;

/// Collects a frame and sends it at the end.
///
/// Nothing but [`Backend::flush`] writes, and ratatui calls that once, when the frame is complete. So whatever ratatui
/// does when it is dropped touches no terminal, which by then may be gone.
#[derive(Debug)]
pub(super) struct Page<W> {
    bytes: Vec<u8>,
    out: W,
}

impl<W: Write> Page<W> {
    pub(super) fn new(out: W) -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), out }
    }

    /// The way ratatui's own backend writes each of these, onto the page.
    fn hand(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.bytes)
    }

    /// Puts something on the page that is no part of a frame.
    pub(super) fn put(&mut self, command: impl crossterm::Command) -> io::Result<()> {
        self.bytes.queue(command).map(drop)
    }

    /// Overwrites what was on the page: it may name a patient.
    pub(super) fn forget(&mut self) {
        self.bytes.zeroize();
    }

    /// Draws a cell of which terminals do not agree how wide it is: its columns are blanked first, for nothing of the frame
    /// before may show through, and what follows finds its own place.
    fn draw_wayward(&mut self, (x, y, cell): (u16, u16, &Cell)) -> io::Result<()> {
        let mut blank = cell.clone();
        blank.set_symbol(" ");
        let columns = u16::try_from(width(cell.symbol())).unwrap_or(1);
        let blanks: Vec<_> = (x..x.saturating_add(columns)).map(|x| (x, y, &blank)).collect();
        self.hand().draw(blanks.into_iter())?;
        self.hand().draw(std::iter::once((x, y, cell)))
    }

    fn send(&mut self) -> io::Result<()> {
        let mut left = self.bytes.as_slice();
        while !left.is_empty() {
            match self.out.write(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => left = &left[written..],
                Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
                // Another program left the terminal in a mode in which a full line is an error. It empties by itself.
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                Err(why) => return Err(why),
            }
        }
        self.out.flush()
    }
}

/// Whether terminals draw a cell in different widths: a cluster of several characters, or one of more than one column.
fn is_wayward(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    !symbol.is_ascii() && (symbol.chars().nth(1).is_some() || width(symbol) != 1)
}

impl<W: Write> Backend for Page<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut content = content.peekable();
        while content.peek().is_some() {
            let mut wayward = None;
            let plain = std::iter::from_fn(|| {
                let next = content.next()?;
                if is_wayward(next.2) {
                    wayward = Some(next);
                    return None;
                }
                Some(next)
            });
            let mut plain = plain.peekable();
            if plain.peek().is_some() {
                self.hand().draw(plain)?;
            }
            if let Some(cell) = wayward {
                self.draw_wayward(cell)?;
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.hand().hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.hand().show_cursor()
    }

    /// Never asked: the answer would come as input and be taken from the keyboard's reader.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.hand().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.hand().clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = super::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.len() >= LARGE {
            let mut begin = Vec::new();
            begin.queue(BeginSynchronizedUpdate)?;
            self.bytes.splice(0..0, begin);
            self.bytes.queue(EndSynchronizedUpdate)?;
        }
        let sent = self.send();
        self.bytes.clear();
        sent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a few bytes at a time, and now and then none.
    struct Slow {
        got: Vec<u8>,
        calls: u32,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.calls += 1;
            if self.calls.is_multiple_of(3) {
                return Err(if self.calls.is_multiple_of(2) {
                    io::ErrorKind::WouldBlock.into()
                } else {
                    io::ErrorKind::Interrupted.into()
                });
            }
            let taken = bytes.len().min(400);
            self.got.extend_from_slice(&bytes[..taken]);
            Ok(taken)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn page() -> Page<Slow> {
        Page::new(Slow { got: Vec::new(), calls: 0 })
    }

    #[test]
    fn nothing_is_written_before_the_frame_is_complete() {
        let mut page = page();
        page.hide_cursor().unwrap();
        page.draw([(0, 0, &Cell::new("x"))].into_iter()).unwrap();
        page.set_cursor_position(Position::ORIGIN).unwrap();
        assert!(page.out.got.is_empty());
        page.flush().unwrap();
        let text = String::from_utf8_lossy(&page.out.got).into_owned();
        assert!(text.starts_with("\u{1b}[?25l"), "{text:?}");
        assert!(text.contains('x') && !text.contains("2026"), "a small frame needs no bracket: {text:?}");
    }

    #[test]
    fn a_large_frame_arrives_whole_and_bracketed_also_over_a_slow_line() {
        let mut page = page();
        let cell = Cell::new("y");
        page.draw((0..3000).map(|x| (x % 100, x / 100, &cell))).unwrap();
        page.flush().unwrap();
        let text = String::from_utf8_lossy(&page.out.got).into_owned();
        assert_eq!(text.matches('y').count(), 3000);
        assert!(text.starts_with("\u{1b}[?2026h") && text.ends_with("\u{1b}[?2026l"));
    }

    /// What is drawn before and after a cluster that a terminal may draw narrower or wider than it is counted.
    #[test]
    fn nothing_shows_through_beside_a_cluster_and_what_follows_keeps_its_column() {
        for (symbol, blanks) in [("घु", 1), ("👩‍👩‍👧‍👦", 2), ("中", 2), ("e\u{301}", 1)] {
            let mut page = page();
            let (before, cluster, after) = (Cell::new("x"), Cell::new(symbol), Cell::new("y"));
            let blanks = u16::try_from(width(symbol)).unwrap_or(blanks);
            page.draw([(0, 0, &before), (1, 0, &cluster), (1 + blanks, 0, &after)].into_iter()).unwrap();
            page.flush().unwrap();
            let text = String::from_utf8_lossy(&page.out.got).into_owned();
            let at = |column: u16| format!("\u{1b}[1;{}H", column + 1);
            let order = [at(0) + "x", at(1) + &" ".repeat(usize::from(blanks)), at(1) + symbol, at(1 + blanks) + "y"];
            let found: Vec<Option<usize>> = order.iter().map(|part| bare(&text).find(part.as_str())).collect();
            assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{symbol}: {text:?} {found:?}");
        }
        for symbol in ["x", "é", "█", "●", "⣿", "م"] {
            assert!(!is_wayward(&Cell::new(symbol)), "{symbol} goes the short way");
        }
    }

    /// Without the colours between the cells.
    fn bare(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('\u{1b}') {
            out.push_str(&rest[..at]);
            let end = rest[at..].find(|end: char| end.is_ascii_alphabetic()).map_or(rest.len(), |end| at + end + 1);
            if !rest[at..end].ends_with('m') {
                out.push_str(&rest[at..end]);
            }
            rest = &rest[end..];
        }
        out + rest
    }

    #[test]
    fn a_frame_without_changes_draws_nothing() {
        let mut page = page();
        page.draw(std::iter::empty()).unwrap();
        page.flush().unwrap();
        assert!(page.out.got.is_empty());
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error_and_the_page_is_empty_again() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut page = Page::new(Gone);
        page.show_cursor().unwrap();
        assert!(page.flush().is_err());
        assert!(page.bytes.is_empty());
    }
}
