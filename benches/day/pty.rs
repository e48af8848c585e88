//! A program in a pseudo-terminal, and how long it takes until a frame has come whole.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Columns and rows of the terminal.
pub const SIZE: (u16, u16) = (160, 50);

const BEGINS: &[u8] = b"\x1b[?2026h";
const ENDS: &[u8] = b"\x1b[?2026l";

/// A running program.
pub struct Program {
    _master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Program {
    /// Starts this very program as another one.
    pub fn start(arguments: &[&str]) -> Self {
        let (cols, rows) = SIZE;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(arguments);
        command.env_clear();
        command.cwd(std::env::temp_dir());
        for (name, value) in
            [("HOME", "/nonexistent"), ("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("TZ", "Europe/Berlin")]
        {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (reader, writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        Self { _master: pair.master, reader, writer, child }
    }

    /// Reads until a large frame has come whole; what came before it is passed over.
    pub fn first_frame(&mut self) -> usize {
        let mut all = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = self.reader.read(&mut buffer).unwrap();
            assert!(read > 0, "the program has ended: {}", String::from_utf8_lossy(&all));
            all.extend_from_slice(&buffer[..read]);
            if ends_frame(&all) && has(&all, BEGINS) {
                return all.len();
            }
        }
    }

    /// Sends keys and reads the frame that follows: how long it took, and how many bytes it had.
    pub fn frame_after(&mut self, keys: &[u8]) -> (Duration, usize) {
        let mut buffer = vec![0; 64 * 1024];
        let began = Instant::now();
        self.writer.write_all(keys).unwrap();
        self.writer.flush().unwrap();
        let mut all = Vec::new();
        loop {
            let read = self.reader.read(&mut buffer).unwrap();
            assert!(read > 0, "the program has ended: {}", String::from_utf8_lossy(&all));
            all.extend_from_slice(&buffer[..read]);
            // A small frame comes in one piece, a large one says where it ends.
            if !has(&all, BEGINS) || ends_frame(&all) {
                return (began.elapsed(), all.len());
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn has(all: &[u8], what: &[u8]) -> bool {
    all.windows(what.len()).any(|window| window == what)
}

fn ends_frame(all: &[u8]) -> bool {
    all.windows(ENDS.len()).rposition(|window| window == ENDS) > all.windows(BEGINS.len()).rposition(|w| w == BEGINS)
}
