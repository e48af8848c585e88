//! Lines to components, saving what can be saved: an event that never ends, or ends twice, spoils only itself.

use super::lines::{Line, Property, property};

/// A component with everything between its `BEGIN` and its `END`.
#[derive(Debug, Clone, Default)]
pub struct Component {
    /// Name in capitals: `VEVENT`.
    pub name: String,
    /// Line of its `BEGIN`.
    pub line: u32,
    /// Its properties.
    pub properties: Vec<Property>,
    /// Its components.
    pub children: Vec<Self>,
    /// Lines inside that are no properties.
    pub garbled: Vec<u32>,
    /// Whether its `END` was found.
    pub ended: bool,
}

impl Component {
    /// The first property of this name.
    pub fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
    /// All properties of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }
}

/// What may stand directly in a calendar. One of these inside another means that the other's end is missing.
const MAIN: [&str; 5] = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"];

/// Deeper than any writer nests: what lies below is left out with its ends, so that no file is too deep to be walked.
const DEEPEST: usize = 16;

/// Builds the outermost components of a file: calendars, and whatever stands bare. An event stands directly in its
/// calendar, whatever was still open before it.
pub fn components(lines: &[Line]) -> Vec<Component> {
    let mut done = Vec::new();
    let mut open: Vec<Component> = Vec::new();
    let mut too_deep: usize = 0;
    for line in lines {
        let Some(property) = property(line) else {
            if let Some(component) = open.last_mut() {
                component.garbled.push(line.number);
            }
            continue;
        };
        let value = property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "BEGIN" => {
                if value == "VCALENDAR" {
                    close_down_to(&mut open, &mut done, 0);
                    too_deep = 0;
                } else if MAIN.contains(&value.as_str()) {
                    let calendar = open.iter().rposition(|component| component.name == "VCALENDAR");
                    close_down_to(&mut open, &mut done, calendar.map_or(0, |at| at + 1));
                    too_deep = 0;
                }
                if open.len() >= DEEPEST {
                    too_deep += 1;
                } else {
                    open.push(Component { name: value, line: line.number, ..Component::default() });
                }
            }
            "END" if too_deep > 0 && value != "VCALENDAR" => too_deep -= 1,
            "END" => {
                if let Some(at) = open.iter().rposition(|component| component.name == value) {
                    close_down_to(&mut open, &mut done, at + 1);
                    if let Some(component) = open.last_mut() {
                        component.ended = true;
                    }
                    close_down_to(&mut open, &mut done, at);
                }
            }
            _ if too_deep > 0 => {}
            _ => {
                if let Some(component) = open.last_mut() {
                    component.properties.push(property);
                }
            }
        }
    }
    close_down_to(&mut open, &mut done, 0);
    done
}

fn close_down_to(open: &mut Vec<Component>, done: &mut Vec<Component>, depth: usize) {
    while open.len() > depth {
        let Some(component) = open.pop() else { return };
        match open.last_mut() {
            Some(parent) => parent.children.push(component),
            None => done.push(component),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::unfold;
    use super::*;

    fn outline(components: &[Component]) -> String {
        components
            .iter()
            .map(|c| format!("{}{}({})", c.name, if c.ended { "" } else { "!" }, outline(&c.children)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_missing_end_spoils_only_its_own_component() {
        for (text, expected) in [
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR", "VCALENDAR(VEVENT())"),
            ("BEGIN:VEVENT\nEND:VEVENT", "VEVENT()"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR", "VCALENDAR(VEVENT!() VEVENT())"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nEND:VCALENDAR", "VCALENDAR(VEVENT(VALARM!()))"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nA:1", "VCALENDAR!(VEVENT!())"),
            ("BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR", "VCALENDAR() VCALENDAR()"),
            ("BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR", "VCALENDAR!() VCALENDAR()"),
            (
                "BEGIN:VCALENDAR\nBEGIN:X-BOX\nBEGIN:VEVENT\nEND:VEVENT\nEND:X-BOX\nEND:VCALENDAR",
                "VCALENDAR(X-BOX!() VEVENT())",
            ),
        ] {
            assert_eq!(outline(&components(&unfold(text.as_bytes()))), expected, "{text}");
        }
    }

    #[test]
    fn no_file_is_too_deep_to_be_read() {
        let inside = "BEGIN:X\n".repeat(200_000) + "A:1\n" + &"END:X\n".repeat(200_000);
        let text = format!("BEGIN:VCALENDAR\n{inside}BEGIN:VEVENT\nEND:VEVENT\n{inside}END:VCALENDAR\n");
        let found = components(&unfold(text.as_bytes()));
        let names: Vec<&str> = found[0].children.iter().map(|c| c.name.as_str()).collect();
        assert_eq!((names, found[0].ended), (vec!["X", "VEVENT", "X"], true));
    }

    #[test]
    fn lines_that_are_no_properties_are_remembered_by_number() {
        let found = components(&unfold(b"BEGIN:VEVENT\nSUMMARY:x\n&nbsp; what\nEND:VEVENT"));
        assert_eq!(found[0].garbled, [3]);
        assert_eq!(found[0].get("SUMMARY").map(Property::text).as_deref(), Some("x"));
    }
}
