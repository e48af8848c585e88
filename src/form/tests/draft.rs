//! Drafts: the same field, the same cursor, the same text.

use serde_json::json;

use crate::form::check::press;
use crate::form::draft::DraftError;
use crate::form::key::Key;
use crate::form::sample::{open, sample_form, world};
use crate::form::{AnyForm, Form};

#[test]
fn a_draft_reopens_where_the_hands_were() {
    let world = world();
    for keys in [
        "7",
        "1",
        "<last>2",
        "<PgDn><PgDn>Jo<Tab>700<Tab>9 m",
        "<PgDn><PgDn><Tab><Tab><Tab>+2w<Left>",
        "<PgDn><Tab><Right>",
        "<PgDn><PgDn><PgDn>gaba<Enter>30x<row_add>",
    ] {
        let mut form = open(&world);
        press(&mut form, &world, keys);
        let mut again = open(&world);
        assert_eq!(again.restore_json(&form.draft_json(), &world.env()), Ok(crate::form::Restored::default()));
        assert_eq!(again.draft(), form.draft(), "{keys}");
        assert_eq!(again.view(world.size).cursor, form.view(world.size).cursor, "{keys}");
        // And goes on as if nothing had been.
        press(&mut form, &world, "0<C-Z>");
        press(&mut again, &world, "0<C-Z>");
        assert_eq!(again.value(), form.value(), "{keys}");
    }
}

#[test]
fn drafts_of_others_are_refused_and_older_ones_read() {
    let world = world();
    let mut form = open(&world);
    let env = world.env();
    assert_eq!(form.restore_json("{", &env), Err(DraftError::Unreadable));
    assert_eq!(form.restore_json("[]", &env), Err(DraftError::Unreadable));
    let draft =
        |form: &str, ver: u16, value: serde_json::Value| json!({"form": form, "ver": ver, "value": value}).to_string();
    assert_eq!(form.restore_json(&draft("plan", 2, json!({})), &env), Err(DraftError::OtherForm("plan".to_owned())));
    assert_eq!(form.restore_json(&draft("sample", 3, json!({})), &env), Err(DraftError::Newer));
    // Older: what is missing takes its default, what is unknown is left out.
    form.restore_json(&draft("sample", 1, json!({"name": "Jo", "gone": 1})), &env).unwrap();
    assert_eq!((form.value().name.as_str(), form.pos()), ("Jo", Key::of("now")));
    // Older, with a migration of its own.
    let def = sample_form().migrate(|ver, mut value| {
        if let (1, Some(name)) = (ver, value.get("called").cloned()) {
            value["name"] = name;
        }
        value
    });
    let mut form = Form::open(def, crate::form::sample::Sample::default(), None, &env);
    form.restore_json(&draft("sample", 1, json!({"called": "Ana"})), &env).unwrap();
    assert_eq!(form.value().name, "Ana");
}

#[test]
fn typed_text_whose_field_is_gone_is_handed_back() {
    let world = world();
    let mut form = open(&world);
    let draft = json!({
        "form": "sample", "ver": 2, "value": {},
        "pos": {"id": "gone"},
        "bad": [[{"id": "gone"}, "12 lbs", "not a number"], [{"id": "weight"}, "7o", "not a number"]],
    });
    let restored = form.restore_json(&draft.to_string(), &world.env()).unwrap();
    assert_eq!(restored.homeless, ["12 lbs"]);
    assert_eq!(form.pos(), Key::of("now"));
    assert!(form.problems().iter().any(|p| p.key.id == "weight"));
}

#[test]
fn what_has_no_field_any_more_is_kept_in_the_draft_until_the_form_is_complete() {
    let world = world();
    let was = |form: &str, ver: u16| {
        let value = json!({
            "name": "Jo", "once": "slept badly", "rows": [{"id": "0190a6a0-0000-7000-8000-000000000000", "what": "ice"}],
            "n": 7, "blank": " ",
        });
        json!({"form": form, "ver": ver, "value": value, "bad": [[{"id": "gone"}, "12 lbs", "not a number"]]})
            .to_string()
    };
    for (name, json, kept, expected) in [
        ("a member is gone", was("sample", 2), true, &["slept badly", "ice", "12 lbs"][..]),
        ("a newer version", was("sample", 3), false, &["Jo", "slept badly", "ice", "12 lbs"]),
        ("no draft at all", "{".to_owned(), false, &[]),
    ] {
        let mut form = open(&world);
        assert_eq!(form.restore_json(&json, &world.env()).is_ok(), kept, "{name}");
        let mut held = form.homeless().to_vec();
        let mut expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
        held.sort();
        expected.sort();
        assert_eq!(held, expected, "{name}");
        // It goes on from draft to draft.
        press(&mut form, &world, "7");
        let mut again = open(&world);
        again.restore_json(&form.draft_json(), &world.env()).unwrap();
        let mut held = again.homeless().to_vec();
        held.sort();
        assert_eq!(held, expected, "{name}, once more");
    }
}
