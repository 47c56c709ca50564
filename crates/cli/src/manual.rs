//! `completions` and `man`: made from the description of the arguments, so that they cannot differ from it.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::failure::{Action, Failure};
use crate::speech::pick;

/// Prints a shell's script.
pub fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "expert-search", &mut script);
    print(&script)
}

/// Prints the page of the whole command, or writes it and that of every command of it into a folder.
pub fn pages(folder: Option<&Path>) -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let page = |command: clap::Command| {
        let mut page = Vec::new();
        // Into memory nothing can fail to be written.
        let _ = clap_mangen::Man::new(command).render(&mut page);
        page
    };
    let Some(folder) = folder else { return print(&page(command)) };
    fs::create_dir_all(folder).map_err(Failure::file(Action::Create, folder))?;
    let commands: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    let named = commands.into_iter().map(|command| (format!("expert-search-{}.1", command.get_name()), command));
    for (name, command) in named.chain([(String::from("expert-search.1"), command.clone())]) {
        let path = folder.join(name);
        fs::write(&path, page(command)).map_err(Failure::file(Action::Write, &path))?;
    }
    Ok(())
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    std::io::stdout()
        .write_all(bytes)
        .map_err(Failure::file(Action::Write, Path::new(pick("标准输出", "standard output"))))
}
