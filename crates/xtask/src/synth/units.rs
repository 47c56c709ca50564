//! Organisations and disciplines: the sample's own, and new ones put together from their parts.

use super::{Table, values::Growing};
use anyhow::Result;
use std::collections::BTreeSet;

/// What a field of study becomes when an institute is named after it.
const INSTITUTES: [&str; 8] =
    ["研究所", "研究院", "重点实验室", "工程技术研究中心", "研究中心", "学会", "科技有限公司", "技术推广站"];

/// Draws organisations and disciplines.
pub struct Units {
    organisations: Growing,
    disciplines: Growing,
    parts: Parts,
}

/// What new values are put together from; sorted, so that the draw does not depend on a map's order.
struct Parts {
    /// 河北, 恩施.
    places: Vec<String>,
    /// What follows a place: 农业大学.
    bodies: Vec<String>,
    /// Organisations that have departments, and the departments: 北京大学, 物理学院.
    hosts: Vec<String>,
    departments: Vec<String>,
    /// Fields of study without what says that they are one: 有机化学.
    topics: Vec<String>,
}

impl Units {
    /// Learns from the tables of the sample.
    pub(super) fn of(academicians: &Table, stations: &Table) -> Result<Units> {
        let organisations = academicians.column("工作单位")?.chain(stations.column("建站单位")?);
        let disciplines = academicians.column("专业领域")?;
        let known: BTreeSet<&str> = organisations.clone().collect();
        let places = academicians.column("籍贯")?.chain(stations.column("省份")?).chain(stations.column("城市")?);
        let places: BTreeSet<&str> =
            places.filter(|place| known.iter().any(|name| name.starts_with(place) && name != place)).collect();

        let bodies = known.iter().filter_map(|name| places.iter().find_map(|place| name.strip_prefix(place)));
        let bodies: BTreeSet<&str> = bodies.filter(|body| body.chars().count() >= 3).collect();
        let splits = known.iter().flat_map(|name| {
            let hosts = known.iter().filter(|host| host.chars().count() >= 4);
            hosts.filter_map(|host| Some((*host, name.strip_prefix(host).filter(|rest| rest.chars().count() >= 3)?)))
        });
        let (hosts, departments): (BTreeSet<&str>, BTreeSet<&str>) = splits.unzip();
        let topics: BTreeSet<&str> = disciplines
            .clone()
            .flat_map(|text| text.split(['、', '，', '；', '/', '与', '（', '）']))
            .map(|part| part.trim_end_matches("专家").trim_end_matches('家'))
            .filter(|part| (2..=8).contains(&part.chars().count()))
            .collect();

        let list = |set: BTreeSet<&str>| set.into_iter().map(String::from).collect();
        let parts = Parts {
            places: list(places),
            bodies: list(bodies),
            hosts: list(hosts),
            departments: list(departments),
            topics: list(topics),
        };
        Ok(Units { organisations: Growing::of(organisations), disciplines: Growing::of(disciplines), parts })
    }

    /// An organisation.
    pub fn organisation(&mut self, rng: &mut fastrand::Rng) -> String {
        let parts = &self.parts;
        self.organisations.draw(rng, |rng| match rng.u32(..10) {
            0..4 => pick(rng, &parts.places) + &pick(rng, &parts.bodies),
            4..7 => pick(rng, &parts.hosts) + &pick(rng, &parts.departments),
            _ => {
                let institute = INSTITUTES[rng.usize(..INSTITUTES.len())];
                pick(rng, &parts.places) + &pick(rng, &parts.topics) + institute
            }
        })
    }

    /// A discipline.
    pub fn discipline(&mut self, rng: &mut fastrand::Rng) -> String {
        let parts = &self.parts;
        self.disciplines.draw(rng, |rng| {
            let (one, other) = (pick(rng, &parts.topics), pick(rng, &parts.topics));
            match rng.u32(..4) {
                0 => format!("{one}、{other}专家"),
                1 => format!("{one}与{other}专家"),
                2 => format!("{one}（{other}）"),
                _ => format!("{one}{other}"),
            }
        })
    }

    /// What a 科技小院 is about.
    pub fn crop(&self, rng: &mut fastrand::Rng) -> String {
        pick(rng, &self.parts.topics)
    }
}

fn pick(rng: &mut fastrand::Rng, from: &[String]) -> String {
    from[rng.usize(..from.len())].clone()
}
