//! What a match is, on plain strings and as slowly as it is obvious: the definition that the automata are tested against.

use super::steps::Layer;
use crate::pinyin::Syllable;
use crate::record::Term;
use crate::text::{fold, is_silent};

/// The best match of `keys` that begins at character `start` of the term: by what, and one past its last character.
///
/// Of matches by one layer the shortest counts.
pub fn find_at(term: &Term, start: usize, keys: &str) -> Option<(Layer, usize)> {
    let letters: Vec<(char, &[Syllable])> =
        term.text().chars().zip(term.readings()).map(|(c, readings)| (fold(c), readings.0.as_slice())).collect();
    Layer::ALL.into_iter().find_map(|layer| Some((layer, start + shortest(layer, &letters[start..], keys)?)))
}

/// How few letters can spend all of `keys`.
fn shortest(layer: Layer, letters: &[(char, &[Syllable])], keys: &str) -> Option<usize> {
    let ((c, readings), rest) = letters.split_first()?;
    let mut best = None;
    for spent in spendings(layer, *c, readings) {
        let used = match spent {
            Spent::Whole(typed) if keys == typed => Some(1),
            Spent::Whole(typed) => {
                keys.strip_prefix(typed.as_str()).and_then(|keys| shortest(layer, rest, keys)).map(|n| n + 1)
            }
            // The visitor is within this syllable: it can only be the last thing typed.
            Spent::Unfinished(typed) => (keys == typed).then_some(1),
        };
        best = [best, used].into_iter().flatten().min();
    }
    best
}

/// What may be typed for one letter.
enum Spent {
    Whole(String),
    Unfinished(String),
}

fn spendings(layer: Layer, c: char, readings: &[Syllable]) -> Vec<Spent> {
    let mut spent = Vec::new();
    if is_silent(c) {
        spent.push(Spent::Whole(String::new()));
    }
    let literally = |spent: &mut Vec<Spent>| {
        spent.push(Spent::Whole(c.to_string()));
        if let 'u' | 'ü' = c {
            spent.push(Spent::Whole(if c == 'u' { "ü" } else { "u" }.to_string()));
        }
    };
    let (settled, others) = readings.split_at(readings.len().min(1));
    match layer {
        Layer::Literal => literally(&mut spent),
        Layer::Full if readings.is_empty() => literally(&mut spent),
        Layer::Full => spent.extend(settled.iter().flat_map(|s| full(*s)).map(Spent::Whole)),
        Layer::Tail => {
            spent.extend(spendings(Layer::Full, c, readings));
            spent.extend(settled.iter().flat_map(|s| begun(*s)).map(Spent::Unfinished));
        }
        Layer::Initials if readings.is_empty() => literally(&mut spent),
        Layer::Initials => spent.extend(settled.iter().flat_map(|s| abbreviated(*s)).map(Spent::Whole)),
        Layer::Mixed => {
            literally(&mut spent);
            spent.extend(settled.iter().flat_map(|s| anyhow(*s)));
        }
        Layer::Reading => {
            spent.extend(spendings(Layer::Mixed, c, readings));
            spent.extend(others.iter().flat_map(|s| anyhow(*s)));
        }
    }
    spent
}

/// The ways to type a letter of a spelling: `v` stands for ü.
fn typed(c: char) -> &'static [&'static str] {
    match c {
        'v' => &["v", "u", "ü", "yu"],
        'u' => &["u", "ü"],
        _ => &[],
    }
}

/// All ways to type a spelling.
fn ways(spelling: &str) -> Vec<String> {
    spelling.chars().fold(vec![String::new()], |ways, c| {
        let own = [c.to_string()];
        let letters: Vec<&str> = if typed(c).is_empty() { vec![own[0].as_str()] } else { typed(c).to_vec() };
        ways.iter().flat_map(|way| letters.iter().map(move |letter| format!("{way}{letter}"))).collect()
    })
}

fn spelling(syllable: Syllable) -> String {
    let (initial, ending) = syllable.halves();
    format!("{initial}{ending}")
}

/// The whole syllable, with a tone digit or without.
fn full(syllable: Syllable) -> Vec<String> {
    let tones = ["", "1", "2", "3", "4", "5"];
    ways(&spelling(syllable)).iter().flat_map(|way| tones.iter().map(move |tone| format!("{way}{tone}"))).collect()
}

/// The initial: its first letter or both; of a syllable without one the first letter.
fn abbreviated(syllable: Syllable) -> Vec<String> {
    let length = syllable.halves().0.len().max(1);
    let spelling = spelling(syllable);
    (1..=length.min(spelling.len())).flat_map(|n| ways(&spelling[..n])).collect()
}

/// Beginnings of the spelling that are not all of it, and `y` of `yu` for ü.
fn begun(syllable: Syllable) -> Vec<String> {
    let spelling = spelling(syllable);
    let mut begun: Vec<String> = (1..spelling.len()).flat_map(|n| ways(&spelling[..n])).collect();
    if let Some(before) = spelling.find('v') {
        begun.extend(ways(&spelling[..before]).iter().map(|way| format!("{way}y")));
    }
    begun
}

/// Any beginning, whole or not.
fn anyhow(syllable: Syllable) -> Vec<Spent> {
    let begun = begun(syllable);
    let cut = |way: &String| way.ends_with('y') && spelling(syllable).contains('v');
    full(syllable)
        .into_iter()
        .chain(begun.iter().filter(|way| !cut(way)).cloned())
        .map(Spent::Whole)
        .chain(begun.iter().filter(|way| cut(way)).cloned().map(Spent::Unfinished))
        .collect()
}
