//! Packs what every visitor downloads tighter than it is written: the same format by a slower packer.

use std::num::NonZeroU64;

/// The longest payload that is packed so: it takes some seconds a megabyte.
const MOST: usize = 1 << 20;

/// Each round more finds one to three parts in a thousand more.
const ROUNDS: NonZeroU64 = NonZeroU64::new(4).unwrap();

/// Into how many blocks more than one a payload is cut at most: each section of an index is of a kind of its own. Twice as many find half a
/// percent more and take four times the time; by half as many the sample's is 2.5 % longer.
const INDEX_CUTS: u16 = 30;
/// The same of what has few parts: with twice as many, words are a third of a percent shorter, and the sample takes half more time to build.
const OTHER_CUTS: u16 = 12;

/// An index that the engine wrote, by zopfli, where that makes it smaller: by 11 % for the sample.
pub fn tighter_index(file: Vec<u8>) -> Vec<u8> {
    engine::file::repacked(file, MOST, |payload| packed(payload, INDEX_CUTS))
}

/// The same of tables of characters.
pub fn tighter_tables(file: Vec<u8>) -> Vec<u8> {
    engine::file::repacked(file, MOST, |payload| packed(payload, OTHER_CUTS))
}

/// The same of words, which are named for their index last.
pub fn tighter_words(file: Vec<u8>) -> Vec<u8> {
    engine::words::repacked(file, |payload| packed(payload, OTHER_CUTS))
}

fn packed(payload: &[u8], cuts: u16) -> Vec<u8> {
    let mut packed = Vec::new();
    let options = zopfli::Options { iteration_count: ROUNDS, maximum_block_splits: cuts, ..Default::default() };
    zopfli::compress(options, zopfli::Format::Deflate, payload, &mut packed).expect("memory takes what is written");
    packed
}
