//! What a maintainer settles beside the tables, and what becomes of it.

mod files;

use ingest::personal::Sort;
use ingest::settings::Removed;
use ingest::{Column, Directory, Problem, Settings, examine};

/// Problems, then notes after a dot, then names with their cells.
fn told(csv: &str, settings: &Settings) -> String {
    let (Directory { records, notes, .. }, problems) = examine(&[("t.csv", csv.as_bytes())], settings, &mut |_| {});
    let mut lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.extend(notes.iter().map(|note| format!("· {note}")));
    for record in records {
        let cells = record.roles.iter().flat_map(|role| &role.cells).skip(1);
        let cells: Vec<String> = cells.map(|cell| format!("{}:{}", cell.label, cell.value.text())).collect();
        lines.push(format!("= {} {}", record.name.text(), cells.join(" ")).trim_end().to_owned());
    }
    lines.join("\n")
}

fn column(heading: &str, word: &str) -> (String, Column) {
    (heading.to_owned(), Column::named(word).expect(word))
}

#[test]
fn columns_that_are_kept_renamed_and_ignored() {
    let csv = "姓名,职称,现职务,手机,备注\n张三,教授,中国科学院院士,13812345678,x\n";
    let columns = vec![column("职称", "保留"), column("现职务", "称号"), column("手机", "忽略")];
    assert_eq!(
        told(csv, &Settings { columns, ..Settings::default() }),
        "· t.csv「备注」（E 列）：不认识的列，未收入（有内容的 1 格）\n= 张三 职称:教授 现职务:中国科学院院士"
    );
}

#[test]
fn personal_data_is_masked_or_allowed_only_as_said() {
    let csv = "姓名,办公电话,简介\n张三,13812345678,1955年3月生\n李四,kx@163.com,\n王五,13900001111,\n";
    let settings = Settings {
        masked: vec![Sort::Birth, Sort::Mobile],
        allowed: vec!["kx@163.com".into(), "139 0000 1111".into()],
        ..Settings::default()
    };
    assert_eq!(
        told(csv, &settings),
        "· t.csv 第 2 行「办公电话」（B2）：个人信息已按配置隐去；本表共 2 格\n\
         = 张三 办公电话:138******** 简介:*******生\n= 王五 办公电话:13900001111\n= 李四 办公电话:kx@163.com"
    );
    let settings = Settings { masked: vec![Sort::Birth], ..Settings::default() };
    assert_eq!(told(csv, &settings).matches("出现").count(), 3);
}

#[test]
fn the_removed_stay_out_with_their_mentions() {
    let people = "编号,人员编号,姓名,工作单位\na1,p1,张三,甲大学\na2,,张三,乙大学\na3,,李四,甲大学\na4,,王五,甲大学\n";
    let stations = "名称,进站专家\n甲站,李四（甲大学）、王五、张三\n";
    let told = |removed: &[Removed]| {
        let settings = Settings { removed: removed.to_vec(), ..Settings::default() };
        let files = [("a.csv", people.as_bytes()), ("b.csv", stations.as_bytes())];
        let (directory, problems) = examine(&files, &settings, &mut |_| {});
        assert_eq!(problems, []);
        let removed = directory.notes.iter().filter(|note| note.code().starts_with("removed"));
        let cells = |role: &engine::record::Role| {
            let residents = role.cells.iter().filter(|cell| cell.label == "进站专家");
            residents.map(|cell| cell.value.text().to_owned()).collect::<Vec<_>>()
        };
        let roles = || directory.records.iter().flat_map(|record| &record.roles);
        let ids = roles().filter(|role| !role.id_is_derived).map(|role| role.id.clone());
        let residents = roles().flat_map(cells);
        (
            ids.chain(residents).collect::<Vec<_>>().join(" "),
            removed.map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        )
    };
    let entry = |id: &str, name: &str, unit: &str| {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Removed { id: some(id), name: some(name), unit: some(unit) }
    };
    for (removed, names, notes) in [
        (vec![entry("", "李四", "")], "a1 a2 a4 王五 张三", "按移除名单未收入 1 行，另从 1 格里去掉姓名"),
        (vec![entry("a4", "", "")], "a1 a2 a3 李四（甲大学） 张三", "按移除名单未收入 1 行，另从 1 格里去掉姓名"),
        (
            vec![entry("", "张三", "甲大学")],
            "a2 a3 a4 李四（甲大学） 王五 张三",
            "a.csv 第 3 行：与移除名单里的人同名，但名单没有写明是不是此人，已收入；若就是此人，请从表里删去\n\
             按移除名单未收入 1 行，另从 0 格里去掉姓名",
        ),
        (
            vec![entry("p1", "", ""), entry("a2", "", "")],
            "a3 a4 李四（甲大学） 王五",
            "按移除名单未收入 2 行，另从 1 格里去掉姓名",
        ),
        (
            vec![entry("", "赵六", "")],
            "a1 a2 a3 a4 李四（甲大学） 王五 张三",
            "按移除名单未收入 0 行，另从 0 格里去掉姓名；名单里没有对上的：赵六",
        ),
        (
            vec![entry("a9", "", ""), entry("", "李四", "丙大学")],
            "a1 a2 a3 a4 李四（甲大学） 王五 张三",
            "a.csv 第 4 行：与移除名单里的人同名，但名单没有写明是不是此人，已收入；若就是此人，请从表里删去\n\
             按移除名单未收入 0 行，另从 0 格里去掉姓名；名单里没有对上的：a9、李四（丙大学）",
        ),
    ] {
        assert_eq!(told(&removed), (names.to_owned(), notes.to_owned()), "{removed:?}");
    }
}

/// Names are written with blanks, titles and brackets, in the list and in the tables.
#[test]
fn the_removed_are_known_however_they_are_written() {
    let removed = |name: &str| Removed { name: Some(name.into()), ..Removed::default() };
    let said = "按移除名单未收入 1 行，另从";
    for (name, people, residents, expected) in [
        ("张 三", "张三", "", format!("· {said} 0 格里去掉姓名")),
        ("　张　三 ", "张 三", "张 三（甲大学）", format!("· {said} 1 格里去掉姓名\n= 甲站 类型:工作站")),
        ("张三", "张三", "张三院士、张三 教授、张三（院士）", format!("· {said} 3 格里去掉姓名\n= 甲站 类型:工作站")),
        (
            "李四",
            "李四（故）",
            "李四光、李四",
            format!(
                "· {said} 1 格里去掉姓名\n· 1 位进站专家不在名单里，没有关联：李四光\n= 甲站 类型:工作站 进站专家:李四光"
            ),
        ),
        (
            "李四",
            "李四光",
            "李四光院士",
            "· 按移除名单未收入 0 行，另从 0 格里去掉姓名；名单里没有对上的：李四\n\
             · 1 位进站专家不在名单里，没有关联：李四光院士\n= 李四光 类型:专家\n= 甲站 类型:工作站 进站专家:李四光院士"
                .to_owned(),
        ),
    ] {
        let people = format!("编号,姓名\na1,{people}\n");
        let stations = format!("编号,名称,进站专家\nb1,甲站,{residents}\n");
        let mut files = vec![("a.csv", people.as_bytes())];
        files.extend(Some(("b.csv", stations.as_bytes())).filter(|_| !residents.is_empty()));
        assert_eq!(
            files::told(&files, &Settings { removed: vec![removed(name)], ..Settings::default() }),
            expected,
            "{name}"
        );
    }
}

#[test]
fn cells_that_still_name_the_removed_are_noted() {
    let csv = "编号,名称,别名,建站单位,简介,进站专家\n\
        a1,张三院士工作站,,甲大学,,王五\na2,乙站,,,由张三牵头,\na3,丙站,张三站,,,\na4,丁站,,,,李张三\n";
    let settings = Settings {
        removed: vec![Removed { name: Some("张三".into()), ..Removed::default() }],
        ..Settings::default()
    };
    let told = told(csv, &settings);
    let notes: Vec<&str> = told.lines().filter(|line| line.contains("移除名单里的")).collect();
    let note = |row: usize, heading: &str| {
        format!("· t.csv 第 {row} 行：「{heading}」里还有移除名单里的「张三」，已收入；若说的是此人，请改这一格")
    };
    assert_eq!(notes, [note(2, "名称"), note(3, "简介"), note(4, "别名")]);
}

#[test]
fn readings_and_sheets_are_settled() {
    let settings = Settings { pinyin: vec![("侯朝焕".into(), "hou zhao huan".into())], ..Settings::default() };
    let (directory, problems) = examine(&[("t.csv", "姓名\n侯朝焕\n".as_bytes())], &settings, &mut |_| {});
    assert_eq!((problems, directory.notes), (vec![], vec![]));
    assert_eq!(directory.records[0].name.readings()[1].0[0].halves(), ("zh", "ao"));

    // A syllable short: the note of the doubtful reading stays too.
    let settings = Settings { pinyin: vec![("侯朝焕".into(), "hou chao".into())], ..Settings::default() };
    assert_eq!(
        told("姓名\n侯朝焕\n", &settings),
        "t.csv 第 2 行：配置的 [pinyin] 里写的拼音「hou chao」与「侯朝焕」对不上，应是每个汉字一个音节，如 yuan long ping\n\
         · 多音字「朝」按 chao 读，zhao 也能找到：侯朝焕；若读音不对，请加「拼音」列\n= 侯朝焕"
    );

    let json = "{\"人员\":[{\"姓名\":\"张三\"}],\"旧\":[{\"姓名\":\"李四\"}]}";
    let settings = Settings { skipped: vec!["旧".into()], ..Settings::default() };
    let (directory, problems) = examine(&[("t.json", json.as_bytes())], &settings, &mut |_| {});
    assert_eq!((problems, directory.records.len()), (vec![], 1));
}

#[test]
fn pictures_stand_on_the_site_itself() {
    let settings = Settings { site: Some("https://www.example.cn/experts/".into()), ..Settings::default() };
    for (photo, fits) in [
        ("photos/a.jpg", true),
        ("/photos/a.jpg", true),
        ("https://www.example.cn/photos/a.jpg", true),
        ("https://WWW.example.cn/a.jpg", true),
        ("http://www.example.cn/a.jpg", false),
        ("https://www.example.cn.other.example/a.jpg", false),
        ("https://cdn.example/a.jpg", false),
    ] {
        let csv = format!("姓名,照片\n张三,{photo}\n");
        let (_, problems) = examine(&[("t.csv", csv.as_bytes())], &settings, &mut |_| {});
        assert_eq!(problems.is_empty(), fits, "{photo}");
    }
}
