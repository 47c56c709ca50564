//! What must hold for every input: no bytes panic, and no order of files or rows shows in the records.

mod files;

use std::sync::OnceLock;

use files::{ods, simple, xls, xlsb};
use ingest::read;
use proptest::prelude::*;

/// Text made of what tables are made of, so that most of it gets past the first check.
fn csv() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "姓名",
        "名称",
        "编号",
        "人员编号",
        "拼音",
        "工作单位",
        "链接",
        "权重",
        "照片",
        "称号",
        "备注",
        ",",
        ",",
        ",",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        "张三",
        "单 于",
        "长",
        "·",
        "zhang san",
        "13812345678",
        "11010519491231002X",
        "a@qq.com",
        "@",
        "（",
        "、",
        "；",
        "/",
        "\u{feff}",
        "\u{200b}",
        "5",
        "00",
        " ",
        "x",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

/// A workbook of each kind.
fn workbooks() -> &'static [Vec<u8>; 4] {
    static WORKBOOKS: OnceLock<[Vec<u8>; 4]> = OnceLock::new();
    WORKBOOKS.get_or_init(|| {
        let rows = [["姓名", "工作单位"], ["张三", "某大学"]].map(|row| row.map(String::from).to_vec());
        let open = ods::raw(&rows.iter().map(|row| ods::row("", row)).collect::<String>());
        let old = xls::xls(&[xls::Sheet::new("名单", &rows)]);
        let hidden = xlsb::Sheet {
            hidden_rows: vec![2],
            hidden_columns: vec![2],
            merged: vec![[1, 2, 0, 1]],
            ..Default::default()
        };
        let binary = xlsb::xlsb(&[("名单", xlsb::Sheet { rows: rows.to_vec(), ..hidden })]);
        [simple(&[&["姓名", "工作单位"], &["张三", "某大学"]]), old, open, binary]
    })
}

/// Rows of a few names, units and numbers, so that many belong together; every id once.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let choice = |values: &'static [&'static str]| prop::sample::select(values);
    let row = (
        choice(&["", "", "p1", "p2"]),
        choice(&["甲", "乙", "单丁"]),
        choice(&["", "X", "Y", "X；Y"]),
        choice(&["", "院士", "丙"]),
    );
    prop::collection::vec(row, 1..12).prop_map(|rows| {
        // One number is one person, so those who have it share another name.
        let alias = |number: &str| if number.is_empty() { "" } else { "庚" };
        let line = |(i, (number, name, unit, title)): (usize, (&str, &str, &str, &str))| {
            format!("a{i},{number},{name},{},{unit},{title}", alias(number))
        };
        rows.into_iter().enumerate().map(line).collect()
    })
}

proptest! {
    #[test]
    fn no_problem_repeats_personal_data(column in 0usize..9, number in prop::sample::select(vec!["13812345678", "javascript:13812345678 ", "11010519491231002X"])) {
        let mut cells = ["a1", "p1", "张三", "zhang san", "别名", "5", "https://example.cn", "a.jpg", "某大学"].map(String::from);
        cells[column] = number.to_string();
        let row = cells.join(",");
        let csv = format!("编号,人员编号,姓名,拼音,别名,权重,链接,照片,单位\n{row}\n{row}\n");
        for problem in read(&[("a.csv", csv.as_bytes())]).unwrap_err() {
            prop_assert!(!problem.to_string().contains(&number[number.len() - 6..]), "{problem}");
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&[("a.csv", &bytes)]).is_ok();
    }

    /// A reader that damaged bytes run out of its bounds must end in a problem, not in a panic.
    #[test]
    fn no_damaged_workbook_panics(at in 0usize..100_000, byte in any::<u8>(), cut in any::<bool>()) {
        for bytes in workbooks() {
            let mut bytes = bytes.clone();
            let at = at % bytes.len();
            if cut { bytes.truncate(at) } else { bytes[at] = byte }
            let _ = read(&[("a.xlsx", &bytes)]).is_ok();
        }
    }

    /// What stands in the parts of an archive is damaged only by who packs it so.
    #[test]
    fn no_damaged_records_panic(at in 0usize..100_000, bytes in prop::collection::vec(any::<u8>(), 1..8), cut in any::<bool>()) {
        let rows = [["姓名", "工作单位"], ["张三", "某大学"], ["李四", "某厂"]].map(|row| row.map(String::from).to_vec());
        let sheet = xlsb::Sheet { rows: rows.to_vec(), hidden_rows: vec![2], hidden_columns: vec![1], merged: vec![[1, 2, 0, 1]], ..Default::default() };
        let _ = read(&[("a.xlsb", &xlsb::damaged("名单", sheet, at, &bytes, cut))]).is_ok();
    }

    #[test]
    fn no_table_panics_and_every_problem_names_its_file(bytes in csv()) {
        if let Err(problems) = read(&[("a.csv", &bytes)]) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(problem.to_string().starts_with("a.csv"), "{problem}");
                prop_assert!(!problem.to_string().contains("13812345678"), "{problem}");
            }
        }
    }

    #[test]
    fn no_order_shows((rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())), cut in 0usize..12) {
        let table = |rows: &[String]| ["编号,人员编号,姓名,别名,工作单位,称号"].into_iter().chain(rows.iter().map(String::as_str)).collect::<Vec<_>>().join("\n");
        let whole = table(&rows);
        let (left, right) = shuffled.split_at(cut.min(shuffled.len()));
        let parts: Vec<String> = [right, left].iter().filter(|part| !part.is_empty()).map(|part| table(part)).collect();
        let files: Vec<(&str, &[u8])> = parts.iter().map(|part| ("x.csv", part.as_bytes())).collect();
        let (one, other) = (read(&[("a.csv", whole.as_bytes())]).unwrap(), read(&files).unwrap());
        prop_assert_eq!(one.records, other.records);
        prop_assert_eq!(one.notes, other.notes);
    }
}
