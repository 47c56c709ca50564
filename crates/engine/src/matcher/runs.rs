//! Runs: what keystrokes and a text have in common, hanzi by hanzi and syllable by syllable, wherever it stands in both.
//!
//! Chinese is typed without spaces, so 北京大学数学 is an organisation and a discipline in one breath, and `beijingdaxueshuxue` too. One pass
//! over a text runs the keystrokes from all places at once: a set of how many are spent is one `u64`.

use super::keys::{Keys, members, range};
use super::steps::{Layer, each_syllable};
use super::within::begins_word;
use crate::index::{LetterId, Somewhere, Texts};
use crate::marks::Marks;
use crate::query::is_latin;

/// What one letter may spend, or any letter of a syllable that is not typed itself.
#[derive(Debug, Clone, Default)]
struct Spends {
    /// The keystrokes that are its character.
    literal: u64,
    /// The keystrokes at which its whole syllable begins.
    full: u64,
    /// For each of these, after how many keystrokes it may end.
    ends: Vec<(u8, u64)>,
    /// The keystrokes at which it begins if it is the last typed and not finished.
    tail: u64,
    /// Whether it is a Latin letter or a digit, within whose words nothing begins.
    latin: bool,
}

/// What of a letter decides whether a run may go on with it: texts are looked through by this alone before any run is followed.
#[derive(Debug, Clone, Copy, Default)]
struct Link {
    /// The keystrokes at which it may begin, to be spent or to end within.
    begins: u64,
    /// After how many keystrokes it may end.
    ends: u64,
    /// All, if runs pass over it.
    passes: u64,
}

impl Spends {
    /// What is spent by the character beside the syllable.
    fn with(&self, literal: u64) -> Spends {
        Spends { literal, ..self.clone() }
    }

    fn link(&self) -> Link {
        let ends = self.ends.iter().fold(self.literal << 1, |set, (_, ends)| set | ends);
        Link { begins: self.literal | self.full | self.tail, ends, passes: 0 }
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

/// Looks for keystrokes in texts.
pub struct Runs<'a> {
    keys: &'a Keys<'a>,
    /// The keystrokes before which no run goes on.
    cuts: u64,
    /// The hanzi that are in no run.
    left_out: u64,
    /// The keystrokes that are letters of pinyin or digits.
    latin: u64,
    /// What letters spend; the first two nothing.
    spends: Vec<Spends>,
    /// Of each of these.
    links: Vec<Link>,
    /// The letters that spend anything.
    ids: Vec<LetterId>,
    /// By letter, the place of what it may spend; of nothing the first, or the second where runs pass over it.
    places: Vec<u16>,
    /// By keystroke, after how many keystrokes a letter may end that begins at it, whichever letter.
    reached: [u64; 64],
}

impl<'a> Runs<'a> {
    /// Prepares; `cuts` has a bit for each keystroke before which no run goes on, `left_out` for each hanzi that is in none.
    pub fn new(keys: &'a Keys<'a>, cuts: u64, left_out: u64) -> Runs<'a> {
        let letters = keys.letters();
        let mut runs = Runs {
            keys,
            cuts,
            left_out,
            latin: (0..).zip(keys.all()).filter(|(_, key)| is_latin(**key)).fold(0, |set, (at, _)| set | 1 << at),
            spends: vec![Spends::default(); 2],
            links: vec![Link::default(), Link { passes: u64::MAX, ..Link::default() }],
            ids: Vec::new(),
            places: (0..letters.len() as LetterId).map(|id| letters.is_silent(id).into()).collect(),
            reached: [0; 64],
        };
        for id in (0..keys.all().len()).flat_map(|at| keys.typed(at)) {
            let literal = runs.literal(*id);
            if literal != 0 && runs.spends(*id).is_none() {
                members(literal).for_each(|at| runs.reached[at] |= 2 << at);
                let latin = is_latin(letters.folded(*id));
                runs.places[usize::from(*id)] = runs.place(Spends { latin, ..Spends::default() }.with(literal));
            }
        }
        each_syllable(keys, u64::MAX, &|at| limit(keys, cuts, at), &mut |group, spelled| {
            let mut spends = Spends::default();
            for (at, spelled) in spelled {
                if spelled.full != 0 {
                    spends.full |= 1 << at;
                    spends.ends.push((*at as u8, spelled.full));
                    runs.reached[*at] |= spelled.full;
                }
                if spelled.tail {
                    spends.tail |= 1 << at;
                }
            }
            if spends.full | spends.tail != 0 {
                // Most letters of a syllable are not typed themselves.
                let place = runs.place(spends.with(0));
                for id in group {
                    let literal = runs.literal(id);
                    let own = if literal == 0 { place } else { runs.place(spends.with(literal)) };
                    runs.places[usize::from(id)] = own;
                }
            }
        });
        runs.ids = (0..).zip(&runs.places).filter(|(_, place)| **place > 1).map(|(id, _)| id).collect();
        runs
    }

    /// The keystrokes.
    pub fn keys(&self) -> &'a Keys<'a> {
        self.keys
    }

    /// The keystrokes that are a letter's character, without those that are in no run. What is read is no form of a Latin letter, whatever tables
    /// say: a run would be told once for each way to spend its keystrokes on the same letters, which are thousands of millions.
    fn literal(&self, id: LetterId) -> u64 {
        let barred = if self.keys.letters().readings(id).is_empty() { 0 } else { self.latin };
        self.keys.literal(id) & !(self.left_out | barred)
    }

    /// Keeps what may be spent, and tells its place.
    fn place(&mut self, spends: Spends) -> u16 {
        self.links.push(spends.link());
        self.spends.push(spends);
        self.spends.len() as u16 - 1
    }

    /// What a letter may spend, if anything.
    fn spends(&self, id: LetterId) -> Option<&Spends> {
        let place = usize::from(self.places[usize::from(id)]);
        (place > 1).then(|| &self.spends[place])
    }

    fn link(&self, id: LetterId) -> &Link {
        &self.links[usize::from(self.places[usize::from(id)])]
    }

    /// The keystrokes that a letter may spend.
    pub fn starts(&self, id: LetterId) -> u64 {
        let spends = &self.spends[usize::from(self.places[usize::from(id)])];
        spends.literal | spends.full
    }

    /// After how many keystrokes a letter may end that begins at one of these, by its character or its whole syllable.
    pub fn ends(&self, id: LetterId, begins: u64) -> u64 {
        let Spends { literal, ends, .. } = &self.spends[usize::from(self.places[usize::from(id)])];
        let whole = ends.iter().filter(|(begin, _)| begins >> begin & 1 == 1);
        whole.fold((begins & literal) << 1, |set, (_, ends)| set | ends)
    }

    /// After how many keystrokes a letter may end that begins at one, whichever letter.
    pub fn reached(&self, at: usize) -> u64 {
        self.reached[at]
    }

    /// After how many two letters or more may.
    pub fn reached_by_several(&self, at: usize) -> u64 {
        let (mut set, mut left) = (0, self.reached[at]);
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            let next = self.reached[at];
            left |= next & !set;
            set |= next;
        }
        set
    }

    /// After how many keystrokes a run that goes on at a keystroke must end.
    fn limit(&self, at: usize) -> usize {
        limit(self.keys, self.cuts, at)
    }

    /// The letters with which runs may begin.
    pub fn letters(&self) -> impl Iterator<Item = LetterId> + '_ {
        self.ids.iter().copied().filter(|id| self.link(*id).ends != 0)
    }

    /// The letters that spend anything, and which keystrokes each may be.
    pub fn spent(&self) -> Vec<(LetterId, u64)> {
        let spent = |spends: &Spends| {
            let tails = members(spends.tail).fold(spends.literal, |set, at| set | range(at, self.limit(at)));
            let last = |ends: &u64| ends.checked_ilog2().unwrap_or(0) as usize;
            spends.ends.iter().fold(tails, |set, (at, ends)| set | range(usize::from(*at), last(ends)))
        };
        let spent: Vec<u64> = self.spends.iter().map(spent).collect();
        self.ids.iter().map(|id| (*id, spent[usize::from(self.places[usize::from(*id)])])).collect()
    }

    /// Whether no keystroke is a letter of pinyin.
    pub fn are_hanzi(&self) -> bool {
        self.latin == 0
    }

    /// The texts in which [`Runs::covered`] may find anything: of every two hanzi one after another the one that fewer hold is in them, or the
    /// last is their first.
    pub fn holding(&self, texts: &Texts) -> Marks {
        if !self.are_hanzi() {
            // Few texts are looked through sooner than many letters.
            let few = texts.len() < self.ids.len();
            let letters = || texts.holding(Somewhere::Anywhere, &self.letters().collect::<Vec<LetterId>>());
            return if few { Marks::all(texts.len()) } else { letters() };
        }
        let last = self.keys.all().len() - 1;
        let mut rarest = Vec::new();
        for at in 0..last {
            if self.cuts >> (at + 1) & 1 == 0 && self.left_out & range(at, at + 2) == 0 {
                rarest.extend(self.keys.rarest(range(at, at + 2), texts).unwrap_or_default());
            }
        }
        let mut holding = texts.holding(Somewhere::Anywhere, &rarest);
        let last = self.keys.rarest(1 << last & !self.left_out, texts).unwrap_or_default();
        holding.add(&texts.holding(Somewhere::First, last));
        holding
    }

    /// Whether a text has two letters of which the second may begin where the first may end, or begins with one that may be typed last.
    fn may_cover(&self, text: &[LetterId]) -> bool {
        let last = 1 << self.keys.all().len();
        let (mut before, mut goes_on) = (0, self.link(text[0]).ends & last);
        // Without a branch, for which letters of a directory give no rule.
        for id in text {
            let link = self.link(*id);
            goes_on |= before & link.begins;
            before = link.ends | before & link.passes;
        }
        goes_on != 0
    }

    /// The keystrokes in runs of two letters or more in a text, or of its first letter and the last typed.
    pub fn covered(&self, text: &[LetterId]) -> u64 {
        if self.are_hanzi() {
            return self.covered_by_hanzi(text);
        }
        if !self.may_cover(text) {
            return 0;
        }
        // By how many keystrokes are reached, those of the longest run that ends there.
        let mut covers = [0u64; 64];
        let mut covered = 0u64;
        let mut reached = 0u64;
        let last = self.keys.all().len();
        for (at, id) in text.iter().enumerate() {
            let Some(spends) = self.spends(*id) else {
                if reached != 0 && !self.keys.letters().is_silent(*id) {
                    reached = 0;
                }
                continue;
            };
            let goes_on = reached & !self.cuts;
            let within_latin = spends.latin && at > 0 && is_latin(self.keys.letters().folded(text[at - 1]));
            let from = if within_latin { goes_on } else { u64::MAX };
            let mut next = 0u64;
            let (literal, full) = (from & spends.literal, from & spends.full);
            for start in members(goes_on & spends.tail) {
                covered |= covers[start] | range(start, self.limit(start));
            }
            // From the last backwards: a run ends after it begins, so no cover is overwritten before it is read.
            let mut left = literal | full;
            while left != 0 {
                let start = left.ilog2() as usize;
                left &= !(1 << start);
                let before = if goes_on >> start & 1 == 1 { covers[start] } else { 0 };
                let whole = spends.ends.iter().find(|(begin, _)| usize::from(*begin) == start);
                let ends = if literal >> start & 1 == 1 { 1 << (start + 1) } else { 0 }
                    | whole.filter(|_| full >> start & 1 == 1).map_or(0, |(_, ends)| *ends);
                for end in members(ends) {
                    let cover = before | range(start, end);
                    if next >> end & 1 == 0 || cover.count_ones() > covers[end].count_ones() {
                        covers[end] = cover;
                    }
                    next |= 1 << end;
                    if before != 0 || (at == 0 && end == last) {
                        covered |= cover;
                    }
                }
            }
            reached = next;
        }
        covered
    }

    /// The same where all keystrokes are hanzi: each run is made of pairs.
    fn covered_by_hanzi(&self, text: &[LetterId]) -> u64 {
        let last = (1 << self.keys.all().len()) >> 1;
        let (mut before, mut covered) = (0, self.link(text[0]).begins & last);
        for id in text {
            let link = self.link(*id);
            let pairs = before & link.begins & !self.cuts;
            covered |= pairs | pairs >> 1;
            before = link.ends | before & link.passes;
        }
        covered
    }

    /// Every run in a text, with all its beginnings: of two letters or more, or the whole text, or the text's first letter and the last
    /// typed.
    pub fn all(&self, text: &[LetterId]) -> Vec<Run> {
        let mut runs = Vec::new();
        for start in 0..text.len() {
            if !begins_word(self.keys, text, start) {
                continue;
            }
            let Some(spends) = self.spends(text[start]) else { continue };
            for key in members(spends.literal | spends.full) {
                self.extend(text, Run { keys: (key, key), letters: (start, start), layer: Layer::Literal }, &mut runs);
            }
        }
        runs
    }

    /// The runs that are a whole text, as their keystrokes and layers.
    pub fn whole(&self, text: &[LetterId]) -> Vec<Run> {
        let mut runs = Vec::new();
        let starts = text.first().map_or(0, |id| self.starts(*id));
        let is_spent = |id: &LetterId| self.spends(*id).is_some() || self.keys.letters().is_silent(*id);
        if starts == 0 || !text.iter().all(is_spent) {
            return runs;
        }
        for key in members(starts) {
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
        let Some(spends) = self.spends(*id) else { return };
        let whole = spends.ends.iter().find(|(begin, _)| usize::from(*begin) == key).map_or(0, |(_, ends)| *ends);
        let literal = if spends.literal >> key & 1 == 1 { 1u64 << (key + 1) } else { 0 };
        let within = if !is_first && spends.tail >> key & 1 == 1 { 1u64 << self.limit(key) } else { 0 };
        if within != 0 {
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

/// After how many keystrokes a run that goes on at one must end; `cuts` has a bit for each before which none goes on.
fn limit(keys: &Keys<'_>, cuts: u64, at: usize) -> usize {
    members(cuts & !range(0, at + 1)).next().unwrap_or(keys.all().len())
}
