//! A directory that does not exist, of any size: the same files and headings as the sample, so that sizes and speeds can be measured.
//!
//! What matters for an index and for a search is how values repeat, so that is what is imitated: how many people share a surname,
//! a given name, a unit, a discipline. Everything is drawn from the sample by a seeded generator: the same seed, count and sample
//! give the same bytes on every machine.

mod names;
mod surnames;
mod units;
mod values;

use crate::project::Project;
use anyhow::{Context, Result};
use names::Names;
use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};
use units::Units;

/// Of a hundred rows: academicians; the rest are stations. Provincial associations list about ten experts to a station,
/// and chief experts are few beside the academicians and other experts that fill the large table.
const ACADEMICIANS: usize = 85;
const CHIEF_EXPERTS: usize = 10;

/// Of a hundred chief experts, those who also stand among the academicians.
const BOTH: u32 = 10;

/// Of a thousand academicians, those from abroad or of a people whose names are written with ·.
const TRANSCRIBED: u32 = 10;

/// Writes `rows` rows in all into three tables in `folder`, and returns their paths.
pub fn write(project: &Project, rows: usize, seed: u64, folder: &Path) -> Result<Vec<PathBuf>> {
    let academicians = Table::read(&project.root.join("data/academicians.csv"))?;
    let chiefs = Table::read(&project.root.join("data/chief-experts.csv"))?;
    let stations = Table::read(&project.root.join("data/workstations.csv"))?;
    let mut rng = fastrand::Rng::with_seed(seed);
    let names = Names::of(academicians.column("姓名")?);
    let mut units = Units::of(&academicians, &stations)?;

    let (people, experts) = (rows * ACADEMICIANS / 100, rows * CHIEF_EXPERTS / 100);
    let mut out = [academicians.like(), chiefs.like(), stations.like()];
    for number in 1..=people {
        let row = academician(&mut rng, &academicians, &names, &mut units);
        out[0].push(&format!("a{number}"), row);
    }
    for number in 1..=experts {
        let twin = (rng.u32(..100) < BOTH && people > 0).then(|| out[0].row(rng.usize(..people)));
        let row = chief_expert(&mut rng, &chiefs, &names, &mut units, twin);
        out[1].push(&format!("c{number}"), row);
    }
    for number in 1..=rows - people - experts {
        let guest = (people > 0).then(|| out[0].row(rng.usize(..people))["姓名"].clone());
        let row = station(&mut rng, &stations, &mut units, guest);
        out[2].push(&format!("w{number}"), row);
    }

    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let files = ["academicians.csv", "chief-experts.csv", "workstations.csv"].map(|name| folder.join(name));
    for (table, file) in out.iter().zip(&files) {
        table.write(file)?;
    }
    Ok(files.to_vec())
}

/// One row by heading; headings that are not there are empty.
type Row = HashMap<String, String>;

/// Honour, section, year, origin and register come together from one row of the sample, as they do in life.
fn academician(rng: &mut fastrand::Rng, sample: &Table, names: &Names, units: &mut Units) -> Row {
    let transcribed = rng.u32(..1000) < TRANSCRIBED;
    let mut row = sample.row(rng.usize(..sample.len()));
    // A name with · goes with the row of somebody who has one, alias included; nobody else is from abroad.
    while row["姓名"].contains('·') != transcribed || (!transcribed && row["称号"].contains("外籍")) {
        row = sample.row(rng.usize(..sample.len()));
    }
    row.insert("姓名".into(), if transcribed { names.transcribed(rng) } else { names.chinese(rng) });
    if !row["工作单位"].is_empty() {
        row.insert("工作单位".into(), units.organisation(rng));
    }
    if !row["专业领域"].is_empty() {
        row.insert("专业领域".into(), units.discipline(rng));
    }
    row
}

fn chief_expert(rng: &mut fastrand::Rng, sample: &Table, names: &Names, units: &mut Units, twin: Option<Row>) -> Row {
    let mut row = sample.row(rng.usize(..sample.len()));
    row.insert("姓名".into(), names.chinese(rng));
    row.insert("工作单位".into(), units.organisation(rng));
    row.insert("专业领域".into(), units.discipline(rng));
    for heading in ["姓名", "工作单位", "专业领域"] {
        if let Some(twin) = &twin {
            row.insert(heading.into(), twin[heading].clone());
        }
    }
    row
}

fn station(rng: &mut fastrand::Rng, sample: &Table, units: &mut Units, guest: Option<String>) -> Row {
    let mut row = sample.row(rng.usize(..sample.len()));
    let host = units.organisation(rng);
    let name = match row["类型"].as_str() {
        kind @ "科技小院" => format!("{}{}{}{kind}", row["省份"], row["城市"], units.crop(rng)),
        kind => format!("{host}{kind}"),
    };
    row.insert("名称".into(), name);
    row.insert("建站单位".into(), host);
    let guest = guest.filter(|_| !row["进站专家"].is_empty()).unwrap_or_default();
    row.insert("进站专家".into(), guest);
    row
}

/// A table in memory, cells as text.
pub(in crate::synth) struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &Path) -> Result<Table> {
        let mut reader = csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
        let headings = reader.headers()?.iter().map(String::from).collect();
        let rows = reader.records().map(|row| Ok(row?.iter().map(String::from).collect())).collect::<Result<_>>()?;
        Ok(Table { headings, rows })
    }

    /// An empty table with the same headings.
    fn like(&self) -> Table {
        Table { headings: self.headings.clone(), rows: Vec::new() }
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn row(&self, index: usize) -> Row {
        self.headings.iter().cloned().zip(self.rows[index].iter().cloned()).collect()
    }

    fn push(&mut self, id: &str, mut row: Row) {
        row.insert("编号".into(), id.into());
        self.rows.push(self.headings.iter().map(|heading| row.remove(heading).unwrap_or_default()).collect());
    }

    /// The filled cells under a heading.
    pub(in crate::synth) fn column(&self, heading: &str) -> Result<impl Iterator<Item = &str> + Clone> {
        let at =
            self.headings.iter().position(|name| name == heading).with_context(|| format!("no column {heading}"))?;
        Ok(self.rows.iter().map(move |row| row[at].as_str()).filter(|cell| !cell.is_empty()))
    }

    fn write(&self, path: &Path) -> Result<()> {
        let mut writer = csv::Writer::from_path(path).with_context(|| format!("cannot write {}", path.display()))?;
        writer.write_record(&self.headings)?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        Ok(writer.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::project::Project;
    use std::{collections::HashSet, fs, path::PathBuf};

    fn directory(rows: usize, seed: u64) -> Vec<String> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = std::env::temp_dir().join(format!("expert-search-synth-{}-{rows}-{seed}", std::process::id()));
        let project = Project { root, target: folder.clone() };
        let texts = write(&project, rows, seed, &folder)
            .unwrap()
            .iter()
            .map(|file| fs::read_to_string(file).unwrap())
            .collect();
        fs::remove_dir_all(folder).unwrap();
        texts
    }

    #[test]
    fn a_seed_gives_one_directory() {
        assert_eq!(directory(500, 1), directory(500, 1));
        assert_ne!(directory(500, 1), directory(500, 2));
    }

    #[test]
    fn counts_rows_and_numbers_them_apart() {
        let tables = directory(1000, 7);
        let rows: Vec<usize> = tables.iter().map(|text| text.lines().count() - 1).collect();
        assert_eq!(rows, [850, 100, 50]);
        let ids: HashSet<&str> =
            tables.iter().flat_map(|text| text.lines().skip(1)).filter_map(|row| row.split(',').next()).collect();
        assert_eq!(ids.len(), 1000);
    }

    #[test]
    fn names_collide_as_in_life() {
        let tables = directory(20_000, 3);
        let names: Vec<&str> = tables[0].lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
        let distinct: HashSet<&str> = names.iter().copied().collect();
        let share = distinct.len() as f64 / names.len() as f64;
        assert!((0.90..0.98).contains(&share), "{share} of the names are distinct");
        let wang = names.iter().filter(|name| name.starts_with('王')).count() as f64 / names.len() as f64;
        assert!((0.06..0.09).contains(&wang), "{wang} are called 王");
    }
}
