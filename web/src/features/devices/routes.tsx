import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { PLATFORMS } from './words.ts';

/** `&draft=…` shows an open draft of the charter instead of the version in force; `&organization=…` is a typed id. */
export const devicesRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/devices',
  validateSearch: searchParams({ platform: oneOf(PLATFORMS), draft: text, organization: text }),
  component: lazyPage(() => import('./devices-page.tsx'), 'DevicesPage'),
  staticData: { crumb: () => 'Device lockdown' },
});
