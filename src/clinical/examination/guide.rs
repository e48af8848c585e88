//! The published words of examination shorthand, from the table: for the help of the field and for paper.

use crate::clinical::facts::examination::{Scale, Term, examination};
use crate::clinical::text::width;

/// The grammar in a few lines.
pub const GRAMMAR: &str = "\
A term, then its answers:  slr r45+ l80-   ehl r4+   lt l5r-
An answer has side, place, figure and grade, as far as the term takes
them, in one word or in several.
side    r right · l left · b both sides
place   l5 a level · l4/5 l5/s1 a segment · l4-s1 a range · or a place
        named below; it holds for the answers behind it
figure  in the unit of the term: 45 degrees, 1.5 cm; the unit may follow
grade   + - ± n · power 0 to 5 · reflexes 0 to 4+ · or the word: absent
The side may also stand before the term or behind the answer:
  R SLR + at 45, L SLR neg   ehl 4/5 r, 5/5 l   slr r+/l-   no effusion
Both sides at once:  aj 1+/2+ right and left   ttp l4/5 r>l more right
An answer may also lead:  positive slr r, negative slump   5/5 ehl
  mild effusion r   intact to lt and pp   hoff and clonus neg
Power of a limb needs no term:  rue 5/5 lle 4/5
The reach of a turned arm is a vertebra:  shoulder: ir r t8 l l1
Where it cannot be told which side has which, nothing is guessed.
A term may be typed in full: thigh thrust, hip internal rotation.
A comma goes on; a semicolon, a full stop or a new line ends a term.
Under a heading the words in brackets do:  hip: flex r100 ir r15+
A heading may have the side of all below it:  R knee: flex 120  hip r:
What is no shorthand is prose and stays as typed. What looks like
shorthand and cannot be read is marked, never lost.";

/// A family of terms as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its title, with the headings that open it.
    pub title: String,
    /// What is typed, and what it means.
    pub rows: Vec<(String, String)>,
}

/// Every family, then the grades of each scale, then the named places.
pub fn groups() -> Vec<Group> {
    let table = examination();
    let mut out: Vec<Group> = table
        .family
        .iter()
        .map(|family| {
            let headings: Vec<String> = family.headings.iter().map(|heading| format!("{heading}:")).collect();
            let doubt = if family.verified == Some(false) { " · not verified" } else { "" };
            let source = family.source.as_ref().map(|source| format!(" ({source}{doubt})")).unwrap_or_default();
            let title = format!("{} · {}{source}", family.name, headings.join(" "));
            Group { title, rows: family.terms.iter().map(|term| (typed(term), means(term))).collect() }
        })
        .collect();
    let scales = table.scale.iter().filter(|scale| scale.id != "measure");
    out.push(Group {
        title: "Grades".to_owned(),
        rows: scales.map(|scale| (scale.name.clone(), grades(scale))).collect(),
    });
    out.push(Group {
        title: "Named places".to_owned(),
        rows: table
            .site
            .iter()
            .map(|set| {
                let names: Vec<String> = set.names.iter().map(|name| format!("{} {}", name.key, name.words)).collect();
                (set.set.clone(), names.join(" · "))
            })
            .collect(),
    });
    out
}

fn typed(term: &Term) -> String {
    let mut out = vec![term.key.clone()];
    out.extend(term.also.iter().cloned());
    out.extend(term.within.iter().map(|within| format!("({within})")));
    out.join(if out.iter().any(|typed| typed.contains(' ')) { " · " } else { " " })
}

fn means(term: &Term) -> String {
    let table = examination();
    let mut out = vec![term.name.clone()];
    out.extend(table.scale_of(term).filter(|scale| scale.id != "measure").map(|scale| scale.name.clone()));
    if let Some(unit) = table.unit_of(term) {
        out.push(match unit.words.trim() {
            "°" => "degrees".to_owned(),
            words => words.to_owned(),
        });
    }
    if !term.sites.is_empty() {
        out.push(format!("at a {}", term.sites.join(", ")));
    }
    out.join(" · ")
}

fn grades(scale: &Scale) -> String {
    let answers: Vec<String> = scale
        .answers
        .iter()
        .map(|answer| {
            let means = if answer.key == answer.words { String::new() } else { format!(" {}", answer.words) };
            format!(
                "{}{means}",
                std::iter::once(&answer.key).chain(&answer.also).cloned().collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    let doubt = if scale.verified == Some(false) { ", not verified" } else { "" };
    let source = scale.source.as_ref().map(|source| format!(" ({source}{doubt})")).unwrap_or_default();
    format!("{}{source}", answers.join(" · "))
}

/// The widest line of the printed list.
const WIDTH: usize = 74;
/// What is typed has at most so much room beside what it means.
const TYPED: usize = 22;

/// Everything as plain text, for the help of the field and for paper.
pub fn text() -> String {
    let mut out = String::from("Examination shorthand\n\n");
    out.push_str(GRAMMAR);
    out.push('\n');
    for group in groups() {
        out.push('\n');
        hang(&mut out, &group.title, 2);
        let wide = group.rows.iter().map(|(typed, _)| width(typed)).max().unwrap_or(0).min(TYPED);
        for (typed, means) in group.rows {
            let gap = wide.saturating_sub(width(&typed));
            hang(&mut out, &format!("  {typed}{}  {means}", " ".repeat(gap)), wide + 4);
        }
    }
    out
}

/// A line, broken at blanks where it is too long, and then indented.
fn hang(out: &mut String, line: &str, indent: usize) {
    let lead = line.len() - line.trim_start().len();
    let (mut row, mut first) = (line[..lead].to_owned(), true);
    for word in line[lead..].split(' ') {
        if !first && width(&row) + 1 + width(word) > WIDTH {
            out.push_str(row.trim_end());
            out.push('\n');
            row = " ".repeat(indent);
            first = true;
        }
        if !first {
            row.push(' ');
        }
        row.push_str(word);
        first = false;
    }
    out.push_str(row.trim_end());
    out.push('\n');
}
