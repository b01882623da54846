import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import { judge } from './checks/judge.ts';
import { listChecks } from './checks/list.ts';
import type { dlpContract } from './contract.ts';
import { dlpFile } from './file.ts';
import { approveGuard, withdrawGuard } from './guard-proposals.ts';
import { removeHookOf, setHook } from './hook/settings.ts';
import { showHook } from './hook/show.ts';
import { removeIcapServiceOf, setIcapService } from './icap/settings.ts';
import { showIcap } from './icap/show.ts';
import { exportLabels, listLabels } from './labels.ts';
import { dropMemberList, setMemberList, showMemberList } from './member-list.ts';
import { logPrepared, showPreparing } from './prepare.ts';
import { showDlp } from './show.ts';
import { tryRules } from './try.ts';
import { setTuning, showTuning } from './tuning.ts';
import { approveTuning, withdrawTuning } from './tuning-proposals.ts';

export const dlpHandlers: HandlersOf<typeof dlpContract> = {
  show: showDlp,
  file: async (context, input) => asDownload(await dlpFile(context, input)),
  hook: {
    show: showHook,
    set: async (context, input) => {
      await setHook(context, input);
      return showHook(context);
    },
    remove: async (context, { version }) => {
      await removeHookOf(context, version);
      return showHook(context);
    },
  },
  icap: {
    show: showIcap,
    set: async (context, input) => {
      await setIcapService(context, { ...input, helpUrl: input.helpUrl ?? null });
      return showIcap(context);
    },
    remove: async (context, { version }) => {
      await removeIcapServiceOf(context, version);
      return showIcap(context);
    },
  },
  guards: { approve: approveGuard, withdraw: withdrawGuard },
  checks: listChecks,
  judge,
  labels: { list: listLabels, export: exportLabels },
  prepare: { show: showPreparing, log: logPrepared },
  try: tryRules,
  memberList: { show: showMemberList, set: setMemberList, remove: dropMemberList },
  tuning: { show: showTuning, set: setTuning, approve: approveTuning, withdraw: withdrawTuning },
};
