import type { Scope, Store } from './open.ts';

/** What all kept values may weigh together. One is about 20 kB, so this is about 150 MB. */
const MAX_WEIGHT = 8_000;
/** What nobody asked for in so many milliseconds gives its memory back, whatever else is asked for meanwhile. */
const IDLE_MS = 15 * 60_000;
/** Milliseconds between two looks for that. */
const SWEEP_MS = 60_000;

interface Kept {
  readonly mark: number;
  readonly weight: number;
  readonly value: Promise<unknown>;
  /** When it was asked for last, by `performance.now()`. */
  readonly askedAt: number;
}

interface Memory {
  weight: number;
  /** The longest unused stand first. */
  readonly kept: Map<string, Kept>;
  /** null while nothing is kept. */
  sweep: NodeJS.Timeout | null;
}

const memories = new WeakMap<Store, Memory>();

/**
 * What `load` reads in a scope (or of the table of clients alone), read once until something there was written. Traces
 * of visits and sessions are never part of it. `key` says what is read and holds everything besides the database that
 * the answer depends on, such as the day. The value is shared: nobody changes it. Where another process may write,
 * which the embedded database rules out, everything is read each time.
 */
export async function remembered<T>(
  store: Store,
  of: Scope | 'clients',
  { key, weight = 1 }: { readonly key: string; readonly weight?: number },
  load: () => Promise<T>,
): Promise<T> {
  const mark = store.mark(of);
  if (mark === null) return load();
  const memory = memoryOf(store);
  const name = nameOf(of, key);
  const known = memory.kept.get(name);
  const value = known?.mark === mark ? (known.value as Promise<T>) : load();
  return keep(memory, name, { mark, weight, value });
}

/**
 * What {@link remembered} keeps, of many clients at once and of each alone: `load` is asked for those together of which
 * nothing is kept or something was written since. A client of which it says nothing is left out of the answer.
 */
export async function rememberedEach<T>(
  store: Store,
  clientIds: readonly string[],
  { key, weight = 1 }: { readonly key: (clientId: string) => string; readonly weight?: number },
  load: (clientIds: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<ReadonlyMap<string, T>> {
  const marks = clientIds.map((id) => ({ id, mark: store.mark([id]), name: nameOf([id], key(id)) }));
  if (marks.some(({ mark }) => mark === null)) return load(clientIds);
  const memory = memoryOf(store);
  const found = marks.map(({ id, mark, name }) => {
    const kept = memory.kept.get(name);
    const value = kept?.mark === mark ? (kept.value as Promise<T | undefined>) : null;
    return { id, mark: mark ?? 0, name, value };
  });
  const missing = found.filter(({ value }) => value === null).map(({ id }) => id);
  const loading = missing.length === 0 ? null : load(missing);
  const all = new Map<string, T>();
  await Promise.all(
    found.map(async ({ id, mark, name, value }) => {
      const asked = value ?? Promise.resolve(loading).then((loaded) => loaded?.get(id));
      const one = await keep(memory, name, { mark, weight, value: asked });
      if (one !== undefined) all.set(id, one);
    }),
  );
  return all;
}

function nameOf(of: Scope | 'clients', key: string): string {
  return `${typeof of === 'string' ? of : of.join(',')} ${key}`;
}

/** Keeps a value in the last place, since the longest unused stand first and go first, and waits for it. */
async function keep<T>(
  memory: Memory,
  name: string,
  given: Omit<Kept, 'askedAt'> & { readonly value: Promise<T> },
): Promise<T> {
  const entry = { ...given, askedAt: performance.now() };
  forget(memory, name);
  memory.kept.set(name, entry);
  sweepLater(memory);
  memory.weight += entry.weight;
  for (const other of memory.kept.keys()) {
    if (memory.weight <= MAX_WEIGHT || other === name) break;
    forget(memory, other);
  }
  try {
    return await entry.value;
  } catch (error) {
    if (memory.kept.get(name) === entry) forget(memory, name);
    throw error;
  }
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
    const before = performance.now() - IDLE_MS;
    for (const [name, { askedAt }] of memory.kept) {
      if (askedAt > before) break;
      forget(memory, name);
    }
    if (memory.kept.size > 0) sweepLater(memory);
  }, SWEEP_MS).unref();
}
