//! What a file is, by its bytes: its name may say anything.

use crate::problem::{Guise, Kind};

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Separated values.
    Text,
    /// JSON or JSON Lines.
    Json,
    /// The workbook of Excel since 2007.
    Xlsx,
    /// The same in binary parts.
    Xlsb,
    /// The workbook of OpenDocument.
    Ods,
    /// The workbook of Excel until 2003, and of WPS.
    Xls,
}

/// The format of a file, or what it is instead. The name decides only between text formats.
pub fn of(name: &str, bytes: &[u8]) -> Result<Format, Kind> {
    let starts = |signature: &[u8]| bytes.starts_with(signature);
    if starts(b"PK\x03\x04") {
        return packed(bytes);
    }
    if starts(b"PK\x05\x06") || starts(b"Rar!") || starts(b"7z\xbc\xaf\x27\x1c") || starts(b"\x1f\x8b") {
        return Err(Kind::Guise(Guise::Archive));
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    if starts(b"%PDF") {
        return Err(Kind::Guise(Guise::Pdf));
    }
    if starts(b"{\\rtf") {
        return Err(Kind::Guise(Guise::Word));
    }
    if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") {
        return Err(Kind::Guise(Guise::Picture));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.first() == Some(&b'<') {
        let head = String::from_utf8_lossy(&text[..text.len().min(4096)]).to_lowercase();
        let is_html = ["<html", "<!doctype html", "<table", "<meta", "<style"].iter().any(|tag| head.contains(tag));
        return Err(Kind::Guise(if is_html { Guise::Html } else { Guise::Xml }));
    }
    let name = name.to_lowercase();
    let is_json = [".json", ".jsonl", ".ndjson"].iter().any(|end| name.ends_with(end));
    let is_delimited = [".csv", ".tsv", ".txt"].iter().any(|end| name.ends_with(end));
    let opens = matches!(text.first(), Some(b'{' | b'['));
    Ok(if is_json || opens && !is_delimited { Format::Json } else { Format::Text })
}

/// What a zip archive is, by the names of its parts, which stand in it unpacked.
fn packed(bytes: &[u8]) -> Result<Format, Kind> {
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if !has(b"PK\x05\x06") {
        return Err(Kind::CutShort);
    }
    match () {
        _ if has(b"xl/workbook.bin") => Ok(Format::Xlsb),
        _ if has(b"xl/workbook.xml") => Ok(Format::Xlsx),
        _ if has(b"opendocument.spreadsheet") => Ok(Format::Ods),
        _ if has(b"word/document.xml") || has(b"opendocument.text") => Err(Kind::Guise(Guise::Word)),
        _ if has(b"ppt/presentation.xml") || has(b"opendocument.presentation") => Err(Kind::Guise(Guise::Slides)),
        _ => Err(Kind::Guise(Guise::Archive)),
    }
}

/// What a compound file is, by the names of its streams, in UTF-16.
fn compound(bytes: &[u8]) -> Result<Format, Kind> {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    match () {
        _ if has("EncryptedPackage") => Err(Kind::Password),
        _ if has("WordDocument") => Err(Kind::Guise(Guise::Word)),
        _ if has("PowerPoint Document") => Err(Kind::Guise(Guise::Slides)),
        _ if has("Workbook") || has("Book") => Ok(Format::Xls),
        _ => Err(Kind::Guise(Guise::Binary)),
    }
}
