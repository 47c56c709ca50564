//! What the visitor typed, as keystrokes.

use crate::text::{fold, is_separator, is_silent};
use std::ops::Range;

/// How many keystrokes count; what follows is ignored, so that a long paste answers as its beginning does.
///
/// Sets of keystrokes spent are then one `u64`; 63 letters of pinyin are some twenty hanzi.
pub const MAX_KEYS: usize = 63;
/// How many pieces count; what follows is ignored. Six pieces have 21 spans, each of which is looked for.
pub const MAX_PIECES: usize = 6;

/// A query: keystrokes, cut into pieces where the visitor put a space or a comma, and where hanzi and letters meet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    keys: Vec<char>,
    /// The end of each piece in `keys`, ascending; none is empty.
    ends: Vec<usize>,
    /// For each piece, whether a separator stands after it.
    apart: Vec<bool>,
}

impl Query {
    /// Reads any text: folds it, leaves out what is silent, cuts at separators and between scripts.
    ///
    /// A combining diaeresis joins the `u` before it, as in text from a Mac.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        for c in text.chars().map(fold) {
            if is_separator(c) {
                query.cut(true);
            } else if c == '\u{308}' && query.keys.last() == Some(&'u') {
                query.keys.pop();
                query.keys.push('ü');
            } else if !is_silent(c) {
                if query.keys.last().is_some_and(|last| is_latin(*last) != is_latin(c)) {
                    query.cut(false);
                }
                query.keys.push(c);
            }
            if query.ends.len() == MAX_PIECES || query.keys.len() == MAX_KEYS {
                break;
            }
        }
        query.cut(false);
        query.keys.truncate(query.ends.last().copied().unwrap_or(0));
        query
    }

    fn cut(&mut self, apart: bool) {
        if self.keys.len() > self.ends.last().copied().unwrap_or(0) && self.ends.len() < MAX_PIECES {
            self.ends.push(self.keys.len());
            self.apart.push(apart);
        } else if let (true, Some(last)) = (apart, self.apart.last_mut()) {
            *last = true;
        }
    }

    /// All keystrokes.
    pub fn keys(&self) -> &[char] {
        &self.keys
    }

    /// How many pieces there are; 0 when nothing was typed that could match.
    pub fn pieces(&self) -> usize {
        self.ends.len()
    }

    /// Which keystrokes consecutive pieces are.
    pub fn range(&self, pieces: Range<usize>) -> Range<usize> {
        let start = if pieces.start == 0 { 0 } else { self.ends[pieces.start - 1] };
        start..self.ends[pieces.end - 1]
    }

    /// The keystrokes of consecutive pieces as one, if they may be one: a single piece, pieces without a separator between
    /// them (袁long平), or pieces all of hanzi or all of letters (王 宏, `gu yu dong`).
    pub fn span(&self, pieces: Range<usize>) -> Option<&[char]> {
        let keys = &self.keys[self.range(pieces.clone())];
        let latin = keys.iter().filter(|key| is_latin(**key)).count();
        let joined = !self.apart[pieces.start..pieces.end - 1].contains(&true);
        (joined || latin == 0 || latin == keys.len()).then_some(keys)
    }
}

/// Whether a keystroke is a letter of pinyin or a digit, not a hanzi.
pub fn is_latin(key: char) -> bool {
    key.is_ascii_alphanumeric() || key == 'ü'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let query = Query::parse(text);
        (0..query.pieces()).map(|i| query.span(i..i + 1).unwrap().iter().collect()).collect()
    }

    #[test]
    fn cuts_at_spaces_and_commas_only() {
        for (text, expected) in [
            ("袁隆平", &["袁隆平"][..]),
            ("  北京大学　数学 ", &["北京大学", "数学"]),
            ("yuan'long’ping", &["yuanlongping"]),
            ("gu\u{2006}yu", &["gu", "yu"]),
            ("Yuan, Longping", &["yuan", "longping"]),
            ("吾守尔·斯拉木", &["吾守尔斯拉木"]),
            ("卡尤迪（北京）", &["卡尤迪北京"]),
            ("lu\u{308}", &["lü"]),
            ("《》！？", &[]),
            ("", &[]),
            ("a b c d e f g h", &["a", "b", "c", "d", "e", "f"]),
        ] {
            assert_eq!(pieces(text), expected, "{text:?}");
        }
    }

    #[test]
    fn joins_pieces_of_one_script_only() {
        assert_eq!(pieces("y隆p 1x"), ["y", "隆", "p", "1x"]);
        assert_eq!(Query::parse("y隆p 1x").span(0..3).unwrap(), ['y', '隆', 'p']);
        assert_eq!(Query::parse("y隆p 1x").span(1..4), None);
        let query = Query::parse("gu yu dong");
        assert_eq!(query.span(0..3).unwrap().iter().collect::<String>(), "guyudong");
        assert_eq!(Query::parse("王 宏").span(0..2).unwrap(), ['王', '宏']);
        assert_eq!(Query::parse("北大 math").span(0..2), None);
    }

    #[test]
    fn a_long_paste_is_cut() {
        assert_eq!(pieces(&"a".repeat(10_000)), ["a".repeat(MAX_KEYS)]);
    }
}
