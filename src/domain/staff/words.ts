/** Kinds of reports by staff, in the order of the form. */
export const FORM_KINDS = ['unexpected', 'personal_session', 'connector', 'other'] as const;
/** Reports, and questions about the policy, which have their own form. */
export const REPORT_KINDS = [...FORM_KINDS, 'question'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_KIND_WORDS: Readonly<Record<ReportKind, string>> = {
  unexpected: 'Claude did something unexpected',
  personal_session: 'Our data may be in a personal account',
  connector: 'A question about connectors',
  other: 'Something else',
  question: 'A question about the policy',
};

/** incident: an incident was opened from it. */
export const REPORT_STATES = ['open', 'incident', 'closed'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export const REPORT_STATE_WORDS: Readonly<Record<ReportState, string>> = {
  open: 'Waiting',
  incident: 'Incident opened',
  closed: 'Closed',
};
