//! Structured data of pages in the words of schema.org, as JSON-LD.

use engine::record::{Field, Shape};
use serde_json::{Map, Value, json};

use super::{Entry, Site, beside, values};

/// A profile page about a person, or a page about an organisation.
pub fn record(site: &Site, entry: &Entry) -> String {
    let record = entry.record;
    let texts = |field| values(record, field);
    let organisations = |field| -> Vec<Value> {
        texts(field).into_iter().map(|name| json!({ "@type": "Organization", "name": name })).collect()
    };
    let mut about = Map::new();
    let mut put = |key: &str, values: Vec<Value>| {
        if !values.is_empty() {
            about.insert(key.to_owned(), Value::Array(values));
        }
    };
    let plain = |texts: Vec<&str>| -> Vec<Value> { texts.into_iter().map(Value::from).collect() };
    put("alternateName", plain(record.aliases.iter().map(|alias| alias.text()).collect()));
    put("sameAs", plain(texts(Field::Link)));
    put("description", plain(texts(Field::Intro)));
    let related = entry.related.iter().map(|other| &site.entries[*other]);
    let linked = |kind: &'static str| {
        move |other: &Entry| {
            let mut value = json!({ "@type": kind, "name": other.record.name.text() });
            if let Some(address) = site.address_of(&other.page) {
                value["url"] = Value::from(address);
            }
            value
        }
    };
    let kind = match record.shape {
        Shape::Person => {
            put("affiliation", organisations(Field::Org));
            put("knowsAbout", plain(texts(Field::Discipline)));
            let titles = texts(Field::Title);
            put("jobTitle", plain(if titles.is_empty() { texts(Field::Type) } else { titles }));
            put("memberOf", related.map(linked("Organization")).collect());
            "Person"
        }
        Shape::Station => {
            put("parentOrganization", organisations(Field::Org));
            put("additionalType", plain(texts(Field::Type)));
            put("areaServed", plain(texts(Field::District)));
            put("knowsAbout", plain(texts(Field::Discipline)));
            put("member", related.map(linked("Person")).collect());
            let place = texts(Field::Place).join(" ");
            if !place.is_empty() {
                put("address", vec![json!({ "@type": "PostalAddress", "addressRegion": place })]);
            }
            "Organization"
        }
    };
    let photo = texts(Field::Photo).into_iter().next().map(beside);
    about.insert("@type".into(), kind.into());
    about.insert("name".into(), record.name.text().into());
    if let Some(photo) = photo {
        about.insert("image".into(), photo.into());
    }
    let mut page = json!({
        "@context": "https://schema.org",
        "@type": if record.shape == Shape::Person { "ProfilePage" } else { "WebPage" },
        "mainEntity": about,
    });
    if let Some(address) = site.address_of(&entry.page) {
        page["url"] = Value::from(address);
    }
    page.to_string()
}

/// A list of records, by their pages.
pub fn list(site: &Site, name: &str, entries: &[&Entry]) -> String {
    let items: Vec<Value> = entries
        .iter()
        .enumerate()
        .map(|(i, entry)| {
            let mut item = json!({ "@type": "ListItem", "position": i + 1, "name": entry.record.name.text() });
            if let Some(address) = site.address_of(&entry.page) {
                item["url"] = Value::from(address);
            }
            item
        })
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": name,
        "mainEntity": { "@type": "ItemList", "numberOfItems": entries.len(), "itemListElement": items },
    })
    .to_string()
}

/// The page that leads to the lists: their headings and pages.
pub fn leading(site: &Site, lists: &[(&str, String)]) -> String {
    let part = |(name, page): &(&str, String)| {
        let mut part = json!({ "@type": "CollectionPage", "name": name });
        if let Some(address) = site.address_of(page) {
            part["url"] = Value::from(address);
        }
        part
    };
    let parts: Vec<Value> = lists.iter().map(part).collect();
    json!({ "@context": "https://schema.org", "@type": "CollectionPage", "name": site.title, "hasPart": parts })
        .to_string()
}
