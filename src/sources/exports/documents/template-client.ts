/** client.yaml as `bylaw init` writes it. Lines of one example are `#key:`; explanations are `# Words`. */
export const CLIENT_TEMPLATE = `# Bylaw profile: what this client is and what it has bought.
#
# Lines that begin with "# " explain. Lines that begin with "#" and a key are examples: delete the "#" and put
# your own value. What you do not know, leave out: Bylaw then says "cannot read" and asks, and never guesses.
# Dates are written YYYY-MM-DD. Keys that Bylaw does not know are refused by name.

# The three keys that every client needs.
# The name as it should stand on the report.
#name: Alder Society

# Every mail domain of the organization, the main one first.
#domains:
#  - alder.example.org
#  - alder-foundation.example.org

# Claude plan: free_pro, team or enterprise.
#claudePlan: team

# How many Claude seats were bought.
#claudeSeats: 64

# Microsoft 365: one of business_basic_standard, business_premium, e3 or e5. In place of the word a list of SKU
# part numbers is accepted, for example [SPB, AAD_PREMIUM_P2]. An empty list [] states that there is no Microsoft 365.
#m365: business_premium

# Licenses bought on top, by name or SKU part number. What Bylaw does not know is shown, not guessed.
#addOns:
#  - AAD_PREMIUM_P2

# Secure web gateway that inspects traffic, for example zscaler, netskope or cloudflare; none when there is none.
#swg: none

# Where security events are collected, for example sentinel or splunk; none when there is none.
#siem: sentinel

# Where siem is none: whether one is planned as a later stage (planned or declined), and why.
#siemLater:
#  is: planned
#  from: 2027-03-01
#  reason: New budget year

# What delivers settings to the computers: intune, jamf, workspace one, group policy or another one by its name; none
# when there is none. A license that includes Intune is known from the license; say here whether it is used.
#deviceManagement: intune

# How many people work here, for a first check of the roster.
#staffCount: 61

# Time zone of the office. Days in the report are days there. Without it: UTC.
#timezone: America/New_York

# Days on which no one works, for the look at sign-ins outside of normal hours.
#holidays:
#  - 2026-11-26
#  - 2026-12-25

# Hours in which work is normal. days can hold mon, tue, wed, thu, fri, sat and sun; without it Monday to Friday.
#normalHours:
#  start: "07:00"
#  end: "19:00"
#  days: [mon, tue, wed, thu, fri]

# Day to assess, in place of today. The option --as-of wins over it.
#asOf: 2026-11-24
`;
