//! `expert-search build`: what it writes, what it says, and that a folder is replaced whole or not at all.

mod support;

use std::fs;

use support::Desk;

const GOOD: &str = "编号,姓名,称号,工作单位\na1,袁隆平,中国工程院院士,湖南杂交水稻研究中心\n";
const OTHER: &str = "编号,姓名,称号,工作单位\na2,钟南山,中国工程院院士,广州医科大学\n";

fn sample() -> Vec<String> {
    let path = |name: &str| [env!("CARGO_MANIFEST_DIR"), "/../../data/", name].concat();
    ["academicians.csv", "chief-experts.csv", "workstations.csv"].map(path).to_vec()
}

#[test]
fn the_sample_directory() {
    let desk = Desk::new("the_sample_directory");
    let sample = sample();
    let [a, b, c] = sample.iter().map(String::as_str).collect::<Vec<_>>()[..] else { panic!("three tables") };
    let run = desk.run(&["build", a, b, c, "-o", "site"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(run.err.contains("共 2587 条：院士 2535，首席科普专家 28，科技小院 6"), "{}", run.err);
    assert!(run.err.contains("可能是同一人（24 处）"), "{}", run.err);

    let manifest = fs::read_to_string(desk.path("site/experts.json")).unwrap();
    let [index, tables, words] = ["index-", "tables-", "words-"]
        .map(|start| desk.names("site").into_iter().find(|name| name.starts_with(start)).expect(start));
    let expected =
        format!("\"index\":\"{index}\",\"tables\":\"{tables}\",\"words\":\"{words}\",\"records\":2587,\"obsolete\":[]");
    assert!(manifest.contains(&expected), "{manifest}");
    let bytes = fs::read(desk.path(&format!("site/{tables}"))).unwrap();
    assert_eq!(engine::Tables::read(&bytes).unwrap().simplified('鍾'), '钟');

    let turned = desk.run(&["build", c, a, b, "-o", "again"]);
    assert_eq!(turned.status, 0, "{}", turned.err);
    assert_eq!(desk.files("site"), desk.files("again"), "the order of files shows");
}

#[test]
fn all_problems_at_once_and_nothing_written() {
    let desk = Desk::new("all_problems");
    desk.write("good.csv", GOOD);
    desk.write("a.csv", "编号,姓名,工作单位\na1,张三,北京大学 13812345678\na2,李四\n");
    desk.write("b.csv", "编号,姓名,工作单位\na1,王五,清华大学\n");
    assert_eq!(desk.run(&["build", "good.csv", "-o", "site"]).status, 0);
    let before = desk.files("site");

    let run = desk.run(&["build", "a.csv", "b.csv", "-o", "site"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert_eq!(
        run.err,
        "a.csv 第 2 行「工作单位」（C2）：出现手机号 138…（已隐去），请删去后重试。\n\
         a.csv 第 3 行：有 2 格，表头有 3 格，请检查是否多了或少了逗号、引号。\n\
         b.csv 第 2 行：编号「a1」与 a.csv 第 2 行 重复，每行的编号应不同；同一人的几行请用「人员编号」。\n\
         共 3 处问题，没有写出任何文件。\n"
    );
    assert_eq!(desk.files("site"), before);
    assert_eq!(desk.names("."), ["a.csv", "b.csv", "good.csv", "site"]);
    assert_eq!(desk.run(&["build", "a.csv", "-o", "fresh"]).status, 1);
    assert!(!desk.path("fresh").exists());
}

#[test]
fn unknown_columns_are_listed() {
    let desk = Desk::new("unknown_columns");
    desk.write("t.csv", "姓名,性别,工作单位\n张三,男,北京大学\n");
    let run = desk.run(&["build", "t.csv", "-o", "site"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("t.csv「性别」（B 列）：不认识的列，未收入（有内容的 1 格）"), "{}", run.err);
}

#[test]
fn own_words_lead_to_those_of_the_directory() {
    let desk = Desk::new("own-words");
    desk.write("t.csv", "编号,姓名,称号,专业领域\na1,张三,中国工程院院士,虚构学\n");
    desk.write("专家搜索.toml", "tables = [\"t.csv\"]\noutput = \"site\"\nwords = \"近义词.csv\"\n");
    desk.write("近义词.csv", "编故事,虚构学\n");
    assert_eq!(desk.run(&["build"]).status, 0);
    let run = desk.run(&["query", "site", "编故事", "--json"]);
    assert!(run.out.contains("\"how\":\"synonym\""), "{}", run.out);

    desk.write("近义词.csv", "编故事\n");
    let run = desk.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("近义词.csv") && run.err.contains("应是两列"), "{}", run.err);
}

#[test]
fn a_folder_is_replaced_whole() {
    let desk = Desk::new("replaced_whole");
    desk.write("one.csv", GOOD);
    desk.write("two.csv", OTHER);
    assert_eq!(desk.run(&["build", "one.csv", "-o", "site"]).status, 0);
    let first = desk.names("site");
    assert_eq!(desk.run(&["build", "one.csv", "-o", "site"]).status, 0);
    assert_eq!(desk.names("site"), first, "the same tables give the same folder");
    desk.write("site/.DS_Store", "");

    assert_eq!(desk.run(&["build", "two.csv", "-o", "site/"]).status, 0);
    let named = |names: &[String], start| names.iter().find(|name| name.starts_with(start)).unwrap().clone();
    let (index, words) = (|names: &[String]| named(names, "index-"), |names: &[String]| named(names, "words-"));
    let second = desk.names("site");
    assert_eq!(second.len(), first.len() + 1, "{second:?}");
    assert_ne!(index(&second), index(&first));
    let obsolete = fs::read_to_string(desk.path("site/obsolete.txt")).unwrap();
    assert!(obsolete.lines().eq([index(&first), words(&first)]), "{obsolete}");
    let manifest = fs::read_to_string(desk.path("site/experts.json")).unwrap();
    assert!(manifest.contains(&format!("\"obsolete\":[\"{}\",\"{}\"]", index(&first), words(&first))), "{manifest}");
    assert_eq!(desk.names("."), ["one.csv", "site", "two.csv"]);
}

/// Every state in which a build can be killed, and what stands after the next one, whether that succeeds or not.
#[test]
fn a_killed_build_is_mended_by_the_next() {
    let desk = Desk::new("killed");
    desk.write("one.csv", GOOD);
    desk.write("two.csv", OTHER);
    desk.write("bad.csv", "姓名\n");
    for (killed, prepare) in [
        ("while writing", (|desk| desk.write(".site.new/expert-search.js", "half of")) as fn(&Desk)),
        ("between the renames", |desk| {
            fs::rename(desk.path("site"), desk.path(".site.old")).unwrap();
            desk.write(".site.new/experts.json", "{}");
        }),
        ("before the last deletion", |desk| desk.write(".site.old/experts.json", "{}")),
    ] {
        for (table, status) in [("bad.csv", 1), ("two.csv", 0)] {
            let _ = fs::remove_dir_all(desk.path("site"));
            assert_eq!(desk.run(&["build", "one.csv", "-o", "site"]).status, 0);
            let before = desk.files("site");
            prepare(&desk);
            let run = desk.run(&["build", table, "-o", "site"]);
            assert_eq!(run.status, status, "{killed}: {}", run.err);
            assert_eq!(desk.files("site") == before, status == 1, "{killed}, {table}");
            let names = desk.names("site").into_iter().filter(|name| name != "obsolete.txt");
            assert_eq!(names.count(), before.len(), "{killed}, {table}");
            assert_eq!(desk.names("."), ["bad.csv", "one.csv", "site", "two.csv"], "{killed}, {table}");
        }
    }
}

/// Killed for real, at many moments of a build that writes thousands of files: the folder is the old one or the new one.
#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_folder() {
    let desk = Desk::new("killed_anywhere");
    let rows = fs::read_to_string(&sample()[0]).unwrap();
    let table = |count: usize| rows.lines().take(count + 1).collect::<Vec<_>>().join("\n");
    desk.write("bad.csv", "姓名\n");
    desk.write("old.csv", &table(20));
    desk.write("new.csv", &table(1000));
    let old = ["build", "old.csv", "-o", "site", "--pages"];
    let new = ["build", "new.csv", "-o", "site", "--pages"];
    let pages = |arguments: &[&str]| {
        assert_eq!(desk.run(arguments).status, 0);
        desk.files("site/pages")
    };
    let before = pages(&old);
    let begin = std::time::Instant::now();
    let after = pages(&new);
    let length = begin.elapsed();
    let (mut kept, mut replaced) = (0, 0);
    for moment in [1, 2, 3, 4, 5, 16] {
        assert_eq!(pages(&old), before);
        let mut child = desk.start(&new);
        std::thread::sleep(length * moment / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        // The next run mends what the killed one left, although it writes nothing itself.
        assert_eq!(desk.run(&["build", "bad.csv", "-o", "site"]).status, 1);
        assert_eq!(desk.names("."), ["bad.csv", "new.csv", "old.csv", "site"], "moment {moment}");
        let found = desk.files("site/pages");
        assert!(found == before || found == after, "moment {moment}");
        assert_eq!(desk.run(&["query", "site", "艾国祥"]).status, 0, "moment {moment}");
        kept += usize::from(found == before);
        replaced += usize::from(found == after);
    }
    assert!(kept > 0 && replaced > 0, "some were killed before the end, some came to it");
}

/// The system refuses to write more than a little into a file, as it does on a full disk.
#[cfg(unix)]
#[test]
fn a_build_that_cannot_be_written_leaves_the_old_folder() {
    let desk = Desk::new("full_disk");
    desk.write("one.csv", GOOD);
    assert_eq!(desk.run(&["build", "one.csv", "-o", "site"]).status, 0);
    let before = desk.files("site");
    let command = "trap '' XFSZ; ulimit -f 16; exec \"$0\" build \"$1\" -o site --pages";
    let run = std::process::Command::new("sh")
        .args(["-c", command, env!("CARGO_BIN_EXE_expert-search"), &sample()[0]])
        .current_dir(desk.path("."))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(3), "{said}");
    assert!(said.contains(".site.new") && said.contains("磁盘放不下这么大的文件"), "{said}");
    assert_eq!(desk.files("site"), before);
    assert_eq!(desk.names("."), ["one.csv", "site"]);
}

#[test]
fn what_no_build_has_written_is_never_replaced() {
    let desk = Desk::new("foreign");
    desk.write("t.csv", GOOD);
    desk.write("photos/a.jpg", "picture");
    desk.write("stale/index.html", "somebody's page");
    desk.write("file", "");
    fs::create_dir(desk.path("empty")).unwrap();
    for (folder, status, says) in [
        ("photos", 3, "photos：里面有不是本程序写的文件（a.jpg），为免误删没有改动；请移走，或用 -o 另选文件夹。"),
        ("stale", 3, "stale：不是空的，也没有本程序写的 experts.json，为免误删没有改动；请用 -o 另选文件夹。"),
        ("file", 3, "这是文件，需要文件夹"),
        ("empty", 0, "已写出 empty"),
        ("new/and/deep", 0, "已写出 new/and/deep"),
    ] {
        let run = desk.run(&["build", "t.csv", "-o", folder]);
        assert_eq!(run.status, status, "{folder}: {}", run.err);
        assert!(run.err.contains(says), "{folder}: {}", run.err);
    }
    assert_eq!(desk.files("photos"), [(String::from("a.jpg"), b"picture".to_vec())]);
    assert_eq!(desk.files("stale"), [(String::from("index.html"), b"somebody's page".to_vec())]);

    desk.write("empty/photos/a.jpg", "picture");
    let run = desk.run(&["build", "t.csv", "-o", "empty"]);
    assert_eq!(run.status, 3, "{}", run.err);
    assert!(desk.path("empty/photos/a.jpg").exists());
}

#[test]
fn wrong_calls_are_said_in_chinese() {
    let desk = Desk::new("wrong_calls");
    for (arguments, status, says) in [
        (&["build"][..], 2, "没有说明读哪些表格；请写在命令里，或先运行 expert-search init 生成模板和配置文件。\n"),
        (&["build", "t.csv"], 2, "没有说明写到哪个文件夹；请用 -o 指定，或写在配置文件里。\n"),
        (&["query"], 2, "缺少 <文件夹>。用法见 expert-search --help。\n"),
        (&["build", "t.csv", "-o", "x", "--fast"], 2, "不认识的选项 --fast。用法见 expert-search --help。\n"),
        (&["bild"], 2, "不认识的命令 bild。用法见 expert-search --help。\n"),
        (&["query", "x", "--limit", "many"], 2, "--limit <条数> 的值不对：「many」。用法见 expert-search --help。\n"),
        (&["build", "missing.csv", "-o", "x"], 3, "读取 missing.csv 失败：找不到，请检查路径。\n"),
        (&["build", ".", "-o", "x"], 3, "读取 . 失败：这是文件夹，需要文件。\n"),
    ] {
        let run = desk.run(arguments);
        assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (status, "", says), "{arguments:?}");
    }
    assert_eq!(desk.names("."), [""; 0]);
    for command in [&["--help"][..], &["check", "--help"], &["query", "--help"]] {
        let help = desk.run(command);
        assert_eq!((help.status, help.err.as_str()), (0, ""));
        assert!(help.out.contains("[选项]") && !help.out.contains("OPTIONS"), "{}", help.out);
    }
    let help = desk.run(&["--help"]);
    assert!(help.out.contains("build") && help.out.contains("query") && help.out.contains("stats"), "{}", help.out);
}
