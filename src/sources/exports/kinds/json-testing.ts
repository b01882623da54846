import type { Kind } from '#domain/model/kinds.ts';
import type { Content, FileKind, Parsed } from '../file-kind.ts';

/** Helpers of tests: a JSON value as content, and kinds of file as a registry would use them. */

export const json = (value: unknown): Content => ({ form: 'json', value, text: JSON.stringify(value) });

export function readerOf(kinds: readonly FileKind[], timezone: string) {
  /** The one kind that takes the content; an error where several do. */
  const recognized = (content: Content, name = 'x.json'): Kind | null => {
    const found = kinds.filter((kind) => kind.recognize(content, name) > 0.5);
    if (found.length > 1) throw new Error(`several kinds: ${found.map((kind) => kind.kind).join(', ')}`);
    return found[0]?.kind ?? null;
  };
  const parseAs = <K extends Kind>(kind: K, content: Content): Parsed<K> => {
    const environment = { file: 'x.json', timezone, domains: [], today: '2026-11-24' };
    const parsed = kinds
      .find((one) => one.kind === kind)
      ?.parse(content, environment)
      .find((one) => one.kind === kind);
    if (!parsed) throw new Error(`nothing of kind ${kind}`);
    return parsed as Parsed<K>;
  };
  /** Recognizes the content, which must be of the kind, and parses it. */
  const parse = <K extends Kind>(kind: K, content: Content): Parsed<K> => {
    const found = recognized(content);
    if (found !== kind) throw new Error(`taken for ${found ?? 'nothing'}, not for ${kind}`);
    return parseAs(kind, content);
  };
  return { recognized, parseAs, parse };
}
