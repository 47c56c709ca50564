//! Personal data that must not be published: mobile numbers, identity numbers, private mail, days of birth, homes.
//!
//! Office lines (`010-12345678`) and addresses of institutions pass. What looks like an id, a year or a longer number passes too:
//! a false alarm would stop a build for nothing.

mod private;

use std::ops::Range;

use crate::text::half_width;
use crate::{Language, say};

/// A sort of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A mobile number.
    Mobile,
    /// A resident identity number.
    Identity,
    /// A mail address at a provider for everybody.
    Mail,
    /// The day or month of somebody's birth.
    Birth,
    /// Where somebody lives.
    Home,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Sort; 5] = [Sort::Mobile, Sort::Identity, Sort::Mail, Sort::Birth, Sort::Home];

    /// What maintainers call it.
    pub fn say(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Sort::Mobile => ("手机号", "mobile number"),
            Sort::Identity => ("身份证号", "identity number"),
            Sort::Mail => ("个人邮箱", "private mail address"),
            Sort::Birth => ("出生日期", "day of birth"),
            Sort::Home => ("家庭住址", "home address"),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// Something found in a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What it is.
    pub sort: Sort,
    /// What of it a message may repeat, or nothing.
    shown: String,
    /// Where it stands, in `char`s.
    start: usize,
    /// Where it ends.
    end: usize,
}

impl Finding {
    /// `手机号 138…（已隐去）`
    pub fn say(&self, language: Language) -> String {
        let Finding { sort, shown, .. } = self;
        let sort = sort.say(language);
        let gap = if shown.is_empty() { "" } else { " " };
        say!(language, "{sort}{gap}{shown}（已隐去）", "{sort}{gap}{shown} (masked here)")
    }

    fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether this is what a maintainer allowed: the same digits, or the same address.
    pub fn is_one_of(&self, cell: &str, allowed: &[String]) -> bool {
        let comparable = |text: &str| -> String {
            let text = half_width(text).to_lowercase();
            text.chars()
                .filter(|c| !c.is_whitespace() && !joins_groups(*c) || *c == '.' && text.contains('@'))
                .collect()
        };
        let text: String = cell.chars().skip(self.start).take(self.end - self.start).collect();
        allowed.iter().any(|allowed| comparable(allowed) == comparable(&text))
    }
}

/// Everything personal in a cell of a column with this heading, which may say what a bare date or address is.
pub fn find_under(heading: &str, cell: &str) -> Vec<Finding> {
    // Most cells hold nothing that any of this begins with.
    let may_begin = |c: char| c.is_ascii_digit() || matches!(c, '@' | '住' | '元' | '０'..='９' | '＠');
    if !cell.contains(may_begin) && !private::is_home(heading) {
        return Vec::new();
    }
    let text: Vec<char> = half_width(cell).chars().collect();
    let mut found: Vec<Finding> = chains(&text).iter().flat_map(|chain| numbers(&text, chain)).collect();
    found.extend(mail(&text));
    found.extend(private::find(heading, &text));
    found.sort_by_key(|finding| finding.start);
    found
}

/// Everything personal in a cell.
pub fn find(cell: &str) -> Vec<Finding> {
    find_under("", cell)
}

/// The cell with what was found masked: the beginning of numbers stays.
pub fn mask(cell: &str, findings: &[Finding]) -> String {
    let masked = |(i, c): (usize, char)| match findings.iter().find(|finding| finding.range().contains(&i)) {
        Some(finding) if matches!(finding.sort, Sort::Mobile | Sort::Identity) && i < finding.start + 3 => c,
        Some(_) => '*',
        None => c,
    };
    cell.chars().enumerate().map(masked).collect()
}

/// A cell as a message may repeat it: its beginning, and of personal data no more than [`mask`] leaves.
pub fn shown(cell: &str) -> String {
    let masked = mask(cell, &find(cell));
    match masked.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &masked[..end]),
        None => masked,
    }
}

/// What people put between the groups of a number.
fn joins_groups(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '·' | '\u{2006}' | '\u{2009}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A run of digits in the text, by its bounds.
type Group = (usize, usize);

/// Groups of digits with a single blank, dash or dot between them.
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
            Some(chain) if chain.last().is_some_and(|(_, e)| *e + 1 == i && joins_groups(text[*e])) => {
                chain.push((i, end))
            }
            _ => chains.push(vec![(i, end)]),
        }
        i = end;
    }
    chains
}

/// How people group the digits of a mobile number.
const MOBILE: [&[usize]; 9] =
    [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[3, 3, 5], &[5, 6], &[4, 3, 4], &[3, 2, 2, 2, 2], &[1; 11]];

/// How people group the digits of an identity number; the old ones have fifteen.
const IDENTITY: [&[usize]; 5] = [&[18], &[17], &[15], &[6, 8, 4], &[6, 8, 3]];

fn numbers(text: &[char], chain: &[Group]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chain.len() {
        let hit = (1..=chain.len() - i).rev().find_map(|n| Some((n, number(text, chain, i, i + n)?)));
        i += hit.as_ref().map_or(1, |(n, _)| *n);
        found.extend(hit.map(|(_, finding)| finding));
    }
    found
}

/// What the groups `from..to` of a chain are, when they are one number.
fn number(text: &[char], chain: &[Group], from: usize, to: usize) -> Option<Finding> {
    let groups = &chain[from..to];
    let sizes: Vec<usize> = groups.iter().map(|(s, e)| e - s).collect();
    let digits: String = groups.iter().flat_map(|(s, e)| &text[*s..*e]).collect();
    let (start, end) = (groups.first()?.0, groups.last()?.1);
    let in_word = start > 0 && text[start - 1].is_ascii_alphabetic() && !says_phone(&text[..start]);
    let mask = || format!("{}…", &digits.trim_start_matches("86")[..3]);

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
    let x = text.get(end).filter(|c| matches!(c, 'x' | 'X')).filter(|_| digits.len() == 17);
    let whole = if x.is_some() { digits.clone() + "X" } else { digits.clone() };
    let end = end + usize::from(x.is_some());
    let ends_word = text.get(end).is_some_and(char::is_ascii_alphanumeric);
    if IDENTITY.contains(&sizes.as_slice()) && !in_word && !ends_word && is_identity(&whole) {
        return Some(Finding { sort: Sort::Identity, shown: mask(), start, end });
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
fn is_identity(number: &str) -> bool {
    let places: Vec<u32> = number.chars().map(|c| c.to_digit(10).unwrap_or(10)).collect();
    let value = |range: std::ops::Range<usize>| places[range].iter().fold(0, |n, d| n * 10 + d);
    let province_exists =
        |code: u32| matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91);
    match places.len() {
        18 => {
            let weighted: u32 = places.iter().enumerate().map(|(i, d)| d * (1 << (17 - i)) % 11).sum();
            province_exists(value(0..2))
                && (1850..2100).contains(&value(6..10))
                && is_day(value(6..10), value(10..12), value(12..14))
                // Spreadsheets keep fifteen digits of a number and make the others zeros.
                && (weighted % 11 == 1 || number.ends_with("000"))
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

/// Providers whose addresses belong to persons. An institution's own domain is its public address.
const PROVIDERS: [&str; 34] = [
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "vip.163.com",
    "126.com",
    "vip.126.com",
    "yeah.net",
    "188.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "sina.com",
    "sina.cn",
    "vip.sina.com",
    "sohu.com",
    "tom.com",
    "21cn.com",
    "263.net",
    "aliyun.com",
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "live.cn",
    "msn.com",
    "yahoo.com",
    "yahoo.com.cn",
    "yahoo.cn",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
];

fn mail(text: &[char]) -> Vec<Finding> {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '%' | '.');
    let at_signs = text.iter().enumerate().filter(|(_, c)| **c == '@').map(|(i, _)| i);
    at_signs
        .filter_map(|at| {
            let blanks = |text: &mut dyn Iterator<Item = &char>| text.take_while(|c| **c == ' ').count();
            let before = at - blanks(&mut text[..at].iter().rev());
            let after = at + 1 + blanks(&mut text[at + 1..].iter());
            let user: Vec<&char> = text[..before].iter().rev().take_while(|c| is_part(c)).collect();
            let domain: String = text[after..].iter().take_while(|c| is_part(c)).collect();
            let domain = domain.trim_end_matches('.').to_lowercase();
            let provider = PROVIDERS.iter().find(|p| domain == **p)?;
            let first = user.last()?;
            let shown = format!("{first}…@{provider}");
            Some(Finding { sort: Sort::Mail, shown, start: before - user.len(), end: after + domain.chars().count() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(cell: &str, expected: &[&str]) {
        let found: Vec<String> = find(cell).iter().map(|finding| finding.say(Language::Chinese)).collect();
        let expected: Vec<String> = expected.iter().map(|e| format!("{e}（已隐去）")).collect();
        assert_eq!(found, expected, "{cell:?}");
    }

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
        ] {
            finds(cell, &["手机号 138…"]);
        }
        finds("13812345678、19900001111", &["手机号 138…", "手机号 199…"]);
    }

    #[test]
    fn identity_numbers() {
        for cell in ["11010519491231002X", "11010519491231002x", "110105 19491231 002X", "证件号：11010519491231002X。"]
        {
            finds(cell, &["身份证号 110…"]);
        }
        finds("440524188001010014", &["身份证号 440…"]);
        finds("110105491231002", &["身份证号 110…"]);
        finds("110105194912310000", &["身份证号 110…"]);
    }

    #[test]
    fn private_mail() {
        finds("zhang.san@qq.com", &["个人邮箱 z…@qq.com"]);
        finds("邮箱：ZhangSan@163.com；", &["个人邮箱 Z…@163.com"]);
        finds("zhangsan＠ｇｍａｉｌ．ｃｏｍ", &["个人邮箱 z…@gmail.com"]);
        finds(
            "a_b+c@vip.163.com, 13812345678@139.com",
            &["个人邮箱 a…@vip.163.com", "手机号 138…", "个人邮箱 1…@139.com"],
        );
    }

    #[test]
    fn masked_and_allowed() {
        for (cell, masked) in [
            ("请拨138-1234-5678联系", "请拨138**********联系"),
            ("证件 11010519491231002X", "证件 110***************"),
            ("邮箱：zhang@qq.com；", "邮箱：************；"),
        ] {
            let found = find(cell);
            assert_eq!(mask(cell, &found), masked);
            assert_eq!(find(masked), [], "{masked}");
        }
        let allowed = ["13812345678", "Zhang.San@qq.com"].map(String::from);
        for (cell, is_allowed) in [
            ("138 1234 5678", true),
            ("１３８１２３４５６７８", true),
            ("13812345679", false),
            ("zhang.san@QQ.com", true),
            ("zhangsan@qq.com", false),
        ] {
            assert_eq!(find(cell)[0].is_one_of(cell, &allowed), is_allowed, "{cell}");
        }
    }

    #[test]
    fn messages_repeat_nothing_personal() {
        assert_eq!(shown("javascript:13812345678"), "javascript:138********");
        assert_eq!(shown("北京"), "北京");
        assert_eq!(shown(&"长".repeat(50)), "长".repeat(40) + "…");
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
            "a10",
            "",
        ] {
            finds(cell, &[]);
        }
    }
}
