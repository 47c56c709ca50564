//! Names: from their beginning through the FST, and parts of them by a scan.

use super::automaton::{Beginning, prefixed};
use super::keys::{Keys, Span, members};
use super::steps::{Layer, Sets, step};
use super::{By, Found, Value};
use crate::index::{Index, LetterId};
use crate::query::is_latin;

/// Up to how many letters a name is short: a personal name. Inside longer ones initials and
/// beginnings of syllables match nearly anything, so there only characters and whole syllables count.
pub const SHORT: usize = 6;

/// How few keystrokes of pinyin say enough to be looked for inside a value.
pub const MIN_LATIN_INSIDE: usize = 2;

/// The layers that count in the middle of a long value.
pub const LONG: [Layer; 3] = [Layer::Literal, Layer::Full, Layer::Tail];

/// Reports every name in which one of the spans is found, once from its beginning for each way it matches and once, by
/// the best, from within.
pub fn find_names(index: &Index, keys: &Keys<'_>, spans: &[Span], report: &mut dyn FnMut(Found)) {
    for span in spans {
        prefixed(index, &Beginning::new(keys, *span), &mut |names, state, depth| {
            for to in members(state.reached) {
                let Some(layer) = Sets::from(state).accepts(to) else { continue };
                for name in names.clone() {
                    report(found(index, keys, name, (layer, 0, depth), span.start, to));
                }
            }
        });
    }
    Inside::new(keys, spans).scan(index, report);
}

fn found(index: &Index, keys: &Keys<'_>, name: u32, (layer, start, end): Part, from: usize, to: usize) -> Found {
    let text = &index.names().texts().get(name)[start as usize..end as usize];
    let variant = layer == Layer::Literal && keys.is_variant(from, text);
    Found {
        value: Value::Name(name),
        by: By::Letters(layer),
        variant,
        fragment: false,
        from: from as u8,
        to: to as u8,
        start,
        end,
        cost: 0,
    }
}

/// Whether so many keystrokes may be looked for inside a value.
pub fn says_enough(keys: &Keys<'_>, from: usize, to: usize) -> bool {
    to - from >= MIN_LATIN_INSIDE || !keys.all()[from..to].iter().all(|key| is_latin(*key))
}

/// Whether a word may begin at a letter of a text: anywhere among hanzi, but not within a Latin word or a number.
pub fn begins_word(keys: &Keys<'_>, text: &[LetterId], start: usize) -> bool {
    let is_latin = |id: LetterId| is_latin(keys.letters().folded(id));
    start == 0 || !is_latin(text[start]) || !is_latin(text[start - 1])
}

/// By what, the first letter and one past the last.
type Part = (Layer, u32, u32);

/// Looks for spans in all names from their second letter on.
struct Inside<'a> {
    keys: &'a Keys<'a>,
    spans: &'a [Span],
    /// For each span where its ends begin in a list of the ends of all.
    slots: Vec<usize>,
    /// By letter, one more than its place in `firsts`; 0 when no match begins with it.
    begins: Vec<u16>,
    /// For each such letter, the spans that may begin with it and what may be spent on it: computed once a letter, not once a
    /// place where it stands.
    firsts: Vec<Vec<(usize, Sets)>>,
}

impl<'a> Inside<'a> {
    fn new(keys: &'a Keys<'a>, spans: &'a [Span]) -> Inside<'a> {
        let letters = keys.letters();
        let mut slots = vec![0];
        spans.iter().for_each(|span| slots.push(slots[slots.len() - 1] + span.ends.count_ones() as usize));
        let mut inside = Inside { keys, spans, slots, begins: vec![0; letters.len()], firsts: Vec::new() };
        let spans = || spans.iter().enumerate().filter(|(_, span)| says_enough(keys, span.start, span.limit()));
        for id in 0..letters.len() as LetterId {
            let mut first = Vec::new();
            for (place, span) in spans() {
                if keys.may_begin(id, span.start) && !letters.is_silent(id) {
                    first.push((place, step(&Sets::at(span.start), keys, span, id)));
                }
            }
            first.retain(|(_, sets)| !sets.is_empty());
            if !first.is_empty() {
                inside.firsts.push(first);
                inside.begins[usize::from(id)] = inside.firsts.len() as u16;
            }
        }
        inside
    }

    /// Reports the best part of each name, of equals the first and shortest.
    fn scan(&self, index: &Index, report: &mut dyn FnMut(Found)) {
        let texts = index.names().texts();
        let (letters, starts) = (texts.letters(), texts.starts());
        if self.firsts.is_empty() {
            return;
        }
        // The best part of one name for each end of each span.
        let mut best: Vec<Option<Part>> = vec![None; self.slots[self.spans.len()]];
        let mut tell = |name: usize, best: &mut [Option<Part>]| {
            let ends = self.spans.iter().flat_map(|span| members(span.ends).map(|to| (span.start, to)));
            for ((from, to), part) in ends.zip(best) {
                if let Some(part) = part.take() {
                    report(found(index, self.keys, name as u32, part, from, to));
                }
            }
        };
        let mut touched = false;
        let mut name = 0;
        // Most letters begin nothing, so all names are run through as one.
        for (at, id) in letters.iter().enumerate() {
            let first = self.begins[usize::from(*id)];
            if first == 0 {
                continue;
            }
            if starts[name + 1] as usize <= at {
                if std::mem::take(&mut touched) {
                    tell(name, &mut best);
                }
                while starts[name + 1] as usize <= at {
                    name += 1;
                }
            }
            let (start, end) = (starts[name] as usize, starts[name + 1] as usize);
            let text = &letters[start..end];
            if at > start && begins_word(self.keys, text, at - start) {
                for (place, sets) in &self.firsts[usize::from(first) - 1] {
                    touched |= self.find_at(text, at - start, *place, sets, &mut best[self.slots[*place]..]);
                }
            }
        }
        if touched {
            tell(name, &mut best);
        }
    }

    /// Betters `best` by the matches of a span that begin at this letter, on which `first` may be spent. Answers whether there is one.
    fn find_at(&self, text: &[LetterId], start: usize, place: usize, first: &Sets, best: &mut [Option<Part>]) -> bool {
        let span = &self.spans[place];
        let mut sets = if text.len() <= SHORT { *first } else { first.only(&LONG) };
        let mut any = false;
        for end in start + 1..=text.len() {
            if sets.any() & span.ends != 0 {
                for (to, best) in members(span.ends).zip(&mut *best) {
                    if let Some(layer) = sets.accepts(to)
                        && best.is_none_or(|(best, ..)| layer < best)
                        && says_enough(self.keys, span.start, to)
                    {
                        *best = Some((layer, start as u32, end as u32));
                        any = true;
                    }
                }
            }
            sets = sets.unfinished(span.limit());
            if text.len() > SHORT && text.get(end).is_some_and(|id| self.keys.letters().is_silent(*id)) {
                // Syllables over a middle dot are none of one name: 雷·达.
                sets = sets.only(&[Layer::Literal]);
            }
            match text.get(end) {
                Some(id) if sets.any() & self.keys.begun(*id) != 0 => sets = step(&sets, self.keys, span, *id),
                _ => break,
            }
        }
        any
    }
}
