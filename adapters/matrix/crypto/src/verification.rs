//! Verification by emoji (SAS) with people whom the operator named: they compare seven emoji with those that we tell the operator, and say on
//! their screen whether they are the same. We, who see no screen, say so after them.
//! https://spec.matrix.org/v1.16/client-server-api/#short-authentication-string-sas-verification

use std::{collections::BTreeMap, sync::Mutex};

use matrix_sdk_crypto::{
    OlmMachine, Sas, SasState, Verification, VerificationRequest, VerificationRequestState, types::requests::OutgoingVerificationRequest,
};
use ruma::{OwnedUserId, TransactionId, UserId, events::AnyMessageLikeEvent, events::key::verification::VerificationMethod};
use serde_json::{Value, json};

use crate::{
    engine::{Answer, Fault},
    wire,
};

/// More at once are forgotten, the oldest name first.
const MOST: usize = 50;

struct Flow {
    with: OwnedUserId,
    told: bool,
    /// The other side said that the emoji are the same.
    compared: bool,
}

/// What is under way, by the flow's id.
#[derive(Default)]
pub struct Flows(Mutex<BTreeMap<String, Flow>>);

type All = BTreeMap<String, Flow>;

impl Flows {
    fn all(&self) -> std::sync::MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// An event to a device or of a room, opened; others than those of a verification are none of ours.
    pub fn note(&self, event: &Value) {
        let kind = event["type"].as_str().unwrap_or_default();
        let content = &event["content"];
        let opens = kind == "m.room.message" && content["msgtype"] == "m.key.verification.request";
        if !kind.starts_with("m.key.verification.") && !opens {
            return;
        }
        let flow = if opens { &event["event_id"] } else { &content["transaction_id"] };
        let flow = flow.as_str().or_else(|| content["m.relates_to"]["event_id"].as_str()).unwrap_or_default();
        let Some(with) = event["sender"].as_str().and_then(|user| UserId::parse(user).ok()) else { return };
        let mut all = self.all();
        let name = format!("{with} {flow}");
        if all.len() >= MOST && !all.contains_key(&name) {
            all.pop_first();
        }
        let flow = all.entry(name).or_insert(Flow { with, told: false, compared: false });
        flow.compared |= kind == "m.key.verification.mac";
    }

    /// {owners: [user]} -> {requests, news: [{flow, is: "emoji" | "done" | "cancelled" | "stranger", emoji}]}: the next steps of all that is under way.
    pub async fn step(&self, machine: &OlmMachine, owners: &[OwnedUserId]) -> Answer<Value> {
        let mut all = std::mem::take(&mut *self.all());
        let mut steps = Steps::default();
        let mut kept = All::new();
        while let Some((name, mut flow)) = all.pop_first() {
            let id = name.split_once(' ').map_or("", |(_, id)| id).to_owned();
            let goes_on = if owners.contains(&flow.with) {
                steps.walk(machine, &id, &mut flow).await?
            } else {
                steps.refuse(machine, &id, &flow)?
            };
            if goes_on {
                kept.insert(name, flow);
            }
        }
        self.all().append(&mut kept);
        Ok(json!({ "requests": steps.requests, "news": steps.news }))
    }
}

#[derive(Default)]
struct Steps {
    requests: Vec<Value>,
    news: Vec<Value>,
}

impl Steps {
    fn send(&mut self, wanted: Option<OutgoingVerificationRequest>) -> Answer<()> {
        match wanted {
            Some(OutgoingVerificationRequest::ToDevice(request)) => self.requests.push(wire::to_device(&request)),
            Some(OutgoingVerificationRequest::InRoom(request)) => self.requests.push(wire::room_message(&request.txn_id, &request)?),
            None => {}
        }
        Ok(())
    }

    fn tell(&mut self, flow: &str, is: &str) {
        self.news.push(json!({ "flow": flow, "is": is }));
    }

    /// Called off at once: a stranger learns nothing, and waits for nothing.
    fn refuse(&mut self, machine: &OlmMachine, id: &str, flow: &Flow) -> Answer<bool> {
        if let Some(Verification::SasV1(sas)) = machine.get_verification(&flow.with, id) {
            self.send(sas.cancel())?;
        } else if let Some(request) = machine.get_verification_request(&flow.with, id) {
            self.send(request.cancel())?;
        }
        self.tell(id, "stranger");
        Ok(false)
    }

    async fn walk(&mut self, machine: &OlmMachine, id: &str, flow: &mut Flow) -> Answer<bool> {
        if let Some(Verification::SasV1(sas)) = machine.get_verification(&flow.with, id) {
            return self.compare(id, &sas, flow).await;
        }
        match machine.get_verification_request(&flow.with, id) {
            Some(request) => self.meet(id, &request),
            // Too old, or from a device that is not known.
            None => Ok(false),
        }
    }

    fn meet(&mut self, id: &str, request: &VerificationRequest) -> Answer<bool> {
        match request.state() {
            VerificationRequestState::Requested { .. } => self.send(request.accept_with_methods(vec![VerificationMethod::SasV1]))?,
            VerificationRequestState::Cancelled(_) => {
                self.tell(id, "cancelled");
                return Ok(false);
            }
            VerificationRequestState::Done => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    async fn compare(&mut self, id: &str, sas: &Sas, flow: &mut Flow) -> Answer<bool> {
        match sas.state() {
            SasState::Started { .. } if !sas.we_started() => self.send(sas.accept())?,
            SasState::KeysExchanged { emojis, .. } => {
                let Some(emojis) = emojis else {
                    self.send(sas.cancel())?;
                    self.tell(id, "cancelled");
                    return Ok(false);
                };
                if !std::mem::replace(&mut flow.told, true) {
                    let words: Vec<_> = emojis.emojis.iter().map(|one| format!("{} {}", one.symbol, one.description)).collect();
                    self.news.push(json!({ "flow": id, "is": "emoji", "emoji": words }));
                }
                if flow.compared {
                    return self.confirm(id, sas).await;
                }
            }
            SasState::Done { .. } => {
                self.tell(id, "done");
                return Ok(false);
            }
            SasState::Cancelled(_) => {
                self.tell(id, "cancelled");
                return Ok(false);
            }
            _ => {}
        }
        Ok(true)
    }

    async fn confirm(&mut self, id: &str, sas: &Sas) -> Answer<bool> {
        let (requests, signatures) = sas.confirm().await.map_err(Fault::store)?;
        for request in requests {
            self.send(Some(request))?;
        }
        if let Some(signatures) = signatures {
            self.requests.push(wire::signatures(&TransactionId::new(), &signatures));
        }
        if sas.is_done() {
            self.tell(id, "done");
        }
        Ok(!sas.is_done())
    }
}

/// An event of a room, opened if it was sealed.
pub async fn hear(machine: &OlmMachine, event: &Value) -> Answer<()> {
    let event: AnyMessageLikeEvent = serde_json::from_value(event.clone()).map_err(Fault::from_serde)?;
    machine.receive_verification_event(&event).await.map_err(Fault::store)
}
