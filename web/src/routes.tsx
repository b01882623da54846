import { createRoute, createRouter } from '@tanstack/react-router';
import { lazyPage } from './lazy-page.ts';
import { PAGES_OF_CLIENT, PAGES_OF_NOBODY, PAGES_OF_WORKSPACE } from './page-routes.ts';
import { clientRoute, rootRoute, signedInRoute } from './parents.tsx';
import { RouteFailure } from './shell/route-failure.tsx';

const startRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: lazyPage(() => import('./shell/signed-in.tsx'), 'Start'),
});

/** Every page of the console; web/README.md explains how to add one. */
const tree = rootRoute.addChildren([
  ...PAGES_OF_NOBODY,
  signedInRoute.addChildren([
    startRoute,
    ...PAGES_OF_WORKSPACE,
    clientRoute.addChildren([...PAGES_OF_CLIENT]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: RouteFailure,
  defaultNotFoundComponent: lazyPage(() => import('./shell/not-found.tsx'), 'NotFoundPage'),
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
