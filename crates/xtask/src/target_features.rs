//! Tells wasm-bindgen that a module may not use reference types or multiple results, so that its glue suits old browsers.
//!
//! rustc's `-Ctarget-cpu=mvp` keeps our code from using them, but the standard library may come built with them on. The linker
//! writes the union of all objects' features into the custom section `target_features`, which wasm-bindgen reads. An entry there
//! is a sign, a length and a name; turning the sign from `+` (used) to `-` (forbidden) is enough. Where the library was built
//! as we are, there is no feature and so no section, and wasm-bindgen would guess: then one is added.

const SECTION: &[u8] = b"target_features";
const FORBIDDEN: [&[u8]; 2] = [b"reference-types", b"multivalue"];

/// Turns the signs in place, or adds the section.
pub fn forbid(module: &mut Vec<u8>) {
    match find(module, SECTION) {
        Some(section) => {
            for name in FORBIDDEN {
                if let Some(at) = find(&module[section..], &entry(b'+', name)) {
                    module[section + at] = b'-';
                }
            }
        }
        None => {
            let entries: Vec<u8> = FORBIDDEN.into_iter().flat_map(|name| entry(b'-', name)).collect();
            let content = [&[SECTION.len() as u8], SECTION, &[FORBIDDEN.len() as u8], &entries].concat();
            // A custom section: 0, its length (below 128, so one byte), its content.
            module.extend([&[0, content.len() as u8], &content[..]].concat());
        }
    }
}

fn entry(sign: u8, name: &[u8]) -> Vec<u8> {
    [&[sign, name.len() as u8], name].concat()
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
        forbid(&mut module);
        assert_eq!(module, b"\0asm..\x0ftarget_features\x03+\x0bbulk-memory-\x0amultivalue-\x0freference-types");
    }

    #[test]
    fn adds_a_missing_section() {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        forbid(&mut module);
        assert_eq!(module, b"\0asm\x01\0\0\0\0\x2e\x0ftarget_features\x02-\x0freference-types-\x0amultivalue");
    }
}
