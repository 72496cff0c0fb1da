// A person with matrix-js-sdk who speaks to and hears signed devices alone. usage: person.mjs MODULES BASE USER TOKEN DEVICE
// Lines of JSON: in {"room": bot} (opens an encrypted private chat), {"say", "room"}; out {"ready"}, {"room"}, {"said", "room", "id", "choices"}, {"locked"}.
// Verification by emoji: in {"verify": bot, "room"} or {"verify": bot, "device"}, then {"same": bool}; out {"emoji"}, {"verified"} or {"refused"}.
import readline from "node:readline";

const [modules, baseUrl, userId, accessToken, deviceId] = process.argv.slice(2);
const sdk = await import(`${modules}/matrix-js-sdk/lib/index.js`);
const { OnlySignedDevicesIsolationMode } = await import(`${modules}/matrix-js-sdk/lib/crypto-api/index.js`);
const { logger } = await import(`${modules}/matrix-js-sdk/lib/logger.js`);
logger.setLevel?.("silent");
for (const word of ["log", "debug", "info", "warn", "error", "trace"]) console[word] = () => {};

const tell = (what) => process.stdout.write(JSON.stringify(what) + "\n");
const client = sdk.createClient({ baseUrl, userId, accessToken, deviceId });
await client.initRustCrypto({ useIndexedDB: false });
const crypto = client.getCrypto();
crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
const seen = new Set();
const look = (event) => {
  if (event.getSender() === userId || event.isState() || seen.has(event.getId())) return;
  if (event.isDecryptionFailure()) return tell({ locked: String(event.decryptionFailureReason), room: event.getRoomId() });
  if (event.getType() !== "m.room.message") return;
  seen.add(event.getId());
  const content = event.getContent();
  tell({ said: content.body, room: event.getRoomId(), sealed: event.isEncrypted(), id: event.getId(), choices: content.nurturer?.choices ?? [] });
};
client.on("event", look);
client.on("Event.decrypted", look);
await client.startClient();
await new Promise((done) => client.once("sync", done));
await crypto.bootstrapCrossSigning({
  authUploadDeviceSigningKeys: (upload) => upload(null),
});
let shown = null;
const reached = (request, phase) => new Promise((done) => {
  const look = () => { if (request.phase >= phase) { request.off("change", look); done(request.phase); } };
  request.on("change", look);
  look();
});
// Phases: 3 ready, 4 started, 5 cancelled, 6 done.
const verify = async ({ verify: whom, room, device }) => {
  const request = room ? await crypto.requestVerificationDM(whom, room) : await crypto.requestDeviceVerification(whom, device);
  if ((await reached(request, 3)) === 5) throw new Error("called off");
  const verifier = await request.startVerification("m.sas.v1");
  verifier.on("show_sas", (sas) => { shown = sas; tell({ emoji: sas.sas.emoji.map(([symbol]) => symbol) }); });
  await verifier.verify();
  // The signature goes to the server, and comes back with the keys of the other.
  const trusts = async () => (await crypto.getUserVerificationStatus(whom)).isCrossSigningVerified();
  for (let i = 0; i < 500 && !(await trusts()); ++i) await new Promise((done) => setTimeout(done, 200));
  tell({ verified: await trusts() });
};
tell({ ready: userId });
for await (const line of readline.createInterface({ input: process.stdin })) {
  const wanted = JSON.parse(line);
  try {
    if (wanted.verify !== undefined) verify(wanted).catch((error) => tell({ refused: String(error) }));
    else if (wanted.same !== undefined) await (wanted.same ? shown.confirm() : shown.mismatch());
    else if (wanted.say !== undefined) await client.sendTextMessage(wanted.room, wanted.say);
    else if (wanted.room !== undefined) {
      const made = await client.createRoom({
        is_direct: true, preset: "trusted_private_chat", invite: [wanted.room],
        initial_state: [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }],
      });
      // As Element waits: for the encryption and for the one who was asked in.
      const there = () => client.getRoom(made.room_id)?.hasEncryptionStateEvent() && client.getRoom(made.room_id).getMember(wanted.room);
      while (!there()) await new Promise((done) => setTimeout(done, 50));
      tell({ room: made.room_id });
    }
  } catch (error) {
    tell({ fault: String(error) });
  }
}
process.exit(0);
