import { type GraphAsked, type GraphReply, graphError } from './graph.ts';

/** A SharePoint site, the applications that have write access to it, and the files of its library. */
export interface Site {
  readonly id: string;
  readonly host: string;
  readonly path: string;
  readonly granted: string[];
  readonly files: Map<string, { readonly bytes: Buffer; readonly by: string | null }>;
}

/** The site of the Alder Society to which the weekly file is written. */
export function alderSite(): Site {
  return {
    id: 'alder.sharepoint.com,a1de0000-0000-4000-8000-00000000a001,a1de0000-0000-4000-8000-00000000a002',
    host: 'alder.sharepoint.com',
    path: '/sites/it',
    granted: [],
    files: new Map(),
  };
}

/** Response of a site to an application; null if the path is not of a site. */
export function siteAnswer(site: Site, asked: GraphAsked, application: string | null): GraphReply | null {
  if (!asked.path.startsWith('/sites/')) return null;
  const [, host, address] = /^\/sites\/([^/:]+):(\/.+)$/.exec(asked.path) ?? [];
  const [, id, name, content] = /^\/sites\/([^/]+)\/drive\/root:\/(.+?)(:\/content)?$/.exec(asked.path) ?? [];
  const known = host === undefined ? id === site.id : host === site.host && address === site.path;
  if (!known) return graphError(404, 'itemNotFound', 'Requested site could not be found');
  if (application === null || !site.granted.includes(application))
    return graphError(403, 'accessDenied', 'Access denied');
  if (host !== undefined)
    return { status: 200, body: { '@odata.context': `${METADATA}sites/$entity`, id: site.id } };
  if (name === undefined) return graphError(400, 'invalidRequest', 'Invalid request');
  const there = site.files.get(name);
  if (content === undefined)
    return there === undefined
      ? graphError(404, 'itemNotFound', 'The resource could not be found.')
      : { status: 200, body: itemOf(name, there) };
  if (there !== undefined && asked.query.get('@microsoft.graph.conflictBehavior') === 'fail')
    return graphError(409, 'nameAlreadyExists', 'The specified item name already exists.');
  const file = { bytes: asked.body as Buffer, by: application };
  site.files.set(name, file);
  return { status: there === undefined ? 201 : 200, body: itemOf(name, file) };
}

const METADATA = 'https://graph.microsoft.com/v1.0/$metadata#';

function itemOf(name: string, { bytes, by }: { readonly bytes: Buffer; readonly by: string | null }) {
  return {
    '@odata.context': `${METADATA}driveItem`,
    id: `item-${name}`,
    name: name.split('/').at(-1),
    size: bytes.length,
    file: {},
    createdBy:
      by === null
        ? { user: { displayName: 'Ida Inhouse' } }
        : { application: { id: by, displayName: 'Bylaw' } },
  };
}
