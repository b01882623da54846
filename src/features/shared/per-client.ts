import type { Store } from '#store/open.ts';

const all = new Set<WeakMap<Store, Map<string, unknown>>>();

/** A cache per client outside the database, by the client's id; removed together with the client. */
export function perClient<Value>(): (store: Store) => Map<string, Value> {
  const memories = new WeakMap<Store, Map<string, Value>>();
  all.add(memories);
  return (store) => {
    const memory = memories.get(store) ?? new Map<string, Value>();
    memories.set(store, memory);
    return memory;
  };
}

/** Removes everything cached for a deleted client. */
export function forgetClient(store: Store, clientId: string): void {
  for (const memories of all) memories.get(store)?.delete(clientId);
}
