import type { State } from '#domain/model/verdict.ts';
import type { Tx } from '../open.ts';

/** A client's use of the catalogue, as far as it is stored in separate tables. */
export interface StoredUse {
  readonly states: Readonly<Record<string, State>>;
  readonly comparisons: readonly {
    readonly name: string;
    readonly goal: string | null;
    readonly purchases: readonly string[];
  }[];
  readonly quoted: readonly string[];
  readonly baseline: { readonly shipped: string; readonly name: string } | null;
}

/** Use by client id. Names of baselines belong to the workspace, so the caller passes them as `baselines`. */
export async function storedUse(
  tx: Tx,
  clientIds: readonly string[],
  baselines: ReadonlyMap<string, { readonly shipped: string | null; readonly name: string }>,
): Promise<ReadonlyMap<string, StoredUse>> {
  if (clientIds.length === 0) return new Map();
  const verdicts = await tx
    .selectFrom('verdicts')
    .select(['client_id', 'control_id', 'state'])
    .where('client_id', 'in', clientIds)
    .where('until', 'is', null)
    .execute();
  const comparisons = await tx
    .selectFrom('comparisons')
    .select(['client_id', 'name', 'goal', 'sets'])
    .where('client_id', 'in', clientIds)
    .orderBy('name')
    .execute();
  const quotes = await tx
    .selectFrom('quotes')
    .select(['client_id', 'purchase'])
    .where('client_id', 'in', clientIds)
    .execute();
  const followed = await tx
    .selectFrom('client_baselines')
    .select(['client_id', 'baseline_id'])
    .where('client_id', 'in', clientIds)
    .execute();
  const byClient = <T extends { client_id: string }>(rows: readonly T[]) =>
    Map.groupBy(rows, ({ client_id }) => client_id);
  const [of, compared, quoted, following] = [
    byClient(verdicts),
    byClient(comparisons),
    byClient(quotes),
    byClient(followed),
  ] as const;
  return new Map(
    clientIds.map((id) => {
      const baseline = baselines.get(following.get(id)?.[0]?.baseline_id ?? '');
      return [
        id,
        {
          states: Object.fromEntries(
            (of.get(id) ?? []).map(({ control_id, state }) => [control_id, state as State]),
          ),
          comparisons: (compared.get(id) ?? []).map(({ name, goal, sets }) => ({
            name,
            goal,
            purchases: sets.flat(),
          })),
          quoted: (quoted.get(id) ?? []).map(({ purchase }) => purchase),
          baseline:
            baseline === undefined || baseline.shipped === null
              ? null
              : { shipped: baseline.shipped, name: baseline.name },
        },
      ];
    }),
  );
}
