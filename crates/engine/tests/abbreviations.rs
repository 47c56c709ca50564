//! Which abbreviations an organisation has, what they leave out and what that costs: a table by the rules.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{record, term};
use engine::index::write;
use engine::matcher::{By, Found, Keys, Layer, Runs, Span, Value, find_abbreviated};
use engine::query::Query;
use engine::record::{Field, Shape, Term};
use engine::words::{self, Class, Draft};
use engine::{Index, Lexicon, Words};

/// The words of which the names are made.
const PARTS: [(&str, &str, Class); 21] = [
    ("中国科学院", "zhong guo ke xue yuan", Class::Owner),
    ("上海", "shang hai", Class::Region),
    ("北京", "bei jing", Class::Region),
    ("湖南省", "hu nan sheng", Class::Region),
    ("华中", "hua zhong", Class::Region),
    ("物理", "wu li", Class::Word),
    ("光学", "guang xue", Class::Word),
    ("精密", "jing mi", Class::Word),
    ("机械", "ji xie", Class::Word),
    ("技术", "ji shu", Class::Word),
    ("农业", "nong ye", Class::Word),
    ("航空", "hang kong", Class::Word),
    ("航天", "hang tian", Class::Word),
    ("磁学", "ci xue", Class::Word),
    ("大学", "da xue", Class::Kind),
    ("科学院", "ke xue yuan", Class::Kind),
    ("研究所", "yan jiu suo", Class::Kind),
    ("农学院", "nong xue yuan", Class::Kind),
    ("实验室", "shi yan shi", Class::Kind),
    ("工学院", "gong xue yuan", Class::Kind),
    ("附属医院", "fu shu yi yuan", Class::Kind),
];

/// An organisation in its words, and all that is told of a query: by what, what of the name it stands for, and what it leaves out.
/// `by` is `rule` or `initials`.
const CASES: &str = "
华中 农业 大学                    | 华中农大  | rule 华中农业大学 0
华中 农业 大学                    | 华农大    | rule 华中农业大学 0
华中 农业 大学                    | 华大      | rule 华中农业大学 1
华中 农业 大学                    | 农大      |
华中 农业 大学                    | 中农大    |
华中 农业 大学                    | 华业大    |
华中 农业 大学                    | 大华      |
华中 农业 大学                    | 华学      | rule 华中农业大学 1
华中 农业 大学                    | 华中农业大学 |
华中 农业 大学                    | 农业大学  |
# Whole syllables; one begun is no abbreviation.
华中 农业 大学                    | huanongda | rule 华中农业大学 0
华中 农业 大学                    | huanongd  |
# Without its kind only from the beginning, by two words or more, and only before the kind or one word more.
北京 航空 航天 大学               | 北航      | rule 北京航空 5
北京 航空 航天 大学               | 北航天    | rule 北京航空航天 5
北京 航空 航天 大学               | 北京航    |
上海 光学 精密 机械 研究所        | 上光      |
上海 光学 精密 机械 研究所        | 上光精    | rule 上海光学精密 5
中国科学院 物理 技术 研究所       | 物技      |
# An owner is left out for nothing, a region behind it for one, other words only once something is spent.
中国科学院 物理 研究所            | 物理所    | rule 物理研究所 0
中国科学院 物理 研究所            | 物所      | rule 物理研究所 0
中国科学院 物理 研究所            | 中物所    | rule 中国科学院物理研究所 0
中国科学院 物理 研究所            | 理所      |
中国科学院 上海 光学 精密 机械 研究所 | 上海光机所 | rule 上海光学精密机械研究所 1
中国科学院 上海 光学 精密 机械 研究所 | 光机所    | rule 光学精密机械研究所 2
物理 技术 研究所                  | 物所      | rule 物理技术研究所 1
物理 技术 研究所                  | 技所      |
上海 技术 研究所                  | 技所      |
# Of a kind the last character, the first ones, or the first and the last.
湖南省 农业 科学院                | 湖南农科院 | rule 湖南省农业科学院 0
湖南省 农业 科学院                | 湖农院    | rule 湖南省农业科学院 0
湖南省 农业 科学院                | 湖农科    | rule 湖南省农业科学院 0
湖南省 农业 科学院                | 湖农学    |
湖南省 农业 科学院                | 湖省农院  |
湖南省 农业 科学院                | 湖农业院  | rule 湖南省农业科学院 0
# What follows the kind is left out for one each, at most for four, and adds to no part of the kind before it.
中国科学院 物理 研究所 磁学 实验室 | 物所     | rule 物理研究所 2
物理 研究所 磁学                  | 物所磁    |
物理 研究所 磁学 机械 技术 精密 光学 | 物所    | rule 物理研究所 4
物理 研究所 磁学 实验室           | 物磁实    | rule 物理研究所磁学实验室 1
# A word after two that end in a kind is not left out.
华中 大学 农业 磁学 实验室        | 华大实    |
# The cheapest way counts, wherever it is met.
北京 农业 农学院                  | 北农      | rule 北京农业农学院 1
# Letters that no word covers are words of one letter.
北京 某 大学                      | 北某大    | rule 北京某大学 0
某 大学                           | 某大      |
# Initials of the whole name or from behind its owner on, to the end of a word, from three on.
华中 农业 大学                    | hznydx    | initials 华中农业大学 0
华中 农业 大学                    | hzny      | initials 华中农业 0
华中 农业 大学                    | hznyd     |
华中 农业 大学                    | nydx      |
中国科学院 物理 研究所            | wlyjs     | initials 物理研究所 0
中国科学院 物理 研究所            | zgkxywlyjs | initials 中国科学院物理研究所 0
中国科学院 物理 研究所            | wl        |
上海 物理 研究所                  | wlyjs     |
";

fn organisation(words: &str) -> Term {
    let readings = words.split(' ').map(|word| {
        let known = PARTS.iter().find(|(part, ..)| *part == word);
        known.map_or_else(|| "mou ".repeat(word.chars().count()), |(_, readings, _)| readings.to_string())
    });
    let readings: Vec<String> = readings.collect();
    term(&words.replace(' ', ""), &readings.join(" "))
}

/// The words of all names, whether a directory has them or not.
fn lexicon(index: &Index) -> Lexicon {
    let parts = PARTS.iter().map(|(part, readings, class)| (term(part, readings), *class)).collect();
    let words = words::write(&Draft { senses: vec![], parts }, index).unwrap();
    Lexicon::new(index, None, Some(Words::read(&words, index).unwrap()))
}

fn told(words: &str, typed: &str) -> String {
    let person = record("a1", Shape::Person, term("某", "mou"), &[(Field::Org, organisation(words))]);
    let index = Index::read(&write(&[person]).unwrap()).unwrap();
    let (query, lexicon) = (Query::parse(typed), lexicon(&index));
    let keys = Keys::new(index.letters(), &lexicon, &query);
    let all = query.keys().len();
    let runs = Runs::new(&keys, 0, 0);
    let mut told: Vec<String> = Vec::new();
    find_abbreviated(&index, &lexicon, &keys, &runs, &[Span { start: 0, ends: 1 << all }], &mut |found| {
        let Found { value: Value::Cell(column, value), by, start, end, cost, .. } = found else {
            panic!("names are not abbreviated: {found:?}")
        };
        assert_eq!((found.from, usize::from(found.to), found.variant, found.fragment), (0, all, false, false));
        let text = index.columns()[column as usize].texts().get(value);
        let part = index.letters().text(&text[start as usize..end as usize]);
        let by = match by {
            By::Abbreviation => "rule",
            By::Letters(Layer::Initials) => "initials",
            _ => "another",
        };
        told.push(format!("{by} {part} {cost}"));
    });
    told.join(" + ")
}

#[test]
fn organisations_are_abbreviated_by_rule() {
    for case in CASES.lines().filter(|line| line.contains('|')) {
        let columns: Vec<&str> = case.split('|').map(str::trim).collect();
        assert_eq!(told(columns[0], columns[1]), columns[2], "{case}");
    }
}
