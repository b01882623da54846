import { z } from 'zod';
import { NETWORK_FILE_TYPES, NETWORK_KINDS, OVERWRITES } from '#domain/model/network.ts';
import { STATES } from '#domain/model/verdict.ts';
import { BLOCK_SIDES, BLOCK_VERDICTS } from '#domain/network/block.ts';
import { CONFIG_FORMS } from '#domain/network/check/found.ts';
import { PROBE_APPS, PROBE_OUTCOMES, PROBE_VERDICTS } from '#domain/network/probe.ts';
import { instant } from '../operation.ts';

const source = z.object({ title: z.string(), url: z.string(), read: z.string() });

export const probeOutcome = z.enum(PROBE_OUTCOMES);

export const placeSchema = z
  .string()
  .trim()
  .min(3, 'Say in a few words on which network and device.')
  .max(200)
  .describe('Which network and device, in a few words');

export const certificatesSchema = z
  .array(
    z.strictObject({
      host: z.string().trim().min(1).max(253),
      issuer: z.string().trim().min(1).max(200).describe('Organization or name of the authority'),
      isPublic: z
        .boolean()
        .nullable()
        .describe('Whether it is a public authority; null: the device could not tell'),
    }),
  )
  .max(20)
  .nullable()
  .describe('Who vouched for each of Claude’s hosts, as the device read it; null: it was not read');

export const probeSchema = z.object({
  id: z.string(),
  at: instant,
  place: z.string(),
  person: z.string().describe('Who ran it'),
  provider: z
    .string()
    .nullable()
    .describe('Provider of the personal account that a person tried; null: the command’s requests'),
  app: z.enum(PROBE_APPS).nullable().describe('Program in which it was tried; null: the command’s requests'),
  block: z.enum(BLOCK_SIDES).nullable().describe('Side of a block that was tried; null: none'),
  own: probeOutcome.nullable(),
  otherKey: probeOutcome.nullable(),
  otherValue: probeOutcome.nullable(),
  device: z
    .object({
      id: z.string(),
      name: z.string(),
      enrolledAt: instant,
      enrolledBy: z.string(),
      isRevoked: z.boolean().describe('Then nothing that it signed speaks for the network anymore'),
    })
    .nullable()
    .describe('The device that signed it; null: it is on the word of the person'),
  headerHere: z
    .boolean()
    .nullable()
    .describe(
      'Whether the header meant for Claude, which goes to no other host, came with the request that recorded it or to another host that the test asked; null: not looked at',
    ),
  certificates: certificatesSchema,
  shows: z.enum([...PROBE_VERDICTS, ...BLOCK_VERDICTS]).describe('What the test shows as a whole'),
});

export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  enrolledAt: instant,
  enrolledBy: z.string(),
  revokedAt: instant.nullable().describe('null: its tests count'),
  revokedBy: z.string().nullable(),
});

export const waySchema = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(NETWORK_KINDS),
  means: z.string(),
  asOf: z.string(),
  namedBy: z.object({ vendor: z.boolean(), guide: z.boolean(), note: z.string().nullable() }),
  overwrites: z.object({ is: z.enum(OVERWRITES), says: z.string() }).nullable(),
  covers: z.string(),
  notCovered: z.array(z.string()),
  needs: z.array(z.string()),
  steps: z.array(z.string()).describe('Empty where it cannot be chosen'),
  unlicensed: z
    .object({ has: z.enum(['no', 'unknown']), words: z.string() })
    .nullable()
    .describe('Why it cannot be chosen: the product is not licensed, or it is not known; null: it can'),
  headers: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullable()
    .describe('null: it sends none, or what it would send is not known'),
  lack: z.string().nullable().describe('Why its files cannot be made; null: they can'),
  files: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      name: z.string(),
      type: z.enum(NETWORK_FILE_TYPES),
      where: z.string(),
    }),
  ),
  sources: z.array(source),
});

export const networkSchema = z.object({
  charter: z.object({
    number: z.number().int().nullable().describe('The version in force; null: there is none'),
    restriction: z
      .boolean()
      .nullable()
      .describe('Whether other organizations are refused; null: it does not say'),
    block: z.boolean().nullable().describe('Whether the network blocks Claude; null: it does not say'),
    allowlist: z.string().nullable().describe('How managed devices get past the block'),
  }),
  organizations: z.array(z.string()).describe('Ids that are let in, ours first'),
  question: z.string().nullable().describe('How to get our id, where it is not known'),
  licensed: z
    .object({ has: z.enum(['yes', 'no', 'unknown']), words: z.string(), instead: z.string().nullable() })
    .describe('Whether Claude follows the header on this plan, and what remains where it does not'),
  header: z.string(),
  hosts: z.array(z.string()),
  refused: z.string().describe('What a person reads who is refused'),
  caveats: z.array(z.string()),
  sources: z.array(source),
  proofs: z.array(
    z.object({
      control: z.string(),
      title: z.string(),
      state: z.enum(STATES).nullable().describe('null: not decided, or not yours to see'),
      reason: z.string().nullable(),
    }),
  ),
  probes: z.array(probeSchema).describe('Newest first, 10 at most'),
  devices: z.array(deviceSchema).describe('Devices that sign their tests, revoked ones too, newest first'),
  ways: z.array(waySchema),
});

export const LEVELS = ['fault', 'weak', 'unknown', 'note'] as const;

export const checkedSchema = z.object({
  file: z.string(),
  form: z.enum(CONFIG_FORMS),
  formTitle: z.string(),
  against: z.string().describe('Which organizations it was compared with'),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  findings: z.array(
    z.object({
      level: z
        .enum(LEVELS)
        .describe(
          'fault: it does not hold the restriction · weak: it can be got round or hurts · unknown: the vendor does not say · note: worth knowing',
        ),
      code: z.string(),
      line: z.number().int().nullable(),
      says: z.string(),
      do: z.string(),
    }),
  ),
});
