import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

/** `?panel=<sha>` opens a file beside the list. */
export const evidenceListRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/evidence',
  validateSearch: searchParams({ how: text, text, sort: text, panel: text }),
  component: lazyPage(() => import('./evidence-page.tsx'), 'EvidencePage'),
});

export const evidenceRoomRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/evidence/room',
  component: lazyPage(() => import('./room-page.tsx'), 'RoomPage'),
});

export const evidenceRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/evidence/$sha',
  component: lazyPage(() => import('./evidence-file-page.tsx'), 'EvidenceFilePage'),
  staticData: { crumb: ({ sha }) => sha?.slice(0, 12) },
});
