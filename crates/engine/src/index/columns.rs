//! Columns: distinct values once, and for each role which of them it has.

use super::MAX_VALUE;
use super::letters::{LetterId, Letters};
use crate::bytes::{Reader, put_block, put_planes, put_varint};
use crate::error::ReadError;
use crate::record::Field;
use std::collections::BTreeMap;

/// Many texts in one array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    letters: Vec<LetterId>,
    /// Where each begins; one more entry for the end.
    starts: Vec<u32>,
}

impl Default for Texts {
    fn default() -> Texts {
        Texts { letters: Vec::new(), starts: vec![0] }
    }
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them.
    pub fn get(&self, i: u32) -> &[LetterId] {
        &self.letters[self.starts[i as usize] as usize..self.starts[i as usize + 1] as usize]
    }

    /// Appends one.
    pub(crate) fn push(&mut self, text: &[LetterId]) {
        self.letters.extend_from_slice(text);
        self.starts.push(self.letters.len() as u32);
    }

    /// How many letters all have together.
    pub fn letter_count(&self) -> usize {
        self.letters.len()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[LetterId]> {
        self.starts.windows(2).map(|pair| &self.letters[pair[0] as usize..pair[1] as usize])
    }

    /// All letters one after another, for a scan.
    pub fn letters(&self) -> &[LetterId] {
        &self.letters
    }

    /// Where each begins in [`Texts::letters`]; one more entry for the end.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }
}

/// One column: a field under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    field: Field,
    label: String,
    texts: Texts,
    /// Where the values of each role begin, when a role may have several; one more entry for the end.
    starts: Option<Vec<u32>>,
    /// Numbers of `texts`; where each role has at most one, [`NONE`] for none.
    cells: Vec<u32>,
}

/// The value of a role that has none.
const NONE: u32 = u32::MAX;

impl Column {
    /// What its values say.
    pub fn field(&self) -> Field {
        self.field
    }

    /// The heading as the maintainer wrote it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The distinct values.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The values of a role, as numbers of [`Column::texts`].
    pub fn values(&self, role: u32) -> impl Iterator<Item = u32> + '_ {
        let role = role as usize;
        let range = match &self.starts {
            Some(starts) => starts[role] as usize..starts[role + 1] as usize,
            None => role..role + 1,
        };
        self.cells[range].iter().copied().filter(|value| *value != NONE)
    }

    /// Makes a column of what each role has, numbering values in the order in which they first appear.
    pub(super) fn of(field: Field, label: String, roles: &[Vec<Vec<LetterId>>]) -> Column {
        let mut numbers: BTreeMap<&[LetterId], u32> = BTreeMap::new();
        let mut texts = Texts::default();
        let several = roles.iter().any(|values| values.len() > 1);
        let (mut starts, mut cells) = (vec![0], Vec::new());
        for values in roles {
            for value in values {
                let number = *numbers.entry(value).or_insert_with(|| {
                    texts.push(value);
                    texts.len() as u32 - 1
                });
                cells.push(number);
            }
            if values.is_empty() && !several {
                cells.push(NONE);
            }
            starts.push(cells.len() as u32);
        }
        Column { field, label, texts, starts: several.then_some(starts), cells }
    }

    pub(super) fn put(&self, out: &mut Vec<u8>, letters: &Letters) {
        out.push(self.field as u8);
        put_block(out, self.label.as_bytes());
        put_varint(out, self.texts.len() as u32);
        put_planes(out, &self.texts.iter().map(|text| text.len() as u32).collect::<Vec<u32>>());
        letters.put_text(out, &self.texts.letters);
        out.push(u8::from(self.starts.is_some()));
        if let Some(starts) = &self.starts {
            put_planes(out, &starts.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<u32>>());
        }
        let mut named = 0;
        let codes = self.cells.iter().map(|cell| match *cell {
            NONE => 0,
            cell if cell == named => {
                named += 1;
                1
            }
            cell => cell + 2,
        });
        put_planes(out, &codes.collect::<Vec<u32>>());
    }

    pub(super) fn take(reader: &mut Reader<'_>, letters: &Letters, roles: usize) -> Result<Column, ReadError> {
        let code = reader.byte()?;
        let field = *Field::ALL.get(usize::from(code)).ok_or_else(|| reader.damaged())?;
        let label = std::str::from_utf8(reader.block()?).map_err(|_| reader.damaged())?.to_string();
        let n = reader.at_most(reader.left())?;
        let mut texts = Texts::default();
        for length in reader.planes(n, MAX_VALUE as u64 + 1)? {
            reader.check(length > 0)?;
            letters.take_text(reader, length as usize, &mut texts.letters)?;
            texts.starts.push(texts.letters.len() as u32);
        }
        let several = reader.at_most(1)? == 1;
        let mut starts = None;
        let mut cell_count = roles;
        if several {
            let mut end = 0u32;
            let counts = reader.planes(roles, reader.left() as u64 + 1)?;
            let ends = counts.into_iter().map(|count| {
                end = end.saturating_add(count);
                end
            });
            starts = Some(std::iter::once(0).chain(ends).collect::<Vec<u32>>());
            cell_count = end as usize;
        }
        let mut named = 0;
        let mut cells = reader.planes(cell_count, n as u64 + 2)?;
        for cell in &mut cells {
            *cell = match *cell {
                0 => NONE,
                1 => {
                    named += 1;
                    named - 1
                }
                code => code - 2,
            };
            reader.check(*cell == NONE || *cell < named)?;
        }
        reader.check(named as usize == n && !(several && cells.contains(&NONE)))?;
        reader.end()?;
        Ok(Column { field, label, texts, starts, cells })
    }
}
