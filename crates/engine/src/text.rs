//! Characters as the matcher sees them: folded to what a visitor means, and back to what the page highlights.

use unicode_segmentation::UnicodeSegmentation;

/// Accented Latin letters by base letter: those of Latin-1, Latin Extended-A and the tone marks of Hanyu Pinyin,
/// by their canonical decompositions in the Unicode Character Database. `ü` stays itself: pinyin needs it.
const ACCENTED: [(char, &str); 22] = [
    ('a', "àáâãäåāăąǎ"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęěế"),
    ('g', "ĝğġģǧ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįıǐ"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('m', "ḿ"),
    ('n', "ñńņňǹ"),
    ('o', "òóôõöøōŏőǒ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûũūŭůűųǔ"),
    ('ü', "ǖǘǚǜ"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
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
    if u32::from(c) < 0x2e80 {
        let mut small = c.to_lowercase();
        let c = if small.len() == 1 { small.next().unwrap_or(c) } else { c };
        return ACCENTED.iter().find(|(_, accented)| accented.contains(c)).map_or(c, |(base, _)| *base);
    }
    c
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

/// Turns a range of `char`s of `text` into UTF-16 offsets, widened to whole graphemes so that no mark, variation
/// selector or emoji is cut.
///
/// `range` may reach past the end; it is cut there.
pub fn utf16_range(text: &str, range: std::ops::Range<usize>) -> (u32, u32) {
    let (mut chars, mut units) = (0, 0);
    let (mut start, mut end) = (None, 0);
    for grapheme in text.graphemes(true) {
        let next = chars + grapheme.chars().count();
        let overlaps = chars < range.end && range.start < next;
        if overlaps && start.is_none() {
            start = Some(units);
        }
        units += grapheme.encode_utf16().count() as u32;
        if overlaps {
            end = units;
        }
        chars = next;
    }
    (start.unwrap_or(0), end)
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
            ("İI", "İi"),
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

    #[test]
    fn highlights_are_utf16_and_cut_no_grapheme() {
        for (text, range, expected) in [
            ("袁隆平", 1..3, (1, 3)),
            ("𠀀隆平", 1..2, (2, 3)),
            ("葛\u{e0100}洪", 0..1, (0, 3)),
            ("e\u{301}a", 2..3, (2, 3)),
            ("👩‍🔬博士", 2..4, (0, 6)),
            ("袁隆平", 2..9, (2, 3)),
            ("", 0..1, (0, 0)),
        ] {
            assert_eq!(utf16_range(text, range), expected, "{text:?}");
        }
    }
}
