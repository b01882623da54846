import type { ConnectorRow, Permission } from '#domain/model/kinds.ts';
import { ImportProblem, type ParseEnvironment, type TableRow } from '../file-kind.ts';
import { words, yesNo } from '../table/cells.ts';
import { type Field, list, shareOf } from '../table/columns.ts';
import type { Notes } from '../table/notes.ts';
import { hasHeading } from '../table/person-fields.ts';
import { tableKind } from '../table/table-kind.ts';
import { dataRows, refuseEmpty, type View } from '../table/view.ts';

const PERMISSIONS: Readonly<Record<Permission, readonly string[]>> = {
  allow: [
    'always allow',
    'always allowed',
    'allow',
    'allowed',
    'allow always',
    'auto',
    'automatic',
    'automatically',
    'auto approve',
    'auto approved',
    'always',
    'permit',
    'permitted',
  ],
  ask: [
    'needs approval',
    'need approval',
    'ask',
    'asks',
    'always ask',
    'ask first',
    'ask every time',
    'approval',
    'approve',
    'confirm',
    'confirmation',
    'requires approval',
    'require approval',
    'approval required',
    'approval needed',
    'with approval',
    'prompt',
    'needs confirmation',
    'requires confirmation',
    'manual approval',
  ],
  blocked: [
    'blocked',
    'block',
    'denied',
    'deny',
    'off',
    'never',
    'never allow',
    'not allowed',
    'disallowed',
    'disabled',
    'prohibited',
    'forbidden',
  ],
};
const BY_WORDS = new Map(
  Object.entries(PERMISSIONS).flatMap(([permission, texts]) =>
    texts.map((text) => [text, permission as Permission] as const),
  ),
);
const STATES = ['allow', 'ask', 'blocked'] as const satisfies readonly Permission[];

/** The three states of a tool, in the console's words, the interface's, and those of people. null: something else. */
export function permissionOf(text: string): Permission | null {
  return BY_WORDS.get(words(text)) ?? null;
}

function enabledOf(text: string): boolean | null {
  const plain = words(text);
  if (/^(enabled|on|active|connected|available|yes|added|added to (the )?team|turned on|true)$/.test(plain))
    return true;
  return /^(disabled|off|inactive|not connected|unavailable|no|not enabled|not added|removed|turned off|false|disconnected)$/.test(
    plain,
  )
    ? false
    : null;
}

const isMark = (text: string): boolean => yesNo(text) !== null || /^[x✓✔●•☑☒*]$/i.test(text.trim());

const FIELDS: readonly Field[] = [
  {
    field: 'state',
    headings:
      list(`state, current state, permission state, tool state, observed state, current permission, current
      setting, permission, permission level, setting, org setting, organization setting, organisation
      setting, approval, approval mode, mode, access, access level, status, value, max permission,
      max_permission, policy, configured, allowed`),
    check: (text) => permissionOf(text) !== null || enabledOf(text) !== null,
  },
  {
    field: 'allow',
    headings: ['always allow', 'allow', 'allowed', 'auto', 'automatic', 'always', 'always allowed'],
    check: isMark,
  },
  {
    field: 'ask',
    headings:
      list(`needs approval, ask, approval, requires approval, require approval, confirm, ask first, approval
      needed, approval required, needs confirmation`),
    check: isMark,
  },
  {
    field: 'blocked',
    headings: ['blocked', 'block', 'denied', 'deny', 'never', 'not allowed', 'off'],
    check: isMark,
  },
  {
    field: 'connector',
    headings:
      list(`connector, connector name, connectors, integration, integration name, mcp server, mcp server
      name, mcp_server_name, server, server name, app, app name, application, service, system, source
      system, platform, data source, name`),
  },
  {
    field: 'action',
    headings:
      list(`action, tool, tool name, tool_name, action name, tool or action, action or tool, tool action,
      action tool, actions, tools, operation, capability, function, what it does, tool category,
      permission, category`),
  },
  {
    field: 'enabled',
    headings:
      list(`enabled, is enabled, connector enabled, enabled for team, enabled for organization, added to
      team, on, on off, turned on, active, available, connector status, connector state`),
    check: (text) => enabledOf(text) !== null || yesNo(text) !== null,
  },
];

/** The connectors table as an Owner writes it down: a state per line, or three columns with a mark. */
export const connectors = tableKind<'connectors'>({
  kind: 'connectors',
  fields: FIELDS,
  needs: {
    fields: ['state', 'allow', 'ask', 'blocked', 'enabled'],
    words: 'states (Always allow, Needs approval, Blocked, or Enabled)',
  },
  score(view, name) {
    const state = view.columns.first('state');
    const states = state === null ? 0 : shareOf(view.table, state, (text) => permissionOf(text) !== null);
    const named = hasHeading(view, /\b(connectors?|integrations?|mcp server)\b/);
    let score = 0;
    if (named) score += 0.35;
    else if (view.has('connector')) score += 0.1;
    if (view.has('action') && hasHeading(view, /\b(actions?|tools?|operation)\b/)) score += 0.2;
    if (states >= 0.7) score += 0.4;
    if (isMatrix(view)) score += 0.45;
    if (view.has('enabled') || (state !== null && states < 0.7)) score += named ? 0.2 : 0.05;
    if (/connector|integration|tool|permission/.test(name)) score += 0.15;
    if (hasHeading(view, /\b(e ?mail|email address|event|actor info|user principal name)\b/)) score -= 0.5;
    return score;
  },
  read(views, environment, notes) {
    const rows = views.flatMap((view) => readView(view, environment, notes));
    refuseEmpty(rows, 'The connectors table lists no connector.');
    return { rows: [...new Map(rows.map((row) => [JSON.stringify({ ...row, row: 0 }), row])).values()] };
  },
});

/** At least two of the three states are columns. */
function isMatrix(view: View): boolean {
  return !view.has('state') && STATES.filter((state) => view.has(state)).length >= 2;
}

function readView(view: View, environment: ParseEnvironment, notes: Notes): ConnectorRow[] {
  const ofSheet = view.has('connector') ? null : connectorOfSheet(view.table.sheet);
  if (!view.has('connector') && ofSheet === null) {
    throw new ImportProblem(
      'No column names the connector. Add one, or name each sheet after its connector.',
      { row: view.table.headingRow },
    );
  }
  if (ofSheet !== null)
    notes.add({ says: `The connector "${ofSheet}" was taken from the name of its sheet.` });
  let above: string | null = ofSheet;
  let filledDown = 0;
  const rows: ConnectorRow[] = [];
  for (const row of dataRows(view, notes)) {
    const written = view.text(row, 'connector');
    const action = view.text(row, 'action');
    const { text, state } = stateOf(view, row, notes);
    if (written === null && action === null && text === null) continue;
    if (written === null && ofSheet === null && above !== null) filledDown += 1;
    const connector = written ?? above;
    if (connector === null) {
      notes.add(
        {
          row: row.row,
          column: view.heading('connector'),
          says: 'The line names no connector and was left out.',
        },
        'lines that name no connector were left out',
      );
      continue;
    }
    above = connector;
    rows.push({
      file: environment.file,
      row: row.row,
      connector,
      action,
      ...meaning(view, row, action, text, state, notes),
    });
  }
  if (filledDown > 0)
    notes.add({
      column: view.heading('connector'),
      says: `${filledDown} blank cells were read as the connector above them.`,
    });
  return rows;
}

/** For an action the text is a permission; for a connector as a whole it may also say that it is on or off. */
function meaning(
  view: View,
  row: TableRow,
  action: string | null,
  text: string | null,
  state: Permission | null,
  notes: Notes,
): Pick<ConnectorRow, 'state' | 'stateText' | 'enabled'> {
  const cell = view.cell(row, 'enabled');
  const column =
    typeof cell === 'boolean' ? cell : (yesNo(cell) ?? enabledOf(view.text(row, 'enabled') ?? ''));
  const onOff = text === null ? null : enabledOf(text);
  if (action === null && onOff !== null) return { state: null, stateText: text, enabled: column ?? onOff };
  if (text !== null && state === null && !isMatrix(view)) {
    notes.add(
      {
        row: row.row,
        column: view.heading('state'),
        says: `"${text.slice(0, 60)}" is not one of Always allow, Needs approval and Blocked. Stored as unknown.`,
      },
      'states stored as unknown',
    );
  }
  return { state, stateText: text, enabled: column };
}

function stateOf(view: View, row: TableRow, notes: Notes): { text: string | null; state: Permission | null } {
  if (!isMatrix(view)) {
    const text = view.text(row, 'state');
    return { text, state: text === null ? null : permissionOf(text) };
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

/** A workbook may hold one sheet per connector. */
function connectorOfSheet(sheet: string | null): string | null {
  return sheet === null ||
    /^(sheet|tabelle|feuil|hoja|data|export|connectors?|tools?|permissions?)\s*\d*$/i.test(sheet.trim())
    ? null
    : sheet.trim();
}
