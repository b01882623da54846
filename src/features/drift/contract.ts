import { z } from 'zod';
import { DIRECTIONS, SUBJECTS, URGENCIES } from '#domain/drift/types.ts';
import { DRIFT_STATES } from '#domain/drift/words.ts';
import { day } from '#domain/model/day-schema.ts';
import { clientParam, operationsOf, reasonParam } from '../operation.ts';
import { ownerText } from '../owners/schemas.ts';
import { deviationSchema, driftSchema } from './schemas.ts';

const { listed, post } = operationsOf({ feature: 'Drift', scope: 'client' });
const GUIDE = ['G1.1-02', 'G1.1-03', 'G2.2-16', 'G3.4-02', 'G7.1-01', 'GA-07'];

const filters = {
  client: clientParam,
  urgency: z.enum(URGENCIES).optional(),
  state: z
    .enum(['open', ...DRIFT_STATES])
    .optional()
    .describe('open: every difference that is not accepted'),
  direction: z.enum(DIRECTIONS).optional(),
  subject: z.enum(SUBJECTS).optional(),
  text: z.string().max(200).optional(),
};

const one = {
  client: clientParam,
  deviation: z.string().trim().min(1).max(400).describe('Key of the difference, from drift list'),
  observed: z
    .string()
    .trim()
    .min(1)
    .max(400)
    .describe(
      'Observed value as shown to the person who decides, so that no one decides on something they have not seen',
    ),
  reason: reasonParam,
};

export const driftContract = {
  ...listed('/clients/{client}/drift', {
    title: 'List drift from the charter',
    exportTitle: 'Download drift from the charter',
    description:
      'How what was observed differs from the charter in force, extra as well as missing, by urgency, with who did it if a log says so. Until a charter names connectors, the recorded lockdown is the baseline: no connectors. What no reading covers is under unread.',
    permission: 'charter.read',
    cli: 'drift list',
    mcp: true,
    guide: GUIDE,
    list: { key: 'key' },
    filters,
    output: driftSchema,
  }),
  accept: post('/clients/{client}/drift/accept', {
    title: 'Accept drift until a date',
    description:
      'A wider difference becomes an exception to the controls that list it, which takes effect once it is approved (for a critical control, by a second person). A narrower one is accepted at once. After the last day, the difference is open again.',
    permission: 'exceptions.request',
    audit: 'drift.accept',
    verifiedAccount: true,
    cli: 'drift accept',
    guide: GUIDE,
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        until: day.describe('Last day it is accepted'),
        owner: z.string().trim().min(1, 'Name the person responsible for it.').max(200),
      }),
    )
    .output(deviationSchema),
  restore: post('/clients/{client}/drift/restore', {
    title: 'Decide to revert drift',
    description:
      'Bylaw changes nothing in Claude; it says what to click. The difference is work for the owner, or for the person who decides if no one is named, and closes once a later reading shows the change.',
    permission: 'charter.edit',
    audit: 'drift.restore',
    cli: 'drift restore',
    guide: GUIDE,
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        owner: ownerText.optional(),
        due: day
          .nullable()
          .optional()
          .describe('Date by which it has to be restored; null or left out: none'),
      }),
    )
    .output(deviationSchema),
  amend: post('/clients/{client}/drift/charter', {
    title: 'Start a draft of the charter that allows what is set',
    description:
      'The draft is filled in. The difference stays open until a second person has approved the draft.',
    permission: 'charter.edit',
    audit: 'drift.charter',
    cli: 'drift charter',
    guide: GUIDE,
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...one,
        until: day.optional().describe('Last day, if an invariant forbids the new charter setting'),
      }),
    )
    .output(z.object({ draft: z.string(), version: z.number().int() })),
  withdraw: post('/clients/{client}/drift/withdraw', {
    title: 'Withdraw a decision on drift',
    description:
      'Exceptions that it requested end. A draft of the charter stays; withdraw it on its own page.',
    permission: 'exceptions.request',
    audit: 'drift.withdraw',
    cli: 'drift withdraw',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(
      z.strictObject({
        client: clientParam,
        deviation: one.deviation,
        version: z.number().int().min(1).describe('Version of the decision that was shown'),
        reason: one.reason,
      }),
    )
    .output(z.object({ deviation: z.string(), state: z.enum(['withdrawn']) })),
};
// Guide: G0-04 G2.2-17
