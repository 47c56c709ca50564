//! No record is sieved out that would be covered.

use super::super::Asked;
use super::*;
use crate::index::write;
use crate::matcher::{Keys, Lexicon, Runs, Span, Texture, Within, find_beginnings, find_inside, range};
use crate::pinyin::Syllable;
use crate::query::Query;
use crate::rank::cover::cuts;
use crate::record::{Cell, Field, Readings, Record, Role, Shape, Term};
use proptest::prelude::*;

const LETTERS: [(&str, &str); 6] =
    [("安", "an"), ("昂", "ang"), ("南", "nan"), ("张", "zhang"), ("单", "shan"), ("林", "lin")];

fn term(letters: &[usize]) -> Term {
    let readings = letters.iter().map(|at| Readings(vec![Syllable::parse(LETTERS[*at].1).unwrap()]));
    Term::new(letters.iter().map(|at| LETTERS[*at].0).collect::<String>(), readings.collect())
}

fn record(number: usize, (name, org): &(Vec<usize>, Vec<usize>)) -> Record {
    let org = Cell { field: Field::Org, label: "单位".into(), value: term(org) };
    let role = Role { id: format!("p{number}"), id_is_derived: false, cells: vec![org] };
    Record { shape: Shape::Person, name: term(name), aliases: Vec::new(), weight: 0, roles: vec![role] }
}

/// The breath of a query, with what was found in names for its pieces; `all` lets records count that hold it in part.
fn with_breath(index: &Index, typed: &str, fillers: u64, all: bool, then: impl FnOnce(&Breath<'_>)) {
    let (query, lexicon) = (Query::parse(typed), Lexicon::default());
    let keys = Keys::new(index.letters(), &lexicon, &query);
    let runs = Runs::new(&keys, cuts(&query), 0);
    let found = (0..query.pieces()).map(|at| {
        let (piece, mut finds) = (query.range(at..at + 1), Finds::new());
        let span = Span { start: piece.start, ends: 1 << piece.end };
        let inside = Within::new(&keys, &[span], Texture::Names);
        let mut add = |names, found| finds.add_names(index, names, found);
        find_beginnings(index, &keys, &[span], &mut add);
        find_inside(index, &inside, &inside.holding(index.names().texts()), &mut add);
        finds.share(index);
        (range(piece.start, piece.end), finds)
    });
    let found: Vec<(u64, Finds)> = found.collect();
    let asked =
        Asked { pieces: found.len(), found: found.iter().map(|(keys, finds)| (*keys, finds)).collect(), fillers };
    then(&Breath::new(index, &lexicon, &runs, asked, all));
}

fn letters(most: usize) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..LETTERS.len(), 1..=most)
}

/// Pieces of hanzi, of syllables or of beginnings of them.
fn typed() -> impl Strategy<Value = String> {
    let letter = (0..LETTERS.len(), prop_oneof![2 => Just(0), 1 => 1..4usize]).prop_map(|(at, length)| match length {
        0 => LETTERS[at].0.to_string(),
        length => LETTERS[at].1.chars().take(2 * length).collect(),
    });
    let pieces = prop::collection::vec(prop::collection::vec(letter, 1..8), 1..4);
    pieces.prop_map(|pieces| pieces.iter().map(|piece| piece.concat()).collect::<Vec<_>>().join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keep_all_that_may_be_covered(
        people in prop::collection::vec((letters(3), letters(5)), 1..30),
        typed in typed(),
        fillers in prop_oneof![3 => Just(0), 1 => any::<u64>()],
        all in any::<bool>(),
    ) {
        let records: Vec<Record> = people.iter().enumerate().map(|(number, person)| record(number, person)).collect();
        let index = Index::read(&write(&records).unwrap()).unwrap();
        with_breath(&index, &typed, fillers, all, |breath| {
            // Where fillers are enough everywhere, nothing is asked for.
            if breath.needed.iter().all(|needed| breath.rarest(*needed, &[0; 64]).0 == usize::MAX) {
                return;
            }
            let all = Marks::all(index.len());
            let holdings = breath.holdings(&all);
            let mut held = vec![0; index.len()];
            for Holding { keys, holder, .. } in &holdings {
                holder.hold(&index, *keys, &all, &mut held);
            }
            let near = breath.near();
            let covered = |(record, held): &(u32, u64)| *held != 0 && breath.may_cover(*record, *held);
            for (record, _) in (0..).zip(held).filter(covered) {
                assert!(near.has(record) || breath.told.has(record), "{typed}: {record} is not near");
            }
        });
    }
}
