import type { StoredCheck } from '#store/dlp/checks.ts';
import { checksOf } from '#store/dlp/checks.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { rulesFor, tuningOf } from '../dlp/index.ts';

/** Separator of an incident's file, rule or device names. */
export const NAME_SEPARATOR = '; ';

/** The content check's decision that an alert is about; null: none, or retention removed it. */
export async function checkOf(
  tx: Tx,
  { client }: Pick<HandlerContext, 'client'>,
  reference: string | null | undefined,
): Promise<StoredCheck | null> {
  if (reference == null) return null;
  const [check] = await checksOf(tx, client.id, { reference, verdicts: [], before: null, limit: 1 });
  return check ?? null;
}

/** Titles of the rules that matched in a content check; null: none matched, or it was not reported. */
export async function patternOf(
  tx: Tx,
  { client, services }: Pick<HandlerContext, 'client' | 'services'>,
  check: StoredCheck | null,
): Promise<string | null> {
  const rules = check?.activity?.detail.rules;
  if (typeof rules !== 'object' || rules === null) return null;
  const titles = new Map(
    rulesFor(services.catalogue, await tuningOf(tx, client.id)).map((rule) => [rule.id, rule.title]),
  );
  const found = Object.keys(rules).map((id) => titles.get(id) ?? id);
  return found.length === 0 ? null : found.join(NAME_SEPARATOR);
}
/** The file that a content check names; only the check in the browser receives a name. null: not reported. */
export function fileOf(check: StoredCheck | null): string | null {
  const { file_name: name, file_sha256: sha256 } = check?.activity?.detail ?? {};
  return typeof name === 'string' ? name : typeof sha256 === 'string' ? sha256 : null;
}
// Guide: G7.2-09
