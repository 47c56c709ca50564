//! A static server for this machine alone: right types, nothing cached, and the isolation that precise clocks ask for.

use anyhow::{Result, anyhow};
use std::{
    ffi::OsStr,
    fs,
    path::{Component, Path, PathBuf},
};
use tiny_http::{Header, Request, Response};

/// `Cross-Origin-*`: with both, `performance.now` ticks in microseconds, which the bench needs; a demo that works
/// under them works without.
const HEADERS: [(&str, &str); 4] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cache-Control", "no-cache"),
    ("X-Content-Type-Options", "nosniff"),
];

/// A folder served on this machine.
pub struct Server {
    folder: PathBuf,
    http: tiny_http::Server,
}

impl Server {
    /// Takes the port, or any that is free for 0.
    ///
    /// # Errors
    /// The port is taken.
    pub fn open(folder: &Path, port: u16) -> Result<Server> {
        let http = tiny_http::Server::http(("127.0.0.1", port))
            .map_err(|error| anyhow!("cannot listen on port {port}: {error}; `--port 0` takes any that is free"))?;
        Ok(Server { folder: folder.into(), http })
    }

    /// Where it answers, with `/` at its end.
    pub fn address(&self) -> String {
        format!("http://{}/", self.http.server_addr())
    }

    /// Answers until the process ends.
    pub fn serve(&self) {
        for request in self.http.incoming_requests() {
            // A visitor who leaves early is no reason to stop.
            let _ = answer(&self.folder, request);
        }
    }
}

fn answer(folder: &Path, request: Request) -> std::io::Result<()> {
    let Some(path) = file(folder, request.url()) else {
        return request.respond(Response::from_string("not found").with_status_code(404));
    };
    let mut response = Response::from_data(fs::read(&path)?);
    for (name, value) in HEADERS.into_iter().chain([("Content-Type", content_type(&path))]) {
        response.add_header(Header::from_bytes(name, value).expect("the names and values are ASCII"));
    }
    request.respond(response)
}

/// The file that an address names, if it is one inside the folder.
fn file(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = Path::new(url.split(['?', '#']).next()?.trim_start_matches('/'));
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
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::file;
    use std::path::Path;

    #[test]
    fn serves_only_what_is_inside() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (url, expected) in [
            ("/src/serve.rs", Some("src/serve.rs")),
            ("/Cargo.toml?v=1", Some("Cargo.toml")),
            ("//Cargo.toml", Some("Cargo.toml")),
            ("/", None),
            ("/src", None),
            ("/missing", None),
            ("/../xtask/Cargo.toml", None),
            ("/src/../../../Cargo.toml", None),
        ] {
            assert_eq!(file(folder, url), expected.map(|name| folder.join(name)), "{url}");
        }
    }
}
