import type { HandlersOf } from '../handlers-of.ts';
import type { staffContract } from './contract.ts';
import { closeReport, listReports } from './reports.ts';
import { downloadHandout, exportTraining, listTraining } from './training-list.ts';

export const staffHandlers: HandlersOf<typeof staffContract> = {
  reports: listReports,
  close: closeReport,
  training: { list: listTraining, export: exportTraining },
  handout: downloadHandout,
};
