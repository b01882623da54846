import { remembered } from '#store/remember.ts';
import { todayOf } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';

/** What the tenant holds for Claude, as it was last read. */
export async function showMicrosoftTenant(context: HandlerContext) {
  const { services, client } = context;
  const key = `microsoft tenant ${todayOf(context)}`;
  const found = await remembered(services.store, [client.id], { key, weight: 2 }, async () => {
    const run = await services.verdicts.run(client.id, 'microsoftTenant', undefined);
    return run?.result ?? null;
  });
  if (found === null) throw notFound();
  return found;
}
