import { z } from 'zod';
import { CHECK_MODES, CHECK_VERDICTS } from '../dlp/decision.ts';
import { PROBE_APPS } from '../network/probe.ts';
import { mailAddress as address } from './address-schema.ts';
import { day } from './day-schema.ts';

const text = z.string().trim().min(1);
const done = z.strictObject({ on: day, by: text, note: text.optional(), file: text.optional() });

/**
 * What prevents members from using unapproved connectors. switch: the console has a restriction switch, and it is on.
 * added_only: it has none, but members can only use connectors that an Owner added.
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

/** What an export contains. */
export const EXPORT_SCOPES = ['organization_data', 'members', 'audit_log'] as const;
export type ExportScope = (typeof EXPORT_SCOPES)[number];

export const EXPORT_WORDS: Readonly<Record<ExportScope, string>> = {
  organization_data: 'organization data',
  members: 'members',
  audit_log: 'the audit log',
};

/** A test of whether a managed network refuses other Claude organizations, as recorded by a person. */
const tenantRestrictionProbe = z.strictObject({
  on: day,
  by: text,
  /** not_replaced: a header that a program sends itself is not replaced. */
  foreignOrganization: z.enum(['refused', 'allowed', 'misconfigured', 'not_replaced']),
  ownOrganization: z.enum(['allowed', 'refused']),
});

/** What was done and when, which only the client knows. Entries are added, never changed. */
export const journalSchema = z.strictObject({
  /** When an export was made, for files that do not say. `what` is a kind or a file name. */
  exported: z.array(z.strictObject({ what: text, on: day })).optional(),

  connectorInventory: done.optional(),
  /** When the connector catalogue was locked down (guide 2.2, step 3), how, and the file that shows it. */
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
  /** Connectors that were enabled by default, and their removal. */
  defaultConnectorsRemoved: done.optional(),
  firstInvitation: day.optional(),
  announcements: z
    .array(
      z.strictObject({
        on: day,
        by: text,
        about: z.enum(['organization_accounts', 'policy', 'device_compliance', 'other']),
        /** For the policy: the version that was sent. */
        version: text.optional(),
        recipients: z.number().int().min(0).optional(),
        file: text.optional(),
      }),
    )
    .optional(),
  explainedToLeadership: done.optional(),

  /** Formally approved changes of permissions; `to` is the approved state. */
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
  /** The session policy of Defender for Cloud Apps, with the version of its patterns. */
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
  /** Usage outliers that a reviewer examined and explained. */
  explainedUsage: z.array(z.strictObject({ email: address, on: day, by: text, reason: text })).optional(),
  /** Approved exports of the organization's data. Each entry covers one export. */
  approvedExports: z
    .array(
      z.strictObject({
        /** Day of the export, or the day before it. */
        on: day,
        by: text,
        reason: text,
        /** Who makes the export. */
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
 * The journal used for decisions: with facts recorded by Bylaw itself, which nobody may write into a file, because a
 * pass would then depend on typed text.
 */
export const knownJournalSchema = journalSchema.extend({
  tenantRestrictionProbe: tenantRestrictionProbe
    .extend({
      /** The device that signed it; left out: only a person's word. */
      device: z.strictObject({ name: text, enrolledOn: day, enrolledBy: text }).optional(),
      /** The header was also sent to this console, which is not one of Claude's hosts. */
      headerElsewhere: z.literal(true).optional(),
      /** Issuer of the certificate for Claude's hosts, if it is not a public authority. */
      tlsInspectedBy: text.optional(),
      /** The route to Claude that was tested; left out: a file does not say. */
      way: z.enum(['program', ...PROBE_APPS]).optional(),
      /** IDs of the organizations that the charter in force allowed at that time; left out: not known. */
      organizations: z.array(text).min(1).optional(),
    })
    .optional(),
  /** Sinks through which Bylaw sends events to a SIEM. */
  siemDeliveries: z
    .array(
      z.strictObject({
        sink: text,
        /** Day of an accepted delivery, at most one day before the last; left out: none. */
        on: day.optional(),
        /** Why nothing is being delivered at the moment; left out: nothing prevents it. */
        trouble: text.optional(),
      }),
    )
    .optional(),
  /** Connectors with calls in the log; if the journal has a lockdown, only those of the last weeks. */
  connectorsSeen: z
    .array(
      z.strictObject({
        /** Id in the catalogue, or the name used by a source. */
        connector: text,
        /** Callers as named by the sources; some calls name nobody. */
        people: z.array(text),
        /** Day of the latest call. */
        on: day,
      }),
    )
    .optional(),
  /** What is wrong with the file named by the lockdown: it is missing, or has other content. Left out: nothing. */
  lockdownFile: z.enum(['missing', 'differs']).optional(),
  /** Training quizzes that staff passed on their own page; each is evidence for its person only. */
  trainingsPassed: z
    .array(
      z.strictObject({
        on: day,
        /** Address verified by a mailed link. */
        address: text,
      }),
    )
    .optional(),
  /** The inference hook provided by this console: whether it blocks, and the last day of each kind of decision. */
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
        /** Id of the sending part of Claude. */
        from: text,
        /** Day of the latest record. */
        on: day,
        /** not_told: nobody has stated which organization is the client's. */
        organization: z.enum(['own', 'not_told']),
      }),
    )
    .optional(),
});
export type Journal = z.infer<typeof knownJournalSchema>;
