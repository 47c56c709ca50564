//! Files as maintainers have them, made in memory: no opaque bytes lie in the tests.
#![allow(dead_code, reason = "not every test makes every kind of file")]

pub mod ods;
pub mod xls;
pub mod xlsb;

use std::io::{Cursor, Write};

use encoding_rs::{BIG5, GB18030};
use ingest::{Directory, Problem, Settings, examine};
use rust_xlsxwriter::{Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A sheet's name, and what writes it.
pub type Sheet<'a> = (&'a str, &'a dyn Fn(&mut Worksheet));

/// A workbook of these sheets.
pub fn xlsx(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, write) in sheets {
        write(book.add_worksheet().set_name(*name).unwrap());
    }
    book.save_to_buffer().unwrap()
}

/// Writes rows of text from A1; blanks stay blank.
pub fn put(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(r as u32, c as u16, *cell).unwrap();
        }
    }
}

/// A workbook of one sheet of text.
pub fn simple(rows: &[&[&str]]) -> Vec<u8> {
    xlsx(&[("名单", &|sheet| put(sheet, rows))])
}

/// The text in GB18030.
pub fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// The text in Big5.
pub fn big5(text: &str) -> Vec<u8> {
    BIG5.encode(text).0.into_owned()
}

/// The text in UTF-16 with its mark, as Excel's “Unicode text”.
pub fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// A zip archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // The kind of an OpenDocument stands unpacked, so that it can be seen in the bytes.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An XLSX of which only the sheet matters, given as XML.
pub fn raw_xlsx(sheet: &str) -> Vec<u8> {
    raw_xlsx_with(sheet, "<sst/>")
}

/// The same with its shared strings.
pub fn raw_xlsx_with(sheet: &str, strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let rels = format!(
        "<Relationships xmlns=\"{packages}\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>");
    let root = format!(
        "<Relationships xmlns=\"{packages}\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// Everything that is told about files: problems, then notes after a dot, then the people and stations after an equals sign.
pub fn told(files: &[(&str, &[u8])], settings: &Settings) -> String {
    let (Directory { records, notes, .. }, problems) = examine(files, settings, &mut |_| {});
    let mut lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.extend(notes.iter().map(|note| format!("· {note}")));
    for record in records {
        let cells = record
            .roles
            .iter()
            .flat_map(|role| &role.cells)
            .map(|cell| format!("{}:{}", cell.label, cell.value.text()));
        let aliases = record.aliases.iter().map(|alias| format!("别名:{}", alias.text()));
        lines.push(format!("= {} {}", record.name.text(), aliases.chain(cells).collect::<Vec<_>>().join(" ")));
    }
    lines.join("\n")
}
