//! What the terminal shows.

/// What the terminal shows, and what the program asked of it besides.
#[derive(Debug, Default)]
pub(super) struct Asked {
    clipboard: Option<Vec<u8>>,
    /// Besides what a program with a screen of its own needs: titles, bells, sizes, answers.
    pub strange: Vec<String>,
    /// Whether a frame has begun and not ended: what stands on the screen then is nothing anybody sees.
    pub in_frame: bool,
}

impl vt100::Callbacks for Asked {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.clipboard = Some(data.to_vec());
    }

    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.strange.push("a bell".to_owned());
    }

    fn resize(&mut self, _: &mut vt100::Screen, _: (u16, u16)) {
        self.strange.push("another size".to_owned());
    }

    fn set_window_icon_name(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.strange.push("an icon name".to_owned());
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.strange.push("a title".to_owned());
    }

    fn paste_from_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.strange.push("the clipboard".to_owned());
    }

    fn unhandled_control(&mut self, _: &mut vt100::Screen, control: u8) {
        self.strange.push(format!("control {control}"));
    }

    fn unhandled_csi(&mut self, _: &mut vt100::Screen, first: Option<u8>, _: Option<u8>, of: &[&[u16]], last: char) {
        if (first, of) == (Some(b'?'), &[&[2026]]) {
            self.in_frame = last == 'h';
        }
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, _: &[&[u8]]) {
        self.strange.push("a command of the system".to_owned());
    }
}

/// The screen, and how far reading it has come.
pub(super) struct Shown {
    pub parser: vt100::Parser<Asked>,
    pub bytes: usize,
    /// Nothing more will come.
    pub is_over: bool,
    /// The reader is to let go of the terminal after what comes next.
    pub is_closing: bool,
}

impl Shown {
    pub fn text(&self) -> String {
        let screen = self.parser.screen();
        let lines: Vec<String> = screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned()).collect();
        lines.join("\n").trim_end().to_owned()
    }
    /// What the program last asked the terminal to put on the clipboard.
    pub fn clipboard(&self) -> Option<String> {
        let encoded = self.parser.callbacks().clipboard.as_ref()?;
        Some(String::from_utf8_lossy(&base64(encoded)).into_owned())
    }
}

fn base64(text: &[u8]) -> Vec<u8> {
    let value = |c: &u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let bits: Vec<u8> =
        text.iter().filter_map(value).flat_map(|six| (0..6).rev().map(move |bit| six >> bit & 1)).collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | bit)).collect()
}
