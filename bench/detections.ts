import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Activity } from '../src/domain/activity/activity.ts';
import { anActivity } from '../src/domain/activity/testing.ts';
import { outliers, type PersonDay } from '../src/domain/detections/baseline.ts';
import { enricher } from '../src/domain/detections/enrich.ts';
import { rosterBook } from '../src/domain/detections/in-force.ts';
import { DetectionPack } from '../src/domain/detections/pack.ts';
import { addDays } from '../src/domain/model/day.ts';
import { profileSchema } from '../src/domain/model/profile.ts';
import { insertClient } from '../src/features/clients/create.ts';
import { createServices } from '../src/server/services.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { addDaysStatements } from '../src/store/detections/days.ts';
import { executeTogether } from '../src/store/engine/transaction.ts';
import { openStore } from '../src/store/open.ts';
import { openSealer } from '../src/store/seal.ts';

type Line = (what: string, figure: number, unit: string, allowed: number) => void;

/**
 * `-- detections`: false alarms and recall on generated people, throughput of the detections alone, and the delay from
 * an event to its alert at 2,000 events per second.
 */
export async function benchDetections(line: Line, note: (text: string) => void): Promise<void> {
  benchVolume(line, note);
  benchRules(line);
  await benchStream(line, note);
}

/** Deterministic pseudorandom numbers. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
/** Gamma distribution by Marsaglia and Tsang for a shape of at least 1, with their boost for a smaller one. */
function gamma(next: () => number, shape: number): number {
  if (shape < 1) return gamma(next, shape + 1) * next() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(next);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
function poisson(next: () => number, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}

const PEOPLE = 60;
const DAYS = 120;
const RUNS = 5;
/** Shape of the distribution of a person's days; a smaller value has a heavier tail. */
const SHAPE = 2;
const WEEKDAYS = [0.15, 1, 1.05, 1.05, 1, 0.85, 0.15];
const FIRST = '2026-01-05';

function benchVolume(line: Line, note: (text: string) => void): void {
  const baseline = loadCatalogue().detections.find(({ bylaw }) => bylaw.id === 'CLA-DET-01')?.bylaw.baseline;
  if (baseline === undefined) throw new Error('CLA-DET-01 has no baseline');
  const calendar = { normalHours: null, holidays: [] };
  const tally = { quiet: 0, alarms: 0, injected: 0, found: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const next = random(100 + run);
    const days: PersonDay[] = [];
    const raised = new Set<string>();
    for (let person = 0; person < PEOPLE; person += 1) {
      const mean = Math.exp(Math.log(12) + 0.9 * normal(next));
      for (let n = 0; n < DAYS; n += 1) {
        const day = addDays(FIRST, n);
        const weekday = WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? 1;
        const level = mean * weekday;
        let messages = poisson(next, (level / SHAPE) * gamma(next, SHAPE));
        const name = `p${person}`;
        // After the first month, one working day in a hundred has at least fifteen times the person's level.
        if (n > 30 && weekday > 0.5 && next() < 0.01) {
          messages = Math.max(messages, Math.round(15 * level));
          raised.add(`${name} ${day}`);
        }
        if (messages > 0)
          days.push({ person: name, day, messages, calls: 0, uploads: 0, uploadBytes: 0, hours: 0 });
      }
    }
    const judged = days.filter(({ day }) => day >= addDays(FIRST, 30));
    const found = new Set(
      outliers(baseline, days, judged, () => calendar).map(({ person, day }) => `${person} ${day}`),
    );
    tally.quiet += PEOPLE * (DAYS - 30) - raised.size;
    for (const one of found) if (!raised.has(one)) tally.alarms += 1;
    tally.injected += raised.size;
    for (const one of raised) if (found.has(one)) tally.found += 1;
  }
  line('false alarms in 1,000 usual days of a person', (1_000 * tally.alarms) / tally.quiet, 'alarms', 5);
  line('of days of fifteen times the usual, missed', 1 - tally.found / tally.injected, 'share', 0.1);
  note(`(${tally.injected} such days among ${PEOPLE} people, ${DAYS} days, ${RUNS} runs)`);
}

const KINDS: readonly Partial<Activity>[] = [
  {
    type: 'user_prompt',
    category: 'message',
    connector: null,
    connectorName: null,
    tool: null,
    effect: null,
  },
  {
    type: 'api_request',
    category: 'model_request',
    connector: null,
    connectorName: null,
    tool: null,
    effect: null,
  },
  { type: 'tool_result', category: 'tool_call' },
  { type: 'tool_decision', category: 'tool_decision' },
  { type: 'claude_chat_created', category: 'content', source: 'compliance_feed', connector: null },
];

/** Normal activity, which raises no alert unless someone does much of it at once. */
function usual(n: number, at: number): Activity {
  return anActivity({
    ...KINDS[n % KINDS.length],
    id: `e${n}`,
    at: new Date(at).toISOString(),
    person: `p${n % 397}@example.org`,
    actor: { type: null, id: null, email: `p${n % 397}@example.org`, name: null },
    session: `s${n % 397}`,
  });
}

function benchRules(line: Line): void {
  const catalogue = loadCatalogue();
  const pack = new DetectionPack(catalogue.detections);
  const profile = profileSchema.parse({ name: 'A', domains: ['example.org'], claudePlan: 'enterprise' });
  const settings = [{ from: '1970-01-01T00:00:00.000Z', value: profile }];
  const context = { settings, charters: [], roster: rosterBook([]) };
  const enrich = enricher(context, catalogue, (at) => at.slice(0, 10));
  const events = Array.from({ length: 100_000 }, (_, n) => usual(n, Date.UTC(2026, 10, 24, 9) + n));
  const start = performance.now();
  for (const activity of events) {
    if (pack.concerns(activity.type, activity.category)) pack.find({ activity, bylaw: enrich(activity) });
  }
  const perSecond = events.length / ((performance.now() - start) / 1_000);
  line(
    `${pack.detections.length} detections over 100,000 events, ${Math.round(perSecond).toLocaleString('en')} a second`,
    2_000 / perSecond,
    's for 2,000',
    0.1,
  );
}

const RATE = 2_000;
const SECONDS = 20;
/** Events per batch from a receiver. */
const BATCH = 100;

async function benchStream(line: Line, note: (text: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bylaw-bench-detections-'));
  const services = await createServices({
    store: await openStore({ dataDir }),
    sealer: await openSealer({ keyFile: join(dataDir, 'secret.key') }),
    config: {
      origin: 'http://127.0.0.1',
      dataDir,
      privateHosts: [],
      resolvers: [],
      version: 'bench',
      build: 'bench',
    },
  });
  try {
    const profile = {
      name: 'Alder Society',
      domains: ['example.org'],
      claudePlan: 'enterprise',
      timezone: 'UTC',
      addOns: [],
      holidays: [],
    };
    const client = await services.store.write('system', (tx) =>
      insertClient(tx, {
        name: 'Alder Society',
        profile: profileSchema.parse(profile),
        sandbox: false,
        now: new Date(),
      }),
    );
    const { activityLog } = services;
    await activityLog.append(client.id, [usual(0, Date.now())]);
    // Four weeks of history for everyone, so that each day has a baseline.
    const today = new Date().toISOString().slice(0, 10);
    const past = Array.from({ length: 397 * 28 }, (_, n) => ({
      person: `p${n % 397}@example.org`,
      day: addDays(today, -1 - Math.floor(n / 397)),
      messages: 40 + (n % 13),
      calls: 20 + (n % 7),
      uploads: 0,
      uploadBytes: 0,
      hours: 0b111_1111_1111,
      source: 'otlp',
      surface: 'cowork',
    }));
    await services.store.write([client.id], (tx) =>
      executeTogether(tx, addDaysStatements(tx, client.id, past)),
    );
    const waits: number[] = [];
    const pending: Promise<void>[] = [];
    const start = performance.now();
    for (let n = 0; n < (RATE * SECONDS) / BATCH; n += 1) {
      const due = start + (n * BATCH * 1_000) / RATE;
      const late = due - performance.now();
      if (late > 0) await new Promise((done) => setTimeout(done, late));
      const received = performance.now();
      const at = Date.now();
      const batch = Array.from({ length: BATCH }, (_, k) => usual(1 + n * BATCH + k, at + k / 10));
      // Every tenth batch raises an alert, which must exist as soon as the batch is acknowledged.
      const alarming = n % 10 === 0;
      if (alarming)
        batch.push(
          anActivity({
            id: `alarm${n}`,
            at: new Date(at).toISOString(),
            type: 'org_domain_removed',
            category: 'settings',
            organization: `o${n}`,
            connector: null,
          }),
        );
      pending.push(
        activityLog.append(client.id, batch).then(() => {
          if (alarming) waits.push(performance.now() - received);
        }),
      );
    }
    await Promise.all(pending);
    const took = (performance.now() - start) / 1_000;
    waits.sort((a, b) => a - b);
    const at = (share: number) =>
      waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? Number.NaN;
    line(`an alert stands after its event, 99th of 100, at ${RATE} events a second`, at(0.99), 'ms', 1_000);
    note(
      `(median ${at(0.5).toFixed(0)} ms; ${((RATE * SECONDS) / took).toFixed(0)} events a second, embedded database on disk)`,
    );
  } finally {
    await services.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
