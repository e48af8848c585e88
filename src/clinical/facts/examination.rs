//! `examination.toml`: the words of examination shorthand. How they are read is in
//! [`crate::clinical::examination`].

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Provenance, table};

table! {
    /// The words of examination shorthand.
    examination: Examination = "examination.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examination {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// Units of figures.
    pub unit: Vec<Unit>,
    /// Sets of answers.
    pub scale: Vec<Scale>,
    /// Sets of named places.
    pub site: Vec<SiteSet>,
    /// Families of terms.
    pub family: Vec<Family>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Id.
    pub id: String,
    /// What may be typed behind the figure.
    pub typed: Vec<String>,
    /// What is shown behind it.
    pub words: String,
}

/// Where a figure stands beside an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Before the words: `90° painful`.
    Before,
    /// Behind them: `positive at 45°`.
    At,
}

/// The answers a term takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Id.
    pub id: String,
    /// What it measures, in a few words.
    pub name: String,
    /// Where a figure stands.
    pub figure: Figure,
    /// Whether `1+/2+` is the right side and the left.
    #[serde(default)]
    pub pairs: bool,
    /// The answers.
    pub answers: Vec<Answer>,
    /// Where the grades come from.
    pub source: Option<String>,
    /// Whether that was verified.
    pub verified: Option<bool>,
}

impl Scale {
    /// The answer with this key.
    pub fn answer(&self, key: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.key == key)
    }
}

/// One answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What is typed, and kept.
    pub key: String,
    /// What may be typed instead.
    #[serde(default)]
    pub also: Vec<String>,
    /// What is shown.
    pub words: String,
    /// Whether it departs from the normal.
    #[serde(default)]
    pub abnormal: bool,
}

/// A set of named places.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSet {
    /// Its name.
    pub set: String,
    /// The places.
    pub names: Vec<SiteName>,
}

/// A named place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteName {
    /// What is typed, and kept.
    pub key: String,
    /// What is shown.
    pub words: String,
}

/// A family of terms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Words that, with a colon, open it.
    pub headings: Vec<String>,
    /// Its terms.
    pub terms: Vec<Term>,
    /// Where it comes from, where that is not the table's own source.
    pub source: Option<String>,
    /// Whether that was verified.
    pub verified: Option<bool>,
}

const fn yes() -> bool {
    true
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What is typed, and kept: unique.
    pub key: String,
    /// What may be typed instead.
    #[serde(default)]
    pub also: Vec<String>,
    /// What may be typed under the heading of its family.
    #[serde(default)]
    pub within: Vec<String>,
    /// The full words.
    pub name: String,
    /// Shorter words for lists of changes.
    pub short: Option<String>,
    /// Its scale.
    pub scale: String,
    /// The unit of its figure.
    pub unit: Option<String>,
    /// The largest figure it takes.
    pub most: Option<u16>,
    /// The sets of places it takes.
    #[serde(default)]
    pub sites: Vec<String>,
    /// Whether it has a side.
    #[serde(default = "yes")]
    pub sided: bool,
    /// Whether it takes several answers.
    #[serde(default)]
    pub many: bool,
    /// The answer that a place without one has: `ttp l4/5 r`.
    pub implied: Option<String>,
    /// Whether it is a word of every day: an answer before it is prose, as in `small tear`.
    #[serde(default)]
    pub everyday: bool,
    /// The category of the Budapest signs it counts toward.
    pub category: Option<String>,
    /// Tenths of its unit that a figure must pass to count.
    pub over: Option<u16>,
}

impl Term {
    /// Whether it may be typed so under the heading of its family.
    pub fn is_within(&self, typed: &str) -> bool {
        self.within.iter().any(|within| within == typed)
    }
    /// The short words, or the full ones.
    pub fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}

/// What is looked up by what was typed.
struct Index {
    terms: HashMap<String, &'static Term>,
    scales: HashMap<&'static str, &'static Scale>,
    units: HashMap<&'static str, &'static Unit>,
    sites: HashMap<&'static str, &'static SiteName>,
    headings: HashMap<&'static str, &'static Family>,
    within: HashSet<&'static str>,
}

/// A name in lower case without the mark of the genitive: `hoffmann sign`.
pub fn bare(name: &str) -> String {
    name.to_lowercase().replace(['’', '\''], "'").replace("'s ", " ").replace("s' ", "s ")
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let table = examination();
        let terms = || table.family.iter().flat_map(|family| &family.terms);
        let also = terms().flat_map(|term| term.also.iter().map(move |also| (also.as_str(), term)));
        let mut typed: HashMap<String, &'static Term> = HashMap::new();
        typed.extend(
            also.chain(terms().map(|term| (term.key.as_str(), term))).map(|(typed, term)| (typed.to_owned(), term)),
        );
        // A name of several words may be typed as it stands; a single word of everyday speech may not.
        for term in terms() {
            for name in std::iter::once(&term.name).chain(&term.short).filter(|name| name.contains(' ')) {
                typed.entry(bare(name)).or_insert(term);
            }
        }
        // `knee ext` is what `ext` is under `knee:`.
        for family in &table.family {
            for (heading, term) in family.headings.iter().flat_map(|at| family.terms.iter().map(move |term| (at, term)))
            {
                for within in &term.within {
                    typed.entry(format!("{heading} {within}")).or_insert(term);
                }
            }
        }
        Index {
            terms: typed,
            scales: table.scale.iter().map(|scale| (scale.id.as_str(), scale)).collect(),
            units: table.unit.iter().map(|unit| (unit.id.as_str(), unit)).collect(),
            sites: table.site.iter().flat_map(|set| &set.names).map(|site| (site.key.as_str(), site)).collect(),
            headings: table
                .family
                .iter()
                .flat_map(|family| family.headings.iter().map(move |heading| (heading.as_str(), family)))
                .collect(),
            within: terms().flat_map(|term| term.within.iter().map(String::as_str)).collect(),
        }
    })
}

impl Examination {
    /// The term with this key, or typed this way; in lower case.
    pub fn term(&self, typed: &str) -> Option<&'static Term> {
        index().terms.get(typed).copied()
    }
    /// Whether some term may be typed so under the heading of its family.
    pub fn is_within(&self, typed: &str) -> bool {
        index().within.contains(typed)
    }
    /// The scale of a term.
    pub fn scale_of(&self, term: &Term) -> Option<&'static Scale> {
        index().scales.get(term.scale.as_str()).copied()
    }
    /// The unit of a term.
    pub fn unit_of(&self, term: &Term) -> Option<&'static Unit> {
        index().units.get(term.unit.as_deref()?).copied()
    }
    /// The named place with this key.
    pub fn site_name(&self, key: &str) -> Option<&'static SiteName> {
        index().sites.get(key).copied()
    }
    /// The family that this word opens, with a colon behind it.
    pub fn heading(&self, typed: &str) -> Option<&'static Family> {
        index().headings.get(typed).copied()
    }
}
