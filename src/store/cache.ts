import { AsyncLocalStorage } from 'node:async_hooks';
import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import type { Scope, Store } from './open.ts';

/** Bytes per unit of weight. */
const ONE = 20_000;
/**
 * Cache limit, in units of weight: about 160 MB, and at most an eighth of the process's memory. Viewing 200 clients of
 * 100 people takes about 5,000; with less, the most used entries would evict the rest.
 */
const MAX_WEIGHT = Math.min(8_000, memoryBytes() / 8 / ONE);
/** Default weight: a few fields or rows. */
const SMALL = 0.2;
/** Milliseconds after which an unused value is evicted, whatever else is used. */
const IDLE_MS = 15 * 60_000;
/** The same for values that only a job used, which goes through all clients. */
const IN_PASSING_MS = 20_000;
/** Milliseconds between two checks for unused values. */
const SWEEP_MS = 10_000;

interface Kept {
  readonly mark: number;
  readonly value: Promise<unknown>;
  /** Increased by the value's bytes once it is loaded. */
  weight: number;
  /** Time of last use, by `performance.now()`. */
  askedAt: number;
  /** Milliseconds without use after which it is evicted. */
  idleMs: number;
}

interface Memory {
  weight: number;
  /** In order of use, least recently used first. */
  readonly kept: Map<string, Kept>;
  /** null while the cache is empty. */
  sweep: NodeJS.Timeout | null;
}

const memories = new WeakMap<Store, Memory>();

const passing = new AsyncLocalStorage<true>();

/**
 * Runs work that goes through all clients, as jobs do. Values that it loads are evicted soon unless someone else uses
 * them, and it does not extend the lifetime of others.
 */
export function inPassing<T>(work: () => Promise<T>): Promise<T> {
  return passing.run(true, work);
}

/**
 * Caches what `load` reads in a scope (or only from the table of clients) until something there is written. It must
 * not depend on records of visits or sessions. `key` identifies the value and includes everything that it depends on
 * besides the database, such as the day. The value is shared and must not be mutated. `weight` is that of its plain
 * objects, in units of about 20 kB; bytes that it holds, directly or in a field, are added. If another process may
 * write, which the embedded database excludes, nothing is cached.
 */
export async function cached<T>(
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
 * {@link cached} for many clients at once, cached per client: `load` is called for all clients together that have
 * no valid cached value. A client missing from its result is left out of the answer.
 */
export async function cachedEach<T>(
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

/** Returns a cached value and moves it to the end of the eviction order. */
function again(memory: Memory, name: string, entry: Kept): Promise<unknown> {
  const isPassing = passing.getStore() === true;
  if (isPassing && entry.idleMs === IDLE_MS) return entry.value;
  if (!isPassing) entry.idleMs = IDLE_MS;
  memory.kept.delete(name);
  memory.kept.set(name, entry);
  entry.askedAt = performance.now();
  return entry.value;
}

/** Stores a value at the end of the eviction order and awaits it. */
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

/** Evicts least recently used values until the rest fits; the latest one is kept whatever its weight. */
function makeRoom(memory: Memory): void {
  for (const name of memory.kept.keys()) {
    if (memory.weight <= MAX_WEIGHT || memory.kept.size === 1) return;
    forget(memory, name);
  }
}

/** Bytes that a value holds, directly or in its fields; 0 for plain objects. */
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

/** Checks periodically for unused values while the cache is not empty. */
function sweepLater(memory: Memory): void {
  memory.sweep ??= setTimeout(() => {
    memory.sweep = null;
    const now = performance.now();
    for (const [name, { askedAt, idleMs }] of memory.kept) if (askedAt <= now - idleMs) forget(memory, name);
    if (memory.kept.size > 0) sweepLater(memory);
  }, SWEEP_MS).unref();
}
