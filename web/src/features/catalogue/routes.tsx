import { createRoute, redirect } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams, text, whole } from '../../search-params.ts';
import { KINDS } from './words.ts';

export const catalogueRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/catalogue',
  validateSearch: searchParams({
    kind: oneOf(KINDS),
    section: text,
    differs: oneOf(['yes']),
    text,
    sort: text,
  }),
  component: lazyPage(() => import('./catalogue-page.tsx'), 'CataloguePage'),
});

export const factsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/catalogue/facts',
  validateSearch: searchParams({ days: whole, sort: text }),
  component: lazyPage(() => import('./facts-page.tsx'), 'FactsPage'),
  staticData: { crumb: () => 'Facts to verify' },
});

export const catalogueEntryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/catalogue/$kind/$id',
  beforeLoad: ({ params }) => {
    if (!KINDS.some((kind) => kind === params.kind)) throw redirect({ to: '/catalogue' as '/' });
  },
  component: lazyPage(() => import('./entry-page.tsx'), 'EntryPage'),
  staticData: { crumb: ({ id }) => id },
});
