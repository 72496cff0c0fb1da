// What people use instead, beside schedule_bench: node-schedule and plain setTimeout. Each gets WAITING timers for tomorrow and later, then
// FIRED ones that are due at one moment; counted is
// the time to set these, and from that moment until the last callback ran.
//
// What both do less: nothing is on a disk, a restart forgets all; no text, no zone, no line to send, no id; setTimeout holds no longer than 24.8 days.
//
// node --expose-gc peers.cjs FOLDER WAITING FIRED setTimeout|node-schedule; FOLDER/node_modules holds node-schedule.
const path = require('node:path');

const [folder, waiting = 1_000_000, fired = 100_000] = process.argv.slice(2).map((word, at) => (at === 0 ? word : Number(word)));
const day = 24 * 3600 * 1000;
const lead = 15_000;
const megabytes = () => process.memoryUsage().rss / 1024 / 1024;

async function measure(name, later, soon) {
  global.gc?.();
  const before = megabytes();
  let begin = performance.now();
  for (let i = 0; i < waiting; ++i) later(day + Math.floor(Math.random() * 20 * day));
  const fill = (performance.now() - begin) / 1000;
  global.gc?.();
  const more = megabytes() - before;
  // All for one moment, far enough ahead that none is past when it is set: node-schedule drops those without a word. The wait does not count.
  const at = Date.now() + lead;
  let setting = 0;
  await new Promise((done) => {
    let left = fired;
    begin = performance.now();
    for (let i = 0; i < fired; ++i) soon(at, () => --left === 0 && done());
    setting = performance.now() - begin;
  });
  const spent = (setting + Math.max(0, Date.now() - at)) / 1000;
  console.log(`${name}: ${waiting} set in ${fill.toFixed(1)} s; ${fired} set and fired: ${Math.round(fired / spent)} a second; ` +
              `resident memory: +${more.toFixed(0)} MB; nothing is kept on a disk`);
}

async function main() {
  if (process.argv[5] !== 'node-schedule') {
    await measure('setTimeout', (wait) => setTimeout(() => {}, wait), (at, call) => setTimeout(call, at - Date.now()));
  } else {
    const schedule = require(path.join(path.resolve(folder), 'node_modules', 'node-schedule'));
    const start = Date.now();
    await measure('node-schedule', (wait) => schedule.scheduleJob(new Date(start + wait), () => {}),
                  (at, call) => schedule.scheduleJob(new Date(at), call));
  }
  process.exit(0);
}

main();
