//! Events: everything that can wake the program, in one queue.
//!
//! One thread reads the terminal, one receives signals, workers send what they have done; the main thread sleeps in
//! [`Events::wait`] until one of them has something or the next moment is due. It gets everything that has come, in its
//! order, so that a burst of keys is handled whole and drawn once. Nothing else wakes it.
//!
//! ```text
//! register signals ─▶ enter terminal ─▶ draw ─▶ listen ─▶ loop: wait ─▶ what is due ─▶ events ─▶ draw
//! ```
//!
//! A terminal that goes away without a signal ends the reader's file; it says so once ([`Event::Lost`]) and is done.

use std::io::{self, Read};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;
use zeroize::Zeroizing;

use super::terminal::{self, decode::Decoder};
use crate::action::input::Input;

/// How long a lone Esc is held to see whether it begins a sequence that came in two pieces.
const HOLD: Duration = Duration::from_millis(20);
/// What is read at once. A terminal line holds 4096 bytes.
const READ: usize = 4096;
/// After so many inputs a frame is drawn, though more may wait: a hand on the mouse can keep the queue full.
const ENOUGH: usize = 100_000;

/// Something that woke the program. `J` is what workers send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<J> {
    /// The terminal sent something.
    Input(Input),
    /// The system wants the program to end.
    End(Ending),
    /// The program was stopped and goes on; the terminal may have been used by others since.
    Continued,
    /// A worker sent something.
    Job(J),
    /// The terminal is gone: nobody can type any more, and nobody sees what is drawn.
    Lost,
}

/// By what the program is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The terminal was closed.
    HangUp,
    /// Interrupted by another program; Ctrl-C in the terminal is a key.
    Interrupt,
    /// Quit by another program.
    Quit,
    /// Asked to end.
    Terminate,
}

impl Ending {
    /// The exit code by which a shell knows this end.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::HangUp => 129,
            Self::Interrupt => 130,
            Self::Quit => 131,
            Self::Terminate => 143,
        }
    }
}

/// What comes through the queue.
enum Raw<J> {
    Bytes(Zeroizing<Vec<u8>>),
    Resized,
    End(Ending),
    Continued,
    Job(J),
    Lost,
}

/// A worker's end of the queue.
#[derive(Debug)]
pub struct Post<J>(Sender<Raw<J>>);

impl<J> Clone for Post<J> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<J> Post<J> {
    /// Sends. When the program is about to end nobody listens, and nothing is lost that anybody would see.
    pub fn send(&self, job: J) {
        drop(self.0.send(Raw::Job(job)));
    }
}

/// The queue, and what makes input of bytes.
pub struct Events<J> {
    receiver: Receiver<Raw<J>>,
    sender: Sender<Raw<J>>,
    signals: Option<Signals>,
    decoder: Decoder,
}

impl<J> std::fmt::Debug for Events<J> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Events")
    }
}

impl<J: Send + 'static> Events<J> {
    /// The queue. From here on signals are kept and no longer end the program, so it comes before the terminal is
    /// entered.
    pub fn new() -> io::Result<Self> {
        let signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGCONT, SIGWINCH])?;
        Ok(Self { signals: Some(signals), ..Self::without_signals() })
    }

    fn without_signals() -> Self {
        let (sender, receiver) = mpsc::channel();
        Self { receiver, sender, signals: None, decoder: Decoder::default() }
    }

    /// Starts to listen, after the first frame. What was typed before waits in the terminal.
    pub fn listen(&mut self, keyboard: impl Read + Send + 'static) -> io::Result<()> {
        let sender = self.sender.clone();
        thread::Builder::new().name("keyboard".into()).spawn(move || read_on(keyboard, &sender))?;
        if let Some(mut signals) = self.signals.take() {
            let sender = self.sender.clone();
            thread::Builder::new().name("signals".into()).spawn(move || {
                for raw in signals.forever().filter_map(|signal| match signal {
                    SIGHUP => Some(Raw::End(Ending::HangUp)),
                    SIGINT => Some(Raw::End(Ending::Interrupt)),
                    SIGQUIT => Some(Raw::End(Ending::Quit)),
                    SIGTERM => Some(Raw::End(Ending::Terminate)),
                    SIGCONT => Some(Raw::Continued),
                    SIGWINCH => Some(Raw::Resized),
                    _ => None,
                }) {
                    if sender.send(raw).is_err() {
                        return;
                    }
                }
            })?;
        }
        Ok(())
    }

    /// Where workers send.
    pub fn post(&self) -> Post<J> {
        Post(self.sender.clone())
    }

    /// Sleeps until something comes, for at most this long, and gives everything that has come by then, in its order.
    /// Empty when the time is over; none is for ever.
    pub fn wait(&mut self, at_most: Option<Duration>) -> Vec<Event<J>> {
        let mut events = Vec::new();
        while events.is_empty() {
            let waiting = self.decoder.is_waiting().then_some(HOLD);
            match self.receive([at_most, waiting].into_iter().flatten().min()) {
                Some(raw) => self.take(raw, &mut events),
                None if waiting.is_some() => self.inputs(&mut events, Decoder::settle),
                None => break,
            }
        }
        while events.len() < ENOUGH
            && let Ok(raw) = self.receiver.try_recv()
        {
            self.take(raw, &mut events);
        }
        events
    }

    fn receive(&self, at_most: Option<Duration>) -> Option<Raw<J>> {
        // This end holds a sender, so the queue is never without one.
        match at_most {
            None => self.receiver.recv().ok(),
            Some(time) => self.receiver.recv_timeout(time).ok(),
        }
    }

    fn take(&mut self, raw: Raw<J>, events: &mut Vec<Event<J>>) {
        match raw {
            Raw::Bytes(bytes) => self.inputs(events, |decoder, out| decoder.feed(&bytes, out)),
            // Of a terminal that tells no size there is nothing to draw anew.
            Raw::Resized => events.extend(terminal::size().ok().map(|(w, h)| Event::Input(Input::Resize(w, h)))),
            Raw::End(ending) => events.push(Event::End(ending)),
            Raw::Continued => events.push(Event::Continued),
            Raw::Job(job) => events.push(Event::Job(job)),
            Raw::Lost => {
                self.inputs(events, Decoder::settle);
                events.push(Event::Lost);
            }
        }
    }

    fn inputs(&mut self, events: &mut Vec<Event<J>>, decode: impl FnOnce(&mut Decoder, &mut Vec<Input>)) {
        let mut inputs = Vec::new();
        decode(&mut self.decoder, &mut inputs);
        events.extend(inputs.into_iter().map(Event::Input));
    }
}

/// Reads until the end, and says when it has come.
fn read_on<J>(mut keyboard: impl Read, sender: &Sender<Raw<J>>) {
    let mut buffer = Zeroizing::new([0; READ]);
    loop {
        let raw = match keyboard.read(buffer.as_mut_slice()) {
            Ok(0) => Raw::Lost,
            Ok(read) => Raw::Bytes(Zeroizing::new(buffer[..read].to_vec())),
            Err(why) if why.kind() == io::ErrorKind::Interrupted => continue,
            Err(why) if why.kind() == io::ErrorKind::WouldBlock => {
                // Only where there is no controlling terminal and another program left this one non-blocking.
                thread::sleep(HOLD);
                continue;
            }
            Err(_) => Raw::Lost,
        };
        let is_over = matches!(raw, Raw::Lost);
        if sender.send(raw).is_err() || is_over {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::action::key::{Key, KeyCode};

    const SOON: Option<Duration> = Some(Duration::from_secs(30));

    /// A keyboard that gives these pieces, then an error.
    struct Pieces(Vec<io::Result<&'static [u8]>>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("the line was cut"));
            }
            self.0.remove(0).map(|piece| {
                buffer[..piece.len()].copy_from_slice(piece);
                piece.len()
            })
        }
    }

    fn everything(events: &mut Events<u8>) -> Vec<Event<u8>> {
        let mut all = Vec::new();
        while all.last() != Some(&Event::Lost) {
            all.extend(events.wait(SOON));
        }
        all
    }

    fn key(c: char) -> Event<u8> {
        Event::Input(Key::char(c).into())
    }

    fn escape() -> Event<u8> {
        Event::Input(Key::of(KeyCode::Esc).into())
    }

    #[test]
    fn keys_come_in_their_order_and_the_end_of_the_line_is_told_once() {
        for (pieces, expected) in [
            (vec![], vec![Event::Lost]),
            (vec![Ok(&b""[..])], vec![Event::Lost]),
            (vec![Ok(b"ab"), Ok(b"c")], vec![key('a'), key('b'), key('c'), Event::Lost]),
            (
                vec![Err(io::ErrorKind::Interrupted.into()), Ok(b"a"), Err(io::ErrorKind::WouldBlock.into()), Ok(b"b")],
                vec![key('a'), key('b'), Event::Lost],
            ),
            (vec![Ok(b"\x1b"), Ok(b"n")], vec![escape(), key('n'), Event::Lost]),
            (vec![Ok(b"a\x1b")], vec![key('a'), escape(), Event::Lost]),
        ] {
            let mut events = Events::without_signals();
            events.listen(Pieces(pieces)).unwrap();
            assert_eq!(everything(&mut events), expected);
        }
    }

    #[test]
    fn a_lone_escape_needs_no_further_key() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut events = Events::<u8>::without_signals();
        events.listen(reader).unwrap();
        writer.write_all(b"\x1b").unwrap();
        assert_eq!(events.wait(SOON), [escape()]);
        assert_eq!(events.wait(Some(Duration::ZERO)), [], "and it comes once");
    }

    #[test]
    fn a_burst_is_handed_over_whole() {
        let mut events = Events::<u8>::without_signals();
        let line = vec![b'x'; 50_000];
        for piece in line.chunks(READ) {
            events.sender.send(Raw::Bytes(Zeroizing::new(piece.to_vec()))).unwrap();
        }
        assert_eq!(events.wait(SOON).len(), line.len());
    }

    #[test]
    fn workers_and_signals_stand_in_the_same_queue() {
        let mut events = Events::<u8>::without_signals();
        events.post().send(7);
        events.sender.send(Raw::End(Ending::Terminate)).unwrap();
        events.sender.send(Raw::Continued).unwrap();
        events.post().clone().send(8);
        let expected = [Event::Job(7), Event::End(Ending::Terminate), Event::Continued, Event::Job(8)];
        assert_eq!(events.wait(SOON), expected);
    }

    #[test]
    fn nothing_comes_when_the_time_is_over() {
        assert_eq!(Events::<u8>::without_signals().wait(Some(Duration::ZERO)), []);
    }

    #[test]
    fn shells_know_each_ending_by_its_code() {
        for (ending, code) in
            [(Ending::HangUp, 129), (Ending::Interrupt, 130), (Ending::Quit, 131), (Ending::Terminate, 143)]
        {
            assert_eq!(ending.exit_code(), code);
        }
    }
}
