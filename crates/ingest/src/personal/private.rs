//! Days of birth and homes: what the heading or the words around say about a date or an address.

use super::{Finding, Sort};

/// Words in a heading under which a date is a birthday.
const BIRTH_HEADINGS: [&str; 4] = ["出生日期", "出生年月", "出生时间", "生日"];
/// Words in a heading under which everything is a home.
const HOME_HEADINGS: [&str; 5] = ["家庭住址", "家庭地址", "住址", "住宅", "住家"];

/// Words before a date that make it a birthday.
const BIRTH_BEFORE: [&str; 7] = ["生于", "出生于", "出生日期", "出生年月", "生日", "出生时间", "出生"];
/// What 出生 begins in medicine and statistics, where it is nobody's.
const NOT_BORN: [&str; 7] = ["缺陷", "队列", "人口", "率", "体重", "登记", "医学"];
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
        .filter(|date| says_birth || is_birth(text, date))
        .map(|Date { start, end, .. }| Finding { sort: Sort::Birth, shown: String::new(), start, end })
        .collect();
    let home = match is_home(heading) {
        true => (!text.is_empty()).then_some(0),
        false => home(text),
    };
    found.extend(home.map(|start| Finding { sort: Sort::Home, shown: String::new(), start, end: text.len() }));
    found
}

/// A year with a month, and perhaps a day, by its bounds.
struct Date {
    start: usize,
    end: usize,
    /// Six digits are a month only where something says so before them.
    is_bare: bool,
}

/// The dates in a text: 1955-03-12, 1955年3月, 1955 年 3 月 12 日, 1955.03, 19550312, 195503.
fn dates(text: &[char]) -> impl Iterator<Item = Date> {
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let past_blanks = |from: usize| from + text[from..].iter().take_while(|c| **c == ' ').count();
    let number = |from: usize, to: usize| {
        text[from..to].iter().fold(0u32, |n, c| n.saturating_mul(10).saturating_add(c.to_digit(10).unwrap_or(0)))
    };
    let is_year = move |from: usize| (1850..2100).contains(&number(from, from + 4));
    let is_month = move |from: usize, to: usize| (1..=12).contains(&number(from, to));
    let mut i = 0;
    std::iter::from_fn(move || {
        while i < text.len() {
            let start = i;
            let run = digits(start);
            i += run.max(1);
            if matches!(run, 6 | 8) && is_year(start) && is_month(start + 4, start + 6) {
                return Some(Date { start, end: start + run, is_bare: run == 6 });
            }
            if run != 4 || !is_year(start) {
                continue;
            }
            let mark = past_blanks(start + 4);
            if !matches!(text.get(mark), Some('年' | '-' | '.' | '/')) {
                continue;
            }
            let month = past_blanks(mark + 1);
            let length = digits(month);
            if !(1..=2).contains(&length) || !is_month(month, month + length) {
                continue;
            }
            let mut end = month + length;
            let mark = past_blanks(end);
            if matches!(text.get(mark), Some('月' | '-' | '.' | '/')) {
                end = mark + 1;
                let day = past_blanks(end);
                let length = digits(day).min(2);
                if length > 0 {
                    let mark = past_blanks(day + length);
                    let says_day = matches!(text.get(mark), Some('日' | '号'));
                    end = if says_day { mark + 1 } else { day + length };
                }
            }
            i = end;
            return Some(Date { start, end, is_bare: false });
        }
        None
    })
}

/// More than the longest word beside a date, and blanks around it.
const NEAR: usize = 20;

fn is_birth(text: &[char], date: &Date) -> bool {
    let before = &text[date.start.saturating_sub(NEAR)..date.start];
    let before: String = before.iter().filter(|c| !matches!(c, ' ' | ':' | '(' | ')')).collect();
    let after: String = text[date.end..].iter().take(NEAR).collect();
    BIRTH_BEFORE.iter().any(|word| before.ends_with(word)) || !date.is_bare && says_born(after.trim_start())
}

/// Whether a text begins with what is said of a day of birth: 出生, 生于, 生, 生人, or `，出生于`.
fn says_born(after: &str) -> bool {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([',', '，', '。', '.', '；', ';', '、', ')', ' ']);
    if let Some(rest) = after.strip_prefix([',', '，']) {
        let rest = rest.trim_start();
        return ["出生于", "出生在", "生于"].iter().any(|word| rest.starts_with(word));
    }
    if let Some(rest) = after.strip_prefix("出生") {
        return !NOT_BORN.iter().any(|word| rest.starts_with(word));
    }
    // 生产, 生物 and the like begin with the same hanzi.
    after.strip_prefix('生').is_some_and(|rest| rest.starts_with('于') || ends(rest.strip_prefix('人').unwrap_or(rest)))
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
            ("出生年月", "195503", Some(Sort::Birth)),
            ("出生年月", "1955 . 3", Some(Sort::Birth)),
            ("出生年月", "1955年", None),
            ("出生年月", "195513", None),
            ("简介", "张三，男，1955年3月12日出生于北京", Some(Sort::Birth)),
            ("简介", "张三，1955年3月生，教授", Some(Sort::Birth)),
            ("简介", "张三（生于1955年3月）", Some(Sort::Birth)),
            ("简介", "出生日期：1955/3/12", Some(Sort::Birth)),
            ("简介", "1955 年 3 月 12 日出生", Some(Sort::Birth)),
            ("简介", "张三，1955年 3月生", Some(Sort::Birth)),
            ("简介", "1955年3月12号出生", Some(Sort::Birth)),
            ("简介", "张三，1955年3月12日生人，教授", Some(Sort::Birth)),
            ("简介", "1955年3月，出生于北京", Some(Sort::Birth)),
            ("简介", "1955年3月12日, 生于北京", Some(Sort::Birth)),
            ("简介", "出生年月：195503", Some(Sort::Birth)),
            ("简介", "（1955 . 03 . 12 生）", Some(Sort::Birth)),
            ("简介", "张三，1955年生，教授", None),
            ("简介", "项目编号195503，教授", None),
            ("简介", "195503出生队列研究", None),
            ("简介", "2019年3月出生缺陷防控中心主任", None),
            ("简介", "2019年3月，出生缺陷防控中心成立", None),
            ("简介", "2019年3月生人工智能研究院", None),
            ("简介", "2019 年 3 月，任所长", None),
            ("简介", "2019年3月12号楼启用", None),
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
        for (cell, masked) in [
            ("张三，1955年3月生，住址：某路1号", "张三，*******生，住址：****"),
            ("张三，1955 年 3 月 12 号出生", "张三，***************出生"),
        ] {
            assert_eq!(mask(cell, &find_under("", cell)), masked);
        }
    }
}
