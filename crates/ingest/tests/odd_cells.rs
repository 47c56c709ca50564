//! Odd cells as maintainers have them, and all that is told about each: problems, notes (·), people and stations (=).
#![cfg(feature = "workbooks")]

mod files;

use files::{put, simple, told, xlsx};
use ingest::Settings;
use rust_xlsxwriter::{ExcelDateTime, Format};

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &str) {
    assert_eq!(told(&[(name, bytes)], &Settings::default()), expected);
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

/// What a cell does not show is not told: 2020年3月 is no first of March.
#[test]
fn months_and_years_of_excel() {
    let book = xlsx(&[("名单", &|sheet| {
        put(sheet, &[&["名称", "建站时间", "批次"], &["甲站"], &["乙站"], &["丙站"], &["丁站"]]);
        let day = ExcelDateTime::from_ymd(2020, 3, 1).unwrap();
        for (row, format) in [(1, "yyyy\"年\"m\"月\""), (2, "yyyy"), (3, "yyyy/m/d"), (4, "mmm-yy")] {
            sheet.write_datetime_with_format(row, 1, &day, &Format::new().set_num_format(format)).unwrap();
        }
        // A number under such a format stays what it is when it is text.
        sheet.write_string_with_format(1, 2, "第六批2020年", &Format::new().set_num_format("yyyy")).unwrap();
    })]);
    check(
        "站.xlsx",
        &book,
        "= 甲站 类型:工作站 建站时间:2020-03 批次:第六批2020年\n\
         = 丙站 类型:工作站 建站时间:2020-03-01\n\
         = 乙站 类型:工作站 建站时间:2020\n\
         = 丁站 类型:工作站 建站时间:2020-03",
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

/// Alt+Enter divides where a column holds lists.
#[test]
fn line_breaks_divide_lists() {
    check(
        "专家.xlsx",
        &simple(&[
            &["姓名", "类型", "称号", "专业领域", "别名", "工作单位"],
            &["张\n三", "院士\n专家", "甲奖\n乙奖", "物理\n（光学）\n化学", "Zhang San\n张叁", "某大学\n某院"],
        ]),
        "= 张三 别名:Zhang San 别名:张叁 类型:院士 类型:专家 称号:甲奖 称号:乙奖 专业领域:物理（光学） 专业领域:化学 工作单位:某大学 某院",
    );
    check(
        "专家.xlsx",
        &simple(&[&["名称", "进站专家", "服务县区"], &["甲站", "张三\n（乙大学）\n李四", "罗湖\n盐田"]]),
        "· 2 位进站专家不在名单里，没有关联：张三（乙大学）、李四\n\
         = 甲站 类型:工作站 进站专家:张三（乙大学） 进站专家:李四 服务县区:罗湖 服务县区:盐田",
    );
}

#[test]
fn several_persons_in_one_cell() {
    check(
        "专家.xlsx",
        &simple(&[&["姓名", "工作单位"], &["张三\n李四", "某大学"], &["张伟、李娜", "某厂"], &["大卫·哈雷尔", "某所"]]),
        "专家.xlsx › 名单!A2「姓名」：「张三；李四」，一格里像是有几个人，请每人一行；若是一个人的名字，请用「·」连接\n\
         专家.xlsx › 名单!A3「姓名」：「张伟、李娜」，一格里像是有几个人，请每人一行；若是一个人的名字，请用「·」连接\n\
         = 大卫·哈雷尔 类型:专家 工作单位:某所",
    );
}

#[test]
fn not_stated_in_many_words() {
    check("t.csv", "姓名,工作单位,专业,籍贯,当选年份\n张三,/,无,——,不详\n".as_bytes(), "= 张三 类型:专家");
}
