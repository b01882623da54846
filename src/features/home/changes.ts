import type { z } from 'zod';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { STATE_WORDS, type Verdict } from '#domain/model/verdict.ts';
import { count, names, shortId } from '#domain/text/words.ts';
import type { FactEvent } from '#store/verdicts/facts.ts';
import type { VerdictStretch } from '#store/verdicts/history.ts';
import { byStateThenWeight, causeOf } from '../controls/index.ts';
import type { homeSchema } from './contract.ts';

type Change = NonNullable<z.infer<typeof homeSchema>['changes']>['items'][number];

interface ChangesInput {
  readonly catalogue: Catalogue;
  /** Current verdicts that have changed since, newest first. */
  readonly now: readonly VerdictStretch[];
  /** The verdicts at that time, of the same controls. */
  readonly then: readonly VerdictStretch[];
  readonly events: readonly FactEvent[];
  readonly nameOf: (by: string | null) => string | null;
}

/** The difference between then and now, per control. What changed and changed back is not listed. */
export function changesSince({ catalogue, now, then, events, nameOf }: ChangesInput): Change[] {
  const before = new Map(then.map((stretch) => [stretch.control, stretch]));
  const changes = now.flatMap((stretch): Change[] => {
    const control = catalogue.controls.find(({ id }) => id === stretch.control);
    const was = before.get(stretch.control) ?? null;
    if (control === undefined || (was !== null && same(was, stretch))) return [];
    return [
      {
        control: { id: control.id, short: shortId(control.id), title: control.title },
        severity: control.severity,
        from: was?.state ?? null,
        to: stretch.state,
        words: wordsFor(was, stretch),
        reason: stretch.reason,
        at: stretch.since.toISOString(),
        cause: causeOf(stretch, was, control, events, nameOf),
      },
    ];
  });
  // Newest first; of changes at the same time, as after an import, the most severe first.
  return changes.sort(
    (a, b) =>
      b.at.localeCompare(a.at) ||
      byStateThenWeight(
        { state: a.to, severity: a.severity, id: a.control.id },
        { state: b.to, severity: b.severity, id: b.control.id },
      ),
  );
}

function same(a: VerdictStretch, b: VerdictStretch): boolean {
  return (
    a.state === b.state &&
    a.reason === b.reason &&
    a.verdict.rule === b.verdict.rule &&
    keys(a.verdict).join('\n') === keys(b.verdict).join('\n')
  );
}

function keys({ items }: Verdict): string[] {
  return items.map(({ key }) => key).sort();
}

function wordsFor(was: VerdictStretch | null, is: VerdictStretch): string {
  if (was === null) return `First decided: ${STATE_WORDS[is.state]}.`;
  if (was.state !== is.state) return `Was ${STATE_WORDS[was.state]}, is ${STATE_WORDS[is.state]}.`;
  const had = new Set(keys(was.verdict));
  const has = new Set(keys(is.verdict));
  const more = is.verdict.items.filter(({ key }) => !had.has(key)).map(({ label }) => label);
  const fewer = was.verdict.items.filter(({ key }) => !has.has(key)).map(({ label }) => label);
  const parts = [
    more.length === 0 ? null : `${count(more.length, 'more is', 'more are')} listed: ${names(more, 3)}.`,
    fewer.length === 0 ? null : `${count(fewer.length, 'is', 'are')} no longer listed: ${names(fewer, 3)}.`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? `Still ${STATE_WORDS[is.state]}, for another reason.` : parts.join(' ');
}
