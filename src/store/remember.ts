import { AsyncLocalStorage } from 'node:async_hooks';
import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import type { Scope, Store } from './open.ts';

/** Bytes of a weight of one. */
const ONE = 20_000;
/**
 * What all kept values may weigh together: about 160 MB, and no more than an eighth of what the process may use. Looking
 * at all of 200 clients of 100 people takes about 5,000; with less, those looked at most would make room for the rest.
 */
const MAX_WEIGHT = Math.min(8_000, memoryBytes() / 8 / ONE);
/** Of a value that says nothing of its weight: a few fields or rows. */
const SMALL = 0.2;
/** What nobody asked for in so many milliseconds gives its memory back, whatever else is asked for meanwhile. */
const IDLE_MS = 15 * 60_000;
/** The same of what only a job has asked for, which looks at one client after the other. */
const IN_PASSING_MS = 20_000;
/** Milliseconds between two looks for that. */
const SWEEP_MS = 10_000;

interface Kept {
  readonly mark: number;
  readonly value: Promise<unknown>;
  /** Goes up once the value is there, by the bytes that it holds. */
  weight: number;
  /** When it was asked for last, by `performance.now()`. */
  askedAt: number;
  /** After how many milliseconds it goes that nobody asks for it. */
  idleMs: number;
}

interface Memory {
  weight: number;
  /** The longest unused stand first. */
  readonly kept: Map<string, Kept>;
  /** null while nothing is kept. */
  sweep: NodeJS.Timeout | null;
}

const memories = new WeakMap<Store, Memory>();

const passing = new AsyncLocalStorage<true>();

/**
 * Does work that looks at each client in turn, as jobs do. What it reads gives its memory back soon, unless someone else
 * asks for it meanwhile, and what others have read is kept no longer for it.
 */
export function inPassing<T>(work: () => Promise<T>): Promise<T> {
  return passing.run(true, work);
}

/**
 * What `load` reads in a scope (or of the table of clients alone), read once until something there was written. Traces
 * of visits and sessions are never part of it. `key` says what is read and holds everything besides the database that
 * the answer depends on, such as the day. The value is shared: nobody changes it. `weight` is that of its plain objects,
 * in about 20 kB; bytes that it holds itself, or in one of its fields, are added. Where another process may write, which
 * the embedded database rules out, everything is read each time.
 */
export async function remembered<T>(
  store: Store,
  of: Scope | 'clients',
  { key, weight = SMALL }: { readonly key: string; readonly weight?: number },
  load: () => Promise<T>,
): Promise<T> {
  const mark = store.mark(of);
  if (mark === null) return load();
  const memory = memoryOf(store);
  const name = nameOf(of, key);
  const known = memory.kept.get(name);
  if (known?.mark === mark) return again(memory, name, known) as Promise<T>;
  return keep(memory, name, { mark, weight, value: load() });
}

/**
 * What {@link remembered} keeps, of many clients at once and of each alone: `load` is asked for those together of which
 * nothing is kept or something was written since. A client of which it says nothing is left out of the answer.
 */
export async function rememberedEach<T>(
  store: Store,
  clientIds: readonly string[],
  { key, weight = SMALL }: { readonly key: (clientId: string) => string; readonly weight?: number },
  load: (clientIds: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<ReadonlyMap<string, T>> {
  const marks = clientIds.map((id) => ({ id, mark: store.mark([id]), name: nameOf([id], key(id)) }));
  if (marks.some(({ mark }) => mark === null)) return load(clientIds);
  const memory = memoryOf(store);
  const found = marks.map(({ id, mark, name }) => {
    const kept = memory.kept.get(name);
    const value = kept?.mark === mark ? (again(memory, name, kept) as Promise<T | undefined>) : null;
    return { id, mark: mark ?? 0, name, value };
  });
  const missing = found.filter(({ value }) => value === null).map(({ id }) => id);
  const loading = missing.length === 0 ? null : load(missing);
  const values = await Promise.all(
    found.map(({ id, mark, name, value }) => {
      if (value !== null) return value;
      const asked = Promise.resolve(loading).then((loaded) => loaded?.get(id));
      return keep(memory, name, { mark, weight, value: asked });
    }),
  );
  const all = new Map<string, T>();
  for (const [index, { id }] of found.entries()) {
    const one = values[index];
    if (one !== undefined) all.set(id, one);
  }
  return all;
}

function nameOf(of: Scope | 'clients', key: string): string {
  return `${typeof of === 'string' ? of : of.join(',')} ${key}`;
}

/** What is kept, put last, since the longest unused stand first and go first. */
function again(memory: Memory, name: string, entry: Kept): Promise<unknown> {
  const isPassing = passing.getStore() === true;
  if (isPassing && entry.idleMs === IDLE_MS) return entry.value;
  if (!isPassing) entry.idleMs = IDLE_MS;
  memory.kept.delete(name);
  memory.kept.set(name, entry);
  entry.askedAt = performance.now();
  return entry.value;
}

/** Keeps a value in the last place and waits for it. */
async function keep<T>(
  memory: Memory,
  name: string,
  given: Omit<Kept, 'askedAt' | 'idleMs'> & { readonly value: Promise<T> },
): Promise<T> {
  const idleMs = passing.getStore() === true ? IN_PASSING_MS : IDLE_MS;
  const entry: Kept & { readonly value: Promise<T> } = { ...given, askedAt: performance.now(), idleMs };
  forget(memory, name);
  memory.kept.set(name, entry);
  sweepLater(memory);
  memory.weight += entry.weight;
  makeRoom(memory);
  try {
    const value = await entry.value;
    if (memory.kept.get(name) === entry) {
      const held = bytesIn(value) / ONE;
      entry.weight += held;
      memory.weight += held;
      makeRoom(memory);
    }
    return value;
  } catch (error) {
    if (memory.kept.get(name) === entry) forget(memory, name);
    throw error;
  }
}

/** Lets the longest unused go until the rest fits; the one asked for last stays, whatever it weighs. */
function makeRoom(memory: Memory): void {
  for (const name of memory.kept.keys()) {
    if (memory.weight <= MAX_WEIGHT || memory.kept.size === 1) return;
    forget(memory, name);
  }
}

/** Bytes that a value holds as such, itself or in its fields; none for plain objects. */
function bytesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if ('byteLength' in value) return Number(value.byteLength);
  return Object.values(value).reduce<number>((sum, field) => sum + ownBytes(field), 0);
}

function ownBytes(value: unknown): number {
  return typeof value === 'object' && value !== null && 'byteLength' in value ? Number(value.byteLength) : 0;
}

function memoryBytes(): number {
  const limit = constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function memoryOf(store: Store): Memory {
  const known = memories.get(store);
  if (known !== undefined) return known;
  const memory: Memory = { weight: 0, kept: new Map(), sweep: null };
  memories.set(store, memory);
  return memory;
}

function forget(memory: Memory, name: string): void {
  memory.weight -= memory.kept.get(name)?.weight ?? 0;
  memory.kept.delete(name);
}

/** Looks again and again for what is idle, as long as anything is kept. */
function sweepLater(memory: Memory): void {
  memory.sweep ??= setTimeout(() => {
    memory.sweep = null;
    const now = performance.now();
    for (const [name, { askedAt, idleMs }] of memory.kept) if (askedAt <= now - idleMs) forget(memory, name);
    if (memory.kept.size > 0) sweepLater(memory);
  }, SWEEP_MS).unref();
}
