import { type ApiKeyRow, type SettingRow, UNREADABLE_SETTINGS } from '#domain/model/kinds.ts';
import { type FileKind, ImportProblem, type Parsed } from '../file-kind.ts';
import { isComplete } from './json-analytics.ts';
import { explainError, pagesOf, rightRows } from './json-pages.ts';
import { dayIn, flag, instant, isObject, type JsonObject, member, text } from './json-values.ts';

function isSettings(answer: JsonObject): boolean {
  if (answer.type === 'effective_organization_settings') return true;
  const settings = member(answer, 'settings');
  if (!Array.isArray(settings) || settings.length === 0) return false;
  return settings.every(
    (item) =>
      isObject(item) && typeof item.name === 'string' && typeof item.type === 'string' && 'value' in item,
  );
}

/** The effective settings of one or several organisations of Claude Enterprise, with the API keys of the same answers. */
export const settingsJson: FileKind<'settings'> = {
  kind: 'settings',
  recognise(content) {
    const answers = pagesOf(content).objects.filter(isSettings);
    if (answers.length === 0) return 0;
    return answers[0]?.type === 'effective_organization_settings' ? 1 : 0.8;
  },
  parse(content, environment) {
    const answers = pagesOf(content).objects.filter(isSettings);
    if (answers.length === 0)
      throw new ImportProblem(
        'The file holds no effective settings. Save the whole answer, with its "settings".',
      );
    const several = answers.length > 1;
    const organisations = new Set<string>();
    for (const answer of answers) {
      const organisation = text(answer.organization_id) ?? '';
      if (several && (organisation === '' || organisations.has(organisation)))
        throw new ImportProblem(
          'The file holds several answers with settings of one organization. Keep the newest of each.',
        );
      organisations.add(organisation);
    }
    const { file, timezone } = environment;
    const blank = { observedOn: null, mapping: [], unmapped: [], notes: [] };
    const rows = numbered(answers.flatMap((answer) => settingRows(answer, file, several)));
    const parsed: Parsed[] = [{ kind: 'settings', rows, complete: true, ...blank }];
    const lists = answers.map((answer) => member(answer, 'api_keys')).filter(Array.isArray);
    if (lists.length > 0) {
      // A key of a parent organisation is listed by each of those that it reads.
      const keys = new Map<string, ApiKeyRow>();
      for (const list of lists)
        for (const row of keyRows(list, file, timezone)) if (!keys.has(row.id)) keys.set(row.id, row);
      parsed.push({
        kind: 'api_keys',
        rows: numbered([...keys.values()]),
        // The keys of an organisation that gave none are not known.
        complete: lists.length === answers.length,
        ...blank,
      });
    }
    return parsed;
  },
};

function numbered<T extends { readonly row: number }>(rows: readonly T[]): T[] {
  return rows.map((row, index) => ({ ...row, row: index + 1 }));
}

/** @param several Whether the rows have to say of which organisation they are. */
function settingRows(answer: JsonObject, file: string, several: boolean): SettingRow[] {
  const settings = member(answer, 'settings');
  const name = text(answer.organization_name);
  const whose = several
    ? {
        organisation: text(answer.organization_id) ?? '',
        ...(name === null ? {} : { organisationName: name }),
      }
    : {};
  const unreadable = text(answer.unreadable);
  if (unreadable !== null)
    return [{ file, row: 1, ...whose, name: 'settings', type: UNREADABLE_SETTINGS, value: unreadable }];
  if (!Array.isArray(settings))
    throw new ImportProblem('The answer has no list "settings", so it was not saved whole.');
  const seen = new Set<string>();
  return settings.map((item, index) => {
    const row = index + 1;
    const name = isObject(item) ? text(item.name) : null;
    if (!isObject(item) || !name)
      throw new ImportProblem('The setting has no name.', { row, column: 'name' });
    if (!Object.hasOwn(item, 'value'))
      throw new ImportProblem(`The setting "${name}" has no value.`, { row, column: 'value' });
    if (seen.has(name))
      throw new ImportProblem(`The setting "${name}" is listed twice.`, { row, column: 'name' });
    seen.add(name);
    return { file, row, ...whose, name, type: text(item.type) ?? 'unknown', value: item.value };
  });
}

function isKey(item: JsonObject): boolean {
  return (
    typeof item.id === 'string' &&
    (item.type === 'compliance_api_key' ||
      (Array.isArray(item.scopes) && ['is_active', 'is_enabled', 'status'].some((key) => key in item)))
  );
}

/** A list of API keys by itself, in the vendor's envelope or as a plain list. */
export const apiKeysJson: FileKind<'api_keys'> = {
  kind: 'api_keys',
  recognise(content) {
    const first = pagesOf(content).pages.find((page) => page.items.length > 0)?.items[0];
    return first !== undefined && isKey(first) ? 1 : 0;
  },
  parse(content, { file, timezone }) {
    const { pages, errors } = pagesOf(content);
    const [error] = errors;
    if (error) throw new ImportProblem(explainError(error));
    if (pages.length === 0)
      throw new ImportProblem('The file holds no list of API keys. Save the whole answer, with its "data".');
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

/** The vendor has written "is_active", "is_enabled" and "status"; what none of them says is unknown. */
function isActive(item: JsonObject): boolean | null {
  const said = flag(item.is_active) ?? flag(item.is_enabled);
  if (said !== null) return said;
  const status = text(item.status);
  if (status === 'active') return true;
  return status === 'inactive' || status === 'archived' || status === 'expired' ? false : null;
}

function keyRows(keys: readonly unknown[], file: string, timezone: string): ApiKeyRow[] {
  return keys.map((item, index) => keyRow(item, file, timezone, index + 1));
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
    scopes: Array.isArray(scopes) ? scopes.filter((scope): scope is string => typeof scope === 'string') : [],
    active: isActive(item),
    createdOn: day(item.created_at),
    expiresOn: day(item.expires_at),
  };
}
