//! A small module in two, function by function.

use super::{Names, Taken, rename, split};
use std::collections::HashSet;
use walrus::ir::{Const, Instr, Value};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, ImportKind, Module,
    ModuleConfig,
};

/// The slots of the table that functions stand in, and after them the first that is free.
const EARLY: u32 = 1;
const LATE: u32 = 2;
const FREE: u32 = 3;

/// `main` calls `helper` and `root`, and knows the number of `closure`; `root` calls `helper` and `own`, which knows the number of `late`. `entry`
/// is called from outside as `main` is, and calls `own`.
fn module() -> Vec<u8> {
    let mut module = Module::default();
    let memory = module.memories.add_local(false, false, 1, None, None);
    module.exports.add("memory", memory);
    let offset = ConstExpr::Value(Value::I32(16));
    let data = module.data.add(walrus::DataKind::Active { memory, offset }, b"data".to_vec());
    module.memories.get_mut(memory).data_segments.insert(data);
    let pointer = module.globals.add_local(walrus::ValType::I32, true, false, ConstExpr::Value(Value::I32(1024)));
    let table = module.tables.add_local(false, FREE.into(), Some(FREE.into()), walrus::RefType::FUNCREF);

    let mut function = |name: &str, calls: &[FunctionId]| {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        let mut body = builder.name(name.into()).func_body();
        body.global_get(pointer).drop().memory_size(memory).drop();
        for id in calls {
            body.call(*id);
        }
        builder.finish(Vec::new(), &mut module.funcs)
    };
    let helper = function("helper", &[]);
    let closure = function("closure", &[]);
    let late = function("late", &[]);
    let own = function("own", &[]);
    let root = function("root", &[helper, own]);
    let main = function("main", &[helper, root]);
    let entry = function("entry", &[own]);
    module.exports.add("main", main);
    module.exports.add("entry", entry);
    let offset = ConstExpr::Value(Value::I32(EARLY as i32));
    let id = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(vec![closure, late]));
    module.tables.get_mut(table).elem_segments.insert(id);
    module.emit_wasm()
}

fn taken() -> Taken {
    let pair = |from: &str, to: &str| (from.to_string(), HashSet::from([to.to_string()]));
    Taken::from([pair("main", "closure"), pair("own", "late")])
}

fn parse(bytes: &[u8]) -> Module {
    ModuleConfig::new().parse(bytes).expect("a module")
}

/// The names of a module's own functions.
fn functions(module: &Module) -> Vec<&str> {
    let own = module.funcs.iter().filter(|function| matches!(function.kind, FunctionKind::Local(_)));
    let mut names: Vec<&str> = own.map(|function| function.name.as_deref().expect("a name")).collect();
    names.sort_unstable();
    names
}

/// What stands in which slot.
fn slots(module: &Module) -> Vec<(u32, &str)> {
    let mut slots = Vec::new();
    for element in module.elements.iter() {
        let (ElementKind::Active { offset: ConstExpr::Value(Value::I32(from)), .. }, ElementItems::Functions(ids)) =
            (&element.kind, &element.items)
        else {
            panic!("not in the table from the start");
        };
        let name = |id: &FunctionId| module.funcs.get(*id).name.as_deref().expect("a name");
        slots.extend((*from as u32..).zip(ids.iter().map(name)));
    }
    slots.sort_unstable();
    slots
}

fn exports(module: &Module) -> Vec<&str> {
    let mut names: Vec<&str> = module.exports.iter().map(|export| export.name.as_str()).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_first_half_runs_without_the_second() {
    let halves = split(&module(), &taken(), &["root", "entry"]).expect("two halves");
    let first = parse(&halves.first);
    assert_eq!(functions(&first), ["closure", "helper", "main"]);
    assert_eq!(slots(&first), [(EARLY, "closure")]);
    assert_eq!(first.tables.iter().next().expect("a table").initial, u64::from(FREE) + 1);
    assert_eq!(exports(&first), [&place(&first, "helper", &halves.second), "main", "memory", "table"]);

    let main = first.funcs.by_name("main").expect("it is there");
    let main = first.funcs.get(main).kind.unwrap_local();
    let instrs: Vec<&Instr> = main.block(main.entry_block()).instrs.iter().map(|(instr, _)| instr).collect();
    let [.., Instr::Call(_), Instr::Const(Const { value: Value::I32(slot) }), Instr::CallIndirect(_)] = instrs[..]
    else {
        panic!("the root is called through the table: {instrs:?}");
    };
    assert_eq!(*slot as u32, FREE);
}

/// The name by which the second half imports a function of the first.
fn place(first: &Module, name: &str, second: &[u8]) -> String {
    let exported = |import: &&walrus::Import| {
        first.exports.iter().any(|export| match export.item {
            ExportItem::Function(id) => export.name == import.name && first.funcs.get(id).name.as_deref() == Some(name),
            _ => false,
        })
    };
    parse(second).imports.iter().find(exported).expect("it is imported").name.clone()
}

#[test]
fn the_second_half_brings_the_rest() {
    let halves = split(&module(), &taken(), &["root", "entry"]).expect("two halves");
    let second = parse(&halves.second);
    assert_eq!(functions(&second), ["entry", "late", "own", "root"]);
    assert_eq!(slots(&second), [(LATE, "late"), (FREE, "root")]);
    assert_eq!(exports(&second), ["entry"]);
    let kinds = |kind: fn(&ImportKind) -> bool| second.imports.iter().filter(|import| kind(&import.kind)).count();
    assert_eq!(kinds(|kind| matches!(kind, ImportKind::Memory(_))), 1);
    assert_eq!(kinds(|kind| matches!(kind, ImportKind::Table(_))), 1);
    assert_eq!(kinds(|kind| matches!(kind, ImportKind::Function(_))), 1);
    assert_eq!(second.data.iter().count(), 0);
    let pointer = second.globals.iter().next().expect("a pointer to the stack");
    assert!(matches!(pointer.kind, walrus::GlobalKind::Local(ConstExpr::Value(Value::I32(512)))), "{:?}", pointer.kind);
}

#[test]
fn what_is_also_reached_otherwise_stays() {
    // `entry` is in the first half now, and calls `own`, which knows `late`.
    let halves = split(&module(), &taken(), &["root"]).expect("two halves");
    assert_eq!(functions(&parse(&halves.first)), ["closure", "entry", "helper", "late", "main", "own"]);
    assert_eq!(functions(&parse(&halves.second)), ["root"]);
    assert_eq!(slots(&parse(&halves.first)), [(EARLY, "closure"), (LATE, "late")]);
}

#[test]
fn a_root_that_is_not_there_is_named() {
    let error = split(&module(), &taken(), &["root", "path::to::nobody"]).err().expect("an error");
    assert!(error.to_string().contains("path::to::nobody"), "{error}");
}

#[test]
fn the_second_half_imports_by_short_names() {
    let halves = split(&module(), &taken(), &["root", "entry"]).expect("two halves");
    let pairs = |exports: &[[&str; 2]]| Names {
        imports: Vec::new(),
        exports: exports.iter().map(|pair| pair.map(String::from)).collect(),
        later: Vec::new(),
    };
    let helper = place(&parse(&halves.first), "helper", &halves.second);
    let mut names = pairs(&[["memory", "x"], ["table", "y"], [&helper, "z"]]);
    let second = parse(&rename(&halves.second, &mut names).expect("all are exported"));
    let mut imported: Vec<&str> = second.imports.iter().map(|import| import.name.as_str()).collect();
    imported.sort_unstable();
    assert_eq!(imported, ["x", "y", "z"]);
    assert_eq!(exports(&second), ["a"]);
    assert_eq!(names.later, [["entry", "a"].map(String::from)]);

    let error = rename(&halves.second, &mut pairs(&[["memory", "x"], ["table", "y"]])).expect_err("one is missing");
    assert!(error.to_string().contains(&helper), "{error}");
}

/// A section: its number, the length of its content (below 128), its content.
fn section(number: u8, content: &[u8]) -> Vec<u8> {
    [&[number, content.len() as u8], content].concat()
}

/// A custom section.
fn custom(name: &str, content: &[u8]) -> Vec<u8> {
    section(0, &[&[name.len() as u8], name.as_bytes(), content].concat())
}

/// Function 0 loads from the data `vtable`, in which the number of function 1 stands; function 2 has its number in its code.
fn linked() -> Vec<u8> {
    let body = [5, 0, 0x41, 0, 0x1a, 0x0b];
    let names = [&[0, 1][..], b"a", &[1, 1], b"b", &[2, 1], b"c"].concat();
    // Symbols: function 1, and the data at the beginning of segment 0, four bytes long.
    let symbols = [&[2, 0, 0, 1, 1][..], b"b", &[1, 0, 6], b"vtable", &[0, 0, 4]].concat();
    // Relocations: kind, where from the beginning of the section, which symbol, and with memory what is added.
    let (memory, in_code, in_data) = (4, 1, 2);
    [
        b"\0asm\x01\0\0\0".to_vec(),
        section(1, &[1, 0x60, 0, 0]),
        section(3, &[3, 0, 0, 0]),
        section(5, &[1, 0, 1]),
        section(10, &[&[3], &body[..], &body, &body].concat()),
        section(11, &[1, 0, 0x41, 0, 0x0b, 4, 1, 0, 0, 0]),
        custom("linking", &[&[2, 8, symbols.len() as u8], &symbols[..]].concat()),
        custom("reloc.CODE", &[3, 2, memory, 4, 1, 0, in_code, 16, 0]),
        custom("reloc.DATA", &[4, 1, in_data, 6, 0]),
        custom("name", &[&[1, names.len() as u8 + 1, 3], &names[..]].concat()),
    ]
    .concat()
}

#[test]
fn relocations_say_whose_number_is_known_to_whom() {
    let pair = |from: &str| (from.to_string(), HashSet::from(["b".to_string()]));
    assert_eq!(super::taken(&linked()).expect("relocations"), Taken::from([pair("a"), pair("c")]));
}

#[test]
fn without_relocations_there_is_nothing_to_say_and_all_else_stays() {
    let plain = super::without_relocations(&linked()).expect("a module");
    assert!(super::taken(&plain).expect_err("no relocations").to_string().contains("relocations"));
    let text = String::from_utf8_lossy(&plain);
    assert!(!text.contains("reloc.") && !text.contains("linking") && text.contains("name"));
    assert_eq!(super::without_relocations(&plain).expect("a module"), plain);
}
