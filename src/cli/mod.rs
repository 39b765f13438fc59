//! The command line: one file a command. Data on stdout, talk on stderr.
//!
//! Exit codes: 0 done; 1 done, but what was asked for is not so; 2 usage, I/O or bad data. A closed pipe ends quietly.

mod answer;
mod args;
mod args_query;
mod build;
mod each;
mod evaluate;
mod explain;
mod export;
mod extract;
mod gazetteer;
mod geocode;
mod import;
mod map;
mod near;
mod output;
mod resolve;
mod review;
mod sites;
mod source;
mod spot;
mod summarise;
mod summary;
mod talk;
mod within;

use std::io;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::{Cli, Command};

/// How a command ended that did not fail, the worse the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Done.
    Done,
    /// Done, but what was asked for is not so.
    NotSo,
    /// Done for the rest; some input could not be read.
    Partly,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::NotSo => 1,
            Status::Partly => 2,
        })
    }
}

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli.command) {
        Ok(status) => status.into(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            talk::error(&told(&error));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<Status> {
    match command {
        Command::Map(args) => map::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Explain(args) => explain::run(args),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Review(args) => review::run(args),
        Command::Near(args) => near::run(&args),
        Command::Within(args) => within::run(&args),
        Command::Along(args) => within::along(&args),
        Command::Summary(args) => summarise::run(&args),
        Command::Resolve(args) => resolve::run(&args),
        Command::Geocode(args) => geocode::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Gazetteer(args) => gazetteer::run(&args),
    }
}

/// Help and version go to stdout and are no error; a wrong argument is one.
fn usage(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        talk::line(&error.render().to_string());
    } else if error.use_stderr() {
        talk::line(&format!("mawqi: {}", error.render()));
    } else {
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The error with its causes, each said once.
fn told(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if told.is_empty() {
            told = cause;
        } else if !told.ends_with(&cause) {
            told = format!("{told}: {cause}");
        }
    }
    told
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
