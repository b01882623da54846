/** Parts of a charter that are edited in a form of their own. */
export const SECTIONS = [
  'people',
  'limits',
  'ams',
  'devices',
  'microsoft',
  'policy',
  'who',
  'exceptions',
] as const;
export type Section = (typeof SECTIONS)[number];
