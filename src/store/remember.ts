import type { Scope, Store } from './open.ts';

/** What all kept values may weigh together. One is about 20 kB, so this is about 150 MB. */
const MOST = 8_000;
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
  const name = `${typeof of === 'string' ? of : of.join(',')} ${key}`;
  const known = memory.kept.get(name);
  if (known !== undefined) forget(memory, name);
  const value = known?.mark === mark ? (known.value as Promise<T>) : load();
  const entry: Kept = { mark, weight, value };
  // Put last: the longest unused stand first and go first.
  memory.kept.set(name, entry);
  memory.weight += weight;
  for (const other of memory.kept.keys()) {
    if (memory.weight <= MOST || other === name) break;
    forget(memory, other);
  }
  try {
    return await value;
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
