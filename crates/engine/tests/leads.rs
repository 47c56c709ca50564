//! What typed words lead to, and how the words of a directory stand in its names of organisations: tables by the rules.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{record, term};
use engine::index::write;
use engine::matcher::{Found, Leads, Value};
use engine::query::Query;
use engine::record::{Field, Shape, Term};
use engine::words::{self, Class, Draft, Kind};
use engine::{Index, Lexicon, Words};

fn index() -> Index {
    let person = |id: &str, cells: &[(Field, &str)]| {
        let cells: Vec<(Field, Term)> = cells.iter().map(|(field, text)| (*field, Term::plain(*text))).collect();
        record(id, Shape::Person, Term::plain(format!("某{id}")), &cells)
    };
    let records = [
        person("a1", &[(Field::Org, "北京大学"), (Field::Discipline, "人工智能")]),
        person("a2", &[(Field::Org, "北京大学第一医院"), (Field::Discipline, "智能·机器人")]),
        person("a3", &[(Field::Sponsor, "北京工业大学"), (Field::Discipline, "制药工程")]),
        person("a4", &[(Field::Org, "东北大学"), (Field::Origin, "北京")]),
        person("a5", &[(Field::Org, "东北工学院"), (Field::Place, "河北")]),
        person("a6", &[(Field::Org, "河北·大学"), (Field::District, "河北定州")]),
        person("a7", &[(Field::Title, "北京大学教授"), (Field::Place, "冀")]),
    ];
    Index::read(&write(&records).unwrap()).unwrap()
}

fn lexicon(index: &Index) -> Lexicon {
    let long = (0..20).map(|i| Term::plain(('㐀'..).skip(4 * i).take(4).collect::<String>()));
    let sense = |typed: &str, readings: &str, kind: Kind, to: &[&str]| {
        (term(typed, readings), kind, to.iter().map(|word| Term::plain(*word)).collect())
    };
    let senses = vec![
        sense("北大", "bei da", Kind::Nickname, &["北京大学"]),
        sense("北工大", "bei gong da", Kind::Nickname, &["北京工业大学", "北京大学"]),
        sense("北工", "bei gong", Kind::Nickname, &["北京工业大学"]),
        sense("东北工学院", "dong bei gong xue yuan", Kind::Nickname, &["东北大学"]),
        sense("河大", "he da", Kind::Nickname, &["河北大学"]),
        sense("京", "jing", Kind::Place, &["北京"]),
        sense("冀", "ji", Kind::Place, &["河北"]),
        sense("AI", "- -", Kind::Related, &["人工智能", "智能", "机器"]),
        sense("医药", "yi yao", Kind::Related, &["制药"]),
        (term("集成电路设计", "ji cheng dian lu she ji"), Kind::Related, long.collect()),
        sense("教授", "jiao shou", Kind::Filler, &[]),
    ];
    let parts = [
        ("中国科学院", Class::Owner),
        ("科学院", Class::Kind),
        ("北京", Class::Region),
        ("大学", Class::Kind),
        ("京大", Class::Word),
        ("学", Class::Word),
    ];
    let parts = parts.into_iter().map(|(part, class)| (Term::plain(part), class)).collect();
    let words = words::write(&Draft { senses, parts }, index).unwrap();
    Lexicon::new(index, None, Some(Words::read(&words, index).unwrap()))
}

/// A query, and all that its words lead to: by what, the value with what is marked in it in brackets, the word as typed, and the cost.
const CASES: &str = "
# A nickname leads to organisations that begin so; one typed as it is costs one, and each further organisation one more.
北大          | Nickname(Literal) [北京大学] 北大 1 | Nickname(Literal) [北京大学]第一医院 北大 1
beida         | Nickname(Full) [北京大学] beida 0 | Nickname(Full) [北京大学]第一医院 beida 0
bei大         | Nickname(Mixed) [北京大学] bei大 0 | Nickname(Mixed) [北京大学]第一医院 bei大 0
beid          | Nickname(Tail) [北京大学] beid 0 | Nickname(Tail) [北京大学]第一医院 beid 0
北工大        | Nickname(Literal) [北京大学] 北工大 2 | Nickname(Literal) [北京大学]第一医院 北工大 2 | Nickname(Literal) [北京工业大学] 北工大 1
河大          | Nickname(Literal) [河北·大学] 河大 1
数学北大      | Nickname(Literal) [北京大学] 北大 1 | Nickname(Literal) [北京大学]第一医院 北大 1
北            |
# A nickname that is itself the name of an organisation leads to another name of it.
东北工学院    | Synonym [东北大学] 东北工学院 1
# A place leads to places, not to organisations; one character only if it stands alone and is typed as it is.
京            | Nickname(Literal) [北京] 京 1
冀 数学       | Nickname(Literal) [河北] 冀 1 | Nickname(Literal) [河北]定州 冀 1
京剧          |
jing          |
# A related word may stand anywhere in a value; the nearest costs least. Latin words stand alone.
ai            | Synonym [人工智能] ai 1 | Synonym [智能]·机器人 ai 2 | Synonym 人工[智能] ai 2 | Synonym 智能·[机器]人 ai 3
AI            | Acronym [人工智能] ai 1 | Acronym [智能]·机器人 ai 2 | Acronym 人工[智能] ai 2 | Acronym 智能·[机器]人 ai 3
aiguo         |
医药          | Synonym [制药]工程 医药 1
yiyao         | Synonym [制药]工程 yiyao 0
YIYAO         | Synonym [制药]工程 yiyao 0
# More related words than there is room for: the nearest of each are looked for.
集成电路设计 yiyao | Synonym [制药]工程 yiyao 0
# Fillers lead nowhere.
教授          |
";

/// All that words of a query lead to.
fn told(index: &Index, lexicon: &Lexicon, typed: &str) -> Vec<String> {
    let query = Query::parse(typed);
    let mut told = Vec::new();
    Leads::of(lexicon, &query, 0).follow(index, &|_, _| true, &mut |found| told.push(shown(index, &query, found)));
    told.sort();
    told
}

fn shown(index: &Index, query: &Query, found: Found) -> String {
    let Value::Cell(column, value) = found.value else { panic!("words lead to no names: {found:?}") };
    assert!(!found.variant && !found.fragment);
    let text = index.columns()[column as usize].texts().get(value);
    let part = |from: u32, to: u32| index.letters().text(&text[from as usize..to as usize]);
    let (before, marked, after) =
        (part(0, found.start), part(found.start, found.end), part(found.end, text.len() as u32));
    let typed: String = query.keys()[found.from.into()..found.to.into()].iter().collect();
    format!("{:?} {before}[{marked}]{after} {typed} {}", found.by, found.cost)
}

#[test]
fn words_lead_where_the_table_says() {
    let index = index();
    let lexicon = lexicon(&index);
    for case in CASES.lines().filter(|line| line.contains('|')) {
        let (typed, expected) = case.split_once('|').unwrap();
        let mut expected: Vec<&str> = expected.split('|').map(str::trim).filter(|one| !one.is_empty()).collect();
        expected.sort();
        assert_eq!(told(&index, &lexicon, typed.trim()), expected, "{case}");
    }
}

#[test]
fn the_longest_words_lead_and_fillers_are_told() {
    let index = index();
    let lexicon = lexicon(&index);
    for (typed, leads, fillers) in [
        ("北大 北工大", &["北工大", "北大"][..], &[][..]),
        // Of equals first whole pieces, then what is typed as it is, then nicknames.
        ("数学北大 医药", &["医药", "北大"], &[]),
        ("beida yiyao", &["beida", "yiyao"], &[]),
        ("医药 北大", &["北大", "医药"], &[]),
        // None within a longer one with which a piece begins, unless that only sounds so.
        ("北工大数学", &["北工大"], &[]),
        ("数学 北工大数学", &["北工大"], &[]),
        ("河北工大", &["北工大", "北工"], &[]),
        ("东北工学院 北工", &["东北工学院", "北工"], &[]),
        ("beigongda", &["beigongda", "beigong"], &[]),
        // Six at most.
        (
            "京 医药 集成电路设计 yiyao 东北工学院 beida 北工大",
            &["集成电路设计", "东北工学院", "beida", "yiyao", "北工大", "医药"],
            &[],
        ),
        ("北大教授", &["北大"], &[(2, 4)]),
        ("教授 北大 jiaoshou", &["北大"], &[(0, 2)]),
    ] {
        let query = Query::parse(typed);
        let found = Leads::of(&lexicon, &query, 0);
        let followed: Vec<String> =
            found.followed().map(|(from, to)| query.keys()[from..to].iter().collect()).collect();
        let both: Vec<&str> = followed.iter().map(String::as_str).collect();
        assert_eq!((both.as_slice(), found.fillers.as_slice()), (leads, fillers), "{typed}");
    }
}

#[test]
fn only_chosen_words_are_followed() {
    let index = index();
    let lexicon = lexicon(&index);
    let query = Query::parse("北大 京");
    let mut told = Vec::new();
    let chosen = |from: usize, to: usize| (from, to) == (2, 3);
    Leads::of(&lexicon, &query, 0).follow(&index, &chosen, &mut |found| told.push(shown(&index, &query, found)));
    assert_eq!(told, ["Nickname(Literal) [北京] 京 1"]);
}

#[test]
fn places_are_found_with_what_they_are() {
    let index = index();
    for (typed, expected) in [
        ("河北省", &["Nickname(Literal) [河北] 河北省 0"][..]),
        ("北京市 数学", &["Nickname(Literal) [北京] 北京市 0"]),
        ("在河北省工作", &["Nickname(Literal) [河北] 河北省 0"]),
        ("河北州河北区", &["Nickname(Literal) [河北] 河北区 0", "Nickname(Literal) [河北] 河北州 0"]),
        ("河北定州市", &["Nickname(Literal) [河北定州] 河北定州市 0"]),
        // A place of one character is one without: 冀州 is another.
        ("冀州", &[]),
        ("河省", &[]),
        ("河北", &[]),
        ("河南省", &[]),
        ("东北大学市", &[]),
    ] {
        let query = Query::parse(typed);
        let mut told = Vec::new();
        Leads::find_suffixed(&index, &query, &mut |found| told.push(shown(&index, &query, found)));
        told.sort();
        assert_eq!(told, expected, "{typed}");
    }
}

#[test]
fn letters_of_organisations_stand_as_the_longest_words_say() {
    for (organisation, expected) in [
        ("中国科学院", "First(Owner) Within Shorter Within Within"),
        // One character is no word within another.
        ("北京大学", "First(Region) Within First(Kind) Within"),
        ("京大学", "First(Word) Within First(Word)"),
        ("在北京", "Open First(Region) Within"),
        ("学院科学院", "First(Word) Open First(Kind) Within Within"),
    ] {
        let cells = [Field::Org, Field::Discipline].map(|field| (field, Term::plain(organisation)));
        let one = record("a1", Shape::Person, Term::plain("某"), &cells);
        let index = Index::read(&write(&[one]).unwrap()).unwrap();
        let lexicon = lexicon(&index);
        for (place, column) in (0..).zip(index.columns()) {
            let stands = lexicon
                .stands(&index, place, 0)
                .map(|stands| stands.iter().map(|stand| format!("{stand:?}")).collect::<Vec<String>>().join(" "));
            let is_organisation = column.field() == Field::Org;
            assert_eq!(stands, is_organisation.then(|| expected.to_string()), "{organisation}");
            for (letter, stand) in (0..).zip(expected.split(' ')) {
                let within = is_organisation && stand == "Within";
                assert_eq!(lexicon.is_within_word(&index, place, 0, letter), within, "{organisation} {letter}");
            }
        }
        assert_eq!(Lexicon::default().stands(&index, 0, 0), None, "words are not there yet");
    }
}
