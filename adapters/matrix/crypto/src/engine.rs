//! The operations by name, on one machine and its store.

use std::{collections::BTreeMap, mem::ManuallyDrop};

use matrix_sdk_crypto::{
    CollectStrategy, DecryptionSettings, EncryptionSettings, EncryptionSyncChanges, OlmMachine, RoomEventDecryptionResult, TrustRequirement,
    store::types::RoomSettings,
};
use matrix_sdk_sqlite::SqliteCryptoStore;
use ruma::{
    OneTimeKeyAlgorithm, OwnedRoomId, OwnedUserId, UInt, UserId,
    api::client::sync::sync_events::DeviceLists,
    events::{AnyMessageLikeEventContent, room::encryption::RoomEncryptionEventContent, room::history_visibility::HistoryVisibility},
    serde::Raw,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json, value::to_raw_value};
use tokio::runtime::Runtime;

use crate::{attachment, secrets, verification, wire};

/// `kind`: argument, store, mismatch, answer, secrets, no_session, untrusted.
#[derive(Debug)]
pub struct Fault {
    pub kind: &'static str,
    pub what: String,
}

pub type Answer<T> = Result<T, Fault>;

impl Fault {
    pub fn new(kind: &'static str, what: &str) -> Self {
        Self { kind, what: what.to_owned() }
    }
    pub fn from_serde(_: serde_json::Error) -> Self {
        Self::new("argument", "a field is missing or of another kind")
    }
    pub fn store(error: impl std::fmt::Display) -> Self {
        Self::new("store", &error.to_string())
    }
}

/// Dropped inside its runtime: the store's connections need one to go.
pub struct Engine {
    runtime: ManuallyDrop<Runtime>,
    machine: ManuallyDrop<OlmMachine>,
    flows: verification::Flows,
}

impl Drop for Engine {
    fn drop(&mut self) {
        let entered = self.runtime.enter();
        // Safety: neither is touched afterwards.
        unsafe { ManuallyDrop::drop(&mut self.machine) };
        drop(entered);
        unsafe { ManuallyDrop::drop(&mut self.runtime) };
    }
}

fn field<T: DeserializeOwned>(arguments: &Value, name: &str) -> Answer<T> {
    serde_json::from_value(arguments[name].clone()).map_err(Fault::from_serde)
}

fn text<'a>(arguments: &'a Value, name: &str) -> &'a str {
    arguments[name].as_str().unwrap_or_default()
}

fn key_of(hex: &str) -> Answer<[u8; 32]> {
    let mut key = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return Err(Fault::new("argument", "the store's key has not 32 bytes"));
    }
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).map_err(|_| Fault::new("argument", "the store's key is no number"))?;
    }
    Ok(key)
}

/// The sender's device need not be signed by its owner: many a client signs none.
fn decryption() -> DecryptionSettings {
    DecryptionSettings { sender_device_trust_requirement: TrustRequirement::Untrusted }
}

impl Engine {
    /// {user, device, folder, key}
    pub fn open(settings: &Value) -> Answer<Self> {
        let user: OwnedUserId = field(settings, "user")?;
        let key = key_of(text(settings, "key"))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(4)
            .thread_name("matrix crypto")
            .build()
            .map_err(Fault::store)?;
        let machine = runtime.block_on(async {
            let store = SqliteCryptoStore::open_with_key(text(settings, "folder"), Some(&key)).await.map_err(Fault::store)?;
            OlmMachine::with_store(&user, text(settings, "device").into(), store, None).await.map_err(|error| match error {
                matrix_sdk_crypto::CryptoStoreError::MismatchedAccount { .. } => Fault::new("mismatch", "the store is another device's"),
                other => Fault::store(other),
            })
        })?;
        Ok(Self { runtime: ManuallyDrop::new(runtime), machine: ManuallyDrop::new(machine), flows: verification::Flows::default() })
    }

    pub fn call(&self, name: &str, arguments: &Value) -> Answer<Value> {
        self.runtime.block_on(async {
            match name {
                "identity" => self.identity().await,
                "sync" => self.sync(arguments).await,
                "outgoing" => self.outgoing().await,
                "sent" => {
                    let (id, kind) = (text(arguments, "id"), text(arguments, "type"));
                    wire::sent(&self.machine, id, kind, &arguments["answer"]).await?;
                    Ok(Value::Null)
                }
                "track" => self.track(arguments).await,
                "query" => self.query(arguments),
                "claim" => self.claim(arguments).await,
                "share" => self.share(arguments).await,
                "encrypt" => self.encrypt(arguments).await,
                "decrypt" => self.decrypt(arguments).await,
                "devices" => self.devices(arguments).await,
                "rooms" => self.rooms(arguments).await,
                "bootstrap" => self.bootstrap().await,
                "sign_device" => self.sign_device().await,
                "verification_event" => {
                    self.flows.note(&arguments["event"]);
                    verification::hear(&self.machine, &arguments["event"]).await.map(|()| Value::Null)
                }
                "verify" => self.flows.step(&self.machine, &field::<Vec<OwnedUserId>>(arguments, "owners")?).await,
                "seal_file" => attachment::seal(text(arguments, "path")),
                "make_secrets" => secrets::make(&self.machine).await,
                "restore_secrets" => secrets::restore(&self.machine, arguments).await.map(|()| Value::Null),
                _ => Err(Fault::new("argument", "an unknown operation")),
            }
        })
    }

    /// Who this device is, and how far it got: `uploaded` says that its keys were given to the server once.
    async fn identity(&self) -> Answer<Value> {
        let keys = self.machine.identity_keys();
        let signing = self.machine.cross_signing_status().await;
        let account = self.machine.store().load_account().await.map_err(Fault::store)?;
        let device = self.machine.get_device(self.machine.user_id(), self.machine.device_id(), None).await.map_err(Fault::store)?;
        Ok(json!({
            "ed25519": keys.ed25519.to_base64(),
            "curve25519": keys.curve25519.to_base64(),
            "uploaded": account.is_some_and(|account| account.shared()),
            "signs": signing.is_complete(),
            "signed": device.is_some_and(|device| device.is_cross_signed_by_owner()),
        }))
    }

    /// The part of a /sync that is the engine's: {to_device, device_lists, one_time_keys, fallback_keys, next_batch}
    /// -> {sessions: [{room, session}]}: those for which keys came.
    async fn sync(&self, arguments: &Value) -> Answer<Value> {
        let events = field(arguments, "to_device")?;
        let changed: DeviceLists = field(arguments, "device_lists")?;
        let mut counts: BTreeMap<OneTimeKeyAlgorithm, UInt> = field(arguments, "one_time_keys")?;
        // A server leaves out a count of zero; the engine would never fill up then.
        counts.entry(OneTimeKeyAlgorithm::SignedCurve25519).or_default();
        let fallback: Option<Vec<OneTimeKeyAlgorithm>> = field(arguments, "fallback_keys")?;
        let changes = EncryptionSyncChanges {
            to_device_events: events,
            changed_devices: &changed,
            one_time_keys_counts: &counts,
            unused_fallback_keys: fallback.as_deref(),
            next_batch_token: field(arguments, "next_batch")?,
        };
        let (events, keys) = self.machine.receive_sync_changes(changes, &decryption()).await.map_err(Fault::store)?;
        for event in &events {
            // One that came sealed is read as what it was sealed from.
            self.flows.note(&serde_json::from_str(event.to_raw().json().get()).unwrap_or_default());
        }
        let sessions: Vec<_> = keys.iter().map(|key| json!({ "room": key.room_id, "session": key.session_id })).collect();
        Ok(json!({ "sessions": sessions }))
    }

    async fn outgoing(&self) -> Answer<Value> {
        let requests = self.machine.outgoing_requests().await.map_err(Fault::store)?;
        Ok(Value::Array(requests.iter().map(wire::outgoing).collect::<Answer<_>>()?))
    }

    async fn track(&self, arguments: &Value) -> Answer<Value> {
        let users: Vec<OwnedUserId> = field(arguments, "users")?;
        self.machine.update_tracked_users(users.iter().map(AsRef::as_ref)).await.map_err(Fault::store)?;
        Ok(Value::Null)
    }

    /// A request for all devices of these users.
    fn query(&self, arguments: &Value) -> Answer<Value> {
        let users: Vec<OwnedUserId> = field(arguments, "users")?;
        let (id, request) = self.machine.query_keys_for_users(users.iter().map(AsRef::as_ref));
        Ok(wire::query(&id, &request))
    }

    /// A request for what is needed to speak to all devices of these users (and to such as went out of step); null: nothing is.
    async fn claim(&self, arguments: &Value) -> Answer<Value> {
        let users: Vec<OwnedUserId> = field(arguments, "users")?;
        let request = self.machine.get_missing_sessions(users.iter().map(AsRef::as_ref)).await.map_err(Fault::store)?;
        Ok(request.map_or(Value::Null, |(id, request)| wire::claim(&id, &request)))
    }

    /// {room, users, encryption: content of m.room.encryption, history, only_signed} -> requests; all must be sent before encrypt.
    async fn share(&self, arguments: &Value) -> Answer<Value> {
        let room: OwnedRoomId = field(arguments, "room")?;
        let users: Vec<OwnedUserId> = field(arguments, "users")?;
        let encryption: RoomEncryptionEventContent = field(arguments, "encryption")?;
        let strategy = if arguments["only_signed"] == true { CollectStrategy::IdentityBasedStrategy } else { CollectStrategy::AllDevices };
        let history = HistoryVisibility::from(text(arguments, "history"));
        let settings = EncryptionSettings::new(encryption, history, strategy);
        let requests = self.machine.share_room_key(&room, users.iter().map(AsRef::as_ref), settings).await;
        let requests = requests.map_err(|_| Fault::new("untrusted", "the room's key cannot be shared"))?;
        Ok(Value::Array(requests.iter().map(|request| wire::to_device(request)).collect()))
    }

    async fn encrypt(&self, arguments: &Value) -> Answer<Value> {
        let room: OwnedRoomId = field(arguments, "room")?;
        let content = to_raw_value(&arguments["content"]).map_err(Fault::from_serde)?;
        let content: Raw<AnyMessageLikeEventContent> = Raw::from_json(content);
        let sealed = self.machine.encrypt_room_event_raw(&room, text(arguments, "type"), &content).await;
        let sealed = sealed.map_err(|_| Fault::new("no_session", "the room has no key"))?;
        serde_json::to_value(sealed.content).map_err(Fault::from_serde)
    }

    /// {room, event} -> {type, content} | {reason, withheld, session}
    async fn decrypt(&self, arguments: &Value) -> Answer<Value> {
        let room: OwnedRoomId = field(arguments, "room")?;
        let event = Raw::from_json(to_raw_value(&arguments["event"]).map_err(Fault::from_serde)?);
        match self.machine.try_decrypt_room_event(&event, &room, &decryption()).await.map_err(Fault::store)? {
            RoomEventDecryptionResult::Decrypted(plain) => {
                let event: Value = serde_json::from_str(plain.event.json().get()).map_err(Fault::from_serde)?;
                Ok(json!({ "type": event["type"], "content": event["content"] }))
            }
            RoomEventDecryptionResult::UnableToDecrypt(info) => {
                let reason = serde_json::to_value(&info.reason).map_err(Fault::from_serde)?;
                let name = reason.as_str().or_else(|| reason.as_object()?.keys().next().map(String::as_str)).unwrap_or("unknown");
                let withheld = &reason["MissingMegolmSession"]["withheld_code"];
                let waits = info.reason.is_missing_room_key();
                Ok(json!({ "reason": name, "withheld": withheld, "session": info.session_id, "may_come": waits }))
            }
        }
    }

    /// How many devices of a user have keys, as far as the engine knows.
    async fn devices(&self, arguments: &Value) -> Answer<Value> {
        let user: OwnedUserId = field(arguments, "user")?;
        let devices = self.machine.get_user_devices(&user, None).await.map_err(Fault::store)?;
        Ok(json!(devices.devices().count()))
    }

    /// {encrypted: {room: content of m.room.encryption}, others: [room]}: remembers the first for good, and tells which of the others were
    /// among them once, whatever the server says today.
    async fn rooms(&self, arguments: &Value) -> Answer<Value> {
        let encrypted: BTreeMap<OwnedRoomId, Value> = field(arguments, "encrypted")?;
        for (room, content) in &encrypted {
            let settings = RoomSettings { algorithm: text(content, "algorithm").into(), ..Default::default() };
            // A second m.room.encryption with other words, or one with an unknown algorithm, changes nothing.
            let _ = self.machine.set_room_settings(room, &settings).await;
        }
        let others: Vec<OwnedRoomId> = field(arguments, "others")?;
        let mut once = Vec::new();
        for room in &others {
            if self.machine.room_settings(room).await.map_err(Fault::store)?.is_some() {
                once.push(json!(room));
            }
        }
        Ok(Value::Array(once))
    }

    /// Requests in the order in which they must be sent. Called again it gives those of the same keys.
    async fn bootstrap(&self) -> Answer<Value> {
        let requests = self.machine.bootstrap_cross_signing(false).await.map_err(Fault::store)?;
        let mut all = Vec::new();
        if let Some(upload) = &requests.upload_keys_req {
            all.push(wire::outgoing(upload)?);
        }
        all.push(wire::signing_keys(&requests.upload_signing_keys_req));
        all.push(wire::signatures(&ruma::TransactionId::new(), &requests.upload_signatures_req));
        Ok(Value::Array(all))
    }

    /// The request by which the account vouches for this device.
    async fn sign_device(&self) -> Answer<Value> {
        let user: &UserId = self.machine.user_id();
        let device = self.machine.get_device(user, self.machine.device_id(), None).await.map_err(Fault::store)?;
        let device = device.ok_or_else(|| Fault::new("store", "this device is not in its own store"))?;
        let request = device.verify().await.map_err(|_| Fault::new("secrets", "the keys to sign with are not here"))?;
        Ok(wire::signatures(&ruma::TransactionId::new(), &request))
    }
}
