//! Records as other libraries take them: one text for each of a few fields.

use crate::directory::{Directory, values};
use engine::record::{Field, Record};
use serde::Serialize;

/// One record; several values of a field stand with a space between them.
#[derive(Serialize)]
pub struct Plain {
    /// The id of its first role.
    id: String,
    name: String,
    aliases: String,
    org: String,
    field: String,
    region: String,
    detail: String,
}

/// All records of a directory.
pub fn records(directory: &Directory) -> Vec<Plain> {
    directory.records.iter().map(plain).collect()
}

fn plain(record: &Record) -> Plain {
    let text = |fields: &[Field]| {
        let mut texts: Vec<&str> = Vec::new();
        for text in fields.iter().flat_map(|field| values(record, *field)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join(" ")
    };
    Plain {
        id: record.roles[0].id.clone(),
        name: record.name.text().into(),
        aliases: record.aliases.iter().map(|alias| alias.text()).collect::<Vec<&str>>().join(" "),
        org: text(&[Field::Org]),
        field: text(&[Field::Discipline]),
        region: text(&[Field::Place, Field::District, Field::Origin]),
        detail: text(&[
            Field::Type,
            Field::Title,
            Field::Division,
            Field::Year,
            Field::Batch,
            Field::Tenure,
            Field::Sponsor,
            Field::Resident,
        ]),
    }
}
