import { SSO_APP } from './microsoft.ts';
import { DOMAIN, mailOf } from './people.ts';
import { TIMEZONE } from './shift.ts';

/** Documents that people at the Alder Society write themselves. */

export const CLIENT = `name: Alder Society of Landscape Surveyors
domains: [${DOMAIN}]
claudePlan: team
claudeSeats: 70
m365: business_premium
addOns: []
swg: none
siem: none
staffCount: 61
timezone: ${TIMEZONE}
holidays: [2026-11-26, 2026-12-25]
normalHours: { start: "07:00", end: "19:00", days: [mon, tue, wed, thu, fri] }
asOf: 2026-11-24
`;

export const CHARTER = `version: 6
inForceSince: 2026-09-14
approvedBy: [Mara Ellingsworth, Ragnar Lindqvist]

accountOwner: ${mailOf('Mara Ellingsworth')}
owners: [${mailOf('Mara Ellingsworth')}, ${mailOf('Ragnar Lindqvist')}]
admins: [${mailOf('Dana Whitlock')}]
inviteDomains: [${DOMAIN}]
seatsFor: on_request
provisioning: invite
ssoRequired: true

governanceOwner: { name: Mara Ellingsworth, email: ${mailOf('Mara Ellingsworth')} }
governanceDeputy: { name: Ragnar Lindqvist, email: ${mailOf('Ragnar Lindqvist')} }

connectors:
  - name: Microsoft 365 (SharePoint / OneDrive)
    sensitivity: medium
    actions: { Search content: allow, Read files: allow, Upload file: ask, Update file: ask, Delete item: blocked, "*": blocked }
    justifications: { Search content: "Drawings and guidance are public to all staff", Read files: "Drawings and guidance are public to all staff" }
    actionsClassified: 2026-09-10
    sourceReviewed: 2026-09-08
  - name: Microsoft 365 (Outlook)
    sensitivity: high
    actions: { Search email: allow, Read email: allow, Send email: blocked, Create rules: blocked, Delete: blocked, "*": blocked }
    justifications: { Search email: "Approved by the board on Sep 14, 2026", Read email: "Approved by the board on Sep 14, 2026" }
    actionsClassified: 2026-09-10
    sourceReviewed: 2026-09-08
  - name: Asana
    sensitivity: low
    actions: { Read tasks: allow, View status: allow, Create tasks: ask, Delete tasks: blocked, "*": blocked }
    actionsClassified: 2026-09-10
    sourceReviewed: 2026-09-08
desktopExtensions: []
localMcpAllowed: false
claudeInChromeAllowed: false
cowork: { enabled: true, runInCloud: false, automaticApproval: false, alwaysAllow: false }

ams: { name: iMIS, methods: [none] }

entra:
  ssoAppId: ${SSO_APP}
  consentBy: ${mailOf('Ragnar Lindqvist')}
  emergencyAccess: { groups: [Emergency access accounts] }
  enableOn: { Require MFA for Claude AI: 2026-12-02 }

auditRetentionDays: 180
contentAccess: { allowed: false }

policy:
  version: v3
  published: 2026-09-12
  approvedBy: Mara Ellingsworth
  contact: help@${DOMAIN}
  clauses: [purpose, no_personal_accounts, no_member_data, no_credentials, no_unapproved_connectors, no_unreviewed_output, outputs_reviewed, account_address, account_monitoring, account_content_access, contact, acceptance]
  noticeCovers: [usage, connectors, sign-ins]
incidentPlan: { types: [unauthorized_access, prompt_injection, data_upload, credential_exposed, agent_action], contacts: ["Ragnar Lindqvist, +1 555 0100"], reviewed: 2026-09-11 }
offboardingTemplate: { includesClaude: true, reviewed: 2026-09-11 }

people:
  shared: [membership@${DOMAIN}]

exceptions:
  - control: CLA-ACC-08
    items: [membership@${DOMAIN}]
    reason: ends with the AMS migration
    owner: Mara Ellingsworth
    until: 2027-01-31
    approvedBy: Ragnar Lindqvist
  - control: CLA-CON-28
    reason: the library workstation needs the browser extension
    owner: Mara Ellingsworth
    until: 2026-10-31
`;

export const JOURNAL = `exported:
  - { what: members, on: 2026-11-24 }
  - { what: roster, on: 2026-11-23 }
  - { what: memberships.json, on: 2026-11-20 }
  - { what: memberships before.json, on: 2026-10-28 }
  - { what: connectors, on: 2026-11-24 }
  - { what: usage, on: 2026-11-02 }
  - { what: acknowledgements, on: 2026-11-23 }
  - { what: subscribed_skus, on: 2026-11-23 }

connectorInventory: { on: 2026-09-09, by: Ragnar Lindqvist }
lockdown: { on: 2026-09-14, by: Mara Ellingsworth, note: No connector added beyond the charter }
defaultConnectorsRemoved: { on: 2026-09-14, by: Mara Ellingsworth, note: The list was empty }
firstInvitation: 2026-09-15
announcements:
  - { on: 2026-09-12, by: Mara Ellingsworth, about: organization_accounts, recipients: 63 }
  - { on: 2026-09-12, by: Mara Ellingsworth, about: policy, recipients: 63 }
explainedToLeadership: { on: 2026-09-14, by: Mara Ellingsworth }

connectorRequests:
  - { on: 2026-10-20, by: Noemi Keller, connector: Miro }
sharePointAudit: { on: 2026-09-08, by: Dana Whitlock }
connectorConsent: { on: 2026-09-14, by: ${mailOf('Ragnar Lindqvist')} }

personalAccounts:
  - { email: ${mailOf('Greta Holm')}, state: contacted, on: 2026-11-20 }
  - { email: ${mailOf('Omar Nasser')}, state: contacted, on: 2026-11-20 }
  - { email: ${mailOf('Malik Osborne')}, state: closed, on: 2026-11-10 }

reviews:
  - { kind: quarterly, on: 2026-08-28, by: Mara Ellingsworth, areas: [connectors, user_access, personal_accounts, usage, permission_changes, m365_permissions] }
  - { kind: monthly, on: 2026-10-27, by: Dana Whitlock, areas: [usage, connectors, personal_accounts, user_access] }
  - { kind: scopes, on: 2026-09-14, by: Ragnar Lindqvist }
nextReview: 2026-11-30

offboardings:
  - { email: ${mailOf('Tobin Achterberg')}, lastDay: 2026-10-12, entraDisabled: 2026-10-12, mfaRevoked: 2026-10-12 }
onboardings:
  - { email: ${mailOf('Bram Oyelaran')}, start: 2026-11-16, policySent: 2026-11-16 }
trainings:
  - { on: 2026-09-18, topic: Using Claude well, everyone: true }
`;

export const ATTESTATIONS = `attestations:
  - { control: CLA-ACC-14, holds: true, seen: 2026-11-20, by: Dana Whitlock, note: SSO through Entra is required }
  - { control: CLA-ACC-12, holds: false, seen: 2026-11-20, by: Dana Whitlock, note: "One invite link is active until Feb 2, 2027" }
  - { control: CLA-SHA-01, holds: true, seen: 2026-11-20, by: Dana Whitlock, note: Restrict organization creation is on, file: proof/restrict-organization-creation.png }
  - { control: CLA-CON-15, holds: true, seen: 2026-06-08, by: Dana Whitlock, note: The allowlist is on and empty }
  - { control: CLA-CON-16, holds: true, seen: 2026-11-20, by: Dana Whitlock, note: Local MCP is off by Intune policy }
  - { control: CLA-CON-18, holds: true, seen: 2026-11-20, by: Dana Whitlock }
  - { control: CLA-CON-19, holds: true, seen: 2026-11-20, by: Dana Whitlock }
  - { control: CLA-CON-28, holds: false, seen: 2026-11-20, by: Dana Whitlock, note: Claude in Chrome is on for everyone }
`;

export const DNS = `; <<>> DiG 9.18.28 <<>> TXT ${DOMAIN}
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 41822
;; flags: qr rd ra; QUERY: 1, ANSWER: 3, AUTHORITY: 0, ADDITIONAL: 1

;; QUESTION SECTION:
;${DOMAIN}.             IN      TXT

;; ANSWER SECTION:
${DOMAIN}.      3600    IN      TXT     "v=spf1 include:spf.protection.outlook.com -all"
${DOMAIN}.      3600    IN      TXT     "MS=ms58120034"
${DOMAIN}.      3600    IN      TXT     "anthropic-domain-verification-" "q8Zk3tVw1xYb7mNc"

;; Query time: 21 msec
;; SERVER: 192.0.2.53#53(192.0.2.53) (UDP)
;; WHEN: Tue Nov 24 08:40:11 EST 2026
`;

export const README_TXT = `Notes for the technician
The exports were put here on 24 November. This file is not one of them.
`;
