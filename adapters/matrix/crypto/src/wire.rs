//! Requests to the homeserver as JSON values, and its answers back as the engine's types.

use std::time::Duration;

use matrix_sdk_crypto::{
    OlmMachine,
    types::requests::{AnyIncomingResponse, AnyOutgoingRequest, KeysQueryRequest, OutgoingRequest, RoomMessageRequest, ToDeviceRequest, UploadSigningKeysRequest},
};
use ruma::{
    TransactionId,
    events::MessageLikeEventContent,
    api::{
        IncomingResponse,
        client::{
            keys::{claim_keys, get_keys, upload_keys, upload_signatures, upload_signing_keys},
            message::send_message_event,
            to_device::send_event_to_device,
        },
    },
};
use serde_json::{Value, json};

use crate::engine::{Answer, Fault};

fn request(id: &str, kind: &str, method: &str, path: &str, body: Value) -> Value {
    json!({ "id": id, "type": kind, "method": method, "path": format!("/_matrix/client/v3/{path}"), "body": body })
}

fn timeout(wait: Option<Duration>) -> u64 {
    wait.map_or(10_000, |wait| u64::try_from(wait.as_millis()).unwrap_or(10_000))
}

pub fn query(id: &TransactionId, wanted: &KeysQueryRequest) -> Value {
    request(id.as_str(), "query", "POST", "keys/query", json!({ "timeout": timeout(wanted.timeout), "device_keys": wanted.device_keys }))
}

pub fn claim(id: &TransactionId, wanted: &claim_keys::v3::Request) -> Value {
    let body = json!({ "timeout": timeout(wanted.timeout), "one_time_keys": wanted.one_time_keys });
    request(id.as_str(), "claim", "POST", "keys/claim", body)
}

pub fn to_device(wanted: &ToDeviceRequest) -> Value {
    let id = wanted.txn_id.as_str();
    let path = format!("sendToDevice/{}/{id}", wanted.event_type);
    request(id, "to_device", "PUT", &path, json!({ "messages": wanted.messages }))
}

pub fn signatures(id: &TransactionId, wanted: &upload_signatures::v3::Request) -> Value {
    request(id.as_str(), "signatures", "POST", "keys/signatures/upload", json!(wanted.signed_keys))
}

pub fn signing_keys(wanted: &UploadSigningKeysRequest) -> Value {
    let mut body = json!({});
    let keys = [
        ("master_key", &wanted.master_key),
        ("self_signing_key", &wanted.self_signing_key),
        ("user_signing_key", &wanted.user_signing_key),
    ];
    for (name, key) in keys {
        if let Some(key) = key {
            body[name] = json!(key);
        }
    }
    request(TransactionId::new().as_str(), "signing_keys", "POST", "keys/device_signing/upload", body)
}

fn upload(id: &TransactionId, wanted: &upload_keys::v3::Request) -> Value {
    let mut body = json!({});
    if let Some(keys) = &wanted.device_keys {
        body["device_keys"] = json!(keys);
    }
    if !wanted.one_time_keys.is_empty() {
        body["one_time_keys"] = json!(wanted.one_time_keys);
    }
    if !wanted.fallback_keys.is_empty() {
        body["fallback_keys"] = json!(wanted.fallback_keys);
    }
    request(id.as_str(), "upload", "POST", "keys/upload", body)
}

/// Has no path: whether it goes sealed is for the caller to say.
pub fn room_message(id: &TransactionId, wanted: &RoomMessageRequest) -> Result<Value, Fault> {
    let content = serde_json::to_value(&*wanted.content).map_err(Fault::from_serde)?;
    let kind = wanted.content.event_type().to_string();
    Ok(json!({ "id": id.as_str(), "type": "room_message", "room": wanted.room_id, "event_type": kind, "txn": wanted.txn_id, "body": content }))
}

pub fn outgoing(wanted: &OutgoingRequest) -> Result<Value, Fault> {
    let id = wanted.request_id();
    Ok(match wanted.request() {
        AnyOutgoingRequest::KeysUpload(inner) => upload(id, inner),
        AnyOutgoingRequest::KeysQuery(inner) => query(id, inner),
        AnyOutgoingRequest::KeysClaim(inner) => claim(id, inner),
        AnyOutgoingRequest::ToDeviceRequest(inner) => to_device(inner),
        AnyOutgoingRequest::SignatureUpload(inner) => signatures(id, inner),
        AnyOutgoingRequest::RoomMessage(inner) => room_message(id, inner)?,
    })
}

fn parse<Response: IncomingResponse>(body: &Value) -> Answer<Response> {
    let bytes = serde_json::to_vec(body).map_err(Fault::from_serde)?;
    let response = http::Response::builder().status(200).body(bytes).map_err(|_| Fault::new("answer", "no HTTP"))?;
    // Only that it failed: the reason may quote keys.
    Response::try_from_http_response(response).map_err(|_| Fault::new("answer", "the server's answer about keys cannot be read"))
}

/// Servers leave out what is empty.
fn with_defaults(body: &Value, fields: &[&str]) -> Value {
    let mut body = if body.is_object() { body.clone() } else { json!({}) };
    for field in fields {
        if !body[field].is_object() {
            body[field] = json!({});
        }
    }
    body
}

pub async fn sent(machine: &OlmMachine, id: &str, kind: &str, body: &Value) -> Answer<()> {
    let id: &TransactionId = id.into();
    let failed = |_| Fault::new("answer", "the engine does not take the server's answer");
    match kind {
        "upload" => {
            let answer: upload_keys::v3::Response = parse(&with_defaults(body, &["one_time_key_counts"]))?;
            machine.mark_request_as_sent(id, &answer).await.map_err(failed)
        }
        "query" => {
            let answer: get_keys::v3::Response = parse(&with_defaults(body, &["failures", "device_keys"]))?;
            machine.mark_request_as_sent(id, &answer).await.map_err(failed)
        }
        "claim" => {
            let answer: claim_keys::v3::Response = parse(&with_defaults(body, &["failures", "one_time_keys"]))?;
            machine.mark_request_as_sent(id, &answer).await.map_err(failed)
        }
        "to_device" => {
            let answer = send_event_to_device::v3::Response::new();
            machine.mark_request_as_sent(id, &answer).await.map_err(failed)
        }
        "signatures" => {
            let answer: upload_signatures::v3::Response = parse(&with_defaults(body, &[]))?;
            machine.mark_request_as_sent(id, &answer).await.map_err(failed)
        }
        "signing_keys" => {
            let answer = upload_signing_keys::v3::Response::new();
            machine.mark_request_as_sent(id, AnyIncomingResponse::SigningKeysUpload(&answer)).await.map_err(failed)
        }
        "room_message" => {
            let answer: send_message_event::v3::Response = parse(body)?;
            machine.mark_request_as_sent(id, &answer).await.map_err(failed)
        }
        _ => Err(Fault::new("argument", "an unknown type of request")),
    }
}
