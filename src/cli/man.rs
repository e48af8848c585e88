//! `daysheet man`: the manual page, made of the same tables as help: the commands of the command line as clap knows them,
//! the keys as the settings bind them.

use std::fmt::Write;

use clap::{Arg, ArgAction, Command};

use super::keys::{Line, lines};
use super::{Failed, Global, print, record};

/// Prints the page.
pub fn run(global: &Global, command: Command) -> Result<(), Failed> {
    print::result(&page(command, &lines(&record::settings(global)?.keymap)))
}

/// The page as roff.
fn page(mut command: Command, keys: &[Line]) -> String {
    command.build();
    let mut out = String::new();
    let version = command.get_version().unwrap_or_default().to_owned();
    put(&mut out, &format!(".TH DAYSHEET 1 \"\" \"daysheet {}\" \"User manual\"", quoted(&version)));
    section(&mut out, "NAME");
    put(&mut out, &format!("daysheet \\- {}", text(&about(&command).to_lowercase())));
    section(&mut out, "SYNOPSIS");
    put(&mut out, ".B daysheet\n[\\fIoptions\\fR] [\\fIcommand\\fR]");
    section(&mut out, "DESCRIPTION");
    put(&mut out, &text(&format!("{}.", about(&command))));
    for paragraph in DESCRIPTION {
        put(&mut out, &format!(".PP\n{}", text(paragraph)));
    }
    section(&mut out, "OPTIONS");
    put(&mut out, &text("They may stand before or behind a command."));
    options(&mut out, &command, |_| true);
    section(&mut out, "COMMANDS");
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        subcommand(&mut out, sub, "");
    }
    section(&mut out, "KEYS");
    put(&mut out, &text("As the settings bind them; a line without a key is in the palette alone."));
    keys_section(&mut out, keys);
    for (title, paragraphs) in REST {
        section(&mut out, title);
        for (term, words) in paragraphs {
            put(&mut out, &format!(".TP\n.B {}\n{}", text(term), text(words)));
        }
    }
    out
}

/// What no table says.
const DESCRIPTION: [&str; 2] = [
    "Without a command it opens today's board in the terminal; the first run makes the record. Everything is done by keys: ? \
     shows those that work where you are, : finds a command by its name.",
    "The record is one SQLCipher 4 file. Who has the file and the passphrase can read it, also without this program; a \
     forgotten passphrase is final.",
];

type Titled = (&'static str, &'static [(&'static str, &'static str)]);

const REST: [Titled; 3] = [
    (
        "FILES",
        &[
            (
                "record.db",
                "The record, in the data folder of the platform (on Linux ~/.local/share/daysheet). --file names another.",
            ),
            (
                "settings.toml",
                "The settings, in its configuration folder (on Linux ~/.config/daysheet). --config names another; `daysheet \
             settings` prints one with a word about each line.",
            ),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            ("NO_COLOR", "Set to anything, no colours are used; bold, underlined and reversed text stays."),
            ("COLORTERM", "truecolor or 24bit says that the terminal has 24-bit colours."),
            ("TERM", "Says how many colours there are where COLORTERM does not."),
        ],
    ),
    (
        "EXIT STATUS",
        &[
            ("0", "Done. An import that refused some rows is done, and says how many on standard error."),
            ("1", "Could not; the sentence on standard error says why, and what can be done."),
            ("2", "Wrong usage."),
        ],
    ),
];

fn section(out: &mut String, title: &str) {
    put(out, &format!(".SH {title}"));
}

fn subcommand(out: &mut String, sub: &Command, before: &str) {
    let name = format!("{before}{}", sub.get_name());
    let mut usage = format!("\\fB{}\\fR", quoted(&name));
    for argument in own(sub) {
        let shown = shape(argument);
        let _ = write!(usage, " {}", if argument.is_required_set() { shown } else { format!("[{shown}]") });
    }
    put(out, &format!(".SS \"{}\"", quoted(&name)));
    put(out, &usage);
    put(out, &format!(".PP\n{}", text(&format!("{}.", about(sub)))));
    options(out, sub, |argument| !argument.is_global_set());
    for below in sub.get_subcommands().filter(|below| below.get_name() != "help") {
        subcommand(out, below, &format!("{name} "));
    }
}

/// What a command takes of its own: neither what every command takes nor help.
fn own(command: &Command) -> impl Iterator<Item = &Arg> {
    command
        .get_arguments()
        .filter(|argument| !argument.is_global_set() && !argument.is_hide_set() && !is_help(argument))
}

fn is_help(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version)
}

fn options(out: &mut String, command: &Command, shown: impl Fn(&Arg) -> bool) {
    for argument in command.get_arguments().filter(|argument| shown(argument) && !argument.is_hide_set()) {
        if is_help(argument) && command.get_name() != "daysheet" {
            continue;
        }
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        put(out, &format!(".TP\n{}\n{}", shape(argument), text(&format!("{}.", help.trim_end_matches('.')))));
    }
}

/// An argument as it is typed: `--file FILE`, `TEXT...`.
fn shape(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let takes = argument.get_action().takes_values();
    let more = if argument.get_num_args().is_some_and(|range| range.max_values() > 1) { "..." } else { "" };
    let values: Vec<String> = names.iter().map(|name| format!("\\fI{}\\fR{more}", quoted(name))).collect();
    let values = if takes { values.join(" ") } else { String::new() };
    match (argument.get_long(), argument.get_short()) {
        (Some(long), _) => format!("\\fB{}\\fR {values}", quoted(&format!("--{long}"))).trim_end().to_owned(),
        (None, Some(short)) => format!("\\fB{}\\fR {values}", quoted(&format!("-{short}"))).trim_end().to_owned(),
        (None, None) => values,
    }
}

fn keys_section(out: &mut String, keys: &[Line]) {
    let mut place = "";
    for line in keys {
        if line.place != place {
            place = line.place;
            put(out, &format!(".SS \"{}\"", quoted(place)));
        }
        let shown = if line.keys.is_empty() { "\\(em".to_owned() } else { quoted(&line.keys.join(" ")) };
        let words = line.help.unwrap_or(line.name);
        put(out, &format!(".TP\n.B {shown}\n{} (\\fI{}\\fR)", text(words), quoted(line.command)));
    }
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default().trim_end_matches('.').to_owned()
}

/// Text that roff takes as it stands: no line begins with a request.
fn text(words: &str) -> String {
    let lines = words.lines().map(|line| {
        let line = quoted(line);
        if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Characters that roff would take for its own.
fn quoted(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '"' => out.push_str("\\(dq"),
            '\'' => out.push_str("\\(aq"),
            '`' => out.push_str("\\(ga"),
            '^' => out.push_str("\\(ha"),
            '~' => out.push_str("\\(ti"),
            _ => out.push(c),
        }
    }
    out
}

fn put(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::action::Keymap;
    use crate::action::command::COMMANDS;

    fn shown() -> String {
        page(super::super::Cli::command(), &lines(&Keymap::default()))
    }

    #[test]
    fn every_command_option_and_key_is_on_the_page() {
        let page = shown();
        for sub in super::super::Cli::command().get_subcommands() {
            assert!(page.contains(&format!(".SS \"{}\"", quoted(sub.get_name()))), "{}", sub.get_name());
        }
        for option in ["\\-\\-passphrase\\-file", "\\-\\-now", "\\-\\-json", "\\-\\-version"] {
            assert!(page.contains(option), "{option}\n{page}");
        }
        for info in COMMANDS {
            assert!(page.contains(&format!("(\\fI{}\\fR)", quoted(info.id))), "{}", info.id);
        }
    }

    #[test]
    fn no_text_is_taken_for_a_request() {
        for line in shown().lines().filter(|line| line.starts_with(['.', '\''])) {
            let request: String = line.chars().take_while(|c| !c.is_whitespace()).collect();
            assert!([".TH", ".SH", ".SS", ".PP", ".TP", ".B"].contains(&request.as_str()), "{line}");
        }
        assert_eq!(text(".now 'tis a \\ back-slash"), "\\&.now \\(aqtis a \\e back\\-slash");
    }
}
