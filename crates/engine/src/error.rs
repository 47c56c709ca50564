//! What can go wrong with index bytes and records, in words that say what to do.

use std::fmt;

/// Why bytes could not be opened as an index or as tables of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    kind: ReadErrorKind,
}

/// The closed list of reasons; the widget shows a sentence for each [`ReadErrorKind::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// The bytes do not begin as an index does: another file, or a host's error page.
    NotAnIndex,
    /// Written by a later version of the format than this reader knows.
    Newer {
        /// The version the bytes claim.
        found: u16,
    },
    /// Shorter than the header says: the transfer stopped early.
    Truncated,
    /// The checksum or an inner check failed; `section` names the part.
    Damaged {
        /// The part of the file that failed its check.
        section: &'static str,
    },
    /// Sound, but of another build than what it is to complete.
    Foreign,
}

impl ReadErrorKind {
    /// A stable word for programs: `not-an-index`, `newer-index`, `truncated-index`, `damaged-index`, `mixed-index`.
    pub fn code(self) -> &'static str {
        match self {
            ReadErrorKind::NotAnIndex => "not-an-index",
            ReadErrorKind::Newer { .. } => "newer-index",
            ReadErrorKind::Truncated => "truncated-index",
            ReadErrorKind::Damaged { .. } => "damaged-index",
            ReadErrorKind::Foreign => "mixed-index",
        }
    }
}

impl ReadError {
    /// An error of this kind.
    pub fn new(kind: ReadErrorKind) -> ReadError {
        ReadError { kind }
    }

    /// Which of the closed list of reasons it is.
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ReadErrorKind::NotAnIndex => {
                write!(f, "this is not a file that `expert-search build` wrote")
            }
            ReadErrorKind::Newer { found } => write!(
                f,
                "the file has format version {found}, newer than this program reads; update the program or build it again"
            ),
            ReadErrorKind::Truncated => write!(f, "the file ends early; upload or download it again"),
            ReadErrorKind::Damaged { section } => {
                write!(f, "the file is damaged (in its {section}); build and upload it again")
            }
            ReadErrorKind::Foreign => {
                write!(f, "the file is of another build than the others; upload all files of one build")
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// Why records could not be written as an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteError {
    /// What was exceeded or contradictory, with the record's id and the limit.
    message: String,
}

impl WriteError {
    /// An error with this sentence.
    pub fn new(message: impl Into<String>) -> WriteError {
        WriteError { message: message.into() }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WriteError {}
