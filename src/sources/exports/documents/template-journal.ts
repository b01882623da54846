/** journal.yaml as written by `bylaw init`. Lines of an example are `#key:`; explanations are `# Words`. */
export const JOURNAL_TEMPLATE = `# Bylaw journal: what was done and when, as only this client knows it. Add entries; do not change old ones.
#
# Lines that begin with "# " are explanations. Lines that begin with "#" and a key are examples: delete the "#" and
# enter your own value. Every key can be left out; a control that needs it then asks for it by name.
# Dates are written YYYY-MM-DD. If a key takes on, by, note and file, then note and file can be left out; file names a
# document next to this one as proof.

# ---- Exports ----
# When a file was exported, if the file itself does not say. what is a kind of file or a file name.
#exported:
#  - what: members
#    on: 2026-11-20

# ---- Setup, once ----
# The connectors that people want were listed.
#connectorInventory:
#  on: 2026-08-10
#  by: Dana Whitlock
#  note: 9 wanted, 5 kept
#  file: proof/connector-inventory.pdf

# The connector catalogue was locked down, before the first invitation. variant is added_only (the console offers no
# switch, and members can use only connectors that an Owner added) or switch (it offers one, and it is on). file shows
# it; sha256 is that of the same file if it is kept as evidence in Bylaw.
#lockdown:
#  on: 2026-08-20
#  by: Ines Carrow
#  variant: added_only
#  file: proof/connectors-page.png
#  sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

# Connectors that were on before anyone chose them were removed.
#defaultConnectorsRemoved:
#  on: 2026-08-20
#  by: Ines Carrow

# Day of the first invitation to staff.
#firstInvitation: 2026-09-02

# Messages to staff. about is organization_accounts, policy, device_compliance or other; a message about the policy says
# under version which version went out.
#announcements:
#  - on: 2026-09-01
#    by: Renata Osei
#    about: organization_accounts
#    recipients: 61
#    file: proof/announcement.pdf
#  - on: 2026-08-26
#    by: Renata Osei
#    about: policy
#    version: "1"
#    recipients: 61

# Leadership was informed of what Claude can reach.
#explainedToLeadership:
#  on: 2026-09-08
#  by: Dana Whitlock

# Rights in SharePoint were audited before the connector was switched on.
#sharePointAudit:
#  on: 2026-08-12
#  by: Ines Carrow

# Consent for the Microsoft 365 connector was given; by is the account that gave it.
#connectorConsent:
#  on: 2026-08-22
#  by: global.admin@alder.example.org

# ---- Connectors since then ----
# Formally approved changes to permissions. to is allow, ask, blocked, added or removed.
#approvedChanges:
#  - on: 2026-10-05
#    connector: Microsoft 365
#    action: search_mail
#    to: ask
#    approvedBy: Dana Whitlock
#    reason: Needed by the events team.

# Requests from staff for connectors. decision is approved, refused or deferred; leave it out while the request is open.
#connectorRequests:
#  - on: 2026-10-12
#    by: Priya Anand
#    connector: Asana
#    decision: approved
#    decidedOn: 2026-10-15
#    reason: Low sensitivity, read only.

# ---- Tests ----
# An upload of made-up member data was tried against the DLP rule.
#dlpTest:
#  on: 2026-10-20
#  by: Ines Carrow
#  blocked: true
#  note: Upload refused in Edge.

# The session policy was entered in the Defender portal; patterns is the version that Bylaw showed then.
#sessionPolicy:
#  on: 2026-10-19
#  by: Ines Carrow
#  patterns: 0a1b2c3d4e5f

# A sign-in to another Claude organization (refused, allowed, misconfigured, or not_replaced if a program may send the
# header itself) and to your own (allowed or refused).
#tenantRestrictionProbe:
#  on: 2026-10-21
#  by: Ines Carrow
#  foreignOrganization: refused
#  ownOrganization: allowed

# Claude was opened from the guest network (blocked or allowed) and from a managed device (allowed or blocked).
#networkBlockProbe:
#  on: 2026-10-21
#  by: Ines Carrow
#  guestNetwork: blocked
#  managedDevice: allowed

# A test event was looked for in the SIEM.
#siemTest:
#  on: 2026-10-22
#  by: MSP on-call desk
#  arrived: true

# The list of AI tools seen on the network was reviewed.
#discoveryReview:
#  on: 2026-11-03
#  by: Ines Carrow

# ---- Personal accounts ----
# state is found, contacted, migrating, closed or exempt.
#personalAccounts:
#  - email: tobin.achterberg@alder.example.org
#    state: contacted
#    on: 2026-11-05
#    note: Will move his projects by the end of the month.

# ---- Reviews ----
# kind is monthly, quarterly or scopes. areas can hold connectors, user_access, personal_accounts, usage,
# permission_changes and m365_permissions. escalations: what was passed on.
#reviews:
#  - kind: quarterly
#    on: 2026-10-01
#    by: Dana Whitlock
#    areas: [connectors, user_access, personal_accounts, usage, permission_changes, m365_permissions]
#    escalations: [Two former staff still held a seat]
#    file: proof/review-2026-q3.pdf

# Date of the next review.
#nextReview: 2027-01-05

# People far above the average whose usage was reviewed and explained.
#explainedUsage:
#  - email: priya.anand@alder.example.org
#    on: 2026-11-04
#    by: Dana Whitlock
#    reason: Prepared the annual conference program.

# Exports of organization data that were expected, one entry for each: the date, who approved it and who exports.
# of: organization_data, members or audit_log.
#approvedExports:
#  - on: 2026-09-30
#    by: Dana Whitlock
#    email: ruth.ekholm@alder.example.org
#    of: organization_data
#    reason: Yearly archive.

# ---- People who leave and join ----
# The date on which each step was done; leave out what is still open.
#offboardings:
#  - email: tobin.achterberg@alder.example.org
#    lastDay: 2026-10-31
#    entraDisabled: 2026-10-31
#    mfaRevoked: 2026-10-31
#    claudeRemoved: 2026-11-02
#    connectorsRevoked: 2026-11-02
#    projectsHandedOver: 2026-11-02
#onboardings:
#  - email: noor.haddad@alder.example.org
#    start: 2026-11-02
#    seatGiven: 2026-11-02
#    policySent: 2026-11-02
#    connectorsExplained: 2026-11-03
#    personalAccountAsked: 2026-11-03

# Trainings: either everyone: true, or attended with the addresses of those who came.
#trainings:
#  - on: 2026-09-10
#    topic: What belongs in Claude and what does not
#    attended: [priya.anand@alder.example.org]
#  - on: 2026-10-10
#    topic: Working with connectors
#    everyone: true

# ---- Incidents ----
# type is unauthorized_access, prompt_injection, data_upload, credential_exposed, agent_action or other. Leave closed
# out while the incident is open. stepsDone: were all steps of the plan done? membersNotified is yes, not_needed or
# open.
#incidents:
#  - id: INC-2026-01
#    type: data_upload
#    opened: 2026-10-14
#    closed: 2026-10-16
#    stepsDone: true
#    membersNotified: not_needed
#    note: Attendee list without contact data.
`;
