import type { Permission } from '#domain/model/kinds.ts';
import type { TableRow } from '../file-kind.ts';
import { cellText, words } from '../table/cells.ts';
import { isSentence } from '../table/doubt.ts';
import { beginsLegend } from '../table/totals.ts';
import type { View } from '../table/view.ts';
import { permissionOf } from './connector-words.ts';

/** What in and around a connectors table is no connector: legends, comments, titles and the names of sheets. */

/** Whether a line explains the table: it is called a legend, or a state stands where a connector is named, and no state is given to an action. */
export function explainsStates(written: string, action: string | null, state: Permission | null): boolean {
  return (
    (action === null || state === null) &&
    (LEGEND.test(written.trim()) ||
      CODE.test(written.trim()) ||
      permissionOf(written) !== null ||
      (action !== null && permissionOf(action) !== null) ||
      beginsLegend(written, true))
  );
}

/** A color or a sign that a legend explains: "Green", "✓", "(A)". */
const CODE =
  /^(?:(?:light|dark|hell|dunkel)?[ -]?(?:green|yellow|amber|orange|red|blue|gr[ae]y|gr[üu]n|gelb|rot|blau|grau|vert|jaune|rouge|bleu|gris|verde|amarillo|rojo|azul)|bold|italics?|strike ?through|shaded|[^\p{L}\p{N}]{1,3}|[([]?\p{Lu}[)\]]?)$/iu;

/** Whether nothing of a row is filled but one cell. */
export function isLone(view: View, row: TableRow): boolean {
  return view.table.columns.length > 1 && row.cells.filter((cell) => cellText(cell) !== null).length === 1;
}

/** Whether what stands alone where a connector is named is a comment: marked as one, a sentence, or about the list itself. */
export function isComment(written: string): boolean {
  const text = written.trim();
  return (
    /^(?:#|\/\/|--|==|\*|†|‡)/.test(text) ||
    /[=→]|[.!?]$/.test(text) ||
    /^\(.*\)$/.test(text) ||
    isSentence(text) ||
    ABOUT_LIST.test(text)
  );
}

/** Remarks on who looked or agreed and when, of no more words than a name has. */
const ABOUT_LIST =
  /^(?:(?:last )?(?:reviewed|checked|updated|verified|approved|prepared|exported|compiled|seen)|reviewer|prepared by|as of|see|ask|tbd|tbc|to do|todo|n\/a|none|pending|continued|end of (?:list|table)|gepr[üu]ft|genehmigt|stand|siehe|v[ée]rifi[ée]e?|approuv[ée]e?|voir|revisado|aprobado|actualizado|v[ée]ase)(?:$|[\s:])/iu;

const LEGEND = /^(?:l[eé]gende?|leyenda)$/i;
const REMARK =
  /^(?:(?:foot)?notes?|comments?|remarks?|examples?|hinweise?|(?:an|be)merkung(?:en)?|kommentare?|beispiele?|remarques?|commentaires?|exemples?|notas?|comentarios?|observaci[oó]n(?:es)?|ejemplos?|l[eé]gende?|leyenda)$/i;

/** Whether what stands where a connector is named is the word for a remark; a connector may be called so, too. */
export function isRemark(written: string): boolean {
  return REMARK.test(written.trim().replace(/\s*:$/, ''));
}

/** What a line above a table says of which connector it is. */
const TITLES =
  /^(?<of>.{2,60}?)(?:\s*[-–—:|]\s*|\s+)(?:(?:mcp )?(?:connector|server|integration)|tools?|(?:tool |action )?permissions?|actions?)(?:\s+(?:permissions?|settings?|states?|list|table))?(?:\s*[(–—-].*)?$|^(?:connector|integration|(?:tool )?permissions? (?:of|for|in)|tools? (?:of|for|in)|actions? (?:of|for|in))\s*[:–—-]?\s*(?<for>.{2,60})$/i;

/** Words of a title that name no connector. */
const SAYS_NOTHING =
  /^(?:tools?|connectors?|integrations?|permissions?|settings?|states?|list|table|current|our|all|the|of|for|in|and|claude|ai|anthropic|team|enterprise|organi[sz]ations?|mcp|app|server|action|\d+)$/;

/** The line above a table that names another connector than its sheet does; null: there is none. */
export function connectorInTitle(title: readonly string[], sheet: string): string | null {
  const own = new Set(words(sheet).split(' '));
  const said = title.map((line) => ({ line, groups: TITLES.exec(line.trim())?.groups }));
  const named = said.filter(({ groups }) =>
    words(groups?.of ?? groups?.for ?? '')
      .split(' ')
      .some((word) => word !== '' && !SAYS_NOTHING.test(word)),
  );
  const agrees = ({ line }: { line: string }) =>
    words(line)
      .split(' ')
      .some((word) => own.has(word));
  return said.some(agrees) ? null : (named[0]?.line ?? null);
}

/** A workbook may hold one sheet per connector. */
export function connectorOfSheet(sheet: string | null): string | null {
  return sheet === null ||
    /^(sheet|tabelle|feuil|hoja|data|export|connectors?|tools?|permissions?)\s*\d*$/i.test(sheet.trim())
    ? null
    : sheet.trim();
}
