//! No figure without an account: what a form computes beside its fields, and every answer of `clinical` that knows why, is named
//! here with the figure it is, or with the reason why it is none.

use daysheet::clinical::figure::Figure;
use daysheet::clinical::vocab::Vocab;

use crate::source::sources;

/// What stands beside or below a field, by file and by what gives it; the figure it shows, or why it is none.
const BESIDE: &[(&str, &str, Result<Figure, &str>)] = &[
    ("assessment/examination.rs", "reading", Ok(Figure::Crps)),
    ("assessment/given.rs", "|draft: &A| draft.given.given.show()", Err("how it was given")),
    ("assessment/opioid.rs", "|v: &A| v.beside.opioids.join", Err("names of the list")),
    ("assessment/opioid.rs", "|_: &A| source", Err("the source of the questions")),
    ("assessment/red_flags.rs", "basis", Err("why these are asked, in words")),
    ("assessment/scores.rs", "|v: &A| peg_so_far", Ok(Figure::Peg)),
    ("assessment/scores.rs", "|v: &A| v.beside.results.join", Ok(Figure::Instrument)),
    ("assessment/since.rs", "computed", Ok(Figure::Response)),
    ("assessment/since.rs", "what", Err("names the procedure")),
    ("instrument.rs", "|draft: &D| draft.given.given.show()", Err("how it was given")),
    ("medicine.rs", "M::meant", Err("the name that was recognised")),
    ("medicine.rs", "M::new_cautions", Ok(Figure::Caution)),
    ("medicine.rs", "M::reading", Err("what was typed, in full words")),
    ("medicine.rs", "M::what_if", Ok(Figure::Mme)),
    ("medicine.rs", "until", Ok(Figure::Supply)),
    ("page.rs", "|v: &D| read_back", Err("what was typed, in full words")),
    ("page.rs", "|v: &D| v.given.given.show()", Err("how it was given")),
    ("patient.rs", "read_as", Err("what was typed, in full words")),
    ("patient.rs", "|v| recognised", Err("whether a name was recognised")),
    ("plan/table.rs", "booked", Ok(Figure::Booking)),
    ("plan/table.rs", "reading", Ok(Figure::Booking)),
    ("refill.rs", "R::figure_words", Ok(Figure::Mme)),
    ("refill.rs", "R::fill_words", Ok(Figure::Supply)),
    ("refill.rs", "R::reach_words", Ok(Figure::Supply)),
    ("refill.rs", "R::monitoring_words", Err("what was done, and when")),
    ("refill.rs", "R::supply_words", Ok(Figure::Supply)),
    ("refill.rs", "R::visit_words", Err("the next visit")),
    ("session.rs", "relief", Ok(Figure::Relief)),
    ("taper.rs", "unit", Err("the unit of the dose")),
    ("urine.rs", "judged", Err("a comparison with the list of the day, without a figure")),
    ("vital.rs", "|v: &D| v.given.given.show()", Err("how it was given")),
    ("vital.rs", "|v: &D| v.weight_tenth_lb.map", Err("the same weight in another unit")),
    ("visit.rs", "new_name", Err("which word of a new name is the family name")),
];

#[test]
fn what_a_form_computes_beside_its_fields_is_a_figure_or_says_why_it_is_none() {
    const FORMS: &str = "src/ui/screen/form/";
    let mut found = Vec::new();
    for source in sources(&["src"]) {
        let Some(file) = source.path.strip_prefix(FORMS) else { continue };
        for call in [".beside(", ".below("] {
            for (at, _) in source.text.match_indices(call) {
                let rest = &source.text[at + call.len()..];
                // A drawing of the screen itself, not of a field.
                if rest.starts_with("canvas") || rest.starts_with("self") {
                    continue;
                }
                let known = BESIDE.iter().position(|(of, what, _)| {
                    *of == file && rest.strip_prefix(what).is_some_and(|rest| rest.starts_with([')', '(']))
                });
                let line = rest.lines().next().unwrap_or_default();
                found.push(
                    known.unwrap_or_else(|| {
                        panic!("{file}: name the figure that {call}{line} shows, or why it is none")
                    }),
                );
            }
        }
    }
    for (at, (file, what, _)) in BESIDE.iter().enumerate() {
        assert!(found.contains(&at), "{file}: nothing shows {what} any more");
    }
}

/// The answers of `clinical`, outside the calculators, that carry a `Why`, with the figure each of them is.
const ANSWERS: &[(&str, Figure)] = &[
    ("src/clinical/exposure.rs", Figure::Mme),
    ("src/clinical/instrument/change.rs", Figure::Response),
    ("src/clinical/instrument/due.rs", Figure::InstrumentDue),
    ("src/clinical/instrument/outcome.rs", Figure::Instrument),
    ("src/clinical/instrument/score.rs", Figure::Instrument),
    ("src/clinical/monitoring/clock.rs", Figure::Clock),
    ("src/clinical/response/mod.rs", Figure::Response),
    ("src/clinical/supply.rs", Figure::Supply),
];

#[test]
fn every_answer_that_knows_why_is_a_figure_and_every_figure_is_reached() {
    let carries = |text: &str| {
        ["pub why: Why", "-> Why", "-> Option<Why>", "-> Option<&Why>"].iter().any(|mark| text.contains(mark))
    };
    let is_calculator = |path: &str| path.starts_with("src/clinical/calc/");
    let is_figure = |path: &str| path.starts_with("src/clinical/figure/") || path == "src/clinical/why.rs";
    let all = sources(&["src"]);
    for source in all.iter().filter(|source| source.path.starts_with("src/clinical/") && carries(&source.text)) {
        let path = source.path.as_str();
        let known = is_calculator(path) || is_figure(path) || ANSWERS.iter().any(|(of, _)| *of == path);
        assert!(known, "{path}: name the figure it is");
    }
    // Each figure has its account taken by something that is shown: nobody keeps one that no screen asks for.
    for &figure in Figure::ALL {
        let call = format!("figure::{}(", figure.name());
        let mapped = format!("figure::{})", figure.name());
        let of = |path: &str| {
            path.starts_with("src/ui/")
                || path.starts_with("src/clinical/board/")
                || path.starts_with("src/clinical/body/")
        };
        let asked =
            all.iter().any(|source| of(&source.path) && (source.text.contains(&call) || source.text.contains(&mapped)));
        // Cautions are read as a whole, each by its rule, where the strip is asked for.
        assert!(asked || figure == Figure::Caution, "{figure:?}: no screen asks for its account");
    }
}
