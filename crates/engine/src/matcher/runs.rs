//! Runs: what keystrokes and a text have in common, hanzi by hanzi and syllable by syllable, wherever it stands in both.
//!
//! Chinese is typed without spaces, so 北京大学数学 is an organisation and a discipline in one breath, and `beijingdaxueshuxue` too. One pass
//! over a text runs the keystrokes from all places at once: a set of how many are spent is one `u64`.

use super::keys::{Keys, Span, members, range};
use super::names::{LONG, begins_word, says_enough};
use super::steps::{Layer, Sets, spell, step};
use crate::index::{LetterId, Texts};
use crate::pinyin::{SYLLABLE_CODES, Syllable};
use crate::query::is_latin;

/// What one letter may spend.
#[derive(Debug, Clone, Default)]
struct Spends {
    /// The keystrokes that are its character.
    literal: u64,
    /// The keystrokes at which its whole syllable begins.
    full: u64,
    /// For each of these, after how many keystrokes it may end.
    ends: Vec<(u8, u64)>,
    /// The keystrokes after which a span ends within its syllable.
    tail: u64,
    /// Whether it is a Latin letter or a digit, within whose words nothing begins.
    latin: bool,
}

impl Spends {
    /// The keystrokes at which it may begin, to be spent or to end within.
    fn begins(&self) -> u64 {
        self.literal | self.full | self.tail
    }

    /// After how many keystrokes it may end that begins at one of a set.
    fn ends_from(&self, starts: u64) -> u64 {
        let whole = self.ends.iter().filter(|(start, _)| starts >> start & 1 == 1);
        whole.fold((self.literal & starts) << 1, |set, (_, ends)| set | ends)
    }
}

/// A part of a text that is a part of the keystrokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first keystroke, and one past the last.
    pub keys: (usize, usize),
    /// The first letter, and one past the last.
    pub letters: (usize, usize),
    /// Literal, Full or, for both, Mixed.
    pub layer: Layer,
}

/// The best place of one span in a text: by what, the first letter and one past the last.
pub type Place = (Layer, u32, u32);

/// Looks for keystrokes in texts.
pub struct Runs<'a> {
    keys: &'a Keys<'a>,
    spans: &'a [Span],
    /// The keystrokes before which no run goes on.
    cuts: u64,
    /// After how many keystrokes some span may end.
    ends: u64,
    /// By letter, one more than its place in `spends`; 0 for a letter that spends nothing.
    places: Vec<u16>,
    spends: Vec<Spends>,
}

/// What one pass over a text tells.
#[derive(Debug)]
pub struct Pass {
    /// The keystrokes in runs of two letters or more, or of the text's first letter and the last typed.
    pub covered: u64,
    /// The spans that stand in the text whole: which span, after how many keystrokes it ends, and where.
    pub whole: Vec<(usize, usize, Place)>,
    /// For each number of keystrokes reached, the keystrokes of the longest run that ends there.
    covers: [u64; 64],
}

impl Default for Pass {
    fn default() -> Pass {
        Pass { covered: 0, whole: Vec::new(), covers: [0; 64] }
    }
}

impl<'a> Runs<'a> {
    /// Prepares for these spans; `cuts` has a bit for each keystroke before which no run goes on.
    pub fn new(keys: &'a Keys<'a>, spans: &'a [Span], cuts: u64) -> Runs<'a> {
        let letters = keys.letters();
        let ends = spans.iter().fold(0, |set, span| set | span.ends);
        let mut runs = Runs { keys, spans, cuts, ends, places: vec![0; letters.len()], spends: Vec::new() };
        for id in 0..letters.len() as LetterId {
            if keys.literal(id) != 0 {
                let latin = is_latin(letters.folded(id));
                *runs.spends_of(id) = Spends { literal: keys.literal(id), latin, ..Spends::default() };
            }
        }
        let typed: u32 =
            keys.all().iter().filter(|key| key.is_ascii_lowercase()).fold(0, |set, c| set | 1 << (*c as u8 - b'a'));
        for code in 1..SYLLABLE_CODES {
            let group = letters.group(code);
            let Some(syllable) = Syllable::from_code(code).filter(|_| !group.is_empty()) else { continue };
            if typed >> (syllable.first_letter() - b'a') & 1 == 0 {
                continue;
            }
            let spends = runs.syllable(syllable);
            if spends.full | spends.tail != 0 {
                for id in group {
                    let literal = keys.literal(id);
                    *runs.spends_of(id) = Spends { literal, ..spends.clone() };
                }
            }
        }
        runs
    }

    fn spends_of(&mut self, id: LetterId) -> &mut Spends {
        let place = &mut self.places[usize::from(id)];
        if *place == 0 {
            self.spends.push(Spends::default());
            *place = self.spends.len() as u16;
        }
        &mut self.spends[usize::from(*place) - 1]
    }

    /// What a syllable may spend.
    fn syllable(&self, syllable: Syllable) -> Spends {
        let mut spends = Spends::default();
        for at in 0..self.keys.all().len() {
            if self.keys.all()[at] != char::from(syllable.first_letter()) {
                continue;
            }
            let spelled = spell(syllable, self.keys, at, self.limit(at));
            if spelled.full != 0 {
                spends.full |= 1 << at;
                spends.ends.push((at as u8, spelled.full));
            }
            if spelled.tail || spelled.prefix & self.ends != 0 {
                spends.tail |= 1 << at;
            }
        }
        spends
    }

    /// The keystrokes that a letter may spend.
    pub fn starts(&self, id: LetterId) -> u64 {
        match usize::from(self.places[usize::from(id)]).checked_sub(1).map(|place| &self.spends[place]) {
            Some(spends) => spends.literal | spends.full,
            None => 0,
        }
    }

    /// After how many keystrokes a letter may end that begins at one, by its character or its whole syllable.
    pub fn ends(&self, id: LetterId, at: usize) -> u64 {
        match usize::from(self.places[usize::from(id)]).checked_sub(1).map(|place| &self.spends[place]) {
            Some(spends) => {
                let whole =
                    spends.ends.iter().find(|(begin, _)| usize::from(*begin) == at).map_or(0, |(_, ends)| *ends);
                whole | (spends.literal >> at & 1) << (at + 1)
            }
            None => 0,
        }
    }

    /// After how many keystrokes a run that goes on at a keystroke must end.
    fn limit(&self, at: usize) -> usize {
        members(self.cuts & !range(0, at + 1)).next().unwrap_or(self.keys.all().len())
    }

    /// Runs over a text once. `pass` is emptied first.
    pub fn pass(&self, text: &[LetterId], pass: &mut Pass) {
        pass.covered = 0;
        pass.whole.clear();
        let mut reached = 0u64;
        let last = self.keys.all().len();
        let mut found: u64 = 0;
        for (at, id) in text.iter().enumerate() {
            let place = self.places[usize::from(*id)];
            if place == 0 {
                if reached != 0 && !self.keys.letters().is_silent(*id) {
                    reached = 0;
                }
                continue;
            }
            let spends = &self.spends[usize::from(place) - 1];
            let goes_on = reached & !self.cuts;
            let within_latin = spends.latin && at > 0 && is_latin(self.keys.letters().folded(text[at - 1]));
            let from = if within_latin { goes_on } else { u64::MAX };
            let mut next = 0u64;
            let (literal, full) = (from & spends.literal, from & spends.full);
            // From the last backwards: a run ends after it begins, so no cover is overwritten before it is read.
            let mut left = literal | full;
            while left != 0 {
                let start = left.ilog2() as usize;
                left &= !(1 << start);
                let before = if goes_on >> start & 1 == 1 { pass.covers[start] } else { 0 };
                let whole = spends.ends.iter().find(|(begin, _)| usize::from(*begin) == start);
                let ends = if literal >> start & 1 == 1 { 1 << (start + 1) } else { 0 }
                    | whole.filter(|_| full >> start & 1 == 1).map_or(0, |(_, ends)| *ends);
                for end in members(ends) {
                    let cover = before | range(start, end);
                    if next >> end & 1 == 0 || cover.count_ones() > pass.covers[end].count_ones() {
                        pass.covers[end] = cover;
                    }
                    next |= 1 << end;
                    if before != 0 || (at == 0 && end == last) {
                        pass.covered |= cover;
                    }
                }
            }
            for start in members(goes_on & spends.tail) {
                pass.covered |= pass.covers[start] | range(start, self.limit(start));
            }
            if next & self.ends != 0 || goes_on & spends.tail != 0 {
                self.note_whole(text, at, (next, goes_on & spends.tail), &mut found, pass);
            }
            reached = next;
        }
    }

    /// Notes the spans that end whole at this letter, each of them once for a text.
    fn note_whole(&self, text: &[LetterId], at: usize, (next, tails): (u64, u64), found: &mut u64, pass: &mut Pass) {
        let mut slot = 0;
        for (place, span) in self.spans.iter().enumerate() {
            if next & span.ends == 0 && tails & range(span.start + 1, span.limit()) == 0 {
                slot += span.ends.count_ones();
                continue;
            }
            for to in members(span.ends) {
                slot += 1;
                if *found >> slot & 1 == 1 {
                    continue;
                }
                let all = range(span.start, to);
                let ends = next >> to & 1 == 1 && pass.covers[to] & all == all;
                let may_end_within = members(tails & range(span.start + 1, to))
                    .any(|start| pass.covers[start] & range(span.start, start) == range(span.start, start));
                if (ends || may_end_within) && says_enough(self.keys, span.start, to) {
                    let single = Span { start: span.start, ends: 1 << to };
                    if let Some(part) = self.hanzi_before(text, at, &single).or_else(|| self.locate(text, &single)) {
                        pass.whole.push((place, to, part));
                        *found |= 1 << slot;
                    }
                }
            }
        }
    }

    /// The place of a span all of hanzi that ends with this letter, if nothing silent stands within.
    fn hanzi_before(&self, text: &[LetterId], at: usize, span: &Span) -> Option<Place> {
        let start = (at + 1).checked_sub(span.limit() - span.start)?;
        let same =
            |(key, id): (usize, &LetterId)| !is_latin(self.keys.all()[key]) && self.keys.literal(*id) >> key & 1 == 1;
        let all = (span.start..).zip(&text[start..=at]).all(same);
        all.then_some((Layer::Literal, start as u32, at as u32 + 1))
    }

    /// The best place of a span in a text, of equals the first and shortest: by characters or by whole syllables, and
    /// then of more than one, since one says too little.
    pub fn locate(&self, text: &[LetterId], span: &Span) -> Option<Place> {
        let mut best: Option<Place> = None;
        let to = span.limit();
        for start in 0..text.len() {
            let silent = self.keys.letters().is_silent(text[start]);
            if silent || self.places[usize::from(text[start])] == 0 || !begins_word(self.keys, text, start) {
                continue;
            }
            let mut sets = Sets::at(span.start).only(&LONG);
            for (end, id) in (start as u32 + 1..).zip(&text[start..]) {
                sets = step(&sets, self.keys, span, *id).only(&LONG);
                if let Some(layer) = sets.accepts(to)
                    && best.is_none_or(|(best, ..)| layer < best)
                    && (layer == Layer::Literal || end - start as u32 > 1)
                {
                    best = Some((layer, start as u32, end));
                }
                sets = sets.unfinished(to);
                if sets.is_empty() {
                    break;
                }
            }
        }
        best
    }

    /// Every run in a text, with all its beginnings: of two letters or more, or the whole text, or the text's first letter and the last
    /// typed.
    pub fn all(&self, text: &[LetterId]) -> Vec<Run> {
        let mut runs = Vec::new();
        for start in 0..text.len() {
            if !begins_word(self.keys, text, start) {
                continue;
            }
            let place = self.places[usize::from(text[start])];
            let Some(spends) = usize::from(place).checked_sub(1).map(|place| &self.spends[place]) else { continue };
            for key in members(spends.literal | spends.full) {
                self.extend(text, Run { keys: (key, key), letters: (start, start), layer: Layer::Literal }, &mut runs);
            }
        }
        runs
    }

    /// The runs that are a whole text, as their keystrokes and layers.
    pub fn whole(&self, text: &[LetterId]) -> Vec<Run> {
        let mut runs = Vec::new();
        for key in text.first().into_iter().flat_map(|id| members(self.starts(*id))) {
            self.extend(text, Run { keys: (key, key), letters: (0, 0), layer: Layer::Literal }, &mut runs);
        }
        runs.retain(|run| run.letters.1 == text.len());
        runs
    }

    /// Appends what a run may become by further letters.
    fn extend(&self, text: &[LetterId], run: Run, runs: &mut Vec<Run>) {
        let is_first = run.letters.0 == run.letters.1;
        let silent = text[run.letters.1..].iter().take_while(|id| self.keys.letters().is_silent(**id)).count();
        let (at, key) = (run.letters.1 + silent, run.keys.1);
        let Some(id) = text.get(at) else { return };
        if !is_first && self.cuts >> key & 1 == 1 {
            return;
        }
        let place = self.places[usize::from(*id)];
        let Some(spends) = usize::from(place).checked_sub(1).map(|place| &self.spends[place]) else { return };
        let whole = spends.ends.iter().find(|(begin, _)| usize::from(*begin) == key).map_or(0, |(_, ends)| *ends);
        let literal = if spends.literal >> key & 1 == 1 { 1u64 << (key + 1) } else { 0 };
        let within = if !is_first && spends.tail >> key & 1 == 1 { 1u64 << self.limit(key) } else { 0 };
        if within != 0 && self.ends == 0 {
            runs.push(Run {
                keys: (run.keys.0, self.limit(key)),
                letters: (run.letters.0, at + 1),
                layer: if run.layer == Layer::Full { Layer::Tail } else { Layer::Mixed },
            });
        }
        for (ends, layer) in [(literal, Layer::Literal), (whole, Layer::Full)] {
            for end in members(ends) {
                let layer = if is_first || run.layer == layer { layer } else { Layer::Mixed };
                let longer = Run { keys: (run.keys.0, end), letters: (run.letters.0, at + 1), layer };
                // One letter says too little, unless it is all there is or the first of what is still being typed.
                let being_typed = longer.letters.0 == 0 && end == self.keys.all().len();
                if longer.letters.1 - longer.letters.0 > 1 || text.len() == 1 || being_typed {
                    runs.push(longer);
                }
                self.extend(text, longer, runs);
            }
        }
    }
}

/// Runs over all texts, reporting those that hold a whole span, or, where there are no spans, a run of two letters.
///
/// Nearly all texts hold neither, so all are looked through as one for what each that does must have: two letters of which the second
/// may begin where the first may end, the first of a span if there are spans; or a character that is a span alone; or, without spans, at
/// its beginning a letter that may be typed last.
pub fn pass_all(runs: &Runs<'_>, texts: &Texts, report: &mut dyn FnMut(u32, &Pass)) {
    let (letters, starts) = (texts.letters(), texts.starts());
    let (mut starts_of_spans, mut alone, mut last) = (u64::MAX, 0, 1 << runs.keys.all().len());
    if !runs.spans.is_empty() {
        starts_of_spans = runs.spans.iter().fold(0, |set, span| set | 1 << span.start);
        alone = starts_of_spans & runs.ends >> 1;
        last = 0;
    }
    let sieve = runs.spends.iter().map(|spends| (spends.begins(), spends.ends_from(starts_of_spans)));
    let sieve: Vec<(u64, u64)> = sieve.collect();
    if sieve.is_empty() {
        return;
    }
    let mut pass = Pass::default();
    let (mut text, mut at, mut before) = (0, 0, 0);
    while let Some(id) = letters.get(at) {
        // Most letters spend nothing.
        if before == 0 && runs.places[usize::from(*id)] == 0 {
            let skipped = letters[at..].iter().position(|id| runs.places[usize::from(*id)] != 0);
            at = skipped.map_or(letters.len(), |skipped| at + skipped);
            continue;
        }
        let Some(place) = usize::from(runs.places[usize::from(*id)]).checked_sub(1) else {
            if before != 0 && !runs.keys.letters().is_silent(*id) {
                before = 0;
            }
            at += 1;
            continue;
        };
        let (begins, ends) = sieve[place];
        let found = before & begins | runs.spends[place].literal & alone;
        before = ends;
        if found | ends & last != 0 {
            while starts[text + 1] as usize <= at {
                text += 1;
            }
            let (start, end) = (starts[text] as usize, starts[text + 1] as usize);
            if found != 0 || at == start {
                runs.pass(&letters[start..end], &mut pass);
                if pass.covered != 0 || !pass.whole.is_empty() {
                    report(text as u32, &pass);
                }
                (at, before) = (end, 0);
                continue;
            }
        }
        at += 1;
    }
}
