import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { STATES } from './words.ts';

export const requestsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/requests',
  validateSearch: searchParams({ state: oneOf(['open', ...STATES]), sort: text }),
  component: lazyPage(() => import('./requests-page.tsx'), 'RequestsPage'),
});

/** `?open=approve`, `defer` or `refuse` opens the decision. */
export const requestRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/requests/$request',
  validateSearch: searchParams({ open: oneOf(['approve', 'defer', 'refuse']) }),
  component: lazyPage(() => import('./request-page.tsx'), 'RequestPage'),
});

/** The page for the client's staff. `?open=ask` opens the form; `department` prefills it. */
export const askRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/ask',
  validateSearch: searchParams({ open: oneOf(['ask']), department: text }),
  component: lazyPage(() => import('./ask-page.tsx'), 'AskPage'),
});
