//! What is drawn.

use crate::form::check::press;
use crate::form::sample::{open, open_after, world};
use crate::form::state::AnyForm;

fn drawn(form: &dyn AnyForm, size: (u16, u16)) -> String {
    form.view(size).lines.iter().map(|line| line.text() + "\n").collect()
}

#[test]
fn show() {
    let mut world = world();
    world.size = (80, 50);
    let mut form = open_after(&world);
    println!("{}", drawn(&form, world.size));
    press(&mut form, &world, "71<Tab>2lbs<Tab>d<Tab>yJo<Tab>300<Tab>9 may 88<Tab>+2w");
    println!("{}", drawn(&form, world.size));
    press(&mut form, &world, "<Tab>1430<Tab>migr<Enter>gaba<Enter>300<Enter>mon<Enter>l<Enter>preg");
    println!("{}", drawn(&form, world.size));
    press(&mut form, &world, "<Esc><Tab><Tab><Tab><Tab>Slept. .sleep");
    println!("{}", drawn(&form, world.size));
    let _ = open(&world);
    press(&mut form, &world, " ");
    println!("{}", drawn(&form, world.size));
}
