//! How names and words are read: settled here once, from tables, so that no dictionary travels to the browser.
//!
//! | table | what | source |
//! |---|---|---|
//! | hanzi.txt | ordinary readings of 41,692 hanzi, the most usual first | pinyin-data: kMandarin, kTGHZ2013 (MIT; Unicode); corrections.txt |
//! | surnames.txt | the head of a person's name: 单 shan, 尉迟 yu chi | partly overtrue/pinyin (MIT), each judged |
//! | given.txt | words in given names: 朝晖 zhao hui | our own |
//! | words.txt | words of organisations, places, disciplines: 重庆, 银行, 地壳 | our own |

use std::collections::HashMap;
use std::sync::OnceLock;

use engine::pinyin::Syllable;
use engine::record::{Readings, Term};
use unicode_normalization::UnicodeNormalization;

use crate::text::is_hanzi;

/// The tables, parsed.
pub struct Dictionary {
    hanzi: HashMap<char, Vec<Syllable>>,
    surnames: Words,
    given: Words,
    words: Words,
}

/// Words with one list of readings for each of their hanzi.
struct Words {
    entries: HashMap<Vec<char>, Vec<Vec<Syllable>>>,
    longest: usize,
}

/// A name with its readings, and which of its hanzi have several ordinary readings that nothing settles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// The name.
    pub term: Term,
    /// Indices of `char`s.
    pub doubtful: Vec<usize>,
}

/// The tables; parsed when first asked for.
pub fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    DICTIONARY.get_or_init(|| Dictionary {
        hanzi: hanzi(include_str!("../data/hanzi.txt")),
        surnames: Words::parse(include_str!("../data/surnames.txt")),
        given: Words::parse(include_str!("../data/given.txt")),
        words: Words::parse(include_str!("../data/words.txt")),
    })
}

impl Dictionary {
    /// Reads text that is no person's name: words first, then each hanzi's ordinary readings.
    pub fn text(&self, text: &str) -> Term {
        let letters: Vec<char> = text.chars().collect();
        let readings = self.words.cover(&letters);
        let readings =
            readings.into_iter().zip(&letters).map(|(word, c)| Readings(word.unwrap_or_else(|| self.ordinary(*c))));
        Term::new(text, readings.collect())
    }

    /// Reads a person's name: the surname first, then words of given names, then each hanzi; other readings stay findable.
    ///
    /// Names with anything but hanzi (`大卫·哈雷尔`) are transliterations: no surname, and the most usual readings are the right ones.
    pub fn person(&self, name: &str) -> PersonName {
        let letters: Vec<char> = name.chars().collect();
        let mut settled = vec![None; letters.len()];
        let is_chinese = letters.iter().all(|c| is_hanzi(*c));
        if is_chinese {
            let surname = (1..letters.len()).rev().find_map(|n| self.surnames.entries.get(&letters[..n]));
            let given = surname.map_or(1, Vec::len).min(letters.len());
            settled = surname.into_iter().flatten().cloned().map(Some).collect();
            settled.resize(given, None);
            settled.extend(self.given.cover(&letters[given..]));
        }
        let is_doubtful = |i: &usize| is_chinese && settled[*i].is_none() && self.ordinary(letters[*i]).len() > 1;
        let doubtful = (0..letters.len()).filter(is_doubtful).collect();
        let readings =
            settled.into_iter().zip(&letters).map(|(word, c)| self.with_others(word.unwrap_or_default(), *c));
        PersonName { term: Term::new(name, readings.collect()), doubtful }
    }

    /// Reads a name as the maintainer's 拼音 column says: `yuan long ping`, `Yuán Lóngpíng`, `yuanlongping`, `yuan2 long2`.
    ///
    /// None when it is no pinyin or has not one syllable for each hanzi of the name.
    pub fn as_written(&self, name: &str, pinyin: &str) -> Option<Term> {
        let letters: Vec<char> = name.chars().collect();
        let hanzi: Vec<char> = letters.iter().copied().filter(|c| is_hanzi(*c)).collect();
        let mut syllables = self.divide(&spelling(pinyin)?, &hanzi)?.into_iter();
        let readings = letters.iter().map(|c| match is_hanzi(*c) {
            true => self.with_others(syllables.next().into_iter().collect(), *c),
            false => Readings::default(),
        });
        Some(Term::new(name, readings.collect()))
    }

    /// A hanzi's ordinary readings, the most usual first.
    pub(crate) fn ordinary(&self, c: char) -> Vec<Syllable> {
        self.hanzi.get(&c).cloned().unwrap_or_default()
    }

    /// The settled readings, then the ordinary ones that are not among them.
    fn with_others(&self, mut readings: Vec<Syllable>, c: char) -> Readings {
        for other in self.ordinary(c) {
            if !readings.contains(&other) {
                readings.push(other);
            }
        }
        Readings(readings)
    }

    /// Divides spelled words into one syllable for each hanzi. Inside a word only readings the tables know are divided off, so that
    /// `yuan liang` is no spelling of three hanzi; an unusual reading is written as a word of its own.
    fn divide(&self, words: &[String], hanzi: &[char]) -> Option<Vec<Syllable>> {
        // Every division of what has been read so far, by how many syllables it has: the first one found of each length.
        let mut divisions: Vec<Option<Vec<Syllable>>> = vec![None; hanzi.len() + 1];
        divisions[0] = Some(Vec::new());
        for word in words {
            let mut at = vec![vec![None; hanzi.len() + 1]; word.len() + 1];
            at[0] = divisions;
            for (start, end) in
                (0..word.len()).flat_map(|s| (s + 1..=word.len().min(s + LONGEST_SYLLABLE)).map(move |e| (s, e)))
            {
                let Some(syllable) = Syllable::parse(&word[start..end]) else { continue };
                for h in 0..hanzi.len() {
                    let is_known = self.hanzi.get(&hanzi[h]).is_some_and(|r| r.contains(&syllable));
                    let is_word = end - start == word.len() && self.is_syllable(syllable);
                    if let (true, Some(before), None) = (is_known || is_word, &at[start][h], &at[end][h + 1]) {
                        at[end][h + 1] = Some([before.as_slice(), &[syllable]].concat());
                    }
                }
            }
            divisions = at.swap_remove(word.len());
        }
        divisions.pop().flatten().filter(|syllables| !syllables.is_empty())
    }

    /// Whether some hanzi is read so: an initial and a final alone do not make a syllable (`fiang`).
    pub(crate) fn is_syllable(&self, syllable: Syllable) -> bool {
        self.hanzi.values().any(|readings| readings.contains(&syllable))
    }
}

/// `zhuang`, `chuang`, `shuang`.
const LONGEST_SYLLABLE: usize = 6;

/// The words of a spelling in plain letters: no tones, `ü` and `yu` after l and n as `v`; none if anything else is in it.
fn spelling(pinyin: &str) -> Option<Vec<String>> {
    let decomposed: String = pinyin.to_lowercase().nfd().collect::<String>().replace("u\u{308}", "v");
    let toneless: String = decomposed.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '0'..='5')).collect();
    let plain = toneless.replace("lyu", "lv").replace("nyu", "nv");
    let words: Vec<String> = plain
        .split([' ', '\'', '’', '-', '·', '.', ',', '，', '\u{2006}'])
        .filter(|w| !w.is_empty())
        .map(String::from)
        .collect();
    words.iter().all(|w| w.bytes().all(|b| b.is_ascii_lowercase())).then_some(words)
}

impl Words {
    fn parse(table: &str) -> Words {
        let mut entries = HashMap::new();
        for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let mut parts = line.split(' ');
            let word: Vec<char> = parts.next().unwrap_or_default().chars().collect();
            let readings: Vec<Vec<Syllable>> =
                parts.map(|p| p.split('/').filter_map(Syllable::parse).collect()).collect();
            entries.insert(word, readings);
        }
        let longest = entries.keys().map(Vec::len).max().unwrap_or_default();
        Words { entries, longest }
    }

    /// The readings of every letter that a word covers.
    ///
    /// The longest word that ends at a place counts, from the end to the front: of 科学院长春 that takes 长春 and not 院长,
    /// because Chinese words lean on what follows them.
    fn cover(&self, letters: &[char]) -> Vec<Option<Vec<Syllable>>> {
        let mut readings = vec![None; letters.len()];
        let mut end = letters.len();
        while end > 0 {
            let word = (end.saturating_sub(self.longest)..end)
                .find_map(|start| Some((start, self.entries.get(&letters[start..end])?)));
            let Some((start, word)) = word else {
                end -= 1;
                continue;
            };
            for (reading, settled) in readings[start..end].iter_mut().zip(word) {
                *reading = Some(settled.clone());
            }
            end = start;
        }
        readings
    }
}

fn hanzi(table: &str) -> HashMap<char, Vec<Syllable>> {
    let mut readings = HashMap::new();
    for (list, hanzi) in table.lines().filter_map(|line| line.split_once('\t')) {
        let list: Vec<Syllable> = list.split(' ').filter_map(Syllable::parse).collect();
        readings.extend(hanzi.chars().map(|c| (c, list.clone())));
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `shan,dan,chan zhong de`
    fn spelled(term: &Term) -> String {
        let one =
            |r: &Readings| r.0.iter().map(|s| s.halves().0.to_owned() + s.halves().1).collect::<Vec<_>>().join(",");
        term.readings().iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_line_of_every_table_is_read() {
        let dictionary = dictionary();
        assert_eq!(dictionary.hanzi.len(), 41_692);
        for words in [&dictionary.surnames, &dictionary.given, &dictionary.words] {
            for (word, readings) in &words.entries {
                assert_eq!(word.len(), readings.len(), "{word:?}");
                assert!(readings.iter().all(|r| !r.is_empty()), "{word:?}");
            }
        }
        let corrections =
            include_str!("../data/corrections.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        for (hanzi, readings) in corrections.filter_map(|l| l.split_once(' ')) {
            assert_eq!(
                spelled(&Term::new(hanzi, vec![Readings(dictionary.ordinary(hanzi.chars().next().unwrap()))])),
                readings.replace(' ', ",")
            );
        }
    }

    #[test]
    fn names_are_read_as_their_bearers_do() {
        for (name, expected) in [
            ("单忠德", "shan,dan,chan zhong de"),
            ("翟婉明", "zhai,di wan ming"),
            ("曾融生", "zeng,ceng rong sheng"),
            ("盖钧镒", "ge,gai jun yi"),
            ("缪昌文", "miao,mou,miu chang wen"),
            ("种康", "chong,zhong kang"),
            ("都有为", "du,dou you wei"),
            ("解思深", "xie,jie si shen"),
            ("朴哲范", "piao,pu,po zhe fan"),
            ("乐嘉陵", "yue,le jia ling"),
            ("杨乐", "yang le,yue"),
            ("尉迟敬德", "yu,wei chi jing de"),
            ("万俟卨", "mo,wan qi,si xie"),
            ("单于", "shan,dan,chan yu"),
            ("长孙无忌", "zhang,chang sun wu ji"),
            ("吴朝晖", "wu zhao,chao hui"),
            ("侯朝焕", "hou chao,zhao huan"),
            ("郭重庆", "guo chong,zhong qing"),
            ("唐长红", "tang chang,zhang hong"),
            ("席北斗", "xi bei dou"),
            ("常印佛", "chang yin fo,fu"),
            ("吕建", "lv jian"),
            ("欧阳自远", "ou yang zi yuan"),
            ("查尔斯·李波", "cha,zha er si  li bo"),
            ("盖伊·贝特朗", "gai,ge yi  bei te lang"),
            ("卡尔", "ka er"),
            ("单", "dan,shan,chan"),
            ("Jim 王", "    wang"),
            ("", ""),
        ] {
            assert_eq!(spelled(&dictionary().person(name).term), expected, "{name}");
        }
    }

    #[test]
    fn words_settle_one_reading() {
        for (text, expected) in [
            (
                "中国科学院长春光学精密机械与物理研究所",
                "zhong guo ke xue yuan chang chun guang xue jing mi ji xie yu wu li yan jiu suo",
            ),
            ("重庆大学", "chong qing da xue"),
            ("厦门大学", "xia men da xue"),
            ("成都银行", "cheng du yin hang"),
            ("地壳与重力", "di qiao yu zhong li"),
            ("首都医科大学", "shou du yi ke da xue"),
            ("音乐与会计", "yin yue yu kuai ji"),
            ("六安", "lu,liu an"),
            ("5G网络", "  wang luo"),
        ] {
            assert_eq!(spelled(&dictionary().text(text)), expected, "{text}");
        }
    }

    #[test]
    fn the_pinyin_column_overrules() {
        for (name, pinyin, expected) in [
            ("袁隆平", "yuan long ping", Some("yuan long ping")),
            ("袁隆平", "Yuán Lóngpíng", Some("yuan long ping")),
            ("袁隆平", "yuanlongping", Some("yuan long ping")),
            ("袁隆平", "yuan2 long2 ping2", Some("yuan long ping")),
            ("吴朝晖", "wu chao hui", Some("wu chao,zhao hui")),
            ("吕建", "lǚ jiàn", Some("lv jian")),
            ("吕建", "LYU JIAN", Some("lv jian")),
            ("吕建", "lv'jian", Some("lv jian")),
            ("西安安", "xianan", Some("xi an an")),
            ("先安", "xianan", Some("xian an")),
            ("单忠德", "dan zhong de", Some("dan,shan,chan zhong de")),
            ("大卫·哈雷尔", "Dawei Haleier", Some("da wei  ha lei er")),
            ("袁隆平", "yuan long", None),
            ("袁隆平", "yuan long ping ping", None),
            ("袁隆平", "fiang long ping", None),
            ("袁隆平", "yuan longp ing", None),
            ("袁隆平", "yuan mao ping", Some("yuan mao,long ping")),
            ("袁隆平", "yuanmaoping", None),
            ("袁隆平", "袁隆平", None),
            ("袁隆平", "", None),
            ("Jim", "jim", None),
        ] {
            assert_eq!(
                dictionary().as_written(name, pinyin).as_ref().map(spelled).as_deref(),
                expected,
                "{name} {pinyin}"
            );
        }
    }

    #[test]
    fn what_nothing_settles_is_doubtful() {
        for (name, expected) in
            [("侯朝焕", vec![1]), ("吴朝晖", vec![]), ("单忠德", vec![]), ("钟南山", vec![]), ("大卫·查尔", vec![])]
        {
            assert_eq!(dictionary().person(name).doubtful, expected, "{name}");
        }
    }
}
