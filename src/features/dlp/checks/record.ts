import { type Activity, NO_AMOUNTS, NOTHING_REPORTED, type Surface } from '#domain/activity/activity.ts';
import type { DlpTuning } from '#domain/dlp/compile.ts';
import {
  type CheckMode,
  type CheckOutcome,
  type CheckReason,
  type CheckVerdict,
  checkType,
} from '#domain/dlp/decision.ts';
import type { DlpRule } from '#domain/dlp/rules.ts';
import type { Services } from '../../context.ts';
import { rulesFor } from '../rules-of-client.ts';

/** Sender and destination of the content, as far as the guard knows. */
export interface CheckedOf {
  readonly surface: Surface;
  readonly actor: { readonly type: string | null; readonly id: string | null; readonly email: string | null };
  readonly ip?: string | null;
  readonly organization: string | null;
  readonly session: string | null;
  readonly model: string | null;
  /** Further details, without any content. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A decision to record, without any content. */
export interface CheckRecord extends CheckOutcome {
  readonly guard: string;
  readonly reference: string;
  readonly verdict: CheckVerdict;
  readonly because: CheckReason | null;
  readonly mode: CheckMode;
  /** When it was sent. */
  readonly at: Date;
  readonly durationMs: number;
  /** Groups of the rules that caused it. */
  readonly groups: readonly string[];
  /** Fingerprints of secrets by rule; empty: none found. */
  readonly fingerprints: Readonly<Record<string, readonly string[]>>;
  /** Total characters of all texts; null: the time was up before they were counted. */
  readonly characters: number | null;
  readonly of: CheckedOf;
}

export function checkActivity(record: CheckRecord): Activity {
  const { guard, reference, verdict, because, mode, finished, alarming, groups, fingerprints, of } = record;
  return {
    ...NOTHING_REPORTED,
    id: `content-check/${reference}`,
    at: record.at.toISOString(),
    source: 'guard',
    surface: of.surface,
    type: checkType(verdict),
    category: 'compliance',
    actor: { ...NOTHING_REPORTED.actor, ...of.actor },
    person: of.actor.email?.toLowerCase() ?? of.actor.id ?? null,
    organization: of.organization,
    session: of.session,
    ip: of.ip ?? null,
    model: of.model,
    outcome: verdict === 'denied' ? 'rejected' : 'success',
    amounts: { ...NO_AMOUNTS, size: record.characters, durationMs: record.durationMs },
    detail: {
      guard,
      reference,
      mode,
      finished,
      ...(because === null ? {} : { because }),
      ...(Object.keys(alarming).length === 0 ? {} : { rules: { ...alarming }, groups: [...groups] }),
      ...(Object.keys(fingerprints).length === 0 ? {} : { fingerprints: { ...fingerprints } }),
      ...of.detail,
    },
  };
}

/** The rules that reached their threshold, in the order of the catalogue. */
export function alarmingRules(
  { catalogue }: Pick<Services, 'catalogue'>,
  alarming: CheckOutcome['alarming'],
  tuning: DlpTuning,
): readonly DlpRule[] {
  // Fast path for nearly all content, because it runs on the server's main thread.
  if (Object.keys(alarming).length === 0) return [];
  return rulesFor(catalogue, tuning).filter(({ id }) => Object.hasOwn(alarming, id));
}

/** Groups of the rules that reached their threshold. */
export const alarmingGroups = (
  services: Pick<Services, 'catalogue'>,
  alarming: CheckOutcome['alarming'],
  tuning: DlpTuning,
) => [...new Set(alarmingRules(services, alarming, tuning).map(({ group }) => group))];

/** Letters and digits that cannot be confused. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference that reveals nothing, derived from at least twelve bytes: `7KQ4-M2XD-9RTB`. */
export function referenceFrom(bytes: Uint8Array): string {
  const chars = [...bytes.subarray(0, 12)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
  return chars.replace(/^(.{4})(.{4})(.{4})$/u, '$1-$2-$3');
}

/** Clients, days and kinds of decisions for which an evaluation was already requested. */
const published = new WeakMap<Services['store'], Set<string>>();

/**
 * Adds decisions to the activity log, waiting at most `timeoutMs`: a slow database must not delay Claude. What is
 * never stored is noted in the server's own log.
 */
export async function writeChecks(
  services: Services,
  clientId: string,
  records: readonly CheckRecord[],
  timeoutMs: number,
): Promise<'added' | 'known' | 'later'> {
  const adding = services.activityLog.append(clientId, records.map(checkActivity)).then(
    ({ added }) => {
      if (added === 0) return 'known' as const;
      for (const { at, guard, verdict } of records)
        publish(services, clientId, `${at.toISOString().slice(0, 10)} ${guard} ${verdict}`);
      return 'added' as const;
    },
    (error: unknown) => {
      for (const { guard, reference, verdict } of records)
        services.log.error(
          { err: error, client: clientId, guard, reference, verdict },
          'a decision of a check of content could not be written',
        );
      return 'later' as const;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'later'>((resolve) => {
    timer = setTimeout(resolve, Math.max(1, timeoutMs), 'later');
  });
  return Promise.race([adding, late]).finally(() => clearTimeout(timer));
}

/** Requests an evaluation of the client after the first decision of its kind on a day. */
function publish({ store, verdicts, log }: Services, clientId: string, kind: string): void {
  const known = published.get(store) ?? new Set<string>();
  published.set(store, known);
  const key = `${clientId} ${kind}`;
  if (known.has(key)) return;
  if (known.size > 10_000) known.clear();
  known.add(key);
  const noted = store.write([clientId], (tx) =>
    tx
      .updateTable('clients')
      .set((eb) => ({ facts_version: eb('facts_version', '+', 1) }))
      .where('id', '=', clientId)
      .execute(),
  );
  noted
    .then(() => verdicts.refresh(clientId))
    .catch((error: unknown) =>
      log.warn({ err: error }, 'a client could not be decided after a check of content'),
    );
}
