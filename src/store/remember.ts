import type { Scope, Store } from './open.ts';

/** What all kept values may weigh together. One is about 20 kB, so this is about 150 MB. */
const MAX_WEIGHT = 8_000;
/** A console that nobody looks at for so many milliseconds gives the memory back. */
const IDLE_MS = 5 * 60_000;

interface Kept {
  readonly mark: number;
  readonly weight: number;
  readonly value: Promise<unknown>;
}

interface Memory {
  weight: number;
  readonly kept: Map<string, Kept>;
  readonly idle: NodeJS.Timeout;
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
  memory.idle.refresh();
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
  memory.idle.refresh();
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
  entry: Kept & { readonly value: Promise<T> },
): Promise<T> {
  forget(memory, name);
  memory.kept.set(name, entry);
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
  const kept = new Map<string, Kept>();
  const memory: Memory = {
    weight: 0,
    kept,
    idle: setTimeout(() => {
      kept.clear();
      memory.weight = 0;
    }, IDLE_MS).unref(),
  };
  memories.set(store, memory);
  return memory;
}

function forget(memory: Memory, name: string): void {
  memory.weight -= memory.kept.get(name)?.weight ?? 0;
  memory.kept.delete(name);
}
