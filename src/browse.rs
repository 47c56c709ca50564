//! What a page of results asks the engine: a filtered, counted list, and one record with what stands around it.

use engine::browse::{Browser, Counted, Filter, Group, Order, Page, Related, Request, Value, find, related};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::Engine;
use crate::page::{self, items, number, text};
use crate::wire::{Json, write_hit};

#[wasm_bindgen]
impl Engine {
    /// Prepares for browsing; until then nothing is found. `strokes` lists the characters of surnames by their number of strokes, those of none,
    /// a space, those of one, a space and so on.
    #[wasm_bindgen(js_name = openBrowser)]
    pub fn open_browser(&mut self, strokes: &str) {
        self.browser = Some(Browser::new(&self.index, strokes));
    }

    /// Answers `{text, filters: [{group, value}], order, from, limit, values, whole, lone}` with `{total, hits, missing, groups: [{group, values:
    /// [{text, count, selected}], more, unstated}]}`.
    pub fn browse(&self, request: &JsValue) -> JsValue {
        let page = self.browser.as_ref().map(|browser| browser.page(&self.index, &self.lexicon, &read(request)));
        page::parse(&page.map_or(String::from("null"), |page| write(&page)))
    }

    /// The record with this id as `{hit, aliases, links: [{label, backward, sure, hit}], namesakes, org, colleagueCount, colleagues}`; null where there is none.
    pub fn related(&self, id: &str) -> JsValue {
        let found = self.browser.as_ref().zip(find(&self.index, id));
        let found = found.map(|(browser, record)| related(&self.index, browser, record));
        page::parse(&found.map_or(String::from("null"), |related| write_related(&related)))
    }
}

fn read(value: &JsValue) -> Request {
    let filter =
        |value: JsValue| Some(Filter { group: Group::named(&text(&value, "group"))?, value: text(&value, "value") });
    Request {
        text: text(value, "text"),
        filters: items(value, "filters").into_iter().filter_map(filter).collect(),
        order: Order::named(&text(value, "order")).unwrap_or(Order::Match),
        from: number(value, "from") as usize,
        limit: number(value, "limit") as usize,
        values: number(value, "values") as usize,
        whole: Group::named(&text(value, "whole")),
        lone: number(value, "lone") > 0.0,
    }
}

fn write(page: &Page) -> String {
    let mut json = Json::default();
    json.open("", '{');
    json.number("total", page.total as u32);
    write_hits(&mut json, "hits", &page.hits);
    json.texts("missing", &page.missing);
    json.open("groups", '[');
    for counted in &page.groups {
        write_group(&mut json, counted);
    }
    json.close(']');
    json.close('}');
    json.0
}

fn write_group(json: &mut Json, counted: &Counted) {
    json.open("", '{');
    json.text("group", counted.group.word());
    json.open("values", '[');
    for value in &counted.values {
        write_value(json, "", value);
    }
    json.close(']');
    json.number("more", counted.more as u32);
    write_value(json, "unstated", &counted.unstated);
    json.close('}');
}

fn write_value(json: &mut Json, key: &str, value: &Value) {
    json.open(key, '{');
    json.text("text", &value.text);
    json.number("count", value.count);
    json.number("selected", u32::from(value.selected));
    json.close('}');
}

fn write_hits(json: &mut Json, key: &str, hits: &[engine::Hit]) {
    json.open(key, '[');
    for hit in hits {
        write_hit(json, "", hit);
    }
    json.close(']');
}

fn write_related(related: &Related) -> String {
    let mut json = Json::default();
    json.open("", '{');
    write_hit(&mut json, "hit", &related.hit);
    json.texts("aliases", &related.aliases);
    json.open("links", '[');
    for link in &related.links {
        json.open("", '{');
        json.text("label", &link.label);
        json.number("backward", u32::from(link.is_backward));
        json.number("sure", u32::from(link.is_sure));
        write_hit(&mut json, "hit", &link.hit);
        json.close('}');
    }
    json.close(']');
    write_hits(&mut json, "namesakes", &related.namesakes);
    json.text("org", &related.org);
    json.number("colleagueCount", related.colleague_count as u32);
    write_hits(&mut json, "colleagues", &related.colleagues);
    json.close('}');
    json.0
}
