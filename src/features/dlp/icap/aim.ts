import type { HttpHead } from '#guards/icap/messages.ts';

/** Where a request goes, as far as its head says. */
export interface Aimed {
  readonly host: string;
  /** It goes to the API and not to the pages of Claude. */
  readonly isApi: boolean;
  /** The organization that its path names; null: it names none. */
  readonly organization: string | null;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** As the pages of Claude call their server. Nobody documents it, so that a path of another form names no organization. */
const ORGANIZATION = new RegExp(`/organizations/(${UUID})(?:[/?#]|$)`, 'iu');

/**
 * Where a request goes; null: not to Claude. A request whose address and header name two hosts goes to Claude as soon
 * as one of them is Claude's.
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
