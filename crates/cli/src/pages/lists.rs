//! Lists of records: by the first letter of their pinyin, by place, the page that leads to them, the sitemap.

use std::collections::BTreeMap;

use engine::hash::fnv1a64;
use engine::record::{Field, Record, Term};

use super::{Entry, Site, back, data, facts, page, search_box};
use crate::html::escape;
use crate::speech::{pick, tell};

/// A longer list goes on on another page.
const LONGEST: usize = 1000;

/// A list: its heading, its pages' common beginning, its entries in order.
struct List<'a> {
    heading: String,
    start: String,
    entries: Vec<&'a Entry<'a>>,
}

impl List<'_> {
    /// The page of this number, from 0.
    fn page(&self, number: usize) -> String {
        if number == 0 { format!("{}.html", self.start) } else { format!("{}-{}.html", self.start, number + 1) }
    }
}

/// The leading page and every list's pages.
pub fn render(site: &Site) -> Vec<(String, String)> {
    let (letters, places) = (letters(site), places(site));
    let mut pages = vec![(String::from("index.html"), leading(site, &letters, &places))];
    for list in letters.iter().chain(&places) {
        let chunks: Vec<&[&Entry]> = list.entries.chunks(LONGEST).collect();
        for (number, entries) in chunks.iter().enumerate() {
            let heading = &list.heading;
            let title = format!("{heading} - {}", site.title);
            let mut body = format!("{}<main>\n<h1>{}</h1>\n<ul>\n", back(site), escape(heading));
            body.extend(entries.iter().map(|entry| item(entry)));
            body += "</ul>\n</main>\n";
            if chunks.len() > 1 {
                let links = (0..chunks.len()).map(|n| match n == number {
                    true => format!("<b>{}</b>", n + 1),
                    false => format!("<a href=\"{}\">{}</a>", list.page(n), n + 1),
                });
                body += &format!("<nav>{}</nav>\n", links.collect::<Vec<_>>().join(" "));
            }
            let name = list.page(number);
            let html = page(site, &name, &title, &title, &data::list(site, heading, entries), &body);
            pages.push((name, html));
        }
    }
    pages
}

fn item(entry: &Entry) -> String {
    let (page, name, facts) = (&entry.page, escape(entry.record.name.text()), escape(&facts(entry.record)));
    format!("<li><a href=\"{page}\">{name}</a> {facts}</li>\n")
}

fn leading(site: &Site, letters: &[List], places: &[List]) -> String {
    let n = site.entries.len();
    let mut body = format!("<main>\n<h1>{}</h1>\n{}", escape(&site.title), search_box());
    body += &links(pick("按拼音", "By pinyin"), letters, "");
    if !places.is_empty() {
        body += &links(pick("按地区", "By place"), places, "");
    }
    body += "</main>\n";
    let description = tell!("{}，共 {n} 条", "{}, {n} entries", site.title);
    let lists: Vec<(&str, String)> =
        letters.iter().chain(places).map(|list| (list.heading.as_str(), list.page(0))).collect();
    page(site, "index.html", &site.title, &description, &data::leading(site, &lists), &body)
}

/// A heading with a link to each list, under a folder's address.
fn links(heading: &str, lists: &[List], folder: &str) -> String {
    let link = |list: &List| {
        let (page, heading, count) = (list.page(0), escape(&list.heading), list.entries.len());
        format!("<li><a href=\"{folder}{page}\">{heading}</a> {count}</li>\n")
    };
    let links: String = lists.iter().map(link).collect();
    format!("<h2>{heading}</h2>\n<ul class=\"index\">\n{links}</ul>\n")
}

/// Links to every list, to be put between `<expert-search>` and `</expert-search>`: what stands there is seen without scripts.
pub fn fallback(site: &Site) -> String {
    let folder = match site.address {
        Some(address) => escape(&format!("{address}{}", crate::site::PAGES)),
        None => crate::site::PAGES.to_owned(),
    };
    let (letters, places) = (letters(site), places(site));
    let mut html = links(pick("按拼音", "By pinyin"), &letters, &folder);
    if !places.is_empty() {
        html += &links(pick("按地区", "By place"), &places, &folder);
    }
    format!("<nav>\n{html}</nav>\n")
}

/// By the first letter; what is read in none comes last.
fn letters<'a>(site: &'a Site) -> Vec<List<'a>> {
    let mut lists: BTreeMap<(bool, char), Vec<(String, &Entry)>> = BTreeMap::new();
    for entry in &site.entries {
        let spelling = spelling(&entry.record.name);
        let first = spelling.chars().next().filter(char::is_ascii_lowercase);
        lists.entry((first.is_none(), first.unwrap_or('#'))).or_default().push((spelling, entry));
    }
    let list = |((_, letter), mut entries): ((bool, char), Vec<(String, &'a Entry<'a>)>)| {
        // Equal spellings stand by name, equal names in the order of records, which says nothing of the input's order.
        entries.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.record.name.text().cmp(y.record.name.text())));
        let start = if letter == '#' { String::from("pinyin-other") } else { format!("pinyin-{letter}") };
        let entries = entries.into_iter().map(|(_, entry)| entry).collect();
        List { heading: letter.to_ascii_uppercase().to_string(), start, entries }
    };
    lists.into_iter().map(list).collect()
}

/// Syllables with blanks between; Latin letters as they are.
fn spelling(name: &Term) -> String {
    let syllables = name.text().chars().zip(name.readings()).map(|(c, readings)| match readings.0.first() {
        Some(syllable) => [syllable.halves().0, syllable.halves().1, " "].concat(),
        None => c.to_lowercase().to_string(),
    });
    syllables.collect()
}

/// By the first place of each role: the province where there is one.
fn places<'a>(site: &'a Site) -> Vec<List<'a>> {
    let mut lists: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in &site.entries {
        for place in first_places(entry.record) {
            lists.entry(place).or_default().push(entry);
        }
    }
    let list = |(place, entries): (&str, Vec<&'a Entry<'a>>)| List {
        heading: place.to_owned(),
        start: format!("place-{:016x}", fnv1a64(place.as_bytes())),
        entries,
    };
    lists.into_iter().map(list).collect()
}

fn first_places(record: &Record) -> Vec<&str> {
    let mut places: Vec<&str> = Vec::new();
    for role in &record.roles {
        let first = role.cells.iter().find(|cell| cell.field == Field::Place).map(|cell| cell.value.text());
        places.extend(first.filter(|place| !places.contains(place)));
    }
    places
}

/// What the protocol allows in one file.
const MOST_ADDRESSES: usize = 50_000;

/// Sitemaps of all these pages; none when the address is not known.
pub fn sitemap(site: &Site, pages: &[(String, String)]) -> Vec<(String, Vec<u8>)> {
    let Some(folder) = site.address else { return Vec::new() };
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    let schema = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
    let addresses: Vec<String> = pages
        .iter()
        .filter_map(|(name, _)| Some(format!("<url><loc>{}</loc></url>\n", escape(&site.address_of(name)?))))
        .collect();
    let file =
        |addresses: &[String]| format!("{head}<urlset {schema}>\n{}</urlset>\n", addresses.concat()).into_bytes();
    if addresses.len() <= MOST_ADDRESSES {
        return vec![(String::from("sitemap.xml"), file(&addresses))];
    }
    let mut files: Vec<(String, Vec<u8>)> = addresses
        .chunks(MOST_ADDRESSES)
        .enumerate()
        .map(|(n, addresses)| (format!("sitemap-{}.xml", n + 1), file(addresses)))
        .collect();
    let parts: String = files
        .iter()
        .map(|(name, _)| format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&format!("{folder}{name}"))))
        .collect();
    let index = format!("{head}<sitemapindex {schema}>\n{parts}</sitemapindex>\n");
    files.push((String::from("sitemap.xml"), index.into_bytes()));
    files
}
