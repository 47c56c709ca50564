//! Waiting until a file changes. It asks twice a second, which works on network drives too, where notices are not sent.

use std::fs;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// The files that are watched, as they were last seen.
#[derive(Debug)]
pub struct Watch {
    paths: Vec<PathBuf>,
    seen: Vec<Option<(u64, SystemTime)>>,
}

impl Watch {
    /// Watches these files; what is missing may come.
    pub fn new(paths: Vec<PathBuf>) -> Watch {
        let seen = look(&paths);
        Watch { paths, seen }
    }

    /// Returns when one of them has changed and all have been still for half a second: programs save in several steps.
    pub fn wait(&mut self) {
        let mut last = self.seen.clone();
        loop {
            sleep(Duration::from_millis(500));
            let now = look(&self.paths);
            let is_still = now == last;
            if is_still && now != self.seen {
                self.seen = now;
                return;
            }
            last = now;
        }
    }
}

fn look(paths: &[PathBuf]) -> Vec<Option<(u64, SystemTime)>> {
    let seen = |path: &PathBuf| {
        let metadata = fs::metadata(path).ok()?;
        Some((metadata.len(), metadata.modified().ok()?))
    };
    paths.iter().map(seen).collect()
}
