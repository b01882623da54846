import { parseYaml } from '../documents/yaml.ts';
import type { Content } from '../file-kind.ts';
import { removeUnsafeKeys } from './json.ts';

/** YAML as content, with the line of every key. Throws an ImportProblem that names the line. */
export function readYaml(text: string): Extract<Content, { form: 'yaml' }> {
  const { value, lines } = parseYaml(text);
  return { form: 'yaml', value: removeUnsafeKeys(value), lines, text };
}

/** Whether a text starts like YAML written by people: with `key:`, a list, or only comments. */
export function looksLikeYaml(text: string, name: string): boolean {
  if (/\.ya?ml$/i.test(name)) return true;
  const first = text
    .split(/\r\n|\n|\r/, 200)
    .find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return first !== undefined && /^(---|%YAML|["']?[A-Za-z][\w .-]*["']?:(\s|$)|- \S)/.test(first);
}
