import { z } from 'zod';
import { day } from './day-schema.ts';
import { controlId, guideRow, sourceSchema, text } from './entry-fields.ts';

/** Ids of the Conditional Access policies that the guide asks for. */
export const ACCESS_TEMPLATES = ['mfa', 'compliant_device', 'session_control', 'sign_in_risk'] as const;
export type AccessTemplateId = (typeof ACCESS_TEMPLATES)[number];

const accessTemplateSchema = z.strictObject({
  id: z.enum(ACCESS_TEMPLATES),
  /** Display name in Entra, unless the client chooses one. */
  name: text,
  title: text,
  /** What it does, in one sentence. */
  means: text,
  /** Everything that the evaluator requires of a policy. */
  requirement: z
    .array(z.enum(['mfa', 'compliant_device', 'session_control', 'risk_medium', 'risk_high']))
    .min(1),
  control: controlId,
  /** Capabilities that all have to be licensed. */
  needs: z.array(text).min(1),
  /** all: the sign-in application and the connector's; sign_in: the sign-in application only. */
  apps: z.enum(['all', 'sign_in']),
  clientAppTypes: z.array(z.enum(['all', 'browser', 'mobileAppsAndDesktopClients'])).min(1),
  signInRiskLevels: z.array(z.enum(['low', 'medium', 'high'])).default([]),
  grant: z
    .strictObject({
      operator: z.enum(['AND', 'OR']),
      builtInControls: z.array(z.enum(['mfa', 'compliantDevice', 'block'])).min(1),
    })
    .optional(),
  session: z
    .strictObject({
      cloudAppSecurity: z.enum(['mcasConfigured', 'monitorOnly', 'blockDownloads']).optional(),
      signInFrequency: z.literal('everyTime').optional(),
    })
    .optional(),
  /** Differences while it is in report-only mode. */
  reportOnly: z
    .strictObject({ excludePlatforms: z.array(z.enum(['macOS', 'iOS', 'android'])).min(1), why: text })
    .optional(),
  /** Staff have to be informed before it is enabled. */
  announced: z.boolean().default(false),
  /** Control that has to pass before it is enabled for everyone. */
  tested: z
    .string()
    .regex(/^CLA-[A-Z0-9]+-\d{2}$/)
    .optional(),
  /** Control that shows whether the legacy policy that it replaces is still enabled. */
  replaces: z
    .string()
    .regex(/^CLA-[A-Z0-9]+-\d{2}$/)
    .optional(),
  /** It excludes the connector's location, which it would otherwise break. */
  leavesOutLocation: z.boolean().default(false),
  /** What has to be configured by hand in another portal without an API, step by step. */
  sheet: z.array(z.strictObject({ where: text, choose: z.array(text).min(1) })).default([]),
  guideRows: z.array(guideRow),
  /** Its limits, each in a sentence or two. */
  limits: z.array(text),
});
export type AccessTemplate = z.infer<typeof accessTemplateSchema>;

export const conditionalAccessSchema = z.strictObject({
  asOf: day,
  /** Days in report-only mode before a policy is enabled. */
  reportOnlyDays: z.number().int().min(1),
  /** The connector's own IP range as a named location. */
  location: z.strictObject({ name: text, ranges: z.array(text).min(1), why: text }),
  policies: z.array(accessTemplateSchema).length(ACCESS_TEMPLATES.length),
  sources: z.array(sourceSchema).min(1),
});
export type ConditionalAccess = z.infer<typeof conditionalAccessSchema>;
