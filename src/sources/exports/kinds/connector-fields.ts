import { yesNo } from '../table/cells.ts';
import { type Field, list } from '../table/columns.ts';
import { looksLikeDate } from '../table/date-column.ts';
import { STATE_OF_KIND } from './connector-kinds.ts';
import { enabledOf, permissionOf } from './connector-words.ts';

/** Whether a cell is a mark in its column: yes, no or a check mark. */
export const isMark = (text: string): boolean => yesNo(text) !== null || /^[x✓✔●•☑☒*]$/i.test(text.trim());

/** Headings of wanted, former or requested states, as opposed to the current one. */
export const MEANT =
  /\b(?:target|recommend\w*|desired|planned|proposed|requested|should(?: be)?|baseline|guide|charter|approved|wanted|intended|required|default|before|old|previous|former|last year|soll|cible|souhait\w*|objetivo)\b/;

/** Kinds of systems by which people sort connectors. What a tool does ("Read-only", "Write") is not one. */
const SYSTEM =
  /(?<!\p{L})(?:ams|crm|erp|lms|cms|hris|hr|it|association management|memberships?|member (?:data\p{L}*|management|records?|system)|mitglieder\p{L}*|adh[eé]rents|miembros|socios|database|datenbank|base de (?:donn[ée]es|datos)|productivity|collaboration|communications?|messaging|chat|e-?mail|mail|calendar|documents?|files?|storage|project(?: management| tracking)?|task management|finance|accounting|payments?|marketing|fundraising|donors?|events?|learning|design|developer(?: tools?)?|development|engineering|code|source control|knowledge(?: base)?|wiki|notes|office|analytics|data|research|support|help ?desk|ticketing|surveys?|forms|automation|integration platform|other)(?!\p{L})/iu;

/** Columns of a connectors table, by heading. */
export const CONNECTOR_FIELDS: readonly Field[] = [
  {
    field: 'system',
    headings: list(
      `category, type, kind, system type, type of system, kind of system, system category, connector category, connector type, app type, app category, kategorie, systemart, art, catégorie, type de système, categoría, tipo, tipo de sistema`,
    ),
    check: (text) =>
      SYSTEM.test(text) &&
      permissionOf(text) === null &&
      !/\b(?:tools?|actions?|read|write|delete|send)\b/i.test(text),
  },
  {
    field: 'state',
    headings:
      list(`state, current state, permission state, tool state, observed state, current permission, current
      setting, permission, permission level, setting, setting today, setting now, state today, permission today, set to, is set to, org setting, organization setting, organization
      setting, approval, approval mode, mode, access, access level, status, value, max permission,
      max_permission, policy, configured, allowed, berechtigung, freigabe, zustand, einstellung, autorisation,
      état, réglage, permiso, estado, configuración`),
    pattern: /^(?:how|what|as|is|our|we|this is).*\b(?:set|settings?)\b|\bset (?:it|to|as|now|today)\b/,
    not: MEANT,
    // Single letters for Always allow, Blocked and Needs approval, which a legend of the table explains.
    check: (text) => permissionOf(text) !== null || enabledOf(text) !== null || /^[ABN]$/.test(text),
  },
  {
    field: 'allow',
    headings:
      list(`always allow, allow, allowed, auto, automatic, always, always allowed, immer zulassen, immer
      erlauben, erlaubt, toujours autoriser, autorisé, permitir siempre, permitido`),
    check: isMark,
  },
  {
    field: 'ask',
    headings:
      list(`needs approval, ask, approval, requires approval, require approval, confirm, ask first, approval
      needed, approval required, needs confirmation, genehmigung erforderlich, freigabe erforderlich,
      approbation requise, validation requise, requiere aprobación, aprobación`),
    check: isMark,
  },
  {
    field: 'blocked',
    headings: list(
      `blocked, block, denied, deny, never, not allowed, off, blockiert, gesperrt, bloqué, bloqueado`,
    ),
    check: isMark,
  },
  {
    field: 'connector',
    headings:
      list(`connector, connector name, connectors, integration, integration name, mcp server, mcp server
      name, mcp_server_name, server, server name, app, app name, application, service, system, source
      system, platform, data source, program, software, name, konnektor, verbindung, connecteur, intégration, conector,
      integración, servicio, sistema`),
  },
  {
    field: 'action',
    headings:
      list(`action, tool, tool name, tool_name, action name, tool or action, action or tool, tool action,
      action tool, actions, tools, operation, capability, function, what it does, what it can do, what it may do, what claude can do, what claude may do, feature, features, tool category,
      permission, category, what it wants to do, what it asks to do, what it tries to do, what claude does, what claude wants to do, aktion, werkzeug, funktion, outil, opération, acción, herramienta, operación`),
  },
  STATE_OF_KIND,
  {
    field: 'from',
    headings:
      list(`effective from, effective, effective date, effective on, takes effect, takes effect on, in effect from, in force
      from, valid from, applies from, applies on, from, from date, go live, go live date, start date, starts on, gültig ab,
      à partir du, desde, vigente desde`),
    check: (text) => looksLikeDate(text, 'UTC'),
  },
  {
    field: 'enabled',
    headings:
      list(`enabled, is enabled, connector enabled, enabled for team, enabled for organization, added to
      team, on, on off, turned on, active, available, connector status, connector state, status, aktiviert, aktiv,
      activé, actif, activado, activo, habilitado`),
    check: (text) => enabledOf(text) !== null || yesNo(text) !== null,
  },
];
