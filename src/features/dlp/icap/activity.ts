import type { CheckAccount } from '#domain/dlp/decision.ts';
import type { CheckedOf } from '../checks/record.ts';
import type { Aimed } from './aim.ts';

/** Name of the guard in decisions on a proxy's requests. */
export const ICAP = 'icap';

interface Seen {
  readonly from: { readonly ip: string | null; readonly user: string | null };
  readonly aim: Aimed;
  readonly account: CheckAccount;
  readonly unread: number;
}

/** Sender of the request according to the proxy. */
export function checkedRequest({ from, aim, account, unread }: Seen): CheckedOf {
  const { user, ip } = from;
  return {
    surface: aim.isApi ? 'platform' : 'chat',
    actor: {
      type: user === null ? null : 'proxy_user',
      id: user === null || user.includes('@') ? null : user,
      email: user?.includes('@') === true ? user : null,
    },
    ip,
    organization: aim.organization,
    session: null,
    model: null,
    detail: { application: aim.host, unread, account },
  };
}
