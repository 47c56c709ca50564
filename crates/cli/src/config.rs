//! The configuration beside the tables: what a maintainer settles once, in TOML.
//!
//! Names in it are relative to its own folder. What a call says comes first, then variables, then this.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ingest::double::Layout;
use ingest::personal::Sort;
use ingest::settings::Removed;
use ingest::{Column, Language, Settings};
use serde::{Deserialize, Deserializer};

use crate::failure::{Action, Failure};
use crate::mistake;
use crate::speech::{comma, tell};

/// The names looked for in the current folder.
pub const NAMES: [&str; 2] = ["专家搜索.toml", "expert-search.toml"];

/// Everything that is settled beside the tables.
#[derive(Debug, Default)]
pub struct Config {
    /// The tables.
    pub tables: Vec<PathBuf>,
    /// The folder to write.
    pub output: Option<PathBuf>,
    /// Whether static pages are written.
    pub pages: bool,
    /// What the directory is called.
    pub title: Option<String>,
    /// The address at which the folder will stand, with `/` at its end.
    pub address: Option<String>,
    /// The list of words that lead to others.
    pub words: Option<PathBuf>,
    /// The layout of double pinyin that visitors may type.
    pub double_pinyin: Option<Layout>,
    /// What tables mean.
    pub settings: Settings,
    /// The file itself.
    pub path: Option<PathBuf>,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    #[serde(deserialize_with = "one_or_more")]
    tables: Vec<PathBuf>,
    output: Option<PathBuf>,
    pages: bool,
    title: Option<String>,
    address: Option<String>,
    words: Option<PathBuf>,
    double_pinyin: Option<String>,
    columns: BTreeMap<String, String>,
    sheets: Sheets,
    personal: Personal,
    removed: Vec<Entry>,
    pinyin: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sheets {
    #[serde(deserialize_with = "one_or_more")]
    skip: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Personal {
    #[serde(deserialize_with = "one_or_more")]
    mask: Vec<String>,
    #[serde(deserialize_with = "one_or_more")]
    allow: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    id: Option<String>,
    name: Option<String>,
    unit: Option<String>,
}

/// A list, or the one thing that would stand in it.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts")]
enum OneOrMore<T> {
    One(T),
    More(Vec<T>),
}

fn one_or_more<'de, D: Deserializer<'de>, T: Deserialize<'de>>(list: D) -> Result<Vec<T>, D::Error> {
    Ok(match OneOrMore::deserialize(list)? {
        OneOrMore::One(one) => vec![one],
        OneOrMore::More(more) => more,
    })
}

/// Reads the configuration that is named, or the one in the current folder if there is one.
pub fn load(named: Option<&Path>) -> Result<Config, Failure> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => {
            let found: Vec<&str> = NAMES.into_iter().filter(|name| Path::new(name).is_file()).collect();
            match found[..] {
                [] => return Ok(Config::default()),
                [name] => PathBuf::from(name),
                _ => {
                    let names = found.join(comma());
                    return Err(Failure::Usage(tell!(
                        "有两个配置文件：{names}；请只留一个，或用 --config 指定",
                        "there are two configurations, {names}; keep one, or name it by --config"
                    )));
                }
            }
        }
    };
    let bytes = fs::read(&path).map_err(Failure::file(Action::Read, &path))?;
    let config = parse(&bytes).map_err(|why| {
        let path = path.display();
        Failure::Usage(tell!("{path}：{why}", "{path}: {why}"))
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(Config {
        tables: config.tables.iter().map(|table| folder.join(table)).collect(),
        output: config.output.map(|output| folder.join(output)),
        words: config.words.map(|words| folder.join(words)),
        path: Some(path.clone()),
        ..config
    })
}

/// The configuration in these bytes, or what is wrong with it.
fn parse(bytes: &[u8]) -> Result<Config, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| tell!("不是 UTF-8 编码，请用记事本另存为 UTF-8", "is not in UTF-8; save it as UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let at = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    let file: File = toml::from_str(text).map_err(|error| mistake::say(text, at(&error), error.message()))?;
    // `\t` of "D:\table.csv" is a tab, and nothing that a reader complains of.
    let paths = file.tables.iter().chain(&file.output).chain(&file.words);
    if let Some(path) = paths.map(|path| path.display().to_string()).find(|path| path.contains(char::is_control)) {
        let why = mistake::backslashes();
        return Err(tell!("「{}」：{why}", "“{}”: {why}", path.escape_debug()));
    }
    let columns = file.columns.into_iter().map(|(heading, word)| match Column::named(&word) {
        Some(column) => Ok((heading, column)),
        None => Err(tell!(
            "[columns] 里「{heading}」的含义「{word}」不认识，应是「姓名」「工作单位」等表头，或「保留」「忽略」",
            "[columns] gives “{heading}” the unknown meaning “{word}”; it should be a heading such as “姓名”, or “保留” (keep), “忽略” (ignore)"
        )),
    });
    let sort = |word: &String| {
        let is_named = |sort: &Sort| [Language::Chinese, Language::English].iter().any(|l| sort.say(*l) == word);
        Sort::ALL.into_iter().find(is_named).ok_or_else(|| {
            let words = Sort::ALL.map(|sort| sort.say(crate::speech::language())).join(comma());
            tell!(
                "[personal] 的 mask 里「{word}」不认识，应是：{words}",
                "mask under [personal] names the unknown “{word}”; it should be: {words}"
            )
        })
    };
    let removed = file.removed.into_iter().map(|entry| match entry {
        Entry { id: None, name: None, .. } => {
            Err(tell!("[[removed]] 里至少要写 id 或 name", "an entry of [[removed]] needs an id or a name"))
        }
        Entry { id, name, unit } => Ok(Removed { id, name, unit }),
    });
    let address = match file.address {
        Some(address) if !(address.starts_with("https://") || address.starts_with("http://")) => {
            return Err(tell!(
                "address 应是完整的网址，如 https://www.example.cn/专家搜索/",
                "address should be whole, as https://www.example.cn/experts/"
            ));
        }
        address => address.map(|address| address.trim_end_matches('/').to_owned() + "/"),
    };
    let layout = |name: String| {
        Layout::named(&name).ok_or_else(|| {
            tell!(
                "double_pinyin 写的「{name}」不认识，应是：小鹤、自然码、微软",
                "double_pinyin names the unknown “{name}”; it should be xiaohe, ziranma or microsoft"
            )
        })
    };
    let double_pinyin = file.double_pinyin.map(layout).transpose()?;
    let settings = Settings {
        columns: columns.collect::<Result<_, _>>()?,
        skipped: file.sheets.skip,
        masked: file.personal.mask.iter().map(sort).collect::<Result<_, _>>()?,
        allowed: file.personal.allow,
        removed: removed.collect::<Result<_, _>>()?,
        pinyin: file.pinyin.into_iter().collect(),
        site: address.clone(),
    };
    let File { tables, output, pages, title, words, .. } = file;
    Ok(Config { tables, output, pages, title, address, words, double_pinyin, settings, path: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_a_configuration() {
        let config = parse(include_bytes!("../site/config.toml")).expect("our own template");
        assert_eq!((config.tables, config.output), (vec!["专家.xlsx".into()], Some("专家搜索".into())));
        let uncommented: String = include_str!("../site/config.toml")
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line).to_owned() + "\n")
            .collect();
        let config = parse(uncommented.as_bytes()).expect("every example in it can be used");
        assert_eq!(config.words, Some("近义词.csv".into()));
        assert!(config.pages && config.settings.removed.len() == 2 && config.settings.masked.len() == 1);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, says) in [
            ("tabels = []", "第 1 行「tabels = []」有错：不认识的项「tabels」"),
            ("[columns]\n\"职务\" = \"随便\"", "「职务」的含义「随便」不认识"),
            ("[personal]\nmask = [\"电话\"]", "「电话」不认识，应是：手机号、身份证号、个人邮箱、出生日期、家庭住址"),
            ("[[removed]]\nunit = \"某大学\"", "至少要写 id 或 name"),
            ("double_pinyin = \"搜狗\"", "「搜狗」不认识，应是：小鹤、自然码、微软"),
            ("address = \"www.example.cn\"", "address 应是完整的网址"),
        ] {
            let error = parse(text.as_bytes()).expect_err(text);
            assert!(error.contains(says), "{text}: {error}");
        }
        assert!(parse(b"\xd0\xd5").is_err());
    }
}
