//! What can be asked of the command, in either language.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::speech::pick;

fn template() -> &'static str {
    pick("{about}\n\n用法：{usage}\n\n{all-args}", "{about}\n\nUsage: {usage}\n\n{all-args}")
}

fn options() -> &'static str {
    pick("选项", "Options")
}

fn files() -> &'static str {
    pick("参数", "Arguments")
}

/// The whole call.
#[derive(Debug, Parser)]
#[command(
    name = "expert-search",
    version,
    about = pick("由表格生成可放在网站上的专家搜索", "Makes an expert search for a website from tables"),
    long_about = None,
    disable_help_subcommand = true,
    help_template = template(),
    subcommand_help_heading = pick("命令", "Commands"),
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_value_name = pick("命令", "COMMAND"),
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[arg(short, long, global = true, action = ArgAction::Help, help = pick("显示用法", "Show usage"), help_heading = options())]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = pick("显示版本", "Show the version"), help_heading = options())]
    version: Option<bool>,
    /// Read before anything else by [`crate::speech::settle`].
    #[arg(long, global = true, value_name = "zh|en", value_parser = ["zh", "en"], hide_possible_values = true,
        help = pick("用中文或英文显示（默认按系统语言）", "Speak Chinese or English (as the system does by default)"), help_heading = options())]
    lang: Option<String>,
}

/// Which tables to read, and the settings.
#[derive(Debug, Args)]
pub struct Tables {
    /// The tables; those of the configuration when there are none.
    #[arg(value_name = pick("表格", "TABLE"), help_heading = files(),
        help = pick("表格文件：XLSX、XLS、XLSB、ODS、CSV、TSV、JSON；不写就用配置文件里的",
            "Tables: XLSX, XLS, XLSB, ODS, CSV, TSV, JSON; those of the configuration when none is given"))]
    pub files: Vec<PathBuf>,
    /// The configuration.
    #[arg(long, env = "EXPERT_SEARCH_CONFIG", hide_env = true, value_name = pick("文件", "FILE"), help_heading = options(),
        help = pick("配置文件（默认用当前文件夹的 专家搜索.toml 或 expert-search.toml）",
            "Configuration (专家搜索.toml or expert-search.toml in the current folder by default)"))]
    pub config: Option<PathBuf>,
}

/// What to build, and where.
#[derive(Debug, Args)]
pub struct Target {
    #[command(flatten)]
    pub tables: Tables,
    /// The folder to write.
    #[arg(short, long = "output", env = "EXPERT_SEARCH_OUTPUT", hide_env = true, value_name = pick("文件夹", "FOLDER"), help_heading = options(),
        help = pick("输出文件夹；已有的同类文件夹会整个换成新的", "Folder to write; one that was built before is replaced whole"))]
    pub output: Option<PathBuf>,
    /// Whether static pages are written too.
    #[arg(long, help_heading = options(),
        help = pick("另写出可被搜索引擎收录的静态网页", "Write static pages too, for search engines"))]
    pub pages: bool,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a browser.
    Html,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(help_template = template(), about = pick("写出一个表格模板和一个配置文件", "Write a template of the tables and a configuration"))]
    Init {
        #[arg(default_value = ".", hide_default_value = true, value_name = pick("文件夹", "FOLDER"), help_heading = files(),
            help = pick("写到哪个文件夹（默认当前文件夹）", "Where to (the current folder by default)"))]
        folder: PathBuf,
    },
    #[command(help_template = template(), about = pick("只检查表格，列出全部问题，不写网站文件", "Only check the tables and list everything at once"))]
    Check {
        #[command(flatten)]
        tables: Tables,
        #[arg(long, value_enum, default_value = "text", hide_default_value = true, hide_possible_values = true, value_name = "text|json|html",
            help_heading = options(), help = pick("报告的格式（默认 text）", "Format of the report (text by default)"))]
        format: Format,
        #[arg(short, long = "output", value_name = pick("文件", "FILE"), help_heading = options(),
            help = pick("报告写到文件里，而不是屏幕上", "Write the report into a file"))]
        output: Option<PathBuf>,
        #[arg(long, value_name = pick("文件", "FILE.xlsx"), help_heading = options(),
            help = pick("另写一份标出问题的工作簿（.xlsx）", "Write a copy of the tables with the problems marked (.xlsx)"))]
        marked: Option<PathBuf>,
    },
    #[command(help_template = template(), about = pick("读取表格，写出可原样上传到网站的文件夹", "Read the tables and write a folder to upload as it is"))]
    Build {
        #[command(flatten)]
        target: Target,
        #[arg(long, help_heading = options(), help = pick("表格一改就重新生成，直到按 Ctrl+C", "Build again whenever a table changes, until Ctrl+C"))]
        watch: bool,
    },
    #[command(help_template = template(), about = pick("生成并在本机预览；表格一改，网页就更新", "Build and show it on this machine; the page follows the tables"))]
    Serve {
        #[command(flatten)]
        target: Target,
        #[arg(long, default_value_t = 8000, hide_default_value = true, value_name = pick("端口", "PORT"), help_heading = options(),
            help = pick("端口（默认 8000；0 为任意空闲端口）", "Port (8000 by default; 0 for any that is free)"))]
        port: u16,
    },
    #[command(help_template = template(), about = pick("在生成的文件夹里搜索，每行一个词；不写词就从标准输入读取", "Search a built folder, a query a line; from standard input when none is given"))]
    Query {
        #[arg(value_name = pick("文件夹", "FOLDER"), help_heading = files(), help = pick("build 写出的文件夹", "A folder that build has written"))]
        folder: PathBuf,
        #[arg(value_name = pick("词", "QUERY"), help_heading = files(), help = pick("要搜索的词", "What to search for"))]
        queries: Vec<String>,
        #[arg(long, default_value_t = 10, value_name = pick("条数", "NUMBER"), hide_default_value = true, help_heading = options(),
            help = pick("每个词最多显示几条", "How many hits of each query are shown at most"))]
        limit: usize,
        #[arg(long, help_heading = options(), help = pick("每个词输出一行 JSON，供程序使用", "A line of JSON for each query"))]
        json: bool,
    },
    #[command(help_template = template(), about = pick("说明搜索结果为什么这样排列", "Explain why the hits of a search stand as they do"))]
    Explain {
        #[arg(value_name = pick("文件夹", "FOLDER"), help_heading = files(), help = pick("build 写出的文件夹", "A folder that build has written"))]
        folder: PathBuf,
        #[arg(value_name = pick("词", "QUERY"), help_heading = files(), help = pick("要搜索的词", "What to search for"))]
        query: String,
        #[arg(long, default_value_t = 10, value_name = pick("条数", "NUMBER"), hide_default_value = true, help_heading = options(),
            help = pick("最多说明几条", "How many hits are explained at most"))]
        limit: usize,
    },
    #[command(help_template = template(), about = pick("比较两份名录：增加、减少、改动了谁", "Compare two directories: who came, who went, what changed"))]
    Diff {
        #[arg(value_name = pick("旧", "OLD"), help_heading = files(), help = pick("旧的文件夹或表格", "The old folder or table"))]
        old: PathBuf,
        #[arg(value_name = pick("新", "NEW"), help_heading = files(), help = pick("新的文件夹或表格", "The new folder or table"))]
        new: PathBuf,
        #[arg(long, env = "EXPERT_SEARCH_CONFIG", hide_env = true, value_name = pick("文件", "FILE"), help_heading = options(),
            help = pick("配置文件，表格照它理解", "Configuration by which tables are understood"))]
        config: Option<PathBuf>,
        #[arg(long, help_heading = options(), help = pick("输出 JSON，供程序使用", "Write JSON"))]
        json: bool,
    },
    #[command(help_template = template(), about = pick("显示生成的索引由哪些部分组成、各占多少字节", "Show what the index of a built folder is made of"))]
    Stats {
        #[arg(value_name = pick("文件夹", "FOLDER"), help_heading = files(), help = pick("build 写出的文件夹", "A folder that build has written"))]
        folder: PathBuf,
        #[arg(long, help_heading = options(), help = pick("输出一行 JSON，供程序使用", "A line of JSON"))]
        json: bool,
    },
    #[command(help_template = template(), about = pick("输出命令补全脚本", "Print a completion script for a shell"))]
    Completions {
        #[arg(value_name = "SHELL", help_heading = files(), help = "bash, zsh, fish, powershell, elvish", hide_possible_values = true)]
        shell: Shell,
    },
    #[command(help_template = template(), about = pick("输出手册页（man）", "Print the manual page, or write all of them into a folder"))]
    Man {
        #[arg(value_name = pick("文件夹", "FOLDER"), help_heading = files(), help = pick("把各命令的手册页写到这里", "Where to write the pages of all commands"))]
        folder: Option<PathBuf>,
    },
}
