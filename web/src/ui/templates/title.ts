import { useEffect, useSyncExternalStore } from 'react';
import { visible } from '../../../../src/domain/text/unsafe-text.ts';
import { useClient } from '../../session.tsx';

let current = '';
const listeners = new Set<() => void>();

/** Sets the title of the tab: page, client, product. Called by templates; a page without a template calls it itself. */
export function useTitle(title: string): void {
  const client = useClient();
  useEffect(() => {
    const parts = [title, client?.name, 'Bylaw'].filter(
      (part, at, all) => part !== undefined && part !== '' && all.indexOf(part) === at,
    );
    document.title = visible(parts.join(' · '));
    current = title;
    for (const listener of listeners) listener();
  }, [title, client?.name]);
}

/** The title of the current page. */
export function useCurrentTitle(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
