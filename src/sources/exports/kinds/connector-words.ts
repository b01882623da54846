import type { Permission } from '#domain/model/kinds.ts';
import { list } from '#domain/text/list.ts';
import type { TableRow } from '../file-kind.ts';
import { words, yesNo } from '../table/cells.ts';
import type { View } from '../table/view.ts';
import { inEnglish } from '../words/english.ts';

const PERMISSIONS: Readonly<Record<Permission, readonly string[]>> = {
  allow: list(
    'always allow, always allowed, allow, allowed, allow always, auto, automatic, automatically, auto approve, auto approved, always, permit, permitted, immer zulassen, immer erlauben, immer erlaubt, erlaubt, zulassen, toujours autoriser, toujours autorise, autorise, permitir siempre, siempre permitir, siempre permitido, permitido',
  ),
  ask: list(
    'needs approval, need approval, ask, asks, always ask, ask first, ask every time, approval, approve, confirm, confirmation, requires approval, require approval, approval required, approval needed, with approval, prompt, needs confirmation, requires confirmation, manual approval, genehmigung erforderlich, freigabe erforderlich, freigabe notig, genehmigung notig, nachfragen, approbation requise, approbation necessaire, validation requise, autorisation requise, demander, requiere aprobacion, necesita aprobacion, aprobacion requerida, preguntar',
  ),
  blocked: list(
    'blocked, block, denied, deny, off, never, never allow, not allowed, disallowed, disabled, prohibited, forbidden, blockiert, gesperrt, verboten, nicht erlaubt, bloque, bloquee, interdit, refuse, non autorise, bloqueado, bloqueada, prohibido, no permitido',
  ),
};
const BY_WORDS = new Map(
  Object.entries(PERMISSIONS).flatMap(([permission, texts]) =>
    texts.map((text) => [text, permission as Permission] as const),
  ),
);
export const STATES = ['allow', 'ask', 'blocked'] as const satisfies readonly Permission[];

/**
 * "Blocked?" is a question, "Blocked*" has a footnote and "~~Blocked~~" is struck out, which normalized words would not
 * show.
 */
function isMarked(text: string): boolean {
  return /[?†‡§]|~~|\S\s*\*$/.test(withoutEmphasis(text.trim()));
}

/** Without the asterisks that stand on both sides. */
function withoutEmphasis(text: string): string {
  const before = /^\**/.exec(text)?.[0].length ?? 0;
  const after = /(?<!\*)\**$/.exec(text)?.[0].length ?? 0;
  const each = before === text.length ? Math.floor(before / 2) : Math.min(before, after);
  return text.slice(each, text.length - each);
}

/** State of a tool, in the words of the console, of the API or of people. null: something else. */
export function permissionOf(text: string): Permission | null {
  return isMarked(text) ? null : (BY_WORDS.get(words(inEnglish(text))) ?? null);
}

/** Whether a text says that a connector is on or off. null: something else. */
export function enabledOf(text: string): boolean | null {
  if (isMarked(text)) return null;
  const plain = words(inEnglish(text));
  if (/^(enabled|on|active|connected|available|yes|added|added to (the )?team|turned on|true)$/.test(plain))
    return true;
  return /^(disabled|off|inactive|not connected|unavailable|no|not enabled|not added|removed|turned off|false|disconnected)$/.test(
    plain,
  )
    ? false
    : null;
}

const KIND_OF_CONNECTOR = /^(?:connector |integration |mcp )?(?:type|kind|source|origin|category|class)$/;
const WHETHER_CUSTOM = /^(?:is )?custom(?: connector| integration| mcp(?: server)?| server)?$/;

/** Whether a column of its own says that the connector is custom, as Claude marks it. */
export function isCustom(view: View, row: TableRow): boolean {
  return view.table.columns.some((column) => {
    const called = words(column);
    const text = view.valueIn(row, column);
    if (text === null) return false;
    return KIND_OF_CONNECTOR.test(called)
      ? /^custom\b/i.test(text.trim())
      : WHETHER_CUSTOM.test(called) && yesNo(text) === true;
  });
}

const ALL_OTHERS = new RegExp(
  `^(${[
    'alle (anderen|ubrigen|weiteren) (aktionen|werkzeuge)',
    'toutes les autres (actions|operations)',
    'tous les autres outils',
    '(todas )?las demas (acciones|operaciones)',
    'todas las otras acciones',
    'alle (andere|overige) (acties|hulpmiddelen)',
    '(todas )?as (outras|demais) (acoes|operacoes|ferramentas)',
    '(tutte )?le altre (azioni|operazioni)',
    'tutti gli altri strumenti',
    ...[
      'その他すべてのアクション',
      'その他のすべてのアクション',
      'その他すべての操作',
      'その他のアクション',
    ].map(words),
  ].join('|')})$`,
);

/** The action as written, with foreign words for "all others" replaced by those that rules know. */
export function actionOf(text: string | null): string | null {
  return text !== null && ALL_OTHERS.test(words(text)) ? 'All other actions' : text;
}
