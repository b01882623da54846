import type { Activity } from './activity.ts';

/** Types of activities in which a person gives Claude a file, for all sources that report them. */
const UPLOADS: ReadonlySet<string> = new Set([
  'claude_file_uploaded',
  'claude_project_file_uploaded',
  'claude_project_document_uploaded',
  'file.upload',
]);

/** Whether a file reached Claude; it did not if the upload was refused or failed. */
export const isUpload = ({ type, outcome }: Pick<Activity, 'type' | 'outcome'>): boolean =>
  UPLOADS.has(type) && outcome !== 'failure' && outcome !== 'rejected';
