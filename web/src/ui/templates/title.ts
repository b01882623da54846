import { useEffect, useSyncExternalStore } from 'react';
import { visible } from '../../../../src/domain/text/given.ts';
import { useClient } from '../../session.tsx';

let current = '';
const listeners = new Set<() => void>();

/** The title of the tab: page, client, product. Templates call it; a page without a template does so itself. */
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

/** What the open page calls itself. */
export function useCurrentTitle(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
