import type { DlpGroup } from '#domain/dlp/rules.ts';
import { names } from '#domain/text/words.ts';

/** What a person whose request was blocked reads. */
export interface BlockWords {
  readonly language: 'en' | 'es';
  readonly title: string;
  readonly found: (what: string) => string;
  readonly unfinished: string;
  /** What to do next, after a finding and after an incomplete scan. */
  readonly toDo: (found: boolean) => string;
  readonly referenceName: string;
  readonly reference: (reference: string) => string;
  readonly falseAlarm: string;
  readonly ask: string;
  readonly notKept: string;
  readonly list: (kinds: readonly string[]) => string;
  /** null: rules are shown by title. */
  readonly groups: Readonly<Record<DlpGroup, string>> | null;
}

export const BLOCK_WORDS: Readonly<Record<'en' | 'es', BlockWords>> = {
  en: {
    language: 'en',
    title: 'This was not sent to Claude',
    found: (what) => `It appears to contain: ${what}.`,
    unfinished: 'It could not be checked, so it was not sent.',
    toDo: (found) =>
      found
        ? 'Remove or mask that, then send it again.'
        : 'Send less at a time, or send a different kind of file that is not password-protected.',
    referenceName: 'Reference',
    reference: (reference) => `Reference: ${reference}.`,
    falseAlarm: 'This is a false alarm: report it',
    ask: 'If this is a false alarm, give your IT team the reference.',
    notKept:
      'What you wrote or uploaded was not kept. Only the kind of data that was found is recorded and, for a password or key, a fingerprint.',
    list: (kinds) => names(kinds),
    groups: null,
  },
  es: {
    language: 'es',
    title: 'Esto no se envió a Claude',
    found: (what) => `Parece contener: ${what}.`,
    unfinished: 'No se pudo revisar, por lo que no se envió.',
    toDo: (found) =>
      found
        ? 'Quítelo o enmascárelo y vuelva a enviarlo.'
        : 'Envíe menos contenido a la vez, o un archivo de otro tipo que no esté protegido con contraseña.',
    referenceName: 'Referencia',
    reference: (reference) => `Referencia: ${reference}.`,
    falseAlarm: 'Reportar una falsa alarma',
    ask: 'Si es una falsa alarma, dé la referencia a su equipo de TI.',
    notKept:
      'Lo que escribió o subió no se guardó. Solo se registra el tipo de lo encontrado y, de una contraseña o clave, una huella digital.',
    list: (kinds) => new Intl.ListFormat('es').format(kinds),
    groups: {
      identity: 'números de identidad',
      financial: 'datos financieros',
      contact: 'datos de contacto',
      membership: 'datos de miembros',
      credential: 'una contraseña o clave',
    },
  },
};
