//! `daysheet keys`: every command with its keys, as the settings bind them.

use clap::Args;
use serde::Serialize;

use super::{Failed, Global, print, record};
use crate::action::Context;
use crate::action::Keymap;
use crate::action::command::COMMANDS;
use crate::action::form_command::FormCommand;
use crate::clinical::text::width;

/// What `keys` is told.
#[derive(Debug, Args)]
pub struct Ask {
    /// A JSON list: `command`, `where`, `keys`, `name`, `help` (none for what every editor has).
    #[arg(long)]
    json: bool,
}

/// One line of the list.
#[derive(Serialize)]
pub struct Line {
    /// Its stable name, as settings refer to it.
    pub command: &'static str,
    /// Where it can be asked for.
    #[serde(rename = "where")]
    pub place: &'static str,
    /// Its keys there.
    pub keys: Vec<String>,
    /// Its name in the palette.
    pub name: &'static str,
    /// One sentence of help; none for what every editor has.
    pub help: Option<&'static str>,
}

/// The heading of the keys that every editor has.
const EDITING: &str = "While typing, the same in every form";

/// Prints the list.
pub fn run(global: &Global, ask: &Ask) -> Result<(), Failed> {
    let lines = lines(&record::settings(global)?.keymap);
    if ask.json {
        return print::json(&lines);
    }
    print::result(&text(&lines))
}

/// Every command with its keys.
pub fn lines(keymap: &Keymap) -> Vec<Line> {
    let mut out = Vec::new();
    for &context in Context::ALL {
        out.extend(COMMANDS.iter().filter(|info| info.context == context).map(|info| Line {
            command: info.id,
            place: context.title(),
            keys: keymap.keys(info).iter().map(ToString::to_string).collect(),
            name: info.name,
            help: Some(info.help),
        }));
    }
    out.extend(FormCommand::ALL.iter().filter_map(|command| {
        let keys: Vec<String> = command.keys().map(str::to_owned).collect();
        let line = Line { command: command.id(), place: EDITING, keys, name: command.title(), help: None };
        (!line.keys.is_empty()).then_some(line)
    }));
    out
}

fn text(lines: &[Line]) -> String {
    let shown = |line: &Line| match line.keys.as_slice() {
        [] => "palette".to_owned(),
        keys => keys.join(" "),
    };
    let keys = lines.iter().map(|line| width(&shown(line))).max().unwrap_or(0);
    let ids = lines.iter().map(|line| width(line.command)).max().unwrap_or(0);
    let mut out = String::new();
    let mut place = "";
    for line in lines {
        if line.place != place {
            place = line.place;
            out.push_str(&format!("{}{place}\n", if out.is_empty() { "" } else { "\n" }));
        }
        out.push_str(&format!("  {:keys$}  {:ids$}  {}\n", shown(line), line.command, line.name));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_command_is_listed_with_the_keys_the_user_gave_it() {
        let own = BTreeMap::from([("visit.new".to_owned(), vec!["V".parse().unwrap()])]);
        let lines = lines(&Keymap::with(&own).unwrap());
        let text = text(&lines);
        for info in COMMANDS {
            assert!(lines.iter().any(|line| line.command == info.id), "{}", info.id);
        }
        assert!(text.lines().any(|line| line.starts_with("  V ") && line.contains("visit.new")), "{text}");
        assert!(text.contains("While typing") && text.contains("Ctrl-W"), "{text}");
    }
}
