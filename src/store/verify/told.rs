//! Findings told in few lines: what is wrong, how often, and the first of each kind by name.

use super::Finding;

/// The most of one kind that are named.
const NAMED: usize = 5;
/// The most stretches of pages that are named.
const STRETCHES: usize = 8;
/// The most characters taken over from what the database says.
const SAID: usize = 120;

/// The findings in lines, bounded however many they are. Where pages are damaged, what else could not be read follows
/// from that and is told in one line.
pub fn told(findings: &[Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    let pages: Vec<u64> = findings.iter().filter_map(Finding::page).collect();
    if !pages.is_empty() {
        lines.push(told_pages(&pages, None));
    }
    for kind in Kind::ALL {
        let of_kind: Vec<&Finding> =
            findings.iter().filter(|finding| kind_of(finding) == kind && finding.page().is_none()).collect();
        if matches!(kind, Kind::Structure | Kind::Unreadable) && !pages.is_empty() {
            continue;
        }
        lines.extend(of_kind.iter().take(NAMED).map(|finding| shortened(&finding.to_string())));
        match of_kind.len().saturating_sub(NAMED) {
            0 => {}
            1 => lines.push(format!("and one more {}", kind.words().0)),
            more => lines.push(format!("and {more} more {}", kind.words().1)),
        }
    }
    let unproved = findings.iter().any(|finding| kind_of(finding) == Kind::Unreadable);
    if unproved && !pages.is_empty() {
        lines.push("because of that not all tables and not the whole log could be proved".to_owned());
    }
    lines
}

/// Pages by their numbers, those that follow one another as one stretch; with how many there are, where that is known.
pub fn told_pages(pages: &[u64], of: Option<u64>) -> String {
    let of = of.map_or_else(String::new, |of| format!(" of {of}"));
    if let [page] = pages {
        return format!("page {page}{of} is not as it was written");
    }
    let mut stretches: Vec<(u64, u64)> = Vec::new();
    for &page in pages {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => stretches.push((page, page)),
        }
    }
    let named = stretches.iter().take(STRETCHES);
    let words: Vec<String> = named
        .clone()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
        .collect();
    let count: u64 = named.map(|(first, last)| last - first + 1).sum();
    let all = u64::try_from(pages.len()).unwrap_or(u64::MAX);
    let more = if all > count { format!(" and {} more", all - count) } else { String::new() };
    format!("{all}{of} pages are not as they were written: {}{more}", words.join(", "))
}

fn shortened(line: &str) -> String {
    let line = line.replace(char::is_control, " ");
    if line.chars().count() <= SAID {
        return line;
    }
    line.chars().take(SAID - 1).chain(['…']).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Structure,
    Reference,
    Search,
    Row,
    ChangeSet,
    Orphan,
    Log,
    Unreadable,
}

impl Kind {
    /// In the order in which they are told; numbered pages stand before all.
    const ALL: [Self; 9] = [
        Self::Page,
        Self::Structure,
        Self::Reference,
        Self::Row,
        Self::ChangeSet,
        Self::Orphan,
        Self::Log,
        Self::Search,
        Self::Unreadable,
    ];

    /// What one of them is called, and several.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Page => ("that cannot be proved", "that cannot be proved"),
            Self::Structure => ("fault of structure", "faults of structure"),
            Self::Reference => ("row that points to nothing", "rows that point to nothing"),
            Self::Search => ("fault of the full-text index", "faults of the full-text index"),
            Self::Row => ("row that is not what the log says", "rows that are not what the log says"),
            Self::ChangeSet => {
                ("change set that is not as it was sealed", "change sets that are not as they were sealed")
            }
            Self::Orphan => ("change without a change set", "changes without a change set"),
            Self::Log => ("log that does not reach as far as it did", "logs that do not reach as far as they did"),
            Self::Unreadable => ("part that could not be proved", "parts that could not be proved"),
        }
    }
}

fn kind_of(finding: &Finding) -> Kind {
    match finding {
        Finding::Page { .. } => Kind::Page,
        Finding::Structure { .. } => Kind::Structure,
        Finding::Reference { .. } => Kind::Reference,
        Finding::Search { .. } => Kind::Search,
        Finding::Row { .. } => Kind::Row,
        Finding::ChangeSet { .. } => Kind::ChangeSet,
        Finding::Orphan { .. } => Kind::Orphan,
        Finding::CutOff { .. } | Finding::Forked { .. } => Kind::Log,
        Finding::Unreadable { .. } => Kind::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::verify::RowFault;
    use crate::store::watch::Stage;

    fn page(page: u64) -> Finding {
        Finding::Page { page: Some(page), said: String::new() }
    }

    #[test]
    fn pages_that_follow_one_another_are_one_stretch() {
        for (pages, expected) in [
            (vec![7], "page 7 is not as it was written".to_owned()),
            (vec![7, 9], "2 pages are not as they were written: 7, 9".to_owned()),
            (vec![2, 3, 4, 9], "4 pages are not as they were written: 2–4, 9".to_owned()),
            (
                (1..=20).map(|n| n * 2).collect(),
                "20 pages are not as they were written: 2, 4, 6, 8, 10, 12, 14, 16 and 12 more".to_owned(),
            ),
            ((1..=100).collect(), "100 pages are not as they were written: 1–100".to_owned()),
        ] {
            assert_eq!(told_pages(&pages, None), expected);
        }
        assert_eq!(told_pages(&[7], Some(9)), "page 7 of 9 is not as it was written");
        assert_eq!(told_pages(&[1, 7], Some(9)), "2 of 9 pages are not as they were written: 1, 7");
    }

    #[test]
    fn what_follows_from_damaged_pages_is_one_line() {
        let structure = Finding::Structure { said: "Tree 8 page 8: error\nTree 9 page 9: error".to_owned() };
        let chain = Finding::Unreadable { stage: Stage::Chain, said: "the record is damaged".to_owned() };
        let lines = told(&[page(3), page(4), structure.clone(), chain]);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert_eq!(lines[0], "2 pages are not as they were written: 3–4");
        assert!(told(&[structure])[0].starts_with("structure: Tree 8 page 8: error Tree 9"), "no line within a line");
    }

    #[test]
    fn however_many_there_are_the_first_are_named_and_the_rest_counted() {
        let row = |n: u32| Finding::Row { table: "score".to_owned(), row: n.to_string(), fault: RowFault::Missing };
        let rows: Vec<Finding> = (0..400).map(row).collect();
        let lines = told(&rows);
        assert_eq!(lines.len(), NAMED + 1);
        assert_eq!(lines[0], "score 0 is in the log but not in the table");
        assert_eq!(lines[NAMED], "and 395 more rows that are not what the log says");
        assert_eq!(told(&rows[..=NAMED])[NAMED], "and one more row that is not what the log says");
    }
}
