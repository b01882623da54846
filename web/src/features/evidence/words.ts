import type { InferClientOutputs } from '@orpc/client';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import type { client } from '../../api.ts';

type Outputs = InferClientOutputs<typeof client>['evidence'];
export type EvidenceRow = Outputs['list']['items'][number];
export type EvidenceFile = Outputs['get'];

const HOW: Readonly<Record<string, string>> = {
  import: 'Import',
  attestation: 'Attestation',
  upload: 'Upload',
  report: 'Report',
  charter: 'Approved charter',
  deployment: 'Deployment record',
  personal_accounts: 'Record of personal accounts',
  review: 'Minutes of a review',
  usage: 'Weekly usage file',
  incident: 'Collected for an incident',
  change: 'Receipt of a change',
  incident_report: 'Report of an incident',
  time_stamp: 'Time stamp',
};

/** How a file came to be kept. */
export function howWords(how: string): string {
  return ownValue(HOW, how) ?? how;
}

/** What is said of a file on which nothing rests; null: how it came says what it is. */
export function unusedWords(how: string): string | null {
  return how === 'import' || how === 'upload' || how === 'attestation' ? 'Nothing is based on it' : null;
}
