import { createRootRoute, createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page.ts';
import { Root } from './shell/root.tsx';
import { RouteFailure } from './shell/route-failure.tsx';

/** Pages that need nobody signed in hang here: `/sign-in`, `/start`, `/invite/$token`. */
export const rootRoute = createRootRoute({
  component: Root,
  errorComponent: RouteFailure,
  notFoundComponent: lazyPage(() => import('./shell/lost.tsx'), 'LostPage'),
});

/** Pages of the workspace and of the person hang here; all of them have the shell around them. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: lazyPage(() => import('./shell/signed-in.tsx'), 'SignedIn'),
  errorComponent: RouteFailure,
});

/** Pages of one client hang here: `/c/$client/…`. They may call `useClientHere()`. */
export const clientRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/c/$client',
  component: lazyPage(() => import('./shell/signed-in.tsx'), 'OfClient'),
  errorComponent: RouteFailure,
  notFoundComponent: lazyPage(() => import('./shell/lost.tsx'), 'Lost'),
});
