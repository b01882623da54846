import type { z } from 'zod';
import { MESSAGE_WORDS } from '#domain/labels.ts';
import { address } from '#domain/people/names.ts';
import type { Entry } from '#domain/personal-accounts/register.ts';
import { type AccountStep, ANSWER_WORDS } from '#domain/personal-accounts/steps.ts';
import { dayWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import { clauseCalled } from '../policy/index.ts';
import { notFound } from '../problems.ts';
import { NOT_LISTED } from './act.ts';
import type { personalAccountsContract } from './contract.ts';
import { wholeNow } from './list.ts';
import type { RegisterReading } from './reading.ts';
import { entryOf } from './register.ts';
import type { historyLine } from './schemas.ts';
import { entryView, messageView } from './views.ts';

type Detail = z.input<NonNullable<(typeof personalAccountsContract)['get']['~orpc']['outputSchema']>>;
type Line = z.input<typeof historyLine>;

/** One account with all reports and all steps by people, newest first. */
export async function showAccount(context: HandlerContext, text: string): Promise<Detail> {
  const whole = await wholeNow(context);
  const entry = entryOf(whole.reading, address(text));
  if (entry === undefined) throw notFound(NOT_LISTED);
  return {
    entry: entryView(entry, whole),
    history: historyOf(entry, whole.reading),
    messages: whole.messages
      .filter(({ account }) => account === entry.key)
      .map((row) => messageView(context.services, row, context.now)),
    clause: await context.read((tx) => clauseCalled(tx, context, 'no_personal_accounts')),
  };
}

/** History of an account, report by report and step by step, newest first. */
export function historyOf(entry: Entry, { reports }: RegisterReading): Line[] {
  const shown = reports.flatMap((report): Line[] => {
    const difference = report.changes.get(entry.key);
    const words = difference === undefined ? undefined : REPORT_WORDS[difference];
    if (words === undefined) return [];
    return [
      {
        day: report.day,
        at: null,
        by: null,
        made: 'report',
        words: `${words} the report of ${dayWords(report.day)}`,
        note: difference === 'not_told' ? report.closesNothing && `It ${report.closesNothing}.` : null,
        sha256: report.files[0]?.sha256 ?? null,
      },
    ];
  });
  const done = entry.steps.map(
    (step): Line => ({
      day: step.day,
      at: step.at,
      by: step.by,
      made: step.made,
      words: stepWords(step),
      note: step.note,
      sha256: null,
    }),
  );
  // A report has a day but no time, so on the same day steps are listed above it.
  return [...shown.toReversed(), ...done]
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .toReversed();
}

const REPORT_WORDS = {
  new: 'First listed by',
  back: 'Listed again by',
  unchanged: 'Listed by',
  gone: 'Gone from',
  not_told: 'Not listed by',
} as const;

function stepWords(step: AccountStep): string {
  switch (step.kind) {
    case 'contacted':
      return step.how === 'mail'
        ? `${MESSAGE_WORDS[step.message]} sent by Bylaw`
        : step.how === 'hand'
          ? `${MESSAGE_WORDS[step.message]} sent manually, according to a statement`
          : 'Contacted';
    case 'answered':
      return `Holder ${ANSWER_WORDS[step.answer]}${
        step.usedForWork === null ? '' : step.usedForWork ? '; used for work' : '; not used for work'
      }`;
    case 'migrating':
      return 'Marked as migrating';
    case 'said_closed':
      return 'Marked as closed';
    case 'exempted':
      return `Exempt${step.until === null ? '' : ` until ${dayWords(step.until)}`}${step.owner === null ? '' : `, answered for by ${step.owner}`}${step.reason === null ? '' : `: ${step.reason}`}`;
    case 'reopened':
      return 'Opened again';
    case 'assigned':
      return `${step.owner === null ? 'No owner' : `Owner ${step.owner}`}${step.due === null ? '' : `, due ${dayWords(step.due)}`}`;
    case 'found':
      return 'Found';
  }
}
