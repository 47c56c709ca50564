//! The tables of characters that ship: laws over all of them, cases that matter in names, and their size.

use engine::Tables;
use engine::tables::unpack;
use ingest::tables;

/// What a visitor downloads once, at most.
const LARGEST: usize = 22_000;

fn opened() -> Tables {
    Tables::read(&tables()).expect("our own bytes")
}

fn spelled(tables: &Tables, c: char) -> String {
    let readings: Vec<String> = tables.readings(c).iter().map(|s| [s.halves().0, s.halves().1].concat()).collect();
    readings.join(" ")
}

#[test]
fn they_are_small_and_always_the_same() {
    let bytes = tables();
    assert!(bytes.len() <= LARGEST, "{} bytes, {} unpacked", bytes.len(), unpack(&bytes).expect("our own").len());
    assert_eq!(bytes, tables());
}

#[test]
fn folding_twice_is_folding_once_and_every_character_is_read() {
    let tables = opened();
    let variants = tables.characters().iter().filter(|c| tables.simplified(**c) != **c).count();
    assert!(
        tables.characters().len() - variants > 8_100 && variants > 3_500,
        "{variants} of {}",
        tables.characters().len()
    );
    for c in tables.characters().iter().copied() {
        let main = tables.simplified(c);
        assert_eq!(tables.simplified(main), main, "{c}");
        assert!(tables.characters().binary_search(&main).is_ok(), "{c}");
        assert!(!tables.readings(c).is_empty(), "{c}");
    }
}

/// What a line says is what the tables do: nothing is lost on the way.
#[test]
fn every_form_in_the_source_meets_its_character() {
    let tables = opened();
    for line in include_str!("../data/variants.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut forms = line.chars().filter(|c| *c != '\t');
        let main = forms.next().expect("a character");
        for form in forms {
            assert_eq!(tables.simplified(form), tables.simplified(main), "{form}");
        }
    }
    for word in
        include_str!("../data/alike.txt").lines().filter(|line| !line.starts_with('#')).flat_map(|l| l.split(' '))
    {
        let classes: Vec<char> = word.chars().map(|c| tables.simplified(c)).collect();
        assert!(classes.windows(2).all(|pair| pair[0] == pair[1]), "{word}: {classes:?}");
    }
}

#[test]
fn forms_of_one_character_meet_and_others_do_not() {
    let tables = opened();
    for class in [
        "钟鍾鐘锺",
        "发發髮発",
        "升昇陞",
        "哲喆",
        "坤堃",
        "浚濬",
        "宁甯寧寗",
        "于於",
        "干乾幹",
        "征徵",
        "昆崑崐",
        "恺愷",
        "阶階堦",
        "克剋尅",
        "咏詠",
        "峰峯",
        "群羣",
        "台臺檯枱颱",
        "卫衛衞",
        "乐樂楽",
        "泽澤沢",
        "龙龍竜",
        "广廣広",
        "国國囯圀",
        "学學斈",
        "晋晉",
        "众眾衆",
        "线線綫",
        "里裏裡",
        "和龢",
        "里⾥里",
        "大⼤",
        "黄黃",
        "真眞",
        "吴吳呉",
        "叶葉",
        "惠恵",
        "龟龜亀",
    ] {
        let classes: Vec<char> = class.chars().map(|c| tables.simplified(c)).collect();
        assert!(classes.iter().all(|c| *c == class.chars().next().expect("a character")), "{class}: {classes:?}");
    }
    for pair in [
        "芸艺", "予豫", "沈沉", "淼渺", "晖辉", "着著", "邱丘", "隆龙", "余予", "后候", "覆复", "藉借", "欠缺", "浜滨",
        "座坐", "镕熔",
    ] {
        let classes: Vec<char> = pair.chars().map(|c| tables.simplified(c)).collect();
        assert_ne!(classes[0], classes[1], "{pair}");
    }
    for c in "隆袁a·9ü한あ\u{10ffff}".chars() {
        assert_eq!(tables.simplified(c), c);
    }
}

#[test]
fn readings_are_the_ordinary_ones_the_most_usual_first() {
    let tables = opened();
    for (c, readings) in [
        ('单', "dan shan chan"),
        ('單', "dan shan chan"),
        ('解', "jie xie"),
        ('曾', "zeng ceng"),
        ('隆', "long"),
        ('龍', "long"),
        ('鉄', "tie"),
        ('乾', "qian"),
        ('干', "gan"),
        ('徵', "zheng zhi"),
        ('超', "chao"),
        ('冷', "leng"),
        ('堃', "kun"),
        ('乐', "le yue"),
        ('樂', "le yue"),
        ('髮', "fa"),
        ('女', "nv"),
        ('⼥', "nv"),
        ('重', "zhong chong"),
        ('炓', "liao"),
        ('a', ""),
        ('·', ""),
    ] {
        assert_eq!(spelled(&tables, c), readings, "{c}");
    }
}
