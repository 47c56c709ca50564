//! Two ways to draw a value: by weight, and as the values of a growing directory repeat.

use std::collections::HashMap;

/// Values with weights.
pub struct Weighted<T> {
    values: Vec<T>,
    /// The sum of the weights up to and with each value.
    sums: Vec<f64>,
}

impl<T> Default for Weighted<T> {
    fn default() -> Self {
        Weighted { values: Vec::new(), sums: Vec::new() }
    }
}

impl<T> Weighted<T> {
    /// Adds a value; the same one may be added again.
    pub fn add(&mut self, value: T, weight: f64) {
        self.values.push(value);
        self.sums.push(self.sums.last().copied().unwrap_or(0.0) + weight);
    }

    /// A value, as often as its weight says.
    pub fn draw(&self, rng: &mut fastrand::Rng) -> &T {
        let point = rng.f64() * self.sums.last().copied().unwrap_or(0.0);
        &self.values[self.sums.partition_point(|&sum| sum <= point).min(self.values.len() - 1)]
    }
}

/// How the number of distinct values grows with the number of rows: as its power of this.
///
/// Halves of the sample say 0.73 for organisations and 0.84 for disciplines; such exponents fall as a directory grows, and
/// elected members are spread more thinly than the staff of one province. 0.65 gives 100,000 rows about 11,000 organisations.
const GROWTH: f64 = 0.65;

/// Values of one column as rows are added: new ones ever more seldom, old ones by how common they are (a Pitman–Yor process,
/// which gives both the growth above and the long tail that such columns have).
pub struct Growing {
    values: Vec<String>,
    counts: Vec<u32>,
    /// The value of every row so far.
    rows: Vec<u32>,
    index: HashMap<String, u32>,
}

impl Growing {
    /// Begins with the rows of the sample.
    pub fn of<'a>(sample: impl Iterator<Item = &'a str>) -> Growing {
        let mut growing = Growing { values: Vec::new(), counts: Vec::new(), rows: Vec::new(), index: HashMap::new() };
        sample.for_each(|value| drop(growing.add(value.to_string())));
        growing
    }

    /// The value of the next row; `invent` is asked for a new one when it is time for one.
    pub fn draw(&mut self, rng: &mut fastrand::Rng, mut invent: impl FnMut(&mut fastrand::Rng) -> String) -> String {
        if rng.f64() * (self.rows.len() as f64) < GROWTH * self.values.len() as f64 {
            let value = invent(rng);
            return self.add(value);
        }
        loop {
            let value = self.rows[rng.usize(..self.rows.len())] as usize;
            if rng.f64() * f64::from(self.counts[value]) >= GROWTH {
                return self.add(self.values[value].clone());
            }
        }
    }

    fn add(&mut self, value: String) -> String {
        let next = self.values.len() as u32;
        let number = *self.index.entry(value.clone()).or_insert(next);
        if number == next {
            self.values.push(value.clone());
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        self.rows.push(number);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::{GROWTH, Growing};

    #[test]
    fn distinct_values_grow_by_the_stated_power() {
        let mut rng = fastrand::Rng::with_seed(5);
        let mut growing = Growing::of(["a"; 10].into_iter().chain(["b", "c", "d"]));
        let mut next = 0;
        let mut distinct_after = |rows: usize| {
            while growing.rows.len() < rows {
                growing.draw(&mut rng, |_| {
                    next += 1;
                    next.to_string()
                });
            }
            growing.values.len() as f64
        };
        let (early, late) = (distinct_after(2_000), distinct_after(200_000));
        let power = (late / early).ln() / 100f64.ln();
        assert!((power - GROWTH).abs() < 0.05, "{power}");
    }
}
