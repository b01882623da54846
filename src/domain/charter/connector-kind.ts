import type { Catalogue, Connector } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import { matchConnector } from '../rules/connectors/match.ts';

export type ConnectorKind = 'directory' | 'custom';

/**
 * Kind of a connector from the charter and the catalogue; null: neither says. "custom" in the charter wins; "directory"
 * in the charter counts only if the catalogue does not know better.
 *
 * @param said Kind in each charter entry that approves the connector; undefined: not stated.
 */
export function connectorKind(
  entries: readonly Connector[],
  said: readonly (ConnectorKind | undefined)[],
): ConnectorKind | null {
  if (said.includes('custom')) return 'custom';
  if (entries.length === 0) return said.includes('directory') ? 'directory' : null;
  if (entries.some((entry) => entry.directory === 'confirmed')) return 'directory';
  if (entries.every((entry) => entry.directory === 'no')) return 'custom';
  // The directory listing is not confirmed, so the charter has to state it.
  return said.includes('directory') ? 'directory' : null;
}

type Chartered = Pick<NonNullable<Charter['connectors']>[number], 'kind' | 'url'>;

/** Kind stated in the charter; an address implies a custom server. undefined: not stated. */
export const statedKind = ({ kind, url }: Chartered): ConnectorKind | undefined =>
  kind ?? (url === undefined ? undefined : 'custom');

/** Whether the charter says that a connector is the association's own server. */
export const isOwnServer = (connector: Chartered) => statedKind(connector) === 'custom';

/** The charter with missing connector kinds filled in from the catalogue. */
export function withKinds(charter: Charter, catalogue: Pick<Catalogue, 'connectors'>): Charter {
  const { connectors } = charter;
  if (connectors === undefined) return charter;
  return {
    ...charter,
    connectors: connectors.map((one) => {
      const kind = connectorKind(matchConnector(one.name, catalogue).entries, [statedKind(one)]);
      return kind === null ? one : { ...one, kind };
    }),
  };
}
