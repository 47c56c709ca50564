//! Tables as maintainers write them, and what becomes of each: records, notes or the whole list of problems.

use std::collections::BTreeSet;

use engine::record::{Field, Record, Shape};
use ingest::{Directory, Language, Note, Problem, Settings, examine, read};

#[track_caller]
fn directory(csv: &str) -> Directory {
    read(&[("t.csv", csv.as_bytes())]).unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

#[track_caller]
fn problems(csv: &str) -> String {
    lines(&read(&[("t.csv", csv.as_bytes())]).expect_err("a table with problems"))
}

fn lines<T: ToString>(all: &[T]) -> String {
    all.iter().map(T::to_string).collect::<Vec<_>>().join("\n")
}

/// `编号=类型:院士 称号:中国科学院院士 …` for each role, joined by ` | `.
fn roles(record: &Record) -> String {
    let cell = |c: &engine::record::Cell| format!("{}:{}", c.label, c.value.text());
    let role =
        |r: &engine::record::Role| [r.id.clone(), r.cells.iter().map(cell).collect::<Vec<_>>().join(" ")].join("=");
    record.roles.iter().map(role).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_person_with_every_column() {
    let csv = "\u{feff}编号,人员编号,姓名,拼音,别名,称号,类型,学部,当选年份,工作单位,专业领域,省份,城市,籍贯,权重,批次,聘期,链接,照片,联系方式（公开）,名册,简介,核对日期\r\n\
        c1,p1,吴朝晖,wu zhaohui,Wu Zhaohui、吴朝辉,中国科学院院士；全国首席科学传播专家（第六批）,,信息技术科学部,2017,浙江大学；之江实验室,\"计算机（系统、网络）、软件\",浙江,杭州,浙江温州,5,第六批,2019-2024,https://example.cn/a,photos/c1.jpg,0571-87951111,2026年9月在册,—,2026-09\r\n";
    let directory = directory(csv);
    assert_eq!(lines(&directory.notes), "");
    let [person] = directory.records.as_slice() else { panic!("one record") };
    assert_eq!((person.shape, person.name.text(), person.weight), (Shape::Person, "吴朝晖", 5));
    assert_eq!(person.aliases.iter().map(|a| a.text()).collect::<Vec<_>>(), ["Wu Zhaohui", "吴朝辉"]);
    assert_eq!(
        roles(person),
        "c1=类型:院士 类型:首席科普专家 称号:中国科学院院士 称号:全国首席科学传播专家（第六批） 学部:信息技术科学部 当选年份:2017 \
         工作单位:浙江大学 工作单位:之江实验室 专业领域:计算机（系统、网络） 专业领域:软件 省份:浙江 城市:杭州 籍贯:浙江温州 批次:第六批 \
         聘期:2019-2024 链接:https://example.cn/a 照片:photos/c1.jpg 联系方式（公开）:0571-87951111 名册:2026年9月在册 核对日期:2026-09"
    );
    let places: Vec<_> =
        person.roles[0].cells.iter().filter(|c| c.field == Field::Place).map(|c| c.value.text()).collect();
    assert_eq!(places, ["浙江", "杭州"]);
}

#[test]
fn types_are_data() {
    for (heading, row, expected) in [
        ("姓名,称号", "甲,中国工程院外籍院士", "类型:院士 称号:中国工程院外籍院士"),
        ("姓名,称号", "甲,林草科普首席科学家", "类型:首席科普专家 称号:林草科普首席科学家"),
        ("姓名,称号", "甲,江苏省首席科技传播专家（第四批）", "类型:首席科普专家 称号:江苏省首席科技传播专家（第四批）"),
        ("姓名,称号", "甲,科技特派员", "类型:科技特派员 称号:科技特派员"),
        ("姓名,称号", "甲,", "类型:专家"),
        ("姓名,类型", "甲,中国科学院院士", "类型:院士 类型:中国科学院院士"),
        ("姓名,类型,称号", "甲,院士,中国科学院院士", "类型:院士 称号:中国科学院院士"),
        ("姓名,类型,称号", "甲,中国科学院院士,某奖", "类型:院士 称号:某奖 类型:中国科学院院士"),
        ("姓名,类型,称号", "甲,中国科学院院士,中国科学院院士", "类型:院士 称号:中国科学院院士"),
        (
            "姓名,类型",
            "甲,中国科学院院士、全国首席科普专家",
            "类型:院士 类型:首席科普专家 类型:中国科学院院士 类型:全国首席科普专家",
        ),
        ("姓名,类型", "甲,院士候选人", "类型:院士候选人"),
        ("姓名,称号", "甲,院士专家工作站首席专家", "类型:院士专家工作站首席专家 称号:院士专家工作站首席专家"),
        ("名称,类型", "甲,院士、专家工作站", "类型:院士、专家工作站"),
        ("名称,类型", "甲,院士（专家）工作站", "类型:院士（专家）工作站"),
        ("名称,类型", "甲,", "类型:工作站"),
    ] {
        let directory = directory(&format!("{heading}\n{row}\n"));
        let shown = roles(&directory.records[0]);
        assert_eq!(shown.split_once('=').map(|(_, cells)| cells), Some(expected), "{row}");
    }
}

#[test]
fn a_station() {
    let csv = "编号,名称,类型,省份,城市,建站单位,进站专家,年份,服务县区\nw1,某植物园院士工作站,院士工作站,广东,深圳,某植物园,单忠德、张三,2024,罗湖；盐田\n";
    let directory = directory(csv);
    let station = &directory.records[0];
    assert_eq!(station.shape, Shape::Station);
    assert_eq!(
        roles(station),
        "w1=类型:院士工作站 省份:广东 城市:深圳 建站单位:某植物园 进站专家:单忠德 进站专家:张三 年份:2024 服务县区:罗湖 服务县区:盐田"
    );
    let resident = station.roles[0].cells.iter().find(|c| c.field == Field::Resident).expect("进站专家");
    assert_eq!(resident.value.readings()[0].0[0].halves(), ("sh", "an"));
}

/// Which ids stand in one record, and what is noted.
#[test]
fn rows_join_only_by_number_or_by_name_and_unit() {
    for (rows, expected, notes) in [
        ("a10,,王越,两院,北京理工大学\na2,,王越,工程院,北京理工大学", "a2+a10", ""),
        ("a1,,王越,甲,北京理工大学；中国科学院\na2,,王越,乙,中国科学院", "a1+a2", ""),
        ("a1,,王越,甲,中国矿业大学（北京）\na2,,王越,乙,中国矿业大学(北京)", "a1+a2", ""),
        ("a1,,王 越,甲,X\na2,,王越,乙,X", "a1+a2", ""),
        (
            "a1,,王越,甲,\na2,,王越,乙,",
            "a1 a2",
            "「王越」同名，按不同的人收入：a1、a2；若是同一人，请写相同的「人员编号」",
        ),
        (
            "a1,,郭雷,甲,X大学\na2,,郭雷,甲,Y大学",
            "a1 a2",
            "「郭雷」同名，按不同的人收入：a1（X大学）、a2（Y大学）；若是同一人，请写相同的「人员编号」",
        ),
        ("a1,p1,郭雷,甲,X大学\na2,p2,郭雷,甲,X大学", "a1 a2", ""),
        ("a1,p1,路甬祥,甲,X大学\na2,p1,路甬祥,乙,Y大学", "a1+a2", ""),
        (
            "a1,,王越,院士,X\na2,,王越,院士,X",
            "a1+a2",
            "「王越」同名、同单位、同称号，按同一人收入：a1、a2；若是两人，请写不同的「人员编号」",
        ),
        (
            "a1,p1,郭雷,甲,X\na2,p2,郭雷,乙,X\na3,,郭雷,丙,X",
            "a1 a2 a3",
            "「郭雷」同名，按不同的人收入：a1（X）、a2（X）、a3（X）；若是同一人，请写相同的「人员编号」",
        ),
    ] {
        let directory = directory(&format!("编号,人员编号,姓名,称号,工作单位\n{rows}\n"));
        let ids = |r: &Record| r.roles.iter().map(|role| role.id.as_str()).collect::<Vec<_>>().join("+");
        assert_eq!(directory.records.iter().map(ids).collect::<Vec<_>>().join(" "), expected, "{rows}");
        assert_eq!(lines(&directory.notes), notes, "{rows}");
    }
}

/// Lists that are numbered anew must not make one person of strangers.
#[test]
fn one_number_of_several_names_is_a_problem() {
    let heading = "编号,人员编号,姓名,别名";
    for (rows, expected) in [
        (
            "a,1,张三,\nb,2,李四,\nc,1,王五,\nd,2,李四,\ne,1,王五,",
            "t.csv 第 4 行：人员编号与 t.csv 第 2 行 的「张三」相同，这里是「王五」，若是同一人，请在「别名」里写上另一个名字；若不是，请改「人员编号」\n\
             t.csv 第 6 行：人员编号与 t.csv 第 2 行 的「张三」相同，这里是「王五」，若是同一人，请在「别名」里写上另一个名字；若不是，请改「人员编号」",
        ),
        ("a,1,沙波,\nb,1,Shabosh,沙波", ""),
        ("a,1,沙波,Shabosh、沙博\nb,1,沙博,\nc,1,SHABOSH,沙柏\nd,1,沙柏,", ""),
        ("a,1,张 三,\nb,1,张三,", ""),
        ("a,1,弗里德里希·哈特穆特,\nb,1,弗里德里希．哈特穆特,\nc,1,弗里德里希•哈特 穆特,", ""),
        ("a,1,Zhong-Lin Wang,\nb,1,zhong lin wang,", ""),
        ("a,,张三,\nb,,王五,", ""),
    ] {
        let said = read(&[("t.csv", format!("{heading}\n{rows}\n").as_bytes())])
            .map_or_else(|all| lines(&all), |_| String::new());
        assert_eq!(said, expected, "{rows}");
    }
}

#[test]
fn stations_never_join() {
    let directory = directory("编号,名称,建站单位\nw1,某站,某单位\nw2,某站,某单位\n");
    assert_eq!(directory.records.len(), 2);
}

#[test]
fn another_name_of_a_joined_person_is_an_alias() {
    let directory = directory("编号,人员编号,姓名,别名\nb,p,甲某,乙某\na,p,丙某,甲某\n");
    assert_eq!(directory.records[0].name.text(), "丙某");
    assert_eq!(directory.records[0].aliases.iter().map(|a| a.text()).collect::<Vec<_>>(), ["甲某", "乙某"]);
}

#[test]
fn ids_are_derived_where_missing_and_stay() {
    let directory =
        directory("编号,姓名,称号,工作单位\n,袁隆平,中国工程院院士,湖南杂交水稻研究中心\n,钟南山,,\nx,李四光,,\n");
    let ids: Vec<_> =
        directory.records.iter().map(|r| (r.roles[0].id.as_str(), r.roles[0].id_is_derived, r.name.text())).collect();
    assert_eq!(
        ids,
        [("x", false, "李四光"), ("00c920976be5cd13", true, "钟南山"), ("ecfaf99083b5d85f", true, "袁隆平")]
    );
}

#[test]
fn notes_say_what_was_dropped_and_what_is_doubtful() {
    let directory = directory("姓名,职称,,手机\n侯朝焕,教授,,\n李朝义,,备注,\n");
    assert_eq!(
        lines(&directory.notes),
        "t.csv「职称」（B 列）：不认识的列，未收入（有内容的 1 格）\n\
         t.csv「」（C 列）：不认识的列，未收入（有内容的 1 格）\n\
         t.csv「手机」（D 列）：不认识的列，未收入（有内容的 0 格）\n\
         多音字「朝」按 chao 读，zhao 也能找到：侯朝焕、李朝义；若读音不对，请加「拼音」列"
    );
}

#[test]
fn all_problems_come_at_once() {
    let csv = "编号,姓名,拼音,权重,工作单位,链接,照片,备注\n\
        a1,张三,zhang san si,高,北京大学 13812345678,javascript:alert(1),//evil.example/x.png,13912345678\n\
        a1,李四,,,清华大学,,,\n\
        a2,,,,北京大学,,,13912345678\n\
        a3,王五,,\n\
        ,赵六,,,X,,,\n\
        ,赵六,,,X,,,\n";
    assert_eq!(
        problems(csv),
        "t.csv「备注」（H 列）：有 2 格出现个人信息，如第 2 行的手机号 139…（已隐去），本列不会收入，请从文件中删去整列后重试，或在配置的 [columns] 里写明「忽略」\n\
         t.csv 第 2 行「拼音」（C2）：拼音「zhang san si」与「张三」对不上，应是每个汉字一个音节，如 yuan long ping\n\
         t.csv 第 2 行「权重」（D2）：「高」不是权重，应是 0 或更大的整数，数大的排在前面\n\
         t.csv 第 2 行「工作单位」（E2）：出现手机号 138…（已隐去），请删去后重试\n\
         t.csv 第 2 行「链接」（F2）：「javascript:alert(1)」不是网址，应以 https:// 或 http:// 开头，且没有空格\n\
         t.csv 第 2 行「照片」（G2）：「//evil.example/x.png」不是本站的图片地址，应是本站的路径，如 photos/a1.jpg\n\
         t.csv 第 3 行：编号「a1」与 t.csv 第 2 行 重复，每行的编号应不同；同一人的几行请用「人员编号」\n\
         t.csv 第 4 行「姓名」（B4）：没有填写，请补上，或删去整行\n\
         t.csv 第 5 行：有 4 格，表头有 8 格，请检查是否多了或少了逗号、引号\n\
         t.csv 第 7 行：没有编号，且与 t.csv 第 6 行 的类型、名称、单位都相同，请删去重复的一行，或给两行都写上编号"
    );
}

#[test]
fn headings_that_cannot_be_are_problems() {
    for (csv, expected) in [
        (
            "编号,称号\na,b\n",
            "t.csv 第 1 行：表头里没有「姓名」（人员）或「名称」（工作站），读到的是：编号、称号，第一行应是表头，请补上这一列",
        ),
        ("姓名,名称\na,b\n", "t.csv 第 1 行「名称」（B1）：与「姓名」重复，请只留一列，或改用别的表头"),
        ("姓名,单位,单位\na,b,c\n", "t.csv 第 1 行「单位」（C1）：与「单位」重复，请只留一列，或改用别的表头"),
        ("姓名,编号,ID\na,b,c\n", "t.csv 第 1 行「ID」（C1）：与「编号」重复，请只留一列，或改用别的表头"),
    ] {
        assert_eq!(problems(csv), expected);
    }
}

#[test]
fn addresses_are_http_or_https() {
    for (cell, fits) in [
        ("https://example.cn/专家?id=1", true),
        ("HTTP://example.cn", true),
        ("example.cn", false),
        ("https://", false),
        ("https:///x", false),
        ("ftp://example.cn", false),
        ("data:text/html,x", false),
        ("https://example.cn/a b", false),
        ("https://example.cn/\"onclick=", false),
        (" https://example.cn ", true),
    ] {
        let cell = cell.replace('"', "\"\"");
        let csv = format!("姓名,链接\n甲,\"{cell}\"\n");
        assert_eq!(read(&[("t.csv", csv.as_bytes())]).is_ok(), fits, "{cell}");
    }
}

#[test]
fn what_the_index_has_no_room_for_is_a_problem_of_its_row() {
    let table =
        |name: usize, value: usize| format!("编号,姓名,简介\na1,{},{}\n", "甲".repeat(name), "乙".repeat(value));
    let records = directory(&table(128, 20_000)).records;
    assert!(engine::index::write(&records).is_ok());
    assert_eq!(
        problems(&table(129, 20_001)),
        [
            "t.csv 第 2 行：名称「",
            &"甲".repeat(40),
            "…」有 129 字，最长 128 字\nt.csv 第 2 行「简介」（C2）：有 20001 字，最长 20000 字"
        ]
        .concat()
    );
}

/// What is quoted from the tables may be Chinese; what is said of it is not.
#[test]
fn english_says_everything_in_english() {
    let people = "编号,姓名,拼音,权重,工作单位,链接,照片,备注,当选年份\n\
        a1,张三,zhang san si,高,北京大学 13812345678,x,//x,13912345678,43525\na1,李\u{200b}四,,,,,,,\na2,,,,,,,,#REF!\n\
        a3,王五\n,赵六,,,X,,,,\n,赵六,,,X,,,,=A1\n9E+17,侯朝焕,,,,,,,\n9,侯朝焕,,,,,,,\n合计,2,,,,,,,\n";
    let stations = "编号,名称,进站专家\nw1,甲站,侯朝焕、孙七\n";
    let files = [("a.csv", people.as_bytes()), ("b.csv", stations.as_bytes()), ("c.json", b"42"), ("d.pdf", b"%PDF")];
    let (directory, problems) = examine(&files, &Settings::default(), &mut |_| {});
    let said: Vec<String> = problems.iter().map(|p| p.say(Language::English)).collect();
    let noted: Vec<String> = directory.notes.iter().map(|n| n.say(Language::English)).collect();
    let codes: BTreeSet<&str> =
        problems.iter().map(Problem::code).chain(directory.notes.iter().map(Note::code)).collect();
    assert!(codes.len() >= 20, "{codes:?}");
    for line in said.iter().chain(&noted) {
        assert!(!line.contains(['，', '。', '：', '请', '的', '、']), "{line}");
    }
}
