import { z } from 'zod';
import { day } from '../model/day-schema.ts';
import type { PlaybookField } from '../model/playbook.ts';

export type Answers = Readonly<Record<string, string>>;

/**
 * missing: not answered; open: the answer leaves the question unsettled; unfit: not a valid answer; same: must differ
 * from the answer to another question.
 */
export type FieldGap = 'missing' | 'open' | 'unfit' | 'same';

const INSTANT = z.iso.datetime({ offset: true });
const FINGERPRINT = /^(?:[0-9a-f]{2}:?){8,64}$/i;

/** Whether a field is asked, given the answers to the others. */
export function isAsked({ when }: PlaybookField, answers: Answers): boolean {
  return when === undefined || when.is.includes(answers[when.field] ?? '');
}

/** What is wrong with one answer; null: it settles the question, or the question is not asked. */
export function fieldGap(field: PlaybookField, answers: Answers): FieldGap | null {
  if (!isAsked(field, answers)) return null;
  const answer = (answers[field.id] ?? '').trim();
  if (answer === '') return field.required ? 'missing' : null;
  if (!fits(field, answer)) return 'unfit';
  const { differsFrom } = field;
  if (differsFrom !== undefined && hex(answers[differsFrom] ?? '') === hex(answer)) return 'same';
  return field.options.find(({ id }) => id === answer)?.open === true ? 'open' : null;
}

function fits(field: PlaybookField, answer: string): boolean {
  switch (field.kind) {
    case 'choice':
      return field.options.some(({ id }) => id === answer);
    case 'day':
      return day.safeParse(answer).success;
    case 'instant':
      return INSTANT.safeParse(answer).success;
    case 'fingerprint':
      return FINGERPRINT.test(answer);
    case 'text':
      return true;
  }
}

function hex(fingerprint: string): string {
  return fingerprint.trim().replaceAll(':', '').toLowerCase();
}

/** Keeps the answers to fields that exist and are asked. */
export function answersFor(fields: readonly PlaybookField[], given: Answers): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const answer = given[field.id]?.trim() ?? '';
      return answer === '' || !isAsked(field, given) ? [] : [[field.id, answer]];
    }),
  );
}
