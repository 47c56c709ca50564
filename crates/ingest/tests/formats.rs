//! One directory in every format: the index has the same bytes.
#![cfg(feature = "workbooks")]

mod files;

use files::{gbk, ods, utf16, xls, xlsb, xlsx};
use ingest::{Settings, examine};

const TABLES: [&str; 3] = ["academicians", "chief-experts", "workstations"];

fn csv(table: &str) -> String {
    let path = format!("{}/../../data/{table}.csv", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn rows(table: &str) -> Vec<Vec<String>> {
    let text = csv(table);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(String::from).collect()).collect()
}

#[track_caller]
fn index(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (directory, problems) = examine(&files, &Settings::default(), &mut |_| {});
    assert_eq!(problems, [], "{:?}", files[0].0);
    engine::index::write(&directory.records).unwrap()
}

fn one_file_each(ending: &str, make: fn(&str) -> Vec<u8>) -> Vec<(String, Vec<u8>)> {
    TABLES.map(|table| (format!("{table}.{ending}"), make(table))).to_vec()
}

fn as_xlsx() -> Vec<u8> {
    let all = TABLES.map(|table| (table, rows(table)));
    let write = |rows: &[Vec<String>], sheet: &mut rust_xlsxwriter::Worksheet| {
        for (r, c, cell) in
            rows.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, cell)| (r, c, cell)))
        {
            // Years are numbers, as Excel makes them.
            match cell.parse::<u32>() {
                Ok(number) => sheet.write_number(r as u32, c as u16, number).map(drop).unwrap(),
                Err(_) if cell.is_empty() => {}
                Err(_) => sheet.write_string(r as u32, c as u16, cell).map(drop).unwrap(),
            }
        }
    };
    let writers: Vec<_> = all
        .iter()
        .map(|(name, rows)| (*name, move |sheet: &mut rust_xlsxwriter::Worksheet| write(rows, sheet)))
        .collect();
    let sheets: Vec<files::Sheet<'_>> =
        writers.iter().map(|(name, write)| (*name, write as &dyn Fn(&mut rust_xlsxwriter::Worksheet))).collect();
    xlsx(&sheets)
}

fn as_json(table: &str) -> Vec<u8> {
    let rows = rows(table);
    let entry = |row: &Vec<String>| {
        let member = |(key, cell): (&String, &String)| format!("{}:{}", json(key), json(cell));
        format!("{{{}}}", rows[0].iter().zip(row).map(member).collect::<Vec<_>>().join(","))
    };
    format!("[{}]", rows[1..].iter().map(entry).collect::<Vec<_>>().join(",\n")).into_bytes()
}

fn as_lines(table: &str) -> Vec<u8> {
    String::from_utf8(as_json(table)).unwrap().trim_matches(['[', ']']).replace("},\n", "}\n").into_bytes()
}

fn json(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[test]
fn the_sample_has_the_same_index_in_every_format() {
    let expected = index(&one_file_each("csv", |table| csv(table).into_bytes()));
    let sheets: Vec<xls::Sheet> = TABLES.map(|table| xls::Sheet::new(table, &rows(table))).into_iter().collect();
    let binary = TABLES.map(|table| (table, xlsb::Sheet { rows: rows(table), ..xlsb::Sheet::default() }));
    let as_ods = |table: &str| ods::raw(&rows(table).iter().map(|row| ods::row("", row)).collect::<String>());
    for (format, files) in [
        ("XLSX", vec![("专家.xlsx".to_owned(), as_xlsx())]),
        ("XLSX under another name", vec![("专家.csv".to_owned(), as_xlsx())]),
        ("XLS", vec![("专家.xls".to_owned(), xls::xls(&sheets))]),
        ("XLSB", vec![("专家.xlsb".to_owned(), xlsb::xlsb(&binary))]),
        ("ODS", one_file_each("ods", as_ods)),
        ("GBK", one_file_each("csv", |table| gbk(&csv(table)))),
        ("UTF-8 with a mark", one_file_each("csv", |table| ["\u{feff}", &csv(table)].concat().into_bytes())),
        ("UTF-16", one_file_each("txt", |table| utf16(&csv(table)))),
        ("JSON", one_file_each("json", as_json)),
        ("JSON Lines", one_file_each("jsonl", as_lines)),
    ] {
        assert!(index(&files) == expected, "{format}");
    }
}
