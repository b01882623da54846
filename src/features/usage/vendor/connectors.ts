import type { z } from 'zod';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Rows } from '#domain/model/kinds.ts';
import { type ConnectorMatch, matchConnector } from '#domain/rules/connectors/match.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import type { People } from '../../people/index.ts';
import { callsOf } from '../sums.ts';
import type { VendorDays } from './days.ts';
import type { vendorSchema } from './schemas.ts';
import { differenceOf, statedOf } from './stated.ts';

type Line = z.input<typeof vendorSchema>['connectors'][number];
type Row = Rows['analytics_connectors'];

interface ViewContext {
  readonly people: People;
  readonly catalogue: Catalogue;
  /** Whether any source of the log reports calls in that time. */
  readonly logReports: boolean;
}

/** Calls by connector as the vendor counts them, who made them, and what the log has under the same name. */
export function vendorConnectors(
  reported: VendorDays,
  calls: readonly OnceCounted[],
  { people, catalogue, logReports }: ViewContext,
  days: readonly string[],
): Line[] {
  const own = days.filter((day) => reported.connectors.has(day));
  const rows = own.flatMap((day) => reported.connectors.get(day) ?? []);
  const known = new Set(own);
  const logged = calls.filter(({ start, connector }) => connector !== null && known.has(start ?? ''));
  const placeOf = (name: string) => matchConnector(name, catalogue);
  // Lines of connectors name people by the vendor's id; its lines of people say whose that is.
  const addresses = new Map(
    [...reported.users.values()]
      .flat()
      .flatMap(({ userId, email }) => (userId == null || email === null ? [] : [[userId, email] as const])),
  );
  const person = (id: string | null) => (id === null ? null : people.of(addresses.get(id) ?? id));
  return [...Map.groupBy(rows, ({ connector }) => placeOf(connector).key).values()]
    .flatMap((lines): Line[] => {
      const [one] = lines;
      if (one === undefined) return [];
      const place = placeOf(one.connector);
      const { calls, effects } = callsOf(
        logged.filter(({ connector }) => isIn(placeOf(connector ?? ''), place)),
      );
      const split = splitOf(lines);
      return [
        {
          key: place.key,
          name: one.connector,
          ...split,
          reported: own.length,
          log: logReports
            ? { calls, read: effects.read, write: effects.write + effects.admin, unknown: effects.unknown }
            : null,
          difference: differenceOf(split.calls, logReports ? calls : null),
          people: [...Map.groupBy(lines, ({ user }) => person(user)?.key ?? null)]
            .map(([key, mine]) => ({
              key,
              name: person(mine[0]?.user ?? null)?.name ?? 'Not reported',
              ...splitOf(mine),
            }))
            .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
        },
      ];
    })
    .toSorted((a, b) => (b.calls?.sum ?? -1) - (a.calls?.sum ?? -1) || a.name.localeCompare(b.name, 'en'));
}

/** Calls of lines. The vendor gives all three counts or, where it does not say them apart, none of them. */
function splitOf(rows: readonly Row[]): Pick<Line, 'calls' | 'read' | 'write' | 'unclassified'> {
  return {
    calls: statedOf(
      rows.map(({ reads, writes, unclassified }) =>
        reads === null || writes === null || unclassified === null ? null : reads + writes + unclassified,
      ),
    ),
    read: statedOf(rows.map(({ reads }) => reads)),
    write: statedOf(rows.map(({ writes }) => writes)),
    unclassified: statedOf(rows.map(({ unclassified }) => unclassified)),
  };
}

/** Whether a connector of the log is one that the vendor's name covers: it counts Microsoft 365 as one connector. */
function isIn(log: ConnectorMatch, vendor: ConnectorMatch): boolean {
  if (log.key === vendor.key) return true;
  const ids = new Set(vendor.entries.map(({ id }) => id));
  return log.entries.length > 0 && log.entries.every(({ id }) => ids.has(id));
}
// Guide: G5.1-03 G5.1-08
