import type { HandlersOf } from '../handlers-of.ts';
import { answer, assign, exempt, say } from './acts.ts';
import { showCapture } from './capture.ts';
import type { personalAccountsContract } from './contract.ts';
import { exportAccounts } from './export.ts';
import { listAccounts, showDifference } from './list.ts';
import { sendMessages } from './messages/send.ts';
import { previewMessage, showTexts } from './messages/show.ts';
import { editText } from './messages/texts.ts';
import { registerNow } from './register.ts';
import { changeSettings, contactOf } from './settings.ts';
import { showAccount } from './show.ts';

/** Loaded on demand: signing needs large libraries, and most servers sign rarely. */
const record = () => import('./record/make.ts');

export const personalAccountsHandlers: HandlersOf<typeof personalAccountsContract> = {
  list: listAccounts,
  export: exportAccounts,
  get: (context, input) => showAccount(context, input.account),
  capture: showCapture,
  difference: (context, input) => showDifference(context, input.day),
  assign,
  say,
  answer,
  exempt,
  settings: async (context, input) => {
    const settings = await changeSettings(context, input);
    return { ...settings, contact: contactOf(settings, await registerNow(context, context.client)) };
  },
  messages: {
    texts: showTexts,
    edit: editText,
    preview: previewMessage,
    send: sendMessages,
  },
  record: {
    make: async (context, input) => (await record()).makeRecord(context, input.paper),
    file: async (context, input) => (await record()).recordFile(context, input.sha256),
  },
};
