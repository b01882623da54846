import type { CheckAccount } from '#domain/dlp/decision.ts';
import type { CheckedOf } from '../checks/record.ts';
import type { Aimed } from './aim.ts';

/** What decisions on requests of a proxy are marked with. */
export const ICAP = 'icap';

interface Seen {
  readonly from: { readonly ip: string | null; readonly user: string | null };
  readonly aim: Aimed;
  readonly account: CheckAccount;
  readonly unread: number;
}

/** Whose request it was, as far as the proxy says. */
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
