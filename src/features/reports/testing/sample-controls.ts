import { ACCOUNTS } from './sample-accounts.ts';
import { CONNECTORS } from './sample-connectors.ts';
import { MICROSOFT_TO_POLICY } from './sample-microsoft-policy.ts';
import { PERSONAL_AND_VISIBILITY } from './sample-personal-visibility.ts';
import type { SampleRow } from './sample-row.ts';

/** Every control of the sample, in the order of the areas. */
export const ROWS: readonly SampleRow[] = [
  ...ACCOUNTS,
  ...CONNECTORS,
  ...PERSONAL_AND_VISIBILITY,
  ...MICROSOFT_TO_POLICY,
];
