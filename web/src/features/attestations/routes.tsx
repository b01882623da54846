import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { STATES } from './words.ts';

/** `?new=CLA-ACC-12` opens the form for that control. */
export const attestationsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/attestations',
  validateSearch: searchParams({
    tab: oneOf(['statements', 'controls', 'files']),
    state: oneOf(STATES),
    control: text,
    panel: text,
    sort: text,
    new: text,
  }),
  component: lazyPage(() => import('./attestations-page.tsx'), 'AttestationsPage'),
});
