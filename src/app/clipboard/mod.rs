//! Copying out: to the terminal's clipboard and the system's, or where neither works to a file only its owner can read.
//!
//! Nothing here waits for a tool: one runs on a thread of its own and tells the outcome through a closure. Of what was
//! copied only a digest is kept, to see when clearing whether it is still there. What others have put on the clipboard
//! since is left alone, as far as can be known: the terminal's clipboard cannot be read, so where no tool can tell, it is
//! overwritten.

mod way;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub use self::way::{Choice, Surroundings};
use self::way::{Tool, Ways, is_on_path};
use crate::clinical::time::Instant;
use crate::jobs::private_file::{make_folder_for, private};

/// How long the end of the program or a lock waits for a tool.
const PATIENCE: Duration = Duration::from_millis(500);
/// What the terminal's clipboard is overwritten with. Some terminals take nothing for no request.
const BLANK: &str = " ";

/// Where the text went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// On the system's clipboard; this tool took it.
    Taken(&'static str),
    /// To the terminal, which does not say whether it took it; no tool did.
    Sent,
    /// In this file.
    File(PathBuf),
    /// Nowhere, and why.
    Nowhere(String),
}

/// Copies out, and clears.
#[derive(Debug)]
pub struct Clipboard {
    ways: Ways,
    file: PathBuf,
    clear_after: Option<Duration>,
    ours: Option<Ours>,
}

#[derive(Debug, Clone, Copy)]
struct Ours {
    digest: [u8; 32],
    due: Option<Instant>,
}

impl Clipboard {
    /// The clipboard of these surroundings. `runtime` is the folder for the file; none for `clear_after` never clears
    /// by time.
    pub fn new(choice: Choice, around: &Surroundings, runtime: &Path, clear_after: Option<Duration>) -> Self {
        Self {
            ways: Ways::here(choice, around, is_on_path),
            file: runtime.join("copied-out.txt"),
            clear_after,
            ours: None,
        }
    }

    /// Copies out. `to_terminal` writes OSC 52; `done` gets the outcome, at once or from another thread.
    pub fn copy(
        &mut self,
        text: &str,
        now: Instant,
        to_terminal: impl FnOnce(&str) -> io::Result<()>,
        done: impl FnOnce(Outcome) + Send + 'static,
    ) {
        let due = self.clear_after.map(|time| now.plus_millis(i64::try_from(time.as_millis()).unwrap_or(i64::MAX)));
        self.ours = Some(Ours { digest: digest(text.as_bytes()), due });
        let is_sent = self.ways.terminal && to_terminal(text).is_ok();
        let (tool, file, text) = (self.ways.tool, self.file.clone(), Zeroizing::new(text.to_owned()));
        let work = move || match tool.map(|tool| (tool.name, tool.copy(&text))) {
            Some((name, Ok(()))) => Outcome::Taken(name),
            _ if is_sent => Outcome::Sent,
            failed => match write_file(&file, &text) {
                Ok(()) => Outcome::File(file),
                Err(why) => Outcome::Nowhere(nowhere(failed.and_then(|(_, tool)| tool.err()), &why)),
            },
        };
        aside(tool.is_some(), move || done(work()));
    }

    /// When what was copied is to be cleared.
    pub fn due(&self) -> Option<Instant> {
        self.ours.and_then(|ours| ours.due)
    }

    /// Clears what is still ours, at its due moment. `done` is told whether the terminal's clipboard is to be cleared
    /// too, with [`Clipboard::blank`].
    pub fn clear(&mut self, done: impl FnOnce(bool) + Send + 'static) {
        let Some(ours) = self.ours.take() else { return };
        let (ways, file) = (self.ways, self.file.clone());
        let reads = ways.tool.is_some();
        aside(reads, move || {
            if fs::read(&file).is_ok_and(|bytes| digest(&bytes) == ours.digest) {
                drop(fs::remove_file(&file));
            }
            let is_ours = ways.tool.is_none_or(|tool| clear_tool(tool, ours.digest));
            done(is_ours && ways.terminal);
        });
    }

    /// The same before the program ends or the record is locked: waits for a tool, but not long.
    pub fn clear_now(&mut self, to_terminal: impl FnOnce(&str) -> io::Result<()>) {
        if self.ours.is_none() {
            return;
        }
        let (sender, receiver) = mpsc::channel();
        let is_sent = self.ways.terminal;
        self.clear(move |terminal| {
            // Nobody listens once the patience is over.
            let _ = sender.send(terminal);
        });
        // A tool that does not answer cannot say that the text is no longer ours.
        if receiver.recv_timeout(PATIENCE).unwrap_or(is_sent) {
            drop(to_terminal(BLANK));
        }
    }

    /// What clears the terminal's clipboard.
    pub const fn blank() -> &'static str {
        BLANK
    }

    /// Removes a file that a killed program has left, once its time is over.
    pub fn sweep(&self, now: Instant) {
        let written = fs::metadata(&self.file).and_then(|data| data.modified()).map(chrono::DateTime::from);
        let age = written.map(|at| now.millis() - Instant::from(at).millis());
        let time = self.clear_after.map_or(0, |time| i64::try_from(time.as_millis()).unwrap_or(i64::MAX));
        if age.is_ok_and(|age| age >= time) {
            drop(fs::remove_file(&self.file));
        }
    }
}

/// Does it on a thread of its own where it may wait, else at once; also where no thread can be had.
fn aside(may_wait: bool, work: impl FnOnce() + Send + 'static) {
    if may_wait {
        // The system refuses threads only when it is out of memory; then what was asked is not done, and not shown.
        drop(thread::Builder::new().name("clipboard".into()).spawn(work));
    } else {
        work();
    }
}

/// Clears it if it holds ours or nobody can tell, and says whether that was so.
fn clear_tool(tool: &Tool, ours: [u8; 32]) -> bool {
    let is_ours = tool.read().is_none_or(|bytes| digest(&bytes) == ours);
    if is_ours {
        drop(tool.clear());
    }
    is_ours
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn write_file(path: &Path, text: &str) -> io::Result<()> {
    make_folder_for(path)?;
    match fs::remove_file(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path)?;
    file.write_all(text.as_bytes())
}

fn nowhere(tool: Option<io::Error>, file: &io::Error) -> String {
    let tool = tool.map_or_else(|| "no clipboard works here".to_owned(), |why| why.to_string());
    format!("{tool}, and no file could be written: {file}")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const NOON: Instant = Instant::from_millis(1_795_521_600_000);

    /// Without a tool, so that everything happens at once.
    fn clipboard(folder: &Path, terminal: bool) -> Clipboard {
        Clipboard {
            ways: Ways { terminal, tool: None },
            file: folder.join("run/copied-out.txt"),
            clear_after: Some(Duration::from_mins(1)),
            ours: None,
        }
    }

    fn copy(clipboard: &mut Clipboard, terminal: io::Result<()>) -> (Outcome, String) {
        let mut sent = String::new();
        let (sender, receiver) = mpsc::channel();
        let to_terminal = |text: &str| {
            text.clone_into(&mut sent);
            terminal
        };
        clipboard.copy("OKAFOR Adaeze", NOON, to_terminal, move |outcome| sender.send(outcome).unwrap());
        (receiver.recv().unwrap(), sent)
    }

    #[test]
    fn the_terminal_is_sent_the_text_and_blanked_when_it_is_due() {
        let home = tempfile::tempdir().unwrap();
        let mut clipboard = clipboard(home.path(), true);
        assert_eq!(clipboard.due(), None);
        assert_eq!(copy(&mut clipboard, Ok(())), (Outcome::Sent, "OKAFOR Adaeze".to_owned()));
        assert_eq!(clipboard.due(), Some(NOON.plus_millis(60_000)));
        let mut sent = Vec::new();
        clipboard.clear_now(|text| {
            sent.push(text.to_owned());
            Ok(())
        });
        clipboard.clear_now(|_| panic!("cleared twice"));
        assert_eq!((sent, clipboard.due()), (vec![" ".to_owned()], None));
    }

    #[test]
    fn where_no_clipboard_works_a_private_file_holds_the_text_until_it_is_due() {
        let home = tempfile::tempdir().unwrap();
        let mut clipboard = clipboard(home.path(), false);
        let path = home.path().join("run/copied-out.txt");
        assert_eq!(copy(&mut clipboard, Ok(())), (Outcome::File(path.clone()), String::new()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "OKAFOR Adaeze");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(copy(&mut clipboard, Ok(())).0, Outcome::File(path.clone()), "and again");
        clipboard.clear_now(|_| panic!("the terminal was not used"));
        assert!(!path.exists());
    }

    #[test]
    fn a_terminal_that_refuses_leaves_the_file() {
        let home = tempfile::tempdir().unwrap();
        let mut clipboard = clipboard(home.path(), true);
        assert!(matches!(copy(&mut clipboard, Err(io::ErrorKind::BrokenPipe.into())).0, Outcome::File(_)));
    }

    #[test]
    fn a_file_that_holds_something_else_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let mut clipboard = clipboard(home.path(), false);
        copy(&mut clipboard, Ok(()));
        fs::write(&clipboard.file, "somebody else's").unwrap();
        clipboard.clear_now(|_| Ok(()));
        assert!(clipboard.file.exists());
    }

    #[test]
    fn where_nothing_works_the_reason_is_said() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("run"), "in the way").unwrap();
        let (outcome, _) = copy(&mut clipboard(home.path(), false), Ok(()));
        let Outcome::Nowhere(why) = outcome else { panic!("{outcome:?}") };
        assert!(why.starts_with("no clipboard works here, and no file could be written: "), "{why}");
    }

    #[test]
    fn a_left_file_is_swept_once_its_time_is_over() {
        let home = tempfile::tempdir().unwrap();
        let mut clipboard = clipboard(home.path(), false);
        copy(&mut clipboard, Ok(()));
        let written =
            Instant::from(fs::metadata(&clipboard.file).unwrap().modified().map(chrono::DateTime::from).unwrap());
        clipboard.sweep(written.plus_millis(59_000));
        assert!(clipboard.file.exists());
        clipboard.sweep(written.plus_millis(60_001));
        assert!(!clipboard.file.exists());
    }
}
