//! A bare ratatui program: what any program in a terminal has to do to show a full screen and answer a key.
//!
//! It fills as many cells as the board does and has nothing behind it: each key moves a bar over its lines and changes
//! other words beside them, as many as the key says, so that it sends about as much as what it is compared with.

use std::io::{self, Write};

use crossterm::event::{self, Event, KeyCode};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{QueueableCommand, execute};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

/// The argument with which this program is the bare one.
pub const ASKED: &str = "--as-bare-program";

/// Keys after which it sends as much as a letter in a form, a moved selection, and a list that is another one.
pub const FEW: &[u8] = b"f";
/// The second of these.
pub const SOME: &[u8] = b"s";
/// The third.
pub const MANY: &[u8] = b"m";

/// What is drawn is collected and sent in one piece, as a careful program does.
struct Page {
    bytes: Vec<u8>,
    out: io::Stdout,
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let mut whole = Vec::with_capacity(self.bytes.len() + 32);
        whole.queue(BeginSynchronizedUpdate)?;
        whole.append(&mut self.bytes);
        whole.queue(EndSynchronizedUpdate)?;
        let mut out = self.out.lock();
        out.write_all(&whole)?;
        out.flush()
    }
}

/// Runs until `q`.
pub fn run() {
    enable_raw_mode().unwrap();
    execute!(io::stdout(), EnterAlternateScreen).unwrap();
    let page = Page { bytes: Vec::with_capacity(64 * 1024), out: io::stdout() };
    let mut terminal = Terminal::new(CrosstermBackend::new(page)).unwrap();
    let (mut at, mut changing) = (0, 0);
    loop {
        draw(&mut terminal, at, changing);
        if let Event::Key(key) = event::read().unwrap() {
            at += 1;
            changing = match key.code {
                KeyCode::Char('q') => break,
                KeyCode::Char('f') => 1,
                KeyCode::Char('s') => 140,
                _ => 430,
            };
        }
    }
    disable_raw_mode().unwrap();
    execute!(io::stdout(), LeaveAlternateScreen).unwrap();
}

fn draw(terminal: &mut Terminal<CrosstermBackend<Page>>, at: usize, changing: usize) {
    terminal
        .draw(|frame| {
            let (width, height) = (usize::from(frame.area().width), usize::from(frame.area().height));
            let lines: Vec<Line> = (0..height).map(|row| line(row, (width, height), at, changing)).collect();
            frame.render_widget(Paragraph::new(lines), frame.area());
        })
        .unwrap();
}

/// One line of several styles; where more than a few words change, the one under the bar is reversed.
fn line(row: usize, (width, height): (usize, usize), at: usize, changing: usize) -> Line<'static> {
    const COLOURS: [Color; 4] = [Color::White, Color::Cyan, Color::Yellow, Color::Gray];
    const WORD: usize = 16;
    let words = width.div_ceil(WORD);
    let spans = (0..words).map(|n| {
        let word = if row * words + n < changing { at } else { 0 };
        let text = format!("{:<WORD$}", format!("{row}.{n} word{word}"));
        Span::styled(text, Style::new().fg(COLOURS[(row + n) % COLOURS.len()]))
    });
    let line = Line::from(spans.collect::<Vec<_>>());
    let under = changing > 1 && row == at % height;
    if under { line.style(Style::new().add_modifier(Modifier::REVERSED)) } else { line }
}
