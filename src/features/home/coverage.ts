import type { z } from 'zod';
import { coverageOf } from '#domain/decide/coverage.ts';
import { shortId } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow } from '../controls/index.ts';
import type { coverageSchema } from './coverage-schema.ts';
import { verbFor } from './do-now.ts';

/** How many of the applicable controls can be read, and which files or answers make most of the others readable. */
export async function showCoverage(context: HandlerContext): Promise<z.infer<typeof coverageSchema>> {
  const { services, can } = context;
  const { catalogue } = services;
  const { verdicts } = await headsNow(context);
  const controls = new Map(catalogue.controls.map((control) => [control.id, control]));
  const ref = (id: string) => ({ id, short: shortId(id), title: controls.get(id)?.title ?? id });
  const { applicable, readable, steps, closed } = coverageOf(catalogue, verdicts);
  return {
    applicable,
    readable,
    steps: steps.map(({ key, title, what, answers, kind, controls: own, unlocks, severity }) => {
      const first = controls.get(own[0] ?? '');
      return {
        key,
        title,
        what,
        kind,
        verb:
          first === undefined
            ? 'control'
            : verbFor({ kind: 'bring', answers, place: key }, first, can, false),
        subject: answers.length === 0 ? null : answers.join(','),
        severity,
        unlocks: unlocks.length,
        controls: own.map(ref),
      };
    }),
    closed: closed.map(ref),
  };
}
