import type { HandlersOf } from '../handlers-of.ts';
import type { policyContract } from './contract.ts';
import { coverageNow, exportCoverage } from './coverage.ts';
import { downloadPolicy } from './document.ts';
import { editDraft, makeDraft, proposeDraft, returnDraft, withdrawDraft } from './drafts.ts';
import { closeStaffPage, openStaffPage } from './pages.ts';
import { approveDraft, carryToCharter } from './publish.ts';
import { exportRegister, listRegister } from './register.ts';
import { remind } from './remind.ts';
import { showDraft, showPolicy, showVersion } from './show.ts';

export const policyHandlers: HandlersOf<typeof policyContract> = {
  show: showPolicy,
  text: showVersion,
  document: downloadPolicy,
  draft: {
    show: showDraft,
    make: makeDraft,
    edit: editDraft,
    propose: proposeDraft,
    approve: approveDraft,
    askForChanges: returnDraft,
    withdraw: withdrawDraft,
  },
  coverage: { list: coverageNow, export: exportCoverage },
  register: { list: listRegister, export: exportRegister },
  page: { open: openStaffPage, close: closeStaffPage },
  remind,
  toCharter: carryToCharter,
};
