//! What must be found on the sample directory, how it must match and what must be marked: two tables of hand-written cases, natively and in
//! browsers. `names.tsv` is about persons, `themes.tsv` about all else.

mod sample;

use engine::record::Field;
use engine::{Hit, How, Index, Lexicon, search};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// How many hits a name may bring that nobody has.
const MOST_WEAK: usize = 5;

/// The marked text of each part, `field=text` where the table is about fields, joined by `+`.
fn marked(hit: &Hit, with_field: bool) -> String {
    let part = |part: &engine::Matched| {
        let units: Vec<u16> = part.text.encode_utf16().collect();
        let marked = part.ranges.iter().flat_map(|(start, end)| &units[*start as usize..*end as usize]);
        let text = String::from_utf16(&marked.copied().collect::<Vec<u16>>()).expect("no character is cut");
        if with_field { format!("{}={text}", part.field.word()) } else { text }
    };
    hit.fields.iter().map(part).collect::<Vec<String>>().join("+")
}

/// What is wrong with the answer to one line, if anything is.
fn wrong(index: &Index, lexicon: &Lexicon, line: &str, with_field: bool) -> Option<String> {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let (query, rank, id, how, expected) = (next(), next(), next(), next(), next());
    let hits = search(index, lexicon, query, 10).hits;
    let fits = |hit: &Hit| hit.how.word() == how && marked(hit, with_field) == expected;
    let rank: usize = rank.parse().expect("the rank is a number");
    let fine = match (id, how) {
        ("-", "none") => hits.is_empty(),
        ("-", _) => hits.len() <= MOST_WEAK && hits.iter().all(|hit| hit.how >= How::Fragment),
        ("*", _) => hits.len() >= rank && hits[..rank].iter().all(fits),
        _ => {
            let is_meant = |hit: &&Hit| hit.roles.iter().any(|role| role.id == id);
            hits.iter().take(rank).find(is_meant).is_some_and(fits)
        }
    };
    let told = |hit: &Hit| format!("{} {} {}", hit.name, hit.how.word(), marked(hit, with_field));
    (!fine).then(|| format!("{line:?}: {:?}", hits.iter().take(rank.max(2)).map(told).collect::<Vec<String>>()))
}

fn all_wrong(table: &str, with_field: bool) -> Vec<String> {
    let index = sample::index();
    let lexicon = sample::lexicon(&index);
    let cases: Vec<&str> = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(cases.len() > 400, "the table is there");
    cases.into_iter().filter_map(|line| wrong(&index, &lexicon, line, with_field)).collect()
}

#[wasm_bindgen_test(unsupported = test)]
fn persons_are_found_as_people_type_them() {
    let wrong = all_wrong(include_str!("names.tsv"), false);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[wasm_bindgen_test(unsupported = test)]
fn organisations_disciplines_and_places_are_found_as_people_type_them() {
    let wrong = all_wrong(include_str!("themes.tsv"), true);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// 东华大学 is no short name of 华中科技大学, and 北京大学 is not put together from 北京师范 and 大学.
#[wasm_bindgen_test(unsupported = test)]
fn what_is_the_name_of_an_organisation_is_no_part_of_another() {
    let index = sample::index();
    let lexicon = sample::lexicon(&index);
    for (organisation, field) in [("东华大学", "机械"), ("北京大学", "物理化"), ("中国科学院微生物研究所", "植物")]
    {
        let hits = search(&index, &lexicon, &format!("{organisation} {field}"), 20).hits;
        assert!(!hits.is_empty());
        let organisations = hits.iter().flat_map(|hit| &hit.fields).filter(|part| part.field == Field::Org);
        let others: Vec<&str> =
            organisations.map(|part| &part.text[..]).filter(|text| !text.contains(organisation)).collect();
        assert!(others.is_empty(), "{organisation}: {others:?}");
    }
}

/// Where somebody has all that was typed, nobody comes after him who has some of it: letters of a name beside another surname.
#[wasm_bindgen_test(unsupported = test)]
fn who_has_all_is_not_followed_by_who_has_some() {
    let index = sample::index();
    let lexicon = sample::lexicon(&index);
    for (query, expected) in [
        ("Gaofeng Zhu", &["朱高峰"][..]),
        ("Zuotang Liang", &["梁作堂"]),
        ("Jinxing Da", &["戴金星"]),
        ("王haifeng", &["王海峰"]),
        ("张lihe", &["张礼和"]),
        ("东南大学 微波", &["孙忠良"]),
        // Most of what was typed is enough beside him: colleagues in a near field.
        ("清华大学 计算机软", &["孙家广", "李三立", "吴建平", "张钹", "姚期智"]),
    ] {
        let answer = search(&index, &lexicon, query, 10);
        let names: Vec<&str> = answer.hits.iter().map(|hit| &hit.name[..]).collect();
        assert_eq!((names.as_slice(), answer.total), (expected, expected.len()), "{query}");
    }
    // What is typed of a field beside a whole organisation goes on to all that it may become.
    let answer = search(&index, &lexicon, "beijingdaxue shu", 10);
    assert_eq!(answer.hits[0].name, "陶澍");
    assert!(answer.hits[1..].iter().all(|hit| hit.fields.iter().any(|part| part.text.starts_with('数'))), "{answer:?}");
}

/// 南理工 is 南京理工大学, but not in 华南理工大学.
#[wasm_bindgen_test(unsupported = test)]
fn what_stands_within_a_longer_short_name_leads_nowhere() {
    let index = sample::index();
    let lexicon = sample::lexicon(&index);
    let organisations = |query: &str| {
        let hits = search(&index, &lexicon, query, 20).hits;
        let cells = hits.into_iter().flat_map(|hit| hit.fields).filter(|part| part.field == Field::Org);
        cells.map(|part| part.text).collect::<Vec<String>>()
    };
    assert!(organisations("南理工").iter().any(|text| text.contains("南京理工大学")));
    let found = organisations("华南理工大学高");
    assert!(!found.is_empty() && found.iter().all(|text| text.contains("华南理工大学")), "{found:?}");
}

/// By layout, lines as in `names.tsv`.
const DOUBLE: [(&str, &[&str]); 3] = [
    (
        "小鹤",
        &[
            "yrlspk\t1\ta1003\tpinyin\t袁隆平",
            "YRLSPK\t1\ta1003\tpinyin\t袁隆平",
            "ｙｒｌｓｐｋ\t1\ta1003\tpinyin\t袁隆平",
            "yr ls pk\t1\ta1003\tpinyin\t袁隆平",
            "yr'ls'pk\t1\ta1003\tpinyin\t袁隆平",
            "yrls\t1\ta1003\tpinyin\t袁隆",
            "yrlsp\t1\ta1003\tmixed\t袁隆平",
            "袁lspk\t1\ta1003\tmixed\t袁隆平",
            "lspk\t1\ta1003\tpinyin\t隆平",
            "vsnjuj\t1\ta837\tpinyin\t钟南山",
            "uiyigs\t1\ta446\tpinyin\t施一公",
            "ouyhyu\t1\ta94\tpinyin\t欧阳予",
            "vshjz\t1\t-\tnone\t",
            // What is found as it was typed stands first.
            "ylp\t1\ta1003\tinitials\t袁隆平",
            "yuanlongping\t1\ta1003\tpinyin\t袁隆平",
            "lixm\t1\ta1791\tmixed\t黎湘",
            "lixm\t4\ta1724\tpinyin\t李献",
            "袁隆平\t1\ta1003\texact\t袁隆平",
            "ouyh\t4\ta96\tpinyin\t欧阳",
        ],
    ),
    (
        "自然码",
        &[
            "yrlspy\t1\ta1003\tpinyin\t袁隆平",
            "vsnjuj\t1\ta837\tpinyin\t钟南山",
            "yhvhnk\t1\t-\tnone\t",
            "vhjx\t2\ta679\tpinyin\t张杰",
            "vhjx\t2\ta1134\tpinyin\t张杰",
        ],
    ),
    (
        "微软",
        &[
            "yrlsp;\t1\ta1003\tpinyin\t袁隆平",
            "yrls\t1\ta1003\tpinyin\t袁隆",
            "vhjx\t2\ta679\tpinyin\t张杰",
            "obyhvs\t1\ta744\tpinyin\t欧阳钟",
            "obyhyu\t1\ta94\tpinyin\t欧阳予",
        ],
    ),
];

#[wasm_bindgen_test(unsupported = test)]
fn persons_are_found_in_double_pinyin_where_it_is_allowed() {
    let index = sample::index();
    let mut lexicon = sample::lexicon(&index);
    let plain = search(&index, &lexicon, "vsnjuj", 10).hits;
    assert!(plain.iter().all(|hit| hit.how >= How::Fragment), "not allowed, not found");
    for (layout, cases) in DOUBLE {
        lexicon.unfold(&ingest::double::Layout::named(layout).expect("it is known").list());
        let wrong: Vec<String> = cases.iter().filter_map(|line| wrong(&index, &lexicon, line, false)).collect();
        assert!(wrong.is_empty(), "{layout}\n{}", wrong.join("\n"));
    }
}
