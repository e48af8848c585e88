//! What goes into an image comes out of it, and no byte more than it needs.

use proptest::prelude::*;

use super::*;

/// Names 1 to 3 are `a`, `b` and `c`.
fn names() -> Names {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch("CREATE TABLE log_name (n INTEGER PRIMARY KEY, name TEXT)").unwrap();
    conn.execute_batch("INSERT INTO log_name VALUES (1, 'a'), (2, 'b'), (3, 'c')").unwrap();
    Names::load(&conn).unwrap()
}

fn ask(sql: &str) -> Result<Option<Vec<u8>>, Error> {
    let conn = Connection::open_in_memory().unwrap();
    register(&conn).unwrap();
    conn.query_row(&format!("SELECT {sql}"), [], |row| row.get(0))
}

/// An image in words.
fn said(image: &[u8]) -> String {
    let names = names();
    read(image, &names).map_or_else(|| "unreadable".to_owned(), |image| format!("{image:?}"))
}

#[test]
fn rows_become_images_and_changes_only_what_changed() {
    for (sql, expected) in [
        ("row_image(x'0102', 1, NULL)", r#"{"a": Integer(1)}"#),
        ("row_image(x'02', 'é\"' || char(0))", r#"{"b": Text("é\"\0")}"#),
        ("row_image(x'01', x'00fF')", r#"{"a": Blob([0, 255])}"#),
        ("row_image(x'')", "{}"),
        ("row_image(x'09', 1)", "unreadable"),
    ] {
        assert_eq!(said(&ask(sql).unwrap().unwrap()), expected, "{sql}");
    }
    for (columns, expected) in [
        ("x'0102', 'i', 1, 2, 'i', 1, 2", None),
        ("x'0102', 'i', 1, NULL, 'i', 1, ''", Some(r#"{"b": Null} {"b": Text("")}"#)),
        (
            "x'0102', 'i', 'x', '1', 'i', 'X', 1",
            Some(r#"{"a": Text("x"), "b": Text("1")} {"a": Text("X"), "b": Integer(1)}"#),
        ),
        ("x'', 'i', 'i'", None),
    ] {
        let both = ["row_before()", "row_after()"].map(|side| {
            let sql = format!("CASE WHEN row_changed({columns}) THEN {side} END");
            ask(&sql).unwrap().map(|image| said(&image))
        });
        assert_eq!(both.into_iter().collect::<Option<Vec<_>>>().map(|both| both.join(" ")).as_deref(), expected);
    }
    for wrong in [
        "row_image(x'01', 0.5)",
        "row_image(x'01', CAST(x'ff' AS TEXT))",
        "row_image(1, 1)",
        "row_image()",
        "row_changed()",
        "row_changed(x'01', 'i', 1, 'j', 1)",
        "row_key(1)",
    ] {
        assert!(ask(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn every_value_comes_back_as_it_was_and_common_ones_are_short() {
    let long = "0123456789abcdef".repeat(8);
    for (value, size) in [
        (Value::Null, 1),
        (Value::Integer(0), 1),
        (Value::Integer(15), 1),
        (Value::Integer(16), 2),
        (Value::Integer(-1), 1),
        (Value::Integer(1_795_521_600_000), 7),
        (Value::Integer(i64::MAX), 10),
        (Value::Integer(i64::MIN), 10),
        (Value::Text(String::new()), 1),
        (Value::Text("given".into()), 6),
        (Value::Text("0199f3a4-7b1c-7e2d-8a41-9d6e5c3b2a10".into()), 17),
        (Value::Text("0199F3A4-7B1C-7E2D-8A41-9D6E5C3B2A10".into()), 38),
        (Value::Text("0199f3a4_7b1c_7e2d_8a41_9d6e5c3b2a10".into()), 38),
        (Value::Text("2026-11-24".into()), 3),
        (Value::Text("1600-01-01".into()), 1),
        (Value::Text("2304-05-31".into()), 3),
        (Value::Text("1599-12-31".into()), 11),
        (Value::Text("9999-12-31".into()), 4),
        (Value::Text("2026-13-01".into()), 11),
        (Value::Text("2026-00-01".into()), 11),
        (Value::Text("2026-01-32".into()), 11),
        (Value::Text("２026-01-3".into()), 12),
        (Value::Text("2026-01-0x".into()), 11),
        (Value::Text("deadbeef".into()), 9),
        (Value::Text(long.clone()), 66),
        (Value::Text(long.to_uppercase()), 130),
        (Value::Text(long[1..].into()), 129),
        (Value::Blob(vec![]), 1),
        (Value::Blob(vec![0, 171, 255]), 4),
    ] {
        let mut image = Vec::new();
        put(&mut image, 1, ValueRef::from(&value)).unwrap();
        let names = names();
        assert_eq!(read(&image, &names), Some(Image::from([("a", value.clone())])), "{value:?}");
        assert_eq!(image.len() - 1, size, "{value:?}");
        for cut in 1..image.len() {
            assert_eq!(read(&image[..cut], &names), None, "{value:?} cut after {cut}");
        }
    }
}

#[test]
fn identities_are_short_and_come_back_as_they_were() {
    assert_eq!(ask("row_key(NULL)").unwrap(), None);
    for (id, size) in
        [("0199f3a4-7b1c-7e2d-8a41-9d6e5c3b2a10", 16), ("0199F3A4-7B1C-7E2D-8A41-9D6E5C3B2A10", 36), ("v", 1), ("", 0)]
    {
        let key = row_key(id);
        assert_eq!(row_id(ValueRef::from(&key)), id);
        let length = match key {
            Value::Blob(bytes) => bytes.len(),
            other => format!("{other:?}").len() - r#"Text("")"#.len(),
        };
        assert_eq!(length, size, "{id}");
    }
}

#[test]
fn bytes_survive_hex() {
    assert_eq!(unhex(&hex(&[0, 1, 171, 255])), Some(vec![0, 1, 171, 255]));
    assert_eq!((unhex("0"), unhex("0G"), unhex("")), (None, None, Some(vec![])));
}

proptest! {
    /// Whatever stands in the log, reading it ends, and what is read writes the same.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let names = names();
        if let Some(image) = read(&bytes, &names) {
            let mut again = Vec::new();
            for (column, value) in &image {
                let number = [(1, "a"), (2, "b"), (3, "c")].into_iter().find(|(_, name)| name == column).unwrap().0;
                put(&mut again, number, ValueRef::from(value)).unwrap();
            }
            prop_assert_eq!(read(&again, &names), Some(image));
        }
    }

    /// Texts that look like dates, identities and hex come back as they were.
    #[test]
    fn texts_come_back(text in "[0-9a-f]{0,40}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9a-fA-F]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") {
        let mut image = Vec::new();
        put(&mut image, 3, ValueRef::from(text.as_str())).unwrap();
        let names = names();
        prop_assert_eq!(read(&image, &names), Some(Image::from([("c", Value::Text(text))])));
    }
}
