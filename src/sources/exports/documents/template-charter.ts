/** charter.yaml as written by `bylaw init`. Lines of an example are `#key:`; explanations are `# Words`. */
export const CHARTER_TEMPLATE = `# Bylaw charter: how things should be, as this client has approved it.
#
# Lines that begin with "# " are explanations. Lines that begin with "#" and a key are examples: delete the "#" and
# enter your own value. Every key can be left out; a control that needs it then asks for it by name.
# Dates are written YYYY-MM-DD.

# ---- The charter itself ----
# Number of this version, the date on which it took effect, and who approved it.
#version: 1
#inForceSince: 2026-09-01
#approvedBy:
#  - Renata Osei, Executive Director

# ---- Accounts and sign-in ----
# Email address that owns the Claude organization: a named address of the association, not someone's personal one.
#accountOwner: claude-owner@alder.example.org

# How the organization regains access if the owner’s account is lost.
#recoveryPlan: The second owner signs in from the sealed envelope in the safe and names a new one.

# Everyone who should be an Owner or Primary Owner, and everyone who should be an Admin.
#owners:
#  - dana.whitlock@alder.example.org
#  - ines.carrow@alder.example.org
#admins:
#  - helpdesk.lead@alder.example.org

# Maximum number of owners, including the Primary Owner. Default: 2. If it is more than two, say why.
#maxOwners: 3
#maxOwnersReason: The chapters in the west need an owner in their time zone.

# Domains whose addresses may be invited.
#inviteDomains:
#  - alder.example.org

# Who gets a seat: everyone or on_request.
#seatsFor: on_request

# How people get into Claude: invite, jit (at their first sign-in) or scim (directory sync).
#provisioning: invite

# Is signing in through the organization's identity provider required?
#ssoRequired: false

# Enterprise: should personal accounts on the domain be captured? It cannot be undone, so two people decide.
#domainCapture:
#  capture: false
#  on: 2026-09-01
#  by: Dana Whitlock
#  approvedBy: Renata Osei

# ---- People in charge ----
#governanceOwner:
#  name: Dana Whitlock
#  email: dana.whitlock@alder.example.org
#governanceDeputy:
#  name: Ines Carrow
#  email: ines.carrow@alder.example.org

# ---- Connectors ----
# Every approved connector. actions sets each action, or tool, to allow, ask or blocked; "*" covers all the rest.
# kind is directory (listed by Anthropic) or custom (a server of your own or a vendor's).
# sensitivity is low, medium or high. holdsMemberData and isAms (membership system) are true or false.
# effects says what an action does if Bylaw does not know it: read, write, delete, send or admin.
# justifications says why an action is looser than the guide's baseline.
# actionsClassified: date on which the actions were reviewed. sourceReviewed: date on which the rights in the
# connected system were reviewed. url and securityReview are for custom servers: the address, and who signed the review
# here and at the vendor.
#connectors:
#  - name: Microsoft 365
#    kind: directory
#    sensitivity: high
#    holdsMemberData: true
#    isAms: false
#    actions:
#      read: allow
#      send: blocked
#      "*": ask
#    justifications:
#      read: Staff search their own mailbox only, reviewed with the vendor.
#    actionsClassified: 2026-08-20
#    sourceReviewed: 2026-08-18
#  - name: Membership server
#    kind: custom
#    url: https://ams.alder.example.org/mcp
#    actions:
#      lookup_member: ask
#      "*": blocked
#    effects:
#      lookup_member: read
#    securityReview:
#      on: 2026-08-25
#      by: Ines Carrow
#      vendorContact: security@vendor.example.com

# Desktop extensions that may be installed. An empty list [] allows none.
#desktopExtensions: []

# May people run MCP servers on their own computers?
#localMcpAllowed: false

# Decisions on Cowork: is it on, may it run in the cloud, may it approve its own steps, may "always allow" be chosen?
#cowork:
#  enabled: true
#  runInCloud: false
#  automaticApproval: false
#  alwaysAllow: false

# May the browser extension Claude in Chrome be used?
#claudeInChromeAllowed: false

# ---- Membership system (AMS) ----
# methods: custom_mcp, manual_upload, bedrock or none. vendorConsulted: what the vendor said.
# serviceAccount: the account through which Claude reads. agent: the Bedrock agent in your own AWS account.
# egressAllowlisted: for a system in a private network, the date since which the firewall
# lets only Anthropic's address range through to it.
#ams:
#  name: iMIS
#  methods: [custom_mcp]
#  vendorConsulted:
#    on: 2026-07-30
#    contact: Account manager at the vendor
#    outcome: Read-only access agreed.
#  serviceAccount:
#    name: svc-claude-read
#    readOnly: true
#    admin: false
#    reviewed: 2026-08-25
#  agent:
#    account: "123456789012"
#    name: member-answers
#    scopes: Members and standing, read only
#    readOnly: true
#    reviewed: 2026-08-25
#  privateNetwork: false
#  egressAllowlisted: 2026-08-26

# ---- Microsoft Entra ----
# ssoAppId: application id of your own Claude sign-in app. connectorScopes: the scopes that the connector's server
# app should have. consentBy: the account that should give consent. emergencyAccess: groups and users, by object id or
# name, that are excluded from every policy. approvedExclusions: others that are excluded on purpose. enableOn: the
# date on which a report-only policy should be switched on, by its name or id.
#entra:
#  ssoAppId: 00000000-0000-4000-8000-0000000000a1
#  connectorScopes: [User.Read, Mail.Read, Files.Read]
#  consentBy: global.admin@alder.example.org
#  emergencyAccess:
#    groups: [Emergency access]
#    users: [breakglass1@alder.example.org]
#  approvedExclusions:
#    - id: Board laptops
#      reason: Replaced in January, not enrolled until then.
#      until: 2027-01-31
#  enableOn:
#    Require MFA for Claude: 2026-12-01
#  policyNames: "CA - {policy}"
#  keptOutPercent: 5

# ---- Network and devices ----
# Is the header set that refuses other Claude organizations? Does the network block Claude, and if so, who gets past
# the block? Which Claude organizations besides ours are allowed, such as one in the Claude Console?
#network:
#  tenantRestriction: false
#  otherOrganizations: [ 11111111-2222-4333-8444-555555555555 ]
#  blockClaude: false
#  allowlistForManagedDevices: Group "Managed laptops" in the gateway

# Is content that could not be checked in time blocked (true) or let through (false)? This applies to the inference
# hook and the check at the proxy, if they are set to refuse.
#contentChecks: { blockUnchecked: true }

# Decisions on other AI tools: approved, tolerated (until a date) or forbidden.
#aiTools:
#  - { tool: ChatGPT, decision: forbidden, on: 2026-11-24, by: Dana Whitlock, reason: No agreement on data }
#  - { tool: Otter, decision: tolerated, until: 2027-03-31, reason: Until Teams has transcripts }

# Does Claude Desktop update automatically, and within how many hours (1 to 72), or through your software deployment?
#desktopUpdates: { automatic: true, withinHours: 24 }

# Should the desktop app sign in only to this organization, and what is the organization's id?
# (Claude: Organization settings > Organization, at the bottom)
#desktopOrgLock: false
#claudeOrganization: 7c1f3b60-58a2-4f0e-9a53-2f6d2f0c7e11

# ---- Visibility ----
# Where Cowork telemetry goes, and since when.
#telemetry:
#  endpoint: https://otel.alder.example.org
#  since: 2026-09-15

# How many days audit records are kept, and how many days chats are kept (0: without limit).
#auditRetentionDays: 365
#chatRetentionDays: 180

# May anyone read other people's conversations, and who has to agree?
#contentAccess:
#  allowed: true
#  approvers: [Renata Osei, Legal counsel]

# May the text of what people write be kept? Without this key, none is. of: messages (with answers), tool_input. from:
# cowork, claude_code, office_agents, chats (with sessions, through the Compliance API). days: at most 90; then each
# text is removed. It takes effect only if contentAccess allows reading and names two people, two people approved it,
# and policy.noticeCovers names the content of conversations in a published notice.
#contentKept:
#  of: [messages]
#  from: [cowork]
#  purpose: Investigation of the leak of October
#  days: 14
#  until: 2026-12-31
#  approvedBy: [Renata Osei, Legal counsel]

# API keys that should exist, by name or id. An empty list [] means none.
#approvedApiKeys: []

# A person's usage is reviewed if it is more than this many times the average. Default: 5.
#usageFactor: 5
# Days of usage figures that are needed before anyone is compared. By default, anyone who stands out is named no matter
# how many days there are, and 7 days are needed to say that no one does.
#usageMinimumDays: 7

# How many days may pass between reviews, up to twice 31, 92 and 183.
#reviewDays:
#  monthly: 35
#  quarterly: 100
#  scopes: 190

# ---- Policy ----
# version is text, so put it in quotation marks. distributedTo: how many people received it. clauses: ids that
# "bylaw catalogue show clauses" lists. noticeCovers: what the notice to staff says is monitored. targetShare: the share
# of seat holders who have to acknowledge it (1 is everyone). employmentAgreementClause: since when agreements
# include it.
#policy:
#  version: "2.0"
#  published: 2026-08-15
#  approvedBy: Board of Directors
#  distributedTo: 61
#  contact: privacy@alder.example.org
#  clauses: [purpose, no_member_data]
#  noticeCovers: [usage, connectors, sign-ins]
#  targetShare: 1
#  quizShare: 1
#  employmentAgreementClause: 2026-09-01

# ---- Incidents and offboarding ----
#incidentPlan:
#  types: [Member data in a personal account, Credentials in a chat]
#  contacts: [Dana Whitlock, MSP on-call desk]
#  reviewed: 2026-09-10
#offboardingTemplate:
#  includesClaude: true
#  reviewed: 2026-09-10

# ---- Decisions about people ----
# same: addresses or names that belong to one person. different: two that look alike but belong to two people. shared,
# service and guests: addresses that are, on purpose, a shared mailbox, a service account or someone from outside.
#people:
#  same:
#    - [m.lopez@alder.example.org, maria.garcia@alder.example.org]
#  different:
#    - [j.smith@alder.example.org, john.smith@alder.example.org]
#  shared: [frontdesk@alder.example.org]
#  service: [svc-claude@alder.example.org]
#  guests: [auditor@firm.example.com]

# ---- Exceptions ----
# A control that may fail for a while. items: who or what the exception covers (an email address, connector/action, a
# policy id); without it, the whole control. until: its last day. approvedBy: a second person, required if the control
# is critical.
#exceptions:
#  - control: CLA-ACC-08
#    items: [frontdesk@alder.example.org]
#    reason: The front desk shares one screen until the new desks arrive.
#    owner: Dana Whitlock
#    from: 2026-10-01
#    until: 2027-01-15
#    approvedBy: Renata Osei

# Actions that are wider, for a while, than any charter may make them: a membership system that can do more than read,
# or Always allow for actions that delete, send or administer. Write action as above. After until, it counts as blocked.
#invariantExceptions:
#  - connector: Membership server
#    action: update_member
#    until: 2027-01-15
#    reason: Addresses are corrected manually during the move to the new system.
`;
