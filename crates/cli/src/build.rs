//! `build`: tables → records → index → the folder, with everything said that a maintainer should know.

use std::path::{Path, PathBuf};

use engine::Index;
use engine::words::of_index;
use ingest::double::Layout;

use crate::arguments::Target;
use crate::config::Config;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::report;
use crate::site::{self, Content, DETAILS, FOLDERS, LARGE, OBSOLETE, PAGES, WIDGET, Written};
use crate::speech::{size, tell};
use crate::tables::{Progress, Tables, chosen};
use crate::{pack, pages};

/// What is built, and where: a call joined with its configuration.
#[derive(Debug)]
pub struct Job {
    /// The tables.
    pub tables: Vec<PathBuf>,
    /// The folder.
    pub output: PathBuf,
    /// Whether static pages are written.
    pub pages: bool,
    /// The rest.
    pub config: Config,
}

impl Job {
    /// What the call says comes before what the configuration says.
    pub fn new(target: &Target, config: Config) -> Result<Job, Failure> {
        let tables = chosen(&target.tables.files, &config.tables)?;
        let output = target.output.clone().or_else(|| config.output.clone()).ok_or_else(|| {
            Failure::Usage(tell!(
                "没有说明写到哪个文件夹；请用 -o 指定，或写在配置文件里",
                "no output folder is named; name it by -o, or in the configuration"
            ))
        })?;
        Ok(Job { tables, output, pages: target.pages || config.pages, config })
    }

    /// Reads the tables and replaces the folder.
    pub fn run(&self) -> Result<(), Failure> {
        let folder = Folder::open(&self.output)?;
        let tables = Tables::read(&self.tables)?;
        let progress = Progress::new(self.tables.len());
        let (directory, mut problems) = tables.examine(&self.config.settings, &progress);
        let own = Tables::read(self.config.words.as_slice())?.leads(&mut problems);
        drop(tables);
        if !problems.is_empty() {
            return Err(Failure::Tables(problems));
        }
        progress.step(tell!("编制索引", "making the index"));
        let index = if directory.records.len() < LARGE {
            engine::index::write(&directory.records).map(Written::Whole)
        } else {
            engine::index::write_parts(&directory.records).map(Written::Parts)
        };
        let index = index.map_err(Failure::Records)?;
        progress.step(tell!("写出", "writing"));
        let pages = match self.pages {
            true => pages::render(&directory, self.config.title.as_deref(), self.config.address.as_deref()),
            false => Vec::new(),
        };
        let whole = opened(&index);
        let (index, tables, words) = std::thread::scope(|scope| {
            let words = scope.spawn(|| pack::tighter_words(ingest::vocabulary(&whole, &own)));
            let tables = scope.spawn(|| pack::tighter_tables(ingest::tables()));
            let finished = "packing does not panic";
            let (index, words) = match index {
                Written::Whole(index) => {
                    let index = pack::tighter_index(index);
                    // The words name the index as it travels.
                    let words = of_index(&words.join().expect(finished), &index).expect("we wrote both");
                    (Written::Whole(index), words)
                }
                // Too large to be worth it, and each is known to the others by its checksum.
                Written::Parts(parts) => (Written::Parts(parts), words.join().expect(finished)),
            };
            (index, tables.join().expect(finished), words)
        });
        let double = self.config.double_pinyin.map(Layout::list);
        let content = Content { index, tables, words, double, records: directory.records.len(), pages };
        let files = site::files(content, WIDGET, folder.manifest().as_ref(), &folder.earlier());
        folder.replace(&files)?;
        drop(progress);
        report::lines(&directory).iter().for_each(|line| eprintln!("{line}"));
        summary(&self.output, &files);
        if self.pages && self.config.address.is_none() {
            eprintln!(
                "{}",
                tell!(
                    "静态网页没有站点地图：请在配置里写上 address（文件夹放在网站上的地址）。",
                    "The pages have no sitemap: say in the configuration at which address the folder will stand."
                )
            );
        }
        Ok(())
    }
}

/// A directory that was just written, whole.
fn opened(index: &Written) -> Index {
    let opened = match index {
        Written::Whole(bytes) => Index::read(bytes),
        Written::Parts(parts) => Index::read(&parts.names).and_then(|mut index| {
            index.add_values(&parts.values)?;
            Ok(index)
        }),
    };
    opened.expect("the engine opens what it wrote")
}

/// As many obsolete files as somebody deletes by hand.
const MOST_OBSOLETE: usize = 20;

fn summary(output: &Path, files: &[(String, Vec<u8>)]) {
    let bytes = |files: &mut dyn Iterator<Item = &(String, Vec<u8>)>| size(files.map(|(_, bytes)| bytes.len()).sum());
    let (folder, count, total) = (output.display(), files.len(), bytes(&mut files.iter()));
    eprintln!("{}", tell!("已写出 {folder}（{count} 个文件，{total}）：", "wrote {folder} ({count} files, {total}):"));
    let is_within = |file: &&(String, Vec<u8>)| FOLDERS.iter().any(|folder| file.0.starts_with(folder));
    for (name, bytes) in files.iter().filter(|file| !is_within(file)) {
        eprintln!("  {name}  {}", size(bytes.len()));
    }
    for folder in FOLDERS {
        let within: Vec<&(String, Vec<u8>)> = files.iter().filter(|(name, _)| name.starts_with(folder)).collect();
        let (n, total) = (within.len(), bytes(&mut within.into_iter()));
        match folder {
            PAGES if n > 0 => eprintln!("{}", tell!("  {PAGES}  {n} 个网页，{total}", "  {PAGES}  {n} pages, {total}")),
            DETAILS if n > 0 => {
                eprintln!("{}", tell!("  {DETAILS}  {n} 个文件，{total}", "  {DETAILS}  {n} files, {total}"))
            }
            _ => {}
        }
    }
    if let Some((_, list)) = files.iter().find(|(name, _)| name == OBSOLETE) {
        let list = String::from_utf8_lossy(list);
        let n = list.lines().count();
        eprintln!(
            "{}",
            tell!(
                "上传后请从网站上删除这 {n} 个旧文件（名单也在 {OBSOLETE} 里）：",
                "After uploading, delete these {n} old files from the host (they are listed in {OBSOLETE} too):"
            )
        );
        list.lines().take(MOST_OBSOLETE).for_each(|name| eprintln!("  {name}"));
        if n > MOST_OBSOLETE {
            eprintln!("  ……");
        }
    }
    if WIDGET.is_none() {
        eprintln!(
            "{}",
            tell!(
                "注意：这个 expert-search 编译时没有带上网页部件，只写出了索引、字表和清单，还不能放到网站上；完整的程序由 cargo xtask dist 生成。",
                "Note: this expert-search was compiled without the widget and wrote only data; cargo xtask dist makes the whole program."
            )
        );
    }
}
