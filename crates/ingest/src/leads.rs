//! A maintainer's own list of words that lead to others: two columns, what visitors type and what the directory writes for it.

use crate::place::Place;
use crate::problem::{Kind, Problem};
use crate::sheet::Sheet;
use crate::text::{clean, list};

/// The longest word, and the most words that one leads to: what the file of words has room for.
const LONGEST: usize = 64;
const MOST: usize = 200;

/// What separates several words in the second column.
const SEPARATORS: [char; 6] = ['、', '；', ';', '，', ',', '/'];

/// The words of a list, each with those it leads to, in the order of the rows. There is no heading.
///
/// Adds to `problems` each row that has not two cells, or words for which there is no room.
pub fn leads(sheets: &[Sheet], problems: &mut Vec<Problem>) -> Vec<(String, Vec<String>)> {
    let mut leads = Vec::new();
    for (sheet, row) in sheets.iter().flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row))) {
        let cells: Vec<String> = row.cells.iter().map(|cell| clean(cell)).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let fits = |word: &String| (1..=LONGEST).contains(&word.chars().count());
        let (typed, targets) = (cells.first().cloned().unwrap_or_default(), cells.get(1).cloned().unwrap_or_default());
        let targets = list(&targets, &SEPARATORS);
        if filled == 2 && fits(&typed) && !targets.is_empty() && targets.len() <= MOST && targets.iter().all(fits) {
            leads.push((typed, targets));
        } else {
            problems.push(Problem::new(Place::row(&sheet.source, row.number), Kind::NoLead(cells.join(" "))));
        }
    }
    leads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets;

    #[test]
    fn two_columns_lead_and_all_else_is_named() {
        let mut problems = Vec::new();
        let read = sheets(
            "近义词.csv",
            "种地,作物学、农学\n 芯片 ,集成电路\n只有一列\n,作物学\n甲,乙,丙\n".as_bytes(),
            &mut problems,
        );
        let found = leads(&read, &mut problems);
        let expected = [("种地", vec!["作物学", "农学"]), ("芯片", vec!["集成电路"])];
        let owned = |(typed, targets): &(&str, Vec<&str>)| {
            (typed.to_string(), targets.iter().map(|target| target.to_string()).collect::<Vec<String>>())
        };
        assert_eq!(found, expected.iter().map(owned).collect::<Vec<_>>());
        let said: Vec<String> = problems.iter().map(|problem| problem.say(crate::Language::Chinese)).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said.iter().all(|text| text.contains("近义词.csv") && text.contains("应是两列")), "{said:?}");
    }

    #[test]
    fn what_has_no_room_is_named() {
        let mut problems = Vec::new();
        let many: Vec<String> = (0..=MOST).map(|number| number.to_string()).collect();
        let long = format!("{},作物\n甲,{}\n", "长".repeat(LONGEST + 1), many.join("、"));
        let read = sheets("words.csv", long.as_bytes(), &mut problems);
        assert_eq!(leads(&read, &mut problems), []);
        assert_eq!(problems.len(), 2);
    }
}
