//! Days of birth and homes: what the heading or the words around say about a date or an address.

use super::{Finding, Sort};

/// Words in a heading under which a date is a birthday.
const BIRTH_HEADINGS: [&str; 4] = ["出生日期", "出生年月", "出生时间", "生日"];
/// Words in a heading under which everything is a home.
const HOME_HEADINGS: [&str; 5] = ["家庭住址", "家庭地址", "住址", "住宅", "住家"];

/// Words before a date that make it a birthday.
const BIRTH_BEFORE: [&str; 7] = ["生于", "出生于", "出生日期", "出生年月", "生日", "出生时间", "出生"];
/// Words after a date that make it one.
const BIRTH_AFTER: [&str; 3] = ["出生", "生于", "生"];
/// Words before an address that make it a home.
const HOME_BEFORE: [&str; 5] = ["家庭住址", "家庭地址", "住址", "家住", "现住"];

/// Whether everything under this heading is a home.
pub fn is_home(heading: &str) -> bool {
    HOME_HEADINGS.iter().any(|word| heading.contains(word))
}

/// What is found in a cell of half width.
pub fn find(heading: &str, text: &[char]) -> Vec<Finding> {
    let says_birth = BIRTH_HEADINGS.iter().any(|word| heading.contains(word));
    let mut found: Vec<Finding> = dates(text)
        .filter(|(start, end)| says_birth || is_birth(text, *start, *end))
        .map(|(start, end)| Finding { sort: Sort::Birth, shown: String::new(), start, end })
        .collect();
    let home = match is_home(heading) {
        true => (!text.is_empty()).then_some(0),
        false => home(text),
    };
    found.extend(home.map(|start| Finding { sort: Sort::Home, shown: String::new(), start, end: text.len() }));
    found
}

/// Years with a month, and perhaps a day: 1955-03-12, 1955年3月, 1955.03, 19550312.
fn dates(text: &[char]) -> impl Iterator<Item = (usize, usize)> {
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut i = 0;
    std::iter::from_fn(move || {
        while i < text.len() {
            let start = i;
            let run = digits(start);
            i += run.max(1);
            let number = |from: usize, to: usize| {
                text[from..to]
                    .iter()
                    .fold(0u32, |n, c| n.saturating_mul(10).saturating_add(c.to_digit(10).unwrap_or(0)))
            };
            if run == 8
                && (1850..2100).contains(&number(start, start + 4))
                && (1..=12).contains(&number(start + 4, start + 6))
            {
                return Some((start, start + 8));
            }
            if run != 4 || !(1850..2100).contains(&number(start, start + 4)) {
                continue;
            }
            let divides = |c: Option<&char>| matches!(c, Some('年' | '-' | '.' | '/'));
            let month = start + 5;
            let length = if divides(text.get(start + 4)) { digits(month) } else { 0 };
            if !(1..=2).contains(&length) || !(1..=12).contains(&number(month, month + length)) {
                continue;
            }
            let mut end = month + length;
            if matches!(text.get(end), Some('月' | '-' | '.' | '/')) {
                let day = digits(end + 1).min(2);
                end += 1 + day + usize::from(text.get(end + 1 + day) == Some(&'日') && day > 0);
            }
            i = end;
            return Some((start, end));
        }
        None
    })
}

fn is_birth(text: &[char], start: usize, end: usize) -> bool {
    let before: String = text[..start].iter().filter(|c| !matches!(c, ' ' | ':' | '(' | ')')).collect();
    let after: String = text[end..].iter().collect();
    let after = after.trim_start();
    // 生产, 生物 and the like begin with the same hanzi.
    let born = after
        .strip_prefix('生')
        .is_none_or(|rest| rest.is_empty() || rest.starts_with(['于', ',', '，', '。', '；', ';', '、', ')', ' ']));
    BIRTH_BEFORE.iter().any(|word| before.ends_with(word))
        || BIRTH_AFTER.iter().any(|word| after.starts_with(word)) && born
}

/// Where a home begins: after the words that say so, or the number of a flat in a block (3栋2单元501).
fn home(text: &[char]) -> Option<usize> {
    let line: String = text.iter().collect();
    let said = HOME_BEFORE.iter().find_map(|word| {
        let at = line.find(word)? + word.len();
        let rest = line[at..].trim_start_matches([' ', ':']);
        rest.chars().next().map(|_| line.len() - rest.len())
    });
    let flat = || {
        let at = line.find("单元")?;
        let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
        let is_flat = line[..at].ends_with(number) && line[at + "单元".len()..].starts_with(number);
        is_flat.then_some(0)
    };
    let at = said.or_else(flat)?;
    Some(line[..at].chars().count())
}

#[cfg(test)]
mod tests {
    use super::super::{find_under, mask};
    use super::Sort;

    #[test]
    fn birthdays_and_homes_by_what_is_said_of_them() {
        for (heading, cell, expected) in [
            ("出生日期", "1955-03-12", Some(Sort::Birth)),
            ("出生年月", "1955.03", Some(Sort::Birth)),
            ("出生年月", "19550312", Some(Sort::Birth)),
            ("出生年月", "1955年", None),
            ("简介", "张三，男，1955年3月12日出生于北京", Some(Sort::Birth)),
            ("简介", "张三，1955年3月生，教授", Some(Sort::Birth)),
            ("简介", "张三（生于1955年3月）", Some(Sort::Birth)),
            ("简介", "出生日期：1955/3/12", Some(Sort::Birth)),
            ("简介", "张三，1955年生，教授", None),
            ("简介", "1955年3月—1978年10月在北京大学", None),
            ("简介", "2019年3月生产的疫苗", None),
            ("简介", "2019年3月生物制品获奖", None),
            ("聘期", "2019.03-2024.03", None),
            ("核对日期", "2026-09-01", None),
            ("出生地", "北京", None),
            ("家庭住址", "某路1号", Some(Sort::Home)),
            ("备注", "住址：某路1号", Some(Sort::Home)),
            ("备注", "某小区3号楼2单元501", Some(Sort::Home)),
            ("建站单位", "某路1号科技楼502室", None),
            ("专业", "有限单元法", None),
            ("专业", "单元", None),
        ] {
            let found: Vec<Sort> = find_under(heading, cell).iter().map(|finding| finding.sort).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{heading} {cell}");
        }
    }

    #[test]
    fn masked_whole() {
        let cell = "张三，1955年3月生，住址：某路1号";
        assert_eq!(mask(cell, &find_under("", cell)), "张三，*******生，住址：****");
    }
}
