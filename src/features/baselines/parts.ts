import { stringify } from 'yaml';
import type { YamlText } from '#sources/exports/documents/yaml.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest } from '../problems.ts';
import { MAX_YAML } from './schemas.ts';
import { loadBaseline, sightOf } from './sight.ts';

/** Parts of a charter by key, each whole; null takes one away. */
type Parts = Readonly<Record<string, unknown>>;

/** The charter of a baseline as it is written, with placeholders; it may lack what it should have. */
export function charterIn({ value }: YamlText): Parts {
  return groupIn(groupIn(value).charter);
}

/** The text of the next version: as given, or the newest one with parts of its charter replaced. */
export async function nextText(
  context: HandlerContext,
  given: {
    readonly baseline: string;
    readonly yaml?: string | undefined;
    readonly charter?: Parts | undefined;
  },
): Promise<string> {
  const { yaml, charter } = given;
  if (yaml !== undefined && charter === undefined) return yaml;
  if (yaml !== undefined || charter === undefined)
    throw badRequest('Give the baseline as YAML, or parts of its charter: one of the two.');
  const loaded = await loadBaseline(context, await sightOf(context), given.baseline);
  const parts = { ...charterIn(loaded.yaml), ...charter };
  const left = Object.entries(parts).filter(([, part]) => part !== null);
  const text = stringify(
    { ...groupIn(loaded.yaml.value), charter: Object.fromEntries(left) },
    { lineWidth: 0 },
  );
  if (text.length > MAX_YAML)
    throw badRequest(
      `The baseline would have ${text.length.toLocaleString('en-US')} characters; at most ${MAX_YAML.toLocaleString('en-US')} are taken. Remove what it does not need.`,
    );
  return text;
}

function groupIn(value: unknown): Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parts) : {};
}
