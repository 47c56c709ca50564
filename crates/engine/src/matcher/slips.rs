//! How bad the slips are by which one spelling was typed as another.

/// The rows of letters on a keyboard; neighbours in a row are often hit for each other.
const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// A slip of the finger: two letters swapped, a neighbouring key, a letter twice or once instead of twice.
const FINGER: usize = 1;
/// Any other letter wrong, missing or too many.
const OTHER: usize = 2;

/// The least cost of the slips that turn some beginning of `spelling` into `typed`; 0 when it is one.
pub fn cost(spelling: &[u8], typed: &[u8]) -> usize {
    let n = typed.len();
    // Row i: the costs of typing the first j letters for the first i of the spelling.
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=n).map(|j| j * OTHER).collect();
    let mut least = row[n];
    for (i, letter) in spelling.iter().enumerate() {
        // `ü` is typed v or u, which is no slip.
        let same = |key: u8| *letter == key || (*letter, key) == (b'v', b'u');
        let again = |at: Option<&u8>, one: u8| if at == Some(&one) { FINGER } else { OTHER };
        let mut next = vec![row[0] + OTHER];
        for (j, key) in typed.iter().enumerate() {
            let left_out = row[j + 1] + again(i.checked_sub(1).and_then(|i| spelling.get(i)), *letter);
            let too_many = next[j] + again(j.checked_sub(1).and_then(|j| typed.get(j)), *key);
            let instead = row[j]
                + if same(*key) {
                    0
                } else if are_neighbours(*letter, *key) {
                    FINGER
                } else {
                    OTHER
                };
            let swapped = match (i, j) {
                (1.., 1..) if spelling[i - 1] == *key && typed[j - 1] == *letter => before[j - 1] + FINGER,
                _ => usize::MAX,
            };
            next.push(left_out.min(too_many).min(instead).min(swapped));
        }
        before = std::mem::replace(&mut row, next);
        least = least.min(row[n]);
    }
    least
}

fn are_neighbours(a: u8, b: u8) -> bool {
    let place =
        |one: u8| ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.iter().position(|key| *key == one)?)));
    matches!((place(a), place(b)), (Some((row, x)), Some((other, y))) if row == other && x.abs_diff(y) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finger_slips_are_cheaper() {
        for (spelling, typed, expected) in [
            ("renqilong", "renqilong", 0),
            ("renqilong", "renqi", 0),
            ("renqilong", "renqilng", 2),
            ("zhouyongmao", "zhouyoggmao", 2),
            ("zhouyongmao", "zhouyobgmao", 1),
            ("denglongjiang", "denglognjiang", 1),
            ("lijiachun", "liijachun", 1),
            ("lijiachun", "liijiachun", 1),
            ("lvyongxiang", "luyongxiang", 0),
        ] {
            assert_eq!(cost(spelling.as_bytes(), typed.as_bytes()), expected, "{spelling} {typed}");
        }
    }
}
