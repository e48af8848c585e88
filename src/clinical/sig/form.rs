//! Which preparation of a medicine a line means: how fast it is given off, and by which way.

use super::{Release, Route, Sig};

impl Sig {
    /// How fast it is given off and by which way, as far as the line says it. By mouth is the usual way and the same as
    /// nothing said.
    pub fn form(&self) -> (Option<Release>, Option<Route>) {
        (self.release, self.route.filter(|route| *route != Route::Oral))
    }

    /// Whether two lines say of themselves that they are different preparations: one at once and one over hours, a patch and
    /// a lozenge. What only one of them says is no difference yet.
    pub fn is_other_form(&self, other: &Self) -> bool {
        let release = self.release.zip(other.release).is_some_and(|(one, two)| one != two);
        release || self.route.zip(other.route).is_some_and(|(one, two)| one != two)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn two_preparations_are_told_apart_only_by_what_both_say() {
        for (one, two, other, same_form) in [
            ("oxycodone er 20 mg bid", "oxycodone ir 5 mg q6h", true, false),
            ("oxycodone er 20 mg bid", "oxycodone 5 mg q6h", false, false),
            ("oxycodone 5 mg q6h", "oxycodone by mouth 10 mg", false, true),
            ("fentanyl patch 25 mcg/h q72h", "fentanyl lozenge 200 mcg prn", true, false),
            ("fentanyl patch 25 mcg/h q72h", "fentanyl 50 mcg/h", false, true),
            ("morphine 10 mg", "morphine intrathecal 1 mg/day", false, false),
        ] {
            let (a, b) = (read(one), read(two));
            assert_eq!((a.is_other_form(&b), b.is_other_form(&a)), (other, other), "{one} {two}");
            assert_eq!(a.form() == b.form(), same_form, "{one} {two}");
        }
    }
}
