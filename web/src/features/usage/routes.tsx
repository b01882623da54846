import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

export const usageRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/usage',
  validateSearch: searchParams({
    range: oneOf(['4w', '12w', '52w', 'all']),
    by: oneOf(['day', 'week', 'month']),
    tab: oneOf(['people', 'weekly']),
    sort: text,
    panel: text,
    connector: text,
    file: text,
  }),
  component: lazyPage(() => import('./usage-page.tsx'), 'UsagePage'),
});
