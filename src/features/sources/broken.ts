import { connectionsOf } from '#store/sources/connections.ts';
import { streamsOf } from '#store/sources/streams.ts';
import type { HandlerContext } from '../context.ts';
import { type SourceFinding, sourceFindings } from './findings.ts';

/** Problems with a client's sources, for its home page. */
export async function brokenSources({
  client,
  now,
  read,
  services,
}: Pick<HandlerContext, 'client' | 'now' | 'read' | 'services'>): Promise<readonly SourceFinding[]> {
  return read(async (tx) =>
    sourceFindings(await connectionsOf(tx, client.id), await streamsOf(tx, client.id), {
      vendorSources: services.catalogue.vendorSources,
      now,
    }),
  );
}
