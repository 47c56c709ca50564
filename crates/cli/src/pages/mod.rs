//! Static pages of a directory: a page a record, lists by pinyin and by place, a sitemap, and a fragment for the element's own content.
//!
//! Most visitors of such directories come from a search engine that they asked for a name; these pages are what it can read. They work
//! without scripts and under the strictest policy: the style is a file, the structured data a data block.

mod data;
mod lists;

use std::collections::HashSet;

use engine::hash::fnv1a64;
use engine::record::{Field, Record, Role, Shape};
use ingest::Directory;

use crate::html::{escape, script_json};
use crate::report::tag;
use crate::site::{PAGES, WIDGET, is_plain};
use crate::speech::{pick, tell};

/// A record and where its page stands.
pub struct Entry<'a> {
    /// The record.
    pub record: &'a Record,
    /// The page's file in the folder of pages.
    pub page: String,
    /// Those linked with it: residents of a station, stations of a person.
    pub related: Vec<usize>,
}

/// What every page needs to know.
pub struct Site<'a> {
    /// The directory's name.
    pub title: String,
    /// The folder's address, with `/` at its end.
    pub address: Option<&'a str>,
    /// All records, in their order.
    pub entries: Vec<Entry<'a>>,
}

impl Site<'_> {
    /// The whole address of a page, when it is known.
    pub fn address_of(&self, page: &str) -> Option<String> {
        self.address.map(|address| format!("{address}{PAGES}{page}"))
    }
}

/// Every page by name, and the sitemap when the address is known.
pub fn render(directory: &Directory, title: Option<&str>, address: Option<&str>) -> Vec<(String, Vec<u8>)> {
    let mut taken = HashSet::new();
    let entry = |record| Entry { record, page: page_name(record, &mut taken), related: Vec::new() };
    let mut entries: Vec<Entry> = directory.records.iter().map(entry).collect();
    for link in &directory.links {
        for (from, to) in [(link.station, link.person), (link.person, link.station)] {
            if !entries[from].related.contains(&to) {
                entries[from].related.push(to);
            }
        }
    }
    let title = title.map_or_else(|| tell!("专家名录", "Experts"), String::from);
    let site = Site { title, address, entries };
    let mut pages: Vec<(String, String)> =
        site.entries.iter().map(|entry| (entry.page.clone(), record_page(&site, entry))).collect();
    pages.extend(lists::render(&site));
    let sitemap = lists::sitemap(&site, &pages);
    pages.push((String::from("fallback.html"), lists::fallback(&site)));
    let named = pages.into_iter().map(|(name, html)| (format!("{PAGES}{name}"), html.into_bytes()));
    let style = (format!("{PAGES}style.css"), include_bytes!("../../site/pages.css").to_vec());
    named.chain([style]).chain(sitemap).collect()
}

/// `e-a17.html` for what has an id that fits into an address, else a hash of it; the same in every build.
fn page_name(record: &Record, taken: &mut HashSet<String>) -> String {
    let id = &record.roles[0].id;
    let slug = match is_plain(id) && (1..=40).contains(&id.len()) {
        true => format!("e-{id}"),
        false => format!("x-{:016x}", fnv1a64(id.as_bytes())),
    };
    let all = std::iter::once(slug.clone()).chain((2..).map(|n| format!("{slug}-{n}")));
    let free = all.into_iter().find(|slug| !taken.contains(slug)).unwrap_or(slug);
    taken.insert(free.clone());
    free + ".html"
}

/// The values of a field, each once, in their order.
pub fn values(record: &Record, field: Field) -> Vec<&str> {
    let mut values = Vec::new();
    let cells = record.roles.iter().flat_map(|role| &role.cells).filter(|cell| cell.field == field);
    for text in cells.map(|cell| cell.value.text()) {
        if !values.contains(&text) {
            values.push(text);
        }
    }
    values
}

/// Type, organisation and disciplines: what tells namesakes apart in a list.
pub fn facts(record: &Record) -> String {
    let fields = [Field::Type, Field::Org, Field::Discipline, Field::Place];
    let facts = fields.iter().flat_map(|field| values(record, *field)).filter(|text| *text != record.name.text());
    facts.take(4).collect::<Vec<_>>().join(pick("，", ", "))
}

/// The shell of every page.
pub fn page(site: &Site, name: &str, title: &str, description: &str, data: &str, body: &str) -> String {
    let canonical =
        site.address_of(name).map(|address| format!("<link rel=\"canonical\" href=\"{}\">\n", escape(&address)));
    let (tag, title, canonical) = (tag(), escape(title), canonical.unwrap_or_default());
    let (description, data) = (escape(description), script_json(data));
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"description\" content=\"{description}\">\n{canonical}<link rel=\"stylesheet\" href=\"style.css\">\n\
         <script type=\"application/ld+json\">{data}</script>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// The box above the lists, where the folder has the widget.
pub fn search_box() -> &'static str {
    match WIDGET {
        Some(_) => {
            "<script src=\"../expert-search.js\" defer></script>\n<expert-search src=\"../experts.json\"></expert-search>\n"
        }
        None => "",
    }
}

/// The way back to the lists.
pub fn back(site: &Site) -> String {
    format!("<nav><a href=\"index.html\">{}</a></nav>\n", escape(&site.title))
}

fn record_page(site: &Site, entry: &Entry) -> String {
    let record = entry.record;
    let name = record.name.text();
    let mut body = format!("{}<main>\n<h1>{}</h1>\n", back(site), escape(name));
    if !record.aliases.is_empty() {
        let aliases: Vec<String> = record.aliases.iter().map(|alias| escape(alias.text())).collect();
        body += &format!("<p>{}</p>\n", aliases.join(pick("；", "; ")));
    }
    for photo in values(record, Field::Photo).into_iter().take(1) {
        body += &format!("<p><img src=\"{}\" alt=\"{}\"></p>\n", escape(&beside(photo)), escape(name));
    }
    record.roles.iter().for_each(|role| body += &role_html(role));
    if !entry.related.is_empty() {
        let heading = match record.shape {
            Shape::Person => pick("所在工作站", "Stations"),
            Shape::Station => pick("进站专家", "Resident experts"),
        };
        body += &format!("<h2>{heading}</h2>\n<ul>\n");
        for other in entry.related.iter().map(|other| &site.entries[*other]) {
            body += &format!("<li><a href=\"{}\">{}</a></li>\n", other.page, escape(other.record.name.text()));
        }
        body += "</ul>\n";
    }
    body += "</main>\n";
    let facts = facts(record);
    let title = [name, facts.split(['，', ',']).next().unwrap_or_default(), &site.title].join(" - ");
    page(site, &entry.page, &title, &format!("{name}：{facts}"), &data::record(site, entry), &body)
}

/// A picture's path as seen from the folder of pages.
fn beside(photo: &str) -> String {
    let is_whole = photo.starts_with('/') || photo.contains("://");
    if is_whole { photo.to_owned() } else { format!("../{photo}") }
}

/// A role under its type: headings and values as the maintainer wrote them.
fn role_html(role: &Role) -> String {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for cell in role.cells.iter().filter(|cell| !matches!(cell.field, Field::Type | Field::Photo)) {
        let text = escape(cell.value.text());
        let shown = match cell.field {
            Field::Link => format!("<a href=\"{text}\" rel=\"noopener\">{text}</a>"),
            _ => text,
        };
        match rows.iter_mut().find(|(label, _)| *label == cell.label) {
            Some((_, values)) => values.push(shown),
            None => rows.push((&cell.label, vec![shown])),
        }
    }
    let kind = role.cells.iter().find(|cell| cell.field == Field::Type).map_or("", |cell| cell.value.text());
    let mut html = format!("<h2>{}</h2>\n<dl>\n", escape(kind));
    for (label, values) in rows {
        html += &format!("<dt>{}</dt>", escape(label));
        html.extend(values.iter().map(|value| format!("<dd>{value}</dd>")));
        html.push('\n');
    }
    html + "</dl>\n"
}
