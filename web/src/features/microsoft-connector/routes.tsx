import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

/** `?draft=…` compares the granted scopes with an open draft of the charter instead of the version in force. */
export const microsoftConnectorRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/microsoft-365',
  validateSearch: searchParams({ draft: text }),
  component: lazyPage(() => import('./microsoft-connector-page.tsx'), 'MicrosoftConnectorPage'),
  staticData: { crumb: () => 'Microsoft 365' },
});
