//! Where a command takes the passphrase from: a file, or what another command prints.

use std::process::{Command, Stdio};

use zeroize::Zeroizing;

use super::{Failed, Global};

/// The passphrase a script gave; none where it is to be asked for.
pub fn passphrase(global: &Global) -> Result<Option<Zeroizing<String>>, Failed> {
    if let Some(path) = &global.passphrase_file {
        let text = std::fs::read_to_string(path)
            .map_err(|why| Failed(format!("the passphrase file {} cannot be read: {why}", path.display())))?;
        return Ok(Some(first_line(&Zeroizing::new(text))));
    }
    let Some(command) = &global.passphrase_command else { return Ok(None) };
    let output = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|why| Failed(format!("the passphrase command cannot be run: {why}")))?;
    if !output.status.success() {
        return Err(Failed("the passphrase command failed, so nothing was opened".to_owned()));
    }
    let text = Zeroizing::new(String::from_utf8_lossy(&output.stdout).into_owned());
    Ok(Some(first_line(&text)))
}

fn first_line(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
}
