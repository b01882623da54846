import { fold } from '../charter/names.ts';
import type { ActivityRow, ApiKeyRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';
import type { Read } from '../model/rule.ts';
import { names } from '../text/words.ts';
import { restoreSetting } from './restore.ts';
import { addDeviation, type SettingsInput, type SettingsOut } from './settings-drift.ts';

/**
 * Compares active keys with those that the charter approves. A key with unknown scopes counts as one that can write.
 */
export function compareKeys(input: SettingsInput, approved: readonly string[], out: SettingsOut): void {
  const keys = input.context.read('api_keys');
  if (!keys.ok) {
    out.unread.push({ key: 'api-keys', label: 'API keys', why: keys.why, question: keys.howToGet.text });
    return;
  }
  removedKeys(input, keys, out);
  const known = new Set(approved.map(fold));
  const control = input.controlOf('api-keys-known');
  for (const row of keys.rows) {
    if (row.active === null) continue;
    const key = keyOf(row);
    const evidence: Evidence = keys.cite(row, row.scopes.join(', ') || 'no scopes given');
    if (!row.active) {
      out.status.set(key, {
        how: 'conforms',
        words: 'The key is no longer active.',
        evidence,
        at: null,
      });
      continue;
    }
    if (known.has(fold(row.id)) || (row.name !== null && known.has(fold(row.name)))) {
      out.same += 1;
      out.status.set(key, { how: 'conforms', words: 'The key is approved.', evidence, at: null });
      continue;
    }
    const reads = row.scopes.length > 0 && row.scopes.every((scope) => /^read\b/i.test(scope));
    const name = row.name ?? row.id;
    addDeviation(out, {
      key,
      subject: 'setting',
      system: 'API keys',
      label: `API key ${name}`,
      direction: 'wider',
      urgency: reads ? 'soon' : 'urgent',
      words: `It is active with ${row.scopes.length === 0 ? 'scopes that the file does not give, which count as writes' : names(row.scopes, 4)}, but the charter does not approve it.`,
      effect: null,
      charter: 'Not approved',
      observed: 'Active',
      state: null,
      wanted: null,
      width: row.scopes.length,
      on: evidence.observedOn,
      notCovered: false,
      evidence: [evidence],
      cause: input.causes.ofEvents((event) => isOfKey(event, row)),
      invariant: null,
      listed:
        control !== undefined && input.fails(control)
          ? [{ control: control.id, keys: [(row.id || name).toLowerCase()], states: {} }]
          : [],
      restore: restoreSetting(control, `Revoke the key ${name}.`),
      row: null,
      amend: { kind: 'part', part: 'approvedApiKeys', value: [...approved, row.id || name] },
    });
  }
}

function keyOf({ id, name }: ApiKeyRow): string {
  return `setting/api-key/${(id || name || '').toLowerCase()}`;
}

/** A key of an earlier list that is missing from the newest complete one was removed, which resolves its drift. */
function removedKeys({ context }: SettingsInput, keys: Read<'api_keys'>, out: SettingsOut): void {
  const [evidence] = keys.evidence;
  if (evidence === undefined || keys.rows.length === 0) return;
  const listed = new Set(keys.rows.map(keyOf));
  for (const row of context.history('api_keys').flatMap(({ rows }) => rows)) {
    const key = keyOf(row);
    if (listed.has(key)) continue;
    out.status.set(key, {
      how: 'conforms',
      words: `The list of API keys no longer contains ${row.name ?? row.id}.`,
      evidence,
      at: null,
    });
  }
}

function isOfKey({ type, detail }: ActivityRow, key: ApiKeyRow): boolean {
  if (!/^(admin_)?api_key_created$/.test(type)) return false;
  return detail.admin_api_key_id === key.id || detail.api_key_id === key.id;
}
