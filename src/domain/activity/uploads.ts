import type { Activity } from './activity.ts';

/** Types of activities in which a person gives Claude a file, of every source that reports them. */
const UPLOADS: ReadonlySet<string> = new Set([
  'claude_file_uploaded',
  'claude_project_file_uploaded',
  'claude_project_document_uploaded',
  'file.upload',
]);

/** Whether a file reached Claude. What was refused or failed did not. */
export const isUpload = ({ type, outcome }: Pick<Activity, 'type' | 'outcome'>): boolean =>
  UPLOADS.has(type) && outcome !== 'failure' && outcome !== 'rejected';
