import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';

/** An act in the palette, besides opening pages of the menu. */
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
  /** URL in the console. */
  readonly href: string;
}

/** Queries the server; aborted when the input changes. */
export type SearchProvider = (query: string, signal: AbortSignal) => Promise<readonly SearchHit[]>;

interface State {
  readonly opened: boolean;
  /** Loaded on first use. */
  readonly wanted: boolean;
  /** The search text. Kept here to include characters typed before the field exists. */
  readonly query: string;
  readonly actions: readonly PaletteAction[];
}

let state: State = { opened: false, wanted: false, query: '', actions: [] };
const listeners = new Set<() => void>();

function set(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

export function openPalette(): void {
  if (!state.opened) set({ opened: true, wanted: true, query: '' });
}

export function closePalette(): void {
  set({ opened: false });
}

export function setPaletteQuery(query: string): void {
  set({ query });
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

/** Offers acts in the palette while the calling page is mounted. Keep the array stable with `useMemo`. */
export function usePaletteActions(actions: readonly PaletteAction[]): void {
  useEffect(() => {
    set({ actions: [...state.actions, ...actions] });
    return () => set({ actions: state.actions.filter((action) => !actions.includes(action)) });
  }, [actions]);
}

const Window = lazy(() => import('./palette-window.tsx'));

/** Accessible name. */
export const PALETTE_NAME = 'Search or act';

export interface PaletteProps {
  search: SearchProvider;
  onSignOut: () => void;
  onHelp: () => void;
}

function opens(event: KeyboardEvent): boolean {
  return (
    event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
  );
}

/** Handles a keystroke meant for the field before it exists or has the focus. */
function typedAhead(event: KeyboardEvent): boolean {
  if (!state.opened || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (event.target instanceof Element && event.target.closest(`[aria-label="${PALETTE_NAME}"]`) !== null)
    return false;
  if (event.key === 'Escape') closePalette();
  else if (event.key === 'Backspace') setPaletteQuery(state.query.slice(0, -1));
  else if (event.key.length === 1) setPaletteQuery(state.query + event.key);
  else return false;
  return true;
}

/** Ctrl or Cmd with K, on every page. The palette's UI is loaded on first use. */
export function Palette(props: PaletteProps) {
  const { wanted } = usePaletteState();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (opens(event)) {
        event.preventDefault();
        if (state.opened) closePalette();
        else openPalette();
      } else if (typedAhead(event)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    };
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Window {...props} />
    </Suspense>
  );
}
