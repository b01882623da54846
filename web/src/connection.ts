import { useSyncExternalStore } from 'react';

interface Connection {
  /** The last call was answered, in whatever way. */
  readonly reachable: boolean;
  /** The browser says that this computer is offline. */
  readonly offline: boolean;
  /** The server runs a different build than the one this page was loaded from. */
  readonly updated: boolean;
}

let state: Connection = { reachable: true, offline: false, updated: false };
let firstBuild: string | null = null;
const listeners = new Set<() => void>();

function set(next: Connection): void {
  if (next.reachable === state.reachable && next.offline === state.offline && next.updated === state.updated)
    return;
  state = next;
  for (const listener of listeners) listener();
}

/** The server answered; `build` is its `x-bylaw-build`, null if missing. */
export function recordAnswer(build: string | null): void {
  firstBuild ??= build;
  set({
    reachable: true,
    offline: false,
    updated: state.updated || (build !== null && build !== firstBuild),
  });
}

/** The server did not answer. */
export function recordNoAnswer(): void {
  set({ ...state, reachable: false, offline: !navigator.onLine });
}

/** Whether the last call was answered. */
export function isReachable(): boolean {
  return state.reachable;
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
