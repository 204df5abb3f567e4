//! A keyring that does not answer.

use std::time::Duration;

use sei_compose::wire::find;
use sei_compose::world::keyring::{KeyringError, Slot, SystemKeyring};
use sei_compose::world::{World as _, key};

use super::machine;
use crate::secrets::{Mood, Secrets};

const LIMIT: Duration = Duration::from_millis(50);

#[test]
fn a_keyring_that_never_answers_is_given_up_at_its_limit() {
    for mood in [Mood::Mute, Mood::Asleep] {
        let secrets = Secrets::start(mood);
        let environment = find("eu").unwrap();
        let (slot, key) = (Slot::of(environment).unwrap(), environment.key("planted-key-7f3a").unwrap());
        let keyring = SystemKeyring::new(Some(secrets.address()), LIMIT);
        assert_eq!(keyring.look(&slot).err(), Some(KeyringError::Late(LIMIT)), "{mood:?}");
        assert_eq!(keyring.keep(&slot, &key), Err(KeyringError::Late(LIMIT)));
        assert_eq!(keyring.remove(&slot), Err(KeyringError::Late(LIMIT)));
        assert_eq!(keyring.probe(), Err(KeyringError::Late(LIMIT)));
        let (machine, _home) = machine();
        let machine = machine.with_keyring(keyring);
        assert!(machine.keyring().may_be_there());
        let told = key::find(&machine, environment).err().unwrap().to_string();
        assert!(told.contains("the keyring gave no answer within 50 ms"), "{told}");
        // Where looking would take time, a start does not look.
        let told = key::at_hand(&machine, environment).err().unwrap().to_string();
        assert!(!told.contains("keyring"), "{told}");
    }
}
