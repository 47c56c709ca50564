//! Makes `data/common.txt` and `data/variants.txt`, from which the tables of characters are built: which characters travel, and which stands for which.
//!
//! `cargo run -p ingest --example characters -- kTGHZ2013.txt TSCharacters.txt STCharacters.txt TWVariants.txt HKVariants.txt JPShinjitaiCharacters.txt`
//!
//! kTGHZ2013 (pinyin-data, github: mozillazg/pinyin-data at 82759f9) lists the 8,105 standard characters; the others are OpenCC's tables of
//! single characters (github: BYVoid/OpenCC at 5249273a, data/dictionary). A variant is folded to a common character only, and
//! a standard character to another only where OpenCC's first choice or `data/alike.txt` says so: what Taiwan or Japan writes for one word may be
//! another word in the mainland (芸 is 艺 in Japan, a name here).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ingest::text::is_hanzi;
use unicode_normalization::UnicodeNormalization;

/// Common characters that are not standard ones: the rest of GB 2312 and of Big5's level 1 that fold to none, and some of the sample.
const MORE: &str = "佧偯僩儅儸劻吋呎咭哜嘐囝坶垅堀塭塽姅嬲屘屝帟庀廾愒憝抆挢揎揞揲搿擗擭暍朊杗枓栘梂梡梱楛楱榀榣橾欐欷歜汍沬沲泶涊湩潠炓煆熳燸猓猸甙痖矽\
    砦砩磺礤穋窆箄簦籣繈缋缍缏肀肜脤脰膣膪臁舡舨茇蚵螓蟓蠛裯褽觼訑詨詻誧謦譆诶豭跦跫軎鉼鑤钶钸镙韹鯈鳆鳋鶸齄";

fn main() {
    let [standard, ts, st, tw, hk, jp] =
        ["kTGHZ2013", "TSCharacters", "STCharacters", "TWVariants", "HKVariants", "JPShinjitaiCharacters"].map(source);
    let standard = standard.lines().filter_map(|line| line.strip_prefix("U+")?.split_once(':'));
    let standard = standard.filter_map(|(code, _)| char::from_u32(u32::from_str_radix(code, 16).ok()?));
    let mut classes = Classes { common: standard.chain(MORE.chars()).collect(), parents: BTreeMap::new() };

    for (traditional, forms) in pairs(&ts) {
        if forms[0] != traditional {
            classes.parents.insert(traditional, forms[0]);
        }
    }
    for word in include_str!("../data/alike.txt").lines().filter(|l| !l.starts_with('#')).flat_map(|l| l.split(' ')) {
        let mut forms = word.chars();
        let Some(main) = forms.next() else { continue };
        forms.for_each(|form| classes.join(form, main, true));
    }
    for (simplified, forms) in pairs(&st) {
        forms.into_iter().for_each(|form| classes.join(form, simplified, false));
    }
    for (traditional, forms) in pairs(&tw).into_iter().chain(pairs(&hk)) {
        forms.into_iter().for_each(|form| classes.join(form, traditional, false));
    }
    for (shinjitai, forms) in pairs(&jp) {
        let known = forms.iter().find(|form| classes.common.contains(&classes.main(**form)));
        if let (false, Some(form)) = (classes.parents.contains_key(&shinjitai), known) {
            classes.join(shinjitai, *form, false);
        }
    }
    // Radicals and compatibility characters look like hanzi and come out of old files and PDFs instead of them.
    for c in ('\u{2e80}'..'\u{2fe0}').chain('\u{f900}'..'\u{fb00}') {
        let mut forms = [c].into_iter().nfkc().filter(|form| *form != c && is_hanzi(*form));
        if let Some(form) = forms.next() {
            classes.parents.insert(c, form);
        }
    }
    classes.write();
}

fn source(name: &str) -> String {
    let path = std::env::args().skip(1).find(|path| path.contains(name)).unwrap_or_else(|| panic!("name {name}.txt"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Lines of a character, a tab, and its other forms with spaces between.
fn pairs(text: &str) -> Vec<(char, Vec<char>)> {
    let one = |word: &str| word.chars().next();
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(from, to)| Some((one(from)?, to.split(' ').filter_map(one).collect()))).collect()
}

struct Classes {
    common: BTreeSet<char>,
    /// By character, the form it is folded to, which may be folded on.
    parents: BTreeMap<char, char>,
}

impl Classes {
    /// The end of a character's way.
    fn main(&self, mut c: char) -> char {
        for _ in 0..10 {
            match self.parents.get(&c) {
                Some(parent) => c = *parent,
                None => return c,
            }
        }
        panic!("{c} is folded in a circle");
    }

    /// Makes one class of two; two common characters only `by_hand`.
    fn join(&mut self, variant: char, main: char, by_hand: bool) {
        let (variant, main) = (self.main(variant), self.main(main));
        let are_common = (self.common.contains(&variant), self.common.contains(&main));
        match are_common {
            _ if variant == main => None,
            (true, true) if !by_hand => None,
            (true, false) => self.parents.insert(main, variant),
            _ => self.parents.insert(variant, main),
        };
    }

    fn write(&self) {
        let mut variants: BTreeMap<char, String> = BTreeMap::new();
        for c in self.parents.keys() {
            let main = self.main(*c);
            if self.common.contains(&main) {
                variants.entry(main).or_default().push(*c);
            }
        }
        let common: Vec<char> = self.common.iter().copied().collect();
        let common = common.chunks(50).map(|line| line.iter().collect::<String>() + "\n").collect::<String>();
        put(
            "common.txt",
            "kTGHZ2013's 8,105 standard characters and others that are typed: those whose readings travel",
            &common,
        );
        let variants = variants.iter().map(|(main, forms)| format!("{main}\t{forms}\n")).collect::<String>();
        put(
            "variants.txt",
            "Common characters, each with the other forms of it, from OpenCC (Apache-2.0) and alike.txt",
            &variants,
        );
    }
}

fn put(name: &str, what: &str, text: &str) {
    let path = format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = format!("# {what}. Made by examples/characters.rs.\n{text}");
    fs::write(&path, text).unwrap_or_else(|e| panic!("{path}: {e}"));
}
