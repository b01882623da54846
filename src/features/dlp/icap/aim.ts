import type { HttpHead } from '#guards/icap/messages.ts';

/** Destination of a request according to its head. */
export interface Aimed {
  readonly host: string;
  /** It goes to the API rather than to Claude's pages. */
  readonly isApi: boolean;
  /** The organization in its path; null: none. */
  readonly organization: string | null;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/**
 * Format of the API paths of Claude's pages. It is undocumented, so paths of any other format have no known
 * organization.
 */
const ORGANIZATION = new RegExp(`/organizations/(${UUID})(?:[/?#]|$)`, 'iu');

/**
 * The destination of a request; null: not Claude. If URL and `Host` header differ, the request goes to Claude if
 * either is one of Claude's hosts.
 */
export function aimOf({ target, headers }: HttpHead, hosts: readonly string[]): Aimed | null {
  const [, inTarget = ''] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/?#:]+)/iu.exec(target) ?? [];
  const inHeader = (headers.get('host') ?? '').replace(/:\d+$/u, '');
  const host = [inTarget, inHeader]
    .map((one) => one.toLowerCase().replace(/\.$/u, ''))
    .find((one) => hosts.some((claude) => one === claude || one.endsWith(`.${claude}`)));
  if (host === undefined) return null;
  return {
    host,
    isApi: host.startsWith('api.'),
    organization: ORGANIZATION.exec(target)?.[1]?.toLowerCase() ?? null,
  };
}
