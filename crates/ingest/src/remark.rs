//! Rows under a heading that are no data: sums, remarks, subtitles, the heading once more, another heading.

use crate::columns::Column;
use crate::settings::Settings;
use crate::sheet::Merged;

/// Words with which the last lines of a list begin.
const REMARKS: [&str; 22] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "注：",
    "注:",
    "备注：",
    "备注:",
    "说明：",
    "填表",
    "制表",
    "制单",
    "审核",
    "填报",
    "打印",
    "单位（盖章）",
    "以下空白",
    "（以下空白）",
    "资料来源",
    "数据来源",
    "联系人",
    "联系电话",
];

/// Words that make a row a sum, whatever else stands in it.
const SUMS: [&str; 4] = ["合计", "总计", "小计", "共计"];

/// The beginning of a row that is no data; `above` are the rows down to the last of the heading.
pub fn text(cells: &[String], above: &[Vec<String>], width: usize, number: usize, merged: &[Merged]) -> Option<String> {
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let first = filled.first()?.as_str();
    let wide = width.div_ceil(2).max(3);
    let spans = |m: &Merged| m.columns.1.saturating_sub(m.columns.0) + 1;
    let is_wide = merged.iter().any(|m| m.rows.0 <= number && number <= m.rows.1 && spans(m) >= wide);
    let says = REMARKS.iter().any(|word| first.starts_with(word));
    let is_alone = || is_section(first) || first.contains(['：', ':']) || counts(first);
    let is_remark = match filled.len() {
        1 => is_wide || says || width > 1 && is_alone(),
        2 => says || is_sum(first),
        _ => is_sum(first),
    };
    let is_again = || above.iter().any(|row| trimmed(row) == trimmed(cells));
    (is_remark || is_again()).then(|| crate::personal::shown(first))
}

/// Whether a row is another heading: it has a column of names, and most of what stands in it is known. `name` is the column of names here,
/// where nobody's name is a heading: asking there first spares asking of every cell.
pub fn is_heading(cells: &[String], name: usize, settings: &Settings) -> bool {
    let is_number = |cell: &str| cell == "序号";
    let may_be = |cell: &String| cell.is_empty() || is_number(cell) || settings.meaning(cell).is_some();
    if !cells.get(name).is_none_or(may_be) {
        return false;
    }
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let meanings: Vec<Option<Column>> = filled.iter().map(|cell| settings.meaning(cell)).collect();
    let known = filled.iter().zip(&meanings).filter(|(cell, meaning)| meaning.is_some() || is_number(cell)).count();
    meanings.iter().any(|meaning| matches!(meaning, Some(Column::Name(_)))) && known > 1 && 2 * known >= filled.len()
}

/// `一、数学物理学部`, `（二）专家`
fn is_section(text: &str) -> bool {
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let section = text.trim_start_matches(['（', '(']).trim_start_matches(numeral);
    section.len() < text.len()
        && section.starts_with(['、', '）', ')'])
        && text.starts_with(|c| numeral(c) || c == '（' || c == '(')
}

/// `合 计：`
fn is_sum(text: &str) -> bool {
    let word: String = text.chars().filter(|c| !matches!(c, ' ' | '：' | ':')).collect();
    SUMS.contains(&word.as_str())
}

/// `以上共 12 人`, `共有三个`
fn counts(text: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万两".contains(c);
    text.match_indices('共').any(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches([' ', '计', '有']);
        let behind = rest.trim_start_matches(is_number);
        behind.len() < rest.len() && behind.trim_start().starts_with(['人', '名', '位', '个'])
    })
}

fn trimmed(cells: &[String]) -> &[String] {
    let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    &cells[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<String> {
        text.split(',').map(String::from).collect()
    }

    #[test]
    fn rows_that_are_no_data() {
        let above = [row("某某名单"), row("序号,姓名,单位")];
        for (cells, is_remark) in [
            ("合计,2人,", true),
            ("合 计：,3,12", true),
            ("总计,12,1,1", true),
            ("共计,,", true),
            ("以上共 12 人", true),
            ("以上共计三位,,", true),
            ("共产党员,,", false),
            ("资料来源：学会网站,,", true),
            ("数据来源,学会网站,", true),
            ("联系人,王五,", true),
            ("更新于:2026年", true),
            ("二、专家", true),
            ("（二）专家", true),
            ("某某名单", true),
            ("序号,姓名,单位,", true),
            ("1,张三,甲大学", false),
            ("合计子,甲大学,院士", false),
            (",张三,", false),
        ] {
            assert_eq!(text(&row(cells), &above, 3, 9, &[]).is_some(), is_remark, "{cells}");
        }
        assert_eq!(text(&row("名称：甲"), &[row("名称")], 1, 9, &[]), None, "the only column");
    }

    #[test]
    fn other_headings() {
        for (cells, expected) in [
            ("名称,建站单位", true),
            ("序号,姓名", true),
            ("序号,姓名,职称,单位", true),
            ("姓名", false),
            ("姓名,张三", false),
            (",姓名,单位", true),
            ("张三,姓名,单位", false),
            ("名称,甲,乙,丙,单位", false),
        ] {
            assert_eq!(is_heading(&row(cells), 0, &Settings::default()), expected, "{cells}");
        }
    }
}
