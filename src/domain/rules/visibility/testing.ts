import { reading } from '../../testing/build.ts';

/** Events of the activity feed for tests of the rules in this folder. */

export const event = (type: string, at: string, detail: Record<string, unknown> = {}, more: object = {}) => ({
  type,
  at,
  detail,
  ...more,
});

/** A feed that covers the year up to the day before the test's. */
export const feed = (...rows: object[]) => ({
  activities: [reading('activities', rows, { covers: { from: '2026-01-01', to: '2026-11-24' } })],
});

/** A connector of the catalogue that reads and writes. */
export const ASANA = {
  id: 'asana',
  name: 'Asana',
  aliases: [],
  category: 'project' as const,
  holdsMemberData: false,
  sensitivity: 'low' as const,
  directory: 'confirmed' as const,
  dataClasses: null,
  verifiedDomain: null,
  managedAuth: null,
  limits: null,
  guideRows: [],
  sources: [],
  actions: [
    { id: 'get_task', title: 'Read task', aliases: [], effect: 'read' as const, baseline: null },
    { id: 'create_task', title: 'Create task', aliases: [], effect: 'write' as const, baseline: null },
  ],
};
