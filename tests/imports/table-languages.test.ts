import { describe, expect, it } from 'vitest';
import type { Kind } from '#domain/model/kinds.ts';
import { importOne } from './support.ts';
import { csvOf, gridOf, tableOf } from './tables.ts';

type Headings = Readonly<Record<string, string>>;

/** Headings of consoles and HR systems in each language. */
const HEADINGS: Readonly<Record<'de' | 'fr' | 'es', Partial<Record<Kind, Headings>>>> = {
  de: {
    roster: {
      name: 'Mitarbeiter',
      email: 'Dienstliche E-Mail',
      status: 'Beschäftigungsstatus',
      startsOn: 'Eintrittsdatum',
      endsOn: 'Austrittsdatum',
      engagement: 'Beschäftigungsart',
      department: 'Abteilung',
    },
    members: {
      name: 'Name',
      email: 'E-Mail-Adresse',
      role: 'Rolle',
      seat: 'Lizenztyp',
      status: 'Status',
      addedOn: 'Hinzugefügt am',
      joinedBy: 'Beigetreten über',
    },
    domain_memberships: {
      email: 'E-Mail-Adresse',
      plan: 'Tarif',
      inWorkspace: 'In Ihrer Organisation',
      organization: 'Name der Organisation',
      createdOn: 'Konto erstellt am',
      lastActiveOn: 'Zuletzt aktiv',
    },
    usage: {
      email: 'E-Mail des Benutzers',
      product: 'Produkt',
      model: 'Modell',
      requests: 'Anfragen gesamt',
      promptTokens: 'Eingabe-Tokens',
      netUsd: 'Nettoausgaben (USD)',
      from: 'Startdatum',
      to: 'Enddatum',
    },
    acknowledgements: {
      name: 'Vollständiger Name',
      email: 'E-Mail',
      version: 'Version der Richtlinie',
      acknowledged: 'Gelesen und verstanden',
      on: 'Bestätigt am',
    },
    entra_users: {
      upn: 'Benutzerprinzipalname',
      name: 'Anzeigename',
      mail: 'E-Mail',
      enabled: 'Konto aktiviert',
      userType: 'Benutzertyp',
      id: 'Objekt-ID',
    },
    connectors: { connector: 'Konnektor', action: 'Aktion', state: 'Berechtigung', enabled: 'Aktiviert' },
    audit_log: {
      at: 'Zeitpunkt',
      actor: 'Akteur',
      event: 'Ereignis',
      info: 'Details',
      entity: 'Ziel',
      ip: 'IP-Adresse',
    },
  },
  fr: {
    roster: {
      name: 'Nom du salarié',
      email: 'Adresse e-mail professionnelle',
      status: "Statut d'emploi",
      startsOn: "Date d'entrée",
      endsOn: 'Date de sortie',
      engagement: 'Type de contrat',
      department: 'Service',
    },
    members: {
      name: 'Nom',
      email: 'Adresse e-mail',
      role: 'Rôle',
      seat: 'Type de licence',
      status: 'Statut',
      addedOn: "Date d'ajout",
      joinedBy: 'Rejoint par',
    },
    domain_memberships: {
      email: 'Adresse e-mail',
      plan: 'Forfait',
      inWorkspace: 'Dans votre organisation',
      organization: "Nom de l'organisation",
      createdOn: 'Compte créé le',
      lastActiveOn: 'Dernière activité',
    },
    usage: {
      email: "E-mail de l'utilisateur",
      product: 'Produit',
      model: 'Modèle',
      requests: 'Nombre total de requêtes',
      promptTokens: "Jetons d'entrée",
      netUsd: 'Dépense nette (USD)',
      from: 'Date de début',
      to: 'Date de fin',
    },
    acknowledgements: {
      name: 'Nom complet',
      email: 'Courriel',
      version: 'Version de la charte',
      acknowledged: 'Lu et approuvé',
      on: 'Date de signature',
    },
    entra_users: {
      upn: "Nom d'utilisateur principal",
      name: 'Nom affiché',
      mail: 'E-mail',
      enabled: 'Compte activé',
      userType: "Type d'utilisateur",
      id: "ID d'objet",
    },
    connectors: { connector: 'Connecteur', action: 'Outil', state: 'Autorisation', enabled: 'Activé' },
    audit_log: {
      at: 'Horodatage',
      actor: 'Acteur',
      event: 'Événement',
      info: "Détails de l'événement",
      entity: 'Cible',
      ip: 'Adresse IP',
    },
  },
  es: {
    roster: {
      name: 'Nombre completo',
      email: 'Correo corporativo',
      status: 'Situación laboral',
      startsOn: 'Fecha de ingreso',
      endsOn: 'Fecha de baja',
      engagement: 'Tipo de contrato',
      department: 'Departamento',
    },
    members: {
      name: 'Nombre',
      email: 'Correo electrónico',
      role: 'Rol',
      seat: 'Tipo de licencia',
      status: 'Estado',
      addedOn: 'Añadido el',
      joinedBy: 'Se unió por',
    },
    domain_memberships: {
      email: 'Correo electrónico',
      plan: 'Suscripción',
      inWorkspace: 'En su organización',
      organization: 'Nombre de la organización',
      createdOn: 'Cuenta creada el',
      lastActiveOn: 'Última actividad',
    },
    usage: {
      email: 'Correo del usuario',
      product: 'Producto',
      model: 'Modelo',
      requests: 'Total de solicitudes',
      promptTokens: 'Tokens de entrada',
      netUsd: 'Gasto neto (USD)',
      from: 'Fecha de inicio',
      to: 'Fecha de fin',
    },
    acknowledgements: {
      name: 'Nombre y apellidos',
      email: 'Correo',
      version: 'Versión de la política',
      acknowledged: 'Leído y entendido',
      on: 'Fecha de aceptación',
    },
    entra_users: {
      upn: 'Nombre principal de usuario',
      name: 'Nombre para mostrar',
      mail: 'Correo electrónico',
      enabled: 'Cuenta habilitada',
      userType: 'Tipo de usuario',
      id: 'Id. de objeto',
    },
    connectors: { connector: 'Conector', action: 'Acción', state: 'Permiso', enabled: 'Habilitado' },
    audit_log: {
      at: 'Fecha y hora',
      actor: 'Autor',
      event: 'Evento',
      info: 'Detalles del evento',
      entity: 'Destino',
      ip: 'Dirección IP',
    },
  },
};

const cases = Object.entries(HEADINGS).flatMap(([language, kinds]) =>
  Object.entries(kinds).map(([kind, headings]) => [language, kind as Kind, headings] as const),
);

describe('headings of other languages', () => {
  it.each(cases)('are read in %s of the %s', async (_, kind, headings) => {
    const table = tableOf(kind);
    const { report } = await importOne(`${kind}.csv`, csvOf(gridOf(table, headings), ';'));
    expect(report.problem).toBeNull();
    expect(report).toMatchObject({ outcome: 'taken', kind, unmapped: [] });
    expect(Object.fromEntries(report.mapping.map(({ field, column }) => [field, column]))).toEqual(headings);
  });
});
