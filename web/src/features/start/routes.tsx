import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../parents.tsx';

/** First step of the first run; the secret of the one-time link stands behind `#`. */
export const makeOwnerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/start',
  component: lazyRouteComponent(() => import('./start-page.tsx'), 'StartPage'),
});
