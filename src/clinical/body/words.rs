//! The map in words, with the side spelled out: for the form, the list beside the figure, the chart and the summary.

use chrono::NaiveDate;

use super::change::{Change, Line};
use super::map::{Intensity, Mark, PainMap};
use super::region::BodyRegion;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

impl Mark {
    /// How much: the number, `?` where nobody said.
    pub fn number(&self) -> String {
        self.intensity.map_or_else(|| "?".to_owned(), |intensity| intensity.get().to_string())
    }

    /// How it feels and where it goes: `burning, aching, into LEFT calf`; empty where neither is known.
    pub fn details(&self) -> String {
        let mut parts: Vec<String> = self.quality.iter().map(|quality| quality.label().to_owned()).collect();
        parts.extend(self.radiates.map(|to| format!("into {}", to.words())));
        parts.join(", ")
    }
}

impl Line<'_> {
    /// How much it hurt then, as it is named beside a change: `4`, `?`.
    fn before(&self) -> String {
        self.last.map(Mark::number).unwrap_or_default()
    }

    /// The change in words: `new`, `gone, was 4`, `worse, was 4`, `as before`, `not asked again, was 4`.
    pub fn change_words(&self) -> String {
        match self.change {
            None => match self.now {
                Some(mark) if !mark.hurts() => "no pain there".to_owned(),
                _ => String::new(),
            },
            Some(Change::New) => "new".to_owned(),
            Some(Change::Gone) => format!("gone, was {}", self.before()),
            Some(Change::Worse(_)) => format!("worse, was {}", self.before()),
            Some(Change::Better(_)) => format!("better, was {}", self.before()),
            Some(Change::Same) => "as before".to_owned(),
            Some(Change::Still) => format!("was {}", self.before()),
            Some(Change::NotAsked) => format!("not asked again, was {}", self.before()),
        }
    }

    /// The whole line: `patient's LEFT buttock and outer hip 6, new; burning, into LEFT calf`.
    pub fn sentence(&self) -> String {
        let number = self.now.filter(|mark| mark.hurts()).map(|mark| format!(" {}", mark.number())).unwrap_or_default();
        let mut out = format!("{}{number}", self.region.of_patient());
        let change = self.change_words();
        if !change.is_empty() {
            out.push_str(&format!(", {change}"));
        }
        let details = self.now.map(Mark::details).unwrap_or_default();
        if !details.is_empty() {
            out.push_str(&format!("; {details}"));
        }
        out
    }
}

impl PainMap {
    /// The regions that hurt on one line, what hurts most first: `LEFT buttock and outer hip 6, sacrum 4`.
    pub fn in_short(&self) -> String {
        let hurting = self.by_intensity();
        if hurting.is_empty() && !self.is_blank() {
            return "no pain in the regions asked".to_owned();
        }
        let each = hurting.iter().map(|(region, mark)| format!("{} {}", region.words(), mark.number()));
        each.collect::<Vec<_>>().join(", ")
    }

    /// The regions that hurt, what hurts most first; without a number last.
    pub fn by_intensity(&self) -> Vec<(BodyRegion, &Mark)> {
        let mut all: Vec<(BodyRegion, &Mark)> = self.hurting().collect();
        all.sort_by_key(|(_, mark)| std::cmp::Reverse(mark.intensity.map(Intensity::get)));
        all
    }

    /// What changed since the last map, for the summary: new first, then gone, worse, better and what was not asked.
    pub fn changes(&self, last: &Self, on: NaiveDate) -> Vec<String> {
        if self.is_blank() || last.is_blank() {
            return Vec::new();
        }
        let lines = self.against(Some(last));
        let named = |title: &str, wanted: fn(Change) -> bool| {
            let of = lines.iter().filter(|line| line.change.is_some_and(wanted));
            let each: Vec<String> = of.map(Line::named).collect();
            (!each.is_empty()).then(|| format!("{title}: {}.", each.join(", ")))
        };
        let since = show_date(on);
        [
            named(&format!("New pain since {since}"), |change| change == Change::New),
            named(&format!("Gone since {since}"), |change| change == Change::Gone),
            named("Worse", |change| matches!(change, Change::Worse(_))),
            named("Better", |change| matches!(change, Change::Better(_))),
            named(&format!("Hurt on {since}, not asked again"), |change| change == Change::NotAsked),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What changed since the last map, on one line: `new LEFT knee 2 · gone RIGHT knee (was 5) · worse LEFT calf 4 → 7`.
    pub fn changes_in_short(&self, last: &Self) -> Option<String> {
        if self.is_blank() || last.is_blank() {
            return None;
        }
        let lines = self.against(Some(last));
        let named = |title: &str, wanted: fn(Change) -> bool| {
            let of = lines.iter().filter(|line| line.change.is_some_and(wanted));
            let each: Vec<String> = of.map(|line| line.of(&line.region.words(), "→")).collect();
            (!each.is_empty()).then(|| format!("{title} {}", each.join(", ")))
        };
        let all = [
            named("new", |change| change == Change::New),
            named("gone", |change| change == Change::Gone),
            named("worse", |change| matches!(change, Change::Worse(_))),
            named("better", |change| matches!(change, Change::Better(_))),
            named("not asked again", |change| change == Change::NotAsked),
        ];
        let all: Vec<String> = all.into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join(" · "))
    }

    /// Where it hurts, for the summary, each region with its code; what was copied forward says so.
    pub fn prose(&self, last: Option<NaiveDate>) -> Vec<String> {
        let lines = self.by_intensity();
        let each = lines.into_iter().map(|(region, mark)| {
            let details = mark.details();
            let details = if details.is_empty() { details } else { format!(", {details}") };
            let carried = match last {
                Some(on) if mark.carried => format!(" (as on {})", show_date(on)),
                None if mark.carried => " (as before)".to_owned(),
                _ => String::new(),
            };
            format!("- {} [{}] {}{details}{carried}", region.of_patient(), region.code(), mark.number())
        });
        let mut out: Vec<String> = each.collect();
        if !out.is_empty() {
            out.insert(0, "Body map, 0-10:".to_owned());
        }
        let free: Vec<String> =
            self.marks().filter(|(_, mark)| !mark.hurts()).map(|(region, _)| region.words()).collect();
        if !free.is_empty() {
            out.push(format!("No pain in the {}.", free.join(", ")));
        }
        out
    }
}

impl Line<'_> {
    /// As a list of changes names it: `patient's LEFT calf 4`, `patient's LEFT calf (was 5)`, `patient's LEFT calf 5 -> 4`.
    fn named(&self) -> String {
        self.of(&self.region.of_patient(), "->")
    }

    fn of(&self, whom: &str, to: &str) -> String {
        let now = self.now.map(Mark::number).unwrap_or_default();
        match self.change {
            Some(Change::Gone | Change::NotAsked) => format!("{whom} (was {})", self.before()),
            Some(Change::Worse(_) | Change::Better(_)) => format!("{whom} {} {to} {now}", self.before()),
            Some(Change::New | Change::Same | Change::Still) | None => format!("{whom} {now}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::body::map::Quality;

    fn region(code: &str) -> BodyRegion {
        BodyRegion::of_code(code).unwrap()
    }

    fn map(marks: &[(&str, u8)]) -> PainMap {
        let mut map = PainMap::default();
        for (code, value) in marks {
            map.set(region(code), Intensity::new(*value).unwrap());
        }
        map
    }

    fn on() -> NaiveDate {
        "2026-10-27".parse().unwrap()
    }

    #[test]
    fn a_line_says_whose_side_how_much_and_what_became_of_it() {
        let last = map(&[("cal", 4), ("kfr", 5), ("sam", 3), ("nbl", 2)]);
        let mut now = map(&[("bul", 6), ("cal", 7), ("kfr", 0), ("sam", 3), ("fol", 0)]);
        now.turn(region("bul"), Quality::Burning);
        now.radiate(region("bul"), Some(region("cal")));
        let lines: Vec<String> = now.against(Some(&last)).iter().map(Line::sentence).collect();
        assert_eq!(
            lines,
            [
                "patient's RIGHT knee, gone, was 5",
                "patient's LEFT ankle and top of foot, no pain there",
                "patient's LEFT neck, back, not asked again, was 2",
                "patient's sacrum 3, as before",
                "patient's LEFT buttock and outer hip 6, new; burning, into LEFT calf",
                "patient's LEFT calf 7, worse, was 4",
            ]
        );
        assert_eq!(now.in_short(), "LEFT calf 7, LEFT buttock and outer hip 6, sacrum 3");
        assert_eq!(map(&[("bul", 0)]).in_short(), "no pain in the regions asked");
        assert_eq!(PainMap::default().in_short(), "");
    }

    #[test]
    fn the_summary_names_new_and_gone_first() {
        let last = map(&[("cal", 4), ("kfr", 5), ("sam", 3), ("nbl", 2), ("tbl", 8)]);
        let now = map(&[("bul", 6), ("cal", 7), ("kfr", 0), ("sam", 3), ("tbl", 5)]);
        assert_eq!(
            now.changes(&last, on()),
            [
                "New pain since 27 Oct 2026: patient's LEFT buttock and outer hip 6.",
                "Gone since 27 Oct 2026: patient's RIGHT knee (was 5).",
                "Worse: patient's LEFT calf 4 -> 7.",
                "Better: patient's LEFT thigh, back 8 -> 5.",
                "Hurt on 27 Oct 2026, not asked again: patient's LEFT neck, back (was 2).",
            ]
        );
        assert_eq!(
            now.changes_in_short(&last).unwrap(),
            "new LEFT buttock and outer hip 6 · gone RIGHT knee (was 5) · worse LEFT calf 4 → 7 · better LEFT thigh, back \
             8 → 5 · not asked again LEFT neck, back (was 2)"
        );
        assert_eq!((now.changes_in_short(&now), now.changes_in_short(&PainMap::default())), (None, None));
        assert_eq!(now.changes(&PainMap::default(), on()), Vec::<String>::new());
        assert_eq!(PainMap::default().changes(&last, on()), Vec::<String>::new());
    }

    #[test]
    fn prose_carries_the_codes_and_says_what_was_copied() {
        let last = map(&[("cal", 4)]);
        let mut now = map(&[("bul", 6), ("kfr", 0)]);
        now.mark(region("sam"));
        now.take_all(&last);
        assert_eq!(
            now.prose(Some(on())),
            [
                "Body map, 0-10:",
                "- patient's LEFT buttock and outer hip [bul] 6",
                "- patient's LEFT calf [cal] 4 (as on 27 Oct 2026)",
                "- patient's sacrum [sam] ?",
                "No pain in the RIGHT knee.",
            ]
        );
        for code in now.prose(None).iter().filter_map(|line| line.split(['[', ']']).nth(1)) {
            assert!(now.get(region(code)).is_some(), "{code}");
        }
        assert_eq!(PainMap::default().prose(None), Vec::<String>::new());
    }
}
