//! Double pinyin: two keys a syllable, spelled out by a list that the maintainer's command makes for one layout of keys.

use crate::text::fold;

/// Spells out text that was typed by a layout: `yrls` as `yuan'long'`, a last key alone as its initial. `None` where there are no such keys, or
/// some of them spell nothing.
///
/// The list has a word for each pair of keys, the keys and then the syllable (`yryuan`), and one for each key that begins a syllable,
/// `-` in the place of the second key (`v-zh`); words stand apart by spaces.
// Where an engine comes in two halves, this is in the second.
#[inline(never)]
pub fn spelled_out(list: &str, text: &str) -> Option<String> {
    // By bytes: what searches text for patterns is a kilobyte of the wasm.
    let find = |first: char, second: char| {
        let keys = [first as u8, second as u8];
        list.as_bytes().split(|byte| *byte == b' ').find_map(|word| word.strip_prefix(&keys))
    };
    let mut spelled = String::new();
    let mut first = None;
    let mut any = false;
    for c in text.chars().map(fold).chain([' ']) {
        match first.take() {
            // `;` is a second key in one layout, and else parts terms.
            Some(before) if c.is_ascii_lowercase() || c == ';' => {
                spelled.extend(find(before, c)?.iter().map(|letter| char::from(*letter)));
                spelled.push('\'');
            }
            None if c.is_ascii_lowercase() => {
                first = Some(c);
                any = true;
            }
            before => {
                if let Some(before) = before {
                    spelled.extend(find(before, '-')?.iter().map(|letter| char::from(*letter)));
                }
                spelled.push(c);
            }
        }
    }
    any.then_some(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_spelled_out_two_by_two() {
        let list = "yryuan lslong pkping v-zh y-y p-p l;ling";
        for (text, spelled) in [
            ("yrlspk", Some("yuan'long'ping' ")),
            ("YRlsp", Some("yuan'long'p ")),
            ("yr ls", Some("yuan' long' ")),
            ("袁ls，v", Some("袁long',zh ")),
            ("l;", Some("ling' ")),
            ("yr;ls", Some("yuan';long' ")),
            ("yrlz", None),
            ("yrx", None),
            ("袁隆平 5", None),
            ("", None),
        ] {
            assert_eq!(spelled_out(list, text).as_deref(), spelled, "{text}");
        }
        assert_eq!(spelled_out("", "yr"), None);
    }
}
