import { implement } from '@orpc/server';
import type { RequestContext } from '../context.ts';
import { secured } from '../secured.ts';
import { approveDraft } from './approve.ts';
import { charterContract } from './contract.ts';
import {
  editDraft,
  endDraft,
  makeDraft,
  proposeDraft,
  rebaseDraft,
  returnDraft,
  setCells,
} from './drafts.ts';
import { draftEffect } from './effect.ts';
import { compareCharters, listCharter, showDraft, showVersion } from './show.ts';
import { downloadYaml, readYamlDraft } from './yaml.ts';

const on = implement(charterContract).$context<RequestContext>().use(secured);

export const charterHandlers = on.router({
  list: on.list.handler(({ context }) => listCharter(context)),
  show: on.show.handler(({ input, context }) => showVersion(context, input.version)),
  diff: on.diff.handler(({ input, context }) => compareCharters(context, input.from, input.to)),
  yaml: on.yaml.handler(({ input, context }) => downloadYaml(context, input.of)),
  draft: {
    show: on.draft.show.handler(({ input, context }) => showDraft(context, input.draft)),
    effect: on.draft.effect.handler(({ input, context }) => draftEffect(context, input.draft)),
    make: on.draft.make.handler(({ input, context }) => makeDraft(context, input)),
    edit: on.draft.edit.handler(({ input, context }) => editDraft(context, input)),
    setCells: on.draft.setCells.handler(({ input, context }) => setCells(context, input)),
    read: on.draft.read.handler(({ input, context }) => readYamlDraft(context, input)),
    propose: on.draft.propose.handler(({ input, context }) => proposeDraft(context, input)),
    rebase: on.draft.rebase.handler(({ input, context }) => rebaseDraft(context, input)),
    withdraw: on.draft.withdraw.handler(({ input, context }) => endDraft(context, input, 'withdrawn')),
    approve: on.draft.approve.handler(({ input, context }) => approveDraft(context, input)),
    askForChanges: on.draft.askForChanges.handler(({ input, context }) => returnDraft(context, input)),
    refuse: on.draft.refuse.handler(({ input, context }) => endDraft(context, input, 'refused')),
  },
});
