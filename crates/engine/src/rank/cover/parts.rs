//! What of a match was found where: one part for each piece or run.

use super::{Cover, Match};
use crate::matcher::{By, Found, Layer, filled};
use crate::rank::finds::{Finds, each_value};
use crate::rank::quality::{CUT, Part, Quality, keys_of};

impl Cover<'_> {
    /// One part of the record for each span. The longest span chooses first, the others prefer what it leaves.
    fn whole_parts(&self, spans: &[&Finds], record: u32) -> Option<Vec<Part>> {
        if let [finds] = spans {
            return Some(vec![finds.best(self.index, record)?.0]);
        }
        let own = |i: &usize| spans[*i].best(self.index, record).map(|(part, _)| part.found.to - part.found.from);
        let mut order: Vec<usize> = Vec::new();
        for i in 0..spans.len() {
            let at = order.iter().position(|other| own(other) < own(&i)).unwrap_or(order.len());
            order.insert(at, i);
        }
        let mut chosen: Vec<Option<Part>> = vec![None; spans.len()];
        for i in order {
            let mut best: Option<(Quality, Part)> = None;
            each_value(self.index, record, &mut |value, field| {
                let Some(part) = spans[i].part(value, field) else { return };
                let with: Vec<Part> = chosen.iter().flatten().copied().chain([part]).collect();
                let quality = Quality::of(self.index, &with, (0, 0));
                if best.is_none_or(|(best, _)| quality < best) {
                    best = Some((quality, part));
                }
            });
            chosen[i] = Some(best?.1);
        }
        chosen.into_iter().collect()
    }

    /// The best tier of parts: that of a piece cut into several terms, if what was typed without a gap stands apart. 王zh is 王振国 before
    /// 王大中.
    pub(super) fn torn<'p>(&self, mut parts: impl Iterator<Item = &'p Part>) -> u8 {
        let mut before = parts.next();
        let torn = parts.any(|part| {
            let gap = before.is_none_or(|before| !follows(&part.found, &before.found));
            before = Some(part);
            gap && self.query.is_joint(usize::from(part.found.from))
        });
        if torn { CUT } else { 0 }
    }

    /// Parts that stand together in a value as they were typed, hanzi and letters in one, are one part: 袁longping is a mixture.
    fn joined(&self, parts: Vec<Part>) -> Vec<Part> {
        let mut joined: Vec<Part> = Vec::new();
        for part in parts {
            match joined.last_mut() {
                Some(last)
                    if self.query.is_joint(usize::from(part.found.from)) && follows(&part.found, &last.found) =>
                {
                    last.found =
                        Found { to: part.found.to, end: part.found.end, by: By::Letters(Layer::Mixed), ..last.found };
                }
                _ => joined.push(part),
            }
        }
        joined
    }

    /// What was found where, in the order of the query.
    pub fn parts(&self, found: &Match) -> Vec<Part> {
        self.joined(self.parts_apart(found))
    }

    /// The stretches of keystrokes that no part of a match explains.
    pub fn missing(&self, found: &Match) -> Vec<String> {
        let fillers = filled(&self.leads.fillers);
        let explained = self.parts_apart(found).iter().fold(fillers, |set, part| set | keys_of(part));
        let mut missing: Vec<String> = Vec::new();
        let mut before = true;
        for (at, key) in self.keys.all().iter().enumerate() {
            let is_explained = explained >> at & 1 == 1;
            let goes_on = !before && !self.query.begins_piece(at);
            match missing.last_mut() {
                _ if is_explained => {}
                Some(last) if goes_on => last.push(*key),
                _ => missing.push(String::from(*key)),
            }
            before = is_explained;
        }
        missing
    }

    /// One part for each piece or run.
    pub(super) fn parts_apart(&self, found: &Match) -> Vec<Part> {
        if let Some(place) = found.way.breathed() {
            return self.breathed[place].clone();
        }
        let spans = self.finds_of(found.way.cuts());
        spans.and_then(|spans| self.whole_parts(&spans, found.record)).unwrap_or_default()
    }
}

/// Whether a find goes on in its value where another ends.
fn follows(found: &Found, before: &Found) -> bool {
    found.value == before.value && found.start == before.end
}
