//! Odd tables as maintainers have them, and all that is told about each: problems, notes (·), people and stations (=).
#![cfg(feature = "workbooks")]

mod files;

use files::{put, simple, told, xlsx};
use ingest::Settings;
use rust_xlsxwriter::Format;

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

/// A filter hides the row that holds the text of merged cells; what it leaves shows the text all the same.
#[test]
fn merged_cells_whose_first_row_is_hidden() {
    let plain = Format::new();
    let book = xlsx(&[("名单", &|sheet| {
        put(
            sheet,
            &[
                &["学部", "姓名"],
                &["", "张三"],
                &["", "李四"],
                &["", "王五"],
                &["", "赵六"],
                &["", "孙七"],
                &["化学部", "周八"],
            ],
        );
        sheet.merge_range(1, 0, 4, 0, "数理学部", &plain).unwrap();
        for row in [1, 2, 5] {
            sheet.set_row_hidden(row).unwrap();
        }
    })]);
    check(
        "专家.xlsx",
        &book,
        "· 专家.xlsx › 名单：隐藏的行 3 行，未收入（第 2、3、6 行）；若应收入，请取消隐藏或筛选\n\
         = 赵六 类型:专家 学部:数理学部\n\
         = 王五 类型:专家 学部:数理学部\n\
         = 周八 类型:专家 学部:化学部",
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

/// Two lists in one sheet: the second one's rows would be read under the first one's heading.
#[test]
fn a_second_heading_is_a_problem() {
    check(
        "t.csv",
        "姓名,工作单位,类型\n张三,某大学,院士\n姓名,单位,专业\n姓名,工作单位,类型\n合计,1,1\n以上共 1 人,,\n"
            .as_bytes(),
        "t.csv 第 3 行：这里又是一行表头，与上面的不同，请把这一行和下面的部分移到另一张工作表（CSV 则另存一个文件）\n\
         · t.csv 第 4 行：不是数据，未收入：姓名\n\
         · t.csv 第 5 行：不是数据，未收入：合计\n\
         · t.csv 第 6 行：不是数据，未收入：以上共 1 人\n\
         = 张三 类型:院士 工作单位:某大学",
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
        "专家.xlsx › 专家 第 1 行：表头里没有「姓名」（人员）或「名称」（工作站），读到的是：专家、工作单位、专业领域，第一行应是表头，请补上这一列\n\
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
fn two_columns_for_one_thing() {
    check(
        "专家.xlsx",
        &simple(&[&["姓名", "专家姓名", "工作单位"], &["张三", "张三", "某大学"]]),
        "专家.xlsx › 名单!B1「专家姓名」：与「姓名」重复，请只留一列，或改用别的表头\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn two_columns_for_nothing() {
    check(
        "t.csv",
        "序号,姓名,备注,备注\n1,张三,x,\n1,李四,,y\n".as_bytes(),
        "· t.csv「序号」（A 列）：不认识的列，未收入（有内容的 2 格）\n\
         · t.csv「备注」（C 列）：不认识的列，未收入（有内容的 1 格）\n\
         · t.csv「备注」（D 列）：不认识的列，未收入（有内容的 1 格）\n\
         = 张三 类型:专家\n\
         = 李四 类型:专家",
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
fn two_types_of_one_person() {
    check(
        "t.csv",
        "姓名,工作单位,称号\n张三,某大学,中国科学院院士\n张三,某大学,全国首席科学传播专家\n".as_bytes(),
        "= 张三 类型:院士 工作单位:某大学 称号:中国科学院院士 类型:首席科普专家 工作单位:某大学 称号:全国首席科学传播专家",
    );
}

#[test]
fn a_title_right_above_the_heading() {
    let plain = Format::new();
    let book = xlsx(&[("名单", &|sheet| {
        put(sheet, &[&[], &["姓名", "工作单位", "职称"], &["张三", "某大学", "教授"]]);
        sheet.merge_range(0, 0, 0, 2, "某某科协专家名单", &plain).unwrap();
    })]);
    check(
        "专家.xlsx",
        &book,
        "· 专家.xlsx › 名单「职称」（C 列）：不认识的列，未收入（有内容的 1 格）\n\
         = 张三 类型:专家 工作单位:某大学",
    );
}

#[test]
fn groups_above_every_heading() {
    let csv = "基本信息,,推荐,\n姓名,工作单位,单位,人\n张三,某大学,某学会,李四\n";
    check(
        "t.csv",
        csv.as_bytes(),
        "· t.csv「推荐人」（D 列）：不认识的列，未收入（有内容的 1 格）\n\
         = 张三 类型:专家 工作单位:某大学 推荐单位:某学会",
    );
}
