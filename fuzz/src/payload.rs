//! Keeps mutations of an index's payload inside: lengths, and in the first version the FST's ends, are set right again, so that what is wrong lies deeper.

use engine::index::{Part, seal_part};

/// The blocks of a payload as far as their lengths can be followed; the last takes what is left.
pub fn blocks(payload: &[u8]) -> Vec<&[u8]> {
    let (mut blocks, mut rest) = (Vec::new(), payload);
    while let Some((length, after)) = varint(rest) {
        let (block, next) = after.split_at(length.min(after.len()));
        blocks.push(block);
        rest = next;
    }
    blocks
}

/// A payload of these blocks.
pub fn of(blocks: &[&[u8]]) -> Vec<u8> {
    let mut payload = Vec::new();
    for block in blocks {
        put_varint(&mut payload, block.len());
        payload.extend_from_slice(block);
    }
    payload
}

/// The payload with the lengths of its blocks as a reader expects them.
pub fn mended(payload: &[u8]) -> Vec<u8> {
    of(&blocks(payload))
}

/// The same for a payload of the first version, with both ends of the FST.
pub fn mended_first(payload: &[u8]) -> Vec<u8> {
    let blocks = blocks(payload);
    let names = blocks.get(1).map(|names| mended_names(names));
    let blocks: Vec<&[u8]> = blocks
        .iter()
        .enumerate()
        .map(|(at, block)| if at == 1 { names.as_deref().unwrap_or(block) } else { block })
        .collect();
    of(&blocks)
}

/// The files of names, values and details whose payloads are the first three blocks: each with the checksum of the next where its format has
/// one, so that what is wrong lies deeper.
pub fn sealed_parts(payload: &[u8]) -> [Vec<u8>; 3] {
    let payloads = blocks(payload);
    let payload = |at: usize| payloads.get(at).copied().unwrap_or_default();
    let details = seal_part(Part::Details, payload(2), 0);
    let mut values: Vec<Vec<u8>> = blocks(payload(1)).into_iter().map(<[u8]>::to_vec).collect();
    if let Some(links) = values.get_mut(1) {
        let end = links.len().saturating_sub(8);
        links.splice(end.., details[20..28].iter().copied());
    }
    let values = seal_part(Part::Values, &of(&values.iter().map(Vec::as_slice).collect::<Vec<&[u8]>>()), 0);
    let mut names = blocks(payload(0));
    if let Some(links) = names.get_mut(3) {
        *links = &values[20..28];
    }
    [seal_part(Part::Names, &of(&names), 0), values, details]
}

/// The payload with the lengths of its first blocks as a reader expects them; what follows stays.
pub fn with_lengths(payload: &[u8], count: usize) -> Vec<u8> {
    let (mut mended, mut rest) = (Vec::new(), payload);
    for _ in 0..count {
        let Some((length, after)) = varint(rest) else { break };
        let (block, next) = after.split_at(length.min(after.len()));
        put_varint(&mut mended, block.len());
        mended.extend_from_slice(block);
        rest = next;
    }
    mended.extend_from_slice(rest);
    mended
}

/// A block of names: the FST's version, the number of keys as told before it, and the root at its last node.
fn mended_names(names: &[u8]) -> Vec<u8> {
    let Some((keys, fst)) = varint(names) else { return names.to_vec() };
    let mut names = names.to_vec();
    let start = names.len() - fst.len();
    let Some(end) = fst.len().checked_sub(20).filter(|end| *end > 16).map(|end| start + end) else { return names };
    names[start..start + 8].copy_from_slice(&3u64.to_le_bytes());
    names[end..end + 8].copy_from_slice(&(keys as u64).to_le_bytes());
    names[end + 8..end + 16].copy_from_slice(&((end - start - 1) as u64).to_le_bytes());
    names
}

/// Lets `mutate` change one block, chosen by `choice`, and gives the payload with that block's new length.
///
/// `mutate` gets the block and room behind it, in all at most `room` bytes, and tells how many of them count.
pub fn with_one_changed(
    payload: &[u8],
    choice: u32,
    room: usize,
    mutate: impl FnOnce(&mut [u8], usize) -> usize,
) -> Vec<u8> {
    let mut blocks = blocks(payload);
    if blocks.is_empty() {
        return payload.to_vec();
    }
    let at = choice as usize % blocks.len();
    let mut block = blocks[at].to_vec();
    let length = block.len();
    // What the other blocks leave of the room, and never none.
    block.resize((room.saturating_sub(payload.len()) + length).max(1), 0);
    let length = mutate(&mut block, length);
    blocks[at] = &block[..length];
    of(&blocks)
}

fn varint(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (mut n, mut rest) = (0, bytes);
    for shift in (0..35).step_by(7) {
        let (byte, after) = rest.split_first()?;
        n |= usize::from(byte & 0x7f) << shift;
        rest = after;
        if *byte < 0x80 {
            return Some((n, rest));
        }
    }
    Some((n, rest))
}

/// Appends a number in LEB128.
pub fn put_varint(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeds;
    use engine::index::unpack;

    #[test]
    fn a_sound_payload_stays_as_it_is() {
        let payload = unpack(&engine::index::write(&seeds::records()).unwrap()).unwrap();
        assert_eq!(of(&blocks(&payload)), payload);
        assert_eq!(mended(&payload), payload);
        let first = seeds::first().remove(0);
        assert_eq!(mended_first(&first), first);
        assert_eq!(with_one_changed(&payload, 3, 1 << 20, |_, length| length), payload);
    }

    #[test]
    fn sound_parts_stay_as_they_are() {
        let parts = engine::index::write_parts(&seeds::records()).unwrap();
        let [names, values, details] = sealed_parts(&seeds::parts()[0]);
        let unpacked = |bytes: &[u8]| unpack(bytes).unwrap();
        assert_eq!(unpacked(&details), unpacked(&parts.details[0].1));
        let mut index = engine::Index::read(&names).unwrap();
        index.add_values(&values).unwrap();
        assert!(index.detail(0, &details).is_ok());
    }

    #[test]
    fn a_changed_block_leaves_the_others() {
        let payload = of(&[b"one", b"two", &[b'x'; 200]]);
        let changed = with_one_changed(&payload, 4, 300, |block, length| {
            assert_eq!(length, 3);
            block[..4].copy_from_slice(b"more");
            4
        });
        assert_eq!(blocks(&changed), [b"one".as_slice(), b"more", &[b'x'; 200]]);
    }

    #[test]
    fn any_bytes_are_blocks() {
        for bytes in [b"".as_slice(), b"\xff\xff\xff\xff\xff\xff", b"\x7fabc", b"\x00\x00"] {
            mended(&mended(bytes));
            mended_first(&mended_first(bytes));
        }
        assert_eq!(blocks(b"\x7fabc"), [b"abc"]);
    }
}
