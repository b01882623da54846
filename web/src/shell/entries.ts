import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useClient, useSession } from '../session.tsx';
import { CLIENT_NAVIGATION, type NavigationEntry, WORKSPACE_NAVIGATION } from './navigation.ts';

export interface ShownEntry extends NavigationEntry {
  /** `to` with the client filled in. */
  readonly href: string;
}

export interface ShownGroup {
  readonly label: string | null;
  readonly entries: readonly ShownEntry[];
}

/** The menu for this person here: entries whose page exists and that they may open. */
export function useEntries(): readonly ShownGroup[] {
  const client = useClient();
  const session = useSession();
  const router = useRouter();
  const slug = client?.slug ?? null;
  return useMemo(() => {
    const exists = new Set(Object.keys(router.routesByPath));
    const groups = slug === null ? WORKSPACE_NAVIGATION : CLIENT_NAVIGATION;
    return groups.flatMap((group) => {
      const entries = group.entries
        .filter((entry) => exists.has(entry.to))
        .filter((entry) => allowed(entry, slug))
        .map((entry) => ({ ...entry, href: entry.to.replace('$client', slug ?? '') }));
      return entries.length === 0 ? [] : [{ label: group.label, entries }];
    });
    // In the workspace, having a permission for one client is sufficient.
    function allowed(entry: NavigationEntry, where: string | null): boolean {
      if (entry.staffOnly === true && session.may('client.read', where)) return false;
      if (session.may(entry.permission, where)) return true;
      return where === null && session.clients.some((one) => session.may(entry.permission, one.slug));
    }
  }, [router, session, slug]);
}

/** "Alder Society of Landscape Surveyors" gives AS, "Dana Whitlock" gives DW. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word));
  return (words.length === 0 ? [name] : words)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}
