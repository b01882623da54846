import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { asDownload } from '../shared/download.ts';
import { previewAnnouncement, sendAnnouncement } from './announce.ts';
import { assign } from './assign.ts';
import { checkDomains } from './check.ts';
import { deploymentContract } from './contract.ts';
import { documentFile } from './document.ts';
import { expectRecord } from './expected.ts';
import { handOver } from './hand-over.ts';
import { writeNote } from './note.ts';
import { decide, requestOverride } from './overrides.ts';
import { quickReference } from './quick-reference.ts';
import { recipientsFile } from './recipients.ts';
import { showDeployment } from './show.ts';
import { summarizeDeployment } from './summary.ts';

/** Signing takes large libraries, and few servers sign something on most days. */
const record = () => import('./record/make.ts');

const on = implement(deploymentContract).$context<RequestContext>().use(secured);

export const deploymentHandlers = on.router({
  show: on.show.handler(({ context }) => showDeployment(context)),
  summary: on.summary.handler(({ context }) => summarizeDeployment(context)),
  quickReference: on.quickReference.handler(({ context }) => quickReference(context, 'reference')),
  immediateActions: on.immediateActions.handler(({ context }) => quickReference(context, 'immediate')),
  note: on.note.handler(({ input, context }) => writeNote(context, input)),
  announcement: {
    preview: on.announcement.preview.handler(({ context }) => previewAnnouncement(context)),
    send: on.announcement.send.handler(({ input, context }) => sendAnnouncement(context, input)),
  },
  recipients: on.recipients.handler(async ({ input, context }) =>
    asDownload(await recipientsFile(context, input.format)),
  ),
  document: on.document.handler(({ input, context }) => documentFile(context, input.document)),
  expect: on.expect.handler(({ input, context }) => expectRecord(context, input)),
  override: {
    request: on.override.request.handler(({ input, context }) => requestOverride(context, input)),
    approve: on.override.approve.handler(({ input, context }) => decide(context, input, true)),
    refuse: on.override.refuse.handler(({ input, context }) => decide(context, input, false)),
  },
  assign: on.assign.handler(({ input, context }) => assign(context, input)),
  handOver: on.handOver.handler(({ input, context }) => handOver(context, input)),
  check: on.check.handler(({ context }) => checkDomains(context)),
  record: {
    make: on.record.make.handler(async ({ input, context }) =>
      (await record()).makeRecord(context, input.paper),
    ),
    file: on.record.file.handler(async ({ input, context }) =>
      (await record()).recordFile(context, input.sha256),
    ),
  },
});
