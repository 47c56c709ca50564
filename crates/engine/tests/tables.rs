//! The file of tables of characters: what is written comes back, and damaged or hostile bytes end in an error or in working tables.

use engine::Tables;
use engine::error::ReadErrorKind;
use engine::pinyin::Syllable;
use engine::tables::{Entry, seal, unpack, write};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn entry(character: char, representative: char, readings: &str) -> Entry {
    let readings = readings.split_whitespace().map(|s| Syllable::parse(s).unwrap()).collect();
    Entry { character, representative, readings }
}

/// Characters before, in and after the block with a bitmap; variants before and after their representatives, with readings of their own and without.
fn small() -> Vec<Entry> {
    [
        ('钟', '钟', "zhong"),
        ('鍾', '钟', ""),
        ('鐘', '钟', ""),
        ('干', '干', "gan"),
        ('乾', '干', "qian"),
        ('幹', '干', ""),
        ('⼲', '干', ""),
        ('㐂', '㐂', "xi"),
        ('单', '单', "dan shan chan"),
        ('單', '单', ""),
        ('𬬻', '𬬻', "lu"),
        ('鑪', '𬬻', ""),
        ('金', '金', "jin"),
        ('\u{f90a}', '金', ""),
    ]
    .into_iter()
    .map(|(c, main, readings)| entry(c, main, readings))
    .collect()
}

/// As many characters as there are syllables, so that the rare ones are read by two bytes.
fn every_syllable() -> Vec<Entry> {
    let all = (0..2_000).filter_map(Syllable::from_code).take(511);
    let entry = |(c, syllable)| Entry { character: c, representative: c, readings: vec![syllable] };
    ('一'..).zip(all).map(entry).collect()
}

/// Reads bytes and, if they pass, asks of every character what can be asked.
fn try_out(bytes: &[u8]) -> Result<Tables, engine::ReadError> {
    let tables = Tables::read(bytes)?;
    for c in tables.characters().iter().copied().chain("a钟鍾\u{10ffff}".chars()) {
        let main = tables.simplified(c);
        assert_eq!(tables.simplified(main), main, "{c:?}");
        assert!(tables.readings(c).iter().all(|syllable| syllable.code() > 0), "{c:?}");
    }
    Ok(tables)
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_written_comes_back_in_whatever_order_it_was() {
    for mut entries in [small(), every_syllable(), Vec::new()] {
        let bytes = write(&entries).unwrap();
        let tables = try_out(&bytes).unwrap();
        assert_eq!(tables.characters().len(), entries.len());
        for Entry { character, representative, readings } in &entries {
            assert_eq!(tables.simplified(*character), *representative);
            let main = entries.iter().find(|entry| entry.character == *representative).unwrap();
            let expected = if readings.is_empty() { &main.readings } else { readings };
            assert_eq!(tables.readings(*character), expected, "{character}");
        }
        entries.reverse();
        assert_eq!(write(&entries).unwrap(), bytes);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_character_without_an_entry_stands_for_itself_and_has_no_reading() {
    let tables = try_out(&write(&small()).unwrap()).unwrap();
    for c in ['a', '·', '一', '\u{0}', '\u{10ffff}'] {
        assert_eq!((tables.simplified(c), tables.readings(c)), (c, [].as_slice()));
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn entries_that_contradict_each_other_are_not_written() {
    for (entries, word) in [
        (vec![entry('干', '干', "gan"), entry('干', '干', "gan")], "twice"),
        (vec![entry('鍾', '钟', "")], "representative"),
        (vec![entry('鍾', '钟', ""), entry('钟', '金', ""), entry('金', '金', "jin")], "representative"),
        (vec![entry('金', '金', "")], "representative"),
        (('\u{20000}'..).take(70_000).map(|c| entry(c, c, "yi")).collect(), "more than"),
        (('\u{20000}'..).take(50_000).map(|c| entry(c, c, "yi")).collect(), "too many"),
    ] {
        let error = write(&entries).unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn every_truncation_and_every_flip_is_an_error() {
    let bytes = write(&small()).unwrap();
    for n in 1..bytes.len() {
        assert_eq!(Tables::read(&bytes[..n]).err().map(|e| e.kind()), Some(ReadErrorKind::Truncated), "{n} bytes");
    }
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            assert!(Tables::read(&damaged).is_err(), "byte {at} bit {bit}");
        }
    }
    assert_eq!(Tables::read(b"<!doctype html>").err().map(|e| e.kind()), Some(ReadErrorKind::NotAnIndex));
}

#[wasm_bindgen_test(unsupported = test)]
fn another_kind_of_file_and_a_newer_version_are_told_apart() {
    let bytes = write(&small()).unwrap();
    let kind = |at: usize, byte: u8| {
        let mut other = bytes.clone();
        other[at] = byte;
        Tables::read(&other).err().map(|e| e.kind())
    };
    assert_eq!(kind(3, b's'), Some(ReadErrorKind::NotAnIndex));
    assert_eq!(kind(8, 2), Some(ReadErrorKind::Newer { found: 2 }));
    assert!(engine::Index::read(&bytes).is_err());
}

/// With the checksum right, what passes must work: flips and cuts inside the payload, sealed again.
#[wasm_bindgen_test(unsupported = test)]
fn every_flip_and_cut_of_a_sealed_payload_is_an_error_or_works() {
    let payload = unpack(&write(&small()).unwrap()).unwrap();
    // Of the long bitmap one byte in sixteen: the bytes between say no more than these.
    let places = (0..payload.len()).filter(|at| *at >= 2_624 || at % 16 == 0);
    let (mut passed, mut failed) = (0, 0);
    for at in places {
        for bit in 0..8 {
            let mut damaged = payload.clone();
            damaged[at] ^= 1 << bit;
            match try_out(&seal(&damaged, 0)) {
                Ok(_) => passed += 1,
                Err(_) => failed += 1,
            }
        }
        assert!(try_out(&seal(&payload[..at], 0)).is_err(), "{at} bytes");
    }
    assert!(passed > 50 && failed > 50, "{passed} passed, {failed} failed");
}

/// Claims are not believed: none makes the reader take more memory than the bytes justify, nor leaves the tables.
#[wasm_bindgen_test(unsupported = test)]
fn hostile_payloads_are_damage() {
    // The bitmap of no character, `own` up to the representatives, no unusual counts, the syllable `a`, and `n` readings of it.
    let payload = |own: &[u8], n: usize| [vec![0; 2_624].as_slice(), own, &[0, 1, 1, 1, 1, 1], &vec![0; n]].concat();
    let two = try_out(&seal(&payload(&[2, 1, 65, 1, 0b10, 0], 1), 0)).unwrap();
    assert_eq!((two.simplified('B'), two.readings('B').len()), ('A', 1));
    let wide = try_out(&seal(&payload(&[1, 4, 0x00, 0x00, 0x02, 0, 0], 1), 0)).unwrap();
    assert_eq!(wide.characters(), ['\u{20000}']);

    for (own, n, what) in [
        ([0xff, 0xff, 0xff, 0xff, 0x0f].as_slice(), 1, "four thousand million characters"),
        (&[0xff, 0xff, 0x03, 1], 1, "more characters than a u16 counts"),
        (&[1, 4, 0x00, 0xd8, 0x00, 0, 0], 1, "a surrogate"),
        (&[1, 4, 0x00, 0x00, 0x11, 0, 0], 1, "no Unicode"),
        (&[2, 1, 65, 0, 0], 2, "a character twice"),
        (&[1, 1, 65, 1, 0], 0, "a variant without a representative"),
        (&[2, 1, 65, 1, 0b10, 2], 1, "a representative behind the last"),
        (&[2, 1, 65, 1, 0b10, 1], 1, "a representative before the first"),
        (&[2, 1, 65, 1, 0b10, 0], 0, "a reading too few"),
        (&[2, 1, 65, 1, 0b10, 0], 2, "a reading too many"),
    ] {
        let error = Tables::read(&seal(&payload(own, n), 0)).expect_err(what);
        assert!(matches!(error.kind(), ReadErrorKind::Damaged { .. }), "{what}: {error}");
    }
}
