//! A table of numbers, nearly all 0: it takes memory, and the time to clear it, only where something stands.

/// How many numbers stand and come together.
const PAGE: usize = 256;

/// Numbers by place, 0 where none was put.
#[derive(Debug, Clone, Default)]
pub struct Table(Vec<Option<Box<[u32; PAGE]>>>);

impl Table {
    /// The number at a place, whatever the place.
    pub fn get(&self, place: u32) -> u32 {
        let page = self.0.get(place as usize / PAGE).and_then(Option::as_ref);
        page.map_or(0, |page| page[place as usize % PAGE])
    }

    /// The number at a place, to be changed.
    pub fn at(&mut self, place: u32) -> &mut u32 {
        let page = place as usize / PAGE;
        if page >= self.0.len() {
            self.0.resize(page + 1, None);
        }
        &mut self.0[page].get_or_insert_with(|| Box::new([0; PAGE]))[place as usize % PAGE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn says_what_was_put(put in prop::collection::vec((0u32..2000, any::<u32>()), 0..50), asked in 0u32..3000) {
            let (mut table, mut map) = (Table::default(), BTreeMap::new());
            for (place, number) in put {
                *table.at(place) = number;
                map.insert(place, number);
            }
            for place in map.keys().copied().chain([asked]) {
                prop_assert_eq!(table.get(place), map.get(&place).copied().unwrap_or(0));
            }
        }
    }
}
