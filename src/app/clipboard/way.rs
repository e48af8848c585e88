//! Which way text goes to a clipboard from here, and the system's tools that take it there.

use std::env;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

/// Which ways the physician wants used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// Those that can work here.
    #[default]
    Auto,
    /// The terminal's alone (OSC 52).
    Terminal,
    /// The system's tool alone.
    Tool,
    /// A file, whatever else there is.
    File,
}

impl Choice {
    /// Every choice with the name the settings use.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Auto, "auto"), (Self::Terminal, "terminal"), (Self::Tool, "tool"), (Self::File, "file")];
}

/// What of the surroundings decides the way.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own; any may stand beside any")]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// A Wayland session.
    pub wayland: bool,
    /// An X display, also one forwarded through SSH.
    pub x11: bool,
    /// A macOS session.
    pub macos: bool,
    /// Linux inside Windows.
    pub wsl: bool,
    /// Logged in from another machine: what runs here does not reach the clipboard there.
    pub ssh: bool,
    /// The terminal's name (TERM).
    pub term: String,
    /// The terminal program's name (`TERM_PROGRAM`).
    pub program: String,
}

impl Surroundings {
    /// What the environment says.
    pub fn look() -> Self {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            wayland: is_set("WAYLAND_DISPLAY"),
            x11: is_set("DISPLAY"),
            macos: cfg!(target_os = "macos"),
            wsl: is_set("WSL_DISTRO_NAME") || is_set("WSL_INTEROP"),
            ssh: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
            term: env::var("TERM").unwrap_or_default(),
            program: env::var("TERM_PROGRAM").unwrap_or_default(),
        }
    }

    /// Whether this terminal may understand OSC 52. Those known not to are left out; of the rest nobody can tell.
    fn terminal_may_take(&self) -> bool {
        let term = self.term.as_str();
        !(term.is_empty()
            || matches!(term, "dumb" | "linux")
            || term.starts_with("vt")
            || self.program == "Apple_Terminal")
    }
}

/// A tool of the system's that puts its input on the clipboard.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    copy: &'static [&'static str],
    /// Program and arguments that print what is on the clipboard; none where nothing can tell.
    read: Option<(&'static str, &'static [&'static str])>,
    /// Arguments that empty it; none where empty input does.
    clear: Option<&'static [&'static str]>,
    text: Encoding,
}

#[derive(Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    /// With a byte order mark and Windows line ends.
    Utf16,
}

const WL_COPY: Tool = Tool {
    name: "wl-copy",
    copy: &["--type", "text/plain"],
    read: Some(("wl-paste", &["--no-newline"])),
    clear: Some(&["--clear"]),
    text: Encoding::Utf8,
};
const XCLIP: Tool = Tool {
    name: "xclip",
    copy: &["-selection", "clipboard"],
    read: Some(("xclip", &["-selection", "clipboard", "-o"])),
    clear: None,
    text: Encoding::Utf8,
};
const XSEL: Tool = Tool {
    name: "xsel",
    copy: &["--clipboard", "--input"],
    read: Some(("xsel", &["--clipboard", "--output"])),
    clear: Some(&["--clipboard", "--clear"]),
    text: Encoding::Utf8,
};
const PBCOPY: Tool =
    Tool { name: "pbcopy", copy: &[], read: Some(("pbpaste", &[])), clear: None, text: Encoding::Utf8 };
const CLIP_EXE: Tool = Tool { name: "clip.exe", copy: &[], read: None, clear: None, text: Encoding::Utf16 };

/// The ways to use, worked out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ways {
    pub(super) terminal: bool,
    pub(super) tool: Option<&'static Tool>,
}

impl Ways {
    pub(super) fn here(choice: Choice, around: &Surroundings, is_there: impl Fn(&str) -> bool) -> Self {
        let candidates: [(bool, &'static Tool); 5] = [
            (around.wayland && !around.ssh, &WL_COPY),
            (around.x11, &XCLIP),
            (around.x11, &XSEL),
            (around.macos && !around.ssh, &PBCOPY),
            (around.wsl && !around.ssh, &CLIP_EXE),
        ];
        let tool = candidates.into_iter().find(|(fits, tool)| *fits && is_there(tool.name)).map(|(_, tool)| tool);
        match choice {
            Choice::Auto => Self { terminal: around.terminal_may_take(), tool },
            Choice::Terminal => Self { terminal: true, tool: None },
            Choice::Tool => Self { terminal: false, tool },
            Choice::File => Self { terminal: false, tool: None },
        }
    }
}

/// Whether a program of this name is on the search path.
pub(super) fn is_on_path(name: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

impl Tool {
    pub(super) fn copy(&self, text: &str) -> io::Result<()> {
        match self.text {
            Encoding::Utf8 => self.run(self.copy, text.as_bytes()),
            Encoding::Utf16 => self.run(self.copy, &utf16(text)),
        }
    }

    /// What is on the clipboard now; none where nothing can tell.
    pub(super) fn read(&self) -> Option<Vec<u8>> {
        let (program, arguments) = self.read?;
        let mut child = silent(program, arguments).stdout(Stdio::piped()).spawn().ok()?;
        let mut bytes = Vec::new();
        child.stdout.take()?.read_to_end(&mut bytes).ok()?;
        child.wait().ok()?;
        Some(bytes)
    }

    pub(super) fn clear(&self) -> io::Result<()> {
        self.run(self.clear.unwrap_or(self.copy), b"")
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> io::Result<()> {
        let mut child = silent(self.name, arguments).stdin(Stdio::piped()).spawn()?;
        let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(input));
        let status = child.wait()?;
        written?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("{} ended with {status}", self.name))) }
    }
}

/// Its output goes nowhere: these tools leave a child behind that would hold it open.
fn silent(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn utf16(text: &str) -> Vec<u8> {
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surroundings_choose_the_way() {
        let xterm = || Surroundings { term: "xterm-256color".into(), ..Surroundings::default() };
        let all = |_: &str| true;
        for (what, around, choice, terminal, tool) in [
            ("Wayland", Surroundings { wayland: true, x11: true, ..xterm() }, Choice::Auto, true, Some("wl-copy")),
            ("X", Surroundings { x11: true, ..xterm() }, Choice::Auto, true, Some("xclip")),
            ("X through SSH", Surroundings { x11: true, ssh: true, ..xterm() }, Choice::Auto, true, Some("xclip")),
            ("SSH", Surroundings { wayland: true, ssh: true, ..xterm() }, Choice::Auto, true, None),
            ("macOS", Surroundings { macos: true, ..xterm() }, Choice::Auto, true, Some("pbcopy")),
            ("Windows", Surroundings { wsl: true, ..xterm() }, Choice::Auto, true, Some("clip.exe")),
            ("bare", xterm(), Choice::Auto, true, None),
            ("console", Surroundings { term: "linux".into(), ..xterm() }, Choice::Auto, false, None),
            ("Apple", Surroundings { program: "Apple_Terminal".into(), ..xterm() }, Choice::Auto, false, None),
            ("by tool", Surroundings { x11: true, ..xterm() }, Choice::Tool, false, Some("xclip")),
            ("by terminal", Surroundings { x11: true, ..xterm() }, Choice::Terminal, true, None),
            ("by file", Surroundings { x11: true, ..xterm() }, Choice::File, false, None),
        ] {
            let ways = Ways::here(choice, &around, all);
            assert_eq!((ways.terminal, ways.tool.map(|tool| tool.name)), (terminal, tool), "{what}");
        }
    }

    #[test]
    fn a_tool_that_is_not_installed_is_passed_over() {
        let around = Surroundings { wayland: true, x11: true, ..Surroundings::default() };
        let ways = Ways::here(Choice::Auto, &around, |name| name == "xsel");
        assert_eq!(ways.tool.map(|tool| tool.name), Some("xsel"));
        assert_eq!(Ways::here(Choice::Auto, &around, |_| false).tool, None);
    }

    #[test]
    fn windows_gets_its_own_encoding_and_line_ends() {
        assert_eq!(utf16("ä\nb"), [0xff, 0xfe, 0xe4, 0, b'\r', 0, b'\n', 0, b'b', 0]);
    }

    #[test]
    fn a_tool_that_fails_says_so() {
        let fails = Tool { name: "false", ..PBCOPY };
        assert!(fails.copy("").unwrap_err().to_string().contains("false ended with"));
        assert!(Tool { name: "no-such-tool-here", ..PBCOPY }.copy("x").is_err());
    }
}
