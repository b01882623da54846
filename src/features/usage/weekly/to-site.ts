import { siteOf } from '#domain/microsoft/site-address.ts';
import { graphClient } from '#sources/microsoft/graph/client.ts';
import { CLOUDS } from '#sources/microsoft/graph/clouds.ts';
import { putIntoSite } from '#sources/microsoft/graph/site-files.ts';
import type { ClientRef, Services } from '../../context.ts';
import { askWriter } from '../../sources/index.ts';

/** The application that was consented to for writing the weekly file. */
export const WEEKLY_WRITER = { vendor: 'microsoft', kind: 'weekly' };

/** The files of a week, as they are handed over. */
export type Files = readonly {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}[];

/** Writes the files into the client's SharePoint site, each once. Throws the sentence that says what keeps them out. */
export async function toSite(
  services: Services,
  client: ClientRef,
  address: string | null,
  files: Files,
): Promise<void> {
  const site = address === null ? null : siteOf(address);
  if (site === null) throw new Error('No SharePoint site is named any longer.');
  const answer = await askWriter(
    { services, client, now: services.clock() },
    {
      writer: WEEKLY_WRITER,
      gone: 'The application that writes the weekly file is not connected, or lacks its permission. Connect it under Connections > Sources.',
      late: 'Microsoft did not answer in time. It is tried again.',
      open: ({ tenant = '', application = '', secret = '', cloud }, reach) => ({
        application,
        graph: graphClient(
          { cloud: CLOUDS.find((one) => one === cloud) ?? 'global', tenant, application, secret },
          reach,
        ),
      }),
      ask: async ({ application, graph }) => {
        const named = files.map(({ fileName: name, ...file }) => ({ name, ...file }));
        await putIntoSite(graph, site, application, named);
        return { is: 'done' as const };
      },
    },
  );
  if (answer.is !== 'done') throw new Error(answer.why);
}
// Guide: G5.3-05
