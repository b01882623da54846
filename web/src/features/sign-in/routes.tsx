import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { rootRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // `next`: the requested page; `problem`: what went wrong at a sign-in provider.
  validateSearch: searchParams({ next: text, problem: text }),
  component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

export const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  component: lazyPage(() => import('./reset-page.tsx'), 'ResetPage'),
});
