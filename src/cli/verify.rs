//! `verify`: proves the record. Of a damaged one it says in few sentences what is wrong, what can still be read, and
//! what to do.

use std::path::{Path, PathBuf};

use clap::Args;
use color_eyre::eyre::eyre;

use super::progress::watched;
use super::{Failed, Global, print, record, secret};
use crate::store::{
    self, Finding, Mode, Proof, RawKey, Salt, Store, StoreError, Survey, derive, newest_copy, told, told_pages,
};

/// What `verify` is told.
#[derive(Debug, Args)]
pub struct Verify {
    /// A backup of this record: also proves that nothing was cut off since.
    #[arg(long, value_name = "BACKUP")]
    against: Option<PathBuf>,
}

/// `daysheet verify`: proves the record; what is wrong stands on standard output, what to do about it beside it.
///
/// # Errors
/// A record that is not sound is one: the exit code says so.
pub fn verify(global: &Global, verify: &Verify) -> Result<(), Failed> {
    let paths = record::paths(global)?;
    let path = &record::place(global)?;
    let salt = Salt::of(path)?;
    let passphrase = secret::passphrase(global)?;
    let backup = match &verify.against {
        Some(backup) => {
            let key = derive(&passphrase, Salt::of(backup)?)?;
            let open = Store::open(backup, &key, Mode::Read, record::ids()?, record::clock(global).now().instant);
            Some(open.map_err(|error| not_compared(error, backup))?)
        }
        None => None,
    };
    let key = derive(&passphrase, salt)?;
    let proof = match Store::open(path, &key, Mode::Read, record::ids()?, record::clock(global).now().instant) {
        Ok(mut store) => {
            let proof = watched(|watch| store.verify(backup.as_ref(), watch))?;
            // A damaged file may not even close as it should; nothing was written into it.
            drop(store.close());
            proof
        }
        // Too much is wrong to open it, yet what is left of it can be looked at.
        Err(StoreError::Damaged { .. } | StoreError::Sql { .. }) => return damaged(path, &key, &paths.backups()),
        Err(error) => return Err(error.into()),
    };
    if !proof.search_proved && proof.is_sound() {
        print::say("The full-text index could not be proved, because nothing can be written where the record lies.");
    }
    if proof.is_sound() {
        return print::result(&format!("The record is sound: {} change sets proved.\n", proof.change_sets));
    }
    if proof.findings.iter().any(|finding| finding.page().is_some()) {
        return damaged(path, &key, &paths.backups());
    }
    altered(path, &proof, &paths.backups())
}

/// A backup that is damaged itself proves nothing.
fn not_compared(error: StoreError, backup: &Path) -> Failed {
    match error {
        StoreError::Damaged { .. } => {
            eyre!("The backup {} is damaged itself; nothing was compared with it. Name another one.", backup.display())
        }
        other => other.into(),
    }
}

/// Pages that are not as they were written: what they hold cannot be read, and what else there is can.
fn damaged(path: &Path, key: &RawKey, backups: &Path) -> Result<(), Failed> {
    let survey = watched(|watch| store::survey(path, key, watch))?;
    print::result(&(lines(&survey).join("\n") + "\n"))?;
    Err(eyre!("{} is damaged. {} {}", path.display(), left(&survey), what_to_do(path, backups)))
}

/// What is wrong with the file itself, in few lines.
fn lines(survey: &Survey) -> Vec<String> {
    let mut lines = Vec::new();
    if survey.is_cut_off {
        let pages = if survey.held == 1 { "1 page".to_owned() } else { format!("{} pages", survey.held) };
        lines.push(format!("the file was cut off: it ends too early, after {pages}"));
    }
    if !survey.pages.is_empty() {
        lines.push(told_pages(&survey.pages, Some(survey.held)));
    }
    if survey.is_list_damaged {
        lines.push("the list of its tables is damaged too: some may be missing here".to_owned());
    }
    if !survey.broken.is_empty() {
        lines.push(format!("cannot be read to the end: {}", names(&survey.broken)));
    }
    let all = survey.whole.len() + survey.broken.len();
    lines.push(format!("can be read to the end: {} of {all} tables", survey.whole.len()));
    lines
}

/// The tables that cannot be read to their end; those of the log and of the index are each one thing to whoever reads it.
fn names(broken: &[(String, u64)]) -> String {
    const NAMED: usize = 12;
    let mut names: Vec<String> = Vec::new();
    for (table, rows) in broken {
        let name = match (inner(table), rows) {
            (Some(inner), _) => inner.to_owned(),
            (None, 0) => table.replace('_', " "),
            (None, 1) => format!("{} (after 1 row)", table.replace('_', " ")),
            (None, rows) => format!("{} (after {rows} rows)", table.replace('_', " ")),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    names.join(", ") + &more
}

/// What a table is for that holds no facts.
fn inner(table: &str) -> Option<&'static str> {
    match table {
        "change" | "change_set" | "log_name" => Some("the log of changes"),
        "draft" => Some("what was typed and not completed"),
        "machine" => Some("what this machine keeps for itself"),
        table if table.starts_with("search") => Some("the full-text index (it can be made anew)"),
        _ => None,
    }
}

/// What is left, in one sentence.
fn left(survey: &Survey) -> &'static str {
    match (survey.whole.is_empty(), survey.broken.is_empty(), survey.is_list_damaged) {
        (true, _, _) => "Nothing of it can be read any more.",
        (false, true, false) => "All that is written in it can still be read, only not be found as fast.",
        (false, true, true) => "What the tables that are left hold can be read; others may be missing.",
        (false, false, _) => {
            "What the tables named here held can be read in part or not at all; all others can be read."
        }
    }
}

/// Rows or the log are not what they should be, in a file whose pages are whole: it was changed by something else.
fn altered(path: &Path, proof: &Proof, backups: &Path) -> Result<(), Failed> {
    print::result(&(told(&proof.findings).join("\n") + "\n"))?;
    let count = match proof.findings.len() {
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    let only_search = proof.findings.iter().all(|finding| matches!(finding, Finding::Search { .. }));
    let only_shorter = proof.findings.iter().all(|finding| matches!(finding, Finding::CutOff { .. }));
    let what = if only_search {
        "Only the index for finding is wrong, every fact is as it was written."
    } else if only_shorter {
        "What it holds is as it was written, but it ends earlier than it once did: it was cut off, or it is an older \
         copy. What came later is missing here, and a later backup has it."
    } else {
        "Every page is as it was written, so the disk is not at fault: something else than daysheet changed the file, \
         or a part of it is from another time. All else is proved."
    };
    Err(eyre!("{} is not sound: {count}. {what} {}", path.display(), what_to_do(path, backups)))
}

/// What can be done, with the newest copy by its name.
fn what_to_do(path: &Path, backups: &Path) -> String {
    let copy = newest_copy(path, backups);
    let restore = match &copy {
        Some(copy) => format!("`daysheet restore {}` brings back the newest automatic backup", copy.display()),
        None => "`daysheet restore FILE` brings back a backup (none was found beside the file)".to_owned(),
    };
    format!(
        "Nothing was changed by looking. Write no more into it. {restore}; it proves the copy first, and keeps this file."
    )
}
