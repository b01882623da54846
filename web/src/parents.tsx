import { createRootRoute, createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page.ts';
import { Root } from './shell/root.tsx';
import { RouteFailure } from './shell/route-failure.tsx';

/** Parent of public pages: `/sign-in`, `/start`, `/invite/$token`. */
export const rootRoute = createRootRoute({
  component: Root,
  errorComponent: RouteFailure,
  notFoundComponent: lazyPage(() => import('./shell/not-found.tsx'), 'NotFoundPage'),
});

/** Parent of the pages of the workspace and of the person; all of them are inside the shell. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: lazyPage(() => import('./shell/signed-in.tsx'), 'SignedIn'),
  errorComponent: RouteFailure,
});

/** Parent of a client's pages: `/c/$client/…`. They may call `useClientHere()`. */
export const clientRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/c/$client',
  component: lazyPage(() => import('./shell/signed-in.tsx'), 'OfClient'),
  errorComponent: RouteFailure,
  notFoundComponent: lazyPage(() => import('./shell/not-found.tsx'), 'NotFound'),
});
