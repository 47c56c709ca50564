//! Inputs to begin with, made by code so that they follow the formats: they reach every section and every way to match.

use crate::payload;
use crate::workbook::BETWEEN;
use engine::Index;
use engine::index::{unpack, write_parts};
use engine::pinyin::Syllable;
use engine::record::{Cell, Field, Readings, Record, Role, Shape, Term, derived_id};
use engine::tables::Entry;
use engine::words::{Class, Draft, Kind, unpack as unpack_words};

/// Text whose characters are read as the words say: `-` is no reading, `/` parts the settled reading from the others.
fn term(text: &str, readings: &str) -> Term {
    let syllable = |word: &str| Syllable::parse(word).unwrap_or_else(|| panic!("no syllable {word}"));
    let reading = |word: &str| match word {
        "-" => Readings::default(),
        _ => Readings(word.split('/').map(syllable).collect()),
    };
    Term::new(text, readings.split_whitespace().map(reading).collect())
}

fn role(id: &str, cells: &[(Field, Term)]) -> Role {
    let cell =
        |(field, value): &(Field, Term)| Cell { field: *field, label: field.word().into(), value: value.clone() };
    Role { id: id.into(), id_is_derived: id.is_empty(), cells: cells.iter().map(cell).collect() }
}

/// A directory that fills every section of an index: several roles, aliases, derived ids, columns with and without several values, letters
/// without readings, of several characters and beyond the first plane.
pub fn records() -> Vec<Record> {
    let person = |name: Term, aliases: &[Term], weight: u32, roles: Vec<Role>| Record {
        shape: Shape::Person,
        name,
        aliases: aliases.to_vec(),
        weight,
        roles,
    };
    let kind = |text: &str, readings: &str| (Field::Type, term(text, readings));
    let yuan = person(
        term("袁隆平", "yuan long ping"),
        &[],
        7,
        vec![
            role(
                "a1",
                &[
                    (Field::Org, term("湖南省农业科学院", "hu nan sheng nong ye ke xue yuan")),
                    (Field::Discipline, term("杂交水稻", "za jiao shui dao")),
                    (Field::Discipline, term("遗传育种", "yi chuan yu zhong")),
                    kind("院士", "yuan shi"),
                    (Field::Year, Term::plain("1995")),
                ],
            ),
            role("a10", &[kind("首席科普专家", "shou xi ke pu zhuan jia")]),
        ],
    );
    let wang = person(
        term("王中林", "wang zhong lin"),
        &[Term::plain("Zhong Lin Wang"), Term::plain("𠀀·é"), term("王e\u{301}", "wang - -")],
        0,
        vec![role("x-01", &[(Field::Link, Term::plain("https://example.org/王")), kind("院士", "yuan shi")])],
    );
    let mut station = person(
        term("单家村科技小院", "shan/dan/chan jia cun ke ji xiao yuan"),
        &[],
        0,
        vec![role("", &[kind("科技小院", "ke ji xiao yuan"), (Field::Org, term("农业", "nong ye"))])],
    );
    station.shape = Shape::Station;
    station.roles[0].id = derived_id("科技小院", "单家村科技小院", "农业");
    vec![yuan, wang, station]
}

/// Payloads of indexes: a small one that fills every section, and one of many names, among them such as begin alike.
pub fn index() -> Vec<Vec<u8>> {
    let many = (0..40u32).map(|n| {
        let letter = |n: u32| char::from_u32(0x4e00 + n * 7 % 97).expect("a hanzi");
        let name: String = [letter(n), letter(n * n), letter(n / 3)].iter().collect();
        Record {
            shape: Shape::Person,
            name: term(&name, ["yuan long ping", "wang/huang - lin", "- - -"][n as usize % 3]),
            aliases: Vec::new(),
            weight: n % 3,
            roles: vec![role(&format!("n{n}"), &[(Field::Type, term("院士", "yuan shi"))])],
        }
    });
    let payload = |records: &[Record]| {
        let bytes = engine::index::write(records).expect("they fit");
        engine::index::unpack(&bytes).expect("our own bytes")
    };
    vec![payload(&records()), payload(&many.collect::<Vec<Record>>()), payload(&records()[1..2])]
}

/// The payload of an index as the first version wrote it.
pub fn first() -> Vec<Vec<u8>> {
    vec![unpack(include_bytes!("../stored/1/index.bin")).expect("it opens for ever")]
}

/// The payloads of a directory in parts, a block each.
pub fn parts() -> Vec<Vec<u8>> {
    let parts = write_parts(&records()).expect("they fit");
    let payloads = [&parts.names, &parts.values, &parts.details[0].1].map(|part| unpack(part).expect("our own bytes"));
    vec![payload::of(&payloads.each_ref().map(Vec::as_slice))]
}

/// A file of tables of a few characters.
pub fn tables_file() -> Vec<u8> {
    engine::tables::write(&entries()).expect("they agree")
}

/// Some characters with other forms and readings.
fn entries() -> Vec<Entry> {
    let entry = |character, representative, readings: &str| Entry {
        character,
        representative,
        readings: readings.split_whitespace().filter_map(Syllable::parse).collect(),
    };
    let entries = [
        entry('袁', '袁', "yuan"),
        entry('钟', '钟', "zhong"),
        entry('鍾', '钟', ""),
        entry('乾', '干', "qian"),
        entry('干', '干', "gan"),
        entry('单', '单', "dan shan chan"),
        entry('單', '单', ""),
        entry('㐂', '㐂', "xi"),
        entry('𬬻', '𬬻', "lu"),
        entry('鑪', '𬬻', ""),
        entry('\u{f90a}', '钟', ""),
        entry('隆', '隆', "long"),
        entry('龙', '龙', "long"),
        entry('龍', '龙', ""),
        entry('平', '平', "ping"),
    ];
    entries.to_vec()
}

/// Payloads of tables of characters.
pub fn tables() -> Vec<Vec<u8>> {
    // So many syllables that the rare ones are read by two bytes.
    let syllables = (0..2_000).filter_map(Syllable::from_code).take(300);
    let many = ('一'..).zip(syllables).map(|(c, syllable)| Entry {
        character: c,
        representative: c,
        readings: vec![syllable],
    });
    let payload = |entries: &[Entry]| {
        let bytes = engine::tables::write(entries).expect("they agree");
        engine::tables::unpack(&bytes).expect("our own bytes")
    };
    vec![payload(&entries()), payload(&many.collect::<Vec<Entry>>()), payload(&[])]
}

/// A file of a few words of every kind for an index: some stand in that of [`records`], some nowhere.
pub fn words_file(index: &Index) -> Vec<u8> {
    let word = |text: &str, readings: &str| term(text, readings);
    let academy = word("湖南省农业科学院", "hu nan sheng nong ye ke xue yuan");
    let rice = word("杂交水稻", "za jiao shui dao");
    let draft = Draft {
        senses: vec![
            (word("湖农科", "hu nong ke"), Kind::Nickname, vec![academy.clone()]),
            (word("湘", "xiang"), Kind::Place, vec![word("湖南", "hu nan"), academy]),
            (word("稻子", "dao zi"), Kind::Related, vec![rice, word("遗传育种", "yi chuan yu zhong")]),
            (Term::plain("rice"), Kind::Related, vec![word("水稻", "shui dao")]),
            (word("教授", "jiao shou"), Kind::Filler, Vec::new()),
        ],
        parts: vec![
            (word("湖南省", "hu nan sheng"), Class::Region),
            (word("农业", "nong ye"), Class::Word),
            (word("科学院", "ke xue yuan"), Class::Kind),
            (word("中国", "zhong guo"), Class::Owner),
        ],
    };
    engine::words::write(&draft, index).expect("they fit")
}

/// Payloads of words for the index of [`records`], without its checksum; and one as the first version wrote it.
pub fn words() -> Vec<Vec<u8>> {
    let index = Index::read(&engine::index::write(&records()).expect("they fit")).expect("our own bytes");
    let empty = engine::words::write(&Draft::default(), &index).expect("nothing fits");
    let payload = |bytes: &[u8]| unpack_words(bytes).expect("our own bytes");
    let first = payload(include_bytes!("../stored/1/words.bin"));
    vec![payload(&words_file(&index))[8..].to_vec(), payload(&empty)[8..].to_vec(), first]
}

/// What visitors type, and what they do not.
pub fn query() -> Vec<Vec<u8>> {
    [
        "袁隆平",
        "yuanlongping",
        "yuan long ping",
        "yuan'long’ping",
        "yuán lóng píng",
        "nu\u{308}lv",
        "ｙｕａｎ，１９９５",
        "袁longp 湖南省",
        "湖南省农业科学院杂交水稻袁隆平院士",
        "《》！？··——",
        "袁?平 王*",
        "Zhong Lin Wang 𠀀é王e\u{301}",
        "a b c d e f g h 1 2 3 4 5 6 7 8",
        "\u{202e}\u{0}\u{feff}\u{2006}\t\r\n",
        // A piece of hanzi that begins with one of the last keystrokes that count.
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb湖南农科院",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

/// Tables of maintainers, each after the byte that chooses the kind of file.
pub fn directory() -> Vec<Vec<u8>> {
    let tables = [
        "编号,姓名,别名,称号,工作单位,专业领域,籍贯,当选年份\n\
            1,袁隆平,,中国工程院院士,湖南省农业科学院,杂交水稻；遗传育种,江西,1995\n\
            2,单忠德,Shan Zhongde,中国工程院院士,南京航空航天大学,\"机械、制造\",山东,2021\n\
            2,单忠德,,首席科普专家,南京航空航天大学,,,\n",
        "\u{feff}名称,类型,建站单位,省份,城市,进站专家\r\n甲科技小院,科技小院,甲大学,河北,石家庄,袁隆平\r\n",
        "姓名,拼音,手机,照片\n曾二,zeng er,13800000000,https://example.org/a.jpg\n",
        "姓名\n袁\"隆平\n\n,\n",
        "",
    ];
    let entries = r#"{"人员":[{"编号":"1","姓名":"袁隆平","工作单位":"甲大学","专业领域":["水稻","遗传"],"当选年份":1995}],"工作站":[{"名称":"甲科技小院","类型":"科技小院"}]}"#;
    let lines = "{\"姓名\":\"曾二\",\"拼音\":\"zeng er\",\"手机\":null}\n{\"姓名\":\"袁隆平\"}\n";
    let files = tables.map(|table| (0, table.as_bytes().to_vec())).into_iter();
    // Its reader counts columns beyond all bounds.
    let endless = sheet("ABCDEFGHIJ2:B3");
    let files = files.chain([(1, entries.into()), (1, lines.into()), (2, sheet("B2:B3")), (2, endless)]);
    files
        .chain([(3, "姓名\t单位\n袁隆平\t甲大学\n".into())])
        .map(|(kind, bytes)| [vec![kind], bytes].concat())
        .collect()
}

/// A sheet of a workbook, its shared strings and its styles: texts, numbers, a date, a formula, joined cells, a hidden row.
fn sheet(joined: &str) -> Vec<u8> {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D4"/><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>当选年份</t></is></c><c r="D1" t="str"><v>核对日期</v></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="str"><f>A2</f><v>甲大学</v></c><c r="C2"><v>1995</v></c><c r="D2" s="1"><v>45000.5</v></c></row>
<row r="4" hidden="1"><c r="A4" t="inlineStr"><is><r><t>单</t></r><r><t>忠德</t></r></is></c><c r="C4" t="b"><v>1</v></c><c r="D4" t="e"><v>#N/A</v></c></row>
</sheetData><mergeCells count="1"><mergeCell ref="JOINED"/></mergeCells></worksheet>"#;
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>姓名</t></si><si><t>工作单位</t></si><si><r><t>袁</t></r><r><t xml:space="preserve">隆平</t></r><rPh sb="0" eb="1"><t>yuan</t></rPh></si></sst>"#;
    let styles = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>"#;
    let sheet = sheet.replace("JOINED", joined);
    [&sheet, strings, styles].map(str::as_bytes).join(&BETWEEN)
}
