//! One hash for everything that needs a stable name: file names, derived ids, the index checksum.

/// FNV-1a, 64 bits, with the offset basis and prime of its authors (Fowler, Noll, Vo; public domain).
///
/// Each step is a bijection of the state, so a change within a single byte always changes the result.
/// It guards against accidents, never against an attacker.
pub fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// A hash in 16 hexadecimal digits.
pub fn hexadecimal(hash: u64) -> String {
    (0..16).rev().map(|digit| char::from(b"0123456789abcdef"[(hash >> (4 * digit) & 15) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::{fnv1a64, hexadecimal};

    #[test]
    fn hashes_are_written_whole() {
        for hash in [0, 0xcbf2_9ce4_8422_2325, 0x0123, u64::MAX] {
            assert_eq!(hexadecimal(hash), format!("{hash:016x}"));
        }
    }

    #[test]
    fn agrees_with_the_published_test_vectors() {
        assert_eq!(fnv1a64(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a64(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
