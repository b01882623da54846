import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  allComparisons,
  type ComparisonRow,
  changeComparison as changeRow,
  deleteComparison,
  findComparison,
  insertComparison,
} from '#store/planner/comparisons.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { todayOf } from './read.ts';
import type { comparisonSchema } from './schemas.ts';
import { parseSets, setsText } from './sets.ts';

type Shown = z.infer<typeof comparisonSchema>;

export interface GivenComparison {
  readonly name: string;
  readonly sets: string;
  readonly goal?: string | null | undefined;
}

/** Maximum comparisons of a client; beyond it, older ones have to be removed first. */
const MAX_COMPARISONS = 100;

function shown(row: ComparisonRow): Shown {
  return {
    id: row.id,
    name: row.name,
    goal: row.goal,
    sets: setsText(row.sets),
    createdBy: row.created_by_name,
    changedBy: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
    version: row.version,
  };
}

export async function listComparisons(context: HandlerContext) {
  const rows = await context.read((tx) => allComparisons(tx, context.client.id));
  return { items: rows.map(shown), total: rows.length };
}

/** Validates a comparison for storing. A new one may only name current offers; an existing one keeps what it named. */
async function checked(
  context: HandlerContext,
  { name, sets: text, goal }: GivenComparison,
  kept: ComparisonRow | null,
) {
  const sets = parseSets(text);
  if (typeof sets === 'string') throw badRequest(sets);
  if (sets.length === 0) throw badRequest('Choose at least one set of purchases.');
  const { offers, goals } = await todayOf(context);
  const known = new Set([...offers.map(({ id }) => id), ...(kept?.sets.flat() ?? [])]);
  const strange = sets.flat().find((id) => !known.has(id));
  if (strange !== undefined)
    throw unprocessable(
      `The catalogue sells nothing called “${strange}”. “planner show” lists what there is.`,
    );
  const wanted = goal ?? null;
  if (wanted !== null && !goals.some((one) => one.goal === wanted))
    throw unprocessable(`The catalogue has no goal “${wanted}”. “planner show” lists the goals.`);
  return { name, goal: wanted, sets: sets.map((set) => [...set]) };
}

export async function saveComparison(context: HandlerContext, given: GivenComparison): Promise<Shown> {
  const { client, actor, now } = context;
  const values = await checked(context, given, null);
  const id = randomUUID();
  const row = await context.change(async (tx, recorder) => {
    if ((await allComparisons(tx, client.id)).length >= MAX_COMPARISONS)
      throw unprocessable(
        `There are ${MAX_COMPARISONS} saved comparisons. Remove one that is no longer needed first.`,
      );
    const by = { changed_by: actor.userId, changed_by_name: actor.name, changed_at: now };
    await insertComparison(tx, {
      id,
      client_id: client.id,
      name: values.name,
      goal: values.goal,
      sets: JSON.stringify(values.sets),
      created_by: actor.userId,
      created_by_name: actor.name,
      created_at: now,
      ...by,
    });
    await recorder.record({
      subject: { kind: 'comparison', id, name: values.name },
      before: null,
      after: values,
    });
    return findComparison(tx, client.id, id);
  });
  if (row === undefined) throw notFound();
  publish(context);
  return shown(row);
}

export async function changeComparison(
  context: HandlerContext,
  given: GivenComparison & { readonly comparison: string; readonly version: number },
): Promise<Shown> {
  const { client, actor, now } = context;
  const stored = await context.read((tx) => findComparison(tx, client.id, given.comparison));
  if (stored === undefined) throw notFound();
  const values = await checked(context, given, stored);
  const row = await context.change(async (tx, recorder) => {
    const before = await findComparison(tx, client.id, given.comparison);
    if (before === undefined) throw notFound();
    const after = await changeRow(tx, client.id, before.id, given.version, {
      name: values.name,
      goal: values.goal,
      sets: JSON.stringify(values.sets),
      changed_by: actor.userId,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (after === null)
      throw conflict(
        `${before.changed_by_name} changed this comparison meanwhile. Open it again to see theirs, or save yours as a new one.`,
        { by: before.changed_by_name, at: before.changed_at, version: before.version },
      );
    await recorder.record({
      subject: { kind: 'comparison', id: before.id, name: values.name },
      before: { name: before.name, goal: before.goal, sets: before.sets },
      after: values,
    });
    return after;
  });
  publish(context);
  return shown(row);
}

export async function removeComparison(context: HandlerContext, id: string) {
  const { client } = context;
  await context.change(async (tx, recorder) => {
    const before = await findComparison(tx, client.id, id);
    if (before === undefined) throw notFound();
    await deleteComparison(tx, client.id, id);
    await recorder.record({
      subject: { kind: 'comparison', id, name: before.name },
      before: { name: before.name, goal: before.goal, sets: before.sets },
      after: null,
    });
  });
  publish(context);
  return { removed: true };
}

function publish({ services, client }: HandlerContext): void {
  services.events.publish({ client: client.id, topic: 'client', id: null });
}
