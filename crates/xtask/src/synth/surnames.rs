//! How common surnames are.
//!
//! Source: 公安部户政管理研究中心《二〇二〇年全国姓名报告》(8 February 2021): the order of the hundred most common surnames, the share
//! of the first five (30.8 %) and the people behind each compound surname; and the reports for 2007 and 2019: the shares of
//! the first three (7.25, 7.19, 6.83 %), that ranks 10 and 22 close the ranges above twenty and ten million people, the
//! people behind rank 91 (万, 2.75 million), and the share of the hundred together (85.9 %).

/// The hundred most common surnames in their order.
pub const COMMON: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡余蒋叶于杜苏程魏丁吕卢任\
姚沈钟姜崔谭范陆汪廖石金韦贾夏付方白邹熊孟秦邱江尹薛闫段雷侯龙黎史陶贺毛郝顾龚邵万覃严武钱戴莫孔向常";

/// The share of the hundred together, of ten thousand people.
pub const COMMON_SHARE: f64 = 8590.0;

/// Compound surnames and their share of ten thousand people, 1.4 thousand million in all.
pub const COMPOUND: [(&str, f64); 13] = [
    ("欧阳", 7.94),
    ("上官", 0.63),
    ("皇甫", 0.46),
    ("令狐", 0.39),
    ("诸葛", 0.34),
    ("司徒", 0.34),
    ("司马", 0.16),
    ("申屠", 0.14),
    ("夏侯", 0.08),
    ("贺兰", 0.07),
    ("完颜", 0.04),
    ("慕容", 0.04),
    ("尉迟", 0.03),
];

/// Ranks and their share of ten thousand: 1 to 3 and 91 as published, 5, 10 and 22 within published bounds, 4, 6 and 100 estimated
/// so that the sums come out; those between lie on a line through logarithms.
const ANCHORS: [(f64, f64); 10] = [
    (1.0, 725.0),
    (2.0, 719.0),
    (3.0, 683.0),
    (4.0, 520.0),
    (5.0, 433.0),
    (6.0, 320.0),
    (10.0, 190.0),
    (22.0, 80.0),
    (91.0, 19.6),
    (100.0, 18.5),
];

/// The share of the surname at this rank, 1 to 100, before the hundred are brought to [`COMMON_SHARE`].
pub fn share(rank: usize) -> f64 {
    let rank = rank as f64;
    let upper = ANCHORS.iter().position(|&(at, _)| at >= rank).unwrap_or(ANCHORS.len() - 1).max(1);
    let ((rank0, share0), (rank1, share1)) = (ANCHORS[upper - 1], ANCHORS[upper]);
    share0 * (share1 / share0).powf((rank / rank0).ln() / (rank1 / rank0).ln())
}
