import type { ConnectorRow, Permission, UnreadCell } from '#domain/model/kinds.ts';
import { dayWords } from '#domain/text/words.ts';
import {
  type FileKind,
  ImportProblem,
  type Parsed,
  type ParseEnvironment,
  type TableRow,
} from '../file-kind.ts';
import { words, yesNo } from '../table/cells.ts';
import { shareOf } from '../table/columns.ts';
import { dataRows } from '../table/data-rows.ts';
import { isCode } from '../table/legend.ts';
import { Notes } from '../table/notes.ts';
import { hasHeading } from '../table/person-fields.ts';
import { eachOnce, placeOf } from '../table/place-of.ts';
import { tableKind } from '../table/table-kind.ts';
import { columnList, refuseEmpty, refuseRivals, type View } from '../table/view.ts';
import { doubtsOf, isOfApproval } from './connector-doubts.ts';
import { CONNECTOR_FIELDS, isMark, MEANT } from './connector-fields.ts';
import { notAState, statesOfKinds } from './connector-kinds.ts';
import { laidOut } from './connector-layouts.ts';
import {
  connectorInTitle,
  connectorOfSheet,
  explainsStates,
  isComment,
  isLone,
  isRemark,
} from './connector-remarks.ts';
import { actionOf, enabledOf, isCustom, permissionOf, STATES } from './connector-words.ts';

const table = tableKind<'connectors'>({
  kind: 'connectors',
  fields: CONNECTOR_FIELDS,
  needs: {
    fields: ['state', 'allow', 'ask', 'blocked', 'stateOfKind', 'enabled'],
    words: 'states (Always allow, Needs approval, Blocked, or Enabled)',
  },
  isOfList: (text) => permissionOf(text) !== null || enabledOf(text) !== null || isMark(text),
  score(view, name) {
    const state = view.columns.first('state');
    const states = state === null ? 0 : shareOf(view.table, state, (text) => permissionOf(text) !== null);
    // The meaning of codes may be on another sheet, which is read later.
    const codes = state === null ? 0 : shareOf(view.table, state, isCode);
    const named = hasHeading(
      view,
      /\b(connectors?|integrations?|mcp server|konnektor|connecteur|conector)\b/,
    );
    let score = 0;
    if (named) score += 0.35;
    else if (view.has('connector')) score += 0.1;
    if (
      view.has('action') &&
      hasHeading(view, /\b(actions?|tools?|operation|aktion|accion|(?:can|may|wants to) do|features?)\b/)
    )
      score += 0.2;
    if (states >= 0.7) score += 0.4;
    else if (codes === 1 && view.has('action')) score += 0.25;
    if (isMatrix(view)) score += 0.45;
    if (view.has('stateOfKind') || (!view.has('state') && unknownStates(view).length > 0)) score += 0.4;
    if (view.has('enabled') || (state !== null && states < 0.7)) score += named ? 0.2 : 0.05;
    if (/connector|integration|tool|permission/.test(name)) score += 0.15;
    if (hasHeading(view, /\b(e ?mail|email address|event|actor info|user principal name)\b/)) score -= 0.5;
    return score;
  },
  refuse(view) {
    const column = wideColumn(view);
    if (column !== null) refuseWide(view, column);
  },
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The connectors table lists no connector.');
    const only = onlyConnector(rows, environment.file);
    if (only !== null)
      notes.add({
        says: `The file is named after ${only}, the only connector that it lists, so it is not known whether others are enabled. It counts as part of the table. List all enabled connectors in one file; if there are no others, give the file a name without “${only}”.`,
      });
    return { rows: eachOnce(rows), whole: only === null };
  },
});

/**
 * The connectors table as an Owner writes it: one state per line, three columns with a mark, one column per connector,
 * or a list of lines.
 */
export const connectors: FileKind<'connectors'> = {
  kind: 'connectors',
  ...(table.fields === undefined ? {} : { fields: table.fields }),
  recognize: (content, name) => table.recognize(laidOut(content, CONNECTOR_FIELDS).content, name),
  parse(content, environment) {
    const { content: lines, across, above } = laidOut(content, CONNECTOR_FIELDS, environment.columns);
    const parsed = table.parse(lines, environment) as readonly Parsed<'connectors'>[];
    if (across.length === 0 && !above) return parsed;
    const says = above
      ? 'No column names the connectors, so each line that is alone above lines of actions was read as the connector of those lines.'
      : `Each of the columns ${across.map((column) => `“${column}”`).join(', ')} was read as a connector.`;
    return parsed.map((one) => ({ ...one, notes: [{ row: null, column: null, says }, ...one.notes] }));
  },
};

/** The connector that a file lists alone and is named after, such as "gmail tools.csv"; null: none. */
function onlyConnector(rows: readonly ConnectorRow[], file: string): string | null {
  const named = rows.map(({ connector }) => connector).filter((connector) => connector !== '');
  const [first] = named;
  if (first === undefined || new Set(named.map(words)).size > 1) return null;
  const name = ` ${words(file.slice(file.lastIndexOf('/') + 1))} `;
  return name.includes(` ${words(first)} `) ? first : null;
}

/** Whether at least two of the three states are columns. */
function isMatrix(view: View): boolean {
  return !view.has('state') && STATES.filter((state) => view.has(state)).length >= 2;
}

function readView(view: View, environment: ParseEnvironment, notes: Notes): ConnectorRow[] {
  const sheet = view.has('connector') ? null : connectorOfSheet(view.table.sheet);
  const titled = sheet === null ? null : connectorInTitle(view.table.title ?? [], sheet);
  const ofSheet = titled === null ? sheet : null;
  if (!view.has('connector') && sheet === null) {
    throw new ImportProblem(
      `No column is known to name the connector. The columns are ${columnList([view.table])}. Say which it is: in the console under Imports, or with --map connectors.connector=COLUMN. Or name each sheet after its connector.`,
      { row: view.table.headingRow },
    );
  }
  if (ofSheet !== null)
    notes.add({ says: `The connector “${ofSheet}” was derived from the name of its sheet.` });
  if (titled !== null)
    notes.add({
      says: `The sheet is called “${sheet}” and the line above its table says “${titled.slice(0, 80)}”, so it is not known which connector it is about. Correct the one that is wrong.`,
    });
  let above: string | null = ofSheet;
  let filledDown = 0;
  const maybe = view.leftOver();
  const rows: ConnectorRow[] = [];
  const lines = dataRows(view, notes);
  const legend = view.legend();
  const fillsDown = namesOnce(view, lines);
  const from = view.dates(lines, ['from'], environment);
  const doubtOf = doubtsOf(view);
  refuseRival(view, lines, legend);
  refuseRivals(view, 'connectors', ['connector', 'action']);
  for (const row of lines) {
    const written = view.text(row, 'connector');
    const action = actionOf(view.text(row, 'action'));
    const stated = stateOf(view, row, legend, notes);
    const doubt = doubtOf(row);
    // "Always allow" is the widest state, so no remark can make it wider.
    const { text, state } =
      doubt === null || stated.state === null || stated.state === 'allow'
        ? stated
        : { text: `${stated.text ?? ''} (${doubt.slice(0, 60)})`, state: null };
    if (written === null && action === null && text === null) continue;
    if (
      written !== null &&
      (explainsStates(written, action, state) ||
        (action === null && text === null && isLone(view, row) && isComment(written)))
    ) {
      notes.add(
        { row: row.row, says: `The line below the table “${written.slice(0, 60)}” was left out.` },
        'lines below the table were left out',
      );
      continue;
    }
    const day = from('from', row);
    const isLater = day !== null && day > environment.today;
    const ofKinds = isLater ? [] : statesOfKinds(view, row, notes);
    const read = isLater
      ? planned(view, row, text, day, notes)
      : meaning(view, row, ofKinds.length > 0 ? null : action, text, state, notes);
    const said = doubt !== null && read.enabled === false ? { ...read, enabled: null } : read;
    const remark = written !== null && isRemark(written);
    const connector = remark ? null : (written ?? (ofSheet !== null || fillsDown ? above : null));
    if (connector === null) {
      // Connectors omitted in lines below a remark are unknown, too.
      above = ofSheet;
      notes.add(
        {
          row: row.row,
          column: view.heading('connector'),
          says: remark
            ? `“${written}” may be a remark and no connector, so it is not known which connector the line is about.`
            : 'The line names no connector, so it is not known which one it is about.',
        },
        'lines that name no connector',
      );
      const unread = { field: 'connector' as const, columns: [] };
      rows.push({ ...placeOf(row, environment), connector: '', action, ...said, unread });
      continue;
    }
    if (written === null && ofSheet === null) filledDown += 1;
    above = connector;
    const kind = view.text(row, 'system');
    const system = {
      ...(kind === null ? {} : { system: kind }),
      ...(isCustom(view, row) ? { custom: true as const } : {}),
    };
    if (ofKinds.length > 0) {
      for (const one of ofKinds)
        rows.push({
          ...placeOf(row, environment),
          connector,
          action: action ?? one.kind,
          state: one.state,
          stateText: one.text,
          enabled: said.enabled,
          ...system,
        });
      // A separate state next to those per kind concerns actions that the line does not name.
      if (said.state === null) continue;
    }
    const unread = unreadIn(view, row, said, maybe, notes);
    rows.push({
      ...placeOf(row, environment),
      connector,
      action,
      ...said,
      ...system,
      ...(unread === null ? {} : { unread }),
    });
  }
  if (filledDown > 0)
    notes.add({
      column: view.heading('connector'),
      says: `${filledDown} blank cells were read as the connector above them.`,
    });
  return rows;
}

/** Columns without a known heading in which nearly every cell is a state. Only a person can choose between them. */
function unknownStates(view: View): readonly string[] {
  return view.leftOver().filter((column) => {
    const at = view.table.columns.indexOf(column);
    return (
      at >= 0 &&
      !MEANT.test(words(column)) &&
      shareOf(view.table, at, (text) => permissionOf(text) !== null) >= 0.7
    );
  });
}

/** The first of several such columns; null: none. */
function wideColumn(view: View): string | null {
  const columns = unknownStates(view);
  return columns.length >= 2 ? (columns[0] ?? null) : null;
}

function refuseWide(view: View, column: string): never {
  throw new ImportProblem(
    `The column “${column}” and others hold states, and no column names the actions. If each of these columns is an action, provide one line for each connector and action, with the columns Connector, Action and Permission. If they are readings of different days, say which one is current: in the console under Imports, or with --map connectors.state=COLUMN.`,
    { row: view.table.headingRow },
  );
}

/** Rejects a second column of states that differs in some line, because only a person knows which one is current. */
function refuseRival(view: View, lines: readonly TableRow[], legend: ReadonlyMap<string, string>): void {
  if (view.columns.mapping.some(({ field, how }) => field === 'state' && how === 'hand')) return;
  const rival = view.leftOver().find((column) => {
    if (MEANT.test(words(column))) return false;
    const texts = lines.flatMap((row) => view.valueIn(row, column) ?? []);
    if (texts.length === 0 || texts.filter((text) => permissionOf(text) !== null).length * 2 < texts.length)
      return false;
    return lines.some((row) => {
      const other = view.valueIn(row, column);
      return other !== null && permissionOf(other) !== stateOf(view, row, legend, new Notes()).state;
    });
  });
  if (rival === undefined) return;
  if (!view.has('state') && !view.has('action')) refuseWide(view, rival);
  const first = view.has('state') ? `“${view.heading('state')}” and “${rival}”` : `“${rival}” and others`;
  throw new ImportProblem(
    `The columns ${first} both hold states, and they differ. Say which one is current: in the console under Imports, or with --map connectors.state=COLUMN.`,
    { row: view.table.headingRow },
  );
}

/**
 * Whether the table names each connector once and leaves the cells below blank. In any other table, a blank is an
 * omission.
 */
function namesOnce(view: View, lines: readonly TableRow[]): boolean {
  const names = lines.map((row) => view.text(row, 'connector'));
  return !names.some((name, at) => name !== null && name === names[at - 1]);
}

/**
 * Content of a line that no recognized column holds. A state without its action, or an action without its state, is
 * neither the state of all actions nor an empty cell; the columns that may hold the missing part are listed.
 */
function unreadIn(
  view: View,
  row: TableRow,
  said: Pick<ConnectorRow, 'state' | 'stateText' | 'enabled'>,
  maybe: readonly string[],
  notes: Notes,
): UnreadCell | null {
  const action = view.text(row, 'action');
  const columns = maybe.filter((column) => view.valueIn(row, column) !== null);
  let unread: UnreadCell | null = null;
  if (action === null) {
    const own = view.has('action') ? [] : columns;
    if (said.state !== null || (own.length > 0 && said.enabled === null))
      unread = { field: 'action', columns: own };
  } else if (said.state === null && said.stateText === null && !givesStates(view)) {
    if (columns.length > 0 || (!view.has('state') && !isMatrix(view))) unread = { field: 'state', columns };
  }
  if (unread !== null)
    notes.add(
      { row: row.row, column: unread.columns[0] ?? null, says: unreadWords(unread) },
      `the ${unread.field} is in no column that is known`,
    );
  return unread;
}

/** Whether there is a column of states, or all three states are columns. */
function givesStates(view: View): boolean {
  return view.has('state') || STATES.every((state) => view.has(state));
}

function unreadWords({ field, columns }: UnreadCell): string {
  if (columns.length > 0)
    return `${columns.map((column) => `“${column}”`).join(', ')} is not known to hold the ${field}, so the line says nothing of it. Choose the column that does.`;
  return field === 'action'
    ? 'The line states a permission and names no action, so it says nothing of any. “*” means all other actions.'
    : 'No column gives the state of the action.';
}

/** A line that applies from a later day does not say what the state is until then. */
function planned(
  view: View,
  row: TableRow,
  text: string | null,
  day: string,
  notes: Notes,
): Pick<ConnectorRow, 'state' | 'stateText' | 'enabled'> {
  notes.add(
    {
      row: row.row,
      column: view.heading('from'),
      says: `The line applies only from ${dayWords(day)}, so the current setting is not known.`,
    },
    'lines are of a later day',
  );
  return { state: null, stateText: `${text ?? 'no state'} (from ${day})`, enabled: null };
}

/** For an action, the text is a permission; for a whole connector, it may also be on or off. */
function meaning(
  view: View,
  row: TableRow,
  action: string | null,
  text: string | null,
  state: Permission | null,
  notes: Notes,
): Pick<ConnectorRow, 'state' | 'stateText' | 'enabled'> {
  const cell = view.cell(row, 'enabled');
  const cellText = view.text(row, 'enabled') ?? '';
  // Next to a tool, "Not connected" is about the viewer: the connector is available to everyone else.
  const ofViewer = action !== null && /^(?:not connected|disconnected)$/.test(words(cellText));
  const column = typeof cell === 'boolean' ? cell : (yesNo(cell) ?? (ofViewer ? null : enabledOf(cellText)));
  const onOff = text === null ? null : enabledOf(text);
  if (action === null && onOff !== null) return { state: null, stateText: text, enabled: column ?? onOff };
  if (text !== null && state === null && !isMatrix(view)) {
    notes.add(
      {
        row: row.row,
        column: view.heading('state'),
        says: notAState(text),
      },
      'states stored as unknown',
    );
  }
  return { state, stateText: text, enabled: column };
}

function stateOf(
  view: View,
  row: TableRow,
  legend: ReadonlyMap<string, string>,
  notes: Notes,
): { text: string | null; state: Permission | null } {
  if (!isMatrix(view)) {
    const text = view.text(row, 'state');
    if (text === null) return { text, state: null };
    // "N" may mean Needs approval or Never, so the meaning of codes must be in the table itself.
    const said = isCode(text) ? legend.get(text.toLowerCase()) : undefined;
    return {
      text: said === undefined ? text : `${text} (${said})`,
      state: isOfApproval(view, text) ? null : permissionOf(said ?? text),
    };
  }
  const marked = STATES.filter((state) => {
    const cell = view.cell(row, state);
    const answer = yesNo(cell);
    return answer ?? view.text(row, state) !== null;
  });
  const [only] = marked;
  const text = marked.length === 0 ? null : marked.map((state) => view.heading(state)).join(' and ');
  if (marked.length > 1)
    notes.add(
      { row: row.row, says: `The line marks ${marked.length} states: ${text ?? ''}. Stored as unknown.` },
      'lines that mark several states',
    );
  return { text, state: marked.length === 1 && only ? only : null };
}
