//! How well people are found: class by class when all is typed, and letter by letter on the way to their names.

use crate::directory::Directory;
use crate::labels::{Name, Query, queries};
use serde::Serialize;
use std::collections::HashMap;
use std::{thread, time::Instant};

/// How many queries of each class, and how many people are typed letter by letter.
const EACH: usize = 120;

/// The seed by which they are drawn.
const SEED: u64 = 1;

/// What one screen shows.
const SCREEN: usize = 10;

/// Of more records meant than this, so many are asked for: nobody reads on.
const MOST: usize = 100;

/// What was measured of one directory.
#[derive(Serialize)]
pub struct Report {
    pub records: usize,
    pub classes: Vec<Class>,
    pub spellings: Vec<Spelling>,
}

/// Queries of one class, whole.
#[derive(Serialize)]
pub struct Class {
    pub class: &'static str,
    pub queries: usize,
    /// Of the first R hits the share that is meant, where R records are meant (100 where it is more), in the mean.
    pub r_precision: f64,
    /// One by the place of the first hit that is meant, among the first hundred or R, 0 if there is none; in the mean.
    pub mrr: f64,
    /// The share of queries for which one who is meant stands on the first screen.
    pub on_screen: f64,
    /// Milliseconds, natively.
    pub median: f64,
    pub slowest: f64,
}

/// Names typed letter by letter to their end in one spelling. Who has the same name as somebody stands for him.
#[derive(Serialize)]
pub struct Spelling {
    pub spelling: &'static str,
    pub people: usize,
    /// The share of people who, once on the first screen, never leave it; of those who come there.
    pub stays: f64,
    /// The share of people who never come to the first screen.
    pub never_on_screen: f64,
    /// How many keystrokes it takes until they stand first, in the mean; the name's length and one more for those who never do.
    pub keystrokes_to_first: f64,
    /// The share of people who stand first at no keystroke.
    pub never_first: f64,
    /// Keystrokes of the whole name in the mean.
    pub keystrokes: f64,
    /// Some of those who left, with what was typed then.
    pub left: Vec<String>,
}

/// Measures all classes and spellings.
pub fn measure(directory: &Directory) -> Report {
    let queries = queries(directory, EACH, SEED);
    let answers = in_parallel(&queries, |query| answer(directory, query));
    let pairs: Vec<(&Query, Answer)> = queries.iter().zip(answers).collect();
    let classes = pairs.chunk_by(|one, other| one.0.class == other.0.class).map(class).collect();

    let mut rng = fastrand::Rng::with_seed(SEED);
    let mut people: Vec<Name> = directory.records.iter().filter_map(Name::of).collect();
    rng.shuffle(&mut people);
    people.truncate(EACH);
    let same_name = same_name(directory);
    let spelling = |(spelling, spell): (&'static str, Spell)| {
        let typed = in_parallel(&people, |person| type_in(directory, &spell(person), &same_name[&person.hanzi()]));
        summary(spelling, &typed)
    };
    Report { records: directory.records.len(), classes, spellings: SPELLINGS.into_iter().map(spelling).collect() }
}

type Spell = fn(&Name) -> String;

/// How names are spelt.
const SPELLINGS: [(&str, Spell); 4] =
    [("pinyin", Name::pinyin), ("initials", Name::initials), ("hanzi", Name::hanzi), ("mixed", Name::mixed)];

struct Answer {
    r_precision: f64,
    /// 0 for none.
    reciprocal: f64,
    on_screen: bool,
    milliseconds: f64,
}

fn answer(directory: &Directory, query: &Query) -> Answer {
    let begin = Instant::now();
    let screen = directory.first(&query.text, SCREEN);
    let milliseconds = begin.elapsed().as_secs_f64() * 1e3;
    let is_meant = |record: &u32| query.meant.binary_search(record).is_ok();
    let hits = directory.first(&query.text, MOST);
    let r = query.meant.len().min(MOST);
    let place = hits.iter().position(is_meant);
    Answer {
        r_precision: hits.iter().take(r).filter(|record| is_meant(record)).count() as f64 / r as f64,
        reciprocal: place.map_or(0.0, |place| 1.0 / (place + 1) as f64),
        on_screen: screen.iter().any(is_meant),
        milliseconds,
    }
}

fn class(pairs: &[(&Query, Answer)]) -> Class {
    let mean = |figure: fn(&Answer) -> f64| mean(pairs.iter().map(|(_, answer)| figure(answer)));
    let mut times: Vec<f64> = pairs.iter().map(|(_, answer)| answer.milliseconds).collect();
    times.sort_by(f64::total_cmp);
    Class {
        class: pairs[0].0.class,
        queries: pairs.len(),
        r_precision: mean(|answer| answer.r_precision),
        mrr: mean(|answer| answer.reciprocal),
        on_screen: mean(|answer| f64::from(u8::from(answer.on_screen))),
        median: times[times.len() / 2],
        slowest: times[times.len() - 1],
    }
}

/// One name typed to its end: the place on the screen after each keystroke.
struct Typed {
    text: String,
    places: Vec<Option<usize>>,
}

fn type_in(directory: &Directory, text: &str, meant: &[u32]) -> Typed {
    let prefixes = text.char_indices().map(|(at, letter)| &text[..at + letter.len_utf8()]);
    let place = |prefix| directory.first(prefix, SCREEN).iter().position(|record| meant.contains(record));
    Typed { text: text.into(), places: prefixes.map(place).collect() }
}

impl Typed {
    /// The first keystroke, from 1, after which they are not on the screen although they were.
    fn leaves(&self) -> Option<usize> {
        let came = self.places.iter().position(Option::is_some)?;
        self.places[came..].iter().position(Option::is_none).map(|after| came + after + 1)
    }

    fn is_on_screen(&self) -> bool {
        self.places.iter().any(Option::is_some)
    }

    /// The keystroke, from 1, after which they stand first.
    fn first(&self) -> Option<usize> {
        self.places.iter().position(|place| *place == Some(0)).map(|at| at + 1)
    }
}

fn summary(spelling: &'static str, typed: &[Typed]) -> Spelling {
    let share = |holds: fn(&Typed) -> bool| mean(typed.iter().map(|typed| f64::from(u8::from(holds(typed)))));
    let left = typed.iter().filter_map(|typed| {
        let letters: String = typed.text.chars().take(typed.leaves()?).collect();
        Some(format!("{letters} ({})", typed.text))
    });
    let came = typed.iter().filter(|typed| typed.is_on_screen());
    Spelling {
        spelling,
        people: typed.len(),
        stays: mean(came.map(|typed| f64::from(u8::from(typed.leaves().is_none())))),
        never_on_screen: share(|typed| !typed.is_on_screen()),
        keystrokes_to_first: mean(typed.iter().map(|typed| typed.first().unwrap_or(typed.places.len() + 1) as f64)),
        never_first: share(|typed| typed.first().is_none()),
        keystrokes: mean(typed.iter().map(|typed| typed.places.len() as f64)),
        left: left.take(8).collect(),
    }
}

/// The records of everybody of a name.
fn same_name(directory: &Directory) -> HashMap<String, Vec<u32>> {
    let mut by: HashMap<String, Vec<u32>> = HashMap::new();
    for (number, record) in (0..).zip(&directory.records) {
        by.entry(record.name.text().to_string()).or_default().push(number);
    }
    by
}

/// 0 for nothing.
fn mean(figures: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = figures.fold((0.0, 0), |(sum, count), figure| (sum + figure, count + 1));
    sum / f64::from(count.max(1))
}

/// The results in the order of the things, from as many threads as there are cores.
fn in_parallel<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    // Neighbours cost alike, so each thread takes every nth.
    let share = |first: usize| things.iter().skip(first).step_by(cores).map(&work).collect::<Vec<R>>();
    let mut parts: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|first| scope.spawn(move || share(first).into_iter())).collect();
        threads.into_iter().map(|thread| thread.join().expect("no measure panics")).collect()
    });
    (0..things.len()).filter_map(|at| parts[at % cores].next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(places: &[Option<usize>]) -> Typed {
        Typed { text: "abcdef".chars().take(places.len()).collect(), places: places.to_vec() }
    }

    #[test]
    fn sequences_are_summed_up() {
        let summary = summary(
            "pinyin",
            &[
                typed(&[None, Some(3), Some(0)]),
                typed(&[Some(1), None, Some(0)]),
                typed(&[None, None]),
                typed(&[Some(5), Some(4), Some(4), Some(4)]),
            ],
        );
        assert_eq!((summary.people, summary.keystrokes), (4, 3.0));
        assert_eq!(summary.stays, 2.0 / 3.0);
        assert_eq!((summary.never_on_screen, summary.never_first), (0.25, 0.5));
        assert_eq!(summary.keystrokes_to_first, (3.0 + 3.0 + 3.0 + 5.0) / 4.0);
        assert_eq!(summary.left, ["ab (abc)"]);
    }

    #[test]
    fn results_of_threads_keep_their_order() {
        let numbers: Vec<u32> = (0..17).collect();
        assert_eq!(in_parallel(&numbers, |number| number * 2), numbers.iter().map(|n| n * 2).collect::<Vec<u32>>());
        assert!(in_parallel(&numbers[..0], |number| *number).is_empty());
    }
}
