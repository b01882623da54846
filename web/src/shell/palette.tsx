import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';

/** Something the palette can do besides opening the pages of the menu. */
export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

export interface SearchHit {
  readonly id: string;
  /** "Controls", "People", "Evidence". */
  readonly group: string;
  readonly label: string;
  readonly description?: string;
  /** Address in the console. */
  readonly href: string;
}

/** Asks the server; an aborted signal means that the question has changed. */
export type SearchProvider = (query: string, signal: AbortSignal) => Promise<readonly SearchHit[]>;

interface State {
  readonly opened: boolean;
  /** Loaded once it was wanted. */
  readonly wanted: boolean;
  readonly actions: readonly PaletteAction[];
}

let state: State = { opened: false, wanted: false, actions: [] };
const listeners = new Set<() => void>();

function set(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

export function openPalette(): void {
  set({ opened: true, wanted: true });
}

export function closePalette(): void {
  set({ opened: false });
}

export function usePaletteState(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Offers acts in the palette while the page that calls it is open. Keep the array stable: `useMemo`. */
export function usePaletteActions(actions: readonly PaletteAction[]): void {
  useEffect(() => {
    set({ actions: [...state.actions, ...actions] });
    return () => set({ actions: state.actions.filter((action) => !actions.includes(action)) });
  }, [actions]);
}

const Window = lazy(() => import('./palette-window.tsx'));

export interface PaletteProps {
  search: SearchProvider;
  onSignOut: () => void;
  onHelp: () => void;
}

/** Ctrl or Cmd with K, on every page. What it draws is loaded at the first use. */
export function Palette(props: PaletteProps) {
  const { wanted } = usePaletteState();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      if (state.opened) closePalette();
      else openPalette();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Window {...props} />
    </Suspense>
  );
}
