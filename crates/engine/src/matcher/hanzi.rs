//! Weak matches of hanzi: other characters of the same sound, one wrong character, two changed about, one missing or too many. Names only,
//! by one scan: with an error to spend, a walk through the FST would visit most of it.

use super::keys::{Keys, Span, members, range};
use super::lexicon::Lexicon;
use super::{By, Found, Value};
use crate::index::{Index, LetterId, Somewhere, Texts};
use crate::marks::Marks;
use crate::pinyin::SYLLABLE_CODES;
use crate::query::{is_latin, is_wildcard};

/// From how many characters on a name may have others of the same sound, or one wrong.
pub const MIN_SIMILAR: usize = 3;
/// From how many characters on, typed or of the name, one may be missing or too many.
pub const MIN_GAP: usize = 4;

/// How much of the keystrokes may be spent, by what was forgiven.
#[derive(Debug, Clone, Copy)]
struct Sets {
    /// Nothing.
    same: u64,
    /// Any number of characters of the same sound.
    sound: u64,
    /// One character, or two beside each other changed about.
    wrong: u64,
    /// Nothing, but the next keystroke before the one that comes now.
    early: u64,
    /// One character left out or too many.
    gap: u64,
}

/// Reports every name that begins as a span of three characters or more says but for such an error.
pub fn find_similar(index: &Index, lexicon: &Lexicon, keys: &Keys<'_>, spans: &[Span], report: &mut dyn FnMut(Found)) {
    let is_hanzi = |key: &char| !is_latin(*key) && !is_wildcard(*key);
    let fits = |span: &&Span| {
        span.limit() - span.start >= MIN_SIMILAR && keys.all()[span.start..span.limit()].iter().all(is_hanzi)
    };
    let spans: Vec<&Span> = spans.iter().filter(fits).collect();
    if spans.is_empty() {
        return;
    }
    let sounds = sounds(lexicon, keys);
    let texts = index.names().texts();
    likely(&sounds, &spans, texts).each(&mut |name| {
        let text = texts.get(name);
        for span in spans.iter().filter(|span| span.ends.trailing_zeros() as usize - span.start <= text.len() + 1) {
            one_name(keys, &sounds, span, text, &mut |by, to, end, cost| {
                report(Found::new(Value::Name(name), by, (span.start, to), (0, end as u32), cost));
            });
        }
    });
}

/// The names that may be told: with one error at most each holds one of any two of the keystrokes, or what sounds like it.
fn likely(sounds: &[u64], spans: &[&Span], names: &Texts) -> Marks {
    let letters = (0..).zip(sounds).filter(|(_, keys)| **keys != 0);
    let letters: Vec<(LetterId, u64)> = letters.map(|(id, keys): (LetterId, &u64)| (id, *keys)).collect();
    let sounding = |key: usize| letters.iter().filter(move |(_, keys)| keys >> key & 1 == 1).map(|(id, _)| *id);
    let count_of = names.counts();
    let count = |key: &usize| sounding(*key).map(&count_of).sum::<usize>();
    let mut rarest = Vec::new();
    for span in spans {
        let mut typed = range(span.start, span.ends.trailing_zeros() as usize);
        for _ in 0..2 {
            if let Some(key) = members(typed).min_by_key(count) {
                rarest.extend(sounding(key));
                typed &= !(1 << key);
            }
        }
    }
    names.holding(Somewhere::Anywhere, &rarest)
}

/// By letter, the keystrokes that share a sound with it, or are it.
fn sounds(lexicon: &Lexicon, keys: &Keys<'_>) -> Vec<u64> {
    let letters = keys.letters();
    let mut by_syllable = vec![0u64; SYLLABLE_CODES];
    for (at, key) in keys.all().iter().enumerate() {
        for syllable in lexicon.readings(letters, *key) {
            by_syllable[syllable.code()] |= 1 << at;
        }
    }
    let of = |id: LetterId| letters.readings(id).iter().fold(keys.literal(id), |set, s| set | by_syllable[s.code()]);
    (0..letters.len() as LetterId).map(of).collect()
}

/// Tells for each end of the span that a name reaches by an error: by which, the end, how many letters, and how many are other ones.
fn one_name(
    keys: &Keys<'_>,
    sounds: &[u64],
    span: &Span,
    text: &[LetterId],
    tell: &mut dyn FnMut(By, usize, usize, usize),
) {
    let first = 1u64 << span.start;
    let mut sets = Sets { same: first, sound: first, wrong: 0, early: 0, gap: first << 1 };
    let mut length = 0;
    // The ends told already: the first way is the best.
    let (mut told, mut wrong) = (0u64, 0u64);
    for (place, id) in text.iter().enumerate() {
        if keys.letters().is_silent(*id) {
            continue;
        }
        length += 1;
        let (literal, sound) = (keys.literal(*id), sounds[usize::from(*id)]);
        let same = (sets.same & literal) << 1;
        sets = Sets {
            same,
            sound: (sets.sound & sound) << 1,
            wrong: (sets.wrong & literal) << 1
                | (sets.early & literal) << 2
                | if keys.letters().readings(*id).is_empty() { 0 } else { sets.same << 1 },
            early: sets.same & literal >> 1,
            // Too many in the name; typed too many.
            gap: (sets.gap & literal) << 1 | sets.same | same << 1,
        };
        if sets.sound | sets.wrong | sets.early | sets.gap == 0 {
            return;
        }
        for to in members((sets.sound | sets.wrong) & span.ends & !told) {
            // Words put apart are not one misspelt name.
            if to - span.start < MIN_SIMILAR || keys.parted(span.start, to) {
                continue;
            }
            if sets.same >> to & 1 == 1 {
                told |= 1 << to;
            } else if sets.sound >> to & 1 == 1 {
                told |= 1 << to;
                let loud = text[..=place].iter().filter(|id| !keys.letters().is_silent(**id));
                let others = loud.zip(span.start..).filter(|(id, key)| keys.literal(**id) >> key & 1 == 0).count();
                tell(By::Homophone, to, place + 1, others);
            } else if wrong >> to & 1 == 0 {
                // A whole name with one missing may be nearer, so this does not end the search.
                wrong |= 1 << to;
                tell(By::Similar, to, place + 1, 1);
            }
        }
    }
    for to in members(sets.gap & span.ends & !told) {
        let typed = to - span.start;
        if length.max(typed) >= MIN_GAP && length.min(typed) >= MIN_SIMILAR && !keys.parted(span.start, to) {
            tell(By::Gap, to, text.len(), 1);
        }
    }
}
