import { useEffect, useSyncExternalStore } from 'react';
import { useClient } from '../../session.tsx';

let current = '';
const listeners = new Set<() => void>();

/** The title of the tab: page, client, product. Templates call it; a page without a template does so itself. */
export function useTitle(title: string): void {
  const client = useClient();
  useEffect(() => {
    document.title = [title, client?.name, 'Bylaw']
      .filter((part, at, all) => part !== undefined && part !== '' && all.indexOf(part) === at)
      .join(' · ');
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
