//! Sounds that are often confused: which other spellings a syllable may be typed by.
//!
//! The pairs are those that input methods offer as fuzzy pinyin: z/zh c/ch s/sh n/l f/h r/l, and front and back nasals.

use crate::pinyin::Syllable;

/// Initials that are confused.
const INITIAL_PAIRS: [(&str, &str); 6] = [("z", "zh"), ("c", "ch"), ("s", "sh"), ("n", "l"), ("f", "h"), ("r", "l")];

/// Finals that are confused.
const FINAL_PAIRS: [(&str, &str); 5] = [("an", "ang"), ("en", "eng"), ("in", "ing"), ("ian", "iang"), ("uan", "uang")];

/// Finals after h, and the same after f: hui and fei, huang and fang.
const AFTER_H_AND_F: [(&str, &str); 6] =
    [("ua", "a"), ("uan", "an"), ("uang", "ang"), ("ui", "ei"), ("un", "en"), ("uo", "o")];

/// Tells the other spellings of a syllable, itself left out; not all are syllables.
pub fn confused(syllable: Syllable, tell: &mut dyn FnMut((&'static str, &'static str))) {
    let own = syllable.halves();
    let mut endings = |initial, ending| {
        if (initial, ending) != own {
            tell((initial, ending));
        }
        each_other(&FINAL_PAIRS, ending, &mut |ending| tell((initial, ending)));
    };
    endings(own.0, own.1);
    each_other(&INITIAL_PAIRS, own.0, &mut |initial| {
        endings(initial, own.1);
        if let Some(ending) = ending_after(own, initial) {
            endings(initial, ending);
        }
    });
}

/// Tells the first letters with which what begins with this one is confused.
pub fn confused_letters(letter: char) -> &'static [char] {
    match letter {
        'l' => &['n', 'r'],
        'n' | 'r' => &['l'],
        'f' => &['h'],
        'h' => &['f'],
        _ => &[],
    }
}

/// Tells what is confused with a part of a syllable.
fn each_other(pairs: &[(&'static str, &'static str)], part: &str, tell: &mut dyn FnMut(&'static str)) {
    for (a, b) in pairs {
        if *a == part {
            tell(b);
        } else if *b == part {
            tell(a);
        }
    }
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
    use crate::pinyin::SYLLABLE_CODES;

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
            let mut found: Vec<String> = Vec::new();
            confused(Syllable::parse(syllable).unwrap(), &mut |(initial, ending)| {
                found.push(format!("{initial}{ending}"))
            });
            assert_eq!(found, expected, "{syllable}");
        }
    }

    #[test]
    fn first_letters_are_confused_as_syllables_are() {
        for syllable in (1..SYLLABLE_CODES).filter_map(Syllable::from_code) {
            confused(syllable, &mut |(initial, ending)| {
                let (own, other) = (char::from(syllable.first_letter()), initial.chars().chain(ending.chars()).next());
                let other = other.unwrap();
                assert!(other == own || confused_letters(other).contains(&own), "{initial}{ending}");
            });
        }
    }
}
