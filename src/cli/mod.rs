//! Commands outside the board. Results go to standard output, words to standard error.
//!
//! Exit codes: 0 done, 1 could not, 2 wrong usage. A command is a variant of [`Ask`], a file here, and an arm in [`run`].

mod board;
pub mod calc;
mod secret;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::app::clock::SetTo;

/// One pain physician's working day: one encrypted file, no network, all keyboard.
#[derive(Debug, Parser)]
#[command(name = "daysheet", version, disable_help_subcommand = true)]
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
    /// Prints the completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// Why a command could not be carried out, as a sentence.
#[derive(Debug)]
pub struct Failed(pub String);

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
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
    let done = match cli.ask {
        None => board::run(&cli.global),
        Some(Ask::Calc { name, json }) => Ok(calculate(name.as_deref(), json.as_deref())),
        Some(Ask::Completions { shell }) => {
            clap_complete::generate(shell, &mut Cli::command(), "daysheet", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|Failed(words)| {
        eprintln!("daysheet: {words}");
        ExitCode::FAILURE
    })
}

fn calculate(name: Option<&str>, json: Option<&str>) -> ExitCode {
    let (mut input, mut output, mut words) =
        (std::io::stdin().lock(), std::io::stdout().lock(), std::io::stderr().lock());
    let mut terminal = calc::Terminal { input: &mut input, output: &mut output, words: &mut words };
    // A reader that went away (`| head`) is told nothing: it is not listening.
    calc::run(name, json, &mut terminal).map_or(ExitCode::from(calc::COULD_NOT), ExitCode::from)
}
