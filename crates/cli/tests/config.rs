//! What people write into a configuration, and what they are told where it cannot be read.

mod support;

use support::Desk;

#[test]
fn mistakes_are_told_by_the_line_and_what_to_do() {
    let desk = Desk::new("mistakes");
    for (text, line, says) in [
        (
            r#"tables = ["D:\名单\专家.xlsx"]"#,
            1,
            "路径里的 \\ 请改成 /，或把双引号改成单引号，如 'D:\\名单\\专家.xlsx'",
        ),
        (r#"tables = ["D:\Users\a.xlsx"]"#, 1, "路径里的 \\ 请改成 /"),
        ("# 说明\noutput = \"D:\\\"\n", 2, "路径里的 \\ 请改成 /"),
        ("tables = “t.csv”", 1, "「“」是中文符号，请改成英文的 \""),
        ("\u{feff}# 说明\r\n\r\ntables = [“t.csv\"]\r\n", 3, "「“」是中文符号，请改成英文的 \""),
        ("tables = [\"t.csv\"，\"s.csv\"]", 1, "「，」是中文符号，请改成英文的 ,"),
        ("tables ＝ [\"t.csv\"]", 1, "「＝」是中文符号，请改成英文的 ="),
        ("tables = [\"t.csv\"]\n【columns】\n", 2, "「【」是中文符号，请改成英文的 ["),
        ("\u{3000}tables = [\"t.csv\"]", 1, "是中文符号，请改成英文的 空格"),
        ("tables = [\"t.csv”]\n", 1, "引号没有成对：请看看是否少了一个英文引号，或写成了中文引号"),
        ("title = \"名录，甲\noutput = \"甲\"\n", 1, "引号没有成对"),
        ("[columns]\n手机 = \"忽略\"", 2, "「手机」要写在英文引号里：\"手机\""),
        ("[columns]\n\"手机\" = 忽略", 2, "「忽略」要写在英文引号里：\"忽略\""),
        ("tables = [\n  专家.xlsx,\n]", 2, "「专家.xlsx」要写在英文引号里：\"专家.xlsx\""),
        ("tables = t.csv", 1, "「t.csv」要写在英文引号里：\"t.csv\""),
        ("tables = 5", 1, "应是英文引号里的文字，有几个时写成 [\"甲\", \"乙\"]"),
        ("output = [\"a\"]", 1, "应是英文引号里的一段文字，如 \"专家搜索\""),
        ("pages = \"true\"", 1, "应写成 pages = true 或 pages = false"),
        ("pages = 是", 1, "应写成 pages = true"),
        ("pages = yes", 1, "应写成 pages = true"),
        ("columns = 1", 1, "应是一段：先一行 [名称]，如 [columns]，下面每行写一项"),
        ("[removed]\nname = \"张三\"", 1, "每人写一段：先一行 [[removed]]，下面一行 name = \"张三\""),
        ("removed = [\"张三\"]", 1, "每人写一段"),
        ("tables = \"a\"\ntables = \"b\"", 2, "前面已经写过，请只留一处"),
        ("tables: [\"t.csv\"]", 1, "应写成 名称 = 内容；若是说明，请在行首加 #"),
        ("这是说明", 1, "应写成 名称 = 内容"),
        ("output =\n", 1, "等号右边没有内容"),
        ("tables = [\"a\" \"b\"]", 1, "几项之间要有一个英文逗号，方括号 [ ] 要成对"),
        ("tables = [\"a\"\npages = true\n", 2, "方括号 [ ] 要成对；请连同上面几行一起看"),
        ("\n\n[columns\n\n", 3, "方括号 [ ] 要成对"),
        ("tables = [\"a\"]]", 1, "看不懂这样的写法，请对照 expert-search init 写出的配置文件改正"),
        ("tabels = []", 1, "不认识的项「tabels」，请检查拼写"),
    ] {
        desk.write("专家搜索.toml", text);
        let run = desk.run(&["check"]);
        let shown = text.lines().nth(line - 1).unwrap().trim_matches(['\u{feff}', ' ', '\t']);
        let expected = format!("专家搜索.toml：第 {line} 行「{shown}」有错：");
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{text}: {}", run.err);
        assert!(run.err.starts_with(&expected) && run.err.contains(says), "{text}: {}", run.err);
        let english = desk.run(&["check", "--lang", "en"]).err;
        let own = |c: char| c.is_ascii() || "“”…".contains(c) || text.contains(c) || "专家搜索".contains(c);
        assert!(
            english.starts_with("专家搜索.toml: mistake in line ") && english.chars().all(own),
            "{text}: {english}"
        );
    }
    // A tab to the reader, and a file that nobody has.
    desk.write("专家搜索.toml", "tables = \"D:\\table.csv\"");
    let run = desk.run(&["check"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("专家搜索.toml：「D:\\table.csv」：路径里的 \\ 请改成 /"), "{}", run.err);
}

#[test]
fn one_thing_is_a_list_of_one() {
    let desk = Desk::new("one_thing");
    desk.write("t.csv", "姓名,工作单位,电话\n张三,某所 13812345678,\n李四,某所 13812345679,\n");
    let config =
        "tables = \"t.csv\"\n[sheets]\nskip = \"说明\"\n[personal]\nmask = \"手机号\"\nallow = \"13812345679\"\n";
    desk.write("专家搜索.toml", config);
    let run = desk.run(&["check"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
}
