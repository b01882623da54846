import { z } from 'zod';
import { STATES } from '#domain/model/verdict.ts';
import { operationsOf } from '../operation.ts';

const source = z.object({ title: z.string(), url: z.string(), read: z.string() });

const needSchema = z.object({
  id: z.string(),
  title: z.string(),
  how: z.string(),
  control: z.string().nullable().describe('The control that decides it; null: only the policy covers it'),
  state: z
    .enum(STATES)
    .nullable()
    .describe('State of that control; null: the method is not used, or you may not see controls'),
  reason: z.string().nullable().describe('Why the control is in this state; null: it has none'),
});

const methodSchema = z.object({
  id: z.enum(['custom_mcp', 'manual_upload', 'bedrock']),
  agent: z
    .object({
      account: z.string(),
      name: z.string(),
      scopes: z.string(),
      readOnly: z.boolean(),
      reviewed: z.string(),
    })
    .nullable()
    .describe('The agent that the charter declares; null: none, or this is another way'),
  title: z.string(),
  means: z.string(),
  fits: z.string(),
  against: z.string(),
  chosen: z
    .boolean()
    .nullable()
    .describe('According to the charter in force; null: the charter does not say'),
  needs: z.array(needSchema),
  sources: z.array(source),
});

const { get } = operationsOf({ feature: 'Membership system', scope: 'client' });

export const amsContract = {
  show: get('/clients/{client}/ams', {
    permission: 'charter.read',
    title: 'Show the ways to the membership system and what each needs',
    description:
      'The guide’s three ways, which of them the charter chooses, and whether what those need is in place.',
    cli: 'ams show',
    mcp: true,
    guide: ['G3.3-00', 'G3.3-07', 'G3.3-08', 'G3.3-09', 'G3.3-10'],
    boundedBy: 'one line for each way that exists',
  }).output(
    z.object({
      name: z
        .string()
        .nullable()
        .describe('Name of the membership system, according to the charter; null: the charter does not say'),
      charter: z.number().int().nullable().describe('Version in force; null: none'),
      decided: z.boolean().describe('Whether the charter states which methods are used, or that none is'),
      none: z.boolean().describe('Whether the charter states that Claude does not reach it'),
      methods: z.array(methodSchema),
      egress: z.object({
        now: z.array(z.string()),
        retired: z.array(z.string()).describe('Addresses no longer used; remove them from firewalls'),
        sources: z.array(source),
      }),
      asOf: z.string(),
      chatRetentionDays: z
        .number()
        .int()
        .nullable()
        .describe('Days that chats are kept, according to the charter; 0: no limit, null: not decided'),
      prepare: z.string().describe('Address of the page that prepares exports; it works without signing in'),
      may: z.object({ edit: z.boolean() }),
    }),
  ),
};
