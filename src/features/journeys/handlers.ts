import type { HandlersOf } from '../handlers-of.ts';
import { editJourney, endJourney, reopenJourney, startJourney, startJourneys } from './acts.ts';
import { assignJourneys } from './assign-many.ts';
import type { journeysContract } from './contract.ts';
import { exportJourneys, listJourneys, showJourney } from './list.ts';
import { sendConnectors } from './send-connectors.ts';
import { sendPolicy } from './send-policy.ts';
import { assignStep, markStep } from './steps.ts';

export const journeysHandlers: HandlersOf<typeof journeysContract> = {
  list: listJourneys,
  export: exportJourneys,
  show: showJourney,
  start: startJourney,
  startMany: startJourneys,
  edit: editJourney,
  assignMany: assignJourneys,
  mark: markStep,
  sendPolicy,
  sendConnectors,
  assign: assignStep,
  end: endJourney,
  reopen: reopenJourney,
};
