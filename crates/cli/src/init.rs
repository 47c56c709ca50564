//! `init`: a workbook to fill in, with notes and lists to choose from, and a configuration with everything in it explained.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::{DataValidation, Format, Note, Workbook, Worksheet, XlsxError};

use crate::config::NAMES;
use crate::failure::{Action, Failure};
use crate::speech::tell;
use crate::tables::is_same;

/// The workbook's name, which the configuration names.
const WORKBOOK: &str = "专家.xlsx";

/// Heading, what is said of it, and what may be chosen.
type Column = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const PEOPLE: &[Column] = &[
    ("编号", "每行一个，不重复，以后不变；可以不填，由程序生成", &[]),
    ("人员编号", "同一人有几行（如两院院士）时，几行写同一个", &[]),
    ("姓名", "必填", &[]),
    ("拼音", "读音特别时填写，如 shan zhong de", &[]),
    ("别名", "曾用名、外文名；几个用、隔开", &[]),
    ("类型", "可选，也可另写", &["院士", "首席科普专家", "科普专家"]),
    ("称号", "完整的称号", &["中国科学院院士", "中国工程院院士", "中国科学院外籍院士", "中国工程院外籍院士"]),
    ("学部", "所属学部", &[]),
    ("工作单位", "几个用；隔开", &[]),
    ("专业领域", "几个用、隔开", &[]),
    ("所在地", "工作的地方，如 河北、石家庄", &[]),
    ("籍贯", "祖籍或出生地", &[]),
    ("当选年份", "当选或聘任的年份，如 2021", &[]),
    ("批次", "如 第六批", &[]),
    ("聘期", "如 2024-2028", &[]),
    ("推荐单位", "", &[]),
    ("联系方式（公开）", "单位公开的电话；不要填手机和个人邮箱", &[]),
    ("链接", "以 https:// 开头", &[]),
    ("照片", "本站的路径，如 photos/a1.jpg", &[]),
    ("简介", "", &[]),
    ("核对日期", "如 2026-09-01", &[]),
    ("权重", "整数，数大的排在前面；一般不填", &[]),
];

#[rustfmt::skip]
const STATIONS: &[Column] = &[
    ("编号", "每行一个，不重复，以后不变；可以不填", &[]),
    ("名称", "必填", &[]),
    ("类型", "可选，也可另写", &["院士工作站", "专家工作站", "院士专家工作站", "学会服务站", "海智基地", "科技小院"]),
    ("建站单位", "几个用；隔开", &[]),
    ("省份", "", &[]),
    ("城市", "", &[]),
    ("服务县区", "几个用、隔开", &[]),
    ("进站专家", "几个用、隔开；同名的写成 姓名（单位）或编号", &[]),
    ("专业领域", "几个用、隔开", &[]),
    ("建站时间", "如 2024", &[]),
    ("链接", "以 https:// 开头", &[]),
    ("核对日期", "如 2026-09-01", &[]),
];

const NOTES: [&str; 8] = [
    "第一行是表头，不要改动；每人（每站）一行，从第二行填起。",
    "不用的列可以删去；也可以加列，加的列要在配置文件 专家搜索.toml 的 [columns] 里写「保留」才会公开。",
    "一人有几个身份时写几行，「人员编号」写同一个；姓名和工作单位都相同的几行也会合成一人。",
    "同名的两个人：写不同的「人员编号」，或写清不同的「工作单位」。",
    "不要填手机号、身份证号、个人邮箱、出生日期、家庭住址：这些一出现，程序就停下来。",
    "隐藏的工作表、行、列和筛选掉的行都不会收入。",
    "填好后运行 expert-search check 检查，再运行 expert-search build 生成。",
    "这张「填写说明」不会收入，可以删去。",
];

/// Rows in which lists to choose from are offered.
const OFFERED: u32 = 10_000;

/// Writes both, unless one of them is there.
pub fn run(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(Action::Create, folder))?;
    let failed = |error: XlsxError| {
        Failure::File(Action::Write, folder.join(WORKBOOK), std::io::Error::other(error.to_string()))
    };
    let files = [(WORKBOOK, workbook().map_err(failed)?), (NAMES[0], include_bytes!("../site/config.toml").to_vec())];
    if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).exists()) {
        let why = tell!(
            "已有 {name}，没有改动；请另选文件夹",
            "{name} is there already and was left alone; choose another folder"
        );
        return Err(Failure::Folder(folder.to_owned(), why));
    }
    for (name, bytes) in &files {
        let path = folder.join(name);
        // Made anew or not at all: nothing that somebody has filled in is lost.
        let write = || File::create_new(&path)?.write_all(bytes);
        write().map_err(Failure::file(Action::Write, &path))?;
    }
    let [workbook, config] = files.map(|(name, _)| {
        let path = folder.join(name);
        path.strip_prefix(".").unwrap_or(&path).display().to_string()
    });
    // The other commands look for the configuration where they are called.
    let enter = match is_same(folder, Path::new(".")) {
        true => String::new(),
        false => {
            let folder = folder.display().to_string();
            let quote = if folder.contains(' ') { "\"" } else { "" };
            tell!("进入这个文件夹（cd {quote}{folder}{quote}），", "enter the folder (cd {quote}{folder}{quote}), ")
        }
    };
    println!(
        "{}",
        tell!(
            "已写出 {workbook} 和 {config}。\n下一步：在 {workbook} 里填好，{enter}运行 expert-search check 检查，再运行 expert-search build 生成。",
            "Wrote {workbook} and {config}.\nNext: fill in {workbook}, {enter}run expert-search check, then expert-search build."
        )
    );
    Ok(())
}

fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same bytes at any time.
    book.set_properties(
        &rust_xlsxwriter::DocProperties::new()
            .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1)?),
    );
    sheet(book.add_worksheet().set_name("专家")?, PEOPLE)?;
    sheet(book.add_worksheet().set_name("工作站")?, STATIONS)?;
    let notes = book.add_worksheet().set_name("填写说明")?;
    notes.set_column_width(0, 100)?;
    for (row, note) in NOTES.into_iter().enumerate() {
        notes.write_string_with_format(row as u32, 0, note, &Format::new().set_text_wrap())?;
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_background_color(0xD9_E2_F3);
    // Everything is text: years, numbers of rows and days stay as they are typed.
    let text = Format::new().set_num_format("@");
    for (at, (name, note, choices)) in columns.iter().enumerate() {
        let at = at as u16;
        sheet.set_column_format(at, &text)?;
        sheet.set_column_width(at, (name.chars().count() * 2 + 4).max(12) as f64)?;
        sheet.write_string_with_format(0, at, *name, &heading)?;
        if !note.is_empty() {
            sheet.insert_note(0, at, &Note::new(*note).set_author("expert-search").add_author_prefix(false))?;
        }
        if !choices.is_empty() {
            let list = DataValidation::new().allow_list_strings(choices)?.show_error_message(false);
            sheet.add_data_validation(1, at, OFFERED, at, &list)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_template_is_known() {
        for (heading, ..) in PEOPLE.iter().chain(STATIONS) {
            assert!(ingest::columns::meaning_of(heading).is_some(), "{heading}");
        }
        assert_eq!(workbook().expect("a workbook"), workbook().expect("a workbook"));
    }
}
