//! `build --pages`, `init`, `diff`, `serve`, `completions` and `man`, as a maintainer uses them.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use support::Desk;

const PEOPLE: &str = "编号,姓名,别名,工作单位,称号,链接,照片,简介\n\
    a1,袁隆平,,湖南杂交水稻研究中心,中国工程院院士,https://example.cn/?a=1&b=2,photos/a1.jpg,</script><script>alert(1)</script>\n\
    a2,单忠德,Shan Zhongde,\"A & \"\"B\"\" 'C' <d>\",中国工程院院士,,,\nA3,Zoë Smith,,,专家,,,\n";
const STATIONS: &str = "编号,名称,省份,进站专家\nw1,甲站,湖南,袁隆平\n";
const CONFIG: &str = "tables = [\"人.csv\", \"站.csv\"]\noutput = \"站点\"\npages = true\ntitle = \"某<科协>\"\naddress = \"https://www.example.cn/experts\"\n";

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("人.csv", PEOPLE);
    desk.write("站.csv", STATIONS);
    desk.write("专家搜索.toml", CONFIG);
    desk
}

/// The structured data of a page.
fn data(html: &str) -> serde_json::Value {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").expect("a data block");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn pages_that_search_engines_read() {
    let desk = desk("pages");
    let run = desk.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let read =
        |name: &str| fs::read_to_string(desk.path(&format!("站点/{name}"))).unwrap_or_else(|e| panic!("{name}: {e}"));
    let names = desk.names("站点/pages");
    let lists: Vec<&String> = names.iter().filter(|name| name.starts_with("pinyin-")).collect();
    assert_eq!(lists, ["pinyin-j.html", "pinyin-s.html", "pinyin-y.html", "pinyin-z.html"]);

    let page = read("pages/e-a1.html");
    for part in [
        "<title>袁隆平 - 院士 - 某&lt;科协&gt;</title>",
        "<link rel=\"canonical\" href=\"https://www.example.cn/experts/pages/e-a1.html\">",
        "<h1>袁隆平</h1>",
        "<dt>工作单位</dt><dd>湖南杂交水稻研究中心</dd>",
        "<a href=\"https://example.cn/?a=1&amp;b=2\" rel=\"noopener\">",
        "<img src=\"../photos/a1.jpg\" alt=\"袁隆平\">",
        "<a href=\"e-w1.html\">甲站</a>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert_eq!(page.matches("<script").count(), 1, "only the data block: {page}");
    let about = &data(&page)["mainEntity"];
    assert_eq!((&data(&page)["@type"], &about["@type"]), (&"ProfilePage".into(), &"Person".into()));
    assert_eq!(about["description"][0], "</script><script>alert(1)</script>");
    assert_eq!(about["affiliation"][0]["name"], "湖南杂交水稻研究中心");
    assert_eq!(about["memberOf"][0]["url"], "https://www.example.cn/experts/pages/e-w1.html");
    assert!(read("pages/e-a2.html").contains("<dd>A &amp; &quot;B&quot; &#39;C&#39; &lt;d&gt;</dd>"));
    assert_eq!(data(&read("pages/e-w1.html"))["mainEntity"]["member"][0]["name"], "袁隆平");
    assert_eq!(names.iter().filter(|name| name.starts_with("x-")).count(), 1, "an id that fits no address: {names:?}");
    assert_eq!(data(&read("pages/pinyin-y.html"))["mainEntity"]["numberOfItems"], 1);

    let sitemap = read("sitemap.xml");
    assert_eq!(
        sitemap.matches("<loc>https://www.example.cn/experts/pages/").count(),
        names.len() - 2,
        "all but style and fragment"
    );
    let fallback = read("pages/fallback.html");
    assert!(fallback.starts_with("<nav>") && fallback.contains("https://www.example.cn/experts/pages/pinyin-s.html"));
}

#[test]
fn every_link_of_a_page_leads_to_a_page() {
    let desk = desk("links");
    assert_eq!(desk.run(&["build"]).status, 0);
    let names = desk.names("站点/pages");
    let mut links = 0;
    for name in names.iter().filter(|name| name.ends_with(".html") && *name != "fallback.html") {
        let html = fs::read_to_string(desk.path(&format!("站点/pages/{name}"))).unwrap();
        for target in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(target.contains("://") || names.contains(&target.to_owned()), "{name} leads to {target}");
            links += 1;
        }
    }
    assert!(links > 20, "{links}");
}

#[test]
fn the_pages_of_the_removed_are_named_for_deletion() {
    let desk = desk("removed");
    assert_eq!(desk.run(&["build"]).status, 0);
    let before = desk.files("站点/pages");
    assert_eq!(desk.run(&["build"]).status, 0);
    assert_eq!(desk.files("站点/pages"), before, "the same tables give the same pages");
    assert!(!desk.path("站点/obsolete.txt").exists());

    desk.write("专家搜索.toml", &[CONFIG, "[[removed]]\nname = \"袁隆平\"\n"].concat());
    let run = desk.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let obsolete = fs::read_to_string(desk.path("站点/obsolete.txt")).unwrap();
    assert!(obsolete.contains("pages/e-a1.html\n") && obsolete.contains("pages/pinyin-y.html\n"), "{obsolete}");
    assert!(run.err.contains("  pages/e-a1.html\n"), "{}", run.err);
    for (name, bytes) in desk.files("站点").into_iter().chain(desk.files("站点/pages")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("袁隆平"), "{name}");
    }
    assert_eq!(desk.run(&["build"]).status, 0);
    assert_eq!(fs::read_to_string(desk.path("站点/obsolete.txt")).unwrap(), obsolete, "until it is back");

    let foreign = desk.path("站点/pages/photo.jpg");
    fs::write(&foreign, "picture").unwrap();
    let run = desk.run(&["build"]);
    assert_eq!(run.status, 3);
    assert!(run.err.contains("pages/photo.jpg") && foreign.exists(), "{}", run.err);
}

#[test]
fn a_new_folder_from_template_to_site() {
    let desk = Desk::new("init");
    let run = desk.run(&["init", "新"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.out.contains("在 新/专家.xlsx 里填好，进入这个文件夹（cd 新），运行 expert-search check"),
        "{}",
        run.out
    );
    assert!(desk.run(&["init", "又 新"]).out.contains("（cd \"又 新\"）"));
    assert_eq!(desk.names("新"), ["专家.xlsx", "专家搜索.toml"]);
    let run = desk.run(&["check", "--config", "新/专家搜索.toml"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("新/专家.xlsx：只有表头，请至少填写一行。"), "{}", run.out);
    let run = desk.run(&["init", "新"]);
    assert_eq!(run.status, 3);
    assert!(run.err.contains("已有 专家.xlsx，没有改动"), "{}", run.err);
    let run = desk.run(&["init"]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("在 专家.xlsx 里填好，运行 expert-search check"), "{}", run.out);
    assert_eq!(desk.names("."), ["专家.xlsx", "专家搜索.toml", "又 新", "新"]);
}

#[test]
fn flags_come_before_variables_and_these_before_the_configuration() {
    let desk = desk("precedence");
    for (variable, arguments, folder) in [
        (None, &["build"][..], "站点"),
        (Some("变量"), &["build"], "变量"),
        (Some("变量二"), &["build", "-o", "选项"], "选项"),
    ] {
        let run = desk.run_with("EXPERT_SEARCH_OUTPUT", variable, arguments);
        assert_eq!(run.status, 0, "{}", run.err);
        assert!(desk.path(folder).join("experts.json").exists(), "{folder}");
    }
    assert!(!desk.path("变量二").exists());
    desk.write("专家搜索.toml", "tables = [\"人.csv\"]\noutput = 5\n");
    let run = desk.run(&["build"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("专家搜索.toml：第 2 行「output = 5」有错"), "{}", run.err);
    desk.write("expert-search.toml", "");
    assert!(desk.run(&["build"]).err.contains("有两个配置文件"));
}

#[test]
fn differences_between_folders_and_tables() {
    let desk = Desk::new("diff");
    desk.write("old.csv", "编号,姓名,工作单位\na1,甲,X\na2,乙,X\n");
    desk.write("new.csv", "编号,姓名,工作单位\na2,乙,Y\na3,丙,X\n");
    assert_eq!(desk.run(&["build", "old.csv", "-o", "old"]).status, 0);
    let expected = "增加 1 行，减少 1 行，改动 1 行\n+ a3 丙 专家\n- a1 甲 专家\n~ a2 乙：工作单位 X → Y\n";
    for old in ["old", "old.csv"] {
        let run = desk.run(&["diff", old, "new.csv"]);
        assert_eq!((run.status, run.out.as_str()), (0, expected), "{}", run.err);
    }
    assert_eq!(
        desk.run(&["diff", "old", "new.csv", "--json"]).out,
        "{\"added\":[{\"id\":\"a3\",\"name\":\"丙\",\"type\":\"专家\"}],\"removed\":[{\"id\":\"a1\",\"name\":\"甲\",\"type\":\"专家\"}],\
         \"changed\":[{\"id\":\"a2\",\"name\":\"乙\",\"cells\":[[\"工作单位\",\"X\",\"Y\"]]}],\"types\":{\"专家\":[2,2]}}\n"
    );
    assert_eq!(desk.run(&["diff", "old", "old"]).out, "增加 0 行，减少 0 行，改动 0 行\n");
    desk.write("without.toml", "[columns]\n\"工作单位\" = \"忽略\"\n");
    desk.write("z.csv", "编号,姓名,工作单位\na1,甲,Z\na2,乙,Z\n");
    let same = "增加 0 行，减少 0 行，改动 0 行\n";
    assert_eq!(desk.run(&["diff", "old.csv", "z.csv", "--config", "without.toml"]).out, same);
    assert_eq!(desk.run_with("EXPERT_SEARCH_CONFIG", Some("without.toml"), &["diff", "old.csv", "z.csv"]).out, same);
    assert_eq!(desk.run(&["diff", "old", "missing.csv"]).status, 3);
}

/// What a browser would get.
fn get(port: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_preview_that_follows_the_tables() {
    let desk = desk("serve");
    let mut child = desk.start(&["serve", "--port", "0"]);
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();

    let page = get(&port, "/pages/e-a1.html");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Content-Type: text/html; charset=utf-8"), "{page}");
    assert!(
        page.contains("<h1>袁隆平</h1>") && page.contains("<script src=\"/-/follow.js\" defer></script>"),
        "{page}"
    );
    assert!(get(&port, "/-/follow.js").contains("location.reload()"));
    assert!(get(&port, "/../expert-search.toml").starts_with("HTTP/1.1 404"));
    assert!(get(&port, "/-/version").ends_with("\r\n0"), "{}", get(&port, "/-/version"));

    desk.write("站.csv", "编号,名称\nw9,新的站\n");
    let is_new = || get(&port, "/pages/e-w9.html").contains("新的站") && get(&port, "/-/version").ends_with("\r\n1");
    let came = (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        is_new()
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(came, "the page follows the table");
}

#[test]
fn a_port_that_is_taken() {
    let desk = desk("taken");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = desk.run(&["serve", "--port", &port]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    let says = format!("端口 {port} 用不了：已被别的程序占用。请用 --port 另选一个，如 --port ");
    assert!(run.err.starts_with(&says) && !run.err.contains("os error"), "{}", run.err);
}

#[test]
fn completions_and_manual_pages() {
    let desk = Desk::new("manual");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = desk.run(&["completions", shell]);
        assert_eq!(run.status, 0);
        assert!(run.out.contains("expert-search") && run.out.contains("check"), "{shell}");
    }
    let run = desk.run(&["man"]);
    assert!(run.out.contains(".TH expert-search 1") && run.out.contains("build"), "{}", run.out);
    assert_eq!(desk.run(&["man", "man"]).status, 0);
    assert!(desk.names("man").contains(&"expert-search-build.1".to_owned()));
}
