//! Where the parts of a form's screen stand: a pure function of the size, for drawing and for the mouse.

use ratatui::layout::Rect;

/// The parts of a form's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The patient's band, or the heading where there is no patient.
    pub band: Rect,
    /// The strip of sections.
    pub tabs: Rect,
    /// The line under it: what an answer raised.
    pub notice: Rect,
    /// The form.
    pub form: Rect,
    /// What stands beside it; empty where there is no room.
    pub beside: Rect,
    /// The line above the footer.
    pub message: Rect,
    /// The footer.
    pub footer: Rect,
}

/// From how many columns on something stands beside the form.
pub const WIDE: u16 = 110;

impl Parts {
    /// The parts for this area. Where all is lines for a screen reader, the band has lines more and
    /// nothing stands beside.
    pub fn of(area: Rect, has_patient: bool, has_beside: bool, plain: bool) -> Self {
        let roomy = area.height >= 30;
        let has_beside = has_beside && !plain;
        // In words the facts of a patient fill lines: they have three of them where there is room.
        let in_words = if area.height >= 24 { 5 } else { 4 };
        let band = match (has_patient, plain) {
            (true, true) => in_words,
            (true, false) | (false, true) => 2,
            (false, false) => 1,
        };
        let mut left = area;
        let mut take = |height: u16| {
            let height = height.min(left.height);
            let part = Rect { height, ..left };
            left = Rect { y: left.y + height, height: left.height - height, ..left };
            part
        };
        let band = take(band);
        take(u16::from(roomy));
        let tabs = take(1);
        let notice = take(1);
        let above = band.height + 2 + u16::from(roomy);
        let below = if roomy { 3 } else { 2 };
        let middle = take(area.height.saturating_sub(above + below));
        take(u16::from(roomy));
        let message = take(1);
        let footer = take(1);
        let beside_width = if has_beside && area.width >= WIDE { (area.width * 39 / 100).max(44) } else { 0 };
        // A blank column at the right, as at the left; what stands beside has one before it.
        let form_width = middle.width.saturating_sub(if plain { 0 } else { beside_width + 1 });
        let beside = Rect { x: middle.x + middle.width - beside_width, width: beside_width, ..middle };
        Self { band, tabs, notice, form: Rect { width: form_width, ..middle }, beside, message, footer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_stays_on_the_screen_at_any_size() {
        for width in [0, 1, 20, 80, 109, 110, 160] {
            for height in [0, 1, 3, 5, 24, 40] {
                let area = Rect::new(0, 0, width, height);
                for beside in [false, true] {
                    let parts = Parts::of(area, true, beside, false);
                    for part in
                        [parts.band, parts.tabs, parts.notice, parts.form, parts.beside, parts.message, parts.footer]
                    {
                        assert_eq!(part.intersection(area), part, "{width}x{height}");
                    }
                    assert_eq!(parts.beside.width > 0, beside && width >= WIDE);
                }
            }
        }
    }
}
