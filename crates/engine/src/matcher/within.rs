//! Looks for spans of keystrokes within texts, wherever they begin: through the texts that hold a letter with which they may.

use super::keys::{Keys, Span, members, range};
use super::steps::{Layer, Sets, Spelled, each_syllable, step};
use crate::index::{LetterId, Somewhere, Texts};
use crate::marks::Marks;
use crate::query::is_latin;

/// Up to how many letters a name is short: a personal name. Inside longer ones initials and
/// beginnings of syllables match nearly anything, so there only characters and whole syllables count.
pub const SHORT: usize = 6;

/// How few keystrokes of pinyin say enough to be looked for inside a value.
pub const MIN_LATIN_INSIDE: usize = 2;

/// How many letters an initial has at most: zh.
const INITIAL: u32 = 2;

/// The layers that count in the middle of a long value.
const LONG: [Layer; 3] = [Layer::Literal, Layer::Full, Layer::Tail];

/// By what, the first letter and one past the last.
pub type Part = (Layer, u32, u32);

/// What the texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texture {
    /// Names, looked through from their second letter on. Short ones match in any [`Layer`].
    Names,
    /// Other values, looked through from their first letter on, for characters and for whole syllables of more than one letter.
    Values,
}

/// Whether so many keystrokes may be looked for inside a value.
fn says_enough(keys: &Keys<'_>, from: usize, to: usize) -> bool {
    to - from >= MIN_LATIN_INSIDE || !keys.all()[from..to].iter().all(|key| is_latin(*key))
}

/// Whether a word may begin at a letter of a text: anywhere among hanzi, but not within a Latin word or a number.
pub fn begins_word(keys: &Keys<'_>, text: &[LetterId], start: usize) -> bool {
    let is_latin = |id: LetterId| is_latin(keys.letters().folded(id));
    start == 0 || !is_latin(text[start]) || !is_latin(text[start - 1])
}

/// Spans, prepared for looking for all of them at once.
pub struct Within<'a> {
    keys: &'a Keys<'a>,
    spans: Vec<Span>,
    texture: Texture,
    /// Which letters tell of spans; none where hanzi do.
    several: Vec<Several>,
    /// The ends of all spans, 64 at most: the first keystroke and one past the last.
    ends: Vec<(usize, usize)>,
    /// The letters with which a match may begin.
    ids: Vec<LetterId>,
    /// By letter, one more than the place of what may be spent on it first; 0 for all others.
    begins: Vec<u16>,
    /// The spans that may begin with a letter and what may be spent on it, the same for letters that are read alike: computed once, not
    /// once a place where one stands.
    firsts: Vec<Vec<First>>,
    /// Whether each of these is of a Latin letter or a digit, within whose words nothing begins.
    is_latin: Vec<bool>,
}

/// By which letters it is told that a text may hold several letters of a span.
struct Several {
    /// The span's place.
    span: usize,
    /// Whether more than an initial may be spent on the first.
    is_far: bool,
    /// After how many keystrokes a match may go on behind the first.
    further: u64,
    /// Those with which one may begin that may go on so.
    begins: Vec<LetterId>,
    /// Those with which one may go on then.
    goes_on: Vec<LetterId>,
}

/// What may be spent of a span on a first letter.
struct First {
    /// The span's place, and that of its first end among all.
    span: usize,
    slot: usize,
    sets: Sets,
    /// The ends for which the letter alone is a match, by their places among all: by what in short names, and by what in long values.
    alone: Vec<(usize, Option<Layer>, Option<Layer>)>,
    /// The keystrokes spent after which more letters may follow.
    goes_on: u64,
    /// The same, without where another span reports what follows.
    further: u64,
}

/// The texts in which an end of a span is found.
pub struct Marked {
    /// The first keystroke.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Those in which it is found by anything but less usual readings of their letters.
    pub strong: Marks,
    /// Those in which it is found by these.
    pub weak: Marks,
}

impl Marked {
    /// None of so many texts.
    fn none(from: usize, to: usize, texts: usize) -> Marked {
        Marked { from, to, strong: Marks::none(texts), weak: Marks::none(texts) }
    }

    /// Those in which it is found by this layer.
    fn by(&mut self, layer: Layer) -> &mut Marks {
        if layer == Layer::Reading { &mut self.weak } else { &mut self.strong }
    }
}

impl<'a> Within<'a> {
    /// Prepares for these spans.
    pub fn new(keys: &'a Keys<'a>, spans: &[Span], texture: Texture) -> Within<'a> {
        let letters = keys.letters();
        let ends = spans.iter().flat_map(|span| members(span.ends).map(|to| (span.start, to))).collect();
        let begins = vec![0; letters.len()];
        let mut within = Within {
            keys,
            spans: spans.to_vec(),
            texture,
            several: Vec::new(),
            ends,
            ids: Vec::new(),
            begins,
            firsts: Vec::new(),
            is_latin: Vec::new(),
        };
        let begun = spans.iter().fold(0, |set, span| set | 1 << span.start);
        let mut before: Option<LetterId> = None;
        for id in keys.beginning(begun) {
            // Letters of one syllable stand together, and most are not typed themselves.
            let same = before.is_some_and(|before| {
                keys.literal(before) | keys.literal(id) == 0 && letters.readings(before) == letters.readings(id)
            });
            before = Some(id);
            if !same {
                let (mut slot, mut firsts) = (0, Vec::new());
                for (place, span) in spans.iter().enumerate() {
                    if keys.begun(id) >> span.start & 1 == 1 && says_enough(keys, span.start, span.limit()) {
                        firsts.extend(within.first(id, place, slot));
                    }
                    slot += span.ends.count_ones() as usize;
                }
                within.is_latin.push(is_latin(letters.folded(id)));
                within.firsts.push(firsts);
            }
            if within.firsts.last().is_some_and(|firsts| !firsts.is_empty()) {
                within.ids.push(id);
                within.begins[usize::from(id)] = within.firsts.len() as u16;
            }
        }
        within.several = within.tell();
        within
    }

    /// By which letters it is told that a text may hold several letters of the spans of which no hanzi is needed.
    fn tell(&self) -> Vec<Several> {
        let mut several: Vec<Several> = Vec::new();
        for id in &self.ids {
            for First { span, further, .. } in self.firsts_of(*id) {
                let Span { start, .. } = self.spans[*span];
                if *further == 0 || self.keys.needed(&self.spans[*span]) != 0 {
                    continue;
                }
                let is_far = further >> start >> INITIAL > 1;
                let same = |other: &&mut Several| (other.span, other.is_far) == (*span, is_far);
                match several.iter_mut().find(same) {
                    Some(same) => {
                        same.further |= further;
                        same.begins.push(*id);
                    }
                    None => several.push(Several {
                        span: *span,
                        is_far,
                        further: *further,
                        begins: vec![*id],
                        goes_on: Vec::new(),
                    }),
                }
            }
        }
        several
            .iter_mut()
            .for_each(|several| several.goes_on = self.going_on(several.further, &self.spans[several.span]));
        several
    }

    /// After how many keystrokes a match of a span may go on that is not told piece by piece: not where the first letter is a match alone and the
    /// others are one that is looked for.
    fn further(&self, span: &Span, goes_on: u64, alone: &[(usize, Option<Layer>, Option<Layer>)]) -> u64 {
        let alone = alone.iter().fold(0u64, |set, (slot, ..)| set | 1 << self.ends[*slot].1);
        let least = alone.trailing_zeros() as usize;
        // Where `ü` breaks off in `yu` the last keystroke counts, which must be the same.
        let others = self.spans.iter().filter(|other| other.start == least && other.limit() == span.limit());
        let told = others.fold(0, |set, other| set | other.ends);
        let is_told = |to: usize| told >> to & 1 == 1 && says_enough(self.keys, least, to);
        match members(span.ends & !alone).all(is_told) {
            true if alone != 0 => goes_on & !(1 << least),
            _ => goes_on,
        }
    }

    /// What may be spent on a letter with which a match may begin.
    fn firsts_of(&self, id: LetterId) -> &[First] {
        &self.firsts[usize::from(self.begins[usize::from(id)]) - 1]
    }

    /// The letters with which a match may go on at these keystrokes: within names all that may begin there, else by their characters, or by
    /// their syllables, whole or the last.
    fn going_on(&self, at: u64, span: &Span) -> Vec<LetterId> {
        if self.texture == Texture::Names {
            return self.keys.beginning(at).collect();
        }
        let at = at & range(0, span.limit());
        let mut going_on: Vec<LetterId> = Vec::new();
        members(at).for_each(|at| going_on.extend_from_slice(self.keys.typed(at)));
        each_syllable(self.keys, at, &|_| span.limit(), &mut |letters, spelled| {
            let goes_on = |spelled: &Spelled| spelled.tail || (spelled.full | spelled.prefix & span.ends) != 0;
            if spelled.iter().any(|(_, spelled)| goes_on(spelled)) {
                going_on.extend(letters);
            }
        });
        going_on
    }

    /// What may be spent of a span, whose ends stand from `slot` on, on a first letter, if anything comes of it.
    fn first(&self, id: LetterId, place: usize, slot: usize) -> Option<First> {
        let span = &self.spans[place];
        let sets = self.counting(step(&Sets::at(span.start), self.keys, span, id));
        // One letter of a value is a match by its character only.
        let whole = if self.texture == Texture::Names { sets.any() } else { sets.0[Layer::Literal as usize] };
        let (mut alone, in_long) = (Vec::new(), sets.only(&LONG));
        for to in members(whole & span.ends) {
            if says_enough(self.keys, span.start, to) {
                alone.push((slot + span.place_of(to), sets.accepts(to), in_long.accepts(to)));
            }
        }
        let goes_on = sets.unfinished(span.limit()).any();
        let further = self.further(span, goes_on, &alone);
        (!alone.is_empty() || goes_on != 0).then_some(First { span: place, slot, sets, alone, goes_on, further })
    }

    /// What counts of what may be spent on a first letter. A whole syllable that ends within it is nothing yet.
    fn counting(&self, sets: Sets) -> Sets {
        match self.texture {
            Texture::Names => sets,
            Texture::Values => sets.only(&[Layer::Literal, Layer::Full]),
        }
    }

    /// The keystrokes of which the spans are.
    pub fn keys(&self) -> &'a Keys<'a> {
        self.keys
    }

    /// Reports for each of some texts and each end of each span that is found the best part, of equals the first and shortest: the text's
    /// number, the part, the first keystroke and one past the last.
    pub fn scan(&self, texts: &Texts, among: &Marks, report: &mut dyn FnMut(u32, Part, usize, usize)) {
        if self.ids.is_empty() {
            return;
        }
        // The best part of one text for each end of each span.
        let mut best: Vec<Option<Part>> = vec![None; self.ends.len()];
        among.each(&mut |number| {
            let text = texts.get(number);
            let mut found = 0u64;
            let is_long = text.len() > SHORT || self.texture == Texture::Values;
            for start in usize::from(self.texture == Texture::Names)..text.len() {
                let first = self.begins[usize::from(text[start])];
                if first == 0 || (self.is_latin[usize::from(first) - 1] && !begins_word(self.keys, text, start)) {
                    continue;
                }
                let next = text.get(start + 1).map_or(0, |id| self.keys.begun(*id));
                for first in &self.firsts[usize::from(first) - 1] {
                    for (slot, short, long) in &first.alone {
                        let layer = if is_long { *long } else { *short };
                        found |= u64::from(better(&mut best[*slot], layer, start, start + 1)) << slot;
                    }
                    if next & first.goes_on != 0 {
                        found |= self.find_at(text, start, first, &mut best);
                    }
                }
            }
            for slot in members(found) {
                if let Some(part) = best[slot].take() {
                    let (from, to) = self.ends[slot];
                    report(number, part, from, to);
                }
            }
        });
    }

    /// The texts that may hold one of the spans.
    pub fn holding(&self, texts: &Texts) -> Marks {
        let is_match = |first: &First| !first.alone.is_empty();
        let alone = |id: &&LetterId| self.firsts_of(**id).iter().any(is_match);
        let alone: Vec<LetterId> = self.ids.iter().filter(alone).copied().collect();
        let mut holding = self.holding_several(texts);
        holding.add(&texts.holding(self.somewhere(), &alone));
        holding
    }

    /// The texts that may hold several letters of a span: of its hanzi the one that fewest hold, else a letter with which a match may
    /// begin and one with which it may go on.
    fn holding_several(&self, texts: &Texts) -> Marks {
        let holding = |letters: &[LetterId]| texts.holding(self.somewhere(), letters);
        let (mut rarest, mut several) = (Vec::new(), Marks::none(texts.len()));
        for span in &self.spans {
            rarest.extend(self.keys.rarest(self.keys.needed(span), texts).unwrap_or_default());
        }
        for Several { begins, goes_on, .. } in &self.several {
            // Few texts are looked through sooner than many letters.
            if goes_on.len() > texts.len() {
                return Marks::all(texts.len());
            }
            let mut both = holding(begins);
            both.keep(&holding(goes_on));
            several.add(&both);
        }
        several.add(&holding(&rarest));
        several
    }

    /// Where in a text a match may begin.
    fn somewhere(&self) -> Somewhere {
        match self.texture {
            Texture::Names => Somewhere::Within,
            Texture::Values => Somewhere::Anywhere,
        }
    }

    /// The texts in which each end of each span is found, told without looking at those that hold it as one letter.
    pub fn marks(&self, texts: &Texts) -> Vec<Marked> {
        let mut marked: Vec<Marked> =
            self.ends.iter().map(|(from, to)| Marked::none(*from, *to, texts.len())).collect();
        let (mut sure, mut unsure) = (vec![Vec::new(); self.ends.len()], Vec::new());
        for id in &self.ids {
            for (slot, _, long) in self.firsts_of(*id).iter().flat_map(|first| &first.alone) {
                // What counts in long texts counts in short ones. No Latin letter says enough alone, so where words begin need not be asked.
                let is_sure = long.is_some() && texts.know_letters();
                if is_sure { sure[*slot].push(*id) } else { unsure.push(*id) }
            }
        }
        let mut looked = self.holding_several(texts);
        looked.add(&texts.holding(self.somewhere(), &unsure));
        self.scan_into(&mut marked, texts, &looked);
        for (marked, letters) in marked.iter_mut().zip(&sure) {
            marked.strong.add(&texts.holding(self.somewhere(), letters));
        }
        // What is found piece by piece may stand together.
        let mut together = Marks::none(texts.len());
        for before in &marked {
            for behind in marked.iter().filter(|behind| behind.from == before.to) {
                let mut both = before.strong.clone();
                both.keep(&behind.strong);
                together.add(&both);
            }
        }
        self.scan_into(&mut marked, texts, &together);
        marked
    }

    /// Marks what is found in these texts.
    fn scan_into(&self, marked: &mut [Marked], texts: &Texts, among: &Marks) {
        self.scan(texts, among, &mut |number, (layer, ..), from, to| {
            let marked = marked.iter_mut().find(|marked| (marked.from, marked.to) == (from, to));
            marked.into_iter().for_each(|marked| marked.by(layer).set(number));
        });
    }

    /// Betters `best` by the matches of a span that begin at this letter and go on; which of them, as a set.
    fn find_at(&self, text: &[LetterId], start: usize, first: &First, best: &mut [Option<Part>]) -> u64 {
        let mut found = 0;
        let span = &self.spans[first.span];
        let is_name = self.texture == Texture::Names;
        let is_long = text.len() > SHORT || !is_name;
        let layers: &[Layer] = if is_long { &LONG } else { &Layer::ALL };
        let mut sets = first.sets.only(layers);
        for (end, id) in text.iter().enumerate().skip(start + 1) {
            sets = sets.unfinished(span.limit());
            let is_silent = self.keys.letters().is_silent(*id);
            if is_name && is_long && is_silent {
                // Syllables over a middle dot are none of one name: 雷·达.
                sets = sets.only(&[Layer::Literal]);
            }
            if sets.any() & self.keys.begun(*id) == 0 {
                break;
            }
            sets = step(&sets, self.keys, span, *id).only(layers);
            if sets.any() & span.ends != 0 && !is_silent {
                for (to, slot) in members(span.ends).zip(first.slot..) {
                    if says_enough(self.keys, span.start, to) {
                        found |= u64::from(better(&mut best[slot], sets.accepts(to), start, end + 1)) << slot;
                    }
                }
            }
        }
        found
    }
}

/// Puts a part in the place of the best, if it is by a better layer: of equals the first and shortest stays. Answers whether it did.
fn better(best: &mut Option<Part>, layer: Option<Layer>, start: usize, end: usize) -> bool {
    let Some(layer) = layer.filter(|layer| best.is_none_or(|(best, ..)| *layer < best)) else { return false };
    *best = Some((layer, start as u32, end as u32));
    true
}
