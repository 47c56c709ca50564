//! The bytes under which a name stands in the FST: by initial, final and which of the homophones it is.
//!
//! | letter | bytes |
//! |---|---|
//! | ASCII without a reading | itself, 0x20–0x7e |
//! | with a settled reading | 0x80 + initial, 1 + final, number |
//! | any other | 0xff, its [`LetterId`] in two bytes, high first |
//!
//! The *number* counts the index's letters of that syllable: one byte below 0xe0, else 0xe0 + high byte and low byte of
//! what exceeds 0xe0. So names that begin alike in pinyin share the beginning of their keys whatever their characters,
//! and one walk answers hanzi, pinyin and initials. On the sample a name costs 6.5 bytes of FST.

use super::letters::{LetterId, Letters};
use crate::pinyin::{FINALS, INITIALS, Syllable};

const FIRST_INITIAL: u8 = 0x80;
const FIRST_FINAL: u8 = 1;
const WIDE: u8 = 0xe0;
const OTHER: u8 = 0xff;

/// Appends the key of one letter.
fn put_letter(out: &mut Vec<u8>, letters: &Letters, id: LetterId) {
    let c = letters.char(id);
    match letters.readings(id).first() {
        Some(syllable) => {
            out.extend([FIRST_INITIAL + syllable.initial(), FIRST_FINAL + syllable.ending()]);
            let number = id - letters.read_as(*syllable).start;
            match number.checked_sub(u16::from(WIDE)) {
                None => out.push(number as u8),
                Some(rest) => out.extend([WIDE + (rest >> 8) as u8, rest as u8]),
            }
        }
        None if matches!(c, ' '..='~') => out.push(c as u8),
        None => {
            out.push(OTHER);
            out.extend(id.to_be_bytes());
        }
    }
}

/// The key of a name; keys sort by syllables first.
pub fn key(letters: &Letters, name: &[LetterId]) -> Vec<u8> {
    let mut out = Vec::with_capacity(3 * name.len());
    for id in name {
        put_letter(&mut out, letters, *id);
    }
    out
}

/// How many letters of one syllable have a number: those below and above [`WIDE`].
pub(super) const MAX_HOMOPHONES: usize = WIDE as usize + ((0xff - WIDE as usize) << 8);

/// Where in the key of a letter a walk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before a letter.
    Boundary,
    /// After the byte of an initial.
    Initial(u8),
    /// After the bytes of initial and final.
    Syllable(Syllable),
    /// After the high byte of a wide number.
    Wide(Syllable, u8),
    /// After the escape of a letter without a reading.
    Other,
    /// After the escape and the high byte.
    OtherHigh(u8),
}

/// What one more byte leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Further into the key of the same letter.
    Within(Place),
    /// The whole letter.
    Letter(LetterId),
}

impl Place {
    /// Reads one byte; `None` when no key goes on so.
    pub fn accept(self, letters: &Letters, byte: u8) -> Option<Next> {
        let within = |place| Some(Next::Within(place));
        let numbered = |syllable: Syllable, number: u16| {
            let group = letters.read_as(syllable);
            let id = group.start.checked_add(number)?;
            group.contains(&id).then_some(Next::Letter(id))
        };
        let unread = |id: LetterId| letters.unread().contains(&id).then_some(Next::Letter(id));
        match self {
            Place::Boundary => match byte {
                b' '..=b'~' => unread(letters.ascii(byte)?),
                OTHER => within(Place::Other),
                _ => {
                    let initial = byte.checked_sub(FIRST_INITIAL)?;
                    (usize::from(initial) < INITIALS.len()).then_some(Next::Within(Place::Initial(initial)))
                }
            },
            Place::Initial(initial) => {
                let ending = byte.checked_sub(FIRST_FINAL).filter(|ending| usize::from(*ending) < FINALS.len())?;
                within(Place::Syllable(Syllable::from_codes(initial, ending)?))
            }
            Place::Syllable(syllable) => match byte.checked_sub(WIDE) {
                None => numbered(syllable, u16::from(byte)),
                Some(high) => within(Place::Wide(syllable, high)),
            },
            Place::Wide(syllable, high) => {
                numbered(syllable, u16::from(WIDE) + (u16::from(high) << 8) + u16::from(byte))
            }
            Place::Other => within(Place::OtherHigh(byte)),
            Place::OtherHigh(high) => {
                let id = u16::from_be_bytes([high, byte]);
                let ascii = letters.unread().contains(&id) && matches!(letters.char(id), ' '..='~');
                if ascii { None } else { unread(id) }
            }
        }
    }
}

/// The name that a key stands for; `None` when the bytes are no key.
#[cfg(test)]
fn name(letters: &Letters, key: &[u8], into: &mut Vec<LetterId>) -> Option<()> {
    let mut place = Place::Boundary;
    for byte in key {
        place = match place.accept(letters, *byte)? {
            Next::Within(place) => place,
            Next::Letter(id) => {
                into.push(id);
                Place::Boundary
            }
        };
    }
    (place == Place::Boundary).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Readings, Term};
    use proptest::prelude::*;

    fn yi() -> Readings {
        Readings(vec![Syllable::parse("yi").unwrap()])
    }

    /// 3,000 homophones, ASCII and others without a reading.
    fn letters() -> Letters {
        let many: String = (0x4e00..0x4e00 + 3000).filter_map(char::from_u32).collect();
        let readings = many.chars().map(|_| yi()).collect();
        Letters::of([Term::new(many, readings), Term::plain("ab ·é𠀀")].iter()).unwrap()
    }

    proptest! {
        #[test]
        fn keys_lead_back_to_names_and_keep_them_apart(a in name_strategy(), b in name_strategy()) {
            let letters = letters();
            let mut back = Vec::new();
            name(&letters, &key(&letters, &a), &mut back).unwrap();
            prop_assert_eq!(&back, &a);
            prop_assert_eq!(key(&letters, &a) == key(&letters, &b), a == b);
        }

        #[test]
        fn what_reads_as_a_name_is_its_key(bytes in prop::collection::vec(prop_oneof![Just(0x95u8), Just(0x0d), Just(0xff), any::<u8>()], 0..12)) {
            let letters = letters();
            let mut back = Vec::new();
            if name(&letters, &bytes, &mut back).is_some() {
                prop_assert_eq!(key(&letters, &back), bytes);
            }
        }
    }

    fn name_strategy() -> impl Strategy<Value = Vec<LetterId>> {
        prop::collection::vec(0..letters().len() as LetterId, 0..6)
    }
}
