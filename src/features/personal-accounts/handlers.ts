import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { answer, assign, exempt, say } from './acts.ts';
import { personalAccountsContract } from './contract.ts';
import { exportAccounts } from './export.ts';
import { listAccounts, showDifference } from './list.ts';
import { sendMessages } from './messages/send.ts';
import { previewMessage, showTexts } from './messages/show.ts';
import { editText } from './messages/texts.ts';
import { registerNow } from './now.ts';
import { changeSettings, contactOf } from './settings.ts';
import { showAccount } from './show.ts';

/** Signing takes large libraries, and few servers sign something on most days. */
const record = () => import('./record/make.ts');

const on = implement(personalAccountsContract).$context<RequestContext>().use(secured);

export const personalAccountsHandlers = on.router({
  list: on.list.handler(({ input, context }) => listAccounts(context, input)),
  export: on.export.handler(({ input, context }) => exportAccounts(context, input)),
  get: on.get.handler(({ input, context }) => showAccount(context, input.account)),
  difference: on.difference.handler(({ input, context }) => showDifference(context, input.day)),
  assign: on.assign.handler(({ input, context }) => assign(context, input)),
  say: on.say.handler(({ input, context }) => say(context, input)),
  answer: on.answer.handler(({ input, context }) => answer(context, input)),
  exempt: on.exempt.handler(({ input, context }) => exempt(context, input)),
  settings: on.settings.handler(async ({ input, context }) => {
    const settings = await changeSettings(context, input);
    return { ...settings, contact: contactOf(settings, await registerNow(context, context.client)) };
  }),
  messages: {
    texts: on.messages.texts.handler(({ context }) => showTexts(context)),
    edit: on.messages.edit.handler(({ input, context }) => editText(context, input)),
    preview: on.messages.preview.handler(({ input, context }) => previewMessage(context, input)),
    send: on.messages.send.handler(({ input, context }) => sendMessages(context, input)),
  },
  record: {
    make: on.record.make.handler(async ({ input, context }) =>
      (await record()).makeRecord(context, input.paper),
    ),
    file: on.record.file.handler(async ({ input, context }) =>
      (await record()).recordFile(context, input.sha256),
    ),
  },
});
