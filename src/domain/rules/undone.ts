import { z } from 'zod';
import type { ActivityRow } from '../model/kinds.ts';
import { dayOf } from '../model/local-time.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import { byWhom } from './connectors/events.ts';
import { defaultsOnSince } from './microsoft/defaults-on.ts';
import { policiesChangedSince } from './microsoft/policy-changes.ts';
import { changedLater } from './settings-since.ts';

const undoingEvent = z.strictObject({
  type: z.string().min(1),
  field: z.string().min(1),
  is: z.string().min(1),
});
type UndoingEvent = z.infer<typeof undoingEvent>;

/** Events after an attestation that invalidate it (Enterprise). */
export const undoneSchema = z.strictObject({
  /** Settings with the values that agree with the attestation; without a value, any change leaves it open. */
  settings: z.record(z.string(), z.array(z.union([z.boolean(), z.string()]))).default({}),
  /** Types of events; some only with a value in one of their fields, or without that field. */
  events: z.array(z.union([z.string().min(1), undoingEvent])).default([]),
  /** A change to Conditional Access policies or their dependencies in Entra's audit log, on any Claude plan. */
  accessPolicies: z.literal(true).optional(),
});

/**
 * What the events show to have changed after the day of an attestation, as a clause after "since then"; null: nothing.
 */
export function undoing(
  context: CheckContext,
  seen: string,
  { settings, events: types, accessPolicies }: z.infer<typeof undoneSchema>,
): { readonly what: string; readonly words: string; readonly evidence: readonly Evidence[] } | null {
  const policies = accessPolicies ? policiesChangedSince(context, seen, { thatDay: true }) : null;
  if (policies !== null)
    return { what: 'accessPolicies', words: policies.words, evidence: policies.evidence };
  const defaults = accessPolicies ? defaultsOnSince(context, seen) : null;
  if (defaults !== null) return { what: 'securityDefaults', ...defaults };
  if (context.profile.claudePlan !== 'enterprise') return null;
  const zone = context.profile.timezone;
  for (const [name, fitting] of Object.entries(settings)) {
    const later = changedLater(context, name, seen);
    if (later !== null && !fitting.some((value) => value === later.current))
      return {
        what: name,
        words: `the setting “${name}” was changed by ${byWhom(later.row, zone)}`,
        evidence: [later.evidence],
      };
  }
  const events = context.events();
  const row = events.ok
    ? events.rows.findLast((row) => types.some((one) => isOne(row, one)) && dayOf(row.at, zone) >= seen)
    : undefined;
  if (!events.ok || row === undefined) return null;
  const words = row.type.replace(/^org_/, '').replaceAll('_', ' ');
  return {
    what: row.type,
    words: `the log has “${words}” by ${byWhom(row, zone)}`,
    evidence: [events.cite(row, words)],
  };
}

function isOne({ type, detail }: ActivityRow, one: string | UndoingEvent): boolean {
  if (typeof one === 'string') return type === one;
  return type === one.type && [undefined, one.is].includes(detail[one.field] as string | undefined);
}
