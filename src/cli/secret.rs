//! Where a command takes the passphrase from: a file, what another command prints, or whoever sits at the terminal.

use std::path::Path;
use std::process::{Command, Stdio};

use color_eyre::eyre::eyre;
use zeroize::Zeroizing;

use super::{Failed, Global, print};
use crate::app::terminal::hidden::{self, NotTyped};
use crate::ui::screen::gate::strength::{Strength, strength};

/// The passphrase a script gave; none where it is to be asked for.
pub fn given(global: &Global) -> Result<Option<Zeroizing<String>>, Failed> {
    if let Some(path) = &global.passphrase_file {
        return from_file(path).map(Some);
    }
    let Some(command) = &global.passphrase_command else { return Ok(None) };
    let output = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|why| eyre!("the passphrase command cannot be run: {why}"))?;
    let printed = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(eyre!("the passphrase command failed, so nothing was opened."));
    }
    let text = std::str::from_utf8(&printed).map_err(|_| eyre!("the passphrase command printed no text."))?;
    Ok(Some(first_line(text)))
}

/// The passphrase of the record: given, or asked for.
pub fn passphrase(global: &Global) -> Result<Zeroizing<String>, Failed> {
    match given(global)? {
        Some(passphrase) => Ok(passphrase),
        None => asked("Passphrase", "--passphrase-file or --passphrase-command"),
    }
}

/// A passphrase that is to be: from a file, or asked for twice. An empty one is refused, a weak one warned of.
pub fn new_passphrase(from: Option<Zeroizing<String>>, instead: &str) -> Result<Zeroizing<String>, Failed> {
    let passphrase = if let Some(passphrase) = from {
        passphrase
    } else {
        let once = asked("New passphrase", instead)?;
        if !once.trim().is_empty() && *asked("The same again", instead)? != *once {
            return Err(eyre!("the two passphrases are not the same; nothing was changed."));
        }
        once
    };
    match strength(&passphrase) {
        Strength::Blank => Err(eyre!("an empty passphrase is not possible: there is no unencrypted record.")),
        Strength::Weak => {
            print::say(
                "This passphrase is weak: a machine finds it within hours, and whoever has the file and finds it reads \
                 every patient. `daysheet passphrase` changes it; four or more unrelated words are strong.",
            );
            Ok(passphrase)
        }
        Strength::Fair | Strength::Strong => Ok(passphrase),
    }
}

/// The passphrase in the first line of a file.
pub fn from_file(path: &Path) -> Result<Zeroizing<String>, Failed> {
    let cannot = |why: &dyn std::fmt::Display| eyre!("the passphrase file {} cannot be read: {why}.", path.display());
    let bytes = Zeroizing::new(std::fs::read(path).map_err(|why| cannot(&why))?);
    let text = std::str::from_utf8(&bytes).map_err(|_| cannot(&"it is no text"))?;
    Ok(first_line(text))
}

fn asked(prompt: &str, instead: &str) -> Result<Zeroizing<String>, Failed> {
    hidden::ask(prompt).map_err(|why| match why {
        NotTyped::NoTerminal => {
            eyre!("the passphrase is needed, and {why}: give it with {instead}, or start this in a terminal.")
        }
        NotTyped::Ended | NotTyped::Refused(_) => eyre!("the passphrase is needed, but {why}."),
    })
}

fn first_line(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
}
