import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute, signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/** Reviews of all clients as one queue. */
export const reviewQueueRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/reviews',
  validateSearch: searchParams({ kind: oneOf(['monthly', 'quarterly']), sort: text }),
  component: lazyPage(() => import('./queue-page.tsx'), 'ReviewQueuePage'),
});

/** The reviews of one client: what is due, what was signed, and which flags are open. */
export const reviewsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/reviews',
  validateSearch: searchParams({ sort: text }),
  component: lazyPage(() => import('./reviews-page.tsx'), 'ReviewsPage'),
});

/** One review as a deck; `?item=` is the open item, or `sign` for the last page. */
export const reviewRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/reviews/$review',
  validateSearch: searchParams({ item: text }),
  component: lazyPage(() => import('./deck-page.tsx'), 'DeckPage'),
});
