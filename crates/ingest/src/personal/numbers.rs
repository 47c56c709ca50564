//! Mobile and identity numbers: runs of digits with what people put between them, told by how they are grouped or by their checksum.

use std::ops::Range;

use super::{Finding, Sort};

/// A run of digits in the text, by its bounds.
type Group = (usize, usize);

/// How people group the digits of a mobile number.
const MOBILE: [&[usize]; 9] =
    [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[3, 3, 5], &[5, 6], &[4, 3, 4], &[3, 2, 2, 2, 2], &[1; 11]];

/// The digits of an identity number; a mobile number has fewer, whatever stands before it.
const MOST_DIGITS: usize = 18;

/// Blanks and dashes between two groups: `138 - 1234 - 5678`.
const WIDEST_GAP: usize = 3;

/// The numbers in a text of half width.
pub fn find(text: &[char]) -> Vec<Finding> {
    chains(text).iter().flat_map(|chain| numbers(text, chain)).collect()
}

/// Whether this may stand between the digits of one number.
pub fn stands_between(c: char) -> bool {
    joins_groups(c) || matches!(c, '(' | ')')
}

/// What people put between the groups of a number.
fn joins_groups(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '·' | '\u{2006}' | '\u{2009}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Groups of digits with blanks, dashes or dots between them.
fn chains(text: &[char]) -> Vec<Vec<Group>> {
    let mut chains: Vec<Vec<Group>> = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let end = i + text[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        if end == i {
            i += 1;
            continue;
        }
        match chains.last_mut() {
            Some(chain) if goes_on(text, chain, i) => chain.push((i, end)),
            _ => chains.push(vec![(i, end)]),
        }
        i = end;
    }
    chains
}

/// Whether what stands between a chain and the next group belongs to one number.
fn goes_on(text: &[char], chain: &[Group], next: usize) -> bool {
    let gap = |from: usize| &text[from..next];
    let joins = |gap: &[char]| gap.len() <= WIDEST_GAP && gap.iter().all(|c| joins_groups(*c));
    match *chain {
        // (138)1234-5678, +86 (138)1234-5678; but 158 (138) 12345678 is a volume, an issue and a page.
        [(start, end)] if start > 0 && text[start - 1] == '(' && text[end] == ')' => {
            let before = text[..start - 1].iter().rev().skip_while(|c| **c == ' ');
            let before: Vec<&char> = before.take_while(|c| c.is_ascii_digit()).collect();
            matches!(before[..], [] | ['6', '8']) && joins(gap(end + 1))
        }
        [.., (_, end)] => joins(gap(end)),
        [] => false,
    }
}

fn numbers(text: &[char], chain: &[Group]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chain.len() {
        let mut digits = 0;
        let fits = |(start, end): &&Group| {
            digits += end - start;
            digits <= MOST_DIGITS
        };
        let most = chain[i..].iter().take_while(fits).count();
        let hit = (1..=most).rev().find_map(|n| Some((n, number(text, &chain[i..i + n])?)));
        i += hit.as_ref().map_or(1, |(n, _)| *n);
        found.extend(hit.map(|(_, finding)| finding));
    }
    found
}

/// What these groups are, when they are one number.
fn number(text: &[char], groups: &[Group]) -> Option<Finding> {
    let sizes: Vec<usize> = groups.iter().map(|(s, e)| e - s).collect();
    let digits: String = groups.iter().flat_map(|(s, e)| &text[*s..*e]).collect();
    let (start, end) = (groups.first()?.0, groups.last()?.1);
    let in_word = start > 0 && text[start - 1].is_ascii_alphabetic() && !says_phone(&text[..start]);

    let without_prefix = |prefix: usize| {
        let mut sizes = sizes.clone();
        sizes[0] -= prefix.min(sizes[0]);
        if sizes[0] == 0 {
            sizes.remove(0);
        }
        sizes
    };
    let is_mobile = ["", "86", "0086", "0"].iter().any(|prefix| {
        digits.strip_prefix(prefix).is_some_and(|rest| {
            let mut letters = rest.chars();
            letters.next() == Some('1')
                && letters.next().is_some_and(|c| ('3'..='9').contains(&c))
                && MOBILE.contains(&without_prefix(prefix.len()).as_slice())
        })
    });
    if is_mobile && !in_word {
        let shown = digits.trim_start_matches('0').trim_start_matches("86").get(..3).unwrap_or("1");
        return Some(Finding { sort: Sort::Mobile, shown: format!("{shown}…"), start, end });
    }
    // The last place may be an X, which may stand apart as other groups do.
    let gap = usize::from(text.get(end).is_some_and(|c| joins_groups(*c)));
    let x = text.get(end + gap).filter(|c| matches!(c, 'x' | 'X')).filter(|_| digits.len() == 17);
    let whole = if x.is_some() { digits.clone() + "X" } else { digits.clone() };
    let end = if x.is_some() { end + gap + 1 } else { end };
    let ends_word = text.get(end).is_some_and(char::is_ascii_alphanumeric);
    // Eighteen places have a checksum, however they are grouped; of the old fifteen only a run tells something.
    let is_one_group = sizes.len() == 1;
    let may_be = whole.len() == 18 || is_one_group;
    if may_be && !in_word && !ends_word && is_identity(&whole, is_one_group) {
        return Some(Finding { sort: Sort::Identity, shown: format!("{}…", &digits[..3]), start, end });
    }
    None
}

/// Whether the letters before a number announce one: `Tel13800001234`.
fn says_phone(before: &[char]) -> bool {
    let word: Vec<char> =
        before.iter().rev().take_while(|c| c.is_ascii_alphabetic()).map(char::to_ascii_lowercase).collect();
    let word: String = word.into_iter().rev().collect();
    ["tel", "phone", "mobile", "mob", "wx", "vx", "weixin", "wechat", "whatsapp"].contains(&word.as_str())
}

/// Whether this is a resident identity number: eighteen places with a date and the checksum of GB 11643, or the older fifteen.
///
/// A number that a spreadsheet has kept as one has only fifteen digits left, and zeros.
fn is_identity(number: &str, is_one_group: bool) -> bool {
    let places: Vec<u32> = number.chars().map(|c| c.to_digit(10).unwrap_or(10)).collect();
    let value = |range: Range<usize>| places[range].iter().fold(0, |n, d| n * 10 + d);
    let province_exists =
        |code: u32| matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91);
    match places.len() {
        18 => {
            let weighted: u32 = places.iter().enumerate().map(|(i, d)| d * (1 << (17 - i)) % 11).sum();
            province_exists(value(0..2))
                && (1850..2100).contains(&value(6..10))
                && is_day(value(6..10), value(10..12), value(12..14))
                && (weighted % 11 == 1 || is_one_group && number.ends_with("000"))
        }
        15 => province_exists(value(0..2)) && is_day(1900 + value(6..8), value(8..10), value(10..12)),
        _ => false,
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use crate::personal::tests::finds;

    #[test]
    fn mobile_numbers_in_every_dress() {
        for cell in [
            "13812345678",
            "请拨13812345678联系",
            "138 1234 5678",
            "138-1234-5678",
            "138.1234.5678",
            "138–1234–5678",
            "1381234 5678",
            "138 12345678",
            "13812 345678",
            "138 12 34 56 78",
            "1 3 8 1 2 3 4 5 6 7 8",
            "１３８１２３４５６７８",
            "１３８－１２３４－５６７８",
            "+86 13812345678",
            "+86-138-1234-5678",
            "(+86)13812345678",
            "8613812345678",
            "008613812345678",
            "013812345678",
            "0138 1234 5678",
            "Tel13812345678",
            "微信13812345678",
            "010-62751234 138 1234 5678",
            "010-62751234、13812345678",
            "138 - 1234 - 5678",
            "138 — 12345678",
            "（138）12345678",
            "(138)1234-5678",
            "手机(138) 1234 5678",
            "+86（138）1234 5678",
            "(86)138-1234-5678",
        ] {
            finds(cell, &["手机号 138…"]);
        }
        finds("13812345678、19900001111", &["手机号 138…", "手机号 199…"]);
    }

    #[test]
    fn identity_numbers() {
        for cell in [
            "11010519491231002X",
            "11010519491231002x",
            "110105 19491231 002X",
            "证件号：11010519491231002X。",
            "110105 1949 1231 002X",
            "1101 0519 4912 3100 2X",
            "1101 0519 4912 3100 2 X",
            "110105-1949-1231-002X",
            "110105 - 19491231 - 002X",
            "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        ] {
            finds(cell, &["身份证号 110…"]);
        }
        finds("440524188001010014", &["身份证号 440…"]);
        finds("110105491231002", &["身份证号 110…"]);
        finds("110105194912310000", &["身份证号 110…"]);
    }

    #[test]
    fn no_false_alarms() {
        for cell in [
            "010-12345678",
            "0311-86042013",
            "(010)6275-1234",
            "400-138-1234",
            "400 1381 234",
            "kx@cast.org.cn",
            "office@pku.edu.cn",
            "qq.com@example.org",
            "@163.com",
            "12345678901",
            "20211381234567",
            "2021138123456789012",
            "KX13812345678",
            "1993-1998 2001",
            "1993-1998-200",
            "1998.10.1-2001",
            "1955年3月—1978年10月",
            "978-7-03-012345-6",
            "10.13812/j.cnki.2021.05",
            "2019年9月在册",
            "110105194912310021",
            "110105194913310021",
            "100000000000000",
            "https://example.cn/art/2024/3/13812345.html",
            "158 (2019) 1234",
            "138(2019)1234",
            "158 (138) 12345678",
            "1993 - 1998 - 200",
            "138    1234    5678",
            "110105 1949 1231 0021",
            "110105 194912 310000",
            "110105 491231 002",
            "1101 1998 1999 2000 20",
            "2100 2101 2102 2103 21",
            "a10",
            "",
        ] {
            finds(cell, &[]);
        }
    }

    /// Every grouping of every beginning was tried before, each with the digits put together anew.
    #[test]
    fn long_rows_of_digits_take_no_time() {
        finds(&"1 ".repeat(15_000), &[]);
        finds(&"1980 ".repeat(6_000), &[]);
    }
}
