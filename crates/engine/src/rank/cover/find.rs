//! Looks for what was typed: the cheap ways first, and the others where they find little.

use super::slots::{cuts, finds_at, put, put_beside, put_names, slot};
use super::{Cover, Match};
use crate::marks::Marks;
use crate::matcher::{
    By, Found, Layer, Leads, Marked, Runs, Span, Texture, Value, Within, filled, find_abbreviated, find_beginnings,
    find_inside, find_similar, find_weak, range,
};
use crate::query::is_latin;
use crate::rank::breath::{Asked, Breath};
use crate::rank::finds::Finds;
use crate::rank::way::Way;
use std::ops::Range;
use std::rc::Rc;

/// From how many records on that hold all terms nobody looks for those that hold them in part, or by weak matches.
const ENOUGH: usize = 10;
/// How many hanzi an abbreviation has at most that is typed in one breath with other terms.
const MAX_ABBREVIATED: usize = 7;
/// From how many hanzi on several terms may be one piece.
const MIN_BREATH: usize = 4;

impl Cover<'_> {
    /// Finds the spans in values, and then in names.
    pub(super) fn find_strong(&mut self) {
        let Cover { index, lexicon, query, keys, spans, inside, finds, .. } = self;
        let mut add = |found: Found| {
            put(index, query, finds, found);
        };
        let within = Within::new(keys, spans, Texture::Values);
        for (place, column) in (0..).zip(index.columns()).filter(|(_, column)| column.field().is_searched()) {
            let texts = column.texts();
            within.scan(texts, &within.holding(texts), &mut |number, (layer, start, end), from, to| {
                let text = &texts.get(number)[start as usize..end as usize];
                let plain = Found::new(Value::Cell(place, number), By::Letters(layer), (from, to), (start, end), 0);
                let variant = layer == Layer::Literal && keys.is_variant(from, text);
                add(Found { variant, fragment: lexicon.is_within_word(index, place, number, start), ..plain });
            });
        }
        let mut add_names = |names, found| put_names(index, query, finds, names, found);
        find_beginnings(index, keys, spans, &mut add_names);
        let names = index.names().texts();
        if query.pieces() == 1 {
            find_inside(index, inside, &inside.holding(names), &mut add_names);
        } else {
            // Most names that hold one piece are of nobody who has the others.
            for Marked { from, to, strong, weak } in inside.marks(names) {
                if let Some(finds) = finds_at(query, finds, from as u8, to as u8) {
                    finds.mark_names(index, &strong, &weak);
                }
            }
        }
        if lexicon.is_whole() {
            self.follow_leads();
        }
        self.finds.iter_mut().flatten().for_each(|finds| finds.share(self.index));
    }

    /// Looks at what the names of these records hold, of which no more is known than that they hold something.
    pub(super) fn look_inside(&mut self, records: &Marks) {
        let Cover { index, query, inside, finds, .. } = self;
        if query.pieces() == 1 {
            return;
        }
        let mut names = Marks::none(index.names().texts().len());
        records.each(&mut |record| {
            names.set(index.name(record));
            index.aliases(record).iter().for_each(|alias| names.set(*alias));
        });
        find_inside(index, inside, &names, &mut |names, found| put_names(index, query, finds, names, found));
        finds.iter_mut().flatten().for_each(|finds| finds.share(index));
    }

    /// Where whole pieces find little: abbreviations, runs, weak ways.
    // Where an engine comes in two halves, this is in the second.
    #[inline(never)]
    pub(super) fn find_otherwise(&mut self) {
        let hanzi = self.query.keys().iter().filter(|key| !is_latin(**key)).count();
        if self.count() < ENOUGH && !self.is_found() {
            self.find_abbreviated();
        }
        // A slip in somebody's name is nearer than all who have only the rest.
        let is_slip = self.count() == 0 && self.query.pieces() > 1 && !self.finds.iter().flatten().any(Finds::is_name);
        if is_slip {
            self.add_weak();
        }
        let enough = if self.query.pieces() > 1 || hanzi >= MIN_BREATH { ENOUGH } else { 1 };
        if self.count() < enough && (hanzi >= MIN_BREATH || !self.is_found()) {
            self.in_one_breath();
        }
        if self.count() < ENOUGH && !is_slip && !self.is_found() {
            self.add_weak();
        }
    }

    /// Finds what whole pieces lead to.
    // Where an engine comes in two halves, this is in the second.
    #[inline(never)]
    fn follow_leads(&mut self) {
        let Cover { index, query, finds, .. } = self;
        let is_piece = |from, to| slot(query, from, to).is_some();
        let mut add = |found: Found| {
            put(index, query, finds, found);
        };
        self.leads.follow(index, &is_piece, &mut add);
        Leads::find_suffixed(index, query, &mut add);
    }

    /// Finds abbreviations of organisations: whole pieces, and, for what is typed in one breath, beginnings and ends of pieces.
    fn find_abbreviated(&mut self) {
        let Cover { index, lexicon, query, keys, runs, spans, finds, beside, .. } = self;
        let runs = runs.get_or_init(|| Rc::new(Runs::new(keys, cuts(query), 0)));
        let mut spans = spans.clone();
        for piece in 0..query.pieces() {
            let Range { start, end } = query.range(piece..piece + 1);
            let own = finds[piece * query.pieces() + piece].as_ref();
            // What is the name of an organisation abbreviates no other.
            if own.is_some_and(Finds::is_organisation) {
                spans[piece].ends &= !(1 << end);
                continue;
            }
            // What stands somewhere as it was typed is not several terms.
            if own.is_some_and(|finds| !finds.is_empty()) {
                continue;
            }
            if query.keys()[start..end].iter().any(|key| is_latin(*key)) {
                continue;
            }
            let ends = range(start + 2, end.min(start + MAX_ABBREVIATED) + 1);
            if ends != 0 {
                spans.push(Span { start, ends });
            }
            // Two characters at least: one is in most names.
            for start in (start + 1).max(end.saturating_sub(MAX_ABBREVIATED))..end - 1 {
                spans.push(Span { start, ends: 1 << end });
            }
        }
        spans.retain(|span| span.ends != 0);
        let mut any = false;
        find_abbreviated(index, lexicon, keys, runs, &spans, &mut |found| {
            any = true;
            if !put(index, query, finds, found) {
                put_beside(index, beside, found);
            }
        });
        if any {
            finds.iter_mut().flatten().for_each(|finds| finds.share(index));
            self.by_pieces();
        }
    }

    /// Records that hold the query in runs, or most of it.
    fn in_one_breath(&mut self) {
        let Cover { index, query, beside, .. } = self;
        let mut add = |found: Found| {
            if slot(query, usize::from(found.from), usize::from(found.to)).is_none() {
                put_beside(index, beside, found);
            }
        };
        self.leads.follow(index, &|from, to| slot(query, from, to).is_none(), &mut add);
        Leads::find_suffixed(index, query, &mut add);
        self.beside.iter_mut().for_each(|(.., finds)| finds.share(self.index));
        // The name of an organisation is not put together from parts of others: 北京大学 is not 北京师范大学.
        let mut whole = 0;
        for (piece, keys) in self.pieces().enumerate() {
            if self.finds(piece..piece + 1).is_some_and(Finds::is_organisation) {
                whole |= range(keys.start, keys.end);
            }
        }
        let runs = || Rc::new(Runs::new(self.keys, cuts(self.query), whole));
        let runs = if whole == 0 { Rc::clone(self.runs.get_or_init(runs)) } else { runs() };
        let closely = self.breath(&runs).closely(&self.records());
        let mut looked = Marks::none(self.index.len());
        closely.iter().for_each(|record| looked.set(*record));
        self.look_inside(&looked);
        for (record, quality, parts) in self.breath(&runs).covers(&closely) {
            let way = Way::breath(self.breathed.len());
            self.matches.push(Match { record, rank: quality.packed(), way });
            self.breathed.push(parts);
        }
    }

    /// The query with all that is found for it so far, to be covered with runs.
    fn breath<'b>(&'b self, runs: &'b Runs<'b>) -> Breath<'b> {
        let pieces = self.query.pieces();
        let mut found = Vec::new();
        for piece in 0..pieces {
            let Range { start, end } = self.query.range(piece..piece + 1);
            found.extend(self.finds(piece..piece + 1).map(|finds| (range(start, end), finds)));
        }
        for (from, to, finds) in &self.beside {
            found.push((range(usize::from(*from), usize::from(*to)), finds));
        }
        let asked = Asked { pieces, found, fillers: filled(&self.leads.fillers) };
        Breath::new(self.index, self.lexicon, runs, asked, self.count() == 0)
    }

    /// Adds records that match only by weak ways.
    fn add_weak(&mut self) {
        let Cover { index, lexicon, query, keys, spans, finds, .. } = self;
        let mut any = false;
        let mut add = |found: Found| any |= put(index, query, finds, found);
        find_weak(index, keys, spans, &mut add);
        find_similar(index, lexicon, keys, spans, &mut add);
        if any {
            finds.iter_mut().flatten().for_each(|finds| finds.share(index));
            self.by_pieces();
        }
    }
}
