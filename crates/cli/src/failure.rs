//! Why a command stopped, in sentences that say what to do, and its exit status.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use engine::error::ReadErrorKind;
use engine::{ReadError, WriteError};
use ingest::Problem;

use crate::speech::{language, tell};

/// Everything that can stop a command.
#[derive(Debug)]
pub enum Failure {
    /// The tables have problems; all of them.
    Tables(Vec<Problem>),
    /// The tables have problems, which were reported already.
    Reported,
    /// The records do not fit into an index.
    Records(WriteError),
    /// The call or the configuration asks for what cannot be; the sentence without its full stop.
    Usage(String),
    /// A file or folder could not be used: what was tried with it, and why not.
    File(Action, PathBuf, io::Error),
    /// The folder is not one that a build may replace or a query may read; why.
    Folder(PathBuf, String),
    /// The index's file could not be opened.
    Index(PathBuf, ReadError),
}

/// What was tried with a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Reading.
    Read,
    /// Writing.
    Write,
    /// Opening a folder.
    Open,
    /// Making a folder.
    Create,
    /// Moving the old folder away, or the new one in its place, or the old one back.
    Replace,
    /// Deleting.
    Delete,
}

impl Failure {
    /// 1: the data is to be mended; 2: the call or the configuration; 3: a file or folder.
    pub fn status(&self) -> u8 {
        match self {
            Failure::Tables(_) | Failure::Reported | Failure::Records(_) => 1,
            Failure::Usage(_) => 2,
            Failure::File(..) | Failure::Folder(..) | Failure::Index(..) => 3,
        }
    }

    /// For `map_err`: this was tried with this file.
    pub fn file(action: Action, path: &Path) -> impl FnOnce(io::Error) -> Failure {
        move |error| Failure::File(action, path.to_owned(), error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Failure::Tables(problems) => {
                for problem in problems {
                    let problem = problem.say(language());
                    writeln!(f, "{}", tell!("{problem}。", "{problem}."))?;
                }
                let n = problems.len();
                tell!("共 {n} 处问题，没有写出任何文件。", "{n} problems; nothing was written.")
            }
            Failure::Reported => String::new(),
            Failure::Records(error) => tell!(
                "索引放不下这些数据：{error}。没有写出任何文件。",
                "The index has no room for this: {error}. Nothing was written."
            ),
            Failure::Usage(sentence) => tell!("{sentence}。", "{sentence}."),
            Failure::File(action, path, error) => {
                let (action, path, reason) = (action.say(), path.display(), reason(error));
                tell!("{action} {path} 失败：{reason}。", "{action} {path} failed: {reason}.")
            }
            Failure::Folder(path, why) => {
                let path = path.display();
                tell!("{path}：{why}。", "{path}: {why}.")
            }
            Failure::Index(path, error) => {
                let (path, why) = (path.display(), index_error(error.kind()));
                tell!("{path}：{why}。", "{path}: {why}.")
            }
        };
        f.write_str(&sentence)
    }
}

impl Action {
    fn say(self) -> String {
        match self {
            Action::Read => tell!("读取", "Reading"),
            Action::Write => tell!("写入", "Writing"),
            Action::Open => tell!("打开", "Opening"),
            Action::Create => tell!("创建", "Creating"),
            Action::Replace => tell!("替换", "Replacing"),
            Action::Delete => tell!("删除", "Deleting"),
        }
    }
}

/// The engine's reasons in the maintainers' words.
fn index_error(kind: ReadErrorKind) -> String {
    match kind {
        ReadErrorKind::NotAnIndex => tell!(
            "不是 expert-search 的索引文件，请用 expert-search build 重新生成",
            "is no index of expert-search; build it again with expert-search build"
        ),
        ReadErrorKind::Newer { found } => tell!(
            "索引的格式版本是 {found}，比本程序新，请换用新版程序，或重新生成索引",
            "the index has format {found}, newer than this program; use a newer one, or build it again"
        ),
        ReadErrorKind::Truncated => {
            tell!("索引文件不完整，请重新生成或重新复制", "the index is cut short; build or copy it again")
        }
        ReadErrorKind::Damaged { section } => {
            let section = section.word();
            tell!("索引文件已损坏（{section}），请重新生成", "the index is damaged ({section}); build it again")
        }
        ReadErrorKind::Foreign => tell!(
            "与其他索引文件不是同一次生成的，请重新生成或重新复制整个文件夹",
            "is of another build than the other files of the index; build or copy the whole folder again"
        ),
    }
}

/// The system's reasons in the maintainers' words.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => tell!("找不到，请检查路径", "not found; look at the path"),
        io::ErrorKind::PermissionDenied => {
            tell!("没有权限，或正被别的程序打开", "no permission, or another program has it open")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => tell!("磁盘空间不足", "the disk is full"),
        io::ErrorKind::FileTooLarge => {
            tell!("磁盘放不下这么大的文件", "the disk has no room for a file of this size")
        }
        io::ErrorKind::ReadOnlyFilesystem => tell!("磁盘是只读的", "the disk cannot be written to"),
        io::ErrorKind::InvalidFilename => {
            tell!("名字太长，或有不能用的字符", "the name is too long, or has characters that cannot be used")
        }
        io::ErrorKind::ResourceBusy => tell!("正被别的程序使用", "another program is using it"),
        io::ErrorKind::AddrInUse => tell!("已被别的程序占用", "another program has it"),
        io::ErrorKind::IsADirectory => tell!("这是文件夹，需要文件", "it is a folder, a file is needed"),
        io::ErrorKind::NotADirectory => tell!("这是文件，需要文件夹", "it is a file, a folder is needed"),
        _ => tell!("系统提示「{error}」", "{error}"),
    }
}
