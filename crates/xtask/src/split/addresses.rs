//! Which functions take the address of which, by the relocations that the linker leaves: in their code, and in the data to which their code points.
//!
//! A function that is called through the table is called by number, and no module says who knows the number: it stands in code as any number
//! does, and in data among vtables. Before the linker put it there, it was a symbol.

use anyhow::{Context, Result, ensure};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use wasmparser::{KnownCustom, Linking, Name, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo, TypeRef};

/// By the name of a function, those of the functions whose addresses it can come by from itself.
pub type Taken = HashMap<String, HashSet<String>>;

/// What code or data refers to by address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// A function, by its index.
    Function(u32),
    /// Data, by the index of its symbol.
    Data(usize),
}

/// Reads a module that was linked with `--emit-relocs`.
///
/// # Errors
///
/// If it has no relocations, or is no module.
pub fn taken(linked: &[u8]) -> Result<Taken> {
    let linked = Linked::read(linked)?;
    ensure!(!linked.in_code.is_empty(), "the module was linked without relocations");
    let mut refers: HashMap<Place, HashSet<Place>> = HashMap::new();
    for (entries, is_code) in [(&linked.in_code, true), (&linked.in_data, false)] {
        for entry in entries {
            let Some(to) = linked.target(entry) else { continue };
            let places = if is_code { &linked.code } else { &linked.data };
            // What lies in no symbol nobody refers to.
            for (_, from) in places.iter().filter(|(range, _)| range.contains(&(entry.offset as usize))) {
                refers.entry(*from).or_default().insert(to);
            }
        }
    }
    let functions = refers.keys().filter_map(|from| match from {
        Place::Function(index) => Some(*index),
        Place::Data(_) => None,
    });
    let taken = functions.map(|index| {
        let (mut known, mut todo, mut taken) = (HashSet::new(), vec![Place::Function(index)], HashSet::new());
        while let Some(from) = todo.pop() {
            for to in refers.get(&from).into_iter().flatten() {
                match to {
                    Place::Function(to) => drop(taken.insert(linked.name(*to)?)),
                    Place::Data(_) if known.insert(*to) => todo.push(*to),
                    Place::Data(_) => {}
                }
            }
        }
        Ok((linked.name(index)?, taken))
    });
    taken.collect()
}

/// The module without what only linkers read, and what would be wrong once its code is written anew.
///
/// # Errors
///
/// If it is no module.
pub fn without_relocations(linked: &[u8]) -> Result<Vec<u8>> {
    let (mut bytes, mut end) = (Vec::new(), 0);
    for payload in Parser::new(0).parse_all(linked) {
        let payload = payload?;
        let is_for_linkers = match &payload {
            Payload::CustomSection(custom) => custom.name() == "linking" || custom.name().starts_with("reloc."),
            _ => false,
        };
        let section = match &payload {
            Payload::Version { range, .. } => Some(range.clone()),
            other => other.as_section().map(|(_, range)| range),
        };
        if let Some(range) = section {
            // A section begins where the one before ends.
            let whole = std::mem::replace(&mut end, range.end)..range.end;
            if !is_for_linkers {
                bytes.extend(&linked[whole]);
            }
        }
    }
    Ok(bytes)
}

/// What is needed of a module with relocations.
#[derive(Default)]
struct Linked {
    names: HashMap<u32, String>,
    symbols: Vec<Option<Place>>,
    /// Where functions and data lie, from the beginning of their section.
    code: Vec<(Range<usize>, Place)>,
    data: Vec<(Range<usize>, Place)>,
    in_code: Vec<RelocationEntry>,
    in_data: Vec<RelocationEntry>,
}

impl Linked {
    fn read(bytes: &[u8]) -> Result<Linked> {
        let mut linked = Linked::default();
        // Where segments of data lie, and which symbol is which part of one.
        let (mut segments, mut parts) = (Vec::new(), Vec::new());
        let (mut imported, mut sections, mut code_section, mut data_section) = (0, 0, None, None);
        let mut code_start = 0;
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => {
                    (code_section, code_start) = (Some(sections), range.start);
                }
                Payload::CodeSectionEntry(body) => {
                    let index = imported + linked.code.len() as u32;
                    let range = body.range();
                    linked.code.push((range.start - code_start..range.end - code_start, Place::Function(index)));
                }
                Payload::DataSection(data) => {
                    data_section = Some(sections);
                    for segment in data.clone() {
                        let segment = segment?;
                        let start = segment.range.end - segment.data.len() - data.range().start;
                        segments.push(start);
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Name(names) => {
                        for name in names {
                            if let Name::Function(functions) = name? {
                                for function in functions {
                                    let function = function?;
                                    linked.names.insert(function.index, function.name.to_string());
                                }
                            }
                        }
                    }
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(symbols) = part? {
                                for (number, symbol) in symbols.into_iter().enumerate() {
                                    linked.symbols.push(match symbol? {
                                        SymbolInfo::Func { index, .. } => Some(Place::Function(index)),
                                        SymbolInfo::Data { symbol: Some(at), .. } => {
                                            parts.push((number, at));
                                            Some(Place::Data(number))
                                        }
                                        _ => None,
                                    });
                                }
                            }
                        }
                    }
                    KnownCustom::Reloc(relocations) => {
                        let entries = relocations.entries().into_iter().collect::<Result<Vec<_>, _>>()?;
                        match Some(relocations.section_index()) {
                            section if section == code_section => linked.in_code = entries,
                            section if section == data_section => linked.in_data = entries,
                            _ => {}
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
            sections += u32::from(payload.as_section().is_some());
        }
        for (number, at) in parts {
            let start = segments.get(at.index as usize).context("a symbol in no segment of data")? + at.offset as usize;
            linked.data.push((start..start + at.size as usize, Place::Data(number)));
        }
        Ok(linked)
    }

    fn name(&self, index: u32) -> Result<String> {
        self.names.get(&index).cloned().with_context(|| format!("function {index} has no name"))
    }

    /// The function or data whose address an entry is; none of calls, globals and types.
    fn target(&self, entry: &RelocationEntry) -> Option<Place> {
        use RelocationType::*;
        match entry.ty {
            FunctionIndexLeb | GlobalIndexLeb | TypeIndexLeb | TableNumberLeb => None,
            _ => *self.symbols.get(entry.index as usize)?,
        }
    }
}
