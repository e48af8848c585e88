//! What an examination found is in the file, finding by finding, for whoever asks it later.

use super::world::{World, day};
use crate::action::write::Write;
use crate::clinical::visit::VisitKind;

#[test]
fn findings_are_asked_for_one_by_one_and_follow_the_text() {
    const FOUND: &str = "SELECT group_concat(found ->> 'side' || ' ' || (found ->> 'grade'), ', ') FROM
        (SELECT value AS found FROM assessment, json_each(assessment.findings) WHERE value ->> 'term' = 'ehl')";
    let mut world = World::new();
    let patient = world.known("Okafor");
    let visit = world.booked(patient, day(24), "09:00:00", VisitKind::FollowUp);
    let mut assessment = world.assessment(&visit);
    assessment.examination = "walks well; ehl l4 r5 slr r45+".to_owned();
    world.commit(Write::CompleteAssessment {
        assessment: assessment.clone(),
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: false,
    });
    assert_eq!(world.store.text(FOUND), "left 4, right 5");
    assert_eq!(
        world.store.text("SELECT findings ->> '$[2]' FROM assessment"),
        r#"{"term":"slr","side":"right","tenths":450,"grade":"+"}"#
    );

    assessment.examination = "ehl l4+".to_owned();
    world.commit(Write::CompleteAssessment {
        assessment,
        scores: Vec::new(),
        lists: crate::clinical::asked::PatientLists::default(),
        again: true,
    });
    assert_eq!(world.store.text(FOUND), "left 4+");
}
