import type { Catalogue } from '#domain/model/catalogue.ts';

/** A connector's name: the catalogue's, else as the source wrote it. */
export function connectorNames(catalogue: Catalogue): (id: string, written: string | null) => string {
  const names = new Map(catalogue.connectors.map(({ id, name }) => [id, name]));
  return (id, written) => names.get(id) ?? written ?? id;
}
