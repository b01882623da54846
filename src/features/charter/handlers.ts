import type { HandlersOf } from '../handlers-of.ts';
import { approveDraft } from './approve.ts';
import type { charterContract } from './contract.ts';
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

export const charterHandlers: HandlersOf<typeof charterContract> = {
  list: listCharter,
  show: (context, input) => showVersion(context, input.version),
  diff: (context, input) => compareCharters(context, input.from, input.to),
  yaml: (context, input) => downloadYaml(context, input.of),
  draft: {
    show: (context, input) => showDraft(context, input.draft),
    effect: (context, input) => draftEffect(context, input.draft),
    make: makeDraft,
    edit: editDraft,
    setCells,
    read: readYamlDraft,
    propose: proposeDraft,
    rebase: rebaseDraft,
    withdraw: (context, input) => endDraft(context, input, 'withdrawn'),
    approve: approveDraft,
    askForChanges: returnDraft,
    refuse: (context, input) => endDraft(context, input, 'refused'),
  },
};
