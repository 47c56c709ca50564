//! `expert-search check`: everything at once, for people, programs and browsers, and a marked copy that no cell can attack.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Color, Data, Reader, Style, Xlsx};
use support::Desk;

const BAD: &str =
    "编号,姓名,工作单位,备注\na1,张三,北京大学 13812345678,=HYPERLINK(1)\na1,李四,<script>alert(1)</script>,+1\n";

#[test]
fn text_for_people() {
    let desk = Desk::new("check_text");
    desk.write("t.csv", BAD);
    let run = desk.run(&["check", "t.csv"]);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    assert_eq!(
        run.out,
        "t.csv（UTF-8）：2 行，每行一个人；列：编号、姓名、工作单位（单位）\n共 2 条：专家 2\n\
         请看一看：未收入的列（1 处）\n  t.csv「备注」（D 列）：不认识的列，未收入（有内容的 2 格）\n\
         要改的问题（2 处）：\n  t.csv 第 2 行「工作单位」（C2）：出现手机号 138…（已隐去），请删去后重试。\n  \
         t.csv 第 3 行：编号「a1」与 t.csv 第 2 行 重复，每行的编号应不同；同一人的几行请用「人员编号」。\n"
    );
    assert_eq!(desk.names("."), ["t.csv"]);

    desk.write("good.csv", "姓名,工作单位\n张三,北京大学\n");
    let run = desk.run(&["check", "good.csv"]);
    assert_eq!(run.status, 0);
    assert!(run.out.ends_with("没有问题，可以 build。\n"), "{}", run.out);
}

/// What stops a build stops a check, with the same words.
#[test]
fn own_words_are_checked_too() {
    let desk = Desk::new("check_words");
    desk.write("t.csv", "姓名,工作单位\n张三,北京大学\n");
    desk.write("专家搜索.toml", "tables = [\"t.csv\"]\noutput = \"site\"\nwords = \"w.csv\"\n");
    for (words, status, says) in [
        (None, 3, "读取 w.csv 失败：找不到，请检查路径。\n"),
        (Some("词,甲,乙\n"), 1, "w.csv 第 1 行：这一行是「词 甲 乙」，应是两列"),
        (Some("%PDF-1.7\n"), 1, "w.csv：不是表格，而是 PDF"),
        (Some("种地,作物学\n"), 0, ""),
    ] {
        words.inspect(|words| desk.write("w.csv", words));
        let (check, build) = (desk.run(&["check"]), desk.run(&["build"]));
        assert_eq!((check.status, build.status), (status, status), "{words:?}: {}", check.out);
        assert!([check.out, check.err].concat().contains(says) && build.err.contains(says), "{words:?}");
    }
    desk.write("w.csv", "词,甲,乙\n");
    let run = desk.run(&["check", "--format", "json", "--marked", "m.xlsx"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let problem = &report["problems"][0];
    assert_eq!((&problem["code"], &problem["file"], &problem["row"]), (&"no-lead".into(), &"w.csv".into(), &1.into()));
    assert_eq!(links(&desk.path("m.xlsx")), ["'w'!A1"]);
    assert!(desk.run(&["check", "--format", "html"]).out.contains("<td>w.csv 第 1 行</td>"));
    assert_eq!(desk.run(&["check", "-o", "w.csv"]).status, 2, "the list is never overwritten");
}

#[test]
fn english_for_those_who_ask() {
    let desk = Desk::new("check_english");
    desk.write("t.csv", BAD);
    let run = desk.run(&["check", "t.csv", "--lang", "en"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.out,
        "t.csv (UTF-8): 2 rows, each a person; columns: 编号, 姓名, 工作单位 (单位)\n2 records: 专家 2\n\
         please look: columns left out (1)\n  t.csv “备注” (column D): unknown column, left out (2 cells with content)\n\
         Problems to mend (2):\n  t.csv row 2 “工作单位” (C2): holds a mobile number 138… (masked here); delete it and try again.\n  \
         t.csv row 3: the id “a1” stands in t.csv row 2 too; every row needs its own; for rows of one person use “人员编号”.\n"
    );
    for (arguments, status, says) in [
        (&["check", "--lang=en"][..], 2, "no table is named"),
        (&["check", "missing.csv", "--lang", "en"], 3, "Reading missing.csv failed: not found"),
        (&["check", "t.csv", "--lang", "fr"], 2, "--lang <zh|en>"),
        (&["bild", "--lang", "en"], 2, "unknown command bild. See expert-search --help."),
    ] {
        let run = desk.run(arguments);
        assert_eq!(run.status, status, "{arguments:?}");
        assert!(run.err.contains(says), "{arguments:?}: {}", run.err);
    }
    let help = desk.run(&["--help", "--lang", "en"]);
    assert!(help.out.contains("Usage:") && help.out.contains("Commands"), "{}", help.out);
    assert!(help.out.chars().all(|c| c.is_ascii() || "专家搜索".contains(c)), "{}", help.out);
}

#[test]
fn json_for_programs() {
    let desk = Desk::new("check_json");
    desk.write("t.csv", BAD);
    let run = desk.run(&["check", "t.csv", "--format", "json"]);
    assert_eq!(run.status, 1);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["records"], 2);
    assert_eq!(report["tables"][0]["columns"][2], serde_json::json!(["工作单位", "单位"]));
    assert_eq!(
        report["problems"][0],
        serde_json::json!({"code": "personal-data", "file": "t.csv", "row": 2, "heading": "工作单位", "cell": "C2",
            "message": "出现手机号 138…（已隐去）", "advice": "请删去后重试"})
    );
    assert_eq!(report["problems"][1]["code"], "duplicate-id");
    assert_eq!(report["notes"][0]["code"], "dropped-column");
    assert!(!run.out.contains("13812345678"));
}

#[test]
fn html_for_browsers() {
    let desk = Desk::new("check_html");
    desk.write("t.csv", "姓名,<script>alert(1)</script>\n,x\n");
    let run = desk.run(&["check", "t.csv", "--format", "html", "-o", "报告.html"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (1, "", ""));
    let html = fs::read_to_string(desk.path("报告.html")).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.contains("有 1 处要改"), "{html}");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
}

#[test]
fn a_marked_copy_in_which_every_cell_is_text() {
    let desk = Desk::new("check_marked");
    desk.write("专家.csv", BAD);
    let run = desk.run(&["check", "专家.csv", "--marked", "标注.xlsx"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("已写出标出问题的副本 标注.xlsx"), "{}", run.err);
    let bytes = fs::read(desk.path("标注.xlsx")).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["检查结果", "专家"]);
    let copy = book.worksheet_range("专家").unwrap();
    let cell = |row, column| copy.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(1, 3), Data::String("=HYPERLINK(1)".into()));
    assert_eq!(cell(2, 3), Data::String("+1".into()));
    let formulas = book.worksheet_formula("专家").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
    let list = book.worksheet_range("检查结果").unwrap();
    let texts: Vec<String> = list.used_cells().map(|(.., cell)| cell.to_string()).collect();
    assert!(texts.contains(&"专家.csv 第 2 行「工作单位」（C2）".to_owned()), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("13812345678")), "{texts:?}");

    for arguments in [["check", "专家.csv", "--marked", "专家.csv"], ["check", "专家.csv", "-o", "专家.csv"]] {
        let run = desk.run(&arguments);
        assert_eq!(run.status, 2, "{}", run.err);
        assert_eq!(fs::read_to_string(desk.path("专家.csv")).unwrap(), BAD, "the table itself is never overwritten");
    }
}

/// Where the list of a marked copy leads, from top to bottom.
fn links(copy: &Path) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook(copy).unwrap();
    let links = book.hyperlinks_by_sheet_name("检查结果").unwrap();
    assert!(links.iter().enumerate().all(|(at, link)| link.range.start == (at as u32 + 1, 0)), "one for each problem");
    links.into_iter().filter_map(|link| link.location).collect()
}

#[test]
fn every_problem_is_red_where_its_line_leads() {
    let desk = Desk::new("check_links");
    for (file, content, expected) in [
        ("t.csv", "姓名,工作单位\n张三,某所 13812345678\n", &["B2"][..]),
        // A row has no cell of its own.
        ("t.csv", "编号,姓名\na1,张三\na1,李四\n", &["A3"]),
        // Of a column that is not published the first cell that must not be there.
        ("t.csv", "姓名,工作单位,手机\n张三,某所,\n李四,某所,13812345678\n王五,某所,13812345679\n", &["C3"]),
        // Entries have a heading above them in the copy.
        ("t.json", r#"[{"姓名":"张三","工作单位":"某所 13812345678","手机":"13812345678"}]"#, &["C2", "B2"]),
    ] {
        desk.write(file, content);
        let run = desk.run(&["check", file, "--marked", "m.xlsx"]);
        assert_eq!(run.status, 1, "{content}: {}", run.out);
        let led: Vec<String> = links(&desk.path("m.xlsx")).iter().map(|link| link.replace("'t'!", "")).collect();
        assert_eq!(led, expected, "{content}");
        let mut book: Xlsx<_> = calamine::open_workbook(desk.path("m.xlsx")).unwrap();
        let styles = book.worksheet_style("t").unwrap();
        let is_red = |style: &Style| {
            let fill = style.fill.as_ref().and_then(|fill| fill.get_color());
            fill == Some(Color::rgb(0xFF, 0xC7, 0xCE))
        };
        let red = styles.cells().filter(|(.., style)| is_red(style));
        let named = |(row, column, _): (u32, u32, _)| format!("{}{}", char::from(b'A' + column as u8), row + 1);
        let red: BTreeSet<String> = red.map(named).collect();
        assert_eq!(red, expected.iter().map(ToString::to_string).collect(), "{content}");
    }
}
