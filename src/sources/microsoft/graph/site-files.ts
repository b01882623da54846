import { type SiteAddress, siteAddress } from '#domain/microsoft/site-address.ts';
import { isObject } from '../../json-client.ts';
import type { GraphClient, GraphFile } from './client.ts';
import { GraphProblem } from './problem.ts';

/** Folder of a site's own document library, which Graph makes with the first file in it. */
export const SITE_FOLDER = 'Claude usage';

/**
 * Puts files into the document library of a site, each once: one that is there already was put by an earlier try whose
 * answer was lost, and stays as it is. Throws a {@link GraphProblem} for whatever keeps one out.
 */
export async function putIntoSite(
  graph: GraphClient,
  site: SiteAddress,
  application: string,
  files: readonly (GraphFile & { readonly name: string })[],
): Promise<void> {
  const { id } = await saying(site, () => graph.get(`/sites/${site.host}:${site.path}`));
  if (typeof id !== 'string') throw new GraphProblem('unreadable', { retry: true });
  for (const { name, ...file } of files) {
    const at = `/sites/${encodeURIComponent(id)}/drive/root:/${[SITE_FOLDER, name].map(encodeURIComponent).join('/')}`;
    try {
      await saying(site, () =>
        graph.put(`${at}:/content`, { '@microsoft.graph.conflictBehavior': 'fail' }, file),
      );
    } catch (error) {
      if (!(error instanceof GraphProblem) || error.status !== 409) throw error;
      const there = await saying(site, () => graph.get(at));
      if (makerOf(there) !== application.toLowerCase())
        throw new GraphProblem('refused', {
          status: 409,
          message: `A file “${name}” that Bylaw did not write is in the folder “${SITE_FOLDER}” of the site already. Move or rename it.`,
        });
    }
  }
}

/** The application that made a file; null: none did, or Graph does not say. */
function makerOf({ createdBy }: Readonly<Record<string, unknown>>): string | null {
  const application = isObject(createdBy) ? createdBy.application : null;
  return isObject(application) && typeof application.id === 'string' ? application.id.toLowerCase() : null;
}

/** A refusal says what is missing: the permission is in the token, so it is the site that did not grant it. */
async function saying<T>(site: SiteAddress, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof GraphProblem)) throw error;
    const { code, status, graphCode, requestId } = error;
    const where = siteAddress(site);
    const message =
      code === 'missing_permission'
        ? `The application may not write into ${where}. An administrator of SharePoint grants it the role write there.`
        : code === 'not_found'
          ? `Microsoft finds no site, or no document library, at ${where}. Check the address.`
          : null;
    throw message === null ? error : new GraphProblem(code, { status, graphCode, requestId, message });
  }
}
// Guide: G5.3-05
