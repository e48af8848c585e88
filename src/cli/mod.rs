//! Commands outside the board.

pub mod calc;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "daysheet", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Any calculator, with its reasons; needs no record.
    Calc {
        /// Which calculator; without a name they are listed.
        name: Option<String>,
        /// The inputs as one JSON object, and the answer as one; `-` reads it from standard input.
        #[arg(long, value_name = "OBJECT", allow_hyphen_values = true)]
        json: Option<String>,
    },
}

/// Runs what the arguments ask for.
pub fn run() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let done = match command {
        Command::Calc { name, json } => {
            let (mut input, mut output, mut words) = (io::stdin().lock(), io::stdout().lock(), io::stderr().lock());
            let mut terminal = calc::Terminal { input: &mut input, output: &mut output, words: &mut words };
            calc::run(name.as_deref(), json.as_deref(), &mut terminal)
        }
    };
    // A reader that went away (`| head`) is told nothing: it is not listening.
    done.map_or(ExitCode::from(calc::COULD_NOT), ExitCode::from)
}
