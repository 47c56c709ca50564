//! `expert-search query` and `stats`: answers line by line, in order, for programs and for people.

mod support;

use std::fs;

use support::Desk;

/// A desk with a built folder `site`.
fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write(
        "t.csv",
        "编号,人员编号,姓名,称号,工作单位\na1,,单忠德,中国工程院院士,机械科学研究总院\n\
         a10,p,李得天,中国工程院院士,某所\nc8,p,李得天,全国首席科学传播专家（第六批）,某所\n",
    );
    let run = desk.run(&["build", "t.csv", "-o", "site"]);
    assert_eq!(run.status, 0, "{}", run.err);
    desk
}

#[test]
fn a_line_of_json_for_each_line_of_input() {
    let desk = desk("json");
    let run = desk.ask(&["query", "site", "--json"], "shanzhongde\r\n\r\n  李得天 \nqqqqq");
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(
        lines,
        [
            r#"{"query":"shanzhongde","hits":[{"id":"a1","ids":["a1"],"type":"院士","name":"单忠德","how":"pinyin","fields":[{"field":"name","text":"单忠德","how":"pinyin","ranges":[[0,3]]}]}]}"#,
            r#"{"query":"","hits":[]}"#,
            r#"{"query":"  李得天 ","hits":[{"id":"a10","ids":["a10","c8"],"type":"院士","name":"李得天","how":"exact","fields":[{"field":"name","text":"李得天","how":"exact","ranges":[[0,3]]}]}]}"#,
            r#"{"query":"qqqqq","hits":[]}"#,
        ]
    );
}

#[test]
fn arguments_instead_of_lines() {
    let desk = desk("arguments");
    let run = desk.run(&["query", "site", "--json", "--limit", "1", "院士", "单忠德"]);
    let hits: Vec<usize> = run.out.lines().map(|line| line.matches("\"ids\"").count()).collect();
    assert_eq!(hits, [1, 1], "{}", run.out);
    assert_eq!(
        desk.run(&["query", "site", "--limit", "0", "--json", "单忠德"]).out,
        "{\"query\":\"单忠德\",\"hits\":[]}\n"
    );
}

#[test]
fn a_table_for_people() {
    let desk = desk("table");
    let run = desk.run(&["query", "site", "lidetian", "无此人"]);
    assert_eq!(run.out, "「lidetian」：1 条\n  李得天  院士  某所  a10 c8  拼音 李得天\n「无此人」：没有找到\n");
}

#[test]
fn double_pinyin_is_understood_where_the_configuration_allows_it() {
    let desk = desk("double");
    assert_eq!(desk.run(&["query", "site", "ujvsde"]).out, "「ujvsde」：没有找到\n");
    desk.write("专家搜索.toml", "double_pinyin = \"小鹤\"");
    assert_eq!(desk.run(&["build", "t.csv", "-o", "site"]).status, 0);
    let found = "「ujvsde」：1 条\n  单忠德  院士  机械科学研究总院  a1  拼音 单忠德\n";
    assert_eq!(desk.run(&["query", "site", "ujvsde"]).out, found);
}

#[test]
fn what_cannot_be_read_says_why() {
    let desk = desk("unreadable");
    let index = desk.names("site").into_iter().find(|name| name.starts_with("index-")).unwrap();
    let bytes = fs::read(desk.path(&format!("site/{index}"))).unwrap();
    let mut flipped = bytes.clone();
    flipped[40] ^= 1;
    for (content, says) in [
        (&bytes[..50], "索引文件不完整，请重新生成或重新复制"),
        (&flipped, "索引文件已损坏（header），请重新生成"),
        (b"<!DOCTYPE html>", "不是 expert-search 的索引文件，请用 expert-search build 重新生成"),
    ] {
        fs::write(desk.path(&format!("site/{index}")), content).unwrap();
        for command in ["query", "stats"] {
            let run = desk.run(&[command, "site"]);
            assert_eq!((run.status, run.out.as_str()), (3, ""));
            assert_eq!(run.err, format!("site/{index}：{says}。\n"));
        }
    }
    desk.write("site/experts.json", "{}");
    let run = desk.run(&["query", "site", "x"]);
    assert_eq!(run.status, 3);
    assert_eq!(run.err, "site/experts.json：不是本程序写的清单，请用 expert-search build 重新生成。\n");
    assert_eq!(desk.run(&["query", "nowhere", "x"]).err, "读取 nowhere/experts.json 失败：找不到，请检查路径。\n");
}

#[test]
fn stats_name_every_section() {
    let desk = desk("stats");
    let json = desk.run(&["stats", "site", "--json"]);
    assert_eq!(json.status, 0, "{}", json.err);
    assert!(json.out.starts_with("{\"records\":2,\"roles\":3,\"bytes\":"), "{}", json.out);
    for name in ["\"letters\"", "\"names\"", "\"records\"", "\"ids\"", "\"column\",\"column\":[\"org\",\"工作单位\"]"]
    {
        assert!(json.out.contains(&format!("{{\"name\":{name},")), "{name} in {}", json.out);
    }
    let table = desk.run(&["stats", "site"]);
    assert!(
        table.out.starts_with("2 条，3 行，索引文件 ") && table.out.contains("column org 工作单位"),
        "{}",
        table.out
    );
}

#[test]
fn explain_tells_how_a_query_was_read_and_what_decides() {
    let desk = desk("explain");
    let run = desk.run(&["explain", "site", "lidetian 某所"]);
    assert_eq!(
        run.out,
        "读作：lidetian | 某所\n\
         1. 李得天  a10 c8  lidetian → 名称 李得天（拼音）；某所 → 单位 某所（完全相同）\n   \
         没找全的词 0  匹配档次 3  没用上的字 0  差错 0  重复的部分 0  分在几处 2  字段次序 2  命中位置 0  多出的字 0  \
         首字母多打的键 0  匹配方式 5\n"
    );
    let run = desk.run(&["explain", "site", "lidetian 某所", "--lang", "en"]);
    let criteria = "missing 0  tier 3  left 0  cost 0  again 0  parts 2  field 2  extent 0  rest 0  spent 0  how 5\n";
    assert!(run.out.contains("lidetian → name 李得天（pinyin）") && run.out.ends_with(criteria), "{}", run.out);
    let run = desk.run(&["explain", "site", "科学"]);
    assert!(run.out.contains("\n   先于下一条，因为「字段次序」2 小于 7\n"), "{}", run.out);
    let run = desk.run(&["explain", "site", "院士"]);
    assert!(run.out.contains("与下一条同等"), "{}", run.out);
    assert!(desk.run(&["explain", "site", "无此人"]).out.contains("没有找到"));
}
