import { list } from '../../text/list.ts';

/** Translates action names word by word: consoles and people write "Buscar correo" and "Aufgaben erstellen". */

/**
 * English verbs, best first, mapped to the foreign words; normalized without accents and in the singular, like the
 * output of `actionWords`.
 */
type Words = Readonly<Record<string, string>>;

interface Language {
  readonly verbs: Words;
  readonly objects: Words;
  /** Articles, prepositions and other words that are ignored. */
  readonly plain: string;
}

const ES: Language = {
  verbs: {
    'read, get, view': 'leer, lectura',
    'view, read, get': 'ver, consultar, mostrar',
    'search, find': 'buscar',
    list: 'listar, enumerar',
    'get, read': 'obtener',
    'create, add': 'crear',
    'add, create': 'agregar, anadir',
    'update, edit, change, modify': 'editar, actualizar, modificar, cambiar',
    'delete, remove': 'eliminar, borrar, suprimir',
    send: 'enviar',
    reply: 'responder',
    forward: 'reenviar',
    'post, publish': 'publicar',
    archive: 'archivar',
    move: 'mover',
    upload: 'subir, cargar',
    download: 'descargar',
    share: 'compartir',
    invite: 'invitar',
    manage: 'administrar, gestionar',
    write: 'escribir, escritura',
  },
  objects: {
    'mail, message': 'correo',
    message: 'mensaje',
    record: 'registro',
    task: 'tarea',
    'file, document': 'archivo, fichero',
    folder: 'carpeta',
    'document, file': 'documento',
    calendar: 'calendario',
    event: 'evento',
    meeting: 'reunion, reunione',
    contact: 'contacto',
    design: 'diseno',
    page: 'pagina',
    comment: 'comentario',
    project: 'proyecto',
    channel: 'canal, canale',
    chat: 'chat',
    site: 'sitio',
    draft: 'borrador, borradore',
    list: 'lista',
    member: 'miembro, socio',
    item: 'elemento',
    note: 'nota',
    report: 'informe',
    account: 'cuenta',
    user: 'usuario',
    permission: 'permiso',
    tool: 'herramienta',
    action: 'accion, accione',
    only: 'solo',
  },
  plain: 'el, la, lo, las, los, de, del, un, una, en, a, al, por, con, y, electronico',
};

const FR: Language = {
  verbs: {
    'read, get, view': 'lire, lecture',
    'view, read, get': 'voir, consulter, afficher',
    'search, find': 'rechercher, chercher',
    list: 'lister',
    'get, read': 'obtenir, recuperer',
    'create, add': 'creer',
    'add, create': 'ajouter',
    'update, edit, change, modify': 'modifier, editer, changer',
    'delete, remove': 'supprimer, effacer',
    send: 'envoyer',
    reply: 'repondre',
    forward: 'transferer',
    'post, publish': 'publier',
    archive: 'archiver',
    move: 'deplacer',
    upload: 'televerser, importer',
    download: 'telecharger',
    share: 'partager',
    invite: 'inviter',
    manage: 'gerer, administrer',
    write: 'ecrire, ecriture',
  },
  objects: {
    'mail, message': 'courriel, mail, mel',
    message: 'message',
    record: 'enregistrement, fiche',
    task: 'tache',
    'file, document': 'fichier',
    folder: 'dossier',
    'document, file': 'document',
    calendar: 'calendrier, agenda',
    event: 'evenement',
    meeting: 'reunion',
    contact: 'contact',
    design: 'design',
    page: 'page',
    comment: 'commentaire',
    project: 'projet',
    channel: 'canal, canaux',
    chat: 'chat, conversation',
    site: 'site',
    draft: 'brouillon',
    list: 'liste',
    member: 'membre, adherent',
    item: 'element',
    note: 'note',
    report: 'rapport',
    account: 'compte',
    user: 'utilisateur',
    permission: 'permission, autorisation',
    tool: 'outil',
    action: 'action',
    only: 'seule, seul',
  },
  plain: 'le, la, les, l, de, du, des, d, un, une, en, a, au, aux, par, avec, et',
};

const DE: Language = {
  verbs: {
    'read, get, view': 'lesen',
    'view, read, get': 'anzeigen, ansehen',
    'search, find': 'suchen, durchsuchen',
    list: 'auflisten',
    'get, read': 'abrufen',
    'create, add': 'erstellen, anlegen',
    'add, create': 'hinzufugen',
    'update, edit, change, modify': 'bearbeiten, andern, aktualisieren',
    'delete, remove': 'loschen, entfernen',
    send: 'senden, versenden, verschicken',
    reply: 'antworten, beantworten',
    forward: 'weiterleiten',
    'post, publish': 'veroffentlichen, posten',
    archive: 'archivieren',
    move: 'verschieben',
    upload: 'hochladen',
    download: 'herunterladen',
    share: 'teilen, freigeben',
    invite: 'einladen',
    manage: 'verwalten',
    write: 'schreiben',
  },
  objects: {
    'mail, message': 'mail',
    message: 'nachricht, nachrichten',
    record: 'datensatz, datensatze, eintrag, eintrage',
    task: 'aufgabe, aufgaben',
    'file, document': 'datei, dateien',
    folder: 'ordner',
    'document, file': 'dokument, dokumente',
    calendar: 'kalender',
    event: 'termin, termine, ereignis, ereignisse',
    meeting: 'besprechung, besprechungen',
    contact: 'kontakt, kontakte',
    design: 'design, entwurf, entwurfe',
    page: 'seite, seiten',
    comment: 'kommentar, kommentare',
    project: 'projekt, projekte',
    channel: 'kanal, kanale',
    chat: 'chat',
    site: 'website',
    draft: 'mailentwurf, mailentwurfe',
    list: 'liste, listen',
    member: 'mitglied, mitglieder',
    item: 'element, elemente',
    note: 'notiz, notizen',
    report: 'bericht, berichte',
    account: 'konto, konten',
    user: 'benutzer, nutzer',
    permission: 'berechtigung, berechtigungen',
    tool: 'werkzeug, werkzeuge',
    action: 'aktion, aktionen',
    only: 'nur',
  },
  plain: 'der, die, das, den, dem, des, ein, eine, einen, von, vom, in, im, zu, zum, zur, mit, aus, auf, und',
};

const byWord = (words: Words): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(words).flatMap(([english, own]) => list(own).map((word) => [word, list(english)])));

const LANGUAGES = [ES, FR, DE].map(({ verbs, objects, plain }) => ({
  verbs: byWord(verbs),
  objects: byWord(objects),
  plain: new Set(list(plain)),
}));

/**
 * English forms of an action's words, best first. Empty if the words are in none of these languages or one of them is
 * unknown: nothing is guessed about what the action does.
 */
export function inEnglishForms(words: readonly string[]): readonly (readonly string[])[] {
  for (const { verbs, objects, plain } of LANGUAGES) {
    const own = words.filter((word) => !plain.has(word));
    const found = own.map((word) => ({ verb: verbs.get(word), object: objects.get(word) }));
    if (found.some(({ verb, object }) => verb === undefined && object === undefined)) continue;
    const actions = found.flatMap(({ verb }) => (verb === undefined ? [] : [verb]));
    const [does] = actions;
    if (does === undefined || actions.length > 1) continue;
    // German puts the verb last, English first.
    const rest = found.flatMap(({ verb, object = [] }) => (verb === undefined ? [object] : []));
    return [does, ...rest].reduce<readonly (readonly string[])[]>(
      (forms, spellings) => forms.flatMap((form) => spellings.map((one) => [...form, one])),
      [[]],
    );
  }
  return [];
}
