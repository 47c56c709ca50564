//! What is found, how it is said to match, and what is highlighted: a table over a small directory.

mod common;

use common::{record, term};
use engine::index::write;
use engine::record::{Field, Record, Shape, Term};
use engine::{Index, Lexicon, search};

fn directory() -> Vec<Record> {
    let person = |id: &str, name: Term, org: Term, field: Term| {
        record(
            id,
            Shape::Person,
            name,
            &[(Field::Org, org), (Field::Discipline, field), (Field::Type, term("院士", "yuan shi"))],
        )
    };
    let agriculture = || term("湖南省农业科学院", "hu nan sheng nong ye ke xue yuan");
    let peking = || term("北京大学", "bei jing da xue");
    let mut wang = person("a5", term("王中林", "wang zhong lin"), peking(), term("纳米能源", "na mi neng yuan"));
    wang.aliases.push(Term::plain("Zhong Lin Wang"));
    let mut zhang = person("a7", term("张强", "zhang qiang"), peking(), term("数学", "shu xue"));
    zhang.weight = 1;
    vec![
        person("a1", term("袁隆平", "yuan long ping"), agriculture(), term("杂交水稻", "za jiao shui dao")),
        person("a2", term("单忠德", "shan/dan/chan zhong de"), peking(), term("机械制造", "ji xie zhi zao")),
        person("a3", term("吕达仁", "lv da ren"), peking(), term("大气物理学", "da qi wu li xue")),
        person("a4", term("张强", "zhang qiang"), agriculture(), term("作物学", "zuo wu xue")),
        wang,
        person("a6", term("张强国", "zhang qiang guo"), agriculture(), term("数学", "shu xue")),
        zhang,
        person("a8", term("吾守尔·斯拉木", "wu shou er - si la mu"), peking(), term("计算机", "ji suan ji")),
        record(
            "w1",
            Shape::Station,
            term("青秀蔬菜科技小院", "qing xiu shu cai ke ji xiao yuan"),
            &[(Field::Place, term("南宁", "nan ning")), (Field::Type, term("科技小院", "ke ji xiao yuan"))],
        ),
    ]
}

/// One line: query; then for each hit expected, in order, its id, how, and the highlighted text of each part.
const CASES: &str = "
袁隆平          | a1 exact 袁隆平
袁隆            | a1 prefix 袁隆
隆平            | a1 inside 隆平
隆              | a1 inside 隆
yuanlongping    | a1 pinyin 袁隆平
YuanLongPing    | a1 pinyin 袁隆平
ｙuanlongping   | a1 pinyin 袁隆平
yuan long ping  | a1 pinyin 袁隆平
yuan'long'ping  | a1 pinyin 袁隆平
yuánlóngpíng    | a1 pinyin 袁隆平
yuan2long2ping2 | a1 pinyin 袁隆平
longping        | a1 pinyin 隆平
yuanlongpi      | a1 mixed 袁隆平
yuanlp          | a1 mixed 袁隆平
袁lp            | a1 mixed 袁隆平
ylp             | a1 initials 袁隆平
shanzhongde     | a2 pinyin 单忠德
danzhongde      | a2 reading 单忠德
szd             | a2 initials 单忠德
shzhd           | a2 initials 单忠德
lvdaren         | a3 pinyin 吕达仁
lüdaren         | a3 pinyin 吕达仁
lyudaren        | a3 pinyin 吕达仁
ludaren         | a3 pinyin 吕达仁
张强            | a7 exact 张强 | a4 exact 张强 | a6 prefix 张强
zhangqiang      | a7 pinyin 张强 | a4 pinyin 张强 | a6 pinyin 张强
张强 数学       | a7 exact 张强+数学 | a6 prefix 张强+数学
数学 张强       | a7 exact 数学+张强 | a6 prefix 数学+张强
zhang qiang shuxue | a7 pinyin 张强+数学 | a6 pinyin 张强+数学
zhonglinwang    | a5 alias Zhong Lin Wang
Wang            | a5 alias Wang
zhong lin       | a5 alias Zhong Lin
吾守尔斯拉木    | a8 exact 吾守尔·斯拉木
吾守尔·斯拉木   | a8 exact 吾守尔·斯拉木
斯拉木          | a8 inside 斯拉木
作物学          | a4 exact 作物学
水稻            | a1 inside 水稻
农业 水稻       | a1 inside 农业+水稻
shuidao         | a1 pinyin 水稻
青秀            | w1 prefix 青秀
南宁 科技小院   | w1 exact 南宁+科技小院
农业 物理       | a1 inside 农业 | a4 inside 农业 | a6 inside 农业 | a3 inside 物理
张强 李         | a7 exact 张强 | a4 exact 张强 | a6 prefix 张强
北京大学系      | a7 exact 北京大学 | a3 exact 北京大学 | a2 exact 北京大学 | a5 exact 北京大学 | a8 exact 北京大学
北京大学某某    | a7 exact 北京大学 | a3 exact 北京大学 | a2 exact 北京大学 | a5 exact 北京大学 | a8 exact 北京大学
北京大某某      |
北京某某        |
大学系          |
beijingdaxuexi  |
nami 李         | a5 pinyin 纳米
nam 李          |
张 李           |
zhang xyzw      | a7 pinyin 张 | a4 pinyin 张 | a6 pinyin 张
zha xyzw        |
zzzzz           |
《》！？        |
                |
";

#[test]
fn finds_what_the_table_says() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    for line in CASES.lines().filter(|line| line.contains('|')) {
        let (query, expected) = line.split_once('|').unwrap();
        let expected: Vec<&str> = expected.split('|').map(str::trim).filter(|hit| !hit.is_empty()).collect();
        let answer = search(&index, &Lexicon::default(), query.trim(), 10);
        let found: Vec<String> = answer
            .hits
            .iter()
            .map(|hit| {
                let marked = hit.fields.iter().map(|field| {
                    let units: Vec<u16> = field.text.encode_utf16().collect();
                    let marked = field.ranges.iter().flat_map(|(start, end)| &units[*start as usize..*end as usize]);
                    String::from_utf16(&marked.copied().collect::<Vec<u16>>()).unwrap()
                });
                format!("{} {} {}", hit.roles[0].id, hit.how.word(), marked.collect::<Vec<String>>().join("+"))
            })
            .collect();
        assert_eq!(found, expected, "{query:?}");
        assert_eq!(answer.total, found.len(), "{query:?}");
    }
}

#[test]
fn the_limit_cuts_the_list_and_not_the_count() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    let all = search(&index, &Lexicon::default(), "院士", 100);
    assert_eq!((all.total, all.hits.len()), (8, 8));
    for limit in 0..8 {
        let some = search(&index, &Lexicon::default(), "院士", limit);
        assert_eq!(some.total, 8);
        assert_eq!(some.hits, all.hits[..limit]);
    }
}

#[test]
fn weak_matches_are_few_and_only_where_strong_ones_are() {
    let person = |given: &str| {
        record(given, Shape::Person, term(&format!("宁{given}"), "ning yi"), &[(Field::Type, Term::plain("院士"))])
    };
    let station = |first: char| {
        record(
            &first.to_string(),
            Shape::Station,
            term(&format!("{first}凌艺科技小院"), "- ling yi ke ji xiao yuan"),
            &[(Field::Type, Term::plain("科技小院"))],
        )
    };
    let sounding: Vec<Record> = ["一", "倚", "亿", "益", "义", "艺", "易", "逸"].map(person).into();
    let stations = |n: usize| "甲乙丙丁戊己庚辛壬癸".chars().take(n).map(station).collect::<Vec<Record>>();
    let meant = record("a1", Shape::Person, term("凌一", "ling yi"), &[]);
    let begun = record("a2", Shape::Person, term("凌一飞", "ling yi fei"), &[]);
    // What is in the directory beside those who sound so, and how many hits are strong and weak.
    for (others, strong, weak) in [
        (vec![], 0, 5),
        (stations(1), 1, 3),
        (stations(9), 9, 3),
        // Ten are enough, and who must be meant is.
        (stations(10), 10, 0),
        (vec![meant.clone()], 1, 0),
        (vec![begun], 1, 0),
        ([stations(3), vec![meant]].concat(), 4, 0),
    ] {
        let index = Index::read(&write(&[others, sounding.clone()].concat()).unwrap()).unwrap();
        let answer = search(&index, &Lexicon::default(), "lingyi", 100);
        let hows: Vec<&str> = answer.hits.iter().map(|hit| hit.how.word()).collect();
        assert_eq!(hows, [vec!["pinyin"; strong], vec!["sound"; weak]].concat());
        assert_eq!(answer.total, strong + weak);
    }
}

#[test]
fn a_hit_shows_every_cell_of_every_role() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    let hit = &search(&index, &Lexicon::default(), "青秀", 1).hits[0];
    assert_eq!((hit.name.as_str(), hit.kind.as_str(), hit.shape), ("青秀蔬菜科技小院", "科技小院", Shape::Station));
    let cells: Vec<_> =
        hit.roles[0].cells.iter().map(|(field, label, text)| (*field, label.as_str(), text.as_str())).collect();
    assert_eq!(cells, [(Field::Place, "place", "南宁"), (Field::Type, "type", "科技小院")]);
}

#[test]
fn what_the_best_hit_does_not_explain_is_named() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    for (query, missing) in [
        ("张强 李", &["李"][..]),
        ("Xyzzy 北京大学", &["xyzzy"]),
        ("北京大学数学系", &["系"]),
        ("张强 数学", &[]),
        ("没有此人", &[]),
    ] {
        assert_eq!(search(&index, &Lexicon::default(), query, 10).missing, missing, "{query}");
    }
}

#[test]
fn long_and_hostile_queries_answer_as_their_beginning_does() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    let answer = |text: &str| search(&index, &Lexicon::default(), text, 10);
    assert_eq!(answer(&"袁".repeat(10_000)), answer(&"袁".repeat(63)));
    assert_eq!(answer(&"张强 ".repeat(500)), answer(&"张强 ".repeat(8)));
    for text in
        ["\u{0}", "\u{202e}袁", "\u{fffd}", "????", "a\u{308}\u{308}", "𠀀𠀀", "👩‍🔬", "'; drop table", "<script>"]
    {
        assert!(answer(text).hits.len() <= 10, "{text:?}");
    }
}

#[test]
fn until_the_engine_is_whole_only_what_whole_pieces_say_is_found() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    for (query, is_early) in [
        ("袁隆平", true),
        ("隆平", true),
        ("yuanlp", true),
        ("danzhongde", true),
        ("张强 数学", true),
        ("shuidao", true),
        ("zzzzz", true),
        ("张强 李", false),
        ("北京大学数学", false),
        ("袁老", false),
        ("袁龙平", false),
        ("yuanlongpign", false),
        ("袁*平", false),
    ] {
        let answer = |lexicon: &Lexicon| search(&index, lexicon, query, 10);
        let (mut lexicon, whole) = (Lexicon::waiting(), answer(&Lexicon::default()));
        match is_early {
            true => assert_eq!(answer(&lexicon), whole, "{query}"),
            false => assert!(answer(&lexicon).total == 0 && whole.total > 0, "{query}"),
        }
        lexicon.unfold("");
        assert_eq!(answer(&lexicon), whole, "{query}");
    }
}
