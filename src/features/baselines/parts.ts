import { stringify } from 'yaml';
import type { YamlText } from '#sources/exports/documents/yaml.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest } from '../problems.ts';
import { MAX_YAML } from './schemas.ts';
import { loadBaseline, sightOf } from './sight.ts';

/** Whole parts of a charter by key; null removes one. */
type Parts = Readonly<Record<string, unknown>>;

/** The charter of a baseline as written, with placeholders; it is not validated and may be incomplete. */
export function charterIn({ value }: YamlText): Parts {
  return groupIn(groupIn(value).charter);
}

/** The text of the next version: the given text, or the newest one with parts replaced. */
export async function nextText(
  context: HandlerContext,
  given: {
    readonly baseline: string;
    readonly yaml?: string | undefined;
    readonly charter?: Parts | undefined;
    readonly parts?: object | undefined;
  },
): Promise<string> {
  const { yaml, charter, parts } = given;
  const inParts = charter !== undefined || parts !== undefined;
  if (yaml !== undefined && !inParts) return yaml;
  if (yaml !== undefined || !inParts)
    throw badRequest('Give the baseline as YAML, or parts of it: one of the two.');
  const loaded = await loadBaseline(context, await sightOf(context), given.baseline);
  const stated = Object.entries({ ...charterIn(loaded.yaml), ...charter });
  const text = stringify(
    {
      ...groupIn(loaded.yaml.value),
      ...parts,
      charter: Object.fromEntries(stated.filter(([, part]) => part !== null)),
    },
    { lineWidth: 0 },
  );
  if (text.length > MAX_YAML)
    throw badRequest(
      `The baseline would have ${text.length.toLocaleString('en-US')} characters; at most ${MAX_YAML.toLocaleString('en-US')} are accepted. Remove what it does not need.`,
    );
  return text;
}

function groupIn(value: unknown): Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parts) : {};
}
