//! Parts a module in two, so that a page has the first while the second travels: the second brings what nobody calls before.
//!
//! Which functions begin the second half is said by their paths, the *roots*. What is reached through them alone goes with them; what is
//! also reached otherwise stays. The halves share memory and table: the first calls a root through a slot of the table that is empty until
//! the second is there, the second calls the first by imports. Neither needs more than WebAssembly's first version, in which modules
//! cannot share the pointer to the stack: each has one of its own, the second's begins half way down.

mod addresses;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use walrus::ir::{
    Call, CallIndirect, Const, Instr, InstrSeq, Value, Visitor, VisitorMut, dfs_in_order, dfs_pre_order_mut,
};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, GlobalKind, ImportKind,
    ImportedFunction, Module, ModuleConfig, TableId, TypeId, passes,
};

pub use addresses::{Taken, taken, without_relocations};

/// The module from which the second half imports: the first.
const FIRST: &str = "a";

/// A module in two.
pub struct Halves {
    /// Runs by itself, as long as nobody calls a root.
    pub first: Vec<u8>,
    /// Runs beside the first, whose exports it imports.
    pub second: Vec<u8>,
}

/// What wasm-opt printed: the short names of the first half's imports and exports.
#[derive(Deserialize, Serialize)]
pub struct Names {
    /// Module, name and short name.
    imports: Vec<[String; 3]>,
    /// Name and short name.
    exports: Vec<[String; 2]>,
    /// The second half's exports, likewise.
    #[serde(default)]
    later: Vec<[String; 2]>,
}

/// Parts a module. `taken` says which functions know of which; an export goes where its function goes.
///
/// # Errors
///
/// If a root is not there, or the module is not as linkers write them.
pub fn split(module: &[u8], taken: &Taken, roots: &[&str]) -> Result<Halves> {
    let (mut first, mut second) = (parse(module)?, parse(module)?);
    let plan = Plan::of(&first, taken, roots)?;
    plan.make_first(&mut first)?;
    plan.make_second(&mut second)?;
    // What the second half still imports is what the first has to offer it.
    passes::gc::run(&mut second);
    let functions = ids(&first);
    for import in second.imports.iter().filter(|import| matches!(import.kind, ImportKind::Function(_))) {
        let place: usize = import.name.parse().context("it is named by its place")?;
        first.exports.add(&import.name, functions[place]);
    }
    passes::gc::run(&mut first);
    Ok(Halves { first: first.emit_wasm(), second: second.emit_wasm() })
}

/// Lets the second half import by the first's short names, gives its own exports such, and adds them to the names.
///
/// # Errors
///
/// If the first half lacks what the second imports.
pub fn rename(second: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut second = parse(second)?;
    for import in second.imports.iter_mut() {
        let short = names.exports.iter().find(|[name, _]| *name == import.name);
        let [_, short] = short.with_context(|| format!("the first half exports no {}", import.name))?;
        import.name.clone_from(short);
    }
    for (export, short) in second.exports.iter_mut().zip('a'..='z') {
        let name = std::mem::replace(&mut export.name, short.to_string());
        names.later.push([name, short.to_string()]);
    }
    Ok(second.emit_wasm())
}

fn parse(bytes: &[u8]) -> Result<Module> {
    ModuleConfig::new().generate_producers_section(false).parse(bytes)
}

/// The functions by their place, by which they are known in both halves.
fn ids(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter().map(|function| function.id()).collect()
}

fn the_table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("the module has no table")
}

/// Which function goes where; functions by their place.
struct Plan {
    /// Those of the second half.
    later: HashSet<usize>,
    /// The roots that the first half calls, by the slot of the table through which it does.
    roots: BTreeMap<u32, usize>,
    /// What was in the table, by slot.
    table: BTreeMap<u32, usize>,
}

impl Plan {
    fn of(module: &Module, taken: &Taken, roots: &[&str]) -> Result<Plan> {
        let ids = ids(module);
        let name = |place: usize| module.funcs.get(ids[place]).name.as_deref().unwrap_or_default();
        let paths: Vec<String> =
            (0..ids.len()).map(|place| format!("{:#}", rustc_demangle::demangle(name(place)))).collect();
        let place = |root: &&str| {
            let mut found = (0..ids.len()).filter(|place| paths[*place] == **root);
            let place =
                found.next().with_context(|| format!("there is no function {root} to begin the second half"))?;
            ensure!(found.next().is_none(), "there are several functions {root}");
            Ok(place)
        };
        let roots: HashSet<usize> = roots.iter().map(place).collect::<Result<_>>()?;

        let reaches = reaches(module, &ids, taken);
        let exported = module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(id) => Some(id),
            _ => None,
        });
        let begins = exported.chain(module.start).collect::<HashSet<FunctionId>>();
        let mut todo: Vec<usize> = (0..ids.len()).filter(|place| begins.contains(&ids[*place])).collect();
        let mut early = HashSet::new();
        while let Some(place) = todo.pop() {
            if !roots.contains(&place) && early.insert(place) {
                todo.extend(&reaches[place]);
            }
        }
        let is_local = |place: &usize| matches!(module.funcs.get(ids[*place]).kind, FunctionKind::Local(_));
        let later = (0..ids.len()).filter(|place| is_local(place) && !early.contains(place)).collect();
        let size = module.tables.get(the_table(module)?).initial as u32;
        let called: BTreeSet<usize> =
            roots.into_iter().filter(|root| early.iter().any(|place| reaches[*place].contains(root))).collect();
        Ok(Plan { later, roots: (size..).zip(called).collect(), table: table(module, &ids)? })
    }

    fn make_first(&self, module: &mut Module) -> Result<()> {
        let ids = ids(module);
        let table = self.widened(module)?;
        let slots = self.roots.iter().map(|(slot, place)| (ids[*place], (*slot, module.funcs.get(ids[*place]).ty())));
        let mut through = Through { table, slots: slots.collect() };
        for (_, function) in module.funcs.iter_local_mut() {
            let entry = function.entry_block();
            dfs_pre_order_mut(&mut through, function, entry);
        }
        self.keep_exports(module, &ids, false);
        module.exports.add("table", table);
        fill(module, &ids, table, self.table.iter().filter(|(_, place)| !self.later.contains(place)));
        Ok(())
    }

    fn make_second(&self, module: &mut Module) -> Result<()> {
        let ids = ids(module);
        self.keep_exports(module, &ids, true);
        module.start = None;
        let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
        data.into_iter().for_each(|id| module.data.delete(id));
        // The page's functions too are imported from the first half, which has them already.
        let imports: Vec<_> = module.imports.iter().map(|import| import.id()).collect();
        imports.into_iter().for_each(|id| module.imports.delete(id));

        let memory = module.get_memory_id()?;
        let shared = module.memories.get_mut(memory);
        shared.import = Some(module.imports.add(FIRST, "memory", ImportKind::Memory(memory)));
        shared.data_segments.clear();
        let table = self.widened(module)?;
        let import = module.imports.add(FIRST, "table", ImportKind::Table(table));
        module.tables.get_mut(table).import = Some(import);
        for (place, id) in ids.iter().enumerate().filter(|(place, _)| !self.later.contains(place)) {
            let ty = module.funcs.get(*id).ty();
            let import = module.imports.add(FIRST, &place.to_string(), ImportKind::Function(*id));
            module.funcs.get_mut(*id).kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
        let mutable = |global: &&walrus::Global| global.mutable;
        let globals: Vec<_> = module.globals.iter().filter(mutable).map(|global| global.id()).collect();
        for id in globals {
            let GlobalKind::Local(ConstExpr::Value(Value::I32(top))) = &mut module.globals.get_mut(id).kind else {
                bail!("a global changes that is no pointer to the stack");
            };
            *top /= 2;
        }
        let own = self.table.iter().filter(|(_, place)| self.later.contains(place)).chain(&self.roots);
        fill(module, &ids, table, own);
        Ok(())
    }

    /// The table, with room for the roots.
    fn widened(&self, module: &mut Module) -> Result<TableId> {
        let id = the_table(module)?;
        let table = module.tables.get_mut(id);
        table.initial += self.roots.len() as u64;
        table.maximum = Some(table.initial);
        Ok(id)
    }

    /// Leaves a half its own exports; what is no function is the first's.
    fn keep_exports(&self, module: &mut Module, ids: &[FunctionId], is_second: bool) {
        let later: HashSet<FunctionId> = self.later.iter().map(|place| ids[*place]).collect();
        let is_later = |item: &ExportItem| matches!(item, ExportItem::Function(id) if later.contains(id));
        let others = module.exports.iter().filter(|export| is_later(&export.item) != is_second);
        let others: Vec<_> = others.map(|export| export.id()).collect();
        others.into_iter().for_each(|id| module.exports.delete(id));
    }
}

/// By place, the functions that one calls or whose address it can come by.
fn reaches(module: &Module, ids: &[FunctionId], taken: &Taken) -> Vec<HashSet<usize>> {
    let places: HashMap<FunctionId, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let named = |id: &FunctionId| Some((module.funcs.get(*id).name.as_deref()?, places[id]));
    let by_name: HashMap<&str, usize> = ids.iter().filter_map(named).collect();
    let reached = |id: &FunctionId| {
        let function = module.funcs.get(*id);
        let mut called = Called(Vec::new());
        if let FunctionKind::Local(local) = &function.kind {
            dfs_in_order(&mut called, local, local.entry_block());
        }
        let known = function.name.as_ref().and_then(|name| taken.get(name)).into_iter().flatten();
        let known = known.filter_map(|name| by_name.get(name.as_str()).copied());
        called.0.iter().map(|id| places[id]).chain(known).collect()
    };
    ids.iter().map(reached).collect()
}

/// What is in the table, by slot.
fn table(module: &Module, ids: &[FunctionId]) -> Result<BTreeMap<u32, usize>> {
    let mut slots = BTreeMap::new();
    for element in module.elements.iter() {
        let (
            ElementKind::Active { offset: ConstExpr::Value(Value::I32(from)), .. },
            ElementItems::Functions(functions),
        ) = (&element.kind, &element.items)
        else {
            bail!("the table is filled in another way than linkers do");
        };
        for (slot, function) in (*from as u32..).zip(functions) {
            slots.insert(slot, ids.iter().position(|id| id == function).context("a function of another module")?);
        }
    }
    Ok(slots)
}

/// Puts functions into the table, in place of what was to be there: slots ascend.
fn fill<'p>(
    module: &mut Module,
    ids: &[FunctionId],
    table: TableId,
    slots: impl Iterator<Item = (&'p u32, &'p usize)>,
) {
    let elements: Vec<_> = module.elements.iter().map(|element| element.id()).collect();
    elements.into_iter().for_each(|id| module.elements.delete(id));
    module.tables.get_mut(table).elem_segments.clear();
    let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for (slot, place) in slots {
        match runs.last_mut() {
            Some((from, run)) if *from + run.len() as u32 == *slot => run.push(ids[*place]),
            _ => runs.push((*slot, vec![ids[*place]])),
        }
    }
    for (from, run) in runs {
        let offset = ConstExpr::Value(Value::I32(from as i32));
        let id = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(run));
        module.tables.get_mut(table).elem_segments.insert(id);
    }
}

/// The functions that are called.
struct Called(Vec<FunctionId>);

impl Visitor<'_> for Called {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.0.push(*id);
    }
}

/// Makes calls of roots calls through the table.
struct Through {
    table: TableId,
    slots: HashMap<FunctionId, (u32, TypeId)>,
}

impl VisitorMut for Through {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        for (instr, at) in std::mem::take(&mut sequence.instrs) {
            match instr {
                Instr::Call(Call { func }) if self.slots.contains_key(&func) => {
                    let (slot, ty) = self.slots[&func];
                    let slot = Const { value: Value::I32(slot as i32) };
                    sequence.instrs.push((slot.into(), at));
                    sequence.instrs.push((CallIndirect { ty, table: self.table }.into(), at));
                }
                other => sequence.instrs.push((other, at)),
            }
        }
    }
}
