//! Browsing: filters and counts against their slow definition, the orders, and what stands around a record.

mod common;

use common::{record, term};
use engine::browse::{Browser, Filter, Group, Order, Page, Request, find, related};
use engine::index::write;
use engine::record::{Cell, Field, Record, Role, Shape, Term};
use engine::{Index, Lexicon, search};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Two strokes 丁, three 于, seven 张, eleven 章.
const STROKES: &str = "  丁 于    张    章";

fn open(records: &[Record]) -> (Index, Browser) {
    let index = Index::read(&write(records).expect("it fits")).expect("our own bytes");
    let browser = Browser::new(&index, STROKES);
    (index, browser)
}

fn person(id: &str, name: Term, cells: &[(Field, &str)]) -> Record {
    let cells: Vec<(Field, Term)> = cells.iter().map(|(field, text)| (*field, Term::plain(*text))).collect();
    record(id, Shape::Person, name, &cells)
}

fn directory() -> Vec<Record> {
    use Field::*;
    let mut two_roles = person(
        "a1",
        term("张明", "zhang ming"),
        &[(Org, "北大"), (Type, "院士"), (Year, "2001"), (Discipline, "数学")],
    );
    two_roles.aliases.push(Term::plain("Ming Zhang"));
    let cell = |field: Field, text: &str| Cell { field, label: field.word().into(), value: Term::plain(text) };
    two_roles.roles.push(Role {
        id: "c1".into(),
        id_is_derived: false,
        cells: vec![cell(Org, "北大"), cell(Type, "专家"), cell(Year, "2019年")],
    });
    vec![
        two_roles,
        person("a2", term("张明", "zhang ming"), &[(Org, "清华"), (Type, "院士"), (Year, "2003")]),
        person("a3", term("丁一", "ding yi"), &[(Org, "北大"), (Type, "院士")]),
        person("a4", term("于二", "yu er"), &[(Org, "北大"), (Type, "专家"), (Year, "2021")]),
        person("a5", term("安三", "an san"), &[(Org, "清华"), (Type, "专家"), (Discipline, "物理")]),
        person("a6", Term::plain("John Doe"), &[(Type, "外籍院士")]),
        record(
            "w1",
            Shape::Station,
            term("张江工作站", "zhang jiang gong zuo zhan"),
            &[(Org, Term::plain("清华")), (Type, Term::plain("工作站")), (Resident, Term::plain("丁一"))],
        ),
        record(
            "w2",
            Shape::Station,
            term("蔬菜小院", "shu cai xiao yuan"),
            &[(Type, Term::plain("工作站")), (Resident, Term::plain("张明")), (Resident, Term::plain("丁一"))],
        ),
    ]
}

fn all() -> Request {
    Request {
        text: String::new(),
        filters: Vec::new(),
        order: Order::Match,
        from: 0,
        limit: 100,
        values: 100,
        whole: None,
        lone: false,
    }
}

fn filter(group: Group, value: &str) -> Filter {
    Filter { group, value: value.into() }
}

fn ids(page: &Page) -> Vec<&str> {
    page.hits.iter().map(|hit| hit.roles[0].id.as_str()).collect()
}

/// `value count` of each value of a group, then of those that state none.
fn counts(page: &Page, group: Group) -> Vec<String> {
    let Some(counted) = page.groups.iter().find(|counted| counted.group == group) else { return vec![] };
    let values = counted.values.iter().chain((counted.unstated.count > 0).then_some(&counted.unstated));
    values.map(|v| format!("{}{} {}", if v.selected { "*" } else { "" }, v.text, v.count)).collect()
}

#[test]
fn orders() {
    let (index, browser) = open(&directory());
    for (order, expected) in [
        (Order::Name, ["a5", "a3", "a6", "w2", "a4", "w1", "a1", "a2"]),
        (Order::Match, ["a5", "a3", "a6", "w2", "a4", "w1", "a1", "a2"]),
        (Order::Strokes, ["a3", "a4", "a1", "a2", "a5", "a6", "w2", "w1"]),
        (Order::Newest, ["a4", "a1", "a2", "a5", "a3", "a6", "w2", "w1"]),
    ] {
        let page = browser.page(&index, &Lexicon::new(&index, None, None), &Request { order, ..all() });
        assert_eq!(ids(&page), expected, "{order:?}");
    }
}

#[test]
fn values_are_counted_as_if_their_own_group_were_not_filtered() {
    let (index, browser) = open(&directory());
    let filters = vec![filter(Group::Org, "北大"), filter(Group::Type, "院士"), filter(Group::Type, "工作站")];
    let page = browser.page(&index, &Lexicon::new(&index, None, None), &Request { filters, ..all() });
    assert_eq!((page.total, ids(&page)), (2, vec!["a3", "a1"]));
    assert_eq!(counts(&page, Group::Type), ["*院士 2", "*工作站 0", "专家 2"]);
    assert_eq!(counts(&page, Group::Org), ["*北大 2", "清华 2", " 1"]);
    assert_eq!(counts(&page, Group::Year), ["2019年 1", "2001 1", " 1"], "newest first, both of one person");
    assert_eq!(counts(&page, Group::Batch), [""; 0], "a directory without such a column has no such group");
}

#[test]
fn filters_ask_of_a_person_not_of_a_role() {
    let (index, browser) = open(&directory());
    let filters = vec![filter(Group::Year, "2001"), filter(Group::Type, "专家")];
    let page = browser.page(&index, &Lexicon::new(&index, None, None), &Request { filters, ..all() });
    assert_eq!(ids(&page), ["a1"], "elected in 2001, and an expert by another role");
}

#[test]
fn a_group_that_parts_nothing_is_told_only_where_it_may_part_several_directories() {
    let (index, browser) = open(&directory()[2..3]);
    for (lone, expected) in [(false, &[][..]), (true, &["院士 1"][..])] {
        let page = browser.page(&index, &Lexicon::new(&index, None, None), &Request { lone, ..all() });
        assert_eq!(counts(&page, Group::Type), expected);
        assert_eq!(
            counts(&page, Group::Year),
            if lone { vec![" 1"] } else { vec![] },
            "who states none is counted too"
        );
    }
}

#[test]
fn rows_to_browse_by() {
    let (index, browser) = open(&directory());
    let page = browser.page(&index, &Lexicon::new(&index, None, None), &Request { values: 1, ..all() });
    assert_eq!(counts(&page, Group::Letter), ["A 1", "D 1", "J 1", "S 1", "Y 1", "Z 3"], "all, whatever is asked");
    assert_eq!(counts(&page, Group::Strokes), ["2 1", "3 1", "7 2", " 4"], "in the order of numbers; persons only");
    let org = page.groups.iter().find(|counted| counted.group == Group::Org).expect("it parts them");
    assert_eq!((org.values.len(), org.more, org.unstated.count), (1, 1, 2));
    let page = browser.page(
        &index,
        &Lexicon::new(&index, None, None),
        &Request { values: 1, whole: Some(Group::Org), ..all() },
    );
    assert_eq!(counts(&page, Group::Org), ["北大 3", "清华 3", " 2"]);
}

#[test]
fn not_stated_is_a_value_and_an_unknown_value_finds_nothing() {
    let (index, browser) = open(&directory());
    let lexicon = Lexicon::new(&index, None, None);
    let unstated = Request { filters: vec![filter(Group::Year, "")], ..all() };
    assert_eq!(ids(&browser.page(&index, &lexicon, &unstated)), ["a5", "a3", "a6", "w2", "w1"]);
    let unknown = Request { filters: vec![filter(Group::Year, "1066")], ..all() };
    let page = browser.page(&index, &lexicon, &unknown);
    assert_eq!((page.total, counts(&page, Group::Year).len()), (0, 5));
}

#[test]
fn a_query_is_filtered_in_its_order_and_paged() {
    let (index, browser) = open(&directory());
    let lexicon = Lexicon::new(&index, None, None);
    let request = Request { text: "张".into(), ..all() };
    let whole = browser.page(&index, &lexicon, &request);
    let best: Vec<_> = search(&index, &lexicon, "张", 100).hits;
    assert_eq!(whole.hits, best, "the same hits, marks and all");
    let partly = Request { text: "张明 北大 量子猫".into(), ..all() };
    let answer = search(&index, &lexicon, &partly.text, 1);
    assert_eq!(browser.page(&index, &lexicon, &partly).missing, answer.missing, "the same words about what is missing");
    for from in 0..5 {
        let page = browser.page(&index, &lexicon, &Request { from, limit: 1, ..request.clone() });
        assert_eq!((page.total, page.hits), (best.len(), best.iter().skip(from).take(1).cloned().collect()));
    }
    let filtered = Request { filters: vec![filter(Group::Type, "院士")], ..request };
    assert_eq!(ids(&browser.page(&index, &lexicon, &filtered)), ["a1", "a2"]);
}

#[test]
fn around_a_record() {
    let (index, browser) = open(&directory());
    let around = |id: &str| related(&index, &browser, find(&index, id).expect("it is there"));
    let links = |id: &str| -> Vec<String> {
        let links = around(id).links;
        links.iter().map(|l| format!("{} {} {} {}", l.label, l.hit.name, l.is_backward, l.is_sure)).collect()
    };
    assert_eq!(links("w1"), ["resident 丁一 false true"]);
    assert_eq!(links("w2"), ["resident 张明 false false", "resident 张明 false false", "resident 丁一 false true"]);
    assert_eq!(links("a3"), ["resident 张江工作站 true true", "resident 蔬菜小院 true true"]);
    assert_eq!(links("a2"), ["resident 蔬菜小院 true false"], "one of two of that name");

    let one = around("c1");
    assert_eq!((one.hit.roles.len(), one.aliases), (2, vec!["Ming Zhang".to_string()]), "found by its second id");
    assert_eq!(one.namesakes.iter().map(|hit| hit.roles[0].id.as_str()).collect::<Vec<_>>(), ["a2"]);
    assert_eq!((one.org.as_str(), one.colleague_count), ("北大", 2));
    assert_eq!(one.colleagues.iter().map(|hit| hit.name.as_str()).collect::<Vec<_>>(), ["丁一", "于二"]);
    let alone = around("a6");
    assert_eq!((alone.org.as_str(), alone.colleague_count, alone.links.len()), ("", 0, 0));
    assert_eq!(find(&index, "a7"), None);
}

#[test]
fn groups_and_orders_have_words() {
    for group in Group::ALL {
        assert_eq!(Group::named(group.word()), Some(group));
    }
    assert_eq!((Group::named("name"), Order::named("best")), (None, None));
    assert_eq!(Order::named("newest"), Some(Order::Newest));
}

/// A few values for each field, so that generated records share them; none for half of them.
fn cells() -> impl Strategy<Value = Vec<(Field, &'static str)>> {
    let value = |field: Field, values: &'static [&'static str]| {
        prop::collection::vec(prop::sample::select(values).prop_map(move |text| (field, text)), 0..3)
    };
    (value(Field::Type, &["甲", "乙"]), value(Field::Org, &["丙", "丁", "戊"]), value(Field::Year, &["1999", "2003"]))
        .prop_map(|(types, orgs, years)| [types, orgs, years].concat())
}

proptest! {
    #[test]
    fn filters_and_counts_are_what_they_are_defined_to_be(
        people in prop::collection::vec(cells(), 1..12),
        wanted in prop::collection::vec((0..3usize, prop::sample::select(&["甲", "乙", "丙", "丁", "1999", ""][..])), 0..4),
    ) {
        let groups = [(Group::Type, Field::Type), (Group::Org, Field::Org), (Group::Year, Field::Year)];
        let records: Vec<Record> = people
            .iter()
            .enumerate()
            .map(|(i, cells)| person(&format!("a{i}"), term("张明", "zhang ming"), cells))
            .collect();
        let (index, browser) = open(&records);
        let filters: Vec<Filter> = wanted.iter().map(|(group, value)| filter(groups[*group].0, value)).collect();
        let page = browser.page(&index, &Lexicon::new(&index, None, None), &Request { filters: filters.clone(), ..all() });

        let values = |cells: &[(Field, &'static str)], field: Field| -> BTreeSet<&str> {
            let stated: BTreeSet<&str> = cells.iter().filter(|cell| cell.0 == field).map(|cell| cell.1).collect();
            if stated.is_empty() { BTreeSet::from([""]) } else { stated }
        };
        let passes = |cells: &[(Field, &'static str)], (group, field): (Group, Field)| {
            let mut asked = filters.iter().filter(|filter| filter.group == group).peekable();
            asked.peek().is_none() || asked.any(|filter| values(cells, field).contains(filter.value.as_str()))
        };
        let passed: BTreeSet<String> = (0..people.len())
            .filter(|i| groups.iter().all(|group| passes(&people[*i], *group)))
            .map(|i| format!("a{i}"))
            .collect();
        prop_assert_eq!(page.total, passed.len());
        prop_assert_eq!(ids(&page).into_iter().map(String::from).collect::<BTreeSet<String>>(), passed);
        for group in groups {
            let others = |cells: &Vec<(Field, &'static str)>| groups.iter().all(|other| other.0 == group.0 || passes(cells, *other));
            let mut expected: BTreeMap<&str, u32> = BTreeMap::new();
            for cells in people.iter().filter(|cells| others(cells)) {
                values(cells, group.1).into_iter().for_each(|value| *expected.entry(value).or_default() += 1);
            }
            if let Some(counted) = page.groups.iter().find(|counted| counted.group == group.0) {
                let found: BTreeMap<&str, u32> = counted.values.iter().chain([&counted.unstated])
                    .filter(|value| value.count > 0).map(|value| (value.text.as_str(), value.count)).collect();
                prop_assert_eq!(found, expected);
            } else {
                let all: BTreeSet<&str> = people.iter().flat_map(|cells| values(cells, group.1)).collect();
                prop_assert!(all.len() < 2 || expected.len() < 2, "only a group that parts nothing is left out");
            }
        }
    }
}
