import type { z } from 'zod';
import type { stepShown } from './schemas.ts';

type Step = z.infer<typeof stepShown>;
type Field = Step['fields'][number];

const ANSWERS: Readonly<Record<Field['kind'], string>> = {
  text: 'As it was found on the day.',
  choice: '',
  day: '2026-11-24',
  instant: '2026-11-24T15:00:00Z',
  fingerprint: 'a1'.repeat(32),
};

/** An answer to each question that leaves none of them open. */
export function answersTo(fields: readonly Field[]): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const { id, kind, options, when } of fields) {
    if (when !== null && !when.is.includes(answers[when.field] ?? '')) continue;
    answers[id] = kind === 'choice' ? (options.find(({ open }) => !open)?.id ?? '') : ANSWERS[kind];
  }
  return answers;
}

/** What does a step whole, as its page sends it. */
export function stepDone(step: Step, file: string): Record<string, unknown> {
  return {
    version: step.version,
    state: 'done',
    answers: answersTo(step.fields),
    ...(step.entries === null ? {} : { list: [answersTo(step.entries.fields)] }),
    ...(step.kind === 'contain' ? { files: [file] } : {}),
    ...(step.kind === 'learn'
      ? { lessons: [{ text: 'Look at it every week.', control: 'CLA-CON-09' }] }
      : {}),
  };
}
