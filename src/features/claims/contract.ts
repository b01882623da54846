import { z } from 'zod';
import { clientParam, instant, listOf, operationsOf, reasonParam } from '../operation.ts';
import { pageParams } from '../paging.ts';

const { get, post } = operationsOf({ feature: 'Attestations', scope: 'client' });

export const CLAIM_STATES = ['waiting', 'confirmed', 'refused', 'replaced'] as const;

export const claimShown = z.object({
  id: z.string(),
  kind: z.enum(['attestation', 'journal']),
  control: z.string().nullable().describe('Control that the statement is about; null: a journal'),
  title: z.string(),
  state: z
    .enum(CLAIM_STATES)
    .describe('Only confirmed claims count; replaced: a newer file arrived before anyone decided'),
  holds: z
    .boolean()
    .nullable()
    .describe('Whether the statement says that the control holds; null: a journal'),
  seen: z.string().nullable().describe('What the person saw; null: a journal, or the file does not say'),
  note: z.string().nullable().describe('null: a journal, or none was given'),
  typedBy: z
    .string()
    .nullable()
    .describe('Who made the statement, as typed into the file; not verified. null: the file does not say'),
  file: z.string(),
  sha256: z
    .string()
    .nullable()
    .describe(
      'SHA-256 of the evidence: the file itself, or the file that the statement refers to; null: none',
    ),
  approvals: z
    .array(z.object({ words: z.string(), by: z.string() }))
    .describe('Approvals recorded in a journal that do not count until a second person confirms them'),
  leftOut: z
    .array(z.string())
    .describe(
      'Journal entries that were left out because a key is missing. Controls that rely on their list cannot pass until a complete journal is confirmed',
    ),
  brought: z.object({ by: z.string(), at: instant }),
  decided: z
    .object({ by: z.string(), at: instant, reason: z.string().nullable().describe('null: not decided') })
    .nullable()
    .describe('null: none was given'),
  mayConfirm: z.boolean(),
  why: z.string().nullable().describe('Why you cannot confirm it; null: you can, or it is already decided'),
});

const ids = z.array(z.string().min(1).max(100)).min(1).max(500).describe('Ids from claims list');

export const claimsContract = {
  list: get('/clients/{client}/claims', {
    title: 'List what files state that someone has to confirm',
    permission: 'attestations.read',
    cli: 'claims list',
    mcp: true,
    list: { key: 'id' },
  })
    .input(z.object({ client: clientParam, ...pageParams() }))
    .output(listOf(claimShown).extend({ waiting: z.number().int() })),
  confirm: post('/clients/{client}/claims/confirm', {
    title: 'Confirm what files state',
    description:
      'From then on, a statement is valid in your name, and a journal is used as written. Approvals in a journal have to be confirmed by someone who may approve and did not import the file. Either all claims are confirmed or none.',
    permission: 'attestations.write',
    audit: 'claims.confirm',
    verifiedAccount: true,
    cli: 'claims confirm',
    proof: 'none',
  })
    .input(z.strictObject({ client: clientParam, claims: ids }))
    .output(z.object({ confirmed: z.number().int() })),
  refuse: post('/clients/{client}/claims/refuse', {
    title: 'Refuse what files state',
    permission: 'attestations.write',
    audit: 'claims.refuse',
    cli: 'claims refuse',
    proof: 'none',
    noVerifiedAccount: 'lets nothing stand',
  })
    .input(
      z.strictObject({
        client: clientParam,
        claims: ids,
        reason: reasonParam,
      }),
    )
    .output(z.object({ refused: z.number().int() })),
};
