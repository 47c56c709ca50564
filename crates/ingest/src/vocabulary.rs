//! The words of a directory: of the tables of nicknames, related words, places and parts of names, what its values bear out.

use crate::readings::dictionary;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use engine::Index;
use engine::record::{Field, Shape};
use engine::text::fold;
use engine::words::{Class, Draft, Kind, write};
use std::collections::{BTreeMap, BTreeSet};

/// What visitors type beside what they mean: how people are addressed, and words of asking.
const FILLERS: &str = "教授 副教授 老师 老先生 先生 女士 博士 研究员 同志 校长 副校长 院长 副院长 所长 副所长 主任 副主任 书记 主席 副主席 会长 \
    理事长 秘书长 董事长 总经理 馆长 台长 局长 部长 总工 总师 总工程师 总设计师 导师 博导 大夫 医生 将军 \
    的 年 当选 入选 方面 领域 方向 相关 有关 请问 查询 搜索 哪些 有哪些 有多少 有没有 权威 籍贯 祖籍 是谁 简介 prof professor dr";

/// How many words one leads to at most: what the file has room for.
const MOST: usize = 255;

/// The words of an index that has its values, as [`engine::Words`] reads them. What a maintainer's own words lead to stands before ours; of more than
/// there is room for the first 255 that the directory has.
pub fn vocabulary(index: &Index, own: &[(String, Vec<String>)]) -> Vec<u8> {
    let values = Values::of(index);
    let mut senses: BTreeMap<(String, Kind), Vec<String>> = BTreeMap::new();
    let mut lead = |typed: &str, kind: Kind, targets: &[&str]| {
        let known = senses.entry((typed.to_string(), kind)).or_default();
        for target in targets {
            if *target != typed && !known.iter().any(|other| other == target) {
                known.push(target.to_string());
            }
        }
    };
    for (typed, targets) in own {
        lead(typed, Kind::Related, &targets.iter().map(String::as_str).collect::<Vec<&str>>());
    }
    for (kind, table) in
        [(Kind::Nickname, include_str!("../data/organisations.txt")), (Kind::Place, include_str!("../data/places.txt"))]
    {
        for line in lines(table) {
            if let [typed, targets @ ..] = &line.split(' ').collect::<Vec<&str>>()[..] {
                lead(typed, kind, targets);
            }
        }
    }
    for line in lines(include_str!("../data/disciplines.txt")) {
        if let Some((typed, targets)) = line.split_once(" > ") {
            lead(typed, Kind::Related, &targets.split(' ').collect::<Vec<&str>>());
        } else {
            let same: Vec<&str> = line.split(" = ").collect();
            same.iter().for_each(|typed| lead(typed, Kind::Related, &same));
        }
    }
    let found = values
        .found(senses.iter().flat_map(|((_, kind), targets)| targets.iter().map(|target| (*kind, target.clone()))));
    let term = |text: &str| dictionary().text(text);
    let borne_out = senses.into_iter().filter_map(|((typed, kind), targets)| {
        let targets: Vec<_> = targets
            .into_iter()
            .filter(|target| found.contains(&(kind, target.clone())))
            .take(MOST)
            .map(|target| term(&target))
            .collect();
        (!targets.is_empty()).then(|| (term(&typed), kind, targets))
    });
    let fillers = FILLERS.split_ascii_whitespace().map(|filler| (term(filler), Kind::Filler, Vec::new()));
    let senses = borne_out.chain(fillers).collect();
    let parts = values.parts().into_iter().map(|(word, class)| (term(&word), class)).collect();
    write(&Draft { senses, parts }, index).expect("our own words fit")
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// The distinct values of a directory, folded, one a line.
struct Values {
    organisations: String,
    places: String,
    all: String,
}

impl Values {
    fn of(index: &Index) -> Values {
        let (mut organisations, mut places, mut all) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for column in index.columns().iter().filter(|column| column.field().is_searched()) {
            for text in column.texts().iter().map(|text| index.letters().text(text)) {
                match column.field() {
                    Field::Org | Field::Sponsor => organisations.insert(text.clone()),
                    Field::Place | Field::District | Field::Origin => places.insert(text.clone()),
                    _ => false,
                };
                all.insert(text);
            }
        }
        let stations = (0..index.len() as u32).filter(|record| index.shape(*record) == Shape::Station);
        all.extend(stations.map(|record| index.name_text(record)));
        let join = |set: BTreeSet<String>| set.iter().map(|text| folded(text)).collect::<Vec<String>>().join("\n");
        Values { organisations: join(organisations), places: join(places), all: join(all) }
    }

    /// Which of these words some value bears out: organisations and places where one begins so, others wherever they stand.
    fn found(&self, words: impl Iterator<Item = (Kind, String)>) -> BTreeSet<(Kind, String)> {
        let mut by_kind: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
        for (kind, word) in words {
            by_kind.entry(kind).or_default().insert(word);
        }
        let mut found = BTreeSet::new();
        for (kind, words) in by_kind {
            let words: Vec<String> = words.into_iter().collect();
            let folded: Vec<String> = words.iter().map(|word| folded(word)).collect();
            let text = match kind {
                Kind::Nickname => &self.organisations,
                Kind::Place => &self.places,
                _ => &self.all,
            };
            for at in occurrences(text, &folded, kind != Kind::Related) {
                found.insert((kind, words[at].clone()));
            }
        }
        found
    }

    /// The words of the lexicon that stand in names of organisations.
    fn parts(&self) -> Vec<(String, Class)> {
        let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
        for line in lines(include_str!("../data/lexicon.txt")) {
            let mut words = line.split(' ');
            let class = match words.next() {
                Some("owner") => Class::Owner,
                Some("region") => Class::Region,
                Some("kind") => Class::Kind,
                _ => Class::Word,
            };
            for word in words {
                classes.entry(word).or_insert(class);
            }
        }
        let words: Vec<String> = classes.keys().map(|word| word.to_string()).collect();
        let found = occurrences(&self.organisations, &words, false);
        found.into_iter().map(|at| (words[at].clone(), classes[words[at].as_str()])).collect()
    }
}

/// Which of the words stand in a text, at the beginning of a line or anywhere.
fn occurrences(text: &str, words: &[String], at_beginning: bool) -> BTreeSet<usize> {
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .start_kind(StartKind::Both)
        .build(words)
        .expect("a few thousand words fit");
    let mut found = BTreeSet::new();
    if at_beginning {
        for line in text.lines() {
            let input = Input::new(line).anchored(Anchored::Yes);
            let mut state = aho_corasick::automaton::OverlappingState::start();
            loop {
                automaton.find_overlapping(input.clone(), &mut state);
                let Some(found_here) = state.get_match() else { break };
                if found_here.start() == 0 {
                    found.insert(found_here.pattern().as_usize());
                }
            }
        }
    } else {
        found.extend(automaton.find_overlapping_iter(text).map(|found| found.pattern().as_usize()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::Lexicon;
    use engine::record::{Cell, Record, Role};

    #[test]
    fn finds_words_where_they_must_stand() {
        let words: Vec<String> = ["北京大学", "北京", "大学", "物理"].map(String::from).to_vec();
        let at =
            |beginning| occurrences("北京大学物理学院\n南京大学", &words, beginning).into_iter().collect::<Vec<_>>();
        assert_eq!(at(true), [0, 1]);
        assert_eq!(at(false), [0, 1, 2, 3]);
    }

    #[test]
    fn a_word_that_several_rows_let_lead_to_many_leads_to_as_many_as_fit() {
        let field = |number: u32| char::from_u32(0x4e00 + number).expect("a hanzi").to_string();
        let cell =
            |number| Cell {
                field: Field::Discipline, label: "专业".into(), value: dictionary().text(&field(number))
            };
        let role = Role { id: "a1".into(), id_is_derived: false, cells: (0..300).map(cell).collect() };
        let (shape, name) = (Shape::Person, dictionary().text("张三"));
        let record = Record { shape, name, aliases: Vec::new(), weight: 0, roles: vec![role] };
        let index = Index::read(&engine::index::write(&[record]).unwrap()).unwrap();
        let own = [0..200, 200..300].map(|fields| (String::from("农业"), fields.map(field).collect()));
        let words = engine::Words::read(&vocabulary(&index, &own), &index).unwrap();
        let lexicon = Lexicon::new(&index, None, Some(words));
        assert_eq!(engine::search(&index, &lexicon, "农业", 10).total, 1);
    }

    #[test]
    fn every_line_of_every_table_is_understood() {
        for line in lines(include_str!("../data/organisations.txt")).chain(lines(include_str!("../data/places.txt"))) {
            assert!(line.split(' ').count() > 1 && line.split(' ').all(|word| !word.is_empty()), "{line}");
        }
        for line in lines(include_str!("../data/disciplines.txt")) {
            assert!(line.contains(" > ") != line.contains(" = "), "{line}");
        }
        for line in lines(include_str!("../data/lexicon.txt")) {
            let class = line.split(' ').next();
            assert!(matches!(class, Some("owner" | "region" | "kind" | "word")), "{line}");
        }
    }
}
