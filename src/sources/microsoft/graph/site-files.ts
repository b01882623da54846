import { type SiteAddress, siteAddress } from '#domain/microsoft/site-address.ts';
import { isObject } from '../../json-client.ts';
import type { GraphClient, GraphFile } from './client.ts';
import { GraphProblem } from './problem.ts';

/** Folder in a site's default document library. Graph creates it with the first file. */
export const SITE_FOLDER = 'Claude usage';

/**
 * Uploads files to a site's document library, each once. An existing file is from an earlier attempt whose response was
 * lost, and is left unchanged. Throws a {@link GraphProblem} if any upload fails.
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

/** The application that created a file; null: none, or not stated. */
function makerOf({ createdBy }: Readonly<Record<string, unknown>>): string | null {
  const application = isObject(createdBy) ? createdBy.application : null;
  return isObject(application) && typeof application.id === 'string' ? application.id.toLowerCase() : null;
}

/** Explains a refusal: the token has the permission, so the site has not granted it. */
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
