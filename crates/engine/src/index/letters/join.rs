//! The alphabet of an index and the few letters that its words have beside it, as one.

use super::{LetterId, Letters, MAX_LETTERS};

impl Letters {
    /// These letters and others, of which none is among them, in their order; and where each of these stands there. What is common here is so there.
    ///
    /// `None` when there are too many, or when one is in both.
    pub(crate) fn joined(&self, others: &Letters) -> Option<(Letters, Vec<LetterId>)> {
        let n = self.len() + others.len();
        if n > MAX_LETTERS {
            return None;
        }
        let mut joined = Letters::with_room(n);
        let mut places = Vec::with_capacity(self.len());
        let mut ascend = true;
        for id in 0..n as LetterId {
            let own = places.len() as LetterId;
            let other = id - own;
            let is_own = usize::from(other) == others.len()
                || places.len() < self.len() && self.stands_before(own, others, other);
            if is_own {
                places.push(id);
            }
            joined.push_of(if is_own { (self, own) } else { (others, other) });
            ascend &= id == 0 || joined.stands_before(id - 1, &joined, id);
        }
        let common = self.common.iter().take(256 - n.div_ceil(256));
        let common = common.map(|id| places[usize::from(*id)]).collect();
        ascend.then(|| (joined.finished(common), places))
    }

    /// Those of other letters that are not among these.
    pub(crate) fn lacking(&self, others: &Letters) -> Letters {
        let mut lacking = Letters::with_room(0);
        let mut id = 0;
        for other in 0..others.len() as LetterId {
            while usize::from(id) < self.len() && self.stands_before(id, others, other) {
                id += 1;
            }
            if usize::from(id) == self.len() || others.stands_before(other, self, id) {
                lacking.push_of((others, other));
            }
        }
        lacking.finished(Vec::new())
    }

    /// Appends a letter of an alphabet.
    fn push_of(&mut self, (letters, id): (&Letters, LetterId)) {
        self.push(letters.chars[usize::from(id)], letters.marks(id), letters.readings(id));
    }
}
