import type { InferClientOutputs } from '@orpc/client';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import type { client } from '../../api.ts';

type Outputs = InferClientOutputs<typeof client>['evidence'];
export type EvidenceRow = Outputs['list']['items'][number];
export type EvidenceFile = Outputs['get'];

const ORIGIN_WORDS: Readonly<Record<string, string>> = {
  import: 'Import',
  attestation: 'Attestation',
  upload: 'Upload',
  report: 'Report',
  charter: 'Approved charter',
  deployment: 'Deployment record',
  personal_accounts: 'Personal account record',
  review: 'Review minutes',
  usage: 'Weekly usage file',
  incident: 'Collected for an incident',
  change: 'Change receipt',
  incident_report: 'Incident report',
  time_stamp: 'Time stamp',
};

/** The origin of a stored file. */
export function howWords(how: string): string {
  return ownValue(ORIGIN_WORDS, how) ?? how;
}

/** The text for a file that nothing is based on; null: its origin already explains what it is for. */
export function unusedWords(how: string): string | null {
  return how === 'import' || how === 'upload' || how === 'attestation' ? 'Nothing is based on it' : null;
}
