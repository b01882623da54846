import type { Virtualizer } from '@tanstack/react-virtual';
import {
  type RefObject,
  startTransition,
  useEffect,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from 'react';

/** Number of rows above which a list renders only those near the viewport. */
const LIMIT = 200;
/** Rows rendered first; the others follow in a transition or, in a long list, once the virtualizer is loaded. */
const INITIAL_ROWS = 30;
/** Estimated height of a row in px until it is measured. */
const LINE = 52;

interface Windowed {
  readonly from: number;
  readonly to: number;
  /** Height in px of the rows not rendered above and below. */
  readonly before: number;
  readonly after: number;
  readonly measure: ((node: HTMLElement | null) => void) | undefined;
  /** Renders a row and scrolls to it. */
  reveal(index: number): void;
}

/** Decides which rows of a long table to render if there are more than `limit`. Print gets all of them. */
export function useWindowed(count: number, body: RefObject<HTMLElement | null>, limit = LIMIT): Windowed {
  const printing = usePrinting();
  const whole = useWhole(count > 0);
  const [top, setTop] = useState(0);
  const on = count > limit && !printing;
  useLayoutEffect(() => {
    if (on && body.current !== null) setTop(body.current.getBoundingClientRect().top + window.scrollY);
  }, [on, body]);
  const { virtualizer, failed } = useVirtualizer(on, count, top);
  const wanted = useRef<number | null>(null);
  const reveal = (index: number) => {
    if (!on) return;
    if (virtualizer === null) wanted.current = index;
    else virtualizer.scrollToIndex(index, { align: 'auto' });
  };
  useLayoutEffect(() => {
    if (virtualizer === null || wanted.current === null) return;
    virtualizer.scrollToIndex(wanted.current, { align: 'auto' });
    wanted.current = null;
  }, [virtualizer]);
  if (!on || virtualizer === null) {
    const all = printing || failed || (whole && !on);
    const to = all ? count : Math.min(count, INITIAL_ROWS);
    return { from: 0, to, before: 0, after: (count - to) * LINE, measure: undefined, reveal };
  }
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    from: first?.index ?? 0,
    to: (last?.index ?? -1) + 1,
    before: (first?.start ?? top) - top,
    after: virtualizer.getTotalSize() - ((last?.end ?? top) - top),
    measure: virtualizer.measureElement,
    reveal,
  };
}

type Library = typeof import('@tanstack/react-virtual');
let loaded: Library | null = null;

/** The virtualizer, loaded on demand, since only long lists need it; null until then. */
function useVirtualizer(on: boolean, count: number, top: number) {
  const redraw = useReducer((drawn: number) => drawn + 1, 0)[1];
  const [library, setLibrary] = useState(loaded);
  const [failed, setFailed] = useState(false);
  const made = useRef<Virtualizer<Window, HTMLElement> | null>(null);
  useEffect(() => {
    if (!on || library !== null) return;
    import('@tanstack/react-virtual').then(
      (found) => {
        loaded = found;
        setLibrary(found);
      },
      () => setFailed(true),
    );
  }, [on, library]);
  if (library !== null) {
    const options = {
      count,
      enabled: on,
      estimateSize: () => LINE,
      overscan: 6,
      scrollMargin: top,
      getScrollElement: () => window,
      initialOffset: () => window.scrollY,
      observeElementRect: library.observeWindowRect,
      observeElementOffset: library.observeWindowOffset,
      scrollToFn: library.windowScroll,
      onChange: redraw,
    };
    made.current ??= new library.Virtualizer<Window, HTMLElement>(options);
    made.current.setOptions(options);
  }
  const virtualizer = made.current;
  useLayoutEffect(() => virtualizer?._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer?._willUpdate());
  return { virtualizer, failed };
}

/** False in the first render of a list with rows, then true; the update is a transition, so it does not block input. */
function useWhole(filled: boolean): boolean {
  const [whole, setWhole] = useState(false);
  useEffect(() => {
    if (filled) startTransition(() => setWhole(true));
  }, [filled]);
  return whole;
}

function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const list = matchMedia('print');
    const changed = () => setPrinting(list.matches);
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, []);
  return printing;
}
