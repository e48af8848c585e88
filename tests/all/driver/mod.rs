//! Drives a program in a pseudo-terminal the way a person does: type, look, wait for what should appear, resize, kill.
//!
//! ```ignore
//! let home = Home::new();
//! let mut day = home.open(&["demo"], (80, 24));
//! day.wait_for("Morning");
//! day.keys("n1430<Tab>back pain<Ctrl-S>");
//! day.wait_for("kept");
//! day.keys("Q");
//! assert_eq!(day.exit_code(), 0);
//! ```
//!
//! Nothing sleeps for a set time: everything waits for something to be so, and gives up with the screen in its message.

mod keys;
mod shown;
mod tests;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

use self::keys::{bytes_of, read_keys};
use self::shown::{Asked, Shown};

/// How long anything may take, on a machine that does much else. Only a failing test waits so long.
pub const PATIENCE: Duration = Duration::from_secs(30);

const BINARY: &str = env!("CARGO_BIN_EXE_daysheet");

/// A home folder of its own, which outlives the programs started in it.
#[derive(Debug)]
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The surroundings of every program: this home, a capable terminal, nothing of the machine's owner.
    fn surroundings(&self) -> Vec<(&'static str, String)> {
        let below = |name: &str| self.path().join(name).to_string_lossy().into_owned();
        vec![
            ("HOME", self.path().to_string_lossy().into_owned()),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_RUNTIME_DIR", below("run")),
            ("PATH", "/usr/bin:/bin".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("COLORTERM", "truecolor".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "UTC".to_owned()),
        ]
    }

    /// Starts daysheet in a terminal of so many columns and rows.
    pub fn open(&self, arguments: &[&str], size: (u16, u16)) -> Session {
        self.open_program(BINARY, arguments, size, &[])
    }

    /// The same with further variables in its environment.
    pub fn open_with(&self, arguments: &[&str], size: (u16, u16), variables: &[(&str, &str)]) -> Session {
        self.open_program(BINARY, arguments, size, variables)
    }

    /// Starts daysheet with a signal ignored, by its name without `SIG`.
    pub fn open_ignoring(&self, signal: &str, arguments: &[&str], size: (u16, u16)) -> Session {
        let script = format!("trap '' {signal}; exec \"$0\" \"$@\"");
        let mut all = vec!["-c", script.as_str(), BINARY];
        all.extend(arguments);
        self.open_program("/bin/sh", &all, size, &[])
    }

    fn open_program(&self, program: &str, arguments: &[&str], size: (u16, u16), variables: &[(&str, &str)]) -> Session {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in self.surroundings() {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(self.path());
        Session::start(command, size)
    }

    /// Runs daysheet without a terminal to its end, with this on its standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::new(BINARY);
        command.args(arguments).env_clear().envs(self.surroundings()).current_dir(self.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input may be gone before it is written.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        child.wait_with_output().unwrap()
    }
}

/// A program running in a terminal.
pub struct Session {
    /// None once the terminal is closed.
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Box<dyn Write + Send>,
    reader: Option<JoinHandle<()>>,
    child: Box<dyn Child + Send + Sync>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    ended: Option<portable_pty::ExitStatus>,
    pressed: usize,
}

fn size_of((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn at_least_one(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN)
}

impl Session {
    fn start(command: CommandBuilder, size: (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size_of(size)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (columns, rows) = (at_least_one(size.0), at_least_one(size.1));
        let parser = vt100::Parser::new_with_callbacks(rows, columns, 0, Asked::default());
        let shown =
            Arc::new((Mutex::new(Shown { parser, bytes: 0, is_over: false, is_closing: false }), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let screen = Arc::clone(&shown);
        let reading = thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let mut shown = screen.0.lock().unwrap_or_else(PoisonError::into_inner);
                shown.parser.process(&buffer[..read]);
                shown.bytes += read;
                shown.is_over = read == 0 || shown.is_closing;
                screen.1.notify_all();
                if shown.is_over {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: Some(pair.master), writer, reader: Some(reading), child, shown, ended: None, pressed: 0 }
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        // A test that failed while it looked leaves the lock marked; the end still has to be looked at.
        self.shown.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Types. `<Enter>`, `<Ctrl-S>`, `<Shift-Tab>`, `<F4>` are keys as the settings write them; `<lt>` is `<`. All of it
    /// arrives as one burst.
    pub fn keys(&mut self, keys: &str) {
        let keys = read_keys(keys);
        self.pressed += keys.len();
        let bytes: Vec<u8> = keys.into_iter().flat_map(bytes_of).collect();
        self.send(&bytes);
    }

    /// Types one key after the other, doing something before each.
    pub fn keys_with(&mut self, keys: &str, mut before: impl FnMut(&mut Self)) {
        for key in read_keys(keys) {
            before(self);
            self.pressed += 1;
            self.send(&bytes_of(key));
        }
    }

    /// How many keys were pressed so far, each with what is held down counted once.
    pub const fn pressed(&self) -> usize {
        self.pressed
    }

    /// Pastes, as a terminal does.
    pub fn paste(&mut self, text: &str) {
        let is_bracketed = self.shown().parser.screen().bracketed_paste();
        let text = text.replace("\r\n", "\n").replace('\n', "\r");
        let whole = if is_bracketed { format!("\x1b[200~{text}\x1b[201~") } else { text };
        self.send(whole.as_bytes());
    }

    /// Clicks on a cell, counted from 0.
    pub fn click(&mut self, x: u16, y: u16) {
        let (column, row) = (x + 1, y + 1);
        self.send(format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m").as_bytes());
    }

    /// Sends bytes as they are. A program that is gone takes none, which the next look will show.
    pub fn send(&mut self, bytes: &[u8]) {
        drop(self.writer.write_all(bytes).and_then(|()| self.writer.flush()));
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, size: (u16, u16)) {
        self.shown().parser.screen_mut().set_size(at_least_one(size.1), at_least_one(size.0));
        self.master.as_ref().unwrap().resize(size_of(size)).unwrap();
    }

    /// The screen's text, line by line.
    pub fn text(&self) -> String {
        self.shown().text()
    }

    /// What the program last asked the terminal to put on the clipboard.
    pub fn clipboard(&self) -> Option<String> {
        self.shown().clipboard()
    }

    /// Waits until the cursor stands there: row and column, counted from 0.
    #[track_caller]
    pub fn wait_for_cursor(&self, at: (u16, u16)) {
        let end = Instant::now() + PATIENCE;
        while self.look(vt100::Screen::cursor_position) != at {
            let now = self.look(vt100::Screen::cursor_position);
            assert!(Instant::now() < end, "the cursor is at {now:?}, not {at:?}. The screen:\n{}", self.text());
            let shown = self.shown();
            drop(self.shown.1.wait_timeout(shown, Duration::from_millis(5)).unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// What the program asked of the terminal that a board has no need of.
    pub fn strange(&self) -> Vec<String> {
        self.shown().parser.callbacks().strange.clone()
    }

    /// Looks at the screen itself: colours, cursor, modes.
    pub fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.shown().parser.screen())
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> usize {
        self.shown().bytes
    }

    /// Waits until nothing was written for so long; how many bytes were written in the same time after that.
    pub fn bytes_in(&self, time: Duration) -> usize {
        let mut shown = self.shown();
        loop {
            let before = shown.bytes;
            shown = self.shown.1.wait_timeout(shown, time / 4).unwrap_or_else(PoisonError::into_inner).0;
            if shown.bytes == before {
                break;
            }
        }
        let (before, end) = (shown.bytes, Instant::now() + time);
        while let left = end.saturating_duration_since(Instant::now())
            && !left.is_zero()
        {
            shown = self.shown.1.wait_timeout(shown, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        shown.bytes - before
    }

    /// Clock ticks the program has worked, where the system tells them.
    pub fn worked(&self) -> Option<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process())).ok()?;
        let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
    }

    /// How often any thread of the program went to sleep again, each time after it was woken, where the system tells that.
    pub fn slept(&self) -> Option<u64> {
        let mut slept = 0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.process())).ok()?.flatten() {
            let status = std::fs::read_to_string(thread.path().join("status")).ok()?;
            let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            slept += count.trim().parse::<u64>().ok()?;
        }
        Some(slept)
    }

    /// Waits until the screen's text is so.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        self.wait_within(PATIENCE, what, is_so);
    }

    /// The same with a patience of its own, for what takes its time.
    #[track_caller]
    pub fn wait_within(&self, patience: Duration, what: &str, is_so: impl Fn(&str) -> bool) {
        let end = Instant::now() + patience;
        let mut shown = self.shown();
        loop {
            let text = shown.text();
            if !shown.parser.callbacks().in_frame && is_so(&text) {
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            let is_over = shown.is_over;
            if is_over || left.is_zero() {
                drop(shown);
                let why = if is_over { "the program has ended" } else { "it did not come" };
                panic!("waiting for {what}: {why}. The screen:\n{text}");
            }
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Waits as long as something outside the screen is so: a file, or what lies in it.
    #[track_caller]
    pub fn wait_while(&self, what: &str, is_so: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while is_so() {
            let shown = self.shown();
            if shown.is_over || Instant::now() > end {
                let text = shown.text();
                drop(shown);
                panic!("waiting until {what}: it did not come. The screen:\n{text}");
            }
            drop(self.shown.1.wait_timeout(shown, Duration::from_millis(5)).unwrap());
        }
    }

    /// Waits until this stands on the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), |screen| screen.contains(text));
    }

    /// Waits until one of the two stands on the screen; whether it was the first.
    #[track_caller]
    pub fn wait_for_either(&self, first: &str, second: &str) -> bool {
        self.wait_until(&format!("{first:?} or {second:?}"), |screen| {
            screen.contains(first) || screen.contains(second)
        });
        self.text().contains(first)
    }

    /// Waits until these words stand on the screen, wherever their lines break.
    #[track_caller]
    pub fn wait_for_words(&self, words: &str) {
        self.wait_until(&format!("{words:?}"), |screen| {
            screen.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
        });
    }

    /// Waits until this stands there no longer.
    #[track_caller]
    pub fn wait_for_no(&self, text: &str) {
        self.wait_until(&format!("no {text:?}"), |screen| !screen.contains(text));
    }

    /// Sends a signal, by its name without `SIG`.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Ends it without a chance to clean up.
    pub fn kill(&mut self) {
        self.signal("KILL");
        self.wait_exit();
    }

    /// Closes the terminal, as closing its window does.
    pub fn close_terminal(&mut self) {
        self.shown().is_closing = true;
        // The reader lets go with the next thing it reads, which is what the program draws at its new size.
        let (rows, columns) = self.look(vt100::Screen::size);
        self.resize((columns.get() + 1, rows.get()));
        self.reader.take().unwrap().join().unwrap();
        self.writer = Box::new(std::io::sink());
        self.master = None;
    }

    fn wait_exit(&mut self) -> portable_pty::ExitStatus {
        let end = Instant::now() + PATIENCE;
        while self.ended.is_none() {
            self.ended = self.child.try_wait().unwrap();
            if self.ended.is_none() {
                assert!(Instant::now() < end, "it does not end. The screen:\n{}", self.text());
                let shown = self.shown();
                drop(self.shown.1.wait_timeout(shown, Duration::from_millis(5)).unwrap());
            }
        }
        self.ended.clone().unwrap()
    }

    /// Waits for its end; the exit code.
    #[track_caller]
    pub fn exit_code(&mut self) -> i32 {
        i32::try_from(self.wait_exit().exit_code()).unwrap()
    }

    /// Waits until everything it wrote is on the screen: only after its end.
    pub fn last_words(&mut self) -> String {
        self.wait_exit();
        let mut shown = self.shown.0.lock().unwrap();
        while !shown.is_over {
            shown = self.shown.1.wait(shown).unwrap();
        }
        drop(shown);
        self.text()
    }

    /// Terminal modes it left on; to be asked after its end.
    pub fn left_on(&mut self) -> Vec<&'static str> {
        self.last_words();
        self.look(|screen| {
            let modes = [
                ("the alternate screen", screen.alternate_screen()),
                ("bracketed paste", screen.bracketed_paste()),
                ("the mouse", screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None),
                ("a hidden cursor", screen.hide_cursor()),
            ];
            modes.into_iter().filter(|(_, is_on)| *is_on).map(|(name, _)| name).collect()
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.ended.is_none() && !matches!(self.child.try_wait(), Ok(Some(_))) {
            self.kill();
        }
    }
}
