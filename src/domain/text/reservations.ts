import { clausesOf, isNegative, MAX_LENGTH } from './clauses.ts';

/**
 * What a person may write beside a statement that something is as it should be, and that takes it back: it holds later,
 * perhaps, for some, no longer, or only because somebody was asked to do it. The words are those of English, German,
 * French, Spanish, Dutch, Portuguese and Italian, since a client's staff writes notes for itself. A note may be right in
 * spite of such a word; it is then asked about, since a wrong pass is worse than a question.
 */
export type Reservation = 'part' | 'later' | 'unsure' | 'requested' | 'stopped' | 'qualified';

const words = (...lists: readonly string[]) =>
  new RegExp(`(?<!\\p{L})(?:${lists.join('|')})(?![\\p{L}])`, 'iu');

/** It holds only in part, only for a while, or was undone: "Required for staff, not for the board". */
const IN_PART = words(
  'pending|in progress|not yet|optional|temporar(?:y|ily)|for now|for the (?:time being|moment)|right now|while we|until|till',
  'except|excluding|apart from|other than|all but|(?:only|not) for|only (?:in|on|at|with|among)|partly|partially|in part|one of (?:the )?(?:two|three|four|\\d+)',
  'still (?:open|missing|allowed|possible|available|to)|(?:later|then|since|again|afterwards) (?:switched|turned|set) (?:off|back)|(?:switched|turned) (?:off|back)(?: on)? again|re-?opened|reverted|rolled back|undone',
  'noch nicht|nur für|nicht für|außer|bis auf|vorübergehend|teilweise|freiwillig',
  'pas encore|sauf|seulement pour|temporairement|provisoirement|en partie|facultati(?:f|ve)|jusqu',
  'todavía no|aún no|salvo|excepto|solo para|temporalmente|en parte|opcional|hasta',
);

/** Everyone whom a setting can be for; a setting for anyone else is one for some. */
const EVERYONE =
  'all|every\\p{L}*|each|any\\p{L}*|both|us|our|the (?:whole|entire|full|organi[sz]ation|association|company|tenant|domains?)|whole|staff|employees|users|members|people|personnel|claude|sign-?in|single';
const GROUPS =
  'people|persons|users?|members|staff|employees|colleagues|devices?|computers|laptops|macs|phones|accounts?|seats|domains?|chapters?|offices?|teams?|departments?|groups?|connectors?|sites?|policies|settings';

/** It holds for some, for a trial or somewhere else. */
const FOR_SOME = words(
  'pilots?|pilot (?:group|phase)|proof of concept|poc|on trial|as a trial|trial (?:period|only|group|version|run)|sandbox|staging',
  'test(?:ing)? (?:organi[sz]ations?|orgs?|tenants?|groups?|environments?|instances?|workspaces?|users?|domains?)',
  'report[- ]only|audit[- ]only|(?:in )?(?:audit|test|simulation|monitor(?:ing)?|learning|dry[- ]run) mode|simulation|dry run',
  `(?:some|most|many|several|a few|half|the majority)(?: of)?(?: the| our)? (?:\\p{L}+ )?(?:${GROUPS})`,
  '(?:holding|parent|sister) (?:company|organization|org)\\p{L}*|moederbedrijf|muttergesellschaft|maison mère|(?:another|the other|a different|(?:our )?(?:old|former|trial|demo)(?: \\p{L}+)?) (?:tenant|organization|org)|mostly|largely|almost|nearly|partial|incomplete|half-?way|\\d{1,2} ?%|(?:most|some|half) of (?:it|them|us)',
  `only (?:the|our|a|one|two|three) (?:\\p{L}+ ){0,2}(?:${GROUPS})|(?:applies|apply|limited|restricted) only to|one (?:office|chapter|domain|team|site) only`,
  'pilot\\p{L}*|testgrupp\\p{L}*|teilbereich|einige|manche|die meisten|weitgehend|größtenteils|fast alle|nur (?:die|der|das|in|im|ein\\p{L}*|zwei)|im testbetrieb',
  "groupe pilote|phase pilote|quelques|certain(?:e?s)|la plupart|presque|partiel(?:le)?(?:ment)?|seulement (?:les?|la|un|deux)|uniquement (?:les?|la|pour)|à l[’']essai",
  'algun[oa]s|algún|la mayoría|casi|parcial(?:mente)?|s[óo]lo (?:el|la|los|las|un|en|para)|únicamente|en pruebas?|a prueba',
  'sommige|enkele|de meeste|bijna|gedeeltelijk|alleen (?:de|het|in|voor)|behalve|proef\\p{L}*|op proef',
  'alguns|algumas|a maioria|quase|parcialmente|apenas|somente|exceto|em testes?|alcuni|alcune|la maggior parte|quasi|parzialmente|solo (?:per|il|la|i|le)|tranne|eccetto|in prova',
);
const SET_FOR = new RegExp(
  `(?<!\\p{L})(?:on|off|enabled|disabled|active|required|enforced|blocked|allowed|restricted|configured|rolled out) (?:only )?for (?!${EVERYONE})(?:the |our |a )?(\\p{L}{2,})`,
  'iu',
);

/** Looking again later, or an end of validity, says nothing against today. */
const NEXT_LOOK = words(
  '(?:next|another|following|regular|annual|quarterly|monthly) (?:check|look|review|audit|test|visit|renewal)|(?:look|check|review|verify|test)(?:s|ed)? (?:it |this )?(?:again|next|every)|(?:to|will) (?:look|check|review|verify|test) |re-?check\\p{L}*|recertif\\p{L}*|expires?|valid|renew\\p{L}*|due|runs out',
  'nächste (?:prüfung|kontrolle)|gültig|läuft \\p{L}+ ab|prochain (?:contrôle|examen)|prochaine (?:vérification|revue)|valable|expire|próxima (?:revisión|comprobación)|válid[oa]|volgende (?:controle|keer)|geldig|próxima verificação|prossim[oa] (?:controllo|verifica)',
);

/** It is not so today, but to come. */
const LATER = words(
  "(?:will|shall|would)(?: (?:also|then|soon|only|probably))?(?: be| get| have| go| do| make| add| set| switch| turn| enable| disable| configure| install| remove| move| start| follow| finish| complete| roll| activate| lower| change| fix| require| enforce)(?:e?d|ing)?|\\p{L}+[’']ll (?:be|get|have|do|add|set|switch|turn|enable|disable|configure|install|remove|start|finish|complete|fix)",
  '(?:going|about|yet|scheduled|planned|planning|plans?|intends?|intended|hopes?|hoping|meant|waiting|wants?) to|needs? to|to be (?:switched|turned|enabled|disabled|set|done|added|removed|configured|verified|installed|rolled|completed|confirmed|fixed|decided|assigned|defined|agreed)|needs? (?:doing|fixing|work|setting)',
  '(?:next|this coming|the coming) (?:week|month|year|quarter|spring|summer|fall|autumn|winter|release|phase|step|sprint|meeting|monday|tuesday|wednesday|thursday|friday)|tomorrow|soon|shortly|later (?:today|this|on)|in the coming|eventually|upcoming|by (?:end of|the end|monday|tuesday|wednesday|thursday|friday|next)|in (?:a few|two|three|\\d+) (?:days|weeks|months)',
  'in the works|under ?way|being (?:set|rolled|configured|migrated|installed|added|moved|built|tested|prepared|implemented|done|worked)|rolling out|roll-?out (?:has |is |was )?(?:start|begin|begun|under|ongoing|planned|continu)\\p{L}*|go(?:es|ing)? live|work in progress|wip|to-?do|on (?:the|our|my) (?:to-do list|roadmap|agenda|backlog|change calendar)|later(?=$)|backlog',
  'not (?:\\p{L}+ ){0,3}yet|unsaved|draft(?:ed)?|unpublished|awaiting|waiting (?:for|on)|on hold|postponed|deferred|delayed',
  'demnächst|in kürze|bald|nächste[rnms]? (?:woche|monat|jahr|quartal)|kommende[rnms]? \\p{L}+|morgen|geplant|soll(?:en|te)?|in arbeit|in vorbereitung|folgt|muss noch|müssen noch|wird (?:noch|gerade|bald|derzeit|\\p{L}+ eingerichtet)|noch (?:in|zu|offen|ausstehend)|steht (?:noch )?aus|entwurf',
  'bientôt|prochaine?(?:ment)?|demain|prévue?|en cours|sera|seront|serait|va être|vont être|à (?:venir|faire|activer|configurer|confirmer)|reste à|doit (?:encore|être)|en attente|brouillon',
  'pronto|próxim[oa]|mañana|previst[oa]|en curso|será|serán|se va a|va a|vamos a|por (?:hacer|activar|configurar|confirmar)|falta|pendiente|en espera|borrador|próximamente',
  'binnenkort|volgende \\p{L}+|gaan we|we gaan|gepland|zal|zullen|moet nog|moeten nog|wordt (?:nog|binnenkort)|in behandeling|nog (?:niet|te|doen)|concept|em breve|amanhã|em curso|vai ser|ainda não|a fazer|presto|prossim[oa]|domani|in corso|sarà|verrà|da fare|ancora da',
);

/** The writer does not know. */
const UNSURE = words(
  'maybe|perhaps|probably|possibly|presumably|apparently|supposedly|allegedly|seemingly|seems?|appears? to|(?:i|we) (?:think|believe|guess|assume|assumed|suppose|hope|expect|trust)|should (?:be|have|work|still|now)|ought to|might|could be|may be (?:on|off|set|enabled)',
  "(?:pretty|fairly|quite|almost) (?:sure|certain)|not (?:sure|certain|clear|confirmed|verified|known)|unsure|unclear|uncertain|unconfirmed|unverified|unknown|as far as|afaik|iirc|(?:i|we|was|were|been) told|says (?:it|he|she|they)|(?:told|assured) (?:me|us)|to my knowledge|from memory|hopefully|no idea|don[’']t know|can[’']t tell|cannot tell|tbd|tbc|to be (?:confirmed|determined)",
  'vielleicht|wahrscheinlich|vermutlich|angeblich|glaube|denke|meines wissens|soweit (?:ich|wir)|unklar|unsicher|weiß nicht|müsste|dürfte|anscheinend|wohl',
  'peut-être|probablement|(?:je|nous) (?:crois|croyons|pense|pensons|suppose)|devrait|normalement|il paraît|semble|apparemment|à confirmer|sans doute|inconnue?',
  'quizás?|tal vez|probablemente|creo|creemos|debería|supuestamente|parece|al parecer|por confirmar|no sé|a lo mejor|desconocid[oa]',
  'misschien|waarschijnlijk|denk ik|zou|vermoedelijk|volgens mij|onbekend|talvez|provavelmente|acho|deveria|parece que|forse|probabilmente|credo|dovrebbe|sembra',
);

/** Somebody was asked to do it. */
const REQUESTED = words(
  '(?:was|were|been|is|are) (?:asked|told|instructed|requested|due) to|(?:asked|told|instructed|emailed|mailed|messaged|reminded|requested|ordered|begged|urged) (?:\\p{L}+ ){1,4}(?:to|for)|wrote to|requested (?:it|this|that|the change|from)|(?:ticket|request|case|change|order) (?:\\S+ )?(?:is |was |has been |still )?(?:open(?:ed)?|raised|filed|submitted|logged|created|sent|placed)|(?:opened|raised|filed|submitted|sent) (?:a|the) (?:ticket|request|case|change)|with (?:support|the vendor|anthropic support)|follow(?:ing)? up|chasing|escalated',
  'gebeten|beauftragt|angefragt|anfrage (?:läuft|gestellt)|ticket (?:offen|eröffnet|erstellt)|beantragt',
  'demandé (?:à|au|aux)|ticket ouvert|demande (?:envoyée|en cours)|pedimos|pedí|pedido a|solicitad[oa]|solicitamos|ticket abierto|gevraagd|aangevraagd|verzoek|pedido|solicitei|chiesto|richiest[oa]',
);

/** It did not work. Says nothing where something has to fail. */
const FAILED = words(
  'fail(?:s|ed)?(?=$| (?:on|in|for|since|at|with|due|again|last|this|twice|because|after))|failing|failures? (?:on|in|since|for)|fails|errors?|broken|crash(?:ed|es)|corrupt(?:ed)?|stuck|stalled|disconnected|unreachable|out of (?:order|date|sync)|outdated|stale|obsolete|invalid|mismatch(?:ed)?',
  'fehlgeschlagen|schlägt fehl|gestört|störung|fehlerhaft|defekt|ungültig|échoué\\p{L}*|échec|en panne|erreurs?|falló|fallad[oa]|fallid[oa]|error(?:es)?|mislukt|storing|falhou|falha|erros?|fallit[oa]|errore',
);
const MUST_FAIL = /fail|block|refus/i;

/** It worked once and does not now, or does again what it must not. */
const STOPPED = words(
  '(?<=(?:has|have|had|is|are|was|were|just|already|it|certificate|key|token|secret|license|trial|verification|record|subscription|connection) )expired|expired(?=$| (?:on|in|last|yesterday|since|this|a))|lapsed|ran out|run out',
  'paused|suspended|(?:in )?quarantined?|halted|(?:has|have|had) stopped|stopped (?:working|syncing|in|on|since|last|after)|(?:allowed|enabled|possible|open|active|visible|working|on|off|back) again|(?:back|again) (?:on|off|open|allowed|enabled)|(?:switched|turned|put|set) back|re-?enabled|re-?activated|lifted|waived|bypass(?:ed|es)?|work-?arounds?',
  'abgelaufen|pausiert|angehalten|gestoppt|ausgesetzt|quarantäne|wieder (?:an|ein|aus|erlaubt|offen|aktiv|möglich)|umgangen',
  'expirée?s?|suspendue?s?|en pause|de nouveau|à nouveau|contourn\\p{L}*',
  'caducad[oa]|caducó|expirad[oa]|expiró|vencid[oa]|venció|pausad[oa]|suspendid[oa]|cuarentena|de nuevo|otra vez|dejó de',
  'verlopen|gepauzeerd|opgeschort|weer (?:aan|uit|open|toegestaan)|expirou|suspens[oa]|de novo|deixou de|scadut[oa]|sospes[oa]|in pausa|di nuovo',
);

/**
 * A contrast or something that is not so. What it is about cannot be known from words, as in “Covers the sign-in, but
 * the connector is not in scope”.
 */
const QUALIFIED = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[
    'not|no|nobody|none|never|nothing|neither|nor|without|cannot|cant|dont|isnt|arent|wasnt|werent|didnt|doesnt|hasnt|havent|wouldnt|couldnt|wont',
    'but|only|however|although|though|except|excluded?|excluding|instead|rather|besides|whereas|versus|vs|still|yet|so far|missing|empty|blank|wrong|lacks?|lacking|too many|over by|more than|got disabled|got enabled',
    'nicht|keine?[rnms]?|nie|niemand|nichts|ohne|aber|jedoch|nur|trotzdem|noch|außer|fehlt|fehlen',
    'pas|aucune?|sans|jamais|mais|seule?s?|seulement|uniquement|encore|toujours|manque',
    'ningun[oa]?|ningún|sin|nunca|nadie|pero|solo|sólo|solamente|todavía|aún|aun|falta|faltan',
    'niet|geen|nooit|niemand|zonder|maar|alleen|nog|ontbreekt|não|nem|nenhuma?|nunca|ninguém|sem|mas|só|apenas|ainda|fora',
    'non|nessuna?|senza|però|ma|ancora|manca',
  ].join('|')})(?![\\p{L}\\p{N}])|n[’']t(?!\\p{L})`,
  'iu',
);
/** What is often written in the negative, or as a limit, where all is well. */
const ALL_WELL = new RegExp(
  `(?<!\\p{L})(?:${[
    '(?:no|zero|without|nothing|not any) (?:other |new |open |pending |active |unapproved |unknown |unexpected )?(?:issues?|errors?|gaps?|differences?|problems?|findings?|exceptions?|changes?|links?|invit\\p{L}*|domains?|connectors?|accounts?|owners?|extensions?|files?|or conditions?|alternatives?|else|unusual|open|pending|outstanding|missing|writes?|admin rights|members? data)',
    'no one (?:else|can|could)|no (?:\\p{L}+ ){1,2}(?:is|are|was|were) (?:on|enabled|active|allowed|open)|nothing (?:went|got|came) (?:through|out)|none (?:active|open|pending|left|found)|nobody (?:else|can|could)|no longer (?:active|on|shown|offered|available|there|listed)|told (?:them|him|her) no',
    "(?:not|never|isn[’']t|wasn[’']t|aren[’']t|are not|is not) (?:been |ever |even )?(?:(?:switched |turned )?on(?: here)?|showing(?: at all)?|shown|shared|used|needed|necessary|offered|possible|available|active|enabled|there|always allow|allowed|approved automatically|automatic\\p{L}*)",
    "don[’']t delete(?: them)?|still (?:off|on|disabled|enabled|set|blocked|required|verified|the same|in place|active|there|as)|(?:only|just) (?:one|the) (?:domain|address object|owner)|windows only|only (?:owners?|admins?|assigned|what)|(?:/\\d\\d|device) only|since i[’']m only admin|w\\/o it",
    'keine (?:offenen?|weiteren?|neuen?|anderen?)|nichts (?:offen|neues|weiter)|aucune? (?:erreur|écart|autre)|sin (?:errores|cambios|novedad\\p{L}*)|ning[uú]n[oa]? (?:otr\\p{L}*|error)|geen (?:fouten|openstaande|andere)|sem (?:erros|alterações)|nur (?:der|die|eine?) (?:owner|domains?)|toestemming pas',
  ].join('|')})(?!\\p{L})`,
  'giu',
);

/** What a page said, for example to someone who was to be refused. */
const QUOTED = /"[^"]{1,60}"|“[^”]{1,60}”|«[^»]{1,60}»/gu;

const QUESTION = /\?(?=\s|$|["”’')\]])/u;

/** An end of validity, which limits nothing before it. */
const VALID_UNTIL =
  /(?:valid|good|gültig|valable|válid[oa]|geldig) (?:until|till|bis|jusqu|hasta|tot|até)/giu;

/** Whether a note says that what it is about holds only in part, only for a while, or no longer: "All but Gmail". */
export function saysInPart(text: string): boolean {
  return text.length <= MAX_LENGTH && IN_PART.test(text);
}

/**
 * What a note reserves, or null. `asked` is the instruction to which it answers; what the instruction itself names, for
 * example a sign-in that has to fail, reserves nothing.
 */
export function reservationIn(note: string, asked: string): Reservation | null {
  if (note.length > MAX_LENGTH) return null;
  const plain = note.replaceAll(ALL_WELL, ' ').replaceAll(VALID_UNTIL, ' ');
  const clauses = clausesOf(plain);
  const positive = clauses.filter((one) => !isNegative(one));
  const isAsked = (match: string) => {
    const all = match.toLowerCase().match(/\p{L}+/gu) ?? [];
    const long = all.filter(({ length }) => length >= STEM);
    const among = long.length > 0 ? long : all;
    return among.length > 0 && among.every((word) => asked.toLowerCase().includes(word.slice(0, STEM)));
  };
  const found = (pattern: RegExp, among: readonly string[]) =>
    among.some((one) => {
      const [match] = pattern.exec(one) ?? [];
      return match !== undefined && !isAsked(match);
    });
  const forSome = SET_FOR.exec(note)?.[1];
  if (saysInPart(plain) || found(FOR_SOME, clauses) || (forSome !== undefined && !isAsked(forSome)))
    return 'part';
  if (QUESTION.test(note) || found(UNSURE, clauses)) return 'unsure';
  if (found(REQUESTED, clauses)) return 'requested';
  if (
    found(
      LATER,
      clauses.filter((one) => !NEXT_LOOK.test(one)),
    )
  )
    return 'later';
  const failed = !MUST_FAIL.test(asked) && found(FAILED, positive);
  if (failed || found(STOPPED, positive)) return 'stopped';
  return QUALIFIED.test(plain.replaceAll(QUOTED, ' ')) ? 'qualified' : null;
}

/** Letters by which "fail", "failed" and "failing" are one word. */
const STEM = 4;
