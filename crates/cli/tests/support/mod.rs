//! The built command, driven as a maintainer would, in a folder of its own.
#![allow(dead_code, reason = "not every test does everything with a desk")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder that is deleted at the end of the test.
pub struct Desk(PathBuf);

/// What a run of the command left behind.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    /// An empty folder; `name` is the test's own.
    pub fn new(name: &str) -> Desk {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Desk(path)
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, name: &str, content: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), content).unwrap();
    }

    /// Every file below a folder and its bytes; nothing when there is no such folder.
    pub fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut files: Vec<_> = entries
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default()))
            .collect();
        files.sort();
        files
    }

    /// The names in a folder.
    pub fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_iter().map(|(name, _)| name).collect()
    }

    /// Runs the command here.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.ask(arguments, "")
    }

    /// Runs the command here with a variable set, or without it.
    pub fn run_with(&self, variable: &str, value: Option<&str>, arguments: &[&str]) -> Run {
        let mut command = self.command(arguments);
        value.map(|value| command.env(variable, value));
        self.finish(command.spawn().unwrap(), "")
    }

    /// Runs the command here with this on standard input.
    pub fn ask(&self, arguments: &[&str], input: &str) -> Run {
        self.finish(self.start(arguments), input)
    }

    /// Starts the command here.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).spawn().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_expert-search"));
        command
            .args(arguments)
            .current_dir(&self.0)
            // The language of whoever runs the tests does not matter.
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("LANG", "zh_CN.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn finish(&self, mut child: Child, input: &str) -> Run {
        // A command that stops before it reads closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
