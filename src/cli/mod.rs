//! Commands outside the board. Results go to standard output, words to standard error.
//!
//! Exit codes: 0 done, 1 could not, 2 wrong usage. A command is a variant of `Ask`, a file here, and an arm in [`run`].

mod board;
pub mod calc;
mod demo;
mod find;
mod import;
mod init;
mod keep;
mod keys;
mod man;
mod paper;
mod print;
mod progress;
mod record;
mod secret;
mod settings;
mod sheet;
mod verify;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::app::clock::SetTo;
use crate::app::instruments;
use crate::clinical::text::clean;
use crate::jobs::import::ImportError;
use crate::store::{StoreError, told};

/// One pain physician's working day: one encrypted file, no network, all keyboard.
#[derive(Debug, Parser)]
#[command(name = "daysheet", version)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    ask: Option<Ask>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The record, where it is not the platform's own.
    #[arg(long, global = true, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Another settings file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Sets the clock: a wall time of the practice (2026-11-24T10:14), or a moment with its offset.
    #[arg(long, global = true, value_name = "TIME")]
    now: Option<SetTo>,
    /// Reads the passphrase from the first line of a file.
    #[arg(long, global = true, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Reads the passphrase from the first line a command prints.
    #[arg(long, global = true, value_name = "COMMAND", conflicts_with = "passphrase_file")]
    passphrase_command: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
enum Ask {
    /// Any calculator, with its reasons; needs no record.
    Calc {
        /// Which calculator; without a name they are listed.
        name: Option<String>,
        /// The inputs as one JSON object, and the answer as one; `-` reads it from standard input.
        #[arg(long, value_name = "OBJECT", allow_hyphen_values = true)]
        json: Option<String>,
    },
    /// Opens a made-up practice in a throw-away file, to try everything.
    Demo(demo::Demo),
    /// Makes the record.
    Init(init::Init),
    /// Prints the day, as plain text for paper.
    Sheet(sheet::Ask),
    /// Prints what goes on paper.
    Print(paper::Ask),
    /// Brings in a schedule: calendars and tables.
    Import(import::Ask),
    /// Finds patients, and all text of all days.
    Find(find::Ask),
    /// Copies the record to a file, encrypted as it is, and proves the copy.
    Backup {
        /// The copy; an earlier copy there is replaced.
        #[arg(value_name = "COPY")]
        to: PathBuf,
    },
    /// Brings a copy back, after proving it; what it replaces is kept.
    Restore {
        /// The copy.
        #[arg(value_name = "COPY")]
        copy: PathBuf,
    },
    /// Proves the record: pages, references, index, and every row against the log.
    Verify(verify::Verify),
    /// Changes the passphrase.
    Passphrase(keep::Passphrase),
    /// Lists every command with its keys.
    Keys(keys::Ask),
    /// Prints the settings as they are without a file, each with a word about it.
    Settings(settings::Ask),
    /// Prints the words of examination shorthand: terms, sides, places, grades.
    Examination,
    /// Prints the completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page: `daysheet man | man -l -`.
    Man,
}

/// Why a command could not be carried out: a sentence of its own, or an error from below.
pub type Failed = color_eyre::Report;

/// What happened and what can be done, in sentences.
fn words(failed: &Failed) -> String {
    let of_store = |error: &StoreError| {
        let more = match error {
            // What is wrong, not only that something is.
            StoreError::NotSound(findings) => told(findings).iter().fold(String::new(), |out, one| out + "\n  " + one),
            _ => String::new(),
        };
        format!("{error} {}{more}", error.advice())
    };
    match (failed.downcast_ref(), failed.downcast_ref()) {
        (Some(error), _) | (None, Some(ImportError::Store(error))) => of_store(error),
        (None, Some(error)) => format!("{error}. Nothing was changed."),
        (None, None) => failed.to_string(),
    }
}

/// Reads the arguments and carries them out.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no mistakes.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    carry_out(&cli).unwrap_or_else(|failed| {
        print::say(&format!("daysheet: {}", clean(&words(&failed))));
        ExitCode::FAILURE
    })
}

fn carry_out(cli: &Cli) -> Result<ExitCode, Failed> {
    let global = &cli.global;
    let Some(ask) = &cli.ask else { return board::run(global) };
    let done = match ask {
        Ask::Demo(demo) => return demo::run(global, demo),
        Ask::Init(init) => init::run(global, init),
        Ask::Sheet(ask) => sheet::run(global, ask),
        Ask::Print(ask) => paper::run(global, ask),
        Ask::Import(ask) => return import::run(global, ask),
        Ask::Find(ask) => find::run(global, ask),
        Ask::Backup { to } => keep::back_up(global, to),
        Ask::Restore { copy } => keep::restore(global, copy),
        Ask::Verify(ask) => verify::verify(global, ask),
        Ask::Passphrase(ask) => keep::passphrase(global, ask),
        Ask::Calc { name, json } => return calculate(global, name.as_deref(), json.as_deref()),
        Ask::Keys(ask) => keys::run(global, ask),
        Ask::Settings(ask) => settings::run(global, ask),
        Ask::Man => man::run(global, Cli::command()),
        Ask::Examination => print::result(&crate::clinical::examination::guide::text()),
        Ask::Completions { shell } => completions(*shell),
    };
    done.map(|()| ExitCode::SUCCESS)
}

fn calculate(global: &Global, name: Option<&str>, json: Option<&str>) -> Result<ExitCode, Failed> {
    // It needs no record; where there is no folder for settings either, there are no own instruments.
    let folder = record::paths(global).map(|paths| paths.instruments());
    let (own, faults) = folder.map(|folder| instruments::load(&folder)).unwrap_or_default();
    for fault in faults {
        print::say(&format!("daysheet: {fault}"));
    }
    let (mut input, mut words) = (std::io::stdin().lock(), std::io::stderr());
    let mut output = Vec::new();
    let mut terminal = calc::Terminal { input: &mut input, output: &mut output, words: &mut words };
    let code = calc::run(name, json, own.own(), &mut terminal)?;
    print::result(&String::from_utf8_lossy(&output))?;
    Ok(ExitCode::from(code))
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failed> {
    // Into memory first: a reader that goes away early is no fault.
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "daysheet", &mut out);
    print::result(&String::from_utf8_lossy(&out))
}
