//! Draft files with the same name inside.

use sei_compose::document::read;
use sei_compose::world::store;

use super::{draft, machine, names, put, save};

#[test]
fn a_copied_file_is_listed_by_its_file_name_and_each_draft_can_be_opened() {
    let (machine, home) = machine();
    let folder = home.path().join("data/drafts");
    save(&machine, &draft("Nightly", "[1]")).unwrap();
    put(&folder.join("spare.json"), &draft("nightly", "[2]").write());
    put(&folder.join("nightly-9.json"), "no draft");
    put(&folder.join("broken.json"), &draft("nightly-9", "[3]").write());
    assert_eq!(names(&machine), ["Nightly", "spare", "nightly-9", "nightly-9.json"]);

    let mut spare = store::load_draft(&machine, "spare").unwrap();
    assert_eq!(spare.document, read("[2]").unwrap());
    spare.document = read("[4]").unwrap();
    save(&machine, &spare).unwrap();
    assert_eq!(store::load_draft(&machine, "Nightly").unwrap().document, read("[1]").unwrap());
    assert_eq!(store::load_draft(&machine, "spare").unwrap().document, read("[4]").unwrap());

    let trashed = store::delete_draft(&machine, "nightly-9.json", None).unwrap();
    assert_eq!(std::fs::read_to_string(trashed).unwrap(), "no draft");
    assert_eq!(store::load_draft(&machine, "nightly-9").unwrap().document, read("[3]").unwrap());
}
