import type { Needed } from './facts.ts';
import { keptWork } from './load.ts';
import { sumCounts, type Viewer, visibleCounts, type WorkCounts } from './view.ts';

/**
 * Number of pieces of work of one client that this person may see, by when they are due: the figure of the menu, of Home
 * and of Work. The caller must ensure that the verdicts are of today.
 */
export async function openWork(services: Needed, clientId: string, can: Viewer['can']): Promise<WorkCounts> {
  return sumCounts((await keptWork(services, [clientId])).map((work) => visibleCounts(work, can)));
}
