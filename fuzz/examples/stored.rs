//! Writes a small directory's files where `tests/stored.rs` opens them for ever: `cargo run -p fuzz --example stored -- VERSION`, once for
//! each released version of a format.

use engine::Index;
use engine::index::{write, write_parts};
use fuzz::seeds;
use std::{error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let version = std::env::args().nth(1).ok_or("which version?")?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stored").join(version);
    // What was released stays as it was.
    fs::create_dir(&folder)?;
    let records = seeds::records();
    let (index, parts) = (write(&records)?, write_parts(&records)?);
    let mut joined = Index::read(&parts.names)?;
    joined.add_values(&parts.values)?;
    for (name, bytes) in [
        ("index.bin", &index),
        ("words.bin", &seeds::words_file(&Index::read(&index)?)),
        ("tables.bin", &seeds::tables_file()),
        ("names.bin", &parts.names),
        ("values.bin", &parts.values),
        ("details.bin", &parts.details[0].1),
        ("words-of-parts.bin", &seeds::words_file(&joined)),
    ] {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
