//! Sounds that are often confused: which other spellings a syllable may be typed by.
//!
//! The pairs are those that input methods offer as fuzzy pinyin: z/zh c/ch s/sh n/l f/h r/l, and front and back nasals.

use crate::pinyin::{FINALS, INITIALS, Syllable};

/// Initials that are confused.
const INITIAL_PAIRS: [(&str, &str); 6] = [("z", "zh"), ("c", "ch"), ("s", "sh"), ("n", "l"), ("f", "h"), ("r", "l")];

/// Finals that are confused.
const FINAL_PAIRS: [(&str, &str); 5] = [("an", "ang"), ("en", "eng"), ("in", "ing"), ("ian", "iang"), ("uan", "uang")];

/// Finals after h, and the same after f: hui and fei, huang and fang.
const AFTER_H_AND_F: [(&str, &str); 6] =
    [("ua", "a"), ("uan", "an"), ("uang", "ang"), ("ui", "ei"), ("un", "en"), ("uo", "o")];

/// The other spellings of a syllable, itself left out; not all are syllables.
pub fn confused(syllable: Syllable) -> impl Iterator<Item = (&'static str, &'static str)> {
    let (initial, ending) = (usize::from(syllable.initial()), usize::from(syllable.ending()));
    let own = (INITIALS[initial], FINALS[ending]);
    let initials = std::iter::once(own.0).chain(others(&INITIAL_PAIRS, own.0));
    initials
        .flat_map(move |initial| {
            let same = if initial != own.0 { ending_after(own, initial) } else { None };
            std::iter::once(own.1)
                .chain(same)
                .flat_map(|ending| std::iter::once(ending).chain(others(&FINAL_PAIRS, ending)))
                .map(move |ending| (initial, ending))
        })
        .filter(move |spelling| *spelling != own)
}

/// What is confused with a part of a syllable.
fn others(pairs: &'static [(&str, &str)], part: &'static str) -> impl Iterator<Item = &'static str> {
    pairs.iter().filter_map(move |(a, b)| {
        if *a == part {
            Some(*b)
        } else if *b == part {
            Some(*a)
        } else {
            None
        }
    })
}

/// Another final that a syllable may have when it is said with another initial.
fn ending_after((initial, ending): (&'static str, &'static str), other: &str) -> Option<&'static str> {
    match (initial, other) {
        ("h", "f") => AFTER_H_AND_F.iter().find(|(h, _)| *h == ending).map(|(_, f)| *f),
        ("f", "h") => AFTER_H_AND_F.iter().find(|(_, f)| *f == ending).map(|(h, _)| *h),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confuses_what_people_confuse() {
        for (syllable, expected) in [
            ("zhang", &["zhan", "zang", "zan"][..]),
            ("niu", &["liu"]),
            ("hui", &["fui", "fei"]),
            ("fang", &["fan", "hang", "han", "huang", "huan"]),
            ("lan", &["lang", "nan", "nang", "ran", "rang"]),
            ("xing", &["xin"]),
            ("yi", &[]),
            ("fo", &["ho", "huo"]),
            ("fei", &["hei", "hui"]),
            ("he", &["fe"]),
        ] {
            let found: Vec<String> = confused(Syllable::parse(syllable).unwrap())
                .map(|(initial, ending)| format!("{initial}{ending}"))
                .collect();
            assert_eq!(found, expected, "{syllable}");
        }
    }
}
