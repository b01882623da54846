import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute, signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams, text, whole } from '../../search-params.ts';
import { KINDS, OWNERS } from './words.ts';

/** What is due at all clients. `view=all` also shows what is not due now; `shown` is the number of rows. */
export const workRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/work',
  validateSearch: searchParams({
    view: oneOf(['all']),
    kind: oneOf(KINDS),
    owner: oneOf(OWNERS),
    of: text,
    text,
    sort: text,
    shown: whole,
  }),
  component: lazyPage(() => import('./work-page.tsx'), 'WorkPage'),
});

/** What is due at one client, and its recurring tasks; `?task=` opens one, `&open=done` its form. */
export const clientWorkRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/work',
  validateSearch: searchParams({
    tab: oneOf(['recurring']),
    view: oneOf(['all']),
    kind: oneOf(KINDS),
    owner: oneOf(OWNERS),
    task: text,
    open: oneOf(['schedule', 'done']),
    sort: text,
  }),
  component: lazyPage(() => import('./client-work-page.tsx'), 'ClientWorkPage'),
});

export const audiencesRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/work/roles',
  component: lazyPage(() => import('./audiences-page.tsx'), 'AudiencesPage'),
});
