use super::*;
use crate::action::key::Key;
use crate::action::{Command, Context};

fn mistakes(text: &str) -> Vec<String> {
    Settings::parse(text).map_or_else(|found| found.iter().map(Mistake::to_string).collect(), |_| Vec::new())
}

#[test]
fn the_default_text_says_what_holds_without_it() {
    assert_eq!(Settings::parse(DEFAULT_TEXT), Ok(Settings::default()));
    assert_eq!(Settings::parse(""), Ok(Settings::default()));
    let uncommented = DEFAULT_TEXT.replace("# \"", "\"");
    assert_eq!(Settings::parse(&uncommented), Ok(Settings::default()), "the examples too");
}

#[test]
fn every_setting_is_heard() {
    let text = r#"
        me.initials = "ab"
        [look]
        theme = "high-contrast"
        own_background = false
        colour = "16"
        ascii = true
        plain = true
        mouse = false
        hide_names_below = 0
        [day]
        clinic_days = ["sat", "mon"]
        from = "06:30"
        to = "19:10"
        follow_copies = false
        [minutes]
        new = 60
        follow_up = 15
        procedure = 45
        block = 90
        [private]
        lock_after_minutes = 2.5
        clipboard = "file"
        clear_clipboard_after_seconds = 0
        [record]
        keep_backups = 2
        [keys]
        visit.new = "V"
        "form.complete" = ["Shift-F4"]
    "#;
    let settings = Settings::parse(text).unwrap();
    assert_eq!(settings.keymap.command(Context::Board, Key::char('V')), Some(Command::NewVisit));
    assert_eq!(
        settings.keymap.command(Context::Form, "Shift-F4".parse::<crate::action::key::Chord>().unwrap().key()),
        Some(Command::Complete)
    );
    assert_eq!(settings.keymap.command(Context::Form, Key::ctrl('s')), None);
    let preferences = Preferences {
        plain: true,
        hide_names_below: 0,
        clinic_days: ClinicDays::of(&[0, 5]),
        follow_copies: false,
        day_hours: (6, 20),
        usual_minutes: UsualMinutes { new: 60, follow_up: 15, procedure: 45, block: 90 },
        initials: Some("ab".into()),
        ..Preferences::default()
    };
    let expected = Settings {
        palette: Palette::HighContrast,
        ground: Ground::Terminal,
        depth: Some(Depth::Sixteen),
        signs: Signs::Ascii,
        mouse: MouseUse::LeftToTerminal,
        preferences,
        lock_after: Duration::from_secs(150),
        clipboard: Choice::File,
        clear_clipboard_after: None,
        keep_backups: 2,
        keymap: settings.keymap.clone(),
    };
    assert_eq!(settings, expected);
}

#[test]
fn a_mistake_is_a_sentence_with_its_place() {
    for (text, says) in [
        ("[look]\nthme = \"dark\"", "line 2, column 1: no setting in [look] is called `thme`; did you mean `theme`?"),
        ("[loook]", "line 1, column 2: no section is called `loook`; did you mean `look`?"),
        ("[record]\nxyz = 1", "line 2, column 1: no setting in [record] is called `xyz`; there are `keep_backups`"),
        ("look = 3", "line 1, column 8: `look` is a section, written [look], not a whole number"),
        (
            "[look]\ntheme = \"drak\"",
            "line 2, column 9: `theme` can be `dark`, `light` or `high-contrast`, not `drak`; did you mean `dark`?",
        ),
        ("[look]\ntheme = 3", "line 2, column 9: `theme` is a text in quotes, not a whole number"),
        ("[look]\n  ascii = \"yes\"", "line 2, column 11: `ascii` is true or false, not a text"),
        ("[private]\nlock_after_minutes = 0", "line 2, column 22: `lock_after_minutes` is from 0.2 to 240, not 0"),
        ("[private]\nlock_after_minutes = nan", "line 2, column 22: `lock_after_minutes` is from 0.2 to 240, not nan"),
        (
            "[private]\nlock_after_minutes = \"5\"",
            "line 2, column 22: `lock_after_minutes` is a number of minutes, not a text",
        ),
        ("[minutes]\nnew = -5", "line 2, column 7: `new` is from 1 to 1440, not -5"),
        (
            "[minutes]\nnew = 99999999999999999999",
            "line 2, column 7: `new` is from 1 to 1440, not 99999999999999999999",
        ),
        ("[minutes]\nnew = 2.5", "line 2, column 7: `new` is a whole number, not a number with a point"),
        ("[day]\nclinic_days = [\"mon\", \"fryday\"]", "line 2, column 23: `clinic_days` can be `mon`, `tue`"),
        ("[day]\nclinic_days = \"mon\"", "line 2, column 15: `clinic_days` is a list in [ ], not a text"),
        ("[day]\nclinic_days = []", "line 2, column 15: `clinic_days` needs at least one"),
        ("[day]\nfrom = \"7\"", "line 2, column 8: `from` is a time like \"07:00\", not `7`"),
        ("[day]\nfrom = 07:00:00", "line 2, column 8: `from` is a text in quotes, not a date or time without quotes"),
        ("[day]\nto = \"06:00\"", "line 2, column 6: the day ends at 06:00, before it begins at 07:00"),
        ("[me]\ninitials = \"ABCDEFG\"", "line 2, column 12: `initials` are at most 6 letters, not `ABCDEFG`"),
        (
            "[keys]\n\"visit.nwe\" = \"n\"",
            "line 2, column 1: no command is called `visit.nwe`; did you mean `visit.new`?",
        ),
        ("[keys]\nvisit.nwe = \"n\"", "line 2, column 7: no command is called `visit.nwe`; did you mean `visit.new`?"),
        ("[keys]\nbanana = \"n\"", "line 2, column 1: no command is called `banana`; `daysheet keys` lists them"),
        (
            "[keys]\n\"visit.new\" = \"Ctrl-H\"",
            "line 2, column 15: `Ctrl-H` cannot be bound: a plain terminal sends it as",
        ),
        ("[keys]\n\"visit.new\" = [\"n\", \"nn\"]", "line 2, column 21: no key is called `nn`"),
        (
            "[keys]\n\"visit.new\" = 3",
            "line 2, column 15: `visit.new` is a key in quotes, or a list of them, not a whole",
        ),
        (
            "[keys]\n\"visit.new\" = [\"V\", \"s\"]",
            "line 2, column 21: s is already the key of “Quick score” (On the board)",
        ),
        ("[keys]\nlock = \"l\"", "line 2, column 8: l is a character, and this command must work while text is typed"),
        ("[look]\ntheme = dark", "line 2, column 9: this cannot be read as TOML: "),
        ("# ä\n[look]\nascii = \"ä\" x", "line 3, column "),
        ("[look]\nascii = true\nascii = true", "line 3, column 1: this cannot be read as TOML: duplicate key"),
    ] {
        let found = mistakes(text);
        assert!(found.len() == 1 && found[0].starts_with(says), "{text:?} gives {found:#?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_and_in_their_order() {
    let found = mistakes("[keys]\nlock = \"l\"\n[look]\nascii = 1\nthem = \"dark\"\n");
    let lines: Vec<&str> = found.iter().map(|words| words.split(',').next().unwrap()).collect();
    assert_eq!(lines, ["line 2", "line 4", "line 5"]);
}

#[test]
fn columns_count_characters() {
    assert!(mistakes("\"ä日\" = 1")[0].starts_with("line 1, column 1:"));
    assert!(mistakes("[keys]\n\"visit.new\" = [\"é\", \"zz\"]")[0].starts_with("line 2, column 21:"));
}

#[test]
fn a_file_nobody_named_need_not_be_there() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("conf/settings.toml");
    assert_eq!(Settings::load(&path, Named::No).unwrap(), Settings::default());
    let missing = Settings::load(&path, Named::Yes).unwrap_err().to_string();
    assert!(missing.starts_with("the settings file ") && missing.contains("settings.toml cannot be read"), "{missing}");

    write_default(&path).unwrap();
    assert_eq!(Settings::load(&path, Named::Yes).unwrap(), Settings::default());
    assert!(write_default(&path).is_err(), "one that stands is not overwritten");

    fs::write(&path, "[look]\nascii = 1\nplain = 1\n").unwrap();
    let wrong = Settings::load(&path, Named::No).unwrap_err().to_string();
    let lines: Vec<&str> = wrong.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].ends_with("settings.toml, line 2, column 9: `ascii` is true or false, not a whole number"),
        "{wrong}"
    );

    fs::write(&path, b"\xff\xfe").unwrap();
    assert!(Settings::load(&path, Named::No).unwrap_err().to_string().contains("cannot be read"));
}
