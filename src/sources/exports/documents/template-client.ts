/** client.yaml as written by `bylaw init`. Lines of an example are `#key:`; explanations are `# Words`. */
export const CLIENT_TEMPLATE = `# Bylaw profile: what this client is and what it has bought.
#
# Lines that begin with "# " are explanations. Lines that begin with "#" and a key are examples: delete the "#" and
# enter your own value. Leave out what you do not know: Bylaw then says "cannot read" and asks, and never guesses.
# Dates are written YYYY-MM-DD. Keys that Bylaw does not know are refused by name.

# The three keys that every client needs.
# The name as it should appear on the report.
#name: Alder Society

# Every email domain of the organization, the main one first.
#domains:
#  - alder.example.org
#  - alder-foundation.example.org

# Claude plan: free_pro, team or enterprise.
#claudePlan: team

# How many Claude seats were bought.
#claudeSeats: 64

# Microsoft 365: one of business_basic_standard, business_premium, e3 or e5. Instead of the word, a list of SKU part
# numbers is accepted, for example [SPB, AAD_PREMIUM_P2]. An empty list [] states that there is no Microsoft 365.
#m365: business_premium

# Additional licenses, by name or SKU part number. If Bylaw does not know one, it says so and does not guess.
#addOns:
#  - AAD_PREMIUM_P2

# Secure web gateway that inspects traffic, for example zscaler, netskope or cloudflare; none if there is none.
#swg: none

# Where security events are collected, for example sentinel or splunk; none if there is none.
#siem: sentinel

# If siem is none: whether one is planned as a later stage (planned or declined), and why.
#siemLater:
#  is: planned
#  from: 2027-03-01
#  reason: New budget year

# What delivers settings to the computers: intune, jamf, workspace one, group policy or another one by its name; none
# if there is none. Bylaw knows from the license whether it includes Intune; say here whether Intune is used.
#deviceManagement: intune

# How many people work here, for a first check of the roster.
#staffCount: 61

# Time zone of the office. Days in the report are days there. Default: UTC.
#timezone: America/New_York

# Days on which no one works, used to find sign-ins outside of normal hours.
#holidays:
#  - 2026-11-26
#  - 2026-12-25

# Hours in which work is normal. days can hold mon, tue, wed, thu, fri, sat and sun; default: Monday to Friday.
#normalHours:
#  start: "07:00"
#  end: "19:00"
#  days: [mon, tue, wed, thu, fri]

# Date to assess instead of today. The option --as-of takes precedence over it.
#asOf: 2026-11-24
`;
