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
  account: z.string().describe('Email address, normalized so that spelling variants match'),
  name: z.string().nullable().describe('null: no file states it'),
  state: z.enum(ENTRY_STATES).describe('said_closed: someone says it is closed; closed: a report shows it'),
  words: z.string(),
  certain: z.boolean().describe('false: no report shows whether it is in the workspace'),
  plan: z.string().nullable().describe('null: no report states it'),
  organization: z
    .string()
    .nullable()
    .describe('Organization of the account according to the report; null: no report states it'),
  openedOn: dayText.nullable().describe('null: no report states it'),
  lastActiveOn: dayText.nullable().describe('null: no report states it'),
  firstSeen: dayText.nullable().describe('First report that lists it; null: only in the journal'),
  lastSeen: dayText.nullable().describe('Newest report that lists it; null: only in the journal'),
  cameBack: dayText
    .nullable()
    .describe('Date it was listed again after it had disappeared; null: it was not'),
  closed: z
    .object({ on: dayText, file: z.string(), sha256: z.string(), moved: z.boolean() })
    .nullable()
    .describe(
      'Report that shows it closed; moved: the address is now in the workspace. null: no report shows it',
    ),
  closedAfter: z
    .enum(CLOSED_AFTER)
    .nullable()
    .describe('Number of messages before it was closed; null: it is open'),
  messages: z.number().int().describe('Number of messages sent to the holder since it was listed'),
  contactedOn: dayText.nullable().describe('Date of the first message; null: no message is known'),
  lastMessageOn: dayText.nullable().describe('null: no message is known'),
  contactedHow: z
    .enum(['mail', 'hand', 'journal'])
    .nullable()
    .describe('mail: Bylaw sent it itself; null: no message is known'),
  silentDays: z.number().int().nullable().describe('Days since the last message; null: no reply is awaited'),
  answer: z
    .object({ answer: z.enum(ANSWERS), words: z.string(), on: dayText })
    .nullable()
    .describe('The holder’s answer; null: none is recorded'),
  usedForWork: z.boolean().nullable().describe('null: not known'),
  exemption: z
    .object({
      reason: z.string().nullable().describe('null: none is recorded'),
      owner: z.string().nullable().describe('Who is responsible for it; null: no one is named'),
      until: dayText.nullable().describe('null: the journal states no end'),
      since: dayText,
      by: z.string(),
    })
    .nullable()
    .describe('null: it is not exempt'),
  exemptionEnded: dayText
    .nullable()
    .describe('Last day of the newest exemption, if it has passed; null: none has ended'),
  doubt: z
    .string()
    .nullable()
    .describe('Why the statement does not hold, or why the report cannot show it; null: no doubt'),
  owner: z.string().nullable().describe('Who follows up on it; null: no one'),
  due: dayText.nullable().describe('null: no date'),
  overdue: z.boolean(),
  note: z.string().nullable().describe('Newest note; null: none'),
  difference: z
    .enum(DIFFERENCES)
    .nullable()
    .describe('What changed about it in the newest report; null: nothing'),
  can: z.array(z.enum(MESSAGE_KINDS)).describe('Messages that are appropriate now'),
  message: z
    .object({
      kind: z.enum(MESSAGE_KINDS),
      outcome: z.enum(OUTCOMES),
      why: z.string().nullable().describe('Why it was not sent; null: it was'),
      at: instant,
    })
    .nullable()
    .describe('Newest message known to Bylaw; null: none'),
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
  closesNothing: z.string().nullable().describe('Why it cannot show closed accounts; null: it can'),
  listed: z.number().int(),
  counts: differenceCounts,
});

export const settingsSchema = z.object({
  contactName: z.string().nullable().describe('null: not set'),
  contactAddress: z.string().nullable().describe('null: not set'),
  contact: z
    .object({ name: z.string().nullable().describe('null: not set'), address: z.string() })
    .nullable()
    .describe('Contact named to holders: as set, or else the charter’s account owner; null: neither'),
  policyUrl: z.string().nullable().describe('null: not set'),
  reminders: z.boolean(),
  remindAfter: z.number().int(),
  maxReminders: z.number().int(),
  version: z.number().int(),
  changed: z.object({ by: z.string(), at: instant }).nullable().describe('null: never changed'),
});

export const statisticsSchema = z.object({
  accounts: z.number().int().describe('Number of accounts ever found'),
  contacted: z.number().int().describe('Of these, accounts whose holders were sent a message'),
  closed: z.number().int().describe('Number closed, as shown by a report'),
  closedAfterFirst: z.number().int().describe('Number closed after one message'),
  closedAfterMore: z.number().int(),
  closedWithout: z.number().int().describe('Number gone although no message is known'),
  open: z.number().int().describe('Number neither closed nor exempt'),
  overdue: z.number().int(),
  usedForWork: z.number().int().describe('Number open and known to be used for work'),
});

export const recordLine = z.object({ sha256: z.string(), name: z.string(), by: z.string(), at: instant });

export const historyLine = z.object({
  day: dayText,
  at: instant.nullable().describe('null: from a report or the journal, which state only the date'),
  by: z.string().nullable().describe('null: a report'),
  made: z.enum(['report', 'bylaw', 'person', 'journal']),
  words: z.string(),
  note: z.string().nullable().describe('null: none'),
  sha256: z.string().nullable().describe('SHA-256 of the report; null: a step that someone took'),
});

export const messageLine = z.object({
  id: z.string(),
  account: z
    .string()
    .nullable()
    .describe('Account the message is about; null: it is for managers, about all accounts'),
  kind: z.enum(MESSAGE_KINDS),
  title: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  wording: z.number().int().describe('Version of the client’s own text; 0: the catalogue’s text'),
  how: z.enum(['mail', 'hand']),
  outcome: z.enum(OUTCOMES).describe('unknown: sending started, and it is not known whether it was sent'),
  why: z.string().nullable().describe('Why it was not sent; null: it was'),
  by: z.string(),
  at: instant,
});

export const wordingSchema = z.object({
  kind: z.enum(MESSAGE_KINDS),
  title: z.string(),
  purpose: z.string(),
  audience: z.enum(['holder', 'managers']),
  version: z.number().int().describe('0: the catalogue’s text'),
  subject: z.string(),
  text: z.string(),
  written: z
    .object({ by: z.string(), at: instant })
    .nullable()
    .describe('Who wrote the client’s own text; null: it is the catalogue’s'),
  proposed: z
    .object({ subject: z.string(), text: z.string(), asOf: dayText })
    .describe('The catalogue’s text'),
  sources: z.array(z.object({ title: z.string(), url: z.string(), read: dayText })),
  problem: z
    .string()
    .nullable()
    .describe('Placeholders without a value, because of which it cannot be sent; null: none'),
  sent: z.number().int().describe('How often it was sent'),
});

const refused = z.object({
  account: z.string(),
  name: z.string().nullable().describe('null: no file states it'),
  why: z.string(),
});
export const acted = z.object({ done: z.array(z.string()), refused: z.array(refused) });
export const sentSchema = z.object({
  sent: z.array(z.string()),
  failed: z.array(refused).describe('Messages the mail server refused; these accounts are unchanged'),
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
    .describe('Decision in the charter; null: not decided'),
  preview: z
    .object({
      on: z.string().nullable().describe('Date of the report; null: there is no current one'),
      why: z.string().nullable().describe('Why it cannot be read; null: it was'),
      claimable: z.number().int().describe('Number of accounts a claim would affect'),
      elsewhere: z
        .number()
        .int()
        .describe('Number of accounts of other organizations, which cannot be claimed'),
      unknown: z.number().int().describe('Number of accounts whose plan is not in the report'),
      unreadable: z
        .number()
        .int()
        .describe(
          'Number of accounts without a readable email address, not included in the other numbers because they may be at any domain',
        ),
    })
    .describe('Accounts outside the organization at all domains, according to the newest report'),
});
