import type { written } from './text.ts';

/** Headings and cell values of tables in a language. */
export interface Language {
  readonly name: string;
  /** Whether Bylaw must read it. In other languages it may ask, but must not silently drop anything. */
  readonly known: boolean;
  readonly dates: Parameters<typeof written>[1];
  readonly separator: string;
  /** Headings: name, address, department, status, last day. */
  readonly roster: readonly [string, string, string, string, string];
  readonly here: string;
  readonly gone: string;
  /** Headings: name, address, version, day of acknowledgment, yes or no. */
  readonly acknowledgements: readonly [string, string, string, string, string];
  readonly yes: string;
  readonly no: string;
  /** Headings: connector, action, permission. */
  readonly connectors: readonly [string, string, string];
  readonly always: string;
  readonly ask: string;
  readonly blocked: string;
  readonly others: string;
}

export const ENGLISH: Language = {
  name: 'english',
  known: true,
  dates: 'us',
  separator: ',',
  roster: ['Full name', 'Work email', 'Department', 'Status', 'Last day'],
  here: 'Active',
  gone: 'Left',
  acknowledgements: ['Full name', 'Work email', 'Version', 'Acknowledged on', 'Acknowledged'],
  yes: 'Yes',
  no: 'No',
  connectors: ['Connector', 'Action', 'Permission'],
  always: 'Always allow',
  ask: 'Needs approval',
  blocked: 'Blocked',
  others: 'All other actions',
};

const GERMAN: Language = {
  name: 'german',
  known: true,
  dates: 'dots',
  separator: ';',
  roster: ['Name', 'E-Mail', 'Abteilung', 'Status', 'Letzter Arbeitstag'],
  here: 'Aktiv',
  gone: 'Ausgeschieden',
  acknowledgements: ['Name', 'E-Mail', 'Richtlinienversion', 'Bestätigt am', 'Gelesen'],
  yes: 'Ja',
  no: 'Nein',
  connectors: ['Konnektor', 'Aktion', 'Berechtigung'],
  always: 'Immer zulassen',
  ask: 'Genehmigung erforderlich',
  blocked: 'Blockiert',
  others: 'Alle anderen Aktionen',
};

const FRENCH: Language = {
  name: 'french',
  known: true,
  dates: 'slashes',
  separator: ';',
  roster: ['Nom', 'Adresse e-mail', 'Service', 'Statut', 'Dernier jour'],
  here: 'Actif',
  gone: 'Parti',
  acknowledgements: ['Nom', 'Adresse e-mail', 'Version de la politique', 'Date de signature', 'Accepté'],
  yes: 'Oui',
  no: 'Non',
  connectors: ['Connecteur', 'Action', 'Autorisation'],
  always: 'Toujours autoriser',
  ask: 'Approbation requise',
  blocked: 'Bloqué',
  others: 'Toutes les autres actions',
};

const SPANISH: Language = {
  name: 'spanish',
  known: true,
  dates: 'slashes',
  separator: ';',
  roster: ['Nombre', 'Correo electrónico', 'Departamento', 'Estado', 'Último día'],
  here: 'Activo',
  gone: 'Inactivo',
  acknowledgements: [
    'Nombre',
    'Correo electrónico',
    'Versión de la política',
    'Fecha de aceptación',
    'Aceptado',
  ],
  yes: 'Sí',
  no: 'No',
  connectors: ['Conector', 'Acción', 'Permiso'],
  always: 'Permitir siempre',
  ask: 'Requiere aprobación',
  blocked: 'Bloqueado',
  others: 'Todas las demás acciones',
};

const DUTCH: Language = {
  name: 'dutch',
  known: true,
  dates: 'dashes',
  separator: ';',
  roster: ['Naam', 'E-mailadres', 'Afdeling', 'Status', 'Laatste werkdag'],
  here: 'Actief',
  gone: 'Uit dienst',
  acknowledgements: ['Naam', 'E-mailadres', 'Beleidsversie', 'Bevestigd op', 'Akkoord'],
  yes: 'Ja',
  no: 'Nee',
  connectors: ['Connector', 'Actie', 'Toestemming'],
  always: 'Altijd toestaan',
  ask: 'Goedkeuring vereist',
  blocked: 'Geblokkeerd',
  others: 'Alle andere acties',
};

const PORTUGUESE: Language = {
  name: 'portuguese',
  known: true,
  dates: 'slashes',
  separator: ';',
  roster: ['Nome', 'E-mail', 'Departamento', 'Situação', 'Último dia'],
  here: 'Ativo',
  gone: 'Desligado',
  acknowledgements: ['Nome', 'E-mail', 'Versão da política', 'Data de aceite', 'Aceito'],
  yes: 'Sim',
  no: 'Não',
  connectors: ['Conector', 'Ação', 'Permissão'],
  always: 'Permitir sempre',
  ask: 'Requer aprovação',
  blocked: 'Bloqueado',
  others: 'Todas as outras ações',
};

const ITALIAN: Language = {
  name: 'italian',
  known: true,
  dates: 'slashes',
  separator: ';',
  roster: ['Nominativo', 'Indirizzo e-mail', 'Reparto', 'Stato', 'Ultimo giorno'],
  here: 'Attivo',
  gone: 'Cessato',
  acknowledgements: ['Nominativo', 'E-mail', 'Versione della policy', 'Data di accettazione', 'Accettato'],
  yes: 'Sì',
  no: 'No',
  connectors: ['Connettore', 'Azione', 'Autorizzazione'],
  always: 'Consenti sempre',
  ask: 'Richiede approvazione',
  blocked: 'Bloccato',
  others: 'Tutte le altre azioni',
};

const JAPANESE: Language = {
  name: 'japanese',
  known: true,
  dates: 'kanji',
  separator: ',',
  roster: ['氏名', 'メールアドレス', '部署', '在籍状況', '退職日'],
  here: '在籍',
  gone: '退職',
  acknowledgements: ['氏名', 'メールアドレス', 'ポリシーのバージョン', '同意日', '同意'],
  yes: 'はい',
  no: 'いいえ',
  connectors: ['コネクタ', 'アクション', '許可'],
  always: '常に許可',
  ask: '承認が必要',
  blocked: 'ブロック',
  others: 'その他すべてのアクション',
};

export const LANGUAGES: readonly Language[] = [
  ENGLISH,
  GERMAN,
  FRENCH,
  SPANISH,
  DUTCH,
  PORTUGUESE,
  ITALIAN,
  JAPANESE,
];
