import type { Catalogue } from '#domain/model/catalogue.ts';
import { sentence } from '#domain/text/words.ts';

/**
 * A connector's name: the catalogue's, else as the source wrote it. Counts keep neither: of a connector that the catalogue
 * does not know they have the name in lower case, which begins with a capital here.
 */
export function connectorNames(catalogue: Catalogue): (id: string, written: string | null) => string {
  const names = new Map(catalogue.connectors.map(({ id, name }) => [id, name]));
  return (id, written) => names.get(id) ?? written ?? sentence(id);
}
