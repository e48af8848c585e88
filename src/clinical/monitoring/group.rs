//! What a listed medicine is, as far as monitoring asks: read from its name by the table of names.

use std::collections::BTreeSet;

use super::super::medicine::meant_by;
use super::super::vocab::Vocab;

crate::vocab! {
    /// A group of medicines for which something is monitored, or for which a urine test can look.
    pub enum Group {
        /// Opioids.
        Opioid "opioid" "opioid",
        /// Methadone and levomethadone.
        Methadone "methadone" "methadone",
        /// Benzodiazepines.
        Benzodiazepine "benzodiazepine" "benzodiazepine",
        /// Z-drugs.
        ZDrug "z_drug" "Z-drug",
        /// Barbiturates.
        Barbiturate "barbiturate" "barbiturate",
        /// Gabapentin, pregabalin.
        Gabapentinoid "gabapentinoid" "gabapentinoid",
        /// Cannabinoids.
        Cannabinoid "cannabinoid" "cannabinoid",
        /// Stimulants.
        Stimulant "stimulant" "stimulant",
        /// Anti-inflammatory medicines.
        Nsaid "nsaid" "NSAID",
        /// Duloxetine.
        Duloxetine "duloxetine" "duloxetine",
    }
}

impl Group {
    /// Whether a urine drug test can look for it.
    pub const fn is_looked_for(self) -> bool {
        match self {
            Self::Opioid
            | Self::Methadone
            | Self::Benzodiazepine
            | Self::ZDrug
            | Self::Barbiturate
            | Self::Gabapentinoid
            | Self::Cannabinoid
            | Self::Stimulant => true,
            Self::Nsaid | Self::Duloxetine => false,
        }
    }

    /// The group that a class of the table of names is.
    fn of_class(class: &str) -> Option<Self> {
        match class {
            "cox2" => Some(Self::Nsaid),
            class => Self::from_name(class),
        }
    }

    /// The group that a medicine by itself is.
    fn of_name(name: &str) -> Option<Self> {
        match name {
            "methadone" | "levomethadone" => Some(Self::Methadone),
            "duloxetine" => Some(Self::Duloxetine),
            _ => None,
        }
    }
}

/// The groups of a listed medicine; none where it is not recognised or nothing of it is monitored. A name that may mean
/// several medicines has the groups of all.
pub fn groups_of(line: &str) -> BTreeSet<Group> {
    let names = meant_by(line);
    let classes = names.iter().flat_map(|name| &name.classes).filter_map(|class| Group::of_class(class));
    classes.chain(names.iter().filter_map(|name| Group::of_name(&name.name))).collect()
}

/// The groups in the words the record keeps beside a medicine, so that the day finds whom to watch; none where nothing of
/// it is monitored.
pub fn stored(line: &str) -> Option<String> {
    let groups: Vec<&str> = groups_of(line).into_iter().map(Vocab::name).collect();
    (!groups.is_empty()).then(|| groups.join(" "))
}

/// The groups that the record keeps beside a medicine.
pub fn from_stored(words: &str) -> BTreeSet<Group> {
    words.split(' ').filter_map(Group::from_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_medicine_is_read_by_its_name() {
        for (line, expected) in [
            ("tapentadol 50 mg 1-0-1", &[Group::Opioid][..]),
            ("Palexia 50 mg", &[Group::Opioid]),
            ("methadone 5 mg twice daily", &[Group::Opioid, Group::Methadone]),
            ("L-Polamidon", &[Group::Opioid, Group::Methadone]),
            ("pregabalin 75 mg 1-0-1", &[Group::Gabapentinoid]),
            ("celecoxib 200 mg", &[Group::Nsaid]),
            ("duloxetine 60 mg 1-0-0", &[Group::Duloxetine]),
            ("a herb from home", &[]),
            ("macrogol 1 sachet 1-0-0", &[]),
        ] {
            let groups: Vec<Group> = groups_of(line).into_iter().collect();
            assert_eq!(groups, expected, "{line}");
            let words = stored(line).unwrap_or_default();
            assert_eq!(from_stored(&words).into_iter().collect::<Vec<_>>(), expected, "{line}");
        }
    }
}
