// A person with matrix-js-sdk who speaks to and hears signed devices alone. usage: person.mjs MODULES BASE USER TOKEN DEVICE
// Lines of JSON: in {"room": bot} (opens an encrypted private chat), {"say", "room"}; out {"ready"}, {"room"}, {"said", "room"}, {"locked"}.
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
  tell({ said: event.getContent().body, room: event.getRoomId(), sealed: event.isEncrypted() });
};
client.on("event", look);
client.on("Event.decrypted", look);
await client.startClient();
await new Promise((done) => client.once("sync", done));
await crypto.bootstrapCrossSigning({
  authUploadDeviceSigningKeys: (upload) => upload(null),
});
tell({ ready: userId });
for await (const line of readline.createInterface({ input: process.stdin })) {
  const wanted = JSON.parse(line);
  try {
    if (wanted.say !== undefined) await client.sendTextMessage(wanted.room, wanted.say);
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
