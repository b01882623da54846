import { collectEntries } from '#sources/microsoft/graph/client.ts';
import type { HandlerContext } from '../context.ts';
import { unprocessable } from '../problems.ts';
import { askGraph } from './ask-graph.ts';

/** The application with consent for reading. */
const READER = { vendor: 'microsoft', kind: 'reading' };

/** Looks up Claude in Microsoft's application gallery, as the client's tenant sees it now. */
export async function lookUpGallery({ services, client, now }: HandlerContext) {
  const found = await askGraph(
    { services, client: { id: client.id, timezone: client.timezone }, now },
    READER,
    async (graph) =>
      (
        await collectEntries(
          graph.list('/applicationTemplates', { $filter: "contains(displayName,'claude')" }),
        )
      ).map((one) => ({
        id: String(one.id),
        name: String(one.displayName ?? ''),
        publisher: typeof one.publisher === 'string' ? one.publisher : null,
      })),
  );
  if (!Array.isArray(found))
    throw unprocessable(
      found.is === 'refused'
        ? 'The gallery is asked by the application that reads the tenant. Connect it under Connections > Sources, with all of its permissions.'
        : found.why,
    );
  return { at: now.toISOString(), listed: found.length > 0, templates: found };
}
// Guide: G6.1-03
