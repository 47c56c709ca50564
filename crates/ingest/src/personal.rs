//! Personal data that must not be published: mobile numbers, identity numbers, private mail, days of birth, homes.
//!
//! Office lines (`010-12345678`) and addresses of institutions pass. What looks like an id, a year or a longer number passes too:
//! a false alarm would stop a build for nothing.

mod numbers;
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
                .filter(|c| !c.is_whitespace() && !numbers::stands_between(*c) || *c == '.' && text.contains('@'))
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
    let mut found = numbers::find(&text);
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
    let masked = blurred(&mask(cell, &find(cell)));
    match masked.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &masked[..end]),
        None => masked,
    }
}

/// Providers whose addresses belong to persons. An institution's own domain is its public address.
const PROVIDERS: [&str; 35] = [
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
    "sina.com.cn",
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

/// The text without mobile numbers in longer numbers and in words: such a thing passes in a table, where it is none, but nobody has to read it.
fn blurred(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let mut rest = letters.as_mut_slice();
    while let Some((number, _)) = rest.split_at_mut_checked(11) {
        let is_mobile = number[0] == '1' && matches!(number[1], '3'..='9') && number.iter().all(char::is_ascii_digit);
        if is_mobile {
            number[3..].fill('*');
        }
        rest = &mut rest[1..];
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    pub(super) fn finds(cell: &str, expected: &[&str]) {
        let found: Vec<String> = find(cell).iter().map(|finding| finding.say(Language::Chinese)).collect();
        let expected: Vec<String> = expected.iter().map(|e| format!("{e}（已隐去）")).collect();
        assert_eq!(found, expected, "{cell:?}");
    }

    #[test]
    fn private_mail() {
        finds("zhang.san@qq.com", &["个人邮箱 z…@qq.com"]);
        finds("邮箱：ZhangSan@163.com；", &["个人邮箱 Z…@163.com"]);
        finds("zhangsan@sina.com.cn", &["个人邮箱 z…@sina.com.cn"]);
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
        assert_eq!(shown("KX13812345678、2013812345678"), "KX138********、20138********");
        assert_eq!(shown("北京"), "北京");
        assert_eq!(shown(&"长".repeat(50)), "长".repeat(40) + "…");
    }
}
