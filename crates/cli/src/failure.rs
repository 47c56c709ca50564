//! Why a command stopped, in Chinese sentences that say what to do, and its exit status.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use engine::error::ReadErrorKind;
use engine::{ReadError, WriteError};
use ingest::Problem;

/// Everything that can stop a command.
#[derive(Debug)]
pub enum Failure {
    /// The tables have problems; all of them.
    Tables(Vec<Problem>),
    /// The records do not fit into an index.
    Records(WriteError),
    /// A file or folder could not be used: what was tried with it, and why not.
    File(&'static str, PathBuf, io::Error),
    /// The folder is not one that a build may replace or a query may read; why.
    Folder(PathBuf, String),
    /// The index's file could not be opened.
    Index(PathBuf, ReadError),
}

impl Failure {
    /// 1: the data is to be mended; 3: a file or folder. (2, a wrong call, is the argument parser's.)
    pub fn status(&self) -> u8 {
        match self {
            Failure::Tables(_) | Failure::Records(_) => 1,
            Failure::File(..) | Failure::Folder(..) | Failure::Index(..) => 3,
        }
    }

    /// For `map_err`: this was tried with this file.
    pub fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
        move |error| Failure::File(action, path.to_owned(), error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Tables(problems) => {
                for problem in problems {
                    writeln!(f, "{problem}。")?;
                }
                write!(f, "共 {} 处问题，没有写出任何文件。", problems.len())
            }
            Failure::Records(error) => write!(f, "索引放不下这些数据：{error}。没有写出任何文件。"),
            Failure::File(action, path, error) => {
                write!(f, "{action} {} 失败：{}。", path.display(), reason(error))
            }
            Failure::Folder(path, why) => write!(f, "{}：{why}。", path.display()),
            Failure::Index(path, error) => write!(f, "{}：{}。", path.display(), index_error(error.kind())),
        }
    }
}

/// The engine's reasons in the maintainers' words.
fn index_error(kind: ReadErrorKind) -> String {
    match kind {
        ReadErrorKind::NotAnIndex => String::from("不是 expert-search 的索引文件，请用 expert-search build 重新生成"),
        ReadErrorKind::Newer { found } => {
            format!("索引的格式版本是 {found}，比本程序新，请换用新版程序，或重新生成索引")
        }
        ReadErrorKind::Truncated => String::from("索引文件不完整，请重新生成或重新复制"),
        ReadErrorKind::Damaged { section } => format!("索引文件已损坏（{section}），请重新生成"),
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => String::from("找不到，请检查路径"),
        io::ErrorKind::PermissionDenied => String::from("没有权限，或正被别的程序打开"),
        io::ErrorKind::StorageFull => String::from("磁盘空间不足"),
        io::ErrorKind::IsADirectory => String::from("这是文件夹，需要文件"),
        io::ErrorKind::NotADirectory => String::from("这是文件，需要文件夹"),
        _ => error.to_string(),
    }
}
