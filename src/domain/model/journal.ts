import { z } from 'zod';
import { CHECK_MODES, CHECK_VERDICTS } from '../dlp/decision.ts';
import { PROBE_APPS } from '../network/probe.ts';
import { mailAddress as address } from './address-schema.ts';
import { day } from './day-schema.ts';

const text = z.string().trim().min(1);
const done = z.strictObject({ on: day, by: text, note: text.optional(), file: text.optional() });

/**
 * What keeps members from connectors that nobody approved. switch: the console offers a restriction switch, and it is
 * on. added_only: it offers none, and members can use only connectors that an Owner has added.
 */
export const LOCKDOWN_VARIANTS = ['added_only', 'switch'] as const;
export type LockdownVariant = (typeof LOCKDOWN_VARIANTS)[number];

export const REVIEW_KINDS = ['monthly', 'quarterly', 'scopes'] as const;
export const REVIEW_AREAS = [
  'connectors',
  'user_access',
  'personal_accounts',
  'usage',
  'permission_changes',
  'm365_permissions',
] as const;

/** What an export takes out of the organization. */
export const EXPORT_SCOPES = ['organization_data', 'members', 'audit_log'] as const;
export type ExportScope = (typeof EXPORT_SCOPES)[number];

export const EXPORT_WORDS: Readonly<Record<ExportScope, string>> = {
  organization_data: 'organization data',
  members: 'members',
  audit_log: 'the audit log',
};

/** A test whether other Claude organizations are refused on a managed network, as a person writes it down. */
const tenantRestrictionProbe = z.strictObject({
  on: day,
  by: text,
  /** not_replaced: a program that names another organization itself is believed. */
  foreignOrganization: z.enum(['refused', 'allowed', 'misconfigured', 'not_replaced']),
  ownOrganization: z.enum(['allowed', 'refused']),
});

/** What was done and when, as only the client knows it. Entries are added, never changed. */
export const journalSchema = z.strictObject({
  /** When an export was made, where the file itself does not say. `what` is a kind or a file name. */
  exported: z.array(z.strictObject({ what: text, on: day })).optional(),

  connectorInventory: done.optional(),
  /** When the connector catalogue was locked down (guide 2.2, step 3), by which means, and the file that shows it. */
  lockdown: done
    .extend({
      variant: z.enum(LOCKDOWN_VARIANTS).optional(),
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/)
        .toLowerCase()
        .optional(),
    })
    .optional(),
  /** Connectors that were switched on before anyone chose them, and their removal. */
  defaultConnectorsRemoved: done.optional(),
  firstInvitation: day.optional(),
  announcements: z
    .array(
      z.strictObject({
        on: day,
        by: text,
        about: z.enum(['organization_accounts', 'policy', 'device_compliance', 'other']),
        /** Of the policy: which version went out. */
        version: text.optional(),
        recipients: z.number().int().min(0).optional(),
        file: text.optional(),
      }),
    )
    .optional(),
  explainedToLeadership: done.optional(),

  /** Formally approved permission changes; `to` is the state that was approved. */
  approvedChanges: z
    .array(
      z.strictObject({
        on: day,
        connector: text,
        action: text,
        to: z.enum(['allow', 'ask', 'blocked', 'added', 'removed']),
        approvedBy: text,
        reason: text.optional(),
      }),
    )
    .optional(),
  connectorRequests: z
    .array(
      z.strictObject({
        on: day,
        by: text,
        connector: text,
        decision: z.enum(['approved', 'refused', 'deferred']).optional(),
        decidedOn: day.optional(),
        reason: text.optional(),
      }),
    )
    .optional(),

  sharePointAudit: done.optional(),
  connectorConsent: done.optional(),
  dlpTest: z.strictObject({ on: day, by: text, blocked: z.boolean(), note: text.optional() }).optional(),
  /** The session policy of Defender for Cloud Apps, with the version of the patterns that were entered. */
  sessionPolicy: z
    .strictObject({
      on: day,
      by: text,
      patterns: z.string().regex(/^[0-9a-f]{12}$/),
      note: text.optional(),
    })
    .optional(),
  tenantRestrictionProbe: tenantRestrictionProbe.optional(),
  networkBlockProbe: z
    .strictObject({
      on: day,
      by: text,
      guestNetwork: z.enum(['blocked', 'allowed']),
      managedDevice: z.enum(['allowed', 'blocked']),
    })
    .optional(),
  siemTest: z.strictObject({ on: day, by: text, arrived: z.boolean() }).optional(),
  discoveryReview: done.optional(),

  personalAccounts: z
    .array(
      z.strictObject({
        email: address,
        state: z.enum(['found', 'contacted', 'migrating', 'closed', 'exempt']),
        on: day,
        note: text.optional(),
      }),
    )
    .optional(),

  reviews: z
    .array(
      z.strictObject({
        kind: z.enum(REVIEW_KINDS),
        on: day,
        by: text,
        areas: z.array(z.enum(REVIEW_AREAS)).optional(),
        escalations: z.array(text).optional(),
        file: text.optional(),
      }),
    )
    .optional(),
  nextReview: day.optional(),
  /** Usage outliers that a reviewer looked at and explained. */
  explainedUsage: z.array(z.strictObject({ email: address, on: day, by: text, reason: text })).optional(),
  /** Exports of the organization's data that were approved. Each entry is for one export. */
  approvedExports: z
    .array(
      z.strictObject({
        /** Day of the export, or the day before. */
        on: day,
        by: text,
        reason: text,
        /** Who exports. */
        email: address.optional(),
        of: z.enum(EXPORT_SCOPES).optional(),
      }),
    )
    .optional(),

  offboardings: z
    .array(
      z.strictObject({
        email: address,
        lastDay: day,
        entraDisabled: day.optional(),
        mfaRevoked: day.optional(),
        claudeRemoved: day.optional(),
        connectorsRevoked: day.optional(),
        projectsHandedOver: day.optional(),
      }),
    )
    .optional(),
  onboardings: z
    .array(
      z.strictObject({
        email: address,
        start: day,
        seatGiven: day.optional(),
        policySent: day.optional(),
        connectorsExplained: day.optional(),
        personalAccountAsked: day.optional(),
      }),
    )
    .optional(),
  trainings: z
    .array(
      z.strictObject({
        on: day,
        topic: text,
        attended: z.array(address).optional(),
        everyone: z.boolean().optional(),
      }),
    )
    .optional(),
  incidents: z
    .array(
      z.strictObject({
        id: text,
        type: z.enum([
          'unauthorized_access',
          'prompt_injection',
          'data_upload',
          'credential_exposed',
          'agent_action',
          'other',
        ]),
        opened: day,
        closed: day.optional(),
        stepsDone: z.boolean().optional(),
        membersNotified: z.enum(['yes', 'not_needed', 'open']).optional(),
        note: text.optional(),
      }),
    )
    .optional(),
});

/**
 * A journal as it is decided by: with what Bylaw itself knows and nobody may write into a file, since a pass would then
 * rest on what someone typed.
 */
export const knownJournalSchema = journalSchema.extend({
  tenantRestrictionProbe: tenantRestrictionProbe
    .extend({
      /** The device that signed it; left out: it is on the word of the person. */
      device: z.strictObject({ name: text, enrolledOn: day, enrolledBy: text }).optional(),
      /** The header also came to this console, which is none of Claude's hosts. */
      headerElsewhere: z.literal(true).optional(),
      /** Who vouched for Claude's hosts there and is no public authority. */
      tlsInspectedBy: text.optional(),
      /** Which way to Claude was tried; left out: a file says no more than that it was. */
      way: z.enum(['program', ...PROBE_APPS]).optional(),
    })
    .optional(),
  /** Sinks by which Bylaw sends events to a SIEM. */
  siemDeliveries: z
    .array(
      z.strictObject({
        sink: text,
        /** Day of a delivery that was taken, at most a day before the last one; left out: none was. */
        on: day.optional(),
        /** Why nothing arrives at the moment; left out: nothing stands in the way. */
        trouble: text.optional(),
      }),
    )
    .optional(),
  /** Connectors that the log tells calls of; where the journal has a lock-down, those of the last weeks. */
  connectorsSeen: z
    .array(
      z.strictObject({
        /** Id in the catalogue, or the name as a source writes it. */
        connector: text,
        /** Those who called it, as the sources name them; some calls name nobody. */
        people: z.array(text),
        /** Day of the last call. */
        on: day,
      }),
    )
    .optional(),
  /** What is wrong with the file that the lock-down names: there is none, or one of other content. Left out: nothing. */
  lockdownFile: z.enum(['missing', 'differs']).optional(),
  /** Quizzes of the training that staff passed on their own page here, each evidence of its person alone. */
  trainingsPassed: z
    .array(
      z.strictObject({
        on: day,
        /** Address that a mailed link showed to be theirs. */
        address: text,
      }),
    )
    .optional(),
  /** The inference hook that this console is: whether it refuses, and the last day of each decision on a prompt. */
  inferenceHook: z
    .strictObject({
      mode: z.enum(CHECK_MODES),
      decided: z.array(z.strictObject({ verdict: z.enum(CHECK_VERDICTS).exclude(['tested']), on: day })),
    })
    .optional(),
  /** Telemetry that this console received. */
  telemetryReceived: z
    .array(
      z.strictObject({
        /** Id of the part of Claude that sent it. */
        from: text,
        /** Day on which the last of it came in. */
        on: day,
        /** not_told: nobody has said which organization is the client's own. */
        organization: z.enum(['own', 'not_told']),
      }),
    )
    .optional(),
});
export type Journal = z.infer<typeof knownJournalSchema>;
