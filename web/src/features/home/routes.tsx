import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/**
 * `?all=do` expands all tasks, `?all=work` all due work, `?all=changes` all changes; `?answer=` asks questions of the
 * charter.
 */
export const homeRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/',
  validateSearch: searchParams({ all: oneOf(['do', 'work', 'changes']), answer: text }),
  component: lazyPage(() => import('./home-page.tsx'), 'HomePage'),
});
