//! Double pinyin: the layouts of keys by which a syllable is typed with two, and the list by which the engine spells them out.

use std::collections::BTreeMap;

use engine::pinyin::{SYLLABLE_CODES, Syllable};

use crate::readings::dictionary;

/// A layout. The keys are those of the layouts' own charts, compared with the tables of PinIn (MIT) where it has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// 小鹤双拼.
    Xiaohe,
    /// 自然码双拼.
    Ziranma,
    /// 微软双拼.
    Microsoft,
}

/// The keys of finals that are not a letter of their own, key by key.
const XIAOHE: &str = "q:iu w:ei r:uan t:ue,ve y:un o:uo p:ie s:ong,iong d:ai f:en g:eng h:ang j:an k:ing,uai l:iang,uang z:ou x:ia,ua c:ao \
                      v:ui,v b:in n:iao m:ian";
const ZIRANMA: &str = "q:iu w:ia,ua r:uan t:ue,ve y:ing,uai o:uo p:un s:ong,iong d:iang,uang f:en g:eng h:ang j:an k:ao l:ai z:ei x:ie c:iao \
                       v:ui,v b:ou n:in m:ian";
const MICROSOFT: &str = "q:iu w:ia,ua r:uan,er t:ue,ve y:uai,v o:uo p:un s:ong,iong d:iang,uang f:en g:eng h:ang j:an k:ao l:ai z:ei x:ie c:iao \
                         v:ui,ve b:ou n:in m:ian ;:ing";

impl Layout {
    /// The layout with this name, in Chinese or in pinyin.
    pub fn named(name: &str) -> Option<Layout> {
        match name.trim_end_matches("双拼") {
            "小鹤" | "xiaohe" => Some(Layout::Xiaohe),
            "自然码" | "ziranma" => Some(Layout::Ziranma),
            "微软" | "microsoft" => Some(Layout::Microsoft),
            _ => None,
        }
    }

    /// All that two keys spell, and what the first alone begins, as [`engine::matcher::spelled_out`] reads it.
    pub fn list(self) -> String {
        let mut spelled: BTreeMap<String, String> = BTreeMap::new();
        let known = |syllable: &Syllable| dictionary().is_syllable(*syllable);
        for syllable in (1..SYLLABLE_CODES).filter_map(Syllable::from_code).filter(known) {
            let (initial, ending) = syllable.halves();
            // The interjections m, hm, ng have no keys.
            if ["", "m", "g", "ng"].contains(&ending) {
                continue;
            }
            let first = first_key(initial);
            let begun = if initial.is_empty() { &ending[..1] } else { initial };
            spelled.insert(format!("{}-", first_key(begun)), begun.to_string());
            // Of two with the same keys the later stays: 罗 before 咯.
            for keys in self.keys(first, ending) {
                spelled.insert(keys, [initial, ending].concat());
            }
        }
        spelled.into_iter().map(|(keys, spelling)| keys + &spelling).collect::<Vec<String>>().join(" ")
    }

    /// The keys of a syllable.
    fn keys(self, first: &str, ending: &str) -> Vec<String> {
        let table = match self {
            Layout::Xiaohe => XIAOHE,
            Layout::Ziranma => ZIRANMA,
            Layout::Microsoft => MICROSOFT,
        };
        let mut seconds: Vec<&str> = table
            .split(' ')
            .filter_map(|key| key.split_once(':'))
            .filter(|(_, endings)| endings.split(',').any(|other| other == ending))
            .map(|(key, _)| key)
            .collect();
        if ending.len() == 1 && ending != "v" {
            seconds.push(ending);
        }
        let keys = |first: &str| seconds.iter().map(|second| format!("{first}{second}")).collect();
        match (self, first, ending.len()) {
            (Layout::Microsoft, "", _) => keys("o"),
            // A final of two letters is typed as it is written.
            (_, "", 2) => vec![ending.to_string()],
            (_, "", _) => keys(&ending[..1]),
            (_, first, _) => keys(first),
        }
    }
}

fn first_key(initial: &str) -> &str {
    match initial {
        "zh" => "v",
        "ch" => "i",
        "sh" => "u",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_spell_as_their_charts_say() {
        for (layout, words) in [
            (
                "小鹤",
                "yryuan lslong pkping vszhong njnan ujshan lilv? lvlv jnjiao xtxue ltlve wwwei ddai? dddai ahang aaa eioei? eiei ererer? \
                      vhzhang qnqiao xsxiong gkguai klkuang xlxiang jxjia hxhua loluo yzyou i-ch u-sh v-zh zfzen llliang gdgai",
            ),
            (
                "自然码",
                "yryuan lslong pyping vszhong njnan ujshan lvlv jcjiao xtxue lblou wzwei dldai ahang egeng aiai xdxiang hwhua lyling xnxin",
            ),
            (
                "微软",
                "yryuan lslong p;ping vszhong njnan ujshan lylv jcjiao ltlve lvlve olai ohang orer oaa oee gygui? gyguai xdxiang l;ling ngneng w-w",
            ),
        ] {
            let list = Layout::named(layout).expect("it is known").list();
            let list: Vec<&str> = list.split(' ').collect();
            for word in words.split_whitespace() {
                match word.strip_suffix('?') {
                    Some(wrong) => assert!(!list.contains(&wrong), "{layout}: {wrong}"),
                    None => assert!(list.contains(&word), "{layout}: {word}"),
                }
            }
        }
        assert_eq!(Layout::named("搜狗"), None);
    }

    #[test]
    fn every_syllable_of_a_hanzi_has_keys_and_no_keys_are_longer_than_two() {
        for layout in [Layout::Xiaohe, Layout::Ziranma, Layout::Microsoft] {
            let list = layout.list();
            let spelled: Vec<&str> = list.split(' ').map(|word| &word[2..]).collect();
            for spelling in [
                "a", "e", "o", "ai", "er", "ang", "zhuang", "lv", "nve", "xiong", "quan", "yun", "wo", "bo", "ri",
                "shua", "luo",
            ] {
                assert!(spelled.contains(&spelling), "{layout:?}: {spelling}");
            }
        }
    }
}
