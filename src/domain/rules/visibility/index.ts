import { type AnyRule, register } from '../registry.ts';
import { apiKeyMakers } from './api-key-makers.ts';
import { apiKeysKnown } from './api-keys-known.ts';
import { auditLogKept } from './audit-log-kept.ts';
import { auditRetention } from './audit-retention.ts';
import { callsInBulk } from './calls-in-bulk.ts';
import { chatRetention } from './chat-retention.ts';
import { complianceRecords } from './compliance-records.ts';
import { contentAccess } from './content-access.ts';
import { coworkTelemetry } from './cowork-telemetry.ts';
import { exportsExpected } from './exports-expected.ts';
import { inferenceHooks } from './inference-hooks.ts';
import { siemTest } from './siem-test.ts';
import { signInsLookedAt } from './sign-ins.ts';
import { usageOutliers } from './usage-outliers.ts';
import { usageReadable } from './usage-readable.ts';
import { workOutsideHours } from './work-outside-hours.ts';
import { writeActions } from './write-actions.ts';

export const rules: readonly AnyRule[] = [
  register(usageReadable),
  register(usageOutliers),
  register(complianceRecords),
  register(auditLogKept),
  register(coworkTelemetry),
  register(siemTest),
  register(writeActions),
  register(signInsLookedAt),
  register(contentAccess),
  register(chatRetention),
  register(auditRetention),
  register(exportsExpected),
  register(apiKeysKnown),
  register(apiKeyMakers),
  register(callsInBulk),
  register(inferenceHooks),
  register(workOutsideHours),
];
