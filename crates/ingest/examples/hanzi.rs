//! Makes `data/hanzi.txt` from two tables of pinyin-data (github: mozillazg/pinyin-data at 82759f9) and our corrections.
//!
//! `cargo run -p ingest --example hanzi -- kMandarin.txt kTGHZ2013.txt > crates/ingest/data/hanzi.txt`
//!
//! kMandarin gives every hanzi its most usual reading, kTGHZ2013 (the dictionary of the 8,105 standard hanzi) the other
//! ordinary ones. Readings are written without tones; `ü` is `v`.

use std::collections::BTreeMap;

use engine::pinyin::Syllable;
use unicode_normalization::UnicodeNormalization;

type Table = BTreeMap<char, Vec<String>>;

fn main() {
    let [usual, ordinary] = ["kMandarin.txt", "kTGHZ2013.txt"].map(|name| {
        let path =
            std::env::args().skip(1).find(|a| a.ends_with(name)).unwrap_or_else(|| panic!("name a path of {name}"));
        source(&std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}")))
    });
    let mut table = usual;
    for readings in table.values_mut() {
        // Where there are two, the first is the mainland's, the second Taiwan's.
        readings.truncate(1);
    }
    for (hanzi, readings) in ordinary {
        table.entry(hanzi).or_default().extend(readings);
    }
    for line in include_str!("../data/corrections.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (hanzi, readings) = line.split_once(' ').expect("a hanzi, a space, its readings");
        let hanzi = hanzi.chars().next().expect("a hanzi");
        table.insert(hanzi, readings.split(' ').map(String::from).collect());
    }
    print!("{}", by_readings(table));
}

/// Reads lines like `U+4E07: wàn,mò  # 万`; a comma or a space stands between readings.
fn source(text: &str) -> Table {
    let mut table = Table::new();
    for line in text.lines().filter(|l| l.starts_with("U+")) {
        let (code, rest) = line[2..].split_once(':').expect("a code point, a colon");
        let hanzi = u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point");
        let readings = rest.split('#').next().unwrap_or_default().split([',', ' ']).filter(|r| !r.is_empty());
        table.insert(hanzi, readings.map(toneless).collect());
    }
    table
}

fn toneless(reading: &str) -> String {
    let plain: String = reading.nfd().collect::<String>().replace("u\u{308}", "v");
    plain.chars().filter(char::is_ascii_lowercase).collect()
}

/// One line for each list of readings: the readings, a tab, all hanzi that are read so.
fn by_readings(table: Table) -> String {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for (hanzi, readings) in table {
        let mut distinct: Vec<String> = Vec::new();
        for reading in readings {
            // The interjections ê and hm̀g have no spelling on a keyboard.
            if Syllable::parse(&reading).is_some() && !distinct.contains(&reading) {
                distinct.push(reading);
            }
        }
        if !distinct.is_empty() {
            lines.entry(distinct.join(" ")).or_default().push(hanzi);
        }
    }
    lines.iter().fold(
        String::from("# Made by examples/hanzi.rs from pinyin-data's kMandarin and kTGHZ2013 (MIT; Unicode) and corrections.txt.\n"),
        |text, (readings, hanzi)| text + readings + "\t" + hanzi + "\n",
    )
}
