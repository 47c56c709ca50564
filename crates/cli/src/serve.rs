//! `serve`: shows a built folder on this machine alone, builds it again when its tables change, and has open pages follow.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tiny_http::{Header, Request, Response, Server};

use crate::build::Job;
use crate::failure::{Action, Failure, reason};
use crate::site::MANIFEST;
use crate::speech::tell;
use crate::watch::Watch;

/// Where open pages ask how often the folder was replaced.
const VERSION: &str = "/-/version";
/// The script that asks; a file of its own, since a strict policy forbids it in the page.
const FOLLOW: &str = "/-/follow.js";
const FOLLOW_SCRIPT: &str = "// Loads the page again when the folder has been replaced.\n\
let known;\nsetInterval(async () => {\n  try {\n    const now = await (await fetch('/-/version', { cache: 'no-store' })).text();\n\
\x20   if (known !== undefined && now !== known) location.reload();\n    known = now;\n  } catch {}\n}, 1000);\n";

/// Serves the folder until the process ends. With a job it is built before, and again whenever a table changes.
pub fn run(folder: &Path, job: Option<Job>, port: u16) -> Result<(), Failure> {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        let why = error.downcast_ref().map_or_else(|| error.to_string(), reason);
        // Most often the preview of a minute ago is still running.
        let other = port.checked_add(1).unwrap_or_default();
        Failure::Usage(tell!(
            "端口 {port} 用不了：{why}。请用 --port 另选一个，如 --port {other}；0 为任意空闲端口",
            "port {port} cannot be used: {why}. Choose another by --port, as --port {other}; 0 for any that is free"
        ))
    })?;
    // Looked at before it is built: what changes meanwhile is built again.
    let watched = job.as_ref().map(watched);
    if let Some(job) = &job {
        job.run()?;
    }
    let manifest = folder.join(MANIFEST);
    fs::metadata(&manifest).map_err(Failure::file(Action::Read, &manifest))?;
    let address = server.server_addr();
    println!(
        "{}",
        tell!(
            "请在浏览器里打开 http://{address}/ ；按 Ctrl+C 结束",
            "Open http://{address}/ in a browser; Ctrl+C ends it"
        )
    );
    let version = Arc::new(AtomicUsize::new(0));
    let counted = version.clone();
    let mut watch = watched.unwrap_or_else(|| Watch::new(vec![manifest]));
    std::thread::spawn(move || match job {
        Some(job) => follow(&job, watch, &counted),
        None => loop {
            watch.wait();
            counted.fetch_add(1, Ordering::Relaxed);
        },
    });
    for request in server.incoming_requests() {
        // A visitor who leaves early is no reason to stop.
        let _ = answer(folder, request, version.load(Ordering::Relaxed));
    }
    Ok(())
}

/// What a job reads, as it is now.
pub fn watched(job: &Job) -> Watch {
    let read = job.tables.iter().chain(&job.config.path).chain(&job.config.words);
    Watch::new(read.cloned().collect())
}

/// Builds whenever what is watched changes, counting what went well; what goes wrong is said, and the old folder stays.
pub fn follow(job: &Job, mut watch: Watch, counted: &AtomicUsize) {
    loop {
        watch.wait();
        match job.run() {
            Ok(()) => {
                counted.fetch_add(1, Ordering::Relaxed);
            }
            Err(failure) => eprintln!("{failure}"),
        }
    }
}

fn answer(folder: &Path, request: Request, version: usize) -> std::io::Result<()> {
    let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    let (body, kind) = match path.as_str() {
        VERSION => (version.to_string().into_bytes(), "text/plain"),
        FOLLOW => (FOLLOW_SCRIPT.as_bytes().to_vec(), "text/javascript; charset=utf-8"),
        path => match file(folder, path) {
            Some(path) => (fs::read(&path)?, content_type(&path)),
            None => return request.respond(Response::from_string("404").with_status_code(404)),
        },
    };
    let body = match kind.starts_with("text/html") {
        true => [&body, format!("<script src=\"{FOLLOW}\" defer></script>\n").as_bytes()].concat(),
        false => body,
    };
    let mut response = Response::from_data(body);
    for (name, value) in [("Content-Type", kind), ("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff")]
    {
        response.add_header(Header::from_bytes(name, value).expect("the names and values are ASCII"));
    }
    request.respond(response)
}

/// The file that an address names, if it is one inside the folder.
fn file(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = Path::new(path.trim_start_matches('/'));
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let path = folder.join(path);
    let path = if path.is_dir() { path.join("index.html") } else { path };
    path.is_file().then_some(path)
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(OsStr::to_str) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inside_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (path, expected) in [
            ("/site/index.html", Some("site/index.html")),
            ("/site", Some("site/index.html")),
            ("//Cargo.toml", Some("Cargo.toml")),
            ("/missing", None),
            ("/../cli/Cargo.toml", None),
            ("/src/../../../Cargo.toml", None),
        ] {
            assert_eq!(file(folder, path), expected.map(|name| folder.join(name)), "{path}");
        }
    }
}
