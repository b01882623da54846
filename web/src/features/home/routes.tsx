import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/** `?all=do` shows every task, `?all=work` all that is due, `?all=changes` every change; `?answer=` asks questions of the charter. */
export const homeRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/',
  validateSearch: searchParams({ all: oneOf(['do', 'work', 'changes']), answer: text }),
  component: lazyPage(() => import('./home-page.tsx'), 'HomePage'),
});
