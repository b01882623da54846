import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { SECTIONS } from './sections.ts';

/** `?open=begin` begins a draft, `?open=yaml` creates one from YAML, `?answer=` asks these questions one by one. */
export const charterRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/charter',
  validateSearch: searchParams({ open: oneOf(['begin', 'yaml']), answer: text }),
  component: lazyPage(() => import('./charter-page.tsx'), 'CharterPage'),
});

/** A version by its number, or a draft by its id. `?edit=people` opens the form of a part. */
export const charterVersionRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/charter/$version',
  validateSearch: searchParams({
    view: oneOf(['whole']),
    all: oneOf(['questions']),
    edit: oneOf(SECTIONS),
    answer: text,
    open: oneOf(['cell', 'yaml', 'return', 'refuse', 'withdraw']),
  }),
  component: lazyPage(() => import('./version-page.tsx'), 'CharterVersionPage'),
  staticData: { crumb: (params) => (/^\d+$/.test(params.version ?? '') ? 'Version' : 'Draft') },
});
