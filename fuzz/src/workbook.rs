//! Packs the parts of a workbook, whatever they are, so that mutations reach its reader: lengths and checksums of the archive are right.

use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// What stands between the sheet, the shared strings and the styles in an input.
pub const BETWEEN: u8 = 0;

/// The parts that say what the others are.
const FRAME: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="专家" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

/// The parts that an input holds, in its order.
const PARTS: [&str; 3] = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];

/// The workbook of an input.
pub fn of(input: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let frame = FRAME.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, bytes) in frame.chain(PARTS.into_iter().zip(input.split(|byte| *byte == BETWEEN))) {
        archive.start_file(name, options).expect("the names differ");
        archive.write_all(bytes).expect("memory takes all");
    }
    archive.finish().expect("memory takes all").into_inner()
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::seeds;

    #[test]
    fn the_seed_is_a_workbook_that_is_read() {
        let seeds = seeds::directory();
        let seed = seeds.iter().find(|seed| seed[0] == 2).expect("one is a workbook");
        let directory = ingest::read(&[("甲.xlsx", &of(&seed[1..]))]).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert!(directory.records.iter().any(|record| record.name.text() == "袁隆平"), "{:?}", directory.records);
    }
}
