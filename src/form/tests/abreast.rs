//! Two texts that are read together.

use serde::{Deserialize, Serialize};

use crate::form::build::{area, line};
use crate::form::check::{self, press};
use crate::form::def::FormDef;
use crate::form::event::In;
use crate::form::sample::world;
use crate::form::slot::Slot;
use crate::form::text::width_of;
use crate::form::{AnyForm, Form};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Result {
    report: String,
    reading: String,
    last: String,
}

fn definition() -> FormDef<Result> {
    FormDef::new("result", 1).section(
        "Result",
        vec![
            area("report", "report", 2, |v: &mut Result, _| Slot::Text(&mut v.report)),
            area("reading", "own reading", 3, |v: &mut Result, _| Slot::Text(&mut v.reading)).abreast(),
            line("last", "last", |v: &mut Result, _| Slot::Text(&mut v.last)),
        ],
    )
}

#[test]
fn they_share_their_rows_where_there_is_room() {
    for (width, shares) in [(80, false), (99, false), (100, true), (160, true)] {
        let mut world = world();
        world.size = (width, 24);
        let mut form = Form::open(definition(), Result::default(), None, &world.env());
        press(&mut form, &world, "reported<Tab>seen with my own eyes ");
        press(&mut form, &world, &"and again ".repeat(10));
        let view = form.view(world.size);
        let of = |text: &str| {
            let found = view.lines.iter().position(|line| line.text().contains(text));
            found.unwrap_or_else(|| panic!("{text} at {width}"))
        };
        assert_eq!(of("reported") == of("seen with my own eyes"), shares, "{width}");
        assert_eq!(of("report") == of("own reading"), shares, "{width}");
        assert!(of("last") > of("seen"), "{width}");
        let column = |text: &str| view.lines[of(text)].text().find(text).unwrap();
        let half = usize::from(width) / 2;
        assert_eq!(column("own reading"), if shares { half + 2 } else { 2 });
        assert!(view.lines.iter().all(|line| width_of(&line.text()) <= usize::from(width)), "{width}");
        let (x, _) = view.cursor.unwrap();
        assert!(!shares || usize::from(x) > half, "{width}: the cursor stands in its half");
        let part = view.lines[of("seen")].part.clone();
        assert_eq!(part.map(|part| (usize::from(part.start), part.end)), shares.then_some((half, width)));
    }
}

#[test]
fn a_click_goes_to_the_half_it_points_at() {
    let mut world = world();
    world.size = (120, 24);
    let value = Result { report: "left text".to_owned(), reading: "right text".to_owned(), ..Result::default() };
    let mut form = Form::open(definition(), value, None, &world.env());
    form.handle(In::Resize, &world.env());
    let y = form.view(world.size).lines.iter().position(|line| line.text().contains("right text")).unwrap();
    form.handle(In::Click(62 + 5, u16::try_from(y).unwrap()), &world.env());
    press(&mut form, &world, "X");
    form.handle(In::Click(2, u16::try_from(y).unwrap()), &world.env());
    press(&mut form, &world, "Y");
    assert_eq!((form.value().report.as_str(), form.value().reading.as_str()), ("Yleft text", "rightX text"));
}

#[test]
fn they_survive_any_keys() {
    assert_eq!(check::random_keys(definition, &Result::default(), None, 3, 400), Vec::<String>::new());
}
