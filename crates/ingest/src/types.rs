//! Types of persons and stations: what 类型 and 称号 say, shortened to what visitors choose among.

use engine::record::{Field, Shape};

use crate::rows::Draft;

/// Puts the row's types first. A person's come from 类型, else from 称号; what is shortened to a type stays in full as a title.
pub fn settle(draft: &mut Draft) {
    let (written, mut others): (Vec<_>, Vec<_>) = draft.cells.drain(..).partition(|(field, ..)| *field == Field::Type);
    let mut types: Vec<(Field, String, String)> = Vec::new();
    let mut add = |label: &str, kind: &str| {
        if !types.iter().any(|(.., t)| t == kind) {
            types.push((Field::Type, label.to_owned(), kind.to_owned()));
        }
    };
    for (_, label, text) in &written {
        let kind = if draft.shape == Shape::Person { of_person(text) } else { text };
        add(label, kind);
        let is_title = |(field, _, value): &(Field, String, String)| *field == Field::Title && value == text;
        if kind != text && !others.iter().any(is_title) {
            others.push((Field::Title, label.clone(), text.clone()));
        }
    }
    if written.is_empty() {
        let titles = others.iter().filter(|(field, ..)| *field == Field::Title);
        titles.filter(|_| draft.shape == Shape::Person).for_each(|(.., title)| add("类型", of_person(title)));
    }
    if types.is_empty() {
        types.push((
            Field::Type,
            "类型".to_owned(),
            if draft.shape == Shape::Person { "专家" } else { "工作站" }.to_owned(),
        ));
    }
    draft.cells = types.into_iter().chain(others).collect();
}

/// What follows 院士 where somebody is none: 院士候选人, 院士团队成员, 院士工作站.
const NOT_ONE: [&str; 14] = [
    "候选人",
    "有效候选人",
    "团队",
    "助理",
    "秘书",
    "后备",
    "提名",
    "增选",
    "培养",
    "工作站",
    "专家工作站",
    "、专家工作站",
    "（专家）工作站",
    "(专家)工作站",
];

/// The type a title belongs to: 中国工程院外籍院士 is an 院士, 林草科普首席科学家 a 首席科普专家; others are types themselves.
fn of_person(title: &str) -> &str {
    let is_one = |(at, word): (usize, &str)| {
        let rest = title[at + word.len()..].trim_start();
        !NOT_ONE.iter().any(|word| rest.starts_with(word))
    };
    if title.match_indices("院士").any(is_one) {
        "院士"
    } else if title.contains("首席") && (title.contains("科普") || title.contains("传播") || title.contains("科学普及"))
    {
        "首席科普专家"
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_is_one_is_an_academician() {
        for title in [
            "院士",
            "中国工程院外籍院士",
            "中国科学院院士（资深）",
            "院士，某院士工作站首席专家",
            "院士候选人（2019）、院士",
        ] {
            assert_eq!(of_person(title), "院士", "{title}");
        }
        for title in [
            "院士候选人",
            "中国工程院院士有效候选人",
            "中国科学院院士增选有效候选人",
            "院士团队成员",
            "院士 助理",
            "院士秘书",
            "院士后备人选",
            "院士提名人选",
            "院士培养对象",
            "院士工作站站长",
            "院士专家工作站专家",
            "院士（专家）工作站专家",
            "专家",
        ] {
            assert_eq!(of_person(title), title);
        }
        assert_eq!(of_person("林草科普首席科学家"), "首席科普专家");
    }
}
