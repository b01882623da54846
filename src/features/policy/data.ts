import { effectiveCharter } from '#domain/charter/effective.ts';
import { DATA_CLASSES, type DataClass } from '#domain/model/catalogue.ts';
import { approvedConnectors } from '#domain/rules/connectors/chartered.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import { wholeCharter } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { todayHere } from './read.ts';
import { dataUnnamedWords } from './words.ts';

/**
 * Kinds of data that approved connectors can reach according to the catalogue, each with the names of the connectors.
 */
export type DataReached = ReadonlyMap<DataClass, readonly string[]>;

/** What Claude can reach through the connectors that the charter approves today. */
export async function dataReached(tx: Tx, context: HandlerContext): Promise<DataReached> {
  const current = await newestCharter(tx, context.client.id);
  const charter = current === null ? {} : effectiveCharter(wholeCharter(current), todayHere(context));
  const approved = approvedConnectors(charter, context.services.catalogue);
  return new Map(
    DATA_CLASSES.flatMap((kind) => {
      const by = approved.filter(({ place }) =>
        place.entries.some(({ dataClasses }) => dataClasses?.includes(kind) === true),
      );
      return by.length === 0 ? [] : [[kind, by.map(({ connector }) => connector.name)] as const];
    }),
  );
}

/** Kinds of data that connectors reach and a text does not mention, in words. */
export function dataUnnamed(
  named: readonly string[],
  reached: DataReached,
  { services }: Pick<HandlerContext, 'services'>,
): string[] {
  const words = services.catalogue.policyTemplate.data;
  return [...reached].flatMap(([kind, by]) =>
    named.includes(kind) ? [] : [dataUnnamedWords(words[kind] ?? kind, by)],
  );
}
// Guide: G8-02
