//! What the box does: sequences of events, and the orders in which browsers send those of input methods.

use super::*;

/// A box driven by events, with a source that a test answers by hand.
#[derive(Default)]
struct Trial {
    state: State,
    asked: Vec<(u32, String)>,
    limits: Vec<u32>,
    written: Vec<String>,
    chosen: Vec<Rc<Hit>>,
    aside: bool,
}

impl Trial {
    fn on(&mut self, event: Event) -> bool {
        let reaction = self.state.on(event);
        match reaction.effect {
            Effect::None => {}
            Effect::Search { sequence, text, limit } => {
                self.asked.push((sequence, text));
                self.limits.push(limit);
            }
            Effect::Choose { hit, aside } => {
                self.chosen.push(hit);
                self.aside = aside;
            }
            Effect::Write(text) => {
                self.written.push(text.clone());
                self.on(Event::Typed { text, composing: false });
            }
        }
        reaction.handled
    }

    fn typed(&mut self, text: &str) {
        self.on(Event::Typed { text: text.into(), composing: false });
    }

    fn composed(&mut self, text: &str) {
        self.on(Event::Typed { text: text.into(), composing: true });
    }

    fn ended(&mut self, text: &str) {
        self.on(Event::CompositionEnded { text: text.into() });
    }

    fn key(&mut self, key: Key) -> bool {
        self.on(Event::Key { key, ime: false })
    }

    /// Answers the latest question with these names.
    fn answer(&mut self, names: &[&str]) {
        let (sequence, _) = *self.asked.last().expect("something was asked");
        self.on(Event::Answered { sequence, answer: Ok(response(names)) });
    }

    fn names(&self) -> Vec<&str> {
        self.state.shown().map_or(vec![], |(response, _)| response.hits.iter().map(|hit| hit.name.as_str()).collect())
    }

    fn texts_asked(&self) -> Vec<&str> {
        self.asked.iter().map(|(_, text)| text.as_str()).collect()
    }
}

fn response(names: &[&str]) -> Response {
    let hits: Vec<_> = names.iter().map(|name| Rc::new(Hit { name: (*name).into(), ..Hit::default() })).collect();
    Response { total: hits.len() as u32, hits, ..Response::default() }
}

fn found(total: u32) -> Message {
    Message::Found(total, String::new())
}

/// A box in which 张 was typed and three people were found.
fn open() -> Trial {
    let mut trial = Trial::default();
    trial.typed("张");
    trial.answer(&["张三", "张四", "张五"]);
    trial
}

#[test]
fn each_new_text_is_searched_once() {
    let mut trial = Trial::default();
    for text in ["z", "zh", "zh", "zha", "", "  ", "zh"] {
        trial.typed(text);
    }
    assert_eq!(trial.texts_asked(), ["z", "zh", "zha", "zh"]);
}

#[test]
fn a_late_answer_is_dropped() {
    let mut trial = Trial::default();
    trial.typed("张");
    trial.typed("张三");
    let [(first, _), (second, _)] = trial.asked[..] else { panic!("two questions") };
    trial.on(Event::Answered { sequence: second, answer: Ok(response(&["张三"])) });
    trial.on(Event::Answered { sequence: first, answer: Ok(response(&["张四", "张五"])) });
    assert_eq!(trial.names(), ["张三"]);
    trial.on(Event::Answered { sequence: first, answer: Err("search-failed".into()) });
    assert_eq!(trial.state.message(), found(1));
}

#[test]
fn an_answer_to_a_text_that_is_gone_is_dropped() {
    let mut trial = Trial::default();
    trial.typed("张");
    trial.typed("");
    trial.answer(&["张三"]);
    assert_eq!((trial.names().len(), trial.state.is_open(), trial.state.message()), (0, false, Message::Silent));
}

#[test]
fn the_list_stays_while_the_next_answer_is_on_its_way() {
    let mut trial = open();
    trial.typed("张三");
    assert_eq!(trial.names(), ["张三", "张四", "张五"]);
    assert!(trial.state.is_open());
    assert_eq!(trial.state.message(), Message::Searching);
}

#[test]
fn arrows_go_round() {
    let cases: [(&[Key], Option<usize>); 8] = [
        (&[], None),
        (&[Key::Down], Some(0)),
        (&[Key::Up], Some(2)),
        (&[Key::Down, Key::Down, Key::Down], Some(2)),
        (&[Key::Down, Key::Down, Key::Down, Key::Down], Some(0)),
        (&[Key::Down, Key::Up], Some(2)),
        (&[Key::Escape, Key::Down], Some(0)),
        (&[Key::Close, Key::Open], None),
    ];
    for (keys, active) in cases {
        let mut trial = open();
        for key in keys {
            assert!(trial.key(*key), "{keys:?}");
        }
        assert_eq!(trial.state.active(), active, "{keys:?}");
    }
}

#[test]
fn a_new_answer_has_no_active_option() {
    let mut trial = open();
    trial.key(Key::Down);
    trial.typed("张四");
    assert_eq!(trial.state.active(), None);
    trial.key(Key::Down);
    trial.answer(&["张四"]);
    assert_eq!(trial.state.active(), None);
}

#[test]
fn escape_closes_then_clears_then_is_not_ours() {
    let mut trial = open();
    assert!(trial.key(Key::Escape));
    assert_eq!((trial.state.is_open(), trial.state.text()), (false, "张"));
    assert!(trial.key(Key::Escape));
    assert_eq!((trial.written.as_slice(), trial.state.text()), (&[String::new()][..], ""));
    assert!(!trial.key(Key::Escape));
}

#[test]
fn keys_do_nothing_in_an_empty_box() {
    for key in [Key::Down, Key::Up, Key::Open, Key::Close, Key::Enter, Key::Aside, Key::Escape] {
        let mut trial = Trial::default();
        assert!(!trial.key(key), "{key:?} is left to the page");
        assert!(trial.asked.is_empty() && trial.written.is_empty() && trial.chosen.is_empty());
    }
}

#[test]
fn enter_chooses_the_active_option_only() {
    let mut trial = open();
    trial.key(Key::Enter);
    assert_eq!((trial.chosen.len(), trial.state.active()), (0, Some(0)), "the first Enter shows where it leads");
    trial.key(Key::Down);
    trial.key(Key::Enter);
    assert_eq!(trial.chosen[0].name, "张四");
}

#[test]
fn a_choice_is_written_and_shown() {
    let mut trial = open();
    trial.on(Event::Clicked { index: 1, aside: false });
    let hit = trial.chosen[0].clone();
    trial.on(Event::Chosen { hit, prevented: false });
    assert_eq!(trial.written, ["张四"]);
    assert_eq!(trial.state.card().map(|hit| hit.name.as_str()), Some("张四"));
    assert_eq!((trial.state.is_open(), trial.state.message()), (false, Message::Shown));
    // The name is searched only when the list is asked for again.
    assert_eq!(trial.texts_asked(), ["张"]);
    assert!(trial.key(Key::Down));
    assert_eq!(trial.texts_asked(), ["张", "张四"]);
    trial.on(Event::CardClosed);
    assert!(trial.state.card().is_none());
}

#[test]
fn a_prevented_choice_only_closes() {
    let mut trial = open();
    trial.on(Event::Clicked { index: 0, aside: false });
    let hit = trial.chosen[0].clone();
    trial.on(Event::Chosen { hit, prevented: true });
    assert_eq!((trial.written.len(), trial.state.card().is_none(), trial.state.text()), (0, true, "张"));
    assert!(!trial.state.is_open());
}

#[test]
fn a_click_beside_the_options_is_nothing() {
    let mut trial = open();
    trial.on(Event::Clicked { index: 3, aside: false });
    trial.on(Event::Clicked { index: usize::MAX, aside: false });
    assert!(trial.chosen.is_empty());
}

#[test]
fn leaving_closes_except_to_put_a_keyboard_away() {
    for (event, open_after) in
        [(Event::Left { touch: false }, false), (Event::Left { touch: true }, true), (Event::Dismissed, false)]
    {
        let mut trial = open();
        trial.on(event.clone());
        assert_eq!(trial.state.is_open(), open_after, "{event:?}");
        trial.on(Event::Pressed);
        assert!(trial.state.is_open(), "a click opens it again");
    }
}

#[test]
fn an_answer_after_escape_does_not_open_the_list() {
    let mut trial = open();
    trial.typed("张三");
    trial.key(Key::Escape);
    trial.answer(&["张三"]);
    assert!(!trial.state.is_open());
}

#[test]
fn a_failure_is_said_and_the_next_search_starts_clean() {
    let mut trial = open();
    trial.typed("张三");
    let sequence = trial.asked[1].0;
    trial.on(Event::Answered { sequence, answer: Err("engine-stopped".into()) });
    assert_eq!(trial.state.message(), Message::Failed("engine-stopped".into()));
    assert!(!trial.state.is_open());
    trial.on(Event::Pressed);
    assert_eq!(trial.texts_asked(), ["张", "张三", "张三"]);
    trial.answer(&["张三"]);
    assert_eq!(trial.state.message(), found(1));
}

#[test]
fn attaching_takes_over_what_was_typed() {
    for (focused, message) in [(true, found(1)), (false, Message::Silent)] {
        let mut trial = Trial::default();
        trial.on(Event::Attached { text: "zhang'san".into(), composing: true, focused, recent: false });
        assert_eq!(trial.texts_asked(), ["zhang'san"]);
        trial.answer(&["张三"]);
        assert_eq!((trial.state.is_open(), trial.state.message()), (focused, message));
    }
}

#[test]
fn keys_of_an_input_method_are_left_alone() {
    for key in [Key::Down, Key::Up, Key::Open, Key::Close, Key::Enter, Key::Aside, Key::Escape] {
        let mut trial = open();
        assert!(!trial.on(Event::Key { key, ime: true }));
        assert_eq!((trial.state.is_open(), trial.state.active(), trial.chosen.len()), (true, None, 0), "{key:?}");
    }
}

#[test]
fn a_composition_that_finds_nothing_keeps_the_last_list_dimmed() {
    let mut trial = open();
    trial.on(Event::CompositionStarted);
    trial.composed("张s'");
    trial.answer(&[]);
    assert_eq!(trial.names(), ["张三", "张四", "张五"]);
    assert_eq!(trial.state.shown().map(|(_, dimmed)| dimmed), Some(true));
    assert_eq!(trial.state.message(), Message::Silent, "no flash of 'nothing found'");
    trial.ended("张s'");
    assert_eq!((trial.names().len(), trial.state.is_open()), (0, false));
    assert_eq!(trial.state.message(), Message::Nothing("张s'".into()));
}

#[test]
fn nothing_found_is_not_said_of_a_first_composition() {
    let mut trial = Trial::default();
    trial.on(Event::CompositionStarted);
    trial.composed("q");
    trial.answer(&[]);
    assert_eq!((trial.state.is_open(), trial.state.message()), (false, Message::Silent));
}

/// What a browser sends while 张三 is written by pinyin, and how often the box should search.
enum Sent {
    Start,
    Input(&'static str, bool),
    End(&'static str),
    Blur,
}

#[track_caller]
fn replay(sent: &[Sent], searched: &[&str]) -> Trial {
    let mut trial = Trial::default();
    for sent in sent {
        match *sent {
            Sent::Start => trial.on(Event::CompositionStarted),
            Sent::Input(text, composing) => trial.on(Event::Typed { text: text.into(), composing }),
            Sent::End(text) => trial.on(Event::CompositionEnded { text: text.into() }),
            Sent::Blur => trial.on(Event::Left { touch: false }),
        };
    }
    assert_eq!(trial.texts_asked(), searched);
    trial
}

#[test]
fn the_orders_of_composition_events() {
    use Sent::*;
    // Chromium and Safari: the last input is inside the composition, nothing comes after its end.
    replay(
        &[Start, Input("z", true), Input("zhang's", true), Input("张三", true), End("张三")],
        &["z", "zhang's", "张三"],
    );
    // Firefox, and old Edge: one more input after the end, with the same text.
    replay(&[Start, Input("z", true), Input("张三", true), End("张三"), Input("张三", false)], &["z", "张三"]);
    // An input method that shows its letters in a window of its own: text comes with the end alone.
    replay(&[Start, End("张三")], &["张三"]);
    // Escape: the letters are taken back.
    replay(&[Start, Input("z", true), Input("", true), End("")], &["z"]);
    // Committed as letters by Enter or Shift.
    replay(&[Start, Input("zhang", true), End("zhang")], &["zhang"]);
    // Android keyboards keep each Latin word in a composition: typing must search all the same.
    replay(&[Start, Input("l", true), Input("li", true), End("li"), Input("li ", false)], &["l", "li", "li "]);
}

#[test]
fn a_composition_that_only_blurs_is_over() {
    use Sent::*;
    let mut trial = replay(&[Start, Input("qqq", true), Blur], &["qqq"]);
    trial.answer(&[]);
    assert_eq!(trial.state.message(), Message::Nothing("qqq".into()));
}

/// A list of ten of which there are more.
fn long() -> Trial {
    let mut trial = Trial::default();
    trial.typed("张");
    trial.answer_of(10, 35);
    trial
}

impl Trial {
    /// Answers the latest question with so many hits of so many.
    fn answer_of(&mut self, count: usize, total: u32) {
        let (sequence, _) = *self.asked.last().expect("something was asked");
        let answer = Response { total, ..response(&vec!["张三"; count]) };
        self.on(Event::Answered { sequence, answer: Ok(answer) });
    }
}

#[test]
fn more_goes_on_where_the_list_ends() {
    let mut trial = long();
    trial.on(Event::More);
    assert_eq!(trial.limits, [10, 30]);
    assert_eq!((trial.names().len(), trial.state.is_open()), (10, true), "the list stays until the answer");
    trial.on(Event::More);
    assert_eq!(trial.limits, [10, 30], "one question at a time");
    trial.answer_of(30, 35);
    trial.on(Event::More);
    trial.answer_of(35, 35);
    trial.on(Event::More);
    assert_eq!((trial.limits.as_slice(), trial.names().len()), (&[10, 30, 50][..], 35));
    trial.typed("张三");
    assert_eq!(trial.limits.last(), Some(&10), "a new text begins with a screenful");
}

#[test]
fn the_arrow_goes_on_too() {
    let mut trial = long();
    trial.key(Key::Up);
    assert_eq!(trial.state.active(), Some(9));
    assert!(trial.key(Key::Down));
    assert_eq!((trial.limits.as_slice(), trial.state.active()), (&[10, 30][..], Some(9)));
    trial.answer_of(30, 35);
    assert_eq!(trial.state.active(), Some(10));
}

#[test]
fn a_source_that_knows_more_is_asked_again_but_not_under_the_finger() {
    let mut trial = open();
    trial.on(Event::Renewed);
    trial.answer(&["张三", "章三"]);
    assert_eq!((trial.texts_asked(), trial.names()), (vec!["张", "张"], vec!["张三", "章三"]));
    trial.key(Key::Down);
    trial.on(Event::Renewed);
    assert_eq!(trial.asked.len(), 2);
    let mut empty = Trial::default();
    empty.on(Event::Renewed);
    assert!(empty.asked.is_empty());
}

#[test]
fn ctrl_enter_asks_for_another_tab() {
    for (key, aside) in [(Key::Enter, false), (Key::Aside, true)] {
        let mut trial = open();
        assert!(!trial.key(Key::Aside), "without a choice it is the page's");
        trial.key(Key::Down);
        assert!(trial.key(key));
        assert_eq!((trial.chosen.len(), trial.aside), (1, aside));
    }
}

#[test]
fn what_was_not_found_is_said() {
    let mut trial = open();
    trial.typed("张三 量子猫");
    let (sequence, _) = trial.asked[1];
    let answer = Response { missing: "量子猫".into(), ..response(&["张三"]) };
    trial.on(Event::Answered { sequence, answer: Ok(answer) });
    assert_eq!(trial.state.message(), Message::Found(1, "量子猫".into()));
}

#[test]
fn an_empty_box_shows_recent_searches_only_where_they_are_kept() {
    for recent in [false, true] {
        let mut trial = Trial::default();
        trial.on(Event::Attached { text: String::new(), composing: false, focused: false, recent });
        for times in 1..3 {
            trial.on(Event::Pressed);
            assert_eq!(trial.asked.len(), if recent { times } else { 0 }, "each time anew");
            if recent {
                trial.answer(&["袁隆平"]);
                assert_eq!((trial.state.is_open(), trial.state.message()), (true, Message::Silent));
            }
            trial.on(Event::Dismissed);
        }
        trial.typed("张");
        trial.answer(&["张三"]);
        trial.on(Event::Cleared);
        assert_eq!(trial.asked.last().map(|(_, text)| text.as_str()), Some(if recent { "" } else { "张" }));
    }
}

#[test]
fn a_sheet_stands_while_the_visitor_is_about_to_choose() {
    let mut trial = Trial::default();
    assert!(!trial.state.is_wanted());
    for (event, wanted) in [
        (Event::Pressed, true),
        (Event::Left { touch: true }, true),
        (Event::Cleared, true),
        (Event::Key { key: Key::Escape, ime: false }, false),
        (Event::Typed { text: "张".into(), composing: false }, true),
        (Event::Dismissed, false),
    ] {
        trial.on(event.clone());
        assert_eq!(trial.state.is_wanted(), wanted, "after {event:?}");
    }
}
