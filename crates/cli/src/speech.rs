//! The language in which this run of the command speaks: settled once, before anything is said.

use std::sync::OnceLock;

use ingest::Language;

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// The variable that says `zh` or `en`.
pub const VARIABLE: &str = "EXPERT_SEARCH_LANG";

/// One sentence in the run's language: `tell!("共 {n} 条", "{n} records")`.
macro_rules! tell {
    ($chinese:literal, $english:literal $(, $argument:expr)* $(,)?) => {
        ingest::say!($crate::speech::language(), $chinese, $english $(, $argument)*)
    };
}
pub(crate) use tell;

/// The run's language.
pub fn language() -> Language {
    LANGUAGE.get().copied().unwrap_or_default()
}

/// One of two fixed texts.
pub fn pick(chinese: &'static str, english: &'static str) -> &'static str {
    match language() {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// Settles the language: what the call says, else the variable, else the system's.
pub fn settle(arguments: &[String]) {
    let said = arguments.iter().enumerate().find_map(|(i, argument)| match argument.strip_prefix("--lang") {
        Some("") => arguments.get(i + 1).cloned(),
        Some(rest) => rest.strip_prefix('=').map(String::from),
        None => None,
    });
    let variables = [VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"];
    let system = || variables.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    // Nothing said is the plain locale, and Windows; most maintainers read Chinese.
    let language = match said.or_else(system).map(|text| text.to_lowercase()) {
        Some(text) if !(text.starts_with("zh") || text.starts_with("c.") || text == "c" || text == "posix") => {
            Language::English
        }
        _ => Language::Chinese,
    };
    // A second call cannot happen.
    let _ = LANGUAGE.set(language);
}

/// A comma between the entries of a list.
pub fn comma() -> &'static str {
    pick("、", ", ")
}

/// Bytes as people read them.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..10_000 => tell!("{bytes} 字节", "{bytes} bytes"),
        10_000..10_000_000 => format!("{:.1} KB", bytes as f64 / 1000.0),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}
