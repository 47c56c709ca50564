//! What of a hit is shown in the list and on the card, as plain values: which parts, in which order, what is marked.

use crate::wire::{Cell, Hit, Matched, Role};

/// A run of text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Never empty.
    pub text: &'a str,
    /// Whether it is part of what was found.
    pub marked: bool,
}

/// Cuts `text` at the ends of `ranges` (UTF-16 offsets, start and end).
///
/// The pieces joined are always `text`: of ranges that are reversed, overlap, reach beyond the end or cut a character
/// in two, a character is marked when any part of it lies in a range.
pub fn pieces<'a>(text: &'a str, ranges: &[(u32, u32)]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut start = 0;
    let mut offset = 0;
    for (at, character) in text.char_indices() {
        let (from, to) = (offset, offset + character.len_utf16() as u32);
        let marked = ranges.iter().any(|&(start, end)| start < to && from < end);
        if pieces.last().is_none_or(|last| last.marked != marked) {
            start = at;
            pieces.push(Piece { text: "", marked });
        }
        // `get`, since indexing would bring the printing of characters for a message that cannot come.
        if let (Some(last), Some(text)) = (pieces.last_mut(), text.get(start..at + character.len_utf8())) {
            last.text = text;
        }
        offset = to;
    }
    pieces
}

/// A matched part that the option's first lines do not show anyway.
#[derive(Debug, PartialEq, Eq)]
pub struct Also<'a> {
    /// Its field's word, for a heading where the record has none.
    pub field: &'a str,
    /// Its heading in the directory (推荐单位), empty for what has none (an alias).
    pub label: &'a str,
    /// Its text.
    pub pieces: Vec<Piece<'a>>,
}

/// What an option shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Summary<'a> {
    /// The name.
    pub name: Vec<Piece<'a>>,
    /// The type: 院士, 科技小院.
    pub kind: Vec<Piece<'a>>,
    /// Organisation, discipline, place as the first role that states them has them; not what repeats the name.
    pub facts: Vec<Vec<Piece<'a>>>,
    /// Other parts that matched, so that the visitor sees why this is here.
    pub also: Vec<Also<'a>>,
}

/// The cells that stand under the name, in this order.
const FACTS: [&str; 3] = ["org", "discipline", "place"];

/// What the list says about a hit.
pub fn summary(hit: &Hit) -> Summary<'_> {
    let marked = |field: &str, text: &str| -> &[(u32, u32)] {
        hit.fields.iter().find(|part| part.field == field && part.text == text).map_or(&[], |part| &part.ranges)
    };
    let facts: Vec<&Cell> = FACTS
        .iter()
        .flat_map(|field| stated(hit, field))
        .filter(|cell| !cell.text.is_empty() && cell.text != hit.name)
        .collect();
    let seen = |part: &Matched| {
        part.text == hit.name
            || part.text == hit.kind
            || facts.iter().any(|cell| cell.field == part.field && cell.text == part.text)
    };
    let mut also: Vec<Also> = Vec::new();
    for part in hit.fields.iter().filter(|part| !seen(part)) {
        let row = Also {
            field: &part.field,
            label: cells(hit)
                .find(|cell| cell.field == part.field && cell.text == part.text)
                .map_or("", |cell| cell.label.as_str()),
            pieces: pieces(&part.text, &part.ranges),
        };
        if !also.contains(&row) {
            also.push(row);
        }
    }
    Summary {
        name: pieces(&hit.name, marked("name", &hit.name)),
        kind: pieces(&hit.kind, marked("type", &hit.kind)),
        facts: facts.iter().map(|cell| pieces(&cell.text, marked(&cell.field, &cell.text))).collect(),
        also,
    }
}

/// The cells of this field in the first role that has any.
fn stated<'a>(hit: &'a Hit, field: &'a str) -> impl Iterator<Item = &'a Cell> {
    let role = hit.roles.iter().find(|role| role.cells.iter().any(|cell| cell.field == field));
    role.into_iter().flat_map(|role| &role.cells).filter(move |cell| cell.field == field)
}

fn cells(hit: &Hit) -> impl Iterator<Item = &Cell> {
    hit.roles.iter().flat_map(|role| &role.cells)
}

/// A heading with its values.
#[derive(Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The heading as the maintainer wrote it.
    pub label: &'a str,
    /// At least one.
    pub values: Vec<&'a str>,
}

/// The rows of a role on the card: values under one heading together; not the type, which is the role's title, nor
/// pictures, which are not shown yet as such.
pub fn rows(role: &Role) -> Vec<Row<'_>> {
    let mut rows: Vec<Row> = Vec::new();
    let shown = |cell: &&Cell| !matches!(cell.field.as_str(), "type" | "photo") && !cell.text.is_empty();
    for cell in role.cells.iter().filter(shown) {
        match rows.iter_mut().find(|row| row.label == cell.label) {
            Some(row) => row.values.push(&cell.text),
            None => rows.push(Row { label: &cell.label, values: vec![&cell.text] }),
        }
    }
    rows
}

/// The role's type, its title on the card.
pub fn title<'a>(role: &'a Role, hit: &'a Hit) -> &'a str {
    role.cells.iter().find(|cell| cell.field == "type").map_or(&hit.kind, |cell| &cell.text)
}

/// Whether a value may become a link: a whole http or https address and nothing else.
pub fn is_address(text: &str) -> bool {
    let scheme = |scheme: &str| {
        text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len()
    };
    (scheme("https://") || scheme("http://")) && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, ranges: &[(u32, u32)], expected: &str) {
        let cut = pieces(text, ranges);
        let shown: String =
            cut.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.to_owned() }).collect();
        assert_eq!(shown, expected);
        assert_eq!(cut.iter().map(|p| p.text).collect::<String>(), text, "nothing is lost");
        assert!(cut.windows(2).all(|w| w[0].marked != w[1].marked), "pieces are as long as can be");
    }

    #[test]
    fn ranges_are_utf16_offsets() {
        check("袁隆平", &[(0, 3)], "[袁隆平]");
        check("袁隆平", &[(1, 2)], "袁[隆]平");
        check("袁隆平", &[(0, 1), (2, 3)], "[袁]隆[平]");
        check("𠮷野家", &[(0, 2)], "[𠮷]野家");
        check("𠮷野家", &[(2, 3)], "𠮷[野]家");
        check("a😀b👩‍🔬c", &[(1, 3), (4, 9)], "a[😀]b[👩‍🔬]c");
    }

    #[test]
    fn hostile_ranges_lose_no_text() {
        check("", &[(0, 5)], "");
        check("张三", &[], "张三");
        check("张三", &[(2, 1)], "张三");
        check("张三", &[(1, 1)], "张三");
        check("张三", &[(1, u32::MAX)], "张[三]");
        check("张三", &[(7, 9)], "张三");
        check("张三丰", &[(0, 2), (1, 3)], "[张三丰]");
        check("𠮷野", &[(1, 2)], "[𠮷]野");
    }

    fn cell(field: &str, label: &str, text: &str) -> Cell {
        Cell { field: field.into(), label: label.into(), text: text.into() }
    }

    fn matched(field: &str, text: &str, ranges: &[(u32, u32)]) -> Matched {
        Matched { field: field.into(), text: text.into(), ranges: ranges.into() }
    }

    fn station() -> Hit {
        Hit {
            name: "仙湖植物园院士工作站".into(),
            kind: "院士工作站".into(),
            roles: vec![Role {
                cells: vec![
                    cell("org", "建站单位", "仙湖植物园"),
                    cell("place", "省份", "广东"),
                    cell("place", "城市", "深圳"),
                    cell("type", "类型", "院士工作站"),
                    cell("resident", "进站专家", "杨焕明"),
                    cell("resident", "进站专家", "张小曳"),
                    cell("photo", "照片", "a.jpg"),
                    cell("year", "年份", ""),
                ],
            }],
            ..Hit::default()
        }
    }

    #[test]
    fn a_summary_shows_where_it_matched() {
        let hit = Hit {
            fields: vec![matched("org", "仙湖植物园", &[(0, 2)]), matched("resident", "张小曳", &[(0, 3)])],
            ..station()
        };
        let summary = summary(&hit);
        assert_eq!(summary.facts, [pieces("仙湖植物园", &[(0, 2)]), pieces("广东", &[]), pieces("深圳", &[])]);
        assert_eq!(summary.also, [Also { field: "resident", label: "进站专家", pieces: pieces("张小曳", &[(0, 3)]) }]);
    }

    #[test]
    fn a_summary_repeats_nothing() {
        let mut hit = station();
        hit.name = "仙湖植物园".into();
        hit.fields = vec![
            matched("name", "仙湖植物园", &[(0, 5)]),
            matched("org", "仙湖植物园", &[(0, 5)]),
            matched("type", "院士工作站", &[(0, 2)]),
            matched("alias", "仙湖", &[(0, 2)]),
            matched("alias", "仙湖", &[(0, 2)]),
        ];
        let summary = summary(&hit);
        assert_eq!(summary.name, pieces("仙湖植物园", &[(0, 5)]));
        assert_eq!(summary.kind, pieces("院士工作站", &[(0, 2)]));
        assert_eq!(summary.facts, [pieces("广东", &[]), pieces("深圳", &[])]);
        assert_eq!(summary.also, [Also { field: "alias", label: "", pieces: pieces("仙湖", &[(0, 2)]) }]);
    }

    #[test]
    fn a_card_groups_values_by_heading() {
        let hit = station();
        let rows = rows(&hit.roles[0]);
        let shown: Vec<String> = rows.iter().map(|row| format!("{}={}", row.label, row.values.join("|"))).collect();
        assert_eq!(shown, ["建站单位=仙湖植物园", "省份=广东", "城市=深圳", "进站专家=杨焕明|张小曳"]);
        assert_eq!(title(&hit.roles[0], &hit), "院士工作站");
    }

    #[test]
    fn only_http_addresses_become_links() {
        for good in ["https://example.cn/", "http://example.cn", "HTTPS://EXAMPLE.CN/?q=张三"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "http://",
            "example.cn",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            " https://example.cn",
            "https://example.cn 备用",
            "data:text/html,x",
            "//example.cn",
            "http",
            "张三http://example.cn",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
