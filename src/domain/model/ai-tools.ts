import { z } from 'zod';
import { day } from './day-schema.ts';
import { sourceSchema, text } from './entry-fields.ts';

/** What an AI tool is for. */
export const AI_TOOL_KINDS = [
  'assistant',
  'coding',
  'search',
  'writing',
  'meeting',
  'media',
  'platform',
] as const;
export type AiToolKind = (typeof AI_TOOL_KINDS)[number];

/** An AI tool that network logs can show; Claude is one of them. */
export const aiToolSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  vendor: text,
  kind: z.enum(AI_TOOL_KINDS),
  /** Hosts that belong to the tool alone, including their subdomains; hosts shared with other services are left out. */
  hosts: z.array(z.hostname().toLowerCase()).min(1),
  /** Names used by gateways and Defender in addition to its title. */
  names: z.array(text).default([]),
  /** What people enter into it. */
  takes: text,
  /** What its hosts cannot show. */
  note: text.optional(),
  sources: z.array(sourceSchema).min(1),
});
export type AiTool = z.infer<typeof aiToolSchema>;

/** The AI tools that Bylaw recognizes by their hosts. */
export const aiToolsSchema = z.strictObject({
  asOf: day,
  /** Categories by which gateways mark a host as an AI tool, compared without case and punctuation. */
  categories: z.array(z.strictObject({ name: text, of: text, source: sourceSchema.optional() })).min(1),
  tools: z.array(aiToolSchema).min(1),
});
export type AiTools = z.infer<typeof aiToolsSchema>;
