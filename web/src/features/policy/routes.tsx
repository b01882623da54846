import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/**
 * `?tab=sent` lists every mail, `?tab=register` every acknowledgement, `?tab=versions` every version, `?tab=texts` the
 * texts that come with the policy, `?tab=training` the quiz of the training, `?tab=reviews` the reviews of Claude's
 * output.
 */
export const policyRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/policy',
  validateSearch: searchParams({
    tab: oneOf(['sent', 'register', 'versions', 'texts', 'training', 'reviews']),
    state: oneOf(['missing', 'acknowledged']),
    sort: text,
  }),
  component: lazyPage(() => import('./policy-page.tsx'), 'PolicyPage'),
});

/** A version by its number, such as 3.1, or a draft by its id. */
export const policyVersionRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/policy/$policyVersion',
  validateSearch: searchParams({ open: oneOf(['return', 'withdraw']) }),
  component: lazyPage(() => import('./text-page.tsx'), 'PolicyTextPage'),
  staticData: {
    crumb: (params) => (/^\d{1,6}(\.|$)/.test(params.policyVersion ?? '') ? 'Version' : 'Draft'),
  },
});

/** A text that comes with the policy, by its id. */
export const policyOneTextRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/policy/texts/$policyText',
  component: lazyPage(() => import('./one-text-page.tsx'), 'OneTextPage'),
  staticData: { crumb: () => 'Text' },
});
