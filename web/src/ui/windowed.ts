import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Lists longer than this draw only what is near the screen. */
const LIMIT = 200;

interface Windowed {
  readonly from: number;
  readonly to: number;
  /** Height in px of what is left out above and below. */
  readonly before: number;
  readonly after: number;
  readonly measure: ((node: HTMLElement | null) => void) | undefined;
  /** Brings a line into the document. */
  reveal(index: number): void;
}

/** Which lines of a long table to draw, once it has more than `limit`. Paper gets all of them. */
export function useWindowed(count: number, body: RefObject<HTMLElement | null>, limit = LIMIT): Windowed {
  const printing = usePrinting();
  const [top, setTop] = useState(0);
  const on = count > limit && !printing;
  useLayoutEffect(() => {
    if (on && body.current !== null) setTop(body.current.getBoundingClientRect().top + window.scrollY);
  }, [on, body]);
  const virtualizer = useWindowVirtualizer({
    count,
    enabled: on,
    estimateSize: () => 52,
    overscan: 6,
    scrollMargin: top,
  });
  if (!on) return { from: 0, to: count, before: 0, after: 0, measure: undefined, reveal: () => undefined };
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    from: first?.index ?? 0,
    to: (last?.index ?? -1) + 1,
    before: (first?.start ?? top) - top,
    after: virtualizer.getTotalSize() - ((last?.end ?? top) - top),
    measure: virtualizer.measureElement,
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
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
