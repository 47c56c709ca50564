//! Names: from their beginning through the FST, and parts of them by a scan.

use super::automaton::{Beginning, prefixed};
use super::keys::{Keys, Span, members};
use super::steps::{Layer, Sets};
use super::within::{Part, Within};
use super::{By, Found, Value};
use crate::index::Index;
use crate::marks::Marks;
use std::ops::Range;

/// Names one after another, what is found in each, and of which keystrokes: the first and one past the last.
type Alike = (Range<u32>, (Part, usize, usize));

/// Reports every name that begins with one of the spans, once for each way it does. Names one after another in which the same is found are
/// reported together, by what was found in the first.
pub fn find_beginnings(index: &Index, keys: &Keys<'_>, spans: &[Span], report: &mut dyn FnMut(Range<u32>, Found)) {
    for span in spans {
        prefixed(index, &Beginning::new(keys, *span), &mut |names, state, depth| {
            for to in members(state.reached) {
                let Some(layer) = Sets::from(state).accepts(to) else { continue };
                report(names.clone(), found(index, keys, names.start, (layer, 0, depth), span.start, to));
            }
        });
    }
}

/// Reports every one of some names in which a span is found behind the first letter, by the best that stands there; together as
/// [`find_beginnings`] does.
pub fn find_inside(index: &Index, inside: &Within<'_>, names: &Marks, report: &mut dyn FnMut(Range<u32>, Found)) {
    let mut last: Option<Alike> = None;
    let mut tell = |last: &mut Option<Alike>| {
        if let Some((names, (part, from, to))) = last.take() {
            let found = found(index, inside.keys(), names.start, part, from, to);
            report(names, found);
        }
    };
    inside.scan(index.names().texts(), names, &mut |name, part, from, to| {
        match &mut last {
            // Characters may be other forms in one name and not in the next.
            Some((names, same)) if names.end == name && *same == (part, from, to) && part.0 != Layer::Literal => {
                names.end += 1;
            }
            _ => {
                tell(&mut last);
                last = Some((name..name + 1, (part, from, to)));
            }
        }
    });
    tell(&mut last);
}

fn found(index: &Index, keys: &Keys<'_>, name: u32, (layer, start, end): Part, from: usize, to: usize) -> Found {
    let text = &index.names().texts().get(name)[start as usize..end as usize];
    let variant = layer == Layer::Literal && keys.is_variant(from, text);
    let plain = Found::new(Value::Name(name), By::Letters(layer), (from, to), (start, end), 0);
    Found { variant, capital: keys.are_capitals, ..plain }
}
