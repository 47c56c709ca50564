//! Typed words that lead to others: nicknames of organisations, places, related words; and words that say nothing.

use super::keys::{Keys, Span, members, range};
use super::lexicon::{Lexicon, is_organisation};
use super::runs::{Run, Runs};
use super::steps::Layer;
use super::within::{Texture, Within};
use super::{By, Found, Value};
use crate::index::{Column, Index, LetterId, Somewhere};
use crate::query::{Query, is_latin};
use crate::record::Field;
use crate::words::{Kind, Sense, Words};

/// What places are, and what people from there are; directories leave it out.
const SUFFIXES: [char; 8] = ['省', '市', '县', '区', '州', '盟', '籍', '人'];

/// How many typed words are followed, the longest first.
const MOST_LEADS: usize = 6;

/// The words of a query that lead somewhere.
pub struct Leads<'a> {
    words: Option<&'a Words>,
    /// Which words, and which keystrokes they are.
    leads: Vec<(&'a Sense, Run)>,
    /// Whether the query is in capitals.
    shouted: bool,
    /// The keystrokes that say nothing.
    pub fillers: Vec<(usize, usize)>,
}

impl<'a> Leads<'a> {
    /// None.
    pub fn none() -> Leads<'a> {
        Leads { words: None, leads: Vec::new(), shouted: false, fillers: Vec::new() }
    }

    /// Of a query; `cuts` has a bit for each keystroke before which no word goes on.
    pub fn of(lexicon: &'a Lexicon, query: &Query, cuts: u64) -> Leads<'a> {
        let mut leads = Leads { words: lexicon.words(), shouted: query.is_shouted(), ..Leads::none() };
        let Some(words) = lexicon.words() else { return leads };
        let plain = Lexicon::default();
        let keys = Keys::new(words.letters(), &plain, query);
        let runs = Runs::new(&keys, cuts, 0);
        let is_piece = |from: usize, to: usize| {
            let pieces = query.pieces();
            (0..pieces).any(|i| query.range(i..i + 1).start == from)
                && (0..pieces).any(|i| query.range(i..i + 1).end == to)
        };
        for sense in words.senses() {
            let text = words.texts().get(sense.typed);
            for run in runs.whole(text) {
                let (from, to) = run.keys;
                let is_read = |id: &LetterId| !words.letters().readings(*id).is_empty();
                // `ai` in zhangaiguo is no abbreviation, and 京 in 北京 no place.
                let alone = text.len() == 1 || !text.iter().any(is_read);
                if alone && !(is_piece(from, to) && run.layer == Layer::Literal) {
                    continue;
                }
                match sense.kind {
                    Kind::Filler if run.layer == Layer::Literal => leads.fillers.push((from, to)),
                    Kind::Filler => {}
                    _ => leads.leads.push((sense, run)),
                }
            }
        }
        // The longest first; of equals whole pieces, and what stands as typed.
        let rank = |(sense, run): &(&Sense, Run)| {
            let (from, to) = run.keys;
            (!is_piece(from, to), std::cmp::Reverse(to - from), run.layer, sense.kind)
        };
        for i in 1..leads.leads.len() {
            let at = (0..i).find(|at| rank(&leads.leads[*at]) > rank(&leads.leads[i])).unwrap_or(i);
            leads.leads[at..=i].rotate_right(1);
        }
        // No word is followed within a longer one with which a piece begins. One that begins later may be cut wrong: 北农大 in 河北农大.
        for i in (1..leads.leads.len()).rev() {
            let (from, to) = leads.leads[i].1.keys;
            let is_within = |(_, run): &(&Sense, Run)| {
                let (first, last) = run.keys;
                let is_longer = first <= from && to <= last && run.keys != (from, to);
                is_longer && run.layer == Layer::Literal && query.begins_piece(first)
            };
            if leads.leads[..i].iter().any(is_within) {
                leads.leads.remove(i);
            }
        }
        leads.leads.truncate(MOST_LEADS);
        leads
    }

    /// The keystrokes of each word that leads somewhere.
    pub fn followed(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.leads.iter().map(|(_, run)| run.keys)
    }

    /// The places that are typed with what they are: 河北省 for 河北. Reports them with the keystrokes of both.
    pub fn find_suffixed(index: &Index, query: &Query, report: &mut dyn FnMut(Found)) {
        let keys = query.keys();
        for at in (2..keys.len()).filter(|at| SUFFIXES.contains(&keys[*at])) {
            for (place, column) in (0..).zip(index.columns()).filter(|(_, column)| is_place(column)) {
                for (number, text) in (0..).zip(column.texts().iter()) {
                    let Some(from) = at.checked_sub(text.len()).filter(|_| text.len() > 1) else { continue };
                    if index.letters().are(text, &keys[from..at]) {
                        let (value, by) = (Value::Cell(place, number), By::Nickname(Layer::Literal));
                        report(Found::new(value, by, (from, at + 1), (0, text.len() as u32), 0));
                    }
                }
            }
        }
    }

    /// Reports every value to which a word leads, with the keystrokes of the word: of the words for which `chosen` says so of the first
    /// keystroke and one past the last.
    pub fn follow(&self, index: &Index, chosen: &dyn Fn(usize, usize) -> bool, report: &mut dyn FnMut(Found)) {
        let Some(words) = self.words else { return };
        let mut related: Vec<(&Run, By, usize, String)> = Vec::new();
        let is_body = |word: &[LetterId]| {
            let word: Vec<char> = word.iter().map(|id| words.letters().folded(*id)).collect();
            is_value(index, &word, is_organisation, false)
        };
        for (sense, run) in self.leads.iter().filter(|(_, run)| chosen(run.keys.0, run.keys.1)) {
            let is_latin = |id: &LetterId| words.letters().readings(*id).is_empty();
            let by = match sense.kind {
                Kind::Related if self.shouted && words.texts().get(sense.typed).iter().all(is_latin) => By::Acronym,
                Kind::Related => By::Synonym,
                // An old or a new name of a body that stands in the directory under both.
                _ if is_body(words.texts().get(sense.typed)) => By::Synonym,
                _ => By::Nickname(run.layer),
            };
            // What stands there as typed comes before what it leads to; what sounds so does not.
            let before = usize::from(run.layer == Layer::Literal);
            let texts = words.targets(sense).iter().map(|target| words.letters().text(words.texts().get(*target)));
            let texts: Vec<String> = texts.collect();
            let mut tell = |value, part, cost: usize| report(found(value, by, run, part, cost + before));
            match sense.kind {
                Kind::Nickname => find_beginning(index, is_organisation, &texts, &mut tell),
                Kind::Place => find_beginning(index, is_place, &texts, &mut tell),
                _ => related.extend((before..).zip(texts).map(|(cost, text)| (run, by, cost, text))),
            }
        }
        // The nearest of each first, as many as one pass has room for.
        let mut order: Vec<usize> = Vec::new();
        for i in 0..related.len() {
            let at = order.iter().position(|other| related[*other].2 > related[i].2).unwrap_or(order.len());
            order.insert(at, i);
        }
        let texts: Vec<&str> = order.iter().map(|i| related[*i].3.as_str()).collect();
        find_within(index, &texts, &mut |value, part, place| {
            let (run, by, cost, _) = &related[order[place]];
            report(found(value, *by, run, part, *cost));
        });
    }
}

/// What a word is found by.
fn found(value: Value, by: By, run: &Run, letters: (u32, u32), cost: usize) -> Found {
    Found::new(value, by, run.keys, letters, cost.min(15))
}

/// Whether some value of a column that fits is these characters and no more, and is one of people where that is asked for.
pub fn is_value(index: &Index, typed: &[char], fits: fn(&Column) -> bool, of_people: bool) -> bool {
    let first: Vec<LetterId> = index.letters().folding_to(typed[0]).collect();
    let mut is_value = false;
    for (place, column) in (0..).zip(index.columns()).filter(|(_, column)| fits(column)) {
        let texts = column.texts();
        texts.holding(Somewhere::First, &first).each(&mut |number| {
            let is_same = index.letters().are(texts.get(number), typed);
            is_value |= is_same && (!of_people || index.is_of_people(place, number));
        });
    }
    is_value
}

fn is_place(column: &Column) -> bool {
    matches!(column.field(), Field::Place | Field::District | Field::Origin)
}

/// What is told of a word that a value holds: where, and the word's place in its list.
type Tell<'t> = &'t mut dyn FnMut(Value, (u32, u32), usize);

/// Values that begin with one of the words.
fn find_beginning(index: &Index, fits: fn(&Column) -> bool, words: &[String], tell: Tell<'_>) {
    let letters = index.letters();
    let words: Vec<Query> = words.iter().map(|word| Query::of_terms(&[word])).collect();
    let mut first: Vec<LetterId> = Vec::new();
    for key in words.iter().filter_map(|word| word.keys().first()) {
        first.extend(letters.folding_to(*key));
    }
    for (place, column) in (0..).zip(index.columns()).filter(|(_, column)| fits(column)) {
        column.texts().holding(Somewhere::Anywhere, &first).each(&mut |number| {
            let text = column.texts().get(number);
            for (cost, word) in words.iter().enumerate() {
                let mut left = word.keys();
                let mut end = 0;
                for id in text {
                    match left {
                        [key, rest @ ..] if *key == letters.folded(*id) => left = rest,
                        [_, ..] if letters.is_silent(*id) => {}
                        _ => break,
                    }
                    end += 1;
                }
                if left.is_empty() && end > 0 {
                    tell(Value::Cell(place, number), (0, end), cost);
                    break;
                }
            }
        });
    }
}

/// Values that hold one of the words, wherever; words for which there is no room are left out.
fn find_within(index: &Index, words: &[&str], tell: Tell<'_>) {
    if words.is_empty() {
        return;
    }
    let plain = Lexicon::default();
    let query = Query::of_terms(words);
    let keys = Keys::new(index.letters(), &plain, &query);
    let pieces = (0..query.pieces()).map(|i| query.range(i..i + 1));
    let spans: Vec<Span> = pieces.map(|keys| Span { start: keys.start, ends: 1 << keys.end }).collect();
    let within = Within::new(&keys, &spans, Texture::Values);
    for (place, column) in (0..).zip(index.columns()).filter(|(_, column)| column.field().is_searched()) {
        let texts = column.texts();
        within.scan(texts, &within.holding(texts), &mut |number, (layer, start, end), from, _| {
            let word = spans.iter().position(|span| span.start == from);
            if let (Layer::Literal, Some(word)) = (layer, word) {
                tell(Value::Cell(place, number), (start, end), word);
            }
        });
    }
}

/// The keystrokes of fillers, as a set.
pub fn filled(fillers: &[(usize, usize)]) -> u64 {
    fillers.iter().fold(0, |set, (from, to)| set | range(*from, *to))
}

/// Whether a query says anything in Latin letters.
pub fn has_latin(keys: &Keys<'_>, set: u64) -> bool {
    members(set).any(|at| keys.all().get(at).is_some_and(|key| is_latin(*key)))
}
