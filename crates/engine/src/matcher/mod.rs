//! Finds keystrokes in names and values, and says how they matched.
//!
//! Strong ways first: names by [`find_beginnings`] and [`find_inside`], all other values by [`Runs`], what typed words lead to by [`Leads`], abbreviations of organisations
//! by [`find_abbreviated`]. Weak ones, asked only when these find little: [`find_weak`] for pinyin, [`find_similar`] for hanzi.

mod abbreviation;
mod automaton;
mod double;
mod hanzi;
mod keys;
mod leads;
mod lexicon;
pub mod naive;
mod names;
mod runs;
mod slips;
mod sounds;
mod steps;
mod weak;
mod within;

pub use abbreviation::find_abbreviated;
pub use automaton::{Beginning, OverBytes, Reads, State, prefixed};
pub use double::spelled_out;
pub use hanzi::{MIN_GAP, MIN_SIMILAR, find_similar};
pub use keys::{Keys, Span, members, range};
pub use leads::{Leads, filled, has_latin, is_value};
pub use lexicon::{Lexicon, is_organisation};
pub use names::{find_beginnings, find_inside};
pub use runs::{Run, Runs};
pub use steps::Layer;
pub use weak::{MIN_SLIP, MIN_SLIP_PREFIX, MIN_TWO_SLIPS, find_weak};
pub use within::{MIN_LATIN_INSIDE, Marked, SHORT, Texture, Within};

/// How a hit matched, strongest first; a closed list, the same in every field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum How {
    /// The whole value, or a nickname of it.
    Exact,
    /// The beginning of the value.
    Prefix,
    /// A part of the value.
    Inside,
    /// Another name of the record.
    Alias,
    /// Traditional or variant characters.
    Variant,
    /// Whole syllables.
    Pinyin,
    /// Hanzi with letters, or beginnings of syllables.
    Mixed,
    /// Initials.
    Initials,
    /// An ordered subsequence by rule.
    Abbreviation,
    /// A related word of the table.
    Synonym,
    /// A part that begins within a word.
    Fragment,
    /// A less usual reading.
    Reading,
    /// Sounds that are often confused.
    Sound,
    /// Other hanzi of the same sound.
    Homophone,
    /// A slip in the pinyin.
    Typo,
    /// One wrong hanzi, or two changed about.
    Similar,
    /// One hanzi missing or too many.
    Gap,
    /// `?` and `*`.
    Wildcard,
}

impl How {
    /// The word for programs: `exact`, `prefix`, `inside`, `alias`, `pinyin` and so on.
    pub fn word(self) -> &'static str {
        match self {
            How::Exact => "exact",
            How::Prefix => "prefix",
            How::Inside => "inside",
            How::Alias => "alias",
            How::Variant => "variant",
            How::Pinyin => "pinyin",
            How::Mixed => "mixed",
            How::Initials => "initials",
            How::Abbreviation => "abbreviation",
            How::Synonym => "synonym",
            How::Fragment => "fragment",
            How::Reading => "reading",
            How::Sound => "sound",
            How::Homophone => "homophone",
            How::Typo => "typo",
            How::Similar => "similar",
            How::Gap => "gap",
            How::Wildcard => "wildcard",
        }
    }
}

/// Which of the index's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// A name or alias: its number in [`Names::texts`](crate::index::Names::texts).
    Name(u32),
    /// A cell: the column's place and the value's number in it.
    Cell(u32, u32),
}

/// What a match is made by, the best first; with where it stands this says [`How`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// Its letters, as typed.
    Letters(Layer),
    /// A nickname of it, found by such letters.
    Nickname(Layer),
    /// A related word, for an acronym in capitals.
    Acronym,
    /// Some of its letters in order, by rule.
    Abbreviation,
    /// A related word.
    Synonym,
    /// Confused sounds.
    Sound,
    /// Other hanzi of the same sound.
    Homophone,
    /// Slips of the finger.
    Typo,
    /// One wrong hanzi, or two changed about.
    Similar,
    /// One hanzi missing or too many.
    Gap,
    /// `?` and `*`.
    Wildcard,
}

/// One value in which keystrokes were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub value: Value,
    /// By what.
    pub by: By,
    /// Whether literal letters are other forms of those typed.
    pub variant: bool,
    /// Whether letters were typed as a name in English, with a capital.
    pub capital: bool,
    /// Whether it begins within a word.
    pub fragment: bool,
    /// The first keystroke.
    pub from: u8,
    /// One past the last keystroke.
    pub to: u8,
    /// The first matched letter.
    pub start: u32,
    /// One past the last matched letter.
    pub end: u32,
    /// Within one way of matching, how much was forgiven.
    pub cost: u8,
}

impl Found {
    /// In a value, by what, of the keystrokes from one to one before another, in letters likewise, with so much forgiven; neither a variant nor a
    /// fragment, nor typed with a capital.
    pub fn new(value: Value, by: By, (from, to): (usize, usize), (start, end): (u32, u32), cost: usize) -> Found {
        let (from, to, cost) = (from as u8, to as u8, cost as u8);
        Found { value, by, variant: false, capital: false, fragment: false, from, to, start, end, cost }
    }

    /// Whether it differs from another in nothing but the value.
    pub fn is_alike(&self, other: &Found) -> bool {
        *self == Found { value: self.value, ..*other }
    }
}
