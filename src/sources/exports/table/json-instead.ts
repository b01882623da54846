import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Content } from '../file-kind.ts';
import { englishHeadings } from '../words/english.ts';
import { words } from './cells.ts';

/** Lists that are read as JSON only, because their tables omit what rules need. */
const LISTS: readonly {
  readonly kind: Kind;
  /** What the table omits, phrased to follow "which". */
  readonly lacks: string;
  /** For each of these, some heading must match. */
  readonly headings: readonly RegExp[];
  /** No heading may match. */
  readonly without?: RegExp;
}[] = [
  {
    // Entra admin center > Enterprise applications > Download, and Get-MgServicePrincipal | Export-Csv.
    kind: 'service_principals',
    lacks: 'does not list the applications of Microsoft or cuts off nested fields',
    headings: [
      /^(?:application|app) id$/,
      /^(?:object )?id$/,
      /^(?:homepage(?: url)?|certificate expiry status|identifier uris?.*|service principal type|app owner organization id|app role assignment required|account enabled)$/,
    ],
    without: /^(?:date.*|created date time|user.*|request id)$/,
  },
  {
    kind: 'permission_grants',
    lacks: 'does not say where the list ends',
    headings: [/^client id$/, /^consent type$/, /^scope$/],
  },
  {
    kind: 'app_assignments',
    lacks: 'does not say where the list ends',
    headings: [/^principal id$/, /^resource id$/, /^(?:principal type|app role id)$/],
  },
  {
    kind: 'auth_methods',
    lacks: 'words the methods differently in each language',
    headings: [
      /^methods? registered$|^registered methods$/,
      /^(?:is )?(?:mfa|multi ?factor authentication|sspr|passwordless) (?:capable|registered|enabled)$/,
    ],
  },
  {
    // Date (UTC), Service, Category, Activity, Result, Actor type, Target1 type and so on, in the language of the
    // portal.
    kind: 'directory_audits',
    lacks: 'leaves out what changed',
    headings: [
      /^actor ?(?:type|display name|object id|user principal name)$|\bakteurs?\b|^akteur ?typ$|\bacteur\b|\bactor\b|\battore\b|\bator\b/,
      /\b(?:target|ziel|cible|destino|objetivo|destinazione|doel) ?1\b|^(?:target|ziel|cible|destino) ?1/,
    ],
  },
];

/** Claude's groups and roles, recognized by id whatever the headings. */
const BY_ID: readonly (readonly [RegExp, Kind])[] = [
  [/^rbac_group_/, 'claude_groups'],
  [/^rbac_role_/, 'claude_roles'],
];

/**
 * Recognizes a table that is read as JSON only, and says in a sentence each why and what to provide; null: it is not
 * one.
 */
export function jsonInstead(
  contents: readonly Content[],
): { readonly why: string; readonly hint: string } | null {
  for (const content of contents) {
    if (content.form !== 'table') continue;
    for (const { columns, first, rows } of content.tables) {
      const plain = englishHeadings(columns).headings.map(words);
      const list = LISTS.find(
        ({ headings, without }) =>
          headings.every((wanted) => plain.some((heading) => wanted.test(heading))) &&
          !(without !== undefined && plain.some((heading) => without.test(heading))),
      );
      if (list !== undefined) return said(list.kind, `, which ${list.lacks}`);
      const cells = (first ?? rows).slice(0, 3).flatMap(({ cells }) => [...cells]);
      const own = BY_ID.find(([id]) =>
        cells.some((cell) => typeof cell === 'string' && id.test(cell.trim())),
      );
      if (own !== undefined && !plain.some((heading) => /\be ?mail\b/.test(heading)))
        return said(own[1], ', which cuts off nested fields');
    }
  }
  return null;
}

const said = (kind: Kind, lacks: string) => ({
  why: `This is the ${KINDS[kind].label} as a table${lacks}, so it is not read.`,
  hint: KINDS[kind].howToGet,
});
