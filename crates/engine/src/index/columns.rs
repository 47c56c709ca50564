//! Columns: distinct values once, and for each role which of them it has.

use super::MAX_VALUE;
use super::letters::{LetterId, Letters};
use super::read::Allowance;
use super::texts::Texts;
use crate::bytes::{ANY, Reader, put_block, put_planes, put_varint};
use crate::error::ReadError;
use crate::numbers::{Groups, Numbers};
use crate::record::Field;
use std::collections::BTreeMap;

/// One column: a field under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    field: Field,
    label: String,
    texts: Texts,
    /// Which of `cells` are whose, when a role may have several values.
    groups: Option<Groups>,
    /// Numbers of `texts`, from 1; 0 for none, where each role has at most one.
    cells: Numbers,
}

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

    /// Lets what is searched know by letter which values hold it.
    pub(super) fn know_by_letter(&mut self, allowance: &mut Allowance) {
        if self.field.is_searched() {
            self.texts.know_by_letter(allowance);
        }
    }

    /// The values of a role, as numbers of [`Column::texts`].
    pub fn values(&self, role: u32) -> impl Iterator<Item = u32> + '_ {
        let role = role as usize;
        let range = match &self.groups {
            Some(groups) => groups.range(role),
            None => role as u32..role as u32 + 1,
        };
        range.filter_map(|cell| self.cells.get(cell as usize).checked_sub(1))
    }

    /// Tells every role with every value it has, in the order of roles: faster than role by role.
    pub(super) fn each(&self, tell: &mut dyn FnMut(u32, u32)) {
        let mut cells = self.cells.iter();
        let roles = self.groups.as_ref().map_or(self.cells.len(), |groups| groups.sizes().len());
        for role in 0..roles {
            let count = self.groups.as_ref().map_or(1, |groups| groups.sizes().get(role));
            for value in cells.by_ref().take(count as usize).filter_map(|cell| cell.checked_sub(1)) {
                tell(role as u32, value);
            }
        }
    }

    /// Makes a column of what each role has, numbering values in the order in which they first appear.
    pub(super) fn of(field: Field, label: String, roles: &[Vec<Vec<LetterId>>]) -> Column {
        let mut numbers: BTreeMap<&[LetterId], u32> = BTreeMap::new();
        let mut texts = Texts::default();
        let several = roles.iter().any(|values| values.len() > 1);
        let mut cells = Vec::new();
        for values in roles {
            for value in values {
                let number = *numbers.entry(value).or_insert_with(|| {
                    texts.push(value);
                    texts.len() as u32
                });
                cells.push(number);
            }
            if values.is_empty() && !several {
                cells.push(0);
            }
        }
        let sizes: Vec<u32> = roles.iter().map(|values| values.len() as u32).collect();
        let groups = if several { Groups::of(Numbers::of(&sizes)) } else { None };
        Column { field, label, texts, groups, cells: Numbers::of(&cells) }
    }

    pub(super) fn put(&self, out: &mut Vec<u8>, letters: &Letters) {
        out.push(self.field as u8);
        put_block(out, self.label.as_bytes());
        put_varint(out, self.texts.len() as u32);
        put_planes(out, &self.texts.iter().map(|text| text.len() as u32).collect::<Vec<u32>>());
        letters.put_text(out, self.texts.letters());
        out.push(u8::from(self.groups.is_some()));
        if let Some(groups) = &self.groups {
            put_planes(out, &groups.sizes().iter().collect::<Vec<u32>>());
        }
        let mut named = 0;
        let codes = self.cells.iter().map(|cell| match cell {
            0 => 0,
            cell if cell > named => {
                named = cell;
                1
            }
            cell => cell + 1,
        });
        put_planes(out, &codes.collect::<Vec<u32>>());
    }

    pub(super) fn take(
        reader: &mut Reader<'_>,
        letters: &Letters,
        roles: usize,
        allowance: &mut Allowance,
    ) -> Result<Column, ReadError> {
        let code = reader.byte()?;
        let field = *Field::ALL.get(usize::from(code)).ok_or_else(|| reader.damaged())?;
        let label = std::str::from_utf8(reader.block()?).map_err(|_| reader.damaged())?.to_owned();
        let n = reader.at_most(reader.left())?;
        let lengths = reader.numbers(n, MAX_VALUE as u64 + 1)?;
        allowance.spend(reader, lengths.bytes(), 1)?;
        reader.check(lengths.iter().all(|length| length > 0))?;
        // Beyond what a browser's `usize` counts they may come to anything.
        let all = lengths.iter().map(u64::from).sum::<u64>();
        reader.check(all <= reader.left() as u64)?;
        let all = all as usize;
        allowance.spend(reader, all, size_of::<LetterId>())?;
        allowance.spend(reader, n + 1, size_of::<u32>())?;
        let mut all_letters = Vec::with_capacity(all);
        letters.take_text(reader, all, &mut all_letters)?;
        let texts = Texts::of(all_letters, n, lengths.iter());

        let several = reader.at_most(1)? == 1;
        let (mut groups, mut cell_count) = (None, roles);
        if several {
            allowance.spend(reader, roles, 2)?;
            let found = Groups::of(reader.numbers(roles, ANY)?).ok_or_else(|| reader.damaged())?;
            cell_count = found.total();
            groups = Some(found);
        }
        allowance.give_back(lengths.bytes());
        drop(lengths);
        let codes = reader.numbers(cell_count, n as u64 + 2)?;
        reader.end()?;
        allowance.spend(reader, codes.bytes(), 1)?;
        allowance.spend(reader, cell_count, Numbers::width(n as u32))?;
        let (mut named, mut filled, mut is_sound) = (0, 0, true);
        let cells = codes.map(n as u32, &mut |code| {
            let cell = match code {
                0 => 0,
                1 => {
                    named += 1;
                    named
                }
                code => code - 1,
            };
            is_sound &= cell <= named && !(several && cell == 0);
            filled += usize::from(cell > 0);
            cell
        });
        reader.check(is_sound && named as usize == n)?;
        allowance.give_back(codes.bytes());
        // The table of who has which value, made when a query first finds something in the column.
        allowance.spend(reader, filled + n + 2, size_of::<u32>())?;
        Ok(Column { field, label, texts, groups, cells })
    }
}
