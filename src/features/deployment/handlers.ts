import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { previewAnnouncement, sendAnnouncement } from './announce.ts';
import { assign } from './assign.ts';
import { checkDomains } from './check.ts';
import type { deploymentContract } from './contract.ts';
import { documentFile } from './document.ts';
import { expectRecord } from './expected.ts';
import { handOver } from './hand-over.ts';
import { listInvitations } from './invitations.ts';
import { writeNote } from './note.ts';
import { decide, requestOverride } from './overrides.ts';
import { quickReference } from './quick-reference.ts';
import { recipientsFile } from './recipients.ts';
import { showRoles } from './roles.ts';
import { showDeployment } from './show.ts';
import { summarizeDeployment } from './summary.ts';

/** Loaded on demand: signing needs large libraries, and most servers sign rarely. */
const record = () => import('./record/make.ts');

export const deploymentHandlers: HandlersOf<typeof deploymentContract> = {
  show: showDeployment,
  roles: showRoles,
  summary: summarizeDeployment,
  quickReference: (context) => quickReference(context, 'reference'),
  immediateActions: (context) => quickReference(context, 'immediate'),
  note: writeNote,
  announcement: {
    preview: previewAnnouncement,
    send: sendAnnouncement,
  },
  recipients: async (context, input) => asDownload(await recipientsFile(context, input.format)),
  invitations: listInvitations,
  document: (context, input) => documentFile(context, input.document),
  expect: expectRecord,
  override: {
    request: requestOverride,
    approve: (context, input) => decide(context, input, true),
    refuse: (context, input) => decide(context, input, false),
  },
  assign,
  handOver,
  check: checkDomains,
  record: {
    make: async (context, input) => (await record()).makeRecord(context, input.paper),
    file: async (context, input) => (await record()).recordFile(context, input.sha256),
  },
};
