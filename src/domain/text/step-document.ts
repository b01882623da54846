/** Documents that a command of a step may write into: what the console calls the page on which the same is entered. */
export const STEP_DOCUMENTS = {
  charter: 'Charter',
  client: 'Settings',
  journal: 'Deployment',
  attestations: 'Attestations',
} as const;
export type StepDocument = keyof typeof STEP_DOCUMENTS;

/** The document of a command such as `charter.yaml: owners: […]`; null: it is for another system. */
export function stepDocument(command: string): StepDocument | null {
  const [, file] = /^(charter|client|journal|attestations)\.yaml: /.exec(command) ?? [];
  return (file as StepDocument | undefined) ?? null;
}
