import { createRoute } from '@tanstack/react-router';
import { REPORT_STATES } from '../../../../src/domain/staff/words.ts';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/**
 * `?open=yes` opens the form for a new incident, which starts from an alert (`&alert=…`), a drift (`&drift=…`), a
 * personal account (`&account=…`), a permission in Entra (`&grant=…&person=…`) or a type (`&type=…`).
 */
export const incidentsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/incidents',
  validateSearch: searchParams({
    tab: oneOf(['open', 'closed', 'drills', 'types']),
    open: oneOf(['yes']),
    alert: text,
    drift: text,
    account: text,
    grant: text,
    person: text,
    type: text,
    sort: text,
  }),
  component: lazyPage(() => import('./incidents-page.tsx'), 'IncidentsPage'),
});

/** What staff reported on the staff page. */
export const staffReportsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/incidents/reports',
  validateSearch: searchParams({ state: oneOf(REPORT_STATES), panel: text, sort: text }),
  component: lazyPage(() => import('./reports-page.tsx'), 'StaffReportsPage'),
});

/** `?open=close` opens the form for closing the incident. */
export const incidentRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/incidents/$incident',
  validateSearch: searchParams({ open: oneOf(['close', 'edit', 'note', 'reopen', 'report']), step: text }),
  component: lazyPage(() => import('./incident-page.tsx'), 'IncidentPage'),
  staticData: { crumb: () => 'Incident' },
});
