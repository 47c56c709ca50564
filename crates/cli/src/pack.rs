//! Packs what every visitor downloads tighter than it is written: the same format by a slower packer.

use std::num::NonZeroU64;

/// The longest payload that is packed so: it takes some seconds a megabyte.
const MOST: usize = 1 << 20;

/// In how many rounds a payload is packed, and into how many blocks more than one it is cut at most.
type Effort = (u64, u16);

/// Each section of an index is of a kind of its own. Twice as many blocks find half a percent more and take four times the time; by half as
/// many the sample's is 2.5 % longer. Fifteen rounds find two parts in a thousand more, and take the sample's build over its second.
const INDEX: Effort = (4, 30);
/// What has few parts, and is packed beside the index: by four rounds words are two percent longer, with twice as many blocks half a percent
/// shorter, and the sample takes half more time to build.
const OTHERS: Effort = (30, 12);

/// An index that the engine wrote, by zopfli, where that makes it smaller: by 11 % for the sample.
pub fn tighter_index(file: Vec<u8>) -> Vec<u8> {
    engine::file::repacked(file, MOST, |payload| packed(payload, INDEX))
}

/// The same of tables of characters.
pub fn tighter_tables(file: Vec<u8>) -> Vec<u8> {
    engine::file::repacked(file, MOST, |payload| packed(payload, OTHERS))
}

/// The same of words, which are named for their index last.
pub fn tighter_words(file: Vec<u8>) -> Vec<u8> {
    engine::words::repacked(file, |payload| packed(payload, OTHERS))
}

fn packed(payload: &[u8], (rounds, cuts): Effort) -> Vec<u8> {
    let mut packed = Vec::new();
    let iteration_count = NonZeroU64::new(rounds).expect("there is a round");
    let options = zopfli::Options { iteration_count, maximum_block_splits: cuts, ..Default::default() };
    zopfli::compress(options, zopfli::Format::Deflate, payload, &mut packed).expect("memory takes what is written");
    packed
}
