import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { Content } from '../file-kind.ts';
import { englishHeadings } from '../words/english.ts';
import { words } from './cells.ts';

/** Tables of lists that are read as JSON alone, since the table leaves out what rules need. */
const LISTS: readonly {
  readonly kind: Kind;
  /** What the table leaves out, after "which". */
  readonly lacks: string;
  /** Each has to be like one of the headings. */
  readonly headings: readonly RegExp[];
  /** None of the headings is like this. */
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
    // Date (UTC), Service, Category, Activity, Result, Actor type, Target1 type and so on, in the language of the portal.
    kind: 'directory_audits',
    lacks: 'leaves out what changed',
    headings: [
      /^actor ?(?:type|display name|object id|user principal name)$|\bakteurs?\b|^akteur ?typ$|\bacteur\b|\bactor\b|\battore\b|\bator\b/,
      /\b(?:target|ziel|cible|destino|objetivo|destinazione|doel) ?1\b|^(?:target|ziel|cible|destino) ?1/,
    ],
  },
];

/** How Claude's groups and roles are called by their ids, whatever a table calls the columns. */
const BY_ID: readonly (readonly [RegExp, Kind])[] = [
  [/^rbac_group_/, 'claude_groups'],
  [/^rbac_role_/, 'claude_roles'],
];

/** What a table is of which only the JSON is read, and what to bring instead, as a sentence each; null: it is none. */
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
