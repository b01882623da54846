import { type AnyRule, register } from '../registry.ts';
import { assignmentRequired, claudeSignInApp, connectorAppsConsented } from './app-presence.ts';
import { connectorScopes } from './connector-scopes.ts';
import { consentsAudited } from './consents.ts';
import { defenderAlerts } from './defender-alerts.ts';
import { devicesEnrolled } from './devices-enrolled.ts';
import { egressLocation } from './egress-location.ts';
import { emergencyAccess } from './emergency-access.ts';
import { auditedFirst, consentAccount } from './journal-checks.ts';
import { leaversDisabled, leaversMfaRevoked } from './leavers.ts';
import { leaversMethods } from './leavers-methods.ts';
import { licenseHeld } from './license-held.ts';
import { lookAlikeApps } from './look-alike-apps.ts';
import { policyRequires } from './policy-requires.ts';
import { reportOnlyDated } from './report-only.ts';
import { riskySignIns } from './risky-sign-ins.ts';
import { scopesReviewed } from './scopes-reviewed.ts';
import { securityDefaults } from './security-defaults.ts';
import { sharedSites } from './shared-sites.ts';
import { devicesReady, signInsMfa } from './sign-ins-mfa.ts';
import { uploadBlockSeen } from './upload-block-seen.ts';
import { uploadRuleTested } from './upload-rule-tested.ts';

/** Rules about Microsoft Entra, Intune and Defender. */
export const rules: readonly AnyRule[] = [
  register(licenseHeld),
  register(claudeSignInApp),
  register(connectorAppsConsented),
  register(assignmentRequired),
  register(lookAlikeApps),
  register(connectorScopes),
  register(consentsAudited),
  register(consentAccount),
  register(auditedFirst),
  register(sharedSites),
  register(policyRequires),
  register(emergencyAccess),
  register(egressLocation),
  register(securityDefaults),
  register(signInsMfa),
  register(devicesReady),
  register(leaversDisabled),
  register(leaversMfaRevoked),
  register(leaversMethods),
  register(devicesEnrolled),
  register(riskySignIns),
  register(defenderAlerts),
  register(uploadBlockSeen),
  register(uploadRuleTested),
  register(scopesReviewed),
  register(reportOnlyDated),
];
