//! The rules of the house that no compiler checks. Each is a test; its message says which file breaks it and what to do.
#![cfg(not(target_arch = "wasm32"))]

use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// Files of more lines than this are two ideas, or a table.
const LONGEST: usize = 600;

/// Tables may be long.
const TABLES: [&str; 0] = [];

/// The engine's modules: each imports only what stands before it.
const ENGINE: [&str; 17] = [
    "text", "error", "hash", "numbers", "marks", "bytes", "inflate", "file", "pinyin", "tables", "record", "index",
    "words", "query", "matcher", "rank", "browse",
];

/// Neighbours that do not see each other all the same: the user, the used.
const STRANGERS: (&str, &str) = ("query", "index");

struct File {
    /// From the root, with `/`.
    name: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of all files that git has or would take.
fn names() -> BTreeSet<String> {
    let listing = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    assert!(listing.status.success(), "git cannot list the files: {}", String::from_utf8_lossy(&listing.stderr));
    let names = String::from_utf8(listing.stdout).expect("our names are UTF-8");
    names.lines().filter(|name| root().join(name).is_file()).map(String::from).collect()
}

/// All files that hold text.
fn files() -> Vec<File> {
    names()
        .into_iter()
        .filter_map(|name| Some(File { text: fs::read_to_string(root().join(&name)).ok()?, name }))
        .collect()
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| name.ends_with(ending))
}

/// Fails with all findings at once.
#[track_caller]
fn none(findings: Vec<String>) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

#[test]
fn source_files_open_with_what_they_are_for() {
    let opens_well = |file: &File| {
        let mut lines = file.text.lines();
        let first = lines.next().unwrap_or_default();
        match file.name.rsplit('.').next() {
            Some("rs") => first.starts_with("//! "),
            Some("js" | "mjs") => first.starts_with("// ") || first.starts_with("/* ") || first.starts_with("/** "),
            Some("css") => first.starts_with("/* "),
            Some("html") => {
                first.eq_ignore_ascii_case("<!doctype html>")
                    && lines.next().is_some_and(|line| line.starts_with("<!-- "))
            }
            Some("sh") => lines.next().is_some_and(|line| line.starts_with("# ")),
            _ => true,
        }
    };
    let bad = files().into_iter().filter(|file| !opens_well(file));
    none(bad.map(|file| format!("{}: open it with a line that says what it is for", file.name)).collect());
}

#[test]
fn files_are_short_unless_they_are_tables() {
    let sources = files().into_iter().filter(|file| ends_in(&file.name, &[".rs", ".js", ".mjs", ".css", ".html"]));
    let long = sources.filter(|file| file.text.lines().count() > LONGEST && !TABLES.contains(&file.name.as_str()));
    none(
        long.map(|file| format!("{}: more than {LONGEST} lines; split it, or list it as a table", file.name)).collect(),
    );
}

/// ARCHITECTURE.md holds one fenced block that opens with `text map`; each of its lines is a path and a purpose, and a path
/// that ends in `/**` stands for all below it.
#[test]
fn the_map_names_the_files_that_exist() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let (_, block) = text.split_once("```text map\n").expect("ARCHITECTURE.md holds a block ```text map");
    let (block, _) = block.split_once("```").expect("the block ends");
    let map: Vec<&str> = block.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let names = names();

    let covers = |entry: &str, name: &str| match entry.strip_suffix("/**") {
        Some(folder) => name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
        None => entry == name,
    };
    let unlisted = names.iter().filter(|name| !map.iter().any(|entry| covers(entry, name)));
    let gone = map.iter().filter(|entry| !names.iter().any(|name| covers(entry, name)));
    let unlisted = unlisted.map(|name| format!("{name}: ARCHITECTURE.md's map does not name it"));
    none(unlisted.chain(gone.map(|entry| format!("{entry}: in ARCHITECTURE.md's map, but not there"))).collect());
}

#[test]
fn engine_modules_import_only_what_stands_before_them() {
    let place = |module: &str| ENGINE.iter().position(|name| *name == module);
    let mut bad = Vec::new();
    for file in files() {
        let Some(path) = file.name.strip_prefix("crates/engine/src/") else { continue };
        let module = path.split(['/', '.']).next().unwrap_or_default();
        if module == "lib" {
            continue;
        }
        let Some(own) = place(module) else {
            bad.push(format!("{}: give the module {module} its place in tests/tidy.rs", file.name));
            continue;
        };
        for used in imports(&without_tests(&file.text)) {
            let before = used == module || place(&used).is_some_and(|other| other < own);
            if !before || (module, used.as_str()) == STRANGERS {
                bad.push(format!("{}: {module} imports {used}, which it must not know", file.name));
            }
        }
    }
    none(bad);
}

/// A file's code without its unit tests, which may look anywhere, and without comments.
fn without_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// What follows `crate::` in code: error and text in `crate::{error::ReadError, text}`.
fn imports(code: &str) -> BTreeSet<String> {
    let first_word = |path: &str| -> String {
        path.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    };
    let mut found = BTreeSet::new();
    for path in code.split("crate::").skip(1) {
        let Some(group) = path.strip_prefix('{') else {
            found.insert(first_word(path));
            continue;
        };
        // Only the commas of this group separate its paths, and its brace ends it.
        let mut depth = 0;
        let paths = group.split(|letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            depth < 0 || depth == 0 && letter == ','
        });
        let mut open = 1;
        let end = group.find(|letter| {
            open += i32::from(letter == '{') - i32::from(letter == '}');
            open == 0
        });
        let mut read = 0;
        found.extend(
            paths
                .take_while(|path| {
                    read += path.len() + 1;
                    end.is_none_or(|end| read <= end + 1)
                })
                .map(first_word)
                .filter(|word| !word.is_empty()),
        );
    }
    found
}

#[test]
fn only_the_wire_takes_values_of_the_page_apart() {
    let mut bad = Vec::new();
    for file in files().iter().filter(|file| file.name.starts_with("src/") && file.name != "src/wire.rs") {
        let code = without_tests(&file.text);
        for word in ["JsValue::", "Reflect", "serde_wasm_bindgen"] {
            if code.contains(word) {
                bad.push(format!("{}: {word} belongs in src/wire.rs", file.name));
            }
        }
    }
    none(bad);
}

#[test]
fn nothing_names_a_registry_or_a_workplace() {
    // In two halves each, since this file is searched too.
    let hosts =
        [("registry.", "npmjs"), ("npm", "mirror.com"), ("static.", "crates"), ("index.", "crates"), ("pypi", ".org")];
    let places = [("deb.", "debian"), ("/wo", "rk/"), ("../sha", "red"), ("/ro", "ot/")];
    let mut bad = Vec::new();
    for file in files() {
        for (start, end) in hosts.iter().chain(&places) {
            let word = format!("{start}{end}");
            bad.extend(file.text.contains(&word).then(|| format!("{}: names {word}", file.name)));
        }
    }
    none(bad);
}

#[test]
fn versions_agree() {
    let manifests: Vec<File> = files().into_iter().filter(|file| file.name.ends_with("Cargo.toml")).collect();
    let value = |text: &str, key: &str| -> Option<String> {
        let line = text.lines().find(|line| line.starts_with(key))?;
        line.split('"').nth(1).map(String::from)
    };
    let text =
        |name: &str| manifests.iter().find(|file| file.name == name).map(|file| file.text.clone()).unwrap_or_default();
    let workspace = text("Cargo.toml").split("[workspace.package]").nth(1).and_then(|rest| value(rest, "version"));

    let mut bad = Vec::new();
    for file in &manifests {
        if !file.text.contains("version.workspace = true") {
            bad.push(format!("{}: take the version from the workspace", file.name));
        }
    }
    let exact = |text: &str, package: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{package} = ")))?;
        line.split('"').find_map(|part| part.strip_prefix('=')).map(String::from)
    };
    let (library, tool) =
        (exact(&text("Cargo.toml"), "wasm-bindgen"), exact(&text("crates/xtask/Cargo.toml"), "wasm-bindgen-cli"));
    if library.is_none() || library != tool {
        bad.push(format!("wasm-bindgen is {library:?}, wasm-bindgen-cli {tool:?}: pin both to one version with \"=\""));
    }
    let version = workspace.expect("the workspace has a version");
    let log = fs::read_to_string(root().join("CHANGELOG.md")).unwrap_or_default();
    if !log.lines().any(|line| line.starts_with("## ") && line.contains(&version)) {
        bad.push(format!("CHANGELOG.md: no heading names {version}"));
    }
    none(bad);
}

#[test]
fn notice_names_every_package_that_travels() {
    let words = ["tree", "--locked", "-p", "expert-search", "-e", "normal,no-proc-macro", "--prefix", "none"];
    let tree = Command::new(env!("CARGO"))
        .args(words)
        .args(["--target", "wasm32-unknown-unknown", "--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo tells the packages");
    assert!(tree.status.success(), "cargo tells no packages: {}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).expect("cargo writes UTF-8");
    // Ours stand with their folder.
    let others = tree.lines().filter(|line| !line.contains(" (/")).filter_map(|line| line.split(' ').next());
    let notice = fs::read_to_string(root().join("NOTICE")).expect("NOTICE is there");
    let named: BTreeSet<&str> =
        notice.split(|letter: char| letter.is_whitespace() || ",;:.".contains(letter)).collect();
    let missing: BTreeSet<&str> = others.filter(|name| !named.contains(name)).collect();
    none(missing.into_iter().map(|name| format!("NOTICE: say whose {name} is, which the engines hold")).collect());
}
