//! What is wrong with a configuration that is no TOML, by the look of its line: the reader's own reasons are for programmers, and in English.

use crate::speech::{pick, tell};

/// Marks as Chinese input methods write them, and what TOML wants in their place.
const MARKS: [(&str, &str); 8] = [
    ("“”„＂「」『』", "\""),
    ("‘’＇", "'"),
    ("，、；", ","),
    ("＝：", "="),
    ("［【〔", "["),
    ("］】〕", "]"),
    ("＃", "#"),
    ("\u{3000}\u{a0}", " "),
];

/// As much of a line as is repeated, in characters.
const SHOWN: usize = 60;

/// The line at this byte and what to do about it, as one clause; `reason` is the reader's.
pub fn say(text: &str, at: usize, reason: &str) -> String {
    let breaks = text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    // What is missing at the end is missing from the last line that says something.
    let lines = text.lines().map(|line| line.trim_matches([' ', '\t'])).enumerate().take(breaks + 1);
    let (number, line) = lines.filter(|(_, line)| !line.is_empty()).last().unwrap_or_default();
    let (number, advice) = (number + 1, advice(line, reason));
    let shown: String = line.chars().take(SHOWN).collect();
    let more = if shown.len() < line.len() { "…" } else { "" };
    tell!("第 {number} 行「{shown}{more}」有错：{advice}", "mistake in line {number}, “{shown}{more}”: {advice}")
}

/// What to say of a path in which backslashes stand between double quotation marks.
pub fn backslashes() -> String {
    tell!(
        "路径里的 \\ 请改成 /，或把双引号改成单引号，如 'D:\\名单\\专家.xlsx'",
        "write / for \\ in a path, or put it in single quotation marks, as 'D:\\tables\\experts.xlsx'"
    )
}

/// The first that applies.
fn advice(line: &str, reason: &str) -> String {
    let Line { bare, is_escaped, is_open } = Line::of(line);
    let says = |part: &str| reason.contains(part);
    let unknown = reason.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    let mark = bare.chars().find_map(|c| Some((c, MARKS.iter().find(|(wrong, _)| wrong.contains(c))?.1)));
    // What is text and stands in no quotation marks: hanzi anywhere, anything as a value.
    let hanzi = words(&bare).find(|word| !word.is_ascii());
    let value = bare.split_once('=').map_or(bare.as_str(), |(_, value)| value);
    let word = hanzi.or(words(value).next()).filter(|_| !line.starts_with('['));
    let cases = [
        (unknown.is_some(), {
            let name = unknown.unwrap_or_default();
            tell!(
                "不认识的项「{name}」，请检查拼写，以及是否写在该写的一段里",
                "unknown entry “{name}”; look at its spelling, and under which [heading] it stands"
            )
        }),
        (says("duplicate key"), tell!("前面已经写过，请只留一处", "it stands there twice; keep one")),
        (mark.is_some(), {
            let (wrong, right) = mark.unwrap_or_default();
            let right = if right == " " { pick("空格", "a blank") } else { right };
            tell!("「{wrong}」是中文符号，请改成英文的 {right}", "“{wrong}” should be {right}")
        }),
        (
            line.starts_with("pages") && !says("comma"),
            tell!("应写成 pages = true 或 pages = false", "it should be pages = true or pages = false"),
        ),
        (
            says("expected a sequence") || says("struct Entry"),
            tell!(
                "每人写一段：先一行 [[removed]]，下面一行 name = \"张三\"",
                "write a line [[removed]] for each person, and under it name = \"张三\""
            ),
        ),
        (
            says("expected a map") || says("expected struct"),
            tell!(
                "应是一段：先一行 [名称]，如 [columns]，下面每行写一项",
                "it should be a line such as [columns], with an entry on each line under it"
            ),
        ),
        (
            says("list of texts"),
            tell!(
                "应是英文引号里的文字，有几个时写成 [\"甲\", \"乙\"]",
                "it should be text in quotation marks, several as [\"a\", \"b\"]"
            ),
        ),
        (
            says("invalid type"),
            tell!(
                "应是英文引号里的一段文字，如 \"专家搜索\"",
                "it should be one text in quotation marks, as \"experts\""
            ),
        ),
        (is_escaped, backslashes()),
        (
            is_open,
            tell!(
                "引号没有成对：请看看是否少了一个英文引号，或写成了中文引号",
                "quotation marks should stand in pairs"
            ),
        ),
        (
            says("key with no value"),
            tell!(
                "应写成 名称 = 内容；若是说明，请在行首加 #",
                "it should be NAME = VALUE; put # before what is a remark"
            ),
        ),
        (line.ends_with('='), tell!("等号右边没有内容", "nothing stands behind =")),
        (
            says("comma") || says("unclosed"),
            tell!(
                "几项之间要有一个英文逗号，方括号 [ ] 要成对；请连同上面几行一起看",
                "a comma should stand between two entries, and [ ] in pairs; look at the lines above too"
            ),
        ),
        (word.is_some(), {
            let word = word.unwrap_or_default();
            tell!("「{word}」要写在英文引号里：\"{word}\"", "{word} should stand in quotation marks: \"{word}\"")
        }),
    ];
    let found = cases.into_iter().find(|(applies, _)| *applies).map(|(_, advice)| advice);
    found.unwrap_or_else(|| {
        let reason = reason.replace('\n', ", ");
        tell!("看不懂这样的写法，请对照 expert-search init 写出的配置文件改正", "{reason}")
    })
}

/// What blanks and TOML's own marks part.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '=', '[', ']', ',']).filter(|word| !word.is_empty())
}

/// A line as TOML reads it.
struct Line {
    /// What stands outside of quotation marks, before a remark.
    bare: String,
    /// Whether a backslash stands between double quotation marks.
    is_escaped: bool,
    /// Whether a quotation mark is not closed.
    is_open: bool,
}

impl Line {
    fn of(text: &str) -> Line {
        let (mut bare, mut is_escaped, mut open) = (String::new(), false, None);
        let mut characters = text.chars();
        while let Some(c) = characters.next() {
            match open {
                None if c == '#' => break,
                None if c == '"' || c == '\'' => open = Some(c),
                None => bare.push(c),
                Some('"') if c == '\\' => {
                    is_escaped = true;
                    characters.next();
                }
                Some(mark) if c == mark => open = None,
                Some(_) => {}
            }
        }
        Line { bare, is_escaped, is_open: open.is_some() }
    }
}
