//! The engine of expert-search: records → bytes → [`Index`] → [`search`], all pure functions.
//!
//! ```text
//! Record[] ──index::write──▶ bytes ──Index::read──▶ Index ──┐
//!                                                           ├─ find ─▶ Match[] ─ rank ─▶ Hit[]
//!                       text ──Query::parse──▶ Query ───────┘
//! ```
//!
//! Nothing here does I/O, reads a clock or prints; the same bytes and text give the same hits on every target.
//! Each module imports only what stands before it in: text, error, hash, numbers, marks, bytes, inflate, file, pinyin, tables, record, index,
//! words, query, matcher, rank, browse (`tests/tidy.rs`), which is the order to read them in.

pub mod browse;
mod bytes;
pub mod error;
pub mod file;
pub mod hash;
pub mod index;
mod inflate;
mod marks;
pub mod matcher;
mod numbers;
pub mod pinyin;
pub mod query;
pub mod rank;
pub mod record;
pub mod tables;
pub mod text;
pub mod words;

pub use error::{ReadError, WriteError};
pub use index::Index;
pub use matcher::{How, Lexicon};
pub use rank::{Answer, Explanation, Hit, Matched, Reasons, ShownRole, explain, search};
pub use tables::Tables;
pub use words::Words;
