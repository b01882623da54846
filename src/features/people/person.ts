import type { z } from 'zod';
import type { HandlerContext } from '../context.ts';
import { readExceptions } from '../exceptions/index.ts';
import { notFound } from '../problems.ts';
import { decisionsAbout } from './decisions.ts';
import { controlsOf, keysOf, plain, readNow, withDecisions } from './list.ts';
import type { personDetail } from './schemas.ts';

/** Everything known about one person: both readings, decisions, other accounts, and exceptions that name them. */
export async function personOf(context: HandlerContext, id: string): Promise<z.input<typeof personDetail>> {
  const { reading, decisions } = await readNow(context);
  const row = reading.rows.find((one) => one.id === id);
  if (!row) throw notFound();
  const keys = new Set(keysOf(row));
  return {
    ...withDecisions(row, decisions),
    history: decisionsAbout(
      decisions.filter((one) => one.withdrawn !== null),
      [...keys],
    ),
    others: reading.rows.filter((one) => one !== row && keysOf(one).some((key) => keys.has(key))).map(plain),
    exceptions: context.can('exceptions.read') ? await exceptionsNaming(context, keys) : null,
    controls: controlsOf(context, reading).filter(({ control }) => control === row.state.control),
    today: reading.today,
  };
}

async function exceptionsNaming(context: HandlerContext, keys: ReadonlySet<string>) {
  const all = await readExceptions(context);
  return all
    .filter((one) => one.items?.some((item) => keys.has(item.key)) ?? false)
    .map((one) => ({
      id: one.id,
      control: one.control,
      title: one.title,
      reason: one.reason,
      owner: one.owner,
      from: one.from,
      until: one.until,
      inForce: one.counts,
      source: one.source,
    }));
}
