export const CATALOGUE_KINDS = [
  'controls',
  'capabilities',
  'connectors',
  'licenses',
  'risks',
  'clauses',
] as const;
