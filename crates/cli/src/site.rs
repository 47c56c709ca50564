//! The files of a folder that is uploaded as it is: what they are called, what the manifest says about them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The widget's built files.
pub struct Widget {
    /// `expert-search.js`: defines the element.
    pub loader: &'static [u8],
    /// The engine's JavaScript side.
    pub glue: &'static [u8],
    /// The engine.
    pub wasm: &'static [u8],
    /// Its second half.
    pub later: &'static [u8],
    /// The JavaScript side of the engine that also opens a directory in parts.
    pub parts_glue: &'static [u8],
    /// That engine.
    pub parts_wasm: &'static [u8],
    /// The JavaScript side of the engine that a page of results asks.
    pub browse_glue: &'static [u8],
    /// That engine.
    pub browse_wasm: &'static [u8],
    /// What shows a chosen record.
    pub card: &'static [u8],
    /// The page of results.
    pub page: &'static [u8],
    /// The words of languages other than Chinese in simplified characters.
    pub languages: &'static [u8],
    /// What opens a directory in parts, off the main thread.
    pub large: &'static [u8],
}

/// What the build script found in EXPERT_SEARCH_WIDGET.
pub const WIDGET: Option<Widget> = include!(concat!(env!("OUT_DIR"), "/widget.rs"));

/// The manifest's name; a folder is ours when it has one that can be read.
pub const MANIFEST: &str = "experts.json";

/// What may be deleted from the host, a name a line: for people, and for the next build.
pub const OBSOLETE: &str = "obsolete.txt";

/// The folder of static pages within the folder.
pub const PAGES: &str = "pages/";

/// The folder of details within the folder.
pub const DETAILS: &str = "details/";

/// The folders within the folder.
pub const FOLDERS: [&str; 2] = [PAGES, DETAILS];

/// From how many records on a directory is written in parts.
pub const LARGE: usize = 20_000;

/// The version of the manifest of a directory in one file.
const WHOLE: u32 = 1;

/// That of a directory in parts: a loader that knows none says so, instead of calling the manifest damaged.
const IN_PARTS: u32 = 2;

/// `experts.json`. Names are relative to its own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    engine: Option<Engine>,
    /// Where the directory is.
    #[serde(flatten)]
    pub index: Index,
    /// The file of tables of characters, which the page loads last; an earlier build may have written none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tables: Option<String>,
    /// The file of words, loaded as the tables are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// By what double pinyin is spelled out, where visitors may type it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub double: Option<String>,
    /// How many persons and stations it holds.
    pub records: usize,
    /// Files of earlier builds that may be deleted from the host.
    pub obsolete: BTreeSet<String>,
}

/// The files of a directory, in one or in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Index {
    /// One file.
    Whole {
        /// Its name.
        index: String,
    },
    /// What answers names, and what completes it; this names the files of details.
    Parts {
        /// Their names.
        parts: Parts,
    },
}

/// The names of the parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// What answers names.
    pub names: String,
    /// All else but details.
    pub values: String,
}

impl Index {
    fn format(&self) -> u32 {
        match self {
            Index::Whole { .. } => WHOLE,
            Index::Parts { .. } => IN_PARTS,
        }
    }

    /// The files that the manifest names.
    pub fn files(&self) -> Vec<&String> {
        match self {
            Index::Whole { index } => vec![index],
            Index::Parts { parts } => vec![&parts.names, &parts.values],
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Engine {
    js: String,
    wasm: String,
    /// The second half of the wasm, where it comes in two.
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<String>,
    #[serde(flatten)]
    more: Option<More>,
}

/// What is fetched when it is needed; builds before had none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct More {
    browse: Browse,
    card: String,
    page: String,
    languages: String,
    /// Builds before directories in parts had none.
    #[serde(skip_serializing_if = "Option::is_none")]
    large: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Browse {
    js: String,
    wasm: String,
}

impl Manifest {
    /// Reads a manifest; none when it is not one of ours or names files elsewhere.
    pub fn parse(bytes: &[u8]) -> Option<Manifest> {
        let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
        (manifest.format == manifest.index.format() && manifest.hashed().iter().all(|name| is_hashed(name)))
            .then_some(manifest)
    }

    /// The files it names by their content.
    fn hashed(&self) -> Vec<&String> {
        let engine = self.engine.iter().flat_map(|engine| [&engine.js, &engine.wasm].into_iter().chain(&engine.later));
        let more = self.engine.iter().flat_map(|engine| &engine.more).flat_map(|more| {
            let always = [&more.browse.js, &more.browse.wasm, &more.card, &more.page, &more.languages];
            always.into_iter().chain(&more.large)
        });
        self.index.files().into_iter().chain(&self.tables).chain(&self.words).chain(engine).chain(more).collect()
    }
}

/// Whether this is a name that [`files`] could give: `index-0123456789abcdef.bin`.
fn is_hashed(name: &str) -> bool {
    let data = ["index", "names", "values", "tables", "words", "engine", "later", "browse"].map(|start| (start, "bin"));
    let scripts = ["engine", "browse", "card", "page", "languages", "large"].map(|start| (start, "js"));
    let hash = data
        .iter()
        .chain(&scripts)
        .find_map(|(start, end)| name.strip_prefix(start)?.strip_prefix('-')?.strip_suffix(end)?.strip_suffix('.'));
    hash.is_some_and(is_hash)
}

fn is_hash(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a file of this name is one that a build writes, now or earlier.
pub fn is_ours(name: &str) -> bool {
    let is_sitemap = || name.strip_prefix("sitemap").and_then(|rest| rest.strip_suffix(".xml")).is_some_and(is_plain);
    let is_page = |page: &str| page == "style.css" || page.strip_suffix(".html").is_some_and(is_plain);
    is_hashed(name)
        || [MANIFEST, OBSOLETE, "NOTICE.txt", "expert-search.js", "index.html", "web.config"].contains(&name)
        || is_sitemap()
        || name.strip_prefix(PAGES).is_some_and(is_page)
        || name.strip_prefix(DETAILS).and_then(|file| file.strip_suffix(".bin")).is_some_and(is_hash)
}

/// Whether this is made of small letters, digits and hyphens alone: the same name on every system and host.
pub fn is_plain(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A directory as the engine wrote it.
pub enum Written {
    /// In one file.
    Whole(Vec<u8>),
    /// In parts.
    Parts(engine::index::Parts),
}

impl Default for Written {
    fn default() -> Written {
        Written::Whole(Vec::new())
    }
}

/// What a folder is made of.
#[derive(Default)]
pub struct Content {
    /// The directory.
    pub index: Written,
    /// The tables of characters.
    pub tables: Vec<u8>,
    /// The tables of words.
    pub words: Vec<u8>,
    /// By what double pinyin is spelled out.
    pub double: Option<String>,
    /// How many persons and stations the index holds.
    pub records: usize,
    /// Static pages, the sitemap.
    pub pages: Vec<(String, Vec<u8>)>,
}

/// All files of the folder, by name. `replaced` is the manifest of the folder whose place they take, `earlier` what a host may
/// have of builds before.
pub fn files(
    content: Content,
    widget: Option<Widget>,
    replaced: Option<&Manifest>,
    earlier: &BTreeSet<String>,
) -> Vec<(String, Vec<u8>)> {
    let Content { index, tables, words, double, records, pages } = content;
    let named = |start: &str, bytes: &[u8], end: &str| format!("{start}-{:016x}.{end}", engine::hash::fnv1a64(bytes));
    let (tables_name, words_name) = (named("tables", &tables, "bin"), named("words", &words, "bin"));
    let mut files = Vec::new();
    let mut data = |start: &str, bytes: Vec<u8>| {
        let name = named(start, &bytes, "bin");
        files.push((name.clone(), bytes));
        name
    };
    let (index, details) = match index {
        Written::Whole(index) => (Index::Whole { index: data("index", index) }, Vec::new()),
        Written::Parts(written) => {
            let parts = Parts { names: data("names", written.names), values: data("values", written.values) };
            (Index::Parts { parts }, written.details)
        }
    };
    files.extend([(tables_name.clone(), tables), (words_name.clone(), words)]);
    files.extend(details);
    let mut manifest = Manifest {
        format: index.format(),
        engine: None,
        index,
        tables: Some(tables_name.clone()),
        words: Some(words_name.clone()),
        double,
        records,
        obsolete: BTreeSet::new(),
    };
    if let Some(widget) = widget {
        let mut file = |start: &str, bytes: &[u8], end: &str| {
            let name = named(start, bytes, end);
            files.push((name.clone(), bytes.to_vec()));
            name
        };
        let (glue, wasm, later, large) = match manifest.index {
            Index::Whole { .. } => (widget.glue, widget.wasm, Some(file("later", widget.later, "bin")), None),
            Index::Parts { .. } => {
                (widget.parts_glue, widget.parts_wasm, None, Some(file("large", widget.large, "js")))
            }
        };
        let engine = Engine {
            js: file("engine", glue, "js"),
            wasm: file("engine", wasm, "bin"),
            later,
            more: Some(More {
                browse: Browse {
                    js: file("browse", widget.browse_glue, "js"),
                    wasm: file("browse", widget.browse_wasm, "bin"),
                },
                card: file("card", widget.card, "js"),
                page: file("page", widget.page, "js"),
                languages: file("languages", widget.languages, "js"),
                large,
            }),
        };
        files.push((String::from("NOTICE.txt"), include_bytes!("../../../NOTICE").to_vec()));
        files.push((String::from("expert-search.js"), widget.loader.to_vec()));
        files.push((String::from("index.html"), include_bytes!("../site/index.html").to_vec()));
        files.push((String::from("web.config"), include_bytes!("../site/web.config").to_vec()));
        manifest.engine = Some(engine);
    }
    if let Some(before) = replaced {
        // A host keeps what earlier uploads brought, so what was obsolete stays so until it is in use again.
        let all = before.obsolete.iter().chain(before.hashed()).cloned();
        manifest.obsolete = all.filter(|name| is_hashed(name) && !manifest.hashed().contains(&name)).collect();
    }
    files.extend(pages);
    let fixed = [MANIFEST, OBSOLETE].map(String::from);
    let current: BTreeSet<&String> = files.iter().map(|(name, _)| name).chain(&fixed).collect();
    let obsolete: BTreeSet<&String> =
        earlier.iter().chain(&manifest.obsolete).filter(|name| !current.contains(name)).collect();
    if !obsolete.is_empty() {
        let lines: String = obsolete.iter().map(|name| format!("{name}\n")).collect();
        files.push((String::from(OBSOLETE), lines.into_bytes()));
    }
    let mut json = serde_json::to_vec(&manifest).expect("a manifest is strings and numbers");
    json.push(b'\n');
    files.push((String::from(MANIFEST), json));
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
        files.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn manifest(files: &[(String, Vec<u8>)]) -> Manifest {
        let (_, json) = files.iter().find(|(name, _)| name == MANIFEST).expect("a manifest");
        Manifest::parse(json).expect("our own manifest")
    }

    fn built(index: &[u8], widget: Option<Widget>, replaced: Option<&Manifest>) -> Vec<(String, Vec<u8>)> {
        let (tables, words) = (b"tables".to_vec(), b"words".to_vec());
        let index = Written::Whole(index.to_vec());
        let content = Content { index, tables, words, double: None, records: 3, pages: Vec::new() };
        files(content, widget, replaced, &BTreeSet::new())
    }

    fn widget() -> Option<Widget> {
        Some(Widget {
            loader: b"loader",
            glue: b"glue",
            wasm: b"wasm",
            later: b"later",
            browse_glue: b"browse glue",
            browse_wasm: b"browse wasm",
            card: b"card",
            page: b"page",
            languages: b"languages",
            parts_glue: b"parts glue",
            parts_wasm: b"parts wasm",
            large: b"large",
        })
    }

    #[test]
    fn a_folder_with_the_widget() {
        let files = built(b"index", widget(), None);
        let (js, wasm) = ("engine-a48c107212a92b7c.js", "engine-5e36c1f62be8306d.bin");
        let (index, tables) = ("index-83cf8e8f9081468b.bin", "tables-e26607dbf29ff924.bin");
        let words = names(&files).into_iter().find(|name| name.starts_with("words-")).expect("words").to_string();
        assert_eq!(names(&files).len(), 16);
        assert!(names(&files).iter().all(|name| is_ours(name)));
        let (_, json) = &files.iter().find(|(name, _)| name == MANIFEST).expect("a manifest");
        let hashed = |start: &str, end: &str| {
            let mut found = names(&files).into_iter().filter(|name| name.starts_with(start) && name.ends_with(end));
            found.next().expect("it is there")
        };
        let (browse, browse_wasm) = (hashed("browse-", ".js"), hashed("browse-", ".bin"));
        let later = hashed("later-", ".bin");
        let (card, page, languages) = (hashed("card-", ".js"), hashed("page-", ".js"), hashed("languages-", ".js"));
        let expected = format!(
            r#"{{"format":1,"engine":{{"js":"{js}","wasm":"{wasm}","later":"{later}","browse":{{"js":"{browse}","wasm":"{browse_wasm}"}},"card":"{card}","page":"{page}","languages":"{languages}"}},"index":"{index}","tables":"{tables}","words":"{words}","records":3,"obsolete":[]}}"#
        );
        assert_eq!(String::from_utf8_lossy(json).trim_end(), expected);
        for name in [js, wasm, index, tables, &words] {
            assert!(names(&files).contains(&name), "{name}");
        }
    }

    #[test]
    fn without_the_widget_only_data_and_manifest() {
        let files = built(b"index", None, None);
        assert_eq!(files.len(), 4);
        assert!(!String::from_utf8_lossy(&files[0].1).contains("engine"));
    }

    #[test]
    fn a_directory_in_parts() {
        let parts = |names: &[u8], detail: &str| engine::index::Parts {
            names: names.to_vec(),
            values: b"values".to_vec(),
            details: vec![(format!("{DETAILS}{detail}.bin"), b"details".to_vec())],
        };
        let content = |written| Content { index: Written::Parts(written), ..Content::default() };
        let (one, two) = ("0123456789abcdef", "fedcba9876543210");
        let before = files(content(parts(b"names", one)), widget(), None, &BTreeSet::new());
        assert!(names(&before).iter().all(|name| is_ours(name)));
        let Index::Parts { parts: named } = manifest(&before).index else { panic!("it is in parts") };
        assert!(named.names.starts_with("names-") && named.values.starts_with("values-"));
        // What stands there now is what the host has.
        let earlier = BTreeSet::from([format!("{DETAILS}{one}.bin")]);
        let after = files(content(parts(b"other", two)), widget(), Some(&manifest(&before)), &earlier);
        assert_eq!(manifest(&after).obsolete, BTreeSet::from([named.names.clone()]));
        let (_, list) = after.iter().find(|(name, _)| name == OBSOLETE).expect("a list");
        assert_eq!(String::from_utf8_lossy(list), format!("{DETAILS}{one}.bin\n{}\n", named.names));
    }

    #[test]
    fn what_is_no_longer_used_may_be_deleted_and_what_is_used_again_may_not() {
        let one = built(b"one", widget(), None);
        let two = built(b"two", widget(), Some(&manifest(&one)));
        let three = built(b"three", widget(), Some(&manifest(&two)));
        let again = built(b"one", widget(), Some(&manifest(&three)));
        let index = |files: &[(String, Vec<u8>)]| manifest(files).index.files()[0].clone();
        assert_eq!(manifest(&two).obsolete, BTreeSet::from([index(&one)]));
        assert_eq!(manifest(&three).obsolete, BTreeSet::from([index(&one), index(&two)]));
        assert_eq!(manifest(&again).obsolete, BTreeSet::from([index(&two), index(&three)]));
    }

    #[test]
    fn pages_that_are_gone_are_named_until_they_are_back() {
        let page = |name: &str| (format!("{PAGES}{name}"), b"page".to_vec());
        let content = |pages| Content { pages, ..Content::default() };
        let earlier = BTreeSet::from(["pages/e-a1.html", "pages/e-a2.html"].map(String::from));
        let files = files(content(vec![page("e-a2.html")]), None, None, &earlier);
        let (_, list) = files.iter().find(|(name, _)| name == OBSOLETE).expect("a list");
        assert_eq!(String::from_utf8_lossy(list), "pages/e-a1.html\n");
        assert!(files.iter().all(|(name, _)| is_ours(name)));
    }

    #[test]
    fn names_of_others_are_not_ours() {
        for name in ["details/a.bin", "details/0123456789abcdef.js", "details/x/0123456789abcdef.bin", "names-1.bin"] {
            assert!(!is_ours(name), "{name}");
        }
        for name in
            ["pages/a.js", "pages/../x.html", "pages/A.html", "pages/a/b.html", "photos", "pages/", "sitemap_x.xml"]
        {
            assert!(!is_ours(name), "{name}");
        }
        for name in ["pages/e-a1.html", "pages/style.css", "sitemap.xml", "sitemap-2.xml", "obsolete.txt"] {
            assert!(is_ours(name), "{name}");
        }
    }

    #[test]
    fn a_manifest_of_an_earlier_build_has_no_tables() {
        let json = br#"{"format":1,"index":"index-0123456789abcdef.bin","records":1,"obsolete":[]}"#;
        let files = built(b"one", None, Manifest::parse(json).as_ref());
        assert_eq!(manifest(&files).obsolete, BTreeSet::from([String::from("index-0123456789abcdef.bin")]));
    }

    #[test]
    fn a_manifest_of_something_else_is_none() {
        for json in [
            "{}",
            "[]",
            "no json",
            r#"{"format":2,"index":"index-0123456789abcdef.bin","records":1,"obsolete":[]}"#,
            r#"{"format":1,"parts":{"names":"names-0123456789abcdef.bin","values":"values-0123456789abcdef.bin"},"records":1,"obsolete":[]}"#,
            r#"{"format":2,"parts":{"names":"names-0123456789abcdef.bin","values":"../values"},"records":1,"obsolete":[]}"#,
            r#"{"format":3,"parts":{"names":"names-0123456789abcdef.bin","values":"values-0123456789abcdef.bin"},"records":1,"obsolete":[]}"#,
            r#"{"format":1,"index":"../../index-0123456789abcdef.bin","records":1,"obsolete":[]}"#,
            r#"{"format":1,"index":"index-0123456789ABCDEF.bin","records":1,"obsolete":[]}"#,
            r#"{"format":1,"index":"index-0123456789abcdef.bin","tables":"../tables","records":1,"obsolete":[]}"#,
            r#"{"format":1,"engine":{"js":"/etc/passwd","wasm":"engine-0123456789abcdef.bin"},"index":"index-0123456789abcdef.bin","records":1,"obsolete":[]}"#,
        ] {
            assert_eq!(Manifest::parse(json.as_bytes()), None, "{json}");
        }
    }
}
