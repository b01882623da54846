import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { KINDS } from './words.ts';

export const revisionsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/catalogue/revisions',
  component: lazyPage(() => import('./revisions-page.tsx'), 'RevisionsPage'),
  staticData: { crumb: () => 'Revisions' },
});

export const revisionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/catalogue/revisions/$revision',
  validateSearch: searchParams({ kind: oneOf(KINDS), touching: oneOf(['yes']), client: text }),
  component: lazyPage(() => import('./revision-page.tsx'), 'RevisionPage'),
  staticData: { crumb: ({ revision }) => `Revision ${revision}` },
});
