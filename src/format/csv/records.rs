//! Text to records of cells: our own splitter, because every refusal must name the line of the file, and because a quote
//! that never closes must cost its own line, not the rest of the table.

/// A record and the line of the file on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Line of the file; the first is 1.
    pub line: u32,
    /// Its cells, quotes undone.
    pub cells: Vec<String>,
}

impl Record {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
    /// How many cells hold something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
}

/// How the cells of a table are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between cells.
    pub delimiter: char,
    /// Whether a quote inside quotes is written `\"` instead of `""`.
    pub backslash: bool,
}

/// What may stand between cells, the likelier first. A colon only where nothing else divides: it stands inside times.
const DELIMITERS: [char; 5] = [',', ';', '\t', '|', ':'];

/// So many bytes show what a table is.
const HEAD: usize = 1 << 18;

/// The beginning of a table, as whole lines where it has any.
pub fn head(bytes: &[u8]) -> &[u8] {
    let Some(head) = bytes.get(..HEAD) else { return bytes };
    head.iter().rposition(|byte| *byte == b'\n').map_or(head, |end| &head[..=end])
}

/// Finds out what stands between the cells. `known` counts the column names that a record holds, which decides between
/// delimiters that both divide.
pub fn dialect(text: &str, known: &dyn Fn(&Record) -> usize) -> Dialect {
    let backslash = text.contains("\\\"") && !text.contains("\"\"");
    if let Some(delimiter) = said(text) {
        return Dialect { delimiter, backslash };
    }
    let lines = text.split_inclusive('\n').take(300).scan(0, |taken, line| {
        *taken += line.len();
        (*taken <= HEAD).then_some(line)
    });
    let head: String = lines.collect();
    let score = |delimiter: char| {
        let found: Vec<Record> =
            records(&head, Dialect { delimiter, backslash }).into_iter().filter(|record| !record.is_empty()).collect();
        let divided: Vec<usize> = found.iter().map(|record| record.cells.len()).filter(|cells| *cells > 1).collect();
        let Some((cells, times)) = most_common(&divided) else { return 0.0 };
        let names = found.iter().take(30).map(known).max().unwrap_or(0);
        // Small counts: the conversions are exact.
        #[expect(clippy::cast_precision_loss, reason = "counts of at most a few hundred")]
        let even = times as f64 / found.len() as f64 * (cells as f64).log2().min(4.0);
        #[expect(clippy::cast_precision_loss, reason = "counts of at most a few hundred")]
        let by_name = names as f64;
        even + by_name
    };
    let best = DELIMITERS.map(|delimiter| (score(delimiter) / if delimiter == ':' { 3.0 } else { 1.0 }, delimiter));
    let delimiter = best.into_iter().fold((0.0, ','), |best, next| if next.0 > best.0 { next } else { best }).1;
    Dialect { delimiter, backslash }
}

/// Spreadsheets may say it: a first line `sep=;`.
fn said(text: &str) -> Option<char> {
    let first = text.lines().next()?.trim().trim_matches('"');
    let mut rest = first.strip_prefix("sep=").or_else(|| first.strip_prefix("SEP="))?.chars();
    rest.next().filter(|_| rest.next().is_none())
}

/// The most common number and how often it comes; of two the larger.
pub fn most_common(numbers: &[usize]) -> Option<(usize, usize)> {
    let times = |number: usize| numbers.iter().filter(|n| **n == number).count();
    numbers.iter().map(|number| (*number, times(*number))).max_by_key(|(number, times)| (*times, *number))
}

/// Splits a table into records. Empty lines are none.
pub fn records(text: &str, dialect: Dialect) -> Vec<Record> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = text;
    if said(text).is_some() {
        let end = end_of_line(rest);
        rest = &rest[end..];
        line += 1;
    }
    while !rest.is_empty() {
        let (cells, used) = record(rest, dialect).unwrap_or_else(|| {
            // A quote that never closes: the line alone, its quotes as they stand.
            let end = end_of_line(rest);
            let plain = rest[..end].trim_end_matches(['\r', '\n']);
            (plain.split(dialect.delimiter).map(str::to_owned).collect(), end)
        });
        let (taken, after) = rest.split_at(used);
        if !taken.trim_matches(['\r', '\n']).is_empty() {
            found.push(Record { line, cells });
        }
        line += count_lines(taken);
        rest = after;
    }
    found
}

/// More lines than one cell ever has: a quote that closes only after them was not meant as one.
const MOST_LINES_IN_A_CELL: usize = 200;

/// The first record of a text and how many bytes it takes with its line end; nothing if a quote does not close.
fn record(text: &str, dialect: Dialect) -> Option<(Vec<String>, usize)> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut lines = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if quoted {
            match c {
                '\\' if dialect.backslash && next == Some('"') => {
                    cell.push('"');
                    chars.next();
                }
                '"' if !dialect.backslash && next == Some('"') => {
                    cell.push('"');
                    chars.next();
                }
                '"' => quoted = false,
                '\n' => {
                    lines += 1;
                    cell.push('\n');
                }
                c => cell.push(c),
            }
            if lines > MOST_LINES_IN_A_CELL {
                return None;
            }
        } else if c == dialect.delimiter {
            cells.push(std::mem::take(&mut cell));
        } else if c == '"' && matches!(cell.trim(), "" | "=") {
            // `="00123"` keeps a spreadsheet from taking a text for a number.
            cell.clear();
            quoted = true;
        } else if c == '\n' || c == '\r' {
            cells.push(cell);
            return Some((cells, at + if c == '\r' && next == Some('\n') { 2 } else { 1 }));
        } else {
            cell.push(c);
        }
    }
    if quoted {
        return None;
    }
    cells.push(cell);
    Some((cells, text.len()))
}

fn end_of_line(text: &str) -> usize {
    match text.find(['\r', '\n']) {
        Some(at) if text[at..].starts_with("\r\n") => at + 2,
        Some(at) => at + 1,
        None => text.len(),
    }
}

fn count_lines(text: &str) -> u32 {
    let breaks = text.matches('\n').count() + text.replace("\r\n", "").matches('\r').count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect = Dialect { delimiter: ',', backslash: false };

    fn split(text: &str, dialect: Dialect) -> Vec<(u32, Vec<String>)> {
        records(text, dialect).into_iter().map(|record| (record.line, record.cells)).collect()
    }

    #[test]
    fn records_know_their_lines() {
        for (text, expected) in [
            ("a,b\n1,2\n", vec![(1, vec!["a", "b"]), (2, vec!["1", "2"])]),
            ("a,b\r\n\r\n1,2", vec![(1, vec!["a", "b"]), (3, vec!["1", "2"])]),
            ("a\rb\r", vec![(1, vec!["a"]), (2, vec!["b"])]),
            ("\"x\ny\",2\n3,4", vec![(1, vec!["x\ny", "2"]), (3, vec!["3", "4"])]),
            ("\"a \"\"b\"\" c\", \"d\",e\"f\"", vec![(1, vec!["a \"b\" c", "d", "e\"f\""])]),
            ("1,\"open\n2,3\n", vec![(1, vec!["1", "\"open"]), (2, vec!["2", "3"])]),
            (",,\n", vec![(1, vec!["", "", ""])]),
            ("=\"007\",=HYPERLINK(\"x\")", vec![(1, vec!["007", "=HYPERLINK(\"x\")"])]),
            ("sep=,\n1,2", vec![(2, vec!["1", "2"])]),
            ("", vec![]),
        ] {
            let expected: Vec<(u32, Vec<String>)> = expected
                .into_iter()
                .map(|(line, cells)| (line, cells.into_iter().map(str::to_owned).collect()))
                .collect();
            assert_eq!(split(text, COMMA), expected, "{text:?}");
        }
        let escaped = Dialect { delimiter: ';', backslash: true };
        assert_eq!(split("\"\\\"A\\\" b\";1", escaped)[0].1, ["\"A\" b", "1"]);
    }

    #[test]
    fn the_delimiter_is_what_divides_evenly() {
        let none = |_: &Record| 0;
        for (text, delimiter) in [
            ("a,b,c\n1,2,3\n", ','),
            ("26.10.2025;07:45;x 7,5 mg\n26.10.2025;08:10;y\n", ';'),
            ("2025-01-02 13:00\tO'Hara, x\tCary\n2025-01-02 13:20\tB\tC\n", '\t'),
            ("8:00|a|b\n9:00|c|d\n", '|'),
            ("a:b:c\n1:2:3\n", ':'),
            ("9:00,x\n9:30,y\n", ','),
            ("sep=;\n1,2;3", ';'),
            ("one\ntwo\n", ','),
        ] {
            assert_eq!(dialect(text, &none).delimiter, delimiter, "{text}");
        }
    }
}
