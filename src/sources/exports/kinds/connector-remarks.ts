import type { Permission } from '#domain/model/kinds.ts';
import type { TableRow } from '../file-kind.ts';
import { cellText, words } from '../table/cells.ts';
import { isSentence } from '../table/doubt.ts';
import { beginsLegend } from '../table/totals.ts';
import type { View } from '../table/view.ts';
import { permissionOf } from './connector-words.ts';

/** Text in and around a connectors table that is not a connector: legends, comments, titles, names of sheets. */

/**
 * Whether a line explains the table: it is a legend, or has a state in place of a connector, and gives no state to an
 * action.
 */
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

/** A color or sign that a legend explains: "Green", "✓", "(A)". */
const CODE =
  /^(?:(?:light|dark|hell|dunkel)?[ -]?(?:green|yellow|amber|orange|red|blue|gr[ae]y|gr[üu]n|gelb|rot|blau|grau|vert|jaune|rouge|bleu|gris|verde|amarillo|rojo|azul)|bold|italics?|strike ?through|shaded|[^\p{L}\p{N}]{1,3}|[([]?\p{Lu}[)\]]?)$/iu;

/** Whether only one cell of a row is filled. */
export function isLone(view: View, row: TableRow): boolean {
  return view.table.columns.length > 1 && row.cells.filter((cell) => cellText(cell) !== null).length === 1;
}

/** Whether a text alone in a connector's place is a comment: marked as one, a sentence, or about the list itself. */
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

/** Short remarks about who checked or approved, and when. */
const ABOUT_LIST =
  /^(?:(?:last )?(?:reviewed|checked|updated|verified|approved|prepared|exported|compiled|seen)|reviewer|prepared by|as of|see|ask|tbd|tbc|to do|todo|n\/a|none|pending|continued|end of (?:list|table)|gepr[üu]ft|genehmigt|stand|siehe|v[ée]rifi[ée]e?|approuv[ée]e?|voir|revisado|aprobado|actualizado|v[ée]ase)(?:$|[\s:])/iu;

const LEGEND = /^(?:l[eé]gende?|leyenda)$/i;
const REMARK =
  /^(?:(?:foot)?notes?|comments?|remarks?|examples?|hinweise?|(?:an|be)merkung(?:en)?|kommentare?|beispiele?|remarques?|commentaires?|exemples?|notas?|comentarios?|observaci[oó]n(?:es)?|ejemplos?|l[eé]gende?|leyenda)$/i;

/** Whether a text in a connector's place is a word for a remark. A connector may have such a name, too. */
export function isRemark(written: string): boolean {
  return REMARK.test(written.trim().replace(/\s*:$/, ''));
}

/** Line above a table that names a connector. */
const TITLES =
  /^(?<of>.{2,60}?)(?: ?[-–—:|] ?| )(?:(?:mcp )?(?:connector|server|integration)|tools?|(?:tool |action )?permissions?|actions?)(?: (?:permissions?|settings?|states?|list|table))?(?: ?[(–—-].*)?$|^(?:connector|integration|(?:tool )?permissions? (?:of|for|in)|tools? (?:of|for|in)|actions? (?:of|for|in)) ?(?:[:–—-] ?)?(?<for>.{2,60})$/i;

/** Words in titles that do not name a connector. */
const SAYS_NOTHING =
  /^(?:tools?|connectors?|integrations?|permissions?|settings?|states?|list|table|current|our|all|the|of|for|in|and|claude|ai|anthropic|team|enterprise|organi[sz]ations?|mcp|app|server|action|\d+)$/;

/** Line above a table that names another connector than the sheet's name does; null: none. */
export function connectorInTitle(title: readonly string[], sheet: string): string | null {
  const own = new Set(words(sheet).split(' '));
  const said = title.map((line) => ({
    line,
    groups: TITLES.exec(line.trim().replaceAll(/\s+/g, ' '))?.groups,
  }));
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

/** The connector after which a sheet is named, since a workbook may have one sheet per connector. */
export function connectorOfSheet(sheet: string | null): string | null {
  return sheet === null ||
    /^(sheet|tabelle|feuil|hoja|data|export|connectors?|tools?|permissions?)\s*\d*$/i.test(sheet.trim())
    ? null
    : sheet.trim();
}
