import {
  type ApiKeyRow,
  type SettingRow,
  UNNAMED_SETTING,
  UNREADABLE_SETTINGS,
} from '#domain/model/kinds.ts';
import { type FileKind, ImportProblem, type Note, type Parsed } from '../../exports/file-kind.ts';
import {
  dayIn,
  flag,
  instant,
  isObject,
  type JsonObject,
  member,
  text,
} from '../../exports/kinds/json-values.ts';
import { mayHaveMore } from '../../json-values.ts';
import { isComplete } from './json-analytics.ts';
import { explainError, mostAre, pagesOf, rightRows } from './json-pages.ts';

function isSettings(answer: JsonObject): boolean {
  if (answer.type === 'effective_organization_settings') return true;
  const settings = member(answer, 'settings');
  if (!Array.isArray(settings) || settings.length === 0) return false;
  // A few odd entries do not matter.
  const right = settings.filter(
    (item) =>
      isObject(item) && typeof item.name === 'string' && typeof item.type === 'string' && 'value' in item,
  );
  return right.length * 2 > settings.length;
}

/** Effective settings of one or several Claude Enterprise organizations, with API keys from the same responses. */
export const settingsJson: FileKind<'settings'> = {
  kind: 'settings',
  recognize(content) {
    const answers = pagesOf(content).objects.filter(isSettings);
    if (answers.length === 0) return 0;
    return answers[0]?.type === 'effective_organization_settings' ? 1 : 0.8;
  },
  parse(content, environment) {
    const answers = pagesOf(content).objects.filter(isSettings);
    if (answers.length === 0)
      throw new ImportProblem(
        'The file holds no effective settings. Save the complete answer, with its “settings”.',
      );
    const several = answers.length > 1;
    const organizations = new Set<string>();
    for (const answer of answers) {
      const organization = text(answer.organization_id) ?? '';
      if (several && (organization === '' || organizations.has(organization)))
        throw new ImportProblem(
          'The file holds several answers with settings of one organization. Keep the newest of each.',
        );
      organizations.add(organization);
    }
    const { file, timezone } = environment;
    const blank = { observedOn: null, mapping: [], unmapped: [], notes: [] };
    const notes: Note[] = [];
    const rows = numbered(answers.flatMap((answer) => settingRows(answer, file, several, notes)));
    const { objects, pages } = pagesOf(content);
    const others =
      objects.length -
      answers.length +
      pages
        .flatMap(({ items }) => items)
        .filter((item) => isSettings(item) || Object.hasOwn(item, 'settings')).length;
    // It may be the response of another organization, which the others do not cover.
    if (others > 0)
      notes.push({
        row: null,
        column: 'settings',
        says: 'The file holds an answer without a list of settings, so the settings are incomplete.',
      });
    const whole = others === 0 && !answers.some(isOnePage);
    const parsed: Parsed[] = [{ kind: 'settings', rows, complete: whole, ...blank, notes }];
    const lists = answers.map((answer) => member(answer, 'api_keys')).filter(Array.isArray);
    if (lists.length > 0) {
      // Every organization that reads a parent organization's key lists it.
      const keys = new Map<string, ApiKeyRow>();
      const read = answers.flatMap((answer) => {
        const list = member(answer, 'api_keys');
        if (!Array.isArray(list)) return [];
        const right = rightRows(
          list.map((item) => (isObject(item) ? item : {})),
          (item, row) => keyRow(item, file, timezone, row),
        );
        return [{ ...right, organization: text(answer.organization_id) }];
      });
      for (const { rows: own, organization } of read)
        for (const row of own) {
          const before = keys.get(row.id);
          const organizations = new Set(before?.organizations).add(organization ?? '');
          keys.set(row.id, { ...(before ?? row), ...(several ? { organizations: [...organizations] } : {}) });
        }
      parsed.push({
        kind: 'api_keys',
        rows: numbered([...keys.values()]),
        // The keys of an organization without a list are unknown.
        complete: whole && lists.length === answers.length && read.every((one) => one.whole),
        ...blank,
        notes: read.flatMap((one) => one.notes),
      });
    }
    return parsed;
  },
};

/** Whether a response says that there is more. */
function isOnePage(answer: JsonObject): boolean {
  return (
    mayHaveMore(answer.has_more) || ['next_page', '@odata.nextLink'].some((key) => (answer[key] ?? '') !== '')
  );
}

function numbered<T extends { readonly row: number }>(rows: readonly T[]): T[] {
  return rows.map((row, index) => ({ ...row, row: index + 1 }));
}

/** @param several Whether rows must state their organization. */
function settingRows(answer: JsonObject, file: string, several: boolean, notes: Note[]): SettingRow[] {
  const settings = member(answer, 'settings');
  const name = text(answer.organization_name);
  const organization = text(answer.organization_id);
  const whose = several
    ? { organization: organization ?? '', ...(name === null ? {} : { organizationName: name }) }
    : organization === null
      ? {}
      : { ofAll: organization };
  const unreadable = text(answer.unreadable);
  if (unreadable !== null)
    return [{ file, row: 1, ...whose, name: 'settings', type: UNREADABLE_SETTINGS, value: unreadable }];
  if (several && (!Array.isArray(settings) || settings.length === 0)) {
    const value = 'The answer lists no setting.';
    return [{ file, row: 1, ...whose, name: 'settings', type: UNREADABLE_SETTINGS, value }];
  }
  if (!Array.isArray(settings))
    throw new ImportProblem('The answer has no list “settings”, so it was not saved completely.');
  const rows: SettingRow[] = [];
  const at = new Map<string, number>();
  settings.forEach((item, index) => {
    const row = index + 1;
    const name = isObject(item) ? text(item.name) : null;
    const note = (column: string, says: string) => notes.push({ row, column, says });
    if (!isObject(item) || name === null) {
      note('name', 'The setting has no name, so it may be any of those that are not listed.');
      rows.push({ file, row, ...whose, name: '', type: UNNAMED_SETTING, value: row });
      return;
    }
    const given = Object.hasOwn(item, 'value');
    if (!given) note('value', `The setting “${name}” has no value. Its value is not known.`);
    const value = given ? item.value : null;
    const before = at.get(name);
    const other = before === undefined ? undefined : rows[before];
    if (before === undefined || other === undefined) {
      at.set(name, rows.length);
      rows.push({ file, row, ...whose, name, type: text(item.type) ?? 'unknown', value });
    } else if (JSON.stringify(other.value) !== JSON.stringify(value)) {
      note('name', `The setting “${name}” is listed twice, with two values. Its value is not known.`);
      rows[before] = { ...other, value: null };
    }
  });
  return rows;
}

function isKey(item: JsonObject): boolean {
  return (
    typeof item.id === 'string' &&
    (item.type === 'compliance_api_key' ||
      (Array.isArray(item.scopes) && ['is_active', 'is_enabled', 'status'].some((key) => key in item)))
  );
}

/** A separate list of API keys, in the vendor's envelope or as a plain array. */
export const apiKeysJson: FileKind<'api_keys'> = {
  kind: 'api_keys',
  recognize: (content) => (mostAre(content, isKey) ? 1 : 0),
  parse(content, { file, timezone }) {
    const { pages, errors } = pagesOf(content);
    const [error] = errors;
    if (error) throw new ImportProblem(explainError(error));
    if (pages.length === 0)
      throw new ImportProblem(
        'The file holds no list of API keys. Save the complete answer, with its “data”.',
      );
    const items = pages.flatMap((page) => page.items);
    const right = rightRows(items, (item, row) => keyRow(item, file, timezone, row));
    return [
      {
        kind: 'api_keys',
        rows: right.rows,
        complete: right.whole && isComplete(pages),
        observedOn: null,
        mapping: [],
        unmapped: [],
        notes: right.notes,
      },
    ];
  },
};

/** The vendor has used "is_active", "is_enabled" and "status"; without any of them it is unknown. */
function isActive(item: JsonObject): boolean | null {
  const said = flag(item.is_active) ?? flag(item.is_enabled);
  if (said !== null) return said;
  const status = text(item.status);
  if (status === 'active') return true;
  return status === 'inactive' || status === 'archived' || status === 'expired' ? false : null;
}

function scopesOf(scopes: unknown, row: number): string[] {
  if (scopes === undefined || scopes === null) return [];
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string'))
    throw new ImportProblem('What the key may do cannot be read.', { row, column: 'scopes' });
  return scopes;
}

function keyRow(item: unknown, file: string, timezone: string, row: number): ApiKeyRow {
  const id = isObject(item) ? text(item.id) : null;
  if (!isObject(item) || !id) throw new ImportProblem('The API key has no id.', { row, column: 'id' });
  const scopes = member(item, 'scopes');
  const day = (value: unknown): string | null => {
    const at = instant(value);
    return at ? dayIn(timezone, at) : null;
  };
  return {
    file,
    row,
    id,
    name: text(item.name),
    scopes: scopesOf(scopes, row),
    active: isActive(item),
    createdOn: day(item.created_at),
    expiresOn: day(item.expires_at),
    ...(text(item.workspace_id) === null ? {} : { workspace: text(item.workspace_id) ?? '' }),
  };
}
