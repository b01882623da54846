import type { HandlersOf } from '../handlers-of.ts';
import { addNote, collectAgain, editIncident } from './acts.ts';
import { closeIncident, reopenIncident } from './close.ts';
import type { incidentsContract } from './contract.ts';
import { exportIncidents, listIncidents } from './list.ts';
import { openIncidentNow } from './open.ts';
import { addOwnType, changeType, removeType } from './own-types.ts';
import { proposePermissions } from './permissions/propose.ts';
import { makeReport, reportFile, reportPage } from './report/make.ts';
import { showIncident } from './show.ts';
import { agreeToLeaveOut, recordStep } from './step.ts';
import { incidentTypes } from './types.ts';

export const incidentsHandlers: HandlersOf<typeof incidentsContract> = {
  types: incidentTypes,
  ownTypes: { add: addOwnType, change: changeType, remove: removeType },
  list: listIncidents,
  export: exportIncidents,
  open: openIncidentNow,
  get: (context, input) => showIncident(context, input.incident),
  edit: editIncident,
  note: addNote,
  collect: collectAgain,
  step: recordStep,
  tighten: proposePermissions,
  agree: agreeToLeaveOut,
  close: closeIncident,
  reopen: reopenIncident,
  report: { make: makeReport, file: reportFile, page: reportPage },
};
