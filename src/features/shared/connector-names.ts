import type { Catalogue } from '#domain/model/catalogue.ts';
import { sentence } from '#domain/text/words.ts';

/**
 * A connector's display name: the catalogue's, otherwise as written by the source. For a connector that the catalogue
 * does not know, counts have its name in lower case, which is capitalized here.
 */
export function connectorNames(catalogue: Catalogue): (id: string, written: string | null) => string {
  const names = new Map(catalogue.connectors.map(({ id, name }) => [id, name]));
  return (id, written) => names.get(id) ?? written ?? sentence(id);
}
