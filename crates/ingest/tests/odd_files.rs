//! Odd and bad files as maintainers have them, and all that is told about each: problems, notes (·), people and stations (=).
#![cfg(feature = "workbooks")]

mod files;

use files::{archive, big5, gbk, ods, put, raw_xlsx, simple, told, utf16, xls, xlsx};
use ingest::Settings;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &str) {
    assert_eq!(told(&[(name, bytes)], &Settings::default()), expected);
}

#[test]
fn title_lines_above_the_heading() {
    let merged = Format::new();
    let book = xlsx(&[("名单", &|sheet| {
        sheet.merge_range(0, 0, 0, 2, "某某科协专家名单（2026年）", &merged).unwrap();
        put(sheet, &[&[], &["填报单位：某学会"], &[], &["姓名", "工作单位", "类型"], &["张三", "某大学", "院士"]]);
    })]);
    check("专家.xlsx", &book, "= 张三 类型:院士 工作单位:某大学");
}

#[test]
fn a_heading_of_two_rows_with_groups() {
    let plain = Format::new();
    let book = xlsx(&[("名单", &|sheet| {
        for (column, text) in ["编号", "姓名"].into_iter().enumerate() {
            sheet.merge_range(0, column as u16, 1, column as u16, text, &plain).unwrap();
        }
        sheet.merge_range(0, 2, 0, 3, "推荐", &plain).unwrap();
        sheet.merge_range(0, 4, 0, 5, "联系", &plain).unwrap();
        put(
            sheet,
            &[&[], &["", "", "单位", "人", "办公电话", "手机"], &["a1", "张三", "某学会", "李四", "010-62751234"]],
        );
    })]);
    check(
        "专家.xlsx",
        &book,
        "· 专家.xlsx › 名单「推荐人」（D 列）：不认识的列，未收入（有内容的 1 格）\n\
         · 专家.xlsx › 名单「联系手机」（F 列）：不认识的列，未收入（有内容的 0 格）\n\
         = 张三 类型:专家 推荐单位:某学会 办公电话:010-62751234",
    );
}

#[test]
fn a_heading_of_two_rows_without_merged_cells() {
    check(
        "t.csv",
        "序号,姓名,单位情况,,备注\n,,工作单位,地区,\n1,张三,某大学,河北,\n".as_bytes(),
        "· t.csv「序号」（A 列）：不认识的列，未收入（有内容的 1 格）\n\
         · t.csv「备注」（E 列）：不认识的列，未收入（有内容的 0 格）\n\
         = 张三 类型:专家 工作单位:某大学 地区:河北",
    );
}

#[test]
fn a_row_without_a_name_is_no_second_heading() {
    check(
        "t.csv",
        "姓名,工作单位,类型\n,某大学,院士\n张三,某大学,院士\n".as_bytes(),
        "t.csv 第 2 行「姓名」（A2）：没有填写，请补上，或删去整行\n\
         = 张三 类型:院士 工作单位:某大学",
    );
}

#[test]
fn merged_cells_count_for_each_of_their_rows() {
    let plain = Format::new();
    let book = xlsx(&[("名单", &|sheet| {
        put(
            sheet,
            &[
                &["学部", "姓名", "工作单位"],
                &["", "张三", "某大学"],
                &["", "李四", "某研究所"],
                &["化学部", "王五", "某厂"],
            ],
        );
        sheet.merge_range(1, 0, 2, 0, "数学物理学部", &plain).unwrap();
    })]);
    check(
        "专家.xlsx",
        &book,
        "= 李四 类型:专家 学部:数学物理学部 工作单位:某研究所\n\
         = 张三 类型:专家 学部:数学物理学部 工作单位:某大学\n\
         = 王五 类型:专家 学部:化学部 工作单位:某厂",
    );
}

#[test]
fn subtitles_sums_and_remarks_are_no_data() {
    let plain = Format::new();
    let book = xlsx(&[("名单", &|sheet| {
        put(
            sheet,
            &[
                &["姓名", "工作单位", "类型"],
                &[],
                &["张三", "某大学", "院士"],
                &["二、专家"],
                &["姓名", "工作单位", "类型"],
                &["李四", "某厂", "专家"],
                &["合计", "2人"],
                &["注：数据截至2026年9月"],
            ],
        );
        sheet.merge_range(1, 0, 1, 2, "一、院士（按姓氏笔画排序）", &plain).unwrap();
    })]);
    check(
        "专家.xlsx",
        &book,
        "· 专家.xlsx › 名单 第 2 行：不是数据，未收入：一、院士（按姓氏笔画排序）\n\
         · 专家.xlsx › 名单 第 4 行：不是数据，未收入：二、专家\n\
         · 专家.xlsx › 名单 第 5 行：不是数据，未收入：姓名\n\
         · 专家.xlsx › 名单 第 7 行：不是数据，未收入：合计\n\
         · 专家.xlsx › 名单 第 8 行：不是数据，未收入：注：数据截至2026年9月\n\
         = 张三 类型:院士 工作单位:某大学\n\
         = 李四 类型:专家 工作单位:某厂",
    );
}

#[test]
fn a_hidden_sheet() {
    let book = xlsx(&[
        ("名单", &|sheet| put(sheet, &[&["姓名", "工作单位"], &["张三", "某大学"]])),
        ("旧名单", &|sheet| {
            put(sheet, &[&["姓名", "手机"], &["李四", "13812345678"]]);
            sheet.set_hidden(true);
        }),
    ]);
    check(
        "专家.xlsx",
        &book,
        "· 专家.xlsx › 旧名单：隐藏的工作表，未收入\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn hidden_rows_and_columns() {
    let book = xlsx(&[("名单", &|sheet| {
        put(
            sheet,
            &[
                &["姓名", "手机", "工作单位"],
                &["张三", "13812345678", "某大学"],
                &["李四", "", "某厂"],
                &["王五", "", "某所"],
            ],
        );
        sheet.set_row_hidden(2).unwrap();
        sheet.set_row_hidden(90).unwrap();
        sheet.set_column_hidden(1).unwrap();
    })]);
    check(
        "专家.xlsx",
        &book,
        "· 专家.xlsx › 名单：隐藏的行 1 行，未收入（第 3 行）；若应收入，请取消隐藏或筛选\n\
         · 专家.xlsx › 名单：隐藏的列，未收入：手机\n\
         = 张三 类型:专家 工作单位:某大学\n\
         = 王五 类型:专家 工作单位:某所",
    );
}

#[test]
fn sheets_that_are_no_tables() {
    let book = xlsx(&[
        ("说明", &|sheet| put(sheet, &[&["请按表头填写"], &["每人一行"]])),
        ("名单", &|sheet| put(sheet, &[&["姓名", "工作单位"], &["张三", "某大学"]])),
        ("待填", &|sheet| put(sheet, &[&["姓名", "工作单位"]])),
        ("Sheet3", &|_| {}),
    ]);
    check(
        "专家.xlsx",
        &book,
        "· 专家.xlsx › 说明：没有认得的表头，未收入\n\
         · 专家.xlsx › 待填：只有表头，没有数据\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn a_sheet_that_nearly_is_a_table() {
    let book = xlsx(&[
        ("名单", &|sheet| put(sheet, &[&["姓名", "工作单位"], &["张三", "某大学"]])),
        ("专家", &|sheet| put(sheet, &[&["专家", "工作单位", "专业领域"], &["李四", "某厂", "机械"]])),
    ]);
    check(
        "专家.xlsx",
        &book,
        "专家.xlsx › 专家 第 1 行：表头里没有「姓名」（人员）或「名称」（工作站），第一行应是表头，请补上这一列\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn no_sheet_is_a_table() {
    check(
        "专家.xlsx",
        &simple(&[&["随便写的", "东西"], &["一", "二"]]),
        "专家.xlsx：没有一张工作表有「姓名」（人员）或「名称」（工作站），第一行应是表头，请补上这一列\n\
         · 专家.xlsx › 名单：没有认得的表头，未收入",
    );
}

#[test]
fn people_and_stations_in_one_workbook() {
    let book = xlsx(&[
        ("人员", &|sheet| {
            put(
                sheet,
                &[
                    &["编号", "姓名", "工作单位"],
                    &["a1", "张三", "甲大学"],
                    &["a2", "张三", "乙大学"],
                    &["a3", "李四", ""],
                ],
            )
        }),
        ("工作站", &|sheet| {
            put(
                sheet,
                &[
                    &["名称", "进站专家"],
                    &["甲站", "张三（乙大学）、李四（院士）"],
                    &["乙站", "张三、赵六"],
                    &["丙站", "a1"],
                ],
            )
        }),
    ]);
    check(
        "专家.xlsx",
        &book,
        "· 「张三」同名，按不同的人收入：a1（甲大学）、a2（乙大学）；若是同一人，请写相同的「人员编号」\n\
         · 专家.xlsx › 工作站 第 3 行：「张三」可能是 a1、a2，没有关联；请写成「姓名（单位）」或编号\n\
         · 1 位进站专家不在名单里，没有关联：赵六\n\
         = 张三 类型:专家 工作单位:甲大学\n\
         = 张三 类型:专家 工作单位:乙大学\n\
         = 李四 类型:专家\n\
         = 甲站 类型:工作站 进站专家:张三（乙大学） 进站专家:李四（院士）\n\
         = 丙站 类型:工作站 进站专家:a1\n\
         = 乙站 类型:工作站 进站专家:张三 进站专家:赵六",
    );
}

#[test]
fn days_of_excel() {
    let book = xlsx(&[("名单", &|sheet| {
        put(sheet, &[&["名称", "建站时间", "核对日期"], &["甲站"], &["乙站", "2019年3月", "2026/9/1"]]);
        let format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
        let day = ExcelDateTime::from_ymd(2019, 3, 1).unwrap();
        sheet.write_datetime_with_format(1, 1, &day, &format).unwrap();
        let moment = ExcelDateTime::from_ymd(2026, 9, 1).unwrap().and_hms(13, 30, 0).unwrap();
        sheet.write_datetime_with_format(1, 2, &moment, &Format::new().set_num_format("yyyy-mm-dd hh:mm")).unwrap();
    })]);
    check(
        "站.xlsx",
        &book,
        "= 甲站 类型:工作站 建站时间:2019-03-01 核对日期:2026-09-01\n\
         = 乙站 类型:工作站 建站时间:2019年3月 核对日期:2026/9/1",
    );
}

#[test]
fn days_that_became_numbers() {
    check(
        "站.csv",
        "名称,建站时间\n甲站,43525\n乙站,2019\n".as_bytes(),
        "站.csv 第 2 行「建站时间」（B2）：「43525」像是变成数字的日期（2019-03-01），请把这一列设为日期或文本格式，写成 2019-03-01 或 2019\n\
         = 甲站 类型:工作站\n\
         = 乙站 类型:工作站 建站时间:2019",
    );
}

#[test]
fn numbers_where_text_is_meant() {
    let book = xlsx(&[("名单", &|sheet| {
        put(sheet, &[&["编号", "姓名", "当选年份", "权重", "批次"], &["", "张三"], &["007", "李四", "2021", "3", "6"]]);
        for (column, number) in [(0, 12.0), (2, 2019.0), (3, 5.0), (4, 1.5)] {
            sheet.write_number(1, column, number).unwrap();
        }
    })]);
    check(
        "专家.xlsx",
        &book,
        "= 李四 类型:专家 当选年份:2021 批次:6\n\
         = 张三 类型:专家 当选年份:2019 批次:1.5",
    );
}

#[test]
fn long_numbers_that_lost_their_digits() {
    check(
        "t.csv",
        "编号,姓名\n1.10105E+17,张三\n".as_bytes(),
        "t.csv 第 2 行「编号」（A2）：「1.10105E+17」像是丢了末几位的长数字，请把这一列设为文本格式，重新填写完整的号码\n\
         = 张三 类型:专家",
    );
}

#[test]
fn full_width_and_padding() {
    check(
        "t.csv",
        "　编 号　,姓　名,当选年份,工作单位,专业领域\nＡ０１,张　三,２０１９,某大学（北京） ,５Ｇ网络；ＡＩ\n"
            .as_bytes(),
        "= 张三 类型:专家 当选年份:2019 工作单位:某大学（北京） 专业领域:5G网络 专业领域:AI",
    );
}

#[test]
fn several_values_in_one_cell() {
    check("t.csv", "姓名,工作单位,专业领域,所在地,别名\n张三,\"甲大学;乙所\",\"机械、航空/航天,AC/DC变换；光学（激光、红外）\",河北、石家庄,Zhang San；张叁\n".as_bytes(), "= 张三 别名:Zhang San 别名:张叁 类型:专家 工作单位:甲大学 工作单位:乙所 专业领域:机械 专业领域:航空 专业领域:航天 专业领域:AC/DC变换 专业领域:光学（激光、红外） 所在地:河北 所在地:石家庄");
}

#[test]
fn invisible_characters_and_marks_of_direction() {
    check(
        "t.csv",
        "姓名,工作单位\n张\u{200b}三,\u{202e}学大某\u{202c}\n李四,某厂\u{feff}\n王五,某所\n".as_bytes(),
        "· t.csv 第 2 行「姓名」（A2）：有看不见的字符（零宽字符、方向控制符等），已去掉；本表共 3 格\n\
         = 张三 类型:专家 工作单位:学大某\n\
         = 李四 类型:专家 工作单位:某厂\n\
         = 王五 类型:专家 工作单位:某所",
    );
}

#[test]
fn personal_data_in_any_cell() {
    let book = xlsx(&[("专家名单", &|sheet| {
        put(
            sheet,
            &[
                &["姓名", "工作单位", "简介", "联系方式（公开）", "身份证", "家庭住址"],
                &["张三", "某大学", "1955年3月12日出生于河北", "", "11010519491231002X", "某路1号"],
                &["李四", "", "", "lisi@qq.com"],
            ],
        );
        sheet.write_number(1, 3, 13_812_345_678.0).unwrap();
        sheet.write_number(2, 4, 110_105_194_912_310_021.0).unwrap();
    })]);
    check(
        "专家.xlsx",
        &book,
        "专家.xlsx › 专家名单「身份证」（E 列）：有 2 格出现个人信息，如第 2 行的身份证号 110…（已隐去），本列不会收入，请从文件中删去整列后重试，或在配置的 [columns] 里写明「忽略」\n\
         专家.xlsx › 专家名单「家庭住址」（F 列）：有 1 格出现个人信息，如第 2 行的家庭住址（已隐去），本列不会收入，请从文件中删去整列后重试，或在配置的 [columns] 里写明「忽略」\n\
         专家.xlsx › 专家名单!C2「简介」：出现出生日期（已隐去），请删去后重试\n\
         专家.xlsx › 专家名单!D2「联系方式（公开）」：出现手机号 138…（已隐去），请删去后重试\n\
         专家.xlsx › 专家名单!D3「联系方式（公开）」：出现个人邮箱 l…@qq.com（已隐去），请删去后重试\n\
         · 专家.xlsx › 专家名单「身份证」（E 列）：不认识的列，未收入（有内容的 2 格）\n\
         · 专家.xlsx › 专家名单「家庭住址」（F 列）：不认识的列，未收入（有内容的 1 格）\n\
         = 张三 类型:专家 工作单位:某大学 简介:1955年3月12日出生于河北 联系方式（公开）:13812345678\n\
         = 李四 类型:专家 联系方式（公开）:lisi@qq.com",
    );
}

#[test]
fn office_lines_and_masked_numbers_pass() {
    check(
        "t.csv",
        "姓名,办公电话,简介\n张三,010-62751234,手机138****5678\n李四,0311-86042013转801,\n".as_bytes(),
        "= 张三 类型:专家 办公电话:010-62751234 简介:手机138****5678\n\
         = 李四 类型:专家 办公电话:0311-86042013转801",
    );
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
fn formulas_exported_as_text() {
    check(
        "t.csv",
        "姓名,工作单位\n=cmd|' /C calc'!A0,某大学\n李四,\"=HYPERLINK(\"\"x\"\")\"\n".as_bytes(),
        "t.csv 第 2 行「姓名」（A2）：是公式，但文件里没有算出的结果，请在 Excel 或 WPS 里打开并保存一次，或直接填写内容\n\
         t.csv 第 3 行「工作单位」（B3）：是公式，但文件里没有算出的结果，请在 Excel 或 WPS 里打开并保存一次，或直接填写内容\n\
         = 李四 类型:专家",
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
    check("t.csv", open.as_bytes(), "t.csv 第 2 行「」（A2）：这一格有很多行，请检查前面的引号是否没有关上");
    check(
        "t.csv",
        "姓名,工作单位\n张三,某大学,多\n李四\n王五,某厂,,\n".as_bytes(),
        "t.csv 第 2 行：有 3 格，表头有 2 格，请检查是否多了或少了逗号、引号\n\
         t.csv 第 3 行：有 1 格，表头有 2 格，请检查是否多了或少了逗号、引号\n\
         = 王五 类型:专家 工作单位:某厂",
    );
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
        "t.json：第 2 行的 JSON 有错（trailing comma），请改正后重试",
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
        "t.json：第 1 行的 JSON 有错（recursion limit exceeded），请改正后重试",
    );
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

#[test]
fn two_columns_for_one_thing() {
    check(
        "专家.xlsx",
        &simple(&[&["姓名", "专家姓名", "工作单位"], &["张三", "张三", "某大学"]]),
        "专家.xlsx › 名单!B1「专家姓名」：与「姓名」重复，请只留一列，或改用别的表头\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn the_same_rows_in_two_files() {
    let book = simple(&[&["编号", "姓名"], &["a1", "张三"], &["", "李四"]]);
    assert_eq!(
        told(&[("一.xlsx", &book), ("二.xlsx", &book)], &Settings::default()),
        "二.xlsx › 名单 第 2 行：编号「a1」与 一.xlsx › 名单 第 2 行 重复，每行的编号应不同；同一人的几行请用「人员编号」\n\
         二.xlsx › 名单 第 3 行：没有编号，且与 一.xlsx › 名单 第 3 行 的类型、名称、单位都相同，请删去重复的一行，或给两行都写上编号\n\
         · 「张三」同名，按不同的人收入：a1、a1；若是同一人，请写相同的「人员编号」\n\
         · 「李四」同名，按不同的人收入：e528683dcd7b0911、e528683dcd7b0911；若是同一人，请写相同的「人员编号」\n\
         = 张三 类型:专家\n\
         = 张三 类型:专家\n\
         = 李四 类型:专家\n\
         = 李四 类型:专家"
    );
}

#[test]
fn addresses_and_pictures() {
    check("t.csv", "姓名,链接,照片\n张三,www.example.cn,https://other.example/a.jpg\n李四,javascript:alert(1),//cdn.example/a.jpg\n王五,https://example.cn/,photos/a.jpg\n".as_bytes(), "t.csv 第 2 行「链接」（B2）：「www.example.cn」不是网址，应以 https:// 或 http:// 开头，且没有空格\n\
         t.csv 第 2 行「照片」（C2）：「https://other.example/a.jpg」不是本站的图片地址，应是本站的路径，如 photos/a1.jpg\n\
         t.csv 第 3 行「链接」（B3）：「javascript:alert(1)」不是网址，应以 https:// 或 http:// 开头，且没有空格\n\
         t.csv 第 3 行「照片」（C3）：「//cdn.example/a.jpg」不是本站的图片地址，应是本站的路径，如 photos/a1.jpg\n\
         = 张三 类型:专家 链接:www.example.cn 照片:https://other.example/a.jpg\n\
         = 王五 类型:专家 链接:https://example.cn/ 照片:photos/a.jpg\n\
         = 李四 类型:专家 链接:javascript:alert(1) 照片://cdn.example/a.jpg");
}

#[test]
fn english_headings() {
    check("t.csv", b"ID,Name,Organisation,Research,City,URL\na1,Zhang San,Some University,Optics; Lasers,Beijing,https://example.cn\n", "= Zhang San 类型:专家 Organisation:Some University Research:Optics Research:Lasers City:Beijing URL:https://example.cn");
}

#[test]
fn required_marks_in_headings() {
    check(
        "专家.xlsx",
        &simple(&[&["*姓名（必填）", "工作单位：", "职务（选填）"], &["张三", "某大学", "教授"]]),
        "· 专家.xlsx › 名单「职务（选填）」（C 列）：不认识的列，未收入（有内容的 1 格）\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn a_title_in_the_column_of_names_is_no_heading() {
    check(
        "专家.xlsx",
        &simple(&[&["姓名"], &["姓名", "工作单位"], &["张三", "某大学"]]),
        "= 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn a_footer_with_stamps_and_days() {
    check(
        "t.csv",
        "姓名,工作单位,类型\n张三,某大学,院士\n填表人：李四,,填表日期：2026-09-01\n（以下空白）,,\n".as_bytes(),
        "· t.csv 第 3 行：不是数据，未收入：填表人：李四\n\
         · t.csv 第 4 行：不是数据，未收入：（以下空白）\n\
         = 张三 类型:院士 工作单位:某大学",
    );
}

#[test]
fn blank_rows_and_columns_between() {
    let book = xlsx(&[("名单", &|sheet| {
        put(
            sheet,
            &[
                &[],
                &["", "姓名", "", "工作单位"],
                &[],
                &["", "张三", "", "某大学"],
                &["", " ", "", "\u{3000}"],
                &["", "李四", "", "某厂"],
            ],
        );
    })]);
    check(
        "专家.xlsx",
        &book,
        "= 李四 类型:专家 工作单位:某厂\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn cells_beyond_the_heading() {
    check(
        "专家.xlsx",
        &simple(&[&["姓名", "工作单位"], &["张三", "某大学", "", "备注的话"]]),
        "· 专家.xlsx › 名单「」（D 列）：不认识的列，未收入（有内容的 1 格）\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn line_breaks_within_cells() {
    check(
        "t.csv",
        "姓名,简介\r\n张三,\"第一行\r\n第二行\"\r\n,x\r\n".as_bytes(),
        "t.csv 第 3 行「姓名」（A3）：没有填写，请补上，或删去整行\n\
         = 张三 类型:专家 简介:第一行 第二行",
    );
    check(
        "专家.xlsx",
        &simple(&[&["姓\n名", "工作\n单位"], &["张三", "某大学\n某学院"]]),
        "= 张三 类型:专家 工作单位:某大学 某学院",
    );
}

#[test]
fn not_stated_in_many_words() {
    check("t.csv", "姓名,工作单位,专业,籍贯,当选年份\n张三,/,无,——,不详\n".as_bytes(), "= 张三 类型:专家");
}

#[test]
fn two_types_of_one_person() {
    check(
        "t.csv",
        "姓名,工作单位,称号\n张三,某大学,中国科学院院士\n张三,某大学,全国首席科学传播专家\n".as_bytes(),
        "= 张三 类型:院士 工作单位:某大学 称号:中国科学院院士 类型:首席科普专家 工作单位:某大学 称号:全国首席科学传播专家",
    );
}
