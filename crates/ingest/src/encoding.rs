//! Bytes of a text file as text: UTF-8, UTF-16 or GB18030, decided by the bytes alone, and an error rather than mojibake.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use crate::problem::Kind;

/// The text and the name of its encoding.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), Kind> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..], 0);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return strictly(encoding, bytes, 0);
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), "UTF-8")),
        Err(error) => error,
    };
    if is_mostly_utf8(bytes) {
        return Err(Kind::Encoding { line: line_of(bytes, error.valid_up_to()), rest: "UTF-8" });
    }
    let (text, name) = strictly(GB18030, bytes, error.valid_up_to())?;
    // Nearly every pair of bytes is some character in GB18030; text in another encoding becomes rare ones.
    match BIG5.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(other) if usual(&text) < 0.9 && usual(&text) < usual_traditional(&other) => {
            Err(Kind::Encoding { line: line_of(bytes, error.valid_up_to()), rest: "UTF-8/GBK" })
        }
        _ if usual(&text) < 0.4 => Err(Kind::Encoding { line: line_of(bytes, error.valid_up_to()), rest: "UTF-8/GBK" }),
        _ => Ok((text, name)),
    }
}

/// Decodes without a single replacement; `line_from` is where the first line that is not ASCII may begin.
fn strictly(encoding: &'static Encoding, bytes: &[u8], line_from: usize) -> Result<(String, &'static str), Kind> {
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text.into_owned(), name)),
        None => {
            let (lossy, _) = encoding.decode_without_bom_handling(bytes);
            let line = match lossy.find('\u{fffd}') {
                Some(at) => 1 + lossy[..at].matches('\n').count(),
                None => line_of(bytes, line_from),
            };
            Err(Kind::Encoding { line, rest: name })
        }
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|b| **b == b'\n').count()
}

/// UTF-16 betrays itself by the zero bytes of its commas, digits and line breaks, always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |side: usize| start.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, zeros) if zeros > 0 => Some(UTF_16LE),
        (zeros, 0) if zeros > 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether what is not ASCII is well-formed UTF-8 nearly everywhere, so that the rest of it is damage.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        bad += chunk.invalid().len();
    }
    good > 4 * bad
}

/// The share of the hanzi in a text that are in GB 2312, which has nearly all that are in use.
fn usual(text: &str) -> f64 {
    let mut buffer = [0; 4];
    share(text, |c| {
        let (bytes, ..) = GB18030.encode(c.encode_utf8(&mut buffer));
        matches!(*bytes, [0xb0..=0xf7, 0xa1..=0xfe])
    })
}

/// The share of the hanzi in a text that are in the first plane of Big5.
fn usual_traditional(text: &str) -> f64 {
    let mut buffer = [0; 4];
    share(text, |c| {
        let (bytes, ..) = BIG5.encode(c.encode_utf8(&mut buffer));
        matches!(*bytes, [0xa4..=0xc6, _])
    })
}

fn share(text: &str, mut is_usual: impl FnMut(char) -> bool) -> f64 {
    let (mut usual, mut all) = (0u32, 0u32);
    for c in text
        .chars()
        .filter(|c| *c > '\u{ff}' && !matches!(c, '\u{2000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}'))
        .take(10_000)
    {
        all += 1;
        usual += u32::from(is_usual(c));
    }
    if all == 0 { 1.0 } else { f64::from(usual) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(order).collect()
    }

    #[test]
    fn every_encoding_of_one_text() {
        let traditional = "編號,姓名,單位\n1,張曉風,國立臺灣大學機械工程學系\n";
        assert_eq!(decode(&GB18030.encode(traditional).0), Ok((traditional.to_owned(), "GB18030")));
        let text = "编号,姓名,单位\r\na1,袁隆平,湖南杂交水稻研究中心\r\na2,喆𠮷,㛃\r\n";
        let (gb, _, lost) = GB18030.encode(text);
        assert!(!lost);
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
            (gb.to_vec(), "GB18030"),
            (utf16(text, true, u16::to_le_bytes), "UTF-16LE"),
            (utf16(text, true, u16::to_be_bytes), "UTF-16BE"),
            (utf16(text, false, u16::to_le_bytes), "UTF-16LE"),
            (utf16(text, false, u16::to_be_bytes), "UTF-16BE"),
        ] {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), name)));
        }
        assert_eq!(decode(b"a,b"), Ok(("a,b".to_owned(), "UTF-8")));
        assert_eq!(decode(b""), Ok((String::new(), "UTF-8")));
    }

    #[test]
    fn never_mojibake() {
        let text = "编号,姓名,单位\n".repeat(20);
        let cut = &text.as_bytes()[..text.len() - 3];
        let broken = [text.as_bytes(), b"\xd5\xc5\xc8\xfd\n"].concat();
        let (big5, ..) = BIG5.encode("編號,姓名,單位,專業領域\na1,張曉風,國立臺灣大學,機械工程與電機\n");
        let (gb, ..) = GB18030.encode("编号,姓名\na1,张三\n");
        let halved = &gb[..gb.len() - 2];
        for (bytes, line, rest) in [
            (cut, 20, "UTF-8"),
            (&broken, 21, "UTF-8"),
            (&big5, 1, "UTF-8/GBK"),
            (halved, 2, "GB18030"),
            (b"\xff\xfea\x00\x00\xd8b\x00", 1, "UTF-16LE"),
        ] {
            assert_eq!(decode(bytes), Err(Kind::Encoding { line, rest }), "{rest} {line}");
        }
    }
}
