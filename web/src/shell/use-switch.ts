import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useClient, useSession } from '../session.tsx';

/**
 * Switches the client and keeps the page: the list of controls here becomes the list of controls there. Can also
 * navigate to a URL.
 */
export function useSwitch(): (slug: string) => void {
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (slug) => {
    const page = /^\/c\/[^/]+(\/[^/]+)?/.exec(path)?.[1] ?? '';
    const to: string = slug.startsWith('/') ? slug : `/c/${encodeURIComponent(slug)}${page}`;
    void navigate({ to });
  };
}

/** The previous or next client in the list; null: there is none. */
export function useNeighbor(step: 1 | -1): string | null {
  const { clients } = useSession();
  const client = useClient();
  if (client === null) return null;
  const at = clients.findIndex((one) => one.slug === client.slug);
  return at < 0 ? null : (clients[at + step]?.slug ?? null);
}
