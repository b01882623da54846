import type { TableRow } from '../file-kind.ts';
import { words, yesNo } from '../table/cells.ts';
import { shareOf } from '../table/columns.ts';
import { isCode } from '../table/legend.ts';
import type { View } from '../table/view.ts';
import { inEnglish } from '../words/english.ts';
import { asksWhetherGone, speaksOfLeaving, statusOf } from './roster-words.ts';

/** Headings of a person's working time, as a share of full time or in hours per week. */
const AMOUNT_OF_WORK =
  /\b(?:fte|full time equivalent|etp|vz[eaä]|pensum|beschaftigungs(?:grad|umfang)|stellen(?:anteil|umfang)|wochen(?:stunden|arbeitszeit)|taux d ?(?:emploi|activite|occupation)|quotite|temps de travail|heures (?:par semaine|hebdo\w*)|jornada|horas (?:por semana|semanales))\b|\b(?:scheduled|standard|weekly|contract\w*|budgeted|normal|regular|assigned|expected) (?:hours|hrs)\b|\b(?:hours|hrs) (?:per |a )?(?:week|wk|scheduled|budgeted|assigned)\b|^(?:employment|work|working)(?: time)? (?:percent\w*|pct|rate|level|degree)$|^percent(?:age)? (?:employed|employment|worked|time)$/;
/** Headings of hours worked, saved or spent, which may be zero. */
const OTHER_AMOUNT =
  /\b(?:ytd|vacation|pto|sick|accrued|accrual|overtime|training|balance|bank|used|taken|billable|volunteer)\b/;
const ZERO = /^0+(?:[.,]0+)?\s*(?:%|fte|h|hrs?|hours?|std|stunden|heures|horas)?\.?$/i;
/** Kinds of workers who may be employed with zero hours, because they work on call. */
const CALLED_WHEN_NEEDED =
  /\b(?:prn|per diem|on call|as needed|casual|variable|hourly|seasonal|temp|temps|temporary|contract\w*|consultant\w*|freelance\w*|volunteer\w*|board|trustees?|vacataire|aushilfe|geringfugig|minijob\w*)\b/;

/**
 * Headings of columns filled in for people who leave. Someone who has come back may still have values from the earlier
 * employment.
 */
const OF_A_LEAVING =
  /\b(?:termination|term|trm|separation|sep|severance|leaving|leaver|exit|departure|resignation|offboarding) (?:reason|reas|rsn|code|cd|type|typ|category|cat|desc|status|interview|initiated|processed|completed?)\b|\b(?:reason|rsn|type|cause) (?:for|of) (?:leaving|termination|separation|departure|exit)\b|\brehir(?:e|able)\b|\bcobra\b|\b(?:final|last) (?:pay|pay ?check|pay ?cheque|check)(?: date| dt| issued| sent)?$|\b(?:austrittsgrund|kundigungsgrund|grund des austritts|motif (?:de |du |d )?(?:depart|sortie|rupture|fin)|motivo (?:de )?(?:la )?(?:baja|cese|salida|renuncia))\b/;
/** Headings of a day on which somebody left, that are not certain enough to be read as the last day of work. */
const DAY_OF_LEAVING =
  /^(?:(?:date|dt|day) (?:of )?)?(?:inactive|inactivated|deactivated|released?|exit|exited|separated|sep|terminated|gone|left|out|off|ex|dot|dol|lwd|off payroll|last paid|(?:employed |worked )?(?:thru|through))(?: date| dt| day| on)?$/;
/** Those of which a day means that somebody left even if most people have one. */
const NO_OTHER_DAY =
  /^(?:(?:date|dt|day) (?:of )?)?(?:released?|exit|exited|separated|sep|terminated|gone|left|lwd)(?: date| dt| day| on)?$/;
/** A heading of reasons that does not say for what; most reasons in a list of staff are about leaving. */
const REASON = /^(?:reason|rsn|reasons|cause|grund|motif|motivo)(?: code| cd| description| desc)?$/;
/** Reasons for something else. */
const OTHER_REASON =
  /\b(?:hired?|new (?:hires?|employees?|positions?|roles?|staff|teams?|starters?)|rehired?|promot\w*|transfer\w*|merit|raise|increase|adjust\w*|review|maternity|paternity|parental|family|medical|sick\w*|leave|loa|fmla|sabbatical|birth|data|correction|backfill|replacement|growth|vacancy|annual|change)\b/;
/** A day in any form, with the day numbers of spreadsheets. */
const A_DAY =
  /\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|^\d{5}$|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ -]\d|\d[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
/** Values of such a column for people who are not leaving. */
const NOTHING_OF_IT =
  /^(?:no|n|false|0|active|current|employed|open|pending|tbd|nein|non|ninguno|aucun|keine?r?)$/;

/** Headings that ask whether a person is here and that are not taken for the status. */
const ASKS_WHETHER_HERE =
  /^(?:is |ist |est |esta )?(?:aktiv|actif|active|activo|activa|employed|current(?: employee)?|still (?:here|employed|with us)|works here|noch (?:da|hier|beschaftigt)|en poste|en activo)(?: flag| indicator| ind| y n| yes no)?$/;

/** Headings of access that people lose when they leave. */
const ACCESS =
  /\b(?:e ?mail|mailbox|mail|account|login|logon|sign in|access|badge|card|device|laptop|phone|portal|network|vpn|ad|okta|entra|microsoft|m365|o365|google|konto|postfach|zugang|compte|acces|cuenta|correo)\b/;
/** People may work without a badge or phone, but not without these. */
const SIGN_IN =
  /\b(?:e ?mail|mailbox|mail|account|login|logon|sign in|ad|okta|entra|konto|postfach|compte|cuenta|correo)\b/;
const TAKEN_AWAY =
  /\b(?:disabled|deactivated|deprovisioned|revoked|blocked|closed|removed|deleted|suspended|deaktiviert|gesperrt|geloscht|desactive\w*|ferme|supprime|bloque\w*|desactivad[oa]|cerrad[oa]|eliminad[oa])\b/;
/** For an account, it means unused; for an employment, ended. */
const IDLE = /^(?:inactive|inaktiv|inacti(?:f|ve)|inactiv[oa]|inativ[oa]|inattiv[oa]|inactief)$/;
/** Headings of a reason for something named. */
const REASON_FOR_SOMETHING = /\b(?:reason|rsn|cause|grund|motif|motivo)\b/;
const A_STATE = /\b(?:status|state|stat|sts|disposition|etat|statut|estado)\b/;
/** States of things other than an employment. */
export const OTHER_STATE =
  /\b(?:account|licen[sc]e\w*|benefits?|insurance|visa|permit|check|training|card|badge|device|laptop|phone|parking|dues|membership|seat|claude|application|project|task|ticket|contract|previous|prior|former)\b/;

/** Status codes of HR systems: active, deceased, inactive, leave, retired, suspended, terminated and others. */
const STATUS_LETTERS = /^(?:[ADILPQRSTUVWX]|TERM|LOA|RET)$/;
/** Headings of other columns with such letters: sizes, sections, pay types. */
const OTHER_LETTERS =
  /\b(?:shirt|size|shift|team|group|grade|blood|building|floor|wing|gender|sex|section|parking|track|cohort|plan|tier|level|flsa|exempt|pay|initial|middle|suffix|race|eeo|ethnicity|benefits?|zone|region)\b/;

interface Contradiction {
  readonly column: string;
  readonly text: string;
}

/** How cells of a column may contradict that a person still works here. */
interface ContradictionTest {
  readonly speaks: (text: string) => boolean;
  /** Overrides the cell. */
  readonly unless?: (row: TableRow, known: OtherColumns) => boolean;
  /**
   * Ignored if more than half of the rows match: then it is how the column is kept, and says nothing about a person.
   */
  readonly rare?: true;
}

/** What other columns say about a row. */
interface OtherColumns {
  readonly hasStatus: boolean;
  /** The person came back: the last day is before the first, or there is a day of another hire. */
  readonly cameBack: boolean;
}

/**
 * Checks unused columns for cells that contradict that the person still works here: no hours, a reason for leaving,
 * "yes" below "Separated", "disabled - left" below "Email status", or a letter that may be a status. None of them
 * proves that somebody left, so the row becomes unknown.
 */
export function contradictionFinder(
  view: View,
  rows: readonly TableRow[],
): (row: TableRow, known: OtherColumns) => Contradiction | null {
  // Columns of people already known to be gone may have any content.
  const staying = rows.filter(
    (row) => view.text(row, 'endsOn') === null && statusOf(view.text(row, 'status') ?? '') !== 'left',
  );
  const columns = view.leftOver().flatMap((column) =>
    contradictionsIn(view, column).flatMap((one) => {
      const count = staying.filter(
        (row) =>
          one.speaks(view.valueIn(row, column) ?? '') &&
          one.unless?.(row, { hasStatus: false, cameBack: false }) !== true,
      ).length;
      return one.rare === true && count > 1 && count * 2 > staying.length ? [] : [{ column, ...one }];
    }),
  );
  return (row, known) => {
    for (const { column, speaks, unless } of columns) {
      const text = view.valueIn(row, column);
      if (text !== null && speaks(text) && unless?.(row, known) !== true) return { column, text };
    }
    return null;
  };
}

function contradictionsIn(view: View, column: string): readonly ContradictionTest[] {
  // `words` would drop the sign: "Employment %".
  const heading = words(column.replaceAll('%', ' percent '));
  if (AMOUNT_OF_WORK.test(heading) && !OTHER_AMOUNT.test(heading))
    return [
      {
        speaks: (text) => ZERO.test(text),
        unless: (row, { hasStatus }) => hasStatus || isCalledWhenNeeded(view, row),
        rare: true,
      },
    ];
  const dayOfLeaving: readonly ContradictionTest[] = DAY_OF_LEAVING.test(heading)
    ? [
        {
          speaks: (text) => A_DAY.test(text),
          unless: (_, { cameBack }) => cameBack,
          ...(NO_OTHER_DAY.test(heading) ? {} : { rare: true as const }),
        },
      ]
    : [];
  if (asksWhetherGone(heading)) return [{ speaks: isYes }, ...dayOfLeaving];
  if (dayOfLeaving.length > 0) return dayOfLeaving;
  if (ASKS_WHETHER_HERE.test(heading)) return [{ speaks: isNo }];
  if (OF_A_LEAVING.test(heading)) {
    // About rehiring, "no" is as telling as "yes".
    const answers = /\brehir/.test(heading);
    return [
      {
        speaks: (text) => text !== '' && (answers || !NOTHING_OF_IT.test(words(text))),
        unless: (_, { cameBack }) => cameBack,
        rare: true,
      },
    ];
  }
  if (REASON.test(heading))
    return [
      {
        speaks: (text) => {
          const plain = words(inEnglish(text));
          return plain !== '' && !NOTHING_OF_IT.test(plain) && !OTHER_REASON.test(plain);
        },
        unless: (_, { cameBack }) => cameBack,
        rare: true,
      },
    ];
  if (REASON_FOR_SOMETHING.test(heading) && !OTHER_STATE.test(heading))
    return [{ speaks: speaksOfLeaving, unless: (_, { cameBack }) => cameBack }];
  if (ACCESS.test(heading))
    return [
      { speaks: (text) => !IDLE.test(words(text)) && speaksOfLeaving(text) },
      {
        speaks: (text) => SIGN_IN.test(heading) && TAKEN_AWAY.test(words(text)),
        // A person on leave may have no account, and still works here.
        unless: (_, { hasStatus }) => hasStatus,
        rare: true,
      },
    ];
  if (A_STATE.test(heading) && !OTHER_STATE.test(heading)) return [{ speaks: speaksOfLeaving }];
  return lettersIn(view, column);
}

/** A column without a legend in which most people have "A" and the others a letter that systems use as status. */
function lettersIn(view: View, column: string): readonly ContradictionTest[] {
  if (OTHER_LETTERS.test(words(column)) || view.legend().size > 0) return [];
  const at = view.table.columns.indexOf(column);
  const isStatusColumn =
    shareOf(view.table, at, (text) => STATUS_LETTERS.test(text)) === 1 &&
    shareOf(view.table, at, (text) => text === 'A') >= 0.5;
  if (!isStatusColumn) return [];
  return [{ speaks: (text) => isCode(text) && text !== 'A', unless: (_, { hasStatus }) => hasStatus }];
}

function isCalledWhenNeeded(view: View, row: TableRow): boolean {
  const cells = [
    ...['engagement', 'title', 'department'].map((field) => view.text(row, field)),
    ...view.leftOver().map((column) => view.valueIn(row, column)),
  ];
  return cells.some((text) => text !== null && CALLED_WHEN_NEEDED.test(words(text)));
}

const isYes = (text: string) => inEnglish(text) === 'yes' || yesNo(text) === true;
const isNo = (text: string) => inEnglish(text) === 'no' || yesNo(text) === false;
