import { z } from 'zod';
import { charteredConnector, charterSchema } from './charter.ts';
import { day } from './day-schema.ts';
import { KEEP } from './keep.ts';
import { CLAUDE_PLANS, M365_TIERS, profileSchema, writtenProfileSchema } from './profile.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z][a-z0-9_]*$/, 'is not an id: small letters, digits and underscores');

/**
 * Placeholders in a baseline for the client's own values: its name, first domain, all domains (in a list), and the
 * address of its account owner.
 */
export const PLACEHOLDERS = ['name', 'domain', 'domains', 'owner'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/**
 * The part of a charter that can be the same for many clients. Acts at one client on a day (approvals, reviews,
 * published policies, exceptions) and decisions about its people are excluded: they cannot be made for another client.
 */
export const templateCharterSchema = charterSchema
  .omit({
    version: true,
    inForceSince: true,
    approvedBy: true,
    claudeOrganization: true,
    domainCapture: true,
    policy: true,
    incidentPlan: true,
    offboardingTemplate: true,
    people: true,
    exceptions: true,
    invariantExceptions: true,
  })
  .extend({
    connectors: z
      .array(
        charteredConnector.omit({
          url: true,
          actionsClassified: true,
          sourceReviewed: true,
          securityReview: true,
        }),
      )
      .optional(),
    ams: z
      .strictObject({
        name: text,
        methods: z.array(z.enum(['custom_mcp', 'manual_upload', 'bedrock', 'none'])).min(1),
        privateNetwork: z.boolean().optional(),
      })
      .optional(),
    entra: z
      .strictObject({ connectorScopes: z.array(text).optional(), consentBy: text.optional() })
      .optional(),
    telemetry: z.strictObject({ endpoint: text }).optional(),
  });
export type TemplateCharter = z.infer<typeof templateCharterSchema>;

/** Assignee and due date of a deployment task. */
const taskDefault = z.strictObject({
  task: id,
  by: z.enum(['msp', 'client']),
  /** Name, role or address; `{owner}` is the client's account owner. */
  owner: text.max(200).optional(),
  /** Days after applying the baseline. */
  dueDays: z.number().int().min(0).max(730).optional(),
});

/** Defaults for a new client whose row says nothing else. */
const clientDefaults = z.strictObject({
  timezone: writtenProfileSchema.shape.timezone.unwrap().optional(),
  normalHours: profileSchema.shape.normalHours,
  swg: writtenProfileSchema.shape.swg,
  siem: writtenProfileSchema.shape.siem,
  deviceManagement: writtenProfileSchema.shape.deviceManagement,
  addOns: z.array(text).optional(),
  keep: z.strictObject({ readings: z.enum(KEEP), reports: z.enum(KEEP) }).optional(),
});

/** A template of charter and deployment for many clients, as written by people. */
export const baselineSchema = z.strictObject({
  name: text.max(120),
  purpose: text.max(2000),
  meantFor: z.strictObject({
    claudePlans: z.array(z.enum(CLAUDE_PLANS)).min(1),
    m365: z.array(z.enum(M365_TIERS)).default([]),
  }),
  client: clientDefaults.default({}),
  charter: templateCharterSchema.default({}),
  deployment: z.array(taskDefault).default([]),
  texts: z.array(z.strictObject({ id, title: text.max(120), text: text.max(10_000) })).default([]),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** A baseline that comes with Bylaw, with its sources. */
export const shippedBaselineSchema = z.strictObject({
  id,
  asOf: day,
  /** Revision of the guide that this follows, YYYY-MM. */
  guide: z.string().regex(/^\d{4}-\d{2}$/),
  guideRows: z.array(z.string().regex(/^G[0-9AB][0-9.]*-\d{2}[a-z]?$/)).default([]),
  sources: z.array(z.strictObject({ title: text, url: z.string().url(), read: day })).min(1),
  /**
   * The baseline itself, copied as it is. It contains placeholders, so it is validated with sample values in their
   * place.
   */
  baseline: z.record(z.string(), z.unknown()),
});
export type ShippedBaseline = z.infer<typeof shippedBaselineSchema>;

/** The guide that the catalogue follows, and its revision. */
export const guideSchema = z.strictObject({
  id,
  title: text,
  publisher: text,
  /** Month of the revision, YYYY-MM. */
  asOf: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month of the form YYYY-MM'),
  /** What the revision says about its own validity, in our words. */
  says: text,
  sections: z.array(z.strictObject({ number: text, title: text })).min(1),
});
export type Guide = z.infer<typeof guideSchema>;
