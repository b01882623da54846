import { z } from 'zod';
import { clientParam, instant, listOf, operationsOf, reasonParam } from '../operation.ts';
import { pageParams } from '../paging.ts';

const { get, post } = operationsOf({ feature: 'Attestations', scope: 'client' });

export const CLAIM_STATES = ['waiting', 'confirmed', 'refused', 'replaced'] as const;

export const claimShown = z.object({
  id: z.string(),
  kind: z.enum(['attestation', 'journal']),
  control: z.string().nullable().describe('Control that a statement is about; null for a journal'),
  title: z.string(),
  state: z
    .enum(CLAIM_STATES)
    .describe('Only what is confirmed counts; replaced: a newer file came before anyone decided'),
  holds: z.boolean().nullable(),
  seen: z.string().nullable(),
  note: z.string().nullable(),
  typedBy: z.string().nullable().describe('Who said so, as typed into the file. No one has checked it'),
  file: z.string(),
  sha256: z.string().nullable().describe('Evidence: the file, or the proof that it names'),
  approvals: z
    .array(z.object({ words: z.string(), by: z.string() }))
    .describe('Approvals that a journal speaks of and that do not count yet; a second person confirms them'),
  leftOut: z
    .array(z.string())
    .describe(
      'Entries of a journal that lack a key and were left out. No control passes by their list until a journal in which they are complete is confirmed',
    ),
  brought: z.object({ by: z.string(), at: instant }),
  decided: z.object({ by: z.string(), at: instant, reason: z.string().nullable() }).nullable(),
  mayConfirm: z.boolean(),
  why: z.string().nullable().describe('Why you cannot confirm it; null: you can, or it is decided'),
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
      'A statement counts from then on, in your name. A journal counts with what it says; approvals in it are confirmed by someone who may approve and did not import the file. All of them or none.',
    permission: 'attestations.write',
    audit: 'claims.confirm',
    provenPerson: true,
    cli: 'claims confirm',
  })
    .input(z.strictObject({ client: clientParam, claims: ids }))
    .output(z.object({ confirmed: z.number().int() })),
  refuse: post('/clients/{client}/claims/refuse', {
    title: 'Refuse what files state',
    permission: 'attestations.write',
    audit: 'claims.refuse',
    cli: 'claims refuse',
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
