//! Inflates DEFLATE streams (RFC 1951) of known length, whatever bytes they are.
//!
//! The inflater of miniz_oxide, which packs, is what this is held to in tests. That one is 10 KB of wasm, most of it for streams
//! that come in pieces; here all is at hand.

/// So many bits of a code are told by one look into a table; longer codes bit by bit.
const LOOK: usize = 10;
/// The longest code.
const LONGEST: usize = 15;
/// In this order a block tells the lengths of the codes for lengths of codes.
const ORDER: [u8; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/// The symbol that ends a block.
const END: usize = 256;

/// The bytes of a stream that has exactly `length` of them; none where it has not, or is no stream. Room is made as the stream proves
/// to need it: `length` alone is believed up to four times the packed bytes.
pub(crate) fn inflate(packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bits = Bits { bytes: packed, held: 0, count: 0 };
    let mut out = Vec::with_capacity(length.min(4 * packed.len()));
    loop {
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out, length)?,
            1 => {
                let mut lengths = [8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                block(&mut bits, &Code::new(&lengths)?, &Code::new(&[5; 32])?, &mut out, length)?;
            }
            2 => {
                let (literals, distances) = codes(&mut bits)?;
                block(&mut bits, &literals, &distances, &mut out, length)?;
            }
            _ => return None,
        }
        if is_last {
            let is_all = bits.bytes.is_empty() && bits.count < 8;
            return (is_all && out.len() == length).then_some(out);
        }
    }
}

/// A stream bit by bit, the lowest of each byte first.
struct Bits<'a> {
    bytes: &'a [u8],
    held: u64,
    count: u32,
}

impl Bits<'_> {
    /// Holds all bits there is room for.
    fn fill(&mut self) {
        // Eight bytes at a time; bits above those that count are there already when they are put there again.
        if let Some(word) = self.bytes.first_chunk() {
            self.held |= u64::from_le_bytes(*word) << self.count;
            let taken = (63 - self.count) / 8;
            self.bytes = self.bytes.get(taken as usize..).unwrap_or_default();
            self.count += 8 * taken;
            return;
        }
        while self.count <= 56
            && let [byte, rest @ ..] = self.bytes
        {
            self.held |= u64::from(*byte) << self.count;
            self.count += 8;
            self.bytes = rest;
        }
    }

    /// The next bits, up to 32.
    fn take(&mut self, n: u32) -> Option<usize> {
        self.fill();
        self.held(n)
    }

    /// The next bits of those that are held.
    fn held(&mut self, n: u32) -> Option<usize> {
        let bits = self.held & ((1 << n) - 1);
        self.skip(n)?;
        Some(bits as usize)
    }

    /// Passes over bits that are held.
    fn skip(&mut self, n: u32) -> Option<()> {
        self.count = self.count.checked_sub(n)?;
        self.held >>= n;
        Some(())
    }
}

/// A prefix code.
struct Code {
    /// By the next [`LOOK`] bits, the symbol times 16 plus the length of its code; 0 where that is longer, or there is none.
    look: Vec<u16>,
    /// How many codes have each length.
    counts: [u16; LONGEST + 1],
    /// The symbols in the order of their codes.
    symbols: Vec<u16>,
}

impl Code {
    /// The canonical code of these lengths, 0 for symbols that are not used; none where they make no code, or leave bits without meaning
    /// though several symbols are used.
    fn new(lengths: &[u8]) -> Option<Code> {
        let mut counts = [0u16; LONGEST + 1];
        lengths.iter().for_each(|length| counts[usize::from(*length)] += 1);
        counts[0] = 0;
        let (mut free, mut used) = (1i32, 0);
        for count in &counts[1..] {
            free = 2 * free - i32::from(*count);
            used += count;
            if free < 0 {
                return None;
            }
        }
        if free > 0 && used > 1 {
            return None;
        }
        let (mut places, mut first) = ([0; LONGEST + 1], 0);
        for (place, count) in places.iter_mut().zip(counts) {
            *place = first;
            first += usize::from(count);
        }
        let mut code = Code { look: vec![0; 1 << LOOK], counts, symbols: vec![0; first] };
        for (symbol, length) in (0..).zip(lengths).filter(|(_, length)| **length > 0) {
            let place = &mut places[usize::from(*length)];
            code.symbols[*place] = symbol;
            *place += 1;
        }
        let (mut next, mut symbols) = (0usize, code.symbols.iter());
        for (length, count) in (1..).zip(&counts[1..]) {
            for symbol in symbols.by_ref().take(usize::from(*count)) {
                if length <= LOOK {
                    // Codes are sent from their highest bit on.
                    let first = next.reverse_bits() >> (usize::BITS as usize - length);
                    for place in (first..1 << LOOK).step_by(1 << length) {
                        code.look[place] = symbol << 4 | length as u16;
                    }
                }
                next += 1;
            }
            next <<= 1;
        }
        Some(code)
    }

    /// The next symbol, of bits that are held.
    fn read(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let told = usize::from(self.look[bits.held as usize & ((1 << LOOK) - 1)]);
        if told != 0 {
            bits.skip(told as u32 & 15)?;
            return Some(told >> 4);
        }
        let (mut code, mut first, mut before) = (0, 0, 0);
        for count in self.counts[1..].iter().map(|count| usize::from(*count)) {
            code |= bits.held(1)?;
            if code < first + count {
                return self.symbols.get(before + code - first).map(|symbol| usize::from(*symbol));
            }
            before += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

/// A block that is not packed.
fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>, length: usize) -> Option<()> {
    bits.skip(bits.count & 7)?;
    let count = bits.take(16)?;
    if bits.take(16)? != count ^ 0xffff || out.len() + count > length {
        return None;
    }
    for _ in 0..count {
        let byte = bits.take(8)? as u8;
        push(out, byte, length);
    }
    Some(())
}

/// The codes with which a block begins: for literals and lengths, and for distances.
fn codes(bits: &mut Bits<'_>) -> Option<(Code, Code)> {
    let (literals, distances, told) = (bits.take(5)? + 257, bits.take(5)? + 1, bits.take(4)? + 4);
    if literals > 286 || distances > 30 {
        return None;
    }
    let mut lengths = [0; 19];
    for place in &ORDER[..told] {
        lengths[usize::from(*place)] = bits.take(3)? as u8;
    }
    let code = Code::new(&lengths)?;
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        bits.fill();
        let (length, times) = match code.read(bits)? {
            16 => (*lengths.last()?, bits.take(2)? + 3),
            17 => (0, bits.take(3)? + 3),
            18 => (0, bits.take(7)? + 11),
            length => (length as u8, 1),
        };
        lengths.resize(lengths.len() + times, length);
    }
    let distances = lengths.get(literals..literals + distances).filter(|_| lengths.len() == literals + distances)?;
    Some((Code::new(&lengths[..literals])?, Code::new(distances)?))
}

/// A packed block: bytes, and repetitions of what stands before.
fn block(bits: &mut Bits<'_>, literals: &Code, distances: &Code, out: &mut Vec<u8>, length: usize) -> Option<()> {
    loop {
        // As many bits as a repetition may take, 48: more than these are held, or all that are left.
        bits.fill();
        let symbol = literals.read(bits)?;
        if symbol < END {
            if out.len() == length {
                return None;
            }
            push(out, symbol as u8, length);
            continue;
        }
        if symbol == END {
            return Some(());
        }
        // The lengths and distances of RFC 1951, 3.2.5: four, or two, to each number of extra bits.
        let count = match symbol - END - 1 {
            step @ 0..8 => 3 + step,
            28 => 258,
            step @ 8..28 => 3 + ((4 + step % 4) << (step / 4 - 1)) + bits.held(step as u32 / 4 - 1)?,
            _ => return None,
        };
        let distance = match distances.read(bits)? {
            step @ 0..4 => 1 + step,
            step @ 4..30 => 1 + ((2 + step % 2) << (step / 2 - 1)) + bits.held(step as u32 / 2 - 1)?,
            _ => return None,
        };
        let start = out.len().checked_sub(distance)?;
        if out.len() + count > length {
            return None;
        }
        if count <= distance && out.capacity() - out.len() >= count {
            out.extend_from_within(start..start + count);
        } else {
            (start..start + count).for_each(|at| push(out, out[at], length));
        }
    }
}

/// Appends a byte; room doubles, but never beyond the length.
fn push(out: &mut Vec<u8>, byte: u8, length: usize) {
    if out.len() == out.capacity() {
        out.reserve_exact((length - out.len()).min(out.len() + 64));
    }
    out.push(byte);
}

#[cfg(test)]
mod tests {
    use super::inflate;
    use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
    use proptest::prelude::*;

    fn payloads() -> impl Strategy<Value = Vec<u8>> {
        let bytes = prop::collection::vec(any::<u8>(), 0..2_000);
        // Few different bytes, long repetitions: what is packed at all.
        let pieces = prop::collection::vec((prop::collection::vec(0u8..6, 1..40), 1usize..300), 0..40);
        let repeated =
            pieces.prop_map(|pieces| pieces.into_iter().flat_map(|(piece, times)| piece.repeat(times)).collect());
        prop_oneof![bytes, repeated]
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(payload in payloads(), effort in 0u8..=10) {
            let packed = compress_to_vec(&payload, effort);
            prop_assert_eq!(inflate(&packed, payload.len()), Some(payload.clone()));
            prop_assert_eq!(inflate(&packed, payload.len() + 1), None);
            prop_assert_eq!(payload.len().checked_sub(1).and_then(|less| inflate(&packed, less)), None);
            prop_assert_eq!(inflate(&packed[..packed.len() - 1], payload.len()), None);
            prop_assert_eq!(inflate(&[&packed[..], &[0]].concat(), payload.len()), None);
        }

        #[test]
        fn damage_is_told_as_the_reference_tells_it(
            payload in payloads(), effort in 0u8..=10, flips in prop::collection::vec(any::<prop::sample::Index>(), 1..4)
        ) {
            let mut packed = compress_to_vec(&payload, effort);
            let bits = packed.len() * 8;
            flips.iter().map(|flip| flip.index(bits)).for_each(|bit| packed[bit / 8] ^= 1 << (bit % 8));
            let most = 4 * payload.len() + 1_000;
            match decompress_to_vec_with_limit(&packed, most) {
                // Bytes after the end are an error here.
                Ok(other) => prop_assert!(inflate(&packed, other.len()).is_none_or(|own| own == other)),
                Err(_) => prop_assert_eq!(inflate(&packed, payload.len()), None),
            }
        }

        #[test]
        fn any_bytes_are_a_stream_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), length in 0usize..10_000) {
            let own = inflate(&bytes, length);
            prop_assert!(own.as_ref().is_none_or(|own| own.len() == length && own.capacity() == length));
            if let Some(own) = own {
                prop_assert_eq!(Ok(own), decompress_to_vec_with_limit(&bytes, length).map_err(|error| error.status));
            }
        }
    }
}
