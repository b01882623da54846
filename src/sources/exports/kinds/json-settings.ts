import type { ApiKeyRow, SettingRow } from '#domain/model/kinds.ts';
import { type FileKind, ImportProblem, type Parsed } from '../file-kind.ts';
import { pagesOf } from './json-pages.ts';
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

/** The effective organisation settings of Claude Enterprise, with the API keys of the same answer. */
export const settingsJson: FileKind<'settings'> = {
  kind: 'settings',
  recognise(content) {
    const answers = pagesOf(content).objects.filter(isSettings);
    if (answers.length === 0) return 0;
    return answers[0]?.type === 'effective_organization_settings' ? 1 : 0.8;
  },
  parse(content, environment) {
    const answers = pagesOf(content).objects.filter(isSettings);
    const answer = answers[0];
    if (!answer)
      throw new ImportProblem(
        'The file holds no effective settings. Save the whole answer, with its "settings".',
      );
    const organisations = new Set(answers.map((one) => text(one.organization_id) ?? ''));
    if (answers.length > 1) {
      throw new ImportProblem(
        organisations.size > 1
          ? 'The file holds the settings of several organizations. Keep the answer of one.'
          : 'The file holds several answers with settings. Keep the newest.',
      );
    }
    const blank = { complete: true, observedOn: null, mapping: [], unmapped: [], notes: [] };
    const parsed: Parsed[] = [{ kind: 'settings', rows: settingRows(answer, environment.file), ...blank }];
    const keys = member(answer, 'api_keys');
    if (Array.isArray(keys))
      parsed.push({
        kind: 'api_keys',
        rows: keyRows(keys, environment.file, environment.timezone),
        ...blank,
      });
    return parsed;
  },
};

function settingRows(answer: JsonObject, file: string): SettingRow[] {
  const settings = member(answer, 'settings');
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
    return { file, row, name, type: text(item.type) ?? 'unknown', value: item.value };
  });
}

function keyRows(keys: readonly unknown[], file: string, timezone: string): ApiKeyRow[] {
  return keys.map((item, index) => {
    const row = index + 1;
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
      scopes: Array.isArray(scopes)
        ? scopes.filter((scope): scope is string => typeof scope === 'string')
        : [],
      active: flag(item.is_active),
      createdOn: day(item.created_at),
      expiresOn: day(item.expires_at),
    };
  });
}
