import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { signedInRoute } from '../../parents.tsx';

/** The documentation included in this build. */
export const docsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/docs',
  component: lazyPage(() => import('./docs-page.tsx'), 'DocsPage'),
});

export const docRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/docs/$doc',
  component: lazyPage(() => import('./doc-page.tsx'), 'DocPage'),
});
