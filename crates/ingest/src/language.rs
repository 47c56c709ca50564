//! The two languages in which maintainers are spoken to.

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

/// One sentence in two languages: `say!(language, "第 {n} 行", "row {n}")`.
#[macro_export]
macro_rules! say {
    ($language:expr, $chinese:literal, $english:literal $(, $argument:expr)* $(,)?) => {
        match $language {
            $crate::Language::Chinese => format!($chinese $(, $argument)*),
            $crate::Language::English => format!($english $(, $argument)*),
        }
    };
}
