import { z } from 'zod';
import { day } from '#domain/model/day-schema.ts';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { clientParam, instant, listOf, operationsOf, reasonParam } from '../operation.ts';
import { pageParams } from '../paging.ts';
import { sha256Param } from '../shared/file-parts.ts';
import { ATTESTATION_STATES } from './states.ts';

const controlId = z
  .string()
  .trim()
  .max(40)
  .regex(/^CLA-[A-Z0-9]+-\d{2}$/, 'A control is named by its id, for example CLA-ACC-12.')
  .describe('Id of the control, for example CLA-ACC-12');

const proofFile = z.object({
  sha256: z.string(),
  name: z.string().nullable().describe('null: it is no longer among the evidence'),
  bytes: z.number().int().nullable().describe('null: it is no longer among the evidence'),
});

export const attestationShown = z.object({
  id: z.string(),
  control: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES).nullable().describe('null: the control is not in the catalogue'),
  verdict: z.enum(STATES).nullable().describe('Current state of the control; null: not evaluated'),
  state: z.enum(ATTESTATION_STATES),
  holds: z.boolean().describe('Whether what the control asks for was seen to hold'),
  seen: z.string(),
  by: z.string(),
  note: z.string().nullable().describe('null: none'),
  evidence: proofFile.nullable().describe('null: none'),
  moreEvidence: z.array(proofFile).describe('Files beside that one'),
  expires: z.string().nullable().describe('Last day as stated; null: the control’s window alone'),
  countsUntil: z.string().nullable().describe('Last day on which it is valid; null: the control is unknown'),
  daysLeft: z.number().int().nullable().describe('null: the control is unknown'),
  imported: z.boolean(),
  createdAt: instant,
  withdrawn: z
    .object({ by: z.string(), at: instant, reason: z.string() })
    .nullable()
    .describe('null: not withdrawn'),
});

export const attestedControl = z.object({
  control: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  state: z.enum(STATES).nullable().describe('null: not evaluated'),
  reason: z.string().nullable().describe('null: not evaluated'),
  look: z.string().nullable().describe('Where to look and what must be seen; null: not described'),
  days: z.number().int().describe('Days for which a statement is valid'),
  current: z
    .object({ holds: z.boolean(), seen: z.string(), by: z.string(), countsUntil: z.string() })
    .nullable()
    .describe('The current statement; null: none'),
});

const filters = {
  client: clientParam,
  state: z.enum(ATTESTATION_STATES).optional(),
  control: controlId.optional(),
};
const { get, listed, post } = operationsOf({ feature: 'Attestations', scope: 'client' });

export const attestationsContract = {
  ...listed('/clients/{client}/attestations', {
    title: 'List the attestations',
    exportTitle: 'Export the attestations',
    permission: 'attestations.read',
    cli: 'attestations list',
    mcp: true,
    list: { key: 'id' },
    filters,
    output: listOf(attestationShown).extend({
      today: z.string(),
      counts: z.record(z.enum(ATTESTATION_STATES), z.number().int()),
    }),
  }),
  controls: get('/clients/{client}/attestations/controls', {
    title: 'List the controls that take an attestation',
    permission: 'attestations.read',
    cli: 'attestations controls',
    mcp: true,
    list: { key: 'control' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(attestedControl).extend({ today: z.string() })),
  control: get('/clients/{client}/attestations/controls/{control}', {
    title: 'Show whether a control takes an attestation',
    permission: 'attestations.read',
    cli: 'attestations control',
    mcp: true,
  })
    .input(z.object({ client: clientParam, control: controlId }))
    .output(
      z.object({
        takes: z.boolean(),
        why: z.string().nullable().describe('Why it takes none; null: it takes one'),
        control: attestedControl.nullable().describe('null: it takes none'),
      }),
    ),
  create: post('/clients/{client}/attestations', {
    title: 'Record what you saw',
    description: 'It is recorded in your name. It expires at the latest when the control’s window ends.',
    permission: 'attestations.write',
    audit: 'attestations.create',
    verifiedAccount: true,
    cli: 'attestations create',
    proof: 'none',
  })
    .input(
      z.strictObject({
        client: clientParam,
        control: controlId,
        holds: z.boolean().describe('Whether what the control asks for was seen to hold'),
        seen: day.describe('Date you looked'),
        note: z.string().trim().min(1).max(2000).optional(),
        evidence: sha256Param
          .optional()
          .describe('SHA-256 of a file that is kept as evidence for this client'),
        moreEvidence: z
          .array(sha256Param)
          .max(19)
          .optional()
          .describe('SHA-256 of further files of that kind'),
        expires: day.optional().describe('Last day on which it is valid'),
      }),
    )
    .output(
      attestationShown.extend({
        warning: z.string().nullable().describe('What to look at again about the statement; null: nothing'),
      }),
    ),
  withdraw: post('/clients/{client}/attestations/{attestation}/withdraw', {
    title: 'Withdraw an attestation',
    permission: 'attestations.write',
    audit: 'attestations.withdraw',
    cli: 'attestations withdraw',
    proof: 'none',
    // Without a statement that something does not hold, an earlier one that it does takes effect again.
    verifiedAccount: true,
  })
    .input(
      z.strictObject({
        client: clientParam,
        attestation: z.string().max(80).describe('Id from attestations list'),
        reason: reasonParam,
      }),
    )
    .output(attestationShown),
};
