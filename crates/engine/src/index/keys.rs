//! The bytes under which a name stands in the FST: two for a letter, the first of which tells its initial.
//!
//! | letter | bytes |
//! |---|---|
//! | ASCII without a reading | itself, 0x20–0x7e |
//! | any other | 0x80 + its page, its place in the page |
//!
//! A *page* holds up to 256 consecutive letters of one initial; letters without a reading, which come first, have pages of
//! their own. So names that begin alike in pinyin stand together, and a walk for hanzi, pinyin or initials enters only the
//! pages that can match. Measured on the sample's 2,734 names and aliases, packed: 20.8 KB; with a byte for the initial, one for the
//! final and one for the homophone it was 23.6 KB, as more nodes on the way cost more than they share.

use super::letters::{LetterId, Letters};
use crate::pinyin::INITIALS;
use std::ops::Range;

const FIRST_PAGE: u8 = 0x80;
/// How many pages a byte can tell.
const MAX_PAGES: usize = 0x80;
const PAGE: usize = 0x100;

/// The pages of an alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// Where each begins; one more entry for the end.
    starts: Vec<LetterId>,
    /// For each, the code of its letters' initial; `None` for letters without a reading.
    initials: Vec<Option<u8>>,
}

impl Pages {
    /// Cuts an alphabet into pages; `None` when there are more than a byte can tell (at least 29,000 letters have room).
    pub(super) fn of(letters: &Letters) -> Option<Pages> {
        let mut pages = Pages { starts: vec![0], initials: Vec::new() };
        let initials = (0..INITIALS.len() as u8).map(|initial| (Some(initial), letters.begun_by_initial(initial)));
        for (initial, range) in std::iter::once((None, letters.unread())).chain(initials) {
            let mut start = usize::from(range.start);
            while start < usize::from(range.end) {
                start = usize::from(range.end).min(start + PAGE);
                pages.starts.push(start as LetterId);
                pages.initials.push(initial);
            }
        }
        (pages.initials.len() <= MAX_PAGES).then_some(pages)
    }

    /// The letters of a page.
    fn letters(&self, page: u8) -> Option<Range<LetterId>> {
        let page = usize::from(page);
        Some(*self.starts.get(page)?..*self.starts.get(page + 1)?)
    }
}

/// Appends the key of one letter.
pub(super) fn put_letter(out: &mut Vec<u8>, letters: &Letters, pages: &Pages, id: LetterId) {
    match letters.ascii_byte(id) {
        Some(byte) => out.push(byte),
        None => {
            let page = pages.starts.partition_point(|start| *start <= id) - 1;
            out.extend([FIRST_PAGE + page as u8, (id - pages.starts[page]) as u8]);
        }
    }
}

/// The key of a name; keys sort by initials first, then by the rest of the first syllable.
pub fn key(letters: &Letters, pages: &Pages, name: &[LetterId]) -> Vec<u8> {
    let mut out = Vec::with_capacity(2 * name.len());
    for id in name {
        put_letter(&mut out, letters, pages, *id);
    }
    out
}

/// Where in the key of a letter a walk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before a letter.
    Boundary,
    /// After the byte of a page: its letters, and the code of their initial unless they have no reading.
    Page(LetterId, LetterId, Option<u8>),
}

/// What one more byte leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Into a page.
    Page(Place),
    /// To the end of a letter.
    Letter(LetterId),
}

impl Place {
    /// Reads one byte; `None` when no key goes on so.
    pub fn accept(self, letters: &Letters, pages: &Pages, byte: u8) -> Option<Next> {
        match self {
            Place::Boundary => match byte.checked_sub(FIRST_PAGE) {
                None => letters.ascii(byte).map(Next::Letter),
                Some(page) => {
                    let Range { start, end } = pages.letters(page)?;
                    Some(Next::Page(Place::Page(start, end, pages.initials[usize::from(page)])))
                }
            },
            Place::Page(start, end, _) => {
                let id = start.checked_add(u16::from(byte)).filter(|id| *id < end)?;
                // ASCII has a shorter key.
                letters.ascii_byte(id).is_none().then_some(Next::Letter(id))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::Syllable;
    use crate::record::{Readings, Term};
    use proptest::prelude::*;

    /// 3,000 homophones, a few others, ASCII and others without a reading.
    fn letters() -> (Letters, Pages) {
        let read = |c: char, syllable: &str| Term::new(c, vec![Readings(vec![Syllable::parse(syllable).unwrap()])]);
        let many = (0x4e00..0x4e00 + 3000).filter_map(char::from_u32).map(|c| read(c, "yi"));
        let others = [read('安', "an"), read('张', "zhang"), Term::plain("ab ·é𠀀")];
        let letters = Letters::of(many.chain(others).collect::<Vec<Term>>().iter()).unwrap();
        let pages = Pages::of(&letters).unwrap();
        (letters, pages)
    }

    /// The name that a key stands for; `None` when the bytes are no key.
    fn name(letters: &Letters, pages: &Pages, key: &[u8]) -> Option<Vec<LetterId>> {
        let (mut place, mut name) = (Place::Boundary, Vec::new());
        for byte in key {
            place = match place.accept(letters, pages, *byte)? {
                Next::Page(place) => place,
                Next::Letter(id) => {
                    name.push(id);
                    Place::Boundary
                }
            };
        }
        (place == Place::Boundary).then_some(name)
    }

    proptest! {
        #[test]
        fn keys_lead_back_to_names_and_keep_them_apart(a in names(), b in names()) {
            let (letters, pages) = letters();
            prop_assert_eq!(name(&letters, &pages, &key(&letters, &pages, &a)), Some(a.clone()));
            prop_assert_eq!(key(&letters, &pages, &a) == key(&letters, &pages, &b), a == b);
        }

        #[test]
        fn what_reads_as_a_name_is_its_key(bytes in prop::collection::vec(prop_oneof![0x80u8..0x90, any::<u8>()], 0..9)) {
            let (letters, pages) = letters();
            if let Some(name) = name(&letters, &pages, &bytes) {
                prop_assert_eq!(key(&letters, &pages, &name), bytes);
            }
        }
    }

    fn names() -> impl Strategy<Value = Vec<LetterId>> {
        prop::collection::vec(0..letters().0.len() as LetterId, 0..6)
    }

    #[test]
    fn a_page_has_one_initial() {
        let (letters, pages) = letters();
        for (page, initial) in pages.initials.iter().enumerate() {
            let ids = pages.letters(page as u8).unwrap();
            assert!(!ids.is_empty() && ids.len() <= PAGE);
            assert!(ids.into_iter().all(|id| letters.readings(id).first().map(|s| s.initial()) == *initial));
        }
    }
}
