import type { Services } from '../context.ts';
import type { WorkspaceRetention } from '../shared/retention-months.ts';
import { type Keeping, keepingOf, readRetained } from './model.ts';
import { planFor } from './plan.ts';
import { combineRemovals, shownRemoval } from './shown.ts';

type Working = Pick<Services, 'store' | 'verdicts' | 'clock'>;

/** What would be removed from a client now, and what is old enough but kept. */
export async function previewOf(services: Working, clientId: string, keeping: Keeping) {
  const { choice, client } = await planFor(services, clientId, keeping);
  const stays = (why: 'report' | 'named' | 'verdict' | 'together') => choice.stays.get(why) ?? 0;
  return {
    removal: shownRemoval(choice.removal, client.zone),
    stays: {
      report: stays('report'),
      named: stays('named'),
      verdict: stays('verdict'),
      together: stays('together'),
    },
  };
}

/**
 * What would be removed from all clients with this setting of the workspace. A client's own setting takes precedence.
 */
export async function previewOfAll(services: Working, all: WorkspaceRetention) {
  const ids = await services.store.read('system', (tx) =>
    tx.selectFrom('clients').select('id').orderBy('name').orderBy('id').execute(),
  );
  const clients = [];
  for (const { id } of ids) {
    const { settings, slug, name } = await services.store.read([id], (tx) => readRetained(tx, id));
    const { hold } = settings.retention;
    const { removal, stays } = await previewOf(services, id, keepingOf(settings.retention, all));
    clients.push({ client: slug, name, held: hold !== null, removal, stays });
  }
  const going = clients.filter(({ held }) => !held);
  return {
    ...combineRemovals(going.map(({ removal }) => removal)),
    clients: clients
      .filter(({ removal }) => removal.readings + removal.files + removal.reports > 0)
      .map(({ removal: { lines: _, ...counts }, stays: __, ...client }) => ({ ...client, ...counts })),
    stays: {
      report: add(going.map(({ stays }) => stays.report)),
      named: add(going.map(({ stays }) => stays.named)),
      verdict: add(going.map(({ stays }) => stays.verdict)),
      together: add(going.map(({ stays }) => stays.together)),
    },
  };
}

function add(list: readonly number[]): number {
  return list.reduce((sum, one) => sum + one, 0);
}
