//! Syllables of Hanyu Pinyin without tones: a pair of initial and final, as people type them.
//!
//! `ü` is spelled `v` here, as every Chinese keyboard does (`lv`, `nve`); `y` and `w` count as initials because
//! visitors type them first. The two tables are Hanyu Pinyin's own (GB/T 16159), with the interjections m, n, ng, hm, hng.

/// The initials by code; 0 is "none" (an, e, ou). Codes are part of the index format: append, never reorder.
pub const INITIALS: [&str; 24] = [
    "", "b", "c", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "q", "r", "s", "sh", "t", "w", "x", "y", "z",
    "zh",
];

/// The finals by code; 0 is "none" (the interjections m, n). Codes are part of the index format: append, never reorder.
pub const FINALS: [&str; 38] = [
    "", "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "g", "i", "ia", "ian", "iang", "iao", "ie", "in",
    "ing", "iong", "iu", "m", "ng", "o", "ong", "ou", "u", "ua", "uai", "uan", "uang", "ue", "ui", "un", "uo", "v",
    "ve",
];

/// How many codes [`Syllable::code`] may give, used or not.
pub const SYLLABLE_CODES: usize = INITIALS.len() * FINALS.len();

/// One syllable: codes into [`INITIALS`] and [`FINALS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Syllable {
    initial: u8,
    ending: u8,
}

impl Syllable {
    /// The syllable with these codes, if both tables have them and it is not empty.
    pub fn from_codes(initial: u8, ending: u8) -> Option<Syllable> {
        let known = usize::from(initial) < INITIALS.len() && usize::from(ending) < FINALS.len();
        (known && (initial, ending) != (0, 0)).then_some(Syllable { initial, ending })
    }

    /// The syllable with this [`Syllable::code`].
    pub fn from_code(code: usize) -> Option<Syllable> {
        Syllable::from_codes(u8::try_from(code / FINALS.len()).ok()?, (code % FINALS.len()) as u8)
    }

    /// Both codes as one number below [`SYLLABLE_CODES`], in the order of syllables.
    pub fn code(self) -> usize {
        usize::from(self.initial) * FINALS.len() + usize::from(self.ending)
    }

    /// Reads one toneless syllable in lower case, `ü` as `v` or `ü`.
    ///
    /// The longest initial is taken, and what follows must be a final: `zhang`, `lv`, `an`; not `zzang`, not `yuanlong`.
    pub fn parse(text: &str) -> Option<Syllable> {
        let text = text.replace('ü', "v");
        let (initial, ending) = (0..INITIALS.len())
            .filter_map(|code| Some((code, text.strip_prefix(INITIALS[code])?)))
            .max_by_key(|(code, _)| INITIALS[*code].len())?;
        let ending = FINALS.iter().position(|f| *f == ending)?;
        Syllable::from_codes(initial as u8, ending as u8)
    }

    /// The initial's code, below 24.
    pub fn initial(self) -> u8 {
        self.initial
    }

    /// The final's code, below 38.
    pub fn ending(self) -> u8 {
        self.ending
    }

    /// The first letter of the spelling: `z` of zhang, `a` of an.
    pub fn first_letter(self) -> u8 {
        let (initial, ending) = self.halves();
        if initial.is_empty() { ending.as_bytes()[0] } else { initial.as_bytes()[0] }
    }

    /// The spelling, letter by letter.
    pub fn spelling(self) -> Spelling {
        let (initial, ending) = self.halves();
        Spelling { left: initial.as_bytes(), then: ending.as_bytes() }
    }

    /// The spelling's two halves, `("zh", "ang")`; joined they are what a visitor types.
    pub fn halves(self) -> (&'static str, &'static str) {
        (INITIALS[usize::from(self.initial)], FINALS[usize::from(self.ending)])
    }
}

/// The letters of a spelling, a to z. Smaller and faster than two iterators in a chain.
#[derive(Debug, Clone)]
pub struct Spelling {
    left: &'static [u8],
    then: &'static [u8],
}

impl Iterator for Spelling {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.left.is_empty() {
            self.left = std::mem::take(&mut self.then);
        }
        let (first, left) = self.left.split_first()?;
        self.left = left;
        Some(*first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_syllable_and_nothing_else() {
        for spelling in ["zhang", "an", "lv", "lve", "nü", "ou", "m", "ng", "hng", "xiong", "yuan", "er"] {
            let (initial, ending) = Syllable::parse(spelling).unwrap().halves();
            assert_eq!([initial, ending].concat(), spelling.replace('ü', "v"));
        }
        for other in ["", "zzang", "yuanlong", "Zhang", "zhāng", "x!", "袁"] {
            assert_eq!(Syllable::parse(other), None, "{other}");
        }
    }

    #[test]
    fn codes_and_syllables_are_one_to_one() {
        for code in 0..SYLLABLE_CODES + 100 {
            let syllable = Syllable::from_code(code);
            let known = syllable.map(Syllable::code);
            let halves = syllable.map(|syllable| [syllable.halves().0, syllable.halves().1].concat().into_bytes());
            assert_eq!(syllable.map(|syllable| syllable.spelling().collect()), halves);
            assert_eq!(syllable.map(Syllable::first_letter), halves.map(|halves| halves[0]));
            assert_eq!(known, (1..SYLLABLE_CODES).contains(&code).then_some(code));
        }
    }
}
