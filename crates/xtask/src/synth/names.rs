//! Names of people: surnames by public frequencies, given names from the sample's own characters.

use super::{
    surnames::{COMMON, COMMON_SHARE, COMPOUND, share},
    values::Weighted,
};

/// Draws names.
pub struct Names {
    surnames: Weighted<String>,
    /// Whether a given name has two characters.
    two: Weighted<bool>,
    /// The only character, the first of two, the second of two.
    characters: [Weighted<char>; 3],
    /// The parts of transcribed names: those that begin one, and those that go on.
    parts: [Vec<String>; 2],
}

impl Names {
    /// Learns given names from these names, and the surnames beyond the common ones.
    pub fn of<'a>(sample: impl Iterator<Item = &'a str>) -> Names {
        let mut surnames = Weighted::default();
        let shares: Vec<f64> = (1..=COMMON.chars().count()).map(share).collect();
        let scale = COMMON_SHARE / shares.iter().sum::<f64>();
        for (surname, share) in COMMON.chars().zip(shares) {
            surnames.add(surname.to_string(), share * scale);
        }
        let compound: f64 = COMPOUND.iter().map(|(_, share)| share).sum();
        COMPOUND.iter().for_each(|&(surname, share)| surnames.add(surname.into(), share));

        let (mut two, mut characters, mut parts) =
            (Weighted::default(), [(); 3].map(|()| Weighted::default()), [vec![], vec![]]);
        let mut rare: Vec<char> = Vec::new();
        for name in sample {
            if name.contains('·') {
                name.split('·').enumerate().for_each(|(at, part)| parts[at.min(1)].push(part.to_string()));
                continue;
            }
            let letters: Vec<char> = name.chars().collect();
            match letters[..] {
                [surname, only] => {
                    two.add(false, 1.0);
                    characters[0].add(only, 1.0);
                    rare.extend((!COMMON.contains(surname)).then_some(surname));
                }
                [surname, first, second] => {
                    two.add(true, 1.0);
                    characters[1].add(first, 1.0);
                    characters[2].add(second, 1.0);
                    rare.extend((!COMMON.contains(surname)).then_some(surname));
                }
                // Compound surnames and untranscribed names from abroad: their characters would blur the positions.
                _ => {}
            }
        }
        let rest = (10_000.0 - COMMON_SHARE - compound) / rare.len().max(1) as f64;
        rare.into_iter().for_each(|surname| surnames.add(surname.to_string(), rest));
        Names { surnames, two, characters, parts }
    }

    /// A surname and a given name of one or two characters.
    pub fn chinese(&self, rng: &mut fastrand::Rng) -> String {
        let mut name = self.surnames.draw(rng).clone();
        let [only, first, second] = &self.characters;
        let given = if *self.two.draw(rng) { [Some(first), Some(second)] } else { [Some(only), None] };
        name.extend(given.into_iter().flatten().map(|position| *position.draw(rng)));
        name
    }

    /// Two parts joined by ·, as names from abroad and of several peoples of China are written.
    pub fn transcribed(&self, rng: &mut fastrand::Rng) -> String {
        let [heads, tails] = &self.parts;
        format!("{}·{}", heads[rng.usize(..heads.len())], tails[rng.usize(..tails.len())])
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use std::collections::HashSet;

    #[test]
    fn characters_keep_their_position() {
        let names = Names::of(["王子强", "李文", "吾守尔·斯拉木"].into_iter());
        let mut rng = fastrand::Rng::with_seed(1);
        let given: HashSet<String> = (0..200)
            .map(|_| names.chinese(&mut rng))
            .filter(|name| name.starts_with('王'))
            .map(|name| name.chars().skip(1).collect())
            .collect();
        assert_eq!(given, HashSet::from(["子强".to_string(), "文".to_string()]));
        assert_eq!(names.transcribed(&mut rng), "吾守尔·斯拉木");
    }
}
