//! The smallest XLSB: parts of binary records in an archive.

/// A sheet: rows of text from A1, and what is hidden and merged; numbers from 0.
#[derive(Default)]
pub struct Sheet {
    pub hidden: bool,
    pub rows: Vec<Vec<String>>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u32>,
    /// First and last row, first and last column.
    pub merged: Vec<[u32; 4]>,
}

/// The file of these sheets and their names.
pub fn xlsb(sheets: &[(&str, Sheet)]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = sheets.iter().map(|(_, sheet)| part(sheet)).collect();
    packed(sheets, &parts)
}

/// The file of one sheet whose records are overwritten from somewhere on, and perhaps end there.
pub fn damaged(name: &str, sheet: Sheet, at: usize, bytes: &[u8], cut: bool) -> Vec<u8> {
    let mut part = part(&sheet);
    let at = at % part.len();
    let end = part.len().min(at + bytes.len());
    part[at..end].copy_from_slice(&bytes[..end - at]);
    part.truncate(if cut { end } else { part.len() });
    packed(&[(name, sheet)], &[part])
}

fn packed(sheets: &[(&str, Sheet)], parts: &[Vec<u8>]) -> Vec<u8> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relationships = |all: String| format!("<Relationships xmlns=\"{packages}\">{all}</Relationships>");
    let relation = |i: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{i}\" Type=\"{relations}/{kind}\" Target=\"{target}\"/>")
    };
    let paths: Vec<String> = (0..sheets.len()).map(|i| format!("worksheets/sheet{i}.bin")).collect();
    let root = relationships(relation(1, "officeDocument", "xl/workbook.bin"));
    let rels = relationships(paths.iter().enumerate().map(|(i, path)| relation(i, "worksheet", path)).collect());
    let bundled = sheets.iter().enumerate().map(|(i, (name, sheet))| {
        let (state, number) = (u32::from(sheet.hidden).to_le_bytes(), (i as u32 + 1).to_le_bytes());
        record(156, &[&state[..], &number, &text(&format!("rId{i}")), &text(name)].concat())
    });
    let book =
        [record(131, &[]), record(143, &[]), bundled.collect::<Vec<_>>().concat(), record(144, &[]), record(132, &[])];
    let paths: Vec<String> = paths.iter().map(|path| format!("xl/{path}")).collect();
    let book = book.concat();
    let fixed =
        [("_rels/.rels", root.as_bytes()), ("xl/_rels/workbook.bin.rels", rels.as_bytes()), ("xl/workbook.bin", &book)];
    let parts = paths.iter().map(String::as_str).zip(parts.iter().map(Vec::as_slice));
    super::archive(&fixed.into_iter().chain(parts).collect::<Vec<_>>())
}

fn part(sheet: &Sheet) -> Vec<u8> {
    let mut part = [record(129, &[]), record(148, &numbers(&[0, 9, 0, 9])), record(390, &[])].concat();
    for column in &sheet.hidden_columns {
        part.extend(record(60, &[numbers(&[*column, *column, 2560, 0]), vec![1, 0]].concat()));
    }
    part.extend([record(391, &[]), record(145, &[])].concat());
    for (r, row) in sheet.rows.iter().enumerate() {
        let height = if sheet.hidden_rows.contains(&(r as u32)) { 0x10 } else { 0 };
        part.extend(record(0, &[numbers(&[r as u32, 0]), vec![44, 1, 0, height, 0], numbers(&[0])].concat()));
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            part.extend(record(6, &[numbers(&[c as u32, 0]), text(cell)].concat()));
        }
    }
    part.extend(record(146, &[]));
    for region in &sheet.merged {
        part.extend(record(176, &numbers(region)));
    }
    part.extend(record(130, &[]));
    part
}

fn record(kind: usize, data: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 128 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    bytes.extend([data.len() as u8 | 0x80, (data.len() >> 7) as u8]);
    bytes.extend(data);
    bytes
}

fn numbers(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    numbers(&[units.len() as u32]).into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}
