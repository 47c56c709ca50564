//! The maintainers' command: from the tables they have to the folder that a website hosts, and everything to look at on the way.

mod arguments;
mod build;
mod check;
mod config;
mod diff;
mod explain;
mod failure;
mod folder;
mod html;
mod init;
mod manual;
mod marked;
mod mistake;
mod pack;
mod pages;
mod query;
mod report;
mod serve;
mod site;
mod speech;
mod stats;
mod tables;
mod watch;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use std::sync::atomic::AtomicUsize;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind as UsageKind};

use arguments::{Arguments, Command, Target};
use build::Job;
use failure::Failure;
use speech::{comma, pick, tell};

fn main() -> ExitCode {
    let called: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    speech::settle(&called);
    ingest::silence_readers();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has seen enough (`expert-search query … | head`).
        Err(Failure::File(_, _, error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            if !matches!(failure, Failure::Reported) {
                eprintln!("{failure}");
            }
            ExitCode::from(failure.status())
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Init { folder } => init::run(&folder),
        Command::Check { tables, format, output, marked } => {
            let config = config::load(tables.config.as_deref())?;
            check::run(&tables.files, &config, format, output.as_deref(), marked.as_deref())
        }
        Command::Build { target, watch } => {
            let job = job(&target)?;
            let watched = serve::watched(&job);
            match (job.run(), watch) {
                (done, false) => done,
                (done, true) => {
                    if let Err(failure) = done {
                        eprintln!("{failure}");
                    }
                    eprintln!("{}", tell!("等着表格改动；按 Ctrl+C 结束。", "Waiting for changes; Ctrl+C ends it."));
                    serve::follow(&job, watched, &AtomicUsize::new(0));
                    Ok(())
                }
            }
        }
        Command::Serve { target, port } => match &target.tables.files[..] {
            [folder] if folder.is_dir() => serve::run(folder, None, port),
            _ => {
                let job = job(&target)?;
                let output = job.output.clone();
                serve::run(&output, Some(job), port)
            }
        },
        Command::Query { folder, queries, limit, json } => query::run(&folder, &queries, limit, json),
        Command::Explain { folder, query, limit } => explain::run(&folder, &query, limit),
        Command::Diff { old, new, config, json } => {
            diff::run(&old, &new, &config::load(config.as_deref())?.settings, json)
        }
        Command::Stats { folder, json } => stats::run(&folder, json),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { folder } => manual::pages(folder.as_deref()),
    }
}

fn job(target: &Target) -> Result<Job, Failure> {
    Job::new(target, config::load(target.tables.config.as_deref())?)
}

/// Help as asked for, or what is wrong with the call.
fn usage(error: &clap::Error) -> ExitCode {
    // Of all words of a usage line only this one is not ours to give.
    let help = || error.render().to_string().replace("[OPTIONS]", pick("[选项]", "[OPTIONS]"));
    if !error.use_stderr() {
        // A closed pipe is no reason to fail.
        let _ = write!(std::io::stdout(), "{}", help());
        return ExitCode::SUCCESS;
    }
    let what = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(comma()),
        _ => String::new(),
    };
    let argument = what(ContextKind::InvalidArg);
    let sentence = match error.kind() {
        UsageKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{}", help());
            return ExitCode::from(2);
        }
        UsageKind::UnknownArgument => tell!("不认识的选项 {argument}", "unknown option {argument}"),
        UsageKind::InvalidSubcommand => {
            let command = what(ContextKind::InvalidSubcommand);
            tell!("不认识的命令 {command}", "unknown command {command}")
        }
        UsageKind::MissingRequiredArgument => tell!("缺少 {argument}", "missing: {argument}"),
        UsageKind::InvalidValue | UsageKind::ValueValidation => {
            let value = what(ContextKind::InvalidValue);
            tell!("{argument} 的值不对：「{value}」", "{argument} cannot be “{value}”")
        }
        UsageKind::ArgumentConflict => tell!("{argument} 只能写一次", "{argument} can be given once only"),
        _ => tell!("命令写得不对", "the call is wrong"),
    };
    eprintln!("{}", tell!("{sentence}。用法见 expert-search --help。", "{sentence}. See expert-search --help."));
    ExitCode::from(2)
}
