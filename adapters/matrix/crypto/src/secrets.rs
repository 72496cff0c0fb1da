//! Secret storage: the three cross-signing keys in the account's data, sealed with a recovery key that only the operator has.
//! https://spec.matrix.org/v1.16/client-server-api/#secret-storage

use matrix_sdk_crypto::{
    OlmMachine,
    secret_storage::{AesHmacSha2EncryptedData, SecretStorageKey},
    store::types::CrossSigningKeyExport,
};
use ruma::events::{
    EventContentFromType, GlobalAccountDataEventType, secret::request::SecretName, secret_storage::key::SecretStorageKeyEventContent,
};
use serde_json::{Value, json, value::to_raw_value};

use crate::engine::{Answer, Fault};

const DEFAULT_KEY: &str = "m.secret_storage.default_key";

fn missing(what: &str) -> Fault {
    Fault::new("secrets", what)
}

/// A new recovery key, and the account data to store, in order.
pub async fn make(machine: &OlmMachine) -> Answer<Value> {
    let export = machine.export_cross_signing_keys().await.map_err(Fault::store)?;
    let export = export.ok_or_else(|| missing("there are no keys to keep"))?;
    let key = SecretStorageKey::new();
    let mut data = vec![json!({ "type": key.event_type().to_string(), "content": key.event_content() })];
    let secrets = [
        (SecretName::CrossSigningMasterKey, &export.master_key),
        (SecretName::CrossSigningSelfSigningKey, &export.self_signing_key),
        (SecretName::CrossSigningUserSigningKey, &export.user_signing_key),
    ];
    for (name, secret) in secrets {
        let secret = secret.as_ref().ok_or_else(|| missing("one of the three keys is not here"))?;
        let sealed = key.encrypt(secret.clone().into_bytes(), &name);
        data.push(json!({ "type": name.as_str(), "content": { "encrypted": { key.key_id(): sealed } } }));
    }
    data.push(json!({ "type": DEFAULT_KEY, "content": { "key": key.key_id() } }));
    Ok(json!({ "recovery_key": key.to_base58(), "account_data": data }))
}

fn open(key: &SecretStorageKey, data: &Value, name: SecretName) -> Answer<String> {
    let sealed = &data[name.as_str()]["encrypted"][key.key_id()];
    let sealed: AesHmacSha2EncryptedData =
        serde_json::from_value(sealed.clone()).map_err(|_| missing("a key of the account is not in its secret storage"))?;
    let bytes = key.decrypt(&sealed, &name).map_err(|_| missing("the recovery key does not open the account's secret storage"))?;
    String::from_utf8(bytes).map_err(|_| missing("a key in the secret storage is no key"))
}

/// Takes over the keys from `account_data` (type -> content). The account's public keys must have been asked for before.
pub async fn restore(machine: &OlmMachine, arguments: &Value) -> Answer<()> {
    let data = &arguments["account_data"];
    let recovery_key = arguments["recovery_key"].as_str().unwrap_or_default().trim();
    let id = data[DEFAULT_KEY]["key"].as_str().ok_or_else(|| missing("the account has no secret storage"))?;
    let kind = GlobalAccountDataEventType::SecretStorageKey(id.to_owned());
    let content = to_raw_value(&data[kind.to_string()]).map_err(Fault::from_serde)?;
    let content = SecretStorageKeyEventContent::from_parts(&kind.to_string(), &content)
        .map_err(|_| missing("the account's secret storage cannot be read"))?;
    let key = SecretStorageKey::from_account_data(recovery_key, content)
        .map_err(|_| missing("the recovery key does not open the account's secret storage"))?;
    let export = CrossSigningKeyExport {
        master_key: Some(open(&key, data, SecretName::CrossSigningMasterKey)?),
        self_signing_key: Some(open(&key, data, SecretName::CrossSigningSelfSigningKey)?),
        user_signing_key: Some(open(&key, data, SecretName::CrossSigningUserSigningKey)?),
    };
    machine.import_cross_signing_keys(export).await.map_err(|_| missing("the kept keys are not those of the account"))?;
    Ok(())
}
