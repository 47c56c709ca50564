//! Reading an index holds at most three times its payload and 4 MB, reading words fifty times theirs, whatever the file claims. In a file of its own, since all
//! allocations of the process count.

use engine::index::{Part, seal_part};
use engine::{Index, Lexicon, Words, search};
use fuzz::payload::{of, put_varint};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// What a reader may hold beside three times the payload: the tables of an alphabet, the counts of a few hundred groups.
const SLACK: usize = 4 << 20;

/// Bytes held at most while an index file is read, those of the file itself not counted, and whether it is one.
fn peak(file: &[u8]) -> (usize, bool) {
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let index = Index::read(file);
    index.iter().for_each(invert);
    (ALLOCATOR.peak_usage() - before, index.is_ok())
}

/// Makes every table that queries make.
fn invert(index: &Index) {
    let filled = (0..).zip(index.columns()).filter(|(_, column)| !column.texts().is_empty());
    filled.for_each(|(column, _)| assert!(!index.holders(column, 0).is_empty()));
}

/// The same for values that are added to sound names of as many records, and whether they are such.
fn peak_of_values(records: usize, sections: &[&[u8]]) -> (usize, usize, bool) {
    let values = of(sections);
    let file = seal_part(Part::Values, &values, 1);
    let names = of(&[&letters(&[97], 0, 0), &names(&[vec![0]]), &self::records(records, 1), &file[20..28]]);
    let mut index = Index::read(&seal_part(Part::Names, &names, 1)).expect("sound names");
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let is_taken = index.add_values(&file).is_ok();
    invert(&index);
    (values.len(), ALLOCATOR.peak_usage() - before, is_taken)
}

/// The same for words of an index whose one value is of 60 letters `a`: so many that are this value, and of each typed word what it leads to and how it is
/// spelled.
fn peak_of_words(quoted: usize, typed: usize, lead: u32, control: &[u8]) -> (usize, usize, bool) {
    let name = names(&[vec![0]]);
    let index = of(&[&letters(&[97], 0, 0), &name, &records(1, 1), &ids(1, 1), &column(1, &[60], 0)]);
    let index = Index::read(&engine::index::seal(&index, 1)).expect("a sound index");
    let numbers = [vec![0; 4 * quoted], vec![lead; typed]].concat();
    let counts = [quoted, 0, typed].map(varint).concat();
    let led_to = planes(&vec![0; typed * (lead >> 2) as usize]);
    let (others, control) = (letters(&[], 0, 0), control.repeat(typed));
    let blocks = [of(&[&others]), counts, planes(&numbers), led_to, of(&[&control])];
    let payload = [index.checksum().to_le_bytes().to_vec(), blocks.concat()].concat();
    let file = engine::words::seal(&payload, 1);
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    let words = Words::read(&file, &index);
    (payload.len(), ALLOCATOR.peak_usage() - before, words.is_ok())
}

/// Which files of details there are: one for each of these numbers of records, and so many checksums.
fn links(sizes: &[u32], checksums: usize) -> Vec<u8> {
    [varint(sizes.len()), planes(sizes), vec![7; 8 * checksums]].concat()
}

/// Numbers in planes of the least width.
fn planes(numbers: &[u32]) -> Vec<u8> {
    let width = (1..4).find(|width| numbers.iter().all(|n| n >> (8 * width) == 0)).unwrap_or(4);
    let mut out = vec![width as u8];
    for plane in 0..width {
        out.extend(numbers.iter().map(|n| (n >> (8 * plane)) as u8));
    }
    out
}

fn varint(n: usize) -> Vec<u8> {
    let mut out = Vec::new();
    put_varint(&mut out, n);
    out
}

/// The alphabet of these characters, ascending, each with so many marks; all are read `a` and in so many further ways, or not at all
/// when that is none. The first hundred are common.
fn letters(chars: &[u32], marks: usize, others: usize) -> Vec<u8> {
    let n = chars.len();
    let common: Vec<u32> = (0..n.min(100) as u32).collect();
    let mut groups = vec![0; 913];
    groups[if others == 0 { 0 } else { 2 }] = n as u32;
    let all = |number: usize| planes(&vec![number as u32; n]);
    [
        varint(n),
        planes(&groups),
        planes(chars),
        all(marks),
        planes(&vec![0x301; n * marks]),
        all(others),
        planes(&vec![300; n * others]),
        varint(common.len()),
        planes(&common),
    ]
    .concat()
}

/// Names of these letters, all of them common; short ones that ascend.
fn names(names: &[Vec<u8>]) -> Vec<u8> {
    let (mut heads, mut steps, mut rest, mut last) = (Vec::new(), Vec::new(), Vec::new(), &Vec::new());
    for name in names {
        let shared = name.iter().zip(last).take_while(|(one, other)| one == other).count();
        heads.push((shared << 4 | (name.len() - shared)) as u8);
        steps.push(u32::from(name[shared] - last.get(shared).copied().unwrap_or(0)));
        rest.extend_from_slice(&name[shared + 1..]);
        last = name;
    }
    [varint(names.len()), heads, planes(&[]), planes(&steps), rest].concat()
}

/// As many names that each have all but one of 127 letters from the one before: the text says nothing of them.
fn names_alike(n: usize) -> Vec<u8> {
    let heads = [vec![15], vec![15 << 4 | 1; n - 1]].concat();
    let more = planes(&vec![111; n]);
    [varint(n), heads, more, planes(&vec![1; n]), vec![0; 125]].concat()
}

/// The same as the first version writes them: an FST of their keys, one byte each.
fn first_names(keys: &[Vec<u8>]) -> Vec<u8> {
    let keys = keys.iter().map(|key| key.iter().map(|id| id + b'a').collect::<Vec<u8>>());
    [varint(keys.len()), fst::Set::from_iter(keys).expect("they ascend").into_fst().into_inner()].concat()
}

/// One record of so many roles.
fn record_of(roles: u32) -> Vec<u8> {
    let planes = [0, 0, roles, 0, 0].map(|number| planes(&[number]));
    [varint(1), planes.concat(), self::planes(&[])].concat()
}

/// `n` records of one role; all have the first name, but of the first `names` each has its own.
fn records(n: usize, names: usize) -> Vec<u8> {
    let own: Vec<u32> = (0..n).map(|record| if record < names { record as u32 } else { 0 }).collect();
    let all = |number: u32| planes(&vec![number; n]);
    [varint(n), all(0), all(0), all(1), planes(&own), all(0), planes(&[])].concat()
}

/// Ids by the first of these prefixes.
fn ids(roles: usize, prefixes: usize) -> Vec<u8> {
    [varint(prefixes), [1, 0].repeat(prefixes), planes(&vec![1; roles]), planes(&vec![1; roles])].concat()
}

/// A column of these values, each so many letters `a`, one for each role or several.
fn column(roles: usize, values: &[usize], several: u32) -> Vec<u8> {
    let lengths: Vec<u32> = values.iter().map(|length| *length as u32).collect();
    let cells = roles * several.max(1) as usize;
    let codes: Vec<u32> = (0..cells).map(|cell| if cell < values.len() { 1 } else { 2 }).collect();
    let text = vec![0; values.iter().sum()];
    let counts = if several > 0 { planes(&vec![several; roles]) } else { Vec::new() };
    [vec![2, 0], varint(values.len()), planes(&lengths), text, vec![u8::from(several > 0)], counts, planes(&codes)]
        .concat()
}

/// A payload of these sections.
fn payload(letters: Vec<u8>, names: Vec<u8>, records: Vec<u8>, ids: Vec<u8>, columns: &[Vec<u8>]) -> Vec<u8> {
    let sections = [&letters, &names, &records, &ids].into_iter().chain(columns);
    of(&sections.map(Vec::as_slice).collect::<Vec<&[u8]>>())
}

/// Fails unless reading the file keeps to its bounds and ends as told.
#[track_caller]
fn check(what: &str, file: &[u8], payload: usize, is_index: bool) {
    let (held, is_read) = peak(file);
    assert!(held <= 3 * payload + SLACK, "{what}: {held} bytes held for a payload of {payload}");
    assert_eq!(is_read, is_index, "{what}");
}

// One test, since two at a time would count each other's bytes.
#[test]
fn no_file_makes_the_reader_hold_more_than_it_justifies() {
    let a = || letters(&[u32::from('a')], 0, 0);
    let one = || names(&[vec![0]]);
    let small = |columns: &[Vec<u8>]| payload(a(), one(), records(1, 1), ids(1, 1), columns);
    let other = |letters: Vec<u8>| payload(letters, one(), records(1, 1), ids(1, 1), &[]);
    let many: Vec<u32> = (0x2_0000..0x2_7000).collect();
    // Names of seven letters a to e, 78,125 of them in eight nodes.
    let letter = |n: usize, place: u32| (n / 5usize.pow(place) % 5) as u8;
    let tree: Vec<Vec<u8>> = (0..78_125).map(|n| (0..7).rev().map(|place| letter(n, place)).collect()).collect();
    let a_to_e = || letters(&[97, 98, 99, 100, 101], 0, 0);
    let of_tree = |names: Vec<u8>| payload(a_to_e(), names, records(78_125, 78_125), ids(78_125, 1), &[]);
    let n = 100_000;
    let of_many = |columns: &[Vec<u8>]| payload(a(), one(), records(n, 1), ids(n, 1), columns);

    for (what, payload, is_index) in [
        ("a small index", small(&[]), true),
        ("zeros", vec![0; 16 << 20], false),
        ("records", payload(a(), one(), records(400_000, 1), ids(400_000, 1), &[]), true),
        ("letters", other(letters(&many, 0, 0)), true),
        ("letters with marks", other(letters(&many[..2_500], 100, 0)), true),
        ("letters with too many marks", other(letters(&many, 100, 0)), false),
        ("letters with readings", other(letters(&many[..2_500], 0, 100)), true),
        ("letters with too many readings", other(letters(&many, 0, 100)), false),
        ("names", of_tree(names(&tree)), true),
        ("names alike", payload(a(), names_alike(100_000), records(1, 1), ids(1, 1), &[]), false),
        ("prefixes that no role has", payload(a(), one(), records(1, 1), ids(1, 1_000_000), &[]), false),
        ("columns", small(&vec![column(1, &[1], 0); 300_000]), false),
        ("255 columns", small(&vec![column(1, &[1], 0); 255]), true),
        ("narrow columns", of_many(&vec![column(n, &[1], 0); 10]), true),
        ("too many narrow columns", of_many(&vec![column(n, &[1], 0); 40]), false),
        ("several values", of_many(&vec![column(n, &[1], 3); 2]), true),
        ("too many several values", of_many(&vec![column(n, &[1], 30); 4]), false),
        ("no values", of_many(&vec![column(n, &[1; 200], 1); 20]), true),
        ("short values", of_many(&vec![column(n, &[1; 90_000], 0); 4]), true),
        ("too many short values", of_many(&vec![column(n, &[1; 90_000], 0); 40]), false),
        ("values of one role", small(&[column(1, &[1; 150_000], 150_000)]), true),
        ("too many values of one role", small(&[column(1, &[1; 2_000_000], 2_000_000)]), false),
        ("text", small(&vec![column(1, &[20_000], 0); 200]), true),
    ] {
        check(what, &engine::index::seal(&payload, 1), payload.len(), is_index);
    }

    let of_first = of_tree(first_names(&tree));
    let mut file = engine::index::seal(&of_first, 1);
    file[8] = 1;
    check("names of the first version", &file, of_first.len(), true);

    // The most that pass beside so little, and what a hit then holds.
    for (roles, is_sound) in [(700_000, true), (800_000, false), (u32::MAX, false)] {
        let names = of(&[&a(), &one(), &record_of(roles), &[0; 8]]);
        let file = seal_part(Part::Names, &names, 1);
        check("names of one record of many roles", &file, names.len(), is_sound);
        ALLOCATOR.reset_peak_usage();
        let before = ALLOCATOR.current_usage();
        let hits = Index::read(&file).map(|index| search(&index, &Lexicon::default(), "a", 10).total);
        let held = ALLOCATOR.peak_usage() - before;
        assert_eq!(hits.ok(), is_sound.then_some(1), "{roles}");
        assert!(held <= 64 << 20, "{held} bytes held for a hit of {roles} roles");
    }

    for (what, links, columns, is_sound) in [
        ("values", links(&[], 0), 4, true),
        ("details of each record", links(&vec![1; n], n), 0, true),
        ("details without checksums", links(&vec![1; n], 0), 0, false),
        ("details of none", links(&vec![0; n], n), 0, false),
        ("details of too many", links(&[u32::MAX; 9], 9), 0, false),
        ("details of some", links(&[5], 1), 0, false),
        ("values of many columns", links(&[n as u32], 1), 12, true),
        ("values of too many columns", links(&[n as u32], 1), 40, false),
    ] {
        let columns = vec![column(n, &[1], 0); columns];
        let ids = ids(n, 1);
        let sections: Vec<&[u8]> = [&ids, &links].into_iter().chain(&columns).map(Vec::as_slice).collect();
        let (payload, held, is_taken) = peak_of_values(n, &sections);
        assert!(held <= 3 * payload + SLACK, "{what}: {held} bytes held for a payload of {payload}");
        assert_eq!(is_taken, is_sound, "{what}");
    }

    for (what, (payload, held, is_sound), expected) in [
        ("words that stand in a value", peak_of_words(8_000, 0, 0, &[]), true),
        ("too many words that stand in a value", peak_of_words(500_000, 0, 0, &[]), false),
        ("words that are typed", peak_of_words(1, 400_000, 4, &[2, 0]), true),
        ("words that are typed and not spelled", peak_of_words(1, 1_900_000, 3, &[]), false),
    ] {
        assert!(held <= 50 * payload + SLACK, "{what}: {held} bytes held for a payload of {payload}");
        assert_eq!(is_sound, expected, "{what}");
    }

    let file = engine::index::seal(&small(&[]), 1);
    let claiming = |mut file: Vec<u8>, packed: u32, length: u32| {
        file[12..16].copy_from_slice(&packed.to_le_bytes());
        file[16..20].copy_from_slice(&length.to_le_bytes());
        file
    };
    let packed = file.len() as u32 - 28;
    check("a length of 128 MiB", &claiming(file.clone(), packed, 128 << 20), 0, false);
    check("a length beyond what is unpacked", &claiming(file.clone(), packed, u32::MAX), 0, false);
    check("a packed length of 4 GiB", &claiming(file, u32::MAX, 100), 0, false);
    let bomb = engine::index::seal(&vec![0; 64 << 20], 6);
    let packed = bomb.len() as u32 - 28;
    check("64 MiB that claim to be 100 bytes", &claiming(bomb, packed, 100), 0, false);
}
