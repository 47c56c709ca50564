//! What a maintainer may settle beside the tables. Everything is off unless said.

use crate::columns::Column;
use crate::personal::Sort;

/// The settings of a directory.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What headings mean that are not known, or mean something else here.
    pub columns: Vec<(String, Column)>,
    /// Sheets that are no part of the directory, by name.
    pub skipped: Vec<String>,
    /// Personal data of these sorts is masked, not refused.
    pub masked: Vec<Sort>,
    /// Personal data that is public: an office's mobile number, its mail address.
    pub allowed: Vec<String>,
    /// Who must not be in the directory.
    pub removed: Vec<Removed>,
    /// How names are read, where there is no column for it.
    pub pinyin: Vec<(String, String)>,
    /// The address of the site, under which pictures may stand: `https://www.example.cn/`.
    pub site: Option<String>,
}

/// Somebody who was removed: all that is given must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// 编号 or 人员编号.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// One of the units.
    pub unit: Option<String>,
}
