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
    !(c.is_alphanumeric()) || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{300}'..='\u{36f}')
}

/// Whether a keystroke is this folded character of a value; `ü` in a name may be typed `u`.
pub fn is_literal(key: char, folded: char) -> bool {
    key == folded || matches!((key, folded), ('u', 'ü') | ('ü', 'u'))
}

#[cfg(test)]
mod tests {
    use super::*;

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
