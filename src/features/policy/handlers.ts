import type { HandlersOf } from '../handlers-of.ts';
import type { policyContract } from './contract.ts';
import { exportCoverage, listCoverage } from './coverage.ts';
import { exportDeliveries, listDeliveries } from './deliveries.ts';
import { downloadPolicy } from './document.ts';
import { editDraft, makeDraft, proposeDraft, returnDraft, withdrawDraft } from './drafts.ts';
import {
  exportOutputReviews,
  listOutputReviews,
  recordOutputReview,
  setOutputReviewers,
} from './output-reviews.ts';
import { closeStaffPage, openStaffPage } from './pages.ts';
import { approveDraft, carryToCharter } from './publish.ts';
import { eraseEntry, exportRegister, listRegister } from './register.ts';
import { remind } from './remind.ts';
import { setSchedule } from './schedule.ts';
import { showDraft, showPolicy, showVersion } from './show.ts';
import { dropSignIn, setSignIn } from './sign-in/settings.ts';

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
  coverage: { list: listCoverage, export: exportCoverage },
  register: { list: listRegister, export: exportRegister },
  eraseEntry,
  page: { open: openStaffPage, close: closeStaffPage },
  signIn: { set: setSignIn, remove: dropSignIn },
  remind,
  setReminders: setSchedule,
  deliveries: { list: listDeliveries, export: exportDeliveries },
  reviews: { list: listOutputReviews, export: exportOutputReviews },
  setReviewers: setOutputReviewers,
  recordReview: recordOutputReview,
  toCharter: carryToCharter,
};
