import type { HandlersOf } from '../handlers-of.ts';
import { answer, showOpen } from './answers.ts';
import { approveDraft } from './approve.ts';
import { chooseFrom } from './choices.ts';
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
import { listStarts, startFrom } from './start.ts';
import { downloadYaml, readYamlDraft } from './yaml.ts';

export const charterHandlers: HandlersOf<typeof charterContract> = {
  list: listCharter,
  show: (context, input) => showVersion(context, input.version),
  diff: (context, input) => compareCharters(context, input.from, input.to),
  yaml: (context, input) => downloadYaml(context, input.of),
  open: showOpen,
  answer,
  choices: chooseFrom,
  starts: listStarts,
  start: (context, input) => startFrom(context, input.baseline),
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
