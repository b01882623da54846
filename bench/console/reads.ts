import { type Answer, once, openLoop, percentile } from './load.ts';
import type { Seeded } from './seed.ts';
import type { BenchServer } from './server.ts';

const PER_SECOND = 200;
const SECONDS = 10;

interface Asked {
  readonly weight: number;
  readonly name: string;
  readonly path: (client: string, control: string) => string;
}

/**
 * Mix of requests by weight: a client's page requests its own data and that of the frame around it, and sometimes the
 * current user.
 */
const MIX: readonly Asked[] = [
  { weight: 22, name: 'home', path: (client) => `/clients/${client}/home` },
  { weight: 18, name: 'controls list', path: (client) => `/clients/${client}/controls` },
  { weight: 14, name: 'control', path: (client, control) => `/clients/${client}/controls/${control}` },
  { weight: 6, name: 'people', path: (client) => `/clients/${client}/people` },
  { weight: 6, name: 'fleet', path: () => '/fleet' },
  { weight: 4, name: 'work over all clients', path: () => '/work?when=now&wait=no' },
  { weight: 9, name: 'account', path: () => '/me' },
  { weight: 25, name: 'frame', path: (client) => `/clients/${client}/frame` },
];

export interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Reads {
  /** The first request for each client after startup, in sequence. */
  readonly first: Times;
  readonly all: Times;
  readonly perOperation: readonly ({ readonly name: string } & Times)[];
}

/**
 * Opens every client once, then sends 200 reads per second for ten seconds. Four in five are for a fifth of the
 * clients; control pages are chosen among all controls.
 */
export async function measureReads(server: BenchServer, seeded: Seeded): Promise<Reads> {
  const { cookie, clients, controls } = seeded;
  const first: Answer[] = [];
  for (const client of clients) {
    for (const { path } of MIX)
      first.push(await once(server.origin, cookie, address(path(client, controls[0] ?? ''))));
  }
  const random = seededRandom(20_261_124);
  const asked = Array.from({ length: PER_SECOND * SECONDS }, () => {
    const client = pick(clients, random() < 0.8 ? 0.2 : 1, random());
    const { name, path } = weighted(random());
    return { name, path: address(path(client, pick(controls, 1, random()))) };
  });
  const answers = await openLoop({
    origin: server.origin,
    cookie,
    paths: asked.map(({ path }) => path),
    perSecond: PER_SECOND,
  });
  const wrong = [...first, ...answers].find(({ status }) => status !== 200);
  if (wrong !== undefined) throw new Error(`${wrong.path} was answered with ${wrong.status}`);
  return {
    first: timesOf(first),
    all: timesOf(answers),
    perOperation: MIX.map(({ name }) => ({
      name,
      ...timesOf(answers.filter((_, index) => asked[index]?.name === name)),
    })),
  };
}

function address(path: string): string {
  return `/api/v1${path}`;
}

function timesOf(answers: readonly Answer[]): Times {
  const all = answers.map(({ ms }) => ms);
  return { p50: percentile(all, 0.5), p99: percentile(all, 0.99), max: Math.max(...all) };
}

function weighted(random: number): Asked {
  let left = random * MIX.reduce((sum, { weight }) => sum + weight, 0);
  for (const one of MIX) {
    left -= one.weight;
    if (left < 0) return one;
  }
  throw new RangeError(`${random} is not below 1`);
}

/** A random element of the first `part` (0 to 1) of a list. */
function pick(list: readonly string[], part: number, random: number): string {
  return list[Math.floor(random * list.length * part)] ?? '';
}

/** Deterministic pseudorandom numbers. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
