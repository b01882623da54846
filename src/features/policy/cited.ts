import type { z } from 'zod';
import { clauseNumber } from '#domain/policy/content.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import { cached } from '#store/cache.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';
import type { citedClause } from './schemas.ts';
import { readStaffPolicy } from './staff.ts';

/**
 * The clauses that a control refers to, as worded in the policy in force. Those of all controls of a client are read
 * together and cached.
 */
export async function clausesOfControl(
  context: HandlerContext,
  control: string,
): Promise<z.infer<typeof citedClause>[]> {
  const { services, client, now, scope } = context;
  const { clauses } = services.catalogue;
  const wanted = new Set(clauses.filter(({ controls }) => controls.includes(control)).map(({ id }) => id));
  if (wanted.size === 0) return [];
  const key = `cited clauses ${present(now, client.timezone).today}`;
  const all = await cached(services.store, scope, { key, weight: 0.1 }, () =>
    context.read((tx) => cited(tx, context, clauses)),
  );
  return all.filter(({ id }) => wanted.has(id));
}

/** Clauses by id, as worded in the policy in force; ids that the catalogue does not have are omitted. */
export async function clausesCalled(
  tx: Tx,
  context: HandlerContext,
  ids: readonly string[],
): Promise<z.infer<typeof citedClause>[]> {
  return cited(
    tx,
    context,
    context.services.catalogue.clauses.filter(({ id }) => ids.includes(id)),
  );
}

/** A clause by id, as worded in the policy in force; null: the catalogue has no such clause. */
export async function clauseCalled(
  tx: Tx,
  context: HandlerContext,
  id: string,
): Promise<z.infer<typeof citedClause> | null> {
  const clauses = context.services.catalogue.clauses.filter((clause) => clause.id === id);
  return (await cited(tx, context, clauses))[0] ?? null;
}

async function cited(
  tx: Tx,
  { client, now }: HandlerContext,
  clauses: readonly { readonly id: string; readonly title: string }[],
): Promise<z.infer<typeof citedClause>[]> {
  if (clauses.length === 0) return [];
  const { version } = await readStaffPolicy(tx, client.id, now);
  return clauses.map(({ id, title }) => ({
    id,
    title,
    number: version === null ? null : clauseNumber(version.content, id),
    version: version === null ? null : versionLabel(version),
  }));
}
// Guide: G8-07 G8-10 G8-12
