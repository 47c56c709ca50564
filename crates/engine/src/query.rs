//! What the visitor typed, as keystrokes.

use crate::text::{fold, is_separator, is_silent};
use std::ops::Range;

/// How many keystrokes count; what follows is ignored, so that a long paste answers as its beginning does.
///
/// Sets of keystrokes spent are then one `u64`; 63 letters of pinyin are some twenty hanzi.
pub const MAX_KEYS: usize = 63;
/// How many pieces count; what follows is ignored. Eight pieces have 36 spans, each of which is looked for.
pub const MAX_PIECES: usize = 8;

/// A query: keystrokes, cut into pieces where the visitor put a space or a comma, and where hanzi and letters meet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    keys: Vec<char>,
    /// The end of each piece in `keys`, ascending; none is empty.
    ends: Vec<usize>,
    /// For each piece, whether a separator stands after it.
    apart: Vec<bool>,
    /// The keystrokes before which something separates: a space, or an input method's apostrophe.
    hints: u64,
    /// Whether there are capitals, and whether there are small letters.
    capitals: (bool, bool),
}

impl Query {
    /// Reads any text: folds it, leaves out what is silent, cuts at separators, behind a year (2025年) and between scripts.
    ///
    /// A combining diaeresis joins the `u` before it, as in text from a Mac. `?` and `*` are keystrokes where two others or more stand in
    /// their piece; at its end they say nothing.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        for typed in text.chars() {
            let c = fold(typed);
            query.capitals.0 |= matches!(typed, 'A'..='Z' | 'Ａ'..='Ｚ');
            query.capitals.1 |= matches!(typed, 'a'..='z' | 'ａ'..='ｚ');
            let is_year = c == '年' && query.piece().last().is_some_and(char::is_ascii_digit);
            if is_separator(c) || is_year {
                query.cut(true);
            } else if c == '\u{308}' && query.keys.last() == Some(&'u') {
                query.keys.pop();
                query.keys.push('ü');
            } else if is_wildcard(c) || !is_silent(c) {
                let last = query.piece().iter().rfind(|key| !is_wildcard(**key));
                if !is_wildcard(c) && last.is_some_and(|last| is_latin(*last) != is_latin(c)) {
                    query.cut(false);
                }
                query.keys.push(c);
            } else if !query.piece().is_empty() {
                query.hints |= 1 << query.keys.len();
            }
            if query.ends.len() == MAX_PIECES || query.keys.len() == MAX_KEYS {
                break;
            }
        }
        query.cut(false);
        query.keys.truncate(query.ends.last().copied().unwrap_or(0));
        query
    }

    /// The keystrokes since the last cut.
    fn piece(&self) -> &[char] {
        &self.keys[self.ends.last().copied().unwrap_or(0)..]
    }

    fn cut(&mut self, apart: bool) {
        let start = self.ends.last().copied().unwrap_or(0);
        let mut piece = self.keys.split_off(start);
        if piece.iter().filter(|key| !is_wildcard(**key)).count() < 2 {
            piece.retain(|key| !is_wildcard(*key));
        }
        while piece.last().is_some_and(|key| is_wildcard(*key)) {
            piece.pop();
        }
        self.keys.extend(piece);
        if self.keys.len() > start && self.ends.len() < MAX_PIECES {
            self.ends.push(self.keys.len());
            self.apart.push(apart);
            self.hints |= 1 << self.keys.len().min(MAX_KEYS);
        } else if let (true, Some(last)) = (apart, self.apart.last_mut()) {
            *last = true;
        }
    }

    /// Terms as a query, each of them one piece whatever stands in it; as many as there is room for.
    pub fn of_terms(terms: &[&str]) -> Query {
        let mut query = Query::default();
        for term in terms {
            let keys: Vec<char> = term.chars().map(fold).filter(|c| !is_silent(*c)).collect();
            // What has no room, or says nothing, ends the list: places in both stay the same.
            if query.keys.len() + keys.len() > MAX_KEYS || keys.is_empty() {
                break;
            }
            query.keys.extend(keys);
            query.ends.push(query.keys.len());
            query.apart.push(true);
            query.hints |= 1 << query.keys.len();
        }
        query
    }

    /// Whether any of its Latin letters is a capital.
    pub fn has_capitals(&self) -> bool {
        self.capitals.0
    }

    /// Whether all its Latin letters are capitals: an acronym, or somebody's shift lock.
    pub fn is_shouted(&self) -> bool {
        self.capitals == (true, false)
    }

    /// Whether a piece begins at a keystroke.
    pub fn begins_piece(&self, key: usize) -> bool {
        key == 0 || self.ends.contains(&key)
    }

    /// Whether a piece begins at a keystroke with nothing between it and the one before: 隆平 in y隆平.
    pub fn is_joint(&self, key: usize) -> bool {
        self.ends.iter().zip(&self.apart).any(|(end, apart)| *end == key && !apart)
    }

    /// The query with one of its pieces cut in two before a keystroke within it, as if a space stood there, if there is room.
    pub fn cut_before(mut self, key: usize) -> Query {
        let piece = self.ends.partition_point(|end| *end <= key);
        if self.ends.len() < MAX_PIECES && !self.begins_piece(key) && piece < self.ends.len() {
            self.ends.insert(piece, key);
            self.apart.insert(piece, true);
            self.hints |= 1 << key;
        }
        self
    }

    /// The query without some of its pieces.
    pub fn without(&self, left_out: &dyn Fn(usize) -> bool) -> Query {
        let mut query = Query { capitals: self.capitals, ..Query::default() };
        for piece in (0..self.pieces()).filter(|piece| !left_out(*piece)) {
            let range = self.range(piece..piece + 1);
            let shift = range.start - query.keys.len();
            query.hints |= (self.hints & (u64::MAX << range.start) & !(u64::MAX << range.end)) >> shift;
            query.keys.extend(&self.keys[range]);
            query.ends.push(query.keys.len());
            query.hints |= 1 << query.keys.len();
            query.apart.push(self.apart[piece]);
        }
        query
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
    #[inline(never)]
    pub fn range(&self, pieces: Range<usize>) -> Range<usize> {
        let start = if pieces.start == 0 { 0 } else { self.ends[pieces.start - 1] };
        start..self.ends[pieces.end - 1]
    }

    /// The piece that ends before a keystroke.
    pub fn ending(&self, key: usize) -> Option<usize> {
        self.ends.iter().position(|end| *end == key)
    }

    /// Whether consecutive pieces may be one term: a single piece, pieces without a separator between
    /// them (袁long平), or pieces all of hanzi or all of letters (王 宏, `gu yu dong`).
    pub fn may_join(&self, pieces: Range<usize>) -> bool {
        let keys = &self.keys[self.range(pieces.clone())];
        let latin = keys.iter().filter(|key| is_latin(**key)).count();
        let joined = !self.apart[pieces.start..pieces.end - 1].contains(&true);
        joined || latin == 0 || latin == keys.iter().filter(|key| !is_wildcard(**key)).count()
    }

    /// The keystrokes before which a separator stood, one bit each.
    pub fn hints(&self) -> u64 {
        self.hints
    }
}

/// Whether a keystroke stands for any letter (`?`) or any letters (`*`).
pub fn is_wildcard(key: char) -> bool {
    matches!(key, '?' | '*')
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
        (0..query.pieces()).map(|i| query.keys()[query.range(i..i + 1)].iter().collect()).collect()
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
            ("2025年中科院 年", &["2025", "中科院", "年"]),
            ("《》！？", &[]),
            ("", &[]),
            ("陈?川 ？", &["陈?川"]),
            ("?南山 袁*平* l?", &["?南山", "袁*平", "l"]),
            ("zhong?shan??", &["zhong?shan"]),
            ("????", &[]),
            ("a b c d e f g h i", &["a", "b", "c", "d", "e", "f", "g", "h"]),
        ] {
            assert_eq!(pieces(text), expected, "{text:?}");
        }
    }

    #[test]
    fn joins_pieces_of_one_script_only() {
        assert_eq!(pieces("y隆p 1x"), ["y", "隆", "p", "1x"]);
        for (text, pieces, joins) in [
            ("y隆p 1x", 0..3, true),
            ("y隆p 1x", 1..4, false),
            ("gu yu dong", 0..3, true),
            ("王 宏", 0..2, true),
            ("王? 宏", 0..2, true),
            ("北大 math", 0..2, false),
        ] {
            assert_eq!(Query::parse(text).may_join(pieces), joins, "{text}");
        }
    }

    #[test]
    fn a_piece_is_cut_where_one_says() {
        for (key, expected) in [
            (0, "袁院士,ab"),
            (1, "袁,院士,ab"),
            (3, "袁院士,ab"),
            (4, "袁院士,a,b"),
            (5, "袁院士,ab"),
            (63, "袁院士,ab"),
        ] {
            let query = Query::parse("袁院士 ab").cut_before(key);
            let pieces = (0..query.pieces()).map(|i| query.keys()[query.range(i..i + 1)].iter().collect());
            assert_eq!(pieces.collect::<Vec<String>>().join(","), expected, "{key}");
        }
        let full = Query::parse("a b c d e f g hi");
        assert_eq!(full.clone().cut_before(8), full);
    }

    #[test]
    fn separators_are_hints() {
        for (text, hints) in [("xi'an", &[2, 4][..]), ("gu\u{2006}yu", &[2, 4]), ("'xian", &[4]), ("王宏", &[2])] {
            let set = Query::parse(text).hints();
            assert_eq!((0..64).filter(|at| set >> at & 1 == 1).collect::<Vec<u32>>(), hints, "{text}");
        }
    }

    #[test]
    fn a_long_paste_is_cut() {
        assert_eq!(pieces(&"a".repeat(10_000)), ["a".repeat(MAX_KEYS)]);
    }
}
