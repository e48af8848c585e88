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
        let (cells, used) = record(rest, dialect);
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

/// So many quotes of one record are followed to their end in vain; further ones are taken as they stand.
const MOST_OPEN: usize = 50;

/// The first record of a text and how many bytes it takes with its line end.
fn record(text: &str, dialect: Dialect) -> (Vec<String>, usize) {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut open = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        // `="00123"` keeps a spreadsheet from taking a text for a number.
        if c == '"' && open < MOST_OPEN && matches!(cell.trim(), "" | "=") {
            if let Some((inside, used)) = quoted(&text[at + 1..], dialect) {
                cell = inside;
                at += 1 + used;
                // What stands here ends the cell; blanks alone would let another quote begin.
                match text[at..].chars().next() {
                    Some(next) if next == dialect.delimiter => {
                        cells.push(std::mem::take(&mut cell));
                        at += next.len_utf8();
                    }
                    _ => {
                        cells.push(cell);
                        return (cells, at + end_of_line(&text[at..]));
                    }
                }
                continue;
            }
            open += 1;
        }
        if c == dialect.delimiter {
            cells.push(std::mem::take(&mut cell));
        } else if c == '\n' || c == '\r' {
            cells.push(cell);
            return (cells, at + end_of_line(&text[at..]));
        } else {
            cell.push(c);
        }
        at += c.len_utf8();
    }
    cells.push(cell);
    (cells, text.len())
}

/// What stands behind an opening quote up to the one that closes it, and how many bytes that takes with the blanks behind.
///
/// A quote closes where the cell ends behind it. Any other is one of the words, as in `"He said "no" today"`, but only in
/// a cell of one line: where lines or another cell's quote lie between, the first quote was none.
fn quoted(text: &str, dialect: Dialect) -> Option<(String, usize)> {
    let mut cell = String::new();
    let (mut lines, mut strays) = (0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        match c {
            '\\' if dialect.backslash && next == Some('"') => {
                cell.push('"');
                chars.next();
            }
            '"' if !dialect.backslash && next == Some('"') => {
                cell.push('"');
                chars.next();
            }
            '"' => {
                let behind = &text[at + 1..];
                let blanks = behind.len() - behind.trim_start_matches(|c| c == ' ' && c != dialect.delimiter).len();
                let ends = behind[blanks..].chars().next();
                if ends.is_none_or(|c| c == dialect.delimiter || matches!(c, '\r' | '\n')) {
                    return Some((cell, at + 1 + blanks));
                }
                // Right behind a delimiter another cell begins.
                if cell.ends_with(dialect.delimiter) {
                    return None;
                }
                strays += 1;
                cell.push('"');
            }
            c => {
                lines += usize::from(c == '\n' || (c == '\r' && next != Some('\n')));
                cell.push(c);
            }
        }
        if lines > MOST_LINES_IN_A_CELL || (lines > 0 && strays > 0) {
            return None;
        }
    }
    None
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
            (
                "1,\"open\n2,\"more\"\n3,\"z\"",
                vec![(1, vec!["1", "\"open"]), (2, vec!["2", "more"]), (3, vec!["3", "z"])],
            ),
            ("1,\"open\r2,\"more\"", vec![(1, vec!["1", "\"open"]), (2, vec!["2", "more"])]),
            ("\"Roe, R\",\"leg\n\"Poe, J\",\"arm\"", vec![(1, vec!["Roe, R", "\"leg"]), (2, vec!["Poe, J", "arm"])]),
            ("\"said \"no\" today\",2", vec![(1, vec!["said \"no\" today", "2"])]),
            ("\"a\" ,\"b\"  \n\"\",\"\"", vec![(1, vec!["a", "b"]), (2, vec!["", ""])]),
            ("\"Bob\" Ng,\"x\"", vec![(1, vec!["\"Bob\" Ng", "x"])]),
            ("\"open,x,\"good\",y", vec![(1, vec!["\"open", "x", "good", "y"])]),
            ("\"he said, \"no\" today\",y", vec![(1, vec!["he said, \"no\" today", "y"])]),
            ("\"Bob\" Ng,2", vec![(1, vec!["\"Bob\" Ng", "2"])]),
            ("1,\"x\"", vec![(1, vec!["1", "x"])]),
            ("\"x\",", vec![(1, vec!["x", ""])]),
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
