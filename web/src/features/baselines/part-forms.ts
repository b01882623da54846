import { type FormField, fieldAt } from '../charter/fields.ts';
import { CLAUDE_PLAN_CHOICES, M365_CHOICES, zones } from '../clients/profile-fields.tsx';
import type { Shown } from './words.ts';

type Parts = Shown['parts'];
type Form = readonly FormField[];

const NEEDED = { needed: true } as const;
const KEEP = [
  ...['13', '25', '37', '61'].map((value) => ({ value, label: `${value} months` })),
  { value: 'forever', label: 'Permanently' },
];
const DAYS = [
  { value: 'mon', label: 'Monday' },
  { value: 'tue', label: 'Tuesday' },
  { value: 'wed', label: 'Wednesday' },
  { value: 'thu', label: 'Thursday' },
  { value: 'fri', label: 'Friday' },
  { value: 'sat', label: 'Saturday' },
  { value: 'sun', label: 'Sunday' },
];
const NONE = 'none';
const NONE_HINT = 'Enter “none” where clients have none.';

/** The form for a part of a baseline other than its charter. */
export interface PartForm {
  readonly title: string;
  readonly intro: string;
  readonly form: () => Form;
  /** Initial values of the form. */
  readonly values: (parts: Parts) => unknown;
  /** Converts the entered values to parts of the baseline. */
  readonly partsOf: (entered: Record<string, unknown>) => Partial<Parts>;
}

export type Part = 'about' | 'client' | 'texts';

export const PART_FORMS: Readonly<Record<Part, PartForm>> = {
  about: {
    title: 'Name and purpose',
    intro:
      'The intended clients only affect suggestions and hints; you can apply the baseline to any client.',
    form: () => [
      fieldAt('text', ['name'], 'Name', NEEDED),
      fieldAt('long', ['purpose'], 'Purpose', NEEDED),
      fieldAt('boxes', ['meantFor', 'claudePlans'], 'Meant for clients on', {
        choices: CLAUDE_PLAN_CHOICES,
        needed: true,
      }),
      fieldAt('boxes', ['meantFor', 'm365'], 'With the Microsoft license', {
        choices: M365_CHOICES.filter(({ value }) => value !== ''),
        hint: 'None chosen: any license.',
      }),
    ],
    values: ({ name, purpose, meantFor }) => ({ name, purpose, meantFor }),
    partsOf: (entered) => entered,
  },
  client: {
    title: 'What a new client starts with',
    intro: 'Bylaw asks for anything left empty when a client is created.',
    form: () => [
      fieldAt('one', ['timezone'], 'Time zone', {
        choices: zones().map((value) => ({ value, label: value })),
      }),
      fieldAt('text', ['normalHours', 'start'], 'Working hours start at', {
        needed: true,
        hint: 'For example, 08:30',
      }),
      fieldAt('text', ['normalHours', 'end'], 'Working hours end at', {
        needed: true,
        hint: 'For example, 17:30',
      }),
      fieldAt('boxes', ['normalHours', 'days'], 'Working days', { choices: DAYS, needed: true }),
      fieldAt('text', ['deviceManagement'], 'Device management', { hint: NONE_HINT }),
      fieldAt('text', ['swg'], 'Secure web gateway', { hint: NONE_HINT }),
      fieldAt('text', ['siem'], 'SIEM', { hint: NONE_HINT }),
      fieldAt('many', ['addOns'], 'Microsoft add-ons', { none: false }),
      fieldAt('choice', ['keep', 'readings'], 'Readings are kept for', { choices: KEEP, needed: true }),
      fieldAt('choice', ['keep', 'reports'], 'Reports are kept for', { choices: KEEP, needed: true }),
    ],
    values: ({ client }) => mapped(client, (value) => (value === null ? NONE : value)),
    partsOf: (entered) => ({
      client: mapped(entered, (value, key) => (value === NONE && key !== 'timezone' ? null : value)),
    }),
  },
  texts: {
    title: 'Emails to send',
    intro:
      'Texts filled in for each client, to copy into an email. Write client-specific values as {name}, {domain} or {owner}.',
    form: () => [
      fieldAt('rows', ['texts'], 'Emails', {
        noun: 'email',
        rows: [fieldAt('text', ['title'], 'Title', NEEDED), fieldAt('long', ['text'], 'Text', NEEDED)],
      }),
    ],
    values: ({ texts }) => ({ texts }),
    partsOf: (entered) => ({ texts: named((entered.texts as Parts['texts'] | undefined) ?? []) }),
  },
};

function mapped(group: Record<string, unknown>, change: (value: unknown, key: string) => unknown) {
  return Object.fromEntries(Object.entries(group).map(([key, value]) => [key, change(value, key)]));
}

/** Assigns a unique id to each text that has none. */
function named(texts: Parts['texts']): Parts['texts'] {
  const taken = new Set(texts.map(({ id }) => id));
  return texts.map((text) => {
    if (text.id !== undefined) return text;
    let number = 1;
    while (taken.has(`email_${number}`)) number += 1;
    taken.add(`email_${number}`);
    return { ...text, id: `email_${number}` };
  });
}
