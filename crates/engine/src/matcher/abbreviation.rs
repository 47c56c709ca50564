//! Abbreviations of organisations by rule: characters of a name in order, from the beginnings of its words and the end of its type.
//!
//! 华中农大 is 华中|农业|大学, 物理所 is 中国科学院|物理|研究所, 上海光机所 is 中国科学院|上海|光学|精密|机械|研究所. By hanzi, by whole syllables, or both.

use super::keys::{Keys, Span, members, range};
use super::lexicon::{Lexicon, Stand, is_organisation};
use super::runs::Runs;
use super::steps::{Layer, Sets, spell, step};
use super::{By, Found, Value};
use crate::index::{Index, LetterId, Somewhere, Texts};
use crate::marks::Marks;
use crate::query::{is_latin, is_wildcard};
use crate::words::Class;

/// The most characters of an abbreviation, and the most words that are looked through for it.
const MAX_LENGTH: usize = 10;
const MAX_WORDS: usize = 16;
/// From how many letters on the initials of a whole name are looked for.
const MIN_INITIALS: usize = 3;
/// Vowels, those first with which the fewest syllables begin: with the first three none does.
const VOWELS: [char; 6] = ['i', 'u', 'v', 'o', 'e', 'a'];
/// Words that an abbreviation leaves out cost so much each; what it leaves out at the end costs more.
const LEFT_OUT: u8 = 1;
const NO_KIND: u8 = 3;

/// One word of a name: its first letter, one past its last, and its class; none for a letter that no word covers.
type Word = (usize, usize, Option<Class>);

/// Reports organisations that a span abbreviates, and those whose initials it is. `runs` is of the same keystrokes.
pub fn find_abbreviated(
    index: &Index,
    lexicon: &Lexicon,
    keys: &Keys<'_>,
    runs: &Runs<'_>,
    spans: &[Span],
    report: &mut dyn FnMut(Found),
) {
    let may = |span: &&Span| !keys.all()[span.start..span.limit()].iter().any(|key| is_wildcard(*key));
    let spans: Vec<Sieved> = spans.iter().filter(may).map(|span| Sieved::of(keys, runs, *span)).collect();
    let rarest = spans.iter().filter_map(|sieved| sieved.initials).fold(0, |set, at| set | 1 << at);
    for (place, column) in (0..).zip(index.columns()).filter(|(_, column)| is_organisation(column)) {
        let mut tell = |number, span: &Span, by, to: usize, (start, end): (usize, usize), cost| {
            let letters = (start as u32, end as u32);
            report(Found::new(Value::Cell(place, number), by, (span.start, to), letters, cost));
        };
        let texts = column.texts();
        likely(keys, &spans, texts).each(&mut |number| {
            let text = texts.get(number);
            let Some(stands) = lexicon.stands(index, place, number) else { return };
            let held = text.iter().fold(0, |set, id| set | runs.starts(*id));
            let mut cut: Option<Vec<Word>> = None;
            // The ends of spans that stand in the text as they are, which is no abbreviation: shorter spans of the same ends come later.
            let mut standing = 0;
            for Sieved { span, ends, .. } in spans.iter().filter(|sieved| held & sieved.needed == sieved.needed) {
                let ends = if ends & !standing == 0 { 0 } else { may_hold(runs, span, text) & ends & !standing };
                // Most texts that pass begin with what was typed.
                let mut begun = span.start;
                while text.get(begun - span.start).is_some_and(|id| keys.literal(*id) >> begun & 1 == 1) {
                    begun += 1;
                }
                standing |= ends & range(0, begun + 1);
                let stand = members(ends & !standing).filter(|to| stands_there(keys, (span.start, *to), text));
                standing |= stand.fold(0, |set, to| set | 1 << to);
                let ends = ends & !standing;
                if ends != 0 {
                    let words = cut.get_or_insert_with(|| words(text, stands));
                    for (to, found) in abbreviate(keys, &Span { start: span.start, ends }, text, words) {
                        tell(number, span, By::Abbreviation, to, found.letters, found.cost.into());
                    }
                }
            }
        });
        // Where it is not known which texts hold a letter, all would be looked through for nothing.
        if rarest == 0 {
            continue;
        }
        let beginning: Vec<LetterId> = keys.beginning(rarest).collect();
        texts.holding(Somewhere::Anywhere, &beginning).each(&mut |number| {
            let Some(stands) = lexicon.stands(index, place, number) else { return };
            for Sieved { span, .. } in spans.iter().filter(|sieved| sieved.initials.is_some()) {
                find_initials(keys, span, texts.get(number), stands, &mut |to, letters| {
                    tell(number, span, By::Letters(Layer::Initials), to, letters, 0);
                });
            }
        });
    }
}

/// A span, and what every text must have in which it is found.
struct Sieved {
    span: Span,
    /// Its ends up to which there may be two characters or more.
    ends: u64,
    /// All its hanzi.
    hanzi: u64,
    /// These, and of a syllable at the beginning its first letter.
    needed: u64,
    /// Where no hanzi is, the letters with which it may begin, and those with which it may go on then.
    begins: Vec<LetterId>,
    goes_on: Vec<LetterId>,
    /// If it says enough to be initials, the keystroke with which the fewest letters of those begin that every text must hold.
    initials: Option<usize>,
}

impl Sieved {
    fn of(keys: &Keys<'_>, runs: &Runs<'_>, span: Span) -> Sieved {
        let typed = &keys.all()[span.start..span.limit()];
        let hanzi = keys.needed(&span);
        let needed = hanzi | u64::from(is_latin(typed[0])) << span.start;
        let ends = span.ends & runs.reached_by_several(span.start) & range(0, span.start + MAX_LENGTH + 1);
        let starting = |at: u64| match hanzi == 0 && ends != 0 {
            true => runs.letters().filter(|id| runs.starts(*id) & at != 0).collect(),
            false => Vec::new(),
        };
        let (begins, goes_on) = (starting(1 << span.start), starting(runs.reached(span.start)));
        Sieved { span, ends, hanzi, needed, begins, goes_on, initials: rarest_initial(keys, span) }
    }
}

/// If a span says enough to be initials, the rarest of those that every text must hold: a vowel, which is never the second letter of an initial.
fn rarest_initial(keys: &Keys<'_>, span: Span) -> Option<usize> {
    let typed = &keys.all()[..span.limit()];
    if !typed[span.start..].iter().all(|key| is_latin(*key)) {
        return None;
    }
    let least = members(span.ends).find(|to| to - span.start >= MIN_INITIALS)?;
    let rarity = |at: &usize| VOWELS.iter().position(|vowel| *vowel == typed[*at]).unwrap_or(VOWELS.len());
    (span.start..least).min_by_key(rarity)
}

/// The texts that may hold one of the spans: all of its hanzi, else a letter with which it may begin and one with which it may go on.
fn likely(keys: &Keys<'_>, spans: &[Sieved], texts: &Texts) -> Marks {
    let holding = |letters: &[LetterId]| texts.holding(Somewhere::Anywhere, letters);
    // Many spans have the same hanzi.
    let mut by_key: Vec<Option<Marks>> = vec![None; keys.all().len()];
    let mut likely = Marks::none(texts.len());
    for sieved in spans.iter().filter(|sieved| sieved.ends != 0) {
        let mut own = Marks::all(texts.len());
        for at in members(sieved.hanzi) {
            own.keep(by_key[at].get_or_insert_with(|| holding(keys.typed(at))));
        }
        if sieved.hanzi == 0 {
            own.keep(&holding(&sieved.begins));
            own.keep(&holding(&sieved.goes_on));
        }
        likely.add(&own);
    }
    likely
}

/// What of a span may be spent when letters of a text may be left out anywhere: a sieve.
fn may_hold(runs: &Runs<'_>, span: &Span, text: &[LetterId]) -> u64 {
    text.iter().fold(1 << span.start, |set, id| set | runs.ends(*id, set))
}

/// Whether keystrokes stand in a text as they are: that is no abbreviation.
fn stands_there(keys: &Keys<'_>, (from, to): (usize, usize), text: &[LetterId]) -> bool {
    text.windows(to - from).any(|part| (from..).zip(part).all(|(key, id)| keys.literal(*id) >> key & 1 == 1))
}

/// An abbreviation found in a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Abbreviated {
    /// The first letter spent, and one past the last.
    letters: (usize, usize),
    /// How much of the name is left out.
    cost: u8,
}

/// The cheapest way in which keystrokes abbreviate a name, for each end of a span.
fn abbreviate(keys: &Keys<'_>, span: &Span, text: &[LetterId], words: &[Word]) -> Vec<(usize, Abbreviated)> {
    let best = members(span.ends).map(|to| (to, None)).collect();
    let mut search = Search { keys, span, text, words, best, spent: Vec::with_capacity(MAX_LENGTH + 1) };
    search.go(span.start, 0, State { used: 0, first: 0, last_kind: false, cost: 0 });
    search.best.into_iter().filter_map(|(to, best)| Some((to, best?))).collect()
}

/// The words of a name.
fn words(text: &[LetterId], stands: &[Stand]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len());
    for (at, stand) in stands.iter().enumerate().take(text.len()) {
        match (stand, words.last_mut()) {
            (Stand::First(class), _) => words.push((at, at + 1, Some(*class))),
            (Stand::Open, _) | (_, None) => words.push((at, at + 1, None)),
            (Stand::Within | Stand::Shorter, Some(last)) => last.1 = at + 1,
        }
    }
    words.truncate(MAX_WORDS);
    words
}

/// What is decided of a name so far.
#[derive(Debug, Clone, Copy)]
struct State {
    /// How many words are used.
    used: usize,
    /// The first of them.
    first: usize,
    /// Whether the last of them says what it is.
    last_kind: bool,
    cost: u8,
}

struct Search<'a> {
    keys: &'a Keys<'a>,
    span: &'a Span,
    text: &'a [LetterId],
    words: &'a [Word],
    /// By end of the span.
    best: Vec<(usize, Option<Abbreviated>)>,
    spent: Vec<usize>,
}

impl Search<'_> {
    /// Goes on at a keystroke and a word.
    fn go(&mut self, at: usize, word: usize, state: State) {
        let dearer = |(to, best): &(usize, Option<Abbreviated>)| {
            *to >= at && best.as_ref().is_none_or(|best| best.cost > state.cost)
        };
        if self.spent.len() > MAX_LENGTH || !self.best.iter().any(dearer) {
            return;
        }
        if let Some(place) = self.best.iter().position(|(to, _)| *to == at) {
            self.end(place, word, state);
        }
        if at >= self.span.limit() {
            return;
        }
        let Some((start, end, class)) = self.words.get(word).copied() else { return };
        let own = State {
            used: state.used + 1,
            first: if state.used == 0 { word } else { state.first },
            last_kind: class == Some(Class::Kind),
            ..state
        };
        self.spend(at, (start, end), (word, own));
        if class == Some(Class::Kind) && end - start > 1 {
            // 所 for 研究所.
            self.spend(at, (end - 1, end), (word, own));
        }
        let may_skip = state.used > 0
            || class == Some(Class::Owner)
            || (class == Some(Class::Region) && word > 0 && self.words[word - 1].2 == Some(Class::Owner));
        if may_skip && !(state.used > 0 && state.last_kind && state.used > 1) {
            let cost = if class == Some(Class::Owner) && state.used == 0 { 0 } else { LEFT_OUT };
            self.go(at, word + 1, State { cost: state.cost + cost, ..state });
        }
    }

    /// Spends letters of a word from its first on, as many as may be, and goes on after each.
    fn spend(&mut self, at: usize, (letter, end): (usize, usize), (word, state): (usize, State)) {
        let id = self.text[letter];
        let begins = letter == self.words[word].0;
        let literal = self.keys.literal(id) >> at & 1;
        let reading = self.keys.letters().readings(id).first().filter(|_| is_latin(self.keys.all()[at]));
        let full = reading.map_or(0, |syllable| spell(*syllable, self.keys, at, self.span.limit()).full);
        for next in members(literal << (at + 1) | full) {
            self.spent.push(letter);
            self.go(next, word + 1, state);
            if letter + 1 < end && next < self.span.limit() {
                self.spend(next, (letter + 1, end), (word, state));
            }
            if begins && letter + 2 < end && next < self.span.limit() && state.last_kind {
                // 科院 for 科学院.
                self.spend(next, (end - 1, end), (word, state));
            }
            self.spent.pop();
        }
    }

    /// All up to an end is spent, and `word` is the next: keeps the way if it may end here.
    fn end(&mut self, place: usize, word: usize, state: State) {
        let left = self.words[word.min(self.words.len())..].iter();
        let kind = left.clone().position(|(.., class)| *class == Some(Class::Kind));
        let begins = state.first == 0;
        let cost = if state.last_kind {
            // What follows is a part of the organisation.
            state.cost + left.len().min(4) as u8
        } else if kind.is_some_and(|kind| kind <= 1) && begins && state.used > 1 {
            // 北航 without its 大学.
            state.cost + NO_KIND + left.len().min(4) as u8
        } else {
            return;
        };
        let (Some(first), Some(last)) = (self.spent.first(), self.spent.last()) else { return };
        let word = self.words.iter().find(|(start, end, _)| (*start..*end).contains(last));
        let last_end = word.map_or(last + 1, |word| word.1);
        let leaves_out = last - first + 1 > self.spent.len();
        let best = &mut self.best[place].1;
        if state.used > 1 && leaves_out && best.as_ref().is_none_or(|best| cost < best.cost) {
            *best = Some(Abbreviated { letters: (*first, last_end), cost: cost.min(15) });
        }
    }
}

/// Tells whether a span is the initials of a name from its beginning, or from behind its owner, to the end of a word.
fn find_initials(
    keys: &Keys<'_>,
    span: &Span,
    text: &[LetterId],
    stands: &[Stand],
    tell: &mut dyn FnMut(usize, (usize, usize)),
) {
    let is_first = |at: usize| matches!(stands.get(at), None | Some(Stand::First(_) | Stand::Open));
    let has_owner = stands.first() == Some(&Stand::First(Class::Owner));
    let behind_owner = if has_owner { (1..text.len()).find(|at| is_first(*at)) } else { None };
    // The second letter begins with the keystroke after the first or, behind zh, ch and sh, the one after that.
    let second = range(span.start + 1, span.start + 3);
    let begins = |start: &usize| {
        let goes_on = text.get(start + 1).is_some_and(|id| keys.begun(*id) & second != 0);
        goes_on && keys.begun(text[*start]) >> span.start & 1 == 1
    };
    for start in std::iter::once(0).chain(behind_owner).filter(begins) {
        let mut sets = Sets::at(span.start).only(&[Layer::Initials]);
        for (at, id) in text.iter().enumerate().skip(start) {
            sets = step(&sets.unfinished(span.limit()), keys, span, *id).only(&[Layer::Initials]);
            if sets.is_empty() {
                break;
            }
            for to in members(sets.any() & span.ends) {
                if to - span.start >= MIN_INITIALS && at + 1 - start >= MIN_INITIALS && is_first(at + 1) {
                    tell(to, (start, at + 1));
                }
            }
        }
    }
}
