//! Each widget as it is drawn: wide, at 80 columns, narrow, and in ASCII; and what text alone does not show.

use crate::gallery::{SCENES, Scene};
use daysheet::ui::theme::{Depth, Ground, Look, Palette, Role, Signs, Surface, Theme};
use daysheet::ui::widget::Canvas;
use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

fn drawn(scene: &Scene, look: Look, width: u16, height: u16) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let area = buf.area;
    (scene.draw)(&mut Canvas::new(&mut buf, look), area);
    buf
}

fn text(buf: &Buffer) -> String {
    let mut lines = String::new();
    for y in 0..buf.area.height {
        let line: String = (0..buf.area.width).map(|x| buf[(x, y)].symbol()).collect();
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

fn scene(name: &str) -> &'static Scene {
    SCENES.iter().find(|scene| scene.name == name).unwrap()
}

#[test]
fn widgets_look_as_reviewed() {
    for scene in &SCENES {
        let ascii = Look { signs: Signs::Ascii, ..Look::default() };
        let mut all = String::new();
        for (name, look, width) in [
            ("120", Look::default(), 120),
            ("80", Look::default(), 80),
            ("40", Look::default(), 40),
            ("80 ascii", ascii, 80),
        ] {
            all += &["── ", name, "\n", &text(&drawn(scene, look, width, scene.height))].concat();
        }
        insta::assert_snapshot!(scene.name, all);
    }
}

#[test]
fn ascii_mode_shows_ascii_only() {
    let look = Look { signs: Signs::Ascii, ..Look::default() };
    for scene in &SCENES {
        for width in [120, 80, 30] {
            let shown = text(&drawn(scene, look, width, scene.height));
            assert!(shown.is_ascii(), "{}: {shown}", scene.name);
        }
    }
}

#[test]
fn every_widget_survives_every_size() {
    for scene in &SCENES {
        for width in (0..46).chain([79, 80, 200]) {
            for height in 0..14 {
                for signs in [Signs::Unicode, Signs::Ascii] {
                    drawn(scene, Look { signs, ..Look::default() }, width, height);
                }
            }
        }
    }
}

#[test]
fn every_widget_survives_an_area_partly_off_the_screen() {
    for scene in &SCENES {
        for area in [Rect::new(15, 3, 60, 20), Rect::new(70, 70, 9, 9), Rect::new(0, 0, 400, 400)] {
            let mut buf = Buffer::empty(Rect::new(0, 0, 20, 6));
            (scene.draw)(&mut Canvas::new(&mut buf, Look::default()), area);
        }
    }
}

#[test]
fn no_widget_colours_anything_where_there_is_no_colour() {
    let look = Look { theme: Theme { depth: Depth::Mono, ..Theme::default() }, ..Look::default() };
    for scene in &SCENES {
        let buf = drawn(scene, look, 120, scene.height);
        let plain = ratatui::style::Color::Reset;
        assert!(buf.content.iter().all(|cell| cell.fg == plain && cell.bg == plain), "{}", scene.name);
    }
}

#[test]
fn every_cell_has_the_ground_it_lies_on() {
    for (palette, name) in Palette::ALL {
        let theme = Theme { palette, ..Theme::default() };
        let grounds = Surface::ALL.map(|surface| theme.surface(surface).bg);
        for scene in SCENES
            .iter()
            .filter(|scene| !matches!(scene.name, "ribbon" | "month" | "input" | "marks" | "modal" | "help"))
        {
            let buf = drawn(scene, Look { theme, ..Look::default() }, 100, scene.height);
            assert!(buf.content.iter().all(|cell| grounds.contains(&Some(cell.bg))), "{name} {}", scene.name);
        }
    }
}

#[test]
fn the_terminals_own_background_stays_below_a_pane() {
    let theme = Theme { ground: Ground::Terminal, ..Theme::default() };
    let buf = drawn(scene("empty_pane"), Look { theme, ..Look::default() }, 60, 4);
    assert!(buf.content.iter().all(|cell| cell.bg == ratatui::style::Color::Reset));
}

#[test]
fn focus_is_seen_on_the_frame_and_the_chosen_row() {
    for (palette, name) in Palette::ALL {
        let theme = Theme { palette, ..Theme::default() };
        let buf = drawn(scene("pane"), Look { theme, ..Look::default() }, 80, 9);
        assert_eq!(buf[(0, 4)].fg, theme.fill(Role::Focus), "{name}");
        let band = theme.surface(Surface::Band).bg.unwrap();
        let rows: Vec<u16> = (0..9).filter(|y| (1..79).all(|x| buf[(x, *y)].bg == band)).collect();
        assert_eq!(rows, [6], "{name}");
        let name_at = (1..79).find(|x| buf[(*x, 6)].symbol() == "N").unwrap();
        assert!(buf[(name_at, 6)].modifier.contains(Modifier::BOLD));
        let away = drawn(scene("empty_pane"), Look { theme, ..Look::default() }, 80, 4);
        assert_eq!(away[(0, 1)].fg, theme.fill(Role::Border), "{name}");
    }
}

#[test]
fn danger_has_its_colour_and_its_word() {
    let theme = Theme::default();
    let buf = drawn(scene("patient_band"), Look::default(), 120, 2);
    let danger = theme.style(Surface::BarTop, Role::Danger);
    let red: String =
        buf.content.iter().filter(|cell| Some(cell.fg) == danger.fg).map(ratatui::buffer::Cell::symbol).collect();
    assert_eq!(red, "penicillin");
}

#[test]
fn the_cursor_stands_where_the_next_character_goes() {
    let mut buf = Buffer::empty(Rect::new(0, 0, 40, 4));
    let mut canvas = Canvas::new(&mut buf, Look::default());
    (scene("input").draw)(&mut canvas, Rect::new(0, 0, 40, 1));
    assert_eq!(canvas.cursor().map(|at| (at.x, at.y)), Some((6, 0)));
    (scene("modal").draw)(&mut canvas, Rect::new(0, 0, 40, 4));
    assert_eq!(canvas.cursor(), None, "a box takes it");
}
