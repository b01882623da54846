import { z } from 'zod';
import { filterSchema } from '#domain/forwarding/event.ts';
import { DELIVERY_STATES, SINK_STATES } from '#domain/forwarding/words.ts';
import { fieldSchema } from '../shared/form-fields.ts';
import { pendingActSchema } from '../shared/pending-acts.ts';

export const kindSchema = z.object({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  promise: z.string().describe('What a successful delivery proves, and what it does not'),
  steps: z.array(z.string()),
  template: z.string().nullable().describe('Name of a file that automates some of the steps; null: none'),
  fields: z.array(fieldSchema),
});

const lagSchema = z.object({
  stream: z.string(),
  count: z.number().int(),
  more: z.boolean().describe('true: there are more than the count'),
  oldest: z.string().nullable().describe('When the first of them began to wait; null: none is waiting'),
});

export const sinkSchema = z.object({
  id: z.string(),
  kind: z.string(),
  kindTitle: z.string(),
  name: z.string(),
  place: z.string().describe('Where it sends to, without secrets'),
  settings: z.record(z.string(), z.unknown()).describe('Settings, without secrets'),
  secretsStored: z.array(z.string()).describe('Names of the stored secrets'),
  filter: filterSchema,
  version: z.number().int(),
  createdAt: z.string(),
  changedAt: z.string(),
  changedBy: z.string(),
  state: z.enum(SINK_STATES),
  says: z.string().describe('Its status, in a sentence'),
  lag: z.array(lagSchema),
  acceptedAt: z.string().nullable().describe('Time of the last delivery that was accepted; null: none yet'),
  accepted: z.number().int().describe('Number of events accepted so far'),
  lastSays: z
    .string()
    .nullable()
    .describe('What the other side said when it last accepted something; null: nothing was accepted yet'),
  failedAt: z.string().nullable().describe('When an attempt last failed; null: none did'),
  failedSays: z.string().nullable().describe('Why it failed; null: none did'),
  failedAnswer: z.string().nullable().describe('The other side’s answer, in one line; null: there was none'),
  retryAt: z.string().nullable().describe('When it is tried again; null: nothing waits, or it is paused'),
  failures: z.number().int().describe('Number of consecutive failed attempts'),
  failedDeliveries: z.number().int().describe('Number of failed deliveries waiting for someone'),
  proposed: pendingActSchema,
});

export const triedSchema = z.object({
  accepted: z.boolean(),
  says: z.string(),
  answer: z.string().nullable().describe('The other side’s answer, in one line; null: there was none'),
});

export const failedDeliverySchema = z.object({
  id: z.string(),
  sink: z.string(),
  sinkName: z.string(),
  stream: z.string(),
  firstSeq: z.number().int(),
  lastSeq: z.number().int(),
  count: z.number().int(),
  unnamed: z.number().int().describe('Number of events that were refused, if it is not known which; 0: all'),
  says: z.string(),
  answer: z.string().nullable().describe('The other side’s answer; null: there was none'),
  state: z.enum(DELIVERY_STATES),
  madeAt: z.string(),
  editedAt: z.string().nullable().describe('null: not edited'),
  editedBy: z.string().nullable().describe('Name; null: not edited'),
  settledAt: z.string().nullable().describe('null: waits for someone'),
  settledBy: z.string().nullable().describe('Name; null: waits for someone'),
  settledWhy: z.string().nullable().describe('Reason; null: waits for someone'),
  version: z.number().int(),
});
