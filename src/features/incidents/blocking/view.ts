import type { z } from 'zod';
import type { MeansFinding } from '#domain/incidents/means.ts';
import { daysBetween } from '#domain/model/day.ts';
import { dayOf } from '#domain/model/local-time.ts';
import type { PlaybookStep } from '#domain/model/playbook.ts';
import type { stepShown } from '../schemas.ts';
import { evidenceWords, whyWords } from './words.ts';

type Means = NonNullable<z.infer<typeof stepShown>['means']>[number];

/** A means of blocking as the step shows it, with the playbook's instruction. */
export function meansView(
  finding: MeansFinding,
  step: Pick<PlaybookStep, 'fields'>,
  { now, timezone }: { readonly now: Date; readonly timezone: string },
): Means {
  const option = step.fields
    .find(({ id }) => id === MEANS_FIELD)
    ?.options.find(({ id }) => id === finding.id);
  const today = dayOf(now.toISOString(), timezone);
  return {
    id: finding.id,
    title: option?.words ?? finding.id,
    state: finding.state,
    reaches: finding.reaches,
    why: whyWords(finding),
    evidence: finding.evidence.map((one) => ({
      words: evidenceWords(one),
      at: one.at,
      days: Math.max(0, daysBetween(dayIn(one.at, timezone), today)),
    })),
    do: option?.do ?? null,
    where: option?.where ?? null,
    checked: option?.checked ?? null,
  };
}

/** The question of a step that selects its means. */
export const MEANS_FIELD = 'means';

/** The date of an instant in a time zone; a date is returned unchanged. */
export const dayIn = (at: string, timezone: string) => (at.length === 10 ? at : dayOf(at, timezone));
// Guide: G7.2-10
