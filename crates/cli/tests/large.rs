//! A large directory: written in parts, read by the other commands like any, cleared away when it is small again.

mod support;

use support::Desk;

/// A table of so many rows; what the first says in its last column, which is a detail.
fn table(rows: usize, roster: &str) -> String {
    let surnames: Vec<char> = "王李张刘陈杨黄赵吴周".chars().collect();
    let given: Vec<char> = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平".chars().collect();
    let mut table = String::from("编号,姓名,类型,工作单位,名册\n");
    for at in 0..rows {
        let name: String = [surnames[at % 10], given[at / 10 % 20], given[at / 200 % 20]].into_iter().collect();
        let roster = if at == 0 { roster } else { "2026年在册" };
        table += &format!("a{at},{name},院士,第{}研究所,{roster}\n", at % 487);
    }
    table
}

#[test]
fn a_large_directory_is_written_in_parts_and_read_like_any() {
    let desk = Desk::new("large");
    desk.write("experts.csv", &table(20_000, "2026年在册"));
    let run = desk.run(&["build", "experts.csv", "-o", "site"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("details/  "), "{}", run.err);
    let manifest = String::from_utf8(std::fs::read(desk.path("site/experts.json")).unwrap()).unwrap();
    assert!(manifest.starts_with(r#"{"format":2,"#) && manifest.contains(r#""parts":{"names":"names-"#), "{manifest}");
    assert!(!desk.names("site/details").is_empty());

    let run = desk.run(&["query", "site", "第7研究所 王伟"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("第7研究所"), "{}", run.out);
    let run = desk.run(&["stats", "site"]);
    for section in ["names", "links", "column type 类型", "column org 工作单位"] {
        assert!(run.out.contains(section), "{section} in {}", run.out);
    }
    assert!(run.out.contains("20000 条"), "{}", run.out);

    // A detail that changed, between a table and a folder.
    desk.write("experts.csv", &table(20_000, "2027年在册"));
    let run = desk.run(&["diff", "site", "experts.csv"]);
    assert!(run.out.contains("~ a0 王伟伟：名册 2026年在册 → 2027年在册"), "{}", run.out);
    assert!(run.out.starts_with("增加 0 行，减少 0 行，改动 1 行"), "{}", run.out);

    let before = desk.names("site/details");
    desk.write("experts.csv", &table(100, "2026年在册"));
    let run = desk.run(&["build", "experts.csv", "-o", "site"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let obsolete = String::from_utf8(std::fs::read(desk.path("site/obsolete.txt")).unwrap()).unwrap();
    for name in before {
        assert!(obsolete.contains(&format!("details/{name}\n")), "{obsolete}");
    }
    assert!(obsolete.contains("names-") && obsolete.contains("values-"), "{obsolete}");
    assert!(desk.names("site").iter().any(|name| name.starts_with("index-")));
    assert!(!desk.path("site/details").exists());

    // A part that is missing or another's is told.
    desk.write("experts.csv", &table(20_000, "2026年在册"));
    assert_eq!(desk.run(&["build", "experts.csv", "-o", "site"]).status, 0);
    let values = desk.names("site").into_iter().find(|name| name.starts_with("values-")).unwrap();
    let path = desk.path("site").join(values);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let run = desk.run(&["query", "site", "王"]);
    assert_ne!(run.status, 0);
    assert!(run.err.contains("不是同一次生成的"), "{}", run.err);
    std::fs::remove_file(&path).unwrap();
    assert!(desk.run(&["query", "site", "王"]).err.contains("找不到"));
}
