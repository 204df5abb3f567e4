//! A keyring without an answer.

use std::time::Duration;

use sei_compose::wire::find;
use sei_compose::world::keyring::{KeyringError, KeyringSlot, SystemKeyring};
use sei_compose::world::{World as _, key};

use super::machine;
use crate::secrets::{Mood, Secrets};

const LIMIT: Duration = Duration::from_millis(50);

#[test]
fn a_keyring_without_an_answer_fails_at_its_time_limit() {
    for mood in [Mood::Mute, Mood::Asleep] {
        let secrets = Secrets::start(mood);
        let environment = find("eu").unwrap();
        let (slot, key) =
            (KeyringSlot::of(environment).unwrap(), environment.key("planted-key-7f3a").unwrap());
        let keyring = SystemKeyring::new(Some(secrets.address()), LIMIT);
        assert_eq!(keyring.read(&slot).err(), Some(KeyringError::Late(LIMIT)), "{mood:?}");
        assert_eq!(keyring.keep(&slot, &key), Err(KeyringError::Late(LIMIT)));
        assert_eq!(keyring.remove(&slot), Err(KeyringError::Late(LIMIT)));
        assert_eq!(keyring.probe(), Err(KeyringError::Late(LIMIT)));
        let (machine, _home) = machine();
        let machine = machine.with_keyring(keyring);
        assert!(machine.keyring().may_be_there());
        let message = key::find(&machine, environment).err().unwrap().to_string();
        assert!(message.contains("the keyring did not answer within 50 ms"), "{message}");
        // A start does not use slow key sources.
        let message = key::at_hand(&machine, environment).err().unwrap().to_string();
        assert!(!message.contains("keyring"), "{message}");
    }
}
