/** Parts of a charter that have their own form. */
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
