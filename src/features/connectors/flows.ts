import type { z } from 'zod';
import { summaryOf } from '#domain/connectors/summary.ts';
import { matchConnector } from '#domain/rules/connectors/match.ts';
import type { HandlerContext } from '../context.ts';
import { connectorFlows } from '../usage/index.ts';
import type { flowsSchema } from './flows-schema.ts';
import { readMatrix, shownCharter } from './show.ts';

type Flows = z.infer<typeof flowsSchema>;
type System = Flows['systems'][number];

/** Systems that Claude reached or is configured to reach: the data that went there, compared with the charter. */
export async function showFlows(context: HandlerContext): Promise<Flows> {
  const { catalogue } = context.services;
  const shown = await context.read((tx) => shownCharter(tx, context, undefined));
  const matrix = await readMatrix(context, shown);
  const mayActivity = context.can('activity.read');
  const seen = mayActivity ? await connectorFlows(context) : null;
  const keyOf = (id: string) => matchConnector(id, catalogue).entries[0]?.id ?? id.toLowerCase();
  const called = new Map(seen?.connectors.map((line) => [keyOf(line.id), line]));
  const names = new Map([
    ...(seen?.connectors ?? []).map(({ id, name }) => [keyOf(id), name] as const),
    ...matrix.connectors.map(({ entry, id, name }) => [entry ?? keyOf(id), name] as const),
  ]);
  const ofMatrix = matrix.connectors.flatMap((connector): System[] => {
    const rows = matrix.rows.filter((row) => row.connector === connector.id);
    const line = called.get(connector.entry ?? keyOf(connector.id)) ?? null;
    const open = rows.some(({ observed }) => observed?.state === 'allow' || observed?.state === 'ask');
    if (line === null && connector.charter === null && !open) return [];
    if (line !== null) called.delete(keyOf(line.id));
    return [
      {
        id: connector.id,
        name: connector.name,
        approved: shown.value === null ? null : connector.charter !== null,
        enabled: connector.enabled,
        wider: summaryOf(rows).wider,
        calls: line === null ? null : callsOf(line),
      },
    ];
  });
  const others = [...called.values()].map(
    (line): System => ({
      id: line.id,
      name: line.name,
      approved: line.inCharter,
      enabled: null,
      wider: 0,
      calls: callsOf(line),
    }),
  );
  return {
    period: seen === null ? null : { from: seen.from, to: seen.to },
    activity: mayActivity,
    people: seen?.people ?? null,
    departments:
      seen?.departments?.map(({ systems, ...one }) => ({
        ...one,
        systems: systems.map(({ id, people }) => ({ name: names.get(keyOf(id)) ?? id, people })),
      })) ?? null,
    systems: [...ofMatrix, ...others].sort(
      (a, b) => total(b.calls) - total(a.calls) || a.name.localeCompare(b.name, 'en'),
    ),
    observedOn: matrix.observed.on,
  };
}

function callsOf({ effects, failed, refused, people }: NonNullable<Seen>): NonNullable<System['calls']> {
  return { ...effects, failed, refused, people };
}
type Seen = NonNullable<Awaited<ReturnType<typeof connectorFlows>>>['connectors'][number] | null;

function total(calls: System['calls']): number {
  return calls === null ? -1 : calls.read + calls.write + calls.admin + calls.unknown;
}
// Guide: G2.2-18 G5.1-03
