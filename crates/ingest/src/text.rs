//! Cells as people type them, made equal where they mean the same: width, blanks, invisible characters, lists, order.

use std::cmp::Ordering;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text without invisible characters, in one normal form, letters and digits of half width, every run of blanks one space;
/// empty when it says "not stated".
pub fn clean(cell: &str) -> String {
    // Most cells are in normal form already, which is twice as quick to see as to make.
    let visible = |c: &char| !is_invisible(*c);
    let visible: String = match is_nfc_quick(cell.chars()) {
        IsNormalized::Yes => cell.chars().filter(visible).map(half_width_letter).collect(),
        _ => cell.nfc().filter(visible).map(half_width_letter).collect(),
    };
    let text = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if NOT_STATED.contains(&text.as_str()) { String::new() } else { text }
}

/// What maintainers write into a cell that has no value.
const NOT_STATED: [&str; 14] =
    ["-", "--", "—", "——", "－", "/", "／", "\\", "无", "暂无", "不详", "未知", "N/A", "n/a"];

/// Controls (but not line breaks and tabs), zero-width characters and marks of direction, which arrive by copy and paste.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Full-width letters and digits as ASCII; punctuation keeps its width, as Chinese text has it.
fn half_width_letter(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        _ => c,
    }
}

/// A number as a spreadsheet shows it: no `.0`, no more than the fifteen digits it is right in.
pub fn number(value: f64) -> String {
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if value.abs() >= 1e15 {
        // Of what is longer the last digits are gone, whatever the bits say.
        let (digits, zeros) = (format!("{value:.14e}"), value.abs().log10() as usize - 14);
        let digits: String = digits.split('e').next().unwrap_or_default().replace('.', "");
        return digits + &"0".repeat(zeros.min(300));
    }
    rounded.to_string()
}

/// The name of a person without the blanks that pad short ones (`张　三`); other names keep their single spaces.
pub fn name(cleaned: &str) -> String {
    let letters: String = cleaned.split(' ').collect();
    if letters.chars().count() <= 4 && letters.chars().all(is_hanzi) { letters } else { cleaned.to_owned() }
}

/// Whether this is a Han character.
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Full-width letters, digits and signs as ASCII, everything else as it is; no `char` is added or lost.
pub fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    };
    text.chars().map(half).collect()
}

/// A text by which units are told apart, whatever the width of their brackets and letters.
pub fn comparable(text: &str) -> String {
    half_width(text).to_lowercase()
}

/// The parts of a list between these separators; what stands in brackets or quotes is not divided.
///
/// A slash inside Latin text (`AC/DC`) does not divide either.
pub fn list(cleaned: &str, separators: &[char]) -> Vec<String> {
    let letters: Vec<char> = cleaned.chars().collect();
    let mut parts = vec![String::new()];
    let mut depth = 0usize;
    for (i, c) in letters.iter().enumerate() {
        let beside_latin = |j: Option<usize>| j.and_then(|j| letters.get(j)).is_some_and(char::is_ascii_alphanumeric);
        let in_latin = *c == '/' && beside_latin(i.checked_sub(1)) && beside_latin(Some(i + 1));
        match c {
            '(' | '（' | '[' | '【' | '《' | '“' => depth += 1,
            ')' | '）' | ']' | '】' | '》' | '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && separators.contains(c) && !in_latin {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(*c);
        }
    }
    let mut distinct: Vec<String> = Vec::new();
    for part in parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()) {
        if !distinct.iter().any(|d| d == part) {
            distinct.push(part.to_owned());
        }
    }
    distinct
}

/// The lines of a cell as one list: a line break divides, but not before brackets, which say more of what stands before.
pub fn lines_as_list(cell: &str) -> String {
    let mut list = String::new();
    for line in cell.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()) {
        let goes_on = line.starts_with(['（', '(', '[', '【', '〔']);
        list.push_str(if goes_on || list.is_empty() { "" } else { "；" });
        list.push_str(line);
    }
    list
}

/// Whether a name is rather those of several persons: `张伟、李娜`, `张三/李四`.
pub fn is_several_names(cell: &str) -> bool {
    let parts = cell.split(['、', '；', ';', '，', ',', '/', '／', '\n', '\r']).map(|part| name(&clean(part)));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.len() > 1 && parts.iter().all(|part| (2..=4).contains(&part.chars().count()) && part.chars().all(is_hanzi))
}

/// The order in which people count ids: `a2` before `a10`. Equal only for equal texts.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    while let (Some((x, left_rest)), Some((y, right_rest))) = (first_run(left), first_run(right)) {
        let order = match (x.trim_start_matches('0'), y.trim_start_matches('0')) {
            (m, n) if is_digit(x) && is_digit(y) => m.len().cmp(&n.len()).then_with(|| m.cmp(n)),
            _ => x.cmp(y),
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (left_rest, right_rest);
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// Divides text after its first run of digits or of other characters.
fn first_run(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?.is_ascii_digit();
    let end = text.find(|c: char| c.is_ascii_digit() != first).unwrap_or(text.len());
    Some(text.split_at(end))
}

fn is_digit(run: &str) -> bool {
    run.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_invisible_characters_go() {
        for (cell, expected) in [
            (" 北京\u{3000}大学\r\n数学院 ", "北京 大学 数学院"),
            ("张\u{200b}三\u{feff}", "张三"),
            ("Pa\u{308}a\u{308}bo", "Pääbo"),
            ("\u{f979}州", "凉州"),
            ("——", ""),
            ("暂无", ""),
            ("无锡", "无锡"),
            ("\u{0}\t", ""),
            ("２０１９年，ＡＣ／ＤＣ", "2019年，AC／DC"),
            ("\u{202e}三张\u{202c}", "三张"),
        ] {
            assert_eq!(clean(cell), expected, "{cell:?}");
        }
    }

    #[test]
    fn numbers_are_shown_as_spreadsheets_do() {
        for (value, expected) in [
            (2019.0, "2019"),
            (-3.0, "-3"),
            (0.1 + 0.2, "0.3"),
            (1.5, "1.5"),
            (13_812_345_678.0, "13812345678"),
            (110_105_194_912_310_021.0, "110105194912310000"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn only_short_hanzi_names_lose_their_padding() {
        for (cell, expected) in [
            ("张 三", "张三"),
            ("欧 阳 锋", "欧阳锋"),
            ("卡维尔 马丁", "卡维尔 马丁"),
            ("Jim McDonald", "Jim McDonald"),
            ("张三", "张三"),
        ] {
            assert_eq!(name(cell), expected);
        }
    }

    #[test]
    fn lists_are_divided_outside_brackets() {
        let all = ['、', '；', ';', '，', ',', '/'];
        for (cell, expected) in [
            ("电子科学与技术、光学", vec!["电子科学与技术", "光学"]),
            ("内分泌代谢学（糖尿病、肥胖）专家", vec!["内分泌代谢学（糖尿病、肥胖）专家"]),
            ("机械/航空；AC/DC变换", vec!["机械", "航空", "AC/DC变换"]),
            ("数学，，数学, ", vec!["数学"]),
            ("（没有关上、的括号", vec!["（没有关上、的括号"]),
            ("多一个）、括号", vec!["多一个）", "括号"]),
            ("", vec![]),
        ] {
            assert_eq!(list(cell, &all), expected, "{cell:?}");
        }
    }

    #[test]
    fn lines_become_lists() {
        for (cell, expected) in [
            ("物理\n化学、\r\n数学", "物理；化学、；数学"),
            ("杨焕明\n（华大基因）\n张三", "杨焕明（华大基因）；张三"),
            ("\n物理 \n\n", "物理"),
            ("", ""),
        ] {
            assert_eq!(lines_as_list(cell), expected, "{cell:?}");
        }
    }

    #[test]
    fn names_of_several_persons() {
        for (cell, expected) in [
            ("张三\n李四", true),
            ("张伟、李娜", true),
            ("张三/李四", true),
            ("张三，李 四；欧阳修文", true),
            ("张\n三", false),
            ("张三", false),
            ("张三、", false),
            ("大卫·哈雷尔", false),
            ("史密斯，约翰内斯堡人", false),
            ("Smith, John", false),
            ("", false),
        ] {
            assert_eq!(is_several_names(cell), expected, "{cell:?}");
        }
    }

    #[test]
    fn ids_stand_as_people_count() {
        let mut ids = ["a10", "b1", "a2", "a02", "a", "2", "10", "a2-10", "a2-9"];
        ids.sort_by(|a, b| natural_order(a, b));
        assert_eq!(ids, ["2", "10", "a", "a02", "a2", "a2-9", "a2-10", "a10", "b1"]);
    }
}
