//! What to do about each problem, in either language.

use super::{Kind, Problem};
use crate::{Language, say};

impl Problem {
    /// What was expected or is to be done: `请删去后重试`.
    pub fn advice(&self, language: Language) -> String {
        match &self.kind {
            Kind::Empty => say!(
                language,
                "第一行应是表头，如：编号,姓名,称号,工作单位",
                "its first row should be a heading: 编号,姓名,称号,工作单位"
            ),
            Kind::TooLarge | Kind::Unpacks => say!(
                language,
                "请把数据复制到一个新的工作簿，只留需要的行和列",
                "copy the data into a new workbook, only the rows and columns that matter"
            ),
            Kind::TooWide => say!(
                language,
                "请让每个条目用同样的键，只留需要的",
                "give every entry the same keys, only those that matter"
            ),
            Kind::Password => say!(
                language,
                "请在 Excel 或 WPS 里取消密码，另存后重试",
                "take the password off in Excel or WPS and save it"
            ),
            Kind::Guise(_) | Kind::CutShort | Kind::Damaged(_) => say!(
                language,
                "请用 Excel 或 WPS 打开，另存为 .xlsx 后重试",
                "open it in Excel or WPS and save it as .xlsx"
            ),
            Kind::Encoding { .. } => say!(
                language,
                "请在表格软件里另存为 .xlsx 或「CSV UTF-8（逗号分隔）」后重试",
                "save it as .xlsx or “CSV UTF-8” in your spreadsheet program"
            ),
            Kind::Json { .. } => say!(
                language,
                "请看这一行和上一行：常见的是多余的逗号、缺少引号或括号",
                "look at this line and the one before, for a comma too many, a quotation mark or a bracket missing"
            ),
            Kind::NotEntries | Kind::NotAnEntry => say!(
                language,
                "应是 [{{\"姓名\":\"…\",\"工作单位\":\"…\"}},…]，或每行一个条目",
                "it should be [{{\"姓名\":\"…\",\"工作单位\":\"…\"}},…], or an entry a line"
            ),
            Kind::OnlyHeading => say!(language, "请至少填写一行", "fill in at least one row"),
            Kind::NoTable | Kind::NoNames(_) => {
                say!(language, "第一行应是表头，请补上这一列", "its first row should be a heading; add this column")
            }
            Kind::TwoColumns(_) => {
                say!(language, "请只留一列，或改用别的表头", "keep one of them, or change the heading")
            }
            Kind::SecondHeading => say!(
                language,
                "请把这一行和下面的部分移到另一张工作表（CSV 则另存一个文件）",
                "move it and what is below to another sheet (of a CSV, to another file)"
            ),
            Kind::Ragged { .. } => say!(
                language,
                "请检查是否多了或少了逗号、引号",
                "look for commas and quotation marks too many or too few"
            ),
            Kind::OpenQuote => {
                say!(language, "请检查前面的引号是否没有关上", "look for a quotation mark that is not closed")
            }
            Kind::NoLead(_) => say!(
                language,
                "应是两列：人们输入的词，和名录里的词（几个之间用「、」），每个最长 64 字",
                "it should be two columns: what people type, and the directory's words (with 、 between several), each of 64 characters at most"
            ),
            Kind::NoName => say!(language, "请补上，或删去整行", "fill it in, or delete the row"),
            Kind::SeveralNames(_) => say!(
                language,
                "请每人一行；若是一个人的名字，请用「·」连接",
                "give each a row; if it is the name of one, join it with “·”"
            ),
            Kind::LongName { most, .. } | Kind::LongValue { most, .. } => {
                say!(language, "最长 {most} 字", "there is room for {most}")
            }
            Kind::Personal(_) => say!(language, "请删去后重试", "delete it and try again"),
            Kind::PersonalColumn { .. } => say!(
                language,
                "本列不会收入，请从文件中删去整列后重试，或在配置的 [columns] 里写明「忽略」",
                "the column is not published: delete it from the file, or say “忽略” for it under [columns] in the configuration"
            ),
            Kind::DuplicateId { .. } => say!(
                language,
                "每行的编号应不同；同一人的几行请用「人员编号」",
                "every row needs its own; for rows of one person use “人员编号”"
            ),
            Kind::DuplicateRow { .. } => {
                say!(language, "请删去重复的一行，或给两行都写上编号", "delete one of them, or give both an id")
            }
            Kind::OtherName { .. } => say!(
                language,
                "若是同一人，请在「别名」里写上另一个名字；若不是，请改「人员编号」",
                "if they are one person, write the other name under “别名”; if not, change the “人员编号”"
            ),
            Kind::Weight(_) => say!(
                language,
                "应是 0 或更大的整数，数大的排在前面",
                "it should be a whole number from 0, larger ones stand first"
            ),
            Kind::Pinyin { .. } | Kind::PinyinSetting { .. } => say!(
                language,
                "应是每个汉字一个音节，如 yuan long ping",
                "it should be a syllable for each hanzi, as yuan long ping"
            ),
            Kind::Link(_) => say!(
                language,
                "应以 https:// 或 http:// 开头，且没有空格",
                "it should begin with https:// or http:// and have no blanks"
            ),
            Kind::Photo(_) => say!(
                language,
                "应是本站的路径，如 photos/a1.jpg",
                "it should be a path on the site itself, as photos/a1.jpg"
            ),
            Kind::ErrorValue(_) => {
                say!(language, "请改正公式，或直接填写内容", "correct the formula, or write the value")
            }
            Kind::Formula => say!(
                language,
                "请在 Excel 或 WPS 里打开并保存一次，或直接填写内容",
                "open and save it once in Excel or WPS, or write the value"
            ),
            Kind::Serial { .. } => say!(
                language,
                "请把这一列设为日期或文本格式，写成 2019-03-01 或 2019",
                "format the column as dates or text, and write 2019-03-01 or 2019"
            ),
            Kind::Scientific(_) => say!(
                language,
                "请把这一列设为文本格式，重新填写完整的号码",
                "format the column as text and write the whole number again"
            ),
        }
    }
}
