//! The terminal: the one module that knows crossterm.
//!
//! It enters and leaves the terminal, draws frames, and says where input comes from; [`decode`] makes input of bytes.
//! Whatever was switched on is switched off again: when it is left, dropped, suspended, and when the program panics.
//!
//! The terminal is never asked anything. Its answer would come between the keys, and a terminal that gives none would
//! cost the first second of every start. So the kitty keyboard protocol is switched on unasked, wherever a terminal
//! either knows it or passes over it; both readings come out as the same keys.

pub mod decode;
pub mod hidden;
mod page;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, KeyboardEnhancementFlags, PopKeyboardEnhancementFlags,
    PushKeyboardEnhancementFlags,
};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, window_size,
};
use crossterm::{Command, QueueableCommand};
use ratatui::Frame;
use ratatui::backend::{Backend, ClearType};

use self::page::Page;
use super::fault;

/// Presses and drags in cells; not every movement, which would wake the program while nobody does anything.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Why there is no terminal to draw in.
#[derive(Debug, thiserror::Error)]
pub enum NoTerminal {
    /// Standard input is something else.
    #[error("standard input is no terminal, and the board is worked by keys; `daysheet help` lists what works without")]
    Input,
    /// Standard output is something else.
    #[error("standard output is no terminal to draw the board in; `daysheet sheet` prints the day without one")]
    Output,
    /// It says of itself that it cannot place text.
    #[error("this terminal (TERM=dumb) cannot place text on the screen; `daysheet sheet` prints the day without that")]
    Dumb,
    /// The system refused.
    #[error("the terminal cannot be used: {0}")]
    Refused(#[from] io::Error),
}

/// Whether the mouse is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseUse {
    /// Clicks, drags and the wheel come as input.
    Asked,
    /// They stay with the terminal, for selecting text.
    LeftToTerminal,
}

/// What is switched on while the screen is ours.
#[derive(Debug, Clone, Copy)]
struct Modes {
    mouse: bool,
    kitty: bool,
}

impl Modes {
    fn on(self, out: &mut impl Write) -> io::Result<()> {
        out.queue(EnterAlternateScreen)?.queue(EnableBracketedPaste)?.queue(Hide)?;
        if self.mouse {
            out.queue(Print(MOUSE_ON))?;
        }
        if self.kitty {
            // After the alternate screen: terminals keep these flags for each screen.
            out.queue(PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES))?;
        }
        out.flush()
    }

    fn off(self, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = Vec::new();
        bytes.queue(EndSynchronizedUpdate)?;
        if self.kitty {
            bytes.queue(PopKeyboardEnhancementFlags)?;
        }
        if self.mouse {
            bytes.queue(Print(MOUSE_OFF))?;
        }
        bytes.queue(DisableBracketedPaste)?.queue(ResetColor)?.queue(Show)?.queue(LeaveAlternateScreen)?;
        out.write_all(&bytes)?;
        out.flush()
    }
}

/// What takes the terminal back to how it was found; shared with the panic hook, done once.
#[derive(Debug)]
struct WayBack {
    is_entered: AtomicBool,
    modes: Modes,
}

impl WayBack {
    /// Takes it, unless it was taken. A terminal that is gone cannot be restored, so errors end here.
    fn take(&self) {
        if self.is_entered.swap(false, Ordering::SeqCst) {
            drop(self.modes.off(&mut io::stdout().lock()));
            drop(disable_raw_mode());
        }
    }
}

/// The terminal while it is ours.
#[derive(Debug)]
pub struct Terminal {
    screen: ratatui::Terminal<Page<File>>,
    way_back: Arc<WayBack>,
}

impl Terminal {
    /// Takes the terminal: raw keys, the alternate screen, pastes in one piece, the mouse where wanted.
    ///
    /// From here until it is left, a panic on this thread first gives the terminal back and then says its words; on any
    /// other thread it says nothing, because the one who waits for that thread will.
    pub fn enter(mouse: MouseUse) -> Result<Self, NoTerminal> {
        if !io::stdin().is_terminal() {
            return Err(NoTerminal::Input);
        }
        if !io::stdout().is_terminal() {
            return Err(NoTerminal::Output);
        }
        let variable = |name| std::env::var(name).unwrap_or_default();
        let term = variable("TERM");
        if term == "dumb" {
            return Err(NoTerminal::Dumb);
        }
        let modes = Modes { mouse: mouse == MouseUse::Asked, kitty: takes_kitty(&term, &variable("TERM_PROGRAM")) };
        let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let screen = ratatui::Terminal::new(Page::new(out))?;
        // NO_COLOR is honoured where the theme is chosen; a setting that says otherwise must then be drawn.
        crossterm::style::force_color_output(true);
        let way_back = Arc::new(WayBack { is_entered: AtomicBool::new(false), modes });
        let terminal = Self { screen, way_back };
        terminal.hook();
        terminal.switch_on()?;
        Ok(terminal)
    }

    fn hook(&self) {
        let (way_back, owner) = (Arc::clone(&self.way_back), thread::current().id());
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().id() == owner {
                way_back.take();
                fault::say(info);
            }
        }));
    }

    fn switch_on(&self) -> io::Result<()> {
        // Before the first step, so that one that fails half way is taken back too.
        self.way_back.is_entered.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        self.way_back.modes.on(&mut io::stdout().lock())
    }

    /// Draws one frame. Only what differs from the last one is sent.
    ///
    /// An error means that the terminal is gone.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.screen.draw(render).map(drop)
    }

    /// The next frame is drawn whole, as on a screen of which nothing is known.
    pub fn repaint(&mut self) -> io::Result<()> {
        self.screen.swap_buffers();
        self.screen.backend_mut().clear_region(ClearType::All)
    }

    /// Empties the screen at once and overwrites what was last drawn and sent: on locking.
    pub fn forget_text(&mut self) -> io::Result<()> {
        self.repaint()?;
        let cleared = self.screen.backend_mut().flush();
        self.screen.backend_mut().forget();
        cleared
    }

    /// Asks the terminal to put text on its clipboard (OSC 52). Whether it does cannot be known.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        self.send(CopyToClipboard::to_clipboard_from(text))
    }

    fn send(&mut self, command: impl Command) -> io::Result<()> {
        let page = self.screen.backend_mut();
        page.put(command)?;
        page.flush()
    }

    /// Gives the terminal back to the shell until it continues the program. Where there is no shell to continue it, the
    /// system passes over the request, and the program goes on at once.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.way_back.take();
        signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
        self.resume()
    }

    /// Takes the terminal again after the program was stopped and continued from outside.
    pub fn resume(&mut self) -> io::Result<()> {
        self.way_back.take();
        self.switch_on()?;
        self.repaint()
    }

    /// Lets go of a terminal that is no longer there, without a word to it.
    pub fn abandon(self) {
        self.way_back.is_entered.store(false, Ordering::SeqCst);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.way_back.take();
        // Setting a hook while panicking would abort.
        if !thread::panicking() {
            fault::install();
        }
    }
}

/// Columns and rows of the terminal.
pub fn size() -> io::Result<(u16, u16)> {
    window_size().map(|size| (size.columns, size.rows))
}

/// Where the keys come from.
///
/// Opened anew, so that no other program's choice of non-blocking reading is inherited; where there is no controlling
/// terminal, standard input itself.
pub fn keyboard() -> io::Result<File> {
    File::open("/dev/tty").or_else(|_| io::stdin().as_fd().try_clone_to_owned().map(File::from))
}

/// Whether this terminal knows the kitty keyboard protocol or passes over what it does not know.
fn takes_kitty(term: &str, program: &str) -> bool {
    !(term == "linux" || term.starts_with("vt") || term.starts_with("cons") || program == "Apple_Terminal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_switched_on_is_switched_off() {
        for (mouse, kitty) in [(true, true), (false, true), (true, false), (false, false)] {
            let modes = Modes { mouse, kitty };
            let (mut on, mut off) = (Vec::new(), Vec::new());
            modes.on(&mut on).unwrap();
            modes.off(&mut off).unwrap();
            let (on, off) = (String::from_utf8(on).unwrap(), String::from_utf8(off).unwrap());
            for mode in on.split("\x1b[?").filter_map(|part| part.split_once('h').map(|(mode, _)| mode)) {
                assert!(off.contains(&format!("\x1b[?{mode}l")), "{mode} stays on: {off:?}");
            }
            assert_eq!(on.contains("\x1b[>1u"), kitty);
            assert_eq!(off.contains("\x1b[<1u"), kitty);
            assert_eq!(on.contains("1002h"), mouse);
            assert!(off.contains("\x1b[?25h") && off.ends_with("\x1b[?1049l"), "{off:?}");
        }
    }

    #[test]
    fn the_kitty_protocol_is_left_alone_where_it_would_show() {
        for (term, program, takes) in [
            ("xterm-256color", "", true),
            ("xterm-kitty", "", true),
            ("tmux-256color", "", true),
            ("linux", "", false),
            ("vt220", "", false),
            ("xterm-256color", "Apple_Terminal", false),
        ] {
            assert_eq!(takes_kitty(term, program), takes, "{term} {program}");
        }
    }
}
