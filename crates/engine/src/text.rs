//! Characters as the matcher sees them: folded to what a visitor means.

/// Accented Latin letters by base letter: those of Latin-1, Latin Extended-A and the tone marks of Hanyu Pinyin,
/// by their canonical decompositions in the Unicode Character Database. `ü` stays itself: pinyin needs it.
const ACCENTED: [(char, &str); 22] = [
    ('a', "àÀáÁâÂãÃäÄåÅāĀăĂąĄǎǍ"),
    ('c', "çÇćĆĉĈċĊčČ"),
    ('d', "ďĎđĐðÐ"),
    ('e', "èÈéÉêÊëËēĒĕĔėĖęĘěĚếẾ"),
    ('g', "ĝĜğĞġĠģĢǧǦ"),
    ('h', "ĥĤħĦ"),
    ('i', "ìÌíÍîÎïÏĩĨīĪĭĬįĮıǐǏ"),
    ('j', "ĵĴ"),
    ('k', "ķĶ"),
    ('l', "ĺĹļĻľĽŀĿłŁ"),
    ('m', "ḿḾ"),
    ('n', "ñÑńŃņŅňŇǹǸ"),
    ('o', "òÒóÓôÔõÕöÖøØōŌŏŎőŐǒǑ"),
    ('r', "ŕŔŗŖřŘ"),
    ('s', "śŚŝŜşŞšŠșȘ"),
    ('t', "ţŢťŤŧŦțȚ"),
    ('u', "ùÙúÚûÛũŨūŪŭŬůŮűŰųŲǔǓ"),
    ('ü', "ÜǖǕǘǗǚǙǜǛ"),
    ('w', "ŵŴ"),
    ('y', "ýÝÿŸŷŶ"),
    ('z', "źŹżŻžŽ"),
    ('\u{b7}', "・•‧∙⋅﹒"),
];

/// What a visitor means by this character: full width becomes ASCII, capitals small, accents go, `ü` stays.
///
/// One character always becomes one character, so positions before and after are the same.
pub fn fold(c: char) -> char {
    let c = match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        // Greek and Cyrillic capitals stand at a fixed distance before their small letters.
        'Α'..='Ω' | 'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        _ if u32::from(c) < 0x2e80 => {
            // Not `contains`: its searcher of substrings is 4 KB of the wasm.
            ACCENTED.iter().find(|(_, accented)| accented.chars().any(|one| one == c)).map_or(c, |(base, _)| *base)
        }
        _ => c,
    }
}

/// The digits of a number. All that `format!` does besides is 3 KB of the wasm, where nothing else needs it.
pub fn decimal(number: u32) -> String {
    let mut digits = if number < 10 { String::new() } else { decimal(number / 10) };
    digits.push(char::from(b'0' + (number % 10) as u8));
    digits
}

/// Whether a folded character separates what stands left and right of it into several terms: spaces, commas, 、；|/.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '|' | '/' | '、' | '，' | '；' | '。')
}

/// Whether a folded character says nothing: punctuation, middle dots, quotes, marks, controls.
///
/// In a value such a character may be passed over; in a query it is left out.
pub fn is_silent(c: char) -> bool {
    // Most characters are hanzi.
    if matches!(c, '\u{3400}'..='\u{9fff}') {
        return false;
    }
    let place = SILENT.partition_point(|(_, last)| *last < c);
    SILENT.get(place).is_some_and(|(first, _)| *first <= c)
}

/// What is no letter and no number, by first and last: in ASCII, Latin-1 and the punctuation of Chinese character by character, elsewhere by
/// blocks of the Unicode Character Database. The standard library's tables for this are 1.7 KB of the wasm packed.
const SILENT: [(char, char); 35] = [
    ('\0', '/'),
    (':', '@'),
    ('[', '`'),
    ('{', '\u{a9}'),
    ('\u{ab}', '\u{b1}'),
    ('\u{b4}', '\u{b4}'),
    ('\u{b6}', '\u{b8}'),
    ('\u{bb}', '\u{bb}'),
    ('\u{bf}', '\u{bf}'),
    ('\u{d7}', '\u{d7}'),
    ('\u{f7}', '\u{f7}'),
    // Tone marks and other modifiers, and all that combines.
    ('\u{2c2}', '\u{36f}'),
    ('\u{2000}', '\u{206f}'),
    // Currencies.
    ('\u{20a0}', '\u{20ff}'),
    // Arrows, mathematics, technical signs; ① and the like speak.
    ('\u{2190}', '\u{245f}'),
    ('\u{2500}', '\u{2775}'),
    ('\u{2794}', '\u{2bff}'),
    ('\u{2e00}', '\u{3004}'),
    ('\u{3008}', '\u{3020}'),
    ('\u{302a}', '\u{3030}'),
    ('\u{3036}', '\u{3037}'),
    ('\u{303d}', '\u{303f}'),
    ('\u{3099}', '\u{309c}'),
    ('\u{30a0}', '\u{30a0}'),
    ('\u{30fb}', '\u{30fb}'),
    // Private use.
    ('\u{e000}', '\u{f8ff}'),
    // Variation selectors, vertical and small forms.
    ('\u{fe00}', '\u{fe6f}'),
    ('\u{feff}', '\u{ff0f}'),
    ('\u{ff1a}', '\u{ff20}'),
    ('\u{ff3b}', '\u{ff40}'),
    ('\u{ff5b}', '\u{ff65}'),
    ('\u{ffe0}', '\u{ffff}'),
    // Tiles, cards, pictures.
    ('\u{1f000}', '\u{1faff}'),
    // Tags, further variation selectors, private use.
    ('\u{e0000}', '\u{e0fff}'),
    ('\u{f0000}', '\u{10ffff}'),
];

/// Whether a keystroke is this folded character of a value; `ü` in a name may be typed `u`.
pub fn is_literal(key: char, folded: char) -> bool {
    key == folded || matches!((key, folded), ('u', 'ü') | ('ü', 'u'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_letter_and_no_number_is_silent() {
        assert!(SILENT.iter().all(|(first, last)| first <= last));
        assert!(SILENT.windows(2).all(|pair| pair[0].1 < pair[1].0));
        // Letters by name only: modifiers, enclosed letters, a vertical tilde.
        let is_mark = |c: char| matches!(c, '\u{2c2}'..='\u{36f}' | '\u{24d0}'..='\u{24ff}' | '\u{2e2f}' | '\u{1f100}'..='\u{1f1ff}');
        let is_by_character = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{2000}'..='\u{206f}' | '\u{2e80}'..='\u{303f}' | '\u{ff00}'..='\u{ff9d}');
        for c in '\0'..=char::MAX {
            let speaks = c.is_alphanumeric();
            if speaks {
                assert!(!is_silent(c) || is_mark(c), "{c:?} U+{:04X}", u32::from(c));
            } else if is_by_character(c) {
                assert!(is_silent(c), "{c:?} U+{:04X}", u32::from(c));
            }
        }
    }

    #[test]
    fn folds_what_people_type_to_what_they_mean() {
        for (typed, meant) in [
            ("ＹＬＰ", "ylp"),
            ("Yuán Lóngpíng", "yuan longping"),
            ("LǙ lü", "lü lü"),
            ("Müllen Grätzel Łoś", "müllen gratzel los"),
            ("袁　隆平", "袁 隆平"),
            ("５Ｇ", "5g"),
            ("ΑΩ ЯА É Ş", "αω яа e s"),
        ] {
            assert_eq!(typed.chars().map(fold).collect::<String>(), meant, "{typed}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            assert_eq!(fold(fold(c)), fold(c), "{c:?}");
        }
    }

    #[test]
    fn silent_are_marks_and_punctuation_only() {
        for c in ['·', '\'', '’', '(', '）', '-', '.', '\u{fe00}', '\u{200b}', '《', '\u{0}'] {
            assert!(is_silent(c), "{c:?}");
        }
        for c in ['a', '9', '袁', '𠀀', 'ü', 'я'] {
            assert!(!is_silent(c), "{c:?}");
        }
    }
}
