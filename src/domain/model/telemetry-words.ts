import { z } from 'zod';
import { ACTIVITY_EFFECTS, CATEGORIES, SURFACES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { sourceSchema, text } from './entry-fields.ts';

/** What Claude Code and Cowork say by telemetry: their events, and the tools that are part of them. */
export const claudeTelemetrySchema = z.strictObject({
  asOf: day,
  /** Names of events without their prefix, and what kind of thing each is. */
  events: z.record(text, z.enum(CATEGORIES)),
  /**
   * The tools that are part of Claude Code and Cowork, by what they do to files, the device and the web. `none`: nothing
   * is read or written by it.
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
  /** The one signal that counts. What it says again by another is left out. */
  signal: z.enum(['logs', 'traces']),
  /** Names of the program's own instrumentation scopes that count. */
  scopes: names,
  /** Scopes of the same program that say again what the others say. */
  repeats: names,
  /** Values of `service.name` unless someone changed it. */
  services: names,
  /** Resource attribute with which someone states that the sender is a gateway, and its value. */
  stated: z.strictObject({ attribute: text, value: text }).optional(),
  /** Attributes of a record that the program, or what it was set up with, writes itself. */
  marks: z.array(text).min(1),
  /** Attributes that name the server behind it, the first that is there. */
  server: names,
  /** What stands between the name of a server and that of its tool in the name of a tool; left out: nothing does. */
  toolAfter: text.optional(),
  /** Attributes that may hold the person's address, the first that does. */
  person: names,
  /** Attributes with which a refused call is told, and their values. */
  refused: z.array(z.strictObject({ attribute: text, values: z.array(z.union([z.string(), z.number()])) })),
  /** How it is set up to send here. `{endpoint}`, `{host}` and `{token}` are filled in. */
  setup: z.strictObject({ where: text, lines: text }),
  /** What it does not show, in a sentence; left out: nothing that is known. */
  lacks: text.optional(),
  sources: z.array(sourceSchema).min(1),
});
export type Gateway = z.infer<typeof gatewaySchema>;

/** Gateways in front of connectors or of Claude's models whose own records are recognized. */
export const gatewaysSchema = z.strictObject({
  asOf: day,
  /** Beginnings of the name or user agent of a client, and the part of Claude that it is. */
  clients: z.array(z.strictObject({ starts: text, surface: z.enum(SURFACES) })),
  gateways: z.array(gatewaySchema).min(1),
  sources: z.array(sourceSchema).min(1),
});
export type Gateways = z.infer<typeof gatewaysSchema>;
