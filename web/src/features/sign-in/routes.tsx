import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // `next`: the page that was wanted; `problem`: what stood in the way at a sign-in provider.
  validateSearch: searchParams({ next: text, problem: text }),
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  component: lazyRouteComponent(() => import('./reset-page.tsx'), 'ResetPage'),
});
