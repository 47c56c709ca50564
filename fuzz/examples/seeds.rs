//! Writes the seeds where cargo-fuzz looks for them: `cargo run -p fuzz --example seeds`.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    for target in fuzz::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
        fs::create_dir_all(&folder)?;
        for (number, seed) in (0..).zip((target.seeds)()) {
            fs::write(folder.join(format!("seed-{number}")), seed)?;
        }
    }
    Ok(())
}
