//! Encryption of the secrets on the bus, with a key that both sides compute.

use aes::Aes128;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use hkdf::Hkdf;
use sha2::Sha256;

/// Our public number for the private number 1: the base itself. The shared number is then their
/// public number.
pub(super) const OURS: &[u8] = &[2];

const SALT: [u8; 16] = *b"a salt for tests";

pub(super) struct Seal([u8; 16]);

impl Seal {
    pub(super) fn with(theirs: &[u8]) -> Self {
        let mut common = vec![0; 128 - theirs.len()];
        common.extend_from_slice(theirs);
        let mut key = [0; 16];
        Hkdf::<Sha256>::new(None, &common).expand(&[], &mut key).unwrap();
        Self(key)
    }

    pub(super) fn open(&self, salt: &[u8], sealed: &[u8]) -> Vec<u8> {
        let salt: [u8; 16] = salt.try_into().unwrap();
        let opener = cbc::Decryptor::<Aes128>::new(&self.0.into(), &salt.into());
        opener.decrypt_padded_vec::<Pkcs7>(sealed).unwrap()
    }

    pub(super) fn close(&self, text: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let closer = cbc::Encryptor::<Aes128>::new(&self.0.into(), &SALT.into());
        (SALT.to_vec(), closer.encrypt_padded_vec::<Pkcs7>(text))
    }
}
