//! The widget in a real browser: its life from attach to detach over a source that the test answers by hand.
#![cfg(target_arch = "wasm32")]

use expert_search::attach;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/page.js")]
extern "C" {
    type Page;
    #[wasm_bindgen(constructor)]
    fn new() -> Page;
    #[wasm_bindgen(method, getter)]
    fn parts(this: &Page) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn source(this: &Page) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn listeners(this: &Page) -> i32;
    #[wasm_bindgen(method, js_name = type)]
    fn input(this: &Page, text: &str, composing: bool);
    #[wasm_bindgen(method)]
    fn compose(this: &Page, kind: &str);
    #[wasm_bindgen(method)]
    fn key(this: &Page, key: &str, init: &str) -> bool;
    #[wasm_bindgen(method)]
    fn click(this: &Page, part: &str, selector: &str);
    #[wasm_bindgen(method)]
    fn questions(this: &Page) -> String;
    #[wasm_bindgen(method)]
    fn answer(this: &Page, index: u32, hits: &str, total: u32);
    #[wasm_bindgen(method, js_name = answerWith)]
    fn answer_with(this: &Page, index: u32, value: JsValue);
    #[wasm_bindgen(method)]
    fn refuse(this: &Page, index: u32, error: JsValue);
    #[wasm_bindgen(method)]
    fn names(this: &Page) -> String;
    #[wasm_bindgen(method)]
    fn attribute(this: &Page, part: &str, name: &str) -> String;
    #[wasm_bindgen(method)]
    fn text(this: &Page, part: &str) -> String;
    #[wasm_bindgen(method)]
    fn value(this: &Page) -> String;
    #[wasm_bindgen(method, js_name = isHidden)]
    fn is_hidden(this: &Page, part: &str) -> bool;
    #[wasm_bindgen(method)]
    fn has(this: &Page, part: &str, selector: &str) -> bool;
    #[wasm_bindgen(method, js_name = onChoice)]
    fn on_choice(this: &Page, act: &js_sys::Function);
    #[wasm_bindgen(method)]
    fn selected(this: &Page) -> String;
}

#[wasm_bindgen]
extern "C" {
    type Widget;
    #[wasm_bindgen(method)]
    fn detach(this: &Widget);
    #[wasm_bindgen(method)]
    fn renew(this: &Widget);
}

/// Two people as a source returns them.
const TWO: &str =
    r#"[{"name": "张三", "type": "院士", "how": "exact"}, {"name": "张四", "type": "专家", "how": "pinyin"}]"#;
/// No modifiers, no composition.
const PLAIN: &str = "{}";

fn attached(page: &Page) -> Widget {
    attach(page.parts(), page.source()).expect("all parts are there").unchecked_into()
}

/// Lets promises settle.
async fn settle() {
    for _ in 0..4 {
        JsFuture::from(js_sys::Promise::resolve(&JsValue::UNDEFINED)).await.expect("it was resolved");
    }
}

/// Lets the status line speak.
async fn pause() {
    let wait = js_sys::Promise::new(&mut |resolve, _| {
        web_sys::window().unwrap().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 450).unwrap();
    });
    JsFuture::from(wait).await.expect("it was resolved");
}

/// A page on which 张 was typed and `hits` were found.
async fn found(hits: &str) -> (Page, Widget) {
    let page = Page::new();
    let widget = attached(&page);
    page.input("张", false);
    page.answer(0, hits, 0);
    settle().await;
    (page, widget)
}

#[wasm_bindgen_test]
async fn life_from_attach_to_detach() {
    let page = Page::new();
    let widget = attached(&page);
    assert!(page.listeners() > 0);

    page.input("张", false);
    page.answer(0, TWO, 12);
    settle().await;
    assert_eq!(page.names(), "张三|张四");
    assert_eq!((page.is_hidden("popup"), page.attribute("input", "aria-expanded")), (false, "true".into()));
    assert_eq!(page.text("status"), "", "not while the visitor may type on");
    pause().await;
    assert_eq!(page.text("status"), "找到 12 条");

    assert!(page.key("ArrowDown", PLAIN) && page.key("ArrowDown", PLAIN));
    assert_eq!(page.attribute("input", "aria-activedescendant"), "option-1");
    assert!(page.has("list", "#option-1[aria-selected=true]") && page.has("list", "#option-0[aria-selected=false]"));
    assert!(page.key("Enter", PLAIN));
    assert_eq!((page.value(), page.is_hidden("popup"), page.is_hidden("card")), ("张四".into(), true, false));
    assert_eq!(page.attribute("input", "aria-activedescendant"), "");

    widget.detach();
    assert_eq!(page.listeners(), 0, "every listener is gone");
    for part in ["list", "status", "card"] {
        assert_eq!(page.text(part), "", "{part} is empty");
    }
    for part in ["popup", "card", "clear"] {
        assert!(page.is_hidden(part), "{part} is hidden");
    }
    assert_eq!(page.attribute("input", "aria-expanded"), "false");
    assert_eq!(page.value(), "张四", "the text is the visitor's");
    page.input("张五", false);
    assert_eq!(page.questions(), "张");
    widget.detach();
}

#[wasm_bindgen_test]
async fn what_was_typed_before_is_searched() {
    let page = Page::new();
    page.input("zhang'san", true);
    js_sys::Reflect::set(&page.parts(), &"composing".into(), &true.into()).unwrap();
    let _widget = attached(&page);
    assert_eq!(page.questions(), "zhang'san");
    page.answer(0, "[]", 0);
    settle().await;
    pause().await;
    assert_eq!(page.text("status"), "", "an open composition is never told that nothing was found");
    page.compose("compositionend");
    pause().await;
    assert_eq!(page.text("status"), "没有“zhang'san”");
}

#[wasm_bindgen_test]
async fn late_answers_are_dropped() {
    let page = Page::new();
    let _widget = attached(&page);
    page.input("张", false);
    page.input("张三", false);
    assert_eq!(page.questions(), "张|张三");
    page.answer(1, r#"[{"name": "张三"}]"#, 0);
    settle().await;
    page.answer(0, TWO, 0);
    settle().await;
    assert_eq!(page.names(), "张三");
}

#[wasm_bindgen_test]
async fn an_answer_after_detach_is_dropped() {
    let page = Page::new();
    let widget = attached(&page);
    page.input("张", false);
    widget.detach();
    page.answer(0, TWO, 0);
    settle().await;
    assert_eq!((page.names(), page.is_hidden("popup")), (String::new(), true));
}

#[wasm_bindgen_test]
async fn a_refusal_is_said_with_its_code() {
    for (error, said) in [
        (JsValue::from_str("no"), "失败（search-failed）"),
        (JsValue::UNDEFINED, "失败（search-failed）"),
        (js_sys::JSON::parse(r#"{"code": "offline"}"#).unwrap(), "失败（offline）"),
    ] {
        let page = Page::new();
        let _widget = attached(&page);
        page.input("张", false);
        page.refuse(0, error);
        settle().await;
        assert_eq!(page.text("status"), said);
    }
}

#[wasm_bindgen_test]
async fn a_source_may_answer_or_throw_at_once() {
    for (search, names, said) in [
        ("return { total: 1, hits: [{ name: '张三' }] }", "张三", ""),
        ("throw { code: 'offline' }", "", "失败（offline）"),
        ("return { get hits() { throw 1 } }", "", ""),
    ] {
        let page = Page::new();
        let search = js_sys::Function::new_with_args("request", search);
        js_sys::Reflect::set(&page.source(), &"search".into(), &search).unwrap();
        let _widget = attached(&page);
        page.input("张", false);
        settle().await;
        assert_eq!((page.names(), page.text("status")), (names.into(), said.into()));
    }
}

#[wasm_bindgen_test]
async fn an_answer_of_another_shape_shows_nothing() {
    for value in ["null", "7", "{}", r#"{"hits": 3}"#, r#"{"hits": "张三"}"#, r#"{"hits": [], "total": "x"}"#] {
        let page = Page::new();
        let _widget = attached(&page);
        page.input("张", false);
        page.answer_with(0, js_sys::JSON::parse(value).unwrap());
        settle().await;
        assert_eq!((page.names(), page.is_hidden("popup")), (String::new(), true), "{value}");
    }
    let (page, _widget) =
        found(r#"[null, {"name": 5, "fields": [{"ranges": [[1], "x", [0, -1], [null, 1e99]]}], "roles": [{}]}]"#).await;
    assert!(page.has("list", "#option-1"), "empty options are ugly, not fatal");
}

#[wasm_bindgen_test]
async fn keys_of_an_input_method_pass_untouched() {
    let (page, _widget) = found(TWO).await;
    for init in [r#"{"isComposing": true}"#, r#"{"keyCode": 229}"#] {
        for key in ["ArrowDown", "ArrowUp", "Enter", "Escape"] {
            assert!(!page.key(key, init), "{key} {init}");
        }
    }
    assert_eq!((page.attribute("input", "aria-activedescendant"), page.is_hidden("popup")), (String::new(), false));
}

#[wasm_bindgen_test]
async fn text_keys_stay_text_keys() {
    let (page, _widget) = found(TWO).await;
    for (key, init) in [
        ("Home", PLAIN),
        ("End", PLAIN),
        ("ArrowLeft", PLAIN),
        ("ArrowRight", PLAIN),
        ("Tab", PLAIN),
        ("PageDown", PLAIN),
        ("ArrowDown", r#"{"shiftKey": true}"#),
        ("ArrowUp", r#"{"metaKey": true}"#),
        ("Enter", r#"{"ctrlKey": true}"#),
        ("Enter", r#"{"shiftKey": true}"#),
    ] {
        assert!(!page.key(key, init), "{key} {init}");
    }
    assert_eq!(page.attribute("input", "aria-activedescendant"), "");
}

#[wasm_bindgen_test]
async fn the_page_hears_of_a_choice_and_may_take_it_over() {
    let hits = r#"[{"name":"张三"},{"name":"张四","type":"专家","address":{"of":"the source's own"}}]"#;
    let (page, _widget) = found(hits).await;
    page.on_choice(&js_sys::Function::new_no_args("return false"));
    page.click("list", "#option-1");
    let (_, second) = hits.trim_end_matches(']').split_once(',').expect("two hits");
    assert_eq!(page.selected(), format!("[[{second},false]]"), "the hit is the very one that the source gave");
    assert_eq!((page.value(), page.is_hidden("popup"), page.is_hidden("card")), ("张".into(), true, true));
}

#[wasm_bindgen_test]
async fn ctrl_enter_asks_for_another_tab() {
    let (page, _widget) = found(TWO).await;
    page.key("ArrowDown", PLAIN);
    assert!(page.key("Enter", r#"{"ctrlKey": true}"#));
    assert!(page.selected().ends_with(",true]]"), "{}", page.selected());
}

#[wasm_bindgen_test]
async fn a_page_may_detach_while_it_hears_of_a_choice() {
    let (page, widget) = found(TWO).await;
    let detach = wasm_bindgen::prelude::Closure::<dyn FnMut()>::new(move || widget.detach());
    page.on_choice(detach.as_ref().unchecked_ref());
    page.click("list", "#option-0");
    assert_eq!((page.listeners(), page.names(), page.is_hidden("card")), (0, String::new(), true));
}

#[wasm_bindgen_test]
async fn a_source_that_knows_more_is_asked_again() {
    let (page, widget) = found(TWO).await;
    widget.renew();
    assert_eq!(page.questions(), "张|张");
    page.answer(1, r#"[{"name": "章三"}]"#, 0);
    settle().await;
    assert_eq!(page.names(), "章三");
}

#[wasm_bindgen_test]
async fn more_is_asked_for_by_its_button() {
    let page = Page::new();
    let _widget = attached(&page);
    page.input("张", false);
    page.answer(0, TWO, 12);
    settle().await;
    page.click("more", "");
    assert_eq!(page.questions(), "张|张");
    assert_eq!(page.names(), "张三|张四", "what is there stays");
}

#[wasm_bindgen_test]
async fn terms_that_found_nothing_are_said() {
    let page = Page::new();
    let _widget = attached(&page);
    page.input("张三 量子猫", false);
    let answer = r#"{"total": 1, "hits": [{"name": "张三"}], "missing": ["量子猫", 7]}"#;
    page.answer_with(0, js_sys::JSON::parse(answer).unwrap());
    settle().await;
    pause().await;
    assert_eq!(page.text("status"), "没有“量子猫”，找到 1 条");
}

#[wasm_bindgen_test]
async fn the_button_of_a_sheet_closes() {
    let (page, _widget) = found(TWO).await;
    page.click("shut", "");
    assert!(page.is_hidden("popup"));
}

#[wasm_bindgen_test]
async fn the_button_empties_the_box() {
    let (page, _widget) = found(TWO).await;
    assert!(!page.is_hidden("clear"));
    page.click("clear", "");
    assert_eq!((page.value(), page.is_hidden("clear"), page.is_hidden("popup")), (String::new(), true, true));
}

#[wasm_bindgen_test]
fn a_missing_part_is_named() {
    let page = Page::new();
    js_sys::Reflect::set(&page.parts(), &"popup".into(), &JsValue::NULL).unwrap();
    let error = attach(page.parts(), page.source()).err().expect("popup is missing");
    assert_eq!(js_sys::JSON::stringify(&error).unwrap(), r#"{"code":"bad-value","message":"popup"}"#);
}
