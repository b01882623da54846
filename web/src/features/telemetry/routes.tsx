import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';

/** How telemetry is received, and what arrived. */
export const telemetryRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connections/telemetry',
  component: lazyPage(() => import('./telemetry-page.tsx'), 'TelemetryPage'),
  staticData: { crumb: () => 'Telemetry' },
});
