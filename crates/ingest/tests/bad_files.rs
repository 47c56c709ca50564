//! Files of every format, encoding and name, sound and not, and all that is told about each: a sentence, never a crash.
#![cfg(feature = "workbooks")]

mod files;

use files::{archive, big5, gbk, ods, put, raw_xlsx, raw_xlsx_with, simple, told, utf16, xls, xlsb, xlsx};
use ingest::Settings;
use rust_xlsxwriter::Formula;
use std::collections::BTreeSet;

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &str) {
    assert_eq!(told(&[(name, bytes)], &Settings::default()), expected);
}

#[test]
fn failed_formulas_and_formulas_without_results() {
    let book = xlsx(&[("名单", &|sheet| {
        put(sheet, &[&["姓名", "工作单位", "当选年份", "备注"], &["张三", "#REF!", "", "#N/A"], &["李四"]]);
        sheet.write_formula(2, 1, Formula::new("A1").set_result("某厂")).unwrap();
    })]);
    check(
        "专家.xlsx",
        &book,
        "专家.xlsx › 名单!B2「工作单位」：公式出错，显示 #REF!，请改正公式，或直接填写内容\n\
         · 专家.xlsx › 名单「备注」（D 列）：不认识的列，未收入（有内容的 1 格）\n\
         = 张三 类型:专家\n\
         = 李四 类型:专家 工作单位:某厂",
    );
    let raw = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>单位</t></is></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>张三</t></is></c><c r=\"B2\"><f>VLOOKUP(A2,C:D,2)</f></c></row>";
    check(
        "openpyxl.xlsx",
        &raw_xlsx(raw),
        "openpyxl.xlsx › 名单!B2「单位」：是公式，但文件里没有算出的结果，请在 Excel 或 WPS 里打开并保存一次，或直接填写内容\n\
         = 张三 类型:专家",
    );
}

#[test]
fn a_password() {
    check(
        "专家.xlsx",
        &xls::compound("EncryptedPackage", b"secret"),
        "专家.xlsx：有密码保护，请在 Excel 或 WPS 里取消密码，另存后重试",
    );
    check("专家.xls", &xls::encrypted(), "专家.xls：有密码保护，请在 Excel 或 WPS 里取消密码，另存后重试");
}

#[test]
fn files_under_a_wrong_name() {
    let page = "<html><head><meta charset=\"gb2312\"></head><table><tr><td>姓名</td></tr></table></html>";
    check(
        "导出.xls",
        page.as_bytes(),
        "导出.xls：不是表格，而是网页（HTML），请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
    check(
        "导出.xls",
        b"\xef\xbb\xbf<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
        "导出.xls：不是表格，而是 XML 文件，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
    check("专家.xlsx", b"%PDF-1.7\n", "专家.xlsx：不是表格，而是 PDF，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试");
    check(
        "专家.xlsx",
        b"\x89PNG\r\n\x1a\n",
        "专家.xlsx：不是表格，而是图片，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
    check(
        "专家.csv",
        &archive(&[("word/document.xml", b"<w/>")]),
        "专家.csv：不是表格，而是 Word 文档，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
    check(
        "专家.xlsx",
        &archive(&[("专家.txt", b"x")]),
        "专家.xlsx：不是表格，而是压缩包，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
    check(
        "专家.xls",
        &xls::compound("WordDocument", b"text"),
        "专家.xls：不是表格，而是 Word 文档，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
    check(
        "专家.csv",
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8\0",
        "专家.csv：不是表格，而是无法识别的二进制文件，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
}

#[test]
fn a_workbook_and_a_list_are_read_whatever_their_name() {
    check("专家.csv", &simple(&[&["姓名", "工作单位"], &["张三", "某大学"]]), "= 张三 类型:专家 工作单位:某大学");
    check("专家.xls", "姓名\t工作单位\n张三\t某大学\n".as_bytes(), "= 张三 类型:专家 工作单位:某大学");
}

#[test]
fn nothing_or_only_a_heading() {
    check("t.csv", b"", "t.csv：是空文件，第一行应是表头，如：编号,姓名,称号,工作单位");
    check("t.csv", b"\xef\xbb\xbf\r\n,,\r\n", "t.csv：是空文件，第一行应是表头，如：编号,姓名,称号,工作单位");
    check("t.csv", "姓名,称号\n".as_bytes(), "t.csv：只有表头，请至少填写一行");
    check(
        "专家.xlsx",
        &xlsx(&[("Sheet1", &|_| {})]),
        "专家.xlsx：没有一张工作表有「姓名」（人员）或「名称」（工作站），第一行应是表头，请补上这一列",
    );
    check(
        "专家.xlsx",
        &simple(&[&["姓名", "称号"]]),
        "专家.xlsx：只有表头，请至少填写一行\n\
         · 专家.xlsx › 名单：只有表头，没有数据",
    );
    check("t.json", b"[]", "t.json：是空文件，第一行应是表头，如：编号,姓名,称号,工作单位");
}

#[test]
fn encodings() {
    let text = "姓名,工作单位\n张三,某大学\n喆𠮷,朱镕基路\n";
    for bytes in [gbk(text), utf16(text), ["\u{feff}", text].concat().into_bytes()] {
        check(
            "t.csv",
            &bytes,
            "= 喆𠮷 类型:专家 工作单位:朱镕基路\n\
         = 张三 类型:专家 工作单位:某大学",
        );
    }
    let tabs = text.replace(',', "\t");
    check(
        "t.txt",
        &utf16(&tabs),
        "= 喆𠮷 类型:专家 工作单位:朱镕基路\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn never_mojibake() {
    let text = "姓名,工作单位\n张三,某大学\n李四,某研究所\n";
    check(
        "t.csv",
        &big5("姓名,工作單位\n張三,國立臺灣大學機械工程學系\n"),
        "t.csv：第 1 行有文字不是 UTF-8/GBK 编码，文件可能损坏或混有两种编码，请在表格软件里另存为 .xlsx 或「CSV UTF-8（逗号分隔）」后重试",
    );
    check(
        "t.csv",
        &[text.as_bytes(), &gbk("王五,某厂\n")].concat(),
        "t.csv：第 2 行有文字不是 GB18030 编码，文件可能损坏或混有两种编码，请在表格软件里另存为 .xlsx 或「CSV UTF-8（逗号分隔）」后重试",
    );
    check(
        "t.csv",
        &text.as_bytes()[..text.len() - 2],
        "t.csv：第 3 行有文字不是 UTF-8 编码，文件可能损坏或混有两种编码，请在表格软件里另存为 .xlsx 或「CSV UTF-8（逗号分隔）」后重试",
    );
    check(
        "t.csv",
        &gbk(text)[..gbk(text).len() - 2],
        "t.csv：第 3 行有文字不是 GB18030 编码，文件可能损坏或混有两种编码，请在表格软件里另存为 .xlsx 或「CSV UTF-8（逗号分隔）」后重试",
    );
}

#[test]
fn separators_and_quotes() {
    check(
        "t.csv",
        "sep=;\n姓名;工作单位\n张三;\"某大学;某所\"\n".as_bytes(),
        "= 张三 类型:专家 工作单位:某大学 工作单位:某所",
    );
    let open = format!("姓名,工作单位\n\"张三,某大学\n{}", "李四,某厂\n".repeat(200));
    check("t.csv", open.as_bytes(), "t.csv 第 2 行「」（A2）：这一格包含了后面的行，请检查前面的引号是否没有关上");
    check(
        "t.csv",
        "姓名,单位,备注\n张三,甲,\n李四,\"乙,\n王五,丙,\n".as_bytes(),
        "t.csv 第 3 行「」（B3）：这一格包含了后面的行，请检查前面的引号是否没有关上",
    );
    check(
        "t.csv",
        "姓名,工作单位,专业领域\n张三,\"北京大学,物理\n李四,清华大学,化学\n王五,\"复旦大学\",数学\n赵六,南京大学,天文\n".as_bytes(),
        "t.csv 第 2 行「」（B2）：这一格包含了后面的行，请检查前面的引号是否没有关上",
    );
    check(
        "t.csv",
        "姓名,工作单位\n张三,某大学,多\n李四\n王五,某厂,,\n".as_bytes(),
        "t.csv 第 2 行：有 3 格，表头有 2 格，请检查是否多了或少了逗号、引号\n\
         t.csv 第 3 行：有 1 格，表头有 2 格，请检查是否多了或少了逗号、引号\n\
         = 王五 类型:专家 工作单位:某厂",
    );
}

#[test]
fn what_was_read_for_a_heading_is_quoted() {
    for (heading, read) in [
        ("专家,单位", "专家、单位"),
        ("a,b,c,d,e,f,g", "a、b、c、d、e"),
        ("张三,138123456785,某大学", "张三、138********5、某大学"),
        ("13812345678", "138********"),
    ] {
        let csv = format!("{heading}\n");
        let expected = format!(
            "t.csv 第 1 行：表头里没有「姓名」（人员）或「名称」（工作站），读到的是：{read}，第一行应是表头，请补上这一列"
        );
        check("t.csv", csv.as_bytes(), &expected);
    }
}

#[test]
fn json_of_every_shape() {
    check(
        "t.json",
        "[{\"姓名\":\"张三\",\"专业\":[\"机械\",\"光学\"],\"当选年份\":2019,\"备注\":null}]".as_bytes(),
        "· t.json「备注」：不认识的列，未收入（有内容的 0 格）\n\
         = 张三 类型:专家 专业:机械 专业:光学 当选年份:2019",
    );
    check(
        "t.json",
        "{\"total\":2,\"人员\":[{\"姓名\":\"张三\"}],\"工作站\":[{\"名称\":\"甲站\",\"进站专家\":\"张三\"}]}"
            .as_bytes(),
        "= 甲站 类型:工作站 进站专家:张三\n\
         = 张三 类型:专家",
    );
    check(
        "t.jsonl",
        "{\"姓名\":\"张三\"}\n\n{\"姓名\":\"\",\"单位\":\"某厂\"}\n{\"单位\":\"x\",\"姓名\":\"李四\"}\n".as_bytes(),
        "t.jsonl 第 2 条「姓名」：没有填写，请补上，或删去整行\n\
         = 张三 类型:专家\n\
         = 李四 类型:专家 单位:x",
    );
}

#[test]
fn json_with_mistakes() {
    check(
        "t.json",
        "[{\"姓名\":\"张三\"},\n{\"姓名\":\"李四\",}]".as_bytes(),
        "t.json：第 2 行的 JSON 有错，请看这一行和上一行：常见的是多余的逗号、缺少引号或括号",
    );
    check("t.json", b"42", "t.json：JSON 里不是一列条目，应是 [{\"姓名\":\"…\",\"工作单位\":\"…\"},…]，或每行一个条目");
    check(
        "t.json",
        "[{\"姓名\":{\"中\":\"张三\"}},\"李四\"]".as_bytes(),
        "t.json 第 1 条「姓名」：不是由文字和数字组成的条目，应是 [{\"姓名\":\"…\",\"工作单位\":\"…\"},…]，或每行一个条目\n\
         t.json 第 2 条：不是由文字和数字组成的条目，应是 [{\"姓名\":\"…\",\"工作单位\":\"…\"},…]，或每行一个条目",
    );
    check(
        "t.json",
        "[{\"姓名\":\"张三\",\"姓名\":\"李四\"}]".as_bytes(),
        "t.json 第 1 条「姓名」：与「姓名」重复，请只留一列，或改用别的表头\n\
         = 李四 类型:专家",
    );
    check(
        "t.json",
        "[".repeat(10_000).as_bytes(),
        "t.json：第 1 行的 JSON 有错，请看这一行和上一行：常见的是多余的逗号、缺少引号或括号",
    );
}

#[test]
fn json_of_ever_other_keys() {
    let advice = "不同的键太多：超过 512 种，或对这么多条目来说太多，请让每个条目用同样的键，只留需要的";
    let entries = |keys: &mut dyn Iterator<Item = usize>| {
        keys.map(|key| format!("{{\"k{key}\":1}}\n")).collect::<String>().into_bytes()
    };
    check("t.jsonl", &entries(&mut (0..20_000)), &format!("t.jsonl 第 513 条「k512」：{advice}"));
    let many = (0..512).chain(std::iter::repeat_n(0, 40_000));
    check("t.jsonl", &entries(&mut many.into_iter()), &format!("t.jsonl：{advice}"));
}

#[test]
fn archives_that_unpack_to_far_too_much() {
    let bomb = vec![b' '; 30_000_000];
    check(
        "专家.xlsx",
        &archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &bomb)]),
        "专家.xlsx：解压后过大，或有的格子远在表格之外，不像正常的表格，请把数据复制到一个新的工作簿，只留需要的行和列",
    );
}

/// Readers make room for what a file says that it has.
#[test]
fn claims_of_far_too_much() {
    let sentence =
        "：解压后过大，或有的格子远在表格之外，不像正常的表格，请把数据复制到一个新的工作簿，只留需要的行和列";
    for strings in [
        "<sst uniqueCount=\"3888888888\"><si><t>姓名</t></si></sst>",
        "<sst a='>' uniqueCount = '99999999999999999999'/>",
    ] {
        check("专家.xlsx", &raw_xlsx_with("", strings), &format!("专家.xlsx{sentence}"));
    }
    let mut sheet = xls::Sheet::new("名单", &[vec!["姓名".into()], vec!["张三".into()]]);
    for dimensions in [
        &[0, 65_535, 0, 65_535, 0][..],
        &[5, 4, 0, 1, 0],
        &[0, 0, 0, 2, 0, 1, 0],
        &[0, 0, 1, 0, 0, 257, 0],
        &[9, 0, 1, 0, 0, 1, 0],
    ] {
        sheet.dimensions = dimensions.to_vec();
        check("专家.xls", &xls::xls(std::slice::from_ref(&sheet)), &format!("专家.xls{sentence}"));
    }
    for dimensions in [&[0, 2, 0, 1, 0][..], &[0, 0, 0, 1, 0, 256, 0], &[0, 0, 0, 0, 0, 0, 0]] {
        sheet.dimensions = dimensions.to_vec();
        check("专家.xls", &xls::xls(std::slice::from_ref(&sheet)), "= 张三 类型:专家");
    }
}

/// A compound file may lead in a circle wherever sectors lead to others; no reader follows it for ever.
#[test]
fn sectors_that_lead_in_circles() {
    let sentence =
        "：解压后过大，或有的格子远在表格之外，不像正常的表格，请把数据复制到一个新的工作簿，只留需要的行和列";
    let book = xls::xls(&[xls::Sheet::new("名单", &[vec!["姓名".into()], vec!["张三".into()]])]);
    // The table of sectors stands in the first, the directory in the second, the stream in those behind it.
    let (table, directory) = (512, 1024);
    let (root, stream) = (directory + 116, directory + 128 + 116);
    let changed = |changes: &[(usize, u32)]| {
        let mut bytes = book.clone();
        changes.iter().for_each(|(at, number)| bytes[*at..at + 4].copy_from_slice(&number.to_le_bytes()));
        bytes
    };
    let last = (book.len() / 512 - 2) as u32;
    for circle in [
        // The directory's sector follows itself.
        changed(&[(table + 4, 1)]),
        // The last sector of a stream that claims 4 GB leads to its first.
        changed(&[(table + 4 * last as usize, 2), (stream + 4, u32::MAX)]),
        // Short streams stand in a sector that follows itself: their own, and that of their table.
        changed(&[(64, 1), (60, 1), (root, last), (root + 4, u32::MAX), (table + 4 * last as usize, last)]),
        changed(&[(64, u32::MAX), (60, last), (root, 1), (root + 4, 512), (table + 4 * last as usize, last)]),
    ] {
        check("专家.xls", &circle, &format!("专家.xls{sentence}"));
    }
    // A short stream of which each sector of 64 bytes leads to the next and the last to the first, which claims more than there are.
    let mut short = changed(&[(64, 1), (60, last), (root, 2), (root + 4, 1024), (stream, 0), (stream + 4, 4095)]);
    let shorts = 512 * (last as usize + 1);
    (0..16u32).for_each(|id| short[shorts + 4 * id as usize..][..4].copy_from_slice(&((id + 1) % 16).to_le_bytes()));
    check("专家.xls", &short, &format!("专家.xls{sentence}"));
    // Sectors of four bytes, of which one leads to itself and lists no other.
    let mut tiny = vec![0; 1024];
    tiny[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    tiny[512..528].copy_from_slice(&"Workbook".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    tiny[30] = 2;
    [68, 804].iter().for_each(|at| tiny[*at] = 200);
    let told = told(&[("专家.xls", &tiny)], &Settings::default());
    assert!(told.starts_with("专家.xls：文件损坏，读不出来（"), "{told}");
}

/// What is repeated or spans far takes no byte in a file.
#[test]
fn rows_and_spans_beyond_any_sheet() {
    let cell = |attributes: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" {attributes}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |attributes: &str, cells: &str| format!("<table:table-row {attributes}>{cells}</table:table-row>");
    let heading = row("", &(cell("", "姓名") + &cell("", "学部")));
    let people = |span: &str| {
        let first = row("", &(cell("", "张三") + &cell(span, "化学部")));
        heading.clone() + &first + &row("", &cell("", "李四"))
    };
    for (span, lisi) in [
        ("table:number-rows-spanned=\"18446744073709551615\"", "= 李四 类型:专家 学部:化学部"),
        ("table:number-rows-spanned=\"2\" table:number-columns-spanned=\"0\"", "= 李四 类型:专家 学部:化学部"),
        ("table:number-rows-spanned=\"0\" table:number-columns-spanned=\"18446744073709551615\"", "= 李四 类型:专家"),
    ] {
        let told = told(&[("专家.ods", &ods::raw(&people(span)))], &Settings::default());
        let lines: BTreeSet<&str> = told.lines().collect();
        assert_eq!(lines, BTreeSet::from(["= 张三 类型:专家 学部:化学部", lisi]), "{span}");
    }
    let hidden = row("table:visibility=\"collapse\" table:number-rows-repeated=\"19999999\"", "<table:table-cell/>");
    check(
        "专家.ods",
        &ods::raw(&(people("") + &hidden.repeat(1_000))),
        "= 张三 类型:专家 学部:化学部\n= 李四 类型:专家",
    );
    let sheets = "</table:table><table:table table:name=\"甲\">".to_owned() + &hidden;
    check(
        "专家.ods",
        &ods::raw(&(people("") + &sheets.repeat(1_000))),
        "专家.ods：解压后过大，或有的格子远在表格之外，不像正常的表格，请把数据复制到一个新的工作簿，只留需要的行和列",
    );
}

#[test]
fn cells_far_outside_of_any_table() {
    let far = "<row r=\"1\"><c r=\"XFD1\" t=\"inlineStr\"><is><t>姓名</t></is></c></row><row r=\"1048576\"><c r=\"A1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    check(
        "专家.xlsx",
        &raw_xlsx(far),
        "专家.xlsx：解压后过大，或有的格子远在表格之外，不像正常的表格，请把数据复制到一个新的工作簿，只留需要的行和列",
    );
    let mut sheet = xls::Sheet::new("名单", &[]);
    sheet.cells = vec![(0, 0, "姓名".into()), (65_535, 65_535, "x".into())];
    check(
        "专家.xls",
        &xls::xls(&[sheet]),
        "专家.xls：解压后过大，或有的格子远在表格之外，不像正常的表格，请把数据复制到一个新的工作簿，只留需要的行和列",
    );
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>";
    check(
        "专家.ods",
        &ods::raw(&format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>")),
        "专家.ods：解压后过大，或有的格子远在表格之外，不像正常的表格，请把数据复制到一个新的工作簿，只留需要的行和列",
    );
}

#[test]
fn files_of_two_hundred_megabytes() {
    check(
        "专家.csv",
        &vec![b'a'; 200_000_000],
        "专家.csv：太大，超过 200 MB，请把数据复制到一个新的工作簿，只留需要的行和列",
    );
}

#[test]
fn a_workbook_cut_short() {
    let book = simple(&[&["姓名", "工作单位"], &["张三", "某大学"]]);
    check(
        "专家.xlsx",
        &book[..book.len() / 2],
        "专家.xlsx：文件不完整，可能没有下载或复制完，请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
    let sheet = xls::Sheet::new("名单", &[vec!["姓名".into()], vec!["张三".into()]]);
    let book = xls::xls(&[sheet]);
    check(
        "专家.xls",
        &book[..1600],
        "专家.xls：文件损坏，读不出来（Cfb error: Cannot find Workbook stream），请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
    );
}

#[test]
fn an_old_workbook_with_hidden_and_merged_parts() {
    let rows =
        [["学部", "姓名"], ["化学部", "张三"], ["", "李四"], ["", "王五"]].map(|row| row.map(String::from).to_vec());
    let sheet = xls::Sheet { hidden_rows: vec![3], merged: vec![[1, 2, 0, 0]], ..xls::Sheet::new("名单", &rows) };
    let hidden = xls::Sheet { hidden: true, ..xls::Sheet::new("旧", &rows) };
    check(
        "专家.xls",
        &xls::xls(&[sheet, hidden]),
        "· 专家.xls › 名单：隐藏的行 1 行，未收入（第 4 行）；若应收入，请取消隐藏或筛选\n\
         · 专家.xls › 旧：隐藏的工作表，未收入\n\
         = 张三 类型:专家 学部:化学部\n\
         = 李四 类型:专家 学部:化学部",
    );
}

#[test]
fn a_binary_workbook_with_hidden_and_merged_parts() {
    let rows = [["学部", "姓名", "手机"], ["化学部", "张三", "13812345678"], ["", "李四", ""], ["", "王五", ""]]
        .map(|row| row.map(String::from).to_vec())
        .to_vec();
    let sheet = xlsb::Sheet {
        rows: rows.clone(),
        hidden_rows: vec![3],
        hidden_columns: vec![2],
        merged: vec![[1, 2, 0, 0]],
        ..xlsb::Sheet::default()
    };
    let hidden = xlsb::Sheet { hidden: true, rows, ..xlsb::Sheet::default() };
    check(
        "专家.xlsb",
        &xlsb::xlsb(&[("名单", sheet), ("旧", hidden)]),
        "· 专家.xlsb › 名单：隐藏的行 1 行，未收入（第 4 行）；若应收入，请取消隐藏或筛选\n\
         · 专家.xlsb › 名单：隐藏的列，未收入：手机\n\
         · 专家.xlsb › 旧：隐藏的工作表，未收入\n\
         = 张三 类型:专家 学部:化学部\n\
         = 李四 类型:专家 学部:化学部",
    );
}

#[test]
fn an_open_document_with_hidden_and_merged_parts() {
    let row = |attributes: &str, cells: &[&str]| {
        ods::row(attributes, &cells.iter().map(|cell| cell.to_string()).collect::<Vec<_>>())
    };
    let merged = "<table:table-row><table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><text:p>化学部</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\"><text:p>张三</text:p></table:table-cell></table:table-row>";
    let rows = [
        row("", &["学部", "姓名"]),
        merged.into(),
        row("", &["", "李四"]),
        row("table:visibility=\"filter\"", &["", "王五"]),
    ];
    check(
        "专家.ods",
        &ods::raw(&rows.concat()),
        "· 专家.ods › 名单：隐藏的行 1 行，未收入（第 4 行）；若应收入，请取消隐藏或筛选\n\
         = 张三 类型:专家 学部:化学部\n\
         = 李四 类型:专家 学部:化学部",
    );
}
