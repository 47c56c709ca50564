//! Puts the widget's built files into the command: those in the folder that EXPERT_SEARCH_WIDGET names, or none when it is unset.

use std::path::PathBuf;
use std::{env, fs};

/// Field of the widget and file; in this order.
const FILES: [(&str, &str); 12] = [
    ("loader", "expert-search.js"),
    ("glue", "engine.js"),
    ("wasm", "engine.wasm"),
    ("later", "later.wasm"),
    ("parts_glue", "parts.js"),
    ("parts_wasm", "parts.wasm"),
    ("browse_glue", "browse.js"),
    ("browse_wasm", "browse.wasm"),
    ("card", "card.js"),
    ("page", "page.js"),
    ("languages", "languages.js"),
    ("large", "large.js"),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=EXPERT_SEARCH_WIDGET");
    let widget = env::var_os("EXPERT_SEARCH_WIDGET").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let value = match widget {
        None => String::from("None"),
        Some(folder) => {
            let bytes = FILES.map(|(field, name)| {
                let path = folder.join(name);
                println!("cargo::rerun-if-changed={}", path.display());
                assert!(path.is_file(), "EXPERT_SEARCH_WIDGET: there is no {}", path.display());
                format!("{field}: include_bytes!({path:?})")
            });
            format!("Some(Widget {{ {} }})", bytes.join(", "))
        }
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("widget.rs"), value).expect("OUT_DIR can be written");
}
