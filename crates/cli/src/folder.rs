//! A folder that is replaced by a whole new one or not at all, wherever the program is killed.
//!
//! Beside DIR stand, for the time of a build only, `.DIR.new` (what is being written) and `.DIR.old` (what it replaces):
//!
//! | killed | what stands | the next build |
//! |---|---|---|
//! | while writing | DIR, part of `.DIR.new` | deletes `.DIR.new` |
//! | between the two renames | `.DIR.old`, all of `.DIR.new` | renames `.DIR.old` back, deletes `.DIR.new` |
//! | before the last deletion | DIR, `.DIR.old` | deletes `.DIR.old` |
//!
//! A folder that is not empty cannot be renamed over on any system, hence two renames.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Action, Failure};
use crate::site::{FOLDERS, MANIFEST, Manifest, OBSOLETE, is_ours};
use crate::speech::{comma, tell};

/// A place for a built folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl Folder {
    /// Opens the place, mending what a killed build left beside it.
    ///
    /// # Errors
    ///
    /// When something stands there that no build has written: it is not ours to replace.
    pub fn open(path: &Path) -> Result<Folder, Failure> {
        // The folder behind a symbolic link is replaced, not the link.
        let path =
            fs::canonicalize(path).or_else(|_| std::path::absolute(path)).map_err(Failure::file(Action::Open, path))?;
        let Some(name) = path.file_name().and_then(OsStr::to_str) else {
            return Err(Failure::Folder(
                path,
                tell!("不能用作输出文件夹，请另选一个", "cannot be the output folder; choose another"),
            ));
        };
        let beside = |end: &str| path.with_file_name(format!(".{name}.{end}"));
        let folder = Folder { new: beside("new"), old: beside("old"), path };
        folder.recover()?;
        folder.refuse_foreign()?;
        Ok(folder)
    }

    /// The manifest of what stands there now, if anything does.
    pub fn manifest(&self) -> Option<Manifest> {
        Manifest::parse(&fs::read(self.path.join(MANIFEST)).ok()?)
    }

    /// What a host may still have of earlier builds: the pages and details that stand there now, and what was named as obsolete before.
    pub fn earlier(&self) -> BTreeSet<String> {
        let listed = fs::read_to_string(self.path.join(OBSOLETE)).unwrap_or_default();
        let standing = list(&self.path).unwrap_or_default().into_iter().filter(|name| is_within(name));
        listed.lines().map(String::from).filter(|name| is_ours(name)).chain(standing).collect()
    }

    /// Puts these files in the place of all that stands there.
    pub fn replace(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        if let Err(failure) = self.write(files) {
            // The failure counts; what it leaves beside the folder is the next build's to delete if it cannot be done now.
            let _ = delete(&self.new);
            return Err(failure);
        }
        let exists = self.path.exists();
        if exists {
            fs::rename(&self.path, &self.old).map_err(Failure::file(Action::Replace, &self.path))?;
        }
        if let Err(error) = fs::rename(&self.new, &self.path) {
            if exists {
                fs::rename(&self.old, &self.path).map_err(Failure::file(Action::Replace, &self.path))?;
            }
            return Err(Failure::File(Action::Replace, self.path.clone(), error));
        }
        delete(&self.old)
    }

    fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        fs::create_dir_all(&self.new).map_err(Failure::file(Action::Create, &self.new))?;
        for folder in FOLDERS {
            if files.iter().any(|(name, _)| name.starts_with(folder)) {
                let folder = self.new.join(folder);
                fs::create_dir_all(&folder).map_err(Failure::file(Action::Create, &folder))?;
            }
        }
        for (name, bytes) in files {
            let path = self.new.join(name);
            let write = || {
                let mut file = File::create(&path)?;
                file.write_all(bytes)?;
                // On disk before the rename is: a power cut must not leave a folder of empty files. Pages and details are too many to
                // wait for each of them.
                if is_within(name) { Ok(()) } else { file.sync_all() }
            };
            write().map_err(Failure::file(Action::Write, &path))?;
        }
        Ok(())
    }

    fn recover(&self) -> Result<(), Failure> {
        if self.old.exists() && !self.path.exists() {
            fs::rename(&self.old, &self.path).map_err(Failure::file(Action::Replace, &self.path))?;
        }
        delete(&self.old)?;
        delete(&self.new)
    }

    fn refuse_foreign(&self) -> Result<(), Failure> {
        let names = match list(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            names => names.map_err(Failure::file(Action::Open, &self.path))?,
        };
        let foreign: Vec<&str> =
            names.iter().map(String::as_str).filter(|name| !is_ours(name) && !is_litter(name)).collect();
        let refuse = |why| Err(Failure::Folder(self.path.clone(), why));
        if !foreign.is_empty() {
            let foreign = foreign.join(comma());
            return refuse(tell!(
                "里面有不是本程序写的文件（{foreign}），为免误删没有改动；请移走，或用 -o 另选文件夹",
                "holds files that this program has not written ({foreign}) and was left alone; move them away, or choose another by -o"
            ));
        }
        if !names.is_empty() && self.manifest().is_none() {
            return refuse(tell!(
                "不是空的，也没有本程序写的 {MANIFEST}，为免误删没有改动；请用 -o 另选文件夹",
                "is not empty and has no {MANIFEST} of this program; it was left alone, choose another by -o"
            ));
        }
        Ok(())
    }
}

/// What systems put into folders by themselves.
fn is_litter(name: &str) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"]
        .contains(&FOLDERS.into_iter().find_map(|folder| name.strip_prefix(folder)).unwrap_or(name))
}

/// Whether a file stands in one of the folders within the folder.
fn is_within(name: &str) -> bool {
    FOLDERS.iter().any(|folder| name.starts_with(folder))
}

/// The names in a folder, and in the folders within it.
fn list(path: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let folder = FOLDERS.iter().find(|folder| folder.strip_suffix('/') == Some(&name));
        if let Some(folder) = folder.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
            for file in fs::read_dir(entry.path())? {
                names.push(format!("{folder}{}", file?.file_name().to_string_lossy()));
            }
        } else {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Deletes a folder beside the place, unless something in it was not written by a build.
fn delete(path: &Path) -> Result<(), Failure> {
    let names = match list(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        names => names.map_err(Failure::file(Action::Open, path))?,
    };
    if let Some(name) = names.iter().find(|name| !is_ours(name) && !is_litter(name)) {
        let why = tell!(
            "里面有不是本程序写的文件（{name}），请移走后重试",
            "holds a file that this program has not written ({name}); move it away and try again"
        );
        return Err(Failure::Folder(path.to_owned(), why));
    }
    fs::remove_dir_all(path).map_err(Failure::file(Action::Delete, path))
}
