use super::*;

/// The colours of the 16 as two widespread tables have them; what a user's own table holds, nobody can know.
const XTERM: [&str; 16] = [
    "000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5", "7f7f7f", "ff0000", "00ff00",
    "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff",
];
const VGA: [&str; 16] = [
    "000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa", "555555", "ff5555", "55ff55",
    "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff",
];

fn bytes(color: Color, table: [&str; 16]) -> [u8; 3] {
    let named = |at: usize| match palette::rgb(table[at]) {
        Color::Rgb(red, green, blue) => [red, green, blue],
        other => panic!("{other} is not 24 bit"),
    };
    match color {
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(at @ 0..=15) => named(usize::from(at)),
        Color::Indexed(at @ 16..=231) => {
            let step = |n: u8| [0, 95, 135, 175, 215, 255][usize::from(n)];
            let at = at - 16;
            [step(at / 36), step(at / 6 % 6), step(at % 6)]
        }
        Color::Indexed(at) => [8 + (at - 232) * 10; 3],
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
        Color::Reset => panic!("no colour of its own"),
    }
}

/// Relative luminance and contrast as the Web Content Accessibility Guidelines 2.1 define them.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let light = |rgb: [u8; 3]| {
        let [red, green, blue] = rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_can_be_read_on_its_ground_in_every_theme() {
    let mut low = Vec::new();
    for (palette, name) in Palette::ALL {
        for (depth, tables) in [(Depth::Rgb, &[XTERM][..]), (Depth::Indexed, &[XTERM]), (Depth::Sixteen, &[XTERM, VGA])]
        {
            let needed = if palette == Palette::HighContrast && depth != Depth::Sixteen { 7.0 } else { 4.5 };
            let theme = Theme { palette, depth, ..Theme::default() };
            for (surface, role) in
                Surface::ALL.into_iter().flat_map(|surface| Role::all().map(move |role| (surface, role)))
            {
                let style = theme.style(surface, role);
                for table in tables {
                    let got = contrast(bytes(style.fg.unwrap(), *table), bytes(style.bg.unwrap(), *table));
                    if !matches!(role, Role::Border | Role::Figure) && got < needed {
                        low.push(format!("{name} {depth:?} {surface:?} {role:?}: {got:.2}"));
                    }
                }
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

#[test]
fn contrast_is_computed_as_published() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
    assert!((contrast([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
}

#[test]
fn faint_text_is_lifted_on_the_band() {
    for (palette, name) in Palette::ALL {
        let theme = Theme { palette, ..Theme::default() };
        let band = |role| theme.style(Surface::Band, role).fg;
        assert_eq!(band(Role::Faint), band(Role::Second), "{name}");
        assert_ne!(theme.style(Surface::Ground, Role::Faint).fg, theme.style(Surface::Ground, Role::Second).fg);
    }
}

#[test]
fn the_band_can_be_seen_at_every_depth() {
    for (palette, name) in Palette::ALL {
        for depth in [Depth::Rgb, Depth::Indexed, Depth::Sixteen, Depth::Mono] {
            let theme = Theme { palette, depth, ..Theme::default() };
            assert_ne!(theme.surface(Surface::Band), theme.surface(Surface::Ground), "{name} {depth:?}");
        }
    }
}

#[test]
fn each_meaning_has_its_own_colour_where_there_are_colours_enough() {
    for (palette, name) in Palette::ALL {
        for depth in [Depth::Rgb, Depth::Indexed] {
            assert!(Theme { palette, depth, ..Theme::default() }.fills_differ(), "{name} {depth:?}");
        }
        assert!(!Theme { palette, depth: Depth::Mono, ..Theme::default() }.fills_differ(), "{name}");
    }
    assert!(!Theme { palette: Palette::Light, depth: Depth::Sixteen, ..Theme::default() }.fills_differ());
}

#[test]
fn without_colour_nothing_is_coloured_and_danger_still_stands_out() {
    let theme = Theme { depth: Depth::Mono, ..Theme::default() };
    for surface in Surface::ALL {
        for role in Role::all() {
            let style = theme.style(surface, role);
            assert_eq!((style.fg, style.bg), (None, None), "{surface:?} {role:?}");
        }
    }
    assert_ne!(theme.style(Surface::Ground, Role::Danger), theme.style(Surface::Ground, Role::Text));
}

#[test]
fn the_terminals_own_background_stays_where_it_is_wanted() {
    let theme = Theme { ground: Ground::Terminal, ..Theme::default() };
    assert_eq!(theme.style(Surface::Ground, Role::Text).bg, Some(Color::Reset));
    assert_ne!(theme.style(Surface::Band, Role::Text).bg, Some(Color::Reset));
}

#[test]
fn a_terminal_says_how_many_colours_it_has() {
    for (no_color, colorterm, term, depth) in [
        (Some("1"), Some("truecolor"), Some("xterm-256color"), Depth::Mono),
        (Some(""), Some("truecolor"), Some("xterm"), Depth::Rgb),
        (None, Some("24bit"), None, Depth::Rgb),
        (None, None, Some("xterm-direct"), Depth::Rgb),
        (None, None, Some("screen-256color"), Depth::Indexed),
        (None, Some("yes"), Some("linux"), Depth::Sixteen),
        (None, None, Some("dumb"), Depth::Mono),
        (None, None, None, Depth::Mono),
    ] {
        assert_eq!(Depth::told(no_color, colorterm, term), depth, "{no_color:?} {colorterm:?} {term:?}");
    }
}

#[test]
fn palettes_are_found_by_their_names() {
    for (palette, name) in Palette::ALL {
        assert_eq!(Palette::from_name(name), Some(palette));
    }
    assert_eq!(Palette::from_name("pink"), None);
}
