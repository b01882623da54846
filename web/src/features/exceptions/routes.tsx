import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { STATES } from './words.ts';

/** Keys of findings, encoded as a list in the URL. */
const keys = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
    ? value
    : undefined;

/** `?new=CLA-ACC-07` opens the form for that control, `&items=["…"]` with these findings selected. */
export const exceptionsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/exceptions',
  validateSearch: searchParams({
    state: oneOf(['open', ...STATES]),
    control: text,
    view: oneOf(['list', 'ends']),
    panel: text,
    sort: text,
    new: text,
    items: keys,
  }),
  component: lazyPage(() => import('./exceptions-page.tsx'), 'ExceptionsPage'),
});
