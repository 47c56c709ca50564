//! Tells wasm-bindgen that a module may not use reference types or multiple results, so that its glue suits old browsers.
//!
//! rustc's `-Ctarget-cpu=mvp` keeps our code from using them, but the standard library comes built with them on, and the linker
//! writes the union of all objects' features into the custom section `target_features`, which wasm-bindgen reads. An entry there is
//! a sign, a length and a name; turning the sign from `+` (used) to `-` (forbidden) is enough.

use anyhow::{Result, bail};

const SECTION: &[u8] = b"target_features";
const FORBIDDEN: [&[u8]; 2] = [b"reference-types", b"multivalue"];

/// Turns the signs in place; the module keeps its length.
///
/// # Errors
/// The module has no section `target_features`: it was stripped, and wasm-bindgen would guess.
pub fn forbid(module: &mut [u8]) -> Result<()> {
    let Some(section) = find(module, SECTION) else {
        bail!("the module has no section target_features; build it with strip = \"debuginfo\" at most");
    };
    for name in FORBIDDEN {
        let entry: Vec<u8> = [&[b'+', name.len() as u8], name].concat();
        if let Some(at) = find(&module[section..], &entry) {
            module[section + at] = b'-';
        }
    }
    Ok(())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    // The section stands at the end of the module, and code may hold the same letters: the last one counts.
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::forbid;

    #[test]
    fn turns_only_the_two_signs() {
        let mut module = b"\0asm..\x0ftarget_features\x03+\x0bbulk-memory+\x0amultivalue+\x0freference-types".to_vec();
        forbid(&mut module).unwrap();
        assert_eq!(module, b"\0asm..\x0ftarget_features\x03+\x0bbulk-memory-\x0amultivalue-\x0freference-types");
    }

    #[test]
    fn refuses_a_stripped_module() {
        let error = forbid(&mut b"\0asm\x01\0\0\0".to_vec()).unwrap_err().to_string();
        assert!(error.contains("no section target_features"), "{error}");
    }
}
