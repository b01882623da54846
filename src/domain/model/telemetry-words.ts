import { z } from 'zod';
import { ACTIVITY_EFFECTS, CATEGORIES, SURFACES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { sourceSchema, text } from './entry-fields.ts';

/** The telemetry vocabulary of Claude Code and Cowork: their events and built-in tools. */
export const claudeTelemetrySchema = z.strictObject({
  asOf: day,
  /** Names of events without their prefix, with their category. */
  events: z.record(text, z.enum(CATEGORIES)),
  /**
   * Built-in tools of Claude Code and Cowork, by their effect on files, the device and the web. `none`: nothing is
   * read or written.
   */
  builtInTools: z.strictObject({
    ...Object.fromEntries(ACTIVITY_EFFECTS.map((effect) => [effect, z.array(text).optional()])),
    none: z.array(text).optional(),
  } as Record<(typeof ACTIVITY_EFFECTS)[number] | 'none', z.ZodOptional<z.ZodArray<typeof text>>>),
  sources: z.array(sourceSchema).min(1),
});
export type ClaudeTelemetry = z.infer<typeof claudeTelemetrySchema>;

const names = z.array(text).default([]);

const gatewaySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: text,
  /** What passes through it, in one sentence. */
  means: text,
  /** The only signal that is used. Repetitions in others are ignored. */
  signal: z.enum(['logs', 'traces']),
  /** Names of the program's own instrumentation scopes that are used. */
  scopes: names,
  /** Scopes of the same program that repeat the others. */
  repeats: names,
  /** Default values of `service.name`. */
  services: names,
  /** Resource attribute with which someone declares the sender a gateway, and its value. */
  stated: z.strictObject({ attribute: text, value: text }).optional(),
  /** Attributes of a record that the program, or its configuration, writes itself. */
  marks: z.array(text).min(1),
  /** Attributes with the name of the server behind it, in order of precedence. */
  server: names,
  /** Separator between server and tool in a tool's name; left out: none. */
  toolAfter: text.optional(),
  /** Attributes that may contain the person's address, in order of precedence. */
  person: names,
  /** Attributes and values that mark a refused call. */
  refused: z.array(z.strictObject({ attribute: text, values: z.array(z.union([z.string(), z.number()])) })),
  /** How to configure it to send here. `{endpoint}`, `{host}` and `{token}` are replaced. */
  setup: z.strictObject({ where: text, lines: text }),
  /** What it does not show, in a sentence; left out: nothing known. */
  lacks: text.optional(),
  sources: z.array(sourceSchema).min(1),
});
export type Gateway = z.infer<typeof gatewaySchema>;

/** Recognized gateways in front of connectors or Claude's models. */
export const gatewaysSchema = z.strictObject({
  asOf: day,
  /** Prefixes of a client's name or user agent, and the part of Claude that it is. */
  clients: z.array(z.strictObject({ starts: text, surface: z.enum(SURFACES) })),
  gateways: z.array(gatewaySchema).min(1),
  sources: z.array(sourceSchema).min(1),
});
export type Gateways = z.infer<typeof gatewaysSchema>;
