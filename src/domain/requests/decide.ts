import { baselineFor } from '../connectors/baseline.ts';
import type { Connector } from '../model/catalogue.ts';
import type { Writes } from './words.ts';

/** What a connector would open up. null: unknown, which is treated as yes. */
export interface Reach {
  readonly memberData: boolean | null;
  readonly writes: boolean | null;
  readonly ams: boolean;
}

/** From the catalogue entry, if there is one, and the requester's statements. */
export function reachOf(
  entry: Pick<Connector, 'holdsMemberData' | 'dataClasses' | 'category' | 'sensitivity' | 'actions'> | null,
  asked: { readonly data: readonly string[]; readonly writes: Writes },
): Reach {
  const memberData =
    entry?.holdsMemberData === true ||
    entry?.dataClasses?.includes('member_pii') === true ||
    asked.data.includes('member_pii')
      ? true
      : asked.data.includes('not_known') || entry?.dataClasses === null
        ? null
        : false;
  const ams = entry === null ? memberData !== false : entry.category === 'ams';
  const opened =
    entry?.actions.some(
      (action) =>
        action.tool !== false &&
        action.effect !== 'read' &&
        baselineFor({ effect: action.effect, action, ams, sensitivity: entry.sensitivity }).permission !==
          'blocked',
    ) === true;
  const writes = opened || asked.writes === 'yes' ? true : asked.writes === 'not_known' ? null : false;
  return { memberData, writes, ams };
}

/** Number of approvals needed, and why more than one. */
export function approversFor({ memberData, writes, ams }: Reach): {
  readonly needed: 1 | 2;
  readonly why: string | null;
} {
  if (writes === false) return { needed: 1, why: null };
  const changes =
    writes === null ? 'it is not known whether Claude would change anything' : 'Claude could change it';
  if (ams)
    return {
      needed: 2,
      why: `Two people approve: a membership system should be read-only, and ${changes}.`,
    };
  if (memberData === false) return { needed: 1, why: null };
  const holds = memberData === null ? 'It may hold data about members' : 'It holds data about members';
  return { needed: 2, why: `Two people approve: ${holds.toLowerCase()}, and ${changes}.` };
}

/** Whether a person may decide on a request. No one decides on their own request or approves twice. */
export function mayDecideRequest(
  request: { readonly askedBy: string; readonly approvedBy: readonly string[] },
  userId: string,
): { readonly ok: true } | { readonly ok: false; readonly why: string } {
  if (request.askedBy === userId)
    return { ok: false, why: 'You asked for this connector, so someone else decides.' };
  if (request.approvedBy.includes(userId))
    return { ok: false, why: 'You have approved it already. It waits for a second person.' };
  return { ok: true };
}
