//! The words behind a term: which places, sides, figures and grades they are.

use super::site::{Site, sites};
use super::{Finding, Side};
use crate::clinical::facts::examination::{Scale, Term, Unit, examination};

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Site(Site),
    Side(Side),
    Figure(u16),
    Grade(String),
}

impl Part {
    /// Whether it says where.
    pub(super) const fn is_place(&self) -> bool {
        matches!(self, Self::Site(_) | Self::Side(_))
    }

    const fn place(&self) -> u8 {
        match self {
            Self::Site(_) | Self::Side(_) => 0,
            Self::Figure(_) => 1,
            Self::Grade(_) => 2,
        }
    }
}

/// Longer words are never shorthand.
const LONGEST: usize = 24;

/// What a term takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taker {
    term: &'static Term,
    scale: &'static Scale,
    unit: Option<&'static Unit>,
}

impl Taker {
    pub(super) fn of(term: &'static Term) -> Option<Self> {
        let table = examination();
        Some(Self { term, scale: table.scale_of(term)?, unit: table.unit_of(term) })
    }

    pub(super) const fn term(&self) -> &'static Term {
        self.term
    }

    /// The grade that a word is, and nothing else.
    pub(super) fn whole_grade(&self, word: &str) -> Option<String> {
        match self.parts(word)?.as_slice() {
            [Part::Grade(grade)] => Some(grade.clone()),
            _ => None,
        }
    }

    /// Whether two of its answers with a stroke between them are those of the right and of the left: `1+/2+`.
    pub(super) const fn pairs(&self) -> bool {
        self.scale.pairs
    }

    /// Whether a word is how far a thumb reaches.
    pub(super) fn reaches(&self, word: &str) -> bool {
        let place =
            |part: &Part| matches!(part, Part::Grade(grade) if grade.len() > 1 && grade != "lim" && grade != "nt");
        self.parts(word).is_some_and(|parts| parts.iter().any(place))
    }

    /// Whether it takes tenderness.
    pub(super) fn is_tenderness(&self) -> bool {
        self.scale.id == "tender"
    }

    /// Whether it is tenderness wherever it is.
    pub(super) fn is_any_tenderness(&self) -> bool {
        self.term.key == "ttp"
    }

    /// Whether it takes what is felt.
    pub(super) fn feels(&self) -> bool {
        self.scale.id == "feeling"
    }

    /// Whether a word is the unit of the term's figure.
    pub(super) fn is_unit(&self, word: &str) -> bool {
        self.unit
            .is_some_and(|unit| unit.typed.iter().any(|typed| typed == word || word.strip_suffix('s') == Some(typed)))
    }

    /// The answer that says that there is none. What is less or changed has no such answer: `no movement` is not
    /// movement that is not reduced.
    pub(super) fn absent(&self) -> Option<String> {
        self.grade("no").filter(|_| ["present", "tender", "swollen"].contains(&self.scale.id.as_str()))
    }

    /// The parts that a word consists of; none where it does not wholly.
    pub(super) fn parts(&self, word: &str) -> Option<Vec<Part>> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let word = plain(word);
        if let Some(grade) = self.grade(&word) {
            // A level is a level first: `power l4` goes on.
            return Some(vec![Part::Grade(grade)]);
        }
        if let Some(side) = side_word(&word).filter(|_| self.term.sided) {
            return Some(vec![Part::Side(side)]);
        }
        if let Some(parts) = self.led_by_sign(&word) {
            return Some(parts);
        }
        let mut parts = Vec::new();
        let whole = self.split(&word, &mut parts);
        // A sign that stood before its figure stands behind it.
        parts.sort_by_key(Part::place);
        whole.then_some(parts)
    }

    /// The side behind its sign in one word: `+r`.
    fn led_by_sign(&self, word: &str) -> Option<Vec<Part>> {
        let (sign, side) = word.split_at_checked(word.chars().next()?.len_utf8())?;
        let side = side_word(side).filter(|_| self.term.sided && !sign.starts_with(char::is_alphanumeric))?;
        Some(vec![Part::Side(side), Part::Grade(self.grade(sign)?)])
    }

    fn grade(&self, text: &str) -> Option<String> {
        let is = |answer: &&crate::clinical::facts::examination::Answer| {
            answer.key == text || answer.also.iter().any(|also| also == text)
        };
        self.scale.answers.iter().find(is).map(|answer| answer.key.clone())
    }

    /// Takes the word apart from its beginning; of several ways the one with the longest first part.
    fn split(&self, word: &str, parts: &mut Vec<Part>) -> bool {
        if word.is_empty() {
            return !parts.is_empty();
        }
        let has = |is: fn(&Part) -> bool| parts.iter().any(is);
        let (placed, sided) = (has(|p| matches!(p, Part::Site(_))), has(|p| matches!(p, Part::Side(_))));
        let (figured, graded) = (has(|p| matches!(p, Part::Figure(_))), has(|p| matches!(p, Part::Grade(_))));
        let mut ways: Vec<(Part, &str)> = Vec::new();
        if !placed && !figured && !graded {
            ways.extend(sites(self.term, word).into_iter().map(|(site, left)| (Part::Site(site), left)));
        }
        if self.term.sided && !sided && !figured && !graded {
            ways.extend(more(word).map(|(side, left)| (Part::Side(side), left)));
            ways.extend(side(word).map(|(side, left)| (Part::Side(side), left)));
            // `rt45+` and `lt80-`; `rt12-` is right T12.
            let long = [("rt", Side::Right), ("lt", Side::Left)];
            let long = long.into_iter().filter_map(|(typed, side)| Some((Part::Side(side), word.strip_prefix(typed)?)));
            ways.extend(long.filter(|(_, left)| !left.is_empty()));
        }
        if !figured {
            ways.extend(self.figure(word).map(|(figure, left)| (Part::Figure(figure), left)));
        }
        if !graded {
            ways.extend(self.grade(word).map(|grade| (Part::Grade(grade), "")));
            // A sign may stand before its figure: `-1.5` is 1.5 colder. No other measure has one: `ext -5` is not painless.
            let signed = |c: &char| "+-".contains(*c) && self.scale.id == "warmth";
            let sign = word.chars().next().filter(signed).map(|_| word.split_at(1));
            if let Some((grade, left)) = sign.filter(|(_, left)| left.starts_with(|c: char| c.is_ascii_digit()))
                && self.unit.is_some()
                && let Some(grade) = self.grade(grade)
            {
                ways.push((Part::Grade(grade), left));
            }
        }
        for (part, left) in ways {
            parts.push(part);
            if self.split(left, parts) {
                return true;
            }
            parts.pop();
        }
        false
    }

    /// A figure of the term's unit and range at the beginning.
    fn figure<'a>(&self, word: &'a str) -> Option<(u16, &'a str)> {
        let unit = self.unit?;
        let whole = word.bytes().take_while(u8::is_ascii_digit).count();
        if whole == 0 || whole > 3 {
            return None;
        }
        let (digits, mut left) = word.split_at_checked(whole)?;
        let mut tenths = digits.parse::<u16>().ok()? * 10;
        if let Some(after) = left.strip_prefix(['.', ','])
            && let Some(digit) = after.chars().next().and_then(|c| c.to_digit(10))
        {
            tenths += u16::try_from(digit).ok()?;
            left = after.get(1..)?;
        }
        if left.starts_with(|c: char| c.is_ascii_digit()) || tenths > self.term.most.unwrap_or(0).saturating_mul(10) {
            return None;
        }
        let typed = unit.typed.iter().filter_map(|typed| left.strip_prefix(typed.as_str()));
        Some((tenths, typed.min_by_key(|left| left.len()).unwrap_or(left)))
    }
}

fn side(word: &str) -> Option<(Side, &str)> {
    let side = match word.chars().next()? {
        'r' => Side::Right,
        'l' => Side::Left,
        'b' => Side::Both,
        _ => return None,
    };
    Some((side, word.get(1..)?))
}

/// Which side has more.
fn more(word: &str) -> Option<(Side, &str)> {
    let known = [
        ("r>l", Side::RightMore),
        ("rt>lt", Side::RightMore),
        ("right>left", Side::RightMore),
        ("l<r", Side::RightMore),
        ("l>r", Side::LeftMore),
        ("lt>rt", Side::LeftMore),
        ("left>right", Side::LeftMore),
        ("r<l", Side::LeftMore),
    ];
    known.into_iter().find_map(|(typed, side)| Some((side, word.strip_prefix(typed)?)))
}

/// A word that is a side and nothing else.
pub(super) fn side_word(word: &str) -> Option<Side> {
    match word {
        "r" | "right" | "re" | "rt" | "(r)" | "(right)" => Some(Side::Right),
        "l" | "left" | "li" | "(l)" | "(left)" => Some(Side::Left),
        "b" | "both" | "bilat" | "bilateral" | "bilaterally" | "bil" | "bds" | "b/l" | "(b)" | "r=l" | "l=r"
        | "sym" | "symm" | "symmetric" | "symmetrical" => Some(Side::Both),
        _ => more(word).filter(|(_, left)| left.is_empty()).map(|(side, _)| side),
    }
}

/// Lower case, with the signs that keyboards and word processors write for minus and plus.
pub(super) fn plain(word: &str) -> String {
    let sign = |c| match c {
        '\u{2212}' | '\u{2013}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{ff0b}' => '+',
        c => c,
    };
    word.chars().map(sign).flat_map(char::to_lowercase).collect()
}

/// An answer as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Gathered {
    site: Option<Site>,
    side: Option<Side>,
    figure: Option<u16>,
    grade: Option<String>,
    /// Whether the site was typed for this answer, and not for one before it.
    placed: bool,
}

/// What a part did to the answer that is gathered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Took {
    /// It belongs to it.
    Here,
    /// The answer was whole; the part begins the next.
    Next(Finding),
    /// It fits neither.
    No,
}

impl Gathered {
    /// Whether nothing was typed of it yet.
    pub(super) const fn is_empty(&self) -> bool {
        !self.placed && self.side.is_none() && self.figure.is_none() && self.grade.is_none()
    }

    /// Whether it has an answer and no side yet.
    pub(super) const fn wants_side(&self) -> bool {
        self.is_whole() && self.side.is_none()
    }

    const fn is_whole(&self) -> bool {
        let compares = matches!(self.side, Some(Side::RightMore | Side::LeftMore));
        self.figure.is_some() || self.grade.is_some() || compares
    }

    /// The finding, where the answer is whole. What stays is empty, at the same place.
    pub(super) fn finish(&mut self, term: &Term) -> Option<Finding> {
        let whole = self.is_whole();
        let now = std::mem::replace(self, Self { site: self.site.clone(), ..Self::default() });
        whole.then(|| Finding {
            term: term.key.clone(),
            site: now.site,
            side: now.side,
            tenths: now.figure,
            grade: now.grade,
        })
    }

    /// The side, where nothing but a side was typed.
    pub(super) fn only_side(&self) -> Option<Side> {
        self.side.filter(|_| !self.placed && !self.is_whole())
    }

    /// Whether it says the same already.
    pub(super) fn says(&self, part: &Part) -> bool {
        match part {
            Part::Site(site) => self.site.as_ref() == Some(site),
            Part::Side(side) => self.side == Some(*side),
            Part::Figure(figure) => self.figure == Some(*figure),
            Part::Grade(grade) => self.grade.as_ref() == Some(grade),
        }
    }

    /// Takes a part. `first` says that no answer of the term came before.
    pub(super) fn take(&mut self, part: Part, term: &Term, first: bool) -> Took {
        let fits = match part {
            Part::Site(_) => !self.placed && self.figure.is_none() && self.grade.is_none(),
            Part::Side(side) => {
                (self.side.is_none() && !self.is_whole()) || (self.side == Some(Side::Both) && side.compares())
            }
            Part::Figure(_) => self.figure.is_none() && self.grade.is_none(),
            Part::Grade(_) => self.grade.is_none(),
        };
        if fits {
            // Without a place and a side of its own, an answer is the first, or the term takes several.
            let bare = !self.placed && self.side.is_none() && !self.is_whole();
            let free = first || term.many || !bare || matches!(part, Part::Site(_) | Part::Side(_));
            if !free {
                return Took::No;
            }
            self.put(part);
            return Took::Here;
        }
        let begins = matches!(part, Part::Site(_) | Part::Side(_)) || term.many;
        if !self.is_whole() || !begins {
            return Took::No;
        }
        match self.finish(term) {
            Some(finding) => {
                if matches!(part, Part::Grade(_)) {
                    self.side = finding.side;
                }
                self.put(part);
                Took::Next(finding)
            }
            None => Took::No,
        }
    }

    fn put(&mut self, part: Part) {
        match part {
            Part::Site(site) => {
                self.site = Some(site);
                self.placed = true;
            }
            Part::Side(side) => self.side = Some(side),
            Part::Figure(figure) => self.figure = Some(figure),
            Part::Grade(grade) => self.grade = Some(grade),
        }
    }
}
