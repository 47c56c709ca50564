//! The alphabet of an index and the few letters that its words have beside it, as one.

use super::{BYTES_OF_A_LETTER, LetterId, Letters, MAX_LETTERS};
use crate::index::read::Allowance;

impl Letters {
    /// These letters and others, of which none is among them, in their order; and where each of these stands there. What is common here is so there.
    ///
    /// `None` when there are too many, when one is in both, or when there is no room for them.
    pub(crate) fn joined(&self, others: &Letters, allowance: &mut Allowance) -> Option<(Letters, Vec<LetterId>)> {
        let n = self.len() + others.len();
        if n > MAX_LETTERS || !allowance.affords(n * (BYTES_OF_A_LETTER + size_of::<LetterId>())) {
            return None;
        }
        let mut joined = Letters::with_room(n);
        let mut places = Vec::with_capacity(self.len());
        let mut other = 0;
        for id in 0..=self.len() as LetterId {
            let is_last = usize::from(id) == self.len();
            while usize::from(other) < others.len() && (is_last || others.key(other) < self.key(id)) {
                joined.push_of(others, other);
                other += 1;
            }
            if !is_last {
                places.push(joined.len() as LetterId);
                joined.push_of(self, id);
            }
        }
        let ascend = |id| joined.key(id - 1) < joined.key(id);
        if !(1..joined.len() as LetterId).all(ascend) {
            return None;
        }
        let common = self.common.iter().take(256 - n.div_ceil(256));
        let common = common.map(|id| places[usize::from(*id)]).collect();
        Some((joined.finished(common), places))
    }

    /// Those of other letters that are not among these.
    pub(crate) fn lacking(&self, others: &Letters) -> Letters {
        let mut lacking = Letters::with_room(0);
        let mut id = 0;
        for other in 0..others.len() as LetterId {
            while usize::from(id) < self.len() && self.key(id) < others.key(other) {
                id += 1;
            }
            if usize::from(id) == self.len() || self.key(id) != others.key(other) {
                lacking.push_of(others, other);
            }
        }
        lacking.finished(Vec::new())
    }

    /// Appends a letter of another alphabet.
    fn push_of(&mut self, other: &Letters, id: LetterId) {
        self.push(other.chars[usize::from(id)], other.marks(id), other.readings(id));
    }
}
