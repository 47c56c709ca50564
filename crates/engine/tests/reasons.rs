//! By what criteria hits stand in their order: a table in which each figure follows from what the criterion means.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{record, term};
use engine::index::write;
use engine::record::{Field, Record, Shape, Term};
use engine::words::{self, Class, Draft, Kind};
use engine::{Index, Lexicon, Words, explain, search};

fn directory() -> Vec<Record> {
    let person = |id: &str, name: Term, cells: &[(Field, Term)]| record(id, Shape::Person, name, cells);
    let station = |id: &str, name: Term| record(id, Shape::Station, name, &[]);
    let peking = || (Field::Org, term("北京大学", "bei jing da xue"));
    let institute = || (Field::Org, term("物理研究所", "wu li yan jiu suo"));
    let agriculture = (Field::Org, term("湖南省农业科学院", "hu nan sheng nong ye ke xue yuan"));
    let mut wang = person(
        "a2",
        term("王中林", "wang zhong lin"),
        &[peking(), (Field::Discipline, term("纳米能源", "na mi neng yuan"))],
    );
    wang.aliases.push(Term::plain("Zhong Lin Wang"));
    let mut klaus =
        person("a4", term("克劳斯", "ke lao si"), &[(Field::Discipline, term("人工智能", "ren gong zhi neng"))]);
    klaus.aliases.push(Term::plain("Klaus"));
    vec![
        person("a1", term("袁隆平", "yuan long ping"), &[agriculture]),
        wang,
        person(
            "a3",
            term("张强国", "zhang qiang guo"),
            &[
                (Field::Org, term("东北大学", "dong bei da xue")),
                (Field::Discipline, term("数学", "shu xue")),
                (Field::Origin, term("北京", "bei jing")),
            ],
        ),
        klaus,
        person("a5", term("单忠德", "shan/dan/chan zhong de"), &[(Field::Place, term("河北", "he bei"))]),
        person("a6", term("何力", "he li"), &[institute(), (Field::Discipline, term("力学", "li xue"))]),
        person("a7", term("何礼", "he li"), &[institute(), (Field::Discipline, term("物理", "wu li"))]),
        person("a8", term("何丽", "he li"), &[institute(), (Field::Discipline, term("应用物理", "ying yong wu li"))]),
        person("a9", term("陆善", "lu shan"), &[peking(), (Field::Discipline, term("数学", "shu xue"))]),
        person(
            "a10",
            term("吾守尔·斯拉木", "wu shou er - si la mu"),
            &[(Field::Discipline, term("制药工程", "zhi yao gong cheng"))],
        ),
        station("w1", term("青秀蔬菜科技小院", "qing xiu shu cai ke ji xiao yuan")),
        station("w2", term("北京蔬菜院士工作站", "bei jing shu cai yuan shi gong zuo zhan")),
    ]
}

fn lexicon(index: &Index) -> Lexicon {
    let senses = vec![
        (term("北大", "bei da"), Kind::Nickname, vec![term("北京大学", "bei jing da xue")]),
        (term("冀", "ji"), Kind::Place, vec![term("河北", "he bei")]),
        (Term::plain("AI"), Kind::Related, vec![Term::plain("人工智能")]),
        (term("医药", "yi yao"), Kind::Related, vec![Term::plain("制药")]),
        (term("教授", "jiao shou"), Kind::Filler, vec![]),
    ];
    let parts = [("东北", Class::Region), ("大学", Class::Kind), ("研究所", Class::Kind), ("科学院", Class::Kind)];
    let parts = parts.into_iter().map(|(part, class)| (Term::plain(part), class)).collect();
    let words = words::write(&Draft { senses, parts }, index).unwrap();
    Lexicon::new(index, None, Some(Words::read(&words, index).unwrap()))
}

const NAMES: [&str; 11] =
    ["missing", "tier", "left", "cost", "again", "parts", "field", "extent", "rest", "spent", "how"];

/// A query; then for each of its first hits the id and the criteria, in the order of [`NAMES`].
///
/// Tiers, fields and `how` are counted from 0 in the order of their tables; the extent is 0 for a whole value, 2 for its beginning, 4 for its
/// middle, and one more with an unfinished syllable; by initials whole names and beginnings are 3, behind beginnings by syllables, as are words of another name.
const CASES: &str = "
# The name: whole, its beginning, of which nothing counts that is left, and its middle.
袁隆平        | a1 0 0 0 0 0 1 0 0 0 0 0
袁隆          | a1 0 1 0 0 0 1 0 2 0 0 1
隆平          | a1 0 1 0 0 0 1 0 4 1 0 2
吾守尔        | a10 0 1 0 0 0 1 0 2 1 0 1
吾守尔斯拉木  | a10 0 0 0 0 0 1 0 0 0 0 0
斯拉          | a10 0 1 0 0 0 1 0 4 4 0 2
# Syllables, whole and unfinished; letters.
yuanlongping  | a1 0 3 0 0 0 1 0 0 0 0 5
yuanlong      | a1 0 3 0 0 0 1 0 2 0 0 5
longping      | a1 0 3 0 0 0 1 0 4 1 0 5
yuanlongp     | a1 0 3 0 0 0 1 0 1 0 0 6
yuanlo        | a1 0 3 0 0 0 1 0 2 0 0 6
longpi        | a1 0 3 0 0 0 1 0 5 1 0 6
yuanlp        | a1 0 4 0 0 0 1 0 0 0 0 6
danzhongde    | a5 0 7 0 0 0 1 0 0 0 0 11
# Beginnings by initials rank with syllables, after all other beginnings and before the middle; each letter beyond one is spent.
ylp           | a1 0 3 0 0 0 1 0 3 0 0 7
yl            | a1 0 3 0 0 0 1 0 3 1 0 7
wzl           | a2 0 3 0 0 0 1 0 3 0 0 7
wzhl          | a2 0 3 0 0 0 1 0 3 0 1 7
szhd          | a5 0 3 0 0 0 1 0 3 0 1 7
shzhd         | a5 0 3 0 0 0 1 0 3 0 2 7
# Another name; a word of it ranks behind beginnings by syllables, or with a capital as the whole; unfinished it ranks with letters.
zhonglinwang  | a2 0 2 0 0 0 1 1 0 0 0 3
zhong lin     | a2 0 3 0 0 0 1 0 3 1 0 3
lin           | a2 0 3 0 0 0 1 0 3 9 0 3
Zhong lin     | a2 0 2 0 0 0 1 1 2 4 0 3
Lin           | a2 0 2 0 0 0 1 1 4 9 0 3
klaus         | a4 0 2 0 0 0 1 1 0 0 0 3
klau          | a4 0 4 0 0 0 1 1 2 1 0 3
# Within the long name of a station sounds count as an organisation, characters as a name.
蔬菜          | w1 0 1 0 0 0 1 0 4 6 0 2 | w2 0 1 0 0 0 1 0 4 7 0 2
shucai        | w1 0 3 0 0 0 1 2 4 6 0 5 | w2 0 3 0 0 0 1 2 4 7 0 5
qingxiu       | w1 0 3 0 0 0 1 0 2 1 0 5
# Where somebody comes from counts as a word within his organisation. Of equals names stand in the order of their sounds.
北京          | w2 0 1 0 0 0 1 0 2 1 0 1 | a9 0 1 0 0 0 1 2 2 2 0 1 | a2 0 1 0 0 0 1 2 2 2 0 1 | a3 0 1 0 0 0 1 2 4 0 0 0
# What words lead to: the word as it is typed costs one, a character that leads to a place ranks with related words.
beida         | a9 0 3 0 0 0 1 2 0 0 0 5 | a2 0 3 0 0 0 1 2 0 0 0 5
beid          | a9 0 4 0 0 0 1 2 0 0 0 6 | a2 0 4 0 0 0 1 2 0 0 0 6
北大          | a9 0 0 0 1 0 1 2 0 0 0 0 | a2 0 0 0 1 0 1 2 0 0 0 0 | a3 0 6 0 0 0 1 2 4 2 0 10
冀            | a5 0 5 0 1 0 1 4 0 0 0 0
AI            | a4 0 2 0 1 0 1 3 0 0 0 9
医药          | a10 0 5 0 1 0 1 3 2 2 0 9
yiyao         | a10 0 5 0 0 0 1 3 2 2 0 9
# What was forgiven: a confused sound one each; a neighbouring key one, a letter missing two; a wrong hanzi.
zangqiangguo  | a3 0 7 0 1 0 1 0 0 0 0 12
zangqianguo   | a3 0 7 0 2 0 1 0 0 0 0 12
zhangqoangguo | a3 0 8 0 1 0 1 0 0 0 0 14
zhangqangguo  | a3 0 8 0 2 0 1 0 0 0 0 14
张某国        | a3 0 9 0 1 0 1 0 0 0 0 15
# Several terms: in one value, which counts once; in two; a term that only says again what another says.
农业 湖南     | a1 0 1 0 0 0 1 2 2 4 0 2
张强国 数学   | a3 0 0 0 0 0 2 3 0 0 0 0
张强 数学     | a3 0 1 0 0 0 2 3 2 0 0 1
物理 物理研究所 | a7 0 0 0 0 0 2 5 0 0 0 0 | a8 0 1 0 0 0 2 5 4 2 0 2 | a6 0 1 0 0 1 1 2 0 0 0 1
# Hanzi and letters that stand together as they were typed, and such that do not.
袁longping    | a1 0 3 0 0 0 1 0 0 0 0 5
王nami        | a2 0 5 0 0 0 2 3 4 2 0 5
王 nami       | a2 0 3 0 0 0 2 3 4 2 0 5
# In one breath.
张强国数学    | a3 0 5 0 0 0 2 3 0 0 0 0
北京大学数学  | a9 0 5 0 0 0 2 5 0 0 0 0
# A term that is not there counts two, one of which half is there one; each of its keystrokes is left. Who is named lacks no more than one.
张强国 李     | a3 1 0 1 0 0 1 0 0 0 0 0
北京大学数学系 | a9 1 5 1 0 0 2 5 0 0 0 0
# What says nothing does not count.
张强国 教授   | a3 0 0 0 0 0 1 0 0 0 0 0
张强国 某     | a3 1 0 1 0 0 1 0 0 0 0 0
";

#[test]
fn hits_stand_in_order_by_the_criteria_of_the_table() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    let lexicon = lexicon(&index);
    for case in CASES.lines().filter(|line| line.contains('|')) {
        let mut columns = case.split('|').map(str::trim);
        let query = columns.next().unwrap();
        let expected: Vec<&str> = columns.collect();
        let explained = explain(&index, &lexicon, query, 10);
        let found = explained.hits.iter().take(expected.len()).map(|reasons| {
            assert!(reasons.criteria.iter().map(|(name, _)| *name).eq(NAMES));
            let figures: Vec<String> = reasons.criteria.iter().map(|(_, figure)| figure.to_string()).collect();
            format!("{} {}", reasons.hit.roles[0].id, figures.join(" "))
        });
        assert_eq!(found.collect::<Vec<String>>(), expected, "{query}");
        let hits: Vec<_> = explained.hits.into_iter().map(|reasons| reasons.hit).collect();
        assert_eq!(hits, search(&index, &lexicon, query, 10).hits, "{query}");
    }
}

#[test]
fn a_query_is_explained_as_it_was_read() {
    let index = Index::read(&write(&directory()).unwrap()).unwrap();
    let mut lexicon = lexicon(&index);
    lexicon.unfold("hhhe lili");
    // A query; its pieces; the words that lead to others; what each part of the first hit explains.
    for (query, pieces, leads, typed) in [
        ("张强国 数学", &["张强国", "数学"][..], &[][..], &["张强国", "数学"][..]),
        ("张强国 教授 数学", &["张强国", "数学"], &[], &["张强国", "数学"]),
        ("北大 AI", &["北大", "ai"], &["北大", "ai"], &["北大"]),
        ("袁LongPing", &["袁", "longping"], &[], &["袁longping"]),
        ("张强国数学", &["张强国数学"], &[], &["张强国", "数学"]),
        // Double pinyin is a second reading.
        ("hhli", &["hhli", "heli"], &[], &["heli"]),
        ("无此人", &["无此人"], &[], &[]),
        ("", &[], &[], &[]),
    ] {
        let explained = explain(&index, &lexicon, query, 10);
        assert_eq!(explained.pieces, pieces, "{query}");
        assert_eq!(explained.leads, leads, "{query}");
        let first = explained.hits.first().map_or(Vec::new(), |reasons| reasons.typed.clone());
        assert_eq!(first, typed, "{query}");
    }
}
