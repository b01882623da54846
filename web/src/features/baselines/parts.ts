import { PERMISSION_WORDS } from '../../../../src/domain/connectors/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import type { Shown } from './words.ts';

type ChangeInput = Parameters<typeof calls.baselines.change>[0];
export type Permission = keyof typeof PERMISSION_WORDS;

/** One connector in a baseline. `rest` keeps the fields that the form does not show. */
export interface TemplateConnector {
  readonly name: string;
  readonly actions: Readonly<Record<string, Permission>>;
  readonly justifications: Readonly<Record<string, string>>;
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Stands for every action that is not listed. */
export const REST = '*';

type Group = Readonly<Record<string, unknown>>;
const groupIn = (value: unknown): Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Group) : {};
const isPermission = (value: unknown): value is Permission =>
  typeof value === 'string' && Object.hasOwn(PERMISSION_WORDS, value);

/** The connectors that a baseline lists. */
export function connectorsOf({ charter }: Pick<Shown, 'charter'>): TemplateConnector[] {
  return (Array.isArray(charter.connectors) ? charter.connectors : []).map((one: unknown) => {
    const { name, actions, justifications, ...rest } = groupIn(one);
    const entries = <T>(value: unknown, is: (entry: unknown) => entry is T) =>
      Object.fromEntries(
        Object.entries(groupIn(value)).filter((entry): entry is [string, T] => is(entry[1])),
      );
    return {
      name: String(name),
      actions: entries(actions, isPermission),
      justifications: entries(justifications, (entry) => typeof entry === 'string'),
      rest,
    };
  });
}

/** The connectors in the format of the charter. */
export function written(connectors: readonly TemplateConnector[]) {
  return connectors.map(({ name, actions, justifications, rest }) => ({
    name,
    ...rest,
    actions,
    ...(Object.keys(justifications).length === 0 ? {} : { justifications }),
  }));
}

/** The words after a count of actions. */
const countWords = (state: Permission, n: number) =>
  state === 'ask' && n !== 1 ? 'need approval' : PERMISSION_WORDS[state].toLowerCase();

/** Example: "2 always allow, 1 needs approval; all others blocked". */
export function permissionsWords({ actions }: TemplateConnector): string {
  const named = Object.entries(actions).filter(([action]) => action !== REST);
  const counted = (Object.keys(PERMISSION_WORDS) as Permission[]).flatMap((state) => {
    const n = named.filter(([, permission]) => permission === state).length;
    return n === 0 ? [] : [`${n} ${countWords(state, n)}`];
  });
  const rest = actions[REST];
  const others =
    rest === undefined ? 'other actions not stated' : `all others ${PERMISSION_WORDS[rest].toLowerCase()}`;
  return [...(counted.length === 0 ? [] : [counted.join(', ')]), others].join('; ');
}

/** Saves parts of a baseline as its next version. */
export async function saveParts(
  data: Pick<Shown, 'id' | 'version'>,
  what: Pick<ChangeInput, 'charter' | 'parts'>,
  note = '',
): Promise<void> {
  const created = await calls.baselines.change({
    baseline: data.id,
    version: data.version,
    ...what,
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  });
  await done(`Version ${created.version} of “${created.name}” is saved.`, api.baselines.key());
}
