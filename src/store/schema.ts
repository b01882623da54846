import type { ActivityTables } from './schema/activity.ts';
import type { AnnouncementTables } from './schema/announcement.ts';
import type { BaselineTables } from './schema/baselines.ts';
import type { ChangeTables } from './schema/changes.ts';
import type { CharterTables } from './schema/charter.ts';
import type { DecisionTables } from './schema/decisions.ts';
import type { DetectionTables } from './schema/detections.ts';
import type { DlpTables } from './schema/dlp.ts';
import type { DriftTables } from './schema/drift.ts';
import type { IdentityTables } from './schema/identity.ts';
import type { IncidentTables } from './schema/incidents.ts';
import type { MicrosoftTables } from './schema/microsoft.ts';
import type { NetworkTables } from './schema/network.ts';
import type { PersonalAccountTables } from './schema/personal-accounts.ts';
import type { PlanTables } from './schema/plans.ts';
import type { PolicyTables } from './schema/policy.ts';
import type { RecordTables } from './schema/records.ts';
import type { ReminderTables } from './schema/reminders.ts';
import type { RequestTables } from './schema/requests.ts';
import type { ReviewTables } from './schema/reviews.ts';
import type { SinkTables } from './schema/sinks.ts';
import type { SourceTables } from './schema/sources.ts';
import type { StaffTables } from './schema/staff.ts';
import type { TimeStampTables } from './schema/time-stamps.ts';
import type { UsageTables } from './schema/usage.ts';
import type { WorkTables } from './schema/work.ts';

/** Every table as Kysely types. The purpose and row-level security of each are in migrations/. */
export interface Database
  extends IdentityTables,
    RecordTables,
    DecisionTables,
    CharterTables,
    PlanTables,
    PolicyTables,
    PersonalAccountTables,
    WorkTables,
    ReminderTables,
    DriftTables,
    RequestTables,
    ReviewTables,
    IncidentTables,
    TimeStampTables,
    ChangeTables,
    BaselineTables,
    ActivityTables,
    SinkTables,
    SourceTables,
    NetworkTables,
    MicrosoftTables,
    DlpTables,
    StaffTables,
    UsageTables,
    DetectionTables,
    AnnouncementTables {}
