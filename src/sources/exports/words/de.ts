import type { Language } from './language.ts';

/** German: headings and values of exports, by the English heading or value that they stand for. */
export const de: Language = {
  id: 'de',
  name: 'German',
  headings: {
    email:
      'e mail, email adresse, e mail adresse, mailadresse, mail adresse, geschäftliche e mail, e mail geschäftlich, dienstliche e mail, e mail dienstlich, benutzer e mail, e mail des benutzers, nutzer e mail, elektronische adresse',
    name: 'name des mitarbeiters, vollständiger name, vor und nachname, mitarbeitername, mitarbeiter, mitarbeiterin, anzeigename, beschäftigter',
    'first name': 'vorname, rufname',
    'last name': 'nachname, familienname, zuname',
    'former name': 'geburtsname, früherer name, frühere namen, ehemaliger name, mädchenname',
    'employee id': 'personalnummer, personal nr, mitarbeiternummer, mitarbeiter id, pers nr',
    'employment status':
      'beschäftigungsstatus, mitarbeiterstatus, anstellungsstatus, status des mitarbeiters, personalstatus',
    'hire date':
      'eintrittsdatum, eintritt, einstellungsdatum, erster arbeitstag, beschäftigt seit, eingestellt am, eintritt am',
    'last working day':
      'letzter arbeitstag, austrittsdatum, austritt, austritt am, ausgeschieden am, vertragsende, beschäftigungsende, letzter tag, austrittstag, kündigungsdatum',
    'employment type':
      'beschäftigungsart, anstellungsart, vertragsart, mitarbeitertyp, art der beschäftigung',
    department: 'abteilung, bereich, fachbereich, organisationseinheit, kostenstelle, team name',
    'job title': 'position, stelle, funktion, berufsbezeichnung, stellenbezeichnung, tätigkeit',
    role: 'rolle, benutzerrolle, organisationsrolle',
    'seat tier': 'platz, lizenz, lizenztyp, platztyp, sitz, lizenzart, sitztyp',
    status: 'zustand, mitgliedsstatus, kontostatus, benutzerstatus',
    added: 'hinzugefügt, hinzugefügt am, beigetreten, beigetreten am, beitrittsdatum',
    'last active': 'zuletzt aktiv, letzte aktivität, zuletzt gesehen, letzte anmeldung, zuletzt aktiv am',
    plan: 'tarif, abonnement, abo, kontoart, plantyp, tariftyp, abotyp, abonnementtyp, art des abonnements',
    'in workspace':
      'im arbeitsbereich, in unserem arbeitsbereich, in ihrem arbeitsbereich, in der organisation, in unserer organisation, in ihrer organisation, mitglied der organisation',
    organization:
      'unternehmen, arbeitsbereich, organisationsname, name der organisation, name des arbeitsbereichs',
    created:
      'konto erstellt am, konto erstellt, konto angelegt am, erstellt, erstellt am, angelegt am, registriert am, kontoerstellung, erstellungsdatum',
    acknowledged:
      'bestätigt, zur kenntnis genommen, kenntnisnahme, gelesen, gelesen und verstanden, zugestimmt, akzeptiert, bestätigung',
    'start time': 'startzeit',
    'completion time': 'fertigstellungszeit, abschlusszeit',
    'acknowledged on':
      'bestätigt am, kenntnisnahme am, datum der kenntnisnahme, unterschrieben am, unterzeichnet am, zugestimmt am, akzeptiert am, datum der bestätigung',
    'policy version':
      'richtlinienversion, version der richtlinie, fassung, version der leitlinie, dokumentversion, version des dokuments',
    policy: 'richtlinie, leitlinie, dokument, dokumentname, name der richtlinie, titel des dokuments',
    'joined by': 'beigetreten über, beitrittsart, einladungsart, hinzugefügt über',
    'start date': 'startdatum, beginn, anfangsdatum',
    'end date': 'enddatum, ende',
    'event info': 'details, ereignisdetails, einzelheiten',
    'entity info': 'ziel, betroffenes objekt, zielobjekt',
    'ip address': 'ip adresse',
    date: 'datum',
    time: 'zeit, zeitpunkt, uhrzeit',
    event: 'ereignis, ereignistyp, vorgang',
    actor: 'akteur, ausgelöst von',
    user: 'benutzer',
    connector: 'konnektor, integration, anbindung, verbindung',
    action: 'aktion, werkzeug',
    permission: 'berechtigung, freigabe, einstellung',
    enabled: 'aktiviert, eingeschaltet',
    messages: 'nachrichten, anzahl nachrichten',
    requests: 'anfragen, anfragen gesamt, anzahl anfragen, gesamtzahl anfragen',
    'prompt tokens': 'eingabe token, eingabetoken, eingabe tokens',
    'completion tokens': 'ausgabe token, ausgabetoken, ausgabe tokens',
    'net spend usd': 'ausgaben, nettoausgaben, nettobetrag, kosten, kosten usd, betrag, betrag usd',
    model: 'modell',
    product: 'produkt',
    'period start': 'zeitraum von, von',
    'period end': 'zeitraum bis, bis',
    'user principal name': 'benutzerprinzipalname, benutzerprinzipalname (upn), prinzipalname des benutzers',
    'account enabled': 'konto aktiviert, konto aktiv',
    'user type': 'benutzertyp',
    'object id': 'objekt id',
    manager: 'vorgesetzter, vorgesetzte, führungskraft',
    location: 'standort, ort',
    timestamp: 'zeitstempel',
    'device id': 'geräte id',
    'device name': 'gerätename',
    'primary user upn': 'upn des primären benutzers, upn des hauptbenutzers',
    'operating system': 'betriebssystem',
    compliance: 'konformität, compliancestatus, konformitätsstatus',
    'last check in': 'letzter check in, letzte synchronisierung, letztes einchecken',
    'managed by': 'verwaltet von, verwaltet durch',
    username: 'benutzername',
    application: 'anwendung',
    'application id': 'anwendungs id',
    'resource id': 'ressourcen id',
    'sign in error code': 'anmeldefehlercode',
    'authentication requirement':
      'authentifizierungsanforderung, authentifizierungsanforderungen, anforderung für die authentifizierung',
    'conditional access': 'bedingter zugriff, status des bedingten zugriffs',
    'multifactor authentication result':
      'ergebnis der mehrstufigen authentifizierung, ergebnis der multi faktor authentifizierung, mfa ergebnis',
    compliant: 'konform, kompatibel',
    managed: 'verwaltet',
    'block credential': 'anmeldeinformationen blockieren, anmeldung blockiert, anmeldung blockieren',
    'sign in status': 'anmeldestatus',
    licenses: 'lizenzen, zugewiesene lizenzen',
    'proxy addresses': 'proxyadressen',
    ownership: 'besitz',
    'primary user email address': 'e mail adresse des primären benutzers',
    'serial number': 'seriennummer',
  },
  values: {
    active: 'aktiv, angestellt, beschäftigt, im dienst, in anstellung, tätig',
    terminated:
      'ausgeschieden, ehemalig, ehemalige, ausgetreten, gegangen, inaktiv, pensioniert, ruhestand, im ruhestand, altersrente, entlassen, in rente, rente, rentner, rentnerin, verstorben',
    'on leave':
      'elternzeit, in elternzeit, beurlaubt, mutterschutz, sabbatical, langzeitkrank, karenz, freigestellt, in mutterschutz, unbezahlter urlaub, in unbezahltem urlaub, krankgeschrieben, im krankenstand, krank, arbeitsunfähig',
    'not yet started': 'zukünftig, noch nicht begonnen, künftig, vor eintritt',
    yes: 'ja, j, wahr',
    no: 'nein, falsch',
    'primary owner':
      'haupteigentümer, haupteigentümerin, primärer eigentümer, primäre eigentümerin, primärer inhaber, primäre inhaberin, hauptinhaber, hauptinhaberin',
    owner: 'eigentümer, eigentümerin, inhaber, inhaberin, besitzer',
    admin: 'administrator, administratorin',
    custom: 'benutzerdefiniert, benutzerdefinierte rolle',
    user: 'benutzer, nutzer, mitglied, anwender, benutzerin',
    invited: 'eingeladen, ausstehend, einladung ausstehend',
    suspended: 'gesperrt, deaktiviert',
    employee:
      'angestellter, angestellte, mitarbeiter, mitarbeiterin, vollzeit, teilzeit, unbefristet, praktikant, praktikantin, werkstudent, auszubildender, azubi, minijob, minijobber, minijobberin, geringfügig beschäftigt',
    contractor:
      'freiberufler, freiberuflich, externer, externe, extern, freie mitarbeit, befristet extern, dienstleister',
    volunteer: 'ehrenamtlich, ehrenamtler, vorstand, ehrenamt',
    'shared mailbox': 'geteiltes postfach, gemeinsames postfach, funktionspostfach, sammelpostfach',
    'service account': 'dienstkonto, servicekonto, technisches konto',
    accepted:
      'zugestimmt, bestätigt, akzeptiert, gelesen, unterschrieben, unterzeichnet, abgeschlossen, ich stimme zu, ja ich stimme zu, ja ich akzeptiere, ich akzeptiere, einverstanden, ja einverstanden, ja gelesen',
    'not signed':
      'nicht bestätigt, offen, nicht unterschrieben, abgelehnt, nicht gelesen, ich stimme nicht zu, nicht einverstanden, nein ich stimme nicht zu',
    'always allow': 'immer erlauben, immer erlaubt, erlaubt, immer zulassen, zugelassen, zulässig',
    'needs approval':
      'genehmigung erforderlich, nachfragen, immer fragen, mit genehmigung, freigabe erforderlich, bestätigung erforderlich',
    blocked: 'blockiert, verboten, nicht erlaubt',
    free: 'kostenlos, gratis',
    'no seat': 'kein platz, keine lizenz, ohne lizenz, nicht zugewiesen',
    guest: 'gast',
    compliant: 'konform, kompatibel, richtlinienkonform',
    'not compliant': 'nicht konform, nicht kompatibel, nicht richtlinienkonform',
    'in grace period': 'in karenzzeit, in der karenzzeit, in toleranzperiode',
    success: 'erfolg, erfolgreich, erfolgreich abgeschlossen',
    failure: 'fehler, fehlgeschlagen, fehlerhaft, nicht erfolgreich',
    interrupted: 'unterbrochen',
    'not applied': 'nicht angewendet, nicht angewandt',
    'multifactor authentication':
      'mehrstufige authentifizierung, multi faktor authentifizierung, multifaktor authentifizierung, mehrstufige authentifizierung (mfa)',
    'singlefactor authentication':
      'einstufige authentifizierung, ein faktor authentifizierung, einzelfaktor authentifizierung, einzelstufige authentifizierung',
  },
};
