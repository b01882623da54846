/** Uses of Claude's output that a qualified person must check first, according to the policy (guide 8). */
export const OUTPUT_USES = [
  'official_messages',
  'member_content',
  'legal_documents',
  'financial_reports',
] as const;
export type OutputUse = (typeof OUTPUT_USES)[number];

export const OUTPUT_USE_WORDS: Readonly<Record<OutputUse, string>> = {
  official_messages: 'Official messages',
  member_content: 'Content for members',
  legal_documents: 'Legal documents',
  financial_reports: 'Financial reports',
};
// Guide: G8-15
