import { ordinaryFeed } from './samples.ts';
import { startAnthropic } from './simulator.ts';

/**
 * `node sandbox/anthropic/main.ts [PORT] [ACTIVITIES]`: runs the simulator with a feed of ACTIVITIES activities, the
 * last of them now. Prints its URL and keys.
 */
const [port = '0', activities = '1000'] = process.argv.slice(2);
const count = Number(activities);
const simulator = await startAnthropic({
  port: Number(port),
  rows: ordinaryFeed(count, new Date(Date.now() - (count + 120) * 1000)),
  limit: 600,
});
console.log(simulator.url);
for (const [key, { kind }] of simulator.keys) console.log(`${kind} key: ${key}`);
