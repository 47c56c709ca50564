//! The smallest XLS: a compound file with one stream of records.

/// A sheet: its name, whether it is hidden, rows of text, rows to hide.
pub struct Sheet<'a> {
    pub name: &'a str,
    pub hidden: bool,
    pub cells: Vec<(u16, u16, String)>,
    pub hidden_rows: Vec<u16>,
    pub merged: Vec<[u16; 4]>,
    /// What is said of how far the cells reach, if anything.
    pub dimensions: Vec<u16>,
}

impl<'a> Sheet<'a> {
    /// A visible sheet of rows of text from A1.
    pub fn new(name: &'a str, rows: &[Vec<String>]) -> Sheet<'a> {
        let cell = |(r, row): (usize, &Vec<String>)| {
            let cells = row.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
            cells.map(|(c, cell)| (r as u16, c as u16, cell.clone())).collect::<Vec<_>>()
        };
        let cells = rows.iter().enumerate().flat_map(cell).collect();
        Sheet { name, hidden: false, cells, hidden_rows: Vec::new(), merged: Vec::new(), dimensions: Vec::new() }
    }
}

/// The file of these sheets.
pub fn xls(sheets: &[Sheet]) -> Vec<u8> {
    let globals = |starts: &[u32]| {
        let mut stream = record(0x0809, &begin(0x0005));
        stream.extend(record(0x0042, &1200u16.to_le_bytes()));
        for (sheet, start) in sheets.iter().zip(starts) {
            let mut data = start.to_le_bytes().to_vec();
            data.extend([u8::from(sheet.hidden), 0, sheet.name.encode_utf16().count() as u8, 1]);
            data.extend(units(sheet.name));
            stream.extend(record(0x0085, &data));
        }
        stream.extend(record(0x000a, &[]));
        stream
    };
    let bodies: Vec<Vec<u8>> = sheets.iter().map(body).collect();
    let mut starts = Vec::new();
    let mut at = globals(&vec![0; sheets.len()]).len();
    for body in &bodies {
        starts.push(at as u32);
        at += body.len();
    }
    compound("Workbook", &[globals(&starts), bodies.concat()].concat())
}

fn body(sheet: &Sheet) -> Vec<u8> {
    let mut stream = record(0x0809, &begin(0x0010));
    if !sheet.dimensions.is_empty() {
        let data: Vec<u8> = sheet.dimensions.iter().flat_map(|word| word.to_le_bytes()).collect();
        stream.extend(record(0x0200, &data));
    }
    for row in &sheet.hidden_rows {
        let mut data = row.to_le_bytes().to_vec();
        data.extend([0; 10]);
        data.extend([0x20, 0, 0, 0]);
        stream.extend(record(0x0208, &data));
    }
    for (row, column, text) in &sheet.cells {
        let mut data: Vec<u8> =
            [*row, *column, 0, text.encode_utf16().count() as u16].into_iter().flat_map(u16::to_le_bytes).collect();
        data.push(1);
        data.extend(units(text));
        stream.extend(record(0x0204, &data));
    }
    if !sheet.merged.is_empty() {
        let count = [sheet.merged.len() as u16];
        let data: Vec<u8> = count.iter().chain(sheet.merged.iter().flatten()).flat_map(|n| n.to_le_bytes()).collect();
        stream.extend(record(0x00e5, &data));
    }
    stream.extend(record(0x000a, &[]));
    stream
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

fn begin(what: u16) -> Vec<u8> {
    [0x0600, what, 0, 0, 0, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect()
}

fn units(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A workbook under a password: the record that says so is enough.
pub fn encrypted() -> Vec<u8> {
    compound("Workbook", &[record(0x0809, &begin(0x0005)), record(0x002f, &[1, 0, 0, 0]), record(0x000a, &[])].concat())
}

/// A compound file with one stream.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let mut stream = stream.to_vec();
    // Shorter streams stand elsewhere.
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = stream.len() / SECTOR;
    let tables = (1..).find(|tables| tables * 128 >= tables + 1 + sectors).unwrap();
    let mut table: Vec<u32> = vec![0xffff_fffd; tables];
    table.push(0xffff_fffe);
    table.extend((0..sectors).map(|i| (tables + 2 + i) as u32));
    *table.last_mut().unwrap() = 0xffff_fffe;
    table.resize(tables * 128, 0xffff_ffff);

    let mut head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    head.extend([0; 16]);
    head.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for word in [tables as u32, tables as u32, 0, 4096, 0xffff_fffe, 0, 0xffff_fffe, 0] {
        head.extend(word.to_le_bytes());
    }
    head.extend((0..109).flat_map(|i| if i < tables { i as u32 } else { 0xffff_ffff }.to_le_bytes()));

    let entry = |name: &str, kind: u8, child: u32, start: u32, size: usize| {
        let mut entry = units(name);
        entry.resize(64, 0);
        entry.extend((2 * name.encode_utf16().count() as u16 + 2).to_le_bytes());
        entry.extend([kind, 1]);
        for word in [0xffff_ffff, 0xffff_ffff, child, 0, 0, 0, 0, 0, 0, 0, 0, 0, start, size as u32, 0] {
            entry.extend(u32::to_le_bytes(word));
        }
        entry
    };
    let mut directory = entry("Root Entry", 5, 1, 0xffff_fffe, 0);
    directory.extend(entry(name, 2, 0xffff_ffff, tables as u32 + 1, stream.len()));
    directory.resize(SECTOR, 0);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [head, table, directory, stream].concat()
}
