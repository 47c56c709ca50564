//! The maintainers' command: builds the folder that a website hosts, asks it questions, says what is in it.

mod build;
mod failure;
mod folder;
mod query;
mod site;
mod stats;

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind as UsageKind};
use clap::{Parser, Subcommand};

/// 由表格生成可放在网站上的专家搜索。
#[derive(Debug, Parser)]
#[command(name = "expert-search", version, disable_help_subcommand = true)]
#[command(
    help_template = "{about}\n\n用法：{usage}\n\n{all-args}",
    subcommand_help_heading = "命令",
    next_help_heading = "选项"
)]
#[command(
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_value_name = "命令",
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// 显示用法
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

#[derive(Debug, Subcommand)]
enum Command {
    /// 读取表格，写出可原样上传到网站的文件夹
    #[command(help_template = TEMPLATE)]
    Build {
        /// 表格文件（CSV，UTF-8 编码，第一行是表头）
        #[arg(required = true, value_name = "表格", help_heading = "参数")]
        files: Vec<PathBuf>,
        /// 输出文件夹；已有的同类文件夹会整个换成新的
        #[arg(short, long = "output", value_name = "文件夹", help_heading = "选项")]
        output: PathBuf,
    },
    /// 在生成的文件夹里搜索，每行一个词；不写词就从标准输入读取
    #[command(help_template = TEMPLATE)]
    Query {
        /// build 写出的文件夹
        #[arg(value_name = "文件夹", help_heading = "参数")]
        folder: PathBuf,
        /// 要搜索的词
        #[arg(value_name = "词", help_heading = "参数")]
        queries: Vec<String>,
        /// 每个词最多显示几条
        #[arg(long, default_value_t = 10, value_name = "条数", hide_default_value = true, help_heading = "选项")]
        limit: usize,
        /// 每个词输出一行 JSON，供程序使用
        #[arg(long, help_heading = "选项")]
        json: bool,
    },
    /// 显示生成的索引由哪些部分组成、各占多少字节
    #[command(help_template = TEMPLATE)]
    Stats {
        /// build 写出的文件夹
        #[arg(value_name = "文件夹", help_heading = "参数")]
        folder: PathBuf,
        /// 输出一行 JSON，供程序使用
        #[arg(long, help_heading = "选项")]
        json: bool,
    },
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let done = match arguments.command {
        Command::Build { files, output } => build::run(&files, &output),
        Command::Query { folder, queries, limit, json } => query::run(&folder, &queries, limit, json),
        Command::Stats { folder, json } => stats::run(&folder, json),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has seen enough (`expert-search query … | head`).
        Err(failure::Failure::File(_, _, error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.status())
        }
    }
}

/// Help as asked for, or what is wrong with the call in Chinese.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is no reason to fail.
        let _ = write!(std::io::stdout(), "{}", error.render());
        return ExitCode::SUCCESS;
    }
    let what = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = what(ContextKind::InvalidArg);
    let sentence = match error.kind() {
        UsageKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{}", error.render());
            return ExitCode::from(2);
        }
        UsageKind::UnknownArgument => format!("不认识的选项 {argument}"),
        UsageKind::InvalidSubcommand => format!("不认识的命令 {}", what(ContextKind::InvalidSubcommand)),
        UsageKind::MissingRequiredArgument => format!("缺少 {argument}"),
        UsageKind::InvalidValue | UsageKind::ValueValidation => {
            format!("{argument} 的值不对：「{}」", what(ContextKind::InvalidValue))
        }
        UsageKind::ArgumentConflict => format!("{argument} 只能写一次"),
        _ => String::from("命令写得不对"),
    };
    eprintln!("{sentence}。用法见 expert-search --help。");
    ExitCode::from(2)
}
