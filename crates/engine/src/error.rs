//! What can go wrong with index bytes and records, in words that say what to do.

use crate::text::decimal;
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
        section: Section,
    },
    /// Sound, but of another build than what it is to complete.
    Foreign,
}

/// The parts of files that are checked apart; as a number, since every step of reading may hand an error on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What stands before all else.
    Header,
    /// The packed bytes.
    Packing,
    /// How the payload is cut into blocks.
    Blocks,
    /// The alphabet.
    Letters,
    /// Names and aliases.
    Names,
    /// Persons and stations.
    Records,
    /// The ids of roles.
    Ids,
    /// The columns.
    Columns,
    /// Which files complete this one.
    Links,
    /// In the tables, all.
    Characters,
    /// In the words, all but their letters.
    Words,
}

impl Section {
    /// Its name in sentences.
    pub fn word(self) -> &'static str {
        match self {
            Section::Header => "header",
            Section::Packing => "packing",
            Section::Blocks => "blocks",
            Section::Letters => "letters",
            Section::Names => "names",
            Section::Records => "records",
            Section::Ids => "ids",
            Section::Columns => "columns",
            Section::Links => "links",
            Section::Characters => "characters",
            Section::Words => "words",
        }
    }
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

    /// What happened and what to do: a sentence for developers and maintainers.
    pub fn message(&self) -> String {
        match self.kind {
            ReadErrorKind::NotAnIndex => "this is not a file that `expert-search build` wrote".into(),
            ReadErrorKind::Newer { found } => {
                let version = decimal(found.into());
                let words = [
                    "the file has format version ",
                    &version,
                    ", newer than this program reads; update the program or build it again",
                ];
                words.concat()
            }
            ReadErrorKind::Truncated => "the file ends early; upload or download it again".into(),
            ReadErrorKind::Damaged { section } => {
                ["the file is damaged (in its ", section.word(), "); build and upload it again"].concat()
            }
            ReadErrorKind::Foreign => {
                "the file is of another build than the others; upload all files of one build".into()
            }
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
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
