import type { HandlersOf } from '../handlers-of.ts';
import type { pathsContract } from './contract.ts';
import { answerPathReport, listPathReports, reportPath } from './paths.ts';

export const pathsHandlers: HandlersOf<typeof pathsContract> = {
  report: reportPath,
  list: listPathReports,
  answer: answerPathReport,
};
