import { ownValue } from '../../model/own-value.ts';
import type { Effect } from './match.ts';
import { actionWords } from './spelling.ts';

/** Words with which a table or a charter refers to all actions of a kind: "read-only tools", "Send / post". */

/** Words for kinds of actions. */
export const CLASS: Readonly<Record<string, Effect>> = {
  read: 'read',
  reading: 'read',
  readonly: 'read',
  write: 'write',
  writing: 'write',
  delete: 'delete',
  deletion: 'delete',
  destructive: 'delete',
  send: 'send',
  sending: 'send',
  admin: 'admin',
  administration: 'admin',
  administrative: 'admin',
  administer: 'admin',
};
/** Words that may accompany one of those and mean the same kind. */
export const COMPANIONS: Readonly<Record<string, Effect>> = {
  search: 'read',
  view: 'read',
  list: 'read',
  edit: 'write',
  create: 'write',
  update: 'write',
  modify: 'write',
  change: 'write',
  post: 'send',
  forward: 'send',
  reply: 'send',
  publish: 'send',
  remove: 'delete',
  trash: 'delete',
  purge: 'delete',
  erase: 'delete',
  manage: 'admin',
  configure: 'admin',
  setting: 'admin',
  permission: 'admin',
};
const CLASS_NOISE = new Set(['tool', 'action', 'operation', 'all', 'any', 'only', 'and', 'or', 'category']);

/**
 * "read-only tools", "Write / delete tools", "delete". Claude's category "write/delete" covers everything that is not a
 * read.
 */
export function classOf(list: readonly string[]): readonly Effect[] | null {
  const named = list.filter((word) => !CLASS_NOISE.has(word));
  const effects = new Set(named.flatMap((word) => ownValue(CLASS, word) ?? []));
  if (effects.size === 0) return null;
  const understood = named.every((word) => {
    const companion = ownValue(COMPANIONS, word);
    return ownValue(CLASS, word) !== undefined || (companion !== undefined && effects.has(companion));
  });
  if (!understood) return null;
  if (effects.has('write') && effects.has('delete'))
    for (const effect of ['send', 'admin'] as const) effects.add(effect);
  return [...effects];
}

/**
 * "Create / edit", "Search, view and list", "Create / edit / delete": verbs without an object, which people use for
 * kinds of actions.
 */
export function classOfParts(text: string): readonly Effect[] | null {
  const parts = text.split(/[/,;&+|]|\s(?:and|or)\s/i).map((part) => {
    const named = actionWords(part).filter((word) => !CLASS_NOISE.has(word));
    const [only, ...more] = named;
    return only === undefined || more.length > 0
      ? undefined
      : (ownValue(CLASS, only) ?? ownValue(COMPANIONS, only));
  });
  const effects = parts.filter((effect) => effect !== undefined);
  return parts.length < 2 || effects.length < parts.length ? null : [...new Set(effects)];
}
