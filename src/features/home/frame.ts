import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#store/open.ts';
import { decisionOf } from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';
import type { homeContract } from './contract.ts';
import { openImports, waitingExceptions } from './running.ts';

type Frame = z.infer<NonNullable<(typeof homeContract.frame)['~orpc']['outputSchema']>>;

/** How old the data is, and the numbers beside the menu. Each number is the length of the list that its page opens with. */
export async function showFrame(context: HandlerContext): Promise<Frame> {
  const { services, client, can } = context;
  await services.verdicts.ensureCurrent([client.id]);
  return context.read(async (tx) => {
    const newest = await tx
      .selectFrom('observations')
      .select(sql<Date | null>`max(stored_at)`.as('at'))
      .where('client_id', '=', client.id)
      .executeTakeFirst();
    return {
      asOf: newest?.at?.toISOString() ?? null,
      counts: {
        ...(can('controls.read') ? { controls: await controlsOpen(tx, client.id) } : {}),
        ...(can('exceptions.read')
          ? { exceptions: { open: (await waitingExceptions(tx, client.id)).length, late: false } }
          : {}),
        ...(can('imports.read')
          ? { imports: { open: (await openImports(tx, client.id)).length, late: false } }
          : {}),
      },
    };
  });
}

async function controlsOpen(tx: Tx, clientId: string) {
  const { day } = await decisionOf(tx, clientId);
  const rows = await tx
    .selectFrom('verdicts')
    .select(['state', 'due'])
    .where('client_id', '=', clientId)
    .where('until', 'is', null)
    .where('state', 'in', ['fail', 'cannot_read', 'pending'])
    .execute();
  return {
    open: rows.filter(({ state }) => state !== 'pending').length,
    late: rows.some(({ due }) => due !== null && day !== null && due < day),
  };
}
