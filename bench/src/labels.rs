//! Queries with the records they mean, class by class. In a synthetic directory nobody has to say who is meant: it follows from the names
//! and values that the query was made of.

use crate::directory::{Directory, values};
use engine::record::{Field, Record, Shape};
use std::collections::{BTreeMap, HashMap};

/// A query and the numbers of the records that it means, ascending.
pub struct Query {
    pub class: &'static str,
    pub text: String,
    pub meant: Vec<u32>,
}

/// A personal name of hanzi that all have a reading.
pub struct Name {
    /// One for each hanzi.
    pub letters: Vec<char>,
    /// The settled reading of each.
    pub syllables: Vec<String>,
}

impl Name {
    /// The name of a person, if it is of two to four hanzi with readings.
    pub fn of(record: &Record) -> Option<Name> {
        let letters: Vec<char> = record.name.text().chars().collect();
        let syllable = |readings: &engine::record::Readings| {
            let (initial, ending) = readings.0.first()?.halves();
            Some([initial, ending].concat())
        };
        let syllables = record.name.readings().iter().map(syllable).collect::<Option<Vec<String>>>()?;
        (record.shape == Shape::Person && (2..=4).contains(&letters.len())).then_some(Name { letters, syllables })
    }

    pub fn hanzi(&self) -> String {
        self.letters.iter().collect()
    }

    pub fn pinyin(&self) -> String {
        self.syllables.concat()
    }

    pub fn initials(&self) -> String {
        self.syllables.iter().map(|syllable| &syllable[..1]).collect()
    }

    /// The surname as hanzi, the rest as pinyin.
    pub fn mixed(&self) -> String {
        self.letters[0].to_string() + &self.syllables[1..].concat()
    }
}

/// Finds the records that share what a query is made of.
struct Lookup {
    by: HashMap<(Key, String), Vec<u32>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Name,
    /// The first two hanzi of longer names.
    Prefix,
    /// Any two neighbouring hanzi of a name.
    Inside,
    Pinyin,
    /// All but what follows the last syllable's first letter.
    PinyinPrefix,
    Initials,
    Mixed,
    NameOrg,
    Org,
    Discipline,
    OrgDiscipline,
}

impl Lookup {
    fn of(directory: &Directory) -> Lookup {
        let mut lookup = Lookup { by: HashMap::new() };
        for (number, record) in (0..).zip(&directory.records) {
            let name = record.name.text();
            lookup.add(Key::Name, name.to_string(), number);
            for org in values(record, Field::Org) {
                lookup.add(Key::Org, org.to_string(), number);
                lookup.add(Key::NameOrg, format!("{name} {org}"), number);
                for discipline in values(record, Field::Discipline) {
                    lookup.add(Key::OrgDiscipline, format!("{org}{discipline}"), number);
                }
            }
            values(record, Field::Discipline).for_each(|text| lookup.add(Key::Discipline, text.to_string(), number));
            let Some(name) = Name::of(record) else { continue };
            let letters = &name.letters;
            lookup.add(Key::Prefix, letters[..2].iter().collect(), number);
            letters.windows(2).for_each(|two| lookup.add(Key::Inside, two.iter().collect(), number));
            lookup.add(Key::Pinyin, name.pinyin(), number);
            for end in 1..=name.pinyin().len() {
                lookup.add(Key::PinyinPrefix, name.pinyin()[..end].to_string(), number);
            }
            lookup.add(Key::Initials, name.initials(), number);
            lookup.add(Key::Mixed, name.mixed(), number);
        }
        lookup
    }

    fn add(&mut self, key: Key, text: String, record: u32) {
        let records = self.by.entry((key, text)).or_default();
        if records.last() != Some(&record) {
            records.push(record);
        }
    }

    fn records(&self, key: Key, text: &str) -> Vec<u32> {
        self.by.get(&(key, text.to_string())).cloned().unwrap_or_default()
    }
}

/// `each` queries of every class, fewer where a directory has not so many; by a seed, so that two engines are asked the same.
pub fn queries(directory: &Directory, each: usize, seed: u64) -> Vec<Query> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let lookup = Lookup::of(directory);
    let homophones = homophones(directory);
    let variants = variants(directory);
    let mut order: Vec<u32> = (0..directory.records.len() as u32).collect();
    rng.shuffle(&mut order);

    let mut queries = Vec::new();
    for class in CLASSES {
        let mut left = each;
        for number in &order {
            let record = &directory.records[*number as usize];
            let Some((text, key, meant)) = make(class, record, &mut rng, &homophones, &variants) else { continue };
            // A slip that makes somebody else's name is no slip.
            if text != meant && !lookup.records(key, &text).is_empty() {
                continue;
            }
            queries.push(Query { class, meant: lookup.records(key, &meant), text });
            left -= 1;
            if left == 0 {
                break;
            }
        }
    }
    queries
}

/// What [`queries`] makes, in the order of tables.
const CLASSES: [&str; 16] = [
    "name_exact",
    "name_prefix2",
    "given_name",
    "pinyin_full",
    "pinyin_spaced",
    "pinyin_prefix",
    "initials",
    "hanzi_pinyin_mixed",
    "variant",
    "homophone",
    "pinyin_slip",
    "wrong_hanzi",
    "name_org",
    "org_exact",
    "field_exact",
    "org_field_joined",
];

/// The query of a class that somebody types who means this record: the text, and by what, written how, all who are meant are found.
fn make(
    class: &str,
    record: &Record,
    rng: &mut fastrand::Rng,
    homophones: &BTreeMap<String, Vec<char>>,
    variants: &HashMap<char, char>,
) -> Option<(String, Key, String)> {
    let name = Name::of(record);
    let org = values(record, Field::Org).next();
    let discipline = values(record, Field::Discipline).next();
    let same = |key, text: String| Some((text.clone(), key, text));
    match class {
        "name_org" => {
            name?;
            return same(Key::NameOrg, format!("{} {}", record.name.text(), org?));
        }
        "org_exact" => return same(Key::Org, org?.to_string()),
        "field_exact" => return same(Key::Discipline, discipline?.to_string()),
        "org_field_joined" => return same(Key::OrgDiscipline, format!("{}{}", org?, discipline?)),
        _ => {}
    }
    let name = name?;
    let three = (name.letters.len() == 3).then_some(());
    match class {
        "name_exact" => same(Key::Name, name.hanzi()),
        "name_prefix2" => three.and_then(|()| same(Key::Prefix, name.letters[..2].iter().collect())),
        "given_name" => three.and_then(|()| same(Key::Inside, name.letters[1..].iter().collect())),
        "pinyin_full" => same(Key::Pinyin, name.pinyin()),
        "pinyin_spaced" => {
            Some((name.syllables.join(" "), Key::Pinyin, name.pinyin())).filter(|(text, _, meant)| text != meant)
        }
        "pinyin_prefix" => {
            let (last, rest) = name.syllables.split_last()?;
            same(Key::PinyinPrefix, rest.concat() + &last[..1])
        }
        "initials" => three.and_then(|()| same(Key::Initials, name.initials())),
        "hanzi_pinyin_mixed" => three.and_then(|()| same(Key::Mixed, name.mixed())),
        "variant" => {
            let text: String = name.letters.iter().map(|c| variants.get(c).unwrap_or(c)).collect();
            Some((text, Key::Name, name.hanzi())).filter(|(text, _, meant)| text != meant)
        }
        "homophone" => three.and_then(|()| {
            let at = rng.usize(1..3);
            let others = homophones.get(&name.syllables[at])?;
            let other = others[rng.usize(..others.len())];
            replaced(&name, at, other)
        }),
        "wrong_hanzi" => three.and_then(|()| {
            let at = rng.usize(1..3);
            let others = homophones.iter().nth(rng.usize(..homophones.len()))?.1;
            replaced(&name, at, others[rng.usize(..others.len())])
        }),
        "pinyin_slip" => {
            let text = name.pinyin();
            let at = rng.usize(1..text.len() - 1);
            let mut letters: Vec<char> = text.chars().collect();
            letters.swap(at, at + 1);
            let slip: String = letters.iter().collect();
            (text.len() >= 6 && slip != text).then_some((slip, Key::Pinyin, text))
        }
        _ => unreachable!("all of CLASSES are above"),
    }
}

fn replaced(name: &Name, at: usize, other: char) -> Option<(String, Key, String)> {
    let mut letters = name.letters.clone();
    letters[at] = other;
    (other != name.letters[at]).then(|| (letters.iter().collect(), Key::Name, name.hanzi()))
}

/// The hanzi of given names by syllable.
fn homophones(directory: &Directory) -> BTreeMap<String, Vec<char>> {
    let mut by: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for name in directory.records.iter().filter_map(Name::of) {
        for (letter, syllable) in name.letters.iter().zip(&name.syllables).skip(1) {
            let letters = by.entry(syllable.clone()).or_default();
            if !letters.contains(letter) {
                letters.push(*letter);
            }
        }
    }
    by
}

/// A traditional or variant form that people type, of each hanzi that has one.
fn variants(directory: &Directory) -> HashMap<char, char> {
    let tables = &directory.tables;
    // Beyond the first block stand copies of characters for other encodings.
    let typed = tables.characters().iter().filter(|form| ('\u{4e00}'..='\u{9fff}').contains(*form));
    typed.map(|form| (tables.simplified(*form), *form)).filter(|(main, form)| main != form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let table = "编号,姓名,工作单位,专业领域,称号\n\
            1,袁隆平,甲大学,水稻,院士\n2,元龙平,甲大学,水稻,院士\n3,袁隆安,乙大学,玉米,院士\n4,李国权,乙大学,水稻,院士\n\
            5,王成龙,乙大学,玉米,院士\n";
        Directory::read(&[("人.csv".into(), table.into())]).unwrap()
    }

    fn meant(class: &str) -> BTreeMap<String, Vec<u32>> {
        let queries = queries(&directory(), 10, 1).into_iter().filter(|query| query.class == class);
        queries.map(|query| (query.text, query.meant)).collect()
    }

    #[test]
    fn all_who_share_what_is_typed_are_meant() {
        assert_eq!(meant("pinyin_full")["yuanlongping"], [0, 1]);
        assert_eq!(meant("initials")["ylp"], [0, 1]);
        assert_eq!(meant("name_prefix2")["袁隆"], [0, 2]);
        assert_eq!(meant("given_name")["隆平"], [0]);
        assert_eq!(meant("hanzi_pinyin_mixed")["袁longping"], [0]);
        assert_eq!(meant("pinyin_prefix")["yuanlongp"], [0, 1]);
        assert_eq!(meant("org_exact")["甲大学"], [0, 1]);
        assert_eq!(meant("org_field_joined")["甲大学水稻"], [0, 1]);
        assert_eq!(meant("name_org")["李国权 乙大学"], [3]);
        assert_eq!(meant("variant")["李國權"], [3]);
    }

    #[test]
    fn slips_mean_whom_they_were_made_of_and_are_nobodys_name() {
        let names = ["袁隆平", "元龙平", "袁隆安", "李国权", "王成龙"];
        for class in ["homophone", "wrong_hanzi"] {
            let queries = meant(class);
            assert!(!queries.is_empty(), "{class}");
            for (text, meant) in queries {
                assert!(!names.contains(&text.as_str()), "{text}");
                let meant: Vec<char> = names[meant[0] as usize].chars().collect();
                assert_eq!(text.chars().zip(meant).filter(|(one, other)| one != other).count(), 1, "{text}");
            }
        }
    }
}
