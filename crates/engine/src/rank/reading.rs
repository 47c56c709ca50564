//! Reads what was typed: titles and words that say nothing apart, and what words lead to.

use super::cover;
use crate::index::Index;
use crate::matcher::{Leads, Lexicon, filled, is_value, range};
use crate::query::{Query, is_latin};
use crate::record::Field;
use std::ops::Range;

/// A text as it is searched, and what its words lead to.
pub fn read<'l>(index: &Index, lexicon: &'l Lexicon, text: &str) -> (Query, Leads<'l>) {
    let typed = Query::parse(text);
    if lexicon.is_whole() { understand(index, lexicon, typed) } else { (typed, Leads::none()) }
}

/// A query without titles and what says nothing, and what its words lead to.
// Where an engine comes in two halves, this is in the second.
#[inline(never)]
fn understand<'l>(index: &Index, lexicon: &'l Lexicon, mut typed: Query) -> (Query, Leads<'l>) {
    let mut leads = Leads::of(lexicon, &typed, cover::cuts(&typed));
    if let Some((title, says_nothing)) = title(index, &typed, &leads) {
        if says_nothing {
            leads.fillers.push((title.start, title.end));
        }
        typed = typed.cut_before(title.start);
    }
    match without_fillers(&typed, &leads) {
        Some(query) => {
            let leads = Leads::of(lexicon, &query, cover::cuts(&query));
            (query, leads)
        }
        None => (typed, leads),
    }
}

/// Titles of one character, which say nothing after a surname: 钟老.
const SHORT_TITLES: [char; 2] = ['老', '总'];
/// What people are called whatever their type is: 超导专家.
const EXPERT: [char; 2] = ['专', '家'];

/// The title or the type with which a piece of hanzi ends, and whether it says nothing there: what stands before it is looked for by
/// itself, unless a value or somebody's name holds the piece. 老 and 总 are titles after a surname alone (钟老). A type says who is meant, behind
/// a surname (袁院士) or anything else (江苏院士, 袁隆平院士); where that is known but for a surname it is a title like others: 清华施院士, as 清华施老师.
fn title(index: &Index, query: &Query, leads: &Leads<'_>) -> Option<(Range<usize>, bool)> {
    // Stations are not called by their type.
    let is_type = |typed: &[char]| is_value(index, typed, |column| column.field() == Field::Type, true);
    (0..query.pieces()).map(|piece| query.range(piece..piece + 1)).find_map(|Range { start, end }| {
        let typed = &query.keys()[start..end];
        let is_known = |to: usize| {
            leads.followed().any(|keys| keys == (start, to))
                || is_value(index, &query.keys()[start..to], |column| column.field().is_searched(), false)
        };
        // Whether it says nothing, and whether a surname must stand before it.
        let title = |at: usize| match &typed[at - start..] {
            [last] => (at - start == 1 && SHORT_TITLES.contains(last)).then_some((true, true)),
            title if title == EXPERT || leads.fillers.contains(&(at, end)) => Some((true, at - start == 1)),
            title => is_type(title).then(|| match at - start {
                1 => (false, true),
                _ if is_known(at - 1) && !is_known(at) => (true, true),
                _ => (false, false),
            }),
        };
        let (at, (says_nothing, mut is_missing)) = (start + 1..end).find_map(|at| Some((at, title(at)?)))?;
        if is_latin(typed[0]) || is_known(end) {
            return None;
        }
        let surname = typed[at - start - 1];
        let mut is_name = false;
        for text in index.names().texts().iter() {
            is_missing &= text.first().is_none_or(|id| index.letters().folded(*id) != surname);
            is_name |= text.windows(typed.len()).any(|part| index.letters().are(part, typed));
        }
        (!is_missing && !is_name).then_some((at..end, says_nothing))
    })
}

/// The query without the pieces that say nothing, if there are any and others too.
fn without_fillers(query: &Query, leads: &Leads<'_>) -> Option<Query> {
    let fillers = filled(&leads.fillers);
    let says_nothing = |piece: usize| {
        let keys = query.range(piece..piece + 1);
        range(keys.start, keys.end) & !fillers == 0
    };
    let count = (0..query.pieces()).filter(|piece| says_nothing(*piece)).count();
    (count > 0 && count < query.pieces()).then(|| query.without(&says_nothing))
}
