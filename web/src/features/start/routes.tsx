import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { rootRoute } from '../../parents.tsx';

/** Second step of the first run: the first client. The third is that client's import page. */
export const firstClientRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/start/client',
  component: lazyPage(() => import('./first-client-page.tsx'), 'FirstClientPage'),
});

/** First step of the first run; the secret of the one-time link is in the URL fragment. */
export const makeOwnerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/start',
  component: lazyPage(() => import('./start-page.tsx'), 'StartPage'),
});
