/**
 * What the console calls the page on which something is entered that a step would otherwise write into a document. Some
 * entries of the journal have a page of their own.
 */
export const STEP_PLACES = {
  charter: 'Charter',
  client: 'Settings',
  journal: 'Deployment',
  attestations: 'Attestations',
  connectorRequests: 'Connectors > Requests',
  personalAccounts: 'Personal accounts',
} as const;
export type StepPlace = keyof typeof STEP_PLACES;

/** Where a command such as `charter.yaml: owners: […]` is entered in the console; null: it is for another system. */
export function stepPlace(command: string): StepPlace | null {
  const [, file, entry] = /^(charter|client|journal|attestations)\.yaml: (\w+)/.exec(command) ?? [];
  if (file === 'journal' && (entry === 'connectorRequests' || entry === 'personalAccounts')) return entry;
  return (file as StepPlace | undefined) ?? null;
}
