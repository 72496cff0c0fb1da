//! Files that go out sealed: the server keeps bytes that it cannot read, the key to them goes with the message.
//! https://spec.matrix.org/v1.16/client-server-api/#sending-encrypted-attachments

use std::{fmt::Write, fs::File, io::Read};

use matrix_sdk_crypto::AttachmentEncryptor;
use serde_json::{Value, json};

use crate::engine::{Answer, Fault};

/// Of what somebody is handed out. A person's own data are some kilobytes.
const LARGEST: u64 = 8 << 20;

/// The file at `path` -> {sealed: hexadecimal, size, file: what opens it (without its url)}. Each time with a new key.
pub fn seal(path: &str) -> Answer<Value> {
    let file = File::open(path).map_err(Fault::store)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(Fault::store)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Fault::new("argument", "the file is too large"));
    }
    let mut open = bytes.as_slice();
    let mut encryptor = AttachmentEncryptor::new(&mut open);
    let mut sealed = Vec::new();
    encryptor.read_to_end(&mut sealed).map_err(Fault::store)?;
    let info = serde_json::to_value(encryptor.finish()).map_err(Fault::from_serde)?;
    let mut hex = String::with_capacity(2 * sealed.len());
    for byte in &sealed {
        let _ = write!(hex, "{byte:02x}"); // into a string nothing fails
    }
    Ok(json!({ "sealed": hex, "size": bytes.len(), "file": info }))
}
