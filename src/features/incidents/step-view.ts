import type { z } from 'zod';
import type { StoredActivity } from '#domain/activity/activity.ts';
import { tookWords, withinWords } from '#domain/incidents/clock.ts';
import type { MeansFinding } from '#domain/incidents/means.ts';
import { type NoticeFacts, noticeText } from '#domain/incidents/notice.ts';
import type { StepState } from '#domain/incidents/status.ts';
import { gapWords } from '#domain/incidents/words.ts';
import type { PlaybookField } from '#domain/model/playbook.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../context.ts';
import { shownOwner } from '../owners/index.ts';
import { concernWords } from '../shared/words.ts';
import { meansView } from './blocking/view.ts';
import { followsPermissions, type Permissions } from './permissions/find-permissions.ts';
import { type Drafts, permissionsView } from './permissions/view.ts';
import { wordOf } from './proof.ts';
import type { StepNow } from './read.ts';
import type { stepShown } from './schemas.ts';
import { toConfirm, writeWords } from './writes.ts';

/** Number of calls that prefill a list of writes: the most that a step accepts. */
const MAX_SUGGESTED = 1_000;

/**
 * Confidential answers are visible to the incident's lead, the step's owner, the person who did the step, and those who
 * may close the incident.
 */
export function mayReadConfidential(
  { actor, can }: HandlerContext,
  row: IncidentRow,
): (step: StepNow['row']) => boolean {
  return (step) =>
    can('incidents.close') ||
    row.owner_user === actor.userId ||
    step.owner_user === actor.userId ||
    step.done_by === actor.userId;
}

/** What of the incident a step is shown with. */
interface Around {
  readonly access: ReadonlySet<string>;
  /** Whether the client has each capability that a step needs. */
  readonly means: Readonly<Record<string, 'yes' | 'no' | 'unknown'>>;
  readonly names: ReadonlyMap<string, string>;
  readonly sees: (step: StepNow['row']) => boolean;
  readonly now: Date;
  readonly open: boolean;
  readonly drill: boolean;
  /** The person it is about; null: nobody is named, or it is a drill. */
  readonly person: string | null;
  readonly noticed: Date;
  readonly calls: readonly StoredActivity[];
  /** null: no step asks for it, or the incident is closed. */
  readonly blocking: readonly MeansFinding[] | null;
  readonly permissions: Permissions;
  readonly drafts: Drafts;
  readonly timezone: string;
  readonly facts: Omit<NoticeFacts, 'classes'>;
}

/** One step of the plan, as those who work on the incident see it. */
export function stepView(
  { step, row, record, proof, gaps, settled, waits }: StepNow,
  { access, means, names, sees, now, open, drill, person, noticed, calls, facts, ...around }: Around,
): z.infer<typeof stepShown> {
  const hidden = step.confidential && !sees(row);
  return {
    id: step.id,
    kind: step.kind,
    title: step.title,
    how: step.how.flatMap((one) => {
      const has = one.needs === undefined ? 'yes' : (means[one.needs] ?? 'unknown');
      return has === 'no'
        ? []
        : [
            {
              do: one.do,
              where: one.where ?? null,
              checked: one.checked ?? null,
              link: one.link ?? null,
              possible: has,
            },
          ];
    }),
    who: concernWords(step.who),
    within: withinWords(step.within),
    due: row.due_at.toISOString(),
    overdue: open && !settled && row.due_at < now,
    state: row.state as StepState,
    settled,
    waits: waits.map(({ title }) => title),
    owner: shownOwner(row, access),
    fields: step.fields.map(fieldView),
    entries:
      step.entries === undefined
        ? null
        : {
            noun: step.entries.noun,
            mayBeNone: step.entries.mayBeNone,
            fields: step.entries.fields.map(fieldView),
            suggested: suggestedOf(step.entries.writesInto, calls),
          },
    answers: hidden ? {} : { ...record.answers },
    list: hidden ? [] : record.entries.map((entry) => ({ ...entry })),
    none: record.none,
    files: hidden ? [] : row.files.map((sha256) => ({ sha256, name: names.get(sha256) ?? sha256 })),
    lessons: record.lessons.map((one) => ({ ...one })),
    reason: row.reason,
    done: row.done_at === null ? null : { by: row.done_by_name ?? '', at: row.done_at.toISOString() },
    took: row.done_at === null ? null : tookWords(noticed, row.done_at),
    leaveOut: step.leaveOut,
    confidential: step.confidential,
    hidden,
    means:
      step.shows === undefined
        ? null
        : (around.blocking?.map((one) => meansView(one, step, { now, ...around })) ?? null),
    blind: step.blind ?? null,
    draft:
      step.draft === undefined || hidden
        ? null
        : noticeText(step.draft, { ...facts, classes: record.answers.classes ?? null }),
    changes:
      open && person !== null ? (step.changes ?? []).map((target) => ({ target, subject: person })) : [],
    guide: [...step.guide],
    proof:
      step.kind !== 'contain'
        ? null
        : {
            state: proof?.state ?? 'none',
            words: [...(proof?.words ?? [])],
            word: drill || proof === null ? null : wordOf(proof, row),
            automatic: step.checks.length > 0,
          },
    permissions: followsPermissions(step) ? permissionsView(row, around) : null,
    gaps: open ? gaps.map((gap) => ({ ...gap, words: gapWords(gap, step) })) : [],
    version: row.version,
  };
}

function fieldView(field: PlaybookField) {
  return {
    id: field.id,
    asks: field.asks,
    kind: field.kind,
    options: field.options.map((option) => ({ ...option })),
    required: field.required,
    when: field.when === undefined ? null : { field: field.when.field, is: [...field.when.is] },
  };
}

/** What was written according to the log around the time, one entry per call, for a person to review. */
function suggestedOf(field: string | undefined, calls: readonly StoredActivity[]): Record<string, string>[] {
  if (field === undefined) return [];
  return calls
    .filter(toConfirm)
    .slice(0, MAX_SUGGESTED)
    .map((one) => ({ [field]: writeWords(one) }));
}
