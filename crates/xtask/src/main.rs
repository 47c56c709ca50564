//! Developers' commands: `cargo xtask <command>`. Each has a file of its own; what they share is in `project` and `setup`.

mod bench;
mod debian_rust;
mod demo;
mod dist;
mod licences;
mod project;
mod serve;
mod setup;
mod size;
mod split;
mod suites;
mod synth;
mod target_features;
mod test_runner;
mod widget;

use clap::{Parser, Subcommand};
use project::Project;
use std::{ffi::OsString, path::PathBuf, process::ExitCode};

/// Developers' commands of expert-search. Each sets up what it needs and is missing.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the widget and the sample directory's site, and serve it on this machine
    Demo {
        /// Stop after building
        #[arg(long)]
        no_serve: bool,
        /// The port to serve on; 0 takes any that is free
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Run every test, or the suites named
    Test {
        /// Suites to run, in the order of the list; all of them when none is named
        #[arg(value_enum)]
        suites: Vec<suites::Suite>,
    },
    /// Measure keystrokes, sizes and building in headless Chromium and write the table into bench/
    Bench(bench::Options),
    /// Measure what a visitor downloads and hold it against sizes.json
    Size {
        /// Write the sizes down as the ones that hold from now on
        #[arg(long)]
        update: bool,
    },
    /// Write a directory that does not exist, of any size, as tables like the sample's
    Synth {
        /// How many rows in all: 85 % academicians, 10 % chief experts, 5 % stations
        rows: usize,
        /// The same seed gives the same directory
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The folder to write into
        #[arg(short, value_name = "DIR")]
        output: PathBuf,
    },
    /// Build the maintainers' command with the widget inside, for release
    Dist,
    /// Run a wasm test file in headless Chromium; cargo calls this, see .cargo/config.toml
    #[command(hide = true)]
    TestRunner {
        /// The .wasm file that cargo built
        wasm: PathBuf,
        /// What follows `--` on cargo's command line
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let project = Project::find()?;
    match command {
        Command::Demo { no_serve, port } => {
            let site = demo::build(&project)?;
            if !no_serve {
                let server = serve::Server::open(&site, port)?;
                println!("serving {} at {} (Ctrl+C ends it)", site.display(), server.address());
                server.serve();
            }
            Ok(())
        }
        Command::Test { suites } => suites::run(&project, &suites),
        Command::Bench(options) => bench::run(&project, &options),
        Command::Size { update } => size::run(&project, update),
        Command::Synth { rows, seed, output } => synth::write(&project, rows, seed, &output).map(drop),
        Command::Dist => dist::run(&project),
        Command::TestRunner { wasm, rest } => test_runner::run(&project, &wasm, rest),
    }
}
