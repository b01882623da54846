import { z } from 'zod';
import { NETWORK_FILE_TYPES, NETWORK_KINDS, OVERWRITES } from '#domain/model/network.ts';
import { STATES } from '#domain/model/verdict.ts';
import { BLOCK_SIDES, BLOCK_VERDICTS } from '#domain/network/block.ts';
import { CONFIG_FORMS } from '#domain/network/check/parsed-config.ts';
import { PROBE_APPS, PROBE_OUTCOMES, PROBE_VERDICTS } from '#domain/network/probe.ts';
import { instant } from '../operation.ts';

const source = z.object({ title: z.string(), url: z.string(), read: z.string() });

export const probeOutcome = z.enum(PROBE_OUTCOMES);

export const placeSchema = z
  .string()
  .trim()
  .min(3, 'Say in a few words on which network and device.')
  .max(200)
  .describe('Network and device, in a few words');

export const certificatesSchema = z
  .array(
    z.strictObject({
      host: z.string().trim().min(1).max(253),
      issuer: z.string().trim().min(1).max(200).describe('Organization or name of the certificate authority'),
      isPublic: z
        .boolean()
        .nullable()
        .describe('Whether it is a public authority; null: the device could not determine it'),
    }),
  )
  .max(20)
  .nullable()
  .describe('Certificate authority for each of Claude’s hosts, as seen by the device; null: not read');

export const probeSchema = z.object({
  id: z.string(),
  at: instant,
  place: z.string(),
  person: z.string().describe('Who ran the test'),
  provider: z
    .string()
    .nullable()
    .describe('Provider of the personal account that a person tried; null: the command’s requests'),
  app: z.enum(PROBE_APPS).nullable().describe('Program it was tried in; null: the command’s requests'),
  block: z.enum(BLOCK_SIDES).nullable().describe('Side of a block that was tried; null: none'),
  own: probeOutcome.nullable().describe('Request with the client’s own id; null: not tried'),
  otherKey: probeOutcome.nullable().describe('Request with another organization’s key; null: not tried'),
  otherValue: probeOutcome
    .nullable()
    .describe('Request with another organization’s id in the header; null: not tried'),
  device: z
    .object({
      id: z.string(),
      name: z.string(),
      enrolledAt: instant,
      enrolledBy: z.string(),
      isRevoked: z.boolean().describe('true: tests it signed no longer count as evidence for the network'),
    })
    .nullable()
    .describe('Device that signed it; null: it is the person’s statement only'),
  headerHere: z
    .boolean()
    .nullable()
    .describe(
      'Whether the header meant for Claude, which must go to no other host, came with the recording request or reached another host that was tested; null: not checked',
    ),
  certificates: certificatesSchema,
  shows: z.enum([...PROBE_VERDICTS, ...BLOCK_VERDICTS]).describe('Overall result of the test'),
});

export const deviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  enrolledAt: instant,
  enrolledBy: z.string(),
  revokedAt: instant.nullable().describe('null: not revoked, so its tests are used'),
  revokedBy: z.string().nullable().describe('Name; null: not revoked'),
});

export const waySchema = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(NETWORK_KINDS),
  means: z.string(),
  asOf: z.string(),
  namedBy: z.object({
    vendor: z.boolean(),
    guide: z.boolean(),
    note: z.string().nullable().describe('What to know about it; null: nothing'),
  }),
  overwrites: z
    .object({ is: z.enum(OVERWRITES), says: z.string() })
    .nullable()
    .describe('Whether a header that the device sends itself is replaced; null: not about this way'),
  covers: z.string(),
  notCovered: z.array(z.string()),
  needs: z.array(z.string()),
  steps: z.array(z.string()).describe('Empty where it cannot be chosen'),
  unlicensed: z
    .object({ has: z.enum(['no', 'unknown']), words: z.string() })
    .nullable()
    .describe(
      'Why it cannot be chosen: the product is not licensed, or that is not known; null: it can be chosen',
    ),
  headers: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullable()
    .describe('null: it sends none, or the value is not known'),
  lack: z.string().nullable().describe('Why its files cannot be made; null: they can be made'),
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
    restriction: z.boolean().nullable().describe('Whether other organizations are refused; null: not stated'),
    block: z.boolean().nullable().describe('Whether the network blocks Claude; null: not stated'),
    allowlist: z
      .string()
      .nullable()
      .describe('How managed devices are exempt from the block; null: not stated'),
  }),
  organizations: z.array(z.string()).describe('Ids that are allowed, the client’s own first'),
  question: z.string().nullable().describe('How to find the client’s id; null: it is known'),
  licensed: z
    .object({
      has: z.enum(['yes', 'no', 'unknown']),
      words: z.string(),
      instead: z
        .string()
        .nullable()
        .describe('What remains if the plan does not honor the header; null: it does, or it is not known'),
    })
    .describe('Whether Claude honors the header on this plan, and what remains if it does not'),
  header: z.string(),
  hosts: z.array(z.string()),
  refused: z.string().describe('Message shown to a person who is refused'),
  caveats: z.array(z.string()),
  sources: z.array(source),
  proofs: z.array(
    z.object({
      control: z.string(),
      title: z.string(),
      state: z.enum(STATES).nullable().describe('null: not decided, or you may not see it'),
      reason: z
        .string()
        .nullable()
        .describe('Reason of the verdict; null: not decided, or you may not see it'),
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
  against: z.string().describe('Organizations it was compared with'),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  findings: z.array(
    z.object({
      level: z
        .enum(LEVELS)
        .describe(
          'fault: it does not enforce the restriction · weak: it can be bypassed or causes harm · unknown: the vendor does not say · note: worth knowing',
        ),
      code: z.string(),
      line: z.number().int().nullable().describe('Line of the file; null: no line in particular'),
      says: z.string(),
      do: z.string(),
    }),
  ),
});
