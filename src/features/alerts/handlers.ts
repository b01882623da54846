import { ALERT_STATE_WORDS } from '#domain/detections/alert-words.ts';
import { SEVERITY_WORDS } from '#domain/labels.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { asDownload } from '../shared/download.ts';
import type { alertsContract } from './contract.ts';
import { reopenAlert, settleAlert, silenceAlert } from './decide.ts';
import { listGroups, showGroup } from './groups.ts';
import { listAlerts } from './list.ts';
import { settleMany, undoSettle } from './many.ts';
import { alertWeeks } from './over-time.ts';
import { filterWords } from './search.ts';
import { showAlert } from './show.ts';

type Line = Awaited<ReturnType<typeof listAlerts>>['items'][number];
const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'code', title: 'Alert', width: 10, value: ({ code }) => code },
  {
    key: 'level',
    title: 'Severity',
    width: 10,
    value: ({ level }) => level,
    words: ({ level }) => SEVERITY_WORDS[level],
  },
  { key: 'state', title: 'State', width: 16, value: ({ state }) => ALERT_STATE_WORDS[state] },
  { key: 'words', title: 'What happened', width: 80, value: ({ words }) => words },
  // An alert about a whole day has no time; the end of that day would read as one.
  {
    key: 'first',
    title: 'First',
    kind: 'instant',
    value: ({ first }) => new Date(first),
    words: ({ first, day }) => day ?? new Date(first),
  },
  {
    key: 'last',
    title: 'Last',
    kind: 'instant',
    value: ({ last }) => new Date(last),
    words: ({ last, day }) => day ?? new Date(last),
  },
  { key: 'count', title: 'Count', kind: 'number', value: ({ count }) => count },
  { key: 'detection', title: 'Detection', width: 14, value: ({ detection }) => detection },
  { key: 'raised', title: 'Raised', kind: 'instant', value: ({ raised }) => new Date(raised) },
];

/** Maximum rows per file. */
const ALL = 100_000;

export const alertsHandlers: HandlersOf<typeof alertsContract> = {
  list: (context, input) => listAlerts(context, input),
  export: async (context, input) => {
    const { items } = await listAlerts(context, input, ALL);
    return asDownload(
      await tableFile(
        {
          heading: {
            title: 'Alerts',
            ...clientHeading(context),
            filter: filterWords(input),
          },
          columns: COLUMNS,
          rows: items,
        },
        input.format,
      ),
    );
  },
  groups: listGroups,
  weeks: alertWeeks,
  group: (context, input) => showGroup(context, input.group),
  get: (context, input) => showAlert(context, input.alert),
  settleMany,
  undoSettle,
  settle: settleAlert,
  reopen: reopenAlert,
  silence: silenceAlert,
};
