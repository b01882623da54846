import { randomBytes } from 'node:crypto';
import { type CheckAccount, decideCheck } from '#domain/dlp/decision.ts';
import type { AskedRequest, Judgment } from '#guards/icap/guard.ts';
import type { HttpHead } from '#guards/icap/messages.ts';
import type { IcapRefusal } from '#guards/icap/problem.ts';
import type { Services } from '../../context.ts';
import { recordAllowed } from '../checks/allowed.ts';
import {
  alarmingGroups,
  alarmingRules,
  type CheckRecord,
  referenceFrom,
  writeChecks,
} from '../checks/record.ts';
import { recordCheckRefusal } from '../checks/refusals.ts';
import { laneOf } from '../scanning/lane.ts';
import { scanContent } from '../scanning/scanner.ts';
import { checkedRequest, ICAP } from './activity.ts';
import { type Aimed, aimOf } from './aim.ts';
import { blockAnswer } from './block.ts';
import type { OpenService } from './door.ts';

/** Share of the available time for scanning a short request. */
const SCAN_SHARE = 0.7;
/** Additional milliseconds per megabyte, and for archives and files. */
const MS_A_MEGABYTE = 60;
const LARGE_MS = 1_000;
/** How long a person whose request is blocked waits for the decision to be stored. */
const WRITE_TIMEOUT_MS = 2_000;

/** Counts a request that was answered with an error, or passed because it is not for Claude. */
export const recordIcapRefusal = (services: Services, clientId: string, why: IcapRefusal | 'other_host') =>
  recordCheckRefusal(services, clientId, ICAP, why);

/** Destination of a request to scan; null: it is not for Claude, or contains nothing that a person entered. */
export function lookedAt(services: Services, head: HttpHead, hasBody: boolean): Aimed | null {
  if (head.method === 'CONNECT' || (!hasBody && !head.target.includes('?'))) return null;
  return aimOf(head, services.catalogue.network.restriction.hosts);
}

/**
 * Decides on a request and records the decision; a block is recorded before the response. No text leaves the reading
 * thread.
 */
export async function judgeRequest(
  services: Services,
  service: OpenService,
  request: AskedRequest,
): Promise<Judgment> {
  const began = performance.now();
  const { head, body, isWhole } = request;
  const aim = lookedAt(services, head, body.length > 0);
  if (aim === null) return { pass: true };
  const bytes = body.length === 1 ? (body[0] ?? Buffer.alloc(0)) : Buffer.concat(body);
  const content = {
    what: 'request',
    target: head.target,
    contentType: head.headers.get('content-type') ?? null,
    contentEncoding: head.headers.get('content-encoding') ?? null,
    bytes,
    isWhole,
  } as const;
  const more = laneOf(content) === 'large' ? LARGE_MS + (bytes.length / 1_000_000) * MS_A_MEGABYTE : 0;
  const scanned = await scanContent(services.catalogue, {
    ...content,
    tuning: service.tuning,
    fingerprintKey: service.fingerprintKey,
    until: Date.now() + services.guardMs * SCAN_SHARE + more,
  });
  const outcome =
    scanned.is === 'scanned'
      ? { alarming: scanned.alarming, finished: scanned.finished }
      : { alarming: {}, finished: false };
  const { verdict, because } = decideCheck(outcome, service);
  const record: CheckRecord = {
    guard: ICAP,
    reference: referenceFrom(randomBytes(12)),
    verdict,
    because,
    mode: service.mode,
    at: services.clock(),
    durationMs: Math.round(performance.now() - began),
    groups: alarmingGroups(services, outcome.alarming, service.tuning),
    fingerprints: scanned.is === 'scanned' ? scanned.fingerprints : {},
    characters: scanned.is === 'scanned' ? scanned.characters : null,
    of: checkedRequest({
      from: request.from,
      aim,
      account: accountOf(aim, service),
      unread: scanned.is === 'scanned' ? scanned.unread : 0,
    }),
    ...outcome,
  };
  if (verdict === 'allowed') {
    // A page view sends nothing to Claude, so it is not counted.
    if (body.length > 0) recordAllowed(services, service.clientId, record);
    return { pass: true };
  }
  const writing = writeChecks(services, service.clientId, [record], WRITE_TIMEOUT_MS);
  if (verdict !== 'denied') return { pass: true };
  await writing;
  return {
    pass: false,
    answer: blockAnswer({
      because,
      rules: alarmingRules(services, outcome.alarming, service.tuning),
      reference: record.reference,
      clientName: service.clientName,
      helpUrl: service.helpUrl,
      accept: head.headers.get('accept') ?? '',
      language: head.headers.get('accept-language') ?? '',
    }),
  };
}

/** The organization of a request. If the charter names none, no id is known to be foreign. */
function accountOf({ organization }: Aimed, { organizations }: OpenService): CheckAccount {
  if (organization === null || organizations.length === 0) return 'unknown';
  return organizations.includes(organization) ? 'approved' : 'other';
}
