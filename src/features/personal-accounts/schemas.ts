import { z } from 'zod';
import { DIFFERENCES } from '#domain/personal-accounts/difference.ts';
import { ENTRY_STATES } from '#domain/personal-accounts/register.ts';
import { ANSWERS, MESSAGE_KINDS } from '#domain/personal-accounts/steps.ts';
import { instant } from '../operation.ts';
import { dayText } from '../shared/control-parts.ts';

/** After which message an account was gone. */
export const CLOSED_AFTER = ['first', 'more', 'none'] as const;
export const OUTCOMES = ['sending', 'sent', 'failed', 'unknown'] as const;

export const entrySchema = z.object({
  account: z.string().describe('Address; the same however it is spelled'),
  name: z.string().nullable().describe('null: no file says it'),
  state: z.enum(ENTRY_STATES).describe('said_closed: someone says so; closed: a report shows it'),
  words: z.string(),
  certain: z.boolean().describe('false: no report says whether it is in the workspace'),
  plan: z.string().nullable(),
  organization: z.string().nullable(),
  openedOn: dayText.nullable(),
  lastActiveOn: dayText.nullable(),
  firstSeen: dayText.nullable().describe('First report that lists it; null: only the journal names it'),
  lastSeen: dayText.nullable(),
  cameBack: dayText.nullable().describe('Date on which it was listed again after it had been gone'),
  closed: z
    .object({ on: dayText, file: z.string(), sha256: z.string(), moved: z.boolean() })
    .nullable()
    .describe('The report that shows it closed; moved: the address is in the workspace now'),
  closedAfter: z.enum(CLOSED_AFTER).nullable().describe('Messages before it was closed; null: it is open'),
  messages: z.number().int().describe('Messages that asked the holder since it was listed'),
  contactedOn: dayText.nullable(),
  lastMessageOn: dayText.nullable(),
  contactedHow: z.enum(['mail', 'hand', 'journal']).nullable().describe('mail: Bylaw sent it itself'),
  silentDays: z.number().int().nullable().describe('Days since the last message; null: no one waits'),
  answer: z.object({ answer: z.enum(ANSWERS), words: z.string(), on: dayText }).nullable(),
  usedForWork: z.boolean().nullable().describe('null: not known'),
  exemption: z
    .object({
      reason: z.string().nullable(),
      owner: z.string().nullable(),
      until: dayText.nullable().describe('null: the journal names no end'),
      since: dayText,
      by: z.string(),
    })
    .nullable(),
  exemptionEnded: dayText.nullable(),
  doubt: z.string().nullable().describe('Why what was said does not hold, or the report cannot tell'),
  owner: z.string().nullable(),
  due: dayText.nullable(),
  overdue: z.boolean(),
  note: z.string().nullable().describe('The newest note'),
  difference: z.enum(DIFFERENCES).nullable().describe('What the newest report changed of it'),
  can: z.array(z.enum(MESSAGE_KINDS)).describe('Messages that make sense now'),
  message: z
    .object({
      kind: z.enum(MESSAGE_KINDS),
      outcome: z.enum(OUTCOMES),
      why: z.string().nullable(),
      at: instant,
    })
    .nullable()
    .describe('The newest message that Bylaw knows of'),
  version: z.number().int(),
});

export const differenceCounts = z.object(
  Object.fromEntries(DIFFERENCES.map((one) => [one, z.number().int()])) as Record<
    (typeof DIFFERENCES)[number],
    z.ZodNumber
  >,
);

export const reportLine = z.object({
  day: dayText,
  files: z.array(z.object({ file: z.string(), sha256: z.string() })),
  closesNothing: z.string().nullable().describe('Why it shows nothing closed; null: it can'),
  listed: z.number().int(),
  counts: differenceCounts,
});

export const settingsSchema = z.object({
  contactName: z.string().nullable(),
  contactAddress: z.string().nullable(),
  contact: z
    .object({ name: z.string().nullable(), address: z.string() })
    .nullable()
    .describe('Whom holders are told to ask: as set, else the account owner of the charter'),
  policyUrl: z.string().nullable(),
  reminders: z.boolean(),
  remindAfter: z.number().int(),
  maxReminders: z.number().int(),
  version: z.number().int(),
  changed: z.object({ by: z.string(), at: instant }).nullable(),
});

export const statisticsSchema = z.object({
  accounts: z.number().int().describe('Accounts that were ever found'),
  contacted: z.number().int().describe('Of these, holders who were written to'),
  closed: z.number().int().describe('Closed by a report'),
  closedAfterFirst: z.number().int().describe('Closed after one message'),
  closedAfterMore: z.number().int(),
  closedWithout: z.number().int().describe('Gone although no one is known to have written'),
  open: z.number().int().describe('Neither closed nor exempt'),
  overdue: z.number().int(),
  usedForWork: z.number().int().describe('Open and known to be used for work'),
});

export const recordLine = z.object({ sha256: z.string(), name: z.string(), by: z.string(), at: instant });

export const historyLine = z.object({
  day: dayText,
  at: instant.nullable().describe('null: a report or the journal, which give only the day'),
  by: z.string().nullable().describe('null: a report'),
  made: z.enum(['report', 'bylaw', 'person', 'journal']),
  words: z.string(),
  note: z.string().nullable(),
  sha256: z.string().nullable().describe('Of the report'),
});

export const messageLine = z.object({
  id: z.string(),
  account: z.string().nullable(),
  kind: z.enum(MESSAGE_KINDS),
  title: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  wording: z.number().int().describe('Version of the client’s own words; 0: those of the catalogue'),
  how: z.enum(['mail', 'hand']),
  outcome: z.enum(OUTCOMES).describe('unknown: it was started, and no one knows whether it went out'),
  why: z.string().nullable(),
  by: z.string(),
  at: instant,
});

export const wordingSchema = z.object({
  kind: z.enum(MESSAGE_KINDS),
  title: z.string(),
  purpose: z.string(),
  audience: z.enum(['holder', 'managers']),
  version: z.number().int().describe('0: the words of the catalogue'),
  subject: z.string(),
  text: z.string(),
  written: z.object({ by: z.string(), at: instant }).nullable(),
  proposed: z
    .object({ subject: z.string(), text: z.string(), asOf: dayText })
    .describe('Words of the catalogue'),
  sources: z.array(z.object({ title: z.string(), url: z.string(), read: dayText })),
  problem: z.string().nullable().describe('What it names that no one has set; then it cannot be sent'),
  sent: z.number().int().describe('How often it went out'),
});

const refused = z.object({ account: z.string(), name: z.string().nullable(), why: z.string() });
export const acted = z.object({ done: z.array(z.string()), refused: z.array(refused) });
export const sentSchema = z.object({
  sent: z.array(z.string()),
  failed: z.array(refused).describe('What the mail server refused; these accounts are unchanged'),
  refused: z.array(refused),
});

export const captureSchema = z.object({
  available: z.enum(['yes', 'no', 'unknown']).describe('Whether the plan includes domain capture'),
  why: z.string(),
  domains: z.array(z.string()),
  prerequisites: z.array(
    z.object({
      control: z.string().nullable().describe('null: no control decides it'),
      title: z.string(),
      state: z.enum(['met', 'not_met', 'cannot_read']),
      words: z.string(),
    }),
  ),
  decision: z
    .object({ capture: z.boolean(), on: z.string(), by: z.string(), approvedBy: z.string() })
    .nullable()
    .describe('As the charter has it; null: nothing is decided'),
  preview: z
    .object({
      on: z.string().nullable().describe('Day of the report; null: there is no current one'),
      why: z.string().nullable(),
      claimable: z.number().int().describe('Accounts that a claim would reach'),
      elsewhere: z.number().int().describe('Accounts of other organizations, which cannot be claimed'),
      unknown: z.number().int().describe('Accounts of which the report gives no plan'),
      unreadable: z
        .number()
        .int()
        .describe(
          'Accounts without a readable address, in none of the other numbers: they may be at any domain',
        ),
    })
    .describe('Accounts outside the organization at all domains, by the newest report'),
});
