import type { Catalogue, Connector } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import { matchConnector } from '../rules/connectors/match.ts';

export type ConnectorKind = 'directory' | 'custom';

/**
 * What a connector is by what the charter says of it and what the catalogue knows under its name; null: neither tells.
 * The charter's word for custom counts; its word for directory only where the catalogue does not know better.
 *
 * @param said what each entry of the charter that approves it says; undefined: one says nothing
 */
export function connectorKind(
  entries: readonly Connector[],
  said: readonly (ConnectorKind | undefined)[],
): ConnectorKind | null {
  if (said.includes('custom')) return 'custom';
  if (entries.length === 0) return said.includes('directory') ? 'directory' : null;
  if (entries.some((entry) => entry.directory === 'confirmed')) return 'directory';
  if (entries.every((entry) => entry.directory === 'no')) return 'custom';
  // Nobody confirmed that it is in the directory, so that somebody has to say it.
  return said.includes('directory') ? 'directory' : null;
}

type Chartered = Pick<NonNullable<Charter['connectors']>[number], 'kind' | 'url'>;

/** What the charter says a connector is: only a custom one has an address in it. undefined: nothing. */
export const saidKind = ({ kind, url }: Chartered): ConnectorKind | undefined =>
  kind ?? (url === undefined ? undefined : 'custom');

/** Whether a connector is a server of the association's own, by the charter. */
export const isOwnServer = (connector: Chartered) => saidKind(connector) === 'custom';

/** The charter with the kind of each connector that the catalogue tells where the charter leaves it out. */
export function withKinds(charter: Charter, catalogue: Pick<Catalogue, 'connectors'>): Charter {
  const { connectors } = charter;
  if (connectors === undefined) return charter;
  return {
    ...charter,
    connectors: connectors.map((one) => {
      const kind = connectorKind(matchConnector(one.name, catalogue).entries, [saidKind(one)]);
      return kind === null ? one : { ...one, kind };
    }),
  };
}
